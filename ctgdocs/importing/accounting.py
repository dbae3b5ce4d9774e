"""What was in a file and what is in the proposal: every sentence is counted, and one that is missing is
told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ctgdocs.content.edit import Node, Scalar
from ctgdocs.importing.document import Document, Table
from ctgdocs.importing.reader import Count
from ctgdocs.importing.worded import compiled

_SENTENCE = re.compile(r"(?<!\bM\.)(?<!\bMM\.)(?<!\bMr\.)(?<=[.;!?])\s+(?=[A-ZÀ-Ý«–-])")
_LEAD = compiled(
    r"(?:vus?|considérants?|objet(?=\s*:))\b\s*[,:]?\s*|[-–—•·●▪◦➢➤►➔>*o]\s+|\d{1,2}\s?[.)°]\s*"
    r"|art(?:icle|\.)\s*(?:\d{1,2}(?:er)?|premier|unique)\s*[:.–—-]*\s*"
)
"""What a field says by its name, or a list by its bullet."""
MOST_SEARCHED = 2_000_000_000
"""Signs that are gone over in search of sentences."""
_CALL = re.compile(r"\{(article|annexe):[^}]*\}")
_REFERENCE = re.compile(
    r"(?:l[’'])?(?:article|annexe)\s+(?:\d+(?:[.-]\d+)*(?:er)?|premier|[A-Z]\b)", re.IGNORECASE
)


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph."""
    return [one.strip() for one in _SENTENCE.split(text) if any(letter.isalpha() for letter in one)]


def sentences_of(document: Document) -> list[str]:
    """Every sentence of a document, footnotes included."""
    texts = [*(para.text for para in document.paras()), *document.notes.values()]
    return [sentence for text in texts for sentence in sentences(text)]


def said_by(node: Node) -> Iterator[str]:
    """Every text of a proposal, remarks included."""
    if isinstance(node, Scalar):
        yield node.text
    elif isinstance(node, dict):
        for value in node.values():
            yield from said_by(value)
    else:
        for value in node:
            yield from said_by(value)


def plain(text: str) -> str:
    """A text reduced to its letters and figures: references and notes are read as what they print."""
    text = _REFERENCE.sub("renvoi", _CALL.sub("renvoi", text))
    return re.sub(r"[\W_]+", "", re.sub(r"\[\^\d+\]", "", text)).casefold()


def missing(document: Document, *nodes: Node) -> list[str]:
    """The sentences of a document that stand nowhere in what is proposed of it. Most are a sentence of it;
    the others are looked for anywhere, as long as that is not beyond reason."""
    texts = [text for node in nodes for text in said_by(node)]
    whole = {plain(sentence) for text in texts for sentence in sentences(text)}
    kept, left, lost = " ".join(map(plain, texts)), MOST_SEARCHED, []
    for sentence in sentences_of(document):
        forms = (plain(sentence), plain(_LEAD.sub("", sentence)))
        if whole.isdisjoint(forms):
            left -= 2 * len(kept)
            if left < 0 or not any(form in kept for form in forms):
                lost.append(sentence)
    return lost


def counts(document: Document, lost: int) -> tuple[Count, ...]:
    """The report: sentences, tables and pictures, in and out."""
    found = len(sentences_of(document))
    tables = sum(isinstance(block, Table) for block in document.blocks)
    return (
        Count("phrase", "phrases", found, found - lost),
        *((Count("tableau", "tableaux", tables, tables),) if tables else ()),
        *((Count("image", "images", document.pictures, 0),) if document.pictures else ()),
    )
