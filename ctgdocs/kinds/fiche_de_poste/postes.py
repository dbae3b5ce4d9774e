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

    nom: Annotated[Texte | None, Field(description="Nom ; sans indication, la collectivité.")] = None
    presentation: Annotated[TexteLong | None, Field(description="Présentation, en Markdown.")] = None
    site: Annotated[Url | None, Field(description="Site internet.")] = None
    adresse: Annotated[Textes, Field(description="Adresse, une ligne ou plusieurs.")] = ()
    telephone: Annotated[Texte | None, Field(description="Téléphone.")] = None
    courriel: Annotated[Courriel | None, Field(description="Courriel.")] = None
    departement: Annotated[CodeDepartement | None, Field(description="Numéro du département.")] = None


class CadreStatutaire(Fiche):
    """Le cadre statutaire : catégories, cadres d’emplois, grades."""

    categories: Annotated[Categories, Field(description="A, B, C ; une ou plusieurs.")] = ()
    cadres_d_emplois: Annotated[Textes, Field(description="Cadres d’emplois.")] = ()
    grades: Annotated[Textes, Field(description="Grades recherchés, ou celui de l’agent.")] = ()
    filiere: Annotated[Texte | None, Field(description="Filière : administrative, animation…")] = None


class Contrat(Fiche):
    """Le recrutement : type d’emploi, motif, article du CGFP quand un contractuel peut être recruté."""

    emploi: Annotated[
        Texte | None, Field(description="« Emploi permanent », « Emploi temporaire », « Contrat de projet ».")
    ] = None
    motif: Annotated[
        Texte | None, Field(description="Pourquoi on recrute : « remplacement de congé maternité ».")
    ] = None
    duree: Annotated[Texte | None, Field(description="Durée du contrat : « 7 mois », « 3 ans ».")] = None
    ouvert: Annotated[
        Texte | None, Field(description="oui, non, ou la phrase à imprimer ; déduit de l’article sinon.")
    ] = None
    article: Annotated[
        Texte | None, Field(description="Article du CGFP : « L332-23 1° », « L332-8 2° », « L332-24 ».")
    ] = None
    explication: Annotated[
        TexteLong | None, Field(description="Ce que dit l’article ; écrit par le programme sinon.")
    ] = None


class Superieur(ShortForm):
    """À qui l’agent rend compte : une fonction plutôt qu’un nom."""

    short = "qui"

    qui: Annotated[Texte, Field(description="Fonction : « la directrice générale des services ».")]
    lien: Annotated[
        Literal["hierarchique", "fonctionnel", "instance"],
        Field(description="hierarchique (par défaut), fonctionnel, ou instance (comité, collège)."),
    ] = "hierarchique"


class Objectifs(Rubrique):
    """Les objectifs d’une année : un texte, des points."""

    annee: Annotated[Entier | None, Field(description="Année des objectifs.", examples=["2026"])] = None


class Section(Rubrique):
    """Une rubrique libre : son titre, et la rubrique après laquelle elle vient."""

    titre: Annotated[Texte, Field(description="Titre de la rubrique.")]
    apres: Annotated[
        CleDeRubrique | None, Field(description="Rubrique qu’elle suit ; à la fin sans indication.")
    ] = None


class Candidature(Fiche):
    """Où et comment candidater."""

    contact: Annotated[
        Texte | None, Field(description="Personne ou service à contacter, par sa fonction.")
    ] = None
    telephone: Annotated[Texte | None, Field(description="Téléphone.")] = None
    courriel: Annotated[Courriel | None, Field(description="Adresse où envoyer la candidature.")] = None
    lien: Annotated[Url | None, Field(description="Page de candidature en ligne.")] = None
    adresse: Annotated[Textes, Field(description="Adresse postale où envoyer la candidature.")] = ()
    pieces: Annotated[Textes, Field(description="Pièces demandées : CV, lettre de motivation…")] = ()
    informations: Annotated[
        Rubrique | None, Field(description="Informations complémentaires, en texte ou en liste.")
    ] = None


class Offre(Fiche):
    """Ce qui n’est que dans l’offre d’emploi : son numéro, ses dates, où candidater."""

    numero: Annotated[Texte | None, Field(description="Numéro d’offre : O082000000000251.")] = None
    publication: Annotated[DateFr | None, Field(description="Date de publication.")] = None
    limite: Annotated[DateFr | None, Field(description="Date limite de candidature.")] = None
    candidature: Annotated[Candidature | None, Field(description="Contact et modalités.")] = None
    handicap: Annotated[
        TexteLong | None,
        Field(description="Mention sur les travailleurs handicapés ; la mention légale sans indication."),
    ] = None


class Signatures(Fiche):
    """Qui signe la fiche de poste ; les dates et les noms laissés vides se remplissent à la main."""

    autorite: Annotated[
        Texte | None,
        Field(description="Qualité de l’autorité : « Le maire » ; sans elle, l’exécutif de l’employeur."),
    ] = None
    pour: Annotated[Texte | None, Field(description="« Pour le comité de pilotage », facultatif.")] = None
    nom: Annotated[Texte | None, Field(description="Nom de l’autorité, facultatif.")] = None
    date: Annotated[DateFr | None, Field(description="Date de signature de l’autorité.")] = None
    agent: Annotated[OuiNon, Field(description="oui (par défaut) : l’agent signe aussi.")] = True
