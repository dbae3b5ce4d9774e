"""What a note contains: who it is for, and its points. A point cites a dossier, and types what differs."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from ctgdocs.vocabulary.actes import PassageEnCommission, ShortForm
from ctgdocs.vocabulary.dossiers import Affaire
from ctgdocs.vocabulary.liens import IdDeliberation, IdDossier, IdElu, IdSeance
from ctgdocs.vocabulary.scalars import DateFr, Fiche, Texte, TexteLong, refused

TypeDeNote = Literal["note_de_commission", "rapport_de_presentation", "note_de_synthese"]


class Point(Affaire, ShortForm):
    """Un point de la note : l’identifiant d’un dossier, ou une fiche qui le complète."""

    short: ClassVar[str] = "dossier"

    dossier: Annotated[
        IdDossier | None,
        Field(description="Dossier d’où vient tout ce qui n’est pas écrit ici, identifiant de dossiers/."),
    ] = None
    deliberation: Annotated[
        IdDeliberation | None,
        Field(description="Délibération correspondante : ses décisions y sont prises."),
    ] = None
    avis_sollicite: Annotated[
        TexteLong | None, Field(description="L’avis attendu de la commission, en une phrase.")
    ] = None


class Acte(Fiche):
    """Une note de commission, un rapport de présentation, une note explicative de synthèse."""

    type: Annotated[
        TypeDeNote,
        Field(description="note_de_commission, rapport_de_presentation ou note_de_synthese."),
    ] = "note_de_commission"
    titre: Annotated[Texte | None, Field(description="Titre ; sans lui, celui du type de note.")] = None
    date: Annotated[DateFr | None, Field(description="Date de la note.")] = None
    redacteur: Annotated[
        Texte | None,
        Field(description="Qui l’a écrite : « Mme Inès Cabrol, chargée de coopération »."),
    ] = None
    service: Annotated[
        Texte | None, Field(description="Service ; sans indication, celui de collectivite.yaml.")
    ] = None
    commission: Annotated[
        PassageEnCommission | None,
        Field(description="Commission à qui la note est adressée ; sinon celle du premier dossier."),
    ] = None
    seance: Annotated[
        IdSeance | None,
        Field(description="Séance de l’assemblée, identifiant de seances/ ; sinon celle du dossier."),
    ] = None
    introduction: Annotated[
        TexteLong | None, Field(description="Quelques lignes avant les points, en Markdown.")
    ] = None
    points: Annotated[
        tuple[Point, ...],
        Field(description="Les points ; une note de synthèse les prend dans l’ordre du jour de la séance."),
    ] = ()
    signataire: Annotated[
        IdElu | None,
        Field(description="Signataire d’un rapport, identifiant de elus.yaml ; sinon l’exécutif."),
    ] = None

    @model_validator(mode="after")
    def _complete(self) -> Acte:
        if self.type == "note_de_synthese":
            if self.seance is None:
                raise refused(
                    "champ-manquant",
                    "champ obligatoire absent : « seance »",
                    "une note de synthèse suit l’ordre du jour d’une séance : indiquez-la",
                )
        elif not self.points:
            raise refused(
                "champ-manquant",
                "champ obligatoire absent : « points »",
                "ajoutez un point par dossier : points: [ctg-renouvellement]",
            )
        elif self.type == "rapport_de_presentation" and len(self.points) > 1:
            raise refused(
                "rapport",
                f"un rapport de présentation porte sur un seul point, celui-ci en a {len(self.points)}",
                "faites un rapport par délibération",
                "points",
            )
        return self
