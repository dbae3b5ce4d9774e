"""A file is either the old one or the new one, whatever happens meanwhile.

The new bytes go to a temporary file in the same folder, are forced to the disk (fsync), and take the place
of the old file in one step (os.replace); then the folder is forced to the disk too. For a batch, the
temporary files of a chunk are written and forced first (in a few threads where fsync is waiting), then
announced (the manifest's journal), then put in place: the same guarantee at a third of the cost.
"""

# ruff: noqa: PTH103, PTH105, PTH108, PTH118, PTH119, PTH120 (pathlib would double the processor's share)
from __future__ import annotations

import contextlib
import errno
import os
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from ctgdocs.findings import WritingError

PREFIX = ".ctgdocs-"
SUFFIX = ".tmp"
THREADS = 4
TICK = 20_000_000  # ns: freshness/disk.py's FINE_TICK
SLOW = 0.008  # s for one file: from there on several threads wait for the disk; below, they cost more
CREATED = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Draft(NamedTuple):
    """An output to write: `path` on disk, its bytes."""

    path: str
    data: bytes

    @property
    def folder(self) -> str:
        return os.path.dirname(self.path) or os.curdir

    @property
    def name(self) -> str:
        return os.path.basename(self.path)


class Written(NamedTuple):
    """`early`: the file is dated a tick before its time, so that the next edit cannot look the same."""

    draft: Draft
    stat: os.stat_result
    early: bool


class Refused(NamedTuple):
    """An output that could not be written, the sentence that says why, and what to do about it."""

    draft: Draft
    message: str
    hint: str
    disk_full: bool = False

    @classmethod
    def because(cls, draft: Draft, error: OSError) -> Refused:
        return _refused(draft, error)


class _Ready(NamedTuple):
    draft: Draft
    temporary: str
    stat: os.stat_result
    early: bool


def write_file(path: Path, data: bytes) -> os.stat_result:
    """Writes one file whole, and returns its stat. WritingError, in one French sentence, when it cannot."""
    (result,) = Chunk([Draft(str(path), data)]).put(lambda ready: None)
    if isinstance(result, Refused):
        raise WritingError(f"{result.message} {result.hint}")
    return result.stat


class Chunk:
    """A few outputs that are forced to the disk together and put in place one by one."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self.drafts = drafts

    def put(self, announce: Callable[[Sequence[Draft]], None]) -> list[Written | Refused]:
        """Writes the outputs, in order. `announce` is called once all are safe on disk under a temporary name
        and before the first one is put in place; when it raises, none is."""
        prepared = self._prepare()
        ready = [result for result in prepared if isinstance(result, _Ready)]
        try:
            announce([result.draft for result in ready])
        except BaseException:
            for result in ready:
                _forget(result.temporary)
            raise
        results = [_in_place(result) if isinstance(result, _Ready) else result for result in prepared]
        for folder in {result.draft.folder for result in results if isinstance(result, Written)}:
            force_folder(folder)
        return results

    def _prepare(self) -> list[_Ready | Refused]:
        if len(self.drafts) == 1:
            return [_to_temporary(self.drafts[0], alone=True)]
        found: list[_Ready | Refused] = []
        for number, draft in enumerate(self.drafts, 1):
            start = time.perf_counter()
            found.append(_to_temporary(draft))
            if time.perf_counter() - start > SLOW and number < len(self.drafts):
                from concurrent.futures import ThreadPoolExecutor

                with ThreadPoolExecutor(THREADS) as threads:
                    return [*found, *threads.map(_to_temporary, self.drafts[number:])]
        return found


def _to_temporary(draft: Draft, *, alone: bool = False) -> _Ready | Refused:
    temporary = os.path.join(draft.folder, f"{PREFIX}{os.getpid()}-{draft.name[:80]}{SUFFIX}")
    try:
        handle = _created(temporary)
        try:
            write_all(handle, draft.data)
            os.fsync(handle)
            stat = os.fstat(handle)
        finally:
            os.close(handle)
    except OSError as error:
        _forget(temporary)
        return _refused(draft, error)
    return _dated_early(draft, temporary, stat) if alone else _Ready(draft, temporary, stat, early=False)


def _dated_early(draft: Draft, temporary: str, stat: os.stat_result) -> _Ready:
    """Dates a file written alone one tick of the file system's clock before its time: an edit that comes
    within the tick has another date, and the run need not wait for the tick to end. Not early where the disk
    will not; nor in a batch, where two calls a file cost more than one wait."""
    early = stat.st_mtime_ns - TICK
    with contextlib.suppress(OSError):
        os.utime(temporary, ns=(stat.st_atime_ns, early))
        stat = Path(temporary).stat()
    return _Ready(draft, temporary, stat, early=stat.st_mtime_ns <= early)


def _created(temporary: str) -> int:
    try:
        return os.open(temporary, CREATED, 0o666)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(temporary), exist_ok=True)
        return os.open(temporary, CREATED, 0o666)


def write_all(handle: int, data: bytes) -> None:
    """Writes all of `data`; the system may take a part of it at a time."""
    written = os.write(handle, data)
    while written < len(data):
        written += os.write(handle, data[written:])


def _in_place(ready: _Ready) -> Written | Refused:
    try:
        os.replace(ready.temporary, ready.draft.path)
    except OSError as error:
        _forget(ready.temporary)
        return _refused(ready.draft, error, replacing=True)
    return Written(ready.draft, ready.stat, ready.early)


def _refused(draft: Draft, error: OSError, *, replacing: bool = False) -> Refused:
    name, folder = draft.name, os.path.basename(draft.folder)
    if error.errno in NO_SPACE:
        return Refused(
            draft,
            f"le disque est plein : « {name} » n’a pas été écrit.",
            "Libérez de la place, puis relancez la même commande : elle reprendra où elle s’est arrêtée.",
            disk_full=True,
        )
    if isinstance(error, PermissionError) and replacing:
        return Refused(
            draft,
            f"« {name} » est ouvert dans un autre programme.",
            "Fermez le document dans Word, puis relancez la même commande.",
        )
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return Refused(
            draft,
            f"le dossier « {folder} » n’est pas modifiable : « {name} » n’a pas été écrit.",
            "Demandez le droit d’écrire dans ce dossier, ou travaillez sur une copie de l’espace.",
        )
    if isinstance(error, (IsADirectoryError, NotADirectoryError, FileExistsError)):
        return Refused(
            draft,
            f"« {name} » n’a pas été écrit : un dossier et un fichier portent le même nom.",
            "Renommez ce qui se trouve à cet endroit, puis relancez la même commande.",
        )
    return Refused(
        draft,
        f"« {name} » n’a pas été écrit : le système a répondu « {error.strerror or error} ».",
        "Vérifiez que le disque ou le partage réseau est accessible, puis relancez la même commande.",
    )


def force_folder(folder: str | Path) -> None:
    """Forces the names of a folder to the disk (a rename survives a power cut). Windows has no such call."""
    if os.name == "nt":
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass  # some network shares refuse it: the file itself is safe
    finally:
        os.close(handle)


def _forget(temporary: str | Path) -> None:
    with contextlib.suppress(OSError):  # swept by the next run
        os.unlink(temporary)


def sweep(folders: Iterable[Path]) -> None:
    """Removes the temporary files that a killed run left. Only under the lock: another run has its own."""
    for folder in folders:
        for leftover in folder.rglob(f"{PREFIX}*{SUFFIX}"):
            _forget(leftover)
