"""What a post is made of, whatever document describes it: employer, statute, contract, hierarchy, dates.

`TITRES` lists every heading by its canonical key, with the title that the house may replace.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator, WithJsonSchema

from ctgdocs.kinds.fiche_de_poste.statut import Categorie
from ctgdocs.kinds.fiche_de_poste.tree import Rubrique
from ctgdocs.patterns import regex
from ctgdocs.vocabulary.as_typed import nearest, read_date, read_text, refused
from ctgdocs.vocabulary.organismes import CodeDepartement
from ctgdocs.vocabulary.scalars import (
    Courriel,
    DateFr,
    Entier,
    Fiche,
    OuiNon,
    ShortForm,
    Texte,
    TexteLong,
    Url,
    shape,
)

# --- headings ---------------------------------------------------------------------------------------------

RUBRIQUES: dict[str, tuple[str, str]] = {
    # key → its title in a fiche de poste, its title in an offre when it differs; in the order of the page
    "contexte": ("Contexte du poste", "Descriptif de l’emploi"),
    "missions": ("Missions du poste", ""),
    "attendus": ("Résultats attendus", ""),
    "activites": ("Activités", ""),
    "objectifs": ("Objectifs de l’année", ""),
    "relations": ("Relations fonctionnelles", ""),
    "autonomie": ("Autonomie et responsabilités", ""),
    "competences": ("Compétences requises", ""),
    "qualites": ("Qualités professionnelles", ""),
    "profil": ("Profil recherché", ""),
    "conditions": ("Conditions d’exercice", ""),
    "contraintes": ("Contraintes du poste", ""),
    "risques": ("Risques professionnels", ""),
    "moyens": ("Moyens matériels", ""),
    "avantages": ("Avantages", ""),
    "indicateurs": ("Indicateurs d’appréciation", ""),
    "evolutions": ("Évolutions du poste", ""),
}
LIGNES: dict[str, tuple[str, str]] = {
    "intitule": ("Intitulé du poste", "Offre d’emploi"),
    "employeur": ("Employeur", ""),
    "presentation": ("L’employeur", ""),
    "site": ("Site internet", "Site web de l’employeur"),
    "adresse": ("Adresse de l’employeur", ""),
    "service": ("Affectation", "Service"),
    "lieu": ("Lieu de travail", ""),
    "autres_lieux": ("Autres lieux", ""),
    "a_pourvoir": ("Poste à pourvoir le", ""),
    "publication": ("Publiée le", ""),
    "limite": ("Date limite de candidature", ""),
    "emploi": ("Type d’emploi", ""),
    "motif": ("Motif du recrutement", "Motif de vacance du poste"),
    "duree": ("Durée du contrat", "Durée de la mission"),
    "famille": ("Famille de métiers", ""),
    "metiers": ("Métiers", ""),
    "categories": ("Catégorie", ""),
    "cadres_d_emplois": ("Cadre d’emplois", ""),
    "grades": ("Grade", "Grades recherchés"),
    "filiere": ("Filière", ""),
    "contrat": ("Base contractuelle", "Ouvert aux contractuels"),
    "temps_de_travail": ("Temps de travail", ""),
    "horaires": ("Horaires de travail", ""),
    "astreintes": ("Astreintes", ""),
    "cycles": ("Cycles de travail", ""),
    "teletravail": ("Télétravail", ""),
    "encadrement": ("Encadrement", "Management"),
    "experience": ("Expérience", "Expérience souhaitée"),
    "niveau_d_etudes": ("Niveau d’études", ""),
    "remuneration": ("Rémunération", "Rémunération indicative"),
    "superieur_hierarchique": ("Supérieur hiérarchique (N+1)", ""),
    "superieur_fonctionnel": ("Supérieur fonctionnel", ""),
    "instance": ("Instance de pilotage", ""),
    "poste": ("Le poste", "Synthèse de l’offre"),
    "details": ("Cadre du poste", "Détails de l’offre"),
    "agent": ("Identité de l’agent", ""),
    "candidature": ("Candidature", "Contact et modalités de candidature"),
    "contact": ("Contact", ""),
    "informations": ("Informations complémentaires", ""),
    "handicap": ("Travailleurs handicapés", ""),
    "signatures": ("Signatures", ""),
    "autorite": ("Autorité territoriale", ""),
    "signature_agent": ("Agent territorial", ""),
}
TITRES = RUBRIQUES | LIGNES


def _key_among(known: Mapping[str, object], label: str) -> AfterValidator:
    def validate(key: str) -> str:
        if key not in known:
            near = nearest(key, known)
            hint = f"vouliez-vous dire « {near} » ?" if near else f"clés connues : {', '.join(known)}"
            raise refused("rubrique-inconnue", f"« {key} » n’est pas {label}", hint)
        return key

    return AfterValidator(validate)


CleDeTitre: TypeAlias = Annotated[
    Texte, _key_among(TITRES, "un titre de la fiche"), WithJsonSchema({"enum": list(TITRES)})
]
CleDeRubrique: TypeAlias = Annotated[
    Texte, _key_among(RUBRIQUES, "une rubrique"), WithJsonSchema({"enum": list(RUBRIQUES)})
]

# --- values -----------------------------------------------------------------------------------------------

_LIST_SIGN = regex(r"\s*(?:,|;|/|\bet\b|\bou\b)\s*")


def _one_or_more(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _letters(value: object) -> object:
    return [letter.upper() for letter in _LIST_SIGN.split(value.strip())] if isinstance(value, str) else value


Textes: TypeAlias = Annotated[
    tuple[Texte, ...],
    BeforeValidator(_one_or_more),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": ["string", "number"]},
                {"type": "array", "items": {"type": ["string", "number"]}},
            ]
        }
    ),
]
"""One text or several."""

Categories: TypeAlias = Annotated[
    tuple[Categorie, ...],
    BeforeValidator(_letters),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"enum": ["A", "B", "C"]}}]}),
]


def _date_or_words(value: object) -> datetime.date | str:
    """A date when it is one; words (« dès que possible ») otherwise. What looks like a date must be one."""
    if isinstance(value, datetime.date):
        return value
    if not isinstance(value, str):
        raise refused("type", f"attendu une date, trouvé {shape(value)}", "exemple : 2026-09-24")
    text = read_text(value)
    digits = sum(character.isdigit() for character in text)
    looks_like_one = (digits > 6 and digits > len(text) / 3) or _LONG_DATE.match(text)
    return read_date(text) if looks_like_one else text


_LONG_DATE = regex(
    r"(?:le\s+)?(?:(?:lun|mar|mercre|jeu|vendre|same)di\s+|dimanche\s+)?\d{1,2}(?:er)?\s+\w+\s+\d{4}$", re.I
)

DateOuTexte: TypeAlias = Annotated[
    datetime.date | str,
    PlainValidator(_date_or_words),
    WithJsonSchema({"type": "string", "description": "Date, ou « dès que possible »."}),
]


class Employeur(Fiche):
    """L’employeur, quand ce n’est pas la collectivité de l’espace de travail ou qu’il faut en dire plus."""

    nom: Texte | None = Field(default=None, description="Nom ; sans indication, la collectivité.")
    presentation: TexteLong | None = Field(default=None, description="Présentation, en Markdown.")
    site: Url | None = Field(default=None, description="Site internet.")
    adresse: Textes = Field(default=(), description="Adresse, une ligne ou plusieurs.")
    telephone: Texte | None = Field(default=None, description="Téléphone.")
    courriel: Courriel | None = Field(default=None, description="Courriel.")
    departement: CodeDepartement | None = Field(default=None, description="Numéro du département.")


class CadreStatutaire(Fiche):
    """Le cadre statutaire : catégories, cadres d’emplois, grades."""

    categories: Categories = Field(default=(), description="A, B, C ; une ou plusieurs.")
    cadres_d_emplois: Textes = Field(default=(), description="Cadres d’emplois.")
    grades: Textes = Field(default=(), description="Grades recherchés, ou celui de l’agent.")
    filiere: Texte | None = Field(default=None, description="Filière : administrative, animation…")


class Contrat(Fiche):
    """Le recrutement : type d’emploi, motif, article du CGFP quand un contractuel peut être recruté."""

    emploi: Texte | None = Field(
        default=None, description="« Emploi permanent », « Emploi temporaire », « Contrat de projet »."
    )
    motif: Texte | None = Field(
        default=None, description="Pourquoi on recrute : « remplacement de congé maternité »."
    )
    duree: Texte | None = Field(default=None, description="Durée du contrat : « 7 mois », « 3 ans ».")
    ouvert: Texte | None = Field(
        default=None, description="oui, non, ou la phrase à imprimer ; déduit de l’article sinon."
    )
    article: Texte | None = Field(
        default=None, description="Article du CGFP : « L332-23 1° », « L332-8 2° », « L332-24 »."
    )
    explication: TexteLong | None = Field(
        default=None, description="Ce que dit l’article ; écrit par le programme sinon."
    )


class Superieur(ShortForm):
    """À qui l’agent rend compte : une fonction plutôt qu’un nom."""

    short = "qui"

    qui: Texte = Field(description="Fonction : « la directrice générale des services ».")
    lien: Literal["hierarchique", "fonctionnel", "instance"] = Field(
        default="hierarchique",
        description="hierarchique (par défaut), fonctionnel, ou instance (comité, collège).",
    )


class Objectifs(Rubrique):
    """Les objectifs d’une année : un texte, des points."""

    annee: Entier | None = Field(default=None, description="Année des objectifs.", examples=["2026"])


class Section(Rubrique):
    """Une rubrique libre : son titre, et la rubrique après laquelle elle vient."""

    titre: Texte = Field(description="Titre de la rubrique.")
    apres: CleDeRubrique | None = Field(
        default=None, description="Rubrique qu’elle suit ; à la fin sans indication."
    )


class Candidature(Fiche):
    """Où et comment candidater."""

    contact: Texte | None = Field(
        default=None, description="Personne ou service à contacter, par sa fonction."
    )
    telephone: Texte | None = Field(default=None, description="Téléphone.")
    courriel: Courriel | None = Field(default=None, description="Adresse où envoyer la candidature.")
    lien: Url | None = Field(default=None, description="Page de candidature en ligne.")
    adresse: Textes = Field(default=(), description="Adresse postale où envoyer la candidature.")
    pieces: Textes = Field(default=(), description="Pièces demandées : CV, lettre de motivation…")
    informations: Rubrique | None = Field(
        default=None, description="Informations complémentaires, en texte ou en liste."
    )


class Offre(Fiche):
    """Ce qui n’est que dans l’offre d’emploi : son numéro, ses dates, où candidater."""

    numero: Texte | None = Field(default=None, description="Numéro d’offre : O082000000000251.")
    publication: DateFr | None = Field(default=None, description="Date de publication.")
    limite: DateFr | None = Field(default=None, description="Date limite de candidature.")
    candidature: Candidature | None = Field(default=None, description="Contact et modalités.")
    handicap: TexteLong | None = Field(
        default=None,
        description="Mention sur les travailleurs handicapés ; la mention légale sans indication.",
    )


class Signatures(Fiche):
    """Qui signe la fiche de poste ; les dates et les noms laissés vides se remplissent à la main."""

    autorite: Texte | None = Field(
        default=None,
        description="Qualité de l’autorité : « Le maire » ; sans elle, l’exécutif de l’employeur.",
    )
    pour: Texte | None = Field(default=None, description="« Pour le comité de pilotage », facultatif.")
    nom: Texte | None = Field(default=None, description="Nom de l’autorité, facultatif.")
    date: DateFr | None = Field(default=None, description="Date de signature de l’autorité.")
    agent: OuiNon = Field(default=True, description="oui (par défaut) : l’agent signe aussi.")
