"""The headings that real fiches de poste and job offers carry, and the field each one means.

A table, not a program: a heading met somewhere else is one line more. Accents, capitals, « : » and numbers in
front do not count; a heading that is nearly one of these (« RELATIONS FONCTIONELLES ») is recognised, and
marked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from ctgdocs.vocabulary.as_typed import slug

NOTHING = ""
"""Headings that only announce other ones, or say what the document is."""

HEADINGS: dict[str, tuple[str, ...]] = {
    NOTHING: ("Fiche de poste", "Offre d’emploi", "Synthèse de l’offre", "Détails de l’offre", "Le poste",
              "Cadre du poste", "Candidature", "Contact et modalités de candidature", "Recrute",
              "Localisation du lieu de travail", "Descriptif du poste", "Profils recherchés et compétences",
              "Signatures"),
    "intitule": ("Intitulé du poste", "Intitulé", "Poste", "Intitulé de l’emploi"),
    "numero": ("Numéro du poste", "N° de poste", "Code poste"),
    "employeur": ("Employeur", "Collectivité", "Collectivité employeur"),
    "presentation": ("Présentation de la collectivité", "Présentation de l’employeur", "L’employeur"),
    "site": ("Site web de l’employeur", "Site internet"),
    "adresse": ("Adresse de l’employeur",),
    "service": ("Direction", "Service", "Affectation", "Affectation/service", "Pôle", "Direction / service",
                "Service d’affectation", "Pôle / service"),
    "lieu": ("Lieu de travail", "Lieu d’exercice des fonctions", "Lieu d’affectation",
             "Résidence administrative"),
    "autres_lieux": ("Autres lieux", "Autres lieux de travail"),
    "a_pourvoir": ("Poste à pourvoir le", "Poste à pourvoir", "Date de prise de poste", "Prise de poste"),
    "publication": ("Publiée le", "Date de publication"),
    "limite": ("Date limite de candidature", "Date limite de dépôt des candidatures"),
    "emploi": ("Type d’emploi", "Situation", "Nature de l’emploi", "Type de contrat"),
    "duree": ("Durée de la mission", "Durée du contrat"),
    "motif": ("Motif de vacance du poste", "Motif du recrutement"),
    "famille": ("Famille de métiers", "Famille de métier"),
    "metiers": ("Métier(s)", "Métiers", "Métier"),
    "categories": ("Catégorie", "Catégorie(s)", "Catégories", "Catégorie statutaire"),
    "cadres_d_emplois": ("Cadre d’emplois", "Cadres d’emplois", "Cadre d’emploi", "Cadre emploi",
                         "Cadre(s) d’emplois"),
    "grades": ("Grade(s) recherché(s)", "Grades recherchés", "Grade", "Grades"),
    "filiere": ("Filière",),
    "contrat": ("Ouvert aux contractuels", "Base contractuelle"),
    "temps_de_travail": ("Temps de travail", "Quotité de travail"),
    "horaires": ("Horaires de travail", "Horaires"),
    "astreintes": ("Astreintes",),
    "cycles": ("Cycles de travail", "Cycle de travail"),
    "teletravail": ("Télétravail",),
    "encadrement": ("Management", "Encadrement"),
    "experience": ("Expérience souhaitée", "Expérience", "Expériences souhaitées"),
    "niveau_d_etudes": ("Niveau d’études", "Niveau de diplôme", "Diplôme requis",
                        "Niveau d’études de l’agent occupant le poste"),
    "remuneration": ("Rémunération indicative", "Rémunération"),
    "superieur_hierarchique": ("Supérieur hiérarchique (N+1)", "Supérieur hiérarchique",
                               "Rattachement hiérarchique",
                               "N+1", "Responsable hiérarchique"),
    "superieur_fonctionnel": ("Supérieur fonctionnel", "Rattachement fonctionnel"),
    "instance": ("Instance de pilotage",),
    "contexte": ("Descriptif de l’emploi", "Contexte", "Contexte du poste", "Préambule",
                 "Définition du poste"),
    "missions": ("Missions", "Mission", "Missions du poste", "Missions / conditions d’exercice",
                 "Missions générales et tâches du poste", "Missions générales", "Mission générale",
                 "Missions principales", "Raison d’être du poste"),
    "attendus": ("Attendus", "Résultats attendus"),
    "activites": ("Activités", "Activités principales", "Activités et tâches", "Tâches principales",
                  "Activités / tâches", "Tâches"),
    "objectifs": ("Objectifs", "Objectifs de l’année", "Objectifs annuels"),
    "relations": ("Relations fonctionnelles", "Relations", "Relations organisationnelles et fonctionnelles",
                  "Relations internes et externes"),
    "autonomie": ("Autonomie et responsabilités", "Autonomies et responsabilités", "Autonomie",
                  "Organisation de son activité", "Responsabilités"),
    "competences": ("Compétences requises", "Compétences", "Compétences générales requises",
                    "Compétences attendues", "Savoirs, savoir-faire, savoir-être"),
    "qualites": ("Qualités professionnelles", "Qualités requises", "Qualités"),
    "profil": ("Profils recherchés", "Profil recherché", "Profil", "Profil du candidat"),
    "conditions": ("Les conditions d’exercice du poste", "Conditions d’exercice", "Spécificités du poste",
                   "Spécificités", "Caractéristiques particulières", "Conditions de travail",
                   "Conditions particulières"),
    "contraintes": ("Contraintes", "Contraintes du poste", "Sujétions"),
    "risques": ("Risques professionnels", "Risques"),
    "moyens": ("Matériels et moyens", "Moyens matériels", "Moyens", "Moyens mis à disposition"),
    "avantages": ("Avantages", "Avantages sociaux"),
    "indicateurs": ("Indicateurs d’appréciation", "Indicateurs", "Critères d’évaluation"),
    "evolutions": ("Évolutions du poste", "Évolutions", "Évolution possible"),
    "contact": ("Contact", "Contacts", "Renseignements", "Personne à contacter"),
    "telephone": ("Téléphone",),
    "courriel": ("Courriel", "Adresse électronique", "Email", "E-mail"),
    "informations": ("Informations complémentaires",),
    "lien": ("Candidature en ligne", "Lien de candidature"),
    "adresse_de_candidature": ("Adresse de candidature",),
    "pieces": ("Pièces à joindre", "Pièces demandées"),
    "handicap": ("Travailleurs handicapés",),
    "agent": ("Identité de l’agent",),
    "agent_nom": ("Nom – prénom", "Nom prénom", "Nom et prénom"),
    "agent_naissance": ("Date de naissance",),
    "agent_entree_fpt": ("Année d’entrée dans la FPT", "Date d’entrée dans la FPT"),
    "agent_nomination": ("Date de nomination dans le grade",),
    "affectation": ("Date d’affectation sur le poste", "Date d’affectation"),
    "autorite": ("Autorité territoriale", "L’autorité territoriale"),
    "signature_agent": ("Agent territorial", "L’agent", "Signature de l’agent"),
}  # fmt: skip

NEAR = 0.88
"""How alike a misspelt heading must be to a known one."""
LONGEST = 80
"""Characters: a longer line is a sentence."""

_NUMBER = re.compile(r"^(?:[IVX]{1,4}|\d{1,2}|[A-Z])\s*[.)–-]\s*")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading recognised: the key of its field, its correct spelling, whether it was spelt otherwise."""

    key: str
    title: str
    misspelt: bool = False


_KNOWN = {slug(title): Heading(key, title) for key, titles in HEADINGS.items() for title in titles}


@lru_cache(maxsize=4096)
def recognise(text: str) -> Heading | None:
    """The heading that a line is, « : » at its end included; None for a sentence."""
    if len(text) > LONGEST:
        return None
    bare = _NUMBER.sub("", text).strip().rstrip(":").strip()
    found = _KNOWN.get(slug(bare))
    if found is not None or not bare:
        return found
    wanted = slug(bare)
    if len(wanted) < 8 or text.rstrip().endswith((".", ",", ";")):
        return None
    for known, heading in _KNOWN.items():
        if abs(len(known) - len(wanted)) <= 3 and SequenceMatcher(None, known, wanted).ratio() >= NEAR:
            return Heading(heading.key, heading.title, misspelt=True)
    return None


def label_and_value(text: str) -> tuple[Heading, str] | None:
    """« Lieu de travail : mairie » → its heading and what follows; None when the label is not a known one."""
    label, colon, value = text.partition(":")
    if not colon or len(label) > LONGEST:
        return None
    heading = recognise(label.strip())
    return (heading, value.strip()) if heading is not None and label.strip() else None
