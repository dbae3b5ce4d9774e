"""The French room: typography, dates, numbers, places, people and votes, as an act writes them.

Every door takes plain values and the house's `Profil`. Inside, one module per family of rules.
"""

from ctgdocs.french.dates import (
    JOURS,
    MOIS,
    annee_en_lettres,
    date_en_lettres,
    date_longue,
    date_simple,
    heure,
    heure_en_lettres,
    numero_de_mois,
    periode,
)
from ctgdocs.french.genre import accord, civilite, fonction, fonction_avec_article, madame_la, pluriel
from ctgdocs.french.lieux import (
    a,
    avec_article,
    de,
    de_departement,
    departement,
    departements,
    elide,
    elision,
    majuscules,
)
from ctgdocs.french.nombres import (
    article,
    en_lettres,
    montant,
    montant_en_lettres,
    nombre,
    ordinal,
    ordinal_en_lettres,
)
from ctgdocs.french.phrases import enumeration, puces, resultat_du_vote, termine, voix
from ctgdocs.french.profil import CHOIX, DEFAUT, FINE, NBSP, Profil
from ctgdocs.french.texte import espaces, typographie

__all__ = [
    "CHOIX",
    "DEFAUT",
    "FINE",
    "JOURS",
    "MOIS",
    "NBSP",
    "Profil",
    "a",
    "accord",
    "annee_en_lettres",
    "article",
    "avec_article",
    "civilite",
    "date_en_lettres",
    "date_longue",
    "date_simple",
    "de",
    "de_departement",
    "departement",
    "departements",
    "elide",
    "elision",
    "en_lettres",
    "enumeration",
    "espaces",
    "fonction",
    "fonction_avec_article",
    "heure",
    "heure_en_lettres",
    "madame_la",
    "majuscules",
    "montant",
    "montant_en_lettres",
    "nombre",
    "numero_de_mois",
    "ordinal",
    "ordinal_en_lettres",
    "periode",
    "pluriel",
    "puces",
    "resultat_du_vote",
    "termine",
    "typographie",
    "voix",
]
