"""`typographie`: the rules of French typography applied to a piece of text (T1 to T12, T17 to T25, T28).

The text may be plain or Markdown source: code, URLs, e-mails, file names, placeholders and identifiers come out
as they went in (protection.py), and no word is lost. Twice gives the same as once (T29).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from ctgdocs.french import mots, quantites, references, signes
from ctgdocs.french.profil import DEFAUT, Profil
from ctgdocs.french.protection import shield, unshield

_DIGIT: Final = re.compile(r"\d")
_CACHED_UP_TO: Final = 2_000


def typographie(texte: str, profil: Profil = DEFAUT) -> str:
    """`texte` in the house's typography.

    >>> typographie('Objet: "la Caf"').replace("\\u00a0", "~")
    'Objet~: «~la Caf~»'
    """
    return _cached(texte, profil) if len(texte) <= _CACHED_UP_TO else _typographie(texte, profil)


def _typographie(texte: str, profil: Profil) -> str:
    text, spans = shield(texte)
    text = signes.guillemets(signes.apostrophes(text))
    text = mots.civilities(mots.capitalised(text), profil)
    text = mots.de_elided(mots.grave_a(text))
    text = mots.functions(text, profil)
    if _DIGIT.search(text):
        text = references.articles(references.numeros(text), profil)
        text = references.codes(text, profil)
        text = quantites.quantities(text, profil)
        text = quantites.year_ranges(text, profil)
    text = references.romans(mots.ligatures(signes.ellipses(text)))
    text = signes.espaces(text, profil.fine)
    if profil.apostrophe == "droite":
        text = text.replace("’", "'").replace("‘", "'")
    return unshield(text, spans)


_cached = lru_cache(maxsize=8192)(_typographie)
