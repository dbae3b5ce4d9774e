"""Which rows and columns of a table are sums, of what, and whether they are right.

A table is read as its reader adds it up: a total closes the lines since the last total, or all of them; HT,
TVA and TTC follow each other; subtotals are not added twice, nor what « dont » details. Whichever reading
makes most of the columns right is the one that was meant: the others are wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from ctgdocs.vocabulary.totaux import Sort, rate, sort_of, sorts, tax

Values = Sequence[Decimal | None]
Rows = tuple[int, ...]

_CENT = Decimal("0.01")


class Gap(NamedTuple):
    """A number that is not what it should be: `row` and `column` are the caller's."""

    row: int
    column: int
    expected: Decimal


class Ledger:
    """The rows of one side of a table. `columns` gives the numbers of each, row by row; `slack` how far the
    sum of a column may be from what is said, for each line added."""

    def __init__(
        self, labels: Sequence[str], columns: Mapping[int, Values], slack: Mapping[int, Decimal] | None = None
    ) -> None:
        self.labels, self.columns, self.slack = list(labels), columns, slack or {}
        self.sorts = sorts(self.labels)
        self.items: list[int] = []
        self.sums: dict[int, Rows] = {}
        for row, sort in enumerate(self.sorts):
            if sort is Sort.ITEM:
                self.items.append(row)
            elif sort is not Sort.PART and any(values[row] is not None for values in columns.values()):
                self._settle(row, sort)
            elif sort is Sort.TOTAL and (readings := self._readings(row, sort)):
                self.sums[row] = readings[0]

    def total(self, column: int) -> Decimal:
        """What the items of a column make."""
        return self.added(column, tuple(self.items))

    def added(self, column: int, rows: Rows) -> Decimal:
        return sum((value for row in rows if (value := self.columns[column][row]) is not None), Decimal(0))

    def gaps(self) -> Iterator[Gap]:
        """The typed sums that their lines deny."""
        for row, lines in self.sums.items():
            for column, values in self.columns.items():
                if values[row] is not None and not self._says(row, column, lines):
                    yield Gap(row, column, self.added(column, lines))

    def taxes(self, column: int) -> Iterator[Gap]:
        """The taxes just under a sum that are not its part at the rate of their label."""
        values = self.columns[column]
        for row in self.items:
            base = values[row - 1] if row - 1 in self.sums else None
            found, percent = values[row], rate(self.labels[row])
            if not tax(self.labels[row]) or None in (base, found, percent):
                continue
            assert base is not None
            assert found is not None
            assert percent is not None
            if row + 1 < len(self.labels) and tax(self.labels[row + 1]):
                continue  # several rates: each has its own base
            expected = (base * percent / 100).quantize(_CENT)
            if abs(found - expected) > (_CENT if found % 1 else 1):
                yield Gap(row, column, expected)

    def _says(self, row: int, column: int, lines: Rows) -> bool:
        typed = self.columns[column][row]
        if typed is None:
            return False
        room = self.slack.get(column, Decimal(0)) * (len(lines) + 1)
        return abs(typed - self.added(column, lines)) <= room

    def _settle(self, row: int, sort: Sort) -> None:
        """What the row adds up; a row that has nothing to add up is an amount like the others."""
        readings = self._readings(row, sort)
        best = max(readings, key=lambda lines: self._right(row, lines), default=())
        right = self._right(row, best)
        doubtful = (sort is Sort.SUBTOTAL and not self._since_last(row)) or (
            sort is Sort.MAYBE and not self._closes(row)
        )
        if best and (right or not doubtful):
            self.sums[row] = best
        else:
            self.items.append(row)

    def _readings(self, row: int, sort: Sort) -> list[Rows]:
        """The lines that the row may add up, the likeliest first: all of them, or those since a former total;
        a subtotal, or a total under the title of its own part, closes what stands since the last sum."""
        nested = sort is Sort.SUBTOTAL
        starts = [0, *(one + 1 for one in self.sums if nested or self.sorts[one] is not Sort.SUBTOTAL)]
        if nested or (starts[-1] and any(self._titles(at) for at in range(starts[-1], row))):
            starts.reverse()
        spans = [tuple(item for item in self.items if start <= item) for start in starts]
        return [span for span in spans if span and not all(tax(self.labels[item]) for item in span)]

    def _titles(self, row: int) -> bool:
        return bool(self.labels[row]) and all(values[row] is None for values in self.columns.values())

    def _right(self, row: int, lines: Rows) -> int:
        """In how many columns the row says what these lines make."""
        return sum(self._says(row, column, lines) for column in self.columns)

    def _since_last(self, row: int) -> bool:
        """Whether something stands between the last sum and this row."""
        last = max(self.sums, default=-1)
        return any(item > last and self.sorts[item] is Sort.ITEM for item in self.items)

    def _closes(self, row: int) -> bool:
        """Whether nothing but sums, their details and their taxes follows."""
        return len(self.items) > 1 and all(
            sort is not Sort.ITEM or tax(label)
            for sort, label in zip(self.sorts[row + 1 :], self.labels[row + 1 :], strict=True)
        )


# --- Columns of totals: « 2027 | 2028 | Total », « HT | TVA | TTC », « Quantité | Prix unitaire | Total »


_BARE = re.compile(r"\s*(?:total|totaux)(?:\s+g[ée]n[ée]ral)?\s*$", re.IGNORECASE)
_NOT_SUMMED = re.compile(
    r"unitaire|\bp\.?u\b|prix|quantit|nombre|cumul|[ée]volution|[ée]cart|solde|reste|\bn ?- ?1\b|dont|moyen",
    re.IGNORECASE,
)
_TTC, _HT, _TVA = (
    re.compile(rf"\b{word}\b", re.IGNORECASE) for word in (r"t\.?t\.?c", r"h\.?t", r"t\.?v\.?a")
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
Making = Callable[[Values], Decimal | None]


def across(headings: Sequence[str], kinds: Sequence[str], rows: Sequence[Values]) -> Iterator[Gap]:
    """The cells of columns of totals that are not what their row makes. `kinds`: columns of one kind may be
    added (« montant »), "" for those of text or percentages. What a column makes is what most rows say."""
    for column, heading in enumerate(headings):
        if kinds[column] and sort_of(heading) in (Sort.TOTAL, Sort.MAYBE):
            yield from _column_gaps(column, headings, kinds, rows)


def _column_gaps(
    column: int, headings: Sequence[str], kinds: Sequence[str], rows: Sequence[Values]
) -> Iterator[Gap]:
    makings = list(_makings(column, headings, kinds))
    judged = [(making, *_judged(making, column, rows)) for making in makings]
    making, right, wrong = max(judged, key=lambda one: one[1], default=(None, 0, []))
    bare = _BARE.match(headings[column]) is not None or _taxed(column, headings, kinds)
    believed = right * 2 >= right + len(wrong) and right >= (1 if bare else 2)
    if making and (believed or (bare and _plain(column, headings, kinds))):
        yield from wrong


def _taxed(column: int, headings: Sequence[str], kinds: Sequence[str]) -> bool:
    """Whether a column « TTC » stands after one « HT » and one « TVA »."""
    before = " | ".join(headings[at] for at in range(column) if kinds[at] == kinds[column])
    return all(
        pattern.search(text) for pattern, text in ((_TTC, headings[column]), (_HT, before), (_TVA, before))
    )


def _plain(column: int, headings: Sequence[str], kinds: Sequence[str]) -> bool:
    """Whether the columns before one of totals can only be what it adds: amounts, or years."""
    before = [at for at in range(column) if kinds[at]]
    alike = len(before) > 1 and all(kinds[at] == kinds[column] for at in before)
    years = all(_YEAR.search(headings[at]) for at in before)
    amounts = kinds[column].startswith("montant") and not any(
        _NOT_SUMMED.search(headings[at]) for at in before
    )
    return _taxed(column, headings, kinds) or (alike and (years or amounts))


def _makings(column: int, headings: Sequence[str], kinds: Sequence[str]) -> Iterator[Making]:
    same = [at for at, kind in enumerate(kinds) if kind == kinds[column] and at != column]
    before = [at for at in same if at < column]
    summing = {at for at in same if sort_of(headings[at]) is Sort.TOTAL}
    last = max((at for at in before if at in summing), default=-1)
    for chosen in (
        [at for at in before if at > last], [at for at in before if at not in summing], before,
        [at for at in same if at > column],
    ):  # fmt: skip
        if len(chosen) > 1:
            yield _adding(chosen)
    if column > 1 and kinds[column - 1] == kinds[column] and kinds[column - 2]:
        yield _product(column - 2, column - 1)


def _adding(chosen: Sequence[int]) -> Making:
    def add(row: Values) -> Decimal | None:
        values = [value for at in chosen if (value := row[at]) is not None]
        return sum(values, Decimal(0)) if values else None

    return add


def _product(quantity: int, price: int) -> Making:
    def multiply(row: Values) -> Decimal | None:
        many, each = row[quantity], row[price]
        return None if many is None or each is None else many * each

    return multiply


def _judged(making: Making, column: int, rows: Sequence[Values]) -> tuple[int, list[Gap]]:
    """How many rows a column is right in, read that way, and where it is not."""
    right, wrong = 0, []
    for at, row in enumerate(rows):
        made, said = making(row), row[column]
        if made is None or said is None:
            continue
        if abs(made - said) < _CENT:
            right += 1
        else:
            wrong.append(Gap(at, column, made))
    return right, wrong
