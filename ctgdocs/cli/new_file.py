"""What a new content file says: the kind's own example, as a project that nothing has happened to yet."""

from __future__ import annotations

import re
from collections.abc import Collection

_FIELD = re.compile(r"([a-z_]+):")


def begun(example: str, later: Collection[str], objet: str = "") -> str:
    """The example with the fields of a later state left as comments (`later`: their names), and its objet
    replaced by the one that was given.

    >>> print(begun("objet: x\\nvote: {}\\n", ["vote"], "Tarifs 2027"))
    objet: "Tarifs 2027"
    # vote: {}
    <BLANKLINE>
    """
    lines, field = [], ""
    for line in example.split("\n"):
        if found := _FIELD.match(line):
            field = found[1]
        elif not line.startswith((" ", "-")):
            field = ""
        if field == "objet" and objet:
            lines.append(f"objet: {_quoted(objet)}" if found else "")
        else:
            lines.append(f"# {line}" if field in later and line else line)
    return "\n".join(lines)


def _quoted(text: str) -> str:
    """A YAML scalar that says exactly this, whatever it holds."""
    escaped = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
