"""Who signs a convention, for whom, and by what authority. Types only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from pydantic import Field, model_validator

from ctgdocs.content.heritage import inherit
from ctgdocs.stages import Entry, Reader
from ctgdocs.vocabulary.actes import Deliberation, numero_de
from ctgdocs.vocabulary.liens import IdCommune, IdElu, IdPartenaire
from ctgdocs.vocabulary.organismes import Adresse, Commune, Partenaire, Siret, TypeDeCollectivite
from ctgdocs.vocabulary.personnes import Civilite
from ctgdocs.vocabulary.registres import (
    COLLECTIVITE,
    COMMUNES,
    DELIBERATIONS,
    INSTANCES,
    PARTENAIRES,
    SEANCES,
)
from ctgdocs.vocabulary.scalars import DateFr, Fiche, Numero, OuiNon, ShortForm, Texte, refused
from ctgdocs.vocabulary.seances import Seance

_WAYS = ("partenaire", "collectivite", "commune", "nom")


class Signataire(ShortForm):
    """Qui représente une partie et signe pour elle : un élu du registre, ou une personne écrite sur place."""

    short: ClassVar[str] = "elu"

    elu: IdElu | None = Field(default=None, description="Identifiant dans elus.yaml.")
    civilite: Civilite | None = Field(
        default=None, description="Civilité, quand la personne est écrite sur place."
    )
    prenom: Texte | None = Field(default=None, description="Prénom.")
    nom: Texte | None = Field(default=None, description="Nom.")
    fonction: Texte | None = Field(
        default=None, description="Fonction pour signer ; pour un élu, celle de elus.yaml à défaut."
    )
    par_delegation_de: Texte | None = Field(
        default=None,
        description="Qui lui a donné délégation de signature, article compris.",
        examples=["la présidente"],
    )

    @model_validator(mode="after")
    def _someone(self) -> Signataire:
        if (self.elu is None) == (self.nom is None):
            raise refused(
                "signataire",
                "un signataire est un élu (elu) ou une personne écrite sur place (civilite, prenom, nom)",
                "indiquez l’un des deux",
            )
        return self


class Autorite(ShortForm):
    """Ce qui autorise à signer : une délibération, parmi les contenus ou non, ou un autre texte."""

    short: ClassVar[str] = "deliberation"

    deliberation: Numero | None = Field(
        default=None, description="Numéro de la délibération.", examples=["2026-045"]
    )
    du: DateFr | None = Field(
        default=None, description="Sa date, quand la délibération n’est pas parmi les contenus."
    )
    organe: Texte | None = Field(
        default=None,
        description="Qui l’a prise, sans article, quand elle n’est pas parmi les contenus.",
        examples=["conseil municipal"],
    )
    transmission: DateFr | None = Field(
        default=None, description="Date de transmission, quand elle n’est pas parmi les contenus."
    )
    publication: DateFr | None = Field(
        default=None, description="Date de publication, quand elle n’est pas parmi les contenus."
    )
    texte: Texte | None = Field(
        default=None,
        description="Une autre autorité, après « dûment autorisée par ».",
        examples=["décision du conseil d’administration du 12 novembre 2026"],
    )

    @model_validator(mode="after")
    def _something(self) -> Autorite:
        if (self.deliberation is None) == (self.texte is None):
            raise refused(
                "autorite", "une autorité est une délibération ou un texte", "indiquez l’un des deux"
            )
        return self


class Partie(Fiche):
    """Une partie à la convention : un partenaire, la collectivité elle-même, une commune, ou une autre
    personne morale écrite sur place."""

    partenaire: IdPartenaire | None = Field(default=None, description="Identifiant dans partenaires.yaml.")
    collectivite: OuiNon = Field(default=False, description="oui : la collectivité elle-même.")
    commune: IdCommune | None = Field(default=None, description="Identifiant dans communes.yaml.")
    nom: Texte | None = Field(
        default=None,
        description="Nom d’une personne morale qui n’est dans aucun registre.",
        examples=["syndicat mixte du pays de Vaurelle"],
    )
    nom_court: Texte | None = Field(
        default=None,
        description="Nom court, article compris ; à défaut, celui du registre.",
        examples=["la Caf"],
    )
    feminin: OuiNon | None = Field(
        default=None, description="Genre du nom, quand il est mal deviné : oui pour un nom féminin."
    )
    adresse: Adresse | None = Field(default=None, description="Adresse ; à défaut, celle du registre.")
    siret: Siret | None = Field(default=None, description="SIRET ; à défaut, celui du registre.")
    representants: tuple[Signataire, ...] = Field(
        default=(), description="Qui signe ; à défaut, l’exécutif, le maire ou les représentants du registre."
    )
    autorite: Autorite | None = Field(default=None, description="Délibération qui autorise à signer.")
    groupe: Texte | None = Field(
        default=None,
        description="Nom court collectif ; les parties voisines du même groupe sont présentées ensemble.",
        examples=["les communes signataires"],
    )

    @model_validator(mode="after")
    def _one_way(self) -> Partie:
        ways = [way for way in _WAYS if getattr(self, way)]
        if len(ways) != 1:
            raise refused(
                "partie",
                "une partie est un partenaire, la collectivité (collectivite: oui), une commune ou un nom",
                "indiquez un seul de ces champs" if ways else "indiquez l’un de ces champs",
            )
        return self

    @property
    def key(self) -> str:
        """What names the party in the file: its id, « collectivite », or its name typed in place."""
        return self.partenaire or self.commune or ("collectivite" if self.collectivite else self.nom or "")


# --- By what authority a party signs: its délibération, its date, the day from which it may be carried out


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
    which its délibération may be carried out (CGCT, art. L. 2131-1). `number` is what it is known by,
    `printed` what a page says, a file's name being no number."""

    number: str = ""
    printed: str = ""
    organe: str = ""
    day: date | None = None
    executory: date | None = None
    text: str = ""
    known: bool = False  # its délibération is among the contents
    voted: bool = False  # it was taken, as far as is known


def is_public(typed: Partie, record: Partenaire | None) -> bool:
    """Whether its assembly must have authorised the signature: collectivité, commune, département."""
    return typed.collectivite or bool(typed.commune) or (record is not None and record.type in _PUBLIC)


def record_of(reader: Reader, typed: Partie) -> Partenaire | None:
    """Its entry of partenaires.yaml, when it is one of them."""
    found = reader.find(PARTENAIRES, typed.partenaire) if typed.partenaire else None
    return found.value if found else None


def entry_of(reader: Reader, typed: Partie) -> Entry[Partenaire] | Entry[Commune] | None:
    """Its entry in the registry of partners, or in that of communes, when it is one of them."""
    if typed.partenaire:
        return reader.find(PARTENAIRES, typed.partenaire)
    return reader.find(COMMUNES, typed.commune) if typed.commune else None


def named(reader: Reader, typed: Partie) -> str:
    """A party in a message: « la Caf », « Esparnac », its name."""
    if typed.nom_court:
        return typed.nom_court
    if typed.collectivite:
        house = reader.find(COLLECTIVITE, "collectivite")
        return house.value.nom_court if house else typed.key
    if typed.commune:
        commune = reader.find(COMMUNES, typed.commune)
        return commune.value.nom if commune else typed.key
    partner = record_of(reader, typed)
    return (partner.nom_court or partner.nom) if partner else typed.key


def authority(reader: Reader, typed: Partie) -> Mandate | None:
    """What is known of a party's authority, from its délibération when it is among the contents."""
    auth = typed.autorite
    if auth is None:
        return None
    if auth.deliberation is None:
        return Mandate(text=auth.texte or "")
    act = reader.find(DELIBERATIONS, auth.deliberation)
    act = inherit(act, reader) if act else None
    seance = reader.find(SEANCES, act.value.seance) if act and act.value.seance else None
    transmitted, published = _dates(auth, act)
    both = transmitted is not None and published is not None
    return Mandate(
        number=(act.value.numero if act else None) or auth.deliberation,
        printed=numero_de(act.value.numero, act.id) if act else auth.deliberation,
        organe=auth.organe or _organe(reader, typed, seance),
        day=seance.value.date if seance else auth.du,
        executory=max(transmitted, published) if both and transmitted and published else None,
        known=act is not None,
        voted=act is None or act.value.vote is not None,
    )


def _dates(auth: Autorite, act: Entry[Deliberation] | None) -> tuple[date | None, date | None]:
    if act is None:
        return auth.transmission, auth.publication
    return auth.transmission or act.value.transmission, auth.publication or act.value.publication


def _organe(reader: Reader, typed: Partie, seance: Entry[Seance] | None) -> str:
    instance = reader.find(INSTANCES, seance.value.instance) if seance else None
    if instance is not None:
        return str(instance.value.nom)
    if typed.commune:
        return "conseil municipal"
    if typed.collectivite:
        house = reader.find(COLLECTIVITE, "collectivite")
        return _ORGANES.get(house.value.type, "conseil communautaire") if house else ""
    record = record_of(reader, typed)
    return "conseil départemental" if record and record.type == "departement" else ""
