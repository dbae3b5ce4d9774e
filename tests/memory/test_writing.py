"""A file is the old one or the new one; nothing is followed, and nobody's file gives way unseen."""

from __future__ import annotations

import errno
import os
import socket
from pathlib import Path

import pytest

from ctgdocs.files import NotAFile, is_file, opened, read_file
from ctgdocs.memory.writing import NotWritten, Output, add_trace, keep_in_history, sweep, write, write_all

posix = pytest.mark.skipif(os.name == "nt", reason="links and FIFOs need a privilege on Windows")


def everything(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def test_a_file_is_written_whole_and_its_stat_told(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "acte.docx"
    for data in (b"un", b"", b"deux" * 100_000):
        stat = write(path, data)
        assert path.read_bytes() == data
        assert (stat.st_size, stat.st_mtime_ns) == (path.stat().st_size, path.stat().st_mtime_ns)
    assert everything(tmp_path) == {"a", "a/b", "a/b/acte.docx"}


def test_files_written_together_stand_for_themselves(tmp_path: Path) -> None:
    (tmp_path / "2.docx").mkdir()
    outputs = [Output(str(tmp_path / f"{number}.docx"), b"%d" % number) for number in range(5)]

    results = write_all(outputs)

    assert [isinstance(result, NotWritten) for result in results] == [False, False, True, False, False]
    assert everything(tmp_path) == {f"{number}.docx" for number in range(5)}
    assert all((tmp_path / f"{number}.docx").read_bytes() == b"%d" % number for number in (0, 1, 3, 4))
    assert isinstance(results[2], NotWritten)
    assert str(results[2]) == (
        "« 2.docx » n’a pas été écrit : un dossier et un fichier portent le même nom. "
        "Renommez ce qui se trouve à cet endroit, puis relancez la même commande."
    )


@pytest.mark.parametrize("at", [0, 1])
def test_an_interruption_leaves_the_old_files_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    paths = [tmp_path / "a.docx", tmp_path / "b.docx"]
    for path in paths:
        path.write_bytes(b"ancien")
    real, calls = os.replace, iter(range(2))

    def interrupted(source: str, target: str) -> None:
        if next(calls) == at:
            raise KeyboardInterrupt
        real(source, target)

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_all([Output(str(path), b"nouveau") for path in paths])
    assert [path.read_bytes() for path in paths] == [b"nouveau"] * at + [b"ancien"] * (2 - at)
    assert everything(tmp_path) == {"a.docx", "b.docx"}


@pytest.mark.parametrize(
    ("error", "said", "full"),
    [
        (OSError(errno.ENOSPC, "No space left"), "le disque est plein : « acte.docx »", True),
        (OSError(errno.EDQUOT, "Quota"), "le disque est plein : « acte.docx »", True),
        (PermissionError(13, "Denied"), "le dossier « actes » n’est pas modifiable", False),
        (OSError(errno.EROFS, "Read-only"), "le dossier « actes » n’est pas modifiable", False),
        (OSError(5, "Input/output error"), "le système a répondu « Input/output error »", False),
    ],
)
def test_a_disk_that_refuses_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, said: str, full: bool
) -> None:
    path = tmp_path / "actes" / "acte.docx"
    write(path, b"ancien")

    def refused(handle: int) -> None:
        raise error

    monkeypatch.setattr(os, "fsync", refused)
    with pytest.raises(NotWritten, match=said) as caught:
        write(path, b"nouveau")
    assert caught.value.disk_full is full
    assert everything(tmp_path) == {"actes", "actes/acte.docx"}
    assert path.read_bytes() == b"ancien"


@pytest.mark.parametrize("code", [errno.EINVAL, errno.ENOTSUP, errno.ENOSYS])
def test_a_share_that_cannot_force_a_file_to_its_disk_is_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def unknown(handle: int) -> None:
        raise OSError(code, "?")

    monkeypatch.setattr(os, "fsync", unknown)
    write(tmp_path / "acte.docx", b"nouveau")
    assert everything(tmp_path) == {"acte.docx"}
    assert (tmp_path / "acte.docx").read_bytes() == b"nouveau"


# --- whose place is taken -----------------------------------------------------------------------------


@pytest.mark.parametrize("there", [b"ancien", None])
@pytest.mark.parametrize("answer", [True, False])
def test_what_is_really_there_is_shown_before_it_is_replaced(
    tmp_path: Path, there: bytes | None, answer: bool
) -> None:
    path = tmp_path / "acte.docx"
    if there is not None:
        path.write_bytes(there)
    seen: list[bytes | None] = []

    def look(found: bytes | None) -> bool:
        seen.append(found)
        return answer

    (result,) = write_all([Output(str(path), b"nouveau", gives_way=look)])

    assert seen == [there]
    if answer:
        assert path.read_bytes() == b"nouveau"
    else:
        assert isinstance(result, NotWritten)
        assert result.changed
        assert (path.read_bytes() if path.exists() else None) == there
    assert everything(tmp_path) <= {"acte.docx"}


@pytest.mark.parametrize("links", [True, False])
def test_a_new_file_takes_nobody_s_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    if not links:

        def none(source: str, target: str) -> None:
            raise OSError(errno.EPERM, "no hard links here")

        monkeypatch.setattr(os, "link", none)
    path = tmp_path / "acte.yaml"
    write(path, b"premier", new=True)
    with pytest.raises(NotWritten, match="existe déjà : rien n’a été touché") as caught:
        write(path, b"second", new=True)
    assert caught.value.changed
    assert path.read_bytes() == b"premier"
    assert everything(tmp_path) == {"acte.yaml"}


@posix
@pytest.mark.parametrize("target", ["ailleurs.docx", "nulle-part.docx", "/dev/null", "acte.docx"])
def test_a_link_gives_way_and_its_target_is_left_alone(tmp_path: Path, target: str) -> None:
    (tmp_path / "ailleurs.docx").write_bytes(b"ailleurs")
    path = tmp_path / "acte.docx"
    path.symlink_to(target)

    write(path, b"nouveau")

    assert not path.is_symlink()
    assert path.read_bytes() == b"nouveau"
    assert (tmp_path / "ailleurs.docx").read_bytes() == b"ailleurs"
    assert not (tmp_path / "nulle-part.docx").exists()


@posix
def test_a_linked_folder_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "partage").mkdir()
    (tmp_path / "sorties").mkdir()
    (tmp_path / "sorties" / "deliberations").symlink_to(tmp_path / "partage")

    write(tmp_path / "sorties" / "deliberations" / "acte.docx", b"acte")

    assert (tmp_path / "partage" / "acte.docx").read_bytes() == b"acte"
    assert (tmp_path / "sorties" / "deliberations").is_symlink()
    (tmp_path / "partage" / ".ctgdocs-1.tmp").touch()
    (tmp_path / "sorties" / ".ctgdocs-2.tmp").touch()
    sweep(tmp_path / "sorties")
    assert everything(tmp_path / "partage") == {"acte.docx"}
    assert everything(tmp_path / "sorties") == {"deliberations"}


@posix
def test_a_fifo_in_the_place_of_an_output_is_named_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "acte.docx"
    os.mkfifo(path)
    with pytest.raises(NotWritten, match=r"« acte\.docx » n’a pas été écrit : .* n’est pas un fichier"):
        write(path, b"nouveau")
    assert path.is_fifo()


@posix
def test_traces_are_added_to_a_file_and_the_oldest_go(tmp_path: Path) -> None:
    path, elsewhere = tmp_path / "erreurs.txt", tmp_path / "ailleurs"
    elsewhere.write_text("intact\n", "utf-8")
    path.symlink_to(elsewhere)
    for number in range(3):
        add_trace(path, f"{number} é \udce9 {'x' * 400_000}\n")
    kept = path.read_bytes()
    assert len(kept) == 1_000_000
    assert kept.endswith(b"x\n")
    assert rb"2 \xc3\xa9 \udce9 x".replace(rb"\xc3\xa9", "é".encode()) in kept
    assert b"intact" not in kept
    assert elsewhere.read_text("utf-8") == "intact\n"
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(NotWritten, match="n’est pas un fichier"):
        add_trace(path, "x")


# --- what is opened -----------------------------------------------------------------------------------


def a_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        here = Path.cwd()
        os.chdir(path.parent)  # the address of a socket is short
        server.bind(path.name)
        os.chdir(here)


@posix
@pytest.mark.parametrize(
    "put",
    [
        lambda path: os.mkfifo(path),
        lambda path: path.mkdir(),
        lambda path: path.symlink_to("/dev/zero"),
        lambda path: path.symlink_to(path.parent),
        lambda path: path.symlink_to(path),
        lambda path: path.symlink_to("nulle-part"),
        a_socket,
    ],
    ids=["fifo", "folder", "device", "linked folder", "circle", "dangling", "socket"],
)
def test_only_regular_files_are_opened(tmp_path: Path, put) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "elus.yaml"
    put(path)
    assert not is_file(path)
    with pytest.raises(OSError, match=r"elus\.yaml"):
        read_file(path)


def test_a_folder_says_what_it_is_not(tmp_path: Path) -> None:
    with pytest.raises(NotAFile) as caught, opened(tmp_path):
        raise AssertionError
    assert caught.value.strerror == "ce n’est pas un fichier ordinaire"


def test_a_regular_file_is_read_through_its_link(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"a" * 300_000)
    assert read_file(tmp_path / "a") == b"a" * 300_000
    if os.name != "nt":
        (tmp_path / "b").symlink_to("a")
        assert is_file(tmp_path / "b")
        assert read_file(tmp_path / "b") == b"a" * 300_000


# --- what someone edited ------------------------------------------------------------------------------


def test_history_keeps_every_version_once(tmp_path: Path) -> None:
    edited, history = tmp_path / "acte.docx", tmp_path / "historique"
    kept = []
    for data in (b"un", b"deux", b"un"):
        edited.write_bytes(data)
        kept.append(keep_in_history(edited, history))
        assert edited.read_bytes() == data
    assert kept[0] == kept[2]
    assert [path.read_bytes() for path in kept] == [b"un", b"deux", b"un"]
    assert len(everything(history)) == 2
    edited.write_bytes(b"trois")
    assert kept[1].read_bytes() == b"deux"


def test_what_a_killed_command_left_in_a_folder_goes_with_a_later_write_there(tmp_path: Path) -> None:
    old, young = tmp_path / ".ctgdocs-0a.tmp", tmp_path / ".ctgdocs-0b.tmp"
    for leftover in (old, young, tmp_path / "autre.tmp"):
        leftover.write_bytes(b"x")
    os.utime(old, (1_700_000_000, 1_700_000_000))
    write(tmp_path / "a.yaml", b"a")
    assert sorted(path.name for path in tmp_path.iterdir()) == [young.name, "a.yaml", "autre.tmp"]
