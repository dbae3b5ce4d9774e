"""Tables whose columns come from the data: the grid follows the cells, the width stays.

docxtpl's `fix_tables`, counted on each table's own rows: a table inside a cell does not widen the one around.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from ctgdocs.rendering.parts import w

_TBL, _TR, _TC, _GRID, _COLUMN = w("tbl"), w("tr"), w("tc"), w("tblGrid"), w("gridCol")
_MAKES_CELLS = re.compile(r"\{[%{#]-?tc\s|\{\{-?tr\s|\{%-?\s*(?:colspan|hm)\b")
_THROUGH = frozenset(
    (w("sdt"), w("sdtContent"), w("ins"), w("del"), w("moveFrom"), w("moveTo"), w("customXml"))
)


def may_change(root: etree._Element) -> bool:
    """Whether a table of this template part could need its grid mended: rows differ, or tags make cells."""
    for table in root.iter(_TBL):
        grid = table.find(_GRID)
        columns = len(grid.findall(_COLUMN)) if grid is not None else 0
        if any(_length(row) != columns or len(_cells(row)) > columns for row in _rows(table)):
            return True
        if _MAKES_CELLS.search("".join(str(text) for text in table.itertext())):
            return True
    return False


def mend_grids(xml: str) -> str:
    """The part's XML with each table's `<w:tblGrid>` as wide as its rows. Raises `etree.XMLSyntaxError`."""
    root = etree.fromstring(xml.encode("utf-8"))
    for table in root.iter(_TBL):
        _mend(table)
    return (
        etree.tostring(root, xml_declaration=True, standalone=True, encoding="UTF-8")
        .decode("utf-8")
        .replace("?>\n", "?>", 1)
    )


def _mend(table: etree._Element) -> None:
    grid = table.find(_GRID)
    if grid is None:
        return
    rows = list(_rows(table))
    columns = grid.findall(_COLUMN)
    missing = max((len(_cells(row)) for row in rows), default=0) - len(columns)
    if missing > 0:
        _widen(grid, columns, missing)
        columns = grid.findall(_COLUMN)
    spare = len(columns) - max((_length(row) for row in rows), default=0)
    if spare > 0 and rows:
        _narrow(grid, columns, spare)


def _widen(grid: etree._Element, columns: list[etree._Element], missing: int) -> None:
    width = sum(_width(column) for column in columns)
    if width <= 0:
        for _ in range(missing):
            etree.SubElement(grid, _COLUMN)
        return
    before = width / len(columns)
    after = width / (len(columns) + missing)
    for column in columns:
        column.set(w("w"), str(int(_width(column) * after / before)))
    for _ in range(missing):
        etree.SubElement(grid, _COLUMN, {w("w"): str(int(after))})


def _narrow(grid: etree._Element, columns: list[etree._Element], spare: int) -> None:
    removed = sum(_width(column) for column in columns[-spare:])
    for column in columns[-spare:]:
        grid.remove(column)
    left = columns[:-spare]
    for column in left:
        column.set(w("w"), str(int(_width(column) + int(removed / len(left)))))


def _width(column: etree._Element) -> float:
    return float(column.get(w("w")) or 0)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    return _inside(table, _TR)


def _cells(row: etree._Element) -> list[etree._Element]:
    return list(_inside(row, _TC))


def _inside(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Children of that name, content controls and tracked changes seen through."""
    for child in element.iterchildren():
        if child.tag == name:
            yield child
        elif child.tag in _THROUGH:
            yield from _inside(child, name)


def _length(row: etree._Element) -> int:
    """Columns a row takes: its cells' spans, and what it leaves free before and after."""
    properties = row.find(w("trPr"))
    around = 0
    if properties is not None:
        for name in ("gridBefore", "gridAfter"):
            around += _number(properties.find(w(name)), 0)
    return around + sum(_number(cell.find(f"{w('tcPr')}/{w('gridSpan')}"), 1) for cell in _cells(row))


def _number(element: etree._Element | None, default: int) -> int:
    value = element.get(w("val"), "") if element is not None else ""
    return int(value) if value.isdigit() else default
