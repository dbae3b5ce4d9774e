"""A FIFO, a device, a folder or a link in the place of any file of a workspace: a sentence, never a wait."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from builders import a_project, an_act, edit_by_hand, output, outputs
from running import command

from ctgdocs.project import Project

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links, FIFOs and devices are not Windows's")
PATIENCE = 60
WITH_A_TABLE = an_act() + "tableaux: {budget: {titre: Budget, fichier: budget.csv}}\n"


def ran(root: Path, words: str) -> tuple[int, str]:
    code, *said = command(root, *words.split(), patience=PATIENCE)
    assert "pas prévu" not in "".join(said), said
    return code, "".join(said)


def link(target: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


INSTEAD: dict[str, Callable[[Path], None]] = {
    "a FIFO": os.mkfifo,
    "a folder": Path.mkdir,
    "a device without end": link("/dev/zero"),
    "a link to itself": lambda path: path.symlink_to(path.name),
}
INPUTS = {
    "templates/charte.docx": 3,
    "templates/deliberations/deliberation.docx": 3,
    "content/deliberations/budget.csv": 1,
    "content/elus.yaml": 3,
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("espace")
    project = a_project(root, {"deliberations/2026-045.yaml": WITH_A_TABLE})
    (root / "content/deliberations/budget.csv").write_text("Poste;Montant\nRepas;100\n", "utf-8")
    code, said = ran(root, "generer")
    assert (code, len(outputs(project))) == (0, 3), said
    return root


def a_copy(made: Path, root: Path) -> Project:
    subprocess.run(["cp", "-a", f"{made}/.", str(root)], check=True)
    return Project(root)


@pytest.mark.parametrize("what", INSTEAD)
@pytest.mark.parametrize("name", INPUTS)
def test_in_the_place_of_what_is_read(made: Path, tmp_path: Path, name: str, what: str) -> None:
    project = a_copy(made, tmp_path)
    before = outputs(project)
    (tmp_path / name).unlink()
    INSTEAD[what](tmp_path / name)

    code, said = ran(tmp_path, "generer")

    assert code == 1
    assert Path(name).name in said
    assert f"{INPUTS[name]} en erreur" in said
    assert outputs(project) == before
    all_or_one = "" if what == "a FIFO" else f" {name}"
    lint = (f"modeles verifier{all_or_one}",) if name.startswith("templates/") else ()
    for words in ("etat --pourquoi", "generer --a-blanc", "verifier", "modeles", *lint):
        ran(tmp_path, words)


@pytest.mark.parametrize("what", INSTEAD)
def test_in_the_place_of_an_output(made: Path, tmp_path: Path, what: str) -> None:
    """A link gives way; what may be somebody's stays, and is named."""
    project = a_copy(made, tmp_path)
    path = output(project, "2026-046")
    before = path.read_bytes()
    path.unlink()
    INSTEAD[what](path)
    for words in ("etat", "etat --pourquoi", "generer --a-blanc"):
        ran(tmp_path, words)

    code, said = ran(tmp_path, "generer")

    if what in ("a FIFO", "a folder"):
        assert (code, path.exists(), path.is_file()) == (1, True, False)
        assert path.name in said
    else:
        assert code == 0
        assert not path.is_symlink()
        assert path.read_bytes() == before
    ran(tmp_path, "nettoyer")


@pytest.mark.parametrize("what", INSTEAD)
@pytest.mark.parametrize("name", ["verrou", "verrou.systeme", "verrou.partage"])
def test_in_the_place_of_the_lock(made: Path, tmp_path: Path, name: str, what: str) -> None:
    a_copy(made, tmp_path)
    path = tmp_path / "sorties/.ctgdocs" / name
    path.unlink(missing_ok=True)
    INSTEAD[what](path)

    code, said = ran(tmp_path, "generer --forcer")

    if what == "a folder":
        assert code == 1
        assert f"« sorties/.ctgdocs/{name} » est un dossier" in said
    else:
        assert code == 0
        assert not (tmp_path / "sorties/.ctgdocs/verrou").exists()


def test_a_linked_folder_of_sorties_works_as_any_other(made: Path, tmp_path: Path) -> None:
    """What tools that share files do to it."""
    (tmp_path / "espace").mkdir()
    project = a_copy(made, tmp_path / "espace")
    folder, shared = project.sorties / "deliberations", tmp_path / "partage"
    folder.rename(shared)
    folder.symlink_to(shared)
    before = outputs(project)

    for _ in range(2):
        code, said = ran(project.root, "generer")
        assert (code, "gardé" in said) == (0, False), said
    assert ran(project.root, "etat")[0] == 0
    elus = project.content / "elus.yaml"
    elus.write_text(elus.read_text("utf-8").replace("nom: Durand", "nom: Martel"), "utf-8")
    code, said = ran(project.root, "generer")
    assert (code, "3 écrits" in said) == (0, True), said
    assert all(data != before[path] for path, data in outputs(project).items())
    assert len(list(shared.iterdir())) == 3
    assert folder.is_symlink()
    edited = output(project, "2026-045")
    by_hand = edit_by_hand(edited)
    elus.write_text(elus.read_text("utf-8").replace("nom: Martel", "nom: Durand"), "utf-8")
    code, said = ran(project.root, "generer")
    assert "gardé tel quel" in said
    assert edited.read_bytes() == by_hand


def test_a_linked_folder_of_sorties_that_turns_in_circles(made: Path, tmp_path: Path) -> None:
    project = a_copy(made, tmp_path)
    (project.sorties / "boucle").symlink_to("..")
    (project.sorties / "elle-meme").symlink_to("elle-meme")
    (project.sorties / "deliberations" / "retour").symlink_to("..")
    assert ran(tmp_path, "generer")[0] == 0
    assert ran(tmp_path, "etat")[0] == 0
    assert ran(tmp_path, "nettoyer")[0] == 0
    assert len(list((project.sorties / "deliberations").glob("*.docx"))) == 3


def test_what_appears_and_goes_again_is_seen_by_the_next_run(made: Path, tmp_path: Path) -> None:
    """A link that leads nowhere has no stat of its own, and is a change all the same."""
    a_copy(made, tmp_path)
    assert ran(tmp_path, "generer")[0] == 0
    stray = tmp_path / "content/boucle.yaml"
    stray.symlink_to("boucle.yaml")
    for _ in range(2):
        code, said = ran(tmp_path, "generer")
        assert (code, "content/boucle.yaml : ce lien tourne en rond" in said) == (1, True)
    stray.unlink()
    assert ran(tmp_path, "generer")[0] == 0
