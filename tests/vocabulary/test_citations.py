"""What a text cites, and the days to come that are no citation."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctgdocs.french import date_longue, date_simple
from ctgdocs.vocabulary.citations import citations

DAY = date(2026, 10, 15)


@pytest.mark.parametrize(
    "text",
    [
        "La délibération n° 2026-045 du 15 octobre 2026 engage le renouvellement.",
        "Vu la DÉLIBÉRATION N°2026-045\ndu 15\u00a0octobre 2026",
        "Les délibérations n° 2026-045, 2026-046 et 2026-047 du 15 octobre 2026 l’ont permis.",
        "L’arrêté préfectoral n° 82-2026-10-15-001 du 15 octobre 2026 porte statuts.",
        "Vu la décision n° D2026-12, prise le 15 octobre 2026",
        "La délibération du conseil municipal de Lavol n° 2026-031 du 15 octobre 2026 l’approuve.",
        "Conformément à la délibération du conseil communautaire du 15 octobre 2026, la présidente signe.",
        "Par délibération du jeudi 15 octobre 2026, le conseil a approuvé le projet.",
        "La convention a été approuvée par délibération du conseil municipal du 15 octobre 2026.",
        "Lors de sa séance du 15 octobre 2026, le conseil communautaire a approuvé ce principe.",
        "Ce choix, adopté en séance du 15 octobre 2026, est confirmé.",
        "La commission Affaires sociales, réunie le jeudi 15 octobre 2026, a émis un avis favorable.",
        "La commission Affaires sociales du 15 octobre 2026 a émis un avis.",
        "considérant que la commission s’est réunie le 15 octobre 2026",
        "Le conseil municipal a délibéré le 15/10/2026.",
        "L’avis réservé de la commission Enfance, jeunesse et familles en date du 15/10/2026 est joint.",
        "L’avis du comité social territorial du 15 octobre 2026 a été rendu.",
        "Après l’avis défavorable du comité social territorial rendu le 15 octobre 2026",
        "La loi n° 2026-1200 du 15 octobre 2026 relative aux familles s’applique.",
        "L’avenant n° 1, signé le 15 octobre 2026, prolonge la convention.",
        "Le procès-verbal de la séance du 15 octobre 2026 a été adopté.",
        "La délibération 2026-045 du 15 octobre 2026 engage le projet.",
        "La délibération numéro 2026-045, adoptée par le conseil communautaire le 15 octobre 2026, l’engage.",
        "Le conseil communautaire a approuvé, le 15 octobre 2026, le programme.",
        "Le 15 octobre 2026, le conseil communautaire a approuvé ce principe.",
        "La délibération DCC-2026-077 du 15 octobre 2026 est exécutoire.",
        "Comme l’a décidé le conseil communautaire dans sa séance du 15 octobre 2026, le service ouvre.",
        "Le bureau communautaire, dans sa réunion du 15 octobre 2026, a retenu ce scénario.",
        "Ce choix, approuvé en conseil communautaire le 15 octobre 2026, est confirmé.",
        "Le compte rendu de la commission du 15 octobre 2026 a été diffusé.",
        "En date du 15/10/2026, la commission Affaires sociales s’est prononcée.",
        "L’avis favorable de la {instance:commission-sociale} du {date:commission} est suivi.",
    ],
)
def test_what_has_taken_place_is_cited_with_its_day(text: str) -> None:
    (found,) = citations(text, {"commission": DAY})
    assert found.jour == DAY


@pytest.mark.parametrize(
    "text",
    [
        "La date limite est fixée au 15 octobre 2026.",
        "La convention du 15 octobre 2026 au 31 décembre 2031 est approuvée.",
        "Un emploi à compter du 15 octobre 2026 est créé par la présente délibération.",
        "Une délibération relative à un emploi du 15 octobre 2026 au 31 août 2029 est proposée.",
        "La délibération autorise le versement du 15 octobre 2026.",
        "La délibération autorise la présidente à verser l’aide avant le 15 octobre 2026.",
        "La commission se réunira le 15 octobre 2026.",
        "Le conseil du 15 octobre 2026 délibérera.",
        "La commission examinera ce dossier, puis le conseil communautaire du 15 octobre 2026 délibérera.",
        "Le conseil décidera en séance du 15 octobre 2026.",
        "Le projet de délibération du 15 octobre 2026 est joint.",
        "Le projet de loi du 15 octobre 2026 est discuté.",
        "La convention sera approuvée par délibération n° 2026-077 du 15 octobre 2026.",
        "Le projet est soumis à la commission Affaires sociales du 15 octobre 2026.",
        "Le bureau a renvoyé le dossier à la commission du 15 octobre 2026.",
        "L’ordre du jour de la séance du 15 octobre 2026 comporte cinq points.",
        "Conseil communautaire du jeudi 15 octobre 2026 : délibération",
        "La prochaine réunion du comité est fixée au 15 octobre 2026.",
        "Le comité de pilotage du 15 octobre 2026 devra se prononcer.",
        "L’avis de la commission du 15 octobre 2026 est sollicité.",
        "Dans l’attente de la délibération du 15 octobre 2026, les dépenses sont suspendues.",
        "La loi entre en vigueur le 15 octobre 2026.",
        "L’évaluation est présentée au comité de pilotage le 15 octobre 2026.",
        "Il est proposé d’adopter la délibération n° 2026-045 du 15 octobre 2026.",
        "L’ouverture est prévue le 15 octobre 2026, la commission a donné son accord.",
        "Pour le 15 octobre 2026, la commission a demandé un bilan.",
        "L’instruction des demandes du 15 octobre 2026 est confiée au service.",
        "Le courrier du 15 octobre 2026 est attendu.",
        "Le 15 octobre 2026, le conseil communautaire délibérera.",
        "Le conseil communautaire délibérera dans sa séance du 15 octobre 2026.",
        "Le conseil a fixé au 15 octobre 2026 la date de la réunion du comité.",
        "La commission est convoquée le 15 octobre 2026.",
        "sous réserve de l’avis de la commission du 15 octobre 2026",
        "sous réserve de la délibération du conseil municipal du 15 octobre 2026",
        "Préparation du forum de la petite enfance du 15 octobre 2026",
        "L’aide est versée jusqu’au 15 octobre 2026 ; la délibération le prévoit.",
    ],
)
def test_a_day_to_come_is_no_citation(text: str) -> None:
    assert list(citations(text)) == []


def test_numbers_and_sense_are_read() -> None:
    (act,) = citations("les délibérations n° 2026-045 et n° D2026-46 du 24 septembre 2026")
    assert act.numeros == ("2026-045", "D2026-46")
    (opinion,) = citations("Vu l’avis défavorable de la commission Affaires sociales du 3 septembre 2026")
    assert (opinion.nature, opinion.sens) == ("avis", "défavorable")
    assert opinion.corps == "défavorable de la commission Affaires sociales"


def test_a_field_names_an_act_of_the_contents() -> None:
    found = list(citations("Selon {deliberation:2026-045}, {convention:ctg} et {montant:300}."))
    assert [(one.nom, one.numeros) for one in found] == [
        ("délibération", ("2026-045",)),
        ("convention", ("ctg",)),
    ]


def test_in_a_visa_all_that_is_named_has_taken_place() -> None:
    for text in ("la réunion du comité technique du 15 octobre 2026", "le courrier de la Caf du 15/10/2026"):
        assert list(citations(text)) == []
        (found,) = citations(text, visa=True)
        assert found.jour == DAY


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_any_day_is_read_as_it_is_written(day: date) -> None:
    for written in (date_simple(day), date_longue(day, jour=True), day.strftime("%d/%m/%Y")):
        (found,) = citations(f"Vu la délibération n° 2026-045 du {written}, le conseil décide.")
        assert found.jour == day
        assert list(citations(f"L’aide court jusqu’au {written}, la délibération le dit.")) == []


@given(st.text("delibratonséuvs n°0129-,./()«»{}:\n", max_size=400))
def test_any_text_can_be_read(text: str) -> None:
    for found in citations(text * 5):
        assert found.numeros or found.jour
