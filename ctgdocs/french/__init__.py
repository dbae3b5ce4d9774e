"""The French room: typography, dates, numbers, places, people and votes, as an act writes them.

Every door takes plain values and the house's `Profil`. Inside, one module per family of rules; a door's
module is imported when the door is first used, and Babel when a date is first written.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ctgdocs.french.dates import (
        annee_en_lettres,
        date_en_lettres,
        date_longue,
        heure,
        heure_en_lettres,
        periode,
    )
    from ctgdocs.french.genre import accord, civilite, fonction, fonction_avec_article, madame_la, pluriel
    from ctgdocs.french.lettres import en_lettres, ordinal_en_lettres
    from ctgdocs.french.listes import enumeration, puces, termine
    from ctgdocs.french.nombres import article, montant, montant_en_lettres, nombre, ordinal
    from ctgdocs.french.profil import DEFAUT, FINE, NBSP, Profil
    from ctgdocs.french.territoires import de_departement, departement, departements
    from ctgdocs.french.texte import typographie
    from ctgdocs.french.toponymes import a, avec_article, de, elide, elision, majuscules
    from ctgdocs.french.votes import resultat_du_vote, voix

_DOORS = {
    "dates": "annee_en_lettres date_en_lettres date_longue heure heure_en_lettres periode",
    "territoires": "de_departement departement departements",
    "genre": "accord civilite fonction fonction_avec_article madame_la pluriel",
    "lettres": "en_lettres ordinal_en_lettres",
    "listes": "enumeration puces termine",
    "nombres": "article montant montant_en_lettres nombre ordinal",
    "profil": "DEFAUT FINE NBSP Profil",
    "texte": "typographie",
    "toponymes": "a avec_article de elide elision majuscules",
    "votes": "resultat_du_vote voix",
}
_MODULE_OF = {name: module for module, names in _DOORS.items() for name in names.split()}

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


def __getattr__(name: str) -> object:
    """A door, from its module (PEP 562); it is then an ordinary attribute."""
    module = _MODULE_OF.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    door: object = getattr(import_module(f"{__name__}.{module}"), name)
    globals()[name] = door
    return door
