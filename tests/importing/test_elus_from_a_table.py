"""`ctgdocs importer` of a list of élus: any columns, ids made and kept, what changes asked first."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from lists_of_elus import (
    A_SHEET_A_COMMUNE,
    BUREAU_AND_CONSEIL,
    BY_COMMUNE,
    MAIRES,
    OF_A_COMMUNE,
    TICKED,
    TWO_BY_TWO,
    TWO_FUNCTIONS,
    WITH_STATUT,
    a_workbook,
)

from ctgdocs.cli.espace import library_of
from ctgdocs.cli.main import main
from ctgdocs.findings import CtgdocsError
from ctgdocs.importing.reader import Proposal, Proposed, accept
from ctgdocs.project import Project
from ctgdocs.vocabulary.registres import INSTANCES


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    assert main(["initialiser", "--vide", "espace"]) == 0
    monkeypatch.chdir(tmp_path / "espace")
    return tmp_path / "espace" / "content"


def imported(content: Path, data: bytes, *options: str, name: str = "elus.xlsx") -> int:
    (content.parent / name).write_bytes(data)
    return main(["importer", name, *options])


def typed(path: Path) -> dict[str, Any]:
    record: dict[str, Any] = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    return record


def errors(content: Path) -> list[str]:
    """What is wrong in what the list filled."""
    found = library_of(Project(content.parent)).findings()
    return [one.message for one in found if one.blocking and "collectivite" not in one.place.file]


def test_titulaires_and_suppleants_of_communes_merged_down(empty: Path) -> None:
    assert imported(empty, WITH_STATUT) == 0
    assert typed(empty / "elus.yaml") == {
        "vaissac-colette": {
            "civilite": "Mme", "prenom": "Colette", "nom": "Vaissac", "commune": "lavol",
            "fonction": "présidente", "courriel": "c.vaissac@exemple.fr",
        },
        "roy-jean": {"civilite": "M.", "prenom": "Jean", "nom": "Roy", "commune": "lavol"},
        "d-auzelles-bruno": {
            "civilite": "M.", "prenom": "Bruno", "nom": "d’Auzelles", "commune": "esparnac",
            "fonction": "1er vice-président", "maire_de": "esparnac",
        },
        "le-bihanic-zoe": {"civilite": "Mme", "prenom": "Zoé", "nom": "Le Bihanic", "commune": "esparnac"},
        "de-la-tour-paul": {
            "civilite": "M.", "prenom": "Paul", "nom": "de La Tour", "commune": "viguerol",
            "fonction": "2e vice-président",
        },
    }  # fmt: skip
    assert typed(empty / "instances/conseil-communautaire.yaml") == {
        "nom": "conseil communautaire",
        "type": "assemblee",
        "president": "vaissac-colette",
        "vice_presidents": ["d-auzelles-bruno", "de-la-tour-paul"],
        "membres": ["vaissac-colette", "roy-jean", "d-auzelles-bruno", "de-la-tour-paul"],
        "suppleants": {"d-auzelles-bruno": "le-bihanic-zoe"},
    }
    assert typed(empty / "collectivite.yaml")["executif"] == "vaissac-colette"
    assert errors(empty) == []
    assert [path.name for path in empty.rglob("*.yaml") if "exemple.fr" in path.read_text("utf-8")] == [
        "elus.yaml"
    ]


def test_suppleants_beside_their_titulaires(empty: Path) -> None:
    assert imported(empty, TWO_BY_TWO) == 0
    elus = typed(empty / "elus.yaml")
    assert {id: (one["civilite"], one["commune"]) for id, one in elus.items()} == {
        "vaissac-colette": ("Mme", "lavol"),
        "roy-jean": ("M.", "lavol"),
        "d-auzelles-bruno": ("M.", "esparnac"),
        "de-la-tour-paul": ("M.", "viguerol"),
        "petit-anne": ("Mme", "viguerol"),
    }
    body = typed(empty / "instances/conseil-communautaire.yaml")
    assert body["membres"] == ["vaissac-colette", "d-auzelles-bruno", "de-la-tour-paul"]
    assert body["suppleants"] == {"vaissac-colette": "roy-jean", "de-la-tour-paul": "petit-anne"}


def test_ticks_and_sheets_are_commissions_and_an_older_mandate_is_left(
    empty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert imported(empty, TICKED) == 0
    bodies = {path.stem: typed(path) for path in (empty / "instances").glob("commission*.yaml")}
    assert {id: (one["president"], one["membres"]) for id, one in bodies.items()} == {
        "commission-enfance-jeunesse": ("petit-anne", ["vaissac-colette", "roy-jean", "petit-anne"]),
        "commission-finances": (
            "vaissac-colette",
            ["vaissac-colette", "roy-jean", "petit-anne", "martin-paul"],
        ),
        "commission-culture": ("vaissac-colette", ["vaissac-colette", "petit-anne", "martin-paul"]),
    }
    assert bodies["commission-finances"]["vice_presidents"] == ["roy-jean"]
    assert "esteve-roger" not in typed(empty / "elus.yaml")
    said = capsys.readouterr().out.replace("\u00a0", " ")
    assert "1 ancien élu laissé : Roger Estève." in said
    assert "Colonnes qui ne sont pas reprises : Véhicule." in said
    assert errors(empty) == []


def test_a_list_of_communes_gives_their_maires_and_no_assembly(empty: Path) -> None:
    assert imported(empty, MAIRES) == 0
    assert typed(empty / "communes.yaml")["le-causol"] == {"nom": "Le Causol", "population": "160"}
    assert typed(empty / "elus.yaml")["d-auzelles-bruno"]["maire_de"] == "esparnac"
    assert not list((empty / "instances").iterdir())


def test_the_council_of_a_commune(empty: Path) -> None:
    assert imported(empty, OF_A_COMMUNE) == 0
    elus = typed(empty / "elus.yaml")
    assert elus["vaissac-colette"]["fonction"] == "maire"
    assert elus["petit-anne"]["fonction"] == "2e adjointe déléguée aux écoles"
    assert (elus["roy-jean"]["civilite"], elus["roy-jean"]["groupe"]) == ("M.", "Ensemble")
    assert typed(empty / "instances/conseil-municipal.yaml")["vice_presidents"] == ["roy-jean", "petit-anne"]
    assert "1960" not in (empty / "elus.yaml").read_text("utf-8")


def test_communes_on_lines_of_their_own(empty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert imported(empty, BY_COMMUNE) == 0
    elus = typed(empty / "elus.yaml")
    assert elus["nivelleau-monique"]["maire_de"] == "les-aubrelles"
    assert elus["roy-jean"]["fonction"] == "adjoint au maire des Aubrelles"
    assert elus["petit-anne"] == {
        "civilite": "Mme",
        "prenom": "Anne",
        "nom": "Petit",
        "commune": "saint-felicien-la-plaine",
    }
    assert list(elus) == ["nivelleau-monique", "roy-jean", "petit-anne"]
    said = capsys.readouterr().out.replace("\u00a0", " ")
    assert "2 lignes laissées : ligne 11 : « Total 3 »" in said


def test_functions_in_two_columns_and_a_mandate_that_is_over(empty: Path) -> None:
    assert imported(empty, TWO_FUNCTIONS) == 0
    elus = typed(empty / "elus.yaml")
    assert (elus["vaissac-colette"]["fonction"], elus["vaissac-colette"]["maire_de"]) == (
        "présidente",
        "lavol",
    )
    assert elus["roy-jean"]["fonction"] == "1er vice-président, 1er adjoint au maire de Lavol"
    assert "petit-anne" not in elus


def test_a_bureau_beside_the_conseil(empty: Path) -> None:
    assert imported(empty, BUREAU_AND_CONSEIL) == 0
    elus = typed(empty / "elus.yaml")
    assert elus["roy-jean"]["commune"] == "esparnac"
    assert typed(empty / "instances/bureau.yaml")["membres"] == ["vaissac-colette", "roy-jean"]
    body = typed(empty / "instances/conseil-communautaire.yaml")
    assert (body["membres"], body["vice_presidents"]) == (["vaissac-colette", "roy-jean"], ["roy-jean"])
    assert body["suppleants"] == {"vaissac-colette": "martin-paul"}


def test_a_sheet_for_each_commune(empty: Path) -> None:
    assert imported(empty, A_SHEET_A_COMMUNE) == 0
    elus = typed(empty / "elus.yaml")
    assert {id: one["commune"] for id, one in elus.items()} == {
        "vaissac-colette": "lavol",
        "roy-jean": "lavol",
        "petit-anne": "esparnac",
    }
    assert "vice_presidents" not in typed(empty / "instances/conseil-communautaire.yaml")


# --- Again, with another list


def test_the_same_list_again_changes_nothing(empty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for data in (WITH_STATUT, TICKED, OF_A_COMMUNE):
        assert imported(empty, data, "--oui") == 0
        before = {path: path.read_bytes() for path in empty.rglob("*.yaml")}
        capsys.readouterr()
        assert imported(empty, data) == 0
        assert "Rien n’est à changer" in capsys.readouterr().out.replace("\u00a0", " ")
        assert before == {path: path.read_bytes() for path in empty.rglob("*.yaml")}


NEXT = a_workbook(
    {
        "Liste": [
            ["Prénom", "Nom", "Commune", "Fonction"],
            ["Colette", "VAISSAC", "LAVOL", "Présidente"],
            ["Bruno", "D'AUZELLES", "Esparnac", "2e vice-président"],
            ["Paul", "DE LA TOUR", "Viguerol", None],
            ["Luc", "FABRE", "Viguerol", None],
        ]
    }
)


def test_another_list_updates_what_it_says_and_asks_first(
    empty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    imported(empty, WITH_STATUT)
    elus = empty / "elus.yaml"
    elus.write_text(
        elus.read_text("utf-8").replace("vaissac-colette:", "# la présidente\nvaissac-colette:"), "utf-8"
    )
    before = {path: path.read_bytes() for path in empty.rglob("*.yaml")}
    capsys.readouterr()

    assert imported(empty, NEXT) == 1

    said = capsys.readouterr().out.replace("\u00a0", " ")
    assert "Bruno d’Auzelles : fonction « 1er vice-président » → « 2e vice-président »" in said
    assert "Paul de La Tour : fonction « 2e vice-président » n’est plus dans la liste" in said
    assert "conseil-communautaire : un nouveau membre (fabre-luc)" in said
    assert "relancez avec --oui" in said
    assert before == {path: path.read_bytes() for path in empty.rglob("*.yaml")}

    assert imported(empty, NEXT, "--oui") == 0

    said = capsys.readouterr().out.replace("\u00a0", " ")
    assert "absents de la liste : roy-jean" in said
    after = typed(elus)
    assert list(after) == [*typed_text(before[elus]), "fabre-luc"]
    assert after["d-auzelles-bruno"]["fonction"] == "2e vice-président"
    assert after["d-auzelles-bruno"]["maire_de"] == "esparnac"
    assert "fonction" not in after["de-la-tour-paul"]
    assert after["fabre-luc"]["civilite"].startswith("[à compléter")
    lines = elus.read_text("utf-8").splitlines()
    old = before[elus].decode().splitlines()
    assert [line for line in lines if line not in old] == [
        line for line in lines if line.startswith(("d-auzelles", "de-la-tour", "fabre"))
    ]
    members = typed(empty / "instances/conseil-communautaire.yaml")["membres"]
    assert members == ["vaissac-colette", "roy-jean", "d-auzelles-bruno", "de-la-tour-paul", "fabre-luc"]


def typed_text(data: bytes) -> dict[str, Any]:
    record: dict[str, Any] = yaml.load(data, yaml.BaseLoader)
    return record


def test_after_a_mandate_the_new_council_sits_from_the_next_day(empty: Path) -> None:
    imported(empty, WITH_STATUT)
    assert main(["mandat", "clore", "--au", "2026-03-22", "--oui"]) == 0
    assert imported(empty, NEXT, "--oui") == 0
    body = library_of(Project(empty.parent)).find(INSTANCES, "conseil-communautaire")
    assert body is not None
    assert body.value.membres_au(date(2026, 3, 22)) == (
        "vaissac-colette", "roy-jean", "d-auzelles-bruno", "de-la-tour-paul",
    )  # fmt: skip
    assert body.value.membres_au(date(2026, 3, 23)) == (
        "vaissac-colette", "d-auzelles-bruno", "de-la-tour-paul", "fabre-luc",
    )  # fmt: skip


# --- What cannot be told


def test_homonyms_of_two_communes_are_two_persons(empty: Path) -> None:
    heads, *names = [["Nom", "Prénom", "Commune"], ["ROY", "Jean", "Lavol"], ["ROY", "Jean", "Esparnac"]]
    assert imported(empty, a_workbook({"F": [heads, *names]})) == 0
    assert {id: one["commune"] for id, one in typed(empty / "elus.yaml").items() if "roy" in id} == {
        "roy-jean": "lavol",
        "roy-jean-esparnac": "esparnac",
    }
    before = (empty / "elus.yaml").read_bytes()
    assert imported(empty, a_workbook({"F": [heads, *reversed(names)]})) == 0
    assert (empty / "elus.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            [["Nom", "Prénom", "Commune"], ["ROY", "Jean", "Lavol"], ["Roy", "Jean", "Lavol"]],
            "deux lignes sont au nom",
        ),
        ([["Nom", "Prénom"], ["Total", None]], "aucun élu n’y est reconnu"),
        ([["Quoi", "Combien"], ["chaises", 12]], "n’est pas reconnu"),
    ],
)
def test_what_is_no_list_is_one_sentence_and_nothing_is_written(
    rows: list[list[object]], said: str, empty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.read_bytes() for path in empty.rglob("*") if path.is_file()}
    assert imported(empty, a_workbook({"F": rows})) in (1, 2)
    error = capsys.readouterr().err.replace("\u00a0", " ")
    assert said in error
    assert error.count("\n") == 1
    assert before == {path: path.read_bytes() for path in empty.rglob("*") if path.is_file()}


@pytest.mark.parametrize("nothing", ["{}\n", "", "null", "# nos communes\r\n{}  # aucune\r\n", "---\n~\n"])
def test_a_registry_that_holds_nothing_takes_the_list(nothing: str, empty: Path) -> None:
    for name in ("communes.yaml", "partenaires.yaml"):
        (empty / name).write_bytes(nothing.encode())
    assert imported(empty, WITH_STATUT, "--oui") == 0
    assert list(typed(empty / "communes.yaml")) == ["lavol", "esparnac", "viguerol"]
    added = Proposed("partenaires.yaml", "# en-tête\ncaf: {nom: Caf}\n", "added")
    accept(Project(empty.parent), Proposal("caf", (added,)))
    assert list(typed(empty / "partenaires.yaml")) == ["caf"]
    assert ("# nos communes" in (empty / "communes.yaml").read_text("utf-8")) == ("#" in nothing)


def test_entries_join_a_registry_on_one_line_and_none_that_cannot_be_read(empty: Path) -> None:
    partners, added = empty / "partenaires.yaml", Proposed("partenaires.yaml", "caf: {nom: Caf}\n", "added")
    partners.write_text("{msa: {nom: MSA}}\n", "utf-8")
    accept(Project(empty.parent), Proposal("caf", (added,)))
    assert partners.read_text("utf-8") == "{msa: {nom: MSA}, caf: {nom: Caf}}\n"
    for broken in ("msa: {nom: [", "- msa\n"):
        partners.write_text(broken, "utf-8")
        with pytest.raises(CtgdocsError, match="corrigez-le d’abord"):
            accept(Project(empty.parent), Proposal("caf", (added,)))
        assert partners.read_text("utf-8") == broken


def test_a_csv_of_old_windows_in_capitals(empty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (
        "Civilité;Nom d'usage;Prénom usuel;Sexe;Collectivité;Mandat;Mobile;Accord RGPD\r\n"
        "Monsieur;O'KERRAN;HERVE;M;\"LE MAS D'AROUGES\";MAIRE;0639980000;N\r\n"
        "Madame;BEN SAIDANE;EDITH;F;STE AUBIERGE;;0639980001;O\r\n"
        '"Export du 14/09/2026";;;;;;\r\n'
    )
    assert imported(empty, text.encode("cp1252"), name="export.csv") == 0
    assert typed(empty / "elus.yaml") == {
        "o-kerran-herve": {
            "civilite": "M.", "prenom": "Herve", "nom": "O’Kerran", "commune": "le-mas-d-arouges",
            "maire_de": "le-mas-d-arouges",
        },
        "ben-saidane-edith": {
            "civilite": "Mme", "prenom": "Edith", "nom": "Ben Saidane", "commune": "sainte-aubierge",
        },
    }  # fmt: skip
    assert typed(empty / "communes.yaml")["le-mas-d-arouges"] == {"nom": "Le Mas-d’Arouges"}
    assert "capitales sans accents" in capsys.readouterr().out


def test_five_hundred_elus_are_read_in_a_second(empty: Path) -> None:
    from time import process_time

    rows = [
        [f"NOM{chr(65 + n % 26)}{chr(65 + n // 26)}", "Jean", f"Commune {chr(65 + n % 20)}"]
        for n in range(500)
    ]
    data = a_workbook({"F": [["Nom", "Prénom", "Commune"], *rows]})
    start = process_time()
    assert imported(empty, data) == 0
    assert process_time() - start < 3
    assert len(typed(empty / "elus.yaml")) == 500
