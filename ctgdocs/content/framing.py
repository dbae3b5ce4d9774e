"""The table that stands in a sheet: its headings under a title, its lines, without the notes below it.

A sheet is a page that people dress: a title merged over the columns, headings on two rows, an axis that spans
its lines, a note under the total, rows that a filter hides. What is left out is told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from ctgdocs.content.workbooks import Grid, Span, letters, refuse_errors, refused
from ctgdocs.findings import WHOLE, Finding, Severity
from ctgdocs.french import enumeration
from ctgdocs.vocabulary.totaux import Sort, sort_of

Rows = tuple[tuple[str, ...], ...]

_FIGURE = re.compile(r"\s*[-−–]?\d")
_YEAR = re.compile(r"\s*(?:19|20)\d\d\s*")
_NOTE = re.compile(
    r"\s*(?:\*|\(\d+\)|source|nota|n\.?b\.?\b|note|remarque|document|n\.?c\.?\b)", re.IGNORECASE
)
_FULL = 0.6
"""The share of the usual cells that a row of headings fills."""
_PREAMBLE = 20
_MOST_NAMED = 6


class Sheet(NamedTuple):
    """The rows of a table, the first one being its headings; `cells`: where each stands (« B4 »), `lost`:
    what the format of a number does not show, `continued`: the cells merged with that above, `told`: what is
    left out, `hidden`: whether lines are."""

    rows: Rows = ()
    cells: Rows = ()
    lost: Mapping[tuple[int, int], Decimal] = {}
    continued: frozenset[tuple[int, int]] = frozenset()
    told: tuple[Finding, ...] = ()
    hidden: bool = False


NO_SHEET = Sheet()


def framed(name: str, grid: Grid) -> Sheet:
    """The table of a sheet. Raises Stopped when it holds none, or an error of the spreadsheet."""
    frame = Frame(grid)
    if not frame.rows:
        raise refused(f"« {name} » ne contient aucune ligne")
    refuse_errors(name, grid, frame.rows, frame.columns)
    heads, body, outside = frame.cut()
    return _Made(name, frame, heads, body).sheet(outside)


class Frame:
    """What is visible of a sheet: its rows and columns that hold something, by their numbers from 0; ranks
    are those of the rows that hold something."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        width = max((len(row) for row in grid.rows), default=0)
        self.columns = [at for at in range(width) if at not in grid.hidden_columns]
        self.visible = [at for at in range(len(grid.rows)) if at not in grid.hidden_rows]
        self.across = _by_row(span for span in grid.spans if span.right > span.left)
        self.moved = self._moved()
        self.texts = [[" ".join(cell.text.split()) for cell in row] for row in grid.rows]
        self.rows = [at for at in self.visible if any(self.text(at, column) for column in self.columns)]
        self.usual = self._usual()

    def text(self, row: int, column: int) -> str:
        row, column = self.moved.get((row, column), (row, column))
        texts = self.texts[row]
        return texts[column] if column < len(texts) else ""

    def _moved(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Merged cells show their text in the first of their cells that is visible."""
        moved = {}
        for span in self.grid.spans:
            row = next((at for at in self.visible if span.top <= at <= span.bottom), span.top)
            column = next((at for at in self.columns if span.left <= at <= span.right), span.left)
            if (row, column) != (span.top, span.left):
                moved[row, column] = (span.top, span.left)
        return moved

    def filled(self, row: int) -> list[int]:
        """The columns that a row fills; a text merged over several fills them all."""
        filled = {column for column in self.columns if self.text(row, column)}
        for span in self.across.get(row, ()):
            if self.text(row, span.left):
                filled |= {column for column in self.columns if span.left <= column <= span.right}
        return sorted(filled)

    def alone(self, row: int) -> bool:
        """Whether the row says one thing: a title, a note."""
        said = [column for column in self.columns if self.text(row, column)]
        return len(said) == 1

    def figures(self, row: int) -> bool:
        texts = (self.text(row, column) for column in self.columns)
        return any(_FIGURE.match(text) and not _YEAR.fullmatch(text) for text in texts)

    def after_gap(self, at: int) -> bool:
        """Whether an empty line stands above a row; `at` is its rank."""
        between = range(self.rows[at - 1] + 1, self.rows[at]) if at else ()
        return any(row not in self.grid.hidden_rows for row in between)

    def heading(self, heads: Sequence[int], column: int) -> str:
        """« Dépenses – Montant » for headings on two rows."""
        said: list[str] = []
        for row in heads:
            text = self.text(row, column) or self._governing(row, column, heads)
            if text and text not in said:
                said.append(text)
        return " – ".join(said)

    def covered(self, heads: Sequence[int], column: int) -> bool:
        """Whether a heading only stands over the column because it is merged over several."""
        return any(span.left < column <= span.right for row in heads for span in self.across.get(row, ()))

    def _governing(self, row: int, column: int, heads: Sequence[int]) -> str:
        """The heading that spans a column: its merged cell, else the last text to its left."""
        spans = self.across.get(row, ())
        for span in spans:
            if span.left <= column <= span.right:
                return self.text(row, span.left)
        if spans or row == heads[-1] or not self.text(heads[-1], column):
            return ""
        before = [self.text(row, at) for at in self.columns if at < column]
        return next(filter(None, reversed(before)), "")

    def _usual(self) -> int:
        counts = Counter(len(self.filled(row)) for row in self.rows if not self.alone(row))
        return max(counts, key=lambda count: (counts[count], count), default=1)

    def cut(self) -> tuple[list[int], list[int], list[int]]:
        """The rows of the headings (one or two), those of the table, those left out."""
        top = self._top()
        heads = self.heads(top)
        bottom = self.bottom(top + len(heads))
        return heads, self.rows[top + len(heads) : bottom], [*self.rows[:top], *self.rows[bottom:]]

    def heads(self, at: int) -> list[int]:
        """The rows of the headings that begin at a rank."""
        heads = self.rows[at : at + 2]
        return heads if len(heads) > 1 and self._doubled(*heads) else heads[:1]

    def _top(self) -> int:
        """The rank of the headings."""
        several = [at for at, row in enumerate(self.rows[:_PREAMBLE]) if not self.alone(row)]
        if not several:
            return 0
        for at in several:
            row = self.rows[at]
            full = len(self.filled(row)) >= self.usual * _FULL
            if full and not self.figures(row) and not self._labelled(at):
                return at
        first = several[0]
        return first - 1 if first and self.figures(self.rows[first]) and not self.after_gap(first) else first

    def _labelled(self, at: int) -> bool:
        """« Commune : | Bourg », above an empty line: what a sheet says of itself."""
        row = self.rows[at]
        said = [self.text(row, column) for column in self.columns if self.text(row, column)]
        following = self.rows[at + 1 :]
        return len(said) == 2 and said[0].endswith(":") and len(following) > 1

    def _doubled(self, row: int, under: int) -> bool:
        """Whether the headings go on in the row under theirs: it gives the columns that one of them spans, or
        those that the first row leaves empty, above figures."""
        said = {column for column in self.columns if self.text(under, column)}
        spans = [
            span for span in self.across.get(row, ()) if span.top == span.bottom and span.left in self.columns
        ]
        spanned = {column for span in spans for column in range(span.left, span.right + 1)}
        if self.figures(under) or len(said) < 2 or under == self.rows[-1]:
            return False
        if spanned:
            return bool(said & spanned)
        empty = {column for column in self.columns if not self.text(row, column)} & set(range(max(said) + 1))
        below = [one for one in self.rows if one > under]
        return bool(empty) and empty <= said and any(self.figures(one) for one in below[:1])

    def bottom(self, start: int, *, gaps: bool = True) -> int:
        """The rank after the last line of the table: notes stand alone, under a total or an empty line."""
        texts = [[self.text(row, column) for column in self.columns] for row in self.rows]
        totals = [
            at
            for at, row in enumerate(texts)
            if at >= start and not self.alone(self.rows[at])
            if any(sort_of(text) in (Sort.TOTAL, Sort.MAYBE) for text in row)
        ]
        last = totals[-1] if totals else len(self.rows)
        end = len(self.rows)
        for at in range(len(self.rows) - 1, start, -1):
            if not self.alone(self.rows[at]) or self.usual < 2:
                break
            note = _NOTE.match("".join(texts[at]))
            if at > last or note or (gaps and self.after_gap(at)):
                end = at
        return end


class _Made:
    """A table made of the rows of a sheet."""

    def __init__(self, name: str, frame: Frame, heads: Sequence[int], body: Sequence[int]) -> None:
        self.name, self.frame, self.heads, self.body = name, frame, heads, body
        self.columns = [
            column for column in frame.columns
            if any(frame.text(row, column) for row in [*heads, *body])
            and (any(frame.text(row, column) for row in body) or not frame.covered(heads, column) or not body)
        ]  # fmt: skip

    def sheet(self, outside: Sequence[int]) -> Sheet:
        frame = self.frame
        rows = [tuple(frame.heading(self.heads, column) for column in self.columns)]
        rows += [tuple(frame.text(row, column) for column in self.columns) for row in self.body]
        places = [self.heads[-1], *self.body]
        names = tuple(tuple(f"{letters(column + 1)}{row + 1}" for column in self.columns) for row in places)
        told = [*self._outside(outside), *self._hidden()]
        return Sheet(
            tuple(rows),
            names,
            self._lost(),
            self._continued(),
            tuple(told),
            self._hides(self.frame.grid.hidden_rows),
        )

    def _lost(self) -> dict[tuple[int, int], Decimal]:
        lost = {}
        for at, row in enumerate(self.body, 1):
            for index, column in enumerate(self.columns):
                cells = self.frame.grid.rows[row]
                if column < len(cells) and cells[column].lost:
                    lost[at, index] = cells[column].lost
        return lost

    def _continued(self) -> frozenset[tuple[int, int]]:
        ranks = {row: at for at, row in enumerate(self.body, 1)}
        found: set[tuple[int, int]] = set()
        for span in self.frame.grid.spans:
            rows = [ranks[row] for row in range(span.top, span.bottom + 1) if row in ranks]
            if span.left == span.right and span.left in self.columns:
                found |= {(at, self.columns.index(span.left)) for at in rows[1:]}
        return frozenset(found)

    # --- what is left out -----------------------------------------------------------------------------

    def _outside(self, rows: Sequence[int]) -> list[Finding]:
        if not rows:
            return []
        frame = self.frame
        said = []
        for row in rows[:_MOST_NAMED]:
            texts = filter(None, (frame.text(row, column) for column in frame.columns))
            said.append(f"ligne {row + 1} « {' '.join(texts)} »")
        more = f" et {len(rows) - _MOST_NAMED} autres" if len(rows) > _MOST_NAMED else ""
        message = f"« {self.name} » : hors du tableau, laissé de côté : {', '.join(said)}{more}"
        return [_info("hors-tableau", message)]

    def _hides(self, hidden: frozenset[int]) -> bool:
        return any(
            any(cell.text for cell in self.frame.grid.rows[row])
            for row in hidden
            if row < len(self.frame.grid.rows)
        )

    def _hidden(self) -> list[Finding]:
        grid = self.frame.grid
        rows = [row for row in sorted(grid.hidden_rows) if self._hides(frozenset((row,)))]
        columns = [
            column for column in sorted(grid.hidden_columns)
            if any(column < len(cells) and cells[column].text for cells in grid.rows)
        ]  # fmt: skip
        found = []
        if rows:
            found.append(_masked(self.name, "ligne", [str(row + 1) for row in rows]))
        if columns:
            found.append(_masked(self.name, "colonne", [letters(column + 1) for column in columns]))
        return found


def _masked(name: str, what: str, named: list[str]) -> Finding:
    s = "s" * (len(named) > 1)
    where = enumeration(named[:_MOST_NAMED] + ["…"] * (len(named) > _MOST_NAMED))
    message = f"« {name} » : {len(named)} {what}{s} masquée{s} ({where}) : hors du tableau imprimé"
    return _info("classeur-masque", message, "ce qui doit être imprimé se démasque dans le classeur")


def _info(code: str, message: str, *hints: str) -> Finding:
    return Finding(code, Severity.INFO, message, WHOLE, hints=hints)


def _by_row(spans: Iterable[Span]) -> dict[int, list[Span]]:
    found: dict[int, list[Span]] = {}
    for span in spans:
        for row in range(span.top, span.bottom + 1):
            found.setdefault(row, []).append(span)
    return found
