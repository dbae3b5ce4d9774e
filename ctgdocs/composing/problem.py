"""A problem inside a text, before anyone knows in which file that text stands."""

from __future__ import annotations

from typing import NamedTuple

from ctgdocs.findings import Severity


class Problem(NamedTuple):
    """`line` and `column` are 0-based inside the text; the pen turns them into a `Place`."""

    code: str
    message: str
    line: int = 0
    column: int = 0
    hint: str = ""
    severity: Severity = Severity.ERREUR


def position(text: str, offset: int) -> tuple[int, int]:
    """The 0-based line and column of a character of `text`."""
    return text.count("\n", 0, offset), offset - (text.rfind("\n", 0, offset) + 1)
