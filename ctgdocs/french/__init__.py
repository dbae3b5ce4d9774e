"""The French room: typography, dates, numbers, places, people and votes, as an act writes them.

Every door takes plain values and the house's `Profil`. Inside, one module per family of rules (the table T1 to
T30 of docs); nothing here imports another room, and Babel only when a date is first written.
"""

from ctgdocs.french.dates import (
    annee_en_lettres,
    date_en_lettres,
    date_longue,
    heure,
    heure_en_lettres,
    periode,
)
from ctgdocs.french.departements import de_departement, departement, departements
from ctgdocs.french.genre import accord, civilite, fonction, fonction_avec_article, madame_la, pluriel
from ctgdocs.french.lettres import en_lettres, ordinal_en_lettres
from ctgdocs.french.listes import enumeration, puces, termine
from ctgdocs.french.nombres import article, montant, montant_en_lettres, nombre, ordinal
from ctgdocs.french.profil import DEFAUT, FINE, NBSP, Profil
from ctgdocs.french.texte import typographie
from ctgdocs.french.toponymes import a, avec_article, de, elide, elision, majuscules
from ctgdocs.french.votes import resultat_du_vote, voix

__all__ = [
    "DEFAUT",
    "FINE",
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
    "de",
    "de_departement",
    "departement",
    "departements",
    "elide",
    "elision",
    "en_lettres",
    "enumeration",
    "fonction",
    "fonction_avec_article",
    "heure",
    "heure_en_lettres",
    "madame_la",
    "majuscules",
    "montant",
    "montant_en_lettres",
    "nombre",
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
