"""Days, dates, periods and hours (T10, T12, T13): the one table of months and weekdays.

The sentences are ours rather than Babel's, which writes `1 octobre` where an act needs `1er octobre`, and
knows neither `du 3 au 7 mars 2026` nor a date in words; the tests compare both on every day of a year.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Final, TypeAlias

from ctgdocs.french.nombres import en_lettres, group_thousands
from ctgdocs.french.profil import DEFAUT, NBSP, Profil
from ctgdocs.french.tables import bare

Date: TypeAlias = date | datetime | str
Heure: TypeAlias = time | datetime | timedelta | int | float | Decimal | str

JOURS: Final = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MOIS: Final = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
MOIS_ECRIT: Final = "|".join(MOIS).replace("é", "[ée]").replace("û", "[uû]")
"""The months as a regular expression, whether their accents were typed or not."""

_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{2}:\d{2}.*)?")
_SLASHES: Final = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_WORDS: Final = re.compile(r"(?:[a-zé]+\s+)?(\d{1,2})(?:er)?\s+([a-zéèûô]+)\s+(\d{4})", re.IGNORECASE)
_HOUR: Final = re.compile(r"(\d{1,4})\s*(?:[hH:]|heures?)\s*(\d{2})?(?::\d{2})?(?:\s*(?:min|minutes?))?")


def numero_de_mois(nom: str) -> int | None:
    """The number of a month, whatever its capitals and accents; None when it is none.

    >>> numero_de_mois("Août"), numero_de_mois("decembre"), numero_de_mois("brumaire")
    (8, 12, None)
    """
    return _NUMBERS.get(bare(nom.lower()))


_NUMBERS: Final = {bare(name): number for number, name in enumerate(MOIS, start=1)}


def date_simple(jour: date) -> str:
    """A date with plain spaces, for a message: `24 septembre 2026`; a page takes `date_longue`.

    >>> date_simple(date(2026, 10, 1))
    '1er octobre 2026'
    """
    return f"{_day(jour)} {MOIS[jour.month - 1]} {jour.year}"


@lru_cache(maxsize=2048)
def date_longue(valeur: Date, profil: Profil = DEFAUT, *, jour: bool = False, annee: bool = True) -> str:
    """`1er mars 2026`; `jour=True` adds the weekday, `annee=False` drops the year.

    >>> date_longue("2026-03-01").replace(NBSP, "~"), date_longue("24/09/2026", jour=True).replace(NBSP, "~")
    ('1er~mars 2026', 'jeudi 24~septembre 2026')

    Raises `ValueError` (French) when the value is no date.
    """
    day = as_date(valeur)
    text = f"{_day(day)}{NBSP}{MOIS[day.month - 1]}"
    if annee:
        text += f" {day.year}"
    return f"{JOURS[day.weekday()]} {text}" if jour else text


@lru_cache(maxsize=2048)
def date_en_lettres(
    valeur: Date, profil: Profil = DEFAUT, *, jour: bool = False, formule: bool = True
) -> str:
    """The opening of an act: `L’an deux mille vingt-six, le trente et un mars` (T13).

    `jour=True` names the weekday; `formule=False` gives a plain `trente et un mars deux mille vingt-six`.

    >>> date_en_lettres("2026-03-31"), date_en_lettres("2026-03-01", Profil(annee="deux mil"))
    ('L’an deux mille vingt-six, le trente et un mars', 'L’an deux mil vingt-six, le premier mars')
    """
    day = as_date(valeur)
    number = "premier" if day.day == 1 else en_lettres(day.day, profil)
    words = f"{number} {MOIS[day.month - 1]}"
    if jour:
        words = f"{JOURS[day.weekday()]} {words}"
    year = _year(day.year, profil)
    return profil.apostrophes(f"L’an {year}, le {words}") if formule else f"{words} {year}"


def _year(annee: int, profil: Profil = DEFAUT) -> str:
    """A year in words: `deux mille vingt-six`, or `deux mil vingt-six` in a house that writes `mil`.

    >>> _year(2026, Profil(annee="deux mil")), _year(2000, Profil(annee="deux mil"))
    ('deux mil vingt-six', 'deux mille')
    """
    words = en_lettres(annee, profil)
    if profil.annee == "deux mil" and annee % 1000:
        words = re.sub(r"\bmille\b", "mil", words)
    return words


@lru_cache(maxsize=2048)
def periode(debut: Date, fin: Date, profil: Profil = DEFAUT) -> str:
    """A period, its month and year said once when they are the same (T12).

    >>> periode("2026-03-03", "2026-03-07").replace(NBSP, "~")
    'du 3 au 7~mars 2026'
    >>> periode("2026-02-28", "2026-03-03").replace(NBSP, "~")
    'du 28~février au 3~mars 2026'
    >>> periode("2027-01-01", "2031-12-31").replace(NBSP, "~")
    'du 1er~janvier 2027 au 31~décembre 2031'

    Raises `ValueError` (French) when the end comes before the start.
    """
    first, last = as_date(debut), as_date(fin)
    if last < first:
        start, end = date_longue(first, profil), date_longue(last, profil)
        raise ValueError(f"la période finit le {end}, avant son début, le {start}.")
    if first == last:
        return f"le {date_longue(first, profil)}"
    if (first.year, first.month) == (last.year, last.month):
        start = _day(first)
    else:
        start = date_longue(first, profil, annee=first.year != last.year)
    return f"du {start} au {date_longue(last, profil)}"


@lru_cache(maxsize=512)
def heure(valeur: Heure, profil: Profil = DEFAUT) -> str:
    """An hour or a duration, each part after a no-break space (T10).

    >>> heure("18h30").replace(NBSP, "~"), heure(time(18)).replace(NBSP, "~"), heure("35h").replace(NBSP, "~")
    ('18~h~30', '18~h', '35~h')
    >>> heure(17.5).replace(NBSP, "~"), heure("1607h").replace(NBSP, "~").replace("\\u202f", "_")
    ('17~h~30', '1_607~h')

    A number is a count of hours. Raises `ValueError` (French) on anything else.
    """
    hours, minutes = as_hours(valeur)
    figures = group_thousands(str(hours), profil)
    return f"{figures}{NBSP}h" + (f"{NBSP}{minutes:02d}" if minutes else "")


def heure_en_lettres(valeur: Heure, profil: Profil = DEFAUT) -> str:
    """An hour in words, as an opening formula says it.

    >>> heure_en_lettres("18:30"), heure_en_lettres("21h"), heure_en_lettres("1h01")
    ('dix-huit heures trente', 'vingt et une heures', 'une heure une')
    """
    hours, minutes = as_hours(valeur)
    words = en_lettres(hours, profil, feminin=True) + " heure" + "s" * (hours > 1)
    return f"{words} {en_lettres(minutes, profil, feminin=True)}" if minutes else words


def as_date(valeur: Date) -> date:
    """Any way to give a date: `date`, `datetime`, `2026-03-01`, `01/03/2026`, `dimanche 1er mars 2026`."""
    if isinstance(valeur, datetime):
        return valeur.date()
    if isinstance(valeur, date):
        return valeur
    text = str(valeur).replace(NBSP, " ").strip()
    try:
        if match := _ISO.fullmatch(text):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _SLASHES.fullmatch(text):
            return date(int(match[3]), int(match[2]), int(match[1]))
        if match := _WORDS.fullmatch(text):
            return date(int(match[3]), numero_de_mois(match[2]) or 0, int(match[1]))
    except ValueError as error:
        raise ValueError(f"«\u00a0{text}\u00a0» n’est pas une date du calendrier.") from error
    raise ValueError(f"«\u00a0{text}\u00a0» n’est pas une date (écrivez 2026-03-01 ou 01/03/2026).")


def as_hours(valeur: Heure) -> tuple[int, int]:
    """(hours, minutes) of any way to give an hour or a duration."""
    if isinstance(valeur, time | datetime):
        return valeur.hour, valeur.minute
    if isinstance(valeur, timedelta):
        return divmod(round(valeur.total_seconds() / 60), 60)
    if isinstance(valeur, int | float | Decimal):
        return divmod(round(valeur * 60), 60)
    text = str(valeur).replace(NBSP, " ").replace("\u202f", " ").strip()
    match = _HOUR.fullmatch(text)
    if match is None or int(match[2] or 0) > 59:
        raise ValueError(f"«\u00a0{text}\u00a0» n’est pas une heure (écrivez 18:30 ou 18h30).")
    return int(match[1]), int(match[2] or 0)


def _day(day: date) -> str:
    return "1er" if day.day == 1 else str(day.day)
