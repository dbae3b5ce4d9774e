"""What an arrêté or a décision of the executive contains."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ctgdocs.vocabulary.actes import Decision, Document, Retrait, Tableau, VisaCite
from ctgdocs.vocabulary.liens import IdElu
from ctgdocs.vocabulary.organismes import Tampon
from ctgdocs.vocabulary.scalars import DateFr, Identifiant, Texte, TexteLong


class Acte(Document):
    """An arrêté or a décision of the executive."""

    type: Annotated[
        Literal["arrete", "decision"],
        Field(description="arrete, ou decision prise par délégation de l’assemblée."),
    ] = "arrete"
    objet: Annotated[Texte, Field(description="Objet : « Délégation de signature à … ».")]
    numero: Annotated[
        Identifiant | None, Field(description="Numéro de l’acte ; sans indication, le nom du fichier.")
    ] = None
    date: Annotated[
        DateFr | None, Field(description="Date de signature ; sans elle, l’acte reste un projet.")
    ] = None
    signataire: Annotated[
        IdElu | None, Field(description="Signataire, identifiant de elus.yaml ; sinon l’exécutif.")
    ] = None
    matiere: Annotated[Texte | None, Field(description="Matière de la nomenclature ACTES : « 5.5 ».")] = None
    visas: Annotated[tuple[VisaCite, ...], Field(description="Textes visés, dans l’ordre de lecture.")] = ()
    considerants: Annotated[
        tuple[Texte, ...], Field(description="Motifs, avec ou sans « Considérant ».")
    ] = ()
    expose: Annotated[TexteLong | None, Field(description="Exposé facultatif, en Markdown.")] = None
    tableaux: Annotated[
        dict[Identifiant, Tableau], Field(description="Tableaux cités par {tableau:identifiant}.")
    ] = Field(default_factory=dict)
    articles: Annotated[
        tuple[Decision, ...], Field(min_length=1, description="Articles, dans l’ordre ; Markdown accepté.")
    ]
    transmission: Annotated[
        DateFr | None, Field(description="Date de transmission au représentant de l’État.")
    ] = None
    publication: Annotated[DateFr | None, Field(description="Date de publication de l’acte.")] = None
    notification: Annotated[DateFr | None, Field(description="Date de notification à l’intéressé.")] = None
    retrait: Annotated[
        Retrait | None,
        Field(description="Retrait de l’acte, une fois décidé : son jour, et l’acte qui le retire (par)."),
    ] = None
    destinataires: Annotated[
        tuple[Texte, ...], Field(description="À qui l’acte est notifié ou adressé en copie.")
    ] = ()
    nature: Annotated[
        Literal["AR", "AI", "CC", "AU"] | None,
        Field(
            description="Nature de la nomenclature ACTES : AR, réglementaire, ou AI, individuel ; sans "
            "indication, AR pour une délégation ou la police, AI pour le personnel ou un acte notifié."
        ),
    ] = None
    tampon: Annotated[
        Tampon | None,
        Field(description="Cadre du tampon ; sans indication, celui de collectivite.yaml."),
    ] = None
    annexes: Annotated[
        tuple[Texte, ...], Field(description="Titres des documents annexés, dans l’ordre.")
    ] = ()

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
