"""What a docstring shows is what the program does."""

from __future__ import annotations

import doctest
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHOWN = [
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for path in sorted((ROOT / "ctgdocs").rglob("*.py"))
    if ">>> " in path.read_text("utf-8")
]


@pytest.mark.parametrize("module", SHOWN)
def test_its_examples_are_right(module: str) -> None:
    tried = doctest.testmod(import_module(module))
    assert tried.attempted
    assert tried.failed == 0
