"""The workspace: found from any folder inside it, and nothing outside it."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ctgdocs.findings import Place, Severity, UsageError
from ctgdocs.project import Project

DEEP = 1500
posix = pytest.mark.skipif(os.name == "nt", reason="links and FIFOs need a privilege on Windows")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "mon espace été"
    (root / "content/deliberations").mkdir(parents=True)
    (root / "content/collectivite.yaml").write_text("nom: x\n")
    return root.resolve()


def test_a_workspace_is_found_from_any_folder_inside(root: Path) -> None:
    assert Project.find(root).root == root
    assert Project.find(root / "content/deliberations").root == root


def test_outside_a_workspace_the_sentence_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="ctgdocs initialiser"):
        Project.find(tmp_path)


def test_paths_are_named_from_the_root_with_slashes(root: Path) -> None:
    project = Project(root)
    assert project.relative(root / "content" / "elus.yaml") == "content/elus.yaml"
    assert project.relative("content/../content/elus.yaml") == "content/elus.yaml"
    assert ".." not in project.relative("../ailleurs.yaml")
    assert project.state_dir == root / "sorties" / ".ctgdocs"


def test_a_workspace_holds_only_what_is_inside(root: Path) -> None:
    project = Project(root)
    assert project.holds("content/elus.yaml")
    assert not project.holds("../x")
    assert not project.holds(f"{root}-bis/x")


def test_content_files_are_listed_in_order(root: Path) -> None:
    names = ("b.yaml", "a.yml", "deliberations/2026-045.yaml", "deliberations/a/1.YAML", "e.yaml", "note.txt")
    for name in (*names, "~$b.yaml", ".x.yaml", ".schemas/x.yaml"):
        (root / "content" / name).parent.mkdir(exist_ok=True)
        (root / "content" / name).write_text("a: 1\n")
    assert Project(root).content_files() == (
        [
            "content/a.yml",
            "content/b.yaml",
            "content/collectivite.yaml",
            "content/deliberations/2026-045.yaml",
            "content/deliberations/a/1.YAML",
            "content/e.yaml",
        ],
        [],
        ["content/note.txt"],
    )


@pytest.fixture
def deep(root: Path) -> Iterator[Path]:
    """A workspace whose content/ is deeper than Python's own recursion, and than what it can remove."""
    here = Path.cwd()
    os.chdir(root / "content")
    for _ in range(DEEP):
        Path("d").mkdir()
        os.chdir("d")
    os.chdir(here)
    yield root
    os.chdir(root / "content")
    for _ in range(DEEP):
        os.chdir("d")
    for _ in range(DEEP):
        os.chdir("..")
        Path("d").rmdir()
    os.chdir(here)


def test_folders_within_folders_have_no_end_but_the_system_s(deep: Path) -> None:
    listing = Project(deep).content_files()
    assert listing.paths == ["content/collectivite.yaml"]
    assert all(finding.code == "fichier" for finding in listing.findings)


# --- the gate: what does not pass is named ------------------------------------------------------------


def link(target: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


def a_socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the address of a socket is short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path.name)
    os.chdir(here)


STRAYS: dict[str, tuple[bytes, Callable[[Path], None], str]] = {
    "a name of an old Windows": (b"d\xe9lib.yaml", Path.touch, "ce nom n’est pas écrit en UTF-8"),
    "a folder of an old Windows": (b"d\xe9libs", Path.mkdir, "ce nom n’est pas écrit en UTF-8"),
    "a name of two lines": (b"a\nb.yaml", Path.touch, "ce nom contient un retour à la ligne"),
    "a name that paints the screen": ("\x1b[31mé.yaml".encode(), Path.touch, "qui ne se voit pas"),
    "a link out": (b"x.yaml", link("../../dehors.yaml"), "ce lien mène hors de l’espace"),
    "a linked folder out": (b"partage", link("../.."), "ce lien mène hors de l’espace"),
    "a link to a device": (b"x.yaml", link("/dev/zero"), "ce lien mène hors de l’espace"),
    "a link to itself": (b"x.yaml", link("x.yaml"), "ce lien tourne en rond"),
    "a link to nothing": (b"x.yaml", link("y.yaml"), "ce lien ne mène à aucun fichier"),
    "a folder that is not mounted": (b"partage", link("nulle-part"), "ce lien ne mène à aucun fichier"),
    "a linked folder in a circle": (b"boucle", link("."), "ce dossier est un lien"),
    "a linked folder as a file": (b"x.yaml", link("."), "ce dossier est un lien"),
    "a FIFO": (b"x.yaml", os.mkfifo, "ce n’est pas un fichier"),
    "a link to a FIFO": (b"x.yaml", link("tuyau"), "ce n’est pas un fichier"),
    "a socket": (b"x.yaml", a_socket, "ce n’est pas un fichier"),
    "a folder": (b"x.yaml", Path.mkdir, "c’est un dossier, qui porte un nom de fichier"),
}
SHOWN = {
    b"d\xe9lib.yaml": r"d\xe9lib.yaml",
    b"d\xe9libs": r"d\xe9libs",
    b"a\nb.yaml": r"a\nb.yaml",
    "\x1b[31mé.yaml".encode(): r"\x1b[31mé.yaml",
}


@posix
@pytest.mark.parametrize("case", STRAYS)
def test_what_is_not_read_is_named(root: Path, case: str) -> None:
    name, put, words = STRAYS[case]
    (root / "content/a.yaml").write_text("a: 1\n")
    (root.parent / "dehors.yaml").write_text("a: 1\n")
    os.mkfifo(root / "content/tuyau")
    put(root / "content" / os.fsdecode(name))

    listing = Project(root).content_files()

    (finding,) = listing.findings
    assert words in finding.message
    assert finding.blocking
    assert finding.hints
    assert finding.place == Place(f"content/{SHOWN.get(name, name.decode('utf-8', 'replace'))}")
    assert listing.paths == ["content/a.yaml", "content/collectivite.yaml"]


@posix
def test_a_link_to_a_file_of_the_workspace_is_a_file(root: Path) -> None:
    (root / "commun.yaml").write_text("a: 1\n")
    (root / "content/elus.yaml").symlink_to("../commun.yaml")
    assert Project(root).content_files() == (["content/collectivite.yaml", "content/elus.yaml"], [], [])


@posix
def test_what_no_content_would_be_is_nobody_s_business(root: Path) -> None:
    """But a name that cannot be said is: a content file may be looking for that one."""
    (root / "content/plan.pdf").symlink_to("/dev/zero")
    os.mkfifo(root / "content/tuyau")
    (root / "content" / os.fsdecode(b"plan d'\xe9t\xe9.xlsx")).touch()
    (finding,) = Project(root).content_files().findings
    assert (finding.severity, finding.place.file) == (Severity.ALERTE, r"content/plan d'\xe9t\xe9.xlsx")


def test_a_closed_folder_is_named(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.scandir

    def closed(folder: str):  # type: ignore[no-untyped-def]
        if folder.endswith("deliberations"):
            raise PermissionError(13, "Permission denied")
        return real(folder)

    monkeypatch.setattr(os, "scandir", closed)
    (finding,) = Project(root).content_files().findings
    assert finding.place.file == "content/deliberations"
    assert finding.message == "ce dossier ne peut pas être lu (Permission denied)"
