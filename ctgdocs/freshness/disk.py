"""What the disk looks like: one stat per file, kept in one state file beside the manifest.

The state file (`sorties/.ctgdocs/disque`) is local to a machine: it may be deleted at any time, and then
every file is read once more. It has three sections separated by a NUL: a head (see `Glance`), one line
`path TAB size mtime inode` per file, and one digest per file in the same order. Comparing the second
section, as bytes, with the same section built from the disk is the whole of « nothing to do ».
The head also has the digest of the manifest that goes with it.

An edit within one tick of the file system's clock may leave size, date and inode as they were. A file so
young when it was looked at is written with `?`, equal to nothing, so that its content is read the next time
(git calls such an entry « racily clean »).

This module is on the shortest path: it imports nothing that Python has not already loaded.
"""

# ruff: noqa: PTH110, PTH118, PTH119, PTH120, PTH116, PTH123 (pathlib would cost more than all the rest)
from __future__ import annotations

import os
import sys
import time

STATE_FILE = "sorties/.ctgdocs/disque"
JOURNAL = "sorties/.ctgdocs/journal"
WATCHED = ("content", "templates", "sorties")
PROGRAM = "(programme)"
NOT_WATCHED = ("__pycache__", "_exemple")
LIBRARIES = "(bibliothèques)"
FORMAT = "ctgdocs-disque 2"
RACY = "?"
FINE_TICK = 20_000_000  # ns: kernels stamp files with a clock that ticks every 4 to 16 ms
COARSE_TICK = 2_000_000_000  # ns: FAT keeps even seconds


class Glance:
    """What the last complete run left: the number of documents, and what it said (JSON, empty when clean)."""

    __slots__ = ("documents", "echo")

    def __init__(self, documents: int, echo: str) -> None:
        self.documents = documents
        self.echo = echo


def look(root: str) -> dict[str, str]:
    """Every file that can matter: path relative to `root` (posix) → « size mtime inode ».

    Hidden files, `~$…` (Word's own locks) and the state folder are left out. The program's own files are
    there under `(programme)/`, so that an upgrade is noticed like any edit.
    """
    stats: dict[str, str] = {}
    for name in WATCHED:
        _walk(os.path.join(root, name), name, "", stats)
    _walk(os.path.dirname(os.path.dirname(__file__)), PROGRAM, ".py", stats)
    for folder in sys.path:  # installing or upgrading a library changes the date of its folder
        if folder.endswith("-packages"):
            stats[f"{LIBRARIES}/{os.path.basename(folder)}"] = _described(folder)
    return stats


def _walk(folder: str, prefix: str, suffix: str, stats: dict[str, str]) -> None:
    try:
        entries = os.scandir(folder)
    except OSError:
        return
    with entries:
        for entry in entries:
            name = entry.name
            if name[0] == "." or name[:2] == "~$" or "\n" in name:
                continue
            if entry.is_dir(follow_symlinks=False):
                if name not in NOT_WATCHED:
                    _walk(entry.path, f"{prefix}/{name}", suffix, stats)
            elif name.endswith(suffix):
                try:
                    stat = entry.stat()
                except OSError:
                    continue
                stats[f"{prefix}/{name}"] = f"{stat.st_size} {stat.st_mtime_ns} {stat.st_ino}"


def _described(path: str) -> str:
    try:
        return describe(os.stat(path))
    except OSError:
        return RACY


def describe(stat: os.stat_result) -> str:
    """The stat of one file as `look` writes it. (On Windows a folder listing has no inode: 0 everywhere.)"""
    inode = 0 if os.name == "nt" else stat.st_ino
    return f"{stat.st_size} {stat.st_mtime_ns} {inode}"


def nothing_changed(root: str, *, keep: bool = False) -> Glance | None:
    """Step one: the answer of the last run when the disk looks exactly as it left it, else None. `keep`: the
    run that follows at once need not look again."""
    state = _state(root)
    try:
        head, lines, _digests = state.split(b"\0")
    except ValueError:
        return None
    began = time.monotonic_ns()
    stats = look(root)
    if lines != _lines(stats):
        if keep:
            _kept[:] = [(root, state, began, stats)]
        return None
    try:
        title, documents, _manifest, echo = head.decode().split("\n")
    except ValueError:
        return None
    if title != FORMAT or not documents.isdigit():
        return None
    return Glance(int(documents), echo)


_kept: list[tuple[str, bytes, int, dict[str, str]]] = []


def seen(root: str, clock: int) -> dict[str, str]:
    """What `nothing_changed` saw and kept, or the disk as it is now, with `?` for the stat of a file that is
    too young. `clock`: the file system's own time (ns) now.

    Once the lock is held, an unchanged state file and no journal mean that no run wrote anything meanwhile.
    A clock of whole seconds cannot say when the other look was.
    """
    if _kept:
        its_root, state, began, stats = _kept.pop()
        no_journal = not os.path.exists(os.path.join(root, JOURNAL))
        if its_root == root and no_journal and not _is_coarse(clock) and state == _state(root):
            then = clock - (time.monotonic_ns() - began)
            return {
                path: _older(os.path.join(root, path), clock) if is_racy(stat, then) else stat
                for path, stat in stats.items()
            }
    return {path: RACY if is_racy(stat, clock) else stat for path, stat in look(root).items()}


def _older(path: str, clock: int) -> str:
    """The stat of a file that was too young a moment ago."""
    stat = _described(path)
    return RACY if is_racy(stat, clock) else stat


def _state(root: str) -> bytes:
    try:
        with open(os.path.join(root, STATE_FILE), "rb") as file:
            return file.read()
    except OSError:
        return b""


def _lines(stats: dict[str, str]) -> bytes:
    return "\n".join([f"{path}\t{stats[path]}" for path in sorted(stats)]).encode("utf-8", "surrogateescape")


def _is_coarse(clock: int) -> bool:
    return clock % 1_000_000_000 == 0


def is_racy(stat: str, clock: int) -> bool:
    """True when a file with this stat could change again without its stat showing it. `clock`: the file
    system's own time, in ns, when the file was looked at."""
    tick = COARSE_TICK if _is_coarse(clock) else FINE_TICK
    return stat == RACY or int(stat.split(" ")[1]) > clock - tick


def state_of(
    documents: int | None, echo: str, manifest: str, stats: dict[str, str], digests: dict[str, str]
) -> bytes:
    """The bytes of the state file. `documents` is None when the run did not deal with all of them: the file
    then only saves reading contents again, and never answers « nothing to do ». `manifest`: the digest of
    the manifest that goes with it."""
    count = "-" if documents is None else str(documents)
    head = f"{FORMAT}\n{count}\n{manifest}\n{echo}".encode()
    known = "\n".join([digests.get(path, "") for path in sorted(stats)]).encode()
    return b"\0".join((head, _lines(stats), known))


class Last:
    """What the last run left: `complete` when it dealt with every document, the digest of its `manifest`,
    and the digests of files by their line (`path TAB stat`)."""

    __slots__ = ("complete", "digests", "manifest")

    def __init__(self, complete: bool, manifest: str, digests: dict[str, str]) -> None:
        self.complete = complete
        self.manifest = manifest
        self.digests = digests


def last_state(root: str) -> Last:
    """What the state file says; nothing when there is none that can be read."""
    try:
        head, lines, digests = _state(root).decode("utf-8", "surrogateescape").split("\0")
        title, documents, manifest, _echo = head.split("\n")
    except ValueError:
        return Last(False, "", {})
    if title != FORMAT:
        return Last(False, "", {})
    known = dict(zip(lines.split("\n"), digests.split("\n"), strict=False))
    return Last(documents.isdigit(), manifest, known)
