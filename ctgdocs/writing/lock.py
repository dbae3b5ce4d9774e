"""One run at a time in a workspace: a lock file that says who holds it, and that a dead run does not keep.

`sorties/.ctgdocs/verrou` is created in one step (O_EXCL) and holds the process number, the machine, the
boot and the process's start. It is stale when that process no longer runs on this machine since that boot.
Another machine's lock (a shared drive) is never broken: the message says where to look.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from types import TracebackType

from ctgdocs.findings import WritingError

NAME = "verrou"
BEING_WRITTEN = 2.0  # s: a lock still empty after that was left by a run killed while writing it
POLL = 0.02


class Lock:
    """`with Lock(state_dir) as lock:` holds the workspace; WritingError when another run holds it.

    `lock.clock` is the file system's own time (ns) when the lock was taken; `lock.broke_a_stale_one` tells
    that a former run died.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        self.clock = 0
        self.broke_a_stale_one = False

    def __enter__(self) -> Lock:
        self._make_folder()
        give_up = time.monotonic() + 2 * BEING_WRITTEN
        while not self._taken():
            holder = self._holder()
            if holder is None and time.monotonic() < give_up:
                time.sleep(POLL)
            elif holder is None or is_dead(holder):
                self._break()
            else:
                raise WritingError(_busy(holder))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.path.unlink(missing_ok=True)

    def _make_folder(self) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise WritingError(_read_only(self.path, error)) from error

    def _taken(self) -> bool:
        try:
            handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        except FileExistsError:
            return False
        except PermissionError as error:
            if os.name == "nt" and self.path.exists():  # Windows says this while the other one is deleting it
                return False
            raise WritingError(_read_only(self.path, error)) from error
        except OSError as error:
            raise WritingError(_read_only(self.path, error)) from error
        try:
            os.write(handle, json.dumps(_myself()).encode())
            self.clock = os.fstat(handle).st_mtime_ns
        except OSError as error:
            os.close(handle)
            self.path.unlink(missing_ok=True)
            raise WritingError(_read_only(self.path, error)) from error
        os.close(handle)
        return True

    def _holder(self) -> dict[str, str] | None:
        """Who holds the lock; None while it is being written (or was left empty); gone counts as dead."""
        try:
            text = self.path.read_text("utf-8")
        except OSError:
            return {} if not self.path.exists() else None
        try:
            found = json.loads(text)
        except ValueError:
            return None
        return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else None

    def _break(self) -> None:
        """Removes a stale lock. Only one process at a time may look and remove, so that none ever removes the
        lock that another has just taken."""
        referee = self.path.with_name(NAME + ".bris")
        try:
            referee.mkdir()
        except FileExistsError:
            self._let_the_other_break(referee)
            return
        except OSError as error:
            raise WritingError(_read_only(self.path, error)) from error
        try:
            holder = self._holder()
            left_empty = holder is None and self._age() > BEING_WRITTEN
            if left_empty or (holder and is_dead(holder)):
                self.path.unlink(missing_ok=True)
                self.broke_a_stale_one = True
        finally:
            referee.rmdir()

    def _age(self) -> float:
        try:
            return time.time() - self.path.stat().st_mtime
        except OSError:
            return 0.0

    def _let_the_other_break(self, referee: Path) -> None:
        time.sleep(POLL)
        try:
            age = time.time() - referee.stat().st_mtime
            if age > 5 * BEING_WRITTEN:
                referee.rmdir()
        except OSError:
            pass  # it has just finished


def _myself() -> dict[str, str]:
    pid = os.getpid()
    return {"processus": str(pid), "poste": _host(), "session": _boot(), "depart": _start_of(pid)}


def is_dead(holder: dict[str, str]) -> bool:
    """True when the run that wrote this lock certainly runs no more."""
    if not holder:
        return True
    if holder.get("poste") != _host():
        return False
    if holder.get("session") != _boot():
        return True
    pid = holder.get("processus", "")
    if not pid.isdigit() or not _runs(int(pid)):
        return True
    return holder.get("depart", "") != _start_of(int(pid))


def _host() -> str:
    if os.name == "nt":
        return os.environ.get("COMPUTERNAME", "")
    return os.uname().nodename


def _boot() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except OSError:
        return ""


def _start_of(pid: int) -> str:
    """When the process started, in the kernel's own count; "" where the system does not tell."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
    except OSError:
        return ""
    return stat.rpartition(")")[2].split()[19]


def _runs(pid: int) -> bool:
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        handle = kernel.OpenProcess(0x00100000, False, pid)  # SYNCHRONIZE
        if not handle:
            return bool(kernel.GetLastError() == 5)  # access denied: it exists
        waiting = kernel.WaitForSingleObject(handle, 0) == 0x102  # WAIT_TIMEOUT: still running
        kernel.CloseHandle(handle)
        return bool(waiting)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return not _is_zombie(pid)


def _is_zombie(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()[0] == "Z"
    except (OSError, IndexError):
        return False


def _busy(holder: dict[str, str]) -> str:
    pid, host = holder.get("processus", "?"), holder.get("poste", "?")
    if host == _host():
        return (
            f"Une autre génération est en cours dans cet espace (processus {pid}) : "
            "attendez qu’elle se termine, puis relancez la même commande."
        )
    return (
        f"Une génération est en cours dans cet espace depuis le poste « {host} » (processus {pid}). "
        "Attendez qu’elle se termine ; si ce poste s’est arrêté brutalement, "
        f"supprimez le fichier sorties/.ctgdocs/{NAME}, puis relancez la même commande."
    )


def _read_only(path: Path, error: OSError) -> str:
    if error.errno in (28, 122):
        return "Le disque est plein : libérez de la place, puis relancez la même commande."
    return (
        f"Le dossier « sorties » n’est pas modifiable ({error.strerror or error}) : demandez le droit d’y "
        "écrire, ou travaillez sur une copie de l’espace. Rien n’a été écrit."
    )
