"""The two tables that a dossier brings of itself: who pays what, and the solutions side by side."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from ctgdocs.composing import people
from ctgdocs.composing.amounts import read_number
from ctgdocs.composing.pen import Pen
from ctgdocs.french import montant, nombre
from ctgdocs.stages import Cell, Paragraph, Prose, Run, TableBlock
from ctgdocs.vocabulary.actes import LigneDuPlan, Tableau

if TYPE_CHECKING:
    from ctgdocs.vocabulary.dossiers import Finances, LigneFinanciere, Scenario

FINANCES: Final = "finances"
"""`{tableau:finances}` is the table below, wherever an author wants it."""


def finances_table(pen: Pen, finances: Finances) -> Prose:
    """Dépenses beside recettes, what is left to the collectivité closing the second side."""
    if not finances.depenses:
        return Prose()
    return Prose((pen.table(finances_as_table(pen, finances), FINANCES),))


def finances_as_table(pen: Pen, finances: Finances) -> Tableau:
    def row(ligne: LigneFinanciere) -> LigneDuPlan:
        return LigneDuPlan(libelle=ligne.libelle, montant=ligne.montant)

    recettes = list(map(row, finances.recettes))
    if finances.solde > 0:
        recettes.append(LigneDuPlan(libelle=_left_to_whom(pen), montant=finances.solde))
    titre = f"Dépenses et recettes, {finances.periode}" if finances.periode else "Dépenses et recettes"
    return Tableau(titre=titre, depenses=tuple(map(row, finances.depenses)), recettes=tuple(recettes))


def _left_to_whom(pen: Pen) -> str:
    return f"Reste à charge {people.of_the(pen.collectivite.nom_court)}"


def finances_in_words(pen: Pen, finances: Finances) -> list[dict[str, str]]:
    """What stands under the table: the Caf's share, the reste à charge, where the credits are."""
    lines: list[dict[str, str]] = []
    total = finances.total_depenses

    def share(amount: Decimal) -> str:
        text = _euros(pen, amount)
        if not total or amount >= total:
            return text
        percent = nombre((amount * 100 / total).quantize(Decimal(1)), pen.profil, unite="%")
        return f"{text}, soit {percent} des dépenses"

    for id in dict.fromkeys(ligne.partenaire for ligne in finances.recettes if ligne.partenaire):
        partner = pen.reader.find("partenaires", id)
        if partner is not None and partner.value.type == "caf":
            given = sum((li.montant for li in finances.recettes if li.partenaire == id), Decimal(0))
            name = partner.value.nom_court or partner.value.nom
            lines.append({"libelle": pen.typeset(f"Recettes de la {name}"), "texte": share(given)})
    if finances.depenses:
        left = max(finances.solde, Decimal(0))
        lines.append({"libelle": "Reste à charge", "texte": share(left) if left else "aucun"})
    if finances.imputation:
        text = pen.line(finances.imputation, FINANCES, "imputation")
        lines.append({"libelle": "Imputation", "texte": text})
    return [{**line, "texte": pen.typeset(line["texte"])} for line in lines]


def _euros(pen: Pen, value: Decimal) -> str:
    """With centimes only when there are some."""
    return montant(value, pen.profil, centimes=value != value.to_integral_value())


def scenarios_table(pen: Pen, scenarios: Sequence[Scenario]) -> Prose:
    """One solution a row: what speaks for it, against it, what it costs. The one proposed is in bold."""
    if not scenarios:
        return Prose()
    priced = any(scenario.cout for scenario in scenarios)
    titles = ("Scénario", "Avantages", "Inconvénients", *(("Coût",) if priced else ()))
    head = tuple(Cell((Paragraph((Run(title),), "tableau_entete"),)) for title in titles)
    rows = [_row(pen, scenario, index, priced) for index, scenario in enumerate(scenarios)]
    widths = (24, 30, 28, 18) if priced else (26, 37, 37)
    return Prose((TableBlock((head, *rows), caption="Comparaison des scénarios", widths=widths),))


def _row(pen: Pen, scenario: Scenario, index: int, priced: bool) -> tuple[Cell, ...]:
    path = ("scenarios", index)
    name = [_cell_line(pen.line(scenario.titre, *path, "titre"), bold=True)]
    if scenario.retenu:
        name.append(_cell_line("Scénario proposé"))
    if scenario.description:
        name.append(_cell_line(people.capitalised(pen.line(scenario.description, *path, "description"))))
    cells = [Cell(tuple(name))]
    for field in ("avantages", "inconvenients"):
        points = getattr(scenario, field)
        said = [pen.line(text, *path, field, at) for at, text in enumerate(points)] or ["–"]
        cells.append(Cell(tuple(_cell_line(people.capitalised(text)) for text in said)))
    if priced:
        cells.append(Cell((_cell_line(_cost(pen, scenario, path), bold=scenario.retenu),)))
    return tuple(cells)


def _cell_line(text: str, *, bold: bool = False) -> Paragraph:
    return Paragraph((Run(text, bold=bold),), "tableau_texte")


def _cost(pen: Pen, scenario: Scenario, path: tuple[str | int, ...]) -> str:
    """A bare number is an amount in euros."""
    if not scenario.cout:
        return "–"
    text = pen.line(scenario.cout, *path, "cout")
    number = read_number(scenario.cout)
    return _euros(pen, number[0]) if number and number[1] in ("", "€") else text
