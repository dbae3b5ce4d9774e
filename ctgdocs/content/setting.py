"""One value of a content file changed where it stands: everything else stays, to the byte.

A gesture sets, removes, inserts or moves the value at a path. Several ways to write it are tried, the nearest
to what is there first: the same quotes, the same block, the same lines. Each is read again, and only one that
says the new value and nothing else new is taken, every comment still there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias

import yaml

from ctgdocs.content.edit import Edit, comments_of, fields, node_at
from ctgdocs.content.gestures import Gesture, Unwritable, made, plain, value_at, wrapped
from ctgdocs.content.spelling import WIDTH, Node, Scalar, Value, field_inline, item_lines, scalar, written
from ctgdocs.findings import CtgdocsError
from ctgdocs.stages import Steps


def after(text: str, gesture: Gesture, order: Sequence[str] = ()) -> str:
    """The text of a content file once a gesture is made; `order`: the fields of the record that a new one
    joins, in the order of its type.

    Raises Stopped for a text that is no content file, Unwritable when nothing else can stay as it is.

    >>> print(after("objet: 'Avis'  # court\\nvote: {}\\n", Gesture("set", ("objet",), "L’avis")), end="")
    objet: 'L’avis'  # court
    vote: {}
    """
    before = plain(text)
    wanted = made(before, gesture)
    if wanted == before:
        return text
    said = comments_of(text)
    for way in _ways(gesture, order):
        edit = Edit(text)
        try:
            new = way(edit)
        except (Unwritable, LookupError, ValueError):
            continue
        if new is None or not _says(new, wanted, ordered=gesture.act == "move"):
            continue
        if not said - comments_of(new):
            return new
    raise Unwritable(".".join(map(str, gesture.at)))


def _says(text: str, wanted: Value, *, ordered: bool) -> bool:
    try:
        read = plain(text)
    except CtgdocsError:
        return False
    return _same(read, wanted) and (not ordered or _in_the_order_of(read, wanted))


def _in_the_order_of(read: Value, wanted: Value) -> bool:
    if isinstance(read, dict) and isinstance(wanted, dict):
        return list(read) == list(wanted) and all(_in_the_order_of(read[key], wanted[key]) for key in read)
    if isinstance(read, list) and isinstance(wanted, list):
        return all(map(_in_the_order_of, read, wanted))
    return True


def _same(read: Value, wanted: Value) -> bool:
    """Whether two trees say the same: a block ends its text with a line feed that another style has not."""
    if isinstance(read, str) and isinstance(wanted, str):
        return read == wanted or read.rstrip("\n") == wanted.rstrip("\n")
    if isinstance(read, list) and isinstance(wanted, list):
        return len(read) == len(wanted) and all(map(_same, read, wanted))
    if isinstance(read, dict) and isinstance(wanted, dict):
        return read.keys() == wanted.keys() and all(_same(read[key], wanted[key]) for key in read)
    return False


# --- Ways of writing -----------------------------------------------------------------------------------

Way: TypeAlias = Callable[[Edit], "str | None"]


def _ways(gesture: Gesture, order: Sequence[str]) -> Iterator[Way]:
    """From the nearest to what is there to the plainest."""
    if gesture.act == "set":
        for style in ("same", "block", "quoted"):
            yield lambda edit, style=style: _set(edit, gesture, style)  # type: ignore[misc]
        for inline in (False, True):
            yield lambda edit, inline=inline: _added(edit, gesture, order, inline=inline)  # type: ignore[misc]
    elif gesture.act == "insert":
        yield lambda edit: _inserted(edit, gesture)
        yield lambda edit: _added(edit, gesture, order, inline=False)
    else:
        yield lambda edit: _reordered(edit, gesture)
    yield lambda edit: _whole(edit, gesture)


def _found(edit: Edit, path: Steps) -> Any:
    """The node at a path. Raises LookupError when nothing stands there."""
    node = node_at(edit.root, path)
    if node is None and path:
        raise LookupError(path)
    return node


def _flows(edit: Edit, path: Steps) -> bool:
    """Whether the value at a path stands in a list or a record on one line."""
    return any(_found(edit, path[:depth]).flow_style is True for depth in range(len(path)))


def _spliced(edit: Edit, *pieces: tuple[int, int, str]) -> str:
    out, at = [edit.bom], 0
    for start, end, new in sorted(pieces):
        out += (edit.source[at:start], new)
        at = end
    return "".join((*out, edit.source[at:]))


# --- a value that is there


def _set(edit: Edit, gesture: Gesture, style: str) -> str | None:
    node, value = _found(edit, gesture.at), gesture.value
    if not isinstance(node, yaml.ScalarNode) or not isinstance(value, str):
        return None
    flow = _flows(edit, gesture.at)
    start, end = edit.start(node), edit.end(node)
    if style == "quoted":
        return _spliced(edit, (start, end, _apart(start, end, json.dumps(value, ensure_ascii=False))))
    if node.style in ("|", ">"):
        return _in_block(edit, node, value, as_is=style == "same")
    if style == "block" or ("\n" in value and not flow):
        return None if flow else _as_block(edit, gesture.at, start, end, value)
    return _spliced(edit, (start, end, _apart(start, end, _as_quoted(edit, node, value, flow=flow))))


def _apart(start: int, end: int, new: str) -> str:
    """What takes the place of nothing stands apart from the colon before it."""
    return new if start < end else f" {new}"


def _as_quoted(edit: Edit, node: Any, value: str, *, flow: bool) -> str:
    if _needs_quotes(node.value, flow) and not _needs_quotes(value, flow):
        return value
    if node.style == "'" and "\n" not in value:
        return "'" + value.replace("'", "''") + "'"
    if node.style == '"':
        return json.dumps(value, ensure_ascii=False)
    raw = edit.raw(node)
    if "\n" in raw and "\n" not in value and scalar(value, flow=flow) == value:
        following = raw.splitlines()[1]
        indent = following[: len(following) - len(following.lstrip())]
        return f"{edit.newline}{indent}".join(_wrap(value, WIDTH - len(indent)))
    return scalar(value, flow=flow)


def _needs_quotes(text: str, flow: bool) -> bool:
    """Whether quotes were there for YAML, and not because their author likes them."""
    return scalar(text, flow=flow) != text


def _wrap(text: str, width: int) -> list[str]:
    """Lines of about a width, cut at spaces before a letter only: YAML reads one space back."""
    lines, current = [], ""
    for word in text.split(" "):
        if current and len(current) + len(word) >= width and word[:1].isalpha() and current[-1] not in ":-":
            lines.append(current)
            current = word
        else:
            current = f"{current} {word}" if current else word
    return [*lines, current]


def _in_block(edit: Edit, node: Any, value: str, *, as_is: bool) -> str:
    """The lines of a block replaced; those of the paragraphs that stay are kept as they were cut."""
    start, end = edit.start(node), edit.end(node)
    head = edit.end_of_line(start)
    header = edit.source[start:head]
    body = edit.source[head:end].splitlines()
    lines = [line for line in body if line.strip()]
    indent = lines[0][: len(lines[0]) - len(lines[0].lstrip())] if lines else " " * _column(edit, start)
    text = value.rstrip("\n")
    if not as_is:
        header = f"|{header[1:]}"
    if header[0] == ">":
        new = _folded(text, body, indent)
    else:
        new = [f"{indent}{line}" if line else "" for line in text.split("\n")]
    return _spliced(edit, (start, end, edit.newline.join((header, *new))))


def _folded(text: str, body: Sequence[str], indent: str) -> list[str]:
    """The paragraphs of a folded text; one that says what one said keeps its lines."""
    known: dict[str, list[str]] = {}
    group: list[str] = []
    for line in (*body, ""):
        if line.strip():
            group.append(line)
        elif group:
            known[" ".join(one.strip() for one in group)] = group
            group = []
    cut = any(len(lines) > 1 for lines in known.values())
    out: list[str] = []
    for at, paragraph in enumerate(text.split("\n")):
        out += [""] if at else []
        fresh = _wrap(paragraph, WIDTH - len(indent)) if cut else [paragraph]
        out += known.get(paragraph) or [f"{indent}{line}" if line else "" for line in fresh]
    return out


def _column(edit: Edit, at: int) -> int:
    """Where the lines of a block stand, under the line it starts on."""
    line = edit.source[edit.start_of_line(at) :]
    return len(line) - len(line.lstrip(" ")) + (4 if line.lstrip(" ").startswith("- ") else 2)


def _as_block(edit: Edit, path: Steps, start: int, end: int, value: str) -> str | None:
    """A text of several lines in the place of one that was on its own: « | », and its lines below."""
    if isinstance(path[-1], int):
        indent = " " * (_found(edit, path[:-1]).start_mark.column + 2)
    else:
        key = fields(_found(edit, path[:-1]))[str(path[-1])][0]
        indent = " " * (key.start_mark.column + 2)
    rest = edit.end_of_line(end)
    lines = [f"{indent}{line}" if line else "" for line in value.rstrip("\n").split("\n")]
    below = "".join(f"{edit.newline}{line}" for line in lines)
    return _spliced(edit, (start, end, _apart(start, end, "|")), (rest, rest, below))


# --- a value that is not there yet


def _added(edit: Edit, gesture: Gesture, order: Sequence[str], *, inline: bool) -> str | None:
    """A field, with the parents it lacks, in the deepest record that is there."""
    depth, node = 0, edit.root
    while depth < len(gesture.at):
        try:
            below = _found(edit, gesture.at[: depth + 1])
        except LookupError:
            break
        if isinstance(below, yaml.ScalarNode) and not edit.raw(below):
            break  # a field without a value
        depth, node = depth + 1, below
    rest = gesture.at[depth:]
    if not rest:
        return None
    value = wrapped(rest[1:], gesture.value)
    if node is None or (isinstance(node, yaml.ScalarNode) and not depth):
        return _first_field(edit, str(rest[0]), value)
    if isinstance(node, yaml.SequenceNode) and isinstance(rest[0], int):
        return _item(edit, node, len(node.value), value)
    if not isinstance(node, yaml.MappingNode) or not isinstance(rest[0], str):
        return None
    if rest[0] in fields(node):
        edit.put(node, rest[0], value)
        return edit.text()
    return _field(edit, node, rest[0], value, order, inline=inline)


def _first_field(edit: Edit, name: str, value: Value) -> str:
    end = "" if not edit.source or edit.source.endswith("\n") else edit.newline
    return f"{edit.bom}{edit.source}{end}" + _lines_of({name: value}, edit, "")


def _field(
    edit: Edit, mapping: Any, name: str, value: Value, order: Sequence[str], *, inline: bool
) -> str | None:
    known = fields(mapping)
    if mapping.flow_style:
        new = f"{scalar(name, flow=True)}: {field_inline(value)}"
        if not known:
            return _spliced(edit, (edit.start(mapping) + 1, edit.start(mapping) + 1, new))
        before = _before(known, name, order) or list(known)[-1]
        at = edit.end_of_field(*known[before])
        return _spliced(edit, (at, at, f", {new}"))
    indent = " " * mapping.value[0][0].start_mark.column
    if inline:
        lines = f"{indent}{scalar(name)}: {field_inline(value)}{edit.newline}"
    else:
        lines = _lines_of({name: value}, edit, indent)
    earlier = _before(known, name, order)
    if earlier is None and _alone(edit, mapping.value[0][0]):
        at = edit.start_of_line(edit.start(mapping.value[0][0]))
        return _spliced(edit, (at, at, lines))
    at = edit.end_of_line(edit.end_of_field(*known[earlier or list(known)[-1]]))
    return _spliced(edit, (at, at, edit.newline + lines.removesuffix(edit.newline)))


def _alone(edit: Edit, key: Any) -> bool:
    return not edit.source[edit.start_of_line(edit.start(key)) : edit.start(key)].strip()


def _before(known: Sequence[str] | dict[str, Any], name: str, order: Sequence[str]) -> str | None:
    """The field that a new one follows: the last of those that come before it in its type. Without an order,
    the last one."""
    if name not in order:
        return list(known)[-1]
    earlier = set(order[: list(order).index(name)])
    return next((one for one in reversed(list(known)) if one in earlier), None)


def _lines_of(record: dict[str, Value], edit: Edit, indent: str) -> str:
    text = written({name: _node(value) for name, value in record.items()})
    return "".join(f"{indent}{line}{edit.newline}" if line else edit.newline for line in text.splitlines())


def _node(value: Value) -> Node:
    if isinstance(value, str):
        return Scalar(value.rstrip("\n") if "\n" in value else value)
    if isinstance(value, list):
        return [_node(one) for one in value]
    return {name: _node(one) for name, one in value.items()}


# --- lists, and the order of fields


def _inserted(edit: Edit, gesture: Gesture) -> str | None:
    node = _found(edit, gesture.at[:-1])
    rank = gesture.at[-1]
    if not isinstance(node, yaml.SequenceNode) or not isinstance(rank, int):
        return None
    return _item(edit, node, min(rank, len(node.value)), gesture.value)


def _item(edit: Edit, sequence: Any, rank: int, value: Value) -> str | None:
    if sequence.flow_style or not sequence.value:
        before = sequence.value[rank] if rank < len(sequence.value) else None
        edit.insert(sequence, value, before=before)
        return edit.text()
    indent = " " * sequence.start_mark.column
    lines = [f"{indent}{line}" if line else "" for line in item_lines(_node(value))]
    slots = _slots(edit, sequence)
    pieces, gaps = [text for text, _ in slots], [gap for _, gap in slots]
    pieces.insert(rank, edit.newline.join(lines))
    gaps.insert(max(rank - 1, 0), edit.newline)
    return _joined(edit, sequence, pieces, gaps)


def _reordered(edit: Edit, gesture: Gesture) -> str | None:
    """An item or a field taken away, or put elsewhere: its lines go with the comments above it."""
    node, step = _found(edit, gesture.at[:-1]), gesture.at[-1]
    if isinstance(node, yaml.MappingNode):
        rank = list(fields(node)).index(str(step))
        if gesture.act == "remove":
            edit.remove(node, str(step))
            return edit.text()
    else:
        rank = int(step)
        if gesture.act == "remove" and node.flow_style:
            return _cut(edit, node, rank)
    slots = _slots(edit, node)
    pieces, gaps = [text for text, _ in slots], [gap for _, gap in slots]
    piece = pieces.pop(rank)
    if gesture.act == "move":
        pieces.insert(gesture.to, piece)
    else:
        kept = [f"{' ' * node.start_mark.column}{one}" for one in comments_in(piece)]
        gaps.pop(min(rank, len(gaps) - 2) if len(gaps) > 1 else 0)
        if kept and pieces:
            near = min(rank, len(pieces) - 1)
            there = edit.newline.join(kept)
            both = (pieces[near], there) if rank == len(pieces) else (there, pieces[near])
            pieces[near] = edit.newline.join(both)
    return _joined(edit, node, pieces, gaps) if pieces else None


def comments_in(piece: str) -> list[str]:
    """The comments of a few lines, in their order."""
    return list(comments_of(piece).elements())


def _cut(edit: Edit, sequence: Any, rank: int) -> str | None:
    """An item of a list on one line, and its comma."""
    items = sequence.value
    if len(items) == 1:
        return None
    if rank + 1 < len(items):
        return _spliced(edit, (edit.start(items[rank]), edit.start(items[rank + 1]), ""))
    return _spliced(edit, (edit.end(items[rank - 1]), edit.end(items[rank]), ""))


def _slots(edit: Edit, node: Any) -> list[tuple[str, str]]:
    """Each item with the comments right above it, and what stands between it and the next. Raises Unwritable
    for what shares its lines with something else."""
    bounds = _bounds(edit, node)
    out = []
    for at, (start, end) in enumerate(bounds):
        following = bounds[at + 1][0] if at + 1 < len(bounds) else end
        out.append((edit.source[start:end], edit.source[end:following]))
    return out


def _bounds(edit: Edit, node: Any) -> list[tuple[int, int]]:
    is_list = isinstance(node, yaml.SequenceNode)
    if node.flow_style and is_list:
        return [(edit.start(one), edit.end(one)) for one in node.value]
    if node.flow_style:
        return [(edit.start(key), edit.end_of_field(key, value)) for key, value in node.value]
    bounds: list[tuple[int, int]] = []
    for one in node.value:
        first, last = (one, one) if is_list else one
        line = edit.start_of_line(edit.start(first))
        if edit.source[line : edit.start(first)].strip() != ("-" if is_list else ""):
            raise Unwritable
        end = edit.end_of_line(edit.end(last) if is_list else edit.end_of_field(*one))
        floor = bounds[-1][1] if bounds else 0 if is_list else line
        bounds.append((_with_comments_above(edit, line, floor), end))
    return bounds


def _with_comments_above(edit: Edit, line: int, floor: int) -> int:
    while line > floor:
        above = edit.start_of_line(line - 1 - (edit.source[line - 2 : line] == "\r\n"))
        if above < floor or not edit.source[above:line].lstrip().startswith("#"):
            break
        line = above
    return line


def _joined(edit: Edit, node: Any, pieces: Sequence[str], gaps: Sequence[str]) -> str:
    bounds = _bounds(edit, node)
    new = "".join(piece + (gaps[at] if at + 1 < len(pieces) else "") for at, piece in enumerate(pieces))
    return _spliced(edit, (bounds[0][0], bounds[-1][1], new))


# --- what nothing else could do: the record or the list above, written again


def _whole(edit: Edit, gesture: Gesture) -> str | None:
    path = gesture.at[:-1]
    if not path:
        return None
    value = value_at(made(plain(edit.source), gesture), path)
    parent = _found(edit, path[:-1])
    if value is None or not isinstance(parent, yaml.MappingNode):
        return None
    if value in ([], {}) and gesture.act == "remove":
        return None
    edit.put(parent, str(path[-1]), value)
    return edit.text()
