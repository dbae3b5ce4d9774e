"""What a French sentence relates: a part and its whole in percent, a price of one and of many, a whole and
what it is made of, posts in full-time equivalents, a contract and its renewals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from ctgdocs.french import NUMERAL
from ctgdocs.patterns import regex
from ctgdocs.vocabulary.ecarts import some_make
from ctgdocs.vocabulary.nombres_ecrits import MONEY, VALUE, Faux, close, combien, valeur, wrong

_MONEYS = regex(MONEY, re.IGNORECASE)
_RATES = regex(rf"(?P<n>{VALUE})\s?%")
_NUMBER: Final = rf"(?:{VALUE}|{NUMERAL})"

# --- « 30 000 €, soit 50 % des dépenses (60 000 €) », « ramené de 10 € à 8 €, une réduction de 20 % »


_RELATED = regex(
    rf"(?P<part>{MONEY})\s*\)?\s*,?\s*(?:ce\s+qui\s+)?(?:correspond(?:ent)?\s+à|représente(?:nt)?|couvre(?:nt)?|équiva(?:ut|lent)\s+à|soit)\s+"
    rf"(?P<rate>{VALUE})\s?%\s+(?:du|des|de\s+la|de\s+l[’']|de|d[’'])\s*[^\W\d_][^.;€%\d]{{0,60}}?\(?(?P<whole>{MONEY})",
    re.IGNORECASE,
    needs="% & correspond|représente|couvre|équiva|soit",
)
_LESS = regex(
    r"\b(?:réduction|remise|rabais|baisse|diminution|abattement|décote)s?\b",
    re.IGNORECASE,
    needs="réduction|remise|rabais|baisse|diminution|abattement|décote",
)
_MORE = regex(
    r"\b(?:hausse|augmentation|majoration|revalorisation)s?\b",
    re.IGNORECASE,
    needs="hausse|augmentation|majoration|revalorisation",
)
_MOVES = regex(
    rf"\b(?:tarif|prix|montant|loyer|coût|aide|subvention|participation|cotisation|redevance|plafond)s?\s+(?:\w+\s+){{0,2}}?de\s+(?P<a>{MONEY})\s*,?\s+(?:\w+\s+){{0,3}}?"
    rf"(?:ramenée?|portée?|passe|fixée?|établie?|s[’']établit)s?\s+(?:ainsi\s+)?à\s+(?P<b>{MONEY})"
    rf"|\b(?:porte|ramène|amène|fait\s+passer)\s+(?:le|la|les|l[’'])\s*(?:\w+\s+){{1,4}}?de\s+(?P<a2>{MONEY})\s+à\s+(?P<b2>{MONEY})",
    re.IGNORECASE,
)
_LEFT = regex(
    rf"\breste\s+à\s+(?:charge|financer)\b[^.;€]{{0,40}}?(?P<n>{MONEY})",
    re.IGNORECASE,
    needs="reste & charge|financer",
)
_HELPED = regex(
    rf"(?P<whole>{MONEY})[^.;€%]{{0,40}}?\b(?:subventionn|financ|aid|prise?\s+en\s+charge|couvert)\w*\s+(?:à\s+hauteur\s+de|à)\s+(?P<rate>{VALUE})\s?%",
    re.IGNORECASE,
    needs="% & subventionn|financ|aid|charge|couvert",
)
_NOT_ALONE: Final = regex(
    r"\b(?:limite|plafon\w+|maxim\w+|environ|près\s+d|plus\s+d|moins\s+d|hors|outre|moyenne)", re.IGNORECASE
)


def parts_in_percent(sentence: str) -> Iterator[Faux]:
    """A sum, its rate and its whole; a price before and after a rate; what a rate leaves."""
    rates = [*_RATES.finditer(sentence)] if "%" in sentence else []
    if len(rates) != 1 or _NOT_ALONE.search(sentence):
        return
    rate = valeur(rates[0]["n"]) / 100
    for found in _RELATED.finditer(sentence):
        made = rate * valeur(found["whole"])
        if len(_MONEYS.findall(sentence)) == 2 and not _nearly(found["part"], made):
            yield wrong(found.start("part"), found["part"], made)
    moved, helped, left = _MOVES.search(sentence), _HELPED.search(sentence), _LEFT.search(sentence)
    sign = -1 if _LESS.search(sentence) else 1 if _MORE.search(sentence) else 0
    if moved and sign:
        before, after = ("a", "b") if moved["a"] else ("a2", "b2")
        made = valeur(moved[before]) * (1 + sign * rate)
        if not _nearly(moved[after], made):
            yield wrong(moved.start(after), moved[after], made)
    if helped and left:
        made = valeur(helped["whole"]) * (1 - rate)
        if not _nearly(left["n"], made):
            yield wrong(left.start("n"), left["n"], made)


def _nearly(said: str, made: Decimal) -> bool:
    return close(said, made, max(made / 100, Decimal("0.05")))


# --- « coût par enfant : 3 000 € (120 000 € pour 40 enfants) », « cinq communes, 2 000 € chacune, 10 000 € »


_PER = regex(
    rf"\bpar\s+(?P<what>[^\W\d_]{{4,}})\b(?:\s+et\s+par\s+\w+)?\s*(?:est\s+(?:de|fixée?\s+à)|s[’']élève\s+à|:|=|de|à)?\s*(?P<each>{MONEY})"
    rf"(?:(?!par\b)[^.;€]){{0,30}}?(?P<whole>{MONEY})\s+(?:pour|et)\s+(?P<many>{_NUMBER})\s+(?P=what)s?\b",
    re.IGNORECASE,
    needs="par",
)
_EACH = regex(
    rf"\b(?P<many>{_NUMBER})\s+[^\W\d_]{{4,}}s\b[^.;€]{{0,40}}?(?P<each>{MONEY})\s+chacune?s?\b[^.;€]{{0,20}}?\b(?:total|tout|somme|montant)\b[^.;€]{{0,15}}?(?P<whole>{MONEY})",
    re.IGNORECASE,
    needs="chacun & total|tout|somme|montant",
)
_MONTH_AND_YEAR = regex(
    rf"(?P<each>{MONEY})\s+(?:par\s+mois|mensuels?)\b[^.;€%]{{0,40}}?\b(?:charge|dépense|coût|montant|loyer|somme|budget)\s+annuel(?:le)?\s+(?:de|est\s+de)\s+(?P<whole>{MONEY})",
    re.IGNORECASE,
    needs="mois|mensuel & annuel",
)


_YEAR_AND_MONTH = regex(
    rf"(?P<whole>{MONEY})\s+(?:bruts?\s+|nets?\s+)?(?:par\s+an\b|annuels?\b|/\s?an\b)[^.;€%]{{0,60}}?\bsoit\s+(?P<each>{MONEY})\s+(?:bruts?\s+)?(?:par\s+mois|mensuels?)\b",
    re.IGNORECASE,
    needs="soit & mois|mensuel",
)


def ones_and_many(sentence: str) -> Iterator[Faux]:
    """One price, how many, and the whole."""
    for pattern in (_PER, _EACH) if "par" in sentence or "chacun" in sentence else ():
        for found in pattern.finditer(sentence):
            many, each = combien(found["many"].lower()), valeur(found["each"])
            whole = valeur(found["whole"])
            if not many or abs(each * many - whole) <= max(many / 2, Decimal(1)):
                continue
            told, made = ("each", whole / many) if pattern is _PER else ("whole", each * many)
            yield wrong(found.start(told), found[told], made)
    for found in _YEAR_AND_MONTH.finditer(sentence):
        whole, each = valeur(found["whole"]), valeur(found["each"])
        if all(abs(each * months - whole) > months for months in (9, 10, 11, 12)):
            yield wrong(found.start("each"), found["each"], whole / 12)
    for found in _MONTH_AND_YEAR.finditer(sentence):
        each, whole = valeur(found["each"]), valeur(found["whole"])
        if whole not in [each * months for months in (9, 11, 12)]:
            yield wrong(found.start("whole"), found["whole"], each * 12)


# --- « 18 agents : 12 titulaires et 6 contractuels », « sur 45 réponses, 30 favorables et 15 défavorables »


_THINGS: Final = r"(?!ans\b|mois\b|jours\b|heures\b|fois\b|euros?\b)[^\W\d_]{3,}"
_MADE_OF = regex(
    rf"(?P<total>(?<!\d)\d{{1,4}}|(?<!\w){NUMERAL})\s+(?P<what>{_THINGS})(?:\s+[^\W\d_]+){{0,3}}?\s*:\s+(?P<parts>[^.;:\n]*?\bet\s+(?:{_NUMBER})\b[^.;:\n]*)",
    re.IGNORECASE,
    needs=": & et",
)
_AMONG = regex(
    rf"\bsur\s+(?:les\s+|un\s+total\s+de\s+)?(?P<total>(?<!\d)\d{{1,4}})\s+(?P<what>{_THINGS})\s*,\s+(?P<parts>[^.;:\n]*?\bet\s+(?:{_NUMBER})\b[^.;:\n]*)",
    re.IGNORECASE,
    needs="sur & et",
)
_COUNT = regex(rf"(?<![\w/€%,.])(?P<n>{_NUMBER})\s+(?P<what>[^\W\d_]+)", re.IGNORECASE)
_NOT_PARTS = regex(
    r"€|%|\beuros?\b|\d\s?h\b|\bpar\s+\w+|\bdont\b|\bans\b|\bans?\b|\bmois\b|\bheures?\b|\b(?:19|20)\d\d\b|\d\s*[-/à]\s*\d|\bsoit\b",
    re.IGNORECASE,
)


_MAY_OVERLAP = regex(r"\b(?:le|la|les|l[’']|au|aux|à|en|pendant|chez|du|de|des|dans|pour)\b", re.IGNORECASE)
"""« 80 le midi et 60 le soir » may be the same ones."""


def partitions(sentence: str) -> Iterator[Faux]:
    """So many things and, after a colon, those that make them, nearly so; more of them than there are."""
    for pattern in (_MADE_OF, _AMONG):
        for found in pattern.finditer(sentence) if " et " in sentence else ():
            overlap = pattern is _AMONG and _MAY_OVERLAP.search(found["parts"])
            if overlap or _NOT_PARTS.search(found["parts"]):
                continue
            counts = [
                combien(one["n"].lower().replace("une", "un")) for one in _COUNT.finditer(found["parts"])
            ]
            terms, total = (
                [one for one in counts if one is not None],
                combien(found["total"].lower()) or Decimal(0),
            )
            whole = sum(terms, Decimal(0))
            slack = Decimal(0) if pattern is _AMONG else max(total / 5, Decimal(1))
            likely = (
                len(terms) >= 2 and max(terms) < total and total - slack <= whole <= total * Decimal("1.5")
            )
            if likely and not some_make(terms, total):
                yield wrong(found.start("total"), f"{found['total']} {found['what']}", whole)


# --- « deux agents à temps plein et un à mi-temps, soit 2,5 ETP »


_POSTS = regex(
    rf"(?P<many>{_NUMBER})\s+(?:[^\W\d_]+\s+){{0,3}}?à\s+(?:(?P<plein>temps\s+(?:plein|complet))|(?P<mi>mi-temps)|(?P<rate>{VALUE})\s?%)",
    re.IGNORECASE,
    needs="temps|%",
)
_ETP = regex(
    rf"\b(?:soit|représentent|font|équivalent\s+à)\s+(?P<n>{VALUE})\s?(?:ETP|équivalents?[\s-]+temps[\s-]+plein)\b",
    re.IGNORECASE,
    needs="soit|représentent|font|équivalent",
)


def posts(sentence: str) -> Iterator[Faux]:
    """Posts at full, half or a part of the time, in full-time equivalents."""
    said = _ETP.search(sentence)
    found = [*_POSTS.finditer(sentence, 0, said.start())] if said else []
    if said is None or len(found) < 2 or re.search(r"\bdont\b", sentence):
        return
    made = Decimal(0)
    for one in found:
        rate = Decimal(1) if one["plein"] else Decimal("0.5") if one["mi"] else valeur(one["rate"]) / 100
        made += (combien(one["many"].lower().replace("une", "un")) or 0) * rate
    if abs(valeur(said["n"]) - made) > Decimal("0.05"):
        yield wrong(said.start("n"), said["n"], made)


# --- « un an renouvelable trois fois, soit une durée maximale de quatre ans »


_RENEWED = regex(
    rf"\b(?P<n>{_NUMBER}|une?)\s+(?P<unit>ans?|mois)\s*,?\s+(?:tacitement\s+)?(?:renouvelable|reconductible)s?\s+(?P<times>{_NUMBER}|une)\s+fois\b"
    rf"[^.;\d]{{0,20}}?\bsoit\b[^.;\d]{{0,40}}?\b(?P<said>{_NUMBER})\s+(?P<of>ans?|mois)\b",
    re.IGNORECASE,
    needs="renouvelable|reconductible & fois & soit",
)


def renewals(sentence: str) -> Iterator[Faux]:
    """A contract, how often it is renewed for as long, and how long it lasts in all."""
    for found in _RENEWED.finditer(sentence) if "fois" in sentence else ():
        one, times, said = (
            combien(found[name].lower().replace("une", "un")) for name in ("n", "times", "said")
        )
        if not one or not times or not said:
            continue
        months = one * (1 + times) * (12 if found["unit"].lower().startswith("an") else 1)
        unit = 12 if found["of"].lower().startswith("an") else 1
        if months != said * unit:
            made = months / unit
            yield Faux(
                found.start("said"), f"{found['said']} {found['of']}", f"{made.normalize():f} {found['of']}"
            )


# --- « 10 000 € la première année ; 12 000 € la deuxième ; soit 22 000 € », « 4 000 € s’ajoutent à 6 000 € »


_IN_ITEMS = regex(
    rf"(?P<items>(?:[^;\n.€]{{0,80}}{MONEY}[^;\n.€]{{0,60}};\s*){{2,8}})soit\s+(?:(?:un|au)\s+total\s+(?:de\s+)?)?(?P<said>{MONEY})(?!\s+(?:par|chacun))",
    re.IGNORECASE,
    needs="soit & ;",
)


def items(text: str) -> Iterator[Faux]:
    """The sums of a list with semicolons, and the total that ends it."""
    for found in _IN_ITEMS.finditer(text):
        terms = [valeur(one[0]) for one in _MONEYS.finditer(found["items"])]
        if not some_make(terms[-8:], valeur(found["said"])):
            yield wrong(found.start("said"), found["said"], sum(terms, Decimal(0)))


_ADDED = regex(
    rf"(?P<a>{MONEY})[^.;€]{{0,60}}?\b(?:s[’']ajoute(?:nt)?\s+à|complète(?:nt)?|et|plus)\b[^.;€]{{0,40}}?(?P<b>{MONEY})\s*,?\s+pour\s+un\s+montant\s+(?:de|d[’'])\s*(?P<said>{MONEY})",
    re.IGNORECASE,
    needs="montant & pour",
)
_WHOLLY = regex(
    rf"(?P<a>{MONEY})[^.;€]{{0,60}}?\bet\b[^.;€]{{0,60}}?(?P<b>{MONEY})[^.;€]{{0,40}}?\b(?:totalité|intégralité|ensemble)\b[^.;€]{{0,40}}?\bsoit\s+(?P<said>{MONEY})",
    re.IGNORECASE,
    needs="soit & totalité|intégralité|ensemble",
)


def added(sentence: str) -> Iterator[Faux]:
    """Two sums, and the amount that they make together."""
    for pattern in (_ADDED, _WHOLLY):
        for found in (
            pattern.finditer(sentence) if "pour un montant" in sentence or "soit" in sentence else ()
        ):
            made = valeur(found["a"]) + valeur(found["b"])
            if abs(valeur(found["said"]) - made) >= 1 and len(_MONEYS.findall(sentence)) == 3:
                yield wrong(found.start("said"), found["said"], made)


RELATED: Final = (parts_in_percent, ones_and_many, partitions, posts, renewals, added)
