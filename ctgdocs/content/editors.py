"""What editors of content files are told: JSON Schemas (`# yaml-language-server: $schema=…`), the same rules
while typing; and what they offer in the place of an id, the ids of this workspace with their labels, in
`content/.schemas/espace.json`, which every schema points to.

That one is written again when a registry, or the list of the acts, is younger than it: a run with nothing to
do looks at a few dates and reads nothing.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from ctgdocs.content.library import Library
from ctgdocs.content.shelves import OFFER, SCHEMAS
from ctgdocs.findings import CtgdocsError
from ctgdocs.project import YAML_SUFFIXES, Project
from ctgdocs.stages import Registry
from ctgdocs.vocabulary.liens import REGISTRE
from ctgdocs.vocabulary.registres import COMMUNES, DOSSIERS, ELUS, INSTANCES, PARTENAIRES, SEANCES, VISAS
from ctgdocs.vocabulary.scalars import IDENTIFIANT


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


LONGEST = 120
OFFERED: tuple[Registry[BaseModel], ...] = (COMMUNES, ELUS, INSTANCES, PARTENAIRES, VISAS, SEANCES, DOSSIERS)
_SAYS = {
    ELUS.name: ("civilite", "prenom", "nom", "fonction"),
    VISAS.name: ("texte",),
    SEANCES.name: ("date", "instance"),
    DOSSIERS.name: ("objet",),
}


def refresh(library: Library, write: Callable[[Path, bytes], object]) -> bool:
    """Has what the workspace offers written, when it may have changed; True when it is. Nothing is in a
    workspace without schemas, or that cannot be written: it is only a help."""
    folder = library.project.content / SCHEMAS
    path = folder / OFFER
    if not folder.is_dir() or not _is_older(path, library):
        return False
    with suppress(CtgdocsError):
        write(path, offered(library).encode("utf-8"))
        return True
    return False


def offered(library: Library) -> str:
    """The ids of each registry and of each kind, as a JSON Schema; the same text for the same content."""
    defs = {one.name: _choices(library, one) for one in OFFERED}
    for kind in library.kinds:
        ids = library.ids(kind.registry)
        defs[kind.name] = {"enum": list(ids)} if ids else {"type": "string"}
    schema = {"$schema": "http://json-schema.org/draft-07/schema#", "$defs": defs}
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _choices(library: Library, registry: Registry[BaseModel]) -> dict[str, Any]:
    ids = library.ids(registry)
    if not ids:
        return {"type": "string"}
    return {"anyOf": [{"const": id, "description": _label(library, registry, id)} for id in ids]}


def _label(library: Library, registry: Registry[BaseModel], id: str) -> str:
    """What an entry is called; its id alone when it is in error."""
    entry = library.find(registry, id)
    if entry is None:
        return id
    values = {name: getattr(entry.value, name) for name in type(entry.value).model_fields}
    said = [str(values[name]) for name in _SAYS.get(registry.name, ("nom",)) if values.get(name)]
    text = " ".join(said) or id
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _is_older(path: Path, library: Library) -> bool:
    try:
        written = path.stat().st_mtime_ns
    except OSError:
        return True
    return any(changed >= written for changed in _dates(library))


def _dates(library: Library) -> Iterator[int]:
    """When the registries were changed, and when an act came or went."""
    content = library.project.content
    for registry in OFFERED:
        with suppress(OSError):
            yield os.stat(content / registry.path).st_mtime_ns  # noqa: PTH116
            if registry.folder:
                with os.scandir(content / registry.path) as entries:
                    for entry in entries:
                        if entry.name.endswith(YAML_SUFFIXES):
                            yield entry.stat().st_mtime_ns
    for kind in library.kinds:
        with suppress(OSError):
            yield os.stat(content / kind.shelf).st_mtime_ns  # noqa: PTH116
