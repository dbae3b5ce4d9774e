"""The bodies that meet: `content/instances/<id>.yaml`."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from ctgdocs.vocabulary.liens import IdElu
from ctgdocs.vocabulary.scalars import DateFr, Entier, Fiche, ShortForm, Texte

TypeInstance = Literal["assemblee", "bureau", "commission", "copil"]
Regime = Literal["commune", "epci", "syndicat", "ccas"]


class Membre(ShortForm):
    """Un membre de l’instance ; `elu` seul, ou avec ses dates s’il est arrivé ou parti en cours de mandat."""

    short: ClassVar[str] = "elu"

    elu: IdElu = Field(description="Identifiant dans elus.yaml.", examples=["roy-jean"])
    du: DateFr | None = Field(
        default=None, description="Premier jour du mandat, si la personne est arrivée en cours de mandat."
    )
    au: DateFr | None = Field(
        default=None, description="Dernier jour du mandat, si la personne est partie (démission, décès)."
    )

    def en_exercice(self, jour: date) -> bool:
        return (self.du is None or self.du <= jour) and (self.au is None or jour <= self.au)


class Instance(Fiche):
    """Une instance qui se réunit : assemblée délibérante, bureau, commission ou comité de pilotage."""

    nom: Texte = Field(
        description="Nom, en minuscules, sans article.",
        examples=["conseil communautaire", "commission Affaires sociales"],
    )
    type: TypeInstance = Field(
        default="assemblee",
        description="« assemblee » et « bureau » délibèrent ; « commission » et « copil » donnent un avis.",
    )
    regime: Regime | None = Field(
        default=None, description="Règles applicables, si ce ne sont pas celles de la collectivité."
    )
    president: IdElu = Field(
        description="Qui préside, par son identifiant dans elus.yaml.", examples=["durand-claire"]
    )
    vice_presidents: tuple[IdElu, ...] = Field(
        default=(),
        description="Qui préside à défaut : vice-présidents ou adjoints, dans l’ordre des nominations.",
        examples=[["martin-paul", "petit-anne"]],
    )
    membres: tuple[Membre, ...] = Field(
        min_length=1,
        description="Les membres en exercice, président compris, dans l’ordre où ils doivent être nommés.",
        examples=[["durand-claire", "martin-paul", {"elu": "roy-jean", "au": "2026-10-15"}]],
    )
    suppleants: dict[IdElu, IdElu] = Field(
        default_factory=dict,
        description="Titulaire → suppléant, pour les communes qui n’ont qu’un siège (CGCT, art. L. 5211-6).",
        examples=[{"faure-lea": "blanc-marie"}],
    )

    delai_de_convocation: Annotated[Entier, Field(ge=0)] | None = Field(
        default=None,
        description="Délai du règlement intérieur, en jours, pour une instance que la loi ne règle pas.",
        examples=["5"],
    )

    def membres_au(self, jour: date) -> tuple[str, ...]:
        """The ids of the members in office on that day, in the order of the file."""
        return tuple(membre.elu for membre in self.membres if membre.en_exercice(jour))
