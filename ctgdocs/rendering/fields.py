"""The fields of a context: a list for authors, and examples against which a tag is checked.

A context is known by an example: a nested dict of real values. A path leaves the lists out: `presences.titre`
is the `titre` of each of the `presences`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ctgdocs.stages import ListBlock, Paragraph, Prose, TableBlock

RICH_TYPES = frozenset(("Prose", "HeldProse", "RichText", "RichTextParagraph", "InlineImage", "Subdoc"))
BLOCK_TYPES = frozenset(("Prose", "HeldProse", "RichTextParagraph", "Subdoc"))
_EXAMPLE = 70


@dataclass(frozen=True, slots=True)
class Field:
    """A field that an author may use: its path, what it is (in French), an example of what it prints."""

    path: str
    type: str
    example: str


class Unknown:
    """A value nothing is known of: whatever a template does with it is accepted."""


UNKNOWN = Unknown()


def fields(context: Mapping[str, Any]) -> list[Field]:
    """Every field of an example context, in its order, what is inside lists and records included."""
    return list(_fields(context, ""))


def _fields(value: Mapping[str, Any], before: str) -> Iterator[Field]:
    for name, inner in value.items():
        path = f"{before}{name}"
        yield Field(path, type_name(inner), example(inner))
        if isinstance(inner, (list, tuple)):
            inner = element_of(inner)
        if isinstance(inner, Mapping):
            yield from _fields(inner, f"{path}.")


def type_name(value: Any) -> str:
    """What a value is, in an author's words."""
    if isinstance(value, bool):
        return "oui/non"
    if isinstance(value, (int, float)):
        return "nombre"
    if isinstance(value, str):
        return "texte"
    if isinstance(value, (list, tuple)):
        inner = element_of(value)
        return "liste" if inner is UNKNOWN else f"liste de {_PLURALS.get(type_name(inner), 'valeurs')}"
    if isinstance(value, Mapping):
        return "fiche"
    return {"InlineImage": "image"}.get(type(value).__name__, "texte long" if is_rich(value) else "valeur")


_PLURALS = {"texte": "textes", "fiche": "fiches", "nombre": "nombres", "texte long": "textes longs"}


def example(value: Any) -> str:
    """A value as it would be printed, cut to one line."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, Mapping):
        return ", ".join(value)
    if isinstance(value, (list, tuple)):
        shown = [example(item) for item in value[:2] if not isinstance(item, Mapping)]
        return _cut(" · ".join(shown)) if shown else f"{len(value)} élément{'s' if len(value) > 1 else ''}"
    if isinstance(value, Prose):
        return _cut(" ".join(_words(value.blocks)))
    return _cut(str(value))


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _EXAMPLE else line[: _EXAMPLE - 1].rstrip() + "…"


def _words(blocks: Iterable[Any]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield "".join(run.text for run in block.runs)
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from _words(item)
        elif isinstance(block, TableBlock):
            yield "(tableau)"


def is_rich(value: Any) -> bool:
    """True for a value that stands for runs or paragraphs, not for plain text."""
    return type(value).__name__ in RICH_TYPES


def is_block(value: Any) -> bool:
    """True for a value that stands for whole paragraphs."""
    return type(value).__name__ in BLOCK_TYPES


def element_of(value: Any) -> Any:
    """What one turn of a loop over `value` holds: all the fields its items have between them."""
    if not isinstance(value, (list, tuple)) or not value:
        return UNKNOWN
    if not all(isinstance(item, Mapping) for item in value):
        return value[0]
    merged: dict[str, Any] = {}
    for item in value:
        for name, inner in item.items():
            if name not in merged or merged[name] in ("", [], None, ()):
                merged[name] = inner
    return merged
