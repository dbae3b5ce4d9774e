"""The JSON Schemas that editors read (`# yaml-language-server: $schema=…`): the same rules, while typing.

They are written under `content/.schemas/`, one per registry and per kind of document: a file of content/
names its own as `.schemas/elus.json`, a file of a folder as `../.schemas/deliberation.json`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

from pydantic import BaseModel

from ctgdocs.project import Project
from ctgdocs.vocabulary.registres import REGISTRES, Registre
from ctgdocs.vocabulary.scalars import IDENTIFIANT

FOLDER = ".schemas"


class Drawer(Protocol):
    """What schemas need to know of a kind of document."""

    @property
    def name(self) -> str: ...
    @property
    def label(self) -> str: ...
    def acte(self) -> type[BaseModel]: ...


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


def registry_schema(registre: Registre) -> dict[str, Any]:
    """The schema of a registry's file: one entry, or a mapping of ids to entries."""
    title = registre.label.capitalize()
    entry = json_schema(registre.type(), title)
    if registre.single or registre.folder:
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


def schemas(kinds: Iterable[Drawer], registres: Iterable[Registre] = REGISTRES) -> dict[str, dict[str, Any]]:
    """Every schema by name: the registry's, or the kind's."""
    return {
        **{registre.name: registry_schema(registre) for registre in registres},
        **{kind.name: json_schema(kind.acte(), kind.label.capitalize()) for kind in kinds},
    }


def write_schemas(
    project: Project, kinds: Iterable[Drawer], registres: Iterable[Registre] = REGISTRES
) -> list[Path]:
    """Writes `content/.schemas/<name>.json`; returns those that changed. Raises OSError."""
    folder = project.content / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, schema in schemas(kinds, registres).items():
        path = folder / f"{name}.json"
        text = json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        if not path.is_file() or path.read_text("utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            written.append(path)
    return written
