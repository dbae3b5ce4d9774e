"""`ctgdocs exporter`: open data that a validator accepts, and everything as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from builders import change, write
from world import a_workspace

from ctgdocs.cli.main import main


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    a_workspace(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_adopted_deliberations_are_valid_open_data(folder: Path) -> None:
    import frictionless

    change(folder, "content/deliberations/2026-045.yaml", "vote: {}", "vote: {}\nmatiere: 8.2.1")
    assert main(["exporter", "scdl"]) == 0

    data = folder / "sorties/donnees"
    found = frictionless.Resource(
        path="deliberations.csv", basepath=str(data), schema="deliberations.schema.json"
    )
    assert found.validate().valid
    rows = {row["DELIB_ID"]: row for row in found.read_rows()}
    assert list(rows) == ["2026-040", "2026-041", "2026-045"]
    one = rows["2026-040"]
    assert (one["VOTE_EFFECTIF"], one["VOTE_REEL"]) == (7, 7)
    assert (one["VOTE_POUR"], one["VOTE_CONTRE"], one["VOTE_ABSTENTION"]) == (5, 1, 1)
    assert one["DELIB_MATIERE_NOM"] == "finances locales/divers"
    assert rows["2026-045"]["DELIB_MATIERE_CODE"] == "8.2"


def test_what_the_schema_asks_for_and_an_act_lacks_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(
        folder,
        "content/deliberations/2026-041.yaml",
        "seance: 2026-09-10\nobjet: Rejetée\ndecisions: [d’approuver]\nvote: {contre: 7, pour: 0}\n",
    )
    assert main(["exporter", "scdl", "--annee", "2026"]) == 1

    out = capsys.readouterr().out
    assert "deliberations/2026-045.yaml" in out  # no matière
    assert "2026-041" not in out  # rejected: not to be published
    assert (folder / "sorties/donnees/deliberations.csv").read_text("utf-8").count("\n") == 2


def test_a_house_without_siret_is_told_before_anything_is_written(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(folder, "content/collectivite.yaml", 'siret: "99999001300016"\n', "")
    assert main(["exporter", "scdl"]) == 2
    assert "SIRET" in capsys.readouterr().err
    assert not (folder / "sorties").exists()


def test_everything_is_json_but_what_is_known_of_an_agent(folder: Path) -> None:
    write(folder, "content/agents/delmas-ines.yaml", "nom: Delmas\nprenom: Inès\n")
    assert main(["exporter", "tout", "--vers", "tout.json"]) == 0

    told = json.loads((folder / "tout.json").read_text("utf-8"))
    assert told["derive"]["2026-040"]["pour"] == 5
    assert told["deliberation"]["2026-040"]["transmission"] == "2026-09-14"
    assert "agents" not in told
    assert "Inès" not in (folder / "tout.json").read_text("utf-8")


@pytest.mark.parametrize("text", ["[" * 200_000, "durand: ["], ids=["without end", "cut short"])
def test_a_registry_that_cannot_be_read_gives_no_workbook(
    folder: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    write(folder, "content/elus.yaml", text)
    assert main(["exporter", "elus"]) == 1
    assert "content/elus.yaml ne peut pas être lu" in capsys.readouterr().err
    assert not (folder / "elus.xlsx").exists()
