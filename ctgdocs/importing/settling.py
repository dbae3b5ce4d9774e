"""A proposal is valid whatever was read: a value that its field does not take is left out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctgdocs.content.edit import Node, written
from ctgdocs.content.reading import parse
from ctgdocs.content.validation import validate

if TYPE_CHECKING:
    from pydantic import BaseModel

_MOST_MENDS = 40


def settled(record: dict[str, Node], type: type[BaseModel], registry: str) -> dict[str, Node]:
    """The record without the values that its fields do not take: what they say is then missing, and told."""
    for _ in range(_MOST_MENDS):
        source, _ = parse(written(record).encode(), f"{registry}.yaml")
        if source is None:
            return record
        entry, findings = validate(source.root, type, source, (), registry, registry)
        if entry is not None or not any(
            _drop(record, finding.place.field.split(".")) for finding in findings
        ):
            return record
    return record


def _drop(record: dict[str, Node], path: list[str]) -> bool:
    """Takes the value at a path out of a record; False when there is none."""
    node: Node = record
    for at, step in enumerate(path):
        last = at == len(path) - 1
        if isinstance(node, dict) and step in node:
            if last:
                del node[step]
                return True
            node = node[step]
        elif isinstance(node, list) and step.isdigit() and int(step) < len(node):
            if last:
                del node[int(step)]
                return True
            node = node[int(step)]
        else:
            return False
    return False
