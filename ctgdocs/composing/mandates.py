"""By what authority a party signs: its délibération, its date, the day from which it may be carried out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ctgdocs.checks.heritage import inherit
from ctgdocs.stages import Entry, Reader
from ctgdocs.vocabulary.collectivite import TypeDeCollectivite
from ctgdocs.vocabulary.partenaires import Partenaire
from ctgdocs.vocabulary.parties import Autorite, Partie

_ORGANES: dict[TypeDeCollectivite, str] = {
    "commune": "conseil municipal",
    "ccas": "conseil d’administration",
    "cias": "conseil d’administration",
    "syndicat": "comité syndical",
}
_PUBLIC = ("commune", "departement")


@dataclass(frozen=True, slots=True)
class Mandate:
    """The authority of a party as far as it is known: `day` None when it is not, `executory` the day from
    which its délibération may be carried out (CGCT, art. L. 2131-1)."""

    number: str = ""
    organe: str = ""
    day: date | None = None
    executory: date | None = None
    text: str = ""
    known: bool = False  # its délibération is among the contents


def is_public(typed: Partie, record: Partenaire | None) -> bool:
    """Whether its assembly must have authorised the signature: collectivité, commune, département."""
    return typed.collectivite or bool(typed.commune) or (record is not None and record.type in _PUBLIC)


def record_of(reader: Reader, typed: Partie) -> Partenaire | None:
    """Its entry of partenaires.yaml, when it is one of them."""
    found = reader.find("partenaires", typed.partenaire) if typed.partenaire else None
    return found.value if found else None


def named(reader: Reader, typed: Partie) -> str:
    """A party in a message: « la Caf », « Esparsac », its name."""
    registry, id = ("communes", typed.commune) if typed.commune else ("partenaires", typed.partenaire)
    found = reader.find(registry, id) if id else None
    if typed.collectivite:
        found = reader.find("collectivite", "collectivite")
    return typed.nom_court or (
        getattr(found.value, "nom_court", None) or found.value.nom if found else typed.key
    )


def authority(reader: Reader, typed: Partie) -> Mandate | None:
    """What is known of a party's authority, from its délibération when it is among the contents."""
    auth = typed.autorite
    if auth is None:
        return None
    if auth.deliberation is None:
        return Mandate(text=auth.texte or "")
    act = reader.find("deliberation", auth.deliberation)
    act = inherit(act, reader) if act else None
    seance = reader.find("seances", act.value.seance) if act and act.value.seance else None
    transmitted, published = _dates(auth, act)
    both = transmitted is not None and published is not None
    return Mandate(
        number=(act.value.numero if act else None) or auth.deliberation,
        organe=auth.organe or _organe(reader, typed, seance),
        day=seance.value.date if seance else auth.du,
        executory=max(transmitted, published) if both and transmitted and published else None,
        known=act is not None,
    )


def _dates(auth: Autorite, act: Entry | None) -> tuple[date | None, date | None]:
    if act is None:
        return auth.transmission, auth.publication
    return auth.transmission or act.value.transmission, auth.publication or act.value.publication


def _organe(reader: Reader, typed: Partie, seance: Entry | None) -> str:
    instance = reader.find("instances", seance.value.instance) if seance else None
    if instance is not None:
        return str(instance.value.nom)
    if typed.commune:
        return "conseil municipal"
    if typed.collectivite:
        house = reader.find("collectivite", "collectivite")
        return _ORGANES.get(house.value.type, "conseil communautaire") if house else ""
    record = record_of(reader, typed)
    return "conseil départemental" if record and record.type == "departement" else ""
