"""Content as plain values: texts, lists and records; a gesture on them, what they say once it is made, and
the fewest gestures from what a content file says to what it should say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple, TypeAlias

import yaml

from ctgdocs.content.spelling import Value
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


def record_of(text: str) -> dict[str, Value]:
    """The record that a text of YAML holds; an empty one when it holds another thing."""
    node, _ = build(text)
    value = as_plain(node) if node is not None else {}
    return value if isinstance(value, dict) else {}


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


def differences(before: Value, wanted: Value, at: Steps = ()) -> list[Gesture]:
    """What to do, one gesture after the other, to a value that says `before` for it to say `wanted`; the
    value stands at the path `at`.

    >>> for gesture in differences({"contre": ["a", "b"]}, {"contre": ["b"], "abstentions": ["c"]}):
    ...     print(gesture.act, gesture.at, gesture.value)
    remove ('contre', 0)\x20
    set ('abstentions',) ['c']
    """
    return list(_between(before, wanted, at))


def _between(before: Value, wanted: Value, at: Steps) -> Iterator[Gesture]:
    if before == wanted:
        return
    if isinstance(before, dict) and isinstance(wanted, dict):
        for name, value in wanted.items():
            if name in before:
                yield from _between(before[name], value, (*at, name))
            else:
                yield Gesture("set", (*at, name), value)
        for name in before:
            if name not in wanted:
                yield Gesture("remove", (*at, name))
    elif isinstance(before, list) and isinstance(wanted, list) and before and wanted:
        yield from _between_lists(before, wanted, at)
    elif isinstance(before, str) and isinstance(wanted, str):
        yield Gesture("set", at, wanted)
    else:
        yield Gesture("remove", at)
        if wanted not in ([], {}):
            yield Gesture("set", at, wanted)


def _between_lists(before: Sequence[Value], wanted: Sequence[Value], at: Steps) -> Iterator[Gesture]:
    """Items that stay stay where they are. A list is never empty in between: when none stays, the others go
    last."""
    now, gone = list(before), _gone(before, wanted)
    if len(gone) < len(now):
        for rank in gone:
            del now[rank]
            yield Gesture("remove", (*at, rank))
        gone = []
    for rank, item in enumerate(wanted):
        if not gone and item in now[rank:]:
            whence = now.index(item, rank)
            now.insert(rank, now.pop(whence))
            if whence != rank:
                yield Gesture("move", (*at, whence), to=rank)
        else:
            now.insert(rank, item)
            yield Gesture("insert", (*at, rank), item)
    for _ in gone:
        yield Gesture("remove", (*at, len(wanted)))


def _gone(before: Sequence[Value], wanted: Sequence[Value]) -> list[int]:
    """The ranks of the items that are wanted no more, the last first."""
    left, gone = list(wanted), []
    for rank, item in enumerate(before):
        if item in left:
            left.remove(item)
        else:
            gone.append(rank)
    return gone[::-1]
