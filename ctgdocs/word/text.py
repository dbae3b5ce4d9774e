"""The paragraphs of a Word file, its words, and what changed between those of two versions."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ctgdocs.files import read_file
from ctgdocs.findings import TemplateError

if TYPE_CHECKING:
    from ctgdocs.word.passage import Comment, Passage, ToldFile
    from ctgdocs.word.seen import Known
    from ctgdocs.word.walk import Paragraph

MOST_WORDS = 12  # of one change, in a sentence
TOO_LARGE = 50_000_000  # bytes of XML
_BREAKS = str.maketrans("\t\n", "  ")


def paragraphs(document: bytes, *, largest: int = TOO_LARGE, body: bool = False) -> list[Paragraph]:
    """The paragraphs of a Word file in reading order: body, headers, footers, notes; only those of its body
    when `body`. Raises TemplateError for what is no Word file, or is larger (bytes of XML of one part)."""
    from ctgdocs.word.package import read  # only who compares or imports reads documents: lxml
    from ctgdocs.word.walk import paragraphs_of

    package = read(document)
    if any(len(part) > largest for name, part in package.items() if name.endswith(".xml")):
        raise TemplateError(f"il est trop gros : plus de {largest // 1_000_000} Mo de texte")
    return paragraphs_of(package, body=body)


def passages(package: Mapping[str, bytes], known: Known | None = None) -> list[Passage]:
    """What a person reads in the parts of a settled Word file and may have changed there. `known`: what was
    read in other versions of it, and will be. Raises TemplateError for a part that cannot be read."""
    from ctgdocs.word.seen import seen

    return seen(package, {} if known is None else known)


def comments_of(document: bytes) -> list[Comment]:
    """The comments that nobody has closed. Raises TemplateError for what is no Word file."""
    from ctgdocs.word.seen import comments

    return comments(document)


def retyped(document: bytes, part: str, rank: int, start: int, end: int, new: str) -> bytes:
    """The file with words of a paragraph replaced where they stand (see controls.py)."""
    from ctgdocs.word.controls import retyped as with_words

    return with_words(document, part, rank, start, end, new)


def tell(document: bytes, *, largest: int = TOO_LARGE) -> ToldFile:
    """What a Word file tells whoever will write it again (see passage.py). Raises TemplateError."""
    from ctgdocs.word.teller import told  # lxml

    return told(document, largest=largest)


def tracking(document: bytes) -> bytes:
    """The same file, in which Word tracks what is changed from now on."""
    from ctgdocs.word.controls import tracking as with_tracking

    return with_tracking(document)


def words_of(document: bytes | Path) -> list[str]:
    """The paragraphs that hold words; none for what is not a Word file.

    A no-break hyphen, Word's own or the sign U+2011, is read as a hyphen: nobody sees which one it is.
    """
    try:
        found = paragraphs(read_file(document) if isinstance(document, Path) else document)
    except (TemplateError, OSError):
        return []
    texts = (one.text.replace("\u2011", "-").translate(_BREAKS).strip() for one in found)
    return [text for text in texts if text]


def changed_words(before: Sequence[str], after: Sequence[str], most: int = 3) -> list[str]:
    """The words that differ, at most `most` changes.

    >>> changed_words(["La séance s’ouvre à 18h30."], ["La séance s’ouvre à 19h00.", "Fin."])
    ['« 18h30. » → « 19h00. Fin. »']
    """
    old, new = ([word for text in texts for word in text.split()] for texts in _apart(before, after))
    found = [
        f"{_quoted(old[a:b])} → {_quoted(new[c:d])}"
        for operation, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if operation != "equal"
    ]
    return [*found[:most], "…"] if len(found) > most else found


def _apart(before: Sequence[str], after: Sequence[str]) -> tuple[list[str], list[str]]:
    """The paragraphs that are not in both."""
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    changes = [one for one in matcher.get_opcodes() if one[0] != "equal"]
    old = [text for _, a, b, _, _ in changes for text in before[a:b]]
    return old, [text for _, _, _, c, d in changes for text in after[c:d]]


def _quoted(words: Sequence[str]) -> str:
    if not words:
        return "(rien)"
    return f"« {' '.join(words)} »" if len(words) <= MOST_WORDS else f"« {' '.join(words[:MOST_WORDS])} … »"


def differences(before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    """The paragraphs that differ: `- ` what was there, `+ ` what is there now, `…` between two places."""
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    first = True
    for operation, a, b, c, d in matcher.get_opcodes():
        if operation == "equal":
            continue
        if not first:
            yield "…"
        first = False
        yield from (f"- {text}" for text in before[a:b])
        yield from (f"+ {text}" for text in after[c:d])
