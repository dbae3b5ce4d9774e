"""Writing: whole files or none.

The new bytes go to a temporary file in the same folder, are forced to the disk (fsync), and take the place
of the old file in one step (os.replace); then the folder is forced to the disk too. So a file is either the
old one or the new one, whatever happens meanwhile. Every file the program writes comes through here. A link
is not followed: one that stands in the place of a file gives way to it, and its target is left alone.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, NamedTuple

from ctgdocs.files import NotAFile, read_file
from ctgdocs.findings import WritingError

PREFIX = ".ctgdocs-"
SUFFIX = ".tmp"
NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
OLD = 600.0
"""Seconds: no file takes so long to be written."""
NO_FSYNC = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP)
"""What a share answers that has no such call: the file is as safe as it makes one."""
MOST_TRACES = 1_000_000  # bytes
MOST_CAUSES = 5
RETRY = "puis relancez la même commande"


# --- one file, or a few together ----------------------------------------------------------------------


class Output(NamedTuple):
    """Bytes to write at `path`. `gives_way` is shown at the last moment what is really there (None: nothing
    that can be read) and answers whether it may be replaced; `new`: nothing at all may be there; `private`:
    for its owner alone, where the system has modes."""

    path: str
    data: bytes
    gives_way: Callable[[bytes | None], bool] | None = None
    new: bool = False
    private: bool = False

    @property
    def folder(self) -> str:
        return os.path.dirname(self.path) or os.curdir  # noqa: PTH120

    @property
    def name(self) -> str:
        return os.path.basename(self.path)  # noqa: PTH119


class NotWritten(WritingError):
    """An output that could not be written: the sentence that says why, and what to do about it.

    `changed`: what was there did not give way (or is there, for a new file); `disk_full`: nothing else can be
    written either."""

    def __init__(self, message: str, hint: str, *, changed: bool = False, disk_full: bool = False) -> None:
        super().__init__(f"{message} {hint}")
        self.message = message
        self.hint = hint
        self.changed = changed
        self.disk_full = disk_full


def write(path: Path | str, data: bytes, *, new: bool = False, private: bool = False) -> os.stat_result:
    """Writes one file whole, and returns its stat. NotWritten when it cannot; `new`: also when there is
    already something of that name; `private`: for its owner alone."""
    (result,) = write_all([output := Output(str(path), data, new=new, private=private)])
    if isinstance(result, NotWritten):
        raise result
    _forget_old(output.folder, result.st_mtime)
    return result


def unwritten(outputs: Sequence[Output]) -> tuple[list[Output], str]:
    """Of files that go together, those left to write, and the path of a new one whose name is taken ("" when
    none is). A command that was stopped between two of them left the first as they are to be: that is not
    taken, unless nothing is left to write."""
    done = [one for one in outputs if one.new and _there(one.path) == one.data]
    left = [one for one in outputs if one not in done]
    taken = [one.path for one in left if one.new and os.path.lexists(one.path)]
    return left, next(iter(taken if left else [one.path for one in done]), "")


def add_trace(path: Path, trace: str) -> None:
    """Adds a trace to those of a file, for whoever helps; the oldest go. NotWritten when it cannot."""
    try:
        there = read_file(path)
    except OSError:
        there = b""
    write(path, (there + trace.encode("utf-8", "backslashreplace"))[-MOST_TRACES:])


def trace_of(error: BaseException) -> str:
    """Where an exception was raised, for whoever helps: files of the program, lines, kinds of error. What it
    says is left out, and so are folders: they quote values, and some are an agent's."""
    from traceback import extract_tb

    shown: list[str] = []
    known: BaseException | None = error
    while known is not None and len(shown) < MOST_CAUSES:
        number = f" {known.errno}" if isinstance(known, OSError) else ""
        frames = extract_tb(known.__traceback__)
        lines = (f"  {_own_name(one.filename)}:{one.lineno} {one.name}\n    {one.line}" for one in frames)
        shown.append("\n".join((*lines, f"{type(known).__name__}{number}")))
        known = known.__cause__ or known.__context__
    return "\n\n".join(reversed(shown)) + "\n"


def _own_name(file: str) -> str:
    """A file of the program without the folders where somebody installed it: « ctgdocs/line/line.py »."""
    parts = Path(file).parts
    known = max((at for at, part in enumerate(parts) if part in ("ctgdocs", "site-packages")), default=-2)
    return "/".join(parts[known:]) if known >= 0 else parts[-1]


def write_all(outputs: Sequence[Output]) -> list[os.stat_result | NotWritten]:
    """Writes a few files, in order: each is put in place on its own, once all are safe on the disk under
    another name, so that the disk serves them together."""
    pending = [_Pending(output) for output in outputs]
    try:
        for step in (_Pending.fill, _Pending.force, _Pending.put_in_place):
            for one in pending:
                one.take(step)
    finally:
        for one in pending:
            one.leave()
    for folder in {one.output.folder for one in pending if not one.refusal}:
        force_folder(folder)
    return [one.refusal or one.stat for one in pending]


class _Pending:
    """An output on its way to the disk. `refusal`: why it stopped."""

    stat: os.stat_result
    file: BinaryIO

    def __init__(self, output: Output) -> None:
        self.output = output
        self.refusal: NotWritten | None = None
        self.temporary = os.path.join(output.folder, f"{PREFIX}{os.urandom(8).hex()}{SUFFIX}")  # noqa: PTH118

    def take(self, step: Callable[[_Pending], None]) -> None:
        if self.refusal is None:
            try:
                step(self)
            except NotWritten as refusal:
                self.refusal = refusal
            except OSError as error:
                self.refusal = _why(self.output, error, replacing=step is _Pending.put_in_place)

    def fill(self) -> None:
        try:
            self.file = open(self.temporary, "xb")  # noqa: PTH123, SIM115  # stays open until it is forced
        except FileNotFoundError:
            os.makedirs(self.output.folder, exist_ok=True)  # noqa: PTH103
            self.file = open(self.temporary, "xb")  # noqa: PTH123, SIM115
        if self.output.private:
            os.chmod(self.temporary, 0o600)  # noqa: PTH101
        self.file.write(self.output.data)
        self.file.flush()

    def force(self) -> None:
        try:
            os.fsync(self.file.fileno())
        except OSError as error:
            if error.errno not in NO_FSYNC:
                raise
        self.stat = os.fstat(self.file.fileno())
        self.file.close()

    def put_in_place(self) -> None:
        _refuse_what_is_no_file(self.output)
        path, gives_way = self.output.path, self.output.gives_way
        if self.output.new and self._taken_by_nobody():
            return
        if gives_way is not None and not gives_way(_there(path)):
            raise _changed(self.output)
        os.replace(self.temporary, path)  # noqa: PTH105

    def _taken_by_nobody(self) -> bool:
        """Gives the file its name unless another has it, whoever comes between. False where the share or the
        file system has no hard links."""
        try:
            os.link(self.temporary, self.output.path)
        except OSError:
            if os.path.lexists(self.output.path):
                raise _changed(self.output) from None
            return False
        return True

    def leave(self) -> None:
        with contextlib.suppress(AttributeError, OSError):
            self.file.close()
        _forget(self.temporary)


def _there(path: str) -> bytes | None:
    """What a file holds; None when there is none, or a link that leads to none."""
    try:
        return read_file(path)
    except (FileNotFoundError, NotAFile):
        return None
    except OSError:
        if os.path.islink(path):  # noqa: PTH114
            return None
        raise


def _refuse_what_is_no_file(output: Output) -> None:
    """A FIFO or a device may be somebody's; os.replace itself refuses a folder."""
    with contextlib.suppress(FileNotFoundError):
        mode = os.lstat(output.path).st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISLNK(mode) or stat.S_ISDIR(mode)):
            raise NotWritten(
                f"« {output.name} » n’a pas été écrit : ce qui se trouve à cet endroit n’est pas un fichier.",
                f"Renommez-le ou supprimez-le, {RETRY}.",
            )


def _changed(output: Output) -> NotWritten:
    if output.new:
        message = f"« {output.path} » existe déjà : rien n’a été touché."
        return NotWritten(message, "Donnez un autre nom.", changed=True)
    message = f"« {output.name} » a été modifié pendant la génération : il est gardé tel quel."
    return NotWritten(message, "Relancez la même commande.", changed=True)


def _why(output: Output, error: OSError, *, replacing: bool) -> NotWritten:
    name, folder = output.name, os.path.basename(output.folder)  # noqa: PTH119
    if error.errno in NO_SPACE:
        return NotWritten(
            f"le disque est plein : « {name} » n’a pas été écrit.",
            f"Libérez de la place, {RETRY} : elle reprendra où elle s’est arrêtée.",
            disk_full=True,
        )
    if isinstance(error, PermissionError) and replacing:
        return NotWritten(
            f"« {name} » est ouvert dans un autre programme.", f"Fermez le document dans Word, {RETRY}."
        )
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return NotWritten(
            f"le dossier « {folder} » n’est pas modifiable : « {name} » n’a pas été écrit.",
            "Demandez le droit d’écrire dans ce dossier, ou travaillez sur une copie de l’espace.",
        )
    if isinstance(error, (IsADirectoryError, NotADirectoryError, FileExistsError)):
        return NotWritten(
            f"« {name} » n’a pas été écrit : un dossier et un fichier portent le même nom.",
            f"Renommez ce qui se trouve à cet endroit, {RETRY}.",
        )
    return NotWritten(
        f"« {name} » n’a pas été écrit : le système a répondu « {error.strerror or error} ».",
        f"Vérifiez que le disque ou le partage réseau est accessible, {RETRY}.",
    )


def force_folder(folder: str | Path) -> None:
    """Forces the names of a folder to the disk (a rename survives a power cut). Windows has no such call."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):  # some network shares refuse it: the file itself is safe
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _forget(temporary: str | Path) -> None:
    with contextlib.suppress(OSError):  # swept by the next run
        os.unlink(temporary)  # noqa: PTH108


def _forget_old(folder: str, now: float) -> None:
    """Removes the temporary files that killed commands left in a folder. No other tells that its own is still
    being written but their age, by the clock of the file system that has just written `now`."""
    with contextlib.suppress(OSError):
        for leftover in Path(folder).glob(f"{PREFIX}*{SUFFIX}"):
            if leftover.lstat().st_mtime < now - OLD:
                _forget(leftover)


def sweep(folder: Path) -> None:
    """Removes the temporary files that a killed run left under `folder`, in its linked sub-folders too. Only
    under the lock: another run has its own."""
    linked = [path for path in folder.glob("*") if path.is_symlink() and path.is_dir()]
    for each in (folder, *linked):
        for leftover in each.rglob(f"{PREFIX}*{SUFFIX}"):
            _forget(leftover)


# --- what becomes of a document that someone edited by hand -------------------------------------------

DIGITS = 12


def new_version_name(output: str, number: int = 1) -> str:
    """Where the new version goes when the output was edited by hand.

    >>> new_version_name("sorties/deliberations/2026-045.docx")
    'sorties/deliberations/2026-045 (nouvelle version).docx'
    """
    stem, dot, suffix = output.rpartition(".")
    mark = "(nouvelle version)" if number == 1 else f"(nouvelle version {number})"
    return f"{stem} {mark}{dot}{suffix}" if dot else f"{output} {mark}"


def keep_in_history(edited: Path, history: Path) -> Path:
    """Files an edited document under `history`, named by its content, never by the clock; the document itself
    stays where it is until it is replaced. Raises OSError when it cannot be read, NotWritten when it cannot
    be kept."""
    data = read_file(edited)
    kept = history / f"{edited.stem}.{sha256(data).hexdigest()[:DIGITS]}{edited.suffix}"
    if not kept.exists():
        write(kept, data)
        date = edited.stat()
        with contextlib.suppress(OSError):
            os.utime(kept, ns=(date.st_atime_ns, date.st_mtime_ns))
    return kept
