"""Names of persons and of communes, in the habits of lists that mairies keep."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctgdocs.vocabulary.appellations import civilite_of, place_name, read_person, with_capitals


@pytest.mark.parametrize(
    ("typed", "civilite", "prenom", "nom"),
    [
        ("Mme Colette Vaissac", "Mme", "Colette", "Vaissac"),
        ("VAISSAC Colette", "", "Colette", "Vaissac"),
        ("Colette VAISSAC", "", "Colette", "Vaissac"),
        ("VAISSAC, Colette", "", "Colette", "Vaissac"),
        ("BEN SAÏDANE JEAN-PIERRE", "", "Jean-Pierre", "Ben Saïdane"),
        ("Monsieur DE LA TOURNERIE Éric", "M.", "Éric", "de La Tournerie"),
        ("Désiré du PLESSIER", "", "Désiré", "du Plessier"),
        ("d’Auzelles Bruno", "", "Bruno", "d’Auzelles"),
        ("O'KERRAN HERVÉ", "", "Hervé", "O’Kerran"),
        ("Jean-Paul LE BIHANIC", "", "Jean-Paul", "Le Bihanic"),
        ("M. J.-M. MALATERRE-ROY", "M.", "J.-M.", "Malaterre-Roy"),
        ("VAISSAC", "", "", "Vaissac"),
        ("", "", "", ""),
    ],
)
def test_a_person_is_read_in_any_habit(typed: str, civilite: str, prenom: str, nom: str) -> None:
    assert read_person(typed) == (civilite, prenom, nom)


def test_a_heading_tells_the_order_where_nothing_else_does() -> None:
    assert read_person("Vaissac Colette", nom_first=True) == ("", "Colette", "Vaissac")
    assert read_person("Colette Vaissac", nom_first=False) == ("", "Colette", "Vaissac")


@pytest.mark.parametrize(
    ("typed", "civilite"),
    [("M", "M."), ("Mr", "M."), ("MADAME", "Mme"), ("Mlle", "Mme"), ("Maire", ""), ("", ""), ("Mme X", "")],
)
def test_civilites(typed: str, civilite: str) -> None:
    assert civilite_of(typed) == civilite


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("LA CHAPELLE VERNOISE", "La Chapelle-Vernoise"),
        ("LE MAS D'AROUGES", "Le Mas-d’Arouges"),
        ("L'HAYSSE", "L’Haysse"),
        ("ORSENNE SUR LOUVIERE", "Orsenne-sur-Louviere"),
        ("ST FELICIEN LA PLAINE", "Saint-Felicien-la-Plaine"),
        ("Ste Aubierge", "Sainte-Aubierge"),
        ("Belmaure-de-Vaurelle", "Belmaure-de-Vaurelle"),
        ("Le Causol", "Le Causol"),
    ],
)
def test_a_commune_in_capitals_is_written_as_french_communes_are(typed: str, written: str) -> None:
    assert place_name(typed) == written


@given(st.text(max_size=40))
def test_no_name_is_lost_and_none_is_a_traceback(typed: str) -> None:
    person = read_person(typed)
    place_name(typed)
    assert with_capitals(with_capitals(typed)) == with_capitals(typed)
    letters = sorted(sign for sign in "".join(person).casefold() if sign.isalpha())
    if not person.civilite:
        assert letters == sorted(sign for sign in typed.casefold() if sign.isalpha())
