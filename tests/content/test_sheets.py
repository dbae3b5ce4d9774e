"""Tables kept in CSV or XLSX files."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from word_samples import strict

from ctgdocs.content import workbooks
from ctgdocs.content.cells import lost, shown
from ctgdocs.content.sheets import csv_of, read_sheet
from ctgdocs.findings import Stopped
from ctgdocs.importing.boards import Board, Heading, Page, workbook


def a_workbook(*rows: list[object], name: str = "Feuil1", formats: dict[str, str] | None = None) -> bytes:
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = name
    for row in rows:
        page.append(row)
    for cell, form in (formats or {}).items():
        page[cell].number_format = form
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"Poste;Montant\nEau;1 200,50\n",
        "\ufeffPoste;Montant\r\nEau;1 200,50\r\n".encode(),
        "Poste;Montant\nEau;1 200,50\n".encode("cp1252"),
        b"Poste\tMontant\nEau\t1 200,50\n",
        b'Poste,Montant\nEau,"1 200,50"\n',
        b"\nPoste;;Montant\nEau;;1 200,50\n;;\n",
    ],
)
def test_a_csv_is_read_as_spreadsheets_write_it(data: bytes) -> None:
    assert read_sheet("plan.csv", data).rows == (("Poste", "Montant"), ("Eau", "1 200,50"))


def test_accents_of_old_spreadsheets_are_read() -> None:
    assert read_sheet("p.csv", "Dépenses;Intitulé\nété;€".encode("cp1252")).rows[0] == (
        "Dépenses",
        "Intitulé",
    )


def test_a_workbook_gives_what_its_reader_sees() -> None:
    data = a_workbook(
        ["Poste", "Montant", "Part", "Le"],
        ["Eau", 1200.5, 0.6, date(2026, 9, 24)],
        ["Gaz", 800, 0.4, None],
        formats={"B2": "#,##0.00 €", "C2": "0%", "C3": "0%"},
    )
    assert read_sheet("plan.xlsx", data).rows == (
        ("Poste", "Montant", "Part", "Le"),
        ("Eau", "1200,50 €", "60 %", "24/09/2026"),
        ("Gaz", "800", "40 %", ""),
    )


def test_a_sheet_is_chosen_by_its_name() -> None:
    data = a_workbook(["A", "B"], [1, 2], name="Plan")
    assert read_sheet("plan.xlsx", data, "Plan").rows[1] == ("1", "2")
    with pytest.raises(Stopped) as refused:
        read_sheet("plan.xlsx", data, "Autre")
    (finding,) = refused.value.findings
    assert finding.hints == ("feuilles : Plan",)


def test_a_formula_without_a_kept_value_is_refused_with_its_place() -> None:
    with pytest.raises(Stopped, match="cellule B3"):
        read_sheet("plan.xlsx", a_workbook(["A", "B"], ["x", 2], ["Total", "=SUM(B2:B2)"]))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("plan.xlsx", b"not a workbook"),
        ("plan.xlsx", b"PK\x05\x06" + bytes(18)),
        ("plan.pdf", b"%PDF"),
        ("plan.csv", b""),
        ("plan.csv", b"a\x00;b"),
        ("plan.csv", b"x;" * 100 + b"\n"),
    ],
)
def test_what_is_not_a_table_is_refused(name: str, data: bytes) -> None:
    with pytest.raises(Stopped):
        read_sheet(name, data)


def test_a_workbook_that_swells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MAX_UNZIPPED", 10_000)
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 20_000)
    with pytest.raises(Stopped, match="trop gros"):
        read_sheet("bombe.xlsx", data.getvalue())


def test_an_entity_bomb_is_refused() -> None:
    data = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(a_workbook(["A"], ["b"]))) as sound,
        zipfile.ZipFile(data, "w") as archive,
    ):
        for part in sound.namelist():
            xml = sound.read(part)
            if part == "xl/worksheets/sheet1.xml":
                xml = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + xml.replace(
                    b"<v>0</v>", b"<v>&b;</v>"
                )
            archive.writestr(part, xml)
    with pytest.raises(Stopped):
        read_sheet("bombe.xlsx", data.getvalue())


@pytest.mark.parametrize(
    ("value", "form", "said"),
    [
        (0.000619, "0.0000%", "0,0619 %"),
        (0.385, '0.000 "€"', "0,385 €"),
        (0.85, "General", "0,85"),
        (0.1 + 0.2, "General", "0,3"),
        (26750123456789, "General", "26750123456789"),
        (1000, "00000", "01000"),
        (563640000, '0#" "##" "##" "##" "##', "05 63 64 00 00"),
        (timedelta(hours=35), "[h]:mm", "35h00"),
        (datetime(2027, 1, 1), "mmmm yyyy", "janvier 2027"),
        (0.125, "0.000", "0,125"),
        (0.125, "0.0%", "12,5 %"),
        (-1500, '#,##0 "€";(#,##0 "€")', "-1500 €"),
        (38500, '#,##0.00\\ "€"', "38500,00 €"),
        (1234.5, "#,##0.00\\ [$€-40C]", "1234,50 €"),
        (0.5, "#,##0.##", "0,5"),
        (-1500, "#,##0;[Red]-#,##0", "-1500"),
        (1234.5, '_-* #,##0.00\\ "€"_-;\\-* #,##0.00\\ "€"_-;_-* "-"??\\ "€"_-', "1234,50 €"),
        (-1234.5, '_-* #,##0.00\\ "€"_-;\\-* #,##0.00\\ "€"_-;_-* "-"??\\ "€"_-', "-1234,50 €"),
        (0, '_-* #,##0.00\\ "€"_-;\\-* #,##0.00\\ "€"_-;_-* "-"??\\ "€"_-', "–"),
        (12.5, "[$£-809]#,##0.00", "12,50 £"),
        (1234567.5, "# ##0.00 €", "1234567,50 €"),
        (0.45, "[<1]0%;0.00", "45 %"),
        (4.5, "[<1]0%;0.00", "4,50"),
        (5, "+0;-0;0", "+5"),
        (82000, "000-00", "820-00"),
        (12, 'General" enfants"', "12 enfants"),
        (35.5, "0.0\\ \\h", "35,5 h"),
        (3.25, "# ?/?", "3 1/4"),
        (0.385, "@", "0,385"),
        (timedelta(hours=127, minutes=5), "[h]:mm", "127h05"),
        (time(8, 30), "h:mm", "8h30"),
        (datetime(2026, 9, 1), "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "mardi 1er septembre 2026"),
        (datetime(2026, 9, 24), "d-mmm", "24 septembre"),
        (datetime(2026, 9, 24), "yyyy-mm-dd", "24/09/2026"),
        ("Travaux_x000D_\nde la crèche", "General", "Travaux de la crèche"),
    ],
)
def test_a_cell_says_what_the_sheet_shows(value: object, form: str, said: str) -> None:
    data = a_workbook(["Tête"], [value], formats={"A2": form})
    assert read_sheet("t.xlsx", data).rows[1] == (said,)


@given(st.integers(-(10**12), 10**12), st.integers(0, 6))
def test_the_decimals_of_a_number_are_those_of_its_format(whole: int, places: int) -> None:
    value = whole / 10**places
    form = "0." + "0" * places if places else "0"
    assert Decimal(shown(value, form).replace(",", ".")) == Decimal(whole).scaleb(-places)


@given(st.floats(-1e12, 1e12, allow_nan=False), st.integers(0, 4), st.booleans())
def test_what_a_format_does_not_show_is_known(value: float, places: int, percent: bool) -> None:
    form = f"0.{'0' * places}" + "%" * percent
    said = Decimal(shown(value, form).removesuffix("%").strip().replace(",", "."))
    exact = Decimal(f"{value:.15g}") * (100 if percent else 1)
    assert said + lost(value, form) == exact
    assert abs(lost(value, form)) <= Decimal("0.5").scaleb(-places)


def test_a_formula_that_gives_an_empty_text_has_its_value() -> None:
    kept = a_workbook(["Poste", "Note"], ["Eau", "x"])
    data = edited(kept, rb'(<c r="B2")[^>]*>.*?</c>', rb'\1 t="str"><f>IF(A2="","",A1)</f><v></v></c>')
    assert read_sheet("plan.xlsx", data).rows == (("Poste", "Note"), ("Eau", ""))


def test_a_size_that_a_program_got_wrong_hides_no_cell() -> None:
    data = edited(
        a_workbook(["Poste", "Montant"], ["Eau", 1]), rb'<dimension ref="[^"]*"', b'<dimension ref="A1"'
    )
    assert read_sheet("plan.xlsx", data).rows == (("Poste", "Montant"), ("Eau", "1"))


def edited(data: bytes, pattern: bytes, by: bytes) -> bytes:
    """The workbook with its sheet changed."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as sound, zipfile.ZipFile(made, "w") as archive:
        for part in sound.namelist():
            xml = sound.read(part)
            if part == "xl/worksheets/sheet1.xml":
                xml, count = re.subn(pattern, by, xml, flags=re.DOTALL)
                assert count == 1
            archive.writestr(part, xml)
    return made.getvalue()


def test_errors_of_a_sheet_are_told_at_their_cells_all_at_once() -> None:
    data = a_workbook(["Poste", "Montant"], ["Eau", "#REF!"], ["Gaz", "#DIV/0!"])
    with pytest.raises(Stopped) as stopped:
        read_sheet("plan.xlsx", data)
    said = [finding.message for finding in stopped.value.findings]
    assert ["B2 : « #REF! »" in said[0], "B3 : « #DIV/0! »" in said[1]] == [True, True]


def test_the_first_visible_sheet_is_read() -> None:
    book = Workbook()
    hidden = book.worksheets[0]
    hidden.append(["brouillon"])
    hidden.sheet_state = "hidden"
    book.create_sheet("Plan").append(["Poste"])
    saved = io.BytesIO()
    book.save(saved)
    assert read_sheet("plan.xlsx", saved.getvalue()).rows == (("Poste",),)


def test_a_number_beyond_measure_is_a_sentence_at_its_cell() -> None:
    with pytest.raises(Stopped, match="cellule A2 : le nombre est démesuré"):
        read_sheet("plan.xlsx", a_workbook(["A"], [1e300]))


def test_a_strict_workbook_is_read_as_any_other_and_nothing_is_said_in_english(
    recwarn: pytest.WarningsRecorder, capsys: pytest.CaptureFixture[str]
) -> None:
    assert read_sheet("plan.xlsx", strict(a_workbook(["Poste", "Montant"], ["Travaux", 1000]))).rows == (
        ("Poste", "Montant"),
        ("Travaux", "1000"),
    )
    assert not recwarn.list
    assert capsys.readouterr().err == ""


def test_titles_above_the_headings_and_notes_under_the_total_are_left_out() -> None:
    table = (("Dépenses", "Montant"), ("Eau", "10"), ("Total", "12"))
    rows = [["PLAN (HT)", None], [None, None], *map(list, table), [None, None], ["Document de travail", None]]
    assert read_sheet("plan.xlsx", a_workbook(*rows)).rows == table
    assert read_sheet("p.csv", b"Poste;\nEau;10\n").rows == (("Poste", ""), ("Eau", "10"))


def test_a_zero_that_its_format_hides_is_not_shown() -> None:
    assert (shown(0, "0;-0;"), shown(-2, "0;-0;"), shown(5, ";;;"), shown("x", ";;;")) == ("", "-2", "", "")


@pytest.mark.parametrize(
    "typed", ['=HYPERLINK("http://e.example")', "+1+cmd|x", "-2+3+cmd|x", "@SUM(A1)", "\t=1"]
)
def test_no_cell_of_an_exported_file_is_computed(typed: str) -> None:
    cells = ["2026-045", typed, "-12 000,50", "+33 5 00 00 00 00"]
    row = next(csv.reader(io.StringIO(csv_of([cells]).decode()), delimiter=";"))
    assert row == ["2026-045", f" {typed}", *cells[2:]]


@pytest.mark.parametrize("typed", ["=1+1", '=HYPERLINK("http://e.example")', "=cmd|' /C x'!A0"])
def test_no_cell_of_a_workbook_to_be_filled_is_a_formula(typed: str) -> None:
    page = Page("P", (Heading("a", typed, choices="L"),), ((typed, (typed,)),), spare=1)
    data = workbook(Board("essai", typed, (page,), {"L": (typed,)}, (typed,)))
    cells = [cell for sheet in load_workbook(io.BytesIO(data)) for row in sheet for cell in row]
    assert sum(cell.value == typed for cell in cells) == 8
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
