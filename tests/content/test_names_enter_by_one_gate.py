"""What stands in content/ and cannot be read is named by every command, and stops no other document."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from builders import a_project, outputs
from running import command

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links, FIFOs and such names are not Windows's")
PATIENCE = 60
NAMED = {
    r"content/deliberations/d\xe9lib.yaml : ce nom n’est pas écrit en UTF-8",
    r"content/deliberations/a\nb.yaml : ce nom contient un retour à la ligne",
    "content/deliberations/2030-001.yaml : ce n’est pas un fichier",
    "content/boucle.yaml : ce lien tourne en rond",
    "content/instances/dehors.yaml : ce lien mène hors de l’espace de travail",
    "content/seances/dossier.yaml : c’est un dossier, qui porte un nom de fichier",
    "content/tout : ce dossier est un lien",
}


def ran(root: Path, *arguments: str) -> tuple[int, str]:
    code, *said = command(root, *arguments, patience=PATIENCE)
    assert "pas prévu" not in "".join(said)
    return code, "".join(said)


def test_every_command_names_them_and_the_other_documents_are_made(tmp_path: Path) -> None:
    clean = a_project(tmp_path / "propre")
    assert ran(clean.root, "generer")[0] == 0
    project = a_project(tmp_path / "espace")
    content = project.content
    (content / os.fsdecode(b"deliberations/d\xe9lib.yaml")).touch()
    (content / "deliberations/a\nb.yaml").touch()
    os.mkfifo(content / "deliberations/2030-001.yaml")
    (content / "boucle.yaml").symlink_to("boucle.yaml")
    (content / "instances/dehors.yaml").symlink_to("/etc/hostname")
    (content / "seances/dossier.yaml").mkdir()
    (content / "tout").symlink_to("..")

    for words in ("generer", "generer", "verifier", "generer --a-blanc", "etat --pourquoi"):
        code, said = ran(project.root, *words.split())
        assert code == (0 if words.startswith("etat") else 1), words
        assert [one for one in NAMED if said.count(one) != 1] == [], words
    assert outputs(project) == outputs(clean)
    assert "3 documents : 3 à jour." in ran(project.root, "etat")[1]
    assert ran(project.root, "nettoyer")[0] == 0
    assert outputs(project) == outputs(clean)


@pytest.mark.parametrize("name", ["elus.yaml", "collectivite.yaml", "instances/conseil-communautaire.yaml"])
@pytest.mark.parametrize("what", ["fifo", "folder"])
def test_a_registry_that_is_no_file_is_named_and_nothing_waits(tmp_path: Path, name: str, what: str) -> None:
    project = a_project(tmp_path)
    path = project.content / name
    path.unlink()
    os.mkfifo(path) if what == "fifo" else path.mkdir()

    for words in ("generer", "verifier", "etat --pourquoi"):
        code, said = ran(project.root, *words.split())
        assert code == 1, words
        assert f"[fichier] content/{name} : " in said, words
