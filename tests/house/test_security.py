"""A promise of SECURITY.md names tests that exist; a locked package stands in docs/dependencies.md."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tools.audit import locked

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
    told = set(re.findall(r"^\| ([a-z0-9-]+) \| [A-Z]", page, re.MULTILINE))
    packages = locked((ROOT / "requirements" / "run.lock").read_text("utf-8"))
    assert [package for package, _ in packages if package not in told] == []
