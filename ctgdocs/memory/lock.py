"""One run at a time in a workspace: the operating system's lock, and who holds it."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import stat
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from ctgdocs.files import read_file
from ctgdocs.findings import WritingError
from ctgdocs.memory.writing import NO_SPACE, RETRY

if TYPE_CHECKING:
    from filelock import BaseFileLock

HOLDER = "verrou"
SYSTEM = "verrou.systeme"
WITHOUT = "verrou.partage"
SHARED = 0o666  # whoever may write in the folder may lock it after another
NO_LOCKS = (errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP)


class Lock:
    """`with Lock(state_dir) as lock:` holds the workspace; WritingError when another run holds it.

    The lock is the operating system's, on `verrou.systeme`: it dies with its process. `verrou` says who holds
    it, for the message of the others. Where the system's lock may not be known to another machine that left
    its name in `verrou`, that one is respected: the message says which file to delete when it is dead. A
    share without locks has `verrou.partage` instead, which one run alone can create.

    `lock.clock` is the file system's own time (ns) when the lock was taken; `lock.broke_a_stale_one` tells
    that a former run died.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / HOLDER
        self.clock = 0
        self.broke_a_stale_one = False

    def __enter__(self) -> Lock:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            for name in (HOLDER, SYSTEM, WITHOUT):
                _only_a_file(self.folder / name)
            self._system = self._taken()
        except OSError as error:
            raise WritingError(_read_only(error)) from error
        try:
            self._say_who()
        except BaseException:
            self._system.release()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(OSError):  # a name left there is that of a dead run
            self.path.unlink(missing_ok=True)
        self._system.release()

    def _taken(self) -> BaseFileLock:
        """The system's lock or, on a share that has none, a file that one run alone can create."""
        from filelock import FileLock, SoftFileLock

        try:
            return self._acquired(FileLock(self.folder / SYSTEM, mode=SHARED, fallback_to_soft=False), HOLDER)
        except OSError as error:
            if error.errno not in NO_LOCKS:
                raise
            return self._acquired(SoftFileLock(self.folder / WITHOUT), WITHOUT)

    def _acquired(self, lock: BaseFileLock, to_delete: str) -> BaseFileLock:
        from filelock import Timeout

        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise WritingError(_busy(_holder(self.path), to_delete)) from None
        return lock

    def _say_who(self) -> None:
        holder = _holder(self.path)
        if holder and holder[0] != host():
            raise WritingError(_busy(holder, HOLDER))
        self.broke_a_stale_one = self.path.exists()
        me = {"processus": str(os.getpid()), "poste": host()}
        try:
            self.path.write_text(json.dumps(me), "utf-8")
            self.clock = self.path.stat().st_mtime_ns
        except OSError as error:
            raise WritingError(_read_only(error)) from error


def _only_a_file(path: Path) -> None:
    """Removes a link, a FIFO or a device that stands in the place of a lock's file."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    if stat.S_ISDIR(mode):
        raise WritingError(
            f"« sorties/.ctgdocs/{path.name} » est un dossier, et doit être un fichier : "
            f"supprimez-le, {RETRY}."
        )
    if not stat.S_ISREG(mode):
        path.unlink()


def _holder(path: Path) -> tuple[str, str] | None:
    """Machine and process that hold the lock; None when what is written there does not say."""
    try:
        found = json.loads(read_file(path))
    except (OSError, ValueError, RecursionError):
        return None
    match found:
        case {"poste": str(host), "processus": str(pid)}:
            return host, pid
    return None


def host() -> str:
    if os.name == "nt":
        return os.environ.get("COMPUTERNAME", "")
    return os.uname().nodename


def _busy(holder: tuple[str, str] | None, to_delete: str) -> str:
    if to_delete == HOLDER and (holder is None or holder[0] == host()):
        which = f" (processus {holder[1]})" if holder else ""
        return (
            f"Une autre génération est en cours dans cet espace{which} : "
            f"attendez qu’elle se termine, {RETRY}."
        )
    machine, pid = holder or ("?", "?")
    return (
        f"Une génération est en cours dans cet espace depuis le poste « {machine} » (processus {pid}). "
        "Attendez qu’elle se termine ; si ce poste s’est arrêté brutalement, "
        f"supprimez le fichier sorties/.ctgdocs/{to_delete}, {RETRY}."
    )


def _read_only(error: OSError) -> str:
    if error.errno in NO_SPACE:
        return f"Le disque est plein : libérez de la place, {RETRY}."
    return (
        f"Le dossier « sorties » n’est pas modifiable ({error.strerror or error}) : demandez le droit d’y "
        "écrire, ou travaillez sur une copie de l’espace. Rien n’a été écrit."
    )
