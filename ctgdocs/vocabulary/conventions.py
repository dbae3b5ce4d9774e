"""What the articles and annexes of a convention are made of."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from ctgdocs.vocabulary.as_typed import MOIS, slug
from ctgdocs.vocabulary.liens import IdConvention, IdInstance
from ctgdocs.vocabulary.scalars import DateFr, Entier, Fiche, Identifiant, Texte, TexteLong, refused, shown

ContenuDAnnexe = Literal["texte", "equipements", "plan-d-actions", "gouvernance", "decisions", "bilan"]

_DAY = re.compile(r"(\d{1,2})(?:er)?(?:[/.](\d{1,2})|\s+([a-zéèû]+))", re.IGNORECASE)
_MONTHS = {slug(name): number for number, name in enumerate(MOIS, start=1)}


def jour_de_l_annee(text: str) -> tuple[int, int]:
    """(month, day) of « 31 janvier » or « 31/01 »; (0, 0) when it is none.

    >>> jour_de_l_annee("31 janvier"), jour_de_l_annee("1er février"), jour_de_l_annee("31/02")
    ((1, 31), (2, 1), (0, 0))
    """
    found = _DAY.fullmatch(text.strip())
    if found is None:
        return 0, 0
    month = int(found[2]) if found[2] else _MONTHS.get(slug(found[3]), 0)
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
        description="Ce qui suit le texte : equipements, plan-d-actions, gouvernance, decisions ou bilan.",
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
