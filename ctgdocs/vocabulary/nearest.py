"""« Vouliez-vous dire … ? »: the known word nearest to an unknown one."""

from __future__ import annotations

from collections.abc import Iterable

from ctgdocs.vocabulary.as_typed import slug


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word an author most likely meant, or None; accents, capitals and `_` do not count.

    >>> nearest("raporteur", ["rapporteur", "seance"])
    'rapporteur'
    >>> nearest("Séance", ["rapporteur", "seance"])
    'seance'
    """
    from difflib import get_close_matches  # only when something is wrong

    by_slug = {slug(each) or each: each for each in known}
    wanted = slug(word) or word
    close = get_close_matches(wanted[:200], by_slug, n=1, cutoff=0.6)
    if close:
        return by_slug[close[0]]
    same_words = [each for each in by_slug if sorted(each.split("-")) == sorted(wanted.split("-"))]
    return by_slug[same_words[0]] if same_words else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The end of a sentence: « : vouliez-vous dire « rapporteur » ? », empty when nothing is near."""
    found = nearest(word, known)
    return f" : vouliez-vous dire « {found} » ?" if found else ""
