"""The result of a vote."""

from __future__ import annotations

import pytest
from small_councils import a_council, a_scrutin

from ctgdocs.vocabulary.seances import Vote


def figures(scrutin) -> tuple[int, int, int, int]:
    return (scrutin.votants, scrutin.pour, scrutin.contre, scrutin.abstentions)


def sortes(scrutin) -> list[str]:
    return [contradiction.sorte for contradiction in scrutin.contradictions]


def test_those_not_named_vote_for() -> None:
    scrutin = a_scrutin({"contre": ["b"], "abstentions": ["c"]})
    assert figures(scrutin) == (7, 5, 1, 1)
    assert scrutin.noms_pour == ("a", "d", "e", "f", "g")
    assert (scrutin.exprimes, scrutin.adoptee, scrutin.unanime) == (6, True, False)
    assert scrutin.contradictions == ()


def test_a_mandant_votes_through_his_pouvoir() -> None:
    scrutin = a_scrutin({"contre": ["b"]}, absents="b:a c")
    assert figures(scrutin) == (6, 5, 1, 0)
    assert scrutin.noms_contre == ("b",)


def test_abstentions_do_not_prevent_unanimity() -> None:
    scrutin = a_scrutin({"abstentions": ["c", "d"]})
    assert (scrutin.unanime, scrutin.adoptee) == (True, True)


def test_who_does_not_take_part_does_not_use_the_pouvoir_he_holds() -> None:
    scrutin = a_scrutin({"ne_prend_pas_part": ["b"]}, absents="d:b")
    assert figures(scrutin) == (5, 5, 0, 0)
    assert scrutin.noms_nppv == ("b", "d")


def test_a_mandant_may_not_take_part_while_his_holder_does() -> None:
    scrutin = a_scrutin({"ne_prend_pas_part": ["d"]}, absents="d:b")
    assert figures(scrutin) == (6, 6, 0, 0)


def test_the_president_breaks_a_tie_with_his_own_vote() -> None:
    for_it = a_scrutin({"contre": ["d", "e", "f"]}, absents="g")
    against = a_scrutin({"contre": ["a", "e", "f"]}, absents="g")
    assert (for_it.pour, for_it.contre, for_it.voix_preponderante, for_it.adoptee) == (3, 3, "pour", True)
    assert (against.voix_preponderante, against.adoptee) == ("contre", False)


def test_a_tie_in_a_secret_ballot_rejects() -> None:
    scrutin = a_scrutin({"mode": "secret", "pour": 3, "contre": 3, "blancs": 1})
    assert (scrutin.voix_preponderante, scrutin.adoptee, scrutin.contradictions) == ("", False, ())


def test_a_president_who_abstained_breaks_no_tie() -> None:
    scrutin = a_scrutin({"contre": ["d", "e", "f"], "abstentions": ["a"]})
    assert (scrutin.adoptee, sortes(scrutin)) == (False, ["partage-president-muet"])


def test_nobody_presides_and_nobody_breaks_the_tie() -> None:
    scrutin = a_scrutin({"contre": ["d", "e"]}, absents="a b c")
    assert (scrutin.adoptee, sortes(scrutin)) == (False, ["partage-sans-president"])


def test_nothing_is_adopted_when_nobody_expresses_a_vote() -> None:
    everyone = list("abcdefg")
    for vote in ({"abstentions": everyone}, {"ne_prend_pas_part": everyone}):
        scrutin = a_scrutin(vote)
        assert (scrutin.adoptee, scrutin.unanime, sortes(scrutin)) == (False, False, ["sans-exprimes"])


def test_a_secret_ballot_is_counted_without_names() -> None:
    scrutin = a_scrutin({"mode": "secret", "pour": 4, "contre": 1, "blancs": 1, "nuls": 1})
    assert (scrutin.votants, scrutin.exprimes, scrutin.noms_pour) == (7, 5, ())
    assert scrutin.contradictions == ()


def test_a_public_ballot_may_name_those_in_favour() -> None:
    vote = {"mode": "scrutin public", "pour": list("abcde"), "contre": list("fg")}
    assert a_scrutin(vote).contradictions == ()
    assert sortes(a_scrutin(vote | {"pour": list("abcd")})) == ["total"]


def test_a_suppleant_votes_under_his_own_name() -> None:
    council = a_council(suppleants={"g": "y"})
    assert a_scrutin({"contre": ["y"]}, council, suppleants=["y"]).noms_contre == ("y",)
    assert sortes(a_scrutin({"contre": ["g"]}, council, suppleants=["y"])) == ["remplace"]


def test_who_steps_aside_may_have_left_the_room() -> None:
    scrutin = a_scrutin({"deports": ["f", "g"]}, absents="g")
    assert (scrutin.votants, scrutin.noms_nppv, scrutin.contradictions) == (5, ("f",), ())


@pytest.mark.parametrize(
    ("vote", "expected"),
    [
        ({"contre": ["z"]}, "non-membre"),
        ({"contre": ["g"]}, "absent"),
        ({"ne_prend_pas_part": ["g"]}, "absent"),
        ({"contre": ["b"], "abstentions": ["b"]}, "deux-listes"),
        ({"contre": ["b"], "ne_prend_pas_part": ["b"]}, "deux-listes"),
        ({"contre": ["b", "b"]}, "deux-listes"),
        ({"contre": ["f"], "ne_prend_pas_part": ["b"]}, "sans-voix"),
        ({"mode": "secret", "contre": ["b"]}, "noms-au-secret"),
        ({"blancs": "1"}, "bulletins-a-main-levee"),
        ({"mode": "secret", "pour": "5", "contre": "2"}, "total"),
        ({"mode": "secret", "contre": "9"}, "trop-de-voix"),
        ({"contre": "3"}, "partage-president-inconnu"),
        ({"resultat": "unanimité", "contre": ["b"]}, "unanimite-dementie"),
        ({"resultat": "rejetée"}, "resultat-dementi"),
        ({"resultat": "adoptée", "contre": ["a", "b", "c", "d"]}, "resultat-dementi"),
    ],
)
def test_each_contradiction_has_its_name(vote, expected: str) -> None:
    assert expected in sortes(a_scrutin(vote, absents="f:b g"))


def test_one_member_alone_needs_no_list() -> None:
    vote = Vote.model_validate({"contre": "roy-jean", "abstentions": "2"})
    assert (vote.contre, vote.abstentions) == (("roy-jean",), 2)
