"""Step three: the digest of what a page says, and the fields of an entry as their author typed them."""

from __future__ import annotations

import hashlib
import json
from operator import attrgetter
from typing import Any

from ctgdocs.stages import (
    Cell,
    Composition,
    Contents,
    ContentsEntry,
    Items,
    ListBlock,
    Mapping,
    Node,
    Paragraph,
    Prose,
    Run,
    TableBlock,
)

SHOWN = 60  # characters of a value that reasons quote; a longer one keeps a digest of its whole
_FIELDS = {
    block: attrgetter(*block.__slots__)
    for block in (Cell, ContentsEntry, ListBlock, Paragraph, Run, TableBlock)
} | {Contents: attrgetter("entries")}  # fmt: skip


def context_digest(composition: Composition, *settings: str) -> str:
    """The digest of everything rendering will be given, `settings` (watermark, options) included. Two
    contexts that print the same have the same digest, in any process and on any machine."""
    said = [composition.context, composition.template, composition.output, composition.title]
    text = _encoder.encode([*said, composition.watermark, *settings])
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _plain(value: Any) -> Any:
    """Prose as JSON lists; anything else has no place in a context (rendering says so too)."""
    fields = _FIELDS.get(value.__class__)
    if fields is not None:
        return value.__class__.__name__, fields(value)
    if isinstance(value, Prose):
        return "prose", value.blocks
    return [type(value).__name__, str(value)]


_encoder = json.JSONEncoder(ensure_ascii=False, check_circular=False, default=_plain)


def fields_as_typed(node: Node) -> dict[str, str]:
    """The values under `node`, as typed: dotted field → value, or its beginning and a digest when it is long.

    >>> fields_as_typed({"vote": {"contre": ["roy-jean"]}})
    {'vote.contre.0': 'roy-jean'}
    """
    found: dict[str, str] = {}
    _flatten(node, "", found)
    return found


def _flatten(node: Node, path: str, found: dict[str, str]) -> None:
    if isinstance(node, dict):
        for key, value in node.items():
            _flatten(value, f"{path}.{key}" if path else str(key), found)
    elif isinstance(node, list):
        for index, value in enumerate(node):
            _flatten(value, f"{path}.{index}" if path else str(index), found)
    else:
        found[path] = _shortened(str(node))


def _shortened(text: str) -> str:
    if len(text) <= SHOWN and "\n" not in text:
        return text
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{' '.join(text[:SHOWN].split())}… #{digest}"


def at(root: Mapping, path: tuple[str | int, ...]) -> Node:
    """The node of an entry inside its file."""
    node: Node = root
    for step in path:
        if isinstance(node, Mapping) and isinstance(step, str):
            node = node[step]  # type: ignore[index]  # a str finds its equal Text
        elif isinstance(node, Items) and isinstance(step, int):
            node = node[step]
    return node
