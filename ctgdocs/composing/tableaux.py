"""Tables: whatever they come from (Markdown, lines typed in YAML, a CSV or XLSX sheet), the same checks.

A column of amounts is written in French and aligned right; a typed total is verified, a wanted one is
computed; a financing plan whose two sides differ is an alerte.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from ctgdocs.composing import amounts
from ctgdocs.composing.amounts import Nature
from ctgdocs.composing.problem import Problem
from ctgdocs.findings import Severity
from ctgdocs.french import Profil, typographie
from ctgdocs.patterns import regex
from ctgdocs.stages import Cell, Paragraph, Run, TableBlock

Align = Literal["left", "right", "center"]
Runs = tuple[Run, ...]

_TOTAL = regex(r"total\b|totaux\b", re.IGNORECASE)
SUBTOTAL = regex(r"sous[- ]?tota(?:l|ux)\b", re.IGNORECASE)
_SPENDING = regex(r"d[ée]penses?|charges?|emplois?\b", re.IGNORECASE)
_INCOME = regex(r"recettes?|produits?|ressources?|financements?", re.IGNORECASE)
_PERCENT_SLACK = Decimal("0.5")


class Column(NamedTuple):
    """What is known of one column: `context` is the last heading to its left that is not of numbers."""

    heading: str
    nature: Nature
    decimals: bool
    context: str = ""


def from_markdown(
    rows: Sequence[Sequence[Runs]], aligns: Sequence[str], profil: Profil, line: int = 0
) -> tuple[TableBlock, list[Problem]]:
    """A table of a Markdown text; `line` is where it starts, the second line being its rule."""
    texts = [["".join(run.text for run in cell) for cell in row] for row in rows]
    lines = [line, *range(line + 2, line + 2 + len(rows))]
    return _Table(texts, profil, runs=rows, aligns=aligns, lines=lines).finish("", False)


def from_texts(
    rows: Sequence[Sequence[str]], profil: Profil, *, caption: str = "", add_total: bool = False
) -> tuple[TableBlock, list[Problem]]:
    """A table of plain texts, the first row being its headings."""
    return _Table(rows, profil, lines=range(len(rows) + 1)).finish(caption, add_total)


def wrong_total(column: str, label: str, said: str, found: str, line: int) -> Problem:
    """A typed total that its lines deny."""
    return Problem(
        "total",
        f"colonne « {column} » : « {label} » annonce {said}, les lignes font {found}",
        line,
        hint="corrigez la ligne ou le total ; une case de total laissée vide est calculée",
    )


def unbalanced(spent: Decimal, earned: Decimal, line: int, profil: Profil) -> Problem:
    """A financing plan whose two sides differ."""
    spending, income = (amounts.written(side, "montant", False, profil) for side in (spent, earned))
    return Problem(
        "equilibre",
        f"le plan de financement n’est pas équilibré : dépenses {spending}, recettes {income}",
        line,
        severity=Severity.ALERTE,
    )


class _Table:
    """One table on its way to the page."""

    def __init__(
        self, texts: Sequence[Sequence[str]], profil: Profil, *, lines: Sequence[int],
        runs: Sequence[Sequence[Runs]] | None = None, aligns: Sequence[str] = (),
    ) -> None:  # fmt: skip
        width = max((len(row) for row in texts), default=0)
        self.texts = [[cell.strip() for cell in row] + [""] * (width - len(row)) for row in texts]
        self.runs = [list(row) + [()] * (width - len(row)) for row in runs] if runs is not None else None
        self.profil, self.lines, self.aligns = profil, lines, aligns
        self.problems: list[Problem] = []

    def finish(self, caption: str, add_total: bool) -> tuple[TableBlock, list[Problem]]:
        columns = self._columns()
        if add_total and self.texts and not self._has_total():
            self._append_total(columns)
        has_total = self._has_total()
        if has_total:
            self._settle_totals(columns)
        self._check_balance(columns)
        rows = tuple(
            tuple(self._cell(at, index, column) for index, column in enumerate(columns))
            for at in range(len(self.texts))
        )
        return TableBlock(rows, header=True, total=has_total, caption=caption), self.problems

    def _columns(self) -> list[Column]:
        columns: list[Column] = []
        context = ""
        for index, heading in enumerate(self.texts[0] if self.texts else ()):
            cells = [row[index] for row in self.texts[1:]]
            what = amounts.nature(heading, cells, context)
            values = [number for cell in cells if (number := amounts.read_number(cell))]
            decimals = any(value[0] != value[0].to_integral_value() for value in values)
            columns.append(Column(heading, what, decimals, context))
            context = heading if what == "texte" else context
        return columns

    def _has_total(self) -> bool:
        return len(self.texts) > 1 and _TOTAL.match(self.texts[-1][0]) is not None

    def _append_total(self, columns: Sequence[Column]) -> None:
        row = [""] * len(columns)
        row[0] = "Total"
        for index, column in enumerate(columns):
            if index and column.nature != "texte":
                summed = amounts.total(self._values(index, self.texts[1:]))
                if column.nature != "pourcentage" or abs(summed - 100) <= _PERCENT_SLACK:
                    row[index] = str(summed)
        self.texts.append(row)
        if self.runs is not None:
            self.runs.append([()] * len(columns))

    def _values(self, index: int, rows: Sequence[Sequence[str]]) -> list[Decimal]:
        """The numbers of a column, subtotals left out."""
        return [
            number[0]
            for row in rows
            if not SUBTOTAL.match(row[0]) and (number := amounts.read_number(row[index]))
        ]

    def _settle_totals(self, columns: Sequence[Column]) -> None:
        """Fills the blank cells of the total row, and verifies the others; subtotals too."""
        last = self.texts[-1]
        for index, column in enumerate(columns):
            if column.nature == "texte":
                if not last[index] and any(left.nature == "montant" for left in columns[:index]):
                    self._fill(index, last[0])  # the other side of a financing plan
                continue
            self._check_subtotals(index, column)
            expected = amounts.total(self._values(index, self.texts[1:-1]))
            if not amounts.blank(last[index]):
                self._check_total(len(self.texts) - 1, index, column, expected)
            elif column.nature == "montant":
                self._fill(index, str(expected))

    def _fill(self, index: int, text: str) -> None:
        """Writes in a blank cell of the last row."""
        self.texts[-1][index] = text
        if self.runs is not None:
            self.runs[-1][index] = ()

    def _check_subtotals(self, index: int, column: Column) -> None:
        since = 1
        for at, row in enumerate(self.texts[:-1]):
            if SUBTOTAL.match(row[0]):
                if not amounts.blank(row[index]):
                    expected = amounts.total(self._values(index, self.texts[since:at]))
                    self._check_total(at, index, column, expected)
                since = at + 1

    def _check_total(self, at: int, index: int, column: Column, expected: Decimal) -> None:
        typed = amounts.read_number(self.texts[at][index])
        slack = _PERCENT_SLACK if column.nature == "pourcentage" else Decimal(0)
        if typed is None or abs(typed[0] - expected) <= slack:
            return
        said, found = (self._written(value, column) for value in (typed[0], expected))
        label = self.texts[at][0]
        self.problems.append(wrong_total(column.heading, label, said, found, self.lines[at]))

    def _check_balance(self, columns: Sequence[Column]) -> None:
        sides: dict[str, Decimal] = {}
        body = self.texts[1:-1] if self._has_total() else self.texts[1:]
        for index, column in enumerate(columns):
            if column.nature == "montant":
                for side, named in (("dépenses", _SPENDING), ("recettes", _INCOME)):
                    if named.search(column.heading) or named.search(column.context):
                        sides.setdefault(side, amounts.total(self._values(index, body)))
                        break
        if len(sides) == 2 and sides["dépenses"] != sides["recettes"]:
            line = self.lines[0] if self.lines else 0
            self.problems.append(unbalanced(sides["dépenses"], sides["recettes"], line, self.profil))

    def _written(self, value: Decimal, column: Column) -> str:
        decimals = column.decimals or value != value.to_integral_value()
        return amounts.written(value, column.nature, decimals, self.profil)

    def _cell(self, at: int, index: int, column: Column) -> Cell:
        text = self.texts[at][index]
        runs = self.runs[at][index] if self.runs is not None and at < len(self.runs) else ()
        align = self._align(index, column)
        number = amounts.read_number(text) if at and column.nature != "texte" else None
        if number:
            said = self._written(number[0], column)
            runs = (Run(said, bold=len(runs) == 1 and runs[0].bold),)
        elif not runs:
            runs = (Run(typographie(text, self.profil)),) if text else ()
        return Cell((Paragraph(runs, "tableau_texte"),), align)

    def _align(self, index: int, column: Column) -> Align:
        wanted = self.aligns[index] if index < len(self.aligns) else ""
        if wanted == "right" or (not wanted and column.nature != "texte"):
            return "right"
        return "center" if wanted == "center" else "left"
