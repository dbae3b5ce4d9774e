"""Durations, articles, reasons, categories: what an agent types, what it means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from ctgdocs.kinds.fiche_de_poste.horaires import Semaine, duration_in_french, read_duration, read_stretches
from ctgdocs.kinds.fiche_de_poste.postes import DateOuTexte
from ctgdocs.kinds.fiche_de_poste.statut import (
    ARTICLES,
    CADRES,
    article_of,
    category_of,
    code_cited,
    months_of,
    motif_of,
)


@given(st.integers(60, 99 * 60 + 59))
def test_a_duration_reads_back_as_it_is_written(minutes: int) -> None:
    assert read_duration(duration_in_french(minutes)) == minutes


@pytest.mark.parametrize(
    "typed", ["17h30", "17 h 30", "17:30", "17 heures 30", "17,5", "17 h 30 hebdomadaires"]
)
def test_the_forms_of_a_duration(typed: str) -> None:
    if ":" in typed:
        with pytest.raises(PydanticCustomError, match="n’est pas une durée"):
            read_duration(typed)
    else:
        assert read_duration(typed) == 1050


@pytest.mark.parametrize("typed", ["", "beaucoup", "17 h 75", "-3 h", "1e5", "35 h 5 h"])
def test_what_is_no_duration_is_refused(typed: str) -> None:
    with pytest.raises(PydanticCustomError):
        read_duration(typed)


def test_a_day_is_made_of_stretches_in_order() -> None:
    assert [stretch.minutes for stretch in read_stretches("8h30-12h00, 13h30 - 17h")] == [210, 210]
    assert [stretch.minutes for stretch in read_stretches("21h-5h")] == [480]
    assert read_stretches("non travaillé") == ()
    for wrong in ("13h-17h, 8h-12h", "8h-12h, 11h-15h", "17h-8h30", "8h", "8h-25h"):
        with pytest.raises(PydanticCustomError):
            read_stretches(wrong)


def test_a_week_adds_up() -> None:
    assert Semaine(lundi="8h-12h, 13h-17h", samedi={"matin": "9h-12h"}).minutes == 11 * 60  # type: ignore[arg-type]


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.code)
def test_an_article_is_known_by_its_code_and_as_it_is_cited(article) -> None:  # type: ignore[no-untyped-def]
    assert article_of(article.code) is article
    assert article_of(f"Oui ({article.cite} du code général de la fonction publique)") is article
    assert article.explication.endswith(".")


def test_the_disposition_of_a_published_offer_is_the_degree_of_the_code() -> None:
    assert code_cited("Art. L332-8 disposition 2 du code général de la fonction publique") == "L332-8 2°"


def test_a_reason_and_a_length_are_read_in_free_text() -> None:
    assert motif_of("Poste créé suite à un nouveau besoin") == "creation"
    assert motif_of("remplacement de congé maternité") == "remplacement"
    assert motif_of("voir la délibération") is None
    assert (months_of("7 mois"), months_of("un an renouvelable"), months_of("six ans")) == (7, 12, 72)
    assert months_of("jusqu’au retour de l’agent") is None


@pytest.mark.parametrize("cadre", CADRES)
def test_a_known_grade_has_its_category_whatever_its_number_and_place(cadre: str) -> None:
    assert category_of(cadre) == CADRES[cadre]
    assert category_of(f"{cadre} territorial") == CADRES[cadre]
    first, _, rest = cadre.partition(" ")
    assert category_of(f"{first}s {rest}") == CADRES[cadre]


def test_what_looks_like_a_date_must_be_one() -> None:
    read = TypeAdapter(DateOuTexte).validate_python
    assert read("dès que possible") == "dès que possible"
    for wrong in ("30/02/2026", "31 février 2026"):
        with pytest.raises(ValidationError):
            read(wrong)
