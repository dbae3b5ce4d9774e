"""What a French sentence counts and divides, and says wrong: shares that do not make a whole, a rate of so
many on so many, different things in one total, parts larger than their whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from ctgdocs.french import NUMERAL
from ctgdocs.patterns import regex
from ctgdocs.vocabulary.ecarts import some_make
from ctgdocs.vocabulary.nombres_ecrits import MONEY, VALUE, Faux, combien, valeur, wrong

_WORDS: Final = r"(?:\s+[^\W\d_][\w’'-]*){0,4}?"
_SO: Final = r"\s*,?\s*\(?soit\s+"
_ABOUT: Final = regex(
    r"\b(?:environ|près\s+de|plus\s+de|moins\s+de|quelque|presque|au\s+moins)\b",
    re.IGNORECASE,
    needs="environ|moins|plus|presque|près|quelque",
)

# --- « 60 % par la Caf, 20 % par la MSA et 30 % par la commune »


_PERCENT = regex(
    rf"(?P<n>{VALUE})\s?%(?!\s+(?:de\s+plus|de\s+moins|du\s+reste|d[eu]s?\s+cet?(?:te|s)?\b))", needs="%"
)
_SHARED_OUT = regex(
    r"\b(?:financ(?:ée?s?|e|ent)|financement|répart\w+|ventil\w+|versée?s?|tranches?|partag\w+|prise?s?\s+en\s+charge)\b",
    re.IGNORECASE,
    needs="financ|partag|pris|répart|tranche|ventil|versé",
)
_THE_REST = regex(
    rf"\b(?:solde|reste)\s*,?\s*(?:soit\s+|(?:étant\s+)?(?:de|à)\s+)?(?:{VALUE})\s?%",
    re.IGNORECASE,
    needs="% & reste|solde",
)
_OTHER_RATES = regex(
    r"\b(?:taux|hausse|baisse|augment\w+|TVA|moyenne|quotité|agents?|temps|20\d\d|années?)\b", re.IGNORECASE
)


def shares_of_a_whole(sentence: str) -> Iterator[Faux]:
    """Parts in percent of one whole that are not a hundred: nearly so, as a slip is."""
    found = list(_PERCENT.finditer(sentence)) if "%" in sentence else []
    rest = _THE_REST.search(sentence) is not None
    if len(found) < (2 if rest else 3) or not (rest or _SHARED_OUT.search(sentence)):
        return
    terms = [valeur(one["n"]) for one in found]
    whole = sum(terms, Decimal(0))
    if _OTHER_RATES.search(sentence) or _ABOUT.search(sentence) or some_make(terms, Decimal(100)):
        return
    if 85 <= whole <= 115 and abs(whole - 100) > 1:
        last = found[-1]
        yield wrong(last.start("n"), last[0], 100 - whole + terms[-1])


# --- « 34 places occupées sur 40, soit 85 % », « 17 h 30 sur 35 h, soit 50 % », « 28/35e, soit 80 % »


_CLOCK: Final = r"\d{1,3}\s?h(?:\s?\d\d)?"


def _rate(rank: str) -> str:
    return rf"{_SO}(?:un\s+(?:taux|pourcentage)[^%\d.;]{{0,50}}?\s+de\s+)?(?P<rate{rank}>{VALUE})\s?%"


def _count(name: str) -> str:
    return rf"(?P<{name}>{_CLOCK}|{VALUE})(?!\s?[€%]){_WORDS}"


_ON = regex(
    rf"{_count('a')}\s+sur\s+(?:un\s+total\s+de\s+)?{_count('b')}{_rate('')}"
    rf"|\bsur\s+(?:un\s+total\s+de\s+)?{_count('b2')}\s*,\s+{_count('a2')}{_rate('2')}"
    rf"|(?<!\d)(?P<a3>\d{{1,2}}(?:,\d+)?)\s?/\s?(?P<b3>35|36|39)(?:e|ème|èmes|h)?{_WORDS}{_rate('3')}",
    re.IGNORECASE,
    needs="/|soit",
)


def rates(sentence: str) -> Iterator[Faux]:
    """So many on so many, told in percent too."""
    for found in _ON.finditer(sentence) if "%" in sentence and "soit" in sentence else ():
        rank = next(rank for rank in ("", "2", "3") if found["a" + rank])
        part, whole, rate = _number(found["a" + rank]), _number(found["b" + rank]), found["rate" + rank]
        if not whole or part > whole or _ABOUT.search(found[0]):
            continue
        made = part / whole * 100
        _, _, decimals = rate.partition(",")
        if abs(valeur(rate) - made) > Decimal("1.01").scaleb(-len(decimals)):
            yield wrong(found.start("rate" + rank), rate, made)


def _number(typed: str) -> Decimal:
    """« 17 h 30 » as 17,5."""
    hours, clock, minutes = re.sub(r"\s", "", typed.lower()).partition("h")
    return Decimal(hours) + Decimal(minutes or 0) / 60 if clock else valeur(typed)


# --- « 12 filles et 14 garçons, soit 26 jeunes », « 320 m², dont 210 m² et 110 m² »


_TIME: Final = (
    r"(?:ans?|années|mois|jours?|semaines?|heures?|minutes?|fois|points|euros|exemplaires|séances?)"
)
_THING: Final = rf"(?:{VALUE})\s+(?!{_TIME}\b)[^\W\d_]{{3,}}s(?:\s+[^\W\d_]{{3,}}s)?"
_ONE: Final = rf"(?:{_THING}|(?:1|une?)\s+(?!{_TIME}\b)[^\W\d_]{{3,}})"
_SEVERAL = regex(
    rf"(?P<list>{_ONE}(?:\s*,\s*{_ONE}){{0,6}}\s+et\s+{_ONE})(?:\s+[^\W\d_]{{3,}})?{_SO}(?:un\s+total\s+de\s+)?"
    rf"(?P<total>{VALUE})\s+(?P<what>(?!{_TIME}\b)[^\W\d_]{{4,}}s)"
    r"(?!\s+(?:par|en\s+moyenne|de\s+(?:plus|moins)|supplémentaires?|chacun|pour\s+\w+))",
    re.IGNORECASE,
    needs="soit",
)
_COUNTED = regex(rf"(?P<n>{VALUE}|(?<!\w)une?(?=\s))", re.IGNORECASE)
_INCLUDING = regex(
    rf"(?P<total>{VALUE})\s?(?P<what>m²|m2|ha|km|ETP)(?:\s+[^\W\d_]+)?\s*,\s*dont\b(?P<rest>[^.;)]*)",
    re.IGNORECASE,
    needs="dont",
)


def different_things(sentence: str) -> Iterator[Faux]:
    """Things of several names in one total; the parts of a whole that is no sum of money."""
    for found in _SEVERAL.finditer(sentence) if "soit" in sentence else ():
        counted = (one["n"].lower().replace("une", "un") for one in _COUNTED.finditer(found["list"]))
        terms = [combien(one) or Decimal(0) for one in counted]
        said = valeur(found["total"])
        if 2 <= len(terms) <= 8 and said > max(terms) and not some_make(terms, said):
            yield wrong(found.start("total"), f"{found['total']} {found['what']}", sum(terms, Decimal(0)))
    for found in _INCLUDING.finditer(sentence) if "dont" in sentence else ():
        each = rf"(?P<n>{VALUE})\s?{re.escape(found['what'])}(?!\w)"
        terms = [valeur(one["n"]) for one in re.finditer(each, found["rest"], re.IGNORECASE)]
        whole = valeur(found["total"])
        if 2 <= len(terms) <= 8 and max(terms) < whole < sum(terms) - 1 and not some_make(terms, whole):
            yield wrong(found.start("total"), f"{found['total']} {found['what']}", sum(terms, Decimal(0)))


# --- « trois communes versent 2 500 € chacune, soit 7 500 € », « 5 000 € et 4 000 €, soit 9 000 € »


_EACH = regex(
    rf"\b(?P<many>\d+|{NUMERAL})\s+[^\W\d_]{{3,}}s{_WORDS}\s+(?P<each>{MONEY})\s+chacune?s?{_SO}(?:un\s+total\s+de\s+)?(?P<total>{MONEY})",
    re.IGNORECASE,
    needs="chacun & soit",
)
_LISTED = regex(
    rf"(?P<list>{MONEY}(?:[^.;€:=]{{0,50}}?(?:,|\bet\b|\bpuis\b)[^.;€:=]{{0,50}}?{MONEY}){{1,6}}[^.;€:=]{{0,40}}?)\s*,\s*soit\s+(?P<total>{MONEY})\s*(?=[.;,)]|$)",
    re.IGNORECASE,
    needs="soit & eur|€",
)
_NOT_A_SUM = regex(
    r"%|\d\s*(?:×|\bx\b|fois)|\bpar\s+(?:an|mois|enfant|place|jour|séance|heure|agent|élève|habitant|repas)\b|\bchacune?\b|\bl[’']une?\b|/|\bpass\w+\s+de\b"
    r"|\bau\s+lieu\s+de\b|\bdédui|\bavance|\bcontre\b|\b[àa]\s+\d[\d \u00a0\u202f]*\s?€\s+l",
    re.IGNORECASE,
)
_MANY = regex(MONEY, re.IGNORECASE, needs="eur|€")


def sums_told_once(sentence: str) -> Iterator[Faux]:
    """Several who give so much each; sums in a list that « soit » adds up, told when the result is nearly
    theirs."""
    for found in _EACH.finditer(sentence) if "chacun" in sentence else ():
        many = combien(found["many"].lower())
        if many and valeur(found["total"]) != many * valeur(found["each"]):
            yield wrong(found.start("total"), found["total"], many * valeur(found["each"]))
    for found in _LISTED.finditer(sentence) if "soit" in sentence else ():
        terms = [valeur(one[0]) for one in _MANY.finditer(found["list"])]
        said, whole = valeur(found["total"]), sum(terms, Decimal(0))
        near = max(terms) < said and abs(said - whole) <= whole / 4
        if near and not some_make(terms, said) and not _NOT_A_SUM.search(sentence):
            yield wrong(found.start("total"), found["total"], whole)


OF_A_WHOLE: Final = (shares_of_a_whole, rates, different_things, sums_told_once)
