"""What an editor offers in the place of an id: the ids of this workspace with their labels, in
`content/.schemas/espace.json`, which every schema points to.

It is written again when a registry, or the list of the acts, is younger than it: a run with nothing to do
looks at a few dates and reads nothing.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ctgdocs.content.shelves import OFFER, SCHEMAS
from ctgdocs.findings import CtgdocsError
from ctgdocs.project import YAML_SUFFIXES
from ctgdocs.vocabulary.registres import (
    COMMUNES,
    DOSSIERS,
    ELUS,
    INSTANCES,
    PARTENAIRES,
    SEANCES,
    VISAS,
)

if TYPE_CHECKING:
    from pydantic import BaseModel

    from ctgdocs.content.library import Library
    from ctgdocs.stages import Registry

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
