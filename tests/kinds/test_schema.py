"""A CTG that stands for the schéma pluriannuel: its table says which parts treat each point."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from world import a_workspace, composed, with_changes

from ctgdocs.prose import TableBlock

ACTION = {
    "titre": "Ouvrir une crèche",
    "cout": "1 200",
    "calendrier": "2027",
    "indicateurs": ["places ouvertes"],
}
ANNEXES = [
    {"titre": "Table", "contenu": "correspondance"},
    {"titre": "Diagnostic", "texte": "Les besoins des familles et la formation continue des professionnels."},
]


def rows(root: Path, **fields: Any) -> list[list[str]]:
    """The table of correspondance of a CTG, as plain words."""
    plan = {"axes": [{"titre": "Petite enfance", "actions": [ACTION]}]}
    ctg = {"tient_lieu_de_schema": "oui", "annexes": ANNEXES, "plan": plan, **fields}
    context: Any = composed(
        a_workspace(root, **with_changes({"convention/nouvelle": ctg})), "convention", "nouvelle"
    ).context
    (table,) = [one for one in context["annexes"][0]["texte"].blocks if isinstance(one, TableBlock)]
    cells = ((cell.paragraphs[0].runs[0].text.replace("\u00a0", " ") for cell in row) for row in table.rows)
    return [list(row) for row in cells]


def test_each_point_names_the_annexes_and_the_actions_that_treat_it(tmp_path: Path) -> None:
    head, *said = rows(tmp_path)
    assert head == ["Point", "Contenu du schéma", "Dans la convention"]
    assert len(said) == 11
    treated = {point: where for point, _, where in said}
    assert treated["2°"] == "Annexe 2"
    assert treated["4° b"] == "Annexe 2"
    assert treated["4° f"] == treated["4° g"] == treated["4° h"] == "Action 1.1"


@pytest.mark.parametrize(("statut", "said"), [("projet", "[à compléter"), ("valide", "Non traité")])
def test_what_nothing_treats_is_left_to_write_only_in_a_projet(
    tmp_path: Path, statut: str, said: str
) -> None:
    missing = next(where for point, _, where in rows(tmp_path, statut=statut)[1:] if point == "3°")
    assert missing.startswith(said)
