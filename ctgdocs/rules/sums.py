"""T1: what a sentence reckons from its own numbers is right."""

from __future__ import annotations

from collections.abc import Iterator

from ctgdocs.rules.rule import ALERTE, ERREUR, PROSE, Prose, Said, about, rule, some
from ctgdocs.stages import Reader
from ctgdocs.vocabulary.as_typed import shown
from ctgdocs.vocabulary.calculs import calculs_faux, may_reckon


@rule(
    "T1",
    "Un calcul écrit dans une phrase est juste",
    ALERTE,
    "cohérence de l’acte",
    on=PROSE,
    about=about(words=lambda text: may_reckon(text) or "otants" in text, look=some(calculs_faux)),
)
def reckoned_right(typed: Prose, reader: Reader) -> Iterator[Said]:
    """A total of the sums that the sentence names, so many times a price, a part in percent, a whole and what
    it is made of, a rise, a length of time, the voices of a vote. What is told is near what the sentence's
    own numbers give, and nothing else gives it; an equality that the text itself writes is an error."""
    for one in calculs_faux(typed.text):
        yield Said(
            f"{shown(one.said)} : le calcul de la phrase donne {one.expected}",
            typed.place(one.start),
            "corrigez le résultat, ou ses termes",
            severity=ERREUR if one.sure else None,
        )
