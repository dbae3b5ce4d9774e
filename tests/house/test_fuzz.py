"""Whatever comes in, what comes out is a sentence: tools/fuzz.py on a few inputs (`make fuzz`: many)."""

from __future__ import annotations

import random
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import pytest

from ctgdocs.cli.importer import readers_of
from ctgdocs.findings import CtgdocsError, TemplateError
from ctgdocs.importing import document as formats
from ctgdocs.importing.document import opened
from ctgdocs.importing.reader import SURE
from ctgdocs.templates import Template
from ctgdocs.word import read
from tools.damaged import WORD, zipped
from tools.fuzz import BROUGHT, DOORS, Door, faults

ROOT = Path(__file__).parents[2]
READ = 4
"""Of forty damaged files, those at least that a door still reads."""


def test_two_thousand_damaged_files_are_refused_in_a_sentence_or_read() -> None:
    assert list(faults(2000)) == []


@pytest.mark.parametrize("door", DOORS, ids=[one.name for one in DOORS])
def test_every_door_opens_for_the_healthy_file(door: Door) -> None:
    door.opened(door.healthy)


def test_every_format_reader_and_upload_has_its_door() -> None:
    """A new way in of a file is to be attacked too."""
    for family in (formats.WORD, formats.TEXT, formats.SHEETS, formats.PDF, formats.TABLES[-3:-2], (".csv",)):
        assert any(name.endswith(family) for name in BROUGHT), family
    seen = set[str]()
    for name, data in ((name, door.healthy) for door in DOORS for name in BROUGHT):
        with suppress(CtgdocsError):
            document = opened(name, data)
            seen |= {reader.genre for reader in readers_of() if reader.recognise(document) > SURE}
    assert seen == {reader.genre for reader in readers_of()}
    takers = {
        f"page, {route.path}"
        for path in (ROOT / "ctgdocs/page/screens").glob("*.py")
        if "UploadFile" in path.read_text("utf-8")
        for route in import_module(f"ctgdocs.page.screens.{path.stem}").ROUTES
        if route.endpoint.__name__ == "received"
    }
    assert takers == {door.name for door in DOORS if door.name.startswith("page, ")}


def test_the_damage_is_deep_enough_to_be_refused_and_light_enough_to_be_read() -> None:
    for door in DOORS:
        left = READ if door.often > 3 else 1
        for number in range(40):
            with suppress(CtgdocsError):
                door.opened(door.made(random.Random(number)))
                left -= 1
            if not left:
                break
        assert not left, door.name


def test_a_style_whose_id_word_would_not_write_takes_no_part() -> None:
    parts = {name: part.encode() for name, part in WORD.items()}
    parts["word/styles.xml"] = parts["word/styles.xml"].replace(b'"Titre1"', b'"Titre&lt;1"')
    made = read(Template.load(zipped(parts)).render({"objet": "CTG", "x": 1}))
    assert b"Titre&lt;1" in made["word/styles.xml"]


def test_a_namespace_that_is_no_address_is_a_damage() -> None:
    parts = {name: part.encode() for name, part in WORD.items()}
    parts["word/document.xml"] = f"<w:document xmlns:w='٣'>{'<w:p/>' * 2}</w:document>".encode()
    with pytest.raises(TemplateError, match=r"word/document\.xml"):
        Template.load(zipped(parts))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "cp500", "latin-1", "utf-7"])
def test_a_part_in_an_encoding_that_word_never_writes_is_refused_by_name(encoding: str) -> None:
    parts = {name: part.encode() for name, part in WORD.items()}
    typed = f'<?xml version="1.0" encoding="{encoding}"?>{WORD["word/styles.xml"]}'
    parts["word/styles.xml"] = typed.encode(encoding)
    with pytest.raises(TemplateError, match=r"word/styles\.xml"):
        read(zipped(parts))
