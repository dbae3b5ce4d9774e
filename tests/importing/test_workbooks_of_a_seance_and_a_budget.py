"""`ctgdocs importer` of a sheet of presences, and of a budget."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from builders import a_project
from lists_of_elus import a_workbook

from ctgdocs.cli.espace import library_of
from ctgdocs.cli.main import main
from ctgdocs.importing.from_presence import Mention, state_of
from ctgdocs.project import Project
from ctgdocs.vocabulary.registres import DOSSIERS

PRESENCES = [
    ["Présences 2026 – conseil communautaire"],
    [],
    ["Élu(e)", "24/09/2026", date(2026, 11, 5), "Nb"],
    ["DURAND Claire", "P", "P", "=COUNTIF(B4:C4;\"P\")"],
    ["MARTIN Paul", "→ DURAND", "P (arr. 19h05)", None],
    ["ROY Jean", "E", "A", None],
    ["PETIT Anne", "p", "pouvoir à Mme Claire Durand", None],
    ["LOPEZ Marc", "P", "P", None],
    ["FAURE Léa", "P", "P", None],
    ["NOËL Yves", "P", "P", None],
    [None, "Présents", 5, None],
]  # fmt: skip
BUDGET = [
    [None, "BUDGET DU LIEU D’ACCUEIL"],
    [],
    [None, "Poste de dépense", "HT", "TVA", "TTC"],
    [None, "Travaux", 1000.5, 200.1, 1200.6],
    [None, "Mobilier", 500, 100, 600],
    [None, "Total", 1500.5, 300.1, 1800.6],
    [],
    [None, "Financeur", "Montant", "Acquis ?"],
    [None, "Caf", 1000, "oui"],
    [None, "Autofinancement", 500.5, None],
    [None, "TOTAL", 1500.5, None],
    [],
    [None, "NB : la TVA reste à la charge de la collectivité."],
]


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    project = a_project(tmp_path, acts=False)
    monkeypatch.chdir(tmp_path)
    return project


def brought(house: Project, rows: list[list[Any]], *options: str) -> int:
    (house.root / "classeur.xlsx").write_bytes(a_workbook({"F": rows}))
    return main(["importer", "classeur.xlsx", *options])


def typed(path: Path) -> dict[str, Any]:
    record: dict[str, Any] = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    return record


@pytest.mark.parametrize(
    ("cell", "state"),
    [
        ("P", Mention("present")),
        ("présente", Mention("present")),
        ("x", Mention("present")),
        ("P (arr. 19h05)", Mention("present", arrives="19h05")),
        ("P, part à 20 h 30", Mention("present", leaves="20h30")),
        ("A", Mention("absent")),
        ("Abs.", Mention("absent")),
        ("exc", Mention("excuse")),
        ("absente excusée", Mention("excuse")),
        ("→ DE SAINT-OURENS", Mention("pouvoir", "DE SAINT-OURENS")),
        ("pouvoir à M. Roy", Mention("pouvoir", "M. Roy")),
        ("procuration Jean Roy", Mention("pouvoir", "Jean Roy")),
        ("", Mention("")),
        ("peut-être", Mention("")),
    ],
)
def test_what_a_cell_says(cell: str, state: Mention) -> None:
    assert state_of(cell) == state


def test_a_seance_that_is_there_is_completed_once_it_is_agreed(
    house: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    there = (house.content / "seances/2026-09-24.yaml").read_bytes()
    assert brought(house, PRESENCES) == 1
    assert "séance 2026-09-24 : absents, 2 membres" in capsys.readouterr().out.replace("\u00a0", " ")
    assert (house.content / "seances/2026-09-24.yaml").read_bytes() == there

    assert brought(house, PRESENCES, "--oui") == 0

    assert typed(house.content / "seances/2026-09-24.yaml")["absents"] == [
        {"elu": "martin-paul", "pouvoir_a": "durand-claire"},
        {"elu": "roy-jean", "excuse": "oui"},
    ]
    new = typed(house.content / "seances/2026-11-05.yaml")
    assert new["absents"] == ["roy-jean", {"elu": "petit-anne", "pouvoir_a": "durand-claire"}]
    assert [(one["elu"], one["heure"]) for one in new["mouvements"]] == [("martin-paul", "19h05")]
    assert new["instance"] == "conseil-communautaire"
    found = [one for one in library_of(house).findings() if one.blocking]
    assert {one.code for one in found} == {"a-completer"}
    assert brought(house, PRESENCES) == 1  # its own blanks are in error: it is to be completed first


def test_a_budget_is_a_dossier_whose_financing_balances(house: Project) -> None:
    assert brought(house, BUDGET) == 0
    entry = library_of(house).find(DOSSIERS, "budget-du-lieu-d-accueil")
    assert entry is not None
    money = entry.value.finances
    assert money is not None
    assert [(one.libelle, float(one.montant)) for one in money.depenses] == [
        ("Travaux", 1000.5),
        ("Mobilier", 500),
    ]
    assert (float(money.total_recettes), float(money.solde)) == (1000, 500.5)
    assert entry.value.tableaux["poste-de-depense"].lignes[1] == ("Travaux", "1000,5", "200,1", "1200,6")
    assert "TVA reste à la charge" in (entry.value.contexte or "")
    assert brought(house, BUDGET) == 2  # never over a file


def test_a_budget_goes_in_the_dossier_that_is_named(house: Project) -> None:
    path = house.content / "dossiers/lieu-d-accueil.yaml"
    before = path.read_text("utf-8")
    assert brought(house, BUDGET, "--dans", "lieu-d-accueil", "--oui") == 0
    after = path.read_text("utf-8")
    assert [line for line in before.splitlines() if line not in after.splitlines()] == []
    assert typed(path)["tableaux"]["financeur"]["lignes"][1] == ["Caf", "1000", "oui"]
    assert brought(house, BUDGET, "--dans", "lieu-d-accueil", "--oui") == 2
    assert brought(house, BUDGET, "--dans", "personne") == 2
