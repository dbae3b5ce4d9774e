"""Tables of a page of PDF, which says none: by the rules that are drawn on it, or by columns that stay
aligned over several rows. Only geometry, in points from the bottom left of the page.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

_NEAR = 2.5
"""Two rules nearer than this are one; two ends nearer than twice this meet."""
_SHORTEST = 8.0
_MOST_RULES, _MOST_CELLS, _LONGEST_RUN = 400, 4000, 200
"""Above, what is drawn is a picture; lines without rules that are looked at together."""
_GUTTER = 7.0
"""Points that part two columns without a rule, at least."""
_PADDING = 10.0
"""Between the text of a column and that of the next one, at least."""
_FEWEST_ROWS = 3
_NEXT_LINE, _SAME_LINE = 3.5, 0.5
"""Of the height of a line: further down, a line is not the next one; nearer, it is the same."""


class Word(NamedTuple):
    """A word and its box; `at`: its rank in the text of the page."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    at: int = 0

    @property
    def middle(self) -> float:
        return (self.bottom + self.top) / 2


class Rule(NamedTuple):
    """A straight line that is drawn: its height (or its abscissa), and from where to where."""

    place: float
    start: float
    end: float


class CellLine(NamedTuple):
    """A line of a cell. `full`: the next word had no room on it."""

    text: str
    full: bool


class PdfCell(NamedTuple):
    """A cell: its lines, how many columns it covers, whether it goes on with the one above."""

    lines: tuple[CellLine, ...] = ()
    span: int = 1
    continues: bool = False


class PdfTable(NamedTuple):
    """A table: its rows, each with a cell for each column (a wide one is followed by empty ones); the ranks
    of its words; `columns`: where they start; `ruled`: it is drawn."""

    rows: tuple[tuple[PdfCell, ...], ...]
    words: frozenset[int]
    columns: tuple[float, ...] = ()
    ruled: bool = True


def tables_in(words: Sequence[Word], flat: Sequence[Rule], upright: Sequence[Rule]) -> list[PdfTable]:
    """The tables of a page, from its words and its rules."""
    levels_of, columns_of = _merged(flat), _merged(upright)
    drawn = max(len(levels_of), len(columns_of)) <= _MOST_RULES
    found: list[PdfTable] = []
    for grid in sorted(_grids(levels_of, columns_of), key=_surface) if drawn else ():  # one in another first
        if (table := _ruled(grid, words)) is not None:
            found.append(table)
            words = [one for one in words if one.at not in table.words]
    return [*found, *_aligned(words)]


# --- drawn


class _Grid(NamedTuple):
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    """From the top."""
    flat: tuple[tuple[Rule, ...], ...]
    """The rules at each of the `ys`; `upright`: at each of the `xs`."""
    upright: tuple[tuple[Rule, ...], ...]


def _surface(grid: _Grid) -> float:
    return (grid.xs[-1] - grid.xs[0]) * (grid.ys[0] - grid.ys[-1])


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """The rules of which some were drawn piece by piece, or twice."""
    kept: list[Rule] = []
    lanes: list[list[Rule]] = []
    for one in sorted(rules):
        if lanes and one.place - lanes[-1][0].place <= _NEAR:
            lanes[-1].append(one)
        else:
            lanes.append([one])
    for lane in lanes:
        place = median(one.place for one in lane)
        start, end = 0.0, -1.0
        for one in sorted(lane, key=lambda rule: rule.start):
            if end < start or one.start > end + 2 * _NEAR:
                if end >= start:
                    kept.append(Rule(place, start, end))
                start, end = one.start, one.end
            end = max(end, one.end)
        kept.append(Rule(place, start, end))
    return [one for one in kept if one.end - one.start >= _SHORTEST]


def _grids(flat: Sequence[Rule], upright: Sequence[Rule]) -> Iterator[_Grid]:
    """The rules that meet, table by table."""
    left, unmet = list(upright), list(flat)
    while left:
        across: list[Rule] = []
        down = [left.pop()]
        for one in down:  # grows as rules are met
            met = [rule for rule in unmet if _meet(rule, one)]
            unmet = [rule for rule in unmet if not _meet(rule, one)]
            across += met
            for level in met:
                down += [rule for rule in left if _meet(level, rule)]
                left = [rule for rule in left if not _meet(level, rule)]
        xs = _places([*(one.place for one in down), *(x for one in across for x in one[1:])])
        ys = _places([*(one.place for one in across), *(y for one in down for y in one[1:])])
        if len(xs) > 2 and len(ys) > 1 and len(xs) * len(ys) <= _MOST_CELLS:
            yield _Grid(tuple(xs), tuple(reversed(ys)), _beside(reversed(ys), across), _beside(xs, down))


def _beside(places: Iterable[float], rules: Sequence[Rule]) -> tuple[tuple[Rule, ...], ...]:
    """The rules at each place."""
    return tuple(tuple(one for one in rules if abs(one.place - place) <= 2 * _NEAR) for place in places)


def _meet(flat: Rule, upright: Rule) -> bool:
    slack = 2 * _NEAR
    return (
        flat.start - slack <= upright.place <= flat.end + slack
        and upright.start - slack <= flat.place <= upright.end + slack
    )


def _places(values: Iterable[float]) -> list[float]:
    kept: list[float] = []
    for one in sorted(values):
        if not kept or one - kept[-1] > 2 * _NEAR:
            kept.append(one)
    return kept


def _ruled(grid: _Grid, words: Sequence[Word]) -> PdfTable | None:
    """A drawn table; None for a frame that holds nothing, or whose text stands in one column."""
    xs, ys = grid.xs, grid.ys
    heights = [-one for one in ys]
    held: dict[tuple[int, int], list[Word]] = {}
    taken: set[int] = set()
    starts = [[_start(grid, row, column) for column in range(len(xs) - 1)] for row in range(len(ys) - 1)]
    opens = [[_opens(grid, row, column) for column in range(len(xs) - 1)] for row in range(len(ys) - 1)]
    for word in words:
        column = bisect_right(xs, (word.left + word.right) / 2) - 1
        row = bisect_right(heights, -word.middle) - 1
        if 0 <= column < len(xs) - 1 and 0 <= row < len(ys) - 1:
            column = starts[row][column]
            while row and not opens[row][column]:
                row -= 1
                column = starts[row][column]
            held.setdefault((row, column), []).append(word)
            taken.add(word.at)
    rows = []
    for row in range(len(ys) - 1):
        cells = [PdfCell()] * (len(xs) - 1)
        for column in range(len(xs) - 1):
            if starts[row][column] == column:
                span = sum(start == column for start in starts[row])
                edge = xs[column + span]
                lines = _lines(held.get((row, column), ()), edge)
                cells[column] = PdfCell(lines, span, not opens[row][column])
        rows.append(tuple(cells))
    columns = {column for _, column in held}
    known = len(columns) > 1 or (columns and len(xs) > 3)  # a row that a page cut may fill one
    return PdfTable(tuple(rows), frozenset(taken), xs) if known else None


def _start(grid: _Grid, row: int, column: int) -> int:
    """The column where the cell begins that covers this one."""
    middle = (grid.ys[row] + grid.ys[row + 1]) / 2
    while column and not _covers(grid.upright[column], middle):
        column -= 1
    return column


def _opens(grid: _Grid, row: int, column: int) -> bool:
    """Whether a cell begins here, and does not go on with the one above."""
    middle = (grid.xs[column] + grid.xs[column + 1]) / 2
    return row == 0 or _covers(grid.flat[row], middle)


def _covers(rules: Sequence[Rule], middle: float) -> bool:
    return any(one.start <= middle <= one.end for one in rules)


def _lines(words: Sequence[Word], edge: float) -> tuple[CellLine, ...]:
    """The lines of a cell whose right side is at `edge`: what stands at one height, from left to right."""
    lines = levels(words)
    if not lines:
        return ()
    margin = max(max(line[-1].right for line in lines), edge - 7.0)
    nexts = [*(line[0].right - line[0].left for line in lines[1:]), 0.0]
    return tuple(
        CellLine(" ".join(word.text for word in line), room > 0 and line[-1].right + room + 3 > margin)
        for line, room in zip(lines, nexts, strict=True)
    )


def levels(words: Sequence[Word]) -> list[list[Word]]:
    """The words of each height, from the top; each line from left to right."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda one: -one.middle):
        height = word.top - word.bottom
        if lines and abs(lines[-1][0].middle - word.middle) <= _SAME_LINE * max(height, 4.0):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda one: one.left) for line in lines]


# --- aligned, without a rule


class _Piece(NamedTuple):
    """Words of one line that no gutter parts."""

    words: tuple[Word, ...]

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return self.words[-1].right

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


def _pieces(line: Sequence[Word]) -> list[_Piece]:
    found: list[list[Word]] = []
    for word in line:
        if found and word.left - found[-1][-1].right < max(_GUTTER, 0.9 * (word.top - word.bottom)):
            found[-1].append(word)
        else:
            found.append([word])
    return [_Piece(tuple(one)) for one in found]


def _aligned(words: Sequence[Word]) -> Iterator[PdfTable]:
    """The tables without rules: runs of lines whose pieces keep to the same columns."""
    lines = [_pieces(line) for line in levels(words)]
    at = 0
    while at < len(lines):
        run = _run(lines, at) if len(lines[at]) > 1 else 0
        table = _without_rules(lines[at : at + run]) if run >= _FEWEST_ROWS else None
        if table is not None:
            yield table
        at += run if table is not None else max(1, run // 2)


def _run(lines: Sequence[Sequence[_Piece]], at: int) -> int:
    """How many lines from this one keep to at least as many columns as it has."""
    columns = [(one.left, one.right) for one in lines[at]]
    count = 1
    for above, line in pairwise(lines[at : at + _LONGEST_RUN]):
        height = above[0].words[0].top - above[0].words[0].bottom
        if above[0].words[0].middle - line[0].words[0].middle > _NEXT_LINE * max(height, 6.0):
            break
        wider = _union([*columns, *((one.left, one.right) for one in line)])
        if len(wider) < max(2, len(columns)) or _stands_alone(above, line, wider):
            break
        columns = wider
        count += 1
    return count


def _stands_alone(
    above: Sequence[_Piece], line: Sequence[_Piece], columns: Sequence[tuple[float, float]]
) -> bool:
    """Whether a line is a title of its own: nothing beside the first column, where it had room above."""
    first = columns[1][0]
    if len(line) > 1 or line[0].left >= first:
        return False
    return above[0].left >= first or not _had_no_room(above[:1], line[0], first - _PADDING)


def _union(spans: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """The spans, those that a gutter does not part joined."""
    kept: list[tuple[float, float]] = []
    for left, right in sorted(spans):
        if kept and left - kept[-1][1] < _GUTTER:
            kept[-1] = (kept[-1][0], max(kept[-1][1], right))
        else:
            kept.append((left, right))
    return kept


def _without_rules(lines: Sequence[Sequence[_Piece]]) -> PdfTable | None:
    """A table whose rows are told by its text: a line goes on with the row above when nothing of it had room
    there, or when it says nothing in the first column and little elsewhere. None for lines that are no
    table."""
    columns = _union((one.left, one.right) for line in lines for one in line)
    lefts = [left for left, _ in columns]
    edges = [*(left - _PADDING for left in lefts[1:]), max(right for _, right in columns)]
    rows: list[list[list[_Piece]]] = []
    for line in lines:
        there = _by_column(line, lefts)
        less = len(there) <= len(lefts) / 2
        low = all(one.text[:1].islower() for one in there.values())
        few = (0 not in there and (less or len(lefts) == 2)) or (less and low)
        if rows and (few or all(_had_no_room(rows[-1][at], one, edges[at]) for at, one in there.items())):
            for at, one in there.items():
                rows[-1][at].append(one)
        else:
            rows.append([[there[at]] if at in there else [] for at in range(len(columns))])
    filled = sum(sum(map(bool, row)) > 1 for row in rows)
    if len(rows) < _FEWEST_ROWS or filled < 0.7 * len(rows) or not _reads_across(rows):
        return None
    told = [tuple(_told(cell, edge) for cell, edge in zip(row, edges, strict=True)) for row in rows]
    taken = frozenset(word.at for line in lines for one in line for word in one.words)
    return PdfTable(tuple(told), taken, tuple(lefts), ruled=False)


def _by_column(line: Sequence[_Piece], lefts: Sequence[float]) -> dict[int, _Piece]:
    """The pieces of a line by column; those of one column are one."""
    found: dict[int, _Piece] = {}
    for one in line:
        at = bisect_right(lefts, one.left) - 1
        found[at] = _Piece((*found[at].words, *one.words)) if at in found else one
    return found


def _told(cell: Sequence[_Piece], edge: float) -> PdfCell:
    full = [_had_no_room([one], after, edge) for one, after in pairwise(cell)]
    return PdfCell(tuple(CellLine(one.text, at < len(full) and full[at]) for at, one in enumerate(cell)))


def _had_no_room(cell: Sequence[_Piece], piece: _Piece, edge: float) -> bool:
    first = piece.words[0]
    return bool(cell) and cell[-1].right + first.right - first.left + 2 > edge


def _reads_across(rows: Sequence[Sequence[Sequence[_Piece]]]) -> bool:
    """Whether the text goes row by row, and not one column after the other; a first column of list marks is
    none, and a last one of page numbers is a table of contents."""
    firsts = [row[0][0] for row in rows if row[0]]
    seconds = [row[1][0] for row in rows if row[1]]
    if not firsts or not seconds:
        return False
    if max(one.words[0].at for one in firsts) < min(one.words[0].at for one in seconds):
        return False
    if all(len(one.text) <= 3 for one in firsts):
        return len(rows[0]) > 2
    lasts = [one.text for row in rows for one in row[-1]]
    return not (len(rows[0]) == 2 and all(text.isdecimal() and len(text) < 4 for text in lasts))
