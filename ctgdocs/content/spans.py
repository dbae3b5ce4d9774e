"""Stretches of the texts of a content file rewritten where they stand: every other byte stays.

A text is one scalar of the file, known by its steps; a stretch counts in the text as YAML reads it, whatever
its quotes, its folds and its indents. `rewritten` reads its own work again: nothing else may have changed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

import yaml

from ctgdocs.content.edit import Edit, fields, items, node_at
from ctgdocs.content.spelling import Value, scalar
from ctgdocs.findings import Place
from ctgdocs.stages import Steps

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"

_ESCAPE = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[^\r\n]|(?:\r\n|[\r\n])[ \t]*)")
_BLANK = re.compile(r"[ \t\r\n]*")
_BREAK = re.compile(r"\r\n|\r|\n")
_INDENT = re.compile(r"[ ]*")
_BLOCKS = ("|", ">")
KEY = "?"
"""The step from a value to its key, where that is a text: « - Un titre: [une chose, une autre] »."""


class Stretch(NamedTuple):
    """What stands from `start` to `end` of a text is to read `new`."""

    start: int
    end: int
    new: str


class Item(NamedTuple):
    """The item `at` of a list goes; or, with `new`, a text (a row of texts, or of fields and texts) comes
    after it (-1: before them all); or the item that stands at `moved` does, as it is typed."""

    at: int
    new: str | tuple[str, ...] | tuple[tuple[str, str], ...] | None = None
    moved: int = -1

    @property
    def goes(self) -> bool:
        return self.new is None and self.moved < 0


class NotPlaced(Exception):
    """The file cannot take these words without something else in it changing."""


def applied(text: str, stretches: Iterable[Stretch]) -> str:
    """The text with its stretches rewritten. Raises NotPlaced when two of them overlap.

    >>> applied("deux ans", [Stretch(0, 4, "trois")])
    'trois ans'
    """
    out, at = "", 0
    for one in sorted(stretches, key=_place):
        if one.start < at:
            raise NotPlaced
        out += text[at : one.start] + one.new
        at = one.end
    return out + text[at:]


def _place(stretch: Stretch) -> tuple[int, int]:
    """What stretches are sorted by: those that come in at one place keep their order."""
    return stretch[:2]


def texts_of(text: str) -> dict[Steps, str]:
    """Every scalar of a file by its steps, as YAML reads it; none when it is no YAML."""
    try:
        return {steps: str(node.value) for steps, node in _scalars(_read(text).root, ())}
    except yaml.YAMLError:
        return {}


@lru_cache(maxsize=64)
def _read(text: str) -> Edit:
    """A file that is only read."""
    return Edit(text)


def rewritten(text: str, changes: Mapping[Steps, Sequence[Stretch]]) -> str:
    """The file with stretches of its texts rewritten. Raises NotPlaced when one cannot be."""
    if len(changes) > 1 and (done := _all_spliced(text, changes)):
        return done
    for steps, stretches in changes.items():
        text = _one_rewritten(text, steps, stretches)
    return text


def _all_spliced(text: str, changes: Mapping[Steps, Sequence[Stretch]]) -> str:
    """The file with each stretch rewritten where it stands; "" when one of them cannot be."""
    edit = _read(text)
    nodes = {steps: node for steps, node in _scalars(edit.root, ()) if steps in changes}
    wanted = {steps: applied(str(node.value), changes[steps]) for steps, node in nodes.items()}
    done, after = "", len(edit.source)
    for steps, node in sorted(nodes.items(), key=lambda one: edit.start(one[1]), reverse=True):
        written = _spliced(edit, node, changes[steps])
        if written is None:
            return ""
        done = f"{written}{edit.source[_end(edit, node) : after]}{done}"
        after = edit.start(node)
    done = f"{edit.bom}{edit.source[:after]}{done}"
    return done if len(nodes) == len(changes) and _says(done, edit.root, wanted) else ""


def _one_rewritten(text: str, steps: Steps, stretches: Sequence[Stretch]) -> str:
    edit = _read(text)
    node = dict(_scalars(edit.root, ())).get(steps)
    if node is None:
        raise NotPlaced
    value = applied(str(node.value), stretches)
    start, end = edit.start(node), _end(edit, node)
    for written in (_spliced(edit, node, stretches), _whole(edit, node, value)):
        done = f"{edit.bom}{edit.source[:start]}{written}{edit.source[end:]}"
        if written is not None and _says(done, edit.root, {steps: value}):
            return done
    raise NotPlaced


def with_items(text: str, steps: Steps, moves: Sequence[Item]) -> str:
    """The file with items that go from a list, or come into it. Raises NotPlaced when it has no such list, or
    none would be left in it."""
    edit = Edit(text)
    node = _at(edit.root, steps)
    listed = items(node)
    gone = {one.at for one in moves if one.goes}
    ranks = {rank for one in moves for rank in (one.at, one.moved)}
    if len(gone) >= len(listed) or not ranks <= {*range(-1, len(listed))}:
        raise NotPlaced
    for one in moves:
        if one.moved >= 0 and not edit.move_item(node, one.moved, one.at):
            raise NotPlaced
        if one.new is not None:
            new = _value(one.new)
            edit.insert(node, new, **({"before": listed[0]} if one.at < 0 else {"after": listed[one.at]}))
    for at in gone:
        edit.remove_item(node, at)
    return edit.text()


def _value(new: str | tuple[str, ...] | tuple[tuple[str, str], ...]) -> Value:
    if isinstance(new, str):
        return new
    texts = [one for one in new if isinstance(one, str)]
    return [*texts] if texts else {one[0]: one[1] for one in new}


def shortened(text: str, steps: Steps) -> str:
    """The file with each list below a place one item shorter; one of a single item stays."""
    edit = Edit(text)
    for one in _lists(_at(edit.root, steps)):
        if len(one.value) > 1:
            edit.remove_item(one, len(one.value) - 1)
    return edit.text()


def without(text: str, steps: Steps) -> str:
    """The file without a field. Raises NotPlaced when it has none there."""
    edit = Edit(text)
    holder = _at(edit.root, steps[:-1])
    if steps[-1] not in fields(holder):
        raise NotPlaced
    edit.remove(holder, str(steps[-1]))
    return edit.text()


def without_lists(text: str, steps: Steps) -> str:
    """The file without the lists that stand at a place or below it."""
    edit = Edit(text)
    for holder, name in _listed(_at(edit.root, steps[:-1]), only=str(steps[-1])):
        edit.remove(holder, name)
    return edit.text()


def _listed(node: Any, only: str = "") -> Iterator[tuple[Any, str]]:
    """The fields below a node that are lists, each with the record that has it."""
    for name, (_, value) in fields(node).items():
        if only and name != only:
            continue
        if items(value):
            yield node, name
        else:
            yield from _listed(value)


def _lists(node: Any) -> Iterator[Any]:
    """The outermost lists below a node."""
    if items(node):
        yield node
    for _, value in fields(node).values():
        yield from _lists(value)


def place_of(file: str, text: str, steps: Steps, offset: int = 0) -> Place:
    """The line of a file where a value stands, or the character at `offset` of a block text."""
    node = _at(_read(text).root, steps)
    field = ".".join(map(str, steps[:-1] if steps[-1:] == (KEY,) else steps))
    if node is None:
        return Place(file, field=field)
    line, column = node.start_mark.line + 1, node.start_mark.column + 1
    if isinstance(node, yaml.ScalarNode) and node.style == "|":
        line, column = line + 1 + str(node.value).count("\n", 0, offset), 1
    return Place(file, line, column, field)


def _at(node: Any, steps: Steps) -> Any:
    """The node at `steps` below another, None when there is none."""
    if steps[-1:] == (KEY,):
        pair = fields(_at(node, steps[:-2])).get(str(steps[-2]))
        return pair[0] if pair else None
    return node_at(node, steps)


def _scalars(node: Any, steps: Steps) -> Iterator[tuple[Steps, Any]]:
    if isinstance(node, yaml.ScalarNode):
        yield steps, node
    for name, (key, value) in fields(node).items():
        if " " in name:
            yield (*steps, name, KEY), key
        yield from _scalars(value, (*steps, name))
    for index, item in enumerate(items(node)):
        yield from _scalars(item, (*steps, index))


def _end(edit: Edit, node: Any) -> int:
    """Where a text ends; the line break that ends a block stays out of it."""
    end = int(node.end_mark.index)
    return (
        edit.start(node) + len(edit.source[edit.start(node) : end].rstrip()) if node.style in _BLOCKS else end
    )


def _spliced(edit: Edit, node: Any, stretches: Sequence[Stretch]) -> str | None:
    """The raw text of a scalar with its stretches rewritten; None when they have no place of their own."""
    start, value = edit.start(node), str(node.value)
    raw = edit.source[start : _end(edit, node)]
    places = _places(raw, value, node.style)
    if places is None:
        return None
    indent = _indent_of(raw) if node.style in _BLOCKS else ""
    out, at = "", 0
    for one in sorted(stretches, key=_place):
        first, last = places[one.start], places[min(one.end, len(places) - 1)]
        if first < at or last < first:
            return None
        out += raw[at:first] + _encoded(one.new, node.style, indent, edit.newline)
        at = last
    return out + raw[at:]


def _encoded(text: str, style: str | None, indent: str, newline: str) -> str:
    if style == '"':
        return json.dumps(text, ensure_ascii=False)[1:-1]
    if style == "'":
        return text.replace("'", "''")
    if style == "|":
        first, *others = text.split("\n")
        return newline.join([first, *(f"{indent}{line}" if line else "" for line in others)])
    return text


def _indent_of(raw: str) -> str:
    """The indent of the lines of a block, as its first one that says something has it."""
    lines = [line for line in _BREAK.split(raw)[1:] if line.strip()]
    found = _INDENT.match(lines[0]) if lines else None
    return found[0] if found else ""


def _places(raw: str, value: str, style: str | None) -> list[int] | None:
    """Where each character of a text stands in the file, and its end; None when they cannot be matched."""
    if style == "|":
        return _literal(raw, value)
    at, places = (1 if style in ("'", '"') else 0), list[int]()
    if style == ">":
        header = _BREAK.search(raw)
        at = header.end() if header else len(raw)
        at += len(_INDENT.match(raw, at)[0])  # type: ignore[index]
    index = 0
    while index < len(value):
        if value[index] in " \n" or raw[at : at + 1] in ("\r", "\n"):
            index, at = _over_blanks(raw, value, index, at, places)
            if index < 0:
                return None
            continue
        size = _size(raw, at, value[index], style)
        if not size:
            return None
        places.append(at)
        index, at = index + 1, at + size
    return [*places, at]


def _over_blanks(raw: str, value: str, index: int, at: int, places: list[int]) -> tuple[int, int]:
    """Past the spaces and line breaks that stand at once in the text and in the file."""
    last = index
    while last < len(value) and value[last] in " \n":
        last += 1
    found = _BLANK.match(raw, at)
    end = found.end() if found else at
    if raw[at:end] == value[index:last]:
        places.extend(range(at, end))
    elif last == len(value):  # a block keeps its last line break
        places.extend([at] * (last - index))
        return last, at
    elif end == at:
        return -1, at
    else:
        places.extend([at] + [end] * (last - index - 1))
    return last, end


def _size(raw: str, at: int, sign: str, style: str | None) -> int:
    """How many characters of the file say this one; 0 when they say another."""
    if style == '"' and raw[at : at + 1] == "\\":
        found = _ESCAPE.match(raw, at)
        return len(found[0]) if found else 0
    if raw[at : at + 1] != sign:
        return 0
    return 2 if style == "'" and sign == "'" else 1


def _literal(raw: str, value: str) -> list[int] | None:
    header = _BREAK.search(raw)
    if header is None:
        return None
    indent = len(_indent_of(raw))
    places: list[int] = []
    at = header.end()
    lines = value.removesuffix("\n").split("\n")
    for number, line in enumerate(lines):
        blank = _INDENT.match(raw, at)
        at += min(indent, len(blank[0]) if blank else 0)
        if raw[at : at + len(line)] != line:
            return None
        places.extend(range(at, at + len(line) + 1))
        at += len(line)
        ending = _BREAK.match(raw, at)
        if ending is None and number < len(lines) - 1:
            return None
        at = ending.end() if ending else at
    return [*places, len(raw)] if value.endswith("\n") else places


def _whole(edit: Edit, node: Any, value: str) -> str:
    """A text written anew in its place."""
    if node.style in _BLOCKS or ("\n" in value and _stands_alone(edit, node)):
        raw = edit.source[edit.start(node) : _end(edit, node)]
        line = edit.source.rfind("\n", 0, edit.start(node)) + 1
        own = _INDENT.match(edit.source, line)
        indent = (_indent_of(raw) if node.style in _BLOCKS else "") or (own[0] if own else "") + "  "
        lines = [f"{indent}{one}" if one else "" for one in value.rstrip("\n").split("\n")]
        return edit.newline.join(["|" if value.endswith("\n") else "|-", *lines])
    if node.style in ("'", '"') or "\n" in value:
        return json.dumps(value, ensure_ascii=False)
    return scalar(value, flow=True)


def _stands_alone(edit: Edit, node: Any) -> bool:
    """Whether nothing follows a text on its line: it is not one of a list or a record on one line."""
    end = int(node.end_mark.index)
    found = _BREAK.search(edit.source, end)
    before = edit.source[edit.source.rfind("\n", 0, edit.start(node)) + 1 : edit.start(node)]
    rest = edit.source[end : found.start() if found else len(edit.source)]
    return not rest.strip() and not any(sign in before for sign in "[{")


def _says(text: str, before: Any, wanted: Mapping[Steps, str]) -> bool:
    """Whether the file says what it did, but for the texts wanted."""
    try:
        now = _read(text).root
    except yaml.YAMLError:
        return False
    return _plain(now, (), {}) == _plain(before, (), wanted)


def _plain(node: Any, steps: Steps, wanted: Mapping[Steps, str]) -> Plain:
    if isinstance(node, yaml.MappingNode):
        return {
            wanted.get((*steps, name, KEY), name): _plain(value, (*steps, name), wanted)
            for name, (_, value) in fields(node).items()
        }
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*steps, index), wanted) for index, item in enumerate(items(node))]
    return wanted.get(steps, str(node.value))
