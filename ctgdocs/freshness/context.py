"""Step three: the digest of what a page says, and the fields of an entry as their author typed them."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from ctgdocs.prose import Prose
from ctgdocs.stages import Composition, Items, Mapping, Node

SHOWN = 60  # characters of a value that reasons quote; a longer one keeps a digest of its whole


def context_digest(composition: Composition, *settings: str) -> str:
    """The digest of everything rendering will be given, `settings` (watermark, options) included. Two
    contexts that print the same have the same digest, in any process and on any machine."""
    said = [composition.context, composition.template, composition.output, composition.title]
    text = _encoder.encode([*said, composition.watermark, *settings])
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _plain(value: Any) -> Any:
    """Prose as JSON lists: its blocks are tuples, each type of a shape of its own. Nothing else has a place
    in a context (rendering says so too)."""
    if isinstance(value, Prose):
        return "prose", value.blocks
    return [type(value).__name__, str(value)]


_encoder = json.JSONEncoder(ensure_ascii=False, check_circular=False, default=_plain)


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


def at(root: Mapping, path: tuple[str | int, ...]) -> Node:
    """The node of an entry inside its file."""
    node: Node = root
    for step in path:
        if isinstance(node, Mapping) and isinstance(step, str):
            node = node[step]  # type: ignore[index]  # a str finds its equal Text
        elif isinstance(node, Items) and isinstance(step, int):
            node = node[step]
    return node
