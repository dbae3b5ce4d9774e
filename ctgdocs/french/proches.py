"""Words that look alike: a text without its accents and signs, the known word nearest to an unknown one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache


@lru_cache(maxsize=8192)
def slug(text: str) -> str:
    """Text turned into an identifier: « Élodie Martin » → `elodie-martin`; "" when nothing is left of it.

    >>> slug("Pôle petite enfance — phase 2")
    'pole-petite-enfance-phase-2'
    """
    text = text.replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae").replace("Æ", "ae")
    text = text.replace("’", "-").replace("\u2011", "-")
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def nearest(word: str, known: Iterable[str], *, least: float = 0.6) -> str | None:
    """The known word an author most likely meant, or None; accents, capitals, `_` and the order of
    words do not count.

    >>> nearest("raporteur", ["rapporteur", "seance"])
    'rapporteur'
    >>> nearest("Séance", ["rapporteur", "seance"])
    'seance'
    """
    from difflib import get_close_matches  # only when something is wrong

    by_slug = {slug(each) or each: each for each in known}
    wanted = slug(word) or word
    close = get_close_matches(wanted[:200], by_slug, n=1, cutoff=least)
    if close:
        return by_slug[close[0]]
    by_words = {words_in_order(each): each for each in by_slug}
    close = get_close_matches(words_in_order(wanted[:200]), by_words, n=1, cutoff=max(least, 0.8))
    return by_slug[by_words[close[0]]] if close else None


def words_in_order(text: str) -> str:
    return "-".join(sorted(text.split("-")))
