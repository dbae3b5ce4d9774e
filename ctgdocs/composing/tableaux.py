"""Tables: whatever they come from (Markdown, lines typed in YAML, a CSV or XLSX sheet), the same checks.

A column of amounts is written in French and aligned right; a typed total is verified, a wanted one is
computed; a financing plan whose two sides differ is an alerte.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import zip_longest
from typing import Literal, NamedTuple

from ctgdocs.findings import Finding, Place, Severity
from ctgdocs.french import Profil, montant, nombre, typographie
from ctgdocs.prose import Cell, Paragraph, Run, TableBlock

# --- What a column of a table holds: amounts, numbers, percentages or plain text; read, summed, written


Nature = Literal["texte", "montant", "nombre", "pourcentage"]

_NUMBER = re.compile(
    r"(?P<minus>[-−–])?[ \u00a0\u202f]*(?P<digits>\d{1,3}(?:[ \u00a0\u2009\u202f.]\d{3})+|\d+)"
    r"(?:[.,](?P<decimals>\d+))?[ \u00a0\u202f]*(?P<unit>€|euros?|EUR|%)?",
    re.IGNORECASE | re.ASCII,
)
_NOT_A_DIGIT = re.compile(r"\D")
_ABOUT_MONEY = re.compile(
    r"€|euros?|montant|co[uû]t|d[ée]penses?|recettes?|charges?|produits?|budget|subvention|participation"
    r"|prix|tarif|cr[ée]dits?|\bht\b|\bttc\b",
    re.IGNORECASE,
)
_NOT_A_QUANTITY = re.compile(
    r"code|siret|siren|insee|ann[ée]es?\b|exercice|n°|num[ée]ro|t[ée]l|article|chapitre|compte|date|r[ée]f",
    re.IGNORECASE,
)
_BLANKS = frozenset({"", "-", "–", "—", "/", "…", "néant", "s.o."})


@lru_cache(maxsize=4096)  # a table reads each of its cells three or four times
def read_number(text: str) -> tuple[Decimal, str] | None:
    """The value and its unit (« € », « % » or nothing) of a cell, or None when it is not a number.

    >>> read_number("12 500,50 €")
    (Decimal('12500.50'), '€')
    """
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        return None
    digits = _NOT_A_DIGIT.sub("", found["digits"])
    value = Decimal(f"{'-' if found['minus'] else ''}{digits}.{found['decimals'] or 0}")
    if not found["decimals"]:
        value = value.quantize(Decimal(1))
    unit = (found["unit"] or "").lower()
    return value, "%" if unit == "%" else "€" if unit else ""


def blank(text: str) -> bool:
    """Whether a cell of a column of numbers says « nothing here »."""
    return text.strip().lower() in _BLANKS


def nature(heading: str, cells: Sequence[str], context: str = "") -> Nature:
    """What a column holds, from its cells first, from its heading when they are bare numbers; `context`
    is the heading that governs it (« Dépenses » before « Montant »)."""
    values = [read_number(cell) for cell in cells if not blank(cell)]
    if not values or any(value is None for value in values):
        return "texte"
    units = {value[1] for value in values if value}
    if units == {"%"} or (units == {""} and "%" in heading):
        return "pourcentage"
    if "%" in units:
        return "texte"
    if "€" in units:
        return "montant"
    if _NOT_A_QUANTITY.search(heading):
        return "texte"
    if _ABOUT_MONEY.search(heading) or _ABOUT_MONEY.search(context):
        return "montant"
    if _year(heading):
        return "nombre"
    if all(_year(cell) for cell in cells if not blank(cell)) or any(_leading_zero(cell) for cell in cells):
        return "texte"
    return "nombre"


def _year(text: str) -> bool:
    return re.fullmatch(r"(?:19|20)\d\d", text.strip()) is not None


def _leading_zero(text: str) -> bool:
    return re.match(r"0\d", text.strip()) is not None


def written(value: Decimal, what: Nature, places: int, profil: Profil) -> str:
    """The value as the page says it; `places`: the decimals of the amounts of its table, none or two at
    least (a tarif of 0,385 €)."""
    if what == "montant":
        if places > _CENTS:
            return nombre(value, profil, unite="€", decimales=places)
        return montant(value, profil, centimes=places > 0)
    return nombre(value, profil, unite="%" if what == "pourcentage" else "")


def _places(value: Decimal) -> int:
    """The decimals that a value needs: none for 264000.00."""
    exponent = value.normalize().as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def summed(values: Sequence[Decimal]) -> Decimal:
    return sum(values, Decimal(0))


Align = Literal["left", "right", "center"]
Runs = tuple[Run, ...]

_TOTAL = re.compile(r"total\b|totaux\b", re.IGNORECASE)
SUBTOTAL = re.compile(r"sous[- ]?tota(?:l|ux)\b", re.IGNORECASE)
_SPENDING = re.compile(r"d[ée]penses?|charges?|emplois?\b", re.IGNORECASE)
_INCOME = re.compile(r"recettes?|produits?|ressources?|financements?", re.IGNORECASE)
_PERCENT_SLACK = Decimal("0.5")
_CENTS = 2


class Column(NamedTuple):
    """What is known of one column: `context` is the last heading to its left that is not of numbers."""

    heading: str
    nature: Nature
    context: str = ""


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


def wrong_total(column: str, label: str, said: str, found: str, line: int) -> Finding:
    """A typed total that its lines deny."""
    return Finding(
        "total",
        Severity.ERREUR,
        f"colonne « {column} » : « {label} » annonce {said}, les lignes font {found}",
        Place("", line + 1, 1),
        hints=("corrigez la ligne ou le total ; une case de total laissée vide est calculée",),
    )


def unbalanced(spent: Decimal, earned: Decimal, line: int, profil: Profil) -> Finding:
    """A financing plan whose two sides differ."""
    spending, income = (written(side, "montant", _places(side), profil) for side in (spent, earned))
    return Finding(
        "equilibre",
        Severity.ALERTE,
        f"le plan de financement n’est pas équilibré : dépenses {spending}, recettes {income}",
        Place("", line + 1, 1),
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
        self.problems: list[Finding] = []
        self.places = 0  # the decimals that one amount shows, all show

    def finish(self, caption: str, add_total: bool) -> tuple[TableBlock, list[Finding]]:
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
            what = nature(heading, cells, context)
            columns.append(Column(heading, what, context))
            if what == "montant":
                shown = [_places(number[0]) for cell in cells if (number := read_number(cell))]
                self.places = max(self.places, *shown)
            context = heading if what == "texte" else context
        return columns

    def _has_total(self) -> bool:
        return len(self.texts) > 1 and _TOTAL.match(self.texts[-1][0]) is not None

    def _append_total(self, columns: Sequence[Column]) -> None:
        row = [""] * len(columns)
        row[0] = "Total"
        for index, column in enumerate(columns):
            if index and column.nature != "texte":
                found = summed(self._values(index, self.texts[1:]))
                if column.nature != "pourcentage" or abs(found - 100) <= _PERCENT_SLACK:
                    row[index] = str(found)
        self.texts.append(row)
        if self.runs is not None:
            self.runs.append([()] * len(columns))

    def _values(self, index: int, rows: Sequence[Sequence[str]]) -> list[Decimal]:
        """The numbers of a column, subtotals left out."""
        return [
            number[0] for row in rows if not SUBTOTAL.match(row[0]) and (number := read_number(row[index]))
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
            expected = summed(self._values(index, self.texts[1:-1]))
            if not blank(last[index]):
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
                if not blank(row[index]):
                    expected = summed(self._values(index, self.texts[since:at]))
                    self._check_total(at, index, column, expected)
                since = at + 1

    def _check_total(self, at: int, index: int, column: Column, expected: Decimal) -> None:
        typed = read_number(self.texts[at][index])
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
                        sides.setdefault(side, summed(self._values(index, body)))
                        break
        if len(sides) == 2 and sides["dépenses"] != sides["recettes"]:
            line = self.lines[0] if self.lines else 0
            self.problems.append(unbalanced(sides["dépenses"], sides["recettes"], line, self.profil))

    def _written(self, value: Decimal, column: Column) -> str:
        return written(value, column.nature, max(self.places, _places(value)), self.profil)

    def _cell(self, at: int, index: int, column: Column) -> Cell:
        text = self.texts[at][index]
        runs = self.runs[at][index] if self.runs is not None and at < len(self.runs) else ()
        align = self._align(index, column)
        number = read_number(text) if at and column.nature != "texte" else None
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


# --- The financing plan: dépenses beside recettes, each with its total


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
    total: Decimal
    centimes: bool

    @classmethod
    def of(cls, name: str, lines: Lines, profil: Profil) -> _Side:
        total = summed([amount for label, amount in lines if not SUBTOTAL.match(label)])
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

    def problems(self) -> list[Finding]:
        found = []
        since = 0
        for at, (label, amount) in enumerate(self.lines):
            if SUBTOTAL.match(label):
                expected = summed([each for _, each in self.lines[since:at]])
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
