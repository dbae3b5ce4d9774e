"""A promise of SECURITY.md names tests that exist; a locked package stands in docs/dependencies.md."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

from tools.audit import LOCKS, advisories, locked

ROOT = Path(__file__).parents[2]
PROMISES = [line for line in (ROOT / "SECURITY.md").read_text("utf-8").splitlines() if "`tests/" in line]


@pytest.mark.parametrize("promise", PROMISES, ids=lambda line: line.split("|")[1].strip()[:60])
def test_a_promise_names_tests_that_exist(promise: str) -> None:
    named = re.findall(r"`(tests/[^`]+)::(\w+)`", promise)
    assert named
    for path, name in named:
        tree = ast.parse((ROOT / path).read_text("utf-8"))
        assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_there_are_promises() -> None:
    assert len(PROMISES) >= 10


def test_every_locked_package_is_told_with_its_licence() -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    told = set(re.findall(r"^\|(?: `\w+` \|)? ([a-z0-9-]+) \| [A-Z]", page, re.MULTILINE))
    locks = ((ROOT / "requirements" / f"{name}.lock").read_text("utf-8") for name in LOCKS)
    packages = [one for lock in locks for one in locked(lock)]
    assert [package for package, _ in packages if package not in told] == []


def test_a_package_that_pip_audit_could_not_ask_about_is_not_called_safe() -> None:
    answer = {
        "dependencies": [
            {"name": "lxml", "version": "6.0", "vulns": []},
            {"name": "pyyaml", "skip_reason": "Dependency not found on PyPI"},
            {"name": "jinja2", "version": "3", "vulns": [{"id": "CVE-1", "fix_versions": ["3.1"]}]},
        ]
    }
    assert advisories(json.dumps(answer)) == {"lxml": [], "jinja2": ["CVE-1 (mended in 3.1)"]}
    assert advisories("") == advisories("[]") == {}
