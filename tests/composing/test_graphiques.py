"""Charts of tables: what is drawn, under which names, and what a screen reader says."""

from __future__ import annotations

import pytest

from ctgdocs.composing import markdown, tableaux
from ctgdocs.composing.graphiques import chart_of
from ctgdocs.findings import Severity
from ctgdocs.french import Profil
from ctgdocs.prose import Chart, ChartForm, TableBlock

HOUSE = Profil()


def table(*rows: str, caption: str = "") -> TableBlock:
    """A table whose cells are parted by bars."""
    cells = [[cell.strip() for cell in row.split("|")] for row in rows]
    return tableaux.from_texts(cells, HOUSE, caption=caption)[0]


def drawn(block: TableBlock, form: ChartForm = "barres") -> Chart:
    chart, problems = chart_of(block, form, HOUSE)
    assert problems == []
    assert chart is not None
    return chart


def said(chart: Chart) -> str:
    return chart.alt.replace("\u00a0", " ").replace("\u202f", " ")


def figures(chart: Chart) -> dict[str, tuple[str, ...]]:
    return {series.name: series.values for series in chart.series}


BILAN = table(
    "N° | Action | Avancement | Prévu (€) | Dépensé (€)",
    "1.3 | Renforcer le relais | en cours | 48 000 | 46 800,50",
    "4.2 | Conseiller numérique | reportée | 27 500 | –",
    "dont Caf | | | 10 000 | ",
    "Total | | | 75 500 | 46 800,50",
    caption="Avancement et montants",
)


def test_lines_that_bear_numbers_are_drawn_and_totals_are_not() -> None:
    chart = drawn(BILAN)
    assert chart.categories == ("Renforcer le relais", "Conseiller numérique")
    assert figures(chart) == {"Prévu (€)": ("48000.00", "27500.00"), "Dépensé (€)": ("46800.50", "")}
    assert chart.unit == "€"


def test_a_screen_reader_is_told_the_form_the_title_and_how_far_numbers_go() -> None:
    assert said(drawn(BILAN)) == (
        "Graphique en barres : Avancement et montants. Prévu (€) : de 27 500,00 € (Conseiller numérique) à "
        "48 000,00 € (Renforcer le relais). Dépensé (€) : 46 800,50 € (Renforcer le relais)."
    )


def test_a_curve_goes_from_its_first_point_to_its_last() -> None:
    block = table("Année | Naissances", "2024 | 41", "2025 | 47", "2026 | 44")
    assert said(drawn(block, "courbe")) == "Courbe : Naissances. Naissances : de 41 (2024) à 44 (2026)."


def test_years_in_the_headings_run_along_a_curve() -> None:
    block = table("Commune | 2021 | 2026 | Total", "Lavol | 12 | 15 | 27", "Le Causol | 7 | 9 | 16")
    assert drawn(block, "barres").categories == ("Lavol", "Le Causol")
    curve = drawn(block, "courbe")
    assert curve.categories == ("2021", "2026")
    assert figures(curve) == {"Lavol": ("12", "15"), "Le Causol": ("7", "9")}


def test_sectors_show_what_a_financing_plan_receives() -> None:
    block = table(
        "Dépenses | Montant | Recettes | Montant",
        "Travaux | 600 € | Caf | 400 €",
        "Études | 100 € | Commune | 300 €",
        "Total | 700 € | Total | 700 €",
    )
    chart = drawn(block, "secteurs")
    assert chart.categories == ("Caf", "Commune")
    assert figures(chart) == {"Recettes": ("400", "300")}


def test_one_unit_is_drawn_and_hours_are_hours() -> None:
    block = table("Poste | Temps | Agents", "Accueil | 17h30 | 2", "Relais | 35h | 1")
    chart = drawn(block)
    assert figures(chart) == {"Temps": ("17.50", "35.00")}
    assert chart.unit == "h"


@pytest.mark.parametrize(
    ("rows", "form", "message", "severity", "left"),
    [
        (("Qui | Quoi", "Caf | le pilotage"), "barres", "pas de nombres", Severity.ALERTE, False),
        (("Poste | Écart", "Eau | -3", "Gaz | 4"), "secteurs", "nombres négatifs", Severity.ERREUR, False),
        (("Poste | Places", *(f"p{at} | {at + 1}" for at in range(13))), "secteurs", "13 points",
         Severity.ALERTE, True),
        (("Poste | Places", *(f"p{at} | {at + 1}" for at in range(12))), "secteurs", "", None, True),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_or_read_is_told(
    rows: tuple[str, ...], form: ChartForm, message: str, severity: Severity | None, left: bool
) -> None:
    chart, problems = chart_of(table(*rows), form, HOUSE)
    assert (chart is not None) is left
    assert [one.severity for one in problems] == ([severity] if severity else [])
    assert all(message in one.message for one in problems)


def test_a_chart_shows_what_the_page_shows() -> None:
    prose, _ = markdown.read("| Poste | Montant |\n|---|---|\n| **Eau** | 1 200 € |\n", HOUSE)
    block = prose.blocks[0]
    assert isinstance(block, TableBlock)
    assert drawn(block).categories == ("Eau",)
