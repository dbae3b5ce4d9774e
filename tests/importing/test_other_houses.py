"""Files in the habits of other houses: recognised, every sentence once, none glued, fields in their place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import other_houses as houses
import pytest
import yaml
from builders import a_project
from habits import Made, measured

from ctgdocs.content.library import Library
from ctgdocs.kinds import KINDS

Houses = Callable[[], Made]
MAJORITY = {"pour": "3", "abstentions": "1"}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return Library(a_project(tmp_path_factory.mktemp("espace") / "espace"), KINDS)


def record_of(of: Houses, library: Library) -> Any:
    return yaml.load(measured(of(), library).proposal.text, yaml.BaseLoader)


@pytest.mark.parametrize("of", houses.WORD_FILES, ids=lambda of: of.__name__)
def test_every_sentence_stands_once(of: Houses, library: Library) -> None:
    found = measured(of(), library)
    assert (found.exact, found.lost, found.doubled, found.glued) == (found.said, [], [], [])
    assert found.said > 3


@pytest.mark.parametrize("of", [houses.roman_capitals, houses.titles_in_cells])
def test_a_convention_of_another_habit_has_its_parties_and_its_plan(of: Houses, library: Library) -> None:
    record = record_of(of, library)
    assert (record["type"], record["debut"], record["fin"]) == ("ctg", "2022-01-01", "2026-12-31")
    assert (record["signature"], record["lieu"]) == ("2021-11-17", "Montfaval")
    assert [one["representants"][0]["nom"] for one in record["parties"]] == ["Cassagnac", "Belhomme"]
    assert record["annexes"][0]["titre"] == "Plan d’actions"
    plan = [(axis["titre"], [one["titre"] for one in axis["actions"]]) for axis in record["plan"]["axes"]]
    names = [name for name, _, _ in houses.FICHES]
    assert plan == [("Grandir", names[:2]), ("Se rencontrer", names[2:])]
    costs = [one["cout"].removesuffix(" €") for axis in record["plan"]["axes"] for one in axis["actions"]]
    assert costs == ["38 500", "9 200", "12 750"]


def test_a_label_merged_over_two_rows_holds_both(library: Library) -> None:
    action = record_of(houses.roman_capitals, library)["plan"]["axes"][1]["actions"][0]
    assert action["description"].split("\n\n") == [
        "Ouvrir la première étape du projet 3 à la rentrée.",
        "Étendre ensuite le projet 3 aux autres bourgs.\n",
    ]
    assert "commentaire" not in action


@pytest.mark.parametrize(
    ("of", "objet", "decisions", "vote"),
    [
        (houses.of_a_ccas, "Aide au chauffage des foyers modestes", 2, "unanimité"),
        (houses.of_a_syndicat, "Tarifs de l’eau pour 2024", 2, {"pour": "8", "contre": "2"}),
        (houses.of_a_commune, "Adhésion au service commun de médiathèque", 3, MAJORITY),
        (houses.from_minutes, "Subvention à l’association La Passerelle", 2, MAJORITY),
    ],
    ids=["ccas", "syndicat", "commune", "minutes"],
)  # fmt: skip
def test_a_deliberation_of_any_assembly_has_its_parts(
    of: Houses, objet: str, decisions: int, vote: object, library: Library
) -> None:
    record = record_of(of, library)
    assert (record["objet"], len(record["decisions"]), record["vote"]) == (objet, decisions, vote)
    assert "expose" in record
    assert "Présidence" in measured(of(), library).proposal.text or of is houses.from_minutes


def test_an_arrete_has_its_articles_without_their_labels(library: Library) -> None:
    proposal = measured(houses.an_arrete(), library).proposal
    record = yaml.load(proposal.text, yaml.BaseLoader)
    assert (record["numero"], record["date"], len(record["articles"])) == ("2024-017", "2024-05-27", 3)
    assert "à vérifier : écrit en capitales" in proposal.text
    assert proposal.said[0] == "Pas dans elus.yaml : Guy Rival."


def test_labels_above_their_values_are_a_fiche(library: Library) -> None:
    (axis,) = record_of(houses.horizontal_fiches, library)["plan"]["axes"]
    told = [(one["titre"], one["pilote"], one["cout"], one["partenaires"]) for one in axis["actions"]]
    assert told == [(*fiche, ["Écoles", "Associations"]) for fiche in houses.FICHES]


def test_fiches_that_stand_in_one_table_are_told_apart(library: Library) -> None:
    made = houses.roman_capitals()
    whole = "".join(made.body).replace("</w:tbl><w:tbl>", "")  # as LibreOffice saves tables that touch
    made.body = [whole]
    record = yaml.load(measured(made, library).proposal.text, yaml.BaseLoader)
    plan = [[one["titre"] for one in axis["actions"]] for axis in record["plan"]["axes"]]
    names = [name for name, _, _ in houses.FICHES]
    assert plan == [names[:2], names[2:]]


def test_an_authority_that_is_a_person_is_a_party(library: Library) -> None:
    record = record_of(houses.article_alone, library)
    assert record["type"] == "pedt"
    assert [one["representants"][0]["nom"] for one in record["parties"]] == ["Marsac", "Land", "Arnal"]


@pytest.mark.parametrize("of", [houses.breaks_in_visas, houses.arretons, houses.decision])
def test_visas_stand_apart_and_no_formula_in_the_expose(of: Houses, library: Library) -> None:
    record = record_of(of, library)
    assert [one[:2] for one in record["visas"]] in (["le", "le"], ["la"])
    assert record["objet"][0].isupper()
    assert "ésident" not in record.get("expose", "")


def test_a_post_in_a_table_keeps_its_lists(library: Library) -> None:
    record = record_of(houses.a_post_in_a_table, library)
    assert len(record["missions"]["points"]) == 3
    assert [one["titre"] for one in record["competences"]] == ["Savoirs", "Savoir-faire", "Savoir-être"]
