"""Tables kept in a file beside the content: CSV as French spreadsheets write it, or XLSX.

The bytes are untrusted: sizes are bounded before anything is read, XML is read by openpyxl through
defusedxml, formulas are never computed (the value the spreadsheet last kept is used).
"""

from __future__ import annotations

import csv
import io
import posixpath
import re
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Any

from ctgdocs.findings import WHOLE, Stopped, TemplateError
from ctgdocs.word import unzipped

Rows = tuple[tuple[str, ...], ...]

TABLE = "tableau"
MAX_BYTES = 5_000_000
MAX_UNZIPPED = 60_000_000
MAX_ROWS, MAX_COLUMNS = 2_000, 40
_DELIMITERS = (";", "\t", ",")


def refused(message: str, hint: str = "") -> Stopped:
    """Why a file is not a usable table: one French sentence, and what to do."""
    return Stopped.at(TABLE, message, WHOLE, hint)


@lru_cache(maxsize=16)
def read_sheet(name: str, data: bytes, sheet: str = "") -> Rows:
    """The rows of a table as texts, empty rows and columns left out. Raises Stopped."""
    kept = _trimmed(read_grid(name, data, sheet))
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
    _refuse_bombs(name, data)
    values = _cells(name, data, sheet, formulas=False)
    rows = [_row_texts(name, at, row) for at, row in enumerate(values, 1)]
    if any("" in row for row in rows):
        _refuse_uncomputed(name, rows, _cells(name, data, sheet, formulas=True))
    return rows


def _refuse_bombs(name: str, data: bytes) -> None:
    try:
        with unzipped(data) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except TemplateError:
        raise refused(f"« {name} » n’est pas un classeur XLSX lisible", "enregistrez-le de nouveau") from None
    if size > MAX_UNZIPPED:
        raise refused(f"« {name} » est trop gros une fois décompressé", "gardez la seule feuille utile")


def _cells(name: str, data: bytes, sheet: str, *, formulas: bool) -> list[list[tuple[Any, str]]]:
    """Value and number format of every cell of a sheet."""
    from openpyxl import DEFUSEDXML, load_workbook

    if not DEFUSEDXML:
        raise refused(
            f"« {name} » : la lecture sûre des classeurs n’est pas disponible", "installez defusedxml"
        )
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=not formulas, keep_links=False)
    except Exception:
        # openpyxl raises whatever its readers meet in a damaged file: all of them mean the same here
        raise refused(f"« {name} » n’est pas un classeur XLSX lisible", "enregistrez-le de nouveau") from None
    try:
        if sheet and sheet not in book.sheetnames:
            raise refused(
                f"« {name} » n’a pas de feuille « {sheet} »", f"feuilles : {', '.join(book.sheetnames)}"
            )
        page = book[sheet] if sheet else book.worksheets[0]
        rows: list[list[tuple[Any, str]]] = []
        for row in page.iter_rows():
            _bounded(name, len(rows) + 1, len(row))
            rows.append([(cell.value, str(getattr(cell, "number_format", "") or "")) for cell in row])
        return rows
    except Stopped:
        raise
    except Exception:
        raise refused(f"« {name} » n’est pas un classeur XLSX lisible", "enregistrez-le de nouveau") from None
    finally:
        book.close()


def _refuse_uncomputed(name: str, rows: list[list[str]], typed: list[list[tuple[Any, str]]]) -> None:
    for at, row in enumerate(typed):
        for index, (value, _) in enumerate(row):
            formula = isinstance(value, str) and value.startswith("=")
            if formula and at < len(rows) and index < len(rows[at]) and not rows[at][index]:
                where = f"ligne {at + 1}, colonne {index + 1}"
                raise refused(
                    f"« {name} » : la formule ({where}) n’a pas de valeur gardée",
                    "ouvrez le classeur dans Excel ou LibreOffice, laissez-le calculer, enregistrez-le",
                )


def _row_texts(name: str, at: int, row: list[tuple[Any, str]]) -> list[str]:
    try:
        return [_cell_text(value, form) for value, form in row]
    except ArithmeticError:
        raise refused(
            f"« {name} » : un nombre de la ligne {at} est démesuré", "corrigez-le dans le classeur"
        ) from None


def _cell_text(value: Any, form: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, int | float):
        return _number_text(value, form)
    if isinstance(value, datetime | date):
        return f"{value.day:02}/{value.month:02}/{value.year}"
    return f"{value.hour}h{value.minute:02}" if isinstance(value, time) else str(value)


def _number_text(value: int | float, form: str) -> str:
    percent = "%" in form
    number = Decimal(repr(value)) * (100 if percent else 1)
    rounded = round(number, 2)
    text = f"{rounded:f}".rstrip("0").rstrip(".") if "." in f"{rounded:f}" else f"{rounded:f}"
    if re.search(r"0[.,]00", form):
        text = f"{rounded:.2f}"
    return f"{text} %" if percent else f"{text} €" if "€" in form or "EUR" in form.upper() else text
