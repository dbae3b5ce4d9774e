"""The workspace that a command opens: what is in it, and a first writing in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ctgdocs.cli.show import show
from ctgdocs.findings import UsageError
from ctgdocs.project import Project

if TYPE_CHECKING:
    from datetime import date

    import click
    from pydantic import BaseModel

    from ctgdocs.content.library import Library
    from ctgdocs.importing.boards import Board
    from ctgdocs.kind import Kind
    from ctgdocs.kinds.convention.acte import Acte
    from ctgdocs.stages import Entry

DAY = "AAAA-MM-JJ"


def has_pdfs(project: Project) -> bool:
    """True when there is a PDF beside documents: whether it shows them still is to be looked at."""
    return next(project.sorties.glob("*/*.pdf"), None) is not None


def here() -> Project:
    """The workspace around the current folder. UsageError when there is none."""
    return Project.find(Path.cwd())


def library_of(project: Project) -> Library:
    from ctgdocs.content.library import Library
    from ctgdocs.kinds import KINDS

    return Library(project, KINDS)


def offer_names(project: Project) -> None:
    """What an editor offers in the place of an id follows the workspace (content/editors.py)."""
    from ctgdocs.content.editors import refresh
    from ctgdocs.memory.writing import write

    refresh(library_of(project), write)


def kind_named(genre: str) -> Kind[BaseModel]:
    """The kind of that name. UsageError when there is none."""
    from ctgdocs.kinds import KINDS

    kinds = {kind.name: kind for kind in KINDS}
    if genre not in kinds:
        raise UsageError(f"Genre inconnu « {genre} » : choisissez parmi {', '.join(kinds)}.")
    return kinds[genre]


def convention_named(library: Library, typed: str) -> Entry[Acte] | None:
    """The convention that an agent names; None, its findings shown, when it is in error."""
    from ctgdocs.kinds.convention import KIND
    from ctgdocs.vocabulary.as_typed import did_you_mean

    id = id_of(typed)
    entry = library.find(KIND.registry, id)
    if entry is None and not library.exists(KIND.registry, id):
        raise UsageError(
            f"Aucune convention « {id} » dans cet espace{did_you_mean(id, library.ids(KIND.registry)) or '.'}"
        )
    if entry is None:
        show(library.findings_of(KIND.name, id))
    return entry


def id_of(typed: str) -> str:
    """The id in what an agent typed: a name, or a path.

    >>> id_of("content\\\\conventions\\\\ctg-2027-2031.yaml")
    'ctg-2027-2031'
    """
    return typed.replace("\\", "/").rpartition("/")[2].removesuffix(".yaml")


def day_of(_context: click.Context, _parameter: click.Parameter, typed: str | None) -> date | None:
    """A day as an agent types it: 2027-01-01, 01/01/2027."""
    if typed is None:
        return None
    from pydantic_core import PydanticCustomError

    from ctgdocs.vocabulary.as_typed import read_date

    try:
        return read_date(typed)
    except PydanticCustomError:
        raise UsageError(f"« {typed} » n’est pas une date : écrivez par exemple 2027-01-01.") from None


def write_board(board: Board, path: Path) -> None:
    """Writes a workbook to be filled, where there is none yet. UsageError when there is."""
    from ctgdocs.cli.show import say
    from ctgdocs.importing.boards import workbook

    write_new(path, workbook(board), f"« {path} »", " Donnez un autre nom avec -o.")
    say(f"{path} est écrit.", fg="green")
    say(f"Remplissez-le, puis : ctgdocs importer {path}")


def write_new(path: Path, data: bytes, name: str, hint: str = "") -> None:
    """Writes a file that does not exist yet. UsageError, in a sentence that begins with `name`, when there is
    already something there."""
    from ctgdocs.memory.writing import NotWritten, write
    from ctgdocs.vocabulary.registres import AGENTS

    try:
        write(path, data, new=True, private=path.parent.name == AGENTS.name)
    except NotWritten as refusal:
        if not refusal.changed:
            raise
        raise UsageError(f"{name} existe déjà : rien n’a été touché.{hint}") from None
