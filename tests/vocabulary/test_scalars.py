"""What an agent may type for a date, an hour, a sum, a yes: and what is refused, in which words."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from ctgdocs.french import JOURS, MOIS
from ctgdocs.vocabulary import scalars
from ctgdocs.vocabulary.as_typed import did_you_mean, nearest, slug


def read(type: Any, typed: object) -> Any:
    return TypeAdapter(type).validate_python(typed)


def refusal(type: Any, typed: object) -> tuple[str, str, str]:
    """(code, message, hint) of a refused value."""
    with pytest.raises(ValidationError) as caught:
        read(type, typed)
    (error,) = caught.value.errors()
    return error["ctx"]["code"], error["msg"], error["ctx"]["hint"]


@pytest.mark.parametrize(
    "typed",
    [
        "2026-09-24",
        "24/09/2026",
        "24.09.2026",
        "24 septembre 2026",
        "jeudi 24 septembre 2026",
        "Jeudi 24 Septembre 2026",
        "le jeudi 24 septembre 2026",
        "jeudi 24/09/2026",
        " 24\u00a0septembre\u202f2026 ",
    ],
)
def test_a_date_is_read_in_every_usual_form(typed: str) -> None:
    assert read(scalars.DateFr, typed) == datetime.date(2026, 9, 24)


def test_the_first_of_a_month_is_read_with_its_ordinal() -> None:
    assert read(scalars.DateFr, "1er octobre 2026") == datetime.date(2026, 10, 1)


def test_months_are_read_without_their_accents() -> None:
    assert read(scalars.DateFr, "3 fevrier 2026") == datetime.date(2026, 2, 3)
    assert read(scalars.DateFr, "3 août 2026") == read(scalars.DateFr, "3 AOUT 2026")


def test_a_weekday_that_does_not_match_its_date_is_rule_d1() -> None:
    code, message, _ = refusal(scalars.DateFr, "mercredi 24 septembre 2026")
    assert code == "D1"
    assert message == "le 24 septembre 2026 est un jeudi, pas un mercredi"


@given(st.dates(datetime.date(1800, 1, 1), datetime.date(2199, 12, 31)), st.sampled_from(JOURS))
def test_only_the_right_weekday_is_accepted(date: datetime.date, weekday: str) -> None:
    typed = f"{weekday} {date.day} {MOIS[date.month - 1]} {date.year}"
    if weekday == JOURS[date.weekday()]:
        assert read(scalars.DateFr, typed) == date
    else:
        assert refusal(scalars.DateFr, typed)[0] == "D1"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("31/02/2026", "n’existe pas dans le calendrier"),
        ("09/24/2026", "il n’y a pas de mois 24"),
        ("0226-09-24", "n’est pas vraisemblable"),
        ("24 brumaire 2026", "n’est pas un mois"),
        ("demain", "n’est pas une date"),
        ("2026-W39-4", "n’est pas une date"),
        ("٢٤/٠٩/٢٠٢٦", "n’est pas une date"),
    ],
)
def test_what_is_not_a_date_is_refused_with_its_reason(typed: str, words: str) -> None:
    assert words in refusal(scalars.DateFr, typed)[1]


def test_a_year_of_two_digits_gets_its_own_hint() -> None:
    assert "quatre chiffres" in refusal(scalars.DateFr, "24/09/26")[2]


@pytest.mark.parametrize(
    "typed", ["18:30", "18h30", "18 h 30", "18\u00a0h\u00a030", "18H30", "à 18 h 30", "18 heures 30"]
)
def test_an_hour_is_read_in_every_usual_form(typed: str) -> None:
    assert read(scalars.Heure, typed) == datetime.time(18, 30)


def test_a_round_hour_needs_no_minutes() -> None:
    assert read(scalars.Heure, "18h") == datetime.time(18)


@pytest.mark.parametrize("typed", ["24h", "18:60", "18", "18:", "midi", "18h3", ""])
def test_what_is_not_an_hour_is_refused(typed: str) -> None:
    assert refusal(scalars.Heure, typed)[0] == "heure"


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("12500", "12500"),
        ("12 500,00", "12500"),
        ("12 500 €", "12500"),
        ("12\u202f500,5\u00a0€", "12500.5"),
        ("12500.50", "12500.5"),
        ("1 234 567,89 euros", "1234567.89"),
        ("-1 200", "-1200"),
        ("0", "0"),
    ],
)
def test_a_sum_is_read_in_every_usual_form(typed: str, amount: str) -> None:
    assert read(scalars.Montant, typed) == Decimal(amount)


@pytest.mark.parametrize(
    "typed", ["12.500", "12,500.00", "12 50", "1 2500", "12 k€", "€", "1e3", "12,", "12_500"]
)
def test_a_sum_that_could_be_read_two_ways_is_refused(typed: str) -> None:
    assert refusal(scalars.Montant, typed)[0] == "montant"


@given(st.decimals(-(10**9), 10**9, places=2, allow_nan=False))
def test_a_sum_typed_in_full_is_the_same_sum(amount: Decimal) -> None:
    typed = f"{amount:,}".replace(",", "\u202f").replace(".", ",") + " €"
    assert read(scalars.Montant, typed) == amount


@pytest.mark.parametrize(("typed", "value"), [("oui", True), ("non", False), ("Oui", True), ("NON", False)])
def test_yes_and_no_are_french(typed: str, value: bool) -> None:
    assert read(scalars.OuiNon, typed) is value


@pytest.mark.parametrize(
    ("typed", "hint"), [("true", "oui"), ("yes", "oui"), ("false", "non"), ("no", "non")]
)
def test_a_programmers_boolean_is_refused_with_the_french_word(typed: str, hint: str) -> None:
    code, message, advice = refusal(scalars.OuiNon, typed)
    assert (code, advice) == ("oui-non", f"écrivez « {hint} »")
    assert f"« {typed} »" in message


def test_a_whole_number_is_not_a_sum() -> None:
    assert read(scalars.Entier, "10 500") == 10500
    assert refusal(scalars.Entier, "10,5")[0] == "entier"


@pytest.mark.parametrize("typed", ["durand-claire", "2026-045", "DL-2019-38", "2014-02-22", "8"])
def test_an_identifier_is_a_slug_or_the_number_of_an_act(typed: str) -> None:
    assert read(scalars.Identifiant, typed) == typed


@pytest.mark.parametrize(
    "typed", ["../secret", "a/b", "a.b", "", "Élodie Martin", "-a", "a b", "C:\\x", "nul\x00"]
)
def test_an_identifier_is_never_a_path(typed: str) -> None:
    assert refusal(scalars.Identifiant, typed)[0] == "identifiant"


def test_a_name_typed_for_an_identifier_gets_the_identifier_as_hint() -> None:
    assert refusal(scalars.Identifiant, "Élodie Martin")[2] == "écrivez « elodie-martin »"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Élodie Martin", "elodie-martin"),
        ("Cœur d’Ardèche", "coeur-d-ardeche"),
        ("  Pôle — petite enfance !", "pole-petite-enfance"),
        ("Pedt 2027\u20112031", "pedt-2027-2031"),
        ("日本", ""),
    ],
)
def test_a_slug_keeps_letters_and_digits(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_a_text_on_one_line_is_trimmed_and_its_breaks_folded() -> None:
    assert read(scalars.Texte, "  la convention\n   territoriale\n") == "la convention territoriale"


def test_a_long_text_keeps_its_lines() -> None:
    assert read(scalars.TexteLong, "\n- a\n  - b\n\n") == "- a\n  - b"


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1))
def test_a_text_comes_out_whole(text: str) -> None:
    import unicodedata

    wanted = unicodedata.normalize("NFC", text).strip()
    if wanted and "\ufffe" not in text and "\uffff" not in text:
        assert read(scalars.Texte, text) == wanted


@pytest.mark.parametrize("type", [scalars.Texte, scalars.TexteLong])
def test_a_control_character_is_refused_with_its_position(type: Any) -> None:
    code, message, _ = refusal(type, "abc\x07d")
    assert code == "caractere-interdit"
    assert "U+0007" in message
    assert "position 4" in message


@pytest.mark.parametrize("type", [scalars.Texte, scalars.TexteLong])
@pytest.mark.parametrize("typed", ["", "  ", "\n\n", "\u00a0"])
def test_a_blank_text_is_refused(type: Any, typed: str) -> None:
    assert refusal(type, typed)[0] == "texte-vide"


def test_a_text_of_many_blanks_is_read_at_once() -> None:
    assert len(read(scalars.Texte, "a" + " " * 50_000 + "\n" + " " * 50_000 + "b")) == 3


@pytest.mark.parametrize("typed", ["accueil@mairie.fr", "l.o-m_a+1@cc.vaurelle82.fr"])
def test_an_email_address_stays_as_it_is(typed: str) -> None:
    assert read(scalars.Courriel, typed) == typed


@pytest.mark.parametrize("typed", ["accueil", "a@b", "a b@c.fr", "@c.fr", "a@" + "b." * 50_000])
def test_what_is_not_an_email_address_is_refused(typed: str) -> None:
    assert refusal(scalars.Courriel, typed)[0] == "courriel"


@pytest.mark.parametrize(
    "typed", ["javascript:alert(1)", "www.mairie.fr", "http://", "https://a b", "file:///etc"]
)
def test_only_a_web_address_is_a_web_address(typed: str) -> None:
    assert refusal(scalars.Url, typed)[0] == "url"


@pytest.mark.parametrize(
    "type",
    [scalars.DateFr, scalars.Heure, scalars.Montant, scalars.OuiNon, scalars.Texte, scalars.Identifiant],
)
def test_a_list_where_one_value_is_wanted_says_so(type: Any) -> None:
    code, message, _ = refusal(type, ["a"])
    assert code == "type"
    assert message.endswith("trouvé une liste")


def test_programs_may_give_the_values_themselves() -> None:
    assert read(scalars.DateFr, datetime.date(2026, 9, 24)) == datetime.date(2026, 9, 24)
    assert read(scalars.Montant, Decimal("12.50")) == Decimal("12.50")
    assert read(scalars.OuiNon, True) is True
    assert read(scalars.Entier, 3) == 3


def test_true_is_not_a_whole_number() -> None:
    assert refusal(scalars.Entier, True)[0] == "type"


@pytest.mark.parametrize(
    ("word", "expected"), [("raporteur", "rapporteur"), ("Séance", "seance"), ("paul-martin", "martin-paul")]
)
def test_the_nearest_word_forgives_accents_capitals_and_order(word: str, expected: str) -> None:
    assert nearest(word, ["rapporteur", "seance", "martin-paul", "durand-claire"]) == expected


def test_nothing_is_proposed_when_nothing_is_near() -> None:
    assert did_you_mean("zzz", ["rapporteur"]) == ""


def test_a_sum_of_forty_digits_is_refused() -> None:
    assert refusal(scalars.Montant, "9" * 40)[0] == "montant"
