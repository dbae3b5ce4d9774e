"""The appointments of the next convention: a COPIL to designate, evaluations to plan, COF to renew."""

from __future__ import annotations

from ctgdocs.checks.exercice import out_of_office
from ctgdocs.renewing.draft import Value, fields
from ctgdocs.renewing.work import Work, successor_of


def renew_suivi(work: Work) -> None:
    """Takes away what was of the old term; the annual bilan and the number of meetings stay."""
    node, suivi = work.node("suivi"), work.acte.suivi
    typed = fields(node)
    if not typed:
        return
    keep: dict[str, Value] = {}
    gone = {"copil", "evaluation_intermediaire", "evaluation_finale"} & typed.keys()
    if suivi.copil:
        others = [id for id in _copils(work) if id != suivi.copil]
        hint = f" (instances connues : {', '.join(others)})" if others else ""
        work.say(f"comité de pilotage : à désigner, puis à indiquer dans suivi: copil{hint}")
    for name in ("evaluation_intermediaire", "evaluation_finale"):
        if name in typed:
            work.say(f"suivi: {name} retirée ; « ctgdocs echeances » en propose une")
    if suivi.comites:
        current = [id for id in suivi.comites if not out_of_office(work.reader, id, work.debut)]
        _keep_or_drop("comites", current, list(suivi.comites), keep, gone)
    if suivi.conventions_liees:
        _linked(work, keep, gone)
    if gone == typed.keys():
        work.draft.remove(work.draft.root, "suivi")
        return
    for name in gone:
        work.draft.remove(node, name)
    for name, value in keep.items():
        work.draft.put(node, name, value)


def _linked(work: Work, keep: dict[str, Value], gone: set[str]) -> None:
    old = list(work.acte.suivi.conventions_liees)
    new = [successor for id in old if (successor := successor_of(id, work.reader))]
    _keep_or_drop("conventions_liees", new, old, keep, gone)
    left = [id for id in old if not successor_of(id, work.reader)]
    if left:
        work.say(f"conventions de financement à renouveler aussi : {', '.join(left)}")


def _keep_or_drop(name: str, new: list[str], old: list[str], keep: dict[str, Value], gone: set[str]) -> None:
    if not new:
        gone.add(name)
    elif new != old:
        keep[name] = list(new)


def _copils(work: Work) -> list[str]:
    found = (work.reader.find("instances", id) for id in work.reader.ids("instances"))
    return [one.id for one in found if one is not None and one.value.type == "copil"]
