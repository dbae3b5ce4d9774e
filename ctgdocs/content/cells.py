"""What a spreadsheet shows in one cell: a value read through the number format of its cell.

The decimals, the sign %, the unit and the leading zeros come from the format alone; without a format a number
is its shortest writing, fifteen digits at most, as spreadsheets show it.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from functools import lru_cache
from operator import eq, ge, gt, le, lt, ne
from typing import NamedTuple

from ctgdocs.french import JOURS, MOIS

CellValue = str | bool | int | float | datetime | date | time | timedelta | None

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|[_*].|\[\$(?P<currency>[^\]\[-]*)(?:-[^\]\[]*)?\]|\[[^\]\[]*\]|(?P<sign>.)',
    re.DOTALL,
)
_SECTION = re.compile(r'((?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[])*)(?:;|$)')
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]")
_GENERAL = re.compile(r"general|standard", re.IGNORECASE)
_NOT_PLAIN = re.compile(r"@|[e/]", re.IGNORECASE)
_FRACTION = re.compile(r"([#0]+ +)?[#?0]+/(?:(\d+)|[#?]+)")
_GROUPED = re.compile(r"#\\?[ \u00a0\u202f]##0")
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
LONGEST_FORMAT = 255  # Excel's own limit
_LARGEST = Decimal(10) ** 21
_COMPARED = {"<": lt, "<=": le, ">": gt, ">=": ge, "=": eq, "<>": ne}
_CURRENCIES = ("€", "EUR", "£", "$", "CHF")


class Mask(NamedTuple):
    """One section of a number format: literals and digits (`0#`), in order; the decimals that it shows;
    whether it is the section of negative numbers."""

    pieces: tuple[tuple[str, bool], ...]
    least: int
    most: int
    scale: Decimal
    negative: bool

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
    if isinstance(value, date):
        return _date(value, form)
    return "" if form.count(";") > 2 and not _sections(form)[3] else _unescaped(value)


def lost(value: CellValue, form: str) -> Decimal:
    """What the format does not show of a number, in the unit that it shows.

    >>> lost(1234.4, "0"), lost(0.5451, "0.0%"), lost(1234.4, "General")
    (Decimal('0.4'), Decimal('0.01'), Decimal('0'))
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        return Decimal(0)
    number = _decimal(value)
    mask = _mask(form, number)
    if mask is None or not mask.whole:
        return Decimal(0)
    said = _rounded(number, mask).copy_sign(number)
    return (number * mask.scale - said).normalize() + Decimal(0)


def dated(form: str) -> bool:
    """Whether a format shows days or hours."""
    return bool(_ELAPSED.search(form)) or any(sign in _bare(form).lower() for sign in "dmyhs")


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
    """A day as the sheet shows it, in French: « 24/09/2026 », « jeudi 24 septembre », « janvier 2027 »."""
    pattern = _bare(form).lower()
    hour = (
        f"{value:%H}h{value:%M}".removeprefix("0") if isinstance(value, datetime) and "h" in pattern else ""
    )
    if "d" not in pattern and "y" not in pattern and (hour or "s" in pattern):
        return hour or f"{value:%M}:{value:%S}"
    return " ".join(filter(None, (_day(value, pattern), hour)))


def _day(value: date, pattern: str) -> str:
    month = MOIS[value.month - 1]
    if "y" in pattern and "d" not in pattern:
        return f"{month} {value.year}" if "m" in pattern else str(value.year)
    if "d" not in pattern:
        return month
    weekday = f"{JOURS[value.weekday()]} " if "ddd" in pattern else ""
    if "ddd" in pattern and not re.search(r"(?<!d)d{1,2}(?!d)", pattern):
        return weekday.strip()
    year = f" {value.year}" if "y" in pattern else ""
    if "mmm" in pattern:
        return f"{weekday}{'1er' if value.day == 1 else value.day} {month}{year}"
    return f"{weekday}{value.day:02}/{value.month:02}{year.replace(' ', '/')}"


@lru_cache(maxsize=256)
def _bare(form: str) -> str:
    """The signs of a format, its literals left out."""
    return "".join(found["sign"] or "" for found in _TOKEN.finditer(form))


def _decimal(value: int | float) -> Decimal:
    number = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
    if not number.is_finite() or abs(number) >= _LARGEST:
        raise ArithmeticError(value)
    return number


def _number(value: int | float, form: str) -> str:
    number = _decimal(value)
    section, negative = _section(form, number)
    if section == "" and ";" in form:
        return ""
    mask = _mask(form, number)
    if mask is None:
        fraction = _FRACTION.search(_bare(section))
        return _fraction(number, fraction) if fraction else _in_words(section, _plain(number), negative)
    if not mask.whole:
        text = "".join(text for text, _ in mask.pieces).strip()
        return text if text.strip(" -–€") else "–"
    return _masked(number, mask)


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def _in_words(section: str, number: str, negative: bool) -> str:
    """The general format with what is written around it: `General" enfants"`."""
    if not _GENERAL.search(_bare(section)):
        return number
    before, _, after = _GENERAL.sub("\0", section).partition("\0")
    around = ["".join(_literal(found) for found in _TOKEN.finditer(side)) for side in (before, after)]
    return re.sub(r"[ \u00a0\u202f]+", " ", number.join(around)).strip()


def _fraction(number: Decimal, mask: re.Match[str]) -> str:
    """« 1/2 », « 3 1/4 »."""
    whole, rest = divmod(abs(number), 1) if mask[1] else (Decimal(0), abs(number))
    most = int(mask[2]) if mask[2] else 10 ** mask[0].rpartition("/")[2].count("?") - 1
    part = Fraction(rest).limit_denominator(max(most, 1))
    if part == 1:
        whole, part = whole + 1, Fraction(0)
    said = [str(int(whole))] if whole or not part else []
    said += [f"{part.numerator}/{part.denominator}"] if part else []
    return f"{'-' if number < 0 else ''}{' '.join(said)}"


@lru_cache(maxsize=256)
def _sections(form: str) -> list[str]:
    return [found[1] for found in _SECTION.finditer(form[:LONGEST_FORMAT])][: form.count(";") + 1]


def _section(form: str, number: Decimal) -> tuple[str, bool]:
    """The section of a format for a number, and whether it is the one of negative numbers."""
    sections = _sections(form)
    if len(sections) < 2 and not _CONDITION.search(form):
        return (sections[0] if sections else ""), False
    for rank, section in enumerate(sections[:3]):
        condition = _CONDITION.search(section)
        if condition and _COMPARED[condition[1]](number, Decimal(condition[2])):
            return section, False
        if not condition and (_CONDITION.search(form) or _fits(number, rank, len(sections))):
            return section, number < 0 and rank == 1 and not _CONDITION.search(form)
    return sections[-1], False


def _fits(number: Decimal, rank: int, many: int) -> bool:
    if rank == 0:
        return number > 0 or (not number and many < 3)
    return number < 0 if rank == 1 else not number


def _mask(form: str, number: Decimal) -> Mask | None:
    """How a format writes that number; None for the general format, and for those that an act does not use
    (fractions, powers of ten)."""
    section, negative = _section(form, number)
    bare = _bare(section)
    if not section or _NOT_PLAIN.search(_GENERAL.sub("", bare)) or _GENERAL.search(bare):
        return None
    return _read_section(section, negative)


@lru_cache(maxsize=256)
def _read_section(section: str, negative: bool) -> Mask:
    pieces: list[tuple[str, bool]] = []
    least = most = commas = 0
    decimal = False
    scale = Decimal(1)
    digits = "0#?" if re.search("[0#]", _bare(section)) else ""
    for found in _TOKEN.finditer(_GROUPED.sub("#,##0", section)):
        sign = found["sign"] or ""
        if sign and sign in digits:
            commas = 0
            if decimal:
                least, most = least + (sign == "0"), most + 1
            else:
                pieces.append((sign.replace("?", "#"), True))
        elif sign == ",":
            commas += 1
        elif sign == "." and not decimal:
            decimal = True
        elif sign != "?" and not (negative and _literal(found) in ("-", "(", ")")):
            scale *= 100 if sign == "%" else 1
            pieces.append((_literal(found), False))
    return Mask(tuple(pieces), least, most, scale / Decimal(1000) ** commas, negative)


def _literal(found: re.Match[str]) -> str:
    sign = found["sign"] or ""
    if sign in ("%", "€"):
        return f" {sign}"
    return sign or found["quoted"] or found["escaped"] or found["currency"] or ""


def _rounded(number: Decimal, mask: Mask) -> Decimal:
    with localcontext() as context:
        context.prec = 60
        return (abs(number) * mask.scale).quantize(Decimal(1).scaleb(-mask.most), ROUND_HALF_UP)


def _masked(number: Decimal, mask: Mask) -> str:
    rounded = _rounded(number, mask)
    whole, _, decimals = f"{rounded:f}".partition(".")
    while len(decimals) > mask.least and decimals.endswith("0"):
        decimals = decimals[:-1]
    digits = _placed(whole.zfill(len(mask.whole.lstrip("#"))), f",{decimals}" if decimals else "", mask)
    text = re.sub(r"(?<=\d)(?=€|EUR)|[ \u00a0\u202f]+", " ", digits).strip()
    text = _currency_last(text)
    return f"-{text}" if number < 0 and rounded else text


def _currency_last(text: str) -> str:
    """« £12,50 » as French writes it: « 12,50 £ »."""
    for sign in _CURRENCIES:
        if text.startswith(sign):
            return f"{text.removeprefix(sign).strip()} {sign}"
    return text


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
