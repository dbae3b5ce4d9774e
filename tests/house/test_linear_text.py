"""No door takes a text's square: whatever reads one text is given the worst ones, twenty thousand signs long.

A door in proportion takes milliseconds; one that looks again at the whole text for each sign takes seconds.
The processor time of this process is measured, so that a busy machine changes nothing.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice

import pytest

from ctgdocs.content.reading import parse
from ctgdocs.content.validation import validate
from ctgdocs.kinds import KINDS
from ctgdocs.templates import Template, lint
from tools.fuzz import WORD, zipped

LENGTH = 20_000
MOST_SECONDS = 1.0
ROOMS = ("french", "content", "importing", "vocabulary", "templates", "composing", "rules")
UNITS = (
    "a", "1", " ", "\t", "\n", "\u00a0", ":", ";", ".", "'", "’", '"', "«", "»", "“", "(", "[", "{", "#", "-",
    "*", "|", "a ", "1 ", " : ", ":::", "« » ", "“»", "l'", "[a](", "![](", "[^1]", "{{ ", "{% x", '“a"',
    "Article 1 ", "1er ", "12 000 ", "10 h 30 ", "a: ", "a:\n ", "- a\n", "| a ", "**", "# ", "\r\n", "d'a",
    "et ", ", ", "a@",
)  # fmt: skip


def doors() -> Iterator[tuple[str, Callable[[str], object]]]:
    """Every public function of these rooms that asks for one text and nothing else."""
    for room in ROOMS:
        package = importlib.import_module(f"ctgdocs.{room}")
        for info in pkgutil.iter_modules(package.__path__):
            module = importlib.import_module(f"{package.__name__}.{info.name}")
            for name, door in vars(module).items():
                own = not name.startswith("_") and getattr(door, "__module__", "") == module.__name__
                if own and inspect.isfunction(inspect.unwrap(door)) and asks_for_one_text(door):
                    yield f"{room}.{info.name}.{name}", inspect.unwrap(door)


def asks_for_one_text(door: Callable[..., object]) -> bool:
    needed = [one for one in inspect.signature(door).parameters.values() if one.default is one.empty]
    return (
        len(needed) == 1
        and needed[0].annotation in ("str", str)
        and needed[0].kind < needed[0].VAR_POSITIONAL
    )


def worst_texts() -> Iterator[str]:
    for unit in UNITS:
        long = (unit * (LENGTH // len(unit) + 1))[:LENGTH]
        yield long
        yield f"a #{long}x"


@pytest.mark.parametrize(
    ("name", "door"), [*doors()], ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_door_reads_the_worst_texts_in_proportion(name: str, door: Callable[[str], object]) -> None:
    for text in worst_texts():
        before = time.process_time()
        with suppress(Exception):
            said = door(text)
            if inspect.isgenerator(said):
                list(islice(said, LENGTH))
        assert time.process_time() - before < MOST_SECONDS, text[:20]


def test_a_content_file_is_read_in_proportion() -> None:
    for text in worst_texts():
        before = time.process_time()
        parse(f"a: {text}\n".encode(), "content/deliberations/x.yaml")
        assert time.process_time() - before < MOST_SECONDS, text[:20]


def test_a_thousand_unknown_fields_are_ten_and_how_many_more() -> None:
    kind = next(kind for kind in KINDS if kind.name == "deliberation")
    typed = "".join(f"zone_{number}: x\n" for number in range(1000))
    source, _ = parse(typed.encode(), "content/deliberations/x.yaml")
    assert source is not None
    _, findings = validate(source.root, kind.registry.type(), source, (), "deliberations", "x")
    unknown = [finding for finding in findings if finding.code == "champ-inconnu"]
    assert len(unknown) == 11
    assert unknown[-1].message == "990 autres champs inconnus dans la même fiche"
    assert unknown[-1].place.line == 11


@pytest.mark.parametrize(
    ("piece", "many"),
    [
        ("<w:tr>" + "<w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>" * 40 + "</w:tr>", 300),
        ("<w:tr><w:tc><w:p><w:r><w:t>{{ objet }}</w:t></w:r></w:p></w:tc></w:tr>", 3000),
    ],
)
def test_a_large_table_is_checked_and_rendered_in_proportion(piece: str, many: int) -> None:
    parts = {name: part.encode() for name, part in WORD.items()}
    parts["word/document.xml"] = (
        WORD["word/document.xml"].replace("<w:tr>", piece * many + "<w:tr>", 1).encode()
    )
    before = time.process_time()
    lint(zipped(parts), {"objet": "x"})
    Template.load(zipped(parts)).render({"objet": "x", "x": ""})
    assert time.process_time() - before < 3 * MOST_SECONDS
