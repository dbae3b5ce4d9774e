"""The files of a workspace during a run: their stats when the run began, and their digests, read once.

A file whose stat is the one of the last run is not read again; the others are.
"""

# ruff: noqa: PTH120, PTH123 (the first run reads three hundred small files: pathlib doubles its time)
from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

from ctgdocs.freshness import disk

CHUNK = 1 << 16
_OWN = os.path.dirname(os.path.dirname(disk.__file__))


class Files:
    """`root`'s files. `clock`: the file system's own time (ns) just before they are looked at."""

    def __init__(self, root: Path, clock: int) -> None:
        self.root = root
        self.stats = disk.seen(str(root), clock)
        self.last = disk.last_state(str(root))
        self._digests: dict[str, str] = {}
        self._last_write = 0

    def __contains__(self, path: str) -> bool:
        return path in self.stats

    def digest(self, path: str) -> str:
        """The sha256 of a file (path relative to the workspace), "" when there is no such file."""
        if path in self._digests:
            return self._digests[path]
        found = self._known(path) if path in self.stats else ""
        if not found and path in self.stats:
            found = digest_of_file(self._location(path))
        self._digests[path] = found
        return found

    def _location(self, path: str) -> str:
        if path.startswith(disk.PROGRAM):
            return _OWN + path.removeprefix(disk.PROGRAM)
        return f"{self.root}/{path}"

    def unmoved(self, path: str) -> bool:
        """True when the file still looks as it did when the run began (also when it was and is absent)."""
        try:
            now = disk.describe(os.stat(f"{self.root}/{path}"))  # noqa: PTH116  # once a document
        except OSError:
            now = ""
        before = self.stats.get(path, "")
        return before in (now, disk.RACY) and bool(now) == bool(before)

    def wrote(self, path: str, stat: str, digest: str, *, early: bool) -> None:
        """This run wrote the file: `stat` is the one of its temporary file. `early`: an edit within the same
        tick will show all the same."""
        self.stats[path] = stat
        self._digests[path] = digest
        if not early:
            self._last_write = time.monotonic_ns()

    def removed(self, path: str) -> None:
        self.stats.pop(path, None)
        self._digests.pop(path, None)

    def program_digest(self) -> str:
        """One digest for all the program's own files: « the program changed » without naming a version."""
        own = sorted(path for path in self.stats if path.startswith(disk.PROGRAM))
        summary = "\n".join(f"{path} {self.digest(path)}" for path in own)
        return hashlib.sha256(summary.encode()).hexdigest()

    def _known(self, path: str) -> str:
        """The digest that the last run left, when the file still looks as it did."""
        stat = self.stats[path]
        return "" if stat == disk.RACY else self.last.digests.get(f"{path}\t{stat}", "")

    def changed(self) -> set[str] | None:
        """The files that may not be what the last run left, gone ones included; None when that run did not
        deal with every document. To be asked before this run writes."""
        if not self.last.complete:
            return None
        now = {f"{path}\t{stat}" for path, stat in self.stats.items()}
        moved = {line.rpartition("\t")[0] for line in now ^ self.last.digests.keys()}
        return moved | {path for path, stat in self.stats.items() if stat == disk.RACY}

    def state(self, documents: int | None, echo: str, manifest: str) -> bytes:
        """The state file's bytes, once the clock has left the tick of the last write that needs it.
        `manifest`: the digest of the manifest that goes with it."""
        elapsed = time.monotonic_ns() - self._last_write
        if self._last_write and elapsed < disk.FINE_TICK:
            time.sleep((disk.FINE_TICK - elapsed) / 1e9)
        digests = {path: self._digests.get(path) or self._known(path) for path in self.stats}
        return disk.state_of(documents, echo, manifest, self.stats, digests)


def digest_of_file(path: Path | str) -> str:
    """The sha256 of the file's bytes, "" when it cannot be read."""
    sha = hashlib.sha256()
    try:
        with open(path, "rb", buffering=0) as file:
            while block := file.read(CHUNK):
                sha.update(block)
    except OSError:
        return ""
    return sha.hexdigest()
