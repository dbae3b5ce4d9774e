"""`desceller`: the seal of one act is lifted once, and who did it, when and why stays written."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from ctgdocs.files import read_file
from ctgdocs.findings import CtgdocsError, UsageError
from ctgdocs.line.desk import Desk
from ctgdocs.line.orders import Kinds
from ctgdocs.memory import manifest
from ctgdocs.memory.lock import Lock
from ctgdocs.memory.writing import Output, keep_in_history, write, write_all
from ctgdocs.project import Project
from ctgdocs.word import Mark, marked

REGISTER = "descellements.txt"


@dataclass(frozen=True, slots=True)
class Lifting:
    """Who lifts a seal (a person), when (as it is to be read), and why."""

    who: str
    when: str
    why: str


@dataclass(frozen=True, slots=True)
class Lifted:
    """`path`: the document that may be written again; `kept`: what it was; `since`: what had sealed it."""

    path: str
    kept: str
    since: str


def lift(project: Project, kinds: Kinds, target: str, lifting: Lifting) -> Lifted:
    """Lifts the seal of the act that `target` names: its id, its shelf and id, or the path of its document.

    What the document was goes to the history, and the register there says who, when and why, before anything
    changes. Raises UsageError when no sealed document has that name, or several; WritingError.
    """
    with Lock(project.state_dir) as lock, closing(manifest.opened(project.state_dir)) as memory:
        desk = Desk(project, kinds, lock.clock, memory)
        path, mark = _found(desk, target)
        there = desk.read(path) or b""
        folder = project.state_dir / "historique"
        try:
            kept = keep_in_history(project.root / path, folder / Path(path).parent.name)
        except OSError as error:
            raise CtgdocsError(f"« {path} » n’a pas pu être rangé dans l’historique : {error}") from error
        _register(folder / REGISTER, f"{mark.origin}\t{path}", lifting, project.relative(kept))
        plain = marked(there, Mark(mark.origin, mark.place))
        (refused,) = write_all([Output(f"{project.root}/{path}", plain, lambda now: now == there)])
        if isinstance(refused, CtgdocsError):
            raise refused
        return Lifted(path, project.relative(kept), mark.sealed)


def _found(desk: Desk, target: str) -> tuple[str, Mark]:
    places = {target, desk.project.relative(Path.cwd() / target)}
    sealed = [(path, mark) for path, mark in desk.ours_but(()) if desk.is_sealed(mark, path)]
    named = [
        (path, mark)
        for path, mark in sealed
        if path in places or target in (mark.origin, mark.origin.partition("/")[2])
    ]
    if not named:
        raise UsageError(
            f"« {target} » n’a pas de document scellé dans cet espace : "
            "« ctgdocs etat » dit lesquels le sont."
        )
    if len(named) > 1:
        choices = " ou ".join(path for path, _ in named)
        raise UsageError(f"« {target} » désigne plusieurs documents scellés : précisez {choices}.")
    return named[0]


def _register(register: Path, act: str, lifting: Lifting, kept: str) -> None:
    """Adds one line to the register: when, who, which act, where it stands, what it was, why. It is there
    already when the command was stopped before the seal was lifted."""
    try:
        before = read_file(register)
    except FileNotFoundError:
        before = "quand\tqui\tacte\tdocument\tgardé sous\tmotif\n".encode()
    except OSError as error:
        raise CtgdocsError(f"« {register.name} » ne se lit pas : {error}. Rien n’a été descellé.") from error
    why = " ".join(lifting.why.split())
    said = f"\t{lifting.who}\t{act}\t{kept}\t{why}\n".encode("utf-8", "backslashreplace")
    if not before.endswith(said):
        write(register, before + lifting.when.encode() + said)
