"""Titles in capitals, as a sentence writes them."""

from __future__ import annotations

import re
import unicodedata

_ACRONYMS = {
    one.lower(): one
    for one in [
        "Caf",
        "Cnaf",
        "CTG",
        "MSA",
        "COPIL",
        "PEDT",
        "ALSH",
        "EAJE",
        "RPE",
        "LAEP",
        "RGPD",
        "SIRET",
        "CCAS",
        "CIAS",
        "EPCI",
        "DSDEN",
        "ATSEM",
        "CLAS",
        "PMI",
        "CEJ",
        "COF",
        "EVS",
        "RAM",
        "SDJES",
        "REAAP",
        "PS",
        "CPAM",
        "TER",
        "QPV",
        "DETR",
        "ETP",
    ]
}
_ACCENTED = {
    "".join(
        letter for letter in unicodedata.normalize("NFKD", word) if not unicodedata.combining(letter)
    ): word
    for word in [
        "durée",
        "modalités",
        "résiliation",
        "exécution",
        "évaluation",
        "échéancier",
        "données",
        "générales",
        "particulières",
        "financière",
        "financières",
        "période",
        "intérêt",
        "compétences",
        "préfecture",
        "département",
        "confidentialité",
        "propriété",
        "laïcité",
        "responsabilité",
        "responsabilités",
        "règlement",
        "activité",
        "activités",
        "bénéficiaires",
        "sécurité",
        "qualité",
        "collectivités",
        "collectivité",
        "état",
        "éducation",
        "équipements",
        "résultats",
        "contrôle",
        "pièces",
        "dénonciation",
        "préambule",
        "conformité",
        "égalité",
        "élection",
        "décision",
        "décisions",
        "délibération",
        "présentation",
        "définition",
        "méthode",
        "différends",
        "caractère",
        "personnel",
        "représentation",
        "communauté",
        "présidente",
        "réalisation",
        "réglementaires",
        "légales",
        "intégralité",
        "cohérence",
        "indemnité",
        "prévisionnel",
        "prévisionnels",
        "développement",
        "démarche",
        "diagnostic",
        "stratégie",
        "priorités",
        "élaboration",
        "matérielles",
        "immatériels",
        "révision",
        "rémunération",
        "éléments",
        "mobilité",
        "santé",
        "société",
        "été",
        "année",
        "années",
        "jeunes",
        "après",
        "même",
        "créer",
        "étudier",
        "évaluer",
        "améliorer",
        "développer",
        "élargir",
        "itinérant",
        "intercommunalité",
        "numérique",
        "accès",
        "aménagement",
    ]
}
"""Words of titles that capitals leave without their accents, and that no other word of titles is spelt
like."""


def is_shouted(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 3 and sum(letter.isupper() for letter in letters) > 0.9 * len(letters)


def in_small_letters(text: str) -> str:
    """A title in capitals as a sentence writes it, with the acronyms of the field.

    >>> in_small_letters("ENGAGEMENTS DE LA CAF"), in_small_letters("DUREE ET EVALUATION")
    ('Engagements de la Caf', 'Durée et évaluation')
    """
    if not is_shouted(text):
        return text
    said = re.sub(r"[^\W\d_]+", lambda word: _ACRONYMS.get(word[0].lower(), word[0].lower()), text)
    said = re.sub(r"[^\W\d_]+", lambda word: _ACCENTED.get(word[0], word[0]), said)
    return said[:1].upper() + said[1:]
