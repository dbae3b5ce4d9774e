"""A workbook made from content, to be filled and brought back: lists to choose from, headings that cannot be
broken, a sheet of help, and a hidden sheet that keeps what was written.

What comes back is compared with what was written, not with the content: a cell that nobody touched changes
nothing, whatever happened to the content meanwhile.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ctgdocs.content.sheets import read_grid
from ctgdocs.content.workbooks import Grid, letters, sheets_named
from ctgdocs.findings import CtgdocsError, Stopped
from ctgdocs.importing.document import SHEETS, Document

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MEMORY: Final = "_ctgdocs"
AGAIN: Final = "exportez de nouveau"
LISTS: Final = "Listes"
HELP: Final = "Aide"
SEPARATOR: Final = " – "
"""Between an id and its label in a list: « lavol – Lavol »."""
WIDEST = 60


class Heading(NamedTuple):
    """A column: the field it holds, its heading; `choices`: the name of the list to choose from; `locked`:
    shown, and not to be changed."""

    field: str
    heading: str
    width: int = 18
    choices: str = ""
    locked: bool = False


class Page(NamedTuple):
    """A sheet: its rows by key (where they stand in the content), `spare` empty rows to add some."""

    name: str
    headings: tuple[Heading, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    spare: int = 0


@dataclass(frozen=True, slots=True)
class Board:
    """A workbook: what of (`genre`, `target`), its sheets, its lists by name, its help."""

    genre: str
    target: str
    pages: tuple[Page, ...]
    lists: Mapping[str, tuple[str, ...]]
    help: tuple[str, ...]


class Changed(NamedTuple):
    """A cell that was changed: its sheet, the key of its row, its field, what it says now and said before."""

    page: str
    key: str
    field: str
    now: str
    was: str


class Returned(NamedTuple):
    """A workbook that comes back: the cells that changed, the rows that were added (field → text), the keys
    of those that are gone, by sheet."""

    genre: str
    target: str
    changed: tuple[Changed, ...]
    added: tuple[tuple[str, Mapping[str, str]], ...]
    gone: tuple[tuple[str, str], ...]
    kept: Mapping[tuple[str, str], Mapping[str, str]]
    """What was written, by sheet and key."""


def labelled(id: str, label: str) -> str:
    return f"{id}{SEPARATOR}{label}" if label else id


def id_in(typed: str) -> str:
    """The id of what was chosen.

    >>> id_in("lavol – Lavol"), id_in("Lavol")
    ('lavol', 'Lavol')
    """
    return typed.partition(SEPARATOR)[0].strip()


# --- Written


def workbook(board: Board) -> bytes:
    """The bytes of the workbook."""
    from openpyxl import Workbook

    book = Workbook()
    first: Any = book.active
    book.remove(first)
    for page in board.pages:
        _write(book.create_sheet(page.name), page, board.lists)
    lists = book.create_sheet(LISTS)
    for at, (name, values) in enumerate(board.lists.items(), 1):
        for row, value in enumerate((name, *values), 1):
            _say(lists.cell(row, at), value)
    _shut(lists)
    help = book.create_sheet(HELP)
    help.column_dimensions["A"].width = 110
    for row, text in enumerate(board.help, 1):
        _say(help.cell(row, 1), text)
    _shut(help)
    _remember(book.create_sheet(MEMORY), board)
    book.properties.creator = "ctgdocs"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _write(sheet: Worksheet, page: Page, lists: Mapping[str, Sequence[str]]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill, Protection

    head, open_ = Font(bold=True, color="FFFFFF"), Protection(locked=False)
    fill, top = PatternFill("solid", fgColor="1F3864"), Alignment(vertical="top", wrap_text=True)
    for at, said in enumerate(("Repère", *(one.heading for one in page.headings)), 1):
        top_cell: Any = sheet.cell(1, at)
        _say(top_cell, said)
        top_cell.font, top_cell.fill, top_cell.alignment = head, fill, top
    rows = [*page.rows, *[("", ("",) * len(page.headings))] * page.spare]
    for row, (key, texts) in enumerate(rows, 2):
        _say(sheet.cell(row, 1), key)
        for at, (heading, text) in enumerate(zip(page.headings, texts, strict=True), 2):
            cell: Any = sheet.cell(row, at)
            _say(cell, text)
            cell.alignment = top
            if not heading.locked or not key:
                cell.protection = open_
    sheet.column_dimensions["A"].hidden = True
    for at, heading in enumerate(page.headings, 2):
        sheet.column_dimensions[letters(at)].width = heading.width
        if heading.choices:
            _choose(sheet, at, len(rows), heading.choices, lists)
    sheet.freeze_panes = "C2"
    _shut(sheet)


def _choose(sheet: Worksheet, column: int, rows: int, name: str, lists: Mapping[str, Sequence[str]]) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    if not lists[name] or not rows:
        return
    at = letters(list(lists).index(name) + 1)
    rule = DataValidation(
        type="list",
        formula1=f"={LISTS}!${at}$2:${at}${len(lists[name]) + 1}",
        allow_blank=True,
        errorStyle="warning",
        errorTitle="Pas dans la liste",
        error="Choisissez dans la liste, ou confirmez ce que vous avez écrit.",
        showErrorMessage=True,
    )
    sheet.add_data_validation(rule)
    rule.add(f"{letters(column)}2:{letters(column)}{rows + 1}")


def _shut(sheet: Worksheet) -> None:
    """No heading is broken by mistake: there is no password."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False


def _remember(sheet: Worksheet, board: Board) -> None:
    """What is written, cell by cell, on a sheet that a spreadsheet does not show."""
    sheet.sheet_state = "veryHidden"
    rows = [[MEMORY, board.genre, board.target]]
    for page in board.pages:
        rows.append(["=", page.name, *(one.field for one in page.headings)])
        rows += [["", key, *texts] for key, texts in page.rows]
    for row, texts in enumerate(rows, 1):
        for at, text in enumerate(texts, 1):
            _say(sheet.cell(row, at), text)


def _say(cell: Any, text: str) -> None:
    """A text in a cell, never a formula."""
    cell.number_format = "@"
    cell.value = text or None
    if text.startswith("="):
        cell.data_type = "s"


# --- Read back


def made_by(document: Document) -> tuple[str, str]:
    """(genre, target) of a workbook that was made here; ("", "") for any other."""
    return _made_by(document.data) if document.suffix in SHEETS else ("", "")


@lru_cache(maxsize=2)
def _made_by(data: bytes) -> tuple[str, str]:
    """Every reader asks it of the same file, which is opened once."""
    if MEMORY not in sheets_named("classeur.xlsx", data):
        return "", ""
    texts = [cell.text for row in read_grid("classeur.xlsx", data, MEMORY).rows[:1] for cell in row]
    return (texts[1], texts[2] if len(texts) > 2 else "") if texts[:1] == [MEMORY] else ("", "")


def returned(document: Document) -> Returned:
    """What was changed in a workbook that was made here. Raises CtgdocsError when it was broken."""
    memory = _texts(read_grid("classeur.xlsx", document.data, MEMORY))
    genre, target = made_by(document)
    changed: list[Changed] = []
    added: list[tuple[str, Mapping[str, str]]] = []
    gone: list[tuple[str, str]] = []
    kept: dict[tuple[str, str], Mapping[str, str]] = {}
    for name, names, rows in _pages(memory):
        now = _now(document, name, len(names))
        for key, texts in rows:
            was = dict(zip(names, texts, strict=True))
            kept[name, key] = was
            there = now.pop(key, None)
            if there is None or not any(there):
                gone.append((name, key))
                continue
            for one, text in zip(names, there, strict=True):
                if text != was[one]:
                    changed.append(Changed(name, key, one, text, was[one]))
        added += [
            (name, {one: text for one, text in zip(names, row, strict=True) if text})
            for row in now.values()
            if any(row)
        ]
    return Returned(genre, target, tuple(changed), tuple(added), tuple(gone), kept)


def _pages(memory: Sequence[Sequence[str]]) -> Iterator[tuple[str, list[str], list[tuple[str, list[str]]]]]:
    """The sheets as written: name, fields, rows."""
    page: tuple[str, list[str], list[tuple[str, list[str]]]] | None = None
    if not all(len(row) > 1 and row[1] for row in memory[1:]):
        raise CtgdocsError(
            f"la feuille « {MEMORY} », qui dit ce que le classeur contenait, a été abîmée : {AGAIN}"
        )
    for mark, name, *texts in memory[1:]:
        if mark == "=":
            if page is not None:
                yield page
            page = (name, [one for one in texts if one], [])
        elif page is not None:
            page[2].append((name, [*texts, *[""] * len(page[1])][: len(page[1])]))
    if page is not None:
        yield page


def _now(document: Document, name: str, width: int) -> dict[str, list[str]]:
    """The rows of a sheet as they are now, by key; those that were added under made-up keys."""
    try:
        grid = read_grid("classeur.xlsx", document.data, name)
    except Stopped as stopped:
        raise CtgdocsError(f"la feuille « {name} » n’y est plus, ou ne se lit pas : {AGAIN}") from stopped
    rows = {}
    for at, row in enumerate(_texts(grid)[1:], 2):
        texts = [*row, *[""] * (width + 1)][: width + 1]
        rows[texts[0] or f"+{at}"] = texts[1:]
    return rows


def _texts(grid: Grid) -> list[list[str]]:
    return [[cell.text.replace("\r\n", "\n").strip() for cell in row] for row in grid.rows]
