"""A proposal says all that was in the file, and is valid: every sentence is counted, one that is missing is
told, a value that its field does not take is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ctgdocs.content.reading import parse
from ctgdocs.content.spelling import Node, Scalar, written
from ctgdocs.content.validation import validate
from ctgdocs.importing.document import Document, Table
from ctgdocs.importing.reader import Count
from ctgdocs.importing.worded import compiled

if TYPE_CHECKING:
    from pydantic import BaseModel


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


_MOST_MENDS = 40


def settled(record: dict[str, Node], type: type[BaseModel], registry: str) -> dict[str, Node]:
    """The record without the values that its fields do not take: what they say is then missing, and told."""
    for _ in range(_MOST_MENDS):
        source, _ = parse(written(record).encode(), f"{registry}.yaml")
        if source is None:
            return record
        entry, findings = validate(source.root, type, source, (), registry, registry)
        if entry is not None or not any(
            _drop(record, finding.place.field.split(".")) for finding in findings
        ):
            return record
    return record


def _drop(record: dict[str, Node], path: list[str]) -> bool:
    """Takes the value at a path out of a record; False when there is none."""
    node: Node = record
    for at, step in enumerate(path):
        last = at == len(path) - 1
        if isinstance(node, dict) and step in node:
            if last:
                del node[step]
                return True
            node = node[step]
        elif isinstance(node, list) and step.isdigit() and int(step) < len(node):
            if last:
                del node[int(step)]
                return True
            node = node[int(step)]
        else:
            return False
    return False
