"""Step three: the digest of what a page says, and the fields of an entry as their author typed them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
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
_BLOCKS = (Cell, Contents, ContentsEntry, ListBlock, Paragraph, Run, TableBlock)


def context_digest(composition: Composition, *settings: str) -> str:
    """The digest of everything rendering will be given, `settings` (watermark, options) included. Two
    contexts that print the same have the same digest, in any process and on any machine."""
    said = [composition.context, composition.template, composition.output, composition.title]
    text = _encoder.encode([*said, composition.watermark, *settings])
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _plain(value: Any) -> Any:
    """Prose as JSON lists; anything else has no place in a context (rendering says so too)."""
    if isinstance(value, Prose):
        return ["prose", list(value.blocks)]
    if isinstance(value, _BLOCKS):
        return [type(value).__name__, *(getattr(value, name) for name in value.__slots__)]
    return [type(value).__name__, str(value)]


_encoder = json.JSONEncoder(ensure_ascii=False, check_circular=False, default=_plain)


def fields_as_typed(node: Node) -> dict[str, str]:
    """The values under `node`, as typed: dotted field → value, or its beginning and a digest when it is long.

    >>> fields_as_typed({"vote": {"contre": ["roy-jean"]}})
    {'vote.contre.0': 'roy-jean'}
    """
    return dict(_flattened(node, ""))


def _flattened(node: Node, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _flattened(value, f"{path}.{key}" if path else str(key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _flattened(value, f"{path}.{index}" if path else str(index))
    else:
        yield path, _shortened(str(node))


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
