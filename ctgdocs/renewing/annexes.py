"""The annexes of the next convention: those that describe the past say so, the bilan of the old one comes."""

from __future__ import annotations

from typing import Any

from ctgdocs.renewing.draft import Value, fields, items
from ctgdocs.renewing.work import Work
from ctgdocs.vocabulary.as_typed import slug


def renew_annexes(work: Work) -> None:
    """Marks what is to be brought up to date, and adds the annexes that a renewal needs."""
    node, annexes = work.node("annexes"), work.acte.annexes
    listed = items(node)
    for item, annexe in zip(listed, annexes, strict=True):
        words = _to_update(work, annexe)
        if annexe.contenu == "bilan":
            _bilan_again(work, item)
        elif words:
            _begin(work, item, words)
    if work.acte.type != "ctg":
        return
    contents = {annexe.contenu for annexe in annexes}
    new: list[Value] = []
    if "bilan" not in contents:
        new.append(_bilan(work))
        work.say(f"annexe ajoutée : bilan et évaluation de la convention {work.old_years}, à rédiger")
    if "gouvernance" not in contents:
        new.append(_governance(work))
    before = next(
        (item for item, one in zip(listed, annexes, strict=True) if one.contenu == "decisions"), None
    )
    for one in new if listed else []:
        work.draft.insert(node, one, before=before)
    if new and not listed:
        work.draft.put(work.draft.root, "annexes", new, after=("articles",))


def _to_update(work: Work, annexe: Any) -> str:
    if annexe.contenu == "texte" and "diagnostic" in slug(f"{annexe.cle} {annexe.titre}"):
        return "diagnostic à actualiser avec les parties"
    return {
        "equipements": "liste des équipements et services à actualiser",
        "plan-d-actions": f"coûts et indicateurs à revoir, repris de la convention {work.old_years}",
        "gouvernance": "comité de pilotage, dont les membres sont à désigner par chaque assemblée",
    }.get(annexe.contenu, "")


def _begin(work: Work, item: Any, words: str) -> None:
    text = fields(item).get("texte")
    if text:
        work.first[id(text[1])] = f"[à compléter : {words}]"
    else:
        work.draft.put(item, "texte", f"[à compléter : {words}]", after=("id", "titre", "contenu"))


def _bilan_text(work: Work) -> str:
    return (
        f"[à compléter : bilan et évaluation de la convention {work.old_years} (cohérence, atteinte des "
        "objectifs, moyens, durabilité)]"
    )


def _bilan(work: Work) -> dict[str, Value]:
    return {
        "id": "bilan",
        "titre": f"Bilan et évaluation de la convention {work.old_years}",
        "contenu": "bilan",
        "texte": _bilan_text(work),
    }


def _bilan_again(work: Work, item: Any) -> None:
    """The convention that ends was itself a renewal: its annex becomes that of its own bilan."""
    for name, value in _bilan(work).items():
        if name in ("titre", "texte"):
            old = fields(item).get(name)
            if old:
                work.handled.add(id(old[1]))
            work.draft.put(item, name, value, after=("id", "titre", "contenu"))


def _governance(work: Work) -> dict[str, Value]:
    words = "comité de pilotage, dont les membres sont à désigner par chaque assemblée"
    return {
        "id": "gouvernance",
        "titre": "Modalités de pilotage et de suivi",
        "contenu": "gouvernance",
        "texte": f"[à compléter : {words}]",
    }
