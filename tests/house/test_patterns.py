"""Regular expressions that every supported Python reads alike."""

import re
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "ctgdocs"


def test_no_possessive_quantifier_since_python_3_11_2_loses_matches_with_them() -> None:
    possessive = re.compile(r"(?:\)|\]|\\d|\\w|\\s|\.)[*+?]\+|\(\?>")
    found = [
        f"{path.name}: {line.strip()}"
        for path in PACKAGE.rglob("*.py")
        for line in path.read_text("utf-8").splitlines()
        if possessive.search(line) and not line.lstrip().startswith("#")
    ]
    assert found == []
