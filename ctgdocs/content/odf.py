"""OpenDocument workbooks (`.ods`): what the cells of each sheet show. The bytes are untrusted: sizes are
bounded and no DTD is read; formulas are never computed."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat

from ctgdocs.content.workbooks import (
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_UNZIPPED,
    Grid,
    Shown,
    Span,
    bounded,
    merging,
    refused,
)
from ctgdocs.findings import TemplateError
from ctgdocs.word import XML_DAMAGE, unzipped

_CONTENT = "content.xml"


@dataclass(slots=True)
class _Sheet:
    name: str
    rows: list[tuple[Shown, ...]] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)

    def grid(self) -> Grid:
        rows = list(self.rows)
        while rows and not any(cell.text for cell in rows[-1]):
            rows.pop()
        return Grid(tuple(rows), tuple(self.spans))


MOST_BLANKS = 100
"""Blanks that one tag may stand for."""


class _Reading:
    """One pass over the content of a workbook."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.filled = 0
        self.sheets: list[_Sheet] = []
        self.row: list[Shown] = []
        self.facts: dict[str, str] = {}
        self.paragraphs: list[list[str]] = []
        self.depth = 0  # of paragraphs inside a cell
        self.repeated = 1

    def start(self, name: str, facts: dict[str, str]) -> None:
        if name == "table:table":
            self.sheets.append(_Sheet(facts.get("table:name", "")))
        elif name == "table:table-row":
            self.row, self.repeated = [], _count(facts, "table:number-rows-repeated")
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self.facts, self.paragraphs = facts, []
        elif name == "text:p":
            self.depth += 1
            self.paragraphs.append([])
        elif name in ("text:s", "text:tab") and self.depth:
            self.paragraphs[-1].append(" " * min(_count(facts, "text:c"), MOST_BLANKS))
        elif name == "text:line-break" and self.depth:
            self.paragraphs.append([])

    def text(self, said: str) -> None:
        if self.depth and self.paragraphs:
            self.paragraphs[-1].append(said)

    def end(self, name: str) -> None:
        if name == "text:p":
            self.depth -= 1
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self._cell()
        elif name == "table:table-row" and self.sheets:
            sheet = self.sheets[-1]
            filled = sum(1 for cell in self.row if cell.text)
            times = self.repeated if filled else 1
            self.filled += filled * times
            bounded(self.name, len(sheet.rows) + times if filled else 0, 0, self.filled)
            sheet.rows += [tuple(self.row)] * min(times, MAX_ROWS - len(sheet.rows))

    def _cell(self) -> None:
        said = "\n".join(map("".join, self.paragraphs)) or self.facts.get("office:date-value", "")
        said = said or self.facts.get("office:value", "")
        if self.sheets:
            wide = min(_count(self.facts, "table:number-columns-spanned"), MAX_COLUMNS)
            high = min(_count(self.facts, "table:number-rows-spanned"), MAX_ROWS)
            if wide > 1 or high > 1:
                top, left = len(self.sheets[-1].rows), len(self.row)
                self.sheets[-1].spans.append(Span(top, left, top + high - 1, left + wide - 1))
        times = _count(self.facts, "table:number-columns-repeated")
        bounded(self.name, 0, len(self.row) + times if said else 0)
        self.row += [Shown(said)] * min(times, MAX_COLUMNS - len(self.row))


def _count(facts: dict[str, str], name: str) -> int:
    typed = facts.get(name, "1")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 8 else 1


def read_ods(name: str, data: bytes) -> tuple[tuple[str, Grid], ...]:
    """The sheets of an OpenDocument workbook, by name, in order. Raises Stopped."""
    reading = _Reading(name)

    def refuse(*_: object) -> None:
        raise refused(f"« {name} » n’est pas un classeur lisible", "enregistrez-le de nouveau")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.text
    parser.StartDoctypeDeclHandler = refuse
    try:
        with unzipped(data) as archive:
            if archive.getinfo(_CONTENT).file_size > MAX_UNZIPPED:
                raise refused(
                    f"« {name} » est trop gros une fois décompressé", "gardez la seule feuille utile"
                )
            with archive.open(_CONTENT) as stream:
                parser.Parse(stream.read(MAX_UNZIPPED), True)
    except (TemplateError, *XML_DAMAGE):
        refuse()
    for sheet in reading.sheets:
        merging(name, sheet.spans)
    return tuple((sheet.name, sheet.grid()) for sheet in reading.sheets)
