"""The memory's file: open in the run that holds the lock, sealed when it ends, read as a copy by others.

One that is not what a run left is set aside. What a killed run left is trusted once SQLite has gone through
it, its unfinished transaction undone.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import quote

from ctgdocs.files import is_file, opened, read_file
from ctgdocs.findings import CtgdocsError, Finding, Place, Severity, WritingError
from ctgdocs.memory.disk import was_looked_at
from ctgdocs.memory.glance import (
    NAME,
    SUM_AT,
    connected,
    copy_of,
    is_ours,
    is_sealed,
    seal_of,
    sealed,
    sum_of,
)
from ctgdocs.memory.writing import write

JOURNAL = f"{NAME}-journal"
ASIDE = "memoire.illisible.sqlite"
DISK = (
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
)


class Unreadable(CtgdocsError):
    """The memory holds something that no run has written."""


def for_writing(folder: Path, new: bytes) -> tuple[sqlite3.Connection, bool]:
    """The memory of a workspace, open for the run that holds its lock; `new`: what it is at first. Also True
    when one that was there had to be set aside. Raises WritingError."""
    path, lost = folder / NAME, False
    try:
        _check_at_rest(folder)
    except Unreadable:
        set_aside(folder)
        lost = True
    if not path.exists():
        write(path, sealed(new))
    try:
        database = connected(f"file:{quote(path.as_posix())}?nolock=1", uri=True)
        if _is_whole(database):
            return database, lost
        database.close()
    except sqlite3.Error as error:
        raise refused(error) from error
    set_aside(folder)
    return for_writing(folder, new)[0], True


def for_reading(folder: Path) -> sqlite3.Connection:
    """A copy of the memory, in this process. Raises Unreadable when there is none that can be read."""
    data = _bytes(folder / NAME)
    if is_sealed(data):
        return copy_of(data)
    database = connected(":memory:")
    try:
        _take_up(folder, database)
    except (OSError, sqlite3.Error) as error:
        raise Unreadable(str(error)) from error
    return database


def _take_up(folder: Path, database: sqlite3.Connection) -> None:
    """What a killed run left, its unfinished transaction undone on a copy."""
    with tempfile.TemporaryDirectory(prefix="ctgdocs-") as apart:
        for name in (NAME, JOURNAL):
            if is_file(folder / name):
                shutil.copyfile(folder / name, Path(apart, name))
        with closing(connected(Path(apart, NAME).as_posix())) as copy:
            if not _is_whole(copy):
                raise Unreadable("la mémoire est abîmée")
            copy.backup(database)


def set_aside(folder: Path) -> None:
    """Puts a memory that cannot be read out of the way. Raises WritingError."""
    _out_of_the_way(folder / JOURNAL, folder / f"{ASIDE}-journal")
    _out_of_the_way(folder / NAME, folder / ASIDE)


def lost_memory() -> Finding:
    """What is said, once, of a memory that had to be set aside."""
    return Finding(
        "memoire",
        Severity.INFO,
        "la mémoire des générations était illisible : elle est refaite, et l’ancienne mise de côté "
        f"(« {ASIDE} »)",
        Place(f"sorties/.ctgdocs/{NAME}"),
        hints=("rien n’est perdu ; ce fichier mis de côté peut être supprimé",),
    )


def _out_of_the_way(path: Path, aside: Path) -> None:
    try:
        path.replace(aside)
    except FileNotFoundError:
        return
    except OSError as error:
        raise WritingError(
            f"La mémoire des générations est illisible, et n’a pas pu être mise de côté ({error.strerror}) : "
            f"supprimez « sorties/.ctgdocs/{path.name} », puis relancez la même commande. Rien n’est perdu."
        ) from error


def _check_at_rest(folder: Path) -> None:
    """Raises Unreadable when what stands at the place of the memory was not left by a run."""
    path, journal = folder / NAME, folder / JOURNAL
    if not os.path.lexists(journal) and was_looked_at(str(folder.parent.parent), seal_at(path)):
        return  # checked a moment ago, in this process
    sealed = is_sealed(_bytes(path)) if os.path.lexists(path) else True
    if sealed and os.path.lexists(journal):  # whole without it: not its own
        _out_of_the_way(journal, folder / f"{ASIDE}-journal")
    elif not sealed and os.path.lexists(journal) and not is_file(journal):
        raise Unreadable(f"« {JOURNAL} » n’est pas un fichier")
    elif sealed is False and not is_file(journal):
        raise Unreadable("la somme n’est pas la bonne")


def _bytes(path: Path) -> bytes:
    try:
        data = read_file(path)
    except OSError as error:
        raise Unreadable(f"« {path.name} » ne se lit pas") from error
    if not is_ours(data):
        raise Unreadable(f"« {path.name} » n’est pas une mémoire")
    return data


def seal_at(path: Path) -> bytes:
    """The sum in the header of a memory, zeros when it is not sealed."""
    try:
        with opened(path) as file:
            return seal_of(file.read(SUM_AT + 4))
    except OSError:
        return b""


def seal(path: Path) -> None:
    """Writes the sum of a memory in its header. When the disk refuses, it passes for one of a killed run."""
    with suppress(OSError), path.open("r+b") as file:
        sum = sum_of(file.read())
        file.seek(SUM_AT)
        file.write(sum)
        file.flush()
        os.fsync(file.fileno())


def _is_whole(database: sqlite3.Connection) -> bool:
    """Whether SQLite finds nothing wrong; asked only of a memory that a killed run left."""
    try:
        (open,) = database.execute("pragma user_version").fetchone()
        return bool(open) or database.execute("pragma quick_check(1)").fetchone() == ("ok",)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode in DISK:
            raise
        return False


def refused(error: sqlite3.Error) -> CtgdocsError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return WritingError(
            "le disque est plein : ce qui a été fait n’est pas noté. Libérez de la place, puis relancez la "
            "même commande."
        )
    if code in DISK:
        return WritingError(
            f"« sorties/.ctgdocs/{NAME} » ne peut pas être écrit ({error}). Vérifiez la place et les droits, "
            "puis relancez la même commande."
        )
    return Unreadable(str(error))
