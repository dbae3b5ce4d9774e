"""Every rule against its cases, which a jurist can read: cases/<code>.yaml here, or in the drawer of the kind
that it judges. A case changes the small world, and says what is then found in all of it."""

from __future__ import annotations

import inspect
import json
import os
import re
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
import yaml
from world import DRAWERS, a_workspace, findings_of, with_changes

from ctgdocs.assembly.presence import Sorte
from ctgdocs.assembly.scrutin import Fausse
from ctgdocs.findings import Finding, Severity
from ctgdocs.kinds import KINDS
from ctgdocs.rules import appel, vote
from ctgdocs.rules.rule import Rule, catalogue
from ctgdocs.stages import Entry

RULES = catalogue(kind.package for kind in KINDS)
CARDS = [first for first, *_ in RULES.values()]
HERE = Path(__file__).parent
FILES = [file for one in (HERE, *DRAWERS.values()) for file in one.glob("**/cases/*.yaml")]
EXPECTED = {*RULES, "instance-consultative"}
"""What a case that passes a rule may break instead; it is never a file that cannot be read."""
WORDS = HERE / "data/cases.json"
TOLD: dict[str, list[str]] = json.loads(WORDS.read_text("utf-8"))
every_rule = pytest.mark.parametrize("rule", CARDS, ids=lambda rule: rule.code)


def cases_of(code: str) -> list[dict[str, Any]]:
    # BaseLoader keeps every value as text, as content/ does.
    found = (yaml.load(file.read_text("utf-8"), yaml.BaseLoader) for file in FILES if file.stem == code)
    return [case for cases in found for case in cases]


ALL = [
    pytest.param(rule, case, id=f"{rule.code}: {case.get('passe') or case.get('echoue')}")
    for rule in CARDS
    for case in cases_of(rule.code)
]


def plain(text: str) -> str:
    """Ordinary spaces, and a file without its line."""
    return re.sub(r"(\.yaml):\d+", r"\1", text.replace("\u00a0", " ").replace("\u202f", " "))


def test_the_small_world_breaks_no_rule(tmp_path: Path) -> None:
    assert findings_of(a_workspace(tmp_path)) == []


@pytest.mark.parametrize(("rule", "case"), ALL)
def test_the_rule_says_what_its_case_says(rule: Rule, case: dict[str, Any], tmp_path: Path) -> None:
    everything = findings_of(a_workspace(tmp_path, **with_changes(case.get("avec", {}))))
    for finding in everything:
        for text in (finding.message, *finding.hints, finding.source):  # the screen sets French spaces
            assert not any(wrong in text for wrong in ("\u00a0:", "\u00a0;", "«\u00a0", "'", "  ")), text
    found = [finding for finding in everything if finding.code == rule.code]
    if "passe" in case:
        assert found == []
        assert [one for one in everything if one.blocking and one.code not in EXPECTED] == []
        return
    said = {plain(finding.message): finding for finding in found}
    assert case["message"] in said, sorted(said) or everything
    finding = said[case["message"]]
    assert finding.severity == case.get("gravite", "erreur")
    assert plain(finding.source).startswith(case.get("source", ""))
    hints = plain(" ".join(finding.hints))
    assert hints == case.get("conseil", hints)
    assert finding.place.field == case.get("champ", finding.place.field)
    name = f"{rule.code}: {case['echoue']}"
    assert [*map(told, found)] == approved(name, [*map(told, found)])


def told(finding: Finding) -> str:
    """All that a finding says, and where it says that it is."""
    others = [f"voir {one.place.file}, {one.place.field} : {one.message}" for one in finding.related]
    place = f"{finding.place.file}, {finding.place.field}"
    return plain(" | ".join([finding.severity, finding.message, place, *finding.hints, *others]))


def approved(name: str, said: list[str]) -> list[str]:
    """What a case was read to say. `CTGDOCS_APPROUVER=1`, without processes side by side, writes it again."""
    if os.environ.get("CTGDOCS_APPROUVER"):
        TOLD[name] = said
        WORDS.write_text(json.dumps(TOLD, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
    return TOLD.get(name, [])


@every_rule
def test_a_rule_has_a_source_and_a_case_on_each_side(rule: Rule) -> None:
    cases = cases_of(rule.code)
    assert rule.source
    assert rule.title
    assert any("passe" in case for case in cases)
    assert any("echoue" in case for case in cases)


def test_every_file_of_cases_has_its_rule_and_stands_beside_it() -> None:
    assert sorted(file.stem for file in FILES) == sorted(RULES)
    for rule in CARDS:
        ((drawer, file),) = ((file.parents[2].name, file) for file in FILES if file.stem == rule.code)
        assert file.parents[1] == HERE or rule.judge.__module__.startswith(f"ctgdocs.kinds.{drawer}."), (
            rule.code
        )


def test_a_rule_has_one_card_and_a_page() -> None:
    for first, *others in RULES.values():
        for rule in (first, *others):
            assert (rule.title, rule.source, rule.severity) == (first.title, first.source, first.severity)
            assert inspect.getdoc(rule.judge), rule.judge


@pytest.mark.parametrize("rule", [one for ones in RULES.values() for one in ones], ids=lambda rule: rule.code)
def test_a_rule_is_written_for_what_it_is_on(rule: Rule) -> None:
    subject, *_ = get_type_hints(rule.judge).values()
    assert subject in (rule.on, Entry[rule.on])


@every_rule
def test_a_rule_to_check_never_blocks(rule: Rule) -> None:
    assert not rule.to_check or rule.severity is not Severity.ERREUR


def test_every_contradiction_of_a_roll_call_and_of_a_vote_has_its_words() -> None:
    told = [*appel._POUVOIRS, *appel._PRESENCES, *appel._SUPPLEANTS]
    assert sorted(told) == sorted(get_args(Sorte))
    told = [*vote._VOICES, *vote._VOTANTS, *vote._TOTALS, *vote._RESULTS, *vote._UNANIMITY, *vote._SECRET]
    assert sorted(told) == sorted(get_args(Fausse))
