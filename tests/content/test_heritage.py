"""What a document takes from its dossier, and where it then stands."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from world import a_workspace, the_act, with_changes

from ctgdocs.content.heritage import inherit, jours, lend, montants
from ctgdocs.content.library import Library
from ctgdocs.kinds import KINDS
from ctgdocs.stages import Entry
from ctgdocs.vocabulary.dossiers import CALCULES
from ctgdocs.vocabulary.registres import NOTES

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


def an_act(root: Path, note: dict[str, Any] | None = None, **typed: Any) -> tuple[Entry[Any], Library]:
    """A délibération of the dossier `social`, which types only what is given."""
    act = {"dossier": "social", "objet": "null", "decisions": "null"} | typed
    changes = {"dossiers/social": DOSSIER, "deliberation/2026-045": act}
    files = with_changes(changes | ({"note/note": note} if note else {}))
    return the_act(a_workspace(root, **files), "deliberation", "2026-045")


def test_what_is_not_typed_comes_from_the_dossier(tmp_path: Path) -> None:
    entry, library = an_act(tmp_path)
    acte = inherit(entry, library.reader()).value
    assert acte.objet == "Renouvellement de la convention"
    assert acte.rapporteur == "martin-paul"
    assert acte.considerants == ("que la convention prend fin",)
    assert [decision.texte for decision in acte.decisions] == ["d’approuver la convention"]


def test_what_is_typed_stays(tmp_path: Path) -> None:
    entry, library = an_act(tmp_path, objet="Prolongation", decisions=["de prolonger"])
    acte = inherit(entry, library.reader()).value
    assert acte.objet == "Prolongation"
    assert acte.decisions[0].texte == "de prolonger"
    assert acte.matiere == "8.2"


def test_named_values_are_lent_one_by_one(tmp_path: Path) -> None:
    entry, library = an_act(tmp_path, montants={"aide": "350"})
    assert dict(inherit(entry, library.reader()).value.montants) == {
        "aide": Decimal(350),
        "plafond": Decimal(4500),
    }


def test_a_text_may_cite_every_name_of_the_dossier(tmp_path: Path) -> None:
    entry, library = an_act(tmp_path)
    heir = inherit(entry, library.reader())
    assert {name: montants(heir)[name] for name in (*CALCULES, "poste", "aide")} == {
        "depenses": Decimal(42000),
        "recettes": Decimal(24000),
        "reste-a-charge": Decimal(18000),
        "poste": Decimal(42000),
        "aide": Decimal(300),
    }
    assert jours(heir)["ouverture"].isoformat() == "2027-03-01"


def test_what_is_lent_keeps_its_place(tmp_path: Path) -> None:
    entry, library = an_act(tmp_path, objet="Prolongation", montants={"aide": "350"})
    heir = inherit(entry, library.reader())
    assert heir.place("objet").file == "content/deliberations/2026-045.yaml"
    assert heir.place("considerants", 0).file == "content/dossiers/social.yaml"
    assert heir.place("montants", "aide").file == "content/deliberations/2026-045.yaml"
    assert heir.place("montants", "plafond").file == "content/dossiers/social.yaml"
    assert heir.place("contexte").file == "content/dossiers/social.yaml"


def test_an_act_without_dossier_is_left_as_it_is(tmp_path: Path) -> None:
    entry, library = the_act(a_workspace(tmp_path), "deliberation", "2026-045")
    assert inherit(entry, library.reader()) is entry


def test_a_point_takes_from_its_act_then_from_its_dossier(tmp_path: Path) -> None:
    note = {"points": [{"deliberation": "2026-045"}]}
    act, library = an_act(tmp_path, note, objet="Prolongation")
    reader = library.reader()
    whole = reader.find(NOTES, "note")
    assert whole is not None
    point = Entry("note", "note", whole.value.points[0], whole.source, "", ("points", 0))
    heir = inherit(lend(point, inherit(act, reader)), reader)
    assert heir.value.objet == "Prolongation"
    assert heir.place("objet").file == "content/deliberations/2026-045.yaml"
    assert heir.value.finances.solde == Decimal(18000)
    assert heir.place("finances").file == "content/dossiers/social.yaml"
    assert heir.place("deliberation").file == "content/notes/note.yaml"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"calendrier": {"x": {"libelle": "quand ?"}}}, "ne dit pas quand"),
        ({"montants": {"2027": "1"}}, "ne peut pas nommer"),
    ],
)
def test_a_step_has_a_moment_and_a_name_is_a_name(tmp_path: Path, typed: dict[str, Any], said: str) -> None:
    project = a_workspace(tmp_path, **with_changes({"dossiers/social": {"objet": "Objet"} | typed}))
    (found,) = Library(project, KINDS).findings_of("dossiers", "social")
    assert said in found.message
