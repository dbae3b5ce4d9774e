"""`ctgdocs importer`: one file written, never over another one, and what to do next."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import a_project

from ctgdocs.cli.main import main

OFFER = """\
Animateur du relais (h/f)
Lieu de travail : Esparnac
RELATIONS FONCTIONELLES
- Les familles
"""


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = a_project(tmp_path / "espace").root
    (root / "offre.txt").write_text(OFFER, encoding="utf-8")
    monkeypatch.chdir(root)
    return root


def test_a_content_file_is_proposed_and_can_be_verified(workspace: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    assert main(["importer", "offre.txt"]) == 0
    text = (workspace / "content/fiches_de_poste/animateur-du-relais-h-f.yaml").read_text("utf-8")
    assert "intitule: Animateur du relais (h/f)" in text
    said = capsys.readouterr().out.replace("\u00a0", " ")
    assert "1 ligne à relire : cherchez « à vérifier » dans le fichier." in said
    assert main(["verifier", "fiches_de_poste/animateur-du-relais-h-f"]) == 0


def test_a_file_that_exists_is_never_touched(workspace: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    assert main(["importer", "offre.txt", "-o", "relais"]) == 0
    path = workspace / "content/fiches_de_poste/relais.yaml"
    path.write_text("intitule: le mien\n", encoding="utf-8")
    assert main(["importer", "offre.txt", "-o", "relais"]) == 2
    assert path.read_text("utf-8") == "intitule: le mien\n"
    assert "existe déjà" in capsys.readouterr().err


def test_the_agent_s_identity_is_set_aside(workspace: Path) -> None:
    (workspace / "offre.txt").write_text(f"{OFFER}Date de naissance : 12/03/1985\n", encoding="utf-8")
    assert main(["importer", "offre.txt", "-o", "relais"]) == 0
    assert "1985" in (workspace / "content/agents/relais.yaml").read_text("utf-8")
    path = workspace / "content/fiches_de_poste/relais.yaml"
    shared = path.read_text("utf-8")
    path.unlink()  # as a command that was stopped leaves it
    assert main(["importer", "offre.txt", "-o", "relais"]) == 0
    assert path.read_text("utf-8") == shared
    assert main(["importer", "offre.txt", "-o", "relais"]) == 2
    assert "1985" not in shared
    assert "agent: relais" in shared


@pytest.mark.parametrize("arguments", [["absent.txt"], ["offre.txt", "-o", "../ailleurs"], ["content"]])
def test_what_cannot_be_done_is_said(workspace: Path, capsys, arguments: list[str]) -> None:  # type: ignore[no-untyped-def]
    assert main(["importer", *arguments]) == 2
    assert capsys.readouterr().err.startswith("Erreur")


def test_what_the_file_is_is_said_and_a_dry_run_writes_nothing(workspace: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    before = sorted(workspace.rglob("*.yaml"))
    assert main(["importer", "offre.txt", "--a-blanc"]) == 0
    said = capsys.readouterr().out.replace("\u00a0", " ")
    assert "« offre.txt » est une offre d’emploi." in said
    assert "intitule: Animateur du relais (h/f)" in said
    assert sorted(workspace.rglob("*.yaml")) == before


def test_a_file_that_nothing_recognises_is_asked_about(workspace: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    (workspace / "notes.txt").write_text("Penser aux clés.\nAppeler Inès.\n", encoding="utf-8")
    assert main(["importer", "notes.txt"]) == 2
    assert "dites ce qu’il est avec --genre" in capsys.readouterr().err.replace("\u00a0", " ")
    assert main(["importer", "notes.txt", "--genre", "fiche_de_poste", "-o", "cles"]) == 0
