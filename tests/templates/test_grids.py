"""Columns that come from the data: the grid follows, the width stays, inner tables count for themselves."""

from __future__ import annotations

import re

import pytest
from blank import blank
from word_templates import add_table, body, made, saved

from ctgdocs.templates.tables import mend_grids


def table(widths: list[int], rows: list[str]) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    cells = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{cells}</w:tbl>"


def widths(xml: str) -> list[list[int]]:
    grids = re.findall(r"<w:tblGrid>(.*?)</w:tblGrid>", xml)
    return [[int(width) for width in re.findall(r'w:w="(\d+)"', grid)] for grid in grids]


CELL = "<w:tc><w:p/></w:tc>"


@pytest.mark.parametrize(
    ("given", "rows", "expected"),
    [
        ([100, 300], [CELL * 2], [100, 300]),
        ([100, 300], [CELL * 4], [50, 150, 100, 100]),
        ([100, 100, 200], [CELL * 2, CELL], [200, 200]),
        ([100, 100], ['<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p/></w:tc>'], [100, 100]),
        ([100, 100], [f'<w:trPr><w:gridBefore w:val="1"/></w:trPr>{CELL}'], [100, 100]),
        ([100, 100], [f"<w:sdt><w:sdtContent>{CELL}</w:sdtContent></w:sdt>{CELL}"], [100, 100]),
    ],
)
def test_a_grid_is_as_wide_as_its_rows(given: list[int], rows: list[str], expected: list[int]) -> None:
    xml = table(given, rows)
    assert widths(mend_grids(xml)) == [expected]
    if given == expected:
        assert mend_grids(xml) is not None
        assert mend_grids(xml) == xml


def test_a_table_in_a_cell_does_not_widen_the_one_around() -> None:
    inner = table([10, 10, 10], [CELL * 3, CELL * 3])
    outer = table([100, 100], [f"<w:tc>{inner}<w:p/></w:tc>{CELL}", CELL * 2])
    assert widths(mend_grids(outer)) == [[100, 100], [10, 10, 10]]
    wide = table([10], [CELL * 2])
    outer = table([100, 100, 100], [f"<w:tc>{wide}<w:p/></w:tc>{CELL}"])
    assert widths(mend_grids(f"<w:p/>{outer}<w:p/>{wide}")) == [[150, 150], [5, 5], [5, 5]]


def test_cells_made_by_a_loop_keep_the_width_of_the_page() -> None:
    document = blank()
    add_table(document, [["{%tc for c in cs %}", "{{ c }}", "{%tc endfor %}"]])
    before = sum(map(sum, widths(body(saved(document)))))
    for count in (1, 3, 7):
        (found,) = widths(body(made(saved(document), cs=list(range(count)))))
        assert len(found) == count
        assert before - 10 < sum(found) <= before
