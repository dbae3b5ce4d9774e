"""The words of a Word file, paragraph by paragraph, read with the standard library only.

For saying what changed between two versions of a document. A file that is not a Word file has no words.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.parsers import expat

from ctgdocs.files import read_file
from ctgdocs.findings import TemplateError

BODY = re.compile(r"word/(document|footnotes|header\d*|footer\d*)\.xml")
MOST_WORDS = 12  # of one change, in a sentence
TOO_LARGE = 50_000_000  # bytes of XML
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def words_of(document: bytes | Path) -> list[str]:
    """The paragraphs that hold words, in reading order: headers, body, notes, footers by part name.

    A no-break hyphen, Word's own or the sign U+2011, is read as a hyphen: nobody sees which one it is.
    """
    from ctgdocs.word.package import XML_DAMAGE, unzipped  # only who compares reads documents

    try:
        with unzipped(read_file(document) if isinstance(document, Path) else document) as package:
            parts = [one for one in package.infolist() if BODY.fullmatch(one.filename)]
            if sum(one.file_size for one in parts) > TOO_LARGE:
                return []
            parts.sort(key=lambda one: ("document" not in one.filename, one.filename))
            return [text for one in parts for text in _paragraphs(package.read(one))]
    except (TemplateError, OSError, *XML_DAMAGE):
        return []


def _paragraphs(xml: bytes) -> list[str]:
    found: list[str] = []
    open_paragraphs: list[list[str]] = []
    in_text = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal in_text
        if name == f"{WORD} p":
            open_paragraphs.append([])
        elif name == f"{WORD} t":
            in_text += 1
        elif name == f"{WORD} noBreakHyphen" and open_paragraphs:
            open_paragraphs[-1].append("-")
        elif name in (f"{WORD} tab", f"{WORD} br", f"{WORD} cr") and open_paragraphs:
            open_paragraphs[-1].append(" ")

    def end(name: str) -> None:
        nonlocal in_text
        if name == f"{WORD} t":
            in_text -= 1
        elif name == f"{WORD} p" and open_paragraphs:
            text = "".join(open_paragraphs.pop()).replace("\u2011", "-").strip()
            if text:
                found.append(text)

    def data(text: str) -> None:
        if in_text and open_paragraphs:
            open_paragraphs[-1].append(text)

    def no_entity(*_: object) -> None:
        raise ValueError("une entité XML n’a rien à faire dans un document Word")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.EntityDeclHandler = data, no_entity
    parser.Parse(xml, True)
    return found


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
