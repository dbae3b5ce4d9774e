"""What a French sentence reckons, and says wrong: « 24 000 € et 22 800 €, soit un total de 46 900 € ».

Only what the sentence itself says to be the result of its own numbers is read: an equality, a total of the
sums just named, so many times a price, a part in percent, the years between two days. A number that may
come from elsewhere is left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Final

from ctgdocs.french import NUMERAL
from ctgdocs.patterns import regex
from ctgdocs.vocabulary.annonces import OF_NUMBERS, OF_WORDS
from ctgdocs.vocabulary.as_typed import SENTENCE_END
from ctgdocs.vocabulary.coherence import coherent
from ctgdocs.vocabulary.ecarts import IN_A_SENTENCE, ballot, so_many_before, some_make
from ctgdocs.vocabulary.jours_ecrits import JourEcrit, jours_ecrits
from ctgdocs.vocabulary.nombres_ecrits import (
    EURO,
    MONEY,
    UNIT,
    VALUE,
    Faux,
    close,
    combien,
    valeur,
    wrong,
)
from ctgdocs.vocabulary.proportions import OF_A_WHOLE
from ctgdocs.vocabulary.rapports import RELATED, items, partitions, posts, renewals
from ctgdocs.vocabulary.resultats import ANNOUNCED, accounts, announced

_DIGITS = regex(r"\d[\d \u00a0\u202f]*")
_NUMERALS = regex(rf"\b{NUMERAL}\b", re.IGNORECASE)
_SAYS_A_RESULT: Final = (
    "=", "soit", "total", "%", ": ", "dont", "dédui", "compos", "répart", "ventil", "durée", "période",
    "sur ", "sur\n", "sur\u00a0", "représente", "équivaut", "correspond", "fait", "font", "donne",
    "unanimité", "majorité", "exemplaire", "élève", "versé", "financé", "montant", "charge", "couvr",
    "ans)", "années)", " ans", "divis", "doubl", "tripl", "moitié", "absents", "présents", "ramené", "porte",
    "par ", "fois", "dépense", "recette", "écart", "différence", "quorum", "suffrages", "économie",
)  # fmt: skip


def may_reckon(text: str) -> bool:
    """Whether a text has a word that says a result."""
    small = text.lower()
    return any(sign in small for sign in _SAYS_A_RESULT)


def calculs_faux(text: str) -> Iterator[Faux]:
    """The results of a text that its own numbers deny.

    >>> [(f.said, f.expected) for f in calculs_faux("7 places à 3 900 €, soit un total de 27 500 €.")]
    [('27 500 €', '27 300 €')]
    >>> [*calculs_faux("Une aide de 24 000 €, soit 60 % de 40 000 €.")]
    []
    """
    start = 0
    for end in [*(cut.end() for cut in SENTENCE_END.finditer(text)), len(text)]:
        if may_reckon(text[start:end]):
            yield from (found._replace(start=start + found.start) for found in _in_one(text[start:end]))
        start = end
    if "ntre" in text and "otants" in text:
        yield from ballot(text)
    if "ecettes" in text or "roduits" in text:
        yield from accounts(text)
    if ";" in text and "soit" in text:
        yield from items(text)


@lru_cache(maxsize=1024)
def _in_one(sentence: str) -> tuple[Faux, ...]:
    """The wrong results of a sentence, each told by the first who reads it."""
    told: dict[int, Faux] = {}
    digits = len(_DIGITS.findall(sentence))
    several = digits > 1 or digits + len(_NUMERALS.findall(sentence)) > 1
    for reader in (_READERS if digits else _IN_LETTERS) if several else OF_WORDS:
        for found in reader(sentence):
            told.setdefault(found.start, found)
    if told or not several:
        return tuple(told.values())
    return (*coherent(sentence), *announced(sentence))[:1]


# --- « 12 000 € + 3 000 € = 15 000 € »


_TERM: Final = rf"(?:{VALUE}){UNIT}"
_EQUALITY = regex(
    rf"(?<![\w+=×*/-])(?P<left>{_TERM}(?:\s*(?:\+|×|\*|÷|(?<=\s)[x/–−-](?=\s))\s*{_TERM}){{1,12}})\s*(?:=|,?\s+soit\s)\s*(?P<right>(?:{VALUE}){UNIT})"
    rf"(?!\s*[+×*÷])",
    needs="=|soit",
)
_OPERATION = regex(rf"(?P<op>[+×*÷x/–−-])|(?P<n>{VALUE})(?P<part>\s?%)?")


def _equalities(sentence: str) -> Iterator[Faux]:
    for found in _EQUALITY.finditer(sentence) if "=" in sentence or "soit" in sentence else ():
        made = None if _mixes(sentence, found) else _evaluated(found["left"])
        if made is not None and not close(found["right"], made):
            yield wrong(found.start("right"), found["right"], made, sure=True)


_ITS_UNIT = regex(rf"(?:{VALUE})\s?(?P<unit>%|[^\W\d_]+|€)?")


def _mixes(sentence: str, found: re.Match[str]) -> bool:
    """Whether an equality is of hours and minutes, of percents, or adds what is not of one kind."""
    units = {one["unit"][:4].lower() for one in _ITS_UNIT.finditer(found[0]) if one["unit"]} - {"soit", "x"}
    added = re.search(r"[+–−-]", found["left"]) is not None
    clock = "h" in units and re.match(r"\s?\d\d\b", sentence[found.end() :]) is not None
    minutes = re.search(r"\dh?\s?$|\bh\s?$", sentence[: found.start()]) is not None
    return clock or minutes or (added and (len(units) > 1 or "%" in units))


def _evaluated(expression: str) -> Decimal | None:
    """What additions and multiplications make; None for what divides by nothing."""
    sums, operator = [Decimal(0)], "+"
    for found in _OPERATION.finditer(expression):
        if found["op"]:
            operator = found["op"]
            continue
        number = valeur(found["n"]) / (100 if found["part"] else 1)
        if operator in "+–−-":
            sums.append(number if operator == "+" else -number)
        elif operator in "×*x":
            sums[-1] *= number
        elif number:
            sums[-1] /= number
        else:
            return None
    return sum(sums, Decimal(0))


# --- « 24 000 € et 22 800 €, soit un total de 46 800 € », « 46 800 €, répartis en 24 000 € et 22 800 € »


_IN_ALL: Final = (
    r"(?:un\s+(?:montant|coût|budget|financement)\s+(?:total|global)\s+(?:de|d[’'])|une?\s+(?:total|somme|dépense|enveloppe)"
    r"(?:\s+(?:totale|globale))?\s+(?:de|d[’'])|au\s+total|en\s+tout|ensemble)"
)
_TOTAL = regex(
    rf"(?:\bsoit(?:\s+donc)?\s*,?\s+{_IN_ALL}\s*:?\s*(?P<total>{MONEY}))"
    rf"|(?:\bsoit\s+(?P<apres>{MONEY})\s+(?:au\s+total|en\s+tout|ensemble)\b)"
    rf"|(?:\bpour\s+un\s+(?:(?:montant|coût|budget|financement)\s+)?total\s+(?:de\s+)?(?P<pour>{MONEY}))"
    rf"|(?:,\s+(?:le\s+)?total\s+(?:général\s+)?(?:de\s+|:\s*|est\s+de\s+)?(?P<enfin>{MONEY}))",
    re.IGNORECASE,
    needs="soit|total",
)
_SHARED = regex(
    rf"(?P<total>{MONEY})[^.;€]{{0,40}}?\b(?:répartie?s?|ventilée?s?|se\s+(?:décompos|répartiss|ventil)\w+|composée?s?"
    rf"|versée?s?\s+en\s+(?:\d|{NUMERAL})\s+(?:fois|versements|tranches|échéances|acomptes)|(?P<among>financée?s?\s+par))(?!\w)"
    rf"(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
    needs="composé|décompos|financé|réparti|ventil|versé & eur|€",
)
_DETAILED = regex(
    rf"\btotal(?:e|aux|es)?\b[^.;:€(]{{0,60}}?(?P<total>{MONEY})\s*(?::|\()(?P<rest>[^.;)]*)",
    re.IGNORECASE,
    needs="total & eur|€",
)
"""« le total s’élève à 46 800 € : 24 000 € pour la Caf et 22 800 € pour la MSA »"""
_INCLUDING = regex(rf"(?P<total>{MONEY})\s*,\s*dont\b(?P<rest>[^.;)]*)", re.IGNORECASE, needs="dont & eur|€")
"""« 46 800 €, dont 24 000 € de la Caf et 10 000 € de la MSA »: the parts never pass the whole."""
_MANY = regex(MONEY, re.IGNORECASE, needs="eur|€")
_MOST_TERMS = 8


def _totals(sentence: str) -> Iterator[Faux]:
    if not _MANY.search(sentence):
        return
    for found in _TOTAL.finditer(sentence):
        group = next(name for name in ("total", "apres", "pour", "enfin") if found[name])
        terms = [valeur(one[0]) for one in _MANY.finditer(sentence, 0, found.start())]
        said = valeur(found[group])
        if 2 <= len(terms) <= _MOST_TERMS and not some_make(terms, said) and not _MULTIPLIED.search(sentence):
            yield wrong(found.start(group), found[group], sum(terms, Decimal(0)))
    detailed = _DETAILED.search(sentence) if "total" in sentence else None
    if detailed is not None:
        parts = [valeur(one[0]) for one in _MANY.finditer(detailed["rest"])]
        if 2 <= len(parts) <= _MOST_TERMS and not some_make(parts, valeur(detailed["total"])):
            yield wrong(detailed.start("total"), detailed["total"], sum(parts, Decimal(0)))
    part = _INCLUDING.search(sentence) if "dont" in sentence else None
    parts = [valeur(one[0]) for one in _MANY.finditer(part["rest"])] if part else []
    whole = valeur(part["total"]) if part else Decimal(0)
    several = 2 <= len(parts) <= _MOST_TERMS and max(parts) <= whole
    if part is not None and several and sum(parts) > whole + 1 and not some_make(parts, whole):
        yield wrong(part.start("total"), part["total"], sum(parts, Decimal(0)))
    shared = _SHARED.search(sentence)
    if shared is not None:
        parts = [valeur(one[0]) for one in _MANY.finditer(shared["rest"])]
        said = valeur(shared["total"])
        whole = sum(parts, Decimal(0))
        partly = shared["among"] and whole < said * Decimal("0.95")  # the rest is for the house
        if 2 <= len(parts) <= _MOST_TERMS and not partly and not some_make(parts, said):
            yield wrong(shared.start("total"), shared["total"], whole)


# --- « 12 places à 3 900 €, soit 46 800 € », « 3 900 € par an pendant cinq ans, soit 19 500 € »


_SO: Final = rf"\s*,?\s*\(?soit\s+(?:{_IN_ALL}\s*:?\s*|un\s+(?:montant|coût)\s+(?:annuel\s+)?de\s+)?"
_QUANTITY: Final = rf"(?:{VALUE})\s?(?:{EURO}|ETP\b|heures?\b|h\b|places\b)"
_TIMES = regex(
    rf"(?P<many>{VALUE})\s+(?P<what>[^\W\d_]+(?:\s+[^\W\d_]+){{0,4}}?)\s+(?:à|au\s+tarif\s+de|au\s+prix\s+de|de)\s+(?P<each>{_QUANTITY})"
    rf"(?:\s+(?:l[’']une?|l[’']unité|chacune?|par\s+[^\W\d_]+))?{_SO}(?P<total>{_QUANTITY})",
    re.IGNORECASE,
    needs="soit",
)
_MULTIPLIED = regex(
    r"\d\s*(?:×|\bx\b|fois)|\bpar\s+\w+|\bchacune?\b|\bl[’']une?\b|\d\s+\w+\s+à\s+\d[\d \u00a0\u202f]*\s?€",
    re.IGNORECASE,
)
_EACH_YEAR = regex(
    rf"(?P<each>{MONEY})\s+par\s+(?:an|mois|année|trimestre|séance|jour|enfant|place)\b[^.;€]{{0,30}}?\b(?:pendant|sur|durant|pour)\s+(?P<many>\d+|[a-zé]+(?:-[a-zé]+)*)\s+"
    rf"(?:ans?|années|mois|trimestres|séances|jours|enfants|places){_SO}(?P<total>{MONEY})",
    re.IGNORECASE,
    needs="soit & eur|€",
)


def _products(sentence: str) -> Iterator[Faux]:
    for pattern in (_TIMES, _EACH_YEAR) if "soit" in sentence else ():
        for found in pattern.finditer(sentence):
            many = combien(found["many"])
            if (
                many is None
                or not _alike(found["each"], found["total"])
                or (pattern is _TIMES and re.search(r"\b(?:budget|année|exercice)\b", found["what"], re.I))
            ):
                continue
            made = many * valeur(found["each"])
            more = so_many_before(sentence, found.start()) if valeur(found["total"]) != made else None
            made *= more or 1  # « 2 animateurs pendant 6 semaines à 35 heures »
            rounded = "€" in found["total"] or "eur" in found["total"].lower()
            if valeur(found["total"]) != made and not (rounded and close(found["total"], made)):
                yield wrong(found.start("total"), found["total"], made)


def _alike(one: str, other: str) -> bool:
    """Whether two quantities are of the same thing."""
    return re.sub(r"[\d\s,]", "", one)[:2].lower().replace("eu", "€") == re.sub(r"[\d\s,]", "", other)[
        :2
    ].lower().replace("eu", "€")


# --- « 60 % de 41 500 €, soit 24 900 € », « 24 900 € sur 41 500 €, soit 60 % »


_PART = regex(
    rf"(?P<rate>{VALUE})\s?%\s+(?:de\s+la\s+dépense\s+de\s+|d[’']un\s+(?:coût|montant|total)\s+(?:total\s+)?de\s+|du\s+(?:coût|montant|total)\s+(?:total\s+)?(?:de\s+|\()|de\s+|des\s+)"
    rf"(?P<base>{MONEY})\)?(?:{_SO}|\s*,?\s*(?:s[’']élève(?:nt)?\s+à|est\s+de)\s+)(?P<part>{MONEY})",
    re.IGNORECASE,
    needs="% & eur|€",
)
_RATE = regex(
    rf"(?P<part>{MONEY})\s*,?\s*(?:\(?soit\s+(?P<rate>{VALUE})\s?%\s+(?:d[’']un\s+(?:coût|montant|total)\s+(?:total\s+)?de|du\s+(?:coût|montant|total)\s+(?:total\s+)?de|de|des)\s+(?P<base>{MONEY})"
    rf"|sur\s+(?:un\s+(?:coût|montant|total|budget)\s+(?:total\s+)?de\s+)?(?P<base2>{MONEY})\s*,?\s*\(?soit\s+(?P<rate2>{VALUE})\s?%)",
    re.IGNORECASE,
    needs="soit & eur|€",
)


def _parts(sentence: str) -> Iterator[Faux]:
    if "%" not in sentence:
        return
    for found in _PART.finditer(sentence):
        made = valeur(found["rate"]) * valeur(found["base"]) / 100
        if not close(found["part"], made, Decimal(1) if made % 1 else Decimal("0.5")):
            yield wrong(found.start("part"), found["part"], made)
    for found in _RATE.finditer(sentence):
        rate, base = found["rate"] or found["rate2"], found["base"] or found["base2"]
        if valeur(base):
            made = valeur(found["part"]) / valeur(base) * 100
            _, _, decimals = rate.partition(",")
            if abs(valeur(rate) - made) > Decimal("1.01").scaleb(-len(decimals)):
                yield wrong(found.start("rate" if found["rate"] else "rate2"), rate, made)


# --- « du 1er janvier 2027 au 31 décembre 2031, soit une durée de cinq ans »


_HOW_LONG: Final = r"(?P<n>\d+|[a-zé]+(?:-[a-zé]+)*)(?:\s+\(\d+\))?\s+(?P<unit>ans?|années?|mois|jours?)\b"
_LASTS = regex(
    rf"(?:,?\s*\(?soit\s+|,?\s*pour\s+|,?\s*pendant\s+)(?:une\s+(?:durée|période)\s+(?:totale\s+)?(?:de|d[’'])\s*)?{_HOW_LONG}",
    re.IGNORECASE,
    needs="pendant|pour|soit",
)
_LASTING = regex(
    rf"\b(?:(?:durée|période)\s+(?:de|d[’'])|pour|pendant)\s*{_HOW_LONG}[^.;]{{0,60}}?\b(?:du|à\s+compter\s+du|à\s+partir\s+du|allant\s+du|soit\s+du)\s*$",
    re.IGNORECASE,
    needs="durée|pendant|pour|période",
)
_TO = regex(
    r"\s*(?:inclus\s+)?(?:,\s*)?(?:au|jusqu[’']au|et\s+jusqu[’']au|et\s+(?:s[’']achève|prend\s+fin|expire)\s+le|soit\s+jusqu[’']au)\s+",
    re.IGNORECASE,
)


def _lengths(sentence: str) -> Iterator[Faux]:
    days = list(jours_ecrits(sentence)) if re.search(r"\b(?:ans?|années?|mois|jours?)\b", sentence) else []
    for first, last in pairwise(days):
        start, end = _year_of(first, last), last.date
        if (
            start is None
            or end is None
            or end <= start
            or not _TO.fullmatch(sentence[first.end : last.start])
        ):
            continue
        found = _LASTS.match(sentence, last.end) or _LASTING.search(sentence, 0, first.start)
        many = combien(found["n"]) if found else None
        if found is None or many is None:
            continue
        expected = _lasted(start, end, found["unit"].lower()[:2], int(many))
        if expected:
            yield Faux(found.start("n"), f"{found['n']} {found['unit']}", expected)


def _year_of(first: JourEcrit, last: JourEcrit) -> date | None:
    """The first day, with the year of the last one when it has none of its own."""
    return first.date or first._replace(annee=last.annee).date


def _lasted(start: date, end: date, unit: str, many: int) -> str:
    """What is right between two days, "" when `many` is: the last day included, or the day after."""
    after = end + timedelta(days=1)
    if unit == "jo":
        spans = {(end - start).days, (after - start).days, (end - start).days - 1}
        return "" if many in spans else f"{(after - start).days} jours"
    months = {
        (day.year - start.year) * 12 + day.month - start.month for day in (end, after) if day.day == start.day
    }
    if unit == "mo":
        return "" if not months or many in months else f"{max(months)} mois"
    if not months or any(month % 12 for month in months):
        return ""
    years = {month // 12 for month in months}
    return "" if many in years else f"{max(years)} ans"


_IN_LETTERS: Final = (*OF_WORDS, renewals, posts, partitions)
_READERS: Final = (
    _equalities,
    _totals,
    _products,
    _parts,
    _lengths,
    *IN_A_SENTENCE,
    *OF_A_WHOLE,
    *OF_NUMBERS,
    *OF_WORDS,
    *RELATED,
    *ANNOUNCED,
)
