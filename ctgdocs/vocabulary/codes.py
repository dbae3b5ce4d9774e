"""The codes of French law by their names, and a name that is nearly one of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache, lru_cache
from typing import Final

from ctgdocs.french import slug
from ctgdocs.patterns import regex

CODES: Final = (
    "code civil", "code de commerce", "code de justice administrative",
    "code de l’action sociale et des familles",
    "code de l’éducation", "code de l’énergie", "code de l’environnement", "code de l’urbanisme",
    "code de la commande publique", "code de la construction et de l’habitation", "code de la consommation",
    "code de la défense", "code de la mutualité", "code de la propriété intellectuelle", "code de la route",
    "code de la santé publique", "code de la sécurité intérieure", "code de la sécurité sociale",
    "code de la voirie routière", "code de procédure civile", "code de procédure pénale",
    "code des assurances",
    "code des juridictions financières", "code des procédures civiles d’exécution",
    "code des relations entre le public et l’administration", "code des transports",
    "code du cinéma et de l’image animée",
    "code du patrimoine", "code du service national", "code du sport", "code du tourisme", "code du travail",
    "code électoral", "code forestier", "code général de la fonction publique",
    "code général de la propriété des personnes publiques", "code général des collectivités territoriales",
    "code général des impôts", "code minier", "code monétaire et financier", "code pénal",
    "code rural et de la pêche maritime", "code des communes", "code des marchés publics",
    "code de la famille et de l’aide sociale", "code des tribunaux administratifs", "code rural",
    "code de la justice pénale des mineurs", "code de l’artisanat", "code de l’organisation judiciaire",
    "code des pensions civiles et militaires de retraite", "code de la fonction publique",
)  # fmt: skip
_NAMED = regex(r"\b[Cc]ode\s+(?:[a-zà-ÿ]+[’'-]?\s?){1,12}", needs="ode")
_NEAR: Final = 0.86


def codes_mal_nommes(text: str) -> Iterator[tuple[int, str, str]]:
    """The codes whose name is nearly that of one: where, as typed, the right name.

    >>> [right for *_, right in codes_mal_nommes("Vu le code de l’action sociale et de la famille")]
    ['code de l’action sociale et des familles']
    """
    for found in _NAMED.finditer(text) if "ode " in text else ():
        said, right = _nearest(" ".join(found[0].replace("'", "’").split()))
        if right:
            yield found.start(), said, right


@lru_cache(maxsize=512)
def _nearest(words: str) -> tuple[str, str]:
    """What of these words names a code, and the code that it nearly is; "" when it is one, or none."""
    letters = slug(words)
    if any(re.match(rf"{known}(?:-|$)", letters) for known in _slugs()):
        return words, ""
    typed = words.replace("’", "’ ").split(" ")
    best = (_NEAR, words, "")
    for known, name in _slugs().items():
        many = len(name.replace("’", "’ ").split(" "))
        for size in range(max(3, many - 1), min(len(typed), many + 1) + 1):
            said = " ".join(typed[:size]).replace("’ ", "’")
            alike = SequenceMatcher(None, slug(said), known)
            if alike.real_quick_ratio() > best[0] and alike.quick_ratio() > best[0]:
                best = max(best, (alike.ratio(), said, name))
    return best[1], best[2]


@cache
def _slugs() -> dict[str, str]:
    return {slug(name): name for name in CODES}
