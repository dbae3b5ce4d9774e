"""Nodes → YAML that is pleasant to go on with: plain texts, folded when long, quoted where needed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ctgdocs.importing.tree import Node, Scalar

WIDTH = 112

_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=~<][^\n]*[^\s:]|[^\W_]")
_CUTS = re.compile(r":\s|\s#|:$")


def written(record: dict[str, Node]) -> str:
    """A mapping as YAML text, ended by a line feed."""
    return "\n".join(_mapping(record, "")) + "\n"


def _mapping(record: dict[str, Node], indent: str) -> Iterator[str]:
    for key, value in record.items():
        yield from _entry(f"{indent}{_quoted(key)}:", value, indent + "  ")


def _entry(opening: str, value: Node, indent: str) -> Iterator[str]:
    """`key:` and its value, which goes on the same line when it is a short text."""
    if isinstance(value, Scalar):
        if "\n" in value.text:
            if value.doubt:
                yield f"{indent[2:]}# à vérifier : {value.doubt}"
            yield f"{opening} |"
            yield from (f"{indent}{row}" if row else "" for row in value.text.split("\n"))
        else:
            yield from _folded(f"{opening} {_quoted(value.text)}{_mark(value)}", indent)
    elif isinstance(value, dict):
        yield opening
        yield from _mapping(value, indent)
    else:
        yield opening
        yield from _items(value, indent)


def _items(values: list[Node], indent: str) -> Iterator[str]:
    for value in values:
        if isinstance(value, Scalar):
            text = _quoted(" ".join(value.text.split()))
            yield from _folded(f"{indent}- {text}{_mark(value)}", indent + "  ")
            continue
        rows = list(
            _mapping(value, indent + "  ") if isinstance(value, dict) else _items(value, indent + "  ")
        )
        while rows and rows[0].lstrip().startswith("#"):  # a mark stands above the dash
            yield indent + rows.pop(0).lstrip()
        yield f"{indent}- {rows[0].lstrip()}"
        yield from rows[1:]


def _folded(row: str, indent: str) -> Iterator[str]:
    """A long row on several: YAML joins them with one space. No row starts with a sign, which could mean
    something."""
    mark = row.find("  # ")
    text, end = (row, "") if mark < 0 else (row[:mark], row[mark:])
    head = text[: len(text) - len(text.lstrip())]
    current = head
    for word in text.split():
        if len(current) + len(word) >= WIDTH and word[0].isalpha() and current.rstrip()[-1:] not in ":-":
            yield current
            current = f"{indent}{word}"
        else:
            current += word if current in ("", head) else f" {word}"
    yield current + end


def _mark(value: Scalar) -> str:
    return f"  # à vérifier : {value.doubt}" if value.doubt else ""


def _quoted(text: str) -> str:
    """The text as it is when YAML reads it so, else between single quotes."""
    if _PLAIN.fullmatch(text) and not _CUTS.search(text):
        return text
    return "'" + text.replace("'", "''") + "'"
