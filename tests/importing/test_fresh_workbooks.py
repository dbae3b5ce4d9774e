"""Plans, budgets and sheets of presences as agents keep them: each action, each amount, each absence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from lists_of_elus import a_workbook
from past_acts import a_word_file

from ctgdocs.cli.main import main

Rows = list[list[str | None]]


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    assert main(["initialiser", "--vide", "espace"]) == 0
    monkeypatch.chdir(tmp_path / "espace")
    return tmp_path / "espace" / "content"


def brought(content: Path, path: str, rows: Rows, merged: list[str] | None = None) -> dict[str, Any]:
    (content.parent / "classeur.xlsx").write_bytes(
        a_workbook({"Feuil1": rows}, {"Feuil1": merged} if merged else None)
    )
    assert main(["importer", "classeur.xlsx", "--oui"]) == 0
    record: dict[str, Any] = yaml.load((content / path).read_text("utf-8"), yaml.BaseLoader)
    return record


def test_a_cell_merged_down_is_said_of_each_action(content: Path) -> None:
    rows: Rows = [
        ["Axe", "Objectif opérationnel", "N°", "Action", "Porteur", "Partenaires", "Budget"],
        [
            "Axe 1 – Petite enfance",
            "Développer l’offre",
            "1.1",
            "Ouvrir une crèche",
            "CC",
            "Caf, PMI",
            "9 000",
        ],
        [None, None, "1.2", "Soutenir le relais", "CC", "Caf", "1 000"],
    ]
    made = brought(content, "conventions/classeur.yaml", rows, ["A2:A3", "B2:B3"])
    ((axis),) = made["plan"]["axes"]
    assert [one["objectifs"] for one in axis["actions"]] == [["Développer l’offre"]] * 2
    assert axis["actions"][0]["partenaires"] == ["Caf", "PMI"]


def test_fiches_one_under_the_other_are_an_action_each(content: Path) -> None:
    rows: Rows = []
    for number, title, pilot in (
        ("1.1", "Ouvrir une crèche", "M. Roy"),
        ("1.2", "Soutenir le relais", "La CC"),
    ):
        rows += [
            ["FICHE ACTION N°", number], ["Axe stratégique", "Petite enfance"],
            ["Intitulé de l’action", title], ["Pilote", pilot], ["Calendrier", "2025"], ["Coût", "9 000 €"],
            [],
        ]  # fmt: skip
    made = brought(content, "conventions/classeur.yaml", rows)
    ((axis),) = made["plan"]["axes"]
    assert [(one["numero"], one["titre"], one["pilote"]) for one in axis["actions"]] == [
        ("1.1", "Ouvrir une crèche", "M. Roy"),
        ("1.2", "Soutenir le relais", "La CC"),
    ]
    assert not any("commentaire" in one for one in axis["actions"])


def test_charges_and_produits_side_by_side_are_a_financing(content: Path) -> None:
    rows: Rows = [
        ["Budget prévisionnel du relais"],
        ["CHARGES", "Montant", "PRODUITS", "Montant"],
        ["60 – Achats", "1 200 €", "74 – Subvention Caf", "21 000 €"],
        ["64 – Personnel", "38 000 €", "74 – Communauté", "18 200 €"],
        ["TOTAL", "39 200 €", "TOTAL", "39 200 €"],
    ]
    made = brought(content, "dossiers/budget-previsionnel-du-relais.yaml", rows)
    money = {side: [one["montant"] for one in lines] for side, lines in made["finances"].items()}
    assert money == {"depenses": ["1200", "38000"], "recettes": ["21000", "18200"]}


def test_the_sheet_of_one_seance(content: Path) -> None:
    rows: Rows = [
        ["Conseil municipal du 12 mars 2025 à 20h30"],
        ["Élus", "Présent", "Absent", "Excusé", "Pouvoir donné à"],
        ["MONTAGNE Edwige", "X"],
        ["FABRIGOUL Ahmed", "X"],
        ["PUECHET Jean-Marc", None, "X"],
        ["SICARDI Hélène", None, None, "X", "A. FABRIGOUL"],
        ["MAURELLE Thibaut", None, None, "X"],
    ]
    made = brought(content, "seances/2025-03-12.yaml", rows)
    assert made["heure"] == "20h30"
    assert made["absents"] == [
        "puechet-jean-marc",
        {"elu": "sicardi-helene", "pouvoir_a": "fabrigoul-ahmed"},
        {"elu": "maurelle-thibaut", "excuse": "oui"},
    ]
    assert not (content / "instances/commission-present.yaml").exists()


def read_word(content: Path, *paragraphs: str) -> dict[str, Any]:
    (content.parent / "texte.docx").write_bytes(a_word_file(*paragraphs))
    assert main(["importer", "texte.docx", "--oui"]) == 0
    (path,) = [*(content / "conventions").glob("*.yaml"), *(content / "fiches_de_poste").glob("*.yaml")]
    record: dict[str, Any] = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    return record


def test_who_represents_a_party_without_a_comma(content: Path) -> None:
    made = read_word(
        content,
        "*CONVENTION D’OBJECTIFS ET DE FINANCEMENT",
        "*Entre la Commune de Roquebel et l’association Les Petits Pas",
        "Entre :",
        "La Commune de Roquebel, représentée par son Maire en exercice, Mme Edwige MONTAGNE,",
        "Et :",
        "La Caisse d’allocations familiales de la Vère représentée par Monsieur Alban RIGAUD, Directeur, "
        "dont le siège est situé 1 avenue des Exemples 82000 Vernole.",
        "Il est convenu :",
        "*Article 1 : Objet",
        "La présente convention définit les engagements des parties.",
        "*Article 2 : Durée",
        "La présente convention est conclue du 01/01/2024 au 31/12/2027.",
        "Fait à Vernole, le 03/06/2024",
    )
    functions = [one["fonction"] for party in made["parties"] for one in party["representants"]]
    assert functions == ["maire", "directeur"]
    assert list(yaml.safe_load((content / "communes.yaml").read_text("utf-8"))) == ["roquebel"]


@pytest.mark.parametrize("head", ["Et les communes de :", "Les communes membres suivantes :"])
@pytest.mark.parametrize("mark", ["", "- "])
def test_communes_one_a_line_are_a_party_each(content: Path, head: str, mark: str) -> None:
    made = read_word(
        content,
        "*CONVENTION TERRITORIALE GLOBALE 2023-2026",
        "Entre :",
        "La Caisse d’allocations familiales de la Vère, représentée par Monsieur Alban RIGAUD, directeur, "
        "ci-après dénommée « la Caf » ;",
        head,
        f"{mark}Roquebel, représentée par son maire, Mme Edwige MONTAGNE, délibération du 12 décembre 2022 ;",
        f"{mark}Vernole-le-Haut, représentée par M. Léo PUECHET, maire ;",
        f"{mark}La Bastide (Mme Ève SICARDI, maire).",
        "Il est convenu ce qui suit :",
        "*Article 1 : Objet",
        "La présente convention définit le projet social du territoire.",
        "*Article 2 : Durée",
        "La présente convention est conclue du 1er janvier 2023 au 31 décembre 2026.",
        "Fait à Roquebel, le 20 janvier 2023",
    )
    caf, *towns = made["parties"]
    assert caf["nom_court"] == "la Caf"
    assert [one["commune"] for one in towns] == ["roquebel", "vernole-le-haut", "la-bastide"]
    assert {one["groupe"] for one in towns} == {"les communes signataires"}
    assert [one["representants"][0]["nom"] for one in towns[:2]] == ["Montagne", "Puechet"]
    assert towns[0]["autorite"]["texte"] == "délibération du 12 décembre 2022"


def test_an_offer_tells_its_days(content: Path) -> None:
    made = read_word(
        content,
        "*La Communauté de communes Terres de Vère",
        "*RECRUTE",
        "*Un(e) chargé(e) de coopération (h/f)",
        "*Missions :",
        "• animer la convention ;",
        "*Conditions :",
        "Poste à pourvoir le 1er mars 2025",
        "Candidatures (lettre et CV) à adresser avant le 31 janvier 2025 à M. le Président, 12 rue du Lac",
    )
    assert made["intitule"] == "Chargé(e) de coopération (h/f)"
    assert (made["a_pourvoir"], made["offre"]["limite"]) == ("1er mars 2025", "2025-01-31")
