"""The plan d'actions of the next convention: every action carried over, its fate to be decided."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from ctgdocs.composing.plan_d_actions import Plan, plan_of
from ctgdocs.renewing.draft import fields, items
from ctgdocs.renewing.work import Work

SUITE: Final = "[à compléter : poursuivie, adaptée, abandonnée ou nouvelle]"
CALENDRIER: Final = "[à compléter : calendrier]"
_OVER = ("avancement", "commentaire", "debut", "fin")
_HEADING = ("id", "numero", "titre")


def renew_plan(work: Work) -> None:
    """Each action, in the YAML or in a new workbook."""
    plan = plan_of(work.old, work.reader)
    if plan is None:
        return
    actions = list(plan.actions())
    if work.acte.plan.fichier:
        _in_a_workbook(work, plan)
    else:
        numbers = {one.path: one.numero for one in actions if not one.action.abandonnee}
        for a, axe in enumerate(items(fields(work.node("plan"))["axes"][1])):
            listed = fields(axe).get("actions")
            for b, node in enumerate(items(listed[1]) if listed else []):
                _action(work, node, numbers.get(("axes", a, "actions", b), ""))
    count = len(actions)
    work.say(f"plan d’actions : {count} action{'s' * (count > 1)}, suite à décider pour chacune")


def _action(work: Work, node: Any, numero: str) -> None:
    """One action. One that the old convention had already abandoned stays so, and keeps its old number."""
    typed = fields(node)
    if numero:
        work.draft.put(node, "suite", SUITE, after=_HEADING)
        work.draft.put(node, "origine", numero, after=_HEADING)
    if "calendrier" in typed:
        work.draft.put(node, "calendrier", CALENDRIER)
    for name in _OVER:
        work.draft.remove(node, name)


def _in_a_workbook(work: Work, plan: Plan) -> None:
    """The plan kept in a workbook goes on in another, written beside the new convention."""
    from ctgdocs.composing.suivi import board

    numbers = {one.path: one.numero for one in plan.actions()}
    axes = tuple(
        axe.model_copy(
            update={
                "actions": tuple(
                    action
                    if action.abandonnee
                    else action.model_copy(
                        update={
                            "suite": SUITE, "origine": numbers.get(("axes", a, "actions", b), ""),
                            "calendrier": CALENDRIER if action.calendrier else None,
                            **dict.fromkeys(_OVER),
                        }
                    )
                    for b, action in enumerate(axe.actions)
                )
            }
        )
        for a, axe in enumerate(plan.axes)
    )  # fmt: skip
    name = f"{work.id}-plan.xlsx"
    work.beside[name] = board(replace(plan, axes=axes), f"Plan d’actions – {work.acte.titre}")
    work.draft.put(work.draft.root, "plan", {"fichier": name})
    work.say(f"plan d’actions repris dans {name}, à côté de la convention")
