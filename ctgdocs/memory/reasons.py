"""Why a document is not up to date, in words; and the fields of an entry as their author typed them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from ctgdocs.stages import Entry, Items, Node
from ctgdocs.stages import Mapping as Typed

SHOWN = 60  # characters of a value that reasons quote; a longer one keeps a digest of its whole
_DIGEST = re.compile(r" #[0-9a-f]{8}$")


def field_changes(path: str, before: Mapping[str, str] | None, after: Mapping[str, str] | None) -> list[str]:
    """One sentence per field of `path` that changed, the old value then the new one.

    >>> field_changes("content/seances/2026-09-24.yaml", {"heure": "18h30"}, {"heure": "19h"})
    ['content/seances/2026-09-24.yaml (heure) : « 18h30 » → « 19h »']
    """
    if after is None:
        return [f"{path} : supprimé ou illisible"]
    if before is None:
        return [f"{path} : modifié"]
    changes = []
    for name in [*before, *(name for name in after if name not in before)]:
        old, new = before.get(name), after.get(name)
        if old != new:
            changes.append(f"{path} ({name}) : {_shown(old)} → {_shown(new)}")
    return changes


def _shown(value: str | None) -> str:
    if value is None:
        return "(absent)"
    return f"« {_DIGEST.sub('', value)} »"


def fields_of(entry: Entry[Any]) -> dict[str, str]:
    """The fields of an entry as typed (see `fields_as_typed`)."""
    return fields_as_typed(at(entry.source.root, entry.at))


def fields_as_typed(node: Node) -> dict[str, str]:
    """The values under `node`, as typed: dotted field → value, or its beginning and a digest when it is long.

    >>> fields_as_typed({"vote": {"contre": ["roy-jean"]}})
    {'vote.contre.0': 'roy-jean'}
    """
    if isinstance(node, str):
        return {"": _shortened(node)}
    found: dict[str, str] = {}
    _flatten(node, "", found)
    return found


def _flatten(node: Node, path: str, found: dict[str, str]) -> None:
    for step, value in node.items() if isinstance(node, dict) else enumerate(node):
        field = f"{path}.{step}" if path else str(step)
        if isinstance(value, str):
            found[field] = _shortened(value)
        else:
            _flatten(value, field, found)


def _shortened(text: str) -> str:
    if len(text) <= SHOWN and "\n" not in text:
        return str(text)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{' '.join(text[:SHOWN].split())}… #{digest}"


def at(root: Typed, path: tuple[str | int, ...]) -> Node:
    """The node of an entry inside its file."""
    node: Node = root
    for step in path:
        if isinstance(node, Typed) and isinstance(step, str):
            node = node[step]  # type: ignore[index]  # a str finds its equal Text
        elif isinstance(node, Items) and isinstance(step, int):
            node = node[step]
    return node
