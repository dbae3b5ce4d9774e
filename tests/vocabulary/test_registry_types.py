"""The types of what is typed once: short forms, codes, refusals that an agent can read."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import BaseModel, ValidationError
from small_councils import a_council, a_seance

from ctgdocs.vocabulary.actes import Visa
from ctgdocs.vocabulary.organismes import CodeDepartement, Collectivite, Partenaire
from ctgdocs.vocabulary.registres import REGISTRES
from ctgdocs.vocabulary.seances import Urgence, Vote


def refusal(type_: type[BaseModel], typed: Any) -> tuple[str, str]:
    """The message and the hint of the first error."""
    with pytest.raises(ValidationError) as caught:
        type_.model_validate(typed)
    context = caught.value.errors()[0]["ctx"]
    return context["message"], context["hint"]


def test_short_forms_say_the_same_as_long_ones() -> None:
    short = a_seance(
        absents=["roy-jean"], suppleants=["x"], urgence="la date limite", secretaire="martin-paul"
    )
    long = a_seance(
        absents=[{"elu": "roy-jean"}],
        suppleants=[{"suppleant": "x"}],
        urgence={"motif": "la date limite"},
        secretaire=["martin-paul"],
    )
    assert short == long
    assert Vote.model_validate("unanimité") == Vote(resultat="unanimité")
    assert a_council(membres=["a", "b"]) == a_council(membres=[{"elu": "a"}, {"elu": "b"}])


def test_a_movement_goes_somewhere() -> None:
    with pytest.raises(ValidationError, match="ne dit ni arrivée ni départ"):
        a_seance(mouvements=[{"elu": "roy-jean"}])
    with pytest.raises(ValidationError, match="donne un pouvoir sans quitter la séance"):
        a_seance(mouvements=[{"elu": "roy-jean", "arrive_a": "2026-046", "pouvoir_a": "petit-anne"}])


def test_a_second_convocation_says_of_which_seance() -> None:
    with pytest.raises(ValidationError, match="manqué de quorum"):
        a_seance(seconde_convocation={})


def test_votes_are_names_or_a_number() -> None:
    assert Vote.model_validate({"contre": ["roy-jean"]}).contre == ("roy-jean",)
    assert Vote.model_validate({"contre": "12"}).contre == 12
    assert (
        refusal(Vote, {"contre": {"roy-jean": "oui"}})[0] == "attendu une liste d’élus ou un nombre de voix"
    )
    assert "identifiant" in refusal(Vote, {"contre": ["Roy Jean"]})[0]


def test_codes_keep_their_digits_and_lose_their_spaces() -> None:
    assert Partenaire.model_validate({"nom": "Caf", "siret": "999 990 013 00016"}).siret == "99999001300016"
    message, hint = refusal(Partenaire, {"nom": "Caf", "siret": "200 066 655"})
    assert message == "« 200 066 655 » n’est pas un SIRET"
    assert hint.startswith("quatorze chiffres")


@pytest.mark.parametrize(("typed", "kept"), [("82", "82"), ("2a", "2A"), ("974", "974"), ("01", "01")])
def test_departments_have_their_codes(typed: str, kept: str) -> None:
    class Fiche(BaseModel):
        departement: CodeDepartement

    assert Fiche.model_validate({"departement": typed}).departement == kept


def test_a_visa_has_its_time() -> None:
    visa = Visa.model_validate(
        {"texte": "la circulaire", "rang": "circulaire", "valide_du": "2020-01-16", "valide_au": "2022-12-31"}
    )
    days = ["2020-01-15", "2020-01-16", "2022-12-31", "2023-01-01"]
    assert [visa.valide(type(visa.valide_du).fromisoformat(day)) for day in days] == [
        False,
        True,
        True,
        False,
    ]


def test_defaults_are_enough_for_the_house_style() -> None:
    house = Collectivite.model_validate(
        {
            "nom": "Commune d’Esparnac",
            "nom_court": "commune",
            "type": "commune",
            "population": "270",
            "departement": "82",
            "adresse": {"code_postal": "82990", "ville": "Esparnac"},
            "executif": "roy-jean",
            "tribunal": {"nom": "tribunal administratif de Toulouse", "adresse": "31000 Toulouse"},
        }
    )
    assert (house.dispositif, house.typographie.espace_fine, house.charte.fichier) == (
        "articles",
        "U+202F",
        "charte.docx",
    )


@pytest.mark.parametrize("registre", REGISTRES, ids=lambda registre: registre.name)
def test_every_field_describes_itself_to_an_agent(registre) -> None:
    schema = registre.type().model_json_schema()
    for field, info in registre.type().model_fields.items():
        assert info.description, field
        assert info.description[0].isupper() or info.description[0] in "«À"
    assert schema


@pytest.mark.parametrize(
    "typed", ["oui", "Non", "OUI.", "urgent", "Très urgent", "motif : urgence", "12/09/2026", "x"]
)
def test_an_urgency_without_a_reason_is_refused(typed: str) -> None:
    message, hint = refusal(Urgence, typed)
    assert message.endswith("ne dit pas ce qui justifie l’urgence")
    assert "écrivez le motif en quelques mots" in hint


@pytest.mark.parametrize("typed", ["inondation", "la date limite", "le toit de l’école s’est effondré"])
def test_a_short_reason_is_a_reason(typed: str) -> None:
    assert Urgence.model_validate(typed).motif == typed
