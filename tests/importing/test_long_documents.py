"""What is long is read in proportion, whatever it is made of."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

import pytest

from ctgdocs.cli.importer import readers_of
from ctgdocs.content.library import Library
from ctgdocs.findings import CtgdocsError
from ctgdocs.importing import opened
from ctgdocs.importing.prose import short_id
from ctgdocs.importing.reader import Reader, Wish
from ctgdocs.kinds import KINDS
from ctgdocs.project import Project

LIBRARY = Library(Project(Path("nulle-part")), KINDS)


@pytest.mark.parametrize("line", ["Article 1\n", "- a : b\n", "entre la Caf, et\n"])
def test_every_reader_takes_its_time_in_proportion(line: str) -> None:
    for reader in readers_of():
        once, fourfold = (seconds(reader, line * (signs // len(line))) for signs in (20_000, 80_000))
        assert fourfold < 8 * once + 0.2, reader.genre


def seconds(reader: Reader, text: str) -> float:
    document = opened("x.md", text.encode())
    before = time.process_time()
    with suppress(CtgdocsError):
        reader.propose(document, LIBRARY, Wish("essai"))
    return time.process_time() - before


def test_a_name_is_free_whatever_is_taken() -> None:
    taken = {"objet", *(f"objet-{rank}" for rank in range(2, 5001))}
    assert short_id("Objet", taken) == "objet-5001"
