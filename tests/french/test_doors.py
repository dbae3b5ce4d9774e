"""The room as other programs meet it: light to import, generous in, clear when it refuses; its oracles."""

import doctest
import pickle
import pkgutil
import random
import subprocess
import sys
from datetime import date, datetime, timedelta
from decimal import Decimal
from importlib import import_module

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal
from unicode_rbnf import RbnfEngine

import ctgdocs.french
from ctgdocs.french import (
    DEFAUT,
    Profil,
    date_longue,
    de_departement,
    en_lettres,
    heure,
    heure_en_lettres,
    montant,
    nombre,
    periode,
)


def test_the_examples_of_the_docstrings_hold() -> None:
    for module in pkgutil.iter_modules(ctgdocs.french.__path__):
        results = doctest.testmod(import_module(f"ctgdocs.french.{module.name}"))
        assert results.failed == 0, module.name


def test_importing_the_doors_loads_nothing_heavy() -> None:
    code = (
        "import sys; from ctgdocs.french import *; montant(1); typographie('Objet : 12 €'); "
        "print([name for name in ('babel', 'unicode_rbnf', 'pydantic') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_unknown_door_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="porte"):
        _ = ctgdocs.french.porte  # type: ignore[attr-defined]


def test_numbers_in_words_agree_with_the_library_where_it_is_right() -> None:
    """Below a million, hyphens apart, CLDR and we must say the same."""
    engine = RbnfEngine.for_language("fr")
    picked = random.Random(14)
    for number in [*range(2_000), *(picked.randrange(1_000_000) for _ in range(1_500))]:
        theirs = engine.format_number(number).text.replace("-", " ")
        assert en_lettres(number).replace("-", " ") == theirs
        assert en_lettres(number, Profil(numeraux="1990")).replace("-", " ") == theirs


def test_the_1990_spelling_has_no_space_below_a_million() -> None:
    reform = Profil(numeraux="1990")
    assert not any(" " in en_lettres(number, reform) for number in range(0, 1_000_000, 997))


def test_dates_agree_with_babel_but_for_the_first() -> None:
    day = date(2026, 1, 1)
    while day.year == 2026:
        ours = date_longue(day, jour=True).replace("\u00a0", " ").replace(" 1er ", " 1 ")
        assert ours == format_date(day, "full", locale="fr")
        day += timedelta(days=1)


@pytest.mark.parametrize("number", ["0", "7", "999", "1000", "1234.5", "83302", "-1234567.25"])
def test_numbers_agree_with_babel(number: str) -> None:
    theirs = format_decimal(Decimal(number), locale="fr", decimal_quantization=False)
    assert nombre(number).replace("−", "-") == theirs.replace("\u00a0", "\u202f")


def test_equal_numbers_of_different_decimals_do_not_answer_for_each_other() -> None:
    assert montant(15894) != montant(Decimal("15894.00"))
    assert montant(15894).endswith("894\u00a0€")
    assert montant(Decimal("15894.00")).endswith("894,00\u00a0€")


def test_generous_inputs() -> None:
    assert (
        date_longue(datetime(2026, 3, 1, 18, 30))
        == date_longue("2026-03-01T18:30")
        == date_longue("1/3/2026")
    )
    assert (
        heure(datetime(2026, 3, 1, 18, 30)) == heure(timedelta(hours=18, minutes=30)) == heure("18 heures 30")
    )
    assert heure_en_lettres("18h30") == "dix-huit heures trente"
    assert nombre("12 500,00 €") == nombre("12\u202f500,00") == "12\u202f500,00"
    assert en_lettres("21") == en_lettres(21.0) == "vingt et un"  # type: ignore[arg-type]
    assert de_departement("1") == "de l’Ain"


@pytest.mark.parametrize(
    ("door", "value", "said"),
    [
        (date_longue, "31/02/2026", "n’est pas une date du calendrier"),
        (date_longue, "demain", "n’est pas une date"),
        (heure, "25 sur 30", "n’est pas une heure"),
        (heure, "18h75", "n’est pas une heure"),
        (montant, "douze", "n’est pas un nombre"),
        (nombre, float("nan"), "n’est pas un nombre"),
        (en_lettres, "douze", "n’est pas un nombre entier"),
        (en_lettres, 10**15, "trop grand"),
        (de_departement, "99", "n’est pas un département"),
    ],
)
def test_a_refusal_is_one_french_sentence(door: object, value: object, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        door(value)  # type: ignore[operator]


def test_a_period_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="avant son début"):
        periode("2026-03-02", "2026-03-01")


def test_a_profile_is_read_from_the_options_of_the_collectivite() -> None:
    options = {
        "espace_fine": "U+00A0",
        "annee": "deux mil",
        "numeraux": "1990",
        "apostrophe": "Droite",
        "tiret": "trait d'union",
        "article": None,
    }
    profil = Profil.from_options(options)
    assert (profil.fine, profil.annee, profil.tiret, profil.article) == (
        "\u00a0",
        "deux mil",
        "trait d’union",
        "1er",
    )
    assert Profil.from_options({}) == Profil.from_options(None) == DEFAUT
    assert hash(pickle.loads(pickle.dumps(profil))) == hash(profil)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"anee": "deux mille"}, "option inconnue «\u00a0anee\u00a0».*annee"),
        ({"annee": "2000"}, "«\u00a02000\u00a0» n’est pas un choix possible.*deux mille, deux mil"),
    ],
)
def test_an_unknown_option_or_choice_is_refused_with_the_list(options: dict[str, str], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Profil.from_options(options)


@pytest.mark.parametrize("number", [83302, "83302", "83 302", "83\u202f302", "83\u00a0302", 83302.0])
def test_a_number_in_words_may_be_given_as_it_is_typed(number: int) -> None:
    assert en_lettres(number) == "quatre-vingt-trois mille trois cent deux"
