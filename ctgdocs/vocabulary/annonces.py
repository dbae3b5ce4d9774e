"""What a French sentence announces and then denies: a fraction, so many years, a price and its number, a list
of names, an unanimity with voices against, as many copies as parties, a period that ends before it begins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Final

from ctgdocs.french import JOURS, MOIS_ECRIT, NUMERAL
from ctgdocs.patterns import regex
from ctgdocs.vocabulary.jours_ecrits import jours_ecrits
from ctgdocs.vocabulary.nombres_ecrits import MONEY, VALUE, Faux, close, combien, valeur, wrong
from ctgdocs.vocabulary.noms import PROPER

_MANY: Final = rf"(?:{VALUE}|{NUMERAL})"
_SO: Final = r"\s*\)?\s*,?\s*\(?soit\s+"

# --- « la moitié des 48 places, soit 24 places », « un tiers de la dépense de 27 000 €, soit 9 000 € »


_FRACTIONS: Final = {
    "moitié": Decimal(1) / 2, "deux tiers": Decimal(2) / 3, "tiers": Decimal(1) / 3,
    "trois quarts": Decimal(3) / 4, "quart": Decimal(1) / 4, "double": Decimal(2), "triple": Decimal(3),
}  # fmt: skip
_FRACTION = regex(
    rf"\b(?P<part>{'|'.join(_FRACTIONS)})\s+(?:du|des|de|d[’'])[^.;€]{{0,50}}?(?P<base>{VALUE})\s?"
    r"(?P<of>€|[^\W\d_]{3,})"
    rf"[^.;€\d]{{0,30}}?{_SO}(?P<said>{VALUE})\s?(?P<what>€|[^\W\d_]{{3,}})",
    re.IGNORECASE,
    needs="soit & double|moitié|quart|tiers|triple",
)


_OF_WHICH = regex(
    rf"\b(?P<part>{'|'.join(_FRACTIONS)})\s+(?:du|des|de|d[’'])[^.;€\d]{{0,40}}?{_SO}(?P<said>{MONEY}|{VALUE})[^.;€\d]{{0,20}}?\s+sur\s+(?:un\s+total\s+de\s+)?(?P<base>{MONEY}|{VALUE})",
    re.IGNORECASE,
)


def fractions(sentence: str) -> Iterator[Faux]:
    """A part of a whole of the same things, to the unit."""
    for found in _FRACTION.finditer(sentence) if "soit" in sentence else ():
        same = found["of"][:4].lower() == found["what"][:4].lower()
        made = valeur(found["base"]) * _FRACTIONS[" ".join(found["part"].lower().split())]
        if same and abs(valeur(found["said"]) - made) >= 1:
            yield wrong(found.start("said"), f"{found['said']} {found['what']}", made)
    for found in _OF_WHICH.finditer(sentence) if "soit" in sentence else ():
        made = valeur(found["base"]) * _FRACTIONS[" ".join(found["part"].lower().split())]
        if abs(valeur(found["said"]) - made) >= 1:
            yield wrong(found.start("said"), found["said"], made)


# --- « de 2022 à 2026, soit sur cinq ans »


_YEARS = regex(
    r"(?<![\d/-])(?P<du>20\d\d)\s?(?:à|au|[-–/])\s?(?P<au>20\d\d)\s*(?:,\s*soit|\(\s*(?:soit)?)\s*"
    rf"(?:(?:sur|pendant|pour|une\s+(?:durée|période)\s+de)\s+)?(?P<n>\d{{1,2}}|{NUMERAL})\s+(?P<unit>ans|années|exercices)\b",
    re.IGNORECASE,
    needs="(|soit & 20",
)


def years(sentence: str) -> Iterator[Faux]:
    """The years from one to another, the last one counted or not."""
    for found in _YEARS.finditer(sentence):
        lasted, said = int(found["au"]) - int(found["du"]), combien(found["n"])
        if said is not None and said not in (lasted, lasted + 1):
            words = f"{found['n']} {found['unit']}"
            yield Faux(found.start("n"), words, f"{lasted + 1} {found['unit']}")


# --- « coût par habitant : 2 € pour 4 250 habitants, soit 8 500 € », « trois agents à 80 %, soit 2,4 ETP »


_BY_HEAD = regex(
    rf"\bpar\s+(?P<what>[^\W\d_]+)\s*(?::|est\s+(?:de|fixée?\s+à)|de)?\s*(?P<each>{MONEY})\s*,?\s+pour\s+(?P<many>{VALUE})\s+(?P=what)s?{_SO}(?P<total>{MONEY})",
    re.IGNORECASE,
    needs="soit & pour",
)
_PART_TIME = regex(
    rf"\b(?P<many>{_MANY})\s+[^\W\d_]{{3,}}s\s+à\s+(?P<rate>{VALUE})\s?%\s*,?\s*\(?(?:soit|représentent|font|équivalent\s+à)\s+"
    rf"(?P<total>{VALUE})\s?(?:ETP|équivalents?[\s-]+temps[\s-]+plein)\b",
    re.IGNORECASE,
    needs="etp|équivalent & %",
)


def prices_and_posts(sentence: str) -> Iterator[Faux]:
    """So much a head for so many of them; so many posts at a part of the time."""
    for found in _BY_HEAD.finditer(sentence) if "soit" in sentence else ():
        made = valeur(found["each"]) * valeur(found["many"])
        if not close(found["total"], made, Decimal(1) if made % 1 else Decimal(0)):
            yield wrong(found.start("total"), found["total"], made)
    for found in _PART_TIME.finditer(sentence) if "%" in sentence else ():
        made = (combien(found["many"]) or Decimal(0)) * valeur(found["rate"]) / 100
        if made and abs(valeur(found["total"]) - made) > Decimal("0.05"):
            yield wrong(found.start("total"), found["total"], made)


# --- « à l’unanimité » with voices against; « adopté » with more against than for


_AGAINST = regex(
    rf"(?<![\d,])(?P<n>\d+|{NUMERAL})\s+(?:voix\s+|votes?\s+)?contre\b", re.IGNORECASE, needs="contre"
)
_UNANIMOUS = regex(r"\bunanimité\b", re.IGNORECASE, needs="unanimité")
_NOT_SO = regex(
    r"\b(?:pas|sans|non|moins|requise?|exige\w*|défaut|rejet\w*|puis|autre)\b",
    re.IGNORECASE,
    needs="autre|défaut|exige|moins|non|pas|puis|rejet|requis|sans",
)
_ADOPTED = regex(
    r"\b(?:adopt|approuv)ée?s?\b[^.;]{0,60}?(?<![\d,])(?P<pour>\d+)\s+(?:voix\s+)?pour\b[^.;\d]{0,20}?(?P<contre>\d+)\s+(?:voix\s+)?contre\b",
    re.IGNORECASE,
    needs="contre & adopt|approuv",
)


def verdicts(sentence: str) -> Iterator[Faux]:
    """What a vote is said to have given, against its own voices."""
    if "contre" not in sentence.lower() or _NOT_SO.search(sentence):
        return
    unanimous, against = _UNANIMOUS.search(sentence), _AGAINST.search(sentence)
    if unanimous and against and combien(against["n"].lower().replace("une", "un")):
        yield Faux(unanimous.start(), unanimous[0], f"{against['n']} voix contre")
    for found in _ADOPTED.finditer(sentence):
        if int(found["contre"]) > int(found["pour"]):
            yield Faux(found.start("pour"), f"{found['pour']} pour, {found['contre']} contre", "un rejet")


# --- « quatre communes : Esparnac, Le Causol et Viguerol », « deux exemplaires, un pour chacune des trois… »


_PEOPLE: Final = (
    "membres|élue?s|conseill(?:ers|ères)|délégué(?:e?s)|maires|agents|personnes|représentant(?:e?s)"
)
_COPIES = regex(
    rf"\b(?P<n>\d+|{NUMERAL})\s+(?:\(\d+\)\s+)?exemplaires?\b[^.;]{{0,40}}?\bune?\s+(?:exemplaire\s+)?pour\s+chacune?\s+des\s+(?P<m>\d+|{NUMERAL})\s+(?:parties|signataires)\b",
    re.IGNORECASE,
    needs="exemplaire",
)
_NAMES = regex(
    rf"\b(?P<n>\d{{1,2}}|(?i:{NUMERAL}))\s+(?P<what>communes|{_PEOPLE})\b(?P<said>[^.;:\d]{{0,60}}?)\s*:\s*(?P<list>(?:M\.\s|[^.;:\n])+)",
    needs=": & membres|élu|conseill|délégué|maires|agents|personnes|représentant|communes",
)
_ITEM: Final = {
    True: regex(rf"(?:(?:La|Le|Les|L’)\s?)?{PROPER}"),
    False: regex(rf"(?:M\.|Mme)\s{PROPER}"),
}
"""A name of the list: of a commune, of a person with the civility."""


def counts_of_names(sentence: str) -> Iterator[Faux]:
    """As many names as are announced, when the list is of names alone; as many copies as parties."""
    for found in _COPIES.finditer(sentence):
        copies, parties = (combien(found[name].lower()) for name in "nm")
        if copies and parties and copies != parties:
            yield Faux(found.start("n"), f"{found['n']} exemplaires", str(parties))
    for found in _NAMES.finditer(sentence):
        announced = combien(found["n"].lower())
        names = re.split(r",\s*(?:et\s+)?|\s+et\s+", re.sub(r"\s*\([^()]*\)", "", found["list"]).strip())
        item = _ITEM[found["what"] == "communes"]
        if re.search(r"\b(?:dont|notamment|parmi|sur)\b", found["said"]) or len(names) < 2:
            continue
        if announced and announced > 1 and announced != len(names) and all(map(item.fullmatch, names)):
            yield Faux(found.start("n"), f"{found['n']} {found['what']}", str(len(names)))


# --- « du 1er octobre 2026 au 30 septembre 2026 »


_IN_ONE_MONTH = regex(
    rf"\bdu\s+(?:(?:{'|'.join(JOURS)})\s+)?(?P<du>\d{{1,2}})(?:er)?\s+au\s+(?:(?:{'|'.join(JOURS)})\s+)?(?P<au>\d{{1,2}})(?:er)?\s+(?:{MOIS_ECRIT})\b(?:\s+20\d\d)?",
    re.IGNORECASE,
)


def within_a_month(text: str) -> Iterator[tuple[int, str]]:
    """« du 15 au 10 septembre »: the days of one month that do not follow, where and as typed; a period over
    two months says both."""
    for found in _IN_ONE_MONTH.finditer(text) if "du " in text else ():
        if int(found["du"]) >= int(found["au"]) and int(found["du"]) <= 31:
            yield found.start("du"), " ".join(text[found.start("du") : found.end()].split())


_UNTIL = regex(
    r"\s*(?:inclus\s*)?,?\s*(?:au|jusqu[’']au|et\s+(?:(?:prend|prendra)\s+fin|s[’']achève(?:ra)?|expire(?:ra)?)\s+(?:le|au))\s+",
    re.IGNORECASE,
)
_FROM = regex(
    r"\b(?:du|dès\s+le|effet\s+(?:le|au)|commence(?:ra)?\s+le|débute(?:ra)?\s+le)\s+$",
    re.I,
)
_MOVED = regex(
    r"\b(?:avanc|report|déplac|décal|pass|ramen|modifi|chang)\w*",
    re.IGNORECASE,
    needs="avanc|chang|décal|déplac|modifi|pass|ramen|report",
)


def a_rebours(text: str) -> Iterator[tuple[int, str]]:
    """The periods that end before they begin: where, as typed. A day that is moved to an earlier one is none.

    >>> [said for _, said in a_rebours("La période va du 1er octobre 2026 au 30 septembre 2026.")]
    ['1er octobre 2026 au 30 septembre 2026']
    """
    for first, last in pairwise(jours_ecrits(text)):
        if first.date is None or last.date is None or first.date <= last.date:
            continue
        before = text[max(0, first.start - 60) : first.start]
        if (
            _UNTIL.fullmatch(text, first.end, last.start)
            and _FROM.search(before)
            and not _MOVED.search(before)
        ):
            yield first.start, " ".join(text[first.start : last.end].split())


OF_WORDS: Final = (verdicts, counts_of_names)
"""Readers of sentences that need no digit."""
OF_NUMBERS: Final = (fractions, years, prices_and_posts)
