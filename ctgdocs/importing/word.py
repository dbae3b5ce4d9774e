"""Word files, read with the standard library only: paragraphs, their style and list level, rows of tables.

Nothing of the file is run or followed; what is too large, or declares entities, is refused.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any
from xml.parsers import expat

from ctgdocs.errors import CtgdocsError
from ctgdocs.importing.lines import Line, clean
from ctgdocs.vocabulary.as_typed import JOURS

LARGEST = 20_000_000
"""Bytes of XML of one part."""
DEEPEST = 200
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_HEADING = re.compile(r"(?:heading|titre)\s*(\d)", re.IGNORECASE)
_BULLET = re.compile(r"list|liste|puce", re.IGNORECASE)
_SECOND = re.compile(r"(\d)\s*$")


def lines_of_word(data: bytes) -> list[Line]:
    """The lines of a .docx. Raises CtgdocsError, in French, when it cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            styles = _styles(_part(package, "word/styles.xml"))
            body = _part(package, "word/document.xml")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as error:
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
    except expat.ExpatError as error:
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
            self.level = int(_value(attributes)) if _value(attributes).isdigit() else 0
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
        if (found := _HEADING.match(self.style)) and self.style:
            return Line(text, "heading", int(found[1]))
        if self.style.lower() in ("title", "titre", "subtitle", "sous-titre", "objet"):
            return Line(text, "heading", 0)
        if self.level >= 0 or _BULLET.match(self.style):
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
