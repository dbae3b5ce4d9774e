"""The parties of the next convention: whoever holds the office today signs, by a délibération to come."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from ctgdocs.composing.bodies import maire
from ctgdocs.content.edit import fields, items
from ctgdocs.content.spelling import Value
from ctgdocs.french import enumeration
from ctgdocs.kinds.convention.acte import AnnexeDeConvention
from ctgdocs.kinds.convention.parties import Partie, is_public, named, record_of
from ctgdocs.kinds.convention.plan_lu import Plan, plan_of
from ctgdocs.kinds.convention.renouvellement_noms import full_name, out_of_office
from ctgdocs.renewing.work import Work, successor_of
from ctgdocs.stages import every
from ctgdocs.vocabulary.as_typed import slug
from ctgdocs.vocabulary.registres import COLLECTIVITE, INSTANCES

# --- The annexes of the next convention: those that describe the past say so, the bilan of the old one comes


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
        work.edit.insert(node, one, before=before)
    if new and not listed:
        work.edit.put(work.edit.root, "annexes", new, after=("articles",))


def _to_update(work: Work, annexe: AnnexeDeConvention) -> str:
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
        work.edit.put(item, "texte", f"[à compléter : {words}]", after=("id", "titre", "contenu"))


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
            work.edit.put(item, name, value, after=("id", "titre", "contenu"))


def _governance(work: Work) -> dict[str, Value]:
    words = "comité de pilotage, dont les membres sont à désigner par chaque assemblée"
    return {
        "id": "gouvernance",
        "titre": "Modalités de pilotage et de suivi",
        "contenu": "gouvernance",
        "texte": f"[à compléter : {words}]",
    }


# --- The plan d'actions of the next convention: every action carried over, its fate to be decided


SUITE: Final = "[à compléter : poursuivie, adaptée, réalisée, abandonnée ou nouvelle]"
CALENDRIER: Final = "[à compléter : calendrier]"
_OVER = ("avancement", "commentaire", "debut", "fin")
_HEADING = ("id", "numero", "titre")


def renew_plan(work: Work) -> None:
    """Each action, in the YAML or in a new workbook."""
    plan, typed = plan_of(work.old, work.reader), work.acte.plan
    if plan is None or typed is None:
        return
    actions = list(plan.actions())
    if typed.fichier:
        _in_a_workbook(work, plan)
    else:
        numbers = {one.path: one.numero for one in actions if not one.action.close}
        for a, axe in enumerate(items(fields(work.node("plan"))["axes"][1])):
            listed = fields(axe).get("actions")
            for b, node in enumerate(items(listed[1]) if listed else []):
                _action(work, node, numbers.get(("axes", a, "actions", b), ""))
    count = len(actions)
    work.say(f"plan d’actions : {count} action{'s' * (count > 1)}, suite à décider pour chacune")


def _action(work: Work, node: Any, numero: str) -> None:
    """One action. One that had already ended before the old convention stays so, and keeps its old number."""
    typed = fields(node)
    if numero:
        work.edit.put(node, "suite", SUITE, after=_HEADING)
        work.edit.put(node, "origine", numero, after=_HEADING)
    if "calendrier" in typed:
        work.edit.put(node, "calendrier", CALENDRIER)
    for name in _OVER:
        work.edit.remove(node, name)


def _in_a_workbook(work: Work, plan: Plan) -> None:
    """The plan kept in a workbook goes on in another, written beside the new convention."""
    from ctgdocs.kinds.convention.plan_lu import board

    numbers = {one.path: one.numero for one in plan.actions()}
    axes = tuple(
        axe.model_copy(
            update={
                "actions": tuple(
                    action
                    if action.close
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
    work.edit.put(work.edit.root, "plan", {"fichier": name})
    work.say(f"plan d’actions repris dans {name}, à côté de la convention")


# --- The appointments of the next convention: a COPIL to designate, evaluations to plan, COF to renew


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
        work.edit.remove(work.edit.root, "suivi")
        return
    for name in gone:
        work.edit.remove(node, name)
    for name, value in keep.items():
        work.edit.put(node, name, value)


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
    return [one.id for one in every(work.reader, INSTANCES) if one.value.type == "copil"]


_BEFORE = ("partenaire", "collectivite", "commune", "nom", "nom_court", "groupe")


def renew_parties(work: Work) -> None:
    """Who signs is drawn from the registries again; every authority is to be given anew."""
    for node, partie in zip(items(work.node("parties")), work.acte.parties, strict=True):
        _signers(work, node, partie)
        work.edit.put(node, "autorite", {"texte": _authority(work, partie)}, after=_BEFORE)
    work.say(f"parties : {len(work.acte.parties)} autorités à compléter (délibérations, décisions)")


def _authority(work: Work, partie: Partie) -> str:
    name = named(work.reader, partie)
    if partie.commune:
        return f"[à compléter : délibération du conseil municipal, {name}, numéro et date]"
    public = is_public(partie, record_of(work.reader, partie))
    what = "délibération, numéro et date" if public else "décision et sa date, ou rien"
    return f"[à compléter : {name}, {what}]"


def _signers(work: Work, node: Any, partie: Partie) -> None:
    if not partie.representants:
        return
    name = named(work.reader, partie)
    if _still(work, partie):
        signs = "signent" if len(partie.representants) > 1 else "signe"
        work.say(f"{name} : {_former(work, partie)} {signs} toujours")
        return
    if _known(work, partie):
        work.edit.remove(node, "representants")
        work.say(f"{name} : {_who(work, partie)} (au lieu de {_former(work, partie)})")
        return
    typed = fields(node)["representants"][1]
    for signer, value in zip(items(typed), partie.representants, strict=True):
        if not fields(signer):  # an id alone
            work.edit.replace(
                signer, {"nom": "[à compléter : qui signe]", "fonction": value.fonction or "maire"}
            )
            continue
        for gone in ("civilite", "prenom"):
            work.edit.remove(signer, gone)
        if value.elu:
            work.edit.put(signer, "nom", "[à compléter : qui signe]")
            work.edit.remove(signer, "elu")
        else:
            work.edit.put(signer, "nom", "[à compléter : qui signe]")
    one = len(partie.representants) == 1
    who, was = ("signataire", "il était") if one else ("signataires", "c’étaient")
    work.say(f"{name} : {who} à compléter ({was} {_former(work, partie)})")


def _still(work: Work, partie: Partie) -> bool:
    """Whether those who signed hold the same office today, so that what was typed of them stays."""
    if partie.partenaire:
        record = record_of(work.reader, partie)
        current = {(one.prenom, one.nom, one.fonction) for one in record.representants} if record else set()
        return all((one.prenom, one.nom, one.fonction) in current for one in partie.representants)
    house = work.reader.find(COLLECTIVITE, "collectivite")
    holder = (
        house.value.executif if house and partie.collectivite else maire(work.reader, partie.commune or "")
    )
    return all(one.elu == holder for one in partie.representants)


def _known(work: Work, partie: Partie) -> bool:
    """Whether a registry says who signs."""
    if partie.collectivite:
        return True
    if partie.commune:
        return bool(maire(work.reader, partie.commune))
    record = record_of(work.reader, partie)
    return bool(record and record.representants)


def _who(work: Work, partie: Partie) -> str:
    if partie.collectivite:
        house = work.reader.find(COLLECTIVITE, "collectivite")
        return (
            f"{_elu(work, house.value.executif) if house else 'l’exécutif que dit collectivite.yaml'} signe"
        )
    if partie.commune:
        return f"{_elu(work, maire(work.reader, partie.commune))} signe"
    record = record_of(work.reader, partie)
    people = [f"{one.civilite} {one.prenom} {one.nom}" for one in record.representants] if record else []
    return f"{' et '.join(people)} {'signent' if len(people) > 1 else 'signe'}"


def _former(work: Work, partie: Partie) -> str:
    return enumeration(
        [
            _elu(work, one.elu) if one.elu else " ".join(filter(None, (one.civilite, one.prenom, one.nom)))
            for one in partie.representants
        ]
    )


def _elu(work: Work, id: str) -> str:
    return full_name(work.reader, id)
