"""What a sentence reckons otherwise than by a sum of euros: so many things in all, a rise, a month over a
year, a share, a part in percent, what is left, a tax, the voices of a vote, the hours of a week."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations
from typing import Final

from ctgdocs.french import NUMERAL
from ctgdocs.patterns import regex
from ctgdocs.vocabulary.nombres_ecrits import MONEY, VALUE, Faux, close, combien, valeur, wrong

_MANY: Final = r"(?P<many>\d+|[a-zé]+(?:-[a-zé]+)*)"
_MONEYS = regex(MONEY, re.IGNORECASE, needs="eur|€")


def some_make(terms: Sequence[Decimal], said: Decimal) -> bool:
    """Whether some of the terms make what is said: the others detail, or stand beside."""
    return any(
        abs(sum(chosen, Decimal(0)) - said) < 1
        for many in range(1, len(terms) + 1)
        for chosen in combinations(terms, many)
    )


# --- « 24 enfants le matin et 18 enfants l’après-midi, soit 42 enfants »


_THINGS = regex(
    rf"\b(?:soit|(?:pour|soit)\s+un\s+total\s+de)\s+(?P<total>{VALUE})\s*(?P<what>[^\W\d_]{{4,}}s|h\b(?!\s?\d)|ETP\b|voix\b)"
    r"(?!\s+(?:de\s+(?:plus|moins)|en\s+(?:plus|moins|moyenne)|supplémentaires?|par\s+(?!jour|semaine|mois|an\b|année|séance)|chacun|environ"
    r"|sur\b|pour\s+\w+\s+agent))",
    re.IGNORECASE,
    needs="soit|total",
)
_RECKONED_OTHERWISE = regex(
    r"\bmoyenne|\bfois\b|×|\bpar\s+(?:agent|enfant|famille|place|groupe)|\bà\s+\d", re.I
)


def things(sentence: str) -> Iterator[Faux]:
    """A total of things of one name, of which the sentence counts at least two before; their difference and
    their average are taken too."""
    for found in _THINGS.finditer(sentence) if "soit" in sentence or "total" in sentence else ():
        what = re.escape(found["what"])
        if what == "h" and _WITH_MINUTES.search(sentence):
            continue
        terms = [
            valeur(one["n"])
            for one in re.finditer(rf"(?P<n>{VALUE})\s*{what}\b", sentence[: found.start()], re.IGNORECASE)
        ]
        said = valeur(found["total"])
        if not 2 <= len(terms) <= 8 or _RECKONED_OTHERWISE.search(sentence) or "%" in sentence:
            continue
        between = {abs(one - other) for one in terms for other in terms}
        average = sum(terms, Decimal(0)) / len(terms)
        if not some_make(terms, said) and said not in between and abs(said - average) >= 1:
            yield wrong(found.start("total"), f"{found['total']} {found['what']}", sum(terms, Decimal(0)))


# --- « passe de 12 000 € à 13 500 €, soit une hausse de 1 500 € »


_RISE = regex(
    rf"\b(?:pass|port|évolu|augment|progress|dimin|baiss|rédui|relev|ramen)\w*\s+(?:\w+\s+)?de\s+(?P<a>{MONEY}|{VALUE})[^.;€]{{0,40}}?\sà\s+(?P<b>{MONEY}|{VALUE})"
    r"[^.;€%]{0,60}?\bsoit\s+(?:(?:une?\s+)?(?:hausse|augmentation|progression|baisse|diminution|réduction|économie|écart|différence|surcoût|évolution)"
    rf"\s+(?:annuelle\s+)?de\s+[+-]?\s?|[+–−-]\s?|(?=(?:{VALUE}|{NUMERAL})(?:\s?€|\s+[^\W\d_]+)?\s+(?:de\s+(?:plus|moins)|supplémentaires?|nouv(?:elles?|eaux)|créée?s)\b(?!\s+(?:par|chaque)\b)))"
    rf"(?P<said>{MONEY}|(?:{VALUE})\s?%|{VALUE}|{NUMERAL}(?=\s))",
    re.IGNORECASE,
    needs="soit & pass|port|évolu|augment|progress|dimin|baiss|rédui|relev|ramen",
)


def rises(sentence: str) -> Iterator[Faux]:
    """A rise or a fall between two numbers, in their unit or in percent."""
    for found in _RISE.finditer(sentence) if "soit" in sentence else ():
        first, last, said = valeur(found["a"]), valeur(found["b"]), found["said"]
        if "%" in said:
            made = abs(last - first) / first * 100 if first else Decimal(0)
            _, _, decimals = said.rstrip(" %").partition(",")
            right = not first or abs(valeur(said) - made) <= Decimal("1.01").scaleb(-len(decimals))
        else:
            made = abs(last - first)
            number = combien(said)
            right = ("€" in found["a"]) == ("€" not in said) or (
                number == made if number is not None else close(said, made)
            )
        if not right:
            yield wrong(found.start("said"), said, made)


# --- « un loyer mensuel de 450 €, soit 5 400 € par an », « un coût unitaire de 12 €, soit 1 080 € pour 90 »


_OR: Final = (
    r"(?:\s*,?\s*\(?soit|\s*,?\s*(?:ce\s+)?qui\s+(?:représente|fait)|\s+représente(?:nt)?|\s+équivaut\s+à"
    r"|\s+correspond\s+à)\s+"
)
_MONTHLY = regex(
    rf"(?:\bmensuel\w*\b[^.;€]{{0,50}}?(?P<a>{MONEY})|(?P<b>{MONEY})\s+(?:par|/)\s*mois|(?P<c>{MONEY})\s+(?:bruts?\s+|nets?\s+)?mensuels?(?:\s+sur\s+(?:12|douze)\s+mois)?){_OR}"
    rf"(?P<total>{MONEY})\s+(?:bruts?\s+|nets?\s+)?(?:par\s+an\b|l[’']an\b|à\s+l[’']année|sur\s+(?:l[’']année|un\s+an|douze\s+mois)|annuels?\b)",
    re.IGNORECASE,
    needs="mensuel|mois & correspond|fait|représente|soit|équivaut",
)
_YEARLY = regex(
    rf"(?:\bannuel\w*\b[^.;€]{{0,50}}?(?P<a>{MONEY})|(?P<b>{MONEY})\s+(?:par|/)\s*an){_OR}(?P<total>{MONEY})\s+(?:par\s+mois|mensuels?|/\s?mois)(?!\s+(?:par|pour|et\s+par)\b)",
    re.IGNORECASE,
    needs="correspond|fait|représente|soit|équivaut",
)
_EACH = regex(
    rf"\b(?:unitaire|par\s+\w+|l[’']une?|chacune?)\b[^.;€]{{0,30}}?(?P<each>{MONEY})\s*,?\s*soit\s+(?P<total>{MONEY})\s+pour\s+{_MANY}\s+(?!ans?\b)\w+",
    re.IGNORECASE,
    needs="soit & pour",
)
_EVENLY = regex(
    rf"(?P<whole>{MONEY})[^.;€]{{0,60}}?\b(?:parts?\s+égales?|égalité|également|divisée?s?)\b[^.;€]{{0,30}}?\b(?:entre|par)\s+(?:les\s+)?{_MANY}\s+\w+\s*,?\s*"
    rf"\(?soit\s+(?P<total>{MONEY})\s+(?:chacune?|par\s+\w+|pour\s+chacune?)",
    re.IGNORECASE,
    needs="soit & divisé|égale|égalité",
)
_YEARS_OPEN: Final = (9, 10, 11, 12)
"""Months of a year that a service which closes pays for."""


def by_time_and_number(sentence: str) -> Iterator[Faux]:
    """A month told over a year and the reverse, one price told of many, a whole told of each."""
    if not any(sign in sentence for sign in ("soit", "représente", "fait", "équivaut", "correspond")):
        return
    for found in _MONTHLY.finditer(sentence):
        each, said = valeur(found["a"] or found["b"] or found["c"]), valeur(found["total"])
        if said not in [each * months for months in _YEARS_OPEN]:
            yield wrong(found.start("total"), found["total"], each * 12)
    for found in _YEARLY.finditer(sentence):
        whole, said = valeur(found["a"] or found["b"]), valeur(found["total"])
        if all(abs(said * months - whole) > months for months in _YEARS_OPEN):
            yield wrong(found.start("total"), found["total"], whole / 12)
    for found in _EACH.finditer(sentence):
        many = combien(found["many"])
        if many and valeur(found["total"]) != many * valeur(found["each"]):
            yield wrong(found.start("total"), found["total"], many * valeur(found["each"]))
    for found in _EVENLY.finditer(sentence):
        many = combien(found["many"])
        if many and abs(valeur(found["total"]) * many - valeur(found["whole"])) > many:
            yield wrong(found.start("total"), found["total"], valeur(found["whole"]) / many)


# --- « 30 % (3 600 €) d’une aide de 12 000 € », « 12 000 €, dont 30 %, soit 3 600 €, à la signature »


_SHARE = regex(
    rf"(?P<rate>{VALUE})\s?%\s*(?:\(\s*(?:soit\s+)?(?P<a>{MONEY})\s*\)|,\s*soit\s+(?P<b>{MONEY}))",
    re.IGNORECASE,
    needs="% & (|soit",
)
_PART_IS = regex(
    rf"\(\s*(?P<rate>{VALUE})\s?%\s+de\s+(?P<base>{MONEY})\s*\)\s*(?:est\s+de|s[’']élève\s+à|représente|:|=)\s*(?P<part>{MONEY})",
    re.IGNORECASE,
    needs="% & (",
)


def shares(sentence: str) -> Iterator[Faux]:
    """A part in percent, of the only other sum of the sentence."""
    if "%" not in sentence:
        return
    for found in _PART_IS.finditer(sentence):
        made = valeur(found["rate"]) * valeur(found["base"]) / 100
        if not close(found["part"], made, Decimal(1)):
            yield wrong(found.start("part"), found["part"], made)
    parts = list(_SHARE.finditer(sentence))
    inside = [found.span("a" if found["a"] else "b") for found in parts]
    whole = [valeur(one[0]) for one in _MONEYS.finditer(sentence) if one.span() not in inside]
    for found in parts if len(whole) == 1 else ():
        name = "a" if found["a"] else "b"
        made, said = valeur(found["rate"]) * whole[0] / 100, valeur(found[name])
        of_it = re.match(r"\s*(?:,\s*)?(?:sur|d[’']un|de|du)\b", sentence[found.end() :])
        after = re.search(rf"(?:{MONEY})\s*,?[^.;€%]{{0,50}}$", sentence[: found.start()], re.IGNORECASE)
        if (of_it or after) and not close(found[name], made, Decimal(1)) and said < whole[0]:
            yield wrong(found.start(name), found[name], made)


# --- « coût total 52 300 €, aides à déduire 31 380 €, reste à charge 20 920 € », « 50 € HT, soit 60 € TTC »


_LEFT = regex(
    rf"\b(?:reste\s+à\s+(?:charge|financer)|autofinancement)\b[^.;€]{{0,30}}?(?P<said>{MONEY})",
    re.IGNORECASE,
    needs="autofinancement|reste",
)
_WHOLE = regex(
    rf"\b(?:coûts?|dépenses?|budget|montant)\s+(?:tota\w+|globa\w+|de\s+l[’']opération)\b[^.;€]{{0,30}}?(?P<whole>{MONEY})",
    re.I,
    needs="budget|coût|dépense|montant & globa|opération|tota",
)
_TAXED = regex(
    rf"(?P<net>{MONEY})\s*(?:HT|hors\s+taxes?)\b[^.;]{{0,40}}?\bsoit\s+(?P<total>{MONEY})\s*(?:TTC|toutes\s+taxes)",
    re.I,
    needs="toutes|ttc & soit",
)
_RATE_OF_TAX = regex(rf"\bTVA\b[^.;€%]{{0,15}}?(?P<rate>{VALUE})\s?%", re.IGNORECASE, needs="tva")
_RATES: Final = (Decimal(20), Decimal(10), Decimal("5.5"), Decimal("2.1"), Decimal("8.5"))


def what_is_left(sentence: str) -> Iterator[Faux]:
    """What a whole leaves once the sentence says that the other sums are taken from it; a price with its
    tax."""
    if not any(sign in sentence for sign in ("dédu", "TTC", "toutes", "ttc")):
        return
    left, whole = _LEFT.search(sentence), _WHOLE.search(sentence)
    if left and whole and re.search(r"\bdédui|\bdéduct", sentence):
        own = {left.span("said"), whole.span("whole")}
        others = [valeur(one[0]) for one in _MONEYS.finditer(sentence) if one.span() not in own]
        rest = valeur(whole["whole"]) - valeur(left["said"])
        if 1 <= len(others) <= 8 and not some_make(others, rest):
            yield wrong(left.start("said"), left["said"], valeur(whole["whole"]) - sum(others, Decimal(0)))
    for found in _TAXED.finditer(sentence):
        named = _RATE_OF_TAX.search(sentence)
        rates = (valeur(named["rate"]),) if named else _RATES
        net, said = valeur(found["net"]), valeur(found["total"])
        if all(abs(net * (100 + rate) / 100 - said) >= 1 for rate in rates):
            yield wrong(found.start("total"), found["total"], net * (100 + rates[0]) / 100)


# --- « 4 jours à 7 h 30, soit 30 h »


_CLOCK: Final = r"\d{1,4}\s?h(?:\s?\d\d)?"
_PER: Final = r"(?:par\s+\w+|hebdomadaires?|mensuel(?:le)?s?|annuel(?:le)?s?|quotidien(?:ne)?s?)"
_HOURS = regex(
    rf"\b(?P<many>\d+|{NUMERAL})\s+(?:jours?|[^\W\d_]{{3,}}s)(?:\s+[^\W\d_]+){{0,3}}?\s+(?:à|de|d[’']une\s+durée\s+de|font|effectuent|travaillent|assurent|interviennent|pendant)\s+"
    rf"(?P<each>{_CLOCK})(?:\s+chacune?s?)?(?:\s+(?P<per>{_PER}))?\s*,?\s*\(?soit\s+(?:un\s+total\s+de\s+)?(?P<total>{_CLOCK})(?!\d)(?:\s+(?P<over>{_PER}))?",
    re.IGNORECASE,
    needs="soit",
)
_WITH_MINUTES = regex(r"\d\s?h\s?\d\d\b", re.IGNORECASE)
_IN_HOURS = regex(
    rf"\b(?:soit|pour)\s+(?:un\s+total\s+de\s+)?(?P<total>{_CLOCK})(?!\d)(?!\s+(?:de\s+(?:plus|moins)|en\s+moyenne|chacun|par\s+(?:agent|personne)))",
    re.IGNORECASE,
    needs="pour|soit",
)
_CLOCKS = regex(
    rf"(?<![\w,.])(?<!à )(?<!de )(?P<n>{_CLOCK})(?!\d)(?!\s*(?:à|[-–]|et\s+de)\s*\d)",
    re.IGNORECASE,
)


_SO_MANY = regex(rf"(?<![\w,.])(?:{VALUE}|{NUMERAL})(?=\s+(?!mars\b)[^\W\d_]{{3,}}s\b)", re.IGNORECASE)


def so_many_before(sentence: str, at: int) -> Decimal | None:
    """How many things the sentence last counts before a place: « 2 animateurs pendant… »."""
    counted = (combien(one[0].lower()) for one in _SO_MANY.finditer(sentence, 0, at))
    return next((one for one in reversed([*counted]) if one and one > 1), None)


def hours(sentence: str) -> Iterator[Faux]:
    """So many days, or agents, of so many hours and minutes; hours and minutes that are added up."""
    for found in _HOURS.finditer(sentence) if "soit" in sentence else ():
        many, each, said = combien(found["many"]), _minutes(found["each"]), _minutes(found["total"])
        other = found["per"] and found["over"] and found["per"].lower() != found["over"].lower()
        more = so_many_before(sentence, found.start()) if many and said != many * each else None
        many = many * more if many and more else many
        if many and each and said and not other and many * each != said:
            yield Faux(found.start("total"), found["total"], _clock(int(many * each)))
    if _WITH_MINUTES.search(sentence) and not _RECKONED_OTHERWISE.search(sentence):
        for found in _IN_HOURS.finditer(sentence):
            terms = [_minutes(one["n"]) for one in _CLOCKS.finditer(sentence, 0, found.start())]
            said = _minutes(found["total"])
            if 2 <= len(terms) <= 8 and all(terms) and not _sum_or_difference(terms, said):
                yield Faux(found.start("total"), found["total"], _clock(sum(terms)))


def _sum_or_difference(terms: Sequence[int], said: int) -> bool:
    numbers = [Decimal(one) for one in terms]
    return some_make(numbers, Decimal(said)) or said in {abs(a - b) for a in terms for b in terms}


def _clock(minutes: int) -> str:
    return f"{minutes // 60} h {minutes % 60:02}".removesuffix(" 00")


def _minutes(clock: str) -> int:
    """The minutes of « 7 h 30 »; 0 for hundredths of an hour (« 151 h 67 »)."""
    hour, _, minute = re.sub(r"\s", "", clock.lower()).partition("h")
    return 0 if int(minute or 0) > 59 else int(hour) * 60 + int(minute or 0)


# --- « 30 voix pour, 4 contre et 2 abstentions sur 36 votants », « 24 présents et 3 pouvoirs, soit 27 »


_VOTES = regex(
    r"(?<!\d)(?P<pour>\d+)\s+(?:voix\s+)?pour\b\s*,?\s*(?:et\s+)?(?P<contre>\d+)\s+(?:voix\s+)?contre\b(?:\s*,?\s*(?:et\s+)?(?P<abst>\d+)\s+abstentions?)?"
    r"\s*,?\s*\(?(?:sur|soit|pour)\s+(?:un\s+total\s+de\s+)?(?P<total>\d+)\s+(?P<of>votants?|voix\b|suffrages\s+exprimés)",
    re.IGNORECASE,
    needs="suffrages|voix|votant",
)
_VOTERS = regex(
    r"(?<!\d)(?P<a>\d+)\s+(?:membres\s+|conseillers\s+|élus\s+)?présents?\s*,?\s*(?:et|\+|plus)\s+(?P<b>\d+)\s+(?:membres\s+)?(?:pouvoirs?|procurations?|représentés?)\s*,?\s*(?:soit|=)\s+(?P<total>\d+)\s+votants?",
    re.IGNORECASE,
    needs="votant",
)
_MEMBERS = regex(
    r"(?<!\d)(?P<total>\d+)\s+(?:membres|conseillers|élus|délégués)\b[^.;\d]{0,40}?:\s*(?P<p>\d+)\s+présents?\s*,\s*(?P<r>\d+)\s+(?:représentés?|pouvoirs?|excusés?)"
    r"\s*(?:,|et)\s*(?P<a>\d+)\s+absents?",
    re.IGNORECASE,
    needs="absent",
)


def votes(sentence: str) -> Iterator[Faux]:
    """The voices of a vote, and those who cast them."""
    small = sentence.lower()
    if not any(sign in small for sign in ("contre", "votant", "absent")):
        return
    for found in _VOTES.finditer(sentence):
        expressed = Decimal(found["pour"]) + Decimal(found["contre"])
        whole = expressed + Decimal(found["abst"] or 0)
        of = found["of"].lower()
        right = {expressed} if of.startswith("suff") else {whole}
        right |= {expressed} if of.startswith("voix") else set()
        if Decimal(found["total"]) not in right:
            yield wrong(found.start("total"), found["total"], max(right))
    for found in _VOTERS.finditer(sentence):
        made = Decimal(found["a"]) + Decimal(found["b"])
        if Decimal(found["total"]) != made:
            yield wrong(found.start("total"), found["total"], made)
    for found in _MEMBERS.finditer(sentence):
        whole = Decimal(found["p"]) + Decimal(found["r"]) + Decimal(found["a"])
        if Decimal(found["total"]) not in (whole, whole - Decimal(found["r"])):
            yield wrong(found.start("total"), found["total"], whole)


_COUNTED = regex(
    r"\b(?P<who>votants?|pour|contre|abstentions?|blancs?(?:\s+et\s+nuls?)?|nuls?)\s*:\s*(?P<n>\d+)(?![\d,])",
    re.I,
    needs="abstention|blanc|contre|nul|pour|votant",
)

_NO_VOICE = regex(r"blanc|nul|NPPV|part\s+au\s+vote", re.IGNORECASE, needs="blanc|nppv|nul|vote")


def ballot(text: str) -> Iterator[Faux]:
    """« Votants : 35 ; pour : 30 ; contre : 3 ; abstentions : 2 », on one line or on several."""
    counted: dict[str, re.Match[str]] = {}
    for found in _COUNTED.finditer(text):
        who = found["who"].lower()[:4]
        if who in counted or (counted and found.start() - max(one.end() for one in counted.values()) > 60):
            counted.clear()
        counted[who] = found
        if {"vota", "pour", "cont", "abst"} <= set(counted):
            voices = (Decimal(one["n"]) for name, one in counted.items() if name != "vota")
            whole = sum(voices, Decimal(0))
            voters = counted["vota"]
            beside = _NO_VOICE.search(text, found.end(), found.end() + 60) is not None
            if Decimal(voters["n"]) < whole or (Decimal(voters["n"]) > whole and not beside):
                yield wrong(voters.start("n"), voters["n"], whole)
            counted.clear()


IN_A_SENTENCE: Final = (things, rises, by_time_and_number, shares, what_is_left, hours, votes)
