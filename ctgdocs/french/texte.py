"""`typographie`: the rules of French typography applied to a piece of text (T1 to T12, T17 to T25, T28).

The text may be plain or Markdown source: code, URLs, e-mails, file names, placeholders and identifiers come
out as they went in, and no word is lost. Twice gives the same as once (T29).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
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
    text = mots.with_accents(mots.civilities(text, profil))
    text = mots.de_elided(mots.grave_a(text))
    text = mots.functions(text, profil)
    if _DIGIT.search(text):
        text = quantites.articles(quantites.numeros(text), profil)
        text = quantites.codes(text, profil)
        text = quantites.quantities(quantites.telephones(text), profil)
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


# --- Lists, and how a line ends (T30)

_SPACES: Final = " \t\n\r\u00a0\u202f\u2009"
_ENDS: Final = _SPACES + ",;:."
_ABBREVIATION: Final = re.compile(r"(?<!\w)(?:etc|art|al|M|MM|p|réf|suiv|s)\.$|\.\.\.$")


def enumeration(
    items: Iterable[object], profil: Profil = DEFAUT, *, conjonction: str = "et", separateur: str = ","
) -> str:
    """Items in one sentence, without a comma before the conjunction.

    >>> enumeration(["A", "B", "C"]), enumeration(["A", "B"], conjonction="ou"), enumeration([])
    ('A, B et C', 'A ou B', '')

    Empty items are left out. The signature of every list door keeps `profil`, though commas need none.
    """
    words = [text for text in (str(item).strip() for item in items) if text]
    if len(words) < 2:
        return "".join(words)
    if separateur == ";":
        separateur = f"{profil.fine};"
    return f"{f'{separateur} '.join(words[:-1])} {conjonction} {words[-1]}"


def communes(complements: Sequence[str]) -> str:
    """Several communes in one word, from what `de` gives for each.

    >>> communes(["de Lavol", "de La Crèche", "de Gimol"]), communes(["de Lavol", "du Causol"])
    ('communes de Lavol, La Crèche et Gimol', 'communes de Lavol et du Causol')
    >>> communes(["d’Esparnac"])
    'commune d’Esparnac'
    """
    alike = all(one.startswith("de ") for one in complements)
    if len(complements) < 2:
        return f"commune {''.join(complements)}"
    if not alike:
        return f"communes {enumeration(complements)}"
    return f"communes de {enumeration([one.removeprefix('de ') for one in complements])}"


def termine(texte: str, signe: str = ".", profil: Profil = DEFAUT) -> str:
    """`texte` ended by `signe`, whatever `, ; : .` it ended with; `? ! …` keep their place before none.

    >>> termine("Vu la loi", ","), termine("Vu la loi ;", ","), termine("Utile ?", "."), termine("etc.", ".")
    ('Vu la loi,', 'Vu la loi,', 'Utile ?', 'etc.')
    >>> termine("Les axes.", ",")
    'Les axes,'
    """
    end = len(texte)
    while end and texte[end - 1] in _ENDS and not _ABBREVIATION.search(texte, max(0, end - 8), end):
        end -= 1
    text = texte[:end].rstrip(_SPACES)
    if not text:
        return text
    if signe == "." and text[-1] in ".?!…":
        return text
    before = profil.fine if signe in (";", "!", "?") else NBSP if signe == ":" else ""
    return text + before + signe


def puces(items: Sequence[object], profil: Profil = DEFAUT) -> list[str]:
    """The items of a bulleted list: each ends with ` ;`, the last one with a full stop.

    >>> [item.replace("\\u202f", "_") for item in puces(["d’approuver", "de signer;", "d’inscrire."])]
    ['d’approuver_;', 'de signer_;', 'd’inscrire.']
    """
    texts = [str(item) for item in items if str(item).strip()]
    last = len(texts) - 1
    return [termine(text, "." if index == last else ";", profil) for index, text in enumerate(texts)]
