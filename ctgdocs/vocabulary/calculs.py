"""What a French sentence reckons, and says wrong: « 24 000 € et 22 800 €, soit un total de 46 900 € ».

Only what the sentence itself says to be the result of its own numbers is read: an equality, a total of the
sums just named, so many times a price, a part in percent, the years between two days. A number that may
come from elsewhere is left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations, pairwise
from typing import Final, NamedTuple

from ctgdocs.french import lire_lettres, nombre
from ctgdocs.vocabulary.jours_ecrits import JourEcrit, jours_ecrits

_SPACE: Final = r"[ \u00a0\u202f]"
_VALUE: Final = (
    rf"(?<![\d,.])\d{{1,3}}(?:{_SPACE}\d{{3}})+(?:,\d{{1,2}})?(?![\d])|(?<![\d,.])\d+(?:,\d{{1,2}})?(?![\d])"
)
_EURO: Final = r"(?:€|euros?\b|EUR\b)"
_MONEY: Final = rf"(?:{_VALUE})\s?{_EURO}"
_UNIT: Final = (
    rf"(?:\s?(?:{_EURO}|%|h\b|ETP\b|places?\b|enfants?\b|postes?\b|habitants?\b|jours?\b|heures?\b|voix\b))?"
)
_SENTENCE_END = re.compile(r"(?<!\b[A-Zn])(?<!\bart)[.!?…;](?=\s)|\n\s*\n|\n\s*(?=[-*|])")
_NUMBER = re.compile(_VALUE)
_SAYS_A_RESULT = re.compile(
    r"=|soit\b|\btotal|\bdont\b|[ée]compos|répart|ventil|durée|période|\bsur\b",
    re.IGNORECASE,
)


class Faux(NamedTuple):
    """A result between two indexes of a text, as said, and what it should be; `sure` when the text writes the
    operation itself."""

    start: int
    said: str
    expected: str
    sure: bool = False


def calculs_faux(text: str) -> Iterator[Faux]:
    """The results of a text that its own numbers deny.

    >>> [(f.said, f.expected) for f in calculs_faux("7 places à 3 900 €, soit un total de 27 500 €.")]
    [('27 500 €', '27 300')]
    >>> [*calculs_faux("Une aide de 24 000 €, soit 60 % de 40 000 €.")]
    []
    """
    if _SAYS_A_RESULT.search(text):
        start = 0
        for end in [*(cut.end() for cut in _SENTENCE_END.finditer(text)), len(text)]:
            sentence = text[start:end]
            if _NUMBER.search(sentence):
                for reader in _READERS:
                    for found in reader(sentence):
                        yield found._replace(start=start + found.start)
            start = end


def valeur(text: str) -> Decimal:
    """« 12 500,50 » as a number; the text must hold one."""
    found = _NUMBER.search(text)
    assert found is not None
    return Decimal(re.sub(_SPACE, "", found[0]).replace(",", "."))


def _wrong(start: int, said: str, expected: Decimal, *, sure: bool = False) -> Faux:
    rounded = expected.quantize(Decimal("0.01"), ROUND_HALF_UP)
    result = nombre(rounded.normalize() if rounded % 1 else int(rounded))
    return Faux(start, " ".join(said.split()), result.replace("\u202f", " "), sure)


def _close(said: str, expected: Decimal, room: Decimal = Decimal(0)) -> bool:
    """Whether a number as typed is that one, at the precision it was typed with."""
    _, _, decimals = said.partition(",")
    digits = len(re.match(r"\d*", decimals)[0])  # type: ignore[index]
    step = Decimal(1).scaleb(-digits)
    return abs(valeur(said) - expected) <= max(step / 2 if expected % 1 else Decimal(0), room)


# --- « 12 000 € + 3 000 € = 15 000 € »


_TERM: Final = rf"(?:{_VALUE}){_UNIT}"
_EQUALITY = re.compile(
    rf"(?<![\w+=×*/-])(?P<left>{_TERM}(?:\s*(?:\+|×|\*|÷|(?<=\s)[x/–−-](?=\s))\s*{_TERM}){{1,12}})\s*(?:=|,?\s+soit\s)\s*(?P<right>(?:{_VALUE}){_UNIT})"
    rf"(?!\s*[+×*÷])"
)
_OPERATION = re.compile(rf"(?P<op>[+×*÷x/–−-])|(?P<n>{_VALUE})(?P<part>\s?%)?")


def _equalities(sentence: str) -> Iterator[Faux]:
    for found in _EQUALITY.finditer(sentence) if "=" in sentence or "soit" in sentence else ():
        made = _evaluated(found["left"])
        if made is not None and not _close(found["right"], made):
            yield _wrong(found.start("right"), found["right"], made, sure=True)


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
_TOTAL = re.compile(
    rf"(?:\bsoit(?:\s+donc)?\s*,?\s+{_IN_ALL}\s*:?\s*(?P<total>{_MONEY}))"
    rf"|(?:\bsoit\s+(?P<apres>{_MONEY})\s+(?:au\s+total|en\s+tout|ensemble)\b)"
    rf"|(?:\bpour\s+un\s+total\s+(?:de\s+)?(?P<pour>{_MONEY}))",
    re.IGNORECASE,
)
_SHARED = re.compile(
    rf"(?P<total>{_MONEY})[^.;€]{{0,40}}?\b(?:répartie?s?|ventilée?s?|se\s+(?:décompos|répartiss|ventil)\w+|composée?s?)\b"
    rf"(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_DETAILED = re.compile(
    rf"\btotal(?:e|aux|es)?\b[^.;:€(]{{0,60}}?(?P<total>{_MONEY})\s*(?::|\()(?P<rest>[^.;)]*)", re.IGNORECASE
)
"""« le total s’élève à 46 800 € : 24 000 € pour la Caf et 22 800 € pour la MSA »"""
_INCLUDING = re.compile(rf"(?P<total>{_MONEY})\s*,\s*dont\b(?P<rest>[^.;)]*)", re.IGNORECASE)
"""« 46 800 €, dont 24 000 € de la Caf et 10 000 € de la MSA »: the parts never pass the whole."""
_MANY = re.compile(_MONEY, re.IGNORECASE)
_MOST_TERMS = 8


def _totals(sentence: str) -> Iterator[Faux]:
    for found in _TOTAL.finditer(sentence):
        group = next(name for name in ("total", "apres", "pour") if found[name])
        terms = [valeur(one[0]) for one in _MANY.finditer(sentence, 0, found.start())]
        said = valeur(found[group])
        if (
            2 <= len(terms) <= _MOST_TERMS
            and not _some_make(terms, said)
            and not _MULTIPLIED.search(sentence)
        ):
            yield _wrong(found.start(group), found[group], sum(terms, Decimal(0)))
    detailed = _DETAILED.search(sentence)
    if detailed is not None:
        parts = [valeur(one[0]) for one in _MANY.finditer(detailed["rest"])]
        if 2 <= len(parts) <= _MOST_TERMS and not _some_make(parts, valeur(detailed["total"])):
            yield _wrong(detailed.start("total"), detailed["total"], sum(parts, Decimal(0)))
    part = _INCLUDING.search(sentence)
    parts = [valeur(one[0]) for one in _MANY.finditer(part["rest"])] if part else []
    whole = valeur(part["total"]) if part else Decimal(0)
    several = 2 <= len(parts) <= _MOST_TERMS and max(parts) <= whole
    if part is not None and several and sum(parts) > whole + 1 and not _some_make(parts, whole):
        yield _wrong(part.start("total"), part["total"], sum(parts, Decimal(0)))
    shared = _SHARED.search(sentence)
    if shared is not None:
        parts = [valeur(one[0]) for one in _MANY.finditer(shared["rest"])]
        said = valeur(shared["total"])
        if 2 <= len(parts) <= _MOST_TERMS and not _some_make(parts, said):
            yield _wrong(shared.start("total"), shared["total"], sum(parts, Decimal(0)))


def _some_make(terms: Sequence[Decimal], said: Decimal) -> bool:
    """Whether some of the terms make what is said: the others detail, or stand beside."""
    return any(
        abs(sum(chosen, Decimal(0)) - said) < 1
        for many in range(1, len(terms) + 1)
        for chosen in combinations(terms, many)
    )


# --- « 12 places à 3 900 €, soit 46 800 € », « 3 900 € par an pendant cinq ans, soit 19 500 € »


_SO: Final = rf"\s*,?\s*\(?soit\s+(?:{_IN_ALL}\s*:?\s*|un\s+(?:montant|coût)\s+(?:annuel\s+)?de\s+)?"
_QUANTITY: Final = rf"(?:{_VALUE})\s?(?:{_EURO}|ETP\b|heures?\b|h\b|places\b)"
_TIMES = re.compile(
    rf"(?P<many>{_VALUE})\s+(?P<what>[^\W\d_]+(?:\s+[^\W\d_]+){{0,4}}?)\s+(?:à|au\s+tarif\s+de|au\s+prix\s+de|de)\s+(?P<each>{_QUANTITY})"
    rf"(?:\s+(?:l[’']une?|l[’']unité|chacune?|par\s+[^\W\d_]+))?{_SO}(?P<total>{_QUANTITY})",
    re.IGNORECASE,
)
_MULTIPLIED = re.compile(
    r"\d\s*(?:×|\bx\b|fois)|\bpar\s+\w+|\bchacune?\b|\bl[’']une?\b|\bà\s+\d[\d \u00a0\u202f]*\s?€",
    re.IGNORECASE,
)
_EACH_YEAR = re.compile(
    rf"(?P<each>{_MONEY})\s+par\s+(?:an|mois|année|trimestre|séance|jour|enfant|place)\b[^.;€]{{0,30}}?\b(?:pendant|sur|durant|pour)\s+(?P<many>\d+|[a-zé]+(?:-[a-zé]+)*)\s+"
    rf"(?:ans?|années|mois|trimestres|séances|jours|enfants|places){_SO}(?P<total>{_MONEY})",
    re.IGNORECASE,
)


def _products(sentence: str) -> Iterator[Faux]:
    for pattern in (_TIMES, _EACH_YEAR) if "soit" in sentence else ():
        for found in pattern.finditer(sentence):
            many = _count(found["many"])
            if (
                many is None
                or not _alike(found["each"], found["total"])
                or (pattern is _TIMES and re.search(r"\b(?:budget|année|exercice)\b", found["what"], re.I))
            ):
                continue
            made = many * valeur(found["each"])
            rounded = "€" in found["total"] or "eur" in found["total"].lower()
            if valeur(found["total"]) != made and not (rounded and _close(found["total"], made)):
                yield _wrong(found.start("total"), found["total"], made)


def _alike(one: str, other: str) -> bool:
    """Whether two quantities are of the same thing."""
    return re.sub(r"[\d\s,]", "", one)[:2].lower().replace("eu", "€") == re.sub(r"[\d\s,]", "", other)[
        :2
    ].lower().replace("eu", "€")


def _count(words: str) -> Decimal | None:
    if _NUMBER.fullmatch(words):
        return valeur(words)
    read = lire_lettres(words)
    return None if read is None else Decimal(read)


# --- « 60 % de 41 500 €, soit 24 900 € », « 24 900 € sur 41 500 €, soit 60 % »


_PART = re.compile(
    rf"(?P<rate>{_VALUE})\s?%\s+(?:de\s+la\s+dépense\s+de\s+|d[’']un\s+(?:coût|montant|total)\s+(?:total\s+)?de\s+|du\s+(?:coût|montant|total)\s+(?:total\s+)?(?:de\s+|\()|de\s+|des\s+)"
    rf"(?P<base>{_MONEY})\)?{_SO}(?P<part>{_MONEY})",
    re.IGNORECASE,
)
_RATE = re.compile(
    rf"(?P<part>{_MONEY})\s*,?\s*(?:\(?soit\s+(?P<rate>{_VALUE})\s?%\s+(?:d[’']un\s+(?:coût|montant|total)\s+(?:total\s+)?de|du\s+(?:coût|montant|total)\s+(?:total\s+)?de|de|des)\s+(?P<base>{_MONEY})"
    rf"|sur\s+(?:un\s+(?:coût|montant|total|budget)\s+(?:total\s+)?de\s+)?(?P<base2>{_MONEY})\s*,?\s*\(?soit\s+(?P<rate2>{_VALUE})\s?%)",
    re.IGNORECASE,
)


def _parts(sentence: str) -> Iterator[Faux]:
    if "%" not in sentence:
        return
    for found in _PART.finditer(sentence):
        made = valeur(found["rate"]) * valeur(found["base"]) / 100
        if not _close(found["part"], made, Decimal(1) if made % 1 else Decimal("0.5")):
            yield _wrong(found.start("part"), found["part"], made)
    for found in _RATE.finditer(sentence):
        rate, base = found["rate"] or found["rate2"], found["base"] or found["base2"]
        if valeur(base):
            made = valeur(found["part"]) / valeur(base) * 100
            _, _, decimals = rate.partition(",")
            if abs(valeur(rate) - made) > Decimal("1.01").scaleb(-len(decimals)):
                yield _wrong(found.start("rate" if found["rate"] else "rate2"), rate, made)


# --- « du 1er janvier 2027 au 31 décembre 2031, soit une durée de cinq ans »


_HOW_LONG: Final = r"(?P<n>\d+|[a-zé]+(?:-[a-zé]+)*)(?:\s+\(\d+\))?\s+(?P<unit>ans?|années?|mois|jours?)\b"
_LASTS = re.compile(
    rf"(?:,?\s*\(?soit\s+|,?\s*pour\s+|,?\s*pendant\s+)(?:une\s+(?:durée|période)\s+(?:totale\s+)?(?:de|d[’'])\s*)?{_HOW_LONG}",
    re.IGNORECASE,
)
_LASTING = re.compile(
    rf"\b(?:(?:durée|période)\s+(?:de|d[’'])|pour|pendant)\s*{_HOW_LONG}[^.;]{{0,60}}?\b(?:du|à\s+compter\s+du|à\s+partir\s+du|allant\s+du|soit\s+du)\s*$",
    re.IGNORECASE,
)
_TO = re.compile(
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
        many = _count(found["n"]) if found else None
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


# --- « 30 voix pour, 4 contre et 2 abstentions sur 36 votants », « 24 présents et 3 pouvoirs, soit 27 »


_VOTES = re.compile(
    r"(?<!\d)(?P<pour>\d+)\s+(?:voix\s+)?pour\b\s*,?\s*(?:et\s+)?(?P<contre>\d+)\s+(?:voix\s+)?contre\b(?:\s*,?\s*(?:et\s+)?(?P<abst>\d+)\s+abstentions?)?"
    r"\s*,?\s*\(?(?:sur|soit|pour)\s+(?:un\s+total\s+de\s+)?(?P<total>\d+)\s+(?P<of>votants?|voix\b|suffrages\s+exprimés)",
    re.IGNORECASE,
)
_VOTERS = re.compile(
    r"(?<!\d)(?P<a>\d+)\s+(?:membres\s+|conseillers\s+|élus\s+)?présents?\s*,?\s*(?:et|\+|plus)\s+(?P<b>\d+)\s+(?:membres\s+)?(?:pouvoirs?|procurations?|représentés?)\s*,?\s*(?:soit|=)\s+(?P<total>\d+)\s+votants?",
    re.IGNORECASE,
)


def _votes(sentence: str) -> Iterator[Faux]:
    if "votant" not in sentence and "voix" not in sentence and "suffrages" not in sentence:
        return
    for found in _VOTES.finditer(sentence):
        expressed = Decimal(found["pour"]) + Decimal(found["contre"])
        whole = expressed + Decimal(found["abst"] or 0)
        right = (
            {expressed}
            if found["of"].startswith("suff")
            else {whole}
            if found["of"].startswith("vot")
            else {whole, expressed}
        )
        if Decimal(found["total"]) not in right:
            yield _wrong(found.start("total"), found["total"], max(right))
    for found in _VOTERS.finditer(sentence):
        made = Decimal(found["a"]) + Decimal(found["b"])
        if Decimal(found["total"]) != made:
            yield _wrong(found.start("total"), found["total"], made)


_READERS: Final = (_equalities, _totals, _products, _parts, _lengths, _votes)
