"""One noun per idea: a word that once competed with the house's word names nothing any more."""

import ast
import collections
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]

REFUSED = {
    "Rencontre": "Meeting",
    "rencontre": "meeting",
    "paper": "papier, Papier",
    "house_style": "charte",
    "HouseStyle": "Charte",
    "letterhead": "charte",
    "models": "templates",
    "Chemin": "Steps",
    "typeset": "typographie, or espaces for a message",
    "_euros": "montant",
    "deadlines": "echeances",
    "State": "Outcome, Standing or Etat",
    "Condition": "Standing",
    "Status": "Etat",
    "Draft": "Edit, or Output",
    "checks": "rules",
    "Problem": "Finding",
    "pipeline": "line",
    "seat": "siege",
    "capitalised": "majuscule_initiale, or with_accents",
    "date_in_french": "date_simple",
}
"""A name no module, class, function, argument or variable may have, and the house's word for the idea."""

ONCE = ["Dossier", "Sitting", "Seance", "Meeting", "Papier", "Steps", "Echeance", "Etape", "Outcome"]
ONCE += ["Standing", "Etat", "Change", "Edit", "Output", "Pen", "Marks", "Finding", "Entry", "Registry"]
"""A class that has this name is the one that has it."""


class Given(NamedTuple):
    name: str
    place: str
    is_class: bool = False


def names_of(path: Path) -> Iterator[Given]:
    """Every name that `path` gives, and where."""
    at = path.relative_to(ROOT)
    yield Given(path.parent.name if path.stem == "__init__" else path.stem, f"{at}:0")
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.ClassDef(name=name):
                yield Given(name, f"{at}:{node.lineno}", is_class=True)
            case (
                ast.FunctionDef(name=name)
                | ast.arg(arg=name)
                | ast.Name(id=name, ctx=ast.Store())
                | ast.Attribute(attr=name, ctx=ast.Store())
            ):
                yield Given(name, f"{at}:{node.lineno}")


@cache
def names() -> dict[str, list[Given]]:
    found: dict[str, list[Given]] = collections.defaultdict(list)
    for room in ("ctgdocs", "tools", "tests", "benchmarks"):
        for path in sorted((ROOT / room).rglob("*.py")):
            for given in names_of(path):
                found[given.name].append(given)
    return found


@pytest.mark.parametrize("word", REFUSED)
def test_a_word_that_competes_names_nothing(word: str) -> None:
    places = [given.place for given in names().get(word, ())]
    assert places == [], f"« {word} »: the house's word is {REFUSED[word]}"


@pytest.mark.parametrize("name", ONCE)
def test_a_class_of_the_house_is_defined_once(name: str) -> None:
    defined = [given for given in names()[name] if given.is_class and given.place.startswith("ctgdocs/")]
    assert len(defined) <= 1, [given.place for given in defined]
