"""Content files completed, or changed field by field, from what was imported: records are added at the end of
a registry, an item of a list is changed where it still is, and nothing else of the file moves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from difflib import SequenceMatcher

from ctgdocs.content.edit import Edit, Fields, Yaml, fields, holds_nothing, items, node_at
from ctgdocs.content.library import Library
from ctgdocs.content.spelling import Value
from ctgdocs.files import read_file
from ctgdocs.findings import CtgdocsError, UsageError
from ctgdocs.importing.boards import Changed, Returned
from ctgdocs.importing.reader import Proposed


class Completed:
    """A content file being completed: its text as read (None without one), its fields, its edits. Raises
    CtgdocsError for one that cannot be read."""

    def __init__(self, library: Library, path: str, opening: str = "") -> None:
        self.path = path
        self.before: str | None = None
        with suppress(FileNotFoundError):
            self.before = read_file(library.project.content / path).decode("utf-8")
        text = opening if self.before is None else self.before
        if self.before is not None and library.is_unreadable(f"content/{path}") and not holds_nothing(text):
            raise CtgdocsError(f"content/{path} ne peut pas être lu : corrigez-le d’abord")
        self.edit = Edit(text)
        self.touched = False
        self.gone: list[str] = []

    @property
    def fields(self) -> Fields:
        return fields(self.edit.root)

    def put(self, record: Yaml, name: str, value: Value, *, after: tuple[str, ...] = ()) -> None:
        self.edit.put(record, name, value, after=after)
        self.touched = True

    def change(self, key: str, name: str, text: str) -> bool:
        """False when the record is not there any more."""
        if key not in self.fields:
            return False
        change_field(self.edit, self.fields[key][1], name, text)
        self.touched = True
        return True

    def append(self, id: str, record: Mapping[str, Value], *, line: bool = True) -> None:
        self.edit.append(id, dict(record), line=line)
        self.touched = True

    def add(self, id: str, record: Mapping[str, Value]) -> str:
        """The record under this id, or the next one that is free."""
        name, rank = id, 2
        while name in self.fields:
            name, rank = f"{id}-{rank}", rank + 1
        self.append(name, record, line=False)
        return name

    def proposed(self) -> Iterator[Proposed]:
        if not self.touched:
            return
        text = self.edit.text()
        for name in self.gone:
            after = Edit(text)
            after.remove(after.root, name)
            text = after.text()
        if self.before is None:
            yield Proposed(self.path, text)
        else:
            yield Proposed(self.path, text, "merged", self.before)


def typed_in(record: Fields, name: str) -> str:
    """A field of one text as typed; "" when it is none."""
    node = record[name][1] if name in record else None
    return str(node.value) if node is not None and isinstance(node.value, str) else ""


def change_field(edit: Edit, record: Yaml, name: str, text: str) -> None:
    """A field of a record: written, or taken away when nothing is left of it."""
    there = fields(record)
    if text:
        edit.put_text(record, name, text, after=tuple(there))
    elif name in there:
        edit.remove(record, name)


def content_named(library: Library, typed: str, registries: Sequence[str]) -> tuple[str, Edit]:
    """The file of a content (its path below content/), ready to be edited. UsageError when there is none, or
    when it cannot be read."""
    from ctgdocs.stages import Registry
    from ctgdocs.vocabulary.as_typed import did_you_mean

    id = typed.replace("\\", "/").rpartition("/")[2].removesuffix(".yaml")
    for name in registries:
        ids = library.ids(Registry(name))
        if id in ids:
            path = library.path_of(f"{name}/{id}")
            if library.is_unreadable(path):
                raise UsageError(f"{path} ne peut pas être lu : corrigez-le d’abord.")
            text = read_file(library.project.root / path).decode("utf-8")
            return path.removeprefix("content/"), Edit(text)
    known = [id for name in registries for id in library.ids(Registry(name))]
    raise UsageError(f"« {id} » n’est pas dans cet espace{did_you_mean(id, known) or '.'}")


def at_path(root: Yaml, path: str) -> Yaml:
    """The node at « finances/depenses/0 »; None when there is none any more."""
    return node_at(root, tuple(int(step) if step.isdigit() else step for step in path.split("/")))


def changed_items(
    edit: Edit, back: Returned, anchor: str, written: Mapping[str, Callable[[str], Value]] | None = None
) -> Iterator[str]:
    """Makes the changes of the items of lists, and says them; an item is where its `anchor` still is.
    `written`: the fields that are lists themselves → the item that a line of their cell is."""
    by_row: dict[tuple[str, str], list[Changed]] = {}
    for one in back.changed:
        by_row.setdefault((one.page, one.key), []).append(one)
    for (page, key), cells in by_row.items():
        node = _anchored(edit.root, key, anchor, back.kept[page, key][anchor])
        if node is None:
            yield f"« {back.kept[page, key][anchor]} » n’est plus à sa place : laissé"
            continue
        for one in cells:
            if written and one.field in written:
                change_list(edit, node, one.field, one.now, written[one.field])
            else:
                change_field(edit, node, one.field, one.now)
            said = f"« {_short(one.was)} » → « {_short(one.now)} »"
            yield f"« {back.kept[page, key][anchor]} » : {one.field} {said}"
    for page, key in back.gone:
        node = _anchored(edit.root, key, anchor, back.kept[page, key][anchor])
        sequence = at_path(edit.root, key.rpartition("/")[0])
        if node is not None and len(items(sequence)) > 1:
            edit.remove_item(sequence, items(sequence).index(node))
            yield f"« {back.kept[page, key][anchor]} » retirée"


def change_list(edit: Edit, record: Yaml, name: str, typed: str, item_of: Callable[[str], Value]) -> None:
    """A list whose items are the lines of a cell: those that say the same stay to the byte."""
    there = fields(record)
    node = there[name][1] if name in there else None
    new = [item_of(line.strip()) for line in typed.split("\n") if line.strip()]
    old = items(node)
    if not old or not new:
        if new:
            edit.put(record, name, new, after=tuple(there))
        elif node is not None:
            edit.remove(record, name)
        return
    said = [repr(_value(one)) for one in old]
    for tag, i, j, k, m in SequenceMatcher(
        None, said, [repr(one) for one in new], autojunk=False
    ).get_opcodes():
        if tag == "equal":
            continue
        for one, value in zip(old[i:j], new[k:m], strict=False):
            edit.replace(one, value)
        for at in range(i + (m - k), j):
            edit.remove_item(node, at)
        for value in new[k + (j - i) : m]:
            edit.insert(node, value, after=old[j - 1] if j else None, before=None if j else old[0])


def _value(item: Yaml) -> Value:
    if isinstance(item.value, str):
        return " ".join(item.value.split())
    return {name: " ".join(str(node.value).split()) for name, (_, node) in fields(item).items()}


def _anchored(root: Yaml, key: str, anchor: str, said: str) -> Yaml:
    """The item of a key: the one there when it is still called so, else the only one of its list that is."""
    node = at_path(root, key)
    if node is not None and typed_in(fields(node), anchor).strip() == said:
        return node
    same = [
        one
        for one in items(at_path(root, key.rpartition("/")[0]))
        if typed_in(fields(one), anchor).strip() == said
    ]
    return same[0] if len(same) == 1 else None


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) < 60 else f"{line[:59]}…"
