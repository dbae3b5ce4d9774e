"""Tables: natures of columns, totals, balance."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ctgdocs.composing import tableaux
from ctgdocs.composing.columns import column_of
from ctgdocs.composing.financement import financing_plan
from ctgdocs.findings import Severity
from ctgdocs.french import Profil
from ctgdocs.prose import TableBlock

HOUSE = Profil()


def texts(table: TableBlock) -> list[list[str]]:
    return [
        [
            "".join(run.text for paragraph in cell.paragraphs for run in paragraph.runs)
            .replace("\u00a0", " ")
            .replace("\u202f", " ")
            for cell in row
        ]
        for row in table.rows
    ]


@pytest.mark.parametrize(
    ("heading", "cells", "nature"),
    [
        ("Montant", ["12500", "800"], "montant"),
        ("", ["12 500,50 €", "–"], "montant"),
        ("Part", ["60 %", "40 %"], "pourcentage"),
        ("Enfants", ["12", "1250"], "nombre"),
        ("Code postal", ["82990", "82991"], "texte"),
        ("Année", ["2026", "2027"], "texte"),
        ("Début", ["2026", "2027"], "texte"),
        ("Poste", ["Eau", "12"], "texte"),
        ("Compte", ["6411", "6413"], "texte"),
        ("2027", ["12500", "800"], "nombre"),
    ],
)
def test_a_column_is_told_by_its_cells_then_its_heading(heading: str, cells: list[str], nature: str) -> None:
    assert column_of(heading, cells).nature == nature


def test_a_wanted_total_is_computed() -> None:
    rows = [["Poste", "Montant", "Part"], ["Eau", "1200", "60 %"], ["Gaz", "800,50", "40 %"]]
    table, problems = tableaux.from_texts(rows, HOUSE, add_total=True)
    assert problems == []
    assert table.total
    assert texts(table)[1:] == [
        ["Eau", "1 200,00 €", "60 %"],
        ["Gaz", "800,50 €", "40 %"],
        ["Total", "2 000,50 €", "100 %"],
    ]


def test_a_typed_total_and_its_subtotals_are_verified() -> None:
    rows = [
        ["Poste", "Montant"],
        ["Eau", "10"],
        ["Gaz", "20"],
        ["Sous-total", "31"],
        ["Bois", "5"],
        ["Total", "35"],
    ]
    table, (problem,) = tableaux.from_texts(rows, HOUSE)
    assert (problem.code, problem.place.line - 1, problem.severity) == ("total", 3, Severity.ERREUR)
    assert "31" in problem.message
    assert texts(table)[-1] == ["Total", "35 €"]


def test_a_financing_plan_that_does_not_balance_is_an_alerte() -> None:
    spending, income = [("Travaux", Decimal(100))], [("Caf", Decimal(60)), ("Commune", Decimal(30))]
    table, (problem,) = financing_plan(spending, income, HOUSE)
    assert (problem.code, problem.severity) == ("equilibre", Severity.ALERTE)
    assert texts(table)[-1] == ["Total des dépenses", "100 €", "Total des recettes", "90 €"]
    assert financing_plan(spending, [("Caf", Decimal(100))], HOUSE)[1] == []


def test_a_plan_of_one_side_has_two_columns_and_its_total() -> None:
    table, problems = financing_plan([("Travaux", Decimal(100)), ("Mobilier", Decimal("20.5"))], [], HOUSE)
    assert texts(table) == [
        ["Dépenses", "Montant"],
        ["Travaux", "100,00 €"],
        ["Mobilier", "20,50 €"],
        ["Total des dépenses", "120,50 €"],
    ]
    assert problems == []


def test_sides_of_a_plan_may_differ_in_length_and_years_are_labels() -> None:
    table, _ = financing_plan([("2027", Decimal(60)), ("2028", Decimal(40))], [("Caf", Decimal(100))], HOUSE)
    assert texts(table)[1:] == [
        ["2027", "60 €", "Caf", "100 €"],
        ["2028", "40 €", "", ""],
        ["Total des dépenses", "100 €", "Total des recettes", "100 €"],
    ]


def test_a_subtotal_of_a_plan_is_verified_and_not_added_twice() -> None:
    lines = [
        ("Murs", Decimal(60)),
        ("Toit", Decimal(30)),
        ("Sous-total travaux", Decimal(80)),
        ("Mobilier", Decimal(10)),
    ]
    table, (problem,) = financing_plan(lines, [], HOUSE)
    assert texts(table)[-1] == ["Total des dépenses", "100 €"]
    assert "« Sous-total travaux » annonce 80" in problem.message.replace("\u00a0", " ")


def test_short_rows_are_completed_and_text_is_typeset() -> None:
    table, _ = tableaux.from_texts([["A", "B"], ["oui;"]], HOUSE)
    assert texts(table) == [["A", "B"], ["oui ;", ""]]


def test_both_sides_of_a_plan_have_their_total() -> None:
    rows = [
        ["Dépenses", "Montant", "Recettes", "Montant"],
        ["Travaux", "100", "Caf", "100"],
        ["Total", "", "", ""],
    ]
    assert texts(tableaux.from_texts(rows, HOUSE)[0])[-1] == ["Total", "100 €", "Total", "100 €"]
