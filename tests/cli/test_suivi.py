"""The follow-up board from the command line: a workbook that is never written over another."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from builders import a_project
from openpyxl import load_workbook

from ctgdocs.cli.main import main

CONVENTION = """
    type: ctg
    titre: Convention territoriale globale
    parties: [{collectivite: oui}, {nom: Caf}]
    articles: [{titre: Objet, texte: Texte.}]
    plan:
      axes:
        - {titre: Jeunesse, actions: [{titre: Conseil des jeunes, cout: 1 200, avancement: en cours}]}
"""
WITHOUT_PLAN = CONVENTION[: CONVENTION.index("    plan:")]


@pytest.fixture(autouse=True)
def _workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a_project(
        tmp_path, {"conventions/ctg.yaml": CONVENTION, "conventions/vide.yaml": WITHOUT_PLAN}, acts=False
    )
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("named", ["ctg", "conventions/ctg", "content/conventions/ctg.yaml"])
def test_the_board_is_written_beside_the_agent(tmp_path: Path, named: str) -> None:
    assert main(["suivi", named]) == 0
    page = load_workbook(io.BytesIO((tmp_path / "suivi-ctg.xlsx").read_bytes())).active
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    said = dict(zip(rows[0], rows[1], strict=True))
    assert (said["Axe"], said["N°"], said["Action"]) == ("Jeunesse", "1.1", "Conseil des jeunes")
    assert (said["Coût"], said["Avancement"]) == (1200, "en cours")


def test_a_board_that_exists_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    board = tmp_path / "tableau.xlsx"
    board.write_bytes(b"le mien")
    assert main(["suivi", "ctg", "-o", str(board)]) == 2
    assert board.read_bytes() == b"le mien"
    assert "existe déjà" in capsys.readouterr().err
    assert main(["suivi", "ctg", "-o", str(board), "--remplacer"]) == 0
    assert board.read_bytes() != b"le mien"


@pytest.mark.parametrize(
    ("named", "sentence"),
    [("ctx", "vouliez-vous dire « ctg »"), ("vide", "n’a pas de plan d’actions")],
)
def test_what_cannot_be_done_is_said(named: str, sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["suivi", named]) == 2
    assert sentence in capsys.readouterr().err.replace("\u00a0", " ")
