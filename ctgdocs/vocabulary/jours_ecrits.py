"""Every day that a French text says, with its weekday when it is named: « du lundi 6 au vendredi 10 juillet
2026 », « le jeudi vingt-quatre septembre deux mille vingt-six », « mercredi 24/09/2026 », « 31 avril »."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

from ctgdocs.french import JOURS, MOIS_ECRIT, NUMERAL, lire_lettres, numero_de_mois
from ctgdocs.patterns import regex
from ctgdocs.vocabulary.as_typed import matches

_ABBREVIATED: Final = {day[:3]: day for day in JOURS}
_WEEKDAY: Final = rf"(?:(?:{'|'.join(JOURS)})|(?:{'|'.join(_ABBREVIATED)})\.)"
_SHORT: Final = {
    "janv": 1,
    "févr": 2,
    "fév": 2,
    "avr": 4,
    "juil": 7,
    "sept": 9,
    "oct": 10,
    "nov": 11,
    "déc": 12,
}
_MONTH: Final = rf"(?:(?:{MOIS_ECRIT})\b|(?:{'|'.join(_SHORT)})(?:\.|(?=\s(?:19|20)\d\d\b)))"
_IN_WORDS: Final = rf"(?:premier|{NUMERAL}(?:[\s-](?:et[\s-])?{NUMERAL}){{0,2}})"
_NUMBER: Final = r"(?:1er|\d{1,2})"
_AND: Final = r"(?:\s*,\s*|\s+(?:et|au|ou)\s+(?:le\s+|du\s+)?)"
_IN_FULL = regex(
    rf"(?<![\w/.-])(?P<avant>(?:(?:{_WEEKDAY}s?\s+)?{_NUMBER}{_AND}){{0,6}})"
    rf"(?:(?P<semaine>{_WEEKDAY}s?)\s+(?:le\s+)?)?(?P<jour>{_NUMBER}|{_IN_WORDS})\s+(?P<mois>{_MONTH})"
    rf"(?:\s+(?:(?P<annee>(?:1[789]|20)\d\d)\b|(?P<lettres>(?:deux\s+)?(?:mille|mil)(?:[\s-](?:et[\s-])?{NUMERAL}){{0,6}})))?",
    re.IGNORECASE,
)
_IN_DIGITS = regex(
    rf"(?<![\w/.-])(?:"
    rf"(?:(?P<semaine2>{_WEEKDAY})\s+(?:le\s+)?)?(?P<jour2>\d{{1,2}})[/.](?P<mois2>\d{{1,2}})[/.](?P<annee2>(?:19|20)\d\d|(?(semaine2)\d\d|(?!)))(?![\w/-]|\.\d)"
    rf"|(?:(?P<semaine4>{_WEEKDAY})\s+(?:le\s+)?|\b(?:le|du|au)\s+)(?P<jour4>\d\d)-(?P<mois4>\d\d)-(?P<annee4>(?:19|20)\d\d)(?![\w/-])"
    rf"|(?:(?P<semaine3>{_WEEKDAY})\s+(?:le\s+)?)?(?P<annee3>(?:19|20)\d\d)-(?P<mois3>\d\d)-(?P<jour3>\d\d)(?![\w-])"
    r")",
    re.IGNORECASE,
)
_NUMERIC = regex(r"\d[/.-]\d{1,2}[/.-]\d")
_NAMED = regex(rf"(?:{MOIS_ECRIT}|{'|'.join(_SHORT)})\b")
_BEFORE = regex(rf"(?:(?P<semaine>{_WEEKDAY}s?)\s+)?(?P<jour>{_NUMBER})(?={_AND})", re.IGNORECASE)
_REFERENCE = regex(
    r"(?:n\s?[°º]s?|réf(?:érence)?|numéro|dossier|délibération|arrêté|décision|marché|devis|facture)\s*:?\s*$",
    re.IGNORECASE,
)


class JourEcrit(NamedTuple):
    """A day said between two indexes of a text: its weekday (« lundi »; "" when none is named), and its
    numbers, whether they make a date or not; `annee` 0 when no year is said."""

    start: int
    end: int
    semaine: str
    jour: int
    mois: int
    annee: int

    @property
    def existe(self) -> bool:
        """Whether the calendar has it, in some year when none is said."""
        if not 1 <= self.mois <= 12:
            return False
        return 1 <= self.jour <= calendar.monthrange(self.annee or 2028, self.mois)[1]

    @property
    def date(self) -> date | None:
        """The day itself, when the year is said and the calendar has it."""
        return date(self.annee, self.mois, self.jour) if self.annee and self.existe else None


def may_say_days(text: str) -> bool:
    """Whether a text has what every day has, whatever its digits."""
    return _NUMERIC.search(text) is not None or _names_a_month(text)


def _names_a_month(text: str) -> bool:
    return _NAMED.search(text.lower()) is not None


def jours_ecrits(text: str) -> Iterator[JourEcrit]:
    """The days that `text` says, in order; a number that is a reference (« n° 12/10/2026 ») is none.

    >>> [(j.semaine, j.date) for j in jours_ecrits("du lundi 6 au vendredi 10 juillet 2026")]
    [('lundi', datetime.date(2026, 7, 6)), ('vendredi', datetime.date(2026, 7, 10))]
    >>> [(j.semaine, str(j.date)) for j in jours_ecrits("l’an deux mille vingt-six, le jeudi trois mai")]
    [('jeudi', 'None')]
    """
    return iter(_days(text))


@lru_cache(maxsize=1024)
def _days(text: str) -> tuple[JourEcrit, ...]:
    """A text is read once, whatever the number of rules that ask for its days."""
    return tuple(sorted([*_in_words(text), *_in_digits(text)]))


def _in_digits(text: str) -> Iterator[JourEcrit]:
    for found in matches(_IN_DIGITS, text, _NUMERIC.search):
        if not _REFERENCE.search(text, max(0, found.start() - 16), found.start()):
            which = next(number for number in "234" if found[f"jour{number}"])
            day, month, year = (int(found[name + which]) for name in ("jour", "mois", "annee"))
            year += 2000 if year < 100 else 0
            start = found.start() if found["semaine" + which] else found.start("jour" + which)
            start = min(start, found.start("annee" + which))
            yield JourEcrit(start, found.end(), _weekday(found["semaine" + which]), day, month, year)


def _in_words(text: str) -> Iterator[JourEcrit]:
    for found in matches(_IN_FULL, text, _names_a_month):
        yield from _in_full(found)


def _in_full(found: re.Match[str]) -> Iterator[JourEcrit]:
    month = numero_de_mois(found["mois"]) or _SHORT.get(found["mois"].lower().rstrip("."), 0)
    year = int(found["annee"]) if found["annee"] else lire_lettres(found["lettres"] or "") or 0
    day = _number(found["jour"])
    if day is None or not month or not (year == 0 or 1700 <= year < 2200):
        return
    every = ""
    for one in _BEFORE.finditer(found["avant"] or ""):
        said = one["semaine"] or ""
        every = _weekday(said) if said.lower().endswith("s") else every
        weekday, before = _weekday(said) or every, _number(one["jour"])
        if weekday and before is not None:
            start = found.start("avant") + one.start()
            yield JourEcrit(start, start + len(one[0]), weekday, before, month, year)
    said = _weekday(found["semaine"])
    start = found.start("semaine") if said else found.start("jour")
    yield JourEcrit(start, found.end(), said or every, day, month, year)


def _weekday(said: str | None) -> str:
    """« mercredi » of « Mercredis » and of « mer. »."""
    word = (said or "").lower()
    return _ABBREVIATED.get(word.rstrip("."), word.removesuffix("s"))


def _number(words: str) -> int | None:
    """1 for « 1er » and « premier », 24 for « vingt-quatre »."""
    digits = words.lower().removesuffix("er")
    return int(digits) if digits.isdigit() else lire_lettres(words)
