"""`typographie`: the rules of French typography applied to a piece of text (T1 to T12, T17 to T25, T28).

The text may be plain or Markdown source: code, URLs, e-mails, file names, placeholders and identifiers come
out as they went in (protection.py), and no word is lost. Twice gives the same as once (T29).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from ctgdocs.french.profil import DEFAUT, Profil

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
    from ctgdocs.french.passes import correct

    return correct(str(texte), profil)  # a plain str, even of a text that knows its place


_cached = lru_cache(maxsize=8192)(_uncached)
