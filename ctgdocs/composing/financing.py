"""The financing plan: dépenses beside recettes, each with its total.

Its amounts are numbers already, so nothing is guessed from text as in the other tables (tableaux.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from ctgdocs.composing import amounts
from ctgdocs.composing.problem import Problem
from ctgdocs.composing.tableaux import SUBTOTAL, unbalanced, wrong_total
from ctgdocs.french import Profil, montant, typographie
from ctgdocs.stages import Cell, Paragraph, Run, TableBlock

Lines = Sequence[tuple[str, Decimal]]

_AMOUNT = "Montant"
_EMPTY = (Cell((Paragraph((), "tableau_texte"),)), Cell((Paragraph((), "tableau_texte"),), "right"))


def financing_plan(
    spending: Lines, income: Lines, profil: Profil, *, caption: str = ""
) -> tuple[TableBlock, list[Problem]]:
    """The table of a plan, and what is wrong in it: a subtotal, or two sides that differ.

    A side without lines is not shown.
    """
    both = (_Side.of("dépenses", spending, profil), _Side.of("recettes", income, profil))
    sides = [side for side in both if side.lines]
    problems = [problem for side in sides for problem in side.problems()]
    if len(sides) == 2 and sides[0].total != sides[1].total:
        problems.append(unbalanced(sides[0].total, sides[1].total, 0, profil))
    columns = zip_longest(*(side.cells() for side in sides), fillvalue=_EMPTY)
    body = [tuple(cell for pair in row for cell in pair) for row in columns]
    head = tuple(cell for side in sides for cell in side.head())
    foot = tuple(cell for side in sides for cell in side.foot())
    return TableBlock((head, *body, foot), header=True, total=True, caption=caption), problems


class _Side(NamedTuple):
    """One half of the plan: `name` is « dépenses » or « recettes »; `centimes`: one amount has some, and all
    of its column show theirs."""

    name: str
    lines: Lines
    profil: Profil
    total: Decimal
    centimes: bool

    @classmethod
    def of(cls, name: str, lines: Lines, profil: Profil) -> _Side:
        total = amounts.total([amount for label, amount in lines if not SUBTOTAL.match(label)])
        centimes = any(amount != amount.to_integral_value() for _, amount in lines)
        return cls(name, lines, profil, total, centimes)

    def head(self) -> tuple[Cell, Cell]:
        return _cells(self.name.capitalize(), _AMOUNT)

    def cells(self) -> list[tuple[Cell, Cell]]:
        centimes, profil = self.centimes, self.profil
        return [
            _cells(typographie(label.strip(), profil), montant(amount, profil, centimes=centimes))
            for label, amount in self.lines
        ]

    def foot(self) -> tuple[Cell, Cell]:
        return _cells(f"Total des {self.name}", montant(self.total, self.profil, centimes=self.centimes))

    def problems(self) -> list[Problem]:
        found = []
        since = 0
        for at, (label, amount) in enumerate(self.lines):
            if SUBTOTAL.match(label):
                expected = amounts.total([each for _, each in self.lines[since:at]])
                if amount != expected:
                    said, counted = (montant(one, self.profil) for one in (amount, expected))
                    found.append(wrong_total(_AMOUNT, label, said, counted, 0))
                since = at + 1
        return found


@lru_cache(maxsize=1024)  # labels and round amounts come back from act to act
def _cells(label: str, amount: str) -> tuple[Cell, Cell]:
    return (
        Cell((Paragraph((Run(label),) if label else (), "tableau_texte"),)),
        Cell((Paragraph((Run(amount),), "tableau_texte"),), "right"),
    )
