"""`ctgdocs regles`: the catalogue, read by an agent; what `etat` says of a rule that a document silences."""

from __future__ import annotations

from pathlib import Path

import pytest
from world import a_workspace, findings_of, with_changes

from ctgdocs.cli.main import main
from ctgdocs.findings import SILENCED, Severity

KEY = "deliberation/2026-045"
Said = pytest.CaptureFixture[str]


def read(capsys: Said) -> str:
    """What was shown, on one line and with plain spaces."""
    shown = capsys.readouterr()
    return " ".join((shown.out + shown.err).replace("\u00a0", " ").replace("\u202f", " ").split())


def test_the_whole_catalogue_is_listed_a_line_a_rule(capsys: Said) -> None:
    assert main(["regles"]) == 0
    listed = read(capsys)
    assert "Q1 erreur Le quorum est atteint" in listed
    assert "P2 alerte (à vérifier)" in listed


def test_a_rule_is_told_in_full(capsys: Said) -> None:
    assert main(["regles", "c3"]) == 0
    card = read(capsys)
    assert "C3 – La convocation part cinq jours francs avant la séance" in card
    assert "source : CGCT, art. L. 2121-12" in card
    assert "par renvoi de l’art. L. 5211-1" in card
    assert "regles_ecartees" not in card  # an error is not silenced
    assert main(["regles", "D6"]) == 0
    assert "regles_ecartees: {D6: motif}" in read(capsys)


def test_a_letter_lists_its_rules_and_an_unknown_code_is_told(capsys: Said) -> None:
    assert main(["regles", "S"]) == 0
    listed = read(capsys)
    assert listed.count("S1 ") == 2  # its line, and how to read it in full
    assert "Q1" not in listed
    assert main(["regles", "Z9"]) == 2
    assert "« Z9 » n’est le code d’aucune règle" in read(capsys)


def test_an_alerte_is_silenced_with_its_reason_and_etat_tells_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    silenced = {"matiere": "5.3", "regles_ecartees": {"N7": "dispense votée en séance"}}
    project = a_workspace(tmp_path, **with_changes({KEY: silenced}))
    (found,) = [one for one in findings_of(project) if one.code in (SILENCED, "N7")]
    assert found.severity is Severity.INFO
    assert found.message.startswith("règle N7 écartée : « dispense votée en séance » ; elle dit : cet acte")
    monkeypatch.chdir(tmp_path)
    main(["etat", "2026-045"])
    assert "règle N7 écartée : « dispense votée en séance »" in read(capsys)


def test_a_reason_that_silences_nothing_and_an_error_are_told(tmp_path: Path) -> None:
    fields = {"expose": "Le vendredi 24 septembre 2026.", "regles_ecartees": {"D1": "motif", "D99": "motif"}}
    found = findings_of(a_workspace(tmp_path, **with_changes({KEY: fields})))
    assert [one.code for one in found if one.blocking] == ["D1"]
    told = [one.message for one in found if one.code == SILENCED]
    assert told == [f"« {code} » n’a rien à écarter dans ce document" for code in ("D1", "D99")]
