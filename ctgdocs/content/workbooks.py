"""XLSX workbooks: the cells of one sheet, what is merged, what is hidden. The bytes are untrusted: sizes are
bounded before anything is read, XML is read by openpyxl through defusedxml, formulas are never computed (the
value that the spreadsheet last kept is used)."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from ctgdocs.content.cells import CellValue, dated, lost, shown
from ctgdocs.findings import WHOLE, Finding, Severity, Stopped, TemplateError
from ctgdocs.word import ordinary, unzipped

TABLE = "tableau"
MAX_UNZIPPED = 60_000_000
MAX_ROWS, MAX_COLUMNS = 2_000, 40
MOST_CELLS, MOST_TAGS = 20_000, 400_000
"""Cells that are filled, in all the sheets, and tags of a workbook: what is read in two seconds."""
LONGEST_FORMAT = 255
"""Signs of a number format: Excel keeps no more."""
_MOST_ERRORS = 20
MOST_MERGED = 200_000
"""Cells that merged ones cover, in one sheet; each merge counts for twenty more."""
_FARTHEST = 200_000
"""Rows that are looked at: sheets are dressed far below their last value."""
_ROW, _COLUMN, _MERGED = (
    re.compile(rb"<(?:\w+:)?" + name + rb"\b[^>]*>") for name in (b"row", b"col", b"mergeCell")
)
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_FILLED = re.compile(rb"<(?:[^\s<>/:]+:)?(?:v|is)[\s>]")
_ATTRIBUTE = re.compile(rb"(\w+)=[\"']([^\"']*)[\"']")
_YES = ("1", "true")
_NOT_KEPT = "la formule n’a pas de valeur gardée"
_SOUND = "ouvrez le classeur dans Excel ou LibreOffice, laissez-le calculer, enregistrez-le"


class Shown(NamedTuple):
    """A cell: what it shows, its value and number format, what the format does not show of the number,
    whether it is an error of the spreadsheet."""

    text: str
    value: CellValue = None
    form: str = ""
    lost: Decimal = Decimal(0)
    wrong: bool = False


class Span(NamedTuple):
    """Merged cells, counted from 0, last ones included."""

    top: int
    left: int
    bottom: int
    right: int


class Grid(NamedTuple):
    """Every cell of a sheet where it stands, counted from 0; the numbers of what is hidden."""

    rows: tuple[tuple[Shown, ...], ...]
    spans: tuple[Span, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


def refused(message: str, hint: str = "") -> Stopped:
    """Why a file is not a usable table: one French sentence, and what to do."""
    return Stopped.at(TABLE, message, WHOLE, hint)


def letters(column: int) -> str:
    """The name of a column, counted from 1.

    >>> letters(1), letters(26), letters(28)
    ('A', 'Z', 'AB')
    """
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def cell_name(row: int, column: int) -> str:
    """« B4 » for a cell counted from 0."""
    return f"{letters(column + 1)}{row + 1}"


def bounded(name: str, rows: int, columns: int, cells: int = 0) -> None:
    """Refuses a table that no act can hold; `cells`: how many are filled."""
    if rows > MAX_ROWS or columns > MAX_COLUMNS or cells > MOST_CELLS:
        most = "2 000 lignes, 40 colonnes et 20 000 cellules remplies au plus"
        raise refused(f"« {name} » est trop grand pour un acte : {most}", "joignez-le en annexe")


def merging(name: str, spans: Iterable[Span]) -> None:
    """Refuses more merged cells than a table has."""
    if sum((one.bottom - one.top + 1) * (one.right - one.left + 1) + 20 for one in spans) > MOST_MERGED:
        raise refused(f"« {name} » a trop de cellules fusionnées", "défaites les fusions inutiles")


def read_workbook(name: str, data: bytes, sheet: str = "", *, computed: bool = True) -> Grid:
    """One sheet of a workbook: the one named, else the first that is visible. Raises Stopped; `computed`: for
    a formula whose value was never kept too, else its cell is an empty, wrong one."""
    if sheet and sheet not in (titles := sheets_named(name, data)):
        raise refused(f"« {name} » n’a pas de feuille « {sheet} »", f"feuilles : {', '.join(titles)}")
    data = _opened(name, data)
    with _sheet(name, data, sheet, computed=True) as page:
        values = _cells(name, page)
        with unzipped(data) as archive:
            part = archive.read(page._worksheet_path.lstrip("/"))
        layout = _layout(part)
    merging(name, layout.spans)
    rows = tuple(_row(name, at, row) for at, row in enumerate(values, 1))
    if _FORMULA.search(part) and any(cell.value is None for row in values for cell in row):
        empty = _uncomputed(name, data, sheet, values)
        if empty and computed:
            where = f"« {name} », cellule {cell_name(*empty[0])}"
            raise refused(f"{where} : {_NOT_KEPT}", _SOUND)
        rows = _with_wrong(rows, empty)
    return layout._replace(rows=rows)


def sheets_of(name: str, data: bytes) -> tuple[str, ...]:
    """The names of the visible sheets of a workbook, in order. Raises Stopped."""
    return tuple(title for title, visible in _titles(name, data) if visible)


def sheets_named(name: str, data: bytes) -> tuple[str, ...]:
    """The names of all the sheets of a workbook, hidden ones too. Raises Stopped."""
    return tuple(title for title, _ in _titles(name, data))


@lru_cache(maxsize=2)
def _titles(name: str, data: bytes) -> tuple[tuple[str, bool], ...]:
    """Each sheet, and whether it is visible: openpyxl reads sheets whole to know how far they go."""
    with _sheet(name, _opened(name, data), "", computed=True) as page:
        return tuple((one.title, one.sheet_state == "visible") for one in page.parent.worksheets)


class _Cell(NamedTuple):
    """A cell as kept: its value, its number format, its type for openpyxl (`e`: an error, `f`: a formula)."""

    value: CellValue
    form: str
    type: str

    @classmethod
    def of(cls, cell: Any) -> _Cell:
        form = str(getattr(cell, "number_format", "") or "")[:LONGEST_FORMAT]
        value = cell.value
        if cell.data_type == "d" and not dated(form):
            from openpyxl.utils.datetime import to_excel

            value = to_excel(value)  # type: ignore[no-untyped-call]  # openpyxl takes the letters of a unit (« \\h ») for those of a date
        return cls(value, form, cell.data_type)


@contextmanager
def _sheet(name: str, data: bytes, sheet: str, *, computed: bool) -> Iterator[Any]:
    """The page of a workbook, open; whatever fails in it means the same."""
    from openpyxl import DEFUSEDXML, load_workbook

    if not DEFUSEDXML:
        raise refused(
            f"« {name} » : la lecture sûre des classeurs n’est pas disponible", "installez defusedxml"
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells its own guesses on stderr, in English
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=computed, keep_links=False)
            try:
                page = book[sheet] if sheet else _first_visible(book)
                page.reset_dimensions()  # some programs write a size that is not theirs
                yield page
            finally:
                book.close()
    except Stopped:
        raise
    except Exception:
        # openpyxl raises whatever its readers meet in a damaged file: all of them mean the same here
        raise refused(f"« {name} » n’est pas un classeur XLSX lisible", "enregistrez-le de nouveau") from None


def _first_visible(book: Any) -> Any:
    sheets = book.worksheets
    return next((page for page in sheets if page.sheet_state == "visible"), sheets[0])


def _cells(name: str, page: Any) -> list[list[_Cell]]:
    """The cells that hold something; rows that are only dressed, below and beside, are left out."""
    rows: list[list[_Cell]] = []
    last = 0
    for at, row in enumerate(page.iter_rows(), 1):
        cells = [_Cell.of(cell) for cell in row[: MAX_COLUMNS + 1]]
        wide = any(cell.value is not None for cell in row[MAX_COLUMNS:])
        if wide or any(cell.value is not None for cell in cells):
            bounded(name, at, MAX_COLUMNS + wide)
            last = at
        if at <= MAX_ROWS:
            rows.append(cells[:MAX_COLUMNS])
        elif at > _FARTHEST:
            break
    return rows[:last]


def _layout(part: bytes) -> Grid:
    """What a sheet hides and merges, without its cells."""
    spans = [_span(facts.get("ref", "A1")) for facts in _nodes(_MERGED, part)]
    rows = {
        int(facts["r"]) - 1 for facts in _nodes(_ROW, part) if facts.get("hidden") in _YES and "r" in facts
    }
    columns: set[int] = set()
    for facts in _nodes(_COLUMN, part):
        if facts.get("hidden") in _YES:
            columns.update(range(int(facts["min"]) - 1, min(int(facts["max"]), MAX_COLUMNS)))
    return Grid((), tuple(spans), frozenset(rows), frozenset(columns))


def _nodes(pattern: re.Pattern[bytes], part: bytes) -> Iterator[dict[str, str]]:
    for node in pattern.finditer(part):
        yield {name.decode(): value.decode() for name, value in _ATTRIBUTE.findall(node[0])}


def _span(ref: str) -> Span:
    from openpyxl.utils import range_boundaries

    left, top, right, bottom = (int(edge or 1) for edge in range_boundaries(ref))
    return Span(top - 1, left - 1, min(bottom, MAX_ROWS) - 1, min(right, MAX_COLUMNS) - 1)


def _opened(name: str, data: bytes) -> bytes:
    """A workbook that is not too large, in the dialect that openpyxl reads without a word."""
    try:
        with unzipped(data) as archive:
            parts = archive.infolist()
            small = sum(entry.file_size for entry in parts) <= MAX_UNZIPPED
            texts = (archive.read(entry) for entry in parts if small and entry.filename.endswith(".xml"))
            counts = [(part.count(b"<"), sum(1 for _ in _FILLED.finditer(part))) for part in texts]
        bounded(name, 0, 0, sum(cells for _, cells in counts))
        if small and sum(tags for tags, _ in counts) <= MOST_TAGS:
            return ordinary(data)
    except TemplateError:
        raise refused(f"« {name} » n’est pas un classeur XLSX lisible", "enregistrez-le de nouveau") from None
    raise refused(f"« {name} » est trop gros une fois décompressé", "gardez la seule feuille utile")


def _uncomputed(name: str, data: bytes, sheet: str, kept: list[list[_Cell]]) -> list[tuple[int, int]]:
    """The formulas whose value was never kept, as programs that write workbooks leave them; an empty text is
    a value."""
    with _sheet(name, data, sheet, computed=False) as page:
        typed = _cells(name, page)
    found = []
    for at, row in enumerate(typed):
        for index, cell in enumerate(row):
            known = at < len(kept) and index < len(kept[at]) and kept[at][index]
            if cell.type == "f" and not (known and (known.value is not None or known.type == "str")):
                found.append((at, index))
    return found


def _with_wrong(
    rows: tuple[tuple[Shown, ...], ...], empty: list[tuple[int, int]]
) -> tuple[tuple[Shown, ...], ...]:
    wrong = set(empty)
    return tuple(
        tuple(cell._replace(wrong=True) if (at, index) in wrong else cell for index, cell in enumerate(row))
        for at, row in enumerate(rows)
    )


def refuse_errors(name: str, grid: Grid, rows: Iterable[int], columns: Iterable[int]) -> None:
    """Stops on the cells of those rows and columns that hold an error of the sheet (#REF!, #DIV/0!…)."""
    wanted = list(columns)
    wrong = [
        Finding(
            TABLE,
            Severity.ERREUR,
            f"« {name} », cellule {cell_name(at, column)} : "
            + (_NOT_KEPT if cell.value is None else f"« {cell.value} » est une erreur du classeur"),
            hints=(
                _SOUND if cell.value is None else "corrigez la formule dans le classeur, puis enregistrez-le",
            ),
        )
        for at in rows
        for column, cell in enumerate(grid.rows[at])
        if cell.wrong and column in wanted
    ]
    if wrong:
        raise Stopped(*wrong[:_MOST_ERRORS])


def _row(name: str, at: int, row: list[_Cell]) -> tuple[Shown, ...]:
    made = []
    for column, (value, form, type) in enumerate(row, 1):
        try:
            made.append(Shown(shown(value, form), value, form, lost(value, form), type == "e"))
        except ArithmeticError:
            raise refused(
                f"« {name} », cellule {letters(column)}{at} : le nombre est démesuré",
                "corrigez-le dans le classeur",
            ) from None
    return tuple(made)
