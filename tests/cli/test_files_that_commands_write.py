"""Every file a command writes is whole or is the old one, and no link leads a command out of its way."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from builders import a_project

from ctgdocs.cli.main import main

CONVENTION = """
    type: ctg
    titre: Convention territoriale globale
    parties: [{collectivite: oui}, {nom: Caf}]
    debut: 2027-01-01
    fin: 2031-12-31
    articles: [{titre: Objet, texte: Texte.}]
    plan:
      axes:
        - {titre: Jeunesse, actions: [{titre: Conseil des jeunes, cout: 1 200, avancement: en cours}]}
"""
POST = "content/fiches_de_poste/relais.yaml"
AGAIN = {
    "suivi": (["suivi", "ctg", "-o", "la.xlsx", "--remplacer"], "la.xlsx"),
    "comparer": (["comparer", "2026-045", "2026-046", "-o", "la.docx", "--remplacer"], "la.docx"),
    "echeances": (["echeances", "--ics", "la.ics"], "la.ics"),
}
ONCE = {
    "suivi": (["suivi", "ctg", "-o", "la.xlsx"], "la.xlsx"),
    "nouveau": (["nouveau", "deliberation", "2026-099"], "content/deliberations/2026-099.yaml"),
    "importer": (["importer", "offre.txt", "--genre", "offre", "-o", "relais"], POST),
    "renouveler": (["renouveler", "ctg", "--id", "ctg-suivante"], "content/conventions/ctg-suivante.yaml"),
}
posix = pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")


@pytest.fixture(autouse=True)
def _workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a_project(tmp_path, {"conventions/ctg.yaml": CONVENTION})
    (tmp_path / "offre.txt").write_text("Animateur du relais (h/f)\n", "utf-8")
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("command", AGAIN)
def test_a_full_disk_leaves_the_old_file(command: str, monkeypatch: pytest.MonkeyPatch, capsys) -> None:  # type: ignore[no-untyped-def]
    arguments, name = AGAIN[command]
    Path(name).write_bytes(b"l'ancien")

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        assert main(arguments) == 1
    said = capsys.readouterr().err.replace("\u00a0", " ")
    assert f"le disque est plein : « {name} » n’a pas été écrit" in said
    assert Path(name).read_bytes() == b"l'ancien"
    assert main(arguments) == 0
    assert Path(name).read_bytes() != b"l'ancien"
    assert not list(Path().glob(".ctgdocs-*"))


@posix
@pytest.mark.parametrize("command", AGAIN)
def test_a_link_gives_way_and_its_target_is_left_alone(command: str) -> None:
    arguments, name = AGAIN[command]
    Path("ailleurs").write_bytes(b"intact")
    Path(name).symlink_to("ailleurs")
    assert main(arguments) == 0
    assert Path("ailleurs").read_bytes() == b"intact"
    assert not Path(name).is_symlink()


@posix
@pytest.mark.parametrize("command", ONCE)
def test_a_link_that_leads_nowhere_is_already_there(command: str, capsys) -> None:  # type: ignore[no-untyped-def]
    arguments, name = ONCE[command]
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).symlink_to("/tmp/nulle-part-du-tout")
    assert main(arguments) == 2
    assert "existe déjà : rien n’a été touché" in capsys.readouterr().err.replace("\u00a0", " ")
    assert Path(name).is_symlink()
    Path(name).unlink()
    assert main(arguments) == 0
    assert Path(name).is_file()
    assert main(arguments) == 2
