"""Other versions of a document: as its content makes it now, and as it was at a git revision.

A revision is laid out in a temporary folder. Only plumbing that reads (`rev-parse`, `ls-tree`, `cat-file`):
the author's tree, index and branches are never touched, no filter or hook of the repository runs, nothing is
fetched.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

from ctgdocs.content.library import Library, TrackingReader
from ctgdocs.findings import CtgdocsError, Finding, UsageError
from ctgdocs.line.desk import Desk
from ctgdocs.line.line import Line
from ctgdocs.line.orders import Kinds, Order, key_of
from ctgdocs.line.plan import resolve
from ctgdocs.memory import manifest
from ctgdocs.project import LANDMARK, Project
from ctgdocs.stages import Entry
from ctgdocs.vocabulary.registres import COLLECTIVITE, SEANCES

FOLDERS: Final = ("content", "templates")
COMPARED: Final = "comparaison"
"""What a Word file of tracked changes says it comes from."""
MOST_FILES: Final = 50_000
LARGEST_SUM: Final = 500 << 20
PLAIN_FILES: Final = (b"100644", b"100755")
_QUIET: Final = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "LC_ALL": "C",
}


@contextmanager
def workspace_at(project: Project, revision: str) -> Iterator[Project]:
    """The content of `revision`, with today's templates; a template that is there no more is the revision's.

    Raises UsageError when there is no git, no repository, no such revision, or no workspace in it.
    """
    commit = _commit(project.root, revision)
    with tempfile.TemporaryDirectory(prefix="ctgdocs-") as folder:
        root = Path(folder).resolve()
        _lay_out(project.root, commit, root)
        if not (root / LANDMARK).is_file():
            raise UsageError(
                f"À la révision « {revision} », cet espace n’existait pas encore ({LANDMARK} n’y est pas)."
            )
        shutil.copytree(
            project.templates, root / "templates", dirs_exist_ok=True, copy_function=shutil.copyfile
        )
        yield Project(root)


def _commit(folder: Path, revision: str) -> str:
    if revision.startswith("-") or not revision.strip() or any(ord(letter) < 32 for letter in revision):
        raise UsageError(
            f"« {revision} » n’est pas une révision git : donnez une étiquette, une branche ou un numéro."
        )
    if _git(folder, "rev-parse", "--is-inside-work-tree").returncode:
        raise UsageError(
            "Cet espace n’est pas suivi par git : --depuis n’a rien à relire. "
            "Comparez plutôt avec un document Word gardé : « ctgdocs comparer ancien.docx 2026-045 »."
        )
    found = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if found.returncode:
        raise UsageError(
            f"git ne connaît pas de révision « {revision} » : « git log --oneline » montre celles d’ici."
        )
    return found.stdout.decode("ascii").strip()


def _lay_out(source: Path, commit: str, target: Path) -> None:
    """Writes the files of the revision that lie under the workspace's folders."""
    listed = _git(source, "ls-tree", "-r", "-z", "-l", commit, "--", *FOLDERS)
    if listed.returncode:
        raise CtgdocsError("git n’a pas pu lire cette révision : le dépôt est abîmé (« git fsck » dit où).")
    files: list[tuple[bytes, str]] = []
    total = 0
    for line in listed.stdout.split(b"\0"):
        facts, _, name = line.partition(b"\t")
        mode, _, blob, size = (*facts.split(), b"", b"", b"", b"")[:4]
        path = name.decode("utf-8", "surrogateescape")
        if mode in PLAIN_FILES and _is_inside(path):
            files.append((blob, path))
            total += int(size)
    if len(files) > MOST_FILES or total > LARGEST_SUM:
        raise CtgdocsError("Cette révision est trop grosse pour être relue : comparez deux documents Word.")
    wanted = b"".join(blob + b"\n" for blob, _ in files)
    answer = _git(source, "cat-file", "--batch", feed=wanted).stdout
    at = 0
    for blob, path in files:
        header, _, _ = answer[at : at + 200].partition(b"\n")
        name, kind, size = (*header.split(), b"", b"", b"")[:3]
        if name != blob or kind != b"blob":
            raise CtgdocsError(
                f"git n’a pas le contenu de « {path} » à cette révision : le dépôt est incomplet."
            )
        start = at + len(header) + 1
        at = start + int(size) + 1
        file = target / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(answer[start : at - 1])


def _is_inside(path: str) -> bool:
    steps = PurePosixPath(path).parts
    return bool(steps) and steps[0] in FOLDERS and ".." not in steps and "\\" not in path and ":" not in path


def _git(folder: Path, *arguments: str, feed: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = ["git", "--no-pager", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false", *arguments]
    try:
        return subprocess.run(
            command, cwd=folder, env={**os.environ, **_QUIET}, input=feed, capture_output=True, check=False
        )
    except OSError:
        raise UsageError(
            "--depuis relit les anciennes versions avec git, qui n’est pas installé sur ce poste : "
            "demandez-le, ou comparez avec un document Word gardé."
        ) from None


# --- as its content makes it --------------------------------------------------------------------------

DATES = ("version", "signature", "date")
"""The fields of an act that date what it says, the first one that is filled in."""


@dataclass(frozen=True, slots=True)
class Preview:
    """`data`: the document's bytes; None when it cannot be made (`findings` say why). `author`: the service
    of the collectivité; `day`: the date of this version of the act, None when its content gives none."""

    key: str
    output: str
    data: bytes | None
    findings: tuple[Finding, ...]
    author: str
    day: dt.date | None


def preview(project: Project, kinds: Kinds, target: str) -> Preview:
    """Makes the document that `target` names. UsageError when it names none, or several."""
    desk = Desk(project, kinds, 0, manifest.peek(project.state_dir))
    keys = resolve(desk, [target])
    if len(keys) > 1:
        raise UsageError(f"« {target} » désigne plusieurs documents : précisez {' ou '.join(keys[:6])}.")
    document = desk.documents[keys[0]]
    made = Line(project, kinds, desk.program, desk.library).make(Order(document))
    reader = desk.library.reader()
    entry = reader.find(document.kind.registry, document.id)
    return Preview(
        keys[0],
        made.record.output,
        made.data,
        made.record.findings or (),
        _author(reader),
        _day(entry, reader),
    )


def signed(project: Project, kinds: Kinds, key: str) -> tuple[str, dt.date | None]:
    """The author and the day of a document, as its content says them; "" and None when there is none."""
    library = Library(project, kinds)
    document = next((one for one in library.documents() if key_of(one) == key), None)
    if document is None:
        return "", None
    reader = library.reader()
    return _author(reader), _day(reader.find(document.kind.registry, document.id), reader)


def _author(reader: TrackingReader) -> str:
    found = reader.find(COLLECTIVITE, "collectivite")
    if found is None:
        return ""
    own = found.value
    return f"{own.service} ({own.sigle or own.nom})" if own.service else str(own.nom)


def _day(entry: Entry[Any] | None, reader: TrackingReader) -> dt.date | None:
    if entry is None:
        return None
    for name in DATES:
        day = getattr(entry.value, name, None)
        if isinstance(day, dt.date):
            return day
    seance = getattr(entry.value, "seance", None)
    found = reader.find(SEANCES, seance) if isinstance(seance, str) else None
    return getattr(found.value, "date", None) if found else None
