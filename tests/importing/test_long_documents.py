"""What is long is read in proportion, whatever it is made of."""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from pathlib import Path
from types import FrameType

import pytest

from ctgdocs.cli.importer import readers_of
from ctgdocs.content.library import Library
from ctgdocs.findings import CtgdocsError, Stopped
from ctgdocs.importing.document import opened
from ctgdocs.importing.prose import short_id
from ctgdocs.importing.reader import Reader, Wish
from ctgdocs.kinds import KINDS
from ctgdocs.project import Project
from tools.damaged import BOOK, ODS, zipped

LIBRARY = Library(Project(Path("nulle-part")), KINDS)


@pytest.mark.parametrize("line", ["Article 1\n", "- a : b\n", "entre la Caf, et\n"])
def test_every_reader_makes_calls_in_proportion(line: str) -> None:
    for reader in readers_of():
        once, fourfold = (calls(reader, line * (signs // len(line))) for signs in (5_000, 20_000))
        assert fourfold < 5 * once, reader.genre


def calls(reader: Reader, text: str) -> int:
    """How many functions a reader calls, whatever the machine and what else runs on it."""
    document, made = opened("x.md", text.encode()), 0

    def called(_frame: FrameType, _event: str, _what: object) -> None:
        nonlocal made
        made += 1

    sys.setprofile(called)
    try:
        with suppress(CtgdocsError):
            reader.propose(document, LIBRARY, Wish("essai"))
    finally:
        sys.setprofile(None)
    return made


def test_a_name_is_free_whatever_is_taken() -> None:
    taken = {"objet", *(f"objet-{rank}" for rank in range(2, 5001))}
    assert short_id("Objet", taken) == "objet-5001"


def a_book(rows: int, columns: int) -> bytes:
    cells = '<c t="inlineStr"><is><t>a</t></is></c>' * columns
    sheet = BOOK["xl/worksheets/sheet1.xml"]
    parts = {name: part.encode() for name, part in BOOK.items()}
    body = "".join(f'<row r="{row}">{cells}</row>' for row in range(1, rows + 1))
    head = sheet[: sheet.index("<sheetData>")]
    parts["xl/worksheets/sheet1.xml"] = f"{head}<sheetData>{body}</sheetData></worksheet>".encode()
    return zipped(parts)


def an_ods(*, row: str = "1", column: str = "1", high: str = "1", blanks: str = "1") -> bytes:
    part = ODS["content.xml"].replace('rows-repeated="1"', f'rows-repeated="{row}"')
    part = part.replace(
        'columns-repeated="2"', f'columns-repeated="{column}" table:number-rows-spanned="{high}"'
    )
    part = part.replace("Nom", f'a<text:s text:c="{blanks}"/>b')
    return zipped({"mimetype": ODS["mimetype"].encode(), "content.xml": part.encode()})


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("x.xlsx", a_book(2000, 40), "20 000 cellules remplies au plus"),
        ("x.xlsx", a_book(30_000, 1), "20 000 cellules remplies au plus"),
        ("x.csv", b"a;b;c\n" * 100_000, "2 000 lignes"),
        ("x.csv", b"a;b;c;d;e;f;g;h;i;j;k;l\n" * 1900, "20 000 cellules"),
        ("x.ods", an_ods(row="2001"), "2 000 lignes"),
        ("x.ods", an_ods(column="41"), "40 colonnes"),
    ],
)
def test_what_no_table_holds_is_refused_at_once_and_never_cut(name: str, data: bytes, said: str) -> None:
    before = time.process_time()
    with pytest.raises(Stopped, match=said):
        _ = opened(name, data).sheets
    assert time.process_time() - before < 1


def test_a_tag_that_stands_for_millions_takes_no_time() -> None:
    before = time.process_time()
    for data in (an_ods(high="9999999"), an_ods(blanks="9999999"), an_ods(row="1999")):
        for reader in readers_of():
            with suppress(CtgdocsError):
                reader.propose(opened("x.ods", data), LIBRARY, Wish("essai"))
    assert time.process_time() - before < 3
