"""What content files said before the page changed them, for thirty days: every change can be undone.

A version is kept before the file that replaces it is written, so that a kill in between loses nothing. The
changes of one field that follow each other closely are undone together, as they were typed.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from ctgdocs.files import read_file
from ctgdocs.findings import WritingError
from ctgdocs.memory.records import is_private
from ctgdocs.memory.writing import Output, write, write_all
from ctgdocs.project import Project

KEPT = 30 * 24 * 3600
"""Seconds that a former version is kept."""
ONE_GESTURE = 60_000
"""Milliseconds: what is typed in one field in that time is one change."""
_DIGITS = 12
_NAMED = re.compile(r"([0-9]{13})\.([0-9a-f]{12})\.([0-9a-f]{12})\.avant")


class _Version(NamedTuple):
    """A former version: when it was replaced (ms), the digest of what replaced it, the field that changed."""

    when: int
    after: str
    field: str
    path: Path


class History:
    """The former versions of the content files of a workspace."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.folder = project.state_dir / "contenus"

    def write(self, path: str, before: bytes, after: bytes, field: str = "") -> None:
        """Writes a content file (posix, from the root) that says `before`, and keeps that. NotWritten, its
        `changed` set, when it says something else by now; nothing is written then."""
        with self._alone():
            self._keep(path, before, after, field)
            self._put(path, before, after)

    def undo(self, path: str) -> bool:
        """Gives a file back what it said before its last change of the page; False when there is none, or
        when something else has written to it since."""
        with self._alone():
            there = read_file(self.project.root / path)
            version = self._last(path, _digest(there))
            if version is None:
                return False
            self._put(path, there, read_file(version.path))
            version.path.unlink(missing_ok=True)
        return True

    def can_undo(self, path: str) -> bool:
        try:
            there = read_file(self.project.root / path)
        except OSError:
            return False
        return self._last(path, _digest(there)) is not None

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One page writes at a time, of all those that have the folder open."""
        from filelock import FileLock, Timeout

        self.folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.folder.with_name("contenus.verrou"))
        try:
            with lock.acquire(timeout=5):
                yield
        except Timeout:
            sentence = (
                "Un autre poste écrit dans ce dossier : rien n’a été changé, recommencez dans un instant."
            )
            raise WritingError(sentence) from None

    def _put(self, path: str, before: bytes, after: bytes) -> None:
        whole = str(self.project.root / path)
        output = Output(whole, after, lambda there: there == before, private=is_private((path,)))
        (result,) = write_all([output])
        if isinstance(result, Exception):
            raise result

    def _keep(self, path: str, before: bytes, after: bytes, field: str) -> None:
        now, named = time.time_ns() // 1_000_000, _digest(field.encode())
        folder = self.folder / path
        last = self._last(path, _digest(before))
        name = f"{now:013}.{_digest(after)}.{named}.avant"
        if last is not None and last.field == named and now - last.when < ONE_GESTURE:
            last.path.rename(folder / name)
        else:
            write(folder / name, before, private=is_private((path,)))
        self.forget(path)

    def forget(self, path: str = "") -> None:
        """Removes the former versions of a file, or of every file, that are older than thirty days."""
        oldest = time.time_ns() // 1_000_000 - KEPT * 1000
        for found in (self.folder / path).rglob("*.avant"):
            named = _NAMED.fullmatch(found.name)
            if named and int(named[1]) < oldest:
                found.unlink(missing_ok=True)

    def _last(self, path: str, now: str) -> _Version | None:
        return max((one for one in self._versions(path) if one.after == now), default=None)

    def _versions(self, path: str) -> Iterator[_Version]:
        for found in (self.folder / path).glob("*.avant"):
            if named := _NAMED.fullmatch(found.name):  # whatever else lies there is somebody's
                yield _Version(int(named[1]), named[2], named[3], found)


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()[:_DIGITS]
