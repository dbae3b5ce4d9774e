"""Why a document is to be made again, in her words: the fiche, its field, what it said and says."""

from __future__ import annotations

import re

from ctgdocs.content.library import Library
from ctgdocs.findings import Finding
from ctgdocs.page.forms import read
from ctgdocs.page.places import REGISTRIES, titled
from ctgdocs.page.shapes import label_of

_REASON = re.compile(
    r"(?P<file>content/\S+?)(?: · (?P<id>\S+))?(?: \((?P<field>[^)]+)\))? : (?P<change>.+)", re.S
)
_FILE = re.compile(r"content/\S+?\.yaml")
_QUOTED = re.compile(r"«\s(?P<said>[a-z0-9-]+)\s»")


def reason(library: Library, said: str) -> str:
    """A reason as the survey says it, without the file: its fiche and its field by their names."""
    found = _REASON.fullmatch(said)
    if found is None:
        return said.removeprefix("templates/")
    registry, id = library.answers_at(found["file"])
    if not registry:
        return said.removeprefix("content/")
    held = REGISTRIES[registry]
    id = id or found["id"] or ""
    where = titled(library, registry, id) if id else f"{held.label}s" if not held.single else held.label
    steps = [label_of(step) for step in (found["field"] or "").split(".") if step and not step.isdigit()]
    field = f", {' · '.join(steps).lower()}" if steps else ""
    change = _QUOTED.sub(lambda one: f"« {read(library, one['said'])} »", found["change"])
    return f"{where}{field} : {change.replace('(absent)', 'rien')}"


CAUSED = "fiche-en-erreur"
"""The code of what cannot be said before another fiche is mended (findings.because)."""


def without_files(library: Library, found: Finding) -> Finding:
    """A finding whose sentence names fiches, not files."""

    def named(file: str) -> str:
        registry, id = library.answers_at(file)
        if not registry:
            return file.removeprefix("content/")
        held = REGISTRIES[registry]
        if not id and not held.single:
            return f"la liste des {held.label}s"
        return f"« {titled(library, registry, id or held.name)} »"

    said = _FILE.sub(lambda one: named(one[0]), found.message)
    if found.code != CAUSED:
        return found._replace(message=said)
    return found._replace(
        message=said.replace("est en erreur", "est à compléter ou à corriger d’abord"), related=()
    )
