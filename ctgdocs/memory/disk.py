"""What the disk looks like, one stat a file, and what the files hold, read only when their stat is another.

An edit within one tick of the file system's clock may leave size and dates as they were. A file so young
when it was looked at is remembered with `?`, equal to nothing, so that its content is read the next time (git
calls such an entry « racily clean »).
"""

# ruff: noqa: PTH118, PTH119, PTH120, PTH116 (pathlib would cost more than all the rest)
from __future__ import annotations

import hashlib
import os
import sys
import time

from ctgdocs.files import opened

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

OUTPUTS = "sorties"
WATCHED = ("content", "templates", OUTPUTS)
PROGRAM = "(programme)"
NOT_WATCHED = ("__pycache__", "_exemple")
LIBRARIES = "(bibliothèques)"
RACY = "?"
FINE_TICK = 20_000_000  # ns: kernels stamp files with a clock that ticks every 4 to 16 ms
COARSE_TICK = 2_000_000_000  # ns: FAT keeps even seconds
BLOCK = 1 << 16
_OWN = os.path.dirname(os.path.dirname(__file__))


def look(root: str) -> dict[str, str]:
    """Every file that can matter: path relative to `root` (posix) → its stat, as `describe` writes it.

    Hidden files, `~$…` (Word's own locks) and the state folder are left out. The program's own files are
    there under `(programme)/`, so that an upgrade is noticed like any edit.
    """
    stats: dict[str, str] = {}
    for name in WATCHED:
        _walk(os.path.join(root, name), name, "", stats)
    _walk(_OWN, PROGRAM, ".py", stats)
    _walk(os.path.join(_OWN, "french", "tables"), f"{PROGRAM}/french/tables", "", stats)
    for folder in sys.path:  # installing or upgrading a library changes the date of its folder
        if folder.endswith("-packages"):
            stats[f"{LIBRARIES}/{os.path.basename(folder)}"] = described(folder)
    return stats


_seen: list[tuple[str, bytes, dict[str, str]]] = []


def keep_look(root: str, seal: bytes, stats: dict[str, str]) -> None:
    """Keeps a look for the run that follows at once: `seal` is that of the memory at that moment."""
    _seen[:] = [(root, seal, stats)]


def kept_look(root: str, seal: bytes) -> dict[str, str] | None:
    """The look that was kept, when no other run has written in the memory since. What was edited meanwhile
    is found by the next run, since its stat is not the one that this run remembers."""
    found = _seen[0][2] if was_looked_at(root, seal) else None
    _seen.clear()
    return found


def was_looked_at(root: str, seal: bytes) -> bool:
    """True when a look was kept, beside a memory with that seal, which was checked then."""
    return bool(seal) and [(root, seal)] == [one[:2] for one in _seen]


def _walk(folder: str, prefix: str, suffix: str, stats: dict[str, str]) -> None:
    try:
        entries = os.scandir(folder)
    except OSError:
        return
    with entries:
        for entry in entries:
            name = entry.name
            if name[0] == "." or name[:2] == "~$":
                continue
            if entry.is_dir(follow_symlinks=False) or (prefix == OUTPUTS and _is_linked_folder(entry)):
                if name not in NOT_WATCHED:
                    _walk(entry.path, f"{prefix}/{name}", suffix, stats)
            elif name.endswith(suffix):
                stats[f"{prefix}/{name if name.isascii() else _storable(name)}"] = _stat_of(entry)


def _stat_of(entry: os.DirEntry[str]) -> str:
    try:
        return describe(entry.stat())
    except OSError:  # a link that leads nowhere comes and goes all the same
        return described(entry.path, follow=False)


def _is_linked_folder(entry: os.DirEntry[str]) -> bool:
    """True for what a tool that shares files makes of a folder of outputs; False for a link that turns in
    circles."""
    try:
        linked = entry.is_symlink() and entry.is_dir()
    except OSError:
        return False
    return linked and not f"{os.path.realpath(os.path.dirname(entry.path))}{os.sep}".startswith(
        os.path.join(os.path.realpath(entry.path), "")
    )


def _storable(name: str) -> str:
    """A name that is not in the system's encoding, in signs that can be remembered."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def describe(stat: os.stat_result) -> str:
    """Size, date, and what tells two files of one size and one date apart: the inode and, where the system
    keeps it, the date of the last change of anything. (On Windows a folder listing has no inode, and the
    third date is that of birth.)"""
    if os.name == "nt":
        return f"{stat.st_size} {stat.st_mtime_ns}"
    return f"{stat.st_size} {stat.st_mtime_ns} {stat.st_ino} {stat.st_ctime_ns}"


def described(path: str, *, follow: bool = True) -> str:
    """The stat of one file now, or of a link itself; `?` when it has none."""
    try:
        return describe(os.stat(path, follow_symlinks=follow))
    except OSError:
        return RACY


def is_racy(stat: str, clock: int) -> bool:
    """True when a file with this stat could change again without its stat showing it. `clock`: the file
    system's own time, in ns, when the file was looked at."""
    tick = COARSE_TICK if clock % 1_000_000_000 == 0 else FINE_TICK
    return stat == RACY or int(stat.split(" ")[1]) > clock - tick


def digest_of_file(path: Path | str) -> str:
    """The sha256 of the file's bytes, "" when there is no regular file, or none that can be read."""
    sha = hashlib.sha256()
    try:
        with opened(path) as file:
            while block := file.read(BLOCK):
                sha.update(block)
    except OSError:
        return ""
    return sha.hexdigest()


class Files:
    """The files of a workspace during a run: their stats when it began, and their digests, read once.

    `known`: path → (stat, digest) as the last complete run left them; `clock`: the file system's own time, in
    ns, just before they are looked at."""

    def __init__(
        self, root: Path, clock: int, known: Mapping[str, tuple[str, str]], seal: bytes = b""
    ) -> None:
        self.root = root
        self.known = known
        seen = kept_look(str(root), seal) or look(str(root))
        self.stats = {path: RACY if is_racy(stat, clock) else stat for path, stat in seen.items()}
        self._to_read = {path for path, stat in self.stats.items() if not self._is_known(path, stat)}
        self._digests: dict[str, str] = {}
        self._last_write = 0
        self.changed = {path for path in self._to_read if not self._is_the_same(path)} | self.gone()
        """What is not as the last complete run left it, gone files included."""

    def __contains__(self, path: str) -> bool:
        return path in self.stats

    def _is_known(self, path: str, stat: str) -> bool:
        return stat != RACY and path in self.known and self.known[path][0] == stat

    def _is_the_same(self, path: str) -> bool:
        """True for a file that only looks otherwise."""
        before = self.known[path][1] if path in self.known else ""
        return bool(before) and self.digest(path) == before

    def digest(self, path: str) -> str:
        """The sha256 of a file (path relative to the workspace), "" when there is no such file."""
        found = self._digests.get(path)
        if found is None:
            found = self._digests[path] = self._digest(path)
        return found

    def _digest(self, path: str) -> str:
        if path not in self.stats:
            return ""
        known = path in self.known and path not in self._to_read
        return (self.known[path][1] if known else "") or digest_of_file(self.location(path))

    def location(self, path: str) -> str:
        """Where a file of `look` stands."""
        if path.startswith(PROGRAM):
            return _OWN + path.removeprefix(PROGRAM)
        return f"{self.root}/{path}"

    def wrote(self, path: str, stat: os.stat_result, digest: str) -> None:
        """This run wrote the file. `stat`: its own before it took its place, which changes the last date."""
        now = described(self.location(path))
        as_written = describe(stat).split(" ")[:3] == now.split(" ")[:3]
        self.stats[path] = now if as_written else RACY
        self._digests[path] = digest
        self._last_write = time.monotonic_ns()

    def was_read(self, path: str, digest: str) -> None:
        """Somebody else has read this file."""
        self._digests.setdefault(path, digest)

    def look_again(self, path: str) -> None:
        """Somebody has just changed this file, made it, or taken it away."""
        self.removed(path)
        if os.path.lexists(self.location(path)):
            self.stats[path] = RACY
            self._to_read.add(path)

    def removed(self, path: str) -> None:
        self.stats.pop(path, None)
        self._digests.pop(path, None)

    def program_digest(self) -> str:
        """One digest for all the program's own files: « the program changed » without naming a version."""
        own = sorted(path for path in self.stats if path.startswith(PROGRAM))
        summary = "\n".join(f"{path} {self.digest(path)}" for path in own)
        return hashlib.sha256(summary.encode()).hexdigest()

    def rows(self) -> list[tuple[str, str, str]]:
        """(path, stat, digest) of what is not as it was remembered, once the clock has left the tick of the
        last write: an edit from now on has another date. The digest is "" where only a look at the content
        would tell, and the date tells enough."""
        elapsed = time.monotonic_ns() - self._last_write
        if self._last_write and elapsed < FINE_TICK:
            time.sleep((FINE_TICK - elapsed) / 1e9)
        now = ((path, stat, self._remembered(path)) for path, stat in self.stats.items())
        return [row for row in now if self.known.get(row[0]) != row[1:]]

    def _remembered(self, path: str) -> str:
        if path in self._digests or path in self._to_read:
            return self.digest(path) if self.stats[path] == RACY else self._digests.get(path, "")
        return self.known[path][1]

    def gone(self) -> set[str]:
        return self.known.keys() - self.stats.keys()
