"""What an act says of how it was voted and where: the secret ballot waived, a séance by visioconférence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from world import a_workspace, composed, with_changes

KEY = "deliberation/2026-045"


def context(root: Path, **changes: dict[str, Any]) -> Any:
    project = a_workspace(root, **with_changes(changes))
    return composed(project, "deliberation", "2026-045").context


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_the_page_says_that_the_secret_ballot_was_waived(tmp_path: Path) -> None:
    page = context(tmp_path, **{KEY: {"matiere": "5.3", "vote": {"sans_secret": "oui"}}})
    assert page["vote_mode"] == "Vote à main levée, décidé à l’unanimité pour cette nomination"
    assert context(tmp_path, **{KEY: {"vote": {}}})["vote_mode"] == "Vote à main levée"


def test_the_page_says_where_else_the_seance_was_held(tmp_path: Path) -> None:
    remote = {"lieux": ["mairie du Causol", "mairie de Viguerol"], "a_distance": ["noel-yves", "faure-lea"]}
    page = context(tmp_path, **{"seances/rentree": {"visioconference": remote}})
    assert [plain(one) for one in page["complements"]] == [
        "La séance se tient par visioconférence (CGCT, art. L. 5211-11-1), aussi en ces lieux : mairie du "
        "Causol et mairie de Viguerol ; y participent : M. Yves Noël et Mme Léa Faure."
    ]
