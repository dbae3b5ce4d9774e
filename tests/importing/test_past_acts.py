"""`ctgdocs importer` of a past délibération or arrêté, and what starts from it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from builders import a_project, an_act
from past_acts import (
    AN_ARRETE,
    IN_FEW_WORDS,
    OF_A_CCAS,
    OF_A_COMMUNAUTE,
    OF_A_COMMUNE,
    OF_A_SYNDICAT,
    a_word_file,
)

from ctgdocs.cli.espace import library_of
from ctgdocs.cli.main import main
from ctgdocs.importing.worded import a_day, a_number, an_hour, names_in
from ctgdocs.project import Project


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    project = a_project(tmp_path, acts=False)
    monkeypatch.chdir(tmp_path)
    return project


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.chdir(tmp_path)
    main(["initialiser", "--vide", "espace"])
    monkeypatch.chdir(tmp_path / "espace")
    return Project(tmp_path / "espace")


def brought(project: Project, data: bytes, *options: str) -> int:
    (project.root / "acte.docx").write_bytes(data)
    return main(["importer", "acte.docx", *options])


def typed(path: Path) -> dict[str, Any]:
    record: dict[str, Any] = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    return record


def test_an_act_of_a_seance_that_the_house_has_is_matched_with_its_elus(house: Project) -> None:
    before = {path: path.read_bytes() for path in house.content.rglob("*.yaml")}
    assert brought(house, OF_A_COMMUNAUTE) == 0
    assert typed(house.content / "deliberations/2026-091.yaml") == {
        "numero": "2026-091",
        "seance": "2026-09-24",
        "objet": "Approbation de la convention territoriale globale",
        "rapporteur": "martin-paul",
        "visas": ["cgct-l5211-1", "l’avis favorable de la commission du 3 septembre 2026"],
        "considerants": ["que la convention en cours prend fin"],
        "expose": "Madame la Présidente expose que la Caf propose une convention de cinq ans.",
        "decisions": ["D’approuver la convention annexée.", "D’autoriser la présidente à la signer."],
        "vote": {"contre": ["lopez-marc"], "abstentions": "1"},
        "transmission": "2026-09-28",
        "publication": "2026-09-29",
    }
    assert all(path.read_bytes() == data for path, data in before.items())


def test_lists_of_names_may_share_a_line(empty: Project) -> None:
    act = a_word_file(
        "*Délibération n° 2026-092",
        "Objet : Approbation du règlement",
        "L’an deux mille vingt-six et le vingt-quatre septembre, le conseil communautaire s’est réuni, sous "
        "la présidence de Mme Claire DURAND, présidente.",
        "Présents : Mme Claire DURAND, M. Paul MARTIN, M. Marc LOPEZ, Mme Léa FAURE",
        "Absente excusée (1) : Mme Anne PETIT. Absents (2) : M. Jean ROY, M. Yves NOËL.",
        "Présidente de séance : Mme Claire DURAND – Secrétaire de séance : M. Paul MARTIN",
        "Le conseil communautaire, après en avoir délibéré, par 2 voix pour, 1 contre et 1 abstention,",
        "DÉCIDE",
        "Article 1er – D’approuver le règlement.",
        "Contre : M. Marc LOPEZ. Abstentions : Mme Léa FAURE.",
    )
    assert brought(empty, act) == 0
    vote = typed(empty.content / "deliberations/2026-092.yaml")["vote"]
    assert vote == {"contre": ["lopez-marc"], "abstentions": ["faure-lea"]}
    sitting = typed(empty.content / "seances/2026-09-24.yaml")
    assert sitting["secretaire"] == "martin-paul"
    assert sitting["absents"] == [{"elu": "petit-anne", "excuse": "oui"}, "roy-jean", "noel-yves"]


def test_an_act_in_an_empty_house_brings_its_council(empty: Project) -> None:
    assert brought(empty, OF_A_COMMUNE) == 0
    act = typed(empty.content / "deliberations/2024-3-12.yaml")
    assert act["objet"] == "Tarifs de la restauration scolaire"
    assert act["vote"] == "unanimité"
    assert act["decisions"] == ["de fixer le prix du repas à 3,60 €", "de charger le maire de l’exécution."]
    assert (act["transmission"], act["publication"]) == ("2024-06-17", "2024-06-18")
    assert "# Numéro : 2024/3-12" in (empty.content / "deliberations/2024-3-12.yaml").read_text("utf-8")
    sitting = typed(empty.content / "seances/2024-06-13.yaml")
    assert (sitting["heure"], sitting["lieu"], sitting["convocation"]) == ("20h30", "la mairie", "2024-06-06")
    assert sitting["secretaire"] == "de-la-tour-yvonne"
    assert sitting["absents"] == [
        {"elu": "rigou-megane", "pouvoir_a": "de-la-tour-yvonne"},
        {"elu": "ferrier-noemie", "excuse": "oui"},
    ]
    body = typed(empty.content / "instances/conseil-municipal.yaml")
    assert (body["president"], len(body["membres"])) == ("bruyas-loic", 5)
    found = [one for one in library_of(empty).findings() if one.blocking]
    assert {one.place.file for one in found} <= {"content/collectivite.yaml"}


def test_who_did_not_sit_is_told_and_no_seance_is_made_up(
    house: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert brought(house, OF_A_CCAS) == 0
    text = (house.content / "deliberations/2023-007.yaml").read_text("utf-8")
    act = typed(house.content / "deliberations/2023-007.yaml")
    assert "seance" not in act
    assert "Pouvoir : Mme Zoé Blanc à M. Jean Roux" in " ".join(text.replace("\n#", "").split())
    assert act["decisions"] == ["d’attribuer une subvention de 1 500 € à l’association."]
    assert "- 40 familles en 2022\n- 55 en 2023" in act["expose"]
    assert "Pas membres à cette date" in capsys.readouterr().out.replace("\u00a0", " ")
    assert not (house.content / "seances/2023-04-05.yaml").exists()


def test_an_arrete(house: Project) -> None:
    assert brought(house, AN_ARRETE) == 0
    assert typed(house.content / "arretes/ar-2025-014.yaml") == {
        "numero": "AR-2025-014",
        "objet": "Nomination d’un régisseur",
        "date": "2025-04-02",
        "visas": ["le code général des collectivités territoriales", "la délibération du 12 mars 2025"],
        "articles": [
            "Mme Zoé BLANC est nommée régisseuse titulaire.",
            "Le présent arrêté sera notifié à l’intéressée.",
        ],
    }


def test_a_new_act_begins_like_a_past_one(house: Project) -> None:
    source = "# un commentaire\n" + an_act().replace("vote:", "transmission: 2026-10-20\nvote:")
    (house.content / "deliberations").mkdir()
    (house.content / "deliberations/2026-045.yaml").write_text(source, "utf-8")
    assert main(["nouveau", "deliberation", "--comme", "2026-045", "--avec", "objet=Une autre affaire"]) == 0
    new = typed(house.content / "deliberations/2026-046.yaml")
    old = typed(house.content / "deliberations/2026-045.yaml")
    assert new == {
        **{name: value for name, value in old.items() if name not in ("seance", "vote", "transmission")},
        "objet": "Une autre affaire",
    }
    assert (house.content / "deliberations/2026-046.yaml").read_text("utf-8").startswith("# un commentaire\n")
    assert main(["nouveau", "deliberation", "--comme", "2026-054"]) == 2


def test_a_folder_of_acts_gives_the_library_of_visas(
    house: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = house.root / "anciens"
    folder.mkdir()
    for name, data in {"a": OF_A_COMMUNE, "b": OF_A_COMMUNE, "c": OF_A_COMMUNAUTE, "d": b"rien"}.items():
        (folder / f"{name}.docx").write_bytes(data)
    before = (house.content / "visas.yaml").read_text("utf-8")
    assert main(["importer", "--visas", "anciens"]) == 0
    said = capsys.readouterr().out.replace("\u00a0", " ")
    assert (
        "2 fois, la dernière le 2024-06-13 : le code de l’éducation, notamment son article R. 531-52" in said
    )
    assert "(déjà dans visas.yaml)" in said
    assert "ne se lisent pas : d.docx" in said
    after = (house.content / "visas.yaml").read_text("utf-8")
    assert after.startswith(before.rstrip())
    new = typed(house.content / "visas.yaml")
    (id,) = new.keys() - yaml.load(before, yaml.BaseLoader).keys()
    assert new[id] == {"texte": "le code de l’éducation, notamment son article R. 531-52", "rang": "code"}
    assert main(["importer", "--visas", "personne"]) == 2


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("le treize juin", "2024-06-13"),
        ("le vingt et un mars", "2024-03-21"),
        ("jeudi 1er mars 2022", "2022-03-01"),
        ("le premier avril deux mille vingt-trois", "2023-04-01"),
        ("11/04/25", "2025-04-11"),
        ("le trente-deux mars", ""),
        ("bientôt", ""),
    ],
)
def test_days_in_letters_and_in_figures(text: str, day: str) -> None:
    assert a_day(text, 2024) == day


def test_hours_numbers_and_lists_of_names() -> None:
    assert [an_hour(f"s’est réuni à {one}") for one in ("vingt heures trente", "20 h 30", "18h", "midi")] == [
        "20h30",
        "20h30",
        "18h00",
        "",
    ]
    assert [a_number(one) for one in ("deux mil vingt-quatre", "vingt-neuf", "12", "x")] == [
        2024,
        29,
        12,
        None,
    ]
    people = names_in("MM. Loïc ROUX, Paul PETIT ; Mmes Zoé BLANC et Anne DE LA TOUR")
    assert [(one.civilite, one.id) for one in people] == [
        ("M.", "roux-loic"),
        ("M.", "petit-paul"),
        ("Mme", "blanc-zoe"),
        ("Mme", "de-la-tour-anne"),
    ]


def test_a_syndicat_whose_facts_follow_the_object(empty: Project) -> None:
    assert brought(empty, OF_A_SYNDICAT) == 0
    act = typed(empty.content / "deliberations/dcs-2023-11-05.yaml")
    assert (act["expose"], act["considerants"]) == (
        "Le syndicat peut adhérer au groupement.",
        ["que le coût est nul"],
    )
    assert act["decisions"] == [
        "approuve l’adhésion au groupement de commandes",
        "dit que les crédits sont inscrits au budget.",
    ]
    assert act["vote"] == {"abstentions": ["ferrier-lea"]}
    sitting = typed(empty.content / "seances/2023-11-14.yaml")
    assert (sitting["convocation"], sitting["secretaire"]) == ("2023-11-07", "queral-marc")
    assert sitting["absents"][0] == {"elu": "blanc-zoe", "pouvoir_a": "rigou-anne"}
    assert typed(empty.content / "collectivite.yaml")["executif"] == "bruyas-paul"
    assert sitting["instance"] == "comite-syndical"
    assert typed(empty.content / "elus.yaml")["bruyas-paul"]["fonction"] == "président"


def test_an_act_in_few_words(empty: Project) -> None:
    assert brought(empty, IN_FEW_WORDS) == 0
    act = typed(empty.content / "deliberations/2026-02-07.yaml")
    assert act["objet"] == "Subvention à l’association Les Trois Chênes"
    assert (act["rapporteur"], act["vote"]) == ("rigou-anne", {"contre": ["roux-jean"]})
    assert act["decisions"] == ["accorde une subvention de 500 €", "impute la dépense à l’article 65748."]
    assert typed(empty.content / "seances/2026-02-02.yaml")["absents"] == [
        {"elu": "blanc-zoe", "pouvoir_a": "vaissac-colette"}
    ]
