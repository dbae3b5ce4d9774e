"""Ids that point nowhere."""

from __future__ import annotations

from small_world import DELIBERATION, INSTANCE, SEANCE, a_world

from ctgdocs.kinds.deliberation import KIND
from ctgdocs.rules.liens import liens
from ctgdocs.rules.rule import judge
from ctgdocs.vocabulary.registres import INSTANCES, REGISTRES


def said(findings) -> list[tuple[str, str, str, str]]:
    return [
        (f.code, f.place.field, f.message.replace("\u00a0", " "), " ".join(f.hints).replace("\u00a0", " "))
        for f in findings
    ]


def test_every_id_of_a_record_is_found_wherever_it_stands() -> None:
    shelf, seance = a_world({})
    fields = SEANCE | {
        "absents": ["petit-anne", {"elu": "roy-jean", "pouvoir_a": "durand-claire"}],
        "mouvements": [{"elu": "lopez-marc", "quitte_a": "2026-046", "pouvoir_a": "martin-paul"}],
        "suppleants": ["blanc-marie"],
        "presidence": "martin-paul",
    }
    found = list(liens(shelf.put("seances", seance, fields).value))
    assert (("instance",), "instances", "conseil-communautaire") in found
    assert (("secretaire", 0), "elus", "martin-paul") in found
    assert (("absents", 1, "pouvoir_a"), "elus", "durand-claire") in found
    assert (("mouvements", 0, "pouvoir_a"), "elus", "martin-paul") in found
    assert (("suppleants", 0, "suppleant"), "elus", "blanc-marie") in found
    assert len(found) == 9


def test_the_ids_of_a_mapping_are_its_keys_and_its_values() -> None:
    shelf, _ = a_world({})
    found = [
        id
        for path, _, id in liens(shelf.find(INSTANCES, "conseil-communautaire").value)
        if path[0] == "suppleants"
    ]
    assert found == ["faure-lea", "blanc-marie"]


def test_an_unknown_id_comes_with_the_nearest_one() -> None:
    shelf, seance = a_world({})
    entry = shelf.put(
        "deliberation", "2026-045", DELIBERATION | {"seance": seance, "rapporteur": "martn-paul"}
    )
    assert said(KIND.check(entry, shelf))[0] == (
        "identifiant-inconnu",
        "rapporteur",
        "« martn-paul » n’est pas dans content/elus.yaml",
        "vouliez-vous dire « martin-paul » ?",
    )


def test_names_of_a_vote_are_ids_and_its_numbers_are_not() -> None:
    shelf, seance = a_world({})
    typed = DELIBERATION | {"seance": seance, "vote": {"contre": ["roy-jen"]}}
    codes = [f.code for f in KIND.check(shelf.put("deliberation", "2026-045", typed), shelf)]
    assert codes == ["identifiant-inconnu"]  # and not P3 at the same place
    typed["vote"] = {"mode": "secret", "contre": "2"}
    assert KIND.check(shelf.put("deliberation", "2026-045", typed), shelf) == []


def test_a_visa_is_an_id_a_text_or_a_deliberation() -> None:
    shelf, _ = a_world({"visas": {"cgct-l5211-1": {"texte": "le code", "rang": "code"}}})
    typed = {
        "objet": "Objet",
        "decisions": ["d’approuver"],
        "visas": [
            "cgct-l5211-1",
            "l’avis de la commission",
            "cgct-l5211-2",
            {"deliberation": "2022-031"},
            {"deliberation": "2019-004", "du": "2019-02-01"},
        ],
    }
    found = said(KIND.check(shelf.put("deliberation", "2026-045", typed), shelf))
    assert [(code, field) for code, field, *_ in found] == [
        ("identifiant-inconnu", "visas.2"),
        ("identifiant-inconnu", "visas.3"),
    ]
    assert found[0][3] == "vouliez-vous dire « cgct-l5211-1 » ?"


def test_a_seance_in_error_blocks_its_deliberations_and_they_say_so_once() -> None:
    shelf, seance = a_world({"seance": {"absents": ["petit-anne", "petit-anne"]}})
    entry = shelf.put(
        "deliberation", "2026-045", DELIBERATION | {"seance": seance, "vote": {"contre": ["marty-sylvie"]}}
    )
    found = KIND.check(entry, shelf)
    assert [(f.code, str(f.severity)) for f in found] == [("P3", "erreur"), ("seance-en-erreur", "info")]
    assert found[0].place.file == f"content/seances/{seance}.yaml"


def test_a_member_that_nobody_knows_blocks_the_deliberations_of_the_instance() -> None:
    shelf, seance = a_world({})
    del shelf.entries["elus", "garnier-luc"]
    found = KIND.check(shelf.put("deliberation", "2026-045", DELIBERATION | {"seance": seance}), shelf)
    assert [(f.code, f.place.field, f.blocking) for f in found] == [
        ("identifiant-inconnu", "membres.6.elu", True)
    ]
    assert found[0].place.file == "content/instances/conseil-communautaire.yaml"


def test_no_act_without_a_collectivite() -> None:
    shelf, seance = a_world({})
    del shelf.entries["collectivite", "collectivite"]
    found = KIND.check(shelf.put("deliberation", "2026-045", DELIBERATION | {"seance": seance}), shelf)
    assert [f.code for f in found] == ["fiche-en-erreur"]


def test_a_vote_needs_a_seance() -> None:
    shelf, _ = a_world({})
    found = KIND.check(shelf.put("deliberation", "2026-045", DELIBERATION), shelf)
    assert [f.code for f in found] == ["vote-sans-seance"]


def test_a_commission_does_not_vote_deliberations() -> None:
    shelf, seance = a_world({"instance": {"type": "commission"}})
    found = KIND.check(shelf.put("deliberation", "2026-045", DELIBERATION | {"seance": seance}), shelf)
    assert [f.code for f in found] == ["instance-consultative"]


def test_an_instance_has_a_membership_that_makes_sense() -> None:
    shelf, _ = a_world({})
    fields = INSTANCE | {
        "membres": [
            "martin-paul",
            "roy-jean",
            "roy-jean",
            {"elu": "blanc-marie", "du": "2026-09-02", "au": "2026-09-01"},
        ],
        "vice_presidents": ["martin-paul"],
    }
    found = said(judge(shelf.put("instances", "bureau", fields), shelf))
    assert [(code, field, message) for code, field, message, _ in found] == [
        ("instance", "membres.1", "M. Jean Roy est deux fois parmi les membres"),
        ("instance", "membres.3", "le mandat de Mme Marie Blanc finit avant de commencer"),
        ("instance", "president", "Mme Claire Durand n’est pas parmi les membres"),
        ("Q5", "suppleants.faure-lea", "Mme Léa Faure a un suppléant sans être membre"),
        ("Q5", "suppleants.faure-lea", "Mme Marie Blanc est à la fois membre et suppléante"),
    ]


def test_a_member_may_leave_and_come_back() -> None:
    shelf, _ = a_world({})
    fields = INSTANCE | {
        "membres": [*INSTANCE["membres"][:6], {"elu": "garnier-luc", "au": "2024-01-31"}, "garnier-luc"]
    }
    assert judge(shelf.put("instances", "conseil-communautaire", fields), shelf) == []


def test_every_registry_has_a_type_and_describes_its_fields_in_french() -> None:
    for registre in REGISTRES:
        for name, field in registre.type().model_fields.items():
            assert field.description, f"{registre.name}.{name}"
