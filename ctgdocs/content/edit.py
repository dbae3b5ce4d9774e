"""A content file being edited as text: what is not touched stays, to the byte, comments included.

Edits pile up against the text as it was read; `text()` applies them all. A comment inside what is replaced
or removed is kept, on a line of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import yaml

from ctgdocs.content.spelling import Value, field_inline, field_lines, item_rows
from ctgdocs.content.tree import DEEPEST
from ctgdocs.stages import Steps

_LOADER: Any = getattr(
    yaml, "CSafeLoader", yaml.SafeLoader
)  # only its nodes are used: nothing is constructed
_COMMENT = re.compile(r"(?:(?<=\s)|(?<![^\n\r]))#[^\r\n]*")
_INDENTED = re.compile(r"[ \t]*")

Yaml: TypeAlias = Any
"""A node of PyYAML, which has no types."""
Fields = dict[str, tuple[Yaml, Yaml]]


def fields(node: Any) -> Fields:
    """The fields of a mapping: name → (key, value), both as nodes; none for anything else."""
    if not isinstance(node, yaml.MappingNode):
        return {}
    return {key.value: (key, value) for key, value in node.value}


def items(node: Any) -> list[Any]:
    """The items of a sequence; none for anything else."""
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def node_at(node: Any, steps: Steps) -> Any:
    """The node at a path below another, None when nothing stands there."""
    for step in steps:
        if isinstance(step, str):
            node = fields(node).get(step, (None, None))[1]
        else:
            node = items(node)[step] if 0 <= step < len(items(node)) else None
    return node


_MAY_NEST = re.compile(r"^[ \-?:]{200}", re.MULTILINE)
_MANY = 10_000


def composed(text: str) -> Yaml:
    """The nodes of a text, None for nothing. Raises yaml.YAMLError, for what nests deeper than content may
    as well: the composer of libyaml would use up the stack."""
    if _MAY_NEST.search(text) or text.count("[") + text.count("{") > _MANY:
        depth = 0
        for event in yaml.parse(text, Loader=_LOADER):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                raise yaml.YAMLError(f"more than {DEEPEST} levels")
    return yaml.compose(text, Loader=_LOADER)


class Edit:
    """The text of one content file and what is changed in it."""

    def __init__(self, text: str) -> None:
        self.bom = "\ufeff" if text.startswith("\ufeff") else ""
        self.source = text.removeprefix("\ufeff")
        self.root: Any = composed(self.source)
        self.newline = "\r\n" if "\r\n" in self.source else "\n"
        self._edits: list[tuple[int, int, str]] = []
        self._removed: set[int] = set()
        self._cut: dict[int, tuple[Any, set[int]]] = {}
        self._comments = list(_comments(self.source, self.root))

    def text(self) -> str:
        """The text with every edit made."""
        out, at = [self.bom], 0
        cuts = [edit for mapping, gone in self._cut.values() for edit in self._cuts(mapping, gone)]
        for start, end, new in sorted([*self._edits, *cuts], key=lambda edit: edit[:2]):
            out += (self.source[at : max(start, at)], new)
            at = max(end, at)
        return "".join((*out, self.source[at:]))

    # --- places -------------------------------------------------------------------------------------------

    def start(self, node: Any) -> int:
        return int(node.start_mark.index)

    def end(self, node: Any) -> int:
        """Where a value ends, blank lines and comments after it left out."""
        if isinstance(node, yaml.ScalarNode):
            end = int(node.end_mark.index)
            return self._trimmed(self.start(node), end) if node.style in ("|", ">") else end
        if node.flow_style or not node.value:
            return int(node.end_mark.index)
        last = node.value[-1]
        if isinstance(node, yaml.SequenceNode):
            return self.end(last)
        return max(self.end(last[1]), int(last[0].end_mark.index) + 1)

    def _trimmed(self, start: int, end: int) -> int:
        return start + len(self.source[start:end].rstrip())

    def end_of_line(self, at: int) -> int:
        found = re.compile(r"[\r\n]|\Z").search(self.source, at)
        return found.start() if found else len(self.source)

    def start_of_line(self, at: int) -> int:
        return max(self.source.rfind("\n", 0, at), self.source.rfind("\r", 0, at)) + 1

    def end_of_field(self, key: Any, value: Any) -> int:
        """Where a field ends: its value, or the colon of one without."""
        return max(self.end(value), int(key.end_mark.index) + 1)

    def raw(self, node: Any) -> str:
        return self.source[self.start(node) : self.end(node)]

    # --- edits --------------------------------------------------------------------------------------------

    def _edit(self, start: int, end: int, new: str) -> None:
        self._edits.append((start, end, new))

    def _kept(self, start: int, end: int) -> list[str]:
        """The comments that stand between two places."""
        return [comment for at, comment in self._comments if start <= at < end]

    def substitute(self, node: Any, change: Callable[[str], str], *, first: str = "") -> bool:
        """Rewrites words inside a text, its style and its lines kept; `change` sees the text as typed.
        `first` is written before it, as a paragraph of its own in a block. A text without quotes takes some
        when it changes, since what is added may need them."""
        raw = self.raw(node)
        if node.style in ("|", ">"):
            header = len(raw.splitlines(keepends=True)[0]) if raw else 0
            new = raw[:header] + self._first(first, raw[header:]) + change(raw[header:])
        elif node.style in ("'", '"'):
            new = f"{node.style}{first}{' ' if first else ''}{change(raw[1:-1])}{node.style}"
        else:
            new = f"{first}{' ' if first else ''}{change(raw)}"
            if new != raw:
                new = '"' + new.replace("\\", "\\\\").replace('"', '\\"') + '"'
        if new == raw:
            return False
        self._edit(self.start(node), self.end(node), new)
        return True

    def _first(self, text: str, body: str) -> str:
        """A paragraph before the lines of a block, indented as they are."""
        if not text:
            return ""
        line = next((one for one in body.splitlines() if one.strip()), "")
        return f"{line[: len(line) - len(line.lstrip())]}{text}{self.newline}{self.newline}"

    def replace(self, node: Any, value: Value) -> None:
        """Another value in place of this one, which is not a block under its key (`put` replaces those)."""
        start, end = self.start(node), self.end(node)
        self._swap(start, end, ("" if start < end else " ") + field_inline(value))

    def _swap(self, start: int, end: int, new: str) -> None:
        """`new` in place of what stands there, whose comments follow, each on its line."""
        kept = self._kept(start, end)
        if kept:
            column = " " * (len(_INDENTED.match(self.source[self.start_of_line(start) :])[0]) + 2)  # type: ignore[index]
            new += "".join(f"{self.newline}{column}{one}" for one in kept)
            if self.source[end : self.end_of_line(end)].strip():
                new += f"{self.newline}{column}"
        self._edit(start, end, new)

    def remove(self, mapping: Any, name: str) -> bool:
        """Takes a field away; the comments beside and inside it stay. False when it is not there."""
        at = next((at for at, (key, _) in enumerate(mapping.value) if key.value == name), None)
        if at is None:
            return False
        self._removed.add(id(mapping.value[at][0]))
        self._cut.setdefault(id(mapping), (mapping, set()))[1].add(at)
        return True

    def _cuts(self, mapping: Any, gone: set[int]) -> Iterator[tuple[int, int, str]]:
        """The edits that take fields away, neighbours together."""
        first = None
        for at in range(len(mapping.value) + 1):
            if at in gone:
                first = at if first is None else first
            elif first is not None:
                yield self._run(mapping, first, at - 1)
                first = None

    def _run(self, mapping: Any, first: int, last: int) -> tuple[int, int, str]:
        """One run of neighbours, from a field to another included."""
        key, (final, value) = mapping.value[first][0], mapping.value[last]
        start, end = self.start(key), max(self.end(value), int(final.end_mark.index) + 1)
        following = mapping.value[last + 1][0] if last + 1 < len(mapping.value) else None
        line, column = self.start_of_line(start), " " * key.start_mark.column
        alone = not self.source[line:start].strip()
        if not mapping.flow_style and alone:
            return self._lines(line, end, column, self._kept(start, end))
        if following is not None:
            end = self.start(following)
        elif first and mapping.flow_style:
            start, end = self.end(mapping.value[first - 1][1]), int(mapping.end_mark.index) - 1
        elif not mapping.flow_style:  # nothing is left of an item
            return (
                start,
                end,
                "{}" + "".join(f"{self.newline}{column}{one}" for one in self._kept(start, end)),
            )
        gap = "".join(f"{one}{self.newline}{column}" for one in self._kept(start, end))
        return start, end, f" {gap}" if gap and following is None else gap

    def _lines(self, line: int, end: int, column: str, kept: list[str]) -> tuple[int, int, str]:
        """Whole lines taken away, but for their comments."""
        stop = self.end_of_line(end)
        beside = self.source[end:stop].strip()
        lines = [*kept, *([beside] if beside else [])]
        if lines:
            return line, stop, self.newline.join(f"{column}{one}" for one in lines)
        if self.source.startswith("\r\n", stop):
            stop += 2
        elif stop < len(self.source):
            stop += 1
        return line, stop, ""

    def put(self, mapping: Any, name: str, value: Value, *, after: tuple[str, ...] = ()) -> None:
        """A field of a mapping: replaced where it stands, else written after the last of `after` that is
        there, else at the end."""
        known = {one: pair for one, pair in fields(mapping).items() if id(pair[0]) not in self._removed}
        if name in known:
            key, old = known[name]
            if isinstance(old, yaml.ScalarNode) or old.flow_style:
                self.replace(old, value)
            else:  # a block under its key
                colon = self.source.index(":", int(key.end_mark.index)) + 1
                self._swap(colon, self.end(old), f" {field_inline(value)}")
            return
        before = next((known[one] for one in reversed(after) if one in known), list(known.values())[-1])
        at = max(self.end(before[1]), int(before[0].end_mark.index) + 1)
        if mapping.flow_style:
            self._edit(at, at, f", {name}: {field_inline(value)}")
            return
        at = self.end_of_line(at)
        column = mapping.value[0][0].start_mark.column
        written = "".join(f"{self.newline}{' ' * column}{line}" for line in field_lines(name, value))
        self._edit(at, at, written)

    def put_text(self, mapping: Any, name: str, text: str, *, after: tuple[str, ...] = ()) -> None:
        """A text, under « | » when it has several lines."""
        if "\n" not in text or mapping.flow_style:
            self.put(mapping, name, text, after=after)
            return
        column = " " * mapping.value[0][0].start_mark.column
        rows = [f"{name}: |", *(f"{column}  {row}" if row else "" for row in text.split("\n"))]
        known = fields(mapping)
        if name in known:
            key, old = known[name]
            self._edit(self.start(key), self.end_of_field(key, old), self.newline.join(rows))
            return
        before = next((known[one] for one in reversed(after) if one in known), list(known.values())[-1])
        at = self.end_of_line(self.end_of_field(*before))
        self._edit(at, at, f"{self.newline}{column}{self.newline.join(rows)}")

    def insert(self, sequence: Any, value: Value, *, after: Any = None, before: Any = None) -> None:
        """An item of a sequence: after one of its items, before one, or at the end."""
        if not sequence.value:
            self.replace(sequence, [value])
            return
        if sequence.flow_style:
            if before is not None:
                self._edit(self.start(before), self.start(before), f"{field_inline(value)}, ")
                return
            at = self.end(after or sequence.value[-1])
            self._edit(at, at, f", {field_inline(value)}")
            return
        column = " " * sequence.start_mark.column
        lines = [f"{column}{line}" for line in item_rows(value)]
        if before is not None:  # not when its dash stands alone on the line above
            at = self.start_of_line(self.start(before))
            if "-" in self.source[at : self.start(before)]:
                self._edit(at, at, "".join(f"{line}{self.newline}" for line in lines))
                return
        at = self.end_of_line(self.end(after or sequence.value[-1]))
        self._edit(at, at, "".join(f"{self.newline}{line}" for line in lines))

    def append(self, name: str, record: dict[str, Value], *, line: bool = False) -> None:
        """A record at the end of a file of records: a field a line, or one line where the last one is; `line`
        wants one in any case."""
        blank = holds_nothing(self.source)
        last = None if blank or not self.root.value else self.root.value[-1][1]
        if not blank and self.root.flow_style:
            at = self.end(last) if last is not None else self.start(self.root) + 1
            self._edit(at, at, f"{', ' if last is not None else ''}{name}: {field_inline(record)}")
            return
        lines = [f"  {line}" for field, value in record.items() for line in field_lines(field, value)]
        if line or (isinstance(last, yaml.MappingNode) and last.flow_style):
            written = f"{name}: {field_inline(record)}"
        else:
            written = self.newline.join([f"{name}:", *lines])
        if last is not None:
            at = self.end_of_line(self.end(last))
            self._edit(at, at, f"{self.newline}{written}")
            return
        gap = ""
        if not self._edits:
            if self.root is not None:  # « {} », « null »: what stood for nothing goes
                end = self.end_of_line(self.end(self.root))
                end += len(self.newline) * self.source.startswith(self.newline, end)
                self._edit(self.start(self.root), end, "")
            gap = self.newline if self.source.rpartition("\n")[2].strip() else ""
        self._edit(len(self.source), len(self.source), f"{gap}{written}{self.newline}")

    def move_item(self, sequence: Any, at: int, after: int) -> bool:
        """Puts an item of a sequence after another (-1: before them all), as it is typed. False where items
        do not stand on lines of their own."""
        items = [sequence.value[one] for one in (at, max(after, 0))]
        lines = [self.start_of_line(self.start(one)) for one in items]
        dashed = all(
            "-" in self.source[line : self.start(one)] for line, one in zip(lines, items, strict=True)
        )
        if sequence.flow_style or not dashed:
            return False
        ends = [self.end_of_line(self.end(one)) + len(self.newline) for one in items]
        raw = self.source[lines[0] : ends[0]].removesuffix(self.newline) + self.newline
        place = lines[1] if after < 0 else min(ends[1], len(self.source))
        open_end = place == len(self.source) and not self.source.endswith(self.newline)
        self._edit(lines[0], ends[0], "")
        self._edit(place, place, f"{self.newline}{raw.removesuffix(self.newline)}" if open_end else raw)
        return True

    def remove_item(self, sequence: Any, at: int) -> None:
        """Takes an item of a sequence away, which is not its only one; the comments inside it stay."""
        item = sequence.value[at]
        start, end = self.start(item), self.end(item)
        if sequence.flow_style:
            following = sequence.value[at + 1] if at + 1 < len(sequence.value) else None
            if following is not None:
                end = self.start(following)
            else:
                start = self.end(sequence.value[at - 1])
            self._edit(start, end, "")
            return
        line = self.start_of_line(start)
        column = " " * sequence.start_mark.column
        self._edit(*self._lines(line, end, column, self._kept(start, end)))

    def note(self, comment: str) -> None:
        """A comment at the head of the file, after the line that names its schema."""
        first = self.source.splitlines(keepends=True)[:1]
        at = len(first[0]) if first and first[0].startswith("# yaml-language-server") else 0
        self._edit(at, at, f"# {comment}{self.newline}")


# --- comments -----------------------------------------------------------------------------------------------


def comments_of(text: str) -> Counter[str]:
    """Every comment of a content file, and how many times it is written. Raises yaml.YAMLError."""
    source = text.removeprefix("\ufeff")
    return Counter(said for _, said in _comments(source, composed(source)))


_NOTHING = frozenset(("", "{}", "[]", "null", "~", "---"))


def holds_nothing(text: str) -> bool:
    """True for a file of blank lines, comments, and what YAML writes for nothing.

    >>> holds_nothing("# nos communes\\n{}  # aucune\\n"), holds_nothing("a: {}")
    (True, False)
    """
    return all(line.lstrip("\ufeff").partition("#")[0].strip() in _NOTHING for line in text.splitlines())


def _comments(text: str, root: Any) -> Iterator[tuple[int, str]]:
    """Every comment, with its place: what starts with « # » outside the scalars."""
    at = 0
    for start, end in (*_scalars(text, root), (len(text), len(text))):
        for found in _COMMENT.finditer(text, at, start):
            yield found.start(), found[0].rstrip()
        at = end


def _scalars(text: str, node: Any) -> Iterator[tuple[int, int]]:
    """The span of each scalar, in order; of a block text, the lines under its header."""
    if isinstance(node, yaml.ScalarNode):
        start, end = node.start_mark.index, node.end_mark.index
        if node.style in ("|", ">"):
            end = start + len(text[start:end].rstrip())
            found = re.compile(r"[\r\n]").search(text, start)
            start = min(found.start() if found else end, end)
        yield start, end
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _scalars(text, key)
            yield from _scalars(text, value)
    elif isinstance(node, yaml.SequenceNode):
        for one in node.value:
            yield from _scalars(text, one)
