"""Enumerations and ends of lines (T30): `A, B et C`; items that end with ` ;` then `.`; visas with `,`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from ctgdocs.french.profil import DEFAUT, NBSP, Profil
from ctgdocs.patterns import regex

_SPACES: Final = " \t\n\r\u00a0\u202f\u2009"
_ABBREVIATION: Final = regex(r"(?<!\w)(?:etc|art|al|M|MM|p|réf|suiv|s)\.$|\.\.\.$")


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


def termine(texte: str, signe: str = ".", profil: Profil = DEFAUT) -> str:
    """`texte` ended by `signe`, whatever `, ; : .` it ended with; `? ! …` keep their place before none.

    >>> termine("Vu la loi", ","), termine("Vu la loi ;", ","), termine("Utile ?", "."), termine("etc.", ".")
    ('Vu la loi,', 'Vu la loi,', 'Utile ?', 'etc.')
    >>> termine("Les axes.", ",")
    'Les axes,'
    """
    text = texte.rstrip(_SPACES)
    while text and text[-1] in ",;:.":
        if _ABBREVIATION.search(text):
            break
        text = text[:-1].rstrip(_SPACES)
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
