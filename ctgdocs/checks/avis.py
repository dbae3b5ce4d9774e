"""I1: words that make an assembly of a commission. A commission gives an opinion (CGCT, art. L. 2121-22).

A verb of decision is judged by the body named before it in its sentence: « la commission approuve » is wrong,
« la commission propose au conseil d’approuver » is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_PRESENT: Final = "délibère|décide|approuve|adopte|autorise"
_INFINITIVE: Final = "délibérer|décider|approuver|adopter|autoriser|voter|valider"
_PARTICIPLE: Final = "délibéré|décidé|approuvé|adopté|autorisé|voté|validé"
_ACT = re.compile(
    rf"(?P<verb>\b(?:{_PRESENT})(?:nt|ra|ront)?\b"
    r"|\b(?:vote|valide|arrête)\b(?=\s+(?:le|la|les|ce|cette|ces|un|une)\b|\s+l[’'])"
    rf"|\b(?:a|ont|aura|en avoir)\s+(?:{_PARTICIPLE})\b"
    rf"|(?:\b(?:de|à)\s+|\bd[’'])(?:{_INFINITIVE})\b"
    rf"|^[ ]*(?:[-*]|\d+\.)\s+(?:{_INFINITIVE})\b)"
    rf"|(?P<passive>\b(?:{_PARTICIPLE}|arrêté)e?s?\s+par\s+la\s+commission\b)",
    re.IGNORECASE | re.MULTILINE,
)
_BODY = re.compile(
    r"\b(?:(commissions?)|conseil(?:s|\b)|assemblées?|bureau|comités?|collectivités?|communautés?|caf|caisses?"
    r"|état|départements?|région|communes?|présidente?|vice-présidente?|maires?|associations?|syndicats?"
    r"|préfète?|ministères?|lois?|décrets?|parlement|élus?|familles?|partenaires?|tribunal|qui|elle|il)\b",
    re.IGNORECASE,
)
_NO_BODY: Final = frozenset({"il est", "il vous est", "il lui est"})
_SENTENCE = re.compile(r"[.!?…](?=\s)|(?<![:\s])[ \t]*\n[ \t]*\n")


@dataclass(frozen=True, slots=True)
class Abus:
    """A verb of decision at `offset` of the text; `certain` when the commission is its subject, not when no
    body is named before it."""

    verbe: str
    offset: int
    certain: bool


def abus(text: str, *, by_the_commission: bool = False) -> Iterator[Abus]:
    """Where a text makes the commission decide. `by_the_commission`: its sentences are the commission's own,
    so that a verb without a subject is hers."""
    if _ACT.search(text) is None:
        return
    start = 0
    for end in [*(cut.end() for cut in _SENTENCE.finditer(text)), len(text)]:
        yield from _in_sentence(text[start:end], start, by_the_commission)
        start = end


def _in_sentence(sentence: str, start: int, by_the_commission: bool) -> Iterator[Abus]:
    for found in _ACT.finditer(sentence):
        said = found[0].lstrip(" -*.0123456789").lower()
        offset = start + found.end() - len(said)
        before = sentence[: found.start()]
        bodies = [body for body in _BODY.finditer(before) if not _impersonal(sentence, body)]
        if found["passive"] or (bodies and bodies[-1][1]):
            yield Abus(said, offset, True)
        elif not bodies and (by_the_commission or _opens(before)):
            yield Abus(said, offset, by_the_commission)


def _impersonal(sentence: str, body: re.Match[str]) -> bool:
    """« il est proposé… » names nobody."""
    after = sentence[body.start() :].lower()
    return any(after.startswith(words) for words in _NO_BODY)


def _opens(before: str) -> bool:
    """Whether a verb opens its sentence: « Décide de… », « Après en avoir délibéré, … »."""
    return re.fullmatch(r"[\s*_>#-]*(?:après\s+)?", before, re.IGNORECASE) is not None
