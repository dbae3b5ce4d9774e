"""What each step of the line hands to the next. Read top to bottom, it is the line again.

1 read → `Source` (a tree of `Text`, `Mapping`, `Sequence`), 2 validate → `Entry`, consulted through a
`Reader`, 4 compose → `Composition` (a plain context, with `Prose` for long text), 5 render → bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from collections.abc import Sequence as _Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol, TypeAlias, TypeVar

from ctgdocs.findings import Finding, Place

# --- 1 read -------------------------------------------------------------------------------------------


class Text(str):
    """A scalar of a content file, exactly as typed, that knows its 1-based line and column."""

    __slots__ = ("column", "line")
    line: int
    column: int

    def __new__(cls, value: str, line: int = 0, column: int = 0) -> Text:
        text = super().__new__(cls, value)
        text.line = line
        text.column = column
        return text


class Mapping(dict[Text, "Node"]):
    """A YAML mapping; its keys are `Text`, so each key knows its place too."""

    __slots__ = ("column", "line")
    line: int
    column: int

    def __init__(self, line: int = 0, column: int = 0) -> None:
        super().__init__()
        self.line = line
        self.column = column


class Items(list["Node"]):
    """A YAML sequence."""

    __slots__ = ("column", "line")
    line: int
    column: int

    def __init__(self, line: int = 0, column: int = 0) -> None:
        super().__init__()
        self.line = line
        self.column = column


Node: TypeAlias = Text | Mapping | Items
Steps: TypeAlias = tuple[str | int, ...]
Made = TypeVar("Made")


class Source(NamedTuple):
    """A content file as read: `path` relative to the workspace (posix), the sha256 of its bytes, its tree."""

    path: str
    digest: str
    root: Mapping

    def place(self, *path: str | int) -> Place:
        """The place of the value at `path`, or of its nearest existing parent when it is missing."""
        node: Node = self.root
        line, column = node.line, node.column
        for step in path:
            if isinstance(node, Mapping) and isinstance(step, str) and step in node:
                node = node[step]  # type: ignore[index]  # a str finds its equal Text
            elif isinstance(node, Items) and isinstance(step, int) and step < len(node):
                node = node[step]
            else:
                break
            line, column = node.line, node.column
        return Place(self.path, line, column, ".".join(str(step) for step in path))


# --- 2 validate ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entry:
    """A validated value of a registry or a document: `value` is the pydantic instance of `registry`'s type,
    `at` its path inside `source` (empty when the file holds this one entry)."""

    registry: str
    id: str
    value: Any
    source: Source
    digest: str
    at: Steps = ()

    @property
    def key(self) -> str:
        return f"{self.registry}/{self.id}"

    def place(self, *path: str | int) -> Place:
        entry, path = self.typed_at(*path)
        return entry.source.place(*entry.at, *path)

    def typed_at(self, *path: str | int) -> tuple[Entry, Steps]:
        """The entry in whose file the value at `path` was typed, and its path there: this very one, unless it
        is lent by another (content/heritage.py)."""
        return self, path

    def place_in(self, path: Steps, line: int, column: int) -> Place:
        """The place of one character of the text typed at `path`; `line` and `column` count from 0 in it. A
        block text starts on the line after its `|`, indented under its key; a plain one on its own."""
        entry, path = self.typed_at(*path)
        place = entry.source.place(*entry.at, *path)
        node, key = entry._node(path)
        if not isinstance(node, Text):
            return place
        if "\n" not in node:
            return Place(place.file, node.line, node.column + column, place.field)
        blank = len(node) - len(node.lstrip("\n"))
        start = key.column + 2 if key is not None else node.column
        return Place(place.file, node.line + 1 + blank + line, start + column, place.field)

    def lift(self, path: Steps, finding: Finding) -> Finding:
        """The finding of a problem inside the text typed at `path`, settled in the file that holds it."""
        inside = finding.place
        if not inside.line:
            return finding._replace(place=self.place(*path))
        place = self.place_in(path, inside.line - 1, inside.column - 1)
        if inside.end_line:
            end = self.place_in(path, inside.end_line - 1, inside.end_column - 1)
            place = place._replace(end_line=end.line, end_column=end.column)
        return finding._replace(place=place)

    def _node(self, path: Steps) -> tuple[Node, Text | None]:
        """The value typed at `path` (its nearest parent when the last steps are not typed), and its key."""
        node: Node = self.source.root
        key: Text | None = None
        for step in (*self.at, *path):
            if isinstance(node, Mapping) and isinstance(step, str) and step in node:
                key = next((typed for typed in node if typed == step), None)
                node = node[step]  # type: ignore[index]  # a str finds its equal Text
            elif isinstance(node, Items) and isinstance(step, int) and step < len(node):
                node = node[step]
            else:
                break
        return node, key


class Reader(Protocol):
    """The registries as one document sees them; it remembers every entry that was consulted."""

    def find(self, registry: str, id: str) -> Entry | None:
        """The valid entry, or None when it does not exist or is in error (its findings say so elsewhere)."""

    def exists(self, registry: str, id: str) -> bool:
        """True even when the entry is in error: tells « inconnu » from « en erreur »."""

    def ids(self, registry: str) -> _Sequence[str]:
        """All the ids of a registry, sorted: for hints and lists."""

    def recall(self, key: Hashable, make: Callable[[Reader], Made]) -> Made:
        """What `make` gives, made once for all the documents of a run that ask under the same key. What it
        consulted counts as consulted each time; `key` says everything else that it depends on."""


# --- 4 compose --------------------------------------------------------------------------------------


class Composition(NamedTuple):
    """What one document's page says. `context` holds plain values and `Prose` only. `locked`: it was signed,
    so an output that exists is never written again. `letterhead`: it wears the house's charte; False for an
    act written in the name of another body."""

    context: dict[str, Any]
    template: str
    output: str
    title: str
    watermark: str = ""
    findings: tuple[Finding, ...] = ()
    locked: bool = False
    letterhead: bool = True
