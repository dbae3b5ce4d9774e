"""Numbers and amounts, in digits and in words (T4, T5, T6, T8, T14, T15).

Own code rather than Babel's `format_decimal`: the house chooses the thousands' space (U+202F or U+00A0),
keeps the decimals that were typed, and 20 µs a call would be felt in a budget table. A test compares both.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import Final, TypeAlias

from ctgdocs.french.profil import DEFAUT, NBSP, Profil

# --- Numbers in words (T14, T16)


_WORDS: Final = """
zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept
dix-huit dix-neuf
"""
_UNITS: Final = tuple(_WORDS.split())
_TENS: Final = ("", "dix", "vingt", "trente", "quarante", "cinquante", "soixante")
_SCALES: Final = ((10**12, "billion"), (10**9, "milliard"), (10**6, "million"))
LIMIT: Final = 10**15
"""Numbers from this one on are refused: no act holds them."""

_THOUSANDS: Final = re.compile(r"(?<=\d)[ \u00a0\u202f\u2009](?=\d{3})")


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


def _whole(n: object) -> int:
    try:
        whole = n if isinstance(n, int) else int(_THOUSANDS.sub("", str(n)).removesuffix(".0"))
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


Nombre: TypeAlias = int | float | Decimal | str

_SPACES: Final = re.compile(r"[\s\u00a0\u202f\u2009]+")
_CENT: Final = Decimal("0.01")


def decimal(value: Nombre) -> Decimal:
    """Any way to give a number, as a `Decimal` that remembers the decimals typed.

    >>> decimal("15 894,00 €"), decimal(1234.5), decimal("83302.5")
    (Decimal('15894.00'), Decimal('1234.5'), Decimal('83302.5'))

    Raises `ValueError` (French) on anything else, NaN and infinity included.
    """
    if isinstance(value, Decimal):
        number = value
    else:
        text = repr(value) if isinstance(value, float) else str(value)
        text = _SPACES.sub("", text).removesuffix("€").removesuffix("euros").removesuffix("euro")
        try:
            number = Decimal(text.replace(",", ".").replace("−", "-"))
        except InvalidOperation as error:
            raise ValueError(f"«\u00a0{value}\u00a0» n’est pas un nombre.") from error
        if isinstance(value, float) and number == number.to_integral_value():
            number = number.quantize(Decimal(1))  # 15894.0 has no typed decimals
    if not number.is_finite():
        raise ValueError(f"«\u00a0{value}\u00a0» n’est pas un nombre.")
    return number


def group_thousands(digits: str, profil: Profil = DEFAUT) -> str:
    """A bare run of digits, cut in threes from the right.

    >>> group_thousands("1234567", Profil(espace_fine="U+00A0")).replace(NBSP, "_")
    '1_234_567'
    """
    if digits.isascii() and digits and digits[0] != "0":
        return f"{int(digits):,}".replace(",", profil.fine)
    head = len(digits) % 3
    groups = [digits[:head]] if head else []
    groups += [digits[i : i + 3] for i in range(head, len(digits), 3)]
    return profil.fine.join(groups)


def nombre(valeur: Nombre, profil: Profil = DEFAUT, *, unite: str = "", decimales: int | None = None) -> str:
    """A number in digits: thousands apart, decimal comma, and its unit after a no-break space.

    A unit that is a word takes an s from 2 on (`1,99 euro`); `decimales` rounds half up to that many.

    >>> nombre(1234.5).replace("\\u202f", "_"), nombre("12", unite="%").replace(NBSP, "~")
    ('1_234,5', '12~%')
    >>> nombre("1.99", unite="euro").replace(NBSP, "~"), nombre(2, unite="euro").replace(NBSP, "~")
    ('1,99~euro', '2~euros')
    """
    # The cache key is the text: Decimal("1.00") equals 1 and must not answer for it.
    return _written(f"{decimal(valeur):f}", profil, unite, decimales)


def montant(valeur: Nombre, profil: Profil = DEFAUT, *, centimes: bool | None = None) -> str:
    """An amount in euros, with two decimals or none.

    A whole amount has no decimals unless they were typed (`"15 894,00"`, `Decimal("15894.00")`);
    `centimes=True` always shows two (a column that must line up), `False` rounds to the euro.

    >>> montant(19282).replace("\\u202f", "_").replace(NBSP, "~")
    '19_282~€'
    >>> montant("15 894,00").replace("\\u202f", "_").replace(NBSP, "~"), montant(0.5).replace(NBSP, "~")
    ('15_894,00~€', '0,50~€')
    """
    number = decimal(valeur)
    if centimes is None:
        exponent = number.as_tuple().exponent
        centimes = isinstance(exponent, int) and exponent < 0
    return _written(f"{number:f}", profil, "€", 2 if centimes else 0)


def montant_en_lettres(valeur: Nombre, profil: Profil = DEFAUT, *, chiffres: bool = False) -> str:
    """An amount in words; `chiffres=True` adds the digits, made from the same number (T15).

    >>> montant_en_lettres("83 302,50")
    'quatre-vingt-trois mille trois cent deux euros et cinquante centimes'
    >>> montant_en_lettres(1_000_000), montant_en_lettres(1), montant_en_lettres("0,50")
    ('un million d’euros', 'un euro', 'cinquante centimes')
    >>> montant_en_lettres(19282, chiffres=True).replace("\\u202f", "_").replace(NBSP, "~")
    'dix-neuf mille deux cent quatre-vingt-deux euros (19_282~€)'
    """
    number = decimal(valeur)
    rounded = abs(number).quantize(_CENT, rounding=ROUND_HALF_UP)
    euros, cents = divmod(int(rounded * 100), 100)
    parts = []
    if euros or not cents:
        words = en_lettres(euros, profil)
        parts.append(words + (" d’euro" if euros and not euros % 10**6 else " euro") + "s" * (euros > 1))
    if cents:
        parts.append(en_lettres(cents, profil) + " centime" + "s" * (cents > 1))
    text = ("moins " if number < 0 and rounded else "") + " et ".join(parts)
    return profil.apostrophes(text) + (f" ({montant(valeur, profil)})" if chiffres else "")


def article(n: int | str, profil: Profil = DEFAUT, *, majuscule: bool = True) -> str:
    """The heading of an article: `Article 1er` (or `Article premier`), `Article 2` (T8).

    >>> article(1), article(2), article("1", Profil(article="premier"))
    ('Article 1er', 'Article 2', 'Article premier')
    """
    number = str(n).strip()
    if number in ("1", "1er"):
        number = profil.article
    return f"{'A' if majuscule else 'a'}rticle {number}"


@lru_cache(maxsize=4096)
def _written(plain: str, profil: Profil, unite: str, decimales: int | None) -> str:
    number = Decimal(plain)
    if decimales is not None:
        number = number.quantize(Decimal(1).scaleb(-decimales), rounding=ROUND_HALF_UP)
    sign, figures = ("−", -number) if number < 0 else ("", abs(number))
    whole, _, fraction = f"{figures:f}".partition(".")
    text = sign + group_thousands(whole, profil) + (f",{fraction}" if fraction else "")
    return f"{text}{NBSP}{_unit(unite, number)}" if unite else text


def _unit(unite: str, number: Decimal) -> str:
    """The unit, plural from 2 on when it is a word of three letters or more (French: 1,99 is singular)."""
    if abs(number) < 2 or len(unite) < 3 or not unite.isalpha() or unite.isupper() or unite[-1] in "sxz":
        return unite
    return unite + "s"


# --- Words read back as a number


_SIMPLE: Final = (
    {word: n for n, word in enumerate(_UNITS) if "-" not in word}
    | {word: n * 10 for n, word in enumerate(_TENS) if word and n > 1}
    | {"une": 1, "premier": 1, "septante": 70, "huitante": 80, "octante": 80, "nonante": 90}
)
_HUNDRED: Final = ("cent", "cents")
_SIZES: Final = {"mille": 1000, "mil": 1000} | {name: size for size, name in _SCALES}
NUMERAL: Final = (
    r"(?:zéro|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?"
    r"|trente|quarante|cinquante|soixante|septante|huitante|octante|nonante|cents?|mille|mil|millions?"
    r"|milliards?|billions?)"
)
"""One word of a number in words, as a regular expression."""


def lire_lettres(words: str) -> int | None:
    """The whole number that words say, whatever their hyphens and plurals; None when they say none.

    >>> [lire_lettres(w) for w in ("quatre-vingt-dix-sept", "deux mille vingt-six", "mille milliards")]
    [97, 2026, 1000000000000]
    >>> lire_lettres("cent et plus"), lire_lettres("")
    (None, None)
    """
    total, group = 0, 0
    read = [word for word in re.split(r"[\s-]+", words.lower()) if word and word != "et"]
    for word in read:
        if word in ("vingt", "vingts"):
            group = group - 4 + 80 if group % 100 == 4 else group + 20
        elif word in _HUNDRED:
            group = max(group, 1) * 100
        elif size := _SIZES.get(word.removesuffix("s")):
            below = total % size + group
            total, group = total - total % size + max(below, 1) * size, 0
        elif word in _SIMPLE:
            group += _SIMPLE[word]
        else:
            return None
    return total + group if read and total + group < LIMIT else None
