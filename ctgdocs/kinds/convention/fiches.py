"""The plan d'actions on the page: a fiche per action, the summary table, the totals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from ctgdocs.composing import tableaux
from ctgdocs.composing.pen import Pen
from ctgdocs.composing.people import capitalised
from ctgdocs.composing.plan_d_actions import Numbered, Plan, totals
from ctgdocs.composing.problem import Problem
from ctgdocs.composing.suivi import indicator
from ctgdocs.french import date_longue, enumeration, montant, periode
from ctgdocs.stages import Block, ListBlock, Paragraph, Prose, Run
from ctgdocs.vocabulary.plan_d_actions import Action, Indicateur

_SAID = (
    # field → its label on the fiche, in the order of the fiche; those without a value are left out
    ("constat", "Constat"),
    ("objectif_general", "Objectif général"),
    ("objectifs", "Objectifs opérationnels"),
    ("public", "Public"),
    ("territoire", "Territoire"),
    ("description", "Description"),
    ("pilote", "Pilote"),
    ("partenaires", "Partenaires"),
    ("moyens", "Moyens humains"),
    ("calendrier", "Calendrier"),
    ("indicateurs", "Indicateurs"),
    ("avancement", "État d’avancement"),
    ("commentaire", "Commentaire"),
)
_FOLLOWED = ("avancement", "commentaire")
Fields = Sequence[tuple[str, str]]

NOTHING: dict[str, Any] = {"axes": [], "synthese": [], "synthese_total": {"cout": "", "financement": ""},
                           "financeurs": []}  # fmt: skip


def plan_page(pen: Pen, plan: Plan) -> dict[str, Any]:
    """The keys of the annexe that shows the plan. Once it is signed, what goes on being followed up (état
    d’avancement, commentaire) stays on the board only: the page does not change."""
    said = [(field, label) for field, label in _SAID if field not in _FOLLOWED or not _signed(pen)]
    kept = plan.kept()
    cost, funders = totals(plan)
    axes = []
    for rank, axe in enumerate(plan.axes, start=1):
        mine = [one for one in kept if one.axe == rank]
        if not mine and not axe.enjeu:
            continue
        axes.append(
            {
                "titre": pen.typeset(f"Axe {rank} – {axe.titre}"),
                "enjeu": _prose(pen, plan, axe.enjeu or "", "axes", rank - 1, "enjeu"),
                "fiches": [_fiche(pen, plan, one, said) for one in mine],
            }
        )
    return {
        "axes": axes,
        "synthese": [_row(pen, one) for one in kept],
        "synthese_total": {
            "cout": _euros(pen, cost) if kept else "",
            "financement": _euros(pen, sum(funders.values(), Decimal(0))) if funders else "",
        },
        "financeurs": [
            {"nom": pen.typeset(name), "montant": _euros(pen, amount)} for name, amount in funders.items()
        ],
    }


def _signed(pen: Pen) -> bool:
    return bool(pen.entry.value.statut == "signe")


def _fiche(pen: Pen, plan: Plan, one: Numbered, said: Fields) -> dict[str, Any]:
    return {
        "numero": one.numero,
        "titre": f"Fiche action {one.numero} – {pen.typeset(one.action.titre)}",
        "axe": pen.typeset(one.titre_de_l_axe),
        "suite": one.action.suite or "",
        "lignes": list(_lines(pen, plan, one, said)),
        "financement": _financing(pen, one.action),
    }


def _lines(pen: Pen, plan: Plan, one: Numbered, said: Fields) -> Iterator[dict[str, Any]]:
    """Each field of the fiche that is filled: a label and its text."""
    for field, label in said:
        value = getattr(one.action, field)
        path = (*one.path, field)
        if field == "indicateurs":
            text = _indicators(pen, value)
        elif field == "calendrier":
            text = _text(pen, _when(pen, one.action))
        elif field == "partenaires":
            text = _text(pen, enumeration(value))
        elif isinstance(value, tuple):
            text = _listed([pen.typeset(item) for item in value])
        elif field in ("constat", "objectif_general", "description", "moyens", "commentaire"):
            text = _prose(pen, plan, value or "", *path)
        else:
            text = _text(pen, capitalised(value) if field == "avancement" and value else value or "")
        if text:
            yield {"libelle": label, "texte": in_a_cell(text)}


def _prose(pen: Pen, plan: Plan, text: str, *path: str | int) -> Prose:
    """Markdown of the plan; what is wrong in a text kept in a sheet is said at its cell."""
    if not text:
        return Prose()
    known = len(pen.findings)
    prose = pen.prose(text, "plan", *path)
    if plan.sheet is not None:
        place = plan.place(*path)
        pen.findings[known:] = [finding._replace(place=place) for finding in pen.findings[known:]]
    return prose


def _text(pen: Pen, text: str) -> Prose:
    return Prose((Paragraph((Run(pen.typeset(text)),)),)) if text else Prose()


def _listed(items: list[str]) -> Prose:
    if len(items) < 2:
        return Prose(tuple(Paragraph((Run(item),)) for item in items))
    return Prose((ListBlock(tuple((Paragraph((Run(item),)),) for item in items)),))


def _indicators(pen: Pen, indicators: tuple[Indicateur, ...]) -> Prose:
    return _listed([pen.typeset(indicator(one)) for one in indicators])


def _when(pen: Pen, action: Action) -> str:
    """The calendar in words, else its dates."""
    if action.calendrier or not (action.debut or action.fin):
        return action.calendrier or ""
    if action.debut and action.fin and action.debut <= action.fin:
        return capitalised(periode(action.debut, action.fin, pen.profil))
    if action.debut:
        return f"À partir du {date_longue(action.debut, pen.profil)}"
    return f"Jusqu’au {date_longue(action.fin, pen.profil)}" if action.fin else ""


def _row(pen: Pen, one: Numbered) -> dict[str, str]:
    """One line of the summary table."""
    action = one.action
    return {
        "axe": pen.typeset(one.titre_de_l_axe),
        "numero": one.numero,
        "titre": pen.typeset(action.titre),
        "pilote": pen.typeset(action.pilote or ""),
        "partenaires": pen.typeset(", ".join(action.partenaires)),
        "calendrier": pen.typeset(_when(pen, action)),
        "cout": _euros(pen, action.budget) if action.budget is not None else "",
        "financement": _euros(pen, action.finance) if action.financements else "",
        "suite": action.suite or "",
    }


def _financing(pen: Pen, action: Action) -> Prose:
    """The financing of an action as a table with its total; nothing when no funder is known."""
    if not action.financements:
        return Prose()
    rows = [["Financement", "Montant"]]
    rows += [[ligne.libelle, f"{ligne.montant} €"] for ligne in action.financements]
    problems: list[Problem]
    table, problems = tableaux.from_texts(rows, pen.profil, add_total=True)
    assert not problems  # a computed total cannot be wrong
    return Prose((table,))


def _euros(pen: Pen, amount: Decimal) -> str:
    """« 480 000 € », with centimes only when there are some."""
    return montant(amount, pen.profil, centimes=amount != amount.to_integral_value())


def in_a_cell(prose: Prose) -> Prose:
    """Its paragraphs in the style of a table's text."""

    def settled(block: Block) -> Block:
        if isinstance(block, Paragraph) and block.role == "corps":
            return Paragraph(block.runs, "tableau_texte", block.bookmark)
        return block

    return Prose(tuple(map(settled, prose)))
