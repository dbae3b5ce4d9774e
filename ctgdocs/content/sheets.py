"""Tables kept in a file beside the content: CSV as French spreadsheets write it, or XLSX.

The bytes are untrusted: sizes are bounded before anything is read, XML is read by openpyxl through
defusedxml, formulas are never computed (the value the spreadsheet last kept is used).
"""

from __future__ import annotations

import csv
import io
import posixpath
import re
import warnings
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from ctgdocs.content.cells import CellValue, shown
from ctgdocs.findings import WHOLE, Finding, Severity, Stopped, TemplateError
from ctgdocs.word import ordinary, unzipped

Rows = tuple[tuple[str, ...], ...]

TABLE = "tableau"
MAX_BYTES = 5_000_000
MAX_UNZIPPED = 60_000_000
MAX_ROWS, MAX_COLUMNS = 2_000, 40
_MOST_ERRORS = 20
_FIGURE = re.compile(r"\s*[-−–]?\d")
_TOTAL_ROW = re.compile(r"\s*total\b", re.IGNORECASE)
_DELIMITERS = (";", "\t", ",")


class _Cell(NamedTuple):
    """A cell as kept: its value, its number format, whether the value is an error of the spreadsheet."""

    value: CellValue
    form: str
    wrong: bool

    @classmethod
    def of(cls, cell: Any) -> _Cell:
        return cls(cell.value, str(getattr(cell, "number_format", "") or ""), cell.data_type == "e")


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


def refused(message: str, hint: str = "") -> Stopped:
    """Why a file is not a usable table: one French sentence, and what to do."""
    return Stopped.at(TABLE, message, WHOLE, hint)


@lru_cache(maxsize=16)
def read_sheet(name: str, data: bytes, sheet: str = "") -> Rows:
    """The rows of a table as texts; empty rows and columns, the titles above the headings and the notes under
    the total are left out. Raises Stopped."""
    kept = _trimmed(_without_notes(read_grid(name, data, sheet)))
    if not kept:
        raise refused(f"« {name} » ne contient aucune ligne")
    return kept


def read_grid(name: str, data: bytes, sheet: str = "") -> list[list[str]]:
    """Every cell of a table as text, where it stands: row 0 is the file's first one. Raises Stopped."""
    if len(data) > MAX_BYTES:
        raise refused(f"« {name} » dépasse {MAX_BYTES // 1_000_000} Mo", "gardez la seule feuille utile")
    extension = name.lower().rpartition(".")[2]
    if extension in ("csv", "tsv", "txt"):
        return _read_csv(name, data)
    if extension in ("xlsx", "xlsm"):
        return _read_xlsx(name, data, sheet)
    raise refused(f"« {name} » n’est ni un CSV ni un XLSX", "enregistrez le tableau en .xlsx ou en .csv")


def beside(source: str, name: str, reader: object) -> tuple[str, bytes]:
    """The path and the bytes of the file `name`, in the folder of the content file `source`. The reader
    remembers that it was read. Raises Stopped."""
    target = posixpath.normpath(posixpath.join(posixpath.dirname(source), name))
    if posixpath.isabs(name) or "\\" in name or ":" in name or not target.startswith("content/"):
        raise refused(f"« {name} » sort du dossier content/", "placez le fichier près de l’acte")
    attachment = getattr(reader, "attachment", None)
    data = attachment(target) if attachment else None
    if data is None:
        raise refused(f"le fichier « {name} » est introuvable", f"il est cherché ici : {target}")
    return target, data


def _without_notes(grid: list[list[str]]) -> list[list[str]]:
    rows = [row for row in grid if any(cell.strip() for cell in row)]
    first = next((at for at, row in enumerate(rows) if not _alone(row)), 0)
    if rows and not any(_FIGURE.match(cell) for cell in rows[first]):
        rows = rows[first:]
    last = max((at for at, row in enumerate(rows) if _TOTAL_ROW.match(row[0])), default=len(rows))
    return [row for at, row in enumerate(rows) if at <= last or not _alone(row)]


def _alone(row: list[str]) -> bool:
    """Whether the row is one text at its start: a title (its cells merged) or a note."""
    return bool(row[0].strip()) and not any(cell.strip() for cell in row[1:])


def _trimmed(rows: Sequence[Sequence[str]]) -> Rows:
    kept = [[" ".join(cell.split()) for cell in row] for row in rows]
    kept = [row for row in kept if any(row)]
    width = max((len(row) for row in kept), default=0)
    kept = [row + [""] * (width - len(row)) for row in kept]
    used = [index for index in range(width) if any(row[index] for row in kept)]
    return tuple(tuple(row[index] for index in used) for row in kept)


def _bounded(name: str, rows: int, columns: int) -> None:
    if rows > MAX_ROWS or columns > MAX_COLUMNS:
        raise refused(
            f"« {name} » est trop grand pour un acte : {MAX_ROWS} lignes et {MAX_COLUMNS} colonnes au plus",
            "joignez-le en annexe",
        )


def _read_csv(name: str, data: bytes) -> list[list[str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    if "\x00" in text:
        raise refused(f"« {name} » n’est pas un fichier de texte", "enregistrez-le de nouveau en CSV")
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    except csv.Error:
        raise refused(f"« {name} » n’est pas un CSV lisible", "enregistrez-le de nouveau en CSV") from None
    _bounded(name, len(rows), max(map(len, rows), default=0))
    return rows


def _delimiter(text: str) -> str:
    """The sign that cuts every one of the first lines; `;` first, as Excel does in French."""
    lines = [re.sub(r'"[^"]*"', "", line) for line in text.splitlines()[:20] if line.strip()]
    for delimiter in _DELIMITERS:
        counts = {line.count(delimiter) for line in lines}
        if counts and min(counts) > 0:
            return delimiter
    return max(_DELIMITERS, key=lambda sign: sum(line.count(sign) for line in lines))


def _read_xlsx(name: str, data: bytes, sheet: str) -> list[list[str]]:
    data = _opened(name, data)
    values = _cells(name, data, sheet, formulas=False)
    _refuse_errors(name, values)
    rows = [_row_texts(name, at, row) for at, row in enumerate(values, 1)]
    if any("" in row for row in rows):
        _refuse_uncomputed(name, rows, _cells(name, data, sheet, formulas=True))
    return rows


def _opened(name: str, data: bytes) -> bytes:
    """A workbook that is not too large, in the dialect that openpyxl reads without a word."""
    try:
        with unzipped(data) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
        if size <= MAX_UNZIPPED:
            return ordinary(data)
    except TemplateError:
        raise refused(f"« {name} » n’est pas un classeur XLSX lisible", "enregistrez-le de nouveau") from None
    raise refused(f"« {name} » est trop gros une fois décompressé", "gardez la seule feuille utile")


def _cells(name: str, data: bytes, sheet: str, *, formulas: bool) -> list[list[_Cell]]:
    """Value and number format of every cell of a sheet."""
    from openpyxl import DEFUSEDXML, load_workbook

    if not DEFUSEDXML:
        raise refused(
            f"« {name} » : la lecture sûre des classeurs n’est pas disponible", "installez defusedxml"
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells its own guesses on stderr, in English
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=not formulas, keep_links=False)
    except Exception:
        # openpyxl raises whatever its readers meet in a damaged file: all of them mean the same here
        raise refused(f"« {name} » n’est pas un classeur XLSX lisible", "enregistrez-le de nouveau") from None
    try:
        if sheet and sheet not in book.sheetnames:
            raise refused(
                f"« {name} » n’a pas de feuille « {sheet} »", f"feuilles : {', '.join(book.sheetnames)}"
            )
        page = book[sheet] if sheet else _first_visible(book)
        rows: list[list[_Cell]] = []
        for row in page.iter_rows():
            _bounded(name, len(rows) + 1, len(row))
            rows.append([_Cell.of(cell) for cell in row])
        return rows
    except Stopped:
        raise
    except Exception:
        raise refused(f"« {name} » n’est pas un classeur XLSX lisible", "enregistrez-le de nouveau") from None
    finally:
        book.close()


def _first_visible(book: Any) -> Any:
    sheets = book.worksheets
    return next((page for page in sheets if page.sheet_state == "visible"), sheets[0])


def _refuse_uncomputed(name: str, rows: list[list[str]], typed: list[list[_Cell]]) -> None:
    for at, row in enumerate(typed):
        for index, cell in enumerate(row):
            formula = isinstance(cell.value, str) and cell.value.startswith("=")
            if formula and at < len(rows) and index < len(rows[at]) and not rows[at][index]:
                raise refused(
                    f"« {name} », cellule {letters(index + 1)}{at + 1} : la formule n’a pas de valeur gardée",
                    "ouvrez le classeur dans Excel ou LibreOffice, laissez-le calculer, enregistrez-le",
                )


def _refuse_errors(name: str, rows: list[list[_Cell]]) -> None:
    """Every cell that holds an error of the spreadsheet (#REF!, #DIV/0!…), all at once."""
    wrong = [
        Finding(
            TABLE,
            Severity.ERREUR,
            f"« {name} », cellule {letters(column)}{at} : « {cell.value} » est une erreur du classeur",
            hints=("corrigez la formule dans le classeur, puis enregistrez-le",),
        )
        for at, row in enumerate(rows, 1)
        for column, cell in enumerate(row, 1)
        if cell.wrong
    ]
    if wrong:
        raise Stopped(*wrong[:_MOST_ERRORS])


def _row_texts(name: str, at: int, row: list[_Cell]) -> list[str]:
    texts = []
    for column, cell in enumerate(row, 1):
        try:
            texts.append(shown(cell.value, cell.form))
        except ArithmeticError:
            raise refused(
                f"« {name} », cellule {letters(column)}{at} : le nombre est démesuré",
                "corrigez-le dans le classeur",
            ) from None
    return texts
