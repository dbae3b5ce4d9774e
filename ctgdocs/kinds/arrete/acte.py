"""What an arrêté or a décision of the executive contains."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ctgdocs.vocabulary.actes import Decision, Document, Retrait, Tableau, VisaCite
from ctgdocs.vocabulary.liens import IdElu
from ctgdocs.vocabulary.organismes import Tampon
from ctgdocs.vocabulary.scalars import DateFr, Identifiant, Texte, TexteLong


class Acte(Document):
    """An arrêté or a décision of the executive."""

    type: Literal["arrete", "decision"] = Field(
        default="arrete", description="arrete, ou decision prise par délégation de l’assemblée."
    )
    objet: Texte = Field(description="Objet : « Délégation de signature à … ».")
    numero: Identifiant | None = Field(
        default=None, description="Numéro de l’acte ; sans indication, le nom du fichier."
    )
    date: DateFr | None = Field(
        default=None, description="Date de signature ; sans elle, l’acte reste un projet."
    )
    signataire: IdElu | None = Field(
        default=None, description="Signataire, identifiant de elus.yaml ; sinon l’exécutif."
    )
    matiere: Texte | None = Field(default=None, description="Matière de la nomenclature ACTES : « 5.5 ».")
    visas: tuple[VisaCite, ...] = Field(default=(), description="Textes visés, dans l’ordre de lecture.")
    considerants: tuple[Texte, ...] = Field(default=(), description="Motifs, avec ou sans « Considérant ».")
    expose: TexteLong | None = Field(default=None, description="Exposé facultatif, en Markdown.")
    tableaux: dict[Identifiant, Tableau] = Field(
        default_factory=dict, description="Tableaux cités par {tableau:identifiant}."
    )
    articles: tuple[Decision, ...] = Field(
        min_length=1, description="Articles, dans l’ordre ; Markdown accepté."
    )
    transmission: DateFr | None = Field(
        default=None, description="Date de transmission au représentant de l’État."
    )
    publication: DateFr | None = Field(default=None, description="Date de publication de l’acte.")
    notification: DateFr | None = Field(default=None, description="Date de notification à l’intéressé.")
    retrait: Retrait | None = Field(
        default=None,
        description="Retrait de l’acte, une fois décidé : son jour, et l’acte qui le retire (par).",
    )
    destinataires: tuple[Texte, ...] = Field(
        default=(), description="À qui l’acte est notifié ou adressé en copie."
    )
    nature: Literal["AR", "AI", "CC", "AU"] | None = Field(
        default=None,
        description="Nature de la nomenclature ACTES : AR, réglementaire, ou AI, individuel ; sans "
        "indication, AR pour une délégation ou la police, AI pour le personnel ou un acte notifié.",
    )
    tampon: Tampon | None = Field(
        default=None, description="Cadre du tampon ; sans indication, celui de collectivite.yaml."
    )
    annexes: tuple[Texte, ...] = Field(default=(), description="Titres des documents annexés, dans l’ordre.")

    @property
    def nature_actes(self) -> str:
        """Its nature in the nomenclature ACTES: what delegates, and what concerns all, is regulatory, whoever
        it is notified to."""
        levels = tuple((self.matiere or "").split(".")[:2])
        if self.nature:
            return self.nature
        if levels in (("5", "4"), ("5", "5")) or levels[0] == "6":
            return "AR"
        personal = levels in (("4", "1"), ("4", "2"), ("4", "4"))
        return "AI" if personal or self.destinataires or self.notification else "AR"

    @property
    def projet(self) -> bool:
        return self.date is None
