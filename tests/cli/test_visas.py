"""`ctgdocs visas`: the references by use, the usual one that an act lacks, those that open acts must not
cite."""

from __future__ import annotations

from pathlib import Path

import pytest
from world import a_workspace, with_changes

from ctgdocs.cli.main import main

VISAS = {
    "visas/casf": {"texte": "le code de l’action sociale et des familles", "rang": "code"},
    "visas/cog": {"texte": "la convention 2018-2022", "rang": "circulaire", "valide_au": "2022-12-31"},
}


def an_act(**fields: object) -> dict[str, object]:
    return {"seance": "rentree", "objet": "Objet", "decisions": ["d’approuver"], "matiere": "7.5", **fields}


@pytest.fixture(autouse=True)
def _workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    acts = {f"deliberation/2026-1{n:02}": an_act(visas=["cgct-l5211-1", "casf"], vote={}) for n in range(4)}
    lacking = {"deliberation/2026-110": an_act(visas=["cgct-l5211-1", "cog"])}
    a_workspace(tmp_path, **with_changes({**VISAS, **acts, **lacking}))
    monkeypatch.chdir(tmp_path)


def read(capsys: pytest.CaptureFixture[str]) -> str:
    shown = capsys.readouterr()
    return (shown.out + shown.err).replace("\u00a0", " ").replace("\u202f", " ")


def test_references_are_ranked_by_use_and_the_outdated_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["visas", "--le", "2026-09-01"]) == 0
    first, second, third, told = read(capsys).splitlines()
    assert first.split()[:3] == ["5", "actes", "cgct-l5211-1"]
    assert second.split()[:3] == ["4", "actes", "casf"]
    assert third.endswith("(pas en vigueur)")
    assert told == "« cog » n’est pas en vigueur, et 1 acte à venir le vise : deliberation/2026-110"


def test_the_usual_reference_that_an_act_lacks_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["visas", "2026-110"]) == 0
    assert "visa habituel manquant, « casf » (4 actes sur 4 de cette matière)" in read(capsys)
    assert main(["visas", "2026-101"]) == 0
    assert "aucun visa habituel ne manque" in read(capsys)


def test_what_is_no_act_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["visas", "2026-999"]) == 2
    assert "« 2026-999 » n’est pas un acte" in read(capsys)


def test_verifier_tells_an_open_act_what_it_lacks_and_the_repealed_text_that_it_cites(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["verifier", "2026-110"])
    told = read(capsys)
    assert "visa habituel absent : « casf » (4 actes sur 4 du même genre)" in told
    assert "[V1] content/deliberations/2026-110.yaml" in told
    main(["verifier", "2026-101"])
    assert "visa-habituel" not in read(capsys)
