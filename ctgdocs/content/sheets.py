"""Files that stand beside the content: where the sheets and pictures that it cites may be, and what its
tables say, CSV as French spreadsheets write it, or XLSX.
"""

from __future__ import annotations

import csv
import io
import posixpath
import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import chain

from ctgdocs.content.framing import Sheet, framed
from ctgdocs.content.workbooks import Grid, Shown, bounded, read_workbook, refused

MAX_BYTES = 5_000_000
_DELIMITERS = (";", "\t", ",")


@lru_cache(maxsize=16)
def read_sheet(name: str, data: bytes, sheet: str = "") -> Sheet:
    """The table of a file: what its sheet shows, titles, notes and empty rows left out. Raises Stopped."""
    return framed(name, read_grid(name, data, sheet))


def read_grid(name: str, data: bytes, sheet: str = "", *, computed: bool = True) -> Grid:
    """Every cell of a table where it stands: row 0 is the file's first one. Raises Stopped, and, if
    `computed`, for a formula whose value was never kept."""
    if len(data) > MAX_BYTES:
        raise refused(f"« {name} » dépasse {MAX_BYTES // 1_000_000} Mo", "gardez la seule feuille utile")
    extension = name.lower().rpartition(".")[2]
    if extension in ("csv", "tsv", "txt"):
        return _read_csv(name, data)
    if extension in ("xlsx", "xlsm"):
        return read_workbook(name, data, sheet, computed=computed)
    raise refused(f"« {name} » n’est ni un CSV ni un XLSX", "enregistrez le tableau en .xlsx ou en .csv")


def beside(source: str, name: str, reader: object) -> tuple[str, bytes]:
    """The path and the bytes of the file `name`, in the folder of the content file `source`. The reader
    remembers that it was read. Raises Stopped."""
    places = places_of(source, name)
    if not places:
        raise refused(f"« {name} » sort du dossier content/", "placez le fichier près de l’acte")
    if (there := found(places, reader)) is None:
        raise refused(f"le fichier « {name} » est introuvable", f"il est cherché ici : {places[0]}")
    return there


def _read_csv(name: str, data: bytes) -> Grid:
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
    bounded(name, len(rows), max(map(len, rows), default=0), sum(map(bool, chain.from_iterable(rows))))
    return Grid(tuple(tuple(map(Shown, row)) for row in rows))


def _delimiter(text: str) -> str:
    """The sign that cuts every one of the first lines; `;` first, as Excel does in French."""
    lines = [re.sub(r'"[^"]*"', "", line) for line in text.splitlines()[:20] if line.strip()]
    for delimiter in _DELIMITERS:
        counts = {line.count(delimiter) for line in lines}
        if counts and min(counts) > 0:
            return delimiter
    return max(_DELIMITERS, key=lambda sign: sum(line.count(sign) for line in lines))


_COMPUTED = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?[0-9 .,]*")


def csv_of(rows: Iterable[Sequence[str]], delimiter: str = ";") -> bytes:
    """Rows as a CSV file in UTF-8. A text that a spreadsheet would compute (« =HYPERLINK(…) ») begins with a
    space, which makes it a text again."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows([_as_text(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8")


def _as_text(cell: str) -> str:
    return f" {cell}" if cell.startswith(_COMPUTED) and not _NUMBER.fullmatch(cell) else cell


LARGEST = 20_000_000
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//")


def places_of(source: str, name: str) -> list[str]:
    """Where a file cited by the content file `source` may be, the likeliest first: in its folder, then from
    the workspace's root. Nowhere for an address, or what is out of content/."""
    if posixpath.isabs(name) or "\\" in name or _ADDRESS.match(name):
        return []
    beside = posixpath.normpath(posixpath.join(posixpath.dirname(source), name))
    places = dict.fromkeys((beside, posixpath.normpath(name)))
    return [place for place in places if place.startswith("content/")]


def found(places: list[str], reader: object) -> tuple[str, bytes] | None:
    """The first of these files that is there: its path and its bytes. The reader remembers it."""
    attachment: Callable[[str], bytes | None] | None = getattr(reader, "attachment", None)
    if attachment is not None:
        for place in places:
            if (data := attachment(place)) is not None:
                return place, data
    return None
