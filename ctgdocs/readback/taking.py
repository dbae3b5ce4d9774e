"""Writes the changes that are wanted into the content files, and makes the document again when it says all
that was written in Word."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from ctgdocs.files import is_file, read_file
from ctgdocs.findings import UsageError
from ctgdocs.line.orders import Kinds, Options, Report
from ctgdocs.line.run import generate
from ctgdocs.memory.writing import NotWritten, Output, keep_in_history, write_all
from ctgdocs.project import Project
from ctgdocs.readback.reading import Correction, ReadBack

HISTORY = "historique"


@dataclass(slots=True)
class Taken:
    """What was written: the changes, the content files, where the document of Word is kept; `report`: the run
    that made the document again, None when it was left as it stands."""

    changes: list[Correction] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    kept: str = ""
    report: Report | None = None


def take(project: Project, kinds: Kinds, found: ReadBack, numbers: Collection[int] | None = None) -> Taken:
    """Writes the placed changes (`numbers`: those of them only) where they belong.

    The document of Word and the content files as they were go to the history first. Raises UsageError for an
    act that has left the house, WritingError when a file was changed meanwhile or cannot be written.
    """
    if found.sealed:
        raise UsageError(f"L’acte est scellé ({found.sealed}) : rien n’est repris.")
    chosen = [one for one in found.placed if numbers is None or one.number in numbers]
    if not chosen or found.solver is None:
        return Taken()
    files = found.solver.files([one.proposal for one in chosen if one.proposal])
    kept = _file_away(project, found, files)
    _write(project, found, files)
    done = Taken(chosen, sorted(files), kept)
    if len(chosen) == len(found.changes) and not found.pending:
        done.report = generate(project, kinds, [found.key], Options(jobs=1, replace=True))
        _leave_its_former_name(project, found)
    return done


def _file_away(project: Project, found: ReadBack, files: Collection[str]) -> str:
    """Keeps the document of Word, and the content files as they were; where the document is kept."""
    history = project.state_dir / HISTORY
    for file in files:
        keep_in_history(project.root / file, history / Path(file).parent.name)
    document = project.root / found.path
    return project.relative(keep_in_history(document, history / found.key.partition("/")[0]))


def _write(project: Project, found: ReadBack, files: dict[str, bytes]) -> None:
    outputs = [
        Output(str(project.root / file), data, partial(_is_as_read, found.contents[file]))
        for file, data in files.items()
    ]
    for result in write_all(outputs):
        if isinstance(result, NotWritten):
            raise result


def _leave_its_former_name(project: Project, found: ReadBack) -> None:
    """Takes the document of Word away, which is kept, when the one made again has another name."""
    final = found.solver.final if found.solver else None
    there = project.root / found.path
    own = found.path.startswith("sorties/") and final is not None and final.output not in ("", found.path)
    if own and is_file(there) and read_file(there) == found.data:
        there.unlink()


def _is_as_read(before: bytes, there: bytes | None) -> bool:
    return there == before
