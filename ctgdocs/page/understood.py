"""What a reader understood of a file, in plain words: each content file that is proposed, field by field."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from ctgdocs.content.gestures import plain
from ctgdocs.content.library import Library
from ctgdocs.content.spelling import Value
from ctgdocs.french import date_simple
from ctgdocs.importing.reader import Proposed
from ctgdocs.page.places import NAMES, REGISTRIES, titled
from ctgdocs.page.render import plural
from ctgdocs.page.shapes import label_of, words

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_TOLD = ("elus", "communes", "partenaires", "instances", "visas", "dossiers")
"""The registries whose ids are told by their names."""


class Said(NamedTuple):
    """A value in words, or what it is made of; `label` is "" for an item of a list."""

    label: str
    words: str = ""
    below: tuple[Said, ...] = ()


class Understood(NamedTuple):
    """A content file that is proposed: what it is, what becomes of it, what it says or what changes in it."""

    title: str
    what: str
    said: tuple[Said, ...]


def understood(files: tuple[Proposed, ...], library: Library) -> list[Understood]:
    """Each file of a proposal, in order; of one that exists, only what joins it or changes in it."""
    read = [(one, *library.answers_at(f"content/{one.path}"), _new_in(one)) for one in files]
    teller = _Teller(
        library, {id: name for _, registry, _, said in read for id, name in _names(registry, said)}
    )
    return [_understood(teller, *one) for one in read]


def _understood(teller: _Teller, file: Proposed, registry: str, id: str, said: Value) -> Understood:
    what = "nouvelle fiche" if file.how == "new" else "fiche complétée"
    if not registry or not isinstance(said, dict):
        rows = len(file.text.splitlines())
        return Understood("Tableau joint", what, (Said("", plural(rows, "ligne")),))
    held = REGISTRIES[registry]
    if id or held.single:
        name = titled(teller.library, registry, id) if file.how == "merged" else _called(said)
        title = f"{held.label} {name}" if id and name else held.label
        return Understood(title, what, tuple(teller.fields(said)))
    added = file.how != "merged" or any(not teller.library.exists(held, one) for one in said)
    what = ("ajouté" if added else "changé") + "e" * held.feminine + "s" * (len(said) > 1)
    entries = (teller.entry(one, value) for one, value in said.items())
    return Understood(plural(len(said), held.label), what, tuple(entries))


def _new_in(file: Proposed) -> Value:
    if not file.path.endswith(".yaml"):
        return ""
    said = plain(file.text)
    return _changed(plain(file.before), said) if file.how == "merged" else said


def _changed(before: Value, after: Value) -> Value:
    """What a value says that it did not say before."""
    if isinstance(before, dict) and isinstance(after, dict):
        return {
            name: _changed(before.get(name, ""), one)
            for name, one in after.items()
            if before.get(name) != one
        }
    if isinstance(before, list) and isinstance(after, list):
        return [one for one in after if one not in before]
    return after


def _names(registry: str, said: Value) -> Iterator[tuple[str, str]]:
    """The names of the entries that a proposed registry brings."""
    if registry in _TOLD and isinstance(said, dict):
        for id, one in said.items():
            if isinstance(one, dict) and (name := _called(one)):
                yield id, name


def _called(said: Mapping[str, Value]) -> str:
    """What a record is called."""
    if "prenom" in said:
        return f"{said['prenom']} {said.get('nom', '')}".strip()
    return next((one for name in NAMES if isinstance(one := said.get(name), str) and one), "")


class _Teller:
    """Says values. `names`: those that the proposal brings, by id."""

    def __init__(self, library: Library, names: Mapping[str, str]) -> None:
        self.library = library
        self.names = names

    def fields(self, said: Mapping[str, Value]) -> Iterator[Said]:
        for name, value in said.items():
            if name != "id":
                yield self.value(label_of(name), value)

    def entry(self, id: str, said: Value) -> Said:
        """An entry of a registry: its name, then its other values on one line."""
        if not isinstance(said, dict):
            return Said("", self.text(str(said)))
        known = ("civilite", "prenom", *NAMES)
        others = [self.text(one) for name, one in said.items() if name not in known and isinstance(one, str)]
        more = tuple(
            self.value(label_of(name), one) for name, one in said.items() if isinstance(one, dict | list)
        )
        return Said(_called(said) or self.name(id), " · ".join(others), more)

    def value(self, label: str, said: Value) -> Said:
        if isinstance(said, str):
            return Said(label, self.text(said))
        if isinstance(said, dict):
            return Said(label, _called(said), tuple(self.fields(said)))
        if all(isinstance(one, str) for one in said) and sum(map(len, said)) < 200:
            return Said(label, ", ".join(self.text(one) for one in said if isinstance(one, str)))
        return Said(label, str(len(said)), tuple(self.value("", one) for one in said))

    def text(self, said: str) -> str:
        if _DAY.fullmatch(said):
            return date_simple(date.fromisoformat(said))
        return self.name(said)

    def name(self, said: str) -> str:
        if said in self.names:
            return self.names[said]
        known = next((one for one in _TOLD if self.library.exists(REGISTRIES[one], said)), "")
        return titled(self.library, known, said) if known else words(said) if "_" in said else said
