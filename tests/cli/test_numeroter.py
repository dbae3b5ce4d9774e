"""`ctgdocs numeroter`: provisional numbers, then given once and for all, whatever becomes of the act."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import change, write
from world import a_workspace

from ctgdocs.cli.main import main
from ctgdocs.memory.lock import Lock

SEANCE = """\
instance: conseil-communautaire
date: 2026-12-10
heure: 18h30
lieu: siège
convocation: 2026-12-03
ordre_du_jour:
  - Arrêt du procès-verbal   # le précédent
  - tarifs-creche
  - aide-bafa
"""
ACT = "seance: 2026-12-10   # dite\nobjet: Objet\ndecisions: [d’approuver]\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    a_workspace(tmp_path)
    write(tmp_path, "content/seances/2026-12-10.yaml", SEANCE)
    for name in ("tarifs-creche", "aide-bafa", "soutien-parents"):
        write(tmp_path, f"content/deliberations/{name}.yaml", ACT)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def text(folder: Path, name: str) -> str:
    return (folder / "content" / name).read_text("utf-8")


def test_a_rehearsal_writes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["numeroter", "2026-12-10", "--a-blanc"]) == 0

    assert "2026-046  Objet (nouveau)" in capsys.readouterr().out
    assert text(folder, "seances/2026-12-10.yaml") == SEANCE
    assert not (folder / "content/numeros.yaml").exists()


def test_each_act_gets_the_next_number_and_nothing_else_moves(folder: Path) -> None:
    assert main(["numeroter", "10/12/2026"]) == 0

    assert text(folder, "seances/2026-12-10.yaml") == (
        SEANCE.replace("tarifs-creche", "2026-046").replace("aide-bafa", "2026-047")
    )
    assert text(folder, "deliberations/aide-bafa.yaml") == ACT.replace("objet:", "numero: 2026-047\nobjet:")
    frozen = {path: path.read_bytes() for path in folder.rglob("content/**/*.yaml")}
    assert main(["numeroter", "2026-12-10"]) == 0
    assert {path: path.read_bytes() for path in folder.rglob("content/**/*.yaml")} == frozen


def test_the_number_of_a_deleted_act_is_never_given_again(folder: Path) -> None:
    main(["numeroter", "2026-12-10"])
    (folder / "content/deliberations/aide-bafa.yaml").unlink()
    change(folder, "content/seances/2026-12-10.yaml", "2026-047", "soutien-parents")

    assert main(["numeroter", "2026-12-10"]) == 0

    assert "numero: 2026-048" in text(folder, "deliberations/soutien-parents.yaml")


def test_a_number_given_to_another_act_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["numeroter", "2026-12-10"])
    write(folder, "content/deliberations/soutien-parents.yaml", ACT + "numero: 2026-047\n")

    assert main(["verifier", "deliberations/soutien-parents"]) == 1

    out = capsys.readouterr().out.replace("\u00a0", " ")
    assert "le n° 2026-047 a été donné à « aide-bafa »" in out


@pytest.mark.parametrize(
    ("form", "first"),
    [
        ("DL{annee}-{ordre}", "DL2026-001"),
        ("{forme: '{annee}-{mois}-{jour}-{ordre}', chiffres: 2, remise: seance}", "2026-12-10-01"),
        ("{forme: 'D{ordre}', chiffres: 5, remise: jamais}", "D00001"),
    ],
)
def test_the_form_is_the_house_s(folder: Path, form: str, first: str) -> None:
    typed = form if form.startswith("{forme") else f'"{form}"'
    house = folder / "content/collectivite.yaml"
    house.write_text(house.read_text("utf-8") + f"numerotation: {typed}\n", encoding="utf-8")

    assert main(["numeroter", "2026-12-10"]) == 0

    assert f"numero: {first}" in text(folder, "deliberations/tarifs-creche.yaml")


@pytest.mark.parametrize("form", ["{annee}", "{ordre}", "{annee}/{ordre}", "{annee}-{rang}"])
def test_a_form_that_gives_no_number_or_twice_the_same_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    house = folder / "content/collectivite.yaml"
    house.write_text(house.read_text("utf-8") + f'numerotation: "{form}"\n', encoding="utf-8")

    assert main(["verifier"]) == 1

    assert "[numerotation]" in capsys.readouterr().out


def test_two_agents_never_number_together(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Lock(folder / "sorties/.ctgdocs"):
        assert main(["numeroter", "2026-12-10"]) == 1

    assert "en cours dans cet espace" in capsys.readouterr().err
    assert not (folder / "content/numeros.yaml").exists()


def test_a_register_of_numbers_in_error_stops_and_is_left_alone(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder, "content/numeros.yaml", "2026-046: [\n")

    assert main(["numeroter", "2026-12-10"]) == 1

    assert "content/numeros.yaml" in capsys.readouterr().out
    assert text(folder, "numeros.yaml") == "2026-046: [\n"
    assert text(folder, "seances/2026-12-10.yaml") == SEANCE
