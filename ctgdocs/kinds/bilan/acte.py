"""What the yearly bilan of a convention contains: each action with its state, its money, its indicators."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar, Literal

from pydantic import Field

from ctgdocs.vocabulary.actes import Document
from ctgdocs.vocabulary.liens import IdConvention, IdElu, IdPartenaire
from ctgdocs.vocabulary.scalars import DateFr, Entier, Fiche, Montant, ShortForm, Texte, TexteLong

Avancement = Literal["à venir", "en cours", "réalisée", "reportée", "abandonnée"]


class Mesure(ShortForm):
    """Un indicateur et ce qu’il a donné ; un simple texte suffit."""

    short: ClassVar[str] = "intitule"

    intitule: Texte = Field(description="Ce qui est mesuré.", examples=["Familles accueillies"])
    initial: Texte | None = Field(default=None, description="Valeur de départ.", examples=["38"])
    cible: Texte | None = Field(default=None, description="Valeur visée.", examples=["60"])
    resultat: Texte | None = Field(default=None, description="Valeur de l’année.", examples=["52"])


class Action(Fiche):
    """Une action du plan, telle qu’elle a vécu dans l’année."""

    titre: Texte = Field(description="Intitulé de l’action.", examples=["Itinérance du relais"])
    numero: Texte | None = Field(default=None, description="Son numéro dans la convention.", examples=["1.2"])
    axe: Texte | None = Field(default=None, description="Axe dont elle relève.", examples=["Petite enfance"])
    avancement: Avancement = Field(description="À venir, en cours, réalisée, reportée ou abandonnée.")
    prevu: Montant | None = Field(default=None, description="Montant prévu pour l’année, en euros.")
    depense: Montant | None = Field(default=None, description="Montant dépensé dans l’année, en euros.")
    indicateurs: tuple[Mesure, ...] = Field(default=(), description="Indicateurs, avec leur résultat.")
    commentaire: TexteLong | None = Field(default=None, description="Ce qui s’est passé, en Markdown.")


class Acte(Document):
    """Le bilan annuel d’une convention."""

    convention: IdConvention = Field(description="La convention, nom de son fichier.")
    annee: Entier = Field(ge=1900, le=2999, description="Année dont le bilan rend compte.")
    destinataire: IdPartenaire | None = Field(
        default=None, description="Partenaire à qui le bilan est adressé, de partenaires.yaml."
    )
    date: DateFr | None = Field(default=None, description="Date de signature ; sans elle, un projet.")
    signataire: IdElu | None = Field(
        default=None, description="Signataire, identifiant de elus.yaml ; sinon l’exécutif."
    )
    redacteur: Texte | None = Field(default=None, description="Qui suit le dossier : « Mme Cabrol ».")
    synthese: TexteLong | None = Field(default=None, description="L’année en quelques phrases.")
    actions: tuple[Action, ...] = Field(min_length=1, description="Les actions, dans l’ordre du plan.")
    difficultes: TexteLong | None = Field(default=None, description="Difficultés rencontrées.")
    perspectives: TexteLong | None = Field(default=None, description="Ce qui vient ensuite.")

    @property
    def projet(self) -> bool:
        return self.date is None

    @property
    def depense(self) -> Decimal:
        """What the actions cost in the year, in euros."""
        return sum((action.depense or Decimal(0) for action in self.actions), Decimal(0))
