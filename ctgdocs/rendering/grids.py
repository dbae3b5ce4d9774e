"""Tables whose columns come from the data: the grid follows the cells, the width stays.

docxtpl's `fix_tables`, counted on each table's own rows: a table inside a cell does not widen the one around.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ctgdocs.patterns import regex
from ctgdocs.rendering.namespaces import W_NS

if TYPE_CHECKING:
    from lxml import etree

_MAKES_CELLS = regex(r"\{[%{#]-?tc\s|\{\{-?tr\s|\{%-?\s*(?:colspan|hm)\b")
_EDGE = regex(r"<(/?)w:tbl>")
_GRID = regex(r"<w:tblGrid(?: [^>]*)?>(.*?)</w:tblGrid>", re.DOTALL)
_COLUMN = regex(r"<w:gridCol\b([^>]*?)/>")
_WIDTH = regex(r'\bw:w="([\d.]+)"')
_SPAN = regex(r'<w:gridSpan\b[^>]*?\bw:val="(\d+)"')
_AROUND = regex(r'<w:grid(?:Before|After)\b[^>]*?\bw:val="(\d+)"')


class _Row(NamedTuple):
    cells: int
    length: int
    """Columns it takes: its cells' spans, and what it leaves free before and after."""


def may_change(root: etree._Element) -> bool:
    """Whether a table of this template part could need its grid mended: rows differ, or tags make cells."""
    from lxml import etree

    for table in root.iter(f"{{{W_NS}}}tbl"):
        xml = etree.tostring(table, encoding="unicode", with_tail=False)
        if _MAKES_CELLS.search("".join(str(text) for text in table.itertext())):
            return True
        if _mended(re.sub(r"<w:tbl [^>]*>", "<w:tbl>", xml)) is not None:
            return True
    return False


def mend_grids(xml: str) -> str:
    """The part's XML with each table's `<w:tblGrid>` as wide as its rows."""
    out: list[str] = []
    done = 0
    for start, end in _tables(xml):
        grid = _mended(xml[start:end])
        if grid is not None:
            place, text = grid
            out += (xml[done : start + place.start()], text)
            done = start + place.end()
    out.append(xml[done:])
    return "".join(out)


def _tables(xml: str) -> Iterator[tuple[int, int]]:
    """Where each table begins and ends, in the order they begin: a table in a cell comes after its own."""
    start = xml.find("<w:tbl>")
    while start >= 0:
        end = xml.find("</w:tbl>", start) + len("</w:tbl>")
        following = xml.find("<w:tbl>", start + 1)
        if 0 <= following < end:  # tables in tables: matched edge by edge
            yield from _nested_tables(xml, start)
            return
        yield start, end
        start = following


def _nested_tables(xml: str, start: int) -> Iterator[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    open_tables: list[int] = []
    for edge in _EDGE.finditer(xml, start):
        if not edge[1]:
            open_tables.append(edge.start())
        elif open_tables:
            found.append((open_tables.pop(), edge.end()))
    yield from sorted(found)


def _mended(table: str) -> tuple[re.Match[str], str] | None:
    """Where a table's grid stands and what it should be; None when it is right, or there is none."""
    grid = _GRID.search(table)
    if grid is None:
        return None
    rows = _rows(table)
    cells = max((row.cells for row in rows), default=0)
    length = max((row.length for row in rows), default=-1)
    text = _fitted(grid[1], cells, length)
    return None if text is None else (grid, text)


@lru_cache(maxsize=256)
def _fitted(grid: str, cells: int, length: int) -> str | None:
    """The grid for rows of at most so many cells and columns (-1: no row); None when it is right as it is."""
    columns = [_width(column[1]) for column in _COLUMN.finditer(grid)]
    wanted = list(columns)
    missing = cells - len(columns)
    if missing > 0:
        wanted = _widened(columns, missing)
    spare = len(wanted) - length
    if length >= 0 and spare > 0:
        wanted = _narrowed(wanted, spare)
    if wanted == columns:
        return None
    text = "".join(f'<w:gridCol w:w="{width:.0f}"/>' if width else "<w:gridCol/>" for width in wanted)
    return f"<w:tblGrid>{text}</w:tblGrid>"


def _rows(table: str) -> list[_Row]:
    """The rows of a table, those of the tables in its cells left out."""
    own = _without_inner_tables(table)
    return [_row(row) for row in own.split("</w:tr>")[:-1]]


def _row(row: str) -> _Row:
    cells = row.count("</w:tc>")
    length = cells
    if "<w:grid" in row:
        spans = [int(span) for span in _SPAN.findall(row)]
        length += sum(spans) - len(spans) + sum(map(int, _AROUND.findall(row)))
    return _Row(cells, length)


def _without_inner_tables(table: str) -> str:
    if table.count("<w:tbl>") < 2:
        return table
    out: list[str] = []
    depth = done = 0
    for edge in _EDGE.finditer(table):
        if not edge[1]:
            depth += 1
            if depth == 2:
                out.append(table[done : edge.start()])
        else:
            if depth == 2:
                done = edge.end()
            depth -= 1
    out.append(table[done:])
    return "".join(out)


def _width(attributes: str) -> float:
    match = _WIDTH.search(attributes)
    return float(match[1]) if match else 0.0


def _widened(columns: list[float], missing: int) -> list[float]:
    """More columns in the same width, in the same proportions."""
    width = sum(columns)
    if width <= 0:
        return columns + [0.0] * missing
    before = width / len(columns)
    after = width / (len(columns) + missing)
    return [float(int(column * after / before)) for column in columns] + [float(int(after))] * missing


def _narrowed(columns: list[float], spare: int) -> list[float]:
    """Fewer columns in the same width: those that are left share what the others had."""
    left = columns[:-spare]
    share = int(sum(columns[-spare:]) / len(left)) if left else 0
    return [float(int(column + share)) for column in left]
