"""What a column of a table holds: amounts, numbers, percentages, hours or plain text; read and written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from ctgdocs.french import Profil, montant, nombre, typographie
from ctgdocs.vocabulary.totaux import NOT_ADDED

Nature = Literal["texte", "montant", "nombre", "pourcentage", "heures"]

CENTS = 2
_UNITS = r"€|euros?|EUR|%|£|\$|CHF|m²|m³|km²?|ha|kg|ETP|jours?|heures?|h|places?|enfants?|familles?|agents?"
_NUMBER = re.compile(
    r"(?P<minus>[-−–])?[ \u00a0\u202f]*\+?(?P<digits>\d{1,3}(?:[ \u00a0\u2009\u202f.]\d{3})+|\d+)"
    rf"(?:[.,](?P<decimals>\d+))?[ \u00a0\u202f]*(?P<unit>{_UNITS})?",
    re.IGNORECASE | re.ASCII,
)
_HOURS = re.compile(
    r"(?P<minus>[-−–])?(?P<hours>\d{1,5})[ \u00a0\u202f]?h[ \u00a0\u202f]?(?P<minutes>[0-5]\d)?"
)
_HAS_A_DIGIT = re.compile(r"\d").search
_NOT_A_DIGIT = re.compile(r"\D")
_ABOUT_MONEY = re.compile(
    r"€|euros?|\bt\.?v\.?a\b|montant|co[uû]t|d[ée]penses?|recettes?|charges?|produits?|financements?|budget|subvention|participation"
    r"|prix|tarif|cr[ée]dits?|\bht\b|\bttc\b",
    re.IGNORECASE,
)
_NOT_A_QUANTITY = re.compile(
    r"code|siret|siren|insee|ann[ée]es?\b|exercice|n°|num[ée]ro|t[ée]l|article|chapitre|compte|date|r[ée]f",
    re.IGNORECASE,
)
_BLANKS = frozenset({"", "-", "–", "—", "/", "…", "néant", "s.o."})


class Column(NamedTuple):
    """What is known of one column: `context` is the last heading to its left that is not of numbers; `places`
    the decimals that all its amounts show."""

    heading: str
    nature: Nature
    context: str = ""
    unit: str = ""
    places: int = 0

    @property
    def added(self) -> bool:
        """Whether its lines may be added up: a unit price, a mean, a rate by line are not."""
        return self.nature != "texte" and not NOT_ADDED.search(self.heading)

    def value(self, text: str) -> Decimal | None:
        """The number of a cell, when it is one of this column: a rate among amounts is not added to them."""
        if self.nature == "heures":
            return read_hours(text)
        number = read_number(text) if self.nature != "texte" else None
        strange = number and number[1] == "%" and self.unit != "%"
        return number[0] if number and not strange else None

    def written(self, value: Decimal, profil: Profil) -> str:
        """The value as the page says it; amounts show no decimals or two at least (a tarif of 0,385 €)."""
        if self.nature == "heures":
            hours, minutes = divmod(int(abs(value)), 60)
            return typographie(f"{'-' if value < 0 else ''}{hours}h{minutes:02}", profil)
        if self.nature != "montant":
            return nombre(value, profil, unite=self.unit)
        places = max(self.places, places_of(value))
        if places > CENTS:
            return nombre(value, profil, unite="€", decimales=places)
        return montant(value, profil, centimes=places > 0)


@lru_cache(maxsize=4096)  # a table reads each of its cells three or four times
def read_number(text: str) -> tuple[Decimal, str] | None:
    """The value and its unit (« € », « % », « m² » or nothing) of a cell, or None when it is not a number.

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
    unit = found["unit"] or ""
    return value, "€" if unit.lower() in ("euro", "euros", "eur") else unit


def read_hours(text: str) -> Decimal | None:
    """The minutes of a duration.

    >>> read_hours("35h30"), read_hours("35 h"), read_hours("35")
    (Decimal('2130'), Decimal('2100'), None)
    """
    found = _HOURS.fullmatch(text.strip())
    if found is None:
        return None
    minutes = Decimal(int(found["hours"]) * 60 + int(found["minutes"] or 0))
    return -minutes if found["minus"] else minutes


def blank(text: str) -> bool:
    """Whether a cell of a column of numbers says « nothing here »."""
    return text.strip().lower() in _BLANKS


def column_of(heading: str, cells: Sequence[str], context: str = "", *, shown: bool = False) -> Column:
    """What is known of a column, from its cells first, from its heading when they are bare numbers; `context`
    is the heading that governs it (« Dépenses » before « Montant »); `shown`: decimals are those typed."""
    text = Column(heading, "texte", context)
    said = [cell for cell in cells if not blank(cell)]
    if said and all(read_hours(cell) is not None for cell in said):
        return Column(heading, "heures", context)
    values = [number for cell in said if (number := read_number(cell))]
    words = [cell for cell in said if read_number(cell) is None]
    if not values or any(map(_HAS_A_DIGIT, words)) or len(words) * 2 > len(values):
        return text
    units = {unit for _, unit in values}
    if units == {"%"} or (units == {""} and "%" in heading):
        return Column(heading, "pourcentage", context, "%")
    units -= {"%"} if sum(unit == "%" for _, unit in values) * 2 < len(values) else set()
    if "%" in units or len(units - {""}) > 1:
        return text
    unit = "".join(units)
    money = unit == "€" or _ABOUT_MONEY.search(heading) or _ABOUT_MONEY.search(context)
    if words and not money:
        return text  # « à définir » may stand among amounts, and among nothing else
    if unit == "€":
        return _amounts(heading, context, values, shown=shown)
    if unit:
        return Column(heading, "nombre", context, unit)
    return _bare(text, said, values, shown=shown)


def _bare(text: Column, said: Sequence[str], values: Sequence[tuple[Decimal, str]], *, shown: bool) -> Column:
    """A column of numbers without a unit: its heading tells."""
    heading, _, context, *_ = text
    if _NOT_A_QUANTITY.search(heading):
        return text
    if _ABOUT_MONEY.search(heading) or _ABOUT_MONEY.search(context):
        return _amounts(heading, context, values, shown=shown)
    coded = all(map(_year, said)) or any(map(_leading_zero, said))
    return text if coded and not _year(heading) else Column(heading, "nombre", context)


def _amounts(heading: str, context: str, values: Sequence[tuple[Decimal, str]], *, shown: bool) -> Column:
    decimals = typed_places if shown else places_of
    places = max(decimals(value) for value, unit in values if unit != "%")
    return Column(heading, "montant", context, "€", places)


def _year(text: str) -> bool:
    return re.fullmatch(r"(?:19|20)\d\d", text.strip()) is not None


def _leading_zero(text: str) -> bool:
    return re.match(r"0\d", text.strip()) is not None


def places_of(value: Decimal) -> int:
    """The decimals that a value needs: none for 264000.00."""
    return max(typed_places(value.normalize()), 0)


def typed_places(value: Decimal) -> int:
    """The decimals that a value shows: two for 264000.00."""
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0
