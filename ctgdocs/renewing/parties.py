"""The parties of the next convention: whoever holds the office today signs, by a délibération to come."""

from __future__ import annotations

from typing import Any

from ctgdocs.composing.collectivites import maire
from ctgdocs.composing.mandates import is_public, named, record_of
from ctgdocs.renewing.draft import fields, items
from ctgdocs.renewing.work import Work
from ctgdocs.vocabulary.parties import Partie

_BEFORE = ("partenaire", "collectivite", "commune", "nom", "nom_court", "groupe")


def renew_parties(work: Work) -> None:
    """Who signs is drawn from the registries again; every authority is to be given anew."""
    for node, partie in zip(items(work.node("parties")), work.acte.parties, strict=True):
        _signers(work, node, partie)
        work.draft.put(node, "autorite", {"texte": _authority(work, partie)}, after=_BEFORE)
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
        work.draft.remove(node, "representants")
        work.say(f"{name} : {_who(work, partie)} (au lieu de {_former(work, partie)})")
        return
    typed = fields(node)["representants"][1]
    for signer, value in zip(items(typed), partie.representants, strict=True):
        if not fields(signer):  # an id alone
            work.draft.replace(
                signer, {"nom": "[à compléter : qui signe]", "fonction": value.fonction or "maire"}
            )
            continue
        for gone in ("civilite", "prenom"):
            work.draft.remove(signer, gone)
        if value.elu:
            work.draft.put(signer, "nom", "[à compléter : qui signe]")
            work.draft.remove(signer, "elu")
        else:
            work.draft.put(signer, "nom", "[à compléter : qui signe]")
    work.say(f"{name} : signataire à compléter (il était {_former(work, partie)})")


def _still(work: Work, partie: Partie) -> bool:
    """Whether those who signed hold the same office today, so that what was typed of them stays."""
    if partie.partenaire:
        record = record_of(work.reader, partie)
        current = {(one.prenom, one.nom, one.fonction) for one in record.representants} if record else set()
        return all((one.prenom, one.nom, one.fonction) in current for one in partie.representants)
    house = work.reader.find("collectivite", "collectivite")
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
        house = work.reader.find("collectivite", "collectivite")
        return f"{_elu(work, house.value.executif) if house else ''} signe"
    if partie.commune:
        return f"{_elu(work, maire(work.reader, partie.commune))} signe"
    record = record_of(work.reader, partie)
    people = [f"{one.civilite} {one.prenom} {one.nom}" for one in record.representants] if record else []
    return f"{' et '.join(people)} {'signent' if len(people) > 1 else 'signe'}"


def _former(work: Work, partie: Partie) -> str:
    return " et ".join(
        _elu(work, one.elu) if one.elu else " ".join(filter(None, (one.civilite, one.prenom, one.nom)))
        for one in partie.representants
    )


def _elu(work: Work, id: str) -> str:
    found = work.reader.find("elus", id)
    return f"{found.value.civilite} {found.value.prenom} {found.value.nom}" if found else id
