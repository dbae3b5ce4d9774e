"""Numbers, amounts and ordinals in digits, and amounts in words (T4, T5, T6, T7, T15).

Own code rather than Babel's `format_decimal`: the house chooses the thousands' space (U+202F or U+00A0),
keeps the decimals that were typed, and 20 µs a call would be felt in a budget table. A test compares both.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import Final, TypeAlias

from ctgdocs.french.lettres import en_lettres
from ctgdocs.french.profil import DEFAUT, NBSP, Profil
from ctgdocs.patterns import regex

Nombre: TypeAlias = int | float | Decimal | str

_SPACES: Final = regex(r"[\s\u00a0\u202f\u2009]+")
_ORDINAL: Final = regex(r"\d+")
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


def ordinal(n: int | str, feminin: bool = False, profil: Profil = DEFAUT, *, second: bool = False) -> str:
    """An ordinal in digits; the raised letters are the page's business.

    `n` may be a Roman numeral; `second=True` writes `2d`, `2de` (of two).

    >>> ordinal(1), ordinal(1, feminin=True), ordinal(2), ordinal("XXI"), ordinal(2, True, second=True)
    ('1er', '1re', '2e', 'XXIe', '2de')
    """
    text = str(n).strip()
    if text in ("1", "I"):
        return text + ("re" if feminin else "er")
    if text == "2" and second:
        return text + ("de" if feminin else "d")
    figures = group_thousands(text, profil) if _ORDINAL.fullmatch(text) and len(text) > 3 else text
    return figures + "e"


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
