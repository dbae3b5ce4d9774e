"""What is left to decide in a content file: each « [à compléter : …] », its question, how to answer it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, get_args

from ctgdocs.content.gestures import Gesture, value_at
from ctgdocs.content.spelling import Value
from ctgdocs.findings import UsageError
from ctgdocs.kinds.convention.plan import Suite
from ctgdocs.stages import Steps
from ctgdocs.vocabulary.as_typed import A_COMPLETER

STEPS: Mapping[str, tuple[str, str]] = {
    "parties": ("Parties", "Qui signe, et par quelle décision ?"),
    "visas": ("Visas", "Sur quels textes s’appuie-t-elle ?"),
    "considerants": ("Considérants", "Que rappelle-t-elle ?"),
    "articles": ("Articles", "Que dit chaque article ?"),
    "plan": ("Plan d’actions", "Que devient chaque action ?"),
    "suivi": ("Suivi", "Qui la suit, et quand ?"),
    "annexes": ("Annexes", "Que disent les annexes ?"),
}
"""The steps of a convention, in the order of its page; what stands elsewhere comes under « Le reste »."""
REST = ("reste", "Le reste", "Que reste-t-il à préciser ?")
_NAMES = ("titre", "nom", "objet", "texte", "intitule")
_AROUND = 160


class Decision(NamedTuple):
    """One bracket: the path of its value, the rank of the bracket in it, the question between the brackets,
    what stands around it, and the words among which to choose, when they are known."""

    at: Steps
    rank: int
    question: str
    before: str
    after: str
    where: str
    choices: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return ".".join(map(str, self.at)) + f":{self.rank}"


class Step(NamedTuple):
    """A part of the file: its name, its title, the question of its screen, what is left to decide there."""

    name: str
    title: str
    question: str
    left: tuple[Decision, ...]


def steps(said: Value) -> list[Step]:
    """The steps of a file, those that have nothing left to decide included."""
    found: dict[str, list[Decision]] = {name: [] for name in (*STEPS, REST[0])}
    for one in decisions(said):
        first = str(one.at[0])
        found[first if first in STEPS else REST[0]].append(one)
    titles = {**STEPS, REST[0]: REST[1:]}
    there = said if isinstance(said, dict) else {}
    return [
        Step(name, *titles[name], tuple(left))
        for name, left in found.items()
        if left or (name in STEPS and name in there)
    ]


def decisions(said: Value, at: Steps = (), where: str = "") -> Iterator[Decision]:
    """Every bracket of a value, in the order of the file."""
    if isinstance(said, str):
        for rank, found in enumerate(A_COMPLETER.finditer(said)):
            before, after = said[: found.start()].strip(), said[found.end() :].strip()
            yield Decision(
                at, rank, _question(found[0]), before[-_AROUND:], after[:_AROUND], where, _choices(at)
            )
    elif isinstance(said, dict):
        where = _name(said) or where
        for name, value in said.items():
            yield from decisions(value, (*at, name), where)
    else:
        for rank, value in enumerate(said):
            yield from decisions(value, (*at, rank), where)


def _question(bracket: str) -> str:
    _, _, words = bracket.strip("[] ").partition(":")
    words = words.strip() or "à écrire"
    return words[:1].upper() + words[1:]


def _name(record: Mapping[str, Value]) -> str:
    """What a record is called: the first of its names that is decided."""
    for name in _NAMES:
        said = record.get(name)
        if isinstance(said, str) and said and not A_COMPLETER.search(said):
            return said if len(said) < _AROUND else f"{said[:_AROUND]}…"
    return ""


def _choices(at: Steps) -> tuple[str, ...]:
    return get_args(Suite) if at[-1:] == ("suite",) else ()


def decided(said: Value, key: str, words: str) -> Gesture:
    """The gesture that writes a decision in the place of its bracket; without words, the bracket goes away,
    and the field with it when nothing else is in it.

    Raises UsageError for a bracket that is not there any more.
    """
    one = next((one for one in decisions(said) if one.key == key), None)
    value = value_at(said, one.at) if one else None
    if one is None or not isinstance(value, str):
        raise UsageError("Ce point a déjà été décidé, ici ou ailleurs : rien n’a été changé.")
    found = list(A_COMPLETER.finditer(value))[one.rank]
    text = value[: found.start()] + words + value[found.end() :]
    if not words:
        text = " ".join(text.split(" ")).strip()
    if not text.strip():
        return Gesture("remove", one.at)
    return Gesture("set", one.at, text)


def undecided(all_steps: Sequence[Step]) -> int:
    return sum(len(one.left) for one in all_steps)
