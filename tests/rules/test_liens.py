"""Ids that point nowhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from world import a_workspace, the_act, with_changes

from ctgdocs.findings import Finding
from ctgdocs.kinds.deliberation import KIND
from ctgdocs.rules.liens import liens
from ctgdocs.rules.rule import judge
from ctgdocs.stages import Entry, Registry
from ctgdocs.vocabulary.registres import INSTANCES, REGISTRES, SEANCES

Changes = dict[str, dict[str, Any] | None]


def said(findings: list[Finding]) -> list[tuple[str, str, str, str]]:
    return [(f.code, f.place.field, f.message, " ".join(f.hints)) for f in findings]


def a_record(root: Path, registry: Registry[Any], id: str, **changes: Any) -> Entry[Any]:
    """One entry of the small world, some of its fields being others."""
    project = a_workspace(root, **with_changes({f"{registry.name}/{id}": changes}))
    return the_act(project, registry.name, id)[0]


def judged(root: Path, changes: Changes, key: str = "deliberation/2026-045") -> list[Finding]:
    """What is said of one entry in the small world so changed."""
    registry, _, id = key.partition("/")
    entry, library = the_act(a_workspace(root, **with_changes(changes)), registry, id)
    check = KIND.check if registry == KIND.name else judge
    return list(check(entry, library.reader()))


def test_every_id_of_a_record_is_found_wherever_it_stands(tmp_path: Path) -> None:
    entry = a_record(
        tmp_path,
        SEANCES,
        "rentree",
        absents=["petit-anne", {"elu": "roy-jean", "pouvoir_a": "durand-claire"}],
        mouvements=[{"elu": "lopez-marc", "quitte_a": "2026-046", "pouvoir_a": "martin-paul"}],
        suppleants=["blanc-marie"],
        presidence="martin-paul",
    )
    found = list(liens(entry.value))
    assert (("instance",), "instances", "conseil-communautaire") in found
    assert (("secretaire", 0, "elu"), "elus", "martin-paul") in found
    assert (("absents", 1, "pouvoir_a"), "elus", "durand-claire") in found
    assert (("mouvements", 0, "pouvoir_a"), "elus", "martin-paul") in found
    assert (("suppleants", 0, "suppleant"), "elus", "blanc-marie") in found
    assert len(found) == 9


def test_the_ids_of_a_mapping_are_its_keys_and_its_values(tmp_path: Path) -> None:
    instance = a_record(tmp_path, INSTANCES, "conseil-communautaire").value
    found = [id for path, _, id in liens(instance) if path[0] == "suppleants"]
    assert found == ["faure-lea", "blanc-marie"]


@pytest.mark.parametrize(
    ("id", "hint"),
    [
        ("martn-paul", "vouliez-vous dire « martin-paul » ?"),
        ("martin", "vouliez-vous dire « martin-paul » ?"),
        ("paul-martin", "vouliez-vous dire « martin-paul » ?"),
        (
            "zygmunt-zoltan",
            "écrivez un identifiant de content/elus.yaml, ou ajoutez-y d’abord la fiche",
        ),
    ],
)
def test_an_unknown_id_comes_with_the_nearest_one(tmp_path: Path, id: str, hint: str) -> None:
    assert said(judged(tmp_path, {"deliberation/2026-045": {"rapporteur": id}})) == [
        ("identifiant-inconnu", "rapporteur", f"« {id} » n’est pas dans content/elus.yaml", hint)
    ]


@pytest.mark.parametrize(
    ("numero", "hint"), [("2026-54", "vouliez-vous dire « 2026-045 » ?"), ("x-1", "vérifiez ce numéro")]
)
def test_a_movement_is_at_a_deliberation_that_exists(tmp_path: Path, numero: str, hint: str) -> None:
    changes = {"seances/rentree": {"mouvements": [{"elu": "roy-jean", "quitte_a": numero}]}}
    (found,) = judged(tmp_path, changes, "seances/rentree")
    assert (found.code, str(found.severity), *found.hints) == ("mouvement", "alerte", hint)


def test_a_seance_that_says_its_agenda_says_which_deliberations_there_are(tmp_path: Path) -> None:
    changes = {
        "seances/rentree": {
            "ordre_du_jour": ["2026-045", "2026-046"],
            "mouvements": [{"elu": "roy-jean", "quitte_a": "2026-046"}],
        }
    }
    assert judged(tmp_path, changes, "seances/rentree") == []


def test_names_of_a_vote_are_ids_and_its_numbers_are_not(tmp_path: Path) -> None:
    found = judged(tmp_path / "a", {"deliberation/2026-045": {"vote": {"contre": ["roy-jen"]}}})
    assert [finding.code for finding in found] == ["identifiant-inconnu"]  # and not P3 at the same place
    secret = {"mode": "secret", "contre": "2", "pour": "5"}
    assert judged(tmp_path / "b", {"deliberation/2026-045": {"vote": secret}}) == []


def test_a_visa_is_an_id_a_text_or_a_deliberation(tmp_path: Path) -> None:
    visas = [
        "cgct-l5211-1",
        "l’avis de la commission",
        "cgct-l5211-2",
        {"deliberation": "2022-031"},
        {"deliberation": "2019-004", "du": "2019-02-01"},
    ]
    found = said(judged(tmp_path, {"deliberation/2026-045": {"visas": visas}}))
    assert [(code, field) for code, field, *_ in found] == [
        ("identifiant-inconnu", "visas.2"),
        ("identifiant-inconnu", "visas.3"),
    ]
    assert found[0][3] == "vouliez-vous dire « cgct-l5211-1 » ?"


def test_a_seance_in_error_blocks_its_deliberations_and_they_say_so_once(tmp_path: Path) -> None:
    changes: Changes = {
        "seances/rentree": {"absents": ["petit-anne", "petit-anne"]},
        "deliberation/2026-045": {"vote": {"contre": ["marty-sylvie"]}},
    }
    found = judged(tmp_path, changes)
    assert [(f.code, str(f.severity)) for f in found] == [("P3", "erreur"), ("seance-en-erreur", "info")]
    assert found[0].place.file == "content/seances/rentree.yaml"


def test_a_member_that_nobody_knows_blocks_the_deliberations_of_the_instance(tmp_path: Path) -> None:
    found = judged(tmp_path, {"elus/noel-yves": None})
    assert [(f.code, f.place.field, f.blocking) for f in found] == [
        ("identifiant-inconnu", "membres.6.elu", True)
    ]
    assert found[0].place.file == "content/instances/conseil-communautaire.yaml"


def test_no_act_without_a_collectivite(tmp_path: Path) -> None:
    assert [f.code for f in judged(tmp_path, {"collectivite/collectivite": None})] == ["fiche-en-erreur"]


def test_an_executive_that_nobody_knows_is_said_where_it_is_typed(tmp_path: Path) -> None:
    found = judged(tmp_path, {"collectivite/collectivite": {"executif": "personne-x"}})
    assert [(f.code, f.place.file) for f in found] == [("identifiant-inconnu", "content/collectivite.yaml")]


def test_a_vote_needs_a_seance(tmp_path: Path) -> None:
    found = judged(tmp_path, {"deliberation/2026-045": {"seance": "null"}})
    assert [f.code for f in found] == ["vote-sans-seance"]


def test_a_commission_does_not_vote_deliberations(tmp_path: Path) -> None:
    found = judged(tmp_path, {"instances/conseil-communautaire": {"type": "commission"}})
    assert [f.code for f in found] == ["instance-consultative"]


def test_an_instance_has_a_membership_that_makes_sense(tmp_path: Path) -> None:
    members = [
        "martin-paul",
        "roy-jean",
        "roy-jean",
        {"elu": "blanc-marie", "du": "2026-09-02", "au": "2026-09-01"},
        {"elu": "petit-anne", "du": "2026-09-02", "au": "2026-09-02"},
    ]
    changes = {
        "instances/conseil-communautaire": {
            "membres": members,
            "vice_presidents": ["martin-paul", "lopez-marc"],
        }
    }
    found = said(judged(tmp_path, changes, "instances/conseil-communautaire"))
    assert [(code, field, message.replace("\u00a0", " ")) for code, field, message, _ in found] == [
        ("instance", "membres.1", "M. Jean Roy est deux fois parmi les membres"),
        ("instance", "membres.3", "le mandat de Mme Marie Blanc finit avant de commencer"),
        ("instance", "president", "Mme Claire Durand n’est pas parmi les membres"),
        ("instance", "vice_presidents.1", "M. Marc Lopez n’est pas parmi les membres"),
        ("Q5", "suppleants.faure-lea", "Mme Léa Faure a un suppléant sans être membre"),
        ("Q5", "suppleants.faure-lea", "Mme Marie Blanc est à la fois membre et suppléante"),
    ]


def test_a_member_may_leave_and_come_back(tmp_path: Path) -> None:
    members = ["durand-claire", "martin-paul", "petit-anne", "faure-lea"]
    twice = [*members, {"elu": "noel-yves", "au": "2024-01-31"}, "noel-yves"]
    key = "instances/conseil-communautaire"
    assert judged(tmp_path, {key: {"membres": twice}}, key) == []


def test_every_registry_has_a_type_and_describes_its_fields_in_french() -> None:
    for registre in REGISTRES:
        for name, field in registre.type().model_fields.items():
            assert field.description, f"{registre.name}.{name}"


@pytest.mark.parametrize(
    "typed",
    [
        {"mouvements": [{"elu": "lopez-marc", "quitte_a": "2026-054"}]},
        {"secretaire": [{"elu": "martin-paul", "quitte_a": "2026-054"}, "petit-anne"]},
        {"secretaire": [{"elu": "martin-paul", "arrive_a": "2026-054"}], "ordre_du_jour": ["2026-045"]},
    ],
)
def test_a_turn_at_a_deliberation_that_does_not_exist_is_told(tmp_path: Path, typed: dict[str, Any]) -> None:
    found = judged(tmp_path, {"seances/rentree": typed}, "seances/rentree")
    assert [one.message for one in found if one.code == "mouvement"] == [
        "la délibération « 2026-054 » n’est pas dans content/deliberations/"
    ]


def test_one_hour_for_an_arrival_and_a_departure_is_told(tmp_path: Path) -> None:
    line = {"elu": "lopez-marc", "quitte_a": "2026-045", "arrive_a": "2026-046", "heure": "20h"}
    found = judged(
        tmp_path, {"seances/rentree": {"mouvements": [line], "ordre_du_jour": "null"}}, "seances/rentree"
    )
    assert [
        one.place.field for one in found if one.hints == ("écrivez deux lignes, chacune avec son heure",)
    ] == ["mouvements.0.heure"]


HORS = "M. Marc Lopez part à {}, hors de la séance"
AVANT = "M. Marc Lopez part à 19 h 00, avant un mouvement d’une délibération précédente"


@pytest.mark.parametrize(
    ("heure", "changes", "message"),
    [
        ("17h", {}, HORS.format("17 h 00")),
        ("6h30", {}, ""),
        ("6h31", {}, HORS.format("06 h 31")),
        ("21h", {"heure_fin": "21h"}, ""),
        ("21h01", {"heure_fin": "21h"}, HORS.format("21 h 01")),
        ("0h10", {"heure_fin": "0h20"}, ""),
        ("0h30", {"heure_fin": "0h20"}, HORS.format("00 h 30")),
        ("19h", {"mouvements": [{"elu": "petit-anne", "arrive_a": "2026-045", "heure": "19h"}]}, ""),
        ("19h", {"mouvements": [{"elu": "petit-anne", "arrive_a": "2026-045", "heure": "19h01"}]}, AVANT),
        ("19h", {"mouvements": [{"elu": "petit-anne", "arrive_a": "2026-047", "heure": "19h01"}]}, ""),
    ],
)
def test_the_hours_of_movements_are_those_of_the_seance(
    tmp_path: Path, heure: str, changes: dict[str, Any], message: str
) -> None:
    line = {"elu": "lopez-marc", "quitte_a": "2026-046", "heure": heure}
    typed = changes | {
        "mouvements": [line, *changes.get("mouvements", [])],
        "ordre_du_jour": ["2026-045", "2026-046", "2026-047"],
    }
    found = judged(tmp_path, {"seances/rentree": typed}, "seances/rentree")
    told = [one.message.replace("\u00a0", " ") for one in found if one.code == "mouvement"]
    assert told == [message] * bool(message)
