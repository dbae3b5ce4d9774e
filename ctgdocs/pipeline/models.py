"""`modeles`: what the Word templates use, what is wrong with them, what an author may write in them.

The fields of a kind are those of the example's own acts: what compose gives is the only list there is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ctgdocs.content.library import Library
from ctgdocs.findings import Finding, TemplateError
from ctgdocs.kind import Kind
from ctgdocs.project import Project
from ctgdocs.vocabulary.registres import COLLECTIVITE

if TYPE_CHECKING:
    from pydantic import BaseModel

    from ctgdocs.templates import Description, Field

SUFFIXES = (".docx", ".dotx")


@dataclass(frozen=True, slots=True)
class Listed:
    """One template: its path, and what it uses (None when it cannot be read: `problem` says why)."""

    path: str
    uses: Description | None
    problem: str = ""


def templates(project: Project, kinds: Sequence[Kind[BaseModel]]) -> list[Path]:
    """The templates of every kind's shelf, in order (chartes are not templates)."""
    found = (path for kind in kinds for path in (project.templates / kind.shelf).rglob("*"))
    return sorted({path for path in found if path.suffix in SUFFIXES and not path.name.startswith("~$")})


def listed(project: Project, kinds: Sequence[Kind[BaseModel]]) -> list[Listed]:
    from ctgdocs.templates import describe

    found = []
    for path in templates(project, kinds):
        try:
            found.append(Listed(project.relative(path), describe(path)))
        except TemplateError as error:
            found.append(Listed(project.relative(path), None, str(error)))
    return found


def checked(
    project: Project, kinds: Sequence[Kind[BaseModel]], example: Project, path: Path
) -> list[Finding]:
    """Every problem of one template, in reading order."""
    from ctgdocs.templates import lint

    relative = project.relative(path)
    entry = Library(project, kinds).find(COLLECTIVITE, "collectivite")
    charte = getattr(entry.value, "charte", None) if entry else None
    letterhead = project.templates / charte.fichier if charte else None
    if letterhead is None or not letterhead.is_file():
        letterhead = None
    kind = next((kind for kind in kinds if relative.startswith(f"templates/{kind.shelf}/")), None)
    context = example_context(example, kinds, kind) if kind else _nearest_context(example, kinds, path)
    styles = dict(charte.styles) if charte and letterhead else None
    return lint(path, context, letterhead, styles=styles, file=relative)


def _nearest_context(example: Project, kinds: Sequence[Kind[BaseModel]], path: Path) -> dict[str, Any] | None:
    """The example of the kind whose fields a template outside the shelves uses most; None: it uses none."""
    from ctgdocs.templates import describe

    try:
        used = {field.partition(".")[0] for field in describe(path).fields}
    except TemplateError:
        return None
    contexts = [example_context(example, kinds, kind) for kind in kinds]
    best = max(contexts, key=lambda context: len(used & context.keys()), default=None)
    return best if best and used & best.keys() else None


def fields_of(example: Project, kinds: Sequence[Kind[BaseModel]], kind: Kind[BaseModel]) -> list[Field]:
    """The fields an author may use in a template of `kind`, each with an example."""
    from ctgdocs.templates import fields

    return fields(example_context(example, kinds, kind))


def example_context(
    example: Project, kinds: Sequence[Kind[BaseModel]], kind: Kind[BaseModel]
) -> dict[str, Any]:
    """What the example's acts of a kind say together: of each field, the first value that is not empty."""
    library = Library(example, kinds)
    together: dict[str, Any] = {}
    for document in library.documents():
        if document.kind.name != kind.name:
            continue
        entry = library.find(kind.registry, document.id)
        said = kind.compose(entry, library.reader(), document.part) if entry else None
        if said is not None:
            together = _merged(together, said.context)
    return together


def _merged(one: Mapping[str, Any], two: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(one)
    for name, value in two.items():
        before = merged.get(name)
        if isinstance(before, Mapping) and isinstance(value, Mapping):
            merged[name] = _merged(before, value)
        elif not before:
            merged[name] = value
    return merged
