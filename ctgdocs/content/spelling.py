"""How texts, lists and records are spelt in YAML: plain where YAML reads it so, folded when long, quoted
where needed.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=~<][^\x00-\x1f\x7f-\x9f\u2028\u2029]*[^\s:]|[^\W_]")
_CUTS = re.compile(r":\s|\s#|:$")


_FLOW = re.compile(r"[,\[\]{}]|\?(?:\s|$)")
_DECIMAL = re.compile(r"\d+\.\d*")  # « 1.10 » is a name: other readers would make it 1.1


def scalar(text: str, *, flow: bool = False) -> str:
    """A text as YAML: as it is where YAML reads it so, between double quotes elsewhere. `flow`: it stands in
    a list or a record on one line.

    >>> print(scalar("Convention : la suite"), scalar("2026-045"), scalar("a, b", flow=True))
    "Convention : la suite" 2026-045 "a, b"
    """
    plain = _PLAIN.fullmatch(text) and not _CUTS.search(text) and not _DECIMAL.fullmatch(text)
    if plain and not (flow and _FLOW.search(text)):
        return text
    return json.dumps(text, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text, and why it should be read again ("" when it is sure)."""

    text: str
    doubt: str = ""


Node: TypeAlias = "Scalar | list[Node] | dict[str, Node]"

REMARK = "#"
"""The key of a record under which stands a remark about it, written as a comment above it."""
WIDTH = 112


def written(record: dict[str, Node]) -> str:
    """A mapping as YAML text, ended by a line feed."""
    return "\n".join(_mapping(record, "")) + "\n"


def _mapping(record: dict[str, Node], indent: str) -> Iterator[str]:
    for key, value in record.items():
        if key == REMARK and isinstance(value, Scalar):
            wide = max(40, WIDTH - len(indent))
            yield from (f"{indent}# {row}" for row in textwrap.wrap(" ".join(value.text.split()), wide))
        else:
            yield from _entry(f"{indent}{scalar(key)}:", value, indent + "  ")


def _entry(opening: str, value: Node, indent: str) -> Iterator[str]:
    """`key:` and its value, which goes on the same line when it is a short text."""
    if isinstance(value, Scalar):
        if "\n" in value.text:
            if value.doubt:
                yield f"{indent[2:]}# à vérifier : {value.doubt}"
            yield f"{opening} |{2 if value.text.startswith(' ') else ''}"
            yield from (f"{indent}{row}" if row else "" for row in value.text.split("\n"))
        else:
            yield from _folded(f"{opening} {scalar(value.text)}{_mark(value)}", indent)
    elif isinstance(value, dict):
        yield opening
        yield from _mapping(value, indent)
    else:
        yield opening
        yield from _items(value, indent)


def _items(values: list[Node], indent: str) -> Iterator[str]:
    for value in values:
        if isinstance(value, Scalar) and "\n" in value.text.strip():
            yield from _entry(f"{indent}-", value, indent + "  ")
            continue
        if isinstance(value, Scalar):
            text = scalar(" ".join(value.text.split()))
            yield from _folded(f"{indent}- {text}{_mark(value)}", indent + "  ")
            continue
        if isinstance(value, list) and all(isinstance(one, Scalar) and not one.doubt for one in value):
            texts = (scalar(one.text, flow=True) for one in value if isinstance(one, Scalar))
            yield f"{indent}- [{', '.join(texts)}]"
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


Value: TypeAlias = "str | list[Value] | dict[str, Value]"
"""What is written: a text, a list, a record."""


def field_inline(value: Value) -> str:
    """A value on one line."""
    if isinstance(value, str):
        return scalar(value, flow=True)
    if isinstance(value, list):
        return f"[{', '.join(map(field_inline, value))}]"
    return "{" + ", ".join(f"{name}: {field_inline(one)}" for name, one in value.items()) + "}"


def field_lines(name: str, value: Value) -> list[str]:
    """The lines of a field: a list of texts or records under it, item by item."""
    if isinstance(value, list) and value:
        return [f"{name}:", *(f"  {line}" for one in value for line in item_rows(one))]
    return [f"{name}: {scalar(value) if isinstance(value, str) else field_inline(value)}"]


def item_lines(value: Node) -> list[str]:
    """The lines of an item of a list, its dash included."""
    if isinstance(value, Scalar) and "\n" in value.text:
        return ["- |", *(f"  {row}" if row else "" for row in value.text.split("\n"))]
    return list(_items([value], ""))


def item_rows(value: Value) -> list[str]:
    """The lines of an item, its dash included."""
    if isinstance(value, dict) and any(len(field_inline(one)) > 40 for one in value.values()):
        lines = [line for name, one in value.items() for line in field_lines(name, one)]
        return [f"{'- ' if at == 0 else '  '}{line}" for at, line in enumerate(lines)]
    return [f"- {scalar(value) if isinstance(value, str) else field_inline(value)}"]
