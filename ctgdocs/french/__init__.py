"""The French room: typography, dates, numbers, places, people and votes, as an act writes them.

Every door takes plain values and the house's `Profil`. Inside, one module per family of rules.
"""

from ctgdocs.french.accords import accord, fonction, fonction_avec_article, madame_la, resultat_du_vote, voix
from ctgdocs.french.dates import (
    JOURS,
    MOIS,
    MOIS_ECRIT,
    date_en_lettres,
    date_longue,
    date_simple,
    heure,
    heure_en_lettres,
    numero_de_mois,
    periode,
)
from ctgdocs.french.lieux import (
    a,
    arrondissements,
    avec_article,
    de,
    de_departement,
    departements,
    elide,
    elision,
    majuscules,
)
from ctgdocs.french.nombres import (
    NUMERAL,
    article,
    en_lettres,
    lire_lettres,
    montant,
    montant_en_lettres,
    nombre,
)
from ctgdocs.french.proches import nearest, slug, words_in_order
from ctgdocs.french.profil import CHOIX, DEFAUT, FINE, NBSP, Profil
from ctgdocs.french.texte import communes, enumeration, espaces, puces, termine, typographie

__all__ = [
    "CHOIX",
    "DEFAUT",
    "FINE",
    "JOURS",
    "MOIS",
    "MOIS_ECRIT",
    "NBSP",
    "NUMERAL",
    "Profil",
    "a",
    "accord",
    "arrondissements",
    "article",
    "avec_article",
    "communes",
    "date_en_lettres",
    "date_longue",
    "date_simple",
    "de",
    "de_departement",
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
    "lire_lettres",
    "madame_la",
    "majuscules",
    "montant",
    "montant_en_lettres",
    "nearest",
    "nombre",
    "numero_de_mois",
    "periode",
    "puces",
    "resultat_du_vote",
    "slug",
    "termine",
    "typographie",
    "voix",
    "words_in_order",
]
