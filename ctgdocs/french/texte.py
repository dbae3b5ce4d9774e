"""`typographie`: the rules of French typography applied to a piece of text (T1 to T12, T17 to T25, T28).

The text may be plain or Markdown source: code, URLs, e-mails, file names, placeholders and identifiers come
out as they went in (protection.py), and no word is lost. Twice gives the same as once (T29).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from ctgdocs.french import mots, quantites, signes
from ctgdocs.french.profil import DEFAUT, NBSP, Profil
from ctgdocs.french.signes import shield, unshield

# --- The passes, in order (T1 to T12, T17 to T25, T28)


_DIGIT: Final = re.compile(r"\d")


def correct(texte: str, profil: Profil) -> str:
    """`texte` through every pass."""
    text, spans = shield(texte)
    if profil.apostrophe == "droite":
        text = text.replace("’", "'").replace("‘", "'")
    text = signes.ellipses(signes.guillemets(signes.apostrophes(text)))
    text = mots.capitalised(mots.civilities(text, profil))
    text = mots.de_elided(mots.grave_a(text))
    text = mots.functions(text, profil)
    if _DIGIT.search(text):
        text = quantites.articles(quantites.numeros(text), profil)
        text = quantites.codes(text, profil)
        text = quantites.quantities(text, profil)
        text = quantites.year_ranges(text, profil)
    text = quantites.romans(mots.ligatures(text))
    text = signes.espaces(text, profil.fine)
    if profil.apostrophe == "droite":
        text = text.replace("’", "'").replace("‘", "'")
    return unshield(text, spans)


_CACHED_UP_TO: Final = 2_000


def typographie(texte: str, profil: Profil = DEFAUT) -> str:
    """`texte` in the house's typography.

    >>> typographie('Objet: "la Caf"').replace("\\u00a0", "~")
    'Objet~: «~la Caf~»'
    """
    if len(texte) <= _CACHED_UP_TO:
        return _cached(texte, profil)
    return _uncached(texte, profil)


def _uncached(texte: str, profil: Profil) -> str:

    return correct(str(texte), profil)  # a plain str, even of a text that knows its place


_cached = lru_cache(maxsize=8192)(_uncached)


_BREAKABLE: Final = re.compile(r"(?<=«) | (?=»|[:;!?]+(?:[\s).,»…]|$))|(?<=\bart\.) ")


def espaces(message: str) -> str:
    """A message written with plain spaces, with the no-break spaces of the screen; nothing else changes.

    >>> espaces("« Titre » : non ! art. 2").replace("\u00a0", "~")
    '«~Titre~»~: non~! art.~2'
    """
    return _BREAKABLE.sub(NBSP, message)
