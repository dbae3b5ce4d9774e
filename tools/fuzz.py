# ruff: noqa: E501 - one part of a file a line
"""Damaged files at every door: whatever comes in, what comes out is a sentence in French.

    python -m tools.fuzz 2000            # as many inputs, from the first seed
    python -m tools.fuzz 200000 7        # from another seed

Each input is a small healthy file (content, text, CSV, Word, Excel) in which something was changed: bytes, XML
attributes and texts, encodings, the zip itself. A door may refuse it with a `CtgdocsError`, or accept it; anything
else is a fault, and so is an input that takes more than two seconds of processor time. The same seed makes the
same inputs.
"""

from __future__ import annotations

import datetime as dt
import io
import random
import sys
import time
import traceback
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ctgdocs.cli.importer import readers_of
from ctgdocs.content.library import Library
from ctgdocs.content.reading import parse
from ctgdocs.content.sheets import read_grid
from ctgdocs.content.validation import validate
from ctgdocs.findings import CtgdocsError
from ctgdocs.importing.boards import Board, workbook
from ctgdocs.importing.document import opened
from ctgdocs.importing.from_boards import budget_board, elus_board
from ctgdocs.importing.from_seance_board import seance_board
from ctgdocs.importing.lines import Headings, lines_of
from ctgdocs.importing.reader import Wish
from ctgdocs.kinds import KINDS
from ctgdocs.kinds.convention.from_board import plan_board
from ctgdocs.line.desk import Desk
from ctgdocs.memory.store import Memory
from ctgdocs.project import Project
from ctgdocs.readback import read_data
from ctgdocs.readback.solving import Maker
from ctgdocs.redline import redline
from ctgdocs.templates import Template, lint
from ctgdocs.word import mark_of, read, words_of
from tools.asking import Window
from tools.damaged import (
    ACT,
    CONTENT,
    CONVENTION,
    MEMBERS,
    MONEY,
    ODS,
    OFFER,
    ORDER,
    PDF,
    POST,
    PRESENT,
    TABLE,
    TEXT,
    damaged_book,
    damaged_word,
    healthy,
    package_changed,
    typed,
    zipped,
)

ROOT = Path(__file__).parents[1]
MOST_SECONDS = 2.0


class Fault(NamedTuple):
    """What went wrong: at which door, with which input (its number), what was raised or how long it took."""

    door: str
    number: int
    said: str


def unpacked(data: bytes) -> dict[str, str]:
    """The parts of a file of this program, all of them texts."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {one: archive.read(one).decode("utf-8", "replace") for one in archive.namelist()}


# --- The doors: each is given the bytes of one file ------------------------------------------------------

_HEADINGS = Headings({"missions": ("Missions",), "profil": ("Profil",)})
_DAY = dt.date(2026, 1, 2)


def _content(data: bytes) -> None:
    source, _ = parse(data, "content/deliberations/2026-045.yaml")
    if source is not None:
        kind = next(kind for kind in KINDS if kind.name == "deliberation")
        validate(source.root, kind.registry.type(), source, (), "deliberation", "2026-045")


def _template(data: bytes) -> None:
    Template.load(data).render({"objet": "CTG", "x": 1})


def _charte(data: bytes) -> None:
    Template.load(healthy(word=True), data).render({"objet": "CTG", "x": 1})


@cache
def _library() -> Library:
    return Library(Project(ROOT), KINDS)


BROUGHT = ("x.txt", "x.csv", "x.docx", "x.xlsx", "x.ods", "x.pdf")


def _brought(name: str) -> Callable[[bytes], None]:
    """The door of `importer`: every reader looks at the file, and proposes what it would make of it."""

    def door(data: bytes) -> None:
        document = opened(name, data)
        for reader in readers_of():
            reader.recognise(document)
            with suppress(CtgdocsError):
                reader.propose(document, _library(), Wish("essai"))

    return door


def _back(data: bytes) -> None:
    """The door of `reprendre`: a copy of a document of this workspace, corrected or not."""
    read_data(_desk(), "sorties/x.docx", data, accept="tout")


@cache
def _desk() -> Desk:
    return Desk(Project(ROOT), KINDS, 0, Memory.empty())


def _sent(path: str, field: str, name: str) -> Callable[[bytes], None]:
    """A door of the page: a file is sent, and what it becomes is shown."""

    def door(data: bytes) -> None:
        window = _window()
        answer = window.post(path, (field, name, data))
        if answer.leads_to:
            answer = window.get(answer.leads_to)
        assert answer.status < 500, answer.text

    return door


@cache
def _window() -> Window:
    return Window(ROOT)


BOARDS: dict[str, Callable[[Library], Board]] = {
    "élus": elus_board,
    "séance": lambda library: seance_board(library, "2026-09-24"),
    "plan": lambda library: plan_board(library, "ctg-2022-2026"),
    "budget": lambda library: budget_board(library, "laep-itinerant"),
}
ITS_ACT = "deliberations/2026-046"


class Door(NamedTuple):
    """`often`: how many of its inputs are dealt at a time; `made`: how they are, from the `healthy` one."""

    name: str
    often: int
    healthy: bytes
    made: Callable[[random.Random], bytes]
    opened: Callable[[bytes], object]


def _text_door(name: str, often: int, text: str, opened: Callable[[bytes], object]) -> Door:
    return Door(name, often, text.encode(), typed(text), opened)


def _word_door(name: str, often: int, opened: Callable[[bytes], object]) -> Door:
    return Door(name, often, healthy(word=True), damaged_word, opened)


def _book_door(name: str, often: int, opened: Callable[[bytes], object]) -> Door:
    return Door(name, often, healthy(word=False), damaged_book, opened)


def _own_door(name: str, whole: bytes, opened: Callable[[bytes], object]) -> Door:
    """A file of this program: it takes a while to look at, so few are damaged."""
    parts = unpacked(whole)
    return Door(name, 1, whole, lambda chance: package_changed(parts, chance), opened)


def _its_act() -> bytes:
    document = _desk().documents[ITS_ACT]
    return Maker(_desk().project, KINDS, document, _desk().program).make().made.data or b""


_OLD, _NEW = healthy(word=True), healthy(word=True)
DOORS: Sequence[Door] = (
    _text_door("contenu", 80, CONTENT, _content),
    _text_door("texte importé", 40, TEXT, lambda data: lines_of(opened("x.md", data), _HEADINGS)),
    _text_door("tableau csv", 30, TABLE, lambda data: read_grid("x.csv", data)),
    _book_door("tableau xlsx", 30, lambda data: read_grid("x.xlsx", data)),
    _word_door("fichier Word", 30, read),
    _word_door("mots", 30, words_of),
    _word_door("marque", 20, mark_of),
    _word_door("Word importé", 20, lambda data: lines_of(opened("x.docx", data), _HEADINGS)),
    _text_door("convention reprise", 7, CONVENTION, _brought("x.txt")),
    _text_door("acte repris", 7, ACT, _brought("x.txt")),
    _text_door("arrêté repris", 3, ORDER, _brought("x.txt")),
    _text_door("fiche reprise", 3, POST, _brought("x.txt")),
    _text_door("offre reprise", 3, OFFER, _brought("x.txt")),
    _text_door("liste reprise", 7, MEMBERS, _brought("x.csv")),
    _text_door("présences reprises", 3, PRESENT, _brought("x.csv")),
    _text_door("budget repris", 3, MONEY, _brought("x.csv")),
    _word_door("Word repris", 10, _brought("x.docx")),
    _book_door("classeur repris", 7, _brought("x.xlsx")),
    Door("ods repris", 10, zipped({one: part.encode() for one, part in ODS.items()}),
         lambda chance: package_changed(ODS, chance), _brought("x.ods")),
    _text_door("pdf repris", 10, PDF, _brought("x.pdf")),
    *(_own_door(f"classeur, {name}", workbook(board(_library())), _brought("x.xlsx")) for name, board in BOARDS.items()),
    _word_door("modèle vérifié", 20, lint),
    _word_door("modèle", 10, _template),
    _word_door("charte", 10, _charte),
    _word_door("comparer, ancien", 20, lambda data: redline(data, _NEW, author="A", date=_DAY)),
    _word_door("comparer, nouveau", 20, lambda data: redline(_OLD, data, author="A", date=_DAY)),
    _own_door("reprendre", _its_act(), _back),
    _word_door("page, /importer", 1, _sent("/importer", "fichier", "x.docx")),
    _word_door("page, /modeles/charte", 1, _sent("/modeles/charte", "papier", "x.docx")),
)  # fmt: skip


def faults(inputs: int, seed: int = 1) -> Iterator[Fault]:
    """What goes wrong among so many inputs, dealt to the doors in turn."""
    turns = [door for door in DOORS for _ in range(door.often)]
    for number in range(inputs):
        door = turns[number % len(turns)]
        data = door.made(random.Random(f"{seed} {number}"))
        before = time.process_time()
        try:
            door.opened(data)
        except CtgdocsError:
            pass
        except Exception:
            yield Fault(door.name, number, "".join(traceback.format_exc().splitlines(keepends=True)[-5:]))
        if (seconds := time.process_time() - before) > MOST_SECONDS:
            yield Fault(door.name, number, f"{seconds:.1f} s")


def main(arguments: Sequence[str]) -> int:
    found = 0
    for fault in faults(int(arguments[0]), int(arguments[1]) if len(arguments) > 1 else 1):
        found += 1
        print(f"{fault.door}, entrée {fault.number} :\n{fault.said}")
    print(f"{arguments[0]} entrées, {found} faute(s)")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
