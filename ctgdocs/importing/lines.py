"""What both readers give: the lines of a document, each with what it looks like."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePath
from typing import TYPE_CHECKING, Literal

from ctgdocs.findings import CtgdocsError, TemplateError, UsageError
from ctgdocs.french import JOURS
from ctgdocs.importing.headings import Headings
from ctgdocs.vocabulary.as_typed import CONTROL
from ctgdocs.word import paragraphs

if TYPE_CHECKING:
    from ctgdocs.word import Paragraph

Look = Literal["text", "bullet", "heading", "fact"]

_SPACES = re.compile(r"[\s\u0085\u2028\u2029\ufeff\u200b]+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line, or one paragraph. `level` counts from 0 for bullets and from 1 for headings; a `fact` is a
    row of two cells, `text` being its label and `value` what stands beside. `doubt`: why to read it again."""

    text: str
    look: Look = "text"
    level: int = 0
    value: str = ""
    doubt: str = ""


def clean(text: str) -> str:
    """Text fit for a content file: composed, on one line, no control character, typographic apostrophes,
    hyphens that a keyboard has."""
    text = CONTROL.sub(" ", unicodedata.normalize("NFC", text))
    text = _SPACES.sub(" ", text.replace("\u2011", "-")).strip()
    return re.sub(r"(?<=\w)'(?=\w)", "’", text)


# --- Text files: bullets of all shapes, Markdown marks, lines that a program cut at eighty columns


LARGEST_TEXT = 5_000_000
"""Bytes of a text file."""
WRAPPED_FROM = 60
"""A line shorter than this was ended by its author, not by the width of a page (characters)."""

_BULLET = re.compile(
    r"(?P<mark>[-–—−•·●▪◦➡➢➤►✓✔√*+]|[ov]|[e¢@=])\s+(?=\S)|(?P<dash>[-–—−=])(?=[A-ZÀ-Ý]|\|?[1lI]{1,2}\s)"
)
_NOISE = {"e": "•", "¢": "•", "@": "•", "*": "•", "=": "—", "–": "—", "−": "-", "+": "-"}
"""Marks that scanners confuse, and those that mean the same: one level of a list keeps one mark."""
_HE = re.compile(r"^(?:\|?[1l]|[1lI][lI])(?=\s)")
_HEADING = re.compile(r"(?P<marks>#{1,6})\s+(?P<text>.+)")
_LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\(([^)\s\[]*)\)")
_EMPHASIS = re.compile(r"\*\*(.+?)\*\*|__(.+?)__")
_ENDS = re.compile(r"[.:;!?…»)]$")
_UNFINISHED = re.compile(
    r"(?:\b(?:à|au|aux|avec|dans|de|des|du|en|et|la|le|les|leur|ou|par|pour|que|qui|sa|ses|son|sur|un|une)|[’'(])$",
    re.IGNORECASE,
)
"""What no author ends a line with."""
_HYPHEN = re.compile(r"(?<=\w)-$")
_KEEPS_ITS_HYPHEN = re.compile(
    r"(?:ci|là|ce|il|ils|elle|elles|on|je|tu|nous|vous|moi|toi|lui|leur|même|mêmes|t|être|faire)\b", re.I
)


def decoded(data: bytes) -> str:
    """The text of a file, UTF-8 or Windows' own. Raises CtgdocsError for what is not text."""
    if b"\x00" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise CtgdocsError("Ce fichier n’est pas du texte : donnez un fichier .txt, .md ou .docx.")
    for encoding in ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def read_lines(data: bytes, name: str, headings: Headings) -> list[Line]:
    """The lines of a document; its name says what it is (.txt, .md, .docx). Raises UsageError for another
    kind of file, CtgdocsError for one that cannot be read."""
    suffix = PurePath(name).suffix.lower()
    if suffix == ".docx":
        return lines_of_word(data)
    if suffix in (".txt", ".md", ".markdown", ".text"):
        if len(data) > LARGEST_TEXT:
            raise UsageError(f"« {name} » est trop gros : 5 Mo au plus.")
        return lines_of_text(decoded(data), headings)
    raise UsageError(f"« {name} » : donnez un fichier .txt, .md ou .docx.")


def lines_of_text(text: str, headings: Headings) -> list[Line]:
    """The lines of a text file, those that a page width had cut joined again."""
    return _with_depths(_joined(_raw(text), headings), headings)


def _raw(text: str) -> Iterator[Line | None]:
    """Each line as it looks; None for a blank one."""
    for typed in text.splitlines():
        text = clean(typed)
        if not text:
            yield None
        elif found := _HEADING.fullmatch(text):
            title = found["text"].rstrip("#").rstrip() or found["text"]
            yield Line(_plain(title), "heading", len(found["marks"]))
        elif found := _BULLET.match(text):
            yield _bullet(text[found.end() :], found["mark"] or found["dash"], _column(typed))
        else:
            yield Line(_plain(text.lstrip("> ") or text))


def _bullet(text: str, mark: str, column: int) -> Line:
    """An item; « 1l » and « l » at its head are a scanned « Il »."""
    doubt = "puce mal lue" if mark in "e¢@=" else ""
    if _HE.match(text) and not text.startswith("Il "):
        text, doubt = _HE.sub("Il", text), "début de ligne mal lu"
    return Line(_plain(text), "bullet", column, _NOISE.get(mark, mark), doubt)


def _plain(text: str) -> str:
    """Without the marks of Markdown: links keep their text, and their address when it says more."""
    text = _LINK.sub(
        lambda link: link[1] if link[2] in ("", "#", link[1]) else f"{link[1]} ({link[2]})", text
    )
    text = _EMPHASIS.sub(lambda bold: bold[1] or bold[2], text)
    return clean(re.sub(r"<((?:https?://|mailto:)[^<>\s]+)>", r"\1", text))


def _column(typed: str) -> int:
    """How far to the right a line starts; one space more or less is a slip."""
    return (len(typed.expandtabs(4)) - len(typed.expandtabs(4).lstrip())) // 2


# --- lines cut by a page width ----------------------------------------------------------------------------


def _joined(lines: Iterator[Line | None], headings: Headings) -> list[Line]:
    """Lines that go on the one before join it; a blank line ends a text, except before a lower case."""
    found: list[Line] = []
    last_length, blank = 0, True
    for line in lines:
        if line is None:
            blank = True
            continue
        if found and _goes_on(found[-1], line, last_length, blank, headings):
            found[-1] = _append(found[-1], line.text)
        else:
            found.append(line)
        last_length, blank = len(line.text), False
    return found


def _goes_on(before: Line, line: Line, last_length: int, blank: bool, headings: Headings) -> bool:
    if line.look != "text" or before.look == "heading":
        return False
    if headings.recognise(before.text) or headings.recognise(line.text):
        return False
    starts_low = line.text[:1].islower() or not line.text[:1].isalnum()
    if blank:
        return starts_low and last_length >= WRAPPED_FROM and not _ENDS.search(before.text)
    if last_length < WRAPPED_FROM:
        return bool(_HYPHEN.search(before.text)) and starts_low
    return starts_low or _UNFINISHED.search(before.text) is not None


def _append(before: Line, text: str) -> Line:
    doubt = before.doubt
    if _HYPHEN.search(before.text) and text[:1].islower():
        doubt = "mot coupé en fin de ligne"
        kept = before.text if _KEEPS_ITS_HYPHEN.match(text) else before.text[:-1]
        return Line(kept + text, before.look, before.level, before.value, doubt)
    return Line(f"{before.text} {text}", before.look, before.level, before.value, doubt)


# --- bullets inside bullets -------------------------------------------------------------------------------


def _with_depths(lines: list[Line], headings: Headings) -> list[Line]:
    """Bullets with their depth: further to the right, or another mark than the ones above."""
    found: list[Line] = []
    above: list[tuple[int, str]] = []
    for line in lines:
        if line.look != "bullet":
            if line.look == "heading" or headings.recognise(line.text):
                above.clear()
            found.append(line)
            continue
        bullet = (line.level, line.value)
        while above and (above[-1][0] > line.level or (bullet in above and above[-1] != bullet)):
            above.pop()
        if not above or above[-1] != bullet:
            above.append(bullet)
        found.append(Line(line.text, "bullet", min(len(above) - 1, 2), "", line.doubt))
    return found


# --- Word files: paragraphs, their style and list level, rows of tables


LARGEST = 20_000_000
"""Bytes of XML of a Word file."""
DEEPEST_LEVEL = 2
_HEADING_STYLE = re.compile(r"(?:heading|titre)\s*(\d)", re.IGNORECASE)
_TITLES = frozenset(("title", "titre", "subtitle", "sous-titre", "objet"))
_LIST_STYLE = re.compile(r"list|liste|puce", re.IGNORECASE)
_SECOND = re.compile(r"(\d)\s*$")


def lines_of_word(data: bytes) -> list[Line]:
    """The lines of the body of a .docx: a paragraph is a line, a row of two cells a fact, a longer row one
    line. Raises CtgdocsError, in French, when it cannot be read."""
    try:
        found = paragraphs(data, largest=LARGEST, body=True)
    except TemplateError as error:
        raise CtgdocsError(f"Ce fichier n’est pas un document Word lisible : {error}.") from error
    lines: list[Line] = []
    for row, group in groupby(found, key=lambda one: one.within and one.within[:2]):
        if row is None:
            lines += [_line(one) for one in group if clean(one.text)]
        else:
            cells = groupby(group, key=lambda one: one.within)
            lines += _row([[_line(one) for one in cell if clean(one.text)] for _, cell in cells])
    return lines


def _line(paragraph: Paragraph) -> Line:
    text, style = clean(paragraph.text), paragraph.style
    if found := _HEADING_STYLE.match(style):
        return Line(text, "heading", int(found[1]))
    if style.lower() in _TITLES:
        return Line(text, "heading", 0)
    if paragraph.level >= 0 or _LIST_STYLE.match(style):
        depth = _SECOND.search(style)
        level = paragraph.level if paragraph.level > 0 else int(depth[1]) - 1 if depth else 0
        return Line(text, "bullet", min(max(level, 0), DEEPEST_LEVEL))
    return Line(text)


def _row(cells: list[list[Line]]) -> list[Line]:
    filled = [cell for cell in cells if cell]
    if len(cells) == 2 and len(filled) == 2 and len(cells[0]) == 1:
        first, *rest = cells[1]
        return [Line(cells[0][0].text, "fact", 0, first.text), *rest]
    if len(filled) > 2 and all(len(cell) == 1 for cell in filled):
        head, *beside = (cell[0].text for cell in filled)
        joint = " : " if head.lower() in JOURS else ", "
        return [Line(head + joint + ", ".join(beside))]
    return [line for cell in filled for line in cell]
