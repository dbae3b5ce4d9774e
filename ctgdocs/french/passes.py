"""The passes of `typographie`, in order (T1 to T12, T17 to T25, T28). Imported at the first text, not before:
its regular expressions take some 15 ms to compile.

Every pass reads text with U+2019 apostrophes and with its untouchable spans shielded. T29 (twice is once)
holds because each pass leaves its own output alone, which the property tests check for all of them together.
"""

from __future__ import annotations

from typing import Final

from ctgdocs.french import mots, quantites, references, signes
from ctgdocs.french.profil import Profil
from ctgdocs.french.protection import shield, unshield
from ctgdocs.patterns import regex

_DIGIT: Final = regex(r"\d")


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
        text = references.articles(references.numeros(text), profil)
        text = references.codes(text, profil)
        text = quantites.quantities(text, profil)
        text = quantites.year_ranges(text, profil)
    text = references.romans(mots.ligatures(text))
    text = signes.espaces(text, profil.fine)
    if profil.apostrophe == "droite":
        text = text.replace("’", "'").replace("‘", "'")
    return unshield(text, spans)
