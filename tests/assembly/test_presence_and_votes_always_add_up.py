"""Whatever is typed, contradictions included, every member is counted once and every vote adds up."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from small_councils import a_council, a_feuille

from ctgdocs.assembly.presence import Feuille, Presence
from ctgdocs.assembly.scrutin import derive_scrutin
from ctgdocs.vocabulary.instances import Instance
from ctgdocs.vocabulary.seances import Vote

NUMEROS = ["2026-9", "2026-10", "2026-11", "2026-12"]
STRANGER = "z"


def councils(members: str) -> Instance:
    return a_council(members, suppleants={members[-1]: "x", members[-2]: "y"})


@st.composite
def seances(draw: st.DrawFn, members: str) -> dict[str, Any]:
    """Exceptions of every sort, many of them contradictory."""
    anyone = st.sampled_from([*members, "x", "y", STRANGER])
    absents = draw(st.lists(anyone, unique=True, max_size=6))
    moves = draw(st.lists(st.tuples(anyone, st.sampled_from(NUMEROS)), unique=True, max_size=6))
    return {
        "absents": [
            {"elu": elu, "excuse": draw(st.booleans()), "pouvoir_a": draw(st.none() | anyone)}
            for elu in absents
        ],
        "suppleants": draw(st.lists(st.sampled_from(["x", "y"]), unique=True)),
        "mouvements": [
            {"elu": elu, "arrive_a": numero}
            if draw(st.booleans())
            else {"elu": elu, "quitte_a": numero, "pouvoir_a": draw(st.none() | anyone)}
            for elu, numero in moves
        ],
    }


@st.composite
def feuilles(draw: st.DrawFn) -> tuple[Feuille, Instance, dict[str, Any]]:
    members = "abcdefghij"[: draw(st.integers(4, 10))]
    fields = draw(seances(members))
    council = councils(members)
    return a_feuille(council, **fields), council, fields


@st.composite
def votes(draw: st.DrawFn, presence: Presence) -> Vote:
    anyone = st.sampled_from([*presence.membres, "x", "y", STRANGER])
    names = st.lists(anyone, max_size=8)
    if draw(st.booleans()):
        counts = st.integers(0, 12)
        return Vote.model_validate(
            {
                "mode": "secret",
                "pour": draw(st.none() | counts),
                "contre": draw(counts),
                "abstentions": draw(counts),
                "blancs": draw(counts),
                "ne_prend_pas_part": draw(names),
            }
        )
    fields = {name: draw(names) for name in ("contre", "abstentions", "ne_prend_pas_part", "deports")}
    return Vote.model_validate(fields)


@given(feuilles(), st.sampled_from(NUMEROS))
def test_every_member_is_in_exactly_one_list(case: tuple[Feuille, Instance, Any], numero: str) -> None:
    presence = case[0].presence(numero)
    lists = [
        *(present.siege for present in presence.presents),
        *(pouvoir.mandant for pouvoir in presence.pouvoirs),
        *presence.excuses,
        *presence.absents,
    ]
    assert sorted(lists) == sorted(presence.membres)
    assert presence.en_exercice == (
        presence.nombre_presents + presence.nombre_representes + presence.nombre_absents
    )


@given(feuilles(), st.sampled_from(NUMEROS))
def test_a_holder_is_present_and_is_never_a_mandant(case: tuple[Feuille, Instance, Any], numero: str) -> None:
    presence = case[0].presence(numero)
    there = [present.elu for present in presence.presents]
    assert len(there) == len(set(there))
    assert {pouvoir.mandataire for pouvoir in presence.pouvoirs} <= set(there)
    assert presence.president == "" or presence.president in there


@given(feuilles(), st.randoms(use_true_random=False))
def test_the_order_of_the_lines_changes_nothing(
    case: tuple[Feuille, Instance, dict[str, Any]], shuffler: random.Random
) -> None:
    feuille, council, fields = case
    shuffled = {name: shuffler.sample(lines, len(lines)) for name, lines in fields.items()}
    assert a_feuille(council, **shuffled).etapes == feuille.etapes


@given(feuilles(), st.sampled_from(NUMEROS), st.data())
@settings(max_examples=200)
def test_votes_always_add_up(case: tuple[Feuille, Instance, Any], numero: str, data: st.DataObject) -> None:
    presence = case[0].presence(numero)
    vote = data.draw(votes(presence))
    scrutin = derive_scrutin(vote, presence)
    assert scrutin.votants == presence.nombre_presents + presence.nombre_representes - scrutin.nppv
    if not scrutin.contradictions or not vote.en_nombres:
        bulletins = scrutin.pour + scrutin.contre + scrutin.abstentions + scrutin.blancs + scrutin.nuls
        assert bulletins == scrutin.votants
    if not scrutin.voix_preponderante:
        assert scrutin.adoptee == (scrutin.pour > scrutin.contre)
    else:
        assert scrutin.pour == scrutin.contre > 0
        assert scrutin.mode != "secret"
    named = [*scrutin.noms_pour, *scrutin.noms_contre, *scrutin.noms_abstentions, *scrutin.noms_nppv]
    assert len(named) == len(set(named))
    assert not (scrutin.unanime and scrutin.pour and scrutin.contre)


@given(feuilles(), st.sampled_from(NUMEROS), st.data(), st.randoms(use_true_random=False))
def test_the_order_of_the_names_changes_no_figure(
    case: tuple[Feuille, Instance, Any], numero: str, data: st.DataObject, shuffler: random.Random
) -> None:
    presence = case[0].presence(numero)
    voters = [present.elu for present in presence.presents]
    against = data.draw(st.lists(st.sampled_from(voters), unique=True)) if voters else []
    one, other = (
        derive_scrutin(Vote(contre=tuple(names)), presence)
        for names in (against, shuffler.sample(against, len(against)))
    )
    assert one == other


def test_a_titulaire_and_the_suppleant_who_arrive_at_one_point_in_either_order() -> None:
    """The titulaire sits, and the suppléant has not passed: whichever line comes first."""
    lines = [{"elu": "b", "arrive_a": "2026-9"}, {"elu": "y", "arrive_a": "2026-9"}]
    council, away = a_council(suppleants={"b": "y"}), [{"elu": "b"}]
    first, second = (
        a_feuille(council, absents=away, suppleants=["y"], mouvements=moved) for moved in (lines, lines[::-1])
    )
    assert first.etapes == second.etapes
    assert [one.elu for one in first.etapes[-1].passages] == ["b"]
    for feuille in (first, second):
        assert [one.sorte for one in feuille.anomalies] == ["siege-occupe"]
