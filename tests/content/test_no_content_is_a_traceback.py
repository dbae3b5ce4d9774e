"""The real content types against damaged content: whatever is typed, the answer is French findings."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from ctgdocs.content.reading import read
from ctgdocs.content.validation import validate
from ctgdocs.kinds import KINDS
from ctgdocs.project import Project
from ctgdocs.stages import Items, Mapping, Node, Source, Text
from ctgdocs.vocabulary.registres import REGISTRES

PROJECT = Project(Path(__file__).parents[2])
FILES = [
    *(("content/" + each.path, each.type(), each.single) for each in REGISTRES if not each.folder),
    *(("content/" + each.path, each.type(), True) for each in REGISTRES if each.folder),
    *((f"content/{kind.shelf}/", kind.acte(), True) for kind in KINDS),
]
ENTRIES = [
    (path, type, source, at)
    for prefix, type, one in FILES
    for path in PROJECT.content_files().paths
    if path.startswith(prefix)
    for source in [read(PROJECT, path)[0]]
    if source is not None
    for at in ([()] if one else [(str(id),) for id in source.root])
]
ENGLISH = re.compile(r"\b(input|should|valid|field|required|must|value|error|list|string)\b", re.IGNORECASE)


def replacement() -> st.SearchStrategy[Node]:
    text = st.sampled_from(
        ["", "x", "oui", "true", "2026-13-01", "mercredi 24 septembre 2026", "É", "0", "-5", "9" * 40]
    )
    return st.one_of(
        text.map(lambda typed: Text(typed, 7, 7)),
        text.map(lambda typed: _items(Text(typed, 7, 8))),
        text.map(lambda typed: _mapping(Text(typed, 7, 9))),
    )


def _items(value: Text) -> Items:
    items = Items(7, 7)
    items.append(value)
    return items


def _mapping(value: Text) -> Mapping:
    mapping = Mapping(7, 7)
    mapping[Text("zzz", 7, 8)] = value
    return mapping


def places(node: Node, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(node, Mapping):
        return [at, *(place for key, value in node.items() for place in places(value, (*at, key)))]
    if isinstance(node, Items):
        return [at, *(place for index, value in enumerate(node) for place in places(value, (*at, index)))]
    return [at]


def damaged(node: Any, at: tuple[Any, ...], value: Node | None) -> Any:
    """A copy of a tree where the value at `at` is another, or missing."""
    if not at:
        return value
    copy = node.copy() if not isinstance(node, Mapping | Items) else type(node)(node.line, node.column)
    copy.extend(node) if isinstance(node, Items) else copy.update(node)
    if value is None and len(at) == 1:
        del copy[at[0]]
    else:
        copy[at[0]] = damaged(node[at[0]], at[1:], value)
    return copy


@settings(max_examples=300)
@given(st.data())
def test_damaged_content_is_explained_in_french(data: st.DataObject) -> None:
    path, type, source, at = data.draw(st.sampled_from(ENTRIES))
    entry = source.root[at[0]] if at else source.root
    where = data.draw(st.sampled_from([place for place in places(entry) if place]))
    value = data.draw(st.none() | replacement())
    root = damaged(source.root, (*at, *where), value)
    node = root[at[0]] if at else root
    found, problems = validate(node, type, Source(path, "", root), at, "registre", "id")
    assert (found is None) == bool(problems)
    for problem in problems:
        said = " ".join((problem.message, *problem.hints))
        unquoted = re.sub(r"« [^»]* »|« .*$", "", said.partition("champs possibles")[0])
        assert not ENGLISH.search(unquoted), said
        assert problem.place.file == path
        assert problem.place.line >= 1


def test_the_sample_has_entries_of_every_type() -> None:
    shared = {type for prefix, type, _ in FILES if prefix != "content/agents/"}  # personal data, never kept
    assert {type for _, type, _, _ in ENTRIES} >= shared
