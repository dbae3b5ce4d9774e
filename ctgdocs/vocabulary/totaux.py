"""What the label of a row says of its numbers: an item, a part of the row above, a subtotal, a total."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import Enum

from ctgdocs.patterns import regex

_SUBTOTAL = regex(r"\W*s(?:ous)?[- /]{0,2}tota(?:l|ux)\b", re.IGNORECASE, needs="tota")
_TOTAL = regex(r"\W*(?:total|totaux)\b", re.IGNORECASE, needs="tota")
_SUM_OF = r"(?:montants?|co[uû]ts?|prix|budget|d[ée]penses?|recettes?|charges?|produits?|financements?)"
_MAYBE = regex(
    rf"\W*(?:{_SUM_OF}\s+)?(?:t\.?t\.?c|h\.?t)\b\.?\s*(?:\(|$)"
    rf"|\W*{_SUM_OF}\s+tota(?:l|le|ux|les)\b|\W*ensemble\s*$",
    re.IGNORECASE,
)
_PART = regex(r"\W*(?:dont|soit|y compris)\b", re.IGNORECASE, needs="dont|soit|y compris")
_LISTED = regex(r"\s*[-–•]")
_TAX = regex(r"\bt\.?v\.?a\b", re.IGNORECASE)
_RATE = regex(r"(\d{1,2}(?:[.,]\d{1,2})?)[ \u00a0\u202f]*%", needs="%")

SPENDING = regex(r"d[ée]penses?|charges?|emplois?\b", re.IGNORECASE, needs="charge|emploi|pense")
INCOME = regex(
    r"recettes?|produits?|ressources?|financements?",
    re.IGNORECASE,
    needs="financement|produit|recette|ressource",
)
NOT_ADDED = regex(
    r"unitaire|\bp\.?u\b|moyen(?:ne)?\b|par (?:enfant|place|heure|habitant|famille|jour|an|mois|élève|séance)"
    r"|quotient|tarif|coefficient",
    re.IGNORECASE,
)
"""Headings of the columns whose lines are never added up."""


class Sort(Enum):
    """`MAYBE`: « Montant TTC », « Coût total » — a sum when it closes the table, or is one."""

    ITEM = "item"
    PART = "part"
    SUBTOTAL = "subtotal"
    MAYBE = "maybe"
    TOTAL = "total"


def sort_of(label: str) -> Sort:
    """What one label says.

    >>> sort_of("TOTAL HT"), sort_of("Sous-total travaux"), sort_of("dont Caf"), sort_of("Totalité")
    (<Sort.TOTAL: 'total'>, <Sort.SUBTOTAL: 'subtotal'>, <Sort.PART: 'part'>, <Sort.ITEM: 'item'>)
    """
    for pattern, sort in (
        (_SUBTOTAL, Sort.SUBTOTAL), (_TOTAL, Sort.TOTAL), (_PART, Sort.PART), (_MAYBE, Sort.MAYBE),
    ):  # fmt: skip
        if pattern.match(label):
            return sort
    return Sort.ITEM


def sorts(labels: list[str]) -> list[Sort]:
    """What each label says; the dashes under « dont : » are parts too."""
    found: list[Sort] = []
    for label in labels:
        sort = sort_of(label)
        listed = sort is Sort.ITEM and found and found[-1] is Sort.PART and _LISTED.match(label)
        found.append(Sort.PART if listed else sort)
    return found


def tax(label: str) -> bool:
    """Whether the row is a tax on those above."""
    return _TAX.search(label) is not None and sort_of(label) is Sort.ITEM


def rate(label: str) -> Decimal | None:
    """The rate that the label of a tax gives, in percent.

    >>> rate("TVA (5,5 %)"), rate("TVA")
    (Decimal('5.5'), None)
    """
    found = _RATE.findall(label)
    return Decimal(found[0].replace(",", ".")) if len(found) == 1 else None
