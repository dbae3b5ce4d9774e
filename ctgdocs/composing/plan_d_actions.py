"""The plan d'actions of a convention, wherever it is kept, with its numbers, its totals and its places."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from ctgdocs.composing import sheets
from ctgdocs.composing.plan_en_classeur import read_plan
from ctgdocs.findings import Finding, Place, Severity
from ctgdocs.stages import Entry, Reader, Source
from ctgdocs.vocabulary.plan_d_actions import Action, Axe, PlanDActions


@dataclass(frozen=True, slots=True)
class Numbered:
    """An action in its plan: its number, its axis (from 1), its rank in it, its path in the file."""

    numero: str
    axe: int
    titre_de_l_axe: str
    action: Action
    path: tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """`place` gives the place of a path (`axes`, 0, `actions`, 1, `cout`), in the YAML or in the sheet;
    `sheet` is the sheet as read, when the plan is kept in one."""

    axes: tuple[Axe, ...]
    place: Callable[..., Place]
    findings: tuple[Finding, ...] = field(default=())
    sheet: Source | None = None

    def actions(self) -> Iterator[Numbered]:
        """Every action in order. One that is abandoned takes no number of its own."""
        for rank, axe in enumerate(self.axes, start=1):
            number = 0
            for index, action in enumerate(axe.actions):
                number += not action.abandonnee
                default = (action.origine or "") if action.abandonnee else f"{rank}.{number}"
                path = ("axes", rank - 1, "actions", index)
                yield Numbered(action.numero or default, rank, axe.titre, action, path)

    def kept(self) -> list[Numbered]:
        """The actions that the convention carries: those abandoned at the renewal are left out."""
        return [one for one in self.actions() if not one.action.abandonnee]


def plan_of(entry: Entry, reader: Reader) -> Plan | None:
    """The plan of a convention, None when it has none. A file that cannot be used is a finding."""
    typed: PlanDActions | None = entry.value.plan
    if typed is None:
        return None
    if typed.fichier is None:
        return Plan(typed.axes, lambda *path: entry.place("plan", *path))
    try:
        path, data = sheets.beside(entry.source.path, typed.fichier, reader)
        axes, findings, cells = read_plan(path, data, typed.feuille or "")
    except sheets.SheetRefused as refused:
        place = entry.place("plan", "fichier")
        finding = Finding("plan", Severity.ERREUR, refused.message, place, refused.hint)
        return Plan((), lambda *path: place, (finding,))
    return Plan(axes, cells.place, findings, cells.source)


def totals(plan: Plan) -> tuple[Decimal, dict[str, Decimal]]:
    """The cost of the actions that are kept, and what each funder brings, in euros."""
    funders: dict[str, Decimal] = {}
    cost = Decimal(0)
    for one in plan.kept():
        cost += one.action.budget or Decimal(0)
        for ligne in one.action.financements:
            funders[ligne.libelle] = funders.get(ligne.libelle, Decimal(0)) + ligne.montant
    return cost, funders
