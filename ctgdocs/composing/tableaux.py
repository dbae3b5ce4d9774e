"""Tables: whatever they come from (Markdown, lines typed in YAML, a CSV or XLSX sheet), the same checks.

A column of amounts is written in French and aligned right; a typed total is verified, a wanted one is
computed; a financing plan whose two sides differ is an alerte.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal

from ctgdocs.composing import pictures
from ctgdocs.composing.columns import Column, blank, column_of, places_of
from ctgdocs.composing.sums import Ledger, across
from ctgdocs.content.framing import NO_SHEET, Sheet
from ctgdocs.findings import Finding, Place, Severity
from ctgdocs.french import Profil, montant, typographie
from ctgdocs.patterns import Sought, regex
from ctgdocs.prose import Cell, Prose, Run, TableBlock
from ctgdocs.vocabulary.totaux import INCOME, SPENDING, Sort, sort_of

Align = Literal["left", "right", "center"]
Runs = tuple[Run, ...]

_FIX = "corrigez la ligne ou le total ; une case de total laissée vide est calculée"
_RESULT = regex(r"r[ée]sultat|exc[ée]dent|d[ée]ficit|solde|b[ée]n[ée]fice", re.IGNORECASE)
_HALF = Decimal("0.5")
_ALMOST = Decimal("0.0001")
"""How far the fifteen digits of a spreadsheet may be from what they stand for."""


def from_markdown(
    rows: Sequence[Sequence[Runs]], aligns: Sequence[str], profil: Profil, line: int = 0
) -> tuple[TableBlock, list[Finding]]:
    """A table of a Markdown text; `line` is where it starts, the second line being its rule."""
    texts = [["".join(run.text for run in cell) for cell in row] for row in rows]
    lines = [line, *range(line + 2, line + 2 + len(rows))]
    return _Table(texts, profil, runs=rows, aligns=aligns, lines=lines).finish("", False)


def from_texts(
    rows: Sequence[Sequence[str]], profil: Profil, *, caption: str = "", add_total: bool = False
) -> tuple[TableBlock, list[Finding]]:
    """A table of plain texts, the first row being its headings."""
    return _Table(rows, profil, lines=range(len(rows) + 1)).finish(caption, add_total)


def under_a_heading(prose: Prose) -> Prose:
    """The same without the captions of its tables, which the heading above says already."""
    return Prose(tuple(one._replace(caption="") if isinstance(one, TableBlock) else one for one in prose))


def from_sheet(
    sheet: Sheet, profil: Profil, *, caption: str = "", add_total: bool = False
) -> tuple[TableBlock, list[Finding]]:
    """A table kept in a file: its decimals are those that the sheet shows, its findings name their cell."""
    table = _Table(sheet.rows, profil, lines=range(len(sheet.rows) + 1), sheet=sheet)
    block, problems = table.finish(caption, add_total)
    return block, [*sheet.told, *problems]


def wrong_total(
    where: str, label: str, said: str, found: str, line: int, hint: str = _FIX, made_of: str = "lignes"
) -> Finding:
    """A typed total that its lines (or its columns) deny."""
    message = f"{where} : « {label} » annonce {said}, les {made_of} font {found}"
    return Finding("total", Severity.ERREUR, message, Place("", line + 1, 1), hints=(hint,))


def unbalanced(spent: Decimal, earned: Decimal, line: int, profil: Profil) -> Finding:
    """A financing plan whose two sides differ."""
    spending, income = (_amount(side, profil) for side in (spent, earned))
    return Finding(
        "equilibre",
        Severity.ALERTE,
        f"le plan de financement n’est pas équilibré : dépenses {spending}, recettes {income}",
        Place("", line + 1, 1),
    )


def _amount(value: Decimal, profil: Profil) -> str:
    return montant(value, profil, centimes=places_of(value) > 0)


class _Table:
    """One table on its way to the page."""

    def __init__(
        self, texts: Sequence[Sequence[str]], profil: Profil, *, lines: Sequence[int],
        runs: Sequence[Sequence[Runs]] | None = None, aligns: Sequence[str] = (), sheet: Sheet = NO_SHEET,
    ) -> None:  # fmt: skip
        width = max((len(row) for row in texts), default=0)
        self.texts = [[cell.strip() for cell in row] + [""] * (width - len(row)) for row in texts]
        self.runs = [list(row) + [()] * (width - len(row)) for row in runs] if runs is not None else None
        self.profil, self.lines, self.aligns, self.sheet = profil, lines, aligns, sheet
        self.problems: list[Finding] = []
        self.bold: frozenset[int] = frozenset()  # totals in the middle: the last one wears its own style
        self.columns = self._columns()

    def finish(self, caption: str, add_total: bool) -> tuple[TableBlock, list[Finding]]:
        if add_total and self.texts and not self._totals():
            self._append_total()
        sides = list(self._sides())
        for side in sides:
            side.settle()
        self._check_across()
        self._check_balance(sides)
        totals = self._totals()
        self.bold = frozenset(at for at in totals if at < len(self.texts) - 1)
        rows = tuple(
            tuple(self._cell(at, index, column) for index, column in enumerate(self.columns))
            for at in range(len(self.texts))
        )
        total = bool(totals) and totals[-1] == len(self.texts) - 1
        return TableBlock(rows, header=True, total=total, caption=caption), self.problems

    def _columns(self) -> list[Column]:
        columns: list[Column] = []
        context = ""
        for index, heading in enumerate(self.texts[0] if self.texts else ()):
            cells = [row[index] for row in self.texts[1:]]
            column = column_of(heading, cells, context, shown=self.sheet is not NO_SHEET)
            columns.append(column)
            context = heading if column.nature == "texte" else context
        most = max((column.places for column in columns), default=0)  # what one amount shows, all show
        cut = {index for _, index in self.sheet.lost}
        return [
            column._replace(places=most) if column.nature == "montant" and index not in cut else column
            for index, column in enumerate(columns)
        ]

    def _totals(self) -> list[int]:
        """The rows of the table that are totals."""
        return [
            at for at, row in enumerate(self.texts) if at and any(sort_of(cell) is Sort.TOTAL for cell in row)
        ]

    def _append_total(self) -> None:
        row = [""] * len(self.columns)
        row[0] = "Total"
        labels = [row[0] for row in self.texts[1:]]
        for index, column in enumerate(self.columns[1:], 1):
            if column.added:
                found = Ledger(labels, {index: self.values(index)}).total(index)
                if column.nature != "pourcentage" or abs(found - 100) <= _HALF:
                    row[index] = column.written(found, self.profil)
        self.texts.append(row)
        if self.runs is not None:
            self.runs.append([()] * len(self.columns))

    # --- sides: labels and the columns that they govern ----------------------------------------------

    def _sides(self) -> Iterator[_Side]:
        """A text column after numbers opens another side when it names one, or holds totals of its own."""
        opened: list[int] = []
        for index in range(len(self.columns)):
            if any(self.columns[at].nature != "texte" for at in opened) and self._opens(index):
                yield _Side(self, opened)
                opened = []
            opened.append(index)
        if opened:
            yield _Side(self, opened)

    def _opens(self, index: int) -> bool:
        if self.columns[index].nature != "texte":
            return False
        heading = self.texts[0][index]
        named = SPENDING.search(heading) or INCOME.search(heading)
        return bool(named) or any(sort_of(row[index]) is Sort.TOTAL for row in self.texts[1:])

    def values(self, index: int) -> list[Decimal | None]:
        """The numbers of a column as the page shows them, headings left out."""
        return [self.columns[index].value(row[index]) for row in self.texts[1:]]

    def exact(self, index: int) -> list[Decimal | None]:
        """The numbers of a column as their sheet knows them."""
        lost = self.sheet.lost
        return [
            None if value is None else value + lost.get((at, index), 0)
            for at, value in enumerate(self.values(index), 1)
        ]

    def fill(self, at: int, index: int, text: str) -> None:
        """Writes in a blank cell."""
        self.texts[at][index] = text
        if self.runs is not None:
            self.runs[at][index] = ()

    # --- problems -------------------------------------------------------------------------------------

    def wrong(self, at: int, index: int, label: str, expected: Decimal, made_of: str = "lignes") -> None:
        column = self.columns[index]
        typed = column.value(self.texts[at][index]) or Decimal(0)
        said, found = (column.written(value, self.profil) for value in (typed, expected))
        hint = f"{_FIX} ; les lignes masquées ne comptent pas" if self.sheet.hidden else _FIX
        self.problems.append(
            wrong_total(self._where(at, index), label, said, found, self.lines[at], hint, made_of)
        )

    def doubt(self, code: str, at: int, index: int, message: str, hint: str) -> None:
        place = Place("", self.lines[at] + 1, 1)
        said = f"{self._where(at, index)} : {message}"
        self.problems.append(Finding(code, Severity.ALERTE, said, place, hints=(hint,)))

    def _where(self, at: int, index: int) -> str:
        heading = f"colonne « {self.columns[index].heading} »"
        cell = self.sheet.cells[at][index] if at < len(self.sheet.cells) else ""
        return f"cellule {cell}, {heading}" if cell else heading

    def _check_across(self) -> None:
        kinds = [
            "" if column.nature in ("texte", "pourcentage") else column.nature + column.unit
            for column in self.columns
        ]
        columns = [self.exact(index) for index in range(len(self.columns))]
        headings = self.texts[0] if self.texts else ()
        for row, index, expected in across(headings, kinds, list(zip(*columns, strict=True))):
            self.wrong(row + 1, index, next(filter(None, self.texts[row + 1])), expected, "colonnes")

    def _check_balance(self, sides: Sequence[_Side]) -> None:
        """Each side has several sums that the other may balance: with and without taxes. Dépenses and
        recettes of the same lines (a service, a year) balance nothing."""
        spent: tuple[Decimal, ...] = ()
        earned: tuple[Decimal, ...] = ()
        for side in sides if len(sides) > 1 else ():
            for index in side.amounts():
                column = self.columns[index]
                if SPENDING.search(column.heading) or SPENDING.search(column.context):
                    spent = spent or side.balances(index)
                elif INCOME.search(column.heading) or INCOME.search(column.context):
                    earned = earned or side.balances(index)
        if len(sides) == 1:
            spent, earned = sides[0].stacked()
        if spent and earned and not {*spent} & {*earned}:
            line = self.lines[0] if self.lines else 0
            self.problems.append(unbalanced(spent[0], earned[0], line, self.profil))

    # --- cells ----------------------------------------------------------------------------------------

    def _cell(self, at: int, index: int, column: Column) -> Cell:
        text = self.texts[at][index]
        runs = self.runs[at][index] if self.runs is not None and at < len(self.runs) else ()
        bold = at in self.bold
        number = column.value(text) if at and column.nature != "heures" else None
        if number is not None:
            said = ("+" if text.startswith("+") else "") + column.written(number, self.profil)
            runs = (Run(said, bold=bold or (len(runs) == 1 and runs[0].bold)),)
        elif not runs:
            runs = (Run(typographie(text, self.profil), bold=bold),) if text else ()
        continued = (at, index) in self.sheet.continued
        paragraphs = tuple(pictures.paragraphs(runs, "tableau_texte"))
        return Cell(paragraphs, self._align(index, column), continued)

    def _align(self, index: int, column: Column) -> Align:
        wanted = self.aligns[index] if index < len(self.aligns) else ""
        if wanted == "right" or (not wanted and column.nature != "texte"):
            return "right"
        return "center" if wanted == "center" else "left"


class _Side:
    """The columns of a table that one label governs: the whole of it, or the half of a financing plan."""

    def __init__(self, table: _Table, columns: Sequence[int]) -> None:
        self.table = table
        numbers = [at for at in columns if table.columns[at].nature != "texte"]
        self.columns = [at for at in numbers if table.columns[at].added]
        self.naming = [at for at in columns if not numbers or at < numbers[0]]
        self.labels = [self._label(row) for row in table.texts[1:]]
        exact = {at: table.exact(at) for at in self.columns}
        self.ledger = Ledger(self.labels, exact, {at: self._slack(at) for at in self.columns})

    def amounts(self) -> list[int]:
        return [at for at in self.columns if self.table.columns[at].nature == "montant"]

    def settle(self) -> None:
        """Fills the blank cells of the totals, and verifies the others; subtotals and taxes too."""
        for row, index, expected in self.ledger.gaps():
            if not self._mean(row, index):
                self.table.wrong(row + 1, index, self.labels[row], expected)
        for amounts in self.amounts():
            for row, index, expected in self.ledger.taxes(amounts):
                said = self.table.columns[index].written(expected, self.table.profil)
                self.table.doubt(
                    "tva", row + 1, index, f"« {self.labels[row]} » devrait être de {said}",
                    "vérifiez le montant hors taxes, le taux et la TVA",
                )  # fmt: skip
        self._fill()
        self._tell_roundings()

    def balances(self, index: int) -> tuple[Decimal, ...]:
        """What the side comes to: all its lines, then each of its totals."""
        typed = self.ledger.columns[index]
        totals = (typed[row] for row in self.ledger.sums if self.ledger.sorts[row] is not Sort.SUBTOTAL)
        return (self.ledger.total(index), *(total for total in totals if total is not None))

    def stacked(self) -> tuple[tuple[Decimal, ...], tuple[Decimal, ...]]:
        """The totals of dépenses and of recettes that stand one above the other, in the first amounts."""
        found: dict[Sought, list[Decimal]] = {SPENDING: [], INCOME: []}
        above: Sought | None = None
        for index in self.amounts()[:1]:
            for row, value in enumerate(self.ledger.columns[index]):
                named = next((side for side in found if side.search(self.labels[row])), None)
                above = named if value is None and named else above
                side = named or above
                if value is not None and side and self.ledger.sorts[row] is Sort.TOTAL:
                    found[side].insert(0, value)
        if any(_RESULT.search(label) for label in self.labels):
            return (), ()
        spent, earned = ((sum(values, Decimal(0)), *values) if values else () for values in found.values())
        return spent, earned

    def _label(self, row: Sequence[str]) -> str:
        said = [row[at] for at in self.naming if row[at]]
        if sort_of(row[0]) is Sort.TOTAL and not said:
            return row[0]
        return next((label for label in said if sort_of(label) is not Sort.ITEM), said[0] if said else "")

    def _slack(self, index: int) -> Decimal:
        """How far each line of a sum may be from what it stands for: shares are rounded by who types them."""
        if self.table.columns[index].nature == "pourcentage":
            shown = (str(value).partition(".")[2] for value in self.table.values(index) if value is not None)
            return _HALF.scaleb(-max(map(len, shown), default=0))
        return _ALMOST if any(at == index for _, at in self.table.sheet.lost) else Decimal(0)

    def _mean(self, row: int, index: int) -> bool:
        """Whether the total of a column of rates is their mean: no sum is under what it adds."""
        values = self.ledger.columns[index]
        typed = values[row]
        most = max((value for at in self.ledger.sums[row] if (value := values[at]) is not None), default=None)
        rates = self.table.columns[index].nature == "pourcentage"
        return rates and typed is not None and most is not None and typed <= most

    def _fill(self) -> None:
        for row, lines in self.ledger.sums.items():
            if self.ledger.sorts[row] is not Sort.TOTAL:
                continue
            texts = self.table.texts[row + 1]
            if self.naming and not texts[self.naming[0]] and self.naming[0] and self.columns:
                self.table.fill(row + 1, self.naming[0], self.labels[row])
            for index in self.amounts():
                if blank(texts[index]):
                    shown = self.table.values(index)
                    added = sum((value for at in lines if (value := shown[at]) is not None), Decimal(0))
                    self.table.fill(row + 1, index, str(added))

    def _tell_roundings(self) -> None:
        """The sums that are right in the sheet, and that its page denies because it rounds."""
        for index in self.columns:
            if self.table.columns[index].nature == "pourcentage":
                continue
            shown = self.table.values(index)
            for row, lines in self.ledger.sums.items():
                added = sum((value for at in lines if (value := shown[at]) is not None), Decimal(0))
                cut = any((at + 1, index) in self.table.sheet.lost for at in (*lines, row))
                if cut and shown[row] not in (None, added):
                    self.table.doubt(
                        "arrondi", row + 1, index,
                        f"« {self.labels[row]} » affiche {self.table.texts[row + 1][index]}, les lignes "
                        f"affichées font {self.table.columns[index].written(added, self.table.profil)}",
                        "le classeur arrondit ce qu’il affiche : montrez-y les décimales",
                    )  # fmt: skip
