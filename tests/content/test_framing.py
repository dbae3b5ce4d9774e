"""What of a sheet is its table: titles, headings on two rows, merged cells, notes, what is hidden."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from ctgdocs.content.sheets import read_sheet
from ctgdocs.findings import Severity, Stopped

Row = Sequence[object]


def a_book(
    rows: Iterable[Row], *, merged: Sequence[str] = (), hidden: Sequence[int | str] = ()
) -> bytes:  # fmt: skip
    book = Workbook()
    page = book.worksheets[0]
    for row in rows:
        page.append(list(row))
    for span in merged:
        page.merge_cells(span)
    for one in hidden:
        dimensions = page.row_dimensions if isinstance(one, int) else page.column_dimensions
        dimensions[one].hidden = True
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def messages(data: bytes) -> list[str]:
    return [one.message for one in read_sheet("plan.xlsx", data).told]


def test_a_title_what_the_sheet_says_of_itself_and_notes_are_left_out_and_told() -> None:
    table = [["Poste", "Montant", "Part"], ["Eau", 10, "oui"], ["Gaz", 5, "non"], ["Total", 15, ""]]
    rows = [["PLAN"], ["Commune :", "Bourg"], [], *table, [], ["* hors taxes"], ["Source : Caf"]]
    data = a_book(rows, merged=["A1:C1"])
    sheet = read_sheet("plan.xlsx", data)
    assert [row[0] for row in sheet.rows] == ["Poste", "Eau", "Gaz", "Total"]
    assert sheet.cells[1] == ("A5", "B5", "C5")
    (told,) = sheet.told
    assert told.severity is Severity.INFO
    assert all(said in told.message for said in ("ligne 1 « PLAN »", "Commune : Bourg", "« * hors taxes »"))


def test_a_line_alone_in_the_middle_of_a_table_is_a_line() -> None:
    rows = [["Poste", "Montant"], ["Travaux", None], ["Gros œuvre", 10], [None, None], ["Total", 10]]
    sheet = read_sheet("plan.xlsx", a_book(rows))
    assert [row[0] for row in sheet.rows] == ["Poste", "Travaux", "Gros œuvre", "Total"]
    assert sheet.told == ()


@pytest.mark.parametrize(
    ("rows", "merged"),
    [
        ([["Poste", "2027", None, "2028", None], [None, "Prévu", "Réalisé", "Prévu", "Réalisé"]], []),
        (
            [["Poste", "2027", None, "2028", None], [None, "Prévu", "Réalisé", "Prévu", "Réalisé"]],
            ["A1:A2", "B1:C1", "D1:E1"],
        ),
    ],
)
def test_headings_on_two_rows_are_one(rows: list[Row], merged: list[str]) -> None:
    sheet = read_sheet("plan.xlsx", a_book([*rows, ["RPE", 10, 9, 12, 11]], merged=merged))
    assert sheet.rows == (
        ("Poste", "2027 – Prévu", "2027 – Réalisé", "2028 – Prévu", "2028 – Réalisé"),
        ("RPE", "10", "9", "12", "11"),
    )


def test_an_axis_that_spans_its_lines_is_one_cell_of_the_table() -> None:
    rows = [
        ["Axe", "Action", "Coût"],
        ["Enfance", "Relais", 1],
        [None, "Crèche", 2],
        ["Jeunesse", "Foyer", 3],
    ]
    sheet = read_sheet("plan.xlsx", a_book(rows, merged=["A2:A3"]))
    assert sheet.continued == {(2, 0)}
    assert sheet.rows[2] == ("", "Crèche", "2")


def test_what_is_hidden_is_not_printed_and_is_told() -> None:
    rows = [["Axe", "Action", "Code", "Coût"], ["Enfance", "Relais", "x", 1], [None, "Crèche", "y", 2]]
    data = a_book(rows, merged=["A2:A3"], hidden=[2, "C"])
    assert read_sheet("plan.xlsx", data).rows == (("Axe", "Action", "Coût"), ("Enfance", "Crèche", "2"))
    assert messages(data) == [
        "« plan.xlsx » : 1 ligne masquée (2) : hors du tableau imprimé",
        "« plan.xlsx » : 1 colonne masquée (C) : hors du tableau imprimé",
    ]


def test_an_error_in_what_is_hidden_is_nobody_s_business() -> None:
    rows = [["Poste", "Aide", "Montant"], ["Eau", "#REF!", 10]]
    assert read_sheet("plan.xlsx", a_book(rows, hidden=["B"])).rows[1] == ("Eau", "10")
    with pytest.raises(Stopped, match="cellule B2"):
        read_sheet("plan.xlsx", a_book(rows))


def test_rows_that_are_only_dressed_do_not_make_a_table_too_big() -> None:
    book = Workbook()
    page = book.worksheets[0]
    page.append(["Poste", "Montant"])
    page.append(["Eau", 10])
    page.cell(9_000, 60).number_format = "0.00"
    saved = io.BytesIO()
    book.save(saved)
    assert read_sheet("plan.xlsx", saved.getvalue()).rows == (("Poste", "Montant"), ("Eau", "10"))


words = st.text("abcdefghijklmnop", min_size=2, max_size=9).map(str.capitalize)


@settings(max_examples=60, deadline=None)
@given(
    title=st.booleans(), blank=st.integers(0, 2), note=st.booleans(), left=st.integers(0, 2),
    lines=st.lists(st.tuples(words, st.integers(1, 9_999)), min_size=1, max_size=6),
    hide=st.sets(st.integers(0, 5)),
)  # fmt: skip
def test_the_table_is_found_wherever_it_stands(
    title: bool, blank: int, note: bool, left: int, lines: list[tuple[str, int]], hide: set[int]
) -> None:
    before: list[Row] = [["Plan de financement"]] * title + [[None]] * blank
    table: list[Row] = [["Poste", "Montant"], *lines, ["Total", 1]]
    after: list[Row] = [[None], ["Document de travail"]] * note
    rows = [[*[None] * left, *row] for row in (*before, *table, *after)]
    hidden = [len(before) + 2 + at for at in hide if at < len(lines)]
    sheet = read_sheet("plan.xlsx", a_book(rows, hidden=hidden))
    kept = [(word, str(number)) for at, (word, number) in enumerate(lines) if at not in hide]
    assert sheet.rows == (("Poste", "Montant"), *kept, ("Total", "1"))
    assert sheet.hidden == bool(hidden)
