"""What a document takes from its dossier, and where it then stands."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from small_world import DELIBERATION, Shelf, a_world

from ctgdocs.content.heritage import inherit, jours, lend, montants
from ctgdocs.stages import Entry
from ctgdocs.vocabulary.dossiers import CALCULES

DOSSIER: dict[str, Any] = {
    "objet": "Renouvellement de la convention",
    "rapporteur": "martin-paul",
    "matiere": "8.2",
    "considerants": ["que la convention prend fin"],
    "montants": {"aide": "300", "plafond": "4500"},
    "calendrier": {"ouverture": "2027-03-01"},
    "finances": {
        "depenses": [{"libelle": "Poste", "montant": "42 000", "nom": "poste"}],
        "recettes": [{"libelle": "Caf", "montant": "24 000"}],
    },
    "decisions": ["d’approuver la convention"],
}


def an_act(**typed: Any) -> tuple[Shelf, Entry]:
    """A délibération of the dossier `social`, which types only what is given."""
    shelf, _ = a_world({"dossiers": {"social": DOSSIER}})
    return shelf, shelf.put("deliberation", "2026-045", {"dossier": "social"} | typed)


def test_what_is_not_typed_comes_from_the_dossier() -> None:
    shelf, entry = an_act()
    acte = inherit(entry, shelf).value
    assert acte.objet == "Renouvellement de la convention"
    assert acte.rapporteur == "martin-paul"
    assert acte.considerants == ("que la convention prend fin",)
    assert [decision.texte for decision in acte.decisions] == ["d’approuver la convention"]


def test_what_is_typed_stays() -> None:
    shelf, entry = an_act(objet="Prolongation", decisions=["de prolonger"])
    acte = inherit(entry, shelf).value
    assert acte.objet == "Prolongation"
    assert acte.decisions[0].texte == "de prolonger"
    assert acte.matiere == "8.2"


def test_named_values_are_lent_one_by_one() -> None:
    shelf, entry = an_act(montants={"aide": "350"})
    assert dict(inherit(entry, shelf).value.montants) == {"aide": Decimal(350), "plafond": Decimal(4500)}


def test_a_text_may_cite_every_name_of_the_dossier() -> None:
    shelf, entry = an_act()
    heir = inherit(entry, shelf)
    assert {name: montants(heir)[name] for name in (*CALCULES, "poste", "aide")} == {
        "depenses": Decimal(42000),
        "recettes": Decimal(24000),
        "reste-a-charge": Decimal(18000),
        "poste": Decimal(42000),
        "aide": Decimal(300),
    }
    assert jours(heir)["ouverture"].isoformat() == "2027-03-01"


def test_what_is_lent_keeps_its_place() -> None:
    shelf, entry = an_act(objet="Prolongation", montants={"aide": "350"})
    heir = inherit(entry, shelf)
    assert heir.place("objet").file == "content/deliberation/2026-045.yaml"
    assert heir.place("considerants", 0).file == "content/dossiers/social.yaml"
    assert heir.place("montants", "aide").file == "content/deliberation/2026-045.yaml"
    assert heir.place("montants", "plafond").file == "content/dossiers/social.yaml"
    assert heir.place("contexte").file == "content/dossiers/social.yaml"


def test_an_act_without_dossier_is_left_as_it_is() -> None:
    shelf, _ = a_world({})
    entry = shelf.put("deliberation", "2026-045", DELIBERATION)
    assert inherit(entry, shelf) is entry


def test_a_point_takes_from_its_act_then_from_its_dossier() -> None:
    shelf, act = an_act(objet="Prolongation")
    note = shelf.put("note", "note", {"points": [{"deliberation": "2026-045"}]})
    point = Entry("note", "note", note.value.points[0], note.source, "", ("points", 0))
    heir = inherit(lend(point, inherit(act, shelf)), shelf)
    assert heir.value.objet == "Prolongation"
    assert heir.place("objet").file == "content/deliberation/2026-045.yaml"
    assert heir.value.finances.solde == Decimal(18000)
    assert heir.place("finances").file == "content/dossiers/social.yaml"
    assert heir.place("deliberation").file == "content/note/note.yaml"


@pytest.mark.parametrize(
    "typed", [{"calendrier": {"x": {"libelle": "quand ?"}}}, {"montants": {"2027": "1"}}]
)
def test_a_step_has_a_moment_and_a_name_is_a_name(typed: dict[str, Any]) -> None:
    shelf, _ = a_world({})
    with pytest.raises(ValueError, match=r"(ne dit pas quand|ne peut pas nommer)"):
        shelf.put("dossiers", "social", {"objet": "Objet"} | typed)
