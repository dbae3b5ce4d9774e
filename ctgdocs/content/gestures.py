"""Content as plain values: texts, lists and records; a gesture on them, and what they say once it is made."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

import yaml

from ctgdocs.content.edit import Value
from ctgdocs.content.tree import build
from ctgdocs.findings import CtgdocsError, Stopped
from ctgdocs.stages import Items, Mapping, Node, Steps

Act: TypeAlias = Literal["set", "remove", "insert", "move"]


class Gesture(NamedTuple):
    """What is done at a path: a value `set` (its parents made where they are missing), a field or an item
    `remove`d, an item `insert`ed before the one at this rank, an item or a field `move`d to the rank `to`."""

    act: Act
    at: Steps
    value: Value = ""
    to: int = 0


class Unwritable(Exception):
    """No way of writing the value leaves everything else as it is."""


def plain(text: str) -> Value:
    """What a content file says, as texts, lists and records. Raises CtgdocsError for what does not say it."""
    try:
        root, findings = build(text.removeprefix("\ufeff"))
    except yaml.YAMLError as error:
        raise CtgdocsError(
            "Ce fichier a une erreur d’écriture : Accueil dit où. Corrigez-la d’abord ; rien n’a été changé."
        ) from error
    if findings:
        raise Stopped(*findings)
    return {} if root is None else as_plain(root)


def as_plain(node: Node) -> Value:
    """A tree that was read, without its places."""
    if isinstance(node, Mapping):
        return {str(key): as_plain(value) for key, value in node.items()}
    if isinstance(node, Items):
        return [as_plain(value) for value in node]
    return str(node)


def value_at(value: Value, path: Steps) -> Value | None:
    """The value at a path, None when nothing stands there."""
    for step in path:
        if isinstance(value, dict) and step in value:
            value = value[str(step)]
        elif isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value):
            value = value[step]
        else:
            return None
    return value


def made(value: Value, gesture: Gesture) -> Value:
    """The plain value once the gesture is made. Raises Unwritable for a path that leads nowhere."""
    if not gesture.at:
        return gesture.value
    return _below(value, gesture.at, gesture)


def _below(value: Value, path: Steps, gesture: Gesture) -> Value:
    step, rest = path[0], path[1:]
    if isinstance(value, dict) and isinstance(step, str):
        return _in_record(value, step, rest, gesture)
    if isinstance(value, list) and isinstance(step, int):
        return _in_list(value, step, rest, gesture)
    if value == "" and gesture.act in ("set", "insert"):  # « vote: » without a value
        return _below([] if isinstance(step, int) else {}, path, gesture)
    raise Unwritable(".".join(map(str, gesture.at)))


def _in_record(record: dict[str, Value], step: str, rest: Steps, gesture: Gesture) -> dict[str, Value]:
    if rest:
        inside: Value = record.get(step, [] if isinstance(rest[0], int) else {})
        return {**record, step: _below(inside, rest, gesture)}
    if gesture.act == "remove":
        return {key: one for key, one in record.items() if key != step}
    if gesture.act == "move":
        keys = [key for key in record if key != step]
        keys.insert(gesture.to, step)
        return {key: record[key] for key in keys}
    return {**record, step: gesture.value}


def _in_list(values: list[Value], step: int, rest: Steps, gesture: Gesture) -> list[Value]:
    if rest and step < len(values):
        return [*values[:step], _below(values[step], rest, gesture), *values[step + 1 :]]
    if gesture.act in ("insert", "set") and (gesture.act == "insert" or step >= len(values)):
        return [*values[:step], wrapped(rest, gesture.value), *values[step:]]
    if gesture.act == "set":
        return [*values[:step], gesture.value, *values[step + 1 :]]
    if step >= len(values):
        raise Unwritable(".".join(map(str, gesture.at)))
    others = [*values[:step], *values[step + 1 :]]
    if gesture.act == "move":
        others.insert(gesture.to, values[step])
    return others


def wrapped(path: Steps, value: Value) -> Value:
    """A value with the records and lists above it that are still missing."""
    for step in reversed(path):
        value = [value] if isinstance(step, int) else {str(step): value}
    return value
