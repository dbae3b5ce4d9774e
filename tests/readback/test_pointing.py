"""Which field a word of a page was typed in: told for each text, wherever the page says it."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ctgdocs.readback import Spot, pointed


def spot(field: str, said: str) -> Spot:
    steps = tuple(int(one) if one.isdigit() else one for one in field.split("."))
    return Spot("content/x.yaml", steps, 0, len(said), said)


def told(page: str, noted: list[Spot], others: list[Spot] = []) -> dict[str, str]:  # noqa: B006
    words = page.split()
    found = pointed(words, [False] * len(words), noted, others)
    return {".".join(map(str, one.steps)): " ".join(words[rank] for rank in one.words) for one in found}


def test_a_text_is_found_whole_wherever_it_stands() -> None:
    page = "Objet : Accueil des familles. Le conseil décide : Accueil des familles."
    assert told(page, [spot("objet", "Accueil des familles")]) == {
        "objet": "Accueil des familles. Accueil des familles."
    }


def test_typography_capitals_and_cuts_of_lines_change_nothing() -> None:
    words = ["CRÉATION", "D’UN", "LIEU", "«", "L’OU-", "STAL", "»", "à", "12\u202f500\u00a0€"]
    cut = [False, False, False, False, True, False, False, False, False]
    found = pointed(
        words, cut, [spot("objet", "Création d'un lieu \"l'oustal\""), spot("cout", "12 500 €")], []
    )
    assert [(one.steps, one.words) for one in found] == [
        (("objet",), (0, 1, 2, 3, 4, 5, 6)),
        (("cout",), (8,)),
    ]


def test_a_text_that_the_page_cuts_is_followed() -> None:
    said = "un deux trois quatre cinq six sept huit neuf dix onze douze"
    page = "un deux trois quatre cinq six Page 1 sur 2 sept huit neuf dix onze douze"
    assert told(page, [spot("expose", said)]) == {"expose": said}


def test_the_longer_text_has_its_words_before_the_shorter_one() -> None:
    page = "La commune de Belmaure accueille le service"
    found = told(
        page, [spot("expose", "La commune de Belmaure accueille")], [spot("nom", "commune de Belmaure")]
    )
    assert found == {"expose": "La commune de Belmaure accueille"}


def test_of_fields_that_say_the_same_the_one_beside_its_neighbours_is_meant() -> None:
    fields = [
        spot("lignes.0.nom", "Jeux et livres"),
        spot("lignes.0.montant", "2 000 €"),
        spot("lignes.1.nom", "Analyse pratique"),
        spot("lignes.1.montant", "2 000 €"),
    ]
    words = ["Jeux", "et", "livres", "2\u202f000\u00a0€", "Analyse", "pratique", "2\u202f000\u00a0€"]
    found = pointed(words, [False] * 7, fields, [])
    assert {one.steps: one.words for one in found} == {
        ("lignes", 0, "nom"): (0, 1, 2),
        ("lignes", 0, "montant"): (3,),
        ("lignes", 1, "nom"): (4, 5),
        ("lignes", 1, "montant"): (6,),
    }


@pytest.mark.parametrize("said", ["oui", "12", "le"])
def test_a_word_that_might_be_any_leads_nowhere(said: str) -> None:
    assert told(f"{said} et encore {said} ou {said}", [spot("champ", said)]) == {}


WORDS = ["le", "la", "commune", "12", "500", "accueil", "€"]


@given(st.lists(st.integers(0, 6), max_size=30), st.lists(st.integers(0, 29), max_size=5))
@example([0, 1, 1, 1, 0, 0], [1, 1, 4])
@settings(max_examples=60)
def test_a_word_is_of_one_field_and_is_in_its_text(page: list[int], starts: list[int]) -> None:
    words = [WORDS[at] for at in page]
    texts = [words[start : start + 1 + start % 7] for start in starts]
    spots = [spot(f"champ.{at}", " ".join(text)) for at, text in enumerate(texts)]
    found = pointed(words, [False] * len(words), spots[:3], spots[3:])
    ranks = [rank for one in found for rank in one.words]
    assert len(ranks) == len(set(ranks))
    for one in found:
        assert {words[rank] for rank in one.words} <= set(texts[int(one.steps[1])])
