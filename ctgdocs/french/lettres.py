"""Numbers in words (T14, T16).

Why our own code: the maintained library for this, unicode-rbnf 2.4 (CLDR rules), was tried on every example
of the house's table and fails two norms at once. It writes `vingt-et-un` and `soixante-et-onze` (1990) next
to `deux cent dix` (traditional), so it is neither; it writes `deux cent millions` for `deux cents millions`
(million is a noun: cent and vingt agree before it); and it costs 43 ms to import and 20 to 100 µs a call.
The tests still use it as an oracle where both norms agree.

Rules: Académie française, « nombres »; rectifications de l’orthographe, JO du 6 décembre 1990 (hyphens
between all simple numerals; million and milliard are nouns, left alone here as the traditional usage does).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from ctgdocs.french.profil import DEFAUT, Profil
from ctgdocs.patterns import regex

_WORDS: Final = """
zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept
dix-huit dix-neuf
"""
_UNITS: Final = tuple(_WORDS.split())
_TENS: Final = ("", "dix", "vingt", "trente", "quarante", "cinquante", "soixante")
_SCALES: Final = ((10**12, "billion"), (10**9, "milliard"), (10**6, "million"))
LIMIT: Final = 10**15
"""Numbers from this one on are refused: no act holds them."""

_SPACES: Final = regex(r"(?<=\d)[ \u00a0\u202f\u2009](?=\d{3})")

_ORDINAL_STEMS: Final = {"un": "un", "cinq": "cinqu", "neuf": "neuv"}


@lru_cache(maxsize=4096)
def en_lettres(n: int, profil: Profil = DEFAUT, *, feminin: bool = False) -> str:
    """A whole number in words.

    >>> en_lettres(71), en_lettres(80), en_lettres(81), en_lettres(80_000)
    ('soixante et onze', 'quatre-vingts', 'quatre-vingt-un', 'quatre-vingt mille')
    >>> en_lettres(200_000_000), en_lettres(21, feminin=True)
    ('deux cents millions', 'vingt et une')
    >>> en_lettres(1971, Profil(numeraux="1990"))
    'mille-neuf-cent-soixante-et-onze'

    Raises `ValueError` (French) when `n` is not a whole number or is out of bounds.
    """
    whole = _whole(n)
    if whole < 0:
        return "moins " + en_lettres(-whole, profil, feminin=feminin)
    if whole == 0:
        return "zéro"
    reform = profil.numeraux == "1990"
    parts: list[str] = []
    for size, name in _SCALES:
        count, whole = divmod(whole, size)
        if count:
            parts.append(f"{_join(_below_million(count, agree=True), reform)} {name}{'s' * (count > 1)}")
    if whole:
        words = _below_million(whole, agree=True)
        if feminin and words[-1] == "un":
            words[-1] = "une"
        parts.append(_join(words, reform))
    return " ".join(parts)


def ordinal_en_lettres(n: int, profil: Profil = DEFAUT, *, feminin: bool = False) -> str:
    """An ordinal in words: `premier`, `première`, `deuxième`, `vingt et unième`, `quatre-vingtième`.

    >>> ordinal_en_lettres(1, feminin=True), ordinal_en_lettres(21), ordinal_en_lettres(80)
    ('première', 'vingt et unième', 'quatre-vingtième')
    """
    if n == 1:
        return "première" if feminin else "premier"
    words = en_lettres(n, profil)
    cut = max(words.rfind(" "), words.rfind("-")) + 1
    head, last = words[:cut], words[cut:]
    if last.endswith("s") and last not in ("trois",):
        last = last[:-1]
    return head + _ORDINAL_STEMS.get(last, last.removesuffix("e")) + "ième"


def _whole(n: object) -> int:
    try:
        whole = n if isinstance(n, int) else int(_SPACES.sub("", str(n)).removesuffix(".0"))
    except ValueError as error:
        raise ValueError(f"«\u00a0{n}\u00a0» n’est pas un nombre entier.") from error
    if abs(whole) >= LIMIT:
        raise ValueError(f"{whole} est trop grand pour être écrit en lettres.")
    return whole


def _below_million(n: int, *, agree: bool) -> list[str]:
    """The simple numerals of 1 ≤ n < 1 000 000, `et` among them; compounds below 100 are joined by `-`."""
    thousands, rest = divmod(n, 1000)
    words: list[str] = []
    if thousands > 1:
        words += _below_thousand(thousands, agree=False)  # mille is no noun: « quatre-vingt mille »
    if thousands:
        words.append("mille")
    if rest:
        words += _below_thousand(rest, agree=agree)
    return words


def _below_thousand(n: int, *, agree: bool) -> list[str]:
    hundreds, rest = divmod(n, 100)
    words: list[str] = []
    if hundreds > 1:
        words.append(_UNITS[hundreds])
    if hundreds:
        words.append("cents" if hundreds > 1 and not rest and agree else "cent")
    if rest:
        words += _below_hundred(rest, agree=agree)
    return words


def _below_hundred(n: int, *, agree: bool) -> list[str]:
    if n < 20:
        return [_UNITS[n]]
    tens, unit = divmod(n, 10)
    if tens in (7, 9):
        tens, unit = tens - 1, unit + 10
    if tens == 8:
        if not unit:
            return ["quatre", "-", "vingts" if agree else "vingt"]
        return ["quatre", "-", "vingt", "-", _UNITS[unit]]
    if not unit:
        return [_TENS[tens]]
    if unit in (1, 11):
        return [_TENS[tens], "et", _UNITS[unit]]
    return [_TENS[tens], "-", _UNITS[unit]]


def _join(words: list[str], reform: bool) -> str:
    """`-` among the words stands for a hyphen of the traditional spelling; 1990 hyphenates everywhere."""
    separator = "-" if reform else " "
    return separator.join(words).replace(f"{separator}-{separator}", "-")
