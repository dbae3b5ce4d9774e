"""Whatever comes in, what comes out is a sentence: tools/fuzz.py on a few inputs (`make fuzz`: many)."""

from __future__ import annotations

import random
from contextlib import suppress

import pytest

from ctgdocs.findings import CtgdocsError, TemplateError
from ctgdocs.templates import Template
from ctgdocs.word import read
from tools.fuzz import (
    ACT,
    BOOK,
    CONTENT,
    CONVENTION,
    DOORS,
    MEMBERS,
    TABLE,
    TEXT,
    WORD,
    faults,
    healthy,
    zipped,
)

READ = 4
"""Of forty damaged files, those at least that a door still reads."""

PLAIN = {
    "contenu": CONTENT.encode(),
    "texte importé": TEXT.encode(),
    "tableau csv": TABLE.encode(),
    "convention reprise": CONVENTION.encode(),
    "acte repris": ACT.encode(),
    "liste reprise": MEMBERS.encode(),
    "classeur repris": healthy(word=False),
}


def test_two_thousand_damaged_files_are_refused_in_a_sentence_or_read() -> None:
    assert list(faults(2000)) == []


@pytest.mark.parametrize(("name", "door"), [(one[0], one[3]) for one in DOORS], ids=[one[0] for one in DOORS])
def test_every_door_opens_for_the_healthy_file(name: str, door: object) -> None:
    assert callable(door)
    door(PLAIN.get(name, healthy(word=name != "tableau xlsx")))


def test_the_damage_is_deep_enough_to_be_refused_and_light_enough_to_be_read() -> None:
    for name, _, make, door in DOORS:
        left = READ
        for number in range(40):
            with suppress(CtgdocsError):
                door(make(random.Random(number)))
                left -= 1
            if not left:
                break
        assert not left, name
    assert BOOK.keys() & WORD.keys()


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
