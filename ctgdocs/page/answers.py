"""What a form that comes back changes in its content file: its fields, and what its buttons ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ctgdocs.content.edit import Value, as_plain
from ctgdocs.content.gestures import Gesture, value_at
from ctgdocs.content.heritage import Heir, inherit
from ctgdocs.content.library import Library
from ctgdocs.page.changes import Change
from ctgdocs.page.forms import Field, Form
from ctgdocs.page.places import REGISTRIES
from ctgdocs.page.shapes import Shape
from ctgdocs.stages import Steps
from ctgdocs.vocabulary.as_typed import A_COMPLETER


def steps_of(path: str) -> Steps:
    return tuple(int(step) if step.isdigit() else step for step in path.split("."))


def changes_of(form: Form, typed: Value, sent: Mapping[str, str], prefix: Steps) -> Iterator[Change]:
    """The changes of a form that was sent: `v:<path>` is what a field says, `a:<path>` what it said."""
    for name, value in sent.items():
        mark, _, path = name.partition(":")
        one = form.find(path) if mark == "v" else None
        if one is None:
            continue
        said, seen = value.replace("\r\n", "\n"), sent.get(f"a:{path}", "").replace("\r\n", "\n")
        if said.rstrip() == seen.rstrip() or (one.blank and not said.strip()):
            continue
        yield Change(_gesture(one, typed, said.rstrip() if "\n" in said else said.strip(), prefix), seen)


def _gesture(one: Field, typed: Value, said: str, prefix: Steps) -> Gesture:
    at = steps_of(one.path)
    if one.wraps and said:
        above = value_at(typed, at[:-1])
        return Gesture("set", prefix + at[:-1], {one.name: said, one.wraps: above or ""})
    if one.shape.widget == "table":
        rows: list[Value] = [list(row.split("\t")) for row in said.splitlines() if row.strip()]
        return Gesture("set", prefix + at, rows) if rows else Gesture("remove", prefix + at)
    if not said and isinstance(at[-1], str):
        return Gesture("remove", prefix + at)
    return Gesture("set", prefix + at, said)


def gesture_of(
    form: Form, typed: Value, asked: str, sent: Mapping[str, str], prefix: Steps
) -> Gesture | None:
    """What a button of a form does: `ajouter:visas`, `monter:visas.2`, `descendre:…`, `retirer:…`."""
    act, _, path = asked.partition(":")
    at = steps_of(path)
    one = form.find(path)
    if act == "ajouter" and one is not None:
        return _to_add(one, typed, sent.get(f"n:{path}", "").strip(), prefix)
    if act == "retirer":
        above = value_at(typed, at[:-1])
        alone = isinstance(above, list | dict) and len(above) == 1 and len(at) > 1
        return Gesture("remove", prefix + (at[:-1] if alone else at))
    rank = at[-1]
    if act in ("monter", "descendre") and isinstance(rank, int):
        above = value_at(typed, at[:-1])
        to = rank + (1 if act == "descendre" else -1)
        if isinstance(above, list) and 0 <= to < len(above):
            return Gesture("move", prefix + at, to=to)
    return None


def _to_add(one: Field, typed: Value, chosen: str, prefix: Steps) -> Gesture | None:
    at, below = steps_of(one.path), one.shape.below
    there = value_at(typed, at)
    if one.shape.widget == "names":
        if not chosen:
            return None
        empty: Value = {} if below is not None and below.widget == "record" else ""
        return Gesture("set", (*prefix, *at, chosen), _begun(below) if empty == {} else "")
    new: Value = chosen or _begun(below)
    if chosen and _is_blank(there or ""):
        return Gesture("set", prefix + at, chosen)
    if isinstance(there, str) and there:
        return Gesture("set", prefix + at, [there, new])
    if isinstance(there, list):
        blank = next((rank for rank, item in enumerate(there) if _is_blank(item)), None)
        if chosen and blank is not None:
            return Gesture("set", (*prefix, *at, blank), chosen)
        return Gesture("insert", (*prefix, *at, len(there)), new)
    return Gesture("set", prefix + at, [new])


def _is_blank(value: Value) -> bool:
    return isinstance(value, str) and A_COMPLETER.fullmatch(value.strip()) is not None


def _begun(shape: Shape | None) -> Value:
    """What a new item holds before anything is typed in it."""
    if shape is None or shape.widget != "record" or shape.short:
        return ""
    first = next((name for name, one in shape.fields.items() if one.required), next(iter(shape.fields)))
    return {first: ""}


def taken(library: Library, registry: str, id: str, name: str) -> Value | None:
    """What the dossier of an entry says of a field, as typed there: to be changed here."""
    entry = library.find(REGISTRIES[registry], id)
    heir = inherit(entry, library.reader()) if entry is not None else None
    if not isinstance(heir, Heir) or heir.dossier is None:
        return None
    node, _key = heir.dossier.node((name,))
    return as_plain(node)
