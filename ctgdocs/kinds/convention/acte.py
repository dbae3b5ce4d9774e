"""What a convention contains. One file serves it all its life: projet, validated by every party, signed."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from ctgdocs.french import MOIS, numero_de_mois
from ctgdocs.kinds.convention.parties import Partie
from ctgdocs.kinds.convention.plan import PlanDActions
from ctgdocs.patterns import regex
from ctgdocs.vocabulary.actes import Document, Tableau, VisaCite
from ctgdocs.vocabulary.as_typed import slug
from ctgdocs.vocabulary.liens import IdConvention, IdInstance
from ctgdocs.vocabulary.scalars import (
    DateFr,
    Entier,
    Fiche,
    Identifiant,
    OuiNon,
    Texte,
    TexteLong,
    refused,
    shown,
)

# --- What the articles and annexes of a convention are made of


ContenuDAnnexe = Literal[
    "texte", "equipements", "plan-d-actions", "gouvernance", "decisions", "bilan", "correspondance"
]

_DAY = regex(r"(\d{1,2})(?:er)?(?:[/.](\d{1,2})|\s+([a-zéèû]+))", re.IGNORECASE)


def jour_de_l_annee(text: str) -> tuple[int, int]:
    """(month, day) of « 31 janvier » or « 31/01 »; (0, 0) when it is none.

    >>> jour_de_l_annee("31 janvier"), jour_de_l_annee("1er février"), jour_de_l_annee("31/02")
    ((1, 31), (2, 1), (0, 0))
    """
    found = _DAY.fullmatch(text.strip())
    if found is None:
        return 0, 0
    month = int(found[2]) if found[2] else numero_de_mois(found[3]) or 0
    try:
        day = date(2027, month, int(found[1]))
    except ValueError:
        return 0, 0
    return day.month, day.day


def _day_of_the_year(text: str) -> str:
    month, day = jour_de_l_annee(text)
    if not month:
        raise refused("jour", f"{shown(text)} n’est pas un jour de l’année", "exemple : 31 janvier")
    return f"{'1er' if day == 1 else day} {MOIS[month - 1]}"


JourDeLAnnee = Annotated[Texte, AfterValidator(_day_of_the_year)]


def years_after(start: date, years: int) -> date:
    """The first day after so many years from `start`."""
    try:
        return start.replace(year=start.year + years)
    except ValueError:  # 29 February
        return date(start.year + years, 3, 1)


class SousArticle(Fiche):
    """Un sous-article : « 5.1 »."""

    id: Identifiant | None = Field(
        default=None, description="Pour le citer : {article:identifiant}. À défaut, tiré du titre."
    )
    titre: Texte = Field(description="Titre, sans numéro : Word numérote.")
    texte: TexteLong = Field(description="Texte, en Markdown.")

    @property
    def cle(self) -> str:
        return self.id or slug(self.titre)


class Article(Fiche):
    """Un article, avec son texte, ses sous-articles, ou les deux."""

    id: Identifiant | None = Field(
        default=None, description="Pour le citer : {article:identifiant}. À défaut, tiré du titre."
    )
    titre: Texte = Field(description="Titre, sans numéro : Word numérote.", examples=["Durée"])
    texte: TexteLong | None = Field(default=None, description="Texte, en Markdown.")
    articles: tuple[SousArticle, ...] = Field(default=(), description="Sous-articles, dans l’ordre.")

    @property
    def cle(self) -> str:
        return self.id or slug(self.titre)


class Equipement(Fiche):
    """Un équipement ou un service soutenu : une ligne du tableau de l’annexe."""

    nom: Texte = Field(description="Nom de l’équipement ou du service.")
    type: Texte | None = Field(default=None, description="Nature.", examples=["EAJE", "RPE", "LAEP", "ALSH"])
    commune: Texte | None = Field(default=None, description="Commune, identifiant de communes.yaml ou nom.")
    gestionnaire: Texte | None = Field(default=None, description="Gestionnaire.")
    places: Entier | None = Field(default=None, description="Nombre de places.")
    observations: Texte | None = Field(default=None, description="Précisions.")


class AnnexeDeConvention(Fiche):
    """Une annexe : son texte, suivi de ce que `contenu` tire du reste de la convention."""

    id: Identifiant | None = Field(
        default=None, description="Pour la citer : {annexe:identifiant}. À défaut, tiré du titre."
    )
    titre: Texte = Field(description="Titre, sans numéro : Word numérote.")
    contenu: ContenuDAnnexe = Field(
        default="texte",
        description="Ce qui suit le texte : equipements, plan-d-actions, gouvernance, decisions, bilan, ou "
        "correspondance (les points du schéma pluriannuel de l’accueil du jeune enfant).",
    )
    texte: TexteLong | None = Field(default=None, description="Texte, en Markdown.")

    @property
    def cle(self) -> str:
        return self.id or slug(self.titre)


class Suivi(Fiche):
    """Les rendez-vous de la convention, que l’échéancier reprend."""

    copil: IdInstance | None = Field(default=None, description="Comité de pilotage, dans instances/.")
    copil_par_an: Entier = Field(default=1, description="Réunions du comité de pilotage par an.")
    comites: tuple[IdInstance, ...] = Field(
        default=(), description="Autres instances montrées dans l’annexe de gouvernance."
    )
    bilan_annuel: JourDeLAnnee = Field(
        default="31 janvier", description="Date limite du bilan de l’année écoulée.", examples=["31 janvier"]
    )
    evaluation_intermediaire: DateFr | None = Field(
        default=None, description="Date de l’évaluation à mi-parcours."
    )
    evaluation_finale: DateFr | None = Field(default=None, description="Date de l’évaluation finale.")
    conventions_liees: tuple[IdConvention, ...] = Field(
        default=(), description="Conventions de financement à suivre avec celle-ci."
    )


Type = Literal["ctg", "cof", "pedt", "partenariat", "avenant"]
Statut = Literal["projet", "valide", "signe"]


class Acte(Document):
    """A convention between two parties or more."""

    type: Type = Field(
        description="ctg, cof (objectifs et financement), pedt (projet éducatif), partenariat ou avenant."
    )
    titre: Texte = Field(description="Titre : « Convention territoriale globale ».")
    objet: Texte | None = Field(
        default=None, description="Objet en une phrase ; pour un avenant, ce qu’il change."
    )
    statut: Statut = Field(
        default="projet",
        description="projet, valide (toutes les parties l’ont approuvée) ou signe (plus rien ne change).",
    )
    version: DateFr | None = Field(default=None, description="Date de la version, montrée sur un projet.")
    sommaire: OuiNon | None = Field(
        default=None, description="Un sommaire : oui ou non ; à défaut, dès six articles et trois pages."
    )
    debut: DateFr | None = Field(default=None, description="Premier jour de la convention.")
    fin: DateFr | None = Field(default=None, description="Dernier jour de la convention.")
    parente: IdConvention | None = Field(
        default=None, description="Convention que l’avenant modifie, ou que cette convention décline."
    )
    numero: Entier | None = Field(default=None, description="Rang de l’avenant : 1, 2…")
    renouvelle: IdConvention | None = Field(
        default=None, description="Convention qui finit et que celle-ci renouvelle."
    )
    modele: Texte | None = Field(
        default=None,
        description="Autre modèle Word, dans templates/conventions/ : celui de la Caf, par exemple.",
    )
    parties: tuple[Partie, ...] = Field(min_length=2, description="Parties, dans l’ordre de la signature.")
    visas: tuple[VisaCite, ...] = Field(default=(), description="Textes visés, dans l’ordre de lecture.")
    considerants: tuple[Texte, ...] = Field(default=(), description="Motifs, avec ou sans « Considérant ».")
    preambule: TexteLong | None = Field(default=None, description="Préambule, en Markdown.")
    formule: Texte | None = Field(
        default=None, description="Formule qui ouvre les articles ; à défaut « Il est convenu ce qui suit »."
    )
    articles: tuple[Article, ...] = Field(
        min_length=1, description="Articles, dans l’ordre ; Word les numérote."
    )
    tableaux: dict[Identifiant, Tableau] = Field(
        default_factory=dict, description="Tableaux cités par {tableau:identifiant}, seul sur sa ligne."
    )
    annexes: tuple[AnnexeDeConvention, ...] = Field(
        default=(), description="Annexes, dans l’ordre ; Word les numérote."
    )
    equipements: tuple[Equipement, ...] = Field(
        default=(), description="Équipements et services soutenus, pour leur annexe."
    )
    plan: PlanDActions | None = Field(default=None, description="Plan d’actions, pour son annexe.")
    tient_lieu_de_schema: OuiNon = Field(
        default=False,
        description="« oui » quand la CTG tient lieu de schéma pluriannuel de l’accueil du jeune enfant "
        "(CASF, art. D. 214-10-1).",
    )
    suivi: Suivi = Field(default_factory=Suivi, description="Comité de pilotage, bilans, évaluations.")
    signature: DateFr | None = Field(default=None, description="Date de signature.")
    lieu: Texte | None = Field(default=None, description="Lieu de signature ; à défaut, la ville du siège.")
    exemplaires: Entier | None = Field(
        default=None, description="Nombre d’exemplaires ; à défaut, un par partie."
    )

    @model_validator(mode="after")
    def _consistent(self) -> Acte:
        if self.debut and self.fin and self.fin < self.debut:
            raise refused("periode", "la convention finit avant de commencer", "corrigez debut ou fin", "fin")
        if self.type == "avenant" and self.parente is None:
            raise refused(
                "avenant", "un avenant dit quelle convention il modifie", "indiquez parente", "type"
            )
        if self.modele and ("/" in self.modele or "\\" in self.modele or not self.modele.endswith(".docx")):
            raise refused(
                "modele",
                "le modèle est un fichier .docx de templates/conventions/",
                "écrivez son nom seul : ctg-caf-82.docx",
                "modele",
            )
        return self

    @property
    def projet(self) -> bool:
        return self.statut == "projet"
