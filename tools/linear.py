"""Does a door read a text in proportion to its length? Each public function of the rooms below the line is
given the worst texts, and its steps (tools/steps.py) are counted at two lengths.

    python -m tools.linear               # what is out of proportion, and with which text
    python -m tools.linear 2 8           # an eighth of the texts for each door, the two costliest doubled

A door is whatever is public in these rooms and asks for a text, a list of texts, the bytes of a file, a Word
file's parts: nothing lists them. What else a door asks for is found by its type in `OTHERS`; a door that asks
for a type unknown there is said by `left_aside`.
"""

from __future__ import annotations

import datetime as dt
import importlib
import inspect
import os
import pkgutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from tools import steps as counting

counting.counting_patterns()

import ctgdocs  # noqa: E402  # its patterns are counted ones
from ctgdocs.composing.pen import Pen  # noqa: E402
from ctgdocs.content.library import Library  # noqa: E402
from ctgdocs.findings import Place, UsageError  # noqa: E402
from ctgdocs.french import Profil  # noqa: E402
from ctgdocs.importing.document import opened  # noqa: E402
from ctgdocs.importing.lines import Headings  # noqa: E402
from ctgdocs.importing.reader import Wish  # noqa: E402
from ctgdocs.kinds import KINDS  # noqa: E402
from ctgdocs.project import Project  # noqa: E402
from tools.damaged import BOOK, WORD, zipped  # noqa: E402

ROOT = Path(__file__).parents[1]
ABOVE = ("cli", "line", "memory", "page", "pdf", "project", "files", "findings", "__main__")
"""Rooms whose functions open files, or run for the whole workspace."""

SHORT = 120
"""Signs of the shorter of the two texts that are compared."""
LONG = 200_000
LONGER = (5_000, 20_000, LONG)
"""Signs of the texts on which a door is judged."""
MOST_SECONDS = 4.4
"""Processor time on the longest text: what takes its square takes a minute."""

UNITS = (
    "a", "1", " ", "\t", "\n", "\u00a0", ":", ";", ".", "'", "’", '"', "«", "»", "“", "(", "[", "{", "#", "-",
    "*", "|", "a ", "1 ", " : ", ":::", "« » ", "“»", "l'", "[a](", "![](", "[^1]", "{{ ", "{% x", '“a"',
    "Article 1 ", "1er ", "12 000 ", "10 h 30 ", "a: ", "a:\n ", "- a\n", "| a ", "**", "# ", "\r\n", "d'a",
    "et ", ", ", "a@", "<w:p>", "<", "&", "{# ", "A", "1/", "é", "vu la ", "M. ", "<!--", "a.b", "a-",
    "le 1 ", "Article 1\n", "# a\n", "Vu a,\n", "a\tb\n",
)  # fmt: skip


OPENED = (" ", "\t", "\u00a0", "1", '"', "“", "«", "(", "[", "{", "a", "-", "|", ":", "'", "a ", "1 ", ", ")
FILE_UNITS = ("a", " ", "{", "{{ x }} ", "« ", "1. ", "a\n", "“a ")
"""What is typed in the files that are made."""


class Door(NamedTuple):
    """A public function, and how its arguments are made of one text."""

    name: str
    function: Callable[..., object]
    given: Callable[[str], dict[str, object]]
    of_text: bool


# --- What a door is given ---------------------------------------------------------------------------------


def a_word(text: str) -> dict[str, bytes]:
    """The parts of a Word file whose first paragraph says the text."""
    said = "".join(f"&#{ord(sign)};" if sign in "<&>" else sign for sign in text)
    parts = {name: part.encode() for name, part in WORD.items()}
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"Objet", said.encode(), 1)
    return parts


def a_book(text: str) -> bytes:
    """An Excel file whose first cell says the text."""
    said = "".join(f"&#{ord(sign)};" if sign in "<&>" else sign for sign in text)
    sheet = {name: part.replace("Poste", said).encode() for name, part in BOOK.items()}
    return zipped(sheet)


_LIBRARY = Library(Project(ROOT), KINDS)
_ENTRY = next(
    entry
    for document in _LIBRARY.documents()
    if (entry := _LIBRARY.entry(f"{document.kind.name}/{document.id}")) is not None
)

TEXTUAL: dict[str, tuple[Callable[[str], object], ...]] = {
    "str": (str,),
    "str | None": (str,),
    "str | int": (str,),
    "int | str": (str,),
    "object": (str,),
    "Any": (str,),
    "list[str]": (lambda text: [text], str.split, list),
    "Sequence[str]": (lambda text: [text], str.split, list),
    "Iterable[str]": (lambda text: [text], str.split, list),
    "Iterable[object]": (lambda text: [text], str.split, list),
    "tuple[str, ...]": (tuple,),
    "Mapping[str, str]": (lambda text: {text: text},),
    "bytes": (str.encode, lambda text: zipped(a_word(text)), a_book),
    "bytes | Path": (lambda text: zipped(a_word(text)),),
    "Document": (
        lambda text: opened("x.md", f"mot\n{text}".encode("utf-8", "replace")),
        lambda text: opened("x.csv", f"mot;mot\n{text}".encode("utf-8", "replace")),
    ),
    "Readable | Package": (lambda text: zipped(a_word(text)),),
    "Mapping[str, bytes]": (a_word,),
    "Package": (a_word,),
}
"""What a text is made into for a parameter of each type."""

FILES = ("bytes", "bytes | Path", "Readable | Package", "Mapping[str, bytes]", "Package")

OTHERS: dict[str, object] = {
    "int": 0,
    "bool": False,
    "date": dt.date(2026, 1, 2),
    "dt.date": dt.date(2026, 1, 2),
    "date | None": dt.date(2026, 1, 2),
    "Profil": Profil(),
    "Place": Place("content/x.yaml", 1, 1),
    "Headings": Headings({"missions": ("Missions",)}),
    "Reader": Library(Project(ROOT / "nulle-part"), KINDS).reader(),
    "Pen": Pen(_ENTRY, _LIBRARY.reader()),
    "Voice": Pen(_ENTRY, _LIBRARY.reader()),
    "Entry[object]": _ENTRY,
    "Library": _LIBRARY,
    "Wish": Wish("essai"),
    "Iterable[int]": (1,),
    "Sequence[int]": (1,),
    "set[str]": {"x"},
    "Set[str]": {"x"},
}


def filled(kind: str) -> object:
    """What a parameter of this type is given when the text is another's. LookupError: not known."""
    return OTHERS[kind] if kind in OTHERS else TEXTUAL[kind][0]("x")


# --- The walk ----------------------------------------------------------------------------------------------


def functions() -> Iterator[tuple[str, Callable[..., object]]]:
    """Every public function of the rooms below the line, each once."""
    for info in pkgutil.walk_packages(ctgdocs.__path__, "ctgdocs."):
        if info.name.split(".")[1] in ABOVE:
            continue
        module = importlib.import_module(info.name)
        for name, found in vars(module).items():
            door = inspect.unwrap(found) if callable(found) else None
            if inspect.isfunction(door) and not name.startswith("_") and door.__module__ == info.name:
                yield f"{info.name.removeprefix('ctgdocs.')}.{name}", door


def parameters(function: Callable[..., object]) -> dict[str, str]:
    """The type of each parameter that a door cannot do without, and of those that ask for a text."""
    return {
        one.name: str(one.annotation)
        for one in inspect.signature(function).parameters.values()
        if one.kind not in (one.VAR_POSITIONAL, one.VAR_KEYWORD)
        and (one.default is one.empty or str(one.annotation) in ("str", "bytes"))
    }


def doors() -> Iterator[Door]:
    """Each door, once for each of its parameters that can take the text, in each way it can."""
    for name, function in functions():
        asked = parameters(function)
        for target in (one for one, kind in asked.items() if kind in TEXTUAL):
            try:
                rest = {one: filled(kind) for one, kind in asked.items() if one != target}
            except LookupError:
                continue
            for way in TEXTUAL[asked[target]]:
                yield Door(
                    f"{name}({target})",
                    function,
                    lambda text, rest=rest, target=target, way=way: {**rest, target: way(text)},  # type: ignore[misc]
                    asked[target] not in FILES or way is str.encode,
                )


def left_aside() -> list[str]:
    """The doors that ask for a text and for something that nobody here can make."""
    return [
        name
        for name, function in functions()
        if (asked := parameters(function))
        and any(kind in TEXTUAL for kind in asked.values())
        and any(kind not in TEXTUAL and kind not in OTHERS for kind in asked.values())
    ]


def texts(length: int, units: Sequence[str]) -> Iterator[str]:
    """The worst texts, of about a length; those that may open something, once it is open."""
    for unit in units:
        long = (unit * (length // len(unit) + 1))[:length]
        yield long
        if unit in OPENED:
            yield f"a #{long}x"


def read(door: Door, text: str) -> Callable[[], object]:
    given = door.given(text)

    def call() -> object:
        said = door.function(**given)
        return list(islice(said, LONG)) if inspect.isgenerator(said) else said

    return call


def cost(door: Door, text: str) -> int:
    return counting.steps(read(door, text))


def out_of_proportion(most: int, share: int) -> Iterator[str]:
    """The doors that read a text out of proportion, one line each. `most`: how many of its costliest texts
    are doubled for each door; `share`: one text in how many it is given, in turn."""
    read_long: set[object] = set()
    for rank, door in enumerate(doors()):
        worst = UNITS if door.of_text else FILE_UNITS
        units = worst[rank % min(share, len(worst)) :: share]
        cost(door, "b" * 40)
        first = [cost(door, text) for text in texts(SHORT // 3, units)]
        costliest = sorted(range(len(first)), key=lambda place: -first[place])[:most]
        suspects = {costliest[0]} if door.function not in read_long else set()
        read_long.add(door.function)
        suspects |= {place for place in costliest if more_than_doubles(door, place, units)}
        for place in suspects:
            yield from judged(door, place, units)


def judged(door: Door, place: int, units: Sequence[str]) -> Iterator[str]:
    """A line when a long text takes too long. A shorter one is enough when even its square would not."""
    for length in LONGER:
        text = [*texts(length, units)][place]
        seconds, share = time_of(door, text), length / LONG
        if seconds > MOST_SECONDS * share + 0.4:
            yield f"{door.name} : {seconds:.1f} s pour {length} signes, {text[:20]!r}"
        if not MOST_SECONDS * share**2 < seconds <= MOST_SECONDS * share + 0.4:
            return


def more_than_doubles(door: Door, place: int, units: Sequence[str]) -> bool:
    once, twice = (cost(door, [*texts(length, units)][place]) for length in (SHORT, 2 * SHORT))
    return twice > counting.MORE * once + counting.BEGINNING


def time_of(door: Door, text: str) -> float:
    """Processor time, in seconds. What looks no further than so many signs, and so stays in proportion, has
    more steps than the law allows on a short text; libraries, and the copies that Python makes of a text,
    have none that are counted: a long text judges both."""
    try:
        call = read(door, text)
    except UsageError:  # « trop long » : refused before anything reads it
        return 0.0
    before = time.process_time()
    with suppress(Exception):
        call()
    return time.process_time() - before


def main(arguments: Sequence[str]) -> int:
    most, share = (int(one) for one in arguments) if arguments else (2 * len(UNITS), 1)
    sys.setrecursionlimit(50_000)
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        found = 0
        for line in out_of_proportion(most, share):
            found += 1
            print(line, flush=True)
    aside = f"{len({*doors()})} portes, {len(left_aside())} de côté"
    print(f"{aside}, {found} hors de proportion")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
