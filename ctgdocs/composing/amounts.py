"""What a column of a table holds: amounts, numbers, percentages or plain text; read, summed, written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from ctgdocs.french import Profil, montant, nombre
from ctgdocs.patterns import regex

Nature = Literal["texte", "montant", "nombre", "pourcentage"]

_NUMBER = regex(
    r"(?P<minus>[-−–])?[ \u00a0\u202f]*(?P<digits>\d{1,3}(?:[ \u00a0\u2009\u202f.]\d{3})+|\d+)"
    r"(?:[.,](?P<decimals>\d+))?[ \u00a0\u202f]*(?P<unit>€|euros?|EUR|%)?",
    re.IGNORECASE | re.ASCII,
)
_NOT_A_DIGIT = regex(r"\D")
_ABOUT_MONEY = regex(
    r"€|euros?|montant|co[uû]t|d[ée]penses?|recettes?|charges?|produits?|budget|subvention|participation"
    r"|prix|tarif|cr[ée]dits?|\bht\b|\bttc\b",
    re.IGNORECASE,
)
_NOT_A_QUANTITY = regex(
    r"code|siret|siren|insee|ann[ée]es?\b|exercice|n°|num[ée]ro|t[ée]l|article|chapitre|compte|date|r[ée]f",
    re.IGNORECASE,
)
_BLANKS = frozenset({"", "-", "–", "—", "/", "…", "néant", "s.o."})


@lru_cache(maxsize=4096)  # a table reads each of its cells three or four times
def read_number(text: str) -> tuple[Decimal, str] | None:
    """The value and its unit (« € », « % » or nothing) of a cell, or None when it is not a number.

    >>> read_number("12 500,50 €")
    (Decimal('12500.50'), '€')
    """
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        return None
    digits = _NOT_A_DIGIT.sub("", found["digits"])
    value = Decimal(f"{'-' if found['minus'] else ''}{digits}.{found['decimals'] or 0}")
    if not found["decimals"]:
        value = value.quantize(Decimal(1))
    unit = (found["unit"] or "").lower()
    return value, "%" if unit == "%" else "€" if unit else ""


def blank(text: str) -> bool:
    """Whether a cell of a column of numbers says « nothing here »."""
    return text.strip().lower() in _BLANKS


def nature(heading: str, cells: Sequence[str], context: str = "") -> Nature:
    """What a column holds, from its cells first, from its heading when they are bare numbers; `context`
    is the heading that governs it (« Dépenses » before « Montant »)."""
    values = [read_number(cell) for cell in cells if not blank(cell)]
    if not values or any(value is None for value in values):
        return "texte"
    units = {value[1] for value in values if value}
    if units == {"%"} or (units == {""} and "%" in heading):
        return "pourcentage"
    if "%" in units:
        return "texte"
    if "€" in units:
        return "montant"
    if _NOT_A_QUANTITY.search(heading):
        return "texte"
    if _ABOUT_MONEY.search(heading) or _ABOUT_MONEY.search(context):
        return "montant"
    numbers = [value[0] for value in values if value]
    if _year(heading):
        return "nombre"
    if all(_year(cell) for cell in cells if not blank(cell)) or any(_leading_zero(cell) for cell in cells):
        return "texte"
    if all(number.as_tuple().exponent == -2 for number in numbers):
        return "montant"
    return "nombre"


def _year(text: str) -> bool:
    return re.fullmatch(r"(?:19|20)\d\d", text.strip()) is not None


def _leading_zero(text: str) -> bool:
    return re.match(r"0\d", text.strip()) is not None


def written(value: Decimal, what: Nature, decimals: bool, profil: Profil) -> str:
    """The value as the page says it; `decimals`: the column shows centimes, so every cell does."""
    if what == "montant":
        return montant(value, profil, centimes=decimals)
    return nombre(value, profil, unite="%" if what == "pourcentage" else "")


def total(values: Sequence[Decimal]) -> Decimal:
    return sum(values, Decimal(0))
