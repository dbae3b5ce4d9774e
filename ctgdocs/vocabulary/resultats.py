"""What a French sentence announces as the result of its other quantities, whatever its words: « six ateliers
de 150 € représentent 900 € », « 24 mois, soit deux ans », « 80 000 € : 55 000 € de personnel et 25 000 € de
charges ».

A result is told when no ordinary operation on the other quantities gives it, while one that fits their units
gives a number that is near: a slip, not a number that comes from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations
from typing import Final, NamedTuple

from ctgdocs.french import NUMERAL
from ctgdocs.patterns import regex
from ctgdocs.vocabulary.ecarts import some_make
from ctgdocs.vocabulary.nombres_ecrits import EURO, MONEY, VALUE, Faux, close, combien, valeur, wrong

_QUANTITY = regex(
    rf"(?<![\w/.-])(?P<n>{VALUE}|{NUMERAL})\s*(?:\(\s*\d+\s*\)\s*)?(?P<unit>{EURO}|%|[^\W\d_]{{2,}})",
    re.IGNORECASE,
)
_NO_QUANTITY = regex(
    r"(?:\b(?:articles?|art\.|n[°o]|numéro|chapitre|compte|titre|page|annexe|point|axe|fiche|QF|L\.|R\.|D\.|lot|phase|étape)\s*"
    r"|\b(?:en|depuis|dès|année|exercice|budget|campagne|rentrée)\s+(?=20\d\d\b)|\d\s?[/-]\s?)$",
    re.IGNORECASE,
)
_MONTHS: Final = [
    "janv",
    "févr",
    "mars",
    "avri",
    "mai",
    "juin",
    "juil",
    "août",
    "sept",
    "octo",
    "nove",
    "déce",
]
_RESULT = regex(
    r"(?:\bsoit(?:\s+donc)?|\b(?:ce\s+)?qui\s+(?:représente|fait|donne)|\breprésente(?:nt)?|\bfont|\béquiva(?:ut|lent)\s+à"
    r"|\bcorrespond(?:ent)?\s+à)\s+(?:un\s+(?:(?:montant|coût|budget|volume|besoin)\s+(?:total\s+|annuel\s+|global\s+)?|total\s+)d[e’'])?\s*$",
    re.IGNORECASE,
    needs="correspond|donne|fait|font|représente|soit|équiva",
)
_NOT_JUST = regex(
    r"\b(?:environ|près\s+d|plus\s+d|moins\s+d|au\s+(?:moins|plus)|quelque|presque|maxim\w+|plafon\w+|minim\w+|moyenne|supplémentaires?|"
    r"jusqu|hors|restant|outre|déduction|déjà|dont)",
    re.IGNORECASE,
)
_EACH: Final = r"\b(?:chacune?s?|par\s+{unit}|l[’']une?|l[’']unité|pièce)"
_FACTORS: Final = {
    "mois": (10, 11, 12), "mens": (10, 11, 12), "an": (10, 11, 12, 36, 47, 52), "sema": (5, 7, 36, 47, 52),
    "trim": (3, 4), "seme": (2, 6), "jour": (5, 7, 30, 36, 52, 365), "heur": (60, 1607), "minu": (60,),
    "deux": (2,), "coup": (2,), "dema": (2,),
}  # fmt: skip
"""What a sentence may multiply or divide by without saying it, once it speaks of that."""
_DAYS: Final = {
    "demi": (Decimal("0.5"), Decimal("0.5")),
    "jour": (Decimal(1), Decimal(1)), "sema": (Decimal(7), Decimal(7)), "mois": (Decimal(28), Decimal(31)),
    "trim": (Decimal(89), Decimal(92)), "seme": (Decimal(181), Decimal(184)),
    "an": (Decimal(364), Decimal(366)),
}  # fmt: skip
"""The least and the most days of a length of time."""
_MOST: Final = 6


class Quantite(NamedTuple):
    """A number of the sentence with its unit, the first letters of its name; `typed`: as it stands."""

    start: int
    end: int
    number: Decimal
    unit: str
    typed: str


def announced(sentence: str) -> Iterator[Faux]:
    """The last quantity that a sentence says to come from the others."""
    if not re.search(r"\b(?:soit|représente|font|fait|donne|équiva|correspond)", sentence):
        return
    found = [*quantites(sentence)]
    said = next(
        (one for one in reversed(found) if _RESULT.search(sentence, max(0, one.start - 80), one.start)), None
    )
    others = [one for one in found if one is not said]
    if said is None or not 1 <= len(others) <= _MOST or _NOT_JUST.search(sentence):
        return
    length = _in_time(others[-1] if len(others) == 1 else said, said)
    if length:
        yield Faux(said.start, said.typed, length)
        return
    expected = _expected(sentence, said, others)
    near = expected is not None and abs(said.number - expected) * 2 <= max(expected, said.number)
    if expected is not None and near and not comes_from(said, others, _factors(sentence)):
        yield wrong(said.start, said.typed, expected)


def quantites(sentence: str) -> Iterator[Quantite]:
    """The quantities of a sentence, in order; days, years and references are none."""
    for found in _QUANTITY.finditer(sentence):
        number = combien(found["n"].lower())
        unit = found["unit"].lower()
        unit = (
            "€"
            if unit.startswith(("€", "eur"))
            else "an"
            if unit[:2] == "an" and unit[:4] in ("an", "ans", "anné")
            else unit[:4]
        )
        year = unit == "" or (number is not None and 1900 <= number <= 2100 and "€" not in unit)
        article = found["n"].lower() in ("un", "une")
        if (
            number is None
            or article
            or year
            or unit in _MONTHS
            or _NO_QUANTITY.search(sentence, max(0, found.start() - 30), found.start())
        ):
            continue
        yield Quantite(found.start("n"), found.end(), number, unit, " ".join(found[0].split()))


def _in_time(one: Quantite, said: Quantite) -> str:
    """What a length of time makes in another unit, "" when it is what is said or no other length."""
    if one is said or one.unit == said.unit or not {one.unit, said.unit} <= _DAYS.keys():
        return ""
    (least, most), (small, large) = _DAYS[one.unit], _DAYS[said.unit]
    if {one.unit, said.unit} == {"demi", "jour"}:
        made = one.number * (Decimal("0.5") if one.unit == "demi" else 2)
        return "" if made == said.number else f"{made.normalize():f}".replace(".", ",")
    low, high = one.number * least / large, one.number * most / small
    if low <= said.number <= high or "jour" in (one.unit, said.unit):
        return ""
    exact = one.number * {"mois": 1, "trim": 3, "seme": 6, "an": 12}.get(one.unit, 0)
    made = exact / {"mois": 1, "trim": 3, "seme": 6, "an": 12}.get(said.unit, 1)
    return f"{made.normalize():f} {said.typed.split()[-1]}".replace(".", ",") if made else ""


def _expected(sentence: str, said: Quantite, others: Sequence[Quantite]) -> Decimal | None:
    """What the units make of the other quantities; None when they tell nothing."""
    rates = [one for one in others if one.unit == "%"]
    same = [one for one in others if one.unit == said.unit]
    counts = [one for one in others if one.unit not in ("€", "%")]
    if len(others) != 2 or said.unit == "%":
        return None
    if len(rates) == 1 and len(same) == 1:
        return rates[0].number * same[0].number / 100
    for one, other in (others, others[::-1]):
        unit = other.typed.split()[-1].rstrip("s")
        each = re.search(_EACH.format(unit=re.escape(unit)), sentence, re.IGNORECASE)
        if (
            one.unit == said.unit
            and other in counts
            and other.unit != one.unit
            and (each or _of(sentence, other, one))
        ):
            return one.number * other.number
    return None


def _of(sentence: str, many: Quantite, each: Quantite) -> bool:
    """« six ateliers de 150 € », « 46 semaines à 5 jours »."""
    between = sentence[many.end : each.start]
    return re.fullmatch(r"(?:\s+[^\W\d_]+){0,3}\s+(?:de|à|d’une\s+durée\s+de)\s+", between) is not None


def _factors(sentence: str) -> set[int]:
    words = {word[:4].lower().rstrip("snu") for word in re.findall(r"[^\W\d_]{2,}", sentence)}
    return {factor for word, factors in _FACTORS.items() if word.rstrip("snu") in words for factor in factors}


def comes_from(said: Quantite, others: Sequence[Quantite], factors: set[int]) -> bool:
    """Whether an ordinary operation on the other quantities gives a result, as it was rounded."""
    numbers = [one.number / 100 if one.unit == "%" else one.number for one in others]
    numbers += [1 - one.number / 100 for one in others if one.unit == "%"]
    results = {*numbers}
    for a, b in combinations(numbers, 2):
        results |= {a + b, abs(a - b), a * b, *((a / b, b / a) if a and b else ())}
    if len(numbers) >= 3:
        results |= {a * b * c for a, b, c in combinations(numbers, 3)}
    results |= {made for one in [*results] for factor in factors for made in (one * factor, one / factor)}
    return any(_rounded(said.number, one) for one in results) or some_make(numbers, said.number)


def _rounded(said: Decimal, made: Decimal) -> bool:
    return abs(said - made) <= max(abs(made) / 200, Decimal("0.05"))


# --- « 80 000 € : 55 000 € de personnel et 25 000 € de charges »


_DETAILED = regex(
    rf"\b(?:budget|coût|dépense|montant|enveloppe|recette|financement|subvention|aide|dotation|crédit)s?\b[^.;:]{{0,80}}?(?P<whole>{MONEY})\s*:\s+(?P<parts>[^.;:]+)",
    re.IGNORECASE,
    needs="eur|€",
)
_MONEYS = regex(MONEY, re.IGNORECASE, needs="eur|€")
_NO_PART = regex(
    r"\bpar\s+(?:an|mois|enfant|place|jour|heure|agent|habitant|famille)\b|\bchacune?\b|\bmaxim|\bplafon|\bau\s+lieu|%|×",
    re.IGNORECASE,
)


def detailed(sentence: str) -> Iterator[Faux]:
    """A sum and, after a colon, the sums that make it, told when their total is near it."""
    for found in _DETAILED.finditer(sentence) if ":" in sentence else ():
        parts = [valeur(one[0]) for one in _MONEYS.finditer(found["parts"])]
        said, whole = valeur(found["whole"]), sum(parts, Decimal(0))
        near = len(parts) >= 2 and max(parts) < said and abs(whole - said) * 4 <= said
        if near and len(parts) <= 8 and not _NO_PART.search(found["parts"]) and not some_make(parts, said):
            yield wrong(found.start("whole"), found["whole"], whole)


# --- « l’aide est divisée par deux : de 10 000 € elle passe à 5 000 € »


_TIMES: Final = {
    r"divis\w+\s+par\s+deux|(?:rédui|baiss|diminu)\w+\s+de\s+moitié": ("deux|moitié", Decimal("0.5")),
    r"divis\w+\s+par\s+trois": ("divis", Decimal(1) / 3),
    r"doubl(?:e|ent|é|ée|er|era)|multipli\w+\s+par\s+deux": ("doubl|multipli", Decimal(2)),
    r"tripl(?:e|ent|é|ée|er|era)|multipli\w+\s+par\s+trois": ("tripl|multipli", Decimal(3)),
}  # fmt: skip
_TIMED = tuple(
    (regex(rf"\b(?:{words})\b", re.IGNORECASE, needs), factor) for words, (needs, factor) in _TIMES.items()
)
_FROM_TO = regex(
    rf"\bde\s+(?!(?:19|20)\d\d\b(?!\s?€))(?P<a>{MONEY}|{VALUE})[^.;€\d]{{0,60}}?\s+à\s+(?P<b>{MONEY}|{VALUE})",
    re.IGNORECASE,
)


def multiplied(sentence: str) -> Iterator[Faux]:
    """A number that doubles or is halved, told before and after."""
    factor = next((factor for words, factor in _TIMED if words.search(sentence)), None)
    found = _FROM_TO.search(sentence) if factor is not None else None
    if factor is not None and found is None and "soit" in sentence:
        yield from _so_much_then(sentence, factor)
    if factor is None or found is None or re.search(r"\b(?:presque|quasi|environ|plus\s+que)\b", sentence):
        return
    made = valeur(found["a"]) * factor
    if not close(found["b"], made, max(made / 50, Decimal("0.01"))):
        yield wrong(found.start("b"), found["b"], made)


def _so_much_then(sentence: str, factor: Decimal) -> Iterator[Faux]:
    """« 1 600 heures, réduites de moitié, soit 800 heures »."""
    found = [*quantites(sentence)]
    if (
        len(found) == 2
        and found[0].unit == found[1].unit
        and _RESULT.search(sentence, max(0, found[1].start - 80), found[1].start)
    ):
        made = found[0].number * factor
        if abs(found[1].number - made) > max(made / 50, Decimal("0.01")) and not _NOT_JUST.search(sentence):
            yield wrong(found[1].start, found[1].typed, made)


# --- « la Caf prend en charge 70 % et la collectivité 30 % »


_PAYS = regex(
    r"\b(?:prend\w*\s+en\s+charge|finan[cç]\w+|particip\w+|contribu\w+|apport\w+|subventionn\w+|support\w+|reste\s+à\s+(?:charge|financer))\b",
    re.IGNORECASE,
    needs="apport|contribu|finan|particip|prend|reste|subventionn|support",
)
_RATES = regex(
    rf"(?P<n>{VALUE})\s?%(?!\s+(?:du|des|d[e’'])\b(?!\s*(?:la\s+|l[’'])?(?:dépense|coût|montant|total|budget|opération|projet|action)))",
    needs="%",
)
_THE_REST = regex(
    rf"\breste\s+à\s+(?:charge|financer)\b[^.;%]{{0,40}}?(?:{VALUE})\s?%", re.IGNORECASE, needs="reste & %"
)
_OF_ANOTHER = regex(
    r"\b(?:augment|hausse|baisse|taux|TVA|année|20\d\d|puis|ou|quotité|temps|maxim|plafon|respectivement|moyenne|contre|même|agents?|postes?)\w*",
    re.IGNORECASE,
)


def two_shares(sentence: str) -> Iterator[Faux]:
    """Two who pay one thing, for more than the whole of it; or one and what is left, for less."""
    found = [*_RATES.finditer(sentence)] if "%" in sentence else []
    if len(found) != 2 or not _PAYS.search(sentence) or _OF_ANOTHER.search(sentence):
        return
    first, last = (valeur(one["n"]) for one in found)
    whole, rest = first + last, _THE_REST.search(sentence) is not None
    if (
        first < 100
        and last < 100
        and (whole > Decimal("100.5") or (rest and abs(whole - 100) > 1))
        and whole <= 150
    ):
        yield wrong(found[1].start("n"), found[1][0], 100 - first)


# --- « sur les 35 élus, 22 sont présents et 13 absents », « 35 suffrages exprimés : 25 pour, 10 contre »


_OF_MEMBERS = regex(
    r"\b(?:sur|des|parmi)\s+(?:les\s+|ses\s+)?(?P<total>(?<!\d)\d{1,3})\s+(?:élus|membres|conseillers|délégués|administrateurs)\b[^.;\d]{0,40}?(?P<p>\d{1,3})\s+(?:[^\W\d_]+\s+)?"
    r"présents?\b[^.;\d]{0,20}?(?P<a>\d{1,3})\s+(?:[^\W\d_]+\s+)?absents?\b",
    re.IGNORECASE,
    needs="absent",
)
_EXPRESSED = regex(
    r"(?P<total>(?<!\d)\d{1,3})\s+(?:voix\s+|suffrages\s+)exprimée?s\s*[:,(]\s*(?:dont\s+)?(?P<p>\d{1,3})\s+(?:voix\s+)?pour\b\s*(?:,|et|;)?\s*(?:et\s+)?(?P<a>\d{1,3})\s+(?:voix\s+)?contre\b",
    re.IGNORECASE,
    needs="exprimé",
)


def members_and_voices(sentence: str) -> Iterator[Faux]:
    """Those who are there and those who are not, of so many; the voices for and against, of those cast."""
    for pattern in (_OF_MEMBERS, _EXPRESSED):
        for found in pattern.finditer(sentence):
            made = Decimal(found["p"]) + Decimal(found["a"])
            fewer = pattern is _OF_MEMBERS and made < Decimal(found["total"])  # others gave a pouvoir
            if made != Decimal(found["total"]) and not fewer:
                yield wrong(found.start("total"), found["total"], made)


# --- « Dépenses : 12 000 € ; recettes : 9 000 € ; déficit : 3 000 € »


_ACCOUNTS = regex(
    rf"\b(?P<what>dépenses|charges|recettes|produits|déficit|excédent|solde)\b(?:\s+[^\W\d_]+){{0,3}}?\s*(?::|=|\bde\b|\bsont\s+de|s[’']élève(?:nt)?\s+à|est\s+de)\s*-?\s?(?P<n>{MONEY})",
    re.IGNORECASE,
    needs="charges|déficit|dépenses|excédent|produits|recettes|solde & eur|€",
)


def accounts(text: str) -> Iterator[Faux]:
    """What is left of what comes in and what goes out, named side by side."""
    told: list[re.Match[str]] = []
    for found in _ACCOUNTS.finditer(text):
        if told and (found.start() - told[-1].end() > 60 or "\n\n" in text[told[-1].end() : found.start()]):
            told.clear()
        told.append(found)
        names = [one["what"].lower()[:5] for one in told]
        if len(told) == 3 and {names[0], names[1]} in _SIDES and names[2] in ("défic", "excéd", "solde"):
            first, second, said = (valeur(one["n"]) for one in told)
            if abs(abs(first - second) - said) >= 1:
                yield wrong(found.start("n"), found["n"], abs(first - second))
        if len(told) == 3:
            told.clear()


_SIDES: Final = ({"dépen", "recet"}, {"charg", "produ"}, {"charg", "recet"}, {"dépen", "produ"})

ANNOUNCED: Final = (detailed, multiplied, two_shares, members_and_voices)
