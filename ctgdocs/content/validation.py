"""Step 2, validate: a tree of text → a typed `Entry`, or findings in French, each with its place.

`validate` checks one entry against its pydantic type and reports every problem at once; editors.py says the
same rules to editors.
"""

from __future__ import annotations

import json
from contextlib import suppress
from hashlib import blake2b
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from ctgdocs.findings import Finding
from ctgdocs.stages import Entry, Items, Mapping, Node, Source, Steps, Text
from ctgdocs.vocabulary.liens import Names

Value = TypeVar("Value", bound=BaseModel)

_TO_JSON = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode


def validate(
    node: Node,
    type: type[Value],
    source: Source,
    at: Steps,
    registry: str,
    id: str,
    names: Names | None = None,
) -> tuple[Entry[Value] | None, list[Finding]]:
    """The entry that `node` holds (`at` is its path in `source`), or what is wrong with it.

    A field left empty (`champ:`) counts as missing. `names`: those that may stand in the place of an id.
    """
    filled = without_blanks(node)
    try:
        value = type.model_validate(filled, context=names)
    except ValidationError as error:
        from ctgdocs.content.explaining import explain

        return None, explain(error, type, source, at)
    return Entry(registry, id, value, source, digest(filled), at), []


def what_is_read(node: Node, type: type[Value], names: Names | None = None) -> Value:
    """What an entry in error says all the same: each field is read alone, one that cannot be is left empty.
    Its value is only good for looking at its fields one by one."""
    typed = {str(key): value for key, value in node.items()} if isinstance(node, Mapping) else {}
    values: dict[str, Any] = {name: None for name, info in type.model_fields.items() if info.is_required()}
    for name, info in type.model_fields.items():
        annotation: Any = Annotated[info.annotation, info]
        field: TypeAdapter[Any] = TypeAdapter(annotation)
        with suppress(ValidationError, KeyError):
            values[name] = field.validate_python(typed[info.alias or name], context=names)
    return type.model_construct(**values)


def digest(node: Node) -> str:
    """A digest of what is typed: the same whatever the comments, the layout, the quotes and the places."""
    return blake2b(_TO_JSON(node).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def without_blanks(node: Node) -> Node:
    """The same tree without the fields that have no value; the tree itself when there are none."""
    return _filled(node) if _has_blank(node) else node


def _has_blank(node: Node) -> bool:
    if node.__class__ is Text:
        return False
    for child in node.values() if node.__class__ is Mapping else node:
        if child.__class__ is Text:
            if not child and node.__class__ is Mapping:
                return True
        elif _has_blank(child):  # type: ignore[arg-type]
            return True
    return False


def _filled(node: Node) -> Node:
    if isinstance(node, Mapping):
        mapping = Mapping(node.line, node.column)
        mapping.update((key, _filled(value)) for key, value in node.items() if value != "")
        return mapping
    if isinstance(node, Items):
        items = Items(node.line, node.column)
        items.extend(map(_filled, node))
        return items
    return node
