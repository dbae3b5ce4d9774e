"""One small world for every test: a communauté de communes of three communes, as real content files.

`content/` is its workspace; a drawer adds what its own tests stand on, from its `epreuves/monde/`. A test
lays it out in a folder of its own, with more or other files, or with entries changed by key.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from textwrap import dedent
from typing import Any

import yaml

from ctgdocs.content.library import Library
from ctgdocs.findings import Finding, in_order
from ctgdocs.kinds import KINDS
from ctgdocs.project import Project
from ctgdocs.rules.records import judge_fiche
from ctgdocs.stages import Composition, Entry
from ctgdocs.vocabulary.registres import REGISTRES

REPOSITORY = Path(__file__).parents[2]
DRAWERS = {kind.name: REPOSITORY.joinpath(*kind.package.split(".")) for kind in KINDS}
_REGISTRIES = {one.name: one for one in (*REGISTRES, *(kind.registry for kind in KINDS))}


@cache
def content() -> dict[str, str]:
    """The small world as it stands: the text of each file, by its path under content/."""
    added = [files_of(drawer / "epreuves/monde") for drawer in DRAWERS.values()]
    return registries() | {name: text for files in added for name, text in files.items()}


def registries() -> dict[str, str]:
    """What the small world types once, without the acts of the drawers."""
    return files_of(Path(__file__).parent / "content")


def files_of(folder: Path) -> dict[str, str]:
    """The text of each content file of a folder, by its path there."""
    files = sorted(folder.rglob("*.yaml"))
    return {file.relative_to(folder).as_posix(): file.read_text("utf-8") for file in files}


def a_workspace(root: Path, **files: str | None) -> Project:
    """The small world in `root`, with more or other files, None for one to leave out:
    `a_workspace(tmp, **{"deliberations/2026-051.yaml": "…"})`."""
    for name, text in {**content(), **files}.items():
        if text is not None:
            path = root / "content" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
    return Project(root)


def with_changes(changes: Mapping[str, Mapping[str, Any] | None]) -> dict[str, str | None]:
    """The files of the world once entries are changed, by key: `{"seances/rentree": {"absents": [...]}}`. A
    field that is « null » is taken away, and so is an entry; one that the world does not have is added."""
    files: dict[str, str | None] = {}
    for key, change in changes.items():
        registry, _, id = key.partition("/")
        known = _REGISTRIES[registry]
        name = f"{known.path}{id}.yaml" if known.folder else known.path
        typed = _read(files.get(name) or content().get(name, ""))
        if known.folder or known.single:
            kept = _changed(typed, change)
        else:
            kept = {**typed, id: _changed(typed.get(id, {}), change)}
            kept = {other: fields for other, fields in kept.items() if fields is not None}
        files[name] = None if kept is None else yaml.safe_dump(kept, allow_unicode=True, sort_keys=False)
    return files


def _read(text: str) -> dict[str, Any]:
    """A content file as typed: every value is text, as content/ keeps it."""
    return yaml.load(text, yaml.BaseLoader) or {}


def _changed(typed: dict[str, Any], change: Mapping[str, Any] | str | None) -> dict[str, Any] | None:
    if change is None or isinstance(change, str):
        return None
    return {field: value for field, value in {**typed, **change}.items() if value != "null"}


def findings_of(project: Project) -> list[Finding]:
    """All that is to say of a workspace: of each record and of each act."""
    library = Library(project, KINDS)
    kinds = {kind.name: kind for kind in KINDS}
    return in_order([*library.findings(), *_judged(library, kinds)])


def _judged(library: Library, kinds: Mapping[str, Any]) -> Iterator[Finding]:
    paths = [*library.registry_files(), *dict.fromkeys(one.path for one in library.documents())]
    for entry in (entry for path in paths for entry in library.entries_of(path).values() if entry):
        kind = kinds.get(entry.registry)
        yield from (kind.check if kind else judge_fiche)(entry, library.reader())


def the_act(project: Project, kind: str, id: str) -> tuple[Entry[Any], Library]:
    """The validated act, which must be without error."""
    library = Library(project, KINDS)
    entry = library.find(_REGISTRIES[kind], id)
    assert entry is not None, library.findings_of(kind, id)
    return entry, library


def composed(project: Project, kind: str, id: str, part: str = "") -> Composition:
    """What its page says; that of its first document when the kind makes several and none is named."""
    entry, library = the_act(project, kind, id)
    (drawer,) = (known for known in KINDS if known.name == kind)
    composition = drawer.compose(entry, library.reader(), part or drawer.parts[0])
    assert composition is not None
    return composition
