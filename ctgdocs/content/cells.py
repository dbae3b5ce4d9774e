"""What a spreadsheet shows in one cell: a value read through the number format of its cell.

The decimals, the sign %, the unit and the leading zeros come from the format alone; without a format a number
is its shortest writing, fifteen digits at most, as spreadsheets show it.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache
from typing import NamedTuple

from ctgdocs.french import MOIS

CellValue = str | bool | int | float | datetime | date | time | timedelta | None

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|[_*].|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[[^\]]*\]|(?P<sign>.)',
    re.DOTALL,
)
_SECTION = re.compile(r'((?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[])*)(?:;|$)')
_NOT_PLAIN = re.compile(r"general|standard|@|[e?/]", re.IGNORECASE)
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LARGEST = Decimal(10) ** 21


class Mask(NamedTuple):
    """One section of a number format: literals and digits (`0#`), in order; the decimals that it shows."""

    pieces: tuple[tuple[str, bool], ...]
    least: int
    most: int
    scale: Decimal

    @property
    def whole(self) -> str:
        return "".join(text for text, digits in self.pieces if digits)


def shown(value: CellValue, form: str) -> str:
    """The text of a cell. ArithmeticError for a number that no act can hold.

    >>> shown(1000, "00000"), shown(0.000619, "0.0000%"), shown(0.1 + 0.2, "General")
    ('01000', '0,0619 %', '0,3')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, int | float):
        return _number(value, form)
    if isinstance(value, timedelta):
        return _hours(value)
    if isinstance(value, time):
        return f"{value.hour}h{value.minute:02}"
    return _date(value, form) if isinstance(value, date) else _unescaped(value)


def _unescaped(text: str) -> str:
    """`_x000D_` is how the format keeps a sign that XML does not: controls become spaces."""
    plain = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    return "".join(
        sign if sign == "\n" or sign.isprintable() or sign in "\u00a0\u202f" else " " for sign in plain
    )


def _hours(value: timedelta) -> str:
    minutes = round(value.total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else ''}{hours}h{rest:02}"


def _date(value: date, form: str) -> str:
    pattern = _bare(form).lower()
    if "y" in pattern and "d" not in pattern:
        return f"{MOIS[value.month - 1]} {value.year}" if "m" in pattern else str(value.year)
    text = f"{value.day:02}/{value.month:02}/{value.year}"
    timed = isinstance(value, datetime) and "h" in pattern
    return f"{text} {value:%H}h{value:%M}" if timed else text


def _bare(form: str) -> str:
    """The signs of a format, its literals left out."""
    return "".join(found["sign"] or "" for found in _TOKEN.finditer(form))


def _number(value: int | float, form: str) -> str:
    number = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
    if not number.is_finite() or abs(number) >= _LARGEST:
        raise ArithmeticError(form)
    mask = _mask(form, (number > 0) - (number < 0))
    if mask is None:
        text = f"{number:f}"
        return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")
    if not mask.whole:
        return "".join(text for text, _ in mask.pieces).strip() or "–"
    return _masked(number, mask)


@lru_cache(maxsize=256)
def _mask(form: str, sign: int) -> Mask | None:
    """The section of the format for a number of that sign; None for the general format, and for those that an
    act does not use (fractions, powers of ten)."""
    sections = [found[1] for found in _SECTION.finditer(form)][: form.count(";") + 1]
    rank = 1 if sign < 0 and len(sections) > 1 else 2 if not sign and len(sections) > 2 else 0
    section = sections[rank] if sections else ""
    if not section or _NOT_PLAIN.search(_bare(section)):
        return None
    return _read_section(section)


def _read_section(section: str) -> Mask:
    pieces: list[tuple[str, bool]] = []
    least = most = commas = 0
    decimal = False
    scale = Decimal(1)
    for found in _TOKEN.finditer(section):
        sign = found["sign"] or ""
        if sign in ("0", "#"):
            commas = 0
            if decimal:
                least, most = least + (sign == "0"), most + 1
            else:
                pieces.append((sign, True))
        elif sign == ",":
            commas += 1
        elif sign == "." and not decimal:
            decimal = True
        elif sign not in ("-", "(", ")", "+"):
            scale *= 100 if sign == "%" else 1
            pieces.append((_literal(found), False))
    return Mask(tuple(pieces), least, most, scale / Decimal(1000) ** commas)


def _literal(found: re.Match[str]) -> str:
    sign = found["sign"] or ""
    if sign in ("%", "€"):
        return f" {sign}"
    return sign or found["quoted"] or found["escaped"] or found["currency"] or ""


def _masked(number: Decimal, mask: Mask) -> str:
    with localcontext() as context:
        context.prec = 60
        rounded = (abs(number) * mask.scale).quantize(Decimal(1).scaleb(-mask.most), ROUND_HALF_UP)
    whole, _, decimals = f"{rounded:f}".partition(".")
    while len(decimals) > mask.least and decimals.endswith("0"):
        decimals = decimals[:-1]
    digits = _placed(whole.zfill(len(mask.whole.lstrip("#"))), f",{decimals}" if decimals else "", mask)
    text = re.sub(r"(?<=\d)(?=€|EUR)|[ \u00a0\u202f]+", " ", digits).strip()
    return f"-{text}" if number < 0 and rounded else text


def _placed(whole: str, decimals: str, mask: Mask) -> str:
    """The digits in their places, from the right; the first place takes all that are left."""
    places = len(mask.whole)
    last = max(at for at, (_, digits) in enumerate(mask.pieces) if digits)
    whole = whole.rjust(places)
    out, used = [], 0
    for at, (text, digits) in enumerate(mask.pieces):
        if digits:
            end = len(whole) - places + used + 1
            text = whole[0 if not used else end - 1 : end].strip()
            used += 1
        out.append(text + (decimals if at == last else ""))
    return "".join(out)
