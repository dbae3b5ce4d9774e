"""A row of the grid and what a séance types for it are the same thing said twice."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_councils import a_council, a_feuille, a_seance

from ctgdocs.assembly.appel import derive_feuille
from ctgdocs.assembly.grille import PRESENT, Etat, grille, inscrire
from ctgdocs.findings import CtgdocsError

NUMEROS = ("2026-9", "2026-10", "2026-11", "2026-12")
ABSENT, EXCUSE = Etat("absent"), Etat("excusé")


def a_row(*words: str) -> tuple[Etat, ...]:
    """« P » présent, « A » absent, « E » excusé, « V:a » pouvoir à a, « S:x » suppléé par x."""
    names = {"P": "présent", "A": "absent", "E": "excusé", "V": "pouvoir", "S": "suppléé"}
    return tuple(Etat(names[word[0]], word[2:]) for word in words)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("row", "absents", "suppleants", "mouvements"),
    [
        ("P P P P", [], [], []),
        ("A A A A", [("e", False, None)], [], []),
        ("E E P P", [("e", True, None)], [], [("e", "2026-11", None, None)]),
        ("V:a V:a P P", [("e", False, "a")], [], [("e", "2026-11", None, None)]),
        ("P P A A", [], [], [("e", None, "2026-11", None)]),
        ("P P V:b V:b", [], [], [("e", None, "2026-11", "b")]),
        ("P A A P", [], [], [("e", None, "2026-10", None), ("e", "2026-12", None, None)]),
        ("S:x S:x P P", [], [("x", "e")], [("e", "2026-11", None, None)]),
        (
            "A S:x S:x A",
            [("e", False, None)],
            [("x", "e")],
            [("x", "2026-10", None, None), ("x", None, "2026-12", None)],
        ),
    ],
)
def test_a_row_is_typed_as_one_would_type_it(
    row: str, absents: list, suppleants: list, mouvements: list
) -> None:
    council = a_council(suppleants={"e": "x"})
    written = inscrire(a_seance(), council, "e", a_row(*row.split()), NUMEROS)
    assert [(one.elu, one.excuse, one.pouvoir_a) for one in written.absents] == absents
    assert [(one.suppleant, one.titulaire) for one in written.suppleants] == suppleants
    assert [(one.elu, one.arrive_a, one.quitte_a, one.pouvoir_a) for one in written.mouvements] == mouvements
    assert grille(derive_feuille(written, council), NUMEROS)["e"] == a_row(*row.split())


def test_what_is_typed_of_the_others_and_the_hours_stay() -> None:
    seance = a_seance(
        absents="b c:a",
        mouvements=[
            {"elu": "e", "arrive_a": "2026-10", "heure": "18h55"},
            {"elu": "f", "quitte_a": "2026-11"},
        ],
    )
    written = inscrire(seance, a_council(), "e", a_row("A", "P", "P", "A"), NUMEROS, {"2026-12": time(20, 5)})
    assert written.absents[:2] == seance.absents
    assert [one.heure for one in written.mouvements if one.elu == "e"] == [time(18, 55), time(20, 5)]
    assert [one for one in written.mouvements if one.elu == "f"] == [seance.mouvements[1]]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("V:a V:b V:b V:b", "passe de « a » à « b »"),
        ("P P P S:x", "ne peut pas siéger après « e »"),
        ("V:a S:x S:x S:x", "gardez l’un des deux"),
        ("P V:g V:g V:g", "celui qui reçoit un pouvoir doit être là"),
        ("V:e V:e P P", "serait « absent »|serait « excusé »"),
    ],
)
def test_what_a_seance_cannot_say_is_refused_with_the_reason(row: str, says: str) -> None:
    with pytest.raises(CtgdocsError, match=says):
        inscrire(a_seance(absents="g"), a_council(suppleants={"e": "x"}), "e", a_row(*row.split()), NUMEROS)


rows = st.lists(
    st.sampled_from(["P", "A", "E", "V:a", "V:b", "S:x"]), min_size=len(NUMEROS), max_size=len(NUMEROS)
)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from("abcdefg"), rows), min_size=1, max_size=5))
def test_after_each_gesture_the_grid_shows_what_was_asked_or_nothing_changed(gestures: list) -> None:
    council, seance = a_council(suppleants={"e": "x"}), a_seance()
    for member, words in gestures:
        row = a_row(*words)
        before = grille(derive_feuille(seance, council), NUMEROS)
        try:
            seance = inscrire(seance, council, member, row, NUMEROS)
        except CtgdocsError:
            continue
        after = grille(derive_feuille(seance, council), NUMEROS)
        for got, asked in zip(after[member], row, strict=True):
            assert got == asked or {got.place, asked.place} == {"absent", "excusé"}
        for other in set(after) - {member}:
            for was, now in zip(before[other], after[other], strict=True):
                assert was == now or member in (was.autre, now.autre)
        assert inscrire(seance, council, member, after[member], NUMEROS) == seance


def test_the_grid_of_a_seance_is_what_its_fields_say() -> None:
    feuille = a_feuille(absents="c:a d", mouvements=[{"elu": "d", "arrive_a": "2026-10"}])
    shown = grille(feuille, NUMEROS)
    assert shown["a"] == (PRESENT,) * 4
    assert shown["c"] == (Etat("pouvoir", "a"),) * 4
    assert shown["d"] == (ABSENT, PRESENT, PRESENT, PRESENT)
    assert EXCUSE not in {etat for row in shown.values() for etat in row}
