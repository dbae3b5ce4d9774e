"""The plan d'actions of a convention: axes, fiches actions, their budget and their indicators.

Only the title of an action is required: the fields of the Cnaf's fiche are to be checked with each Caf, so
every one of them may be left out.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, ClassVar, Literal, get_args

from pydantic import AfterValidator, Field, WithJsonSchema, model_validator

from ctgdocs.vocabulary.actes import LigneDuPlan
from ctgdocs.vocabulary.as_typed import slug
from ctgdocs.vocabulary.scalars import (
    DateFr,
    Fiche,
    Identifiant,
    Montant,
    ShortForm,
    Texte,
    TexteLong,
    refused,
    shown,
)

Suite = Literal["poursuivie", "adaptée", "réalisée", "abandonnée", "nouvelle"]
Avancement = Literal["à venir", "en cours", "réalisée", "reportée", "abandonnée"]


_DONE = ("terminée", "terminé", "achevée", "achevé", "réalisé", "finie", "fini", "faite", "fait")
"""Other words for « réalisée »."""


def _one_of(words: tuple[str, ...]) -> tuple[AfterValidator, WithJsonSchema]:
    """One of a few words, whatever its accents and capitals; or what is still `[à compléter : …]`."""
    by_slug = {slug(word): word for word in words}
    if "réalisée" in words:
        by_slug |= {slug(word): "réalisée" for word in _DONE}

    def validate(text: str) -> str:
        if text.startswith("["):
            return text
        if slug(text) not in by_slug:
            raise refused("choix", f"{shown(text)} n’est pas attendu ici", f"écrivez : {', '.join(words)}")
        return by_slug[slug(text)]

    return AfterValidator(validate), WithJsonSchema({"type": "string", "examples": list(words)})


SuiteDonnee = Annotated[Texte, *_one_of(get_args(Suite))]
EtatDAvancement = Annotated[Texte, *_one_of(get_args(Avancement))]
Nature = Annotated[Texte, *_one_of(("quantitatif", "qualitatif"))]


class Indicateur(ShortForm):
    """Un indicateur d’évaluation ; un simple texte suffit."""

    short: ClassVar[str] = "intitule"

    intitule: Texte = Field(description="Ce qui est mesuré.", examples=["Nombre de familles accueillies"])
    nature: Nature | None = Field(default=None, description="quantitatif ou qualitatif.")
    cible: Texte | None = Field(default=None, description="Valeur visée.", examples=["60 par an"])
    source: Texte | None = Field(default=None, description="D’où vient la mesure.", examples=["bilan Caf"])


class Action(Fiche):
    """Une fiche action."""

    id: Identifiant | None = Field(default=None, description="Identifiant ; à défaut, tiré du titre.")
    numero: Texte | None = Field(default=None, description="Numéro ; à défaut, axe et rang : « 1.2 ».")
    titre: Texte = Field(description="Intitulé de l’action.")
    suite: SuiteDonnee | None = Field(
        default=None,
        description="Au renouvellement : poursuivie, adaptée, réalisée, abandonnée ou nouvelle.",
        examples=["poursuivie"],
    )
    origine: Texte | None = Field(
        default=None, description="Numéro de l’action dans la convention précédente.", examples=["1.2"]
    )
    constat: TexteLong | None = Field(default=None, description="Constat de départ, en Markdown.")
    objectif_general: TexteLong | None = Field(default=None, description="Objectif général.")
    objectifs: tuple[Texte, ...] = Field(default=(), description="Objectifs opérationnels.")
    public: Texte | None = Field(default=None, description="Public visé.")
    territoire: Texte | None = Field(default=None, description="Territoire concerné.")
    description: TexteLong | None = Field(default=None, description="Description de l’action, en Markdown.")
    pilote: Texte | None = Field(default=None, description="Pilote de l’action.")
    partenaires: tuple[Texte, ...] = Field(default=(), description="Partenaires associés.")
    moyens: TexteLong | None = Field(default=None, description="Moyens humains et matériels.")
    cout: Montant | None = Field(default=None, description="Coût de l’action, en euros.")
    financements: tuple[LigneDuPlan, ...] = Field(
        default=(),
        description="Qui finance, et combien ; la somme est le coût.",
        examples=[[{"libelle": "Caf", "montant": "12 000"}]],
    )
    calendrier: Texte | None = Field(
        default=None, description="Calendrier, en mots.", examples=["2027-2029, un comité par an"]
    )
    debut: DateFr | None = Field(default=None, description="Début de l’action.")
    fin: DateFr | None = Field(default=None, description="Fin de l’action.")
    indicateurs: tuple[Indicateur, ...] = Field(default=(), description="Indicateurs d’évaluation.")
    avancement: EtatDAvancement | None = Field(
        default=None, description="à venir, en cours, réalisée, reportée ou abandonnée."
    )
    commentaire: TexteLong | None = Field(default=None, description="Commentaire de suivi.")

    @property
    def cle(self) -> str:
        return self.id or slug(self.titre)

    @property
    def close(self) -> bool:
        """Whether it ended with the convention before: kept for the bilan alone."""
        return self.suite in ("réalisée", "abandonnée")

    @property
    def finance(self) -> Decimal:
        """The sum of its financing, in euros."""
        return sum((ligne.montant for ligne in self.financements), Decimal(0))

    @property
    def budget(self) -> Decimal | None:
        """Its cost: the one typed, else the sum of its financing; None when nothing is known."""
        return self.cout if self.cout is not None else self.finance if self.financements else None


class Axe(Fiche):
    """Un axe (une orientation) et ses actions."""

    titre: Texte = Field(description="Intitulé de l’axe.", examples=["Petite enfance"])
    enjeu: TexteLong | None = Field(default=None, description="Enjeu de l’axe, en Markdown.")
    actions: tuple[Action, ...] = Field(default=(), description="Fiches actions, dans l’ordre.")


class PlanDActions(Fiche):
    """Le plan d’actions : écrit ici (`axes`), ou tenu dans un classeur à côté du contenu (`fichier`)."""

    fichier: Texte | None = Field(
        default=None, description="Classeur XLSX ou CSV, une ligne par action.", examples=["plan-2027.xlsx"]
    )
    feuille: Texte | None = Field(
        default=None, description="Feuille du classeur ; la première sans indication."
    )
    axes: tuple[Axe, ...] = Field(default=(), description="Axes, dans l’ordre.")

    @model_validator(mode="after")
    def _one_way(self) -> PlanDActions:
        if (self.fichier is None) == (not self.axes):
            raise refused(
                "plan", "un plan d’actions est écrit ici (axes) ou dans un classeur (fichier)",
                "indiquez l’un des deux",
            )  # fmt: skip
        return self
