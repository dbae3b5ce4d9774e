"""Numbers as a French text writes them, and a result that they deny."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, NamedTuple

from ctgdocs.french import lire_lettres, nombre
from ctgdocs.patterns import regex

SPACE: Final = r"[ \u00a0\u202f]"
VALUE: Final = (
    rf"(?<![\d,.])\d{{1,3}}(?:{SPACE}\d{{3}})+(?:,\d{{1,2}})?(?![\d])|(?<![\d,.])\d+(?:,\d{{1,2}})?(?![\d])"
)
EURO: Final = r"(?:€|euros?\b|EUR\b)"
MONEY: Final = rf"(?:{VALUE})\s?{EURO}"
UNIT: Final = (
    rf"(?:\s?(?:{EURO}|%|h\b|ETP\b|places?\b|enfants?\b|postes?\b|habitants?\b|jours?\b|heures?\b|voix\b))?"
)
_NUMBER = regex(VALUE)


class Faux(NamedTuple):
    """A result between two indexes of a text, as said, and what it should be; `sure` when the text writes the
    operation itself."""

    start: int
    said: str
    expected: str
    sure: bool = False


def valeur(text: str) -> Decimal:
    """« 12 500,50 » as a number; the text must hold one."""
    found = _NUMBER.search(text)
    assert found is not None
    return Decimal(re.sub(SPACE, "", found[0]).replace(",", "."))


def wrong(start: int, said: str, expected: Decimal, *, sure: bool = False) -> Faux:
    """What is said, and what it should be, in the same unit."""
    rounded = expected.quantize(Decimal("0.01"), ROUND_HALF_UP)
    euros = re.search(r"(?:€|euros?|EUR)$", said.strip(), re.IGNORECASE) is not None
    result = nombre(
        rounded if euros and rounded % 1 else rounded.normalize() if rounded % 1 else int(rounded)
    )
    unit = " €" if euros else " %" if said.rstrip().endswith("%") else ""
    return Faux(start, " ".join(said.split()), result.replace("\u202f", " ") + unit, sure)


def close(said: str, expected: Decimal, room: Decimal = Decimal(0)) -> bool:
    """Whether a number as typed is that one, at the precision it was typed with."""
    _, _, decimals = said.partition(",")
    digits = len(re.match(r"\d*", decimals)[0])  # type: ignore[index]
    step = Decimal(1).scaleb(-digits)
    return abs(valeur(said) - expected) <= max(step / 2 if expected % 1 else Decimal(0), room)


def combien(words: str) -> Decimal | None:
    if _NUMBER.fullmatch(words):
        return valeur(words)
    read = lire_lettres(words)
    return None if read is None else Decimal(read)
