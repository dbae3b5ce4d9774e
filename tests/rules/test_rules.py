"""Every rule against its cases, which a jurist can read: cases/<code>.yaml."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from small_world import findings_of

from ctgdocs.findings import Severity
from ctgdocs.kinds import KINDS
from ctgdocs.rules.rule import Rule, catalogue

RULES = catalogue(kind.package for kind in KINDS)
CARDS = [first for first, *_ in RULES.values()]
CASES = Path(__file__).parent / "cases"
FIELDS = {
    *(
        "passe",
        "echoue",
        "message",
        "gravite",
        "source",
        "conseil",
        "membres",
        "presents",
        "nom_de_la_seance",
    ),
    *("collectivite", "communes", "instance", "seance", "deliberation", "arrete", "visas"),
    *("reunion", "nom_de_la_reunion", "commission"),
    *("dossiers", "note", "deliberations", "convention", "conventions"),
    *("poste", "agents"),
}


def cases_of(code: str) -> list[dict[str, Any]]:
    file = CASES / f"{code}.yaml"
    # BaseLoader keeps every value as text, as content/ does.
    return yaml.load(file.read_text("utf-8"), yaml.BaseLoader) if file.is_file() else []


ALL = [
    pytest.param(rule, case, id=f"{rule.code}: {case.get('passe') or case.get('echoue')}")
    for rule in CARDS
    for case in cases_of(rule.code)
]


def plain(text: str) -> str:
    """Ordinary spaces, and a file without the line that the small world gave it."""
    return re.sub(r"(\.yaml):\d+", r"\1", text.replace("\u00a0", " ").replace("\u202f", " "))


@pytest.mark.parametrize(("rule", "case"), ALL)
def test_the_rule_says_what_its_case_says(rule: Rule, case: dict[str, Any]) -> None:
    assert set(case) <= FIELDS
    found = [finding for finding in findings_of(case) if finding.code == rule.code]
    if "passe" in case:
        assert found == []
        return
    said = {plain(finding.message): finding for finding in found}
    assert case["message"] in said, sorted(said)
    finding = said[case["message"]]
    assert finding.severity == case.get("gravite", "erreur")
    assert plain(finding.source).startswith(case.get("source", ""))
    assert plain(" ".join(finding.hints)).startswith(case.get("conseil", ""))


@pytest.mark.parametrize("rule", CARDS, ids=lambda rule: rule.code)
def test_a_rule_has_a_source_and_a_case_on_each_side(rule: Rule) -> None:
    cases = cases_of(rule.code)
    assert rule.source
    assert rule.title
    assert any("passe" in case for case in cases)
    assert any("echoue" in case for case in cases)


def test_every_file_of_cases_has_its_rule() -> None:
    assert {file.stem for file in CASES.glob("*.yaml")} == {rule.code for rule in CARDS}


def test_codes_are_unique() -> None:
    codes = [rule.code for rule in CARDS]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("case", [param.values[1] for param in ALL], ids=[str(param.id) for param in ALL])
def test_messages_have_plain_spaces_and_curly_apostrophes(case: dict[str, Any]) -> None:
    """The screen sets the others; a no-break space of French inside an amount or a name is a value's own."""
    for finding in findings_of(case):
        for text in (finding.message, *finding.hints, finding.source):
            assert not any(wrong in text for wrong in ("\u00a0:", "\u00a0;", "«\u00a0", "'", "  ")), text


@pytest.mark.parametrize(
    "rule",
    [rule for rule in CARDS if rule.to_check],
    ids=lambda rule: rule.code,
)
def test_a_rule_to_check_never_blocks(rule: Rule) -> None:
    assert rule.severity is not Severity.ERREUR
