"""Whether the quantities of a sentence agree, as its words relate them and whatever their order: a whole and
its parts, so many at a price, a rate between two numbers, a difference.

The units say which operation is meant, a word of the sentence that one is; what is told is near the right
result, as a slip is, and no other ordinary operation gives it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from ctgdocs.french import NUMERAL
from ctgdocs.patterns import regex
from ctgdocs.vocabulary.ecarts import some_make
from ctgdocs.vocabulary.nombres_ecrits import MONEY, VALUE, Faux, combien, valeur, wrong
from ctgdocs.vocabulary.resultats import Quantite, comes_from, quantites

_VAGUE = regex(
    r"\b(?:environ|près\s+d|plus\s+d|moins\s+d|au\s+(?:moins|plus)|quelque|presque|maxim\w+|plafon\w+|minim\w+|moyenne|jusqu|hors|outre|limite|ou\s+\d)",
    re.IGNORECASE,
)
_NUMBER: Final = rf"(?:{VALUE}|{NUMERAL})"

# --- « 24 000 €, couverts par la Caf (12 000 €), la MSA (4 000 €) et l’autofinancement (8 000 €) »


_MADE_OF = regex(
    r"\b(?:couvert|financé|réparti|répartit|répartissent|ventilé|composé|compose|partagé|constitué)\w*\b[^.;]{0,20}?\b(?:par|entre|de|en|ainsi|comme)\b",
    re.IGNORECASE,
    needs="couvert|financé|répart|ventilé|composé|compose|partagé|constitué",
)


_HOLDS = regex(
    r"\b(?:comprend|comprennent|regroupe|inclut|additionne)\b(?!\s+notamment)",
    needs="comprend|comprennent|regroupe|inclut|additionne",
)
"""« 62 000 € comprennent 45 000 € de salaires et 17 000 € de charges »"""


def wholes(sentence: str, found: Sequence[Quantite]) -> Iterator[Faux]:
    """The first quantity, and those of its unit that are said to make it, in brackets."""
    said = _MADE_OF.search(sentence)
    same = [one for one in found if found and one.unit == found[0].unit]
    parts = [one for one in same[1:] if said and one.start > said.start()]
    told = _HOLDS.search(sentence)
    if told is not None and len(same) >= 3 and same[0].end <= told.start() and same[1].start >= told.end():
        said, parts = told, same[1:]
    bracketed = said is told or all(sentence[one.start - 1] == "(" for one in parts)
    if (
        said is None
        or len(parts) < 2
        or len(parts) != len(same) - 1
        or not bracketed
        or same[0].start > said.start()
    ):
        return
    terms = [one.number for one in parts]
    if _near(same[0].number, sum(terms, Decimal(0))) and not some_make(terms, same[0].number):
        yield wrong(same[0].start, same[0].typed, sum(terms, Decimal(0)))


# --- « 1 250 repas à 4 €, pour une dépense de 5 000 € », « 600 € sur dix mois, 60 € par mois »


def prices(sentence: str, found: Sequence[Quantite]) -> Iterator[Faux]:
    """A price of one, how many there are, and the whole that a word says: « une dépense de », « soit »."""
    money = [one for one in found if one.unit == "€"]
    counts = [one for one in found if one.unit not in ("€", "%")]
    if len(money) != 2 or not 1 <= len(counts) <= 2 or len(found) != len(money) + len(counts):
        return
    for each, whole in (money, money[::-1]):
        units = [one for one in counts if _of_each(sentence, each, one)]
        made = each.number
        for one in units:
            made *= one.number
        if len(units) == len(counts) and each.number < whole.number and _near(whole.number, made):
            if not comes_from(whole, [one for one in found if one is not whole], set()):
                yield wrong(whole.start, whole.typed, made)
            return


def _of_each(sentence: str, each: Quantite, many: Quantite) -> bool:
    """Whether a price is that of one of so many: « 4 € par repas », « 1 250 repas à 4 € », « 4 € chacun »."""
    name = re.escape(many.typed.split()[-1].rstrip("sx"))
    after, between = sentence[each.end : each.end + 60], sentence[many.end : each.start]
    by = re.match(
        rf"\s*(?:[^\W\d_]+\s+){{0,2}}?(?:par|le|la|l[’']|/|et\s+par|pour\s+chaque)\s*(?:\w+\s+et\s+par\s+)?{name}",
        after,
        re.I,
    )
    near = each.start > many.end and re.fullmatch(
        r"(?:\s+[^\W\d_]+){0,4}\s*,?\s+(?:à|de|à\s+raison\s+de|au\s+prix\s+de)\s+", between
    )
    return bool(by or near or re.match(r"\s*chacune?s?\b", after))


# --- « 84 en 2024, 25 % de plus en 2025, soit 105 », « 18 000 € contre 20 000 €, en baisse de 10 % »


_UP = regex(
    r"\b(?:augment|progress|hausse|croiss|accru|croît|major)\w*",
    re.IGNORECASE,
    needs="augment|progress|hausse|croiss|accru|croît|major",
)
_DOWN = regex(
    r"\b(?:baiss|diminu|recul|rédui|réduct|chut)\w*",
    re.IGNORECASE,
    needs="baiss|diminu|recul|rédui|réduct|chut",
)
_AGAINST = regex(r"\bcontre\b|\bau\s+lieu\s+d", re.IGNORECASE, needs="contre|lieu")


def rates(sentence: str, found: Sequence[Quantite]) -> Iterator[Faux]:
    """Two numbers of one unit, and the rate from one to the other, up or down."""
    percents = [one for one in found if one.unit == "%"]
    others = [one for one in found if one.unit != "%"]
    sign = 1 if _UP.search(sentence) else -1 if _DOWN.search(sentence) else 0
    if len(percents) != 1 or len(others) != 2 or others[0].unit != others[1].unit or not sign:
        return
    before, after = others[::-1] if _AGAINST.search(sentence) else others
    rate, moved = percents[0], after.number - before.number
    if not before.number or moved * sign <= 0:
        return
    made = abs(moved) / before.number * 100
    if abs(rate.number - made) > Decimal("1.01") and abs(rate.number - made) <= max(made / 2, Decimal(15)):
        yield wrong(rate.start, rate.typed, made.quantize(Decimal("0.1")))


# --- « l’écart entre le prévu (50 000 €) et le réalisé (46 500 €) est de 3 500 € »


_GAP = regex(
    r"\b(?:écart|différence|solde|reliquat|économie|dépassement|excédent|déficit)\b[^.;]{0,160}?\b(?:est|soit|s[’']élève|représente|atteint|d[’']un\s+montant)\b"
    r"|\b(?:d[’']où|soit|dégage\w*|entraîn\w+|laiss\w+|fait\s+apparaître)\s+une?\s+(?:écart|différence|solde|reliquat|économie|dépassement|excédent|déficit)\s+de\b",
    re.IGNORECASE,
    needs="écart|différence|solde|reliquat|économie|dépassement|excédent|déficit",
)


def gaps(sentence: str, found: Sequence[Quantite]) -> Iterator[Faux]:
    """Two sums, and the difference that is said."""
    money = [one for one in found if one.unit == "€"]
    if len(money) != 3 or not _GAP.search(sentence):
        return
    first, second, said = money
    made = abs(first.number - second.number)
    if _near(said.number, made) and not comes_from(said, money[:2], set()):
        yield wrong(said.start, said.typed, made)


# --- « 45 filles et 52 garçons (total : 97) », « cinq années : 2027, 2028, 2029, 2030 et 2031 »


_IN_BRACKETS = regex(
    rf"\(\s*(?:soit\s+)?(?:un\s+)?total\s*(?::|de|=)?\s*(?P<said>{VALUE})\s*\)", re.IGNORECASE, needs="total"
)
_COUNTED = regex(rf"(?<![\w,.])(?P<n>{VALUE})\s+(?!€|%|euro)[^\W\d_]{{3,}}")
_YEARS = regex(
    rf"\b(?P<n>{_NUMBER})\s+(?:années|exercices|ans)\s*(?::|\(|,\s+(?:à\s+savoir|soit)\s*:?)\s*(?P<list>20\d\d(?:\s*(?:,|et)\s*20\d\d)+)",
    re.IGNORECASE,
    needs="années|exercices|ans & 20",
)


def counts(sentence: str) -> Iterator[Faux]:
    """A total in brackets of what is counted just before; as many years as are named."""
    for found in _IN_BRACKETS.finditer(sentence):
        terms = [valeur(one["n"]) for one in _COUNTED.finditer(sentence, 0, found.start())]
        said = valeur(found["said"])
        if 2 <= len(terms) <= 6 and not some_make(terms, said):
            yield wrong(found.start("said"), found["said"], sum(terms, Decimal(0)))
    for found in _YEARS.finditer(sentence):
        many, named = combien(found["n"].lower()), len(re.findall(r"20\d\d", found["list"]))
        if many is not None and many != named:
            yield Faux(found.start("n"), f"{found['n']} années", str(named))


# --- « le quorum est atteint avec 18 présents sur 35 », « la majorité absolue de 33 suffrages est de 17 »


_QUORUM = regex(
    r"\bquorum\b[^.;\d]{0,40}?\batteint\b[^.;\d]{0,30}?(?P<n>\d{1,3})\s+(?:[^\W\d_]+\s+)?présents?\b[^.;\d]{0,20}?\bsur\s+(?P<of>\d{1,3})\b",
    re.IGNORECASE,
    needs="quorum & atteint & présent",
)
_ABSOLUTE = regex(
    r"\bmajorité\s+absolue\b[^.;\d]{0,30}?(?P<of>\d{1,3})\s+(?:suffrages|voix|votants)[^.;\d]{0,30}?\best\s+(?:donc\s+)?de\s+(?P<n>\d{1,3})\b",
    re.IGNORECASE,
    needs="majorité & absolue",
)
_SIDE: Final = r"(?:dépenses|recettes|charges|produits)"
_BALANCED = regex(
    rf"(?P<a>{MONEY})\s+(?:de|en)\s+{_SIDE}\b[^.;€]{{0,20}}?(?P<b>{MONEY})\s+(?:de|en)\s+{_SIDE}\b"
    r"[^.;]{0,60}?(?<!non\s)\béquilibr",
    re.IGNORECASE,
    needs="équilibr & dépenses|recettes|charges|produits",
)
_TAXED = regex(
    rf"\bTTC\b[^.;€]{{0,20}}?(?P<ttc>{MONEY})[^.;€]{{0,12}}?(?P<ht>{MONEY})\s*HT\b[^.;%]{{0,20}}?\bTVA\b[^.;%\d]{{0,8}}(?P<rate>{VALUE})\s?%",
    re.IGNORECASE,
    needs="ttc & ht & tva",
)


def by_law(sentence: str) -> Iterator[Faux]:
    """A quorum of more than half, an absolute majority, a plan said to balance, a price with its tax."""
    for found in _QUORUM.finditer(sentence):
        if int(found["n"]) * 2 <= int(found["of"]):
            yield Faux(found.start("n"), found["n"], f"au moins {int(found['of']) // 2 + 1}")
    for found in _ABSOLUTE.finditer(sentence):
        if int(found["n"]) != int(found["of"]) // 2 + 1:
            yield Faux(found.start("n"), found["n"], str(int(found["of"]) // 2 + 1))
    for found in _BALANCED.finditer(sentence):
        if valeur(found["a"]) != valeur(found["b"]):
            yield wrong(found.start("b"), found["b"], valeur(found["a"]))
    for found in _TAXED.finditer(sentence):
        made = valeur(found["ht"]) * (100 + valeur(found["rate"])) / 100
        if abs(made - valeur(found["ttc"])) >= 1:
            yield wrong(found.start("ttc"), found["ttc"], made)


def _near(said: Decimal, made: Decimal) -> bool:
    """Whether a number is not a result, and is near it."""
    return abs(said - made) > max(made / 200, Decimal("0.05")) and abs(said - made) * 10 <= made * 3


def coherent(sentence: str) -> Iterator[Faux]:
    """What a sentence relates and its numbers deny, each reader in turn."""
    yield from counts(sentence)
    yield from by_law(sentence)
    found = [] if _VAGUE.search(sentence) else [*quantites(sentence)]
    for reader in (wholes, prices, rates, gaps) if 2 <= len(found) <= 6 else ():
        yield from reader(sentence, found)
