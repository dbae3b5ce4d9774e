"""What both readers give: the lines of a document, each with what it looks like."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Literal
from xml.parsers import expat

from ctgdocs.findings import CtgdocsError, TemplateError, UsageError
from ctgdocs.french import JOURS
from ctgdocs.importing.headings import Headings
from ctgdocs.vocabulary.as_typed import CONTROL
from ctgdocs.word import XML_DAMAGE, unzipped

if TYPE_CHECKING:
    import zipfile

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
_HEADING = re.compile(r"(?P<marks>#{1,6})\s+(?P<text>.+?)\s*#*$")
_LINK = re.compile(r"\[([^\]\n]{1,300})\]\(([^)\s]*)\)")
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
            yield Line(_plain(found["text"]), "heading", len(found["marks"]))
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


# --- Word files, read with the standard library only: paragraphs, their style and list level, rows of tables


LARGEST = 20_000_000
"""Bytes of XML of one part."""
DEEPEST = 200
LEVELS = frozenset("012345678")  # of a list of Word
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_HEADING_STYLE = re.compile(r"(?:heading|titre)\s*(\d)", re.IGNORECASE)
_LIST_STYLE = re.compile(r"list|liste|puce", re.IGNORECASE)
_SECOND = re.compile(r"(\d)\s*$")


def lines_of_word(data: bytes) -> list[Line]:
    """The lines of a .docx. Raises CtgdocsError, in French, when it cannot be read."""
    try:
        with unzipped(data) as package:
            styles = _styles(_part(package, "word/styles.xml"))
            body = _part(package, "word/document.xml")
    except TemplateError as error:
        raise CtgdocsError("Ce fichier n’est pas un document Word (.docx) lisible.") from error
    if not body:
        raise CtgdocsError("Ce fichier n’est pas un document Word : il n’a pas de texte.")
    reading = _Reading(styles)
    _parse(body, reading.start, reading.end, reading.data)
    return reading.lines


def _part(package: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of a part, "" when there is none; never more than LARGEST, whatever its header says."""
    if name not in package.namelist():
        return b""
    with package.open(name) as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise CtgdocsError("Ce document Word est trop gros : plus de 20 Mo de texte.")
    return data


def _parse(xml: bytes, start: Any, end: Any, data: Any) -> None:
    depth = 0

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise CtgdocsError("Ce document Word est trop imbriqué pour être lu.")
        start(name.removeprefix(f"{WORD} "), attributes)

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(name.removeprefix(f"{WORD} "))

    def no_entity(*_: object) -> None:
        raise CtgdocsError("Ce document Word déclare des entités XML : il est refusé.")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = opened, closed
    parser.CharacterDataHandler, parser.EntityDeclHandler = data, no_entity
    try:
        parser.Parse(xml, True)
    except XML_DAMAGE as error:
        raise CtgdocsError("Ce document Word est abîmé : son texte n’est pas du XML.") from error


def _value(attributes: dict[str, str]) -> str:
    return attributes.get(f"{WORD} val", "")


def _styles(xml: bytes) -> dict[str, str]:
    """Style id → its name as Word stores it."""
    names: dict[str, str] = {}
    current = ""

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal current
        if name == "style":
            current = attributes.get(f"{WORD} styleId", "")
        elif name == "name" and current:
            names.setdefault(current, _value(attributes))

    if xml:
        _parse(xml, start, lambda name: None, lambda data: None)
    return names


class _Reading:
    """One pass over the body: a paragraph is a line, a row of two cells a fact, a longer row one line."""

    def __init__(self, styles: dict[str, str]) -> None:
        self.styles = styles
        self.lines: list[Line] = []
        self.cells: list[list[Line]] | None = None
        self.tables = 0
        self.texts: list[str] = []
        self.open: list[tuple[list[str], str, int]] = []
        self.style, self.level = "", -1
        self.in_text = self.deleted = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "p":
            self.open.append((self.texts, self.style, self.level))
            self.texts, self.style, self.level = [], "", -1
        elif name == "t":
            self.in_text += 1
        elif name in ("tab", "br", "cr") and self.open:
            self.texts.append(" ")
        elif name == "noBreakHyphen":
            self.texts.append("-")
        elif name == "pStyle":
            self.style = self.styles.get(_value(attributes), _value(attributes))
        elif name == "numId" and _value(attributes) != "0":
            self.level = max(self.level, 0)
        elif name == "ilvl":
            self.level = int(_value(attributes)) if _value(attributes) in LEVELS else 0
        elif name in ("del", "moveFrom"):
            self.deleted += 1
        elif name == "tbl":
            self.tables += 1
        elif name == "tr" and self.tables == 1:
            self.cells = []
        elif name == "tc" and self.tables == 1 and self.cells is not None:
            self.cells.append([])

    def end(self, name: str) -> None:
        if name == "p" and self.open:
            self._paragraph()
            self.texts, self.style, self.level = self.open.pop()
        elif name == "t":
            self.in_text -= 1
        elif name in ("del", "moveFrom"):
            self.deleted -= 1
        elif name == "tbl":
            self.tables -= 1
        elif name == "tr" and self.tables == 1:
            self._row(self.cells or [])
            self.cells = None

    def data(self, text: str) -> None:
        if self.in_text and self.open and not self.deleted:
            self.texts.append(text)

    def _paragraph(self) -> None:
        text = clean("".join(self.texts))
        if not text:
            return
        line = self._line(text)
        if self.cells:
            self.cells[-1].append(line)
        else:
            self.lines.append(line)

    def _line(self, text: str) -> Line:
        if (found := _HEADING_STYLE.match(self.style)) and self.style:
            return Line(text, "heading", int(found[1]))
        if self.style.lower() in ("title", "titre", "subtitle", "sous-titre", "objet"):
            return Line(text, "heading", 0)
        if self.level >= 0 or _LIST_STYLE.match(self.style):
            depth = _SECOND.search(self.style)
            level = self.level if self.level > 0 else int(depth[1]) - 1 if depth else 0
            return Line(text, "bullet", min(max(level, 0), 2))
        return Line(text)

    def _row(self, cells: list[list[Line]]) -> None:
        filled = [cell for cell in cells if cell]
        if len(cells) == 2 and len(filled) == 2 and len(cells[0]) == 1:
            first, *rest = cells[1]
            self.lines.append(Line(cells[0][0].text, "fact", 0, first.text))
            self.lines += rest
        elif len(filled) > 2 and all(len(cell) == 1 for cell in filled):
            head, *beside = (cell[0].text for cell in filled)
            joint = " : " if head.lower() in JOURS else ", "
            self.lines.append(Line(head + joint + ", ".join(beside)))
        else:
            self.lines += [line for cell in filled for line in cell]
