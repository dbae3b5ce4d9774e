"""The examples in the docstrings of the law's figures and of the roll call are true."""

from __future__ import annotations

import doctest

import pytest

from ctgdocs.assembly import presence, regimes
from ctgdocs.rules import rule


@pytest.mark.parametrize("module", [rule, presence, regimes], ids=lambda module: module.__name__)
def test_docstrings_tell_the_truth(module) -> None:
    result = doctest.testmod(module)
    assert (result.failed, result.attempted > 0) == (0, True)
