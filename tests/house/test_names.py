"""One noun per idea: a word that once competed with the house's word names nothing any more."""

import ast
import collections
import itertools
from collections.abc import Iterator
from pathlib import Path

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


def names_of(path: Path) -> Iterator[tuple[str, int]]:
    """Every name that `path` gives, and the line where it does."""
    yield path.parent.name if path.stem == "__init__" else path.stem, 0
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
                yield name, node.lineno
            case ast.arg(arg=name):
                yield name, node.lineno
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield name, node.lineno


MODULES = sorted(
    itertools.chain(*((ROOT / room).rglob("*.py") for room in ("ctgdocs", "tools", "tests", "benchmarks")))
)
GIVEN = [(name, f"{path.relative_to(ROOT)}:{line}") for path in MODULES for name, line in names_of(path)]


@pytest.mark.parametrize("word", REFUSED)
def test_a_word_that_competes_names_nothing(word: str) -> None:
    places = [place for name, place in GIVEN if name == word]
    assert places == [], f"« {word} »: the house's word is {REFUSED[word]}"


def test_a_class_of_the_house_is_defined_once() -> None:
    defined = collections.defaultdict(list)
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if path.is_relative_to(ROOT / "ctgdocs") and isinstance(node, ast.ClassDef) and node.name in ONCE:
                defined[node.name].append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert [places for places in defined.values() if len(places) > 1] == []
