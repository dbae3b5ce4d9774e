"""What each step of the line hands to the next. Read top to bottom, it is the line again.

1 read → `Source` (a tree of `Text`, `Mapping`, `Sequence`), 2 validate → `Entry`, consulted through a
`Reader`, 4 compose → `Composition` (a plain context, with `Prose` for long text), 5 render → bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from collections.abc import Sequence as _Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Generic, NamedTuple, Protocol, TypeAlias, TypeVar

from ctgdocs.findings import Finding, Place
from ctgdocs.prose import Block, Prose

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
Held = TypeVar("Held", covariant=True)
"""The type of an entry's value: the pydantic one, or the protocol that is enough for who asks."""


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


@dataclass(frozen=True)
class Registry(Generic[Held]):
    """Entries of one type, by id: what is typed once under content/, or the acts of one kind.

    Its `name` is enough to ask a `Reader`, so a room names the acts of a kind that stands above it. `path` is
    relative to content/: a folder (`seances/`) holds one entry per file, its stem being the id; a file holds
    a mapping of ids to entries, or, when `single`, one entry whose id is the registry's name. `label` is what
    a message calls an entry (« élu »). `held` is the dotted place of the type (`package.module:Name`),
    imported only when asked for: listing registries imports no pydantic.
    """

    name: str
    path: str = field(default="", compare=False)
    label: str = field(default="", compare=False)
    held: str = field(default="", compare=False)
    single: bool = field(default=False, compare=False)
    feminine: bool = field(default=False, compare=False)

    @property
    def folder(self) -> bool:
        return self.path.endswith("/")

    def place(self, id: str) -> Place:
        """Where an entry stands, or would, as far as its id tells."""
        path = f"content/{self.path}"
        return Place(f"{path}{id}.yaml") if self.folder else Place(path, field=id)

    def type(self) -> type[Held]:
        module, _, name = self.held.partition(":")
        return getattr(import_module(module), name)  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class Entry(Generic[Held]):
    """A validated value of a registry or a document: `value` is the pydantic instance of `registry`'s type,
    `at` its path inside `source` (empty when the file holds this one entry)."""

    registry: str
    id: str
    value: Held
    source: Source
    digest: str
    at: Steps = ()

    @property
    def key(self) -> str:
        return f"{self.registry}/{self.id}"

    def place(self, *path: str | int) -> Place:
        entry, path = self.typed_at(*path)
        return entry.source.place(*entry.at, *path)

    def typed_at(self, *path: str | int) -> tuple[Entry[object], Steps]:
        """The entry in whose file the value at `path` was typed, and its path there: this very one, unless it
        is lent by another (content/heritage.py)."""
        return self, path

    def place_in(self, path: Steps, line: int, column: int) -> Place:
        """The place of one character of the text typed at `path`; `line` and `column` count from 0 in it. A
        block text starts on the line after its `|`, indented under its key; a plain one on its own."""
        entry, path = self.typed_at(*path)
        place = entry.source.place(*entry.at, *path)
        node, key = entry.node(path)
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

    def node(self, path: Steps) -> tuple[Node, Text | None]:
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


class Origin(NamedTuple):
    """Where a text of the page was typed (`file`, `steps`), what it says there, and the words that stand for
    its placeholders. `tables`: those of other fields that stand in it."""

    file: str
    steps: Steps
    said: str | Prose
    values: tuple[tuple[str, str], ...] = ()
    tables: tuple[Block, ...] = ()


class Finder(Protocol):
    """What finds the entries of the registries by their ids."""

    def find(self, registry: Registry[Held], id: str) -> Entry[Held] | None:
        """The valid entry, or None when it does not exist or is in error (its findings say so elsewhere)."""

    def ids(self, registry: Registry[object]) -> _Sequence[str]:
        """All the ids of a registry, sorted: for hints and lists."""


def every(finder: Finder, registry: Registry[Held]) -> Iterator[Entry[Held]]:
    """The valid entries of a registry, in the order of their ids."""
    for id in finder.ids(registry):
        if (entry := finder.find(registry, id)) is not None:
            yield entry


class Reader(Finder, Protocol):
    """The registries as one document sees them; it remembers every entry that was consulted, and where each
    text of the page comes from (`origins`)."""

    origins: list[Origin]

    def exists(self, registry: Registry[object], id: str) -> bool:
        """True even when the entry is in error: tells « inconnu » from « en erreur »."""

    def recall(self, key: Hashable, make: Callable[[Reader], Made]) -> Made:
        """What `make` gives, made once for all the documents of a run that ask under the same key. What it
        consulted counts as consulted each time; `key` says everything else that it depends on."""


# --- 4 compose --------------------------------------------------------------------------------------


Context: TypeAlias = dict[str, object]
"""What a template reads: plain values, `Prose`, lists and mappings of them."""


class Composition(NamedTuple):
    """What one document's page says. `context` holds plain values and `Prose` only. `sealed`: what made the
    act leave the house (« la transmission du 20 octobre 2026 »): a document written with it is never written
    again. `wears_charte`: it wears the house's charte; False for an act written in the name of another.
    `actes`: the name of its PDF in the protocole ACTES, "" for what is not transmitted."""

    context: Context
    template: str
    output: str
    title: str
    watermark: str = ""
    findings: tuple[Finding, ...] = ()
    sealed: str = ""
    wears_charte: bool = True
    actes: str = ""
