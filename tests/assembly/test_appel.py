"""Who is there at each délibération."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_councils import a_council, a_feuille, who_is_there

from ctgdocs.assembly.presence import rang
from ctgdocs.assembly.regimes import derogation, jours_francs, pouvoirs_par_mandataire, quorum


def sortes(feuille) -> list[str]:
    return [anomalie.sorte for anomalie in feuille.anomalies]


def test_everyone_is_there_when_a_seance_says_nothing() -> None:
    presence = a_feuille().presence("2026-001")
    assert who_is_there(presence) == "a b c d e f g |  |  | "
    assert (presence.en_exercice, presence.nombre_presents, presence.quorum) == (7, 7, 4)
    assert presence.quorum_atteint
    assert presence.president == "a"


def test_a_pouvoir_makes_a_represente_and_not_a_present() -> None:
    feuille = a_feuille(absents="b c:a d")
    assert who_is_there(feuille.presence("2026-001")) == "a e f g | c→a |  | b d"
    assert feuille.anomalies == ()


def test_pouvoirs_do_not_count_for_the_quorum() -> None:
    presence = a_feuille(absents="d:a e:b f:c g").presence("2026-001")
    assert presence.nombre_de_voix == 6
    assert not presence.quorum_atteint


def test_a_member_who_arrives_is_absent_before_and_present_from_there() -> None:
    feuille = a_feuille(mouvements=[{"elu": "f", "arrive_a": "2026-046"}])
    assert [who_is_there(feuille.presence(numero)) for numero in ("2026-045", "2026-046", "2026-100")] == [
        "a b c d e g |  |  | f",
        "a b c d e f g |  |  | ",
        "a b c d e f g |  |  | ",
    ]


def test_a_member_who_arrives_takes_his_pouvoir_back() -> None:
    feuille = a_feuille(absents="f:a", mouvements=[{"elu": "f", "arrive_a": "2026-046"}])
    assert who_is_there(feuille.presence("2026-045")) == "a b c d e g | f→a |  | "
    assert who_is_there(feuille.presence("2026-046")) == "a b c d e f g |  |  | "
    assert feuille.anomalies == ()


def test_a_member_who_leaves_may_leave_a_pouvoir() -> None:
    feuille = a_feuille(mouvements=[{"elu": "f", "quitte_a": "2026-046", "pouvoir_a": "g"}])
    assert who_is_there(feuille.presence("2026-045")) == "a b c d e f g |  |  | "
    assert who_is_there(feuille.presence("2026-046")) == "a b c d e g | f→g |  | "


def test_a_holder_who_leaves_ends_the_pouvoirs_he_holds_even_if_he_comes_back() -> None:
    feuille = a_feuille(
        absents="f:g",
        mouvements=[{"elu": "g", "quitte_a": "2026-046"}, {"elu": "g", "arrive_a": "2026-048"}],
    )
    assert who_is_there(feuille.presence("2026-045")) == "a b c d e g | f→g |  | "
    assert who_is_there(feuille.presence("2026-047")) == "a b c d e |  | f | g"
    assert who_is_there(feuille.presence("2026-048")) == "a b c d e g |  | f | "
    assert sortes(feuille) == ["pouvoir-eteint"]


def test_a_pouvoir_waits_for_a_holder_who_comes_late() -> None:
    feuille = a_feuille(absents="f:g", mouvements=[{"elu": "g", "arrive_a": "2026-046"}])
    assert who_is_there(feuille.presence("2026-045")) == "a b c d e |  | f | g"
    assert who_is_there(feuille.presence("2026-046")) == "a b c d e g | f→g |  | "
    assert sortes(feuille) == ["pouvoir-en-attente"]


def test_one_line_may_say_a_departure_and_a_return() -> None:
    feuille = a_feuille(mouvements=[{"elu": "a", "quitte_a": "2026-046", "arrive_a": "2026-047"}])
    presidents = [feuille.presence(numero).president for numero in ("2026-045", "2026-046", "2026-047")]
    assert presidents == ["a", "b", "a"]
    assert feuille.anomalies == ()


def test_a_pouvoir_left_to_who_comes_in_at_the_same_moment_holds() -> None:
    feuille = a_feuille(
        mouvements=[
            {"elu": "f", "quitte_a": "2026-046", "pouvoir_a": "g"},
            {"elu": "g", "arrive_a": "2026-046"},
        ]
    )
    assert who_is_there(feuille.presence("2026-046")) == "a b c d e g | f→g |  | "
    assert feuille.anomalies == ()


def test_a_pouvoir_left_to_who_is_not_in_the_room_is_void_even_when_he_comes_later() -> None:
    feuille = a_feuille(
        absents="g",
        mouvements=[
            {"elu": "f", "quitte_a": "2026-046", "pouvoir_a": "g"},
            {"elu": "g", "arrive_a": "2026-047"},
        ],
    )
    assert who_is_there(feuille.presence("2026-046")) == "a b c d e |  |  | f g"
    assert who_is_there(feuille.presence("2026-047")) == "a b c d e g |  |  | f"
    assert sortes(feuille) == ["mandataire-absent"]


def test_a_pouvoir_left_to_who_is_in_the_room_lasts_while_others_move() -> None:
    feuille = a_feuille(
        mouvements=[
            {"elu": "f", "quitte_a": "2026-046", "pouvoir_a": "g"},
            {"elu": "e", "quitte_a": "2026-047"},
        ]
    )
    assert who_is_there(feuille.presence("2026-047")) == "a b c d g | f→g |  | e"
    assert feuille.anomalies == ()


def test_a_pouvoir_left_to_a_holder_who_has_already_gone_is_void() -> None:
    feuille = a_feuille(
        mouvements=[
            {"elu": "g", "quitte_a": "2026-046"},
            {"elu": "f", "quitte_a": "2026-047", "pouvoir_a": "g"},
            {"elu": "g", "arrive_a": "2026-048"},
        ]
    )
    assert who_is_there(feuille.presence("2026-048")) == "a b c d e g |  |  | f"
    assert sortes(feuille) == ["mandataire-absent"]


def test_the_last_pouvoir_is_the_one_that_stands() -> None:
    feuille = a_feuille(
        absents="f:a",
        mouvements=[
            {"elu": "f", "arrive_a": "2026-046"},
            {"elu": "f", "quitte_a": "2026-047", "pouvoir_a": "b"},
        ],
    )
    assert [who_is_there(feuille.presence(numero)) for numero in ("2026-045", "2026-047")] == [
        "a b c d e g | f→a |  | ",
        "a b c d e g | f→b |  | ",
    ]


def test_who_came_and_left_is_remembered_with_the_hour_of_each_line() -> None:
    feuille = a_feuille(
        mouvements=[
            {"elu": "f", "quitte_a": "2026-046", "heure": "19h"},
            {"elu": "f", "arrive_a": "2026-047", "heure": "19h30"},
            {"elu": "g", "quitte_a": "2026-046", "arrive_a": "2026-047", "heure": "20h"},
        ]
    )
    told = {
        numero: [(one.elu, one.heure, one.parti, one.retour) for one in feuille.presence(numero).passages]
        for numero in ("2026-045", "2026-046", "2026-047")
    }
    assert told == {
        "2026-045": [],
        "2026-046": [("f", time(19), True, False), ("g", None, True, False)],
        "2026-047": [("f", time(19, 30), False, True), ("g", None, False, True)],
    }


def test_movements_follow_the_ordre_du_jour_when_it_is_given() -> None:
    feuille = a_feuille(
        ordre_du_jour=["Approbation du procès-verbal", "2026-047", "2026-045"],
        mouvements=[{"elu": "f", "quitte_a": "2026-045"}],
    )
    assert feuille.presence("2026-047").est_present("f")
    assert not feuille.presence("2026-045").est_present("f")


def test_a_movement_at_a_number_out_of_the_ordre_du_jour_is_said() -> None:
    feuille = a_feuille(ordre_du_jour=["2026-045"], mouvements=[{"elu": "f", "quitte_a": "2026-054"}])
    assert sortes(feuille) == ["hors-ordre-du-jour"]


def test_numbers_have_a_natural_order() -> None:
    assert sorted(["2026-10", "2026-9", "2026-10-bis"], key=rang) == ["2026-9", "2026-10", "2026-10-bis"]


COUNCIL = a_council(suppleants={"f": "x", "g": "y"})


def test_a_suppleant_sits_on_the_seat_of_his_titulaire() -> None:
    feuille = a_feuille(COUNCIL, absents="f:a g", suppleants=["y"])
    presence = feuille.presence("2026-001")
    assert who_is_there(presence) == "a b c d e y(g) | f→a |  | "
    assert (presence.nombre_presents, presence.en_exercice) == (6, 7)
    assert feuille.anomalies == ()


def test_a_suppleant_may_hold_a_pouvoir_until_his_titulaire_comes() -> None:
    feuille = a_feuille(
        COUNCIL, absents="e:y", suppleants=["y"], mouvements=[{"elu": "g", "arrive_a": "2026-046"}]
    )
    assert who_is_there(feuille.presence("2026-045")) == "a b c d f y(g) | e→y |  | "
    assert who_is_there(feuille.presence("2026-046")) == "a b c d f g |  | e | "


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"absents": "z"}, "non-membre"),
        ({"absents": "b b"}, "deux-fois"),
        ({"absents": "b:b"}, "pouvoir-a-soi"),
        ({"absents": "b:z"}, "mandataire-non-membre"),
        ({"absents": "b:c c"}, "mandataire-absent"),
        ({"absents": "b:c c:d"}, "mandataire-absent"),
        ({"absents": "b:a c:a"}, "trop-de-pouvoirs"),
        ({"suppleants": ["z"]}, "suppleant-sans-titulaire"),
        ({"suppleants": [{"suppleant": "b", "titulaire": "f"}]}, "suppleant-membre"),
        ({"suppleants": ["x", "x"]}, "suppleant-deux-fois"),
        ({"suppleants": [{"suppleant": "x", "titulaire": "g"}]}, "suppleant-inconnu"),
        ({"suppleants": ["x", {"suppleant": "z", "titulaire": "f"}]}, "titulaire-remplace-deux-fois"),
        ({"suppleants": [{"suppleant": "z", "titulaire": "w"}]}, "titulaire-non-membre"),
        ({"absents": "f:a", "suppleants": ["x"]}, "titulaire-represente"),
        ({"mouvements": [{"elu": "z", "arrive_a": "1"}]}, "non-membre"),
        ({"absents": "b", "mouvements": [{"elu": "b", "quitte_a": "1"}]}, "deja-absent"),
        (
            {"mouvements": [{"elu": "b", "arrive_a": "1"}, {"elu": "b", "arrive_a": "2"}]},
            "deja-present",
        ),
        (
            {
                "suppleants": ["x"],
                "mouvements": [
                    {"elu": "x", "quitte_a": "1"},
                    {"elu": "f", "arrive_a": "2"},
                    {"elu": "x", "arrive_a": "3"},
                ],
            },
            "siege-occupe",
        ),
    ],
)
def test_each_contradiction_has_its_name(fields, expected: str) -> None:
    assert expected in sortes(a_feuille(COUNCIL, **fields))


def test_two_pouvoirs_were_allowed_until_the_end_of_july_2022() -> None:
    assert sortes(a_feuille(date="2022-07-31", absents="c:a d:a")) == []
    assert sortes(a_feuille(date="2022-08-01", absents="c:a d:a")) == ["trop-de-pouvoirs"]
    assert [pouvoirs_par_mandataire(date(2021, 11, day)) for day in (9, 10)] == [1, 2]


def test_the_vice_president_presides_when_the_president_is_not_there() -> None:
    assert a_feuille(absents="a").presence("1").president == "b"
    assert a_feuille(absents="a b").presence("1").president == "c"
    assert a_feuille(absents="a b c").presence("1").president == ""
    assert a_feuille(absents="a", presidence="d").presence("1").president == "d"
    assert a_feuille().presence("1", presidence="e").president == "e"


def test_a_secretary_named_twice_is_one() -> None:
    assert a_feuille(secretaire=["b", {"elu": "b", "quitte_a": "2026-046"}]).secretaires("2026-045") == ("b",)


def test_who_steps_aside_is_left_out_of_the_quorum() -> None:
    presence = a_feuille(absents="e f g").presence("1", deports=["c", "d", "g"])
    assert (presence.en_exercice, presence.quorum, presence.presents_pour_le_quorum) == (7, 3, 2)
    assert not presence.quorum_atteint


def test_a_second_convocation_needs_no_quorum() -> None:
    presence = a_feuille(absents="b c d e f", seconde_convocation={"date": "2026-09-18"}).presence("1")
    assert presence.nombre_presents < presence.quorum
    assert presence.quorum_atteint


def test_a_member_of_another_time_does_not_sit() -> None:
    council = a_council(
        membres=["a", "b", {"elu": "c", "au": "2026-09-23"}, {"elu": "d", "du": "2026-09-24"}]
    )
    assert who_is_there(a_feuille(council).presence("1")) == "a b d |  |  | "


@pytest.mark.parametrize(
    ("en_exercice", "expected"), [(11, 6), (15, 8), (23, 12), (29, 15), (39, 20), (48, 25)]
)
def test_quorum_is_more_than_half(en_exercice: int, expected: int) -> None:
    assert quorum(en_exercice, date(2026, 9, 24)) == expected


def test_quorum_was_a_third_for_a_time() -> None:
    assert [quorum(30, date(2022, 7, 31)), quorum(31, date(2022, 7, 31)), quorum(30, date(2022, 8, 1))] == [
        10,
        11,
        16,
    ]


@given(st.dates(date(2014, 1, 1), date(2035, 1, 1)), st.integers(0, 40))
def test_clear_days_are_the_days_strictly_between(envoi: date, days: int) -> None:
    seance = envoi + timedelta(days=days)
    between = [d for d in range(1, days) if envoi < envoi + timedelta(days=d) < seance]
    assert max(jours_francs(envoi, seance), 0) == len(between)


@given(st.integers(1, 500), st.dates(date(2014, 1, 1), date(2035, 1, 1)))
def test_quorum_is_the_smallest_majority(en_exercice: int, jour: date) -> None:
    needed = quorum(en_exercice, jour)
    if derogation(jour):
        assert 3 * needed >= en_exercice > 3 * (needed - 1)
    else:
        assert 2 * needed > en_exercice >= 2 * (needed - 1)


def test_clear_days_leave_out_both_ends() -> None:
    assert jours_francs(date(2024, 1, 29), date(2024, 2, 4)) == 5
    assert jours_francs(date(2023, 9, 11), date(2023, 9, 16)) == 4
