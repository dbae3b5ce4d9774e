"""Step 2, validate: a tree of text → a typed `Entry`, or findings in French, each with its place.

`validate` checks one entry against its pydantic type and reports every problem at once; editors.py says the
same rules to editors.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from ctgdocs.content.shelves import OFFER, SCHEMAS
from ctgdocs.findings import Finding
from ctgdocs.project import Project
from ctgdocs.stages import Entry, Items, Mapping, Node, Registry, Source, Steps, Text
from ctgdocs.vocabulary.liens import REGISTRE, Names
from ctgdocs.vocabulary.scalars import IDENTIFIANT

# --- The JSON Schemas that editors read (`# yaml-language-server: $schema=…`): the same rules, while typing


def json_schema(type: type[BaseModel], title: str = "") -> dict[str, Any]:
    """The schema of one entry, in French, for text as it is typed (a number may stand where text may)."""
    schema = _as_typed(type.model_json_schema())
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        **({"title": title} if title else {}),
        **schema,
    }


def _as_typed(schema: Any) -> Any:
    """The schema without what only developers read (class names and docstrings, defaults as Python values),
    and with numbers allowed where any text is: an editor reads `objet: 2026` as a number."""
    if isinstance(schema, list):
        return [_as_typed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if registre := schema.get(REGISTRE):
        described = {"description": schema["description"]} if "description" in schema else {}
        return {
            **described,
            "anyOf": [{"$ref": f"{OFFER}#/$defs/{registre}"}, {"type": ["string", "number"]}],
        }
    typed: dict[str, Any] = {}
    for key, value in schema.items():
        if key in ("properties", "$defs"):
            typed[key] = {name: _as_typed(each) for name, each in value.items()}
        elif key in ("default", "examples", "enum", "const"):
            if key != "default":
                typed[key] = value
        elif key != "title" and not (key == "description" and "properties" in schema):
            typed[key] = _as_typed(value)
    if typed.get("type") == "string" and not typed.keys() & {"pattern", "enum", "const", "format"}:
        typed["type"] = ["string", "number"]
    return typed


def registry_schema(registry: Registry[BaseModel]) -> dict[str, Any]:
    """The schema of a file of a registry or a kind: one entry, or a mapping of ids to entries."""
    title = registry.label.capitalize()
    entry = json_schema(registry.type(), title)
    if registry.single or registry.folder:
        return entry
    defs = entry.pop("$defs", {})
    draft = entry.pop("$schema")
    return {
        "$schema": draft,
        "title": f"{title} : identifiant → fiche",
        "type": "object",
        "propertyNames": {"pattern": f"^({IDENTIFIANT.pattern})$"},
        "additionalProperties": {"$ref": "#/$defs/_fiche"},
        "$defs": {**defs, "_fiche": entry},
    }


def schemas(registries: Iterable[Registry[BaseModel]]) -> dict[str, dict[str, Any]]:
    """Every schema by name."""
    return {registry.name: registry_schema(registry) for registry in registries}


def write_schemas(project: Project, registries: Iterable[Registry[BaseModel]]) -> list[Path]:
    """Writes `content/.schemas/<name>.json`; returns those that changed. Raises OSError."""
    folder = project.content / SCHEMAS
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, schema in schemas(registries).items():
        path = folder / f"{name}.json"
        text = json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        if not path.is_file() or path.read_text("utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            written.append(path)
    return written


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
