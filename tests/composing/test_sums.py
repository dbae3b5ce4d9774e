"""Sums of a table in the layouts that people keep: the right ones are silent, the wrong ones are told."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from ctgdocs.composing import tableaux
from ctgdocs.content.sheets import read_sheet
from ctgdocs.findings import Finding, Severity
from ctgdocs.french import Profil

HOUSE = Profil()
Line = tuple[str, ...]


def found(rows: Sequence[Line]) -> list[str]:
    """The codes of what is wrong."""
    return [one.code for one in tableaux.from_texts(rows, HOUSE)[1]]


def said(rows: Sequence[Line]) -> list[str]:
    return [
        one.message.replace("\u202f", " ").replace("\u00a0", " ")
        for one in tableaux.from_texts(rows, HOUSE)[1]
    ]


HEAD = ("Poste", "Montant")
RIGHT: dict[str, list[Line]] = {
    "HT, TVA, TTC": [
        ("Travaux", "9 000"), ("Études", "3 000"), ("Total HT", "12 000"), ("TVA (20 %)", "2 400"),
        ("Total TTC", "14 400"),
    ],
    "two rates": [
        ("Livres", "100"), ("Jeux", "100"), ("Total HT", "200"), ("TVA 5,5 %", "5,50"), ("TVA 20 %", "20"),
        ("TTC", "225,50"),
    ],
    "lots, each with its taxes": [
        ("Murs", "100"), ("Total HT", "100"), ("TVA 20 %", "20"), ("Total TTC", "120"), ("Toit", "50"),
        ("Total HT", "50"), ("TVA 20 %", "10"), ("Total TTC", "60"), ("Total général TTC", "180"),
    ],
    "subtotals": [
        ("Eau", "10"), ("Gaz", "20"), ("Sous-total", "30"), ("Bois", "5"), ("S/total", "5"), ("Total", "35"),
    ],
    "nothing but subtotals": [("Sous-total A", "30"), ("Sous-total B", "5"), ("Total", "35")],
    "parts of a total": [
        ("Eau", "10"), ("Gaz", "20"), ("Total", "30"), ("dont Caf", "20"), ("dont commune", "10"),
    ],
    "parts of a line": [("Eau", "10"), ("dont entretien", "4"), ("Gaz", "20"), ("TOTAL", "30")],
    "parts under dont": [("Eau", "10"), ("Gaz", "20"), ("dont :", ""), ("- butane", "12"), ("Total", "30")],
    "sections with their totals": [
        ("A. Travaux", ""), ("Murs", "10"), ("Total A", "10"), ("B. Mobilier", ""), ("Lits", "5"),
        ("Total B", "5"),
        ("Total général", "15"),
    ],
    "what is left": [("Travaux", "100"), ("Coût total", "100"), ("Caf", "60"), ("Reste à charge", "40")],
    "facts": [("Enfants", "20"), ("Coût total", "30 000"), ("Coût par enfant", "1 500")],
    "a closing sum by another name": [("Eau", "10"), ("Gaz", "20"), ("Montant total", "30")],
    "a discount": [("Eau", "10"), ("Gaz", "20"), ("Remise", "-5"), ("Net", "25"), ("Total", "50")],
}  # fmt: skip


@pytest.mark.parametrize("layout", RIGHT)
def test_a_right_sum_is_silent(layout: str) -> None:
    assert found([HEAD, *RIGHT[layout]]) == []


@pytest.mark.parametrize(
    ("layout", "row"),
    [
        ("HT, TVA, TTC", 2), ("HT, TVA, TTC", 4), ("two rates", 2), ("two rates", 5),
        ("lots, each with its taxes", 8), ("lots, each with its taxes", 7), ("subtotals", 2),
        ("subtotals", 5),
        ("nothing but subtotals", 2), ("parts of a total", 2), ("parts of a line", 3),
        ("parts under dont", 4),
        ("sections with their totals", 5), ("sections with their totals", 6),
        ("a closing sum by another name", 2),
    ],
)  # fmt: skip
def test_a_wrong_sum_is_told(layout: str, row: int) -> None:
    rows = list(RIGHT[layout])
    label, amount = rows[row]
    rows[row] = (label, str(Decimal(amount.replace(" ", "").replace(",", ".")) + 7))
    assert "total" in found([HEAD, *rows])
    assert f"« {label} » annonce" in said([HEAD, *rows])[0]


def test_what_a_wrong_total_says() -> None:
    rows = [HEAD, *RIGHT["HT, TVA, TTC"][:-1], ("Total TTC", "15 000")]
    assert said(rows) == ["colonne « Montant » : « Total TTC » annonce 15 000 €, les lignes font 14 400 €"]


def test_a_tax_that_is_not_its_rate_is_doubtful() -> None:
    rows = [HEAD, ("Travaux", "100"), ("Total HT", "100"), ("TVA (20 %)", "25"), ("Total TTC", "125")]
    (doubt,) = tableaux.from_texts(rows, HOUSE)[1]
    assert (doubt.code, doubt.severity) == ("tva", Severity.ALERTE)


def test_a_total_left_empty_is_computed_wherever_it_stands() -> None:
    rows = [HEAD, ("Eau", "10"), ("Total HT", ""), ("TVA", "2"), ("Total TTC", ""), ("dont Caf", "5")]
    block, problems = tableaux.from_texts(rows, HOUSE)
    amounts = [
        "".join(run.text for run in row[1].paragraphs[0].runs).replace("\u00a0", " ") for row in block.rows
    ]
    assert problems == []
    assert amounts == ["Montant", "10 €", "10 €", "2 €", "12 €", "5 €"]


def test_a_total_with_nothing_to_add_is_an_amount() -> None:
    assert found([HEAD, ("TVA 20 %", "2"), ("Total", "")]) == []
    assert found([HEAD, ("Total", "12"), ("Total", "")]) == []


def test_means_and_unit_prices_are_not_sums() -> None:
    rows = [
        ("Commune", "Taux de couverture", "Coût par enfant"),
        ("A", "80 %", "100 €"), ("B", "60 %", "200 €"), ("Total", "70 %", "150 €"),
    ]  # fmt: skip
    assert found(rows) == []


def test_shares_rounded_to_the_unit_make_a_hundred() -> None:
    rows = [("Poste", "Part"), ("A", "33 %"), ("B", "33 %"), ("C", "33 %"), ("Total", "100 %")]
    assert found(rows) == []
    assert found([*rows[:-1], ("Total", "110 %")]) == ["total"]


def test_a_word_among_amounts_does_not_stop_their_sum_from_being_verified() -> None:
    rows = [HEAD, ("Eau", "10"), ("Gaz", "20"), ("Bois", "à définir"), ("Total", "31")]
    assert found(rows) == ["total"]
    assert found([HEAD, ("Eau", "10"), ("Gaz", "environ 20"), ("Total", "31")]) == []


def test_hours_are_added_up() -> None:
    rows = [("Jour", "Temps"), ("Lundi", "7h30"), ("Mardi", "8h"), ("Total", "15h30")]
    assert found(rows) == []
    assert said([*rows[:-1], ("Total", "16h")]) == [
        "colonne « Temps » : « Total » annonce 16 h, les lignes font 15 h 30"
    ]


# --- columns of totals ------------------------------------------------------------------------------------

ACROSS: dict[str, list[Line]] = {
    "years": [("Poste", "2027", "2028", "Total"), ("RPE", "10", "20", "30"), ("LAEP", "1", "2", "3")],
    "taxes": [
        ("Poste", "Montant HT", "TVA", "Montant TTC"),
        ("Jeux", "100", "20", "120"), ("Lit", "50", "10", "60"),
    ],
    "an estimate": [
        ("Désignation", "Quantité", "Prix unitaire", "Total"), ("Jeux", "3", "50 €", "150 €"),
        ("Lits", "2", "10 €", "20 €"),
        ("Draps", "4", "5 €", "20 €"),
    ],
    "what it costs and who pays": [
        ("Action", "Coût total", "Caf", "Commune"), ("A", "100 €", "60 €", "40 €"),
        ("B", "10 €", "4 €", "6 €"),
        ("C", "7 €", "7 €", ""),
    ],
}  # fmt: skip


@pytest.mark.parametrize("layout", ACROSS)
def test_a_column_of_totals_is_verified(layout: str) -> None:
    rows = ACROSS[layout]
    assert found(rows) == []
    at = next(at for at, heading in enumerate(rows[0]) if "otal" in heading or "TTC" in heading)
    wrong = [*rows[:-1], tuple("1" + cell if index == at else cell for index, cell in enumerate(rows[-1]))]
    assert found(wrong) == ["total"]
    assert f"« {rows[-1][0]} » annonce" in said(wrong)[0]


def test_a_total_of_columns_is_denied_on_evidence_alone() -> None:
    assert found([("Structure", "ETP", "Berceaux", "Total"), ("RPE", "1", "20", "7")]) == []
    assert found([("Action", "Part Caf", "Part CC", "Total"), ("RPE", "10 €", "5 €", "16 €")]) == ["total"]
    assert found([("Poste", "2027", "2028", "Total"), ("RPE", "10", "5", "16")]) == ["total"]


# --- dépenses and recettes --------------------------------------------------------------------------------


def beside(spent: list[Line], earned: list[Line]) -> list[Line]:
    lines = max(len(spent), len(earned))
    both = zip(
        spent + [("", "")] * (lines - len(spent)), earned + [("", "")] * (lines - len(earned)), strict=True
    )
    return [("Dépenses", "Montant", "Recettes", "Montant"), *(left + right for left, right in both)]


def stacked(spent: list[Line], earned: list[Line]) -> list[Line]:
    return [("Libellé", "Montant"), ("DÉPENSES", ""), *spent, ("RECETTES", ""), *earned]


@pytest.mark.parametrize("layout", [beside, stacked])
def test_the_two_sides_of_a_plan_are_compared(layout: Callable[[list[Line], list[Line]], list[Line]]) -> None:
    spent = [("Travaux", "100"), ("Études", "20"), ("Total", "120")]
    assert found(layout(spent, [("Caf", "80"), ("Commune", "40"), ("Total", "120")])) == []
    assert found(layout(spent, [("Caf", "80"), ("Commune", "30"), ("Total", "110")])) == ["equilibre"]
    assert found(layout(spent, [("Caf", "80"), ("Commune", "40"), ("Total", "121")]))[0] == "total"


def test_recettes_may_balance_dépenses_with_or_without_taxes() -> None:
    spent = [("Travaux", "100"), ("Total HT", "100"), ("TVA 20 %", "20"), ("Total TTC", "120")]
    assert found(beside(spent, [("Caf", "100"), ("Total", "100")])) == []
    assert found(beside(spent, [("Caf", "120"), ("Total", "120")])) == []
    assert found(beside(spent, [("Caf", "110"), ("Total", "110")])) == ["equilibre"]


@pytest.mark.parametrize("headings", [("Année", "Charges", "Produits"), ("Service", "Dépenses", "Recettes")])
def test_the_same_lines_spend_and_earn_without_a_plan_to_balance(headings: Line) -> None:
    lines: list[Line] = [headings, ("2024", "566 890 €", "559 040 €"), ("2025", "601 245 €", "590 115 €")]
    assert found(lines) == []
    assert found([*lines, ("Total", "1 168 135 €", "1 149 155 €")]) == []


# --- workbooks --------------------------------------------------------------------------------------------


def a_sheet(rows: Sequence[Sequence[object]], form: str, hidden: Sequence[int] = ()) -> list[Finding]:
    book = Workbook()
    page = book.worksheets[0]
    for row in rows:
        page.append(list(row))
        page.cell(page.max_row, 2).number_format = form
    for row in hidden:
        page.row_dimensions[row].hidden = True
    saved = io.BytesIO()
    book.save(saved)
    return tableaux.from_sheet(read_sheet("plan.xlsx", saved.getvalue()), HOUSE)[1]


def test_a_total_that_is_right_in_the_sheet_and_not_on_the_page_is_an_alerte() -> None:
    lines = [["Poste", "Montant"], ["A", 33.4], ["B", 33.4], ["C", 33.4]]
    (rounding,) = a_sheet([*lines, ["Total", 100.2]], '0 "€"')
    assert (rounding.code, rounding.severity) == ("arrondi", Severity.ALERTE)
    assert [one.code for one in a_sheet([*lines, ["Total", 99]], '0 "€"')] == ["total"]


def test_a_total_that_counts_hidden_lines_says_so_at_its_cell() -> None:
    rows = [["Poste", "Montant"], ["A", 1], ["B", 2], ["Total", 3]]
    masked, wrong = a_sheet(rows, "0", hidden=[3])
    assert (masked.code, wrong.code) == ("classeur-masque", "total")
    assert "cellule B4" in wrong.message
    assert "masquées" in wrong.hints[0]


amounts = st.integers(1, 10**7).map(lambda cents: Decimal(cents) / 100)


@settings(max_examples=80, deadline=None)
@given(
    blocks=st.lists(st.lists(amounts, min_size=1, max_size=4), min_size=1, max_size=3), taxed=st.booleans(),
    detailed=st.booleans(), off=st.sampled_from(["0", "0.01", "100"]).map(Decimal), csv=st.booleans(),
)  # fmt: skip
def test_totals_are_found_right_and_wrong_ones_are_told(
    blocks: list[list[Decimal]], taxed: bool, detailed: bool, off: Decimal, csv: bool
) -> None:
    rows: list[tuple[str, Decimal]] = []
    for rank, block in enumerate(blocks):
        rows += [(f"Ligne {rank} {at}", amount) for at, amount in enumerate(block)]
        if len(blocks) > 1:
            rows.append((f"Sous-total {rank}", sum(block, Decimal(0))))
    total = sum(map(sum, blocks), Decimal(0))
    if taxed:
        tax = (total / 5).quantize(Decimal("0.01"))
        rows += [("Total HT", total), ("TVA (20 %)", tax)]
        total += tax
    rows.append(("Total TTC" if taxed else "Total", total + off))
    if detailed:
        rows += [("dont Caf", total / 2), ("dont commune", total / 2)]
    problems = (
        _from_csv(rows)
        if csv
        else a_sheet([["Poste", "Montant"], *((label, float(value)) for label, value in rows)], "#,##0.00 €")
    )
    wrong = [one for one in problems if one.code == "total"]
    assert bool(wrong) == bool(off)
    assert not [one for one in problems if one.severity is Severity.ERREUR and one.code != "total"]


def _from_csv(rows: Sequence[tuple[str, Decimal]]) -> list[Finding]:
    lines = "\n".join(f"{label};{str(value).replace('.', ',')}" for label, value in rows)
    return tableaux.from_sheet(read_sheet("plan.csv", f"Poste;Montant\n{lines}\n".encode()), HOUSE)[1]


def test_a_title_row_changes_nothing_to_what_is_verified() -> None:
    rows = [
        ["PLAN (HT)", None],
        [None, None],
        ["Poste", "Montant"],
        ["A", 1],
        ["Total", 2],
        [None, None],
        ["Note", None],
    ]
    told, wrong = a_sheet(rows, "0")
    assert (told.code, wrong.code) == ("hors-tableau", "total")
