"""The financing plan: dépenses beside recettes, each with its total."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from ctgdocs.composing.sums import Ledger
from ctgdocs.composing.tableaux import unbalanced, wrong_total
from ctgdocs.findings import Finding
from ctgdocs.french import Profil, montant, typographie
from ctgdocs.prose import Cell, Paragraph, Run, TableBlock

Lines = Sequence[tuple[str, Decimal]]

_AMOUNT = "Montant"
_EMPTY = (Cell((Paragraph((), "tableau_texte"),)), Cell((Paragraph((), "tableau_texte"),), "right"))


def financing_plan(
    spending: Lines, income: Lines, profil: Profil, *, caption: str = ""
) -> tuple[TableBlock, list[Finding]]:
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
    ledger: Ledger
    centimes: bool

    @classmethod
    def of(cls, name: str, lines: Lines, profil: Profil) -> _Side:
        ledger = Ledger([label for label, _ in lines], {0: [amount for _, amount in lines]})
        centimes = any(amount != amount.to_integral_value() for _, amount in lines)
        return cls(name, lines, profil, ledger, centimes)

    @property
    def total(self) -> Decimal:
        return self.ledger.total(0)

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

    def problems(self) -> list[Finding]:
        found = []
        for row, _, expected in self.ledger.gaps():
            said, counted = (montant(one, self.profil) for one in (self.lines[row][1], expected))
            found.append(wrong_total(f"colonne « {_AMOUNT} »", self.lines[row][0], said, counted, 0))
        return found


@lru_cache(maxsize=1024)  # labels and round amounts come back from act to act
def _cells(label: str, amount: str) -> tuple[Cell, Cell]:
    return (
        Cell((Paragraph((Run(label),) if label else (), "tableau_texte"),)),
        Cell((Paragraph((Run(amount),), "tableau_texte"),), "right"),
    )
