"""One run at a time, whatever stands in the place of the lock, and no lock outlives its process."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ctgdocs.findings import WritingError
from ctgdocs.memory.lock import HOLDER, SYSTEM, WITHOUT, Lock

posix = pytest.mark.skipif(os.name == "nt", reason="FIFOs, devices and kill -9 are not Windows's")
PATIENCE = 20
"""Seconds after which a lock is said to hang."""

TAKE = """
import sys
from pathlib import Path
from ctgdocs.findings import WritingError
from ctgdocs.memory.lock import Lock
try:
    with Lock(Path(sys.argv[1])):
        print("taken", flush=True)
        if len(sys.argv) > 2:
            sys.stdin.read()
except WritingError as error:
    print(error)
"""


def taken_apart(folder: Path) -> str:
    """What another process says when it takes the lock: its sentence, or « taken »."""
    done = subprocess.run(
        [sys.executable, "-c", TAKE, str(folder)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
    assert done.stderr == ""
    return done.stdout.strip()


def a_process_that_holds(folder: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", TAKE, str(folder), "hold"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "taken"
    return process


def holder(**facts: object) -> bytes:
    return json.dumps({"processus": "1", "poste": os.uname().nodename, **facts}).encode()


def in_the_future(path: Path) -> None:
    path.write_bytes(b"")
    os.utime(path, (4_000_000_000, 4_000_000_000))


def a_folder_that_is_not_empty(path: Path) -> None:
    path.mkdir()
    (path / "x").write_bytes(b"")


def bytes_of(data: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(data)


RECOVERED: dict[str, tuple[str, Callable[[Path], object]]] = {
    "an empty object": (HOLDER, bytes_of(b"{}")),
    "empty": (HOLDER, bytes_of(b"")),
    "empty, dated in the future": (HOLDER, in_the_future),
    "a FIFO": (HOLDER, lambda path: os.mkfifo(path)),
    "a dangling link": (HOLDER, lambda path: path.symlink_to("nulle-part")),
    "a link to itself": (HOLDER, lambda path: path.symlink_to(path)),
    "a link to a device without end": (HOLDER, lambda path: path.symlink_to("/dev/zero")),
    "not UTF-8": (HOLDER, bytes_of(holder()[:-9] + b"\xe9\xff")),
    "a process that is no number": (HOLDER, bytes_of(holder(processus="²"))),
    "a process that no system has": (HOLDER, bytes_of(holder(processus="1" + "0" * 20))),
    "a process that is not text": (HOLDER, bytes_of(holder(processus=10**20))),
    "no machine": (HOLDER, bytes_of(b'{"processus": "1"}')),
    "a list": (HOLDER, bytes_of(b"[1]")),
    "deep": (HOLDER, bytes_of(b"[" * 100_000)),
    "zeros": (HOLDER, bytes_of(bytes(200))),
    "the breaking of a lock, in the future": ("verrou.bris", in_the_future),
    "the breaking of a lock, a folder": ("verrou.bris", a_folder_that_is_not_empty),
    "the system's lock, of any bytes": (SYSTEM, bytes_of(b"\xff\x00")),
    "the system's lock, a FIFO": (SYSTEM, lambda path: os.mkfifo(path)),
    "the system's lock, a dangling link": (SYSTEM, lambda path: path.symlink_to("nulle-part")),
    "the system's lock, a link to a device": (SYSTEM, lambda path: path.symlink_to("/dev/zero")),
}


@posix
@pytest.mark.parametrize("case", RECOVERED)
def test_what_stands_in_the_place_of_the_lock_is_recovered_from(tmp_path: Path, case: str) -> None:
    name, put = RECOVERED[case]
    put(tmp_path / name)

    assert taken_apart(tmp_path) == "taken"
    assert not (tmp_path / HOLDER).exists()
    assert taken_apart(tmp_path) == "taken"


@pytest.mark.parametrize("name", [HOLDER, SYSTEM, WITHOUT])
def test_a_folder_in_the_place_of_the_lock_is_named(tmp_path: Path, name: str) -> None:
    a_folder_that_is_not_empty(tmp_path / name)

    assert taken_apart(tmp_path) == (
        f"« sorties/.ctgdocs/{name} » est un dossier, et doit être un fichier : supprimez-le, "
        "puis relancez la même commande."
    )


@posix
def test_the_target_of_a_link_in_the_place_of_the_lock_is_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "à-garder"
    target.write_text("intact", "utf-8")
    (tmp_path / HOLDER).symlink_to(target)
    (tmp_path / SYSTEM).symlink_to(target)

    assert taken_apart(tmp_path) == "taken"
    assert target.read_text("utf-8") == "intact"


def test_a_second_run_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    first = a_process_that_holds(tmp_path)
    try:
        assert taken_apart(tmp_path) == (
            f"Une autre génération est en cours dans cet espace (processus {first.pid}) : "
            "attendez qu’elle se termine, puis relancez la même commande."
        )
        (tmp_path / HOLDER).write_bytes(b"{}")
        assert taken_apart(tmp_path) == (
            "Une autre génération est en cours dans cet espace : "
            "attendez qu’elle se termine, puis relancez la même commande."
        )
    finally:
        first.communicate("")
    assert taken_apart(tmp_path) == "taken"


@posix
def test_a_lock_dies_with_its_process(tmp_path: Path) -> None:
    first = a_process_that_holds(tmp_path)
    first.kill()
    first.communicate()

    assert (tmp_path / HOLDER).exists()
    with Lock(tmp_path) as lock:
        assert lock.broke_a_stale_one
    with Lock(tmp_path) as lock:
        assert not lock.broke_a_stale_one


def test_a_process_of_the_same_number_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / HOLDER).write_bytes(holder(processus=str(os.getpid())))
    with Lock(tmp_path) as lock:
        assert lock.broke_a_stale_one


def test_another_machine_is_respected_until_its_file_is_deleted(tmp_path: Path) -> None:
    (tmp_path / HOLDER).write_text('{"poste": "PC-ACCUEIL", "processus": "412"}', "utf-8")
    sentence = (
        "Une génération est en cours dans cet espace depuis le poste « PC-ACCUEIL » (processus 412). "
        "Attendez qu’elle se termine ; si ce poste s’est arrêté brutalement, "
        "supprimez le fichier sorties/.ctgdocs/verrou, puis relancez la même commande."
    )
    assert taken_apart(tmp_path) == sentence
    assert taken_apart(tmp_path) == sentence
    (tmp_path / HOLDER).unlink()
    assert taken_apart(tmp_path) == "taken"


def test_the_clock_is_the_file_system_s(tmp_path: Path) -> None:
    before = tmp_path / "avant"
    before.touch()
    with Lock(tmp_path / "etat") as lock:
        after = tmp_path / "après"
        after.touch()
        assert before.stat().st_mtime_ns <= lock.clock <= after.stat().st_mtime_ns


@posix
@pytest.mark.parametrize("why", [errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP])
def test_a_share_without_locks_still_lets_one_run_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, why: int
) -> None:
    import fcntl

    def refused(handle: int, operation: int) -> None:
        raise OSError(why, os.strerror(why))

    monkeypatch.setattr(fcntl, "flock", refused)
    with Lock(tmp_path), pytest.raises(WritingError, match=r"est en cours .*/verrou\.partage"):
        Lock(tmp_path).__enter__()
    with Lock(tmp_path):
        assert (tmp_path / WITHOUT).exists()
    assert not (tmp_path / WITHOUT).exists()


@posix
def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "sorties").write_bytes(b"")
    with pytest.raises(WritingError, match="Le dossier « sorties » n’est pas modifiable"):
        Lock(tmp_path / "sorties" / ".ctgdocs").__enter__()
