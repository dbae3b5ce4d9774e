"""What the note d'orientations budgétaires of the social affairs contains: services and projects, year by
year."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from ctgdocs.vocabulary.liens import Lien
from ctgdocs.vocabulary.scalars import (
    DateFr,
    Entier,
    Fiche,
    Identifiant,
    Montant,
    ShortForm,
    Texte,
    TexteLong,
    refused,
)

Annee = Annotated[Entier, Field(ge=1900, le=2999)]
Annees = dict[Annee, Montant]
IdBareme = Annotated[Identifiant, Lien("baremes")]


class Bonus(ShortForm):
    """Un financement forfaitaire de la Caf : un barème daté, et la quantité de ce service."""

    short: ClassVar[str] = "bareme"

    bareme: IdBareme = Field(description="Identifiant dans baremes.yaml.", examples=["bonus-eaje-2026"])
    quantite: Montant = Field(
        default=Decimal(1),
        description="Nombre d’unités : places, équivalents temps plein, heures.",
        examples=["32"],
    )


class Service(Fiche):
    """Un service ou un projet : ce qu’il coûte et ce qu’il reçoit, année par année."""

    nom: Texte = Field(description="Nom.", examples=["Relais petite enfance"])
    nature: Literal["service", "projet"] = Field(default="service", description="service, ou projet.")
    depenses: Annees = Field(description="Année → dépenses, en euros.", examples=[{"2026": "84 000"}])
    caf: Annees = Field(default_factory=dict, description="Année → recettes de la Caf, en euros.")
    autres: Annees = Field(
        default_factory=dict, description="Année → autres recettes : familles, Département, État."
    )
    bonus: tuple[Bonus, ...] = Field(
        default=(), description="Bonus territoire et autres forfaits attendus, d’après baremes.yaml."
    )
    commentaire: TexteLong | None = Field(default=None, description="Ce qui explique l’évolution.")

    @model_validator(mode="after")
    def _costs_something(self) -> Service:
        if not self.depenses:
            raise refused("service", f"« {self.nom} » n’a pas de dépenses", "exemple : {2026: 84 000}")
        return self

    def left(self, annee: int) -> Decimal:
        """What the collectivité pays that year, once the receipts are taken off."""
        zero = Decimal(0)
        return self.depenses.get(annee, zero) - self.caf.get(annee, zero) - self.autres.get(annee, zero)


class Acte(Fiche):
    """La note d’orientations budgétaires des affaires sociales."""

    annee: Entier = Field(ge=1900, le=2999, description="Année du budget à venir.")
    date: DateFr | None = Field(default=None, description="Jour de la note ; sans lui, un projet.")
    redacteur: Texte | None = Field(default=None, description="Qui a rédigé la note.")
    contexte: TexteLong | None = Field(default=None, description="Contexte, en Markdown.")
    services: tuple[Service, ...] = Field(
        min_length=1, description="Services et projets, dans l’ordre de la note."
    )
    orientations: TexteLong | None = Field(default=None, description="Ce qui est proposé, en Markdown.")

    @property
    def projet(self) -> bool:
        return self.date is None

    @property
    def annees(self) -> list[int]:
        """The years that any service tells, in order."""
        return sorted(
            {year for one in self.services for typed in (one.depenses, one.caf, one.autres) for year in typed}
        )
