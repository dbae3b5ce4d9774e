"""pydantic's errors → findings an author understands: what, where, what to type instead."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ValidationError

from ctgdocs.findings import Finding, Place, Severity
from ctgdocs.schema import types
from ctgdocs.schema.faults import Fault, child, locate, one_arm_each
from ctgdocs.schema.sentences import tell
from ctgdocs.stages import Items, Mapping, Path, Source, Text
from ctgdocs.vocabulary.nearest import nearest


def explain(error: ValidationError, type: type[BaseModel], source: Source, at: Path) -> list[Finding]:
    """Every problem of an entry, once each, in the order of the file."""
    entry: Any = source.root
    for step in at:
        entry = entry[step]
    faults = [locate(each, type, entry) for each in error.errors(include_url=False)]
    faults = one_arm_each(faults)
    meant = {
        (fault.path[:-1], nearest(fault.name, types.names(fault.above)))
        for fault in faults
        if fault.kind == "extra_forbidden"
    }
    faulty = {fault.path[:depth] for fault in faults for depth in range(len(fault.path))}
    faults = [
        fault
        for fault in faults
        if not (fault.kind == "missing" and (fault.path[:-1], fault.name) in meant)  # said once, where it is
        and not (fault.kind == "too_short" and fault.path in faulty)  # short only of its faulty items
    ]
    findings = [_finding(fault, source, at) for fault in faults]
    return sorted(dict.fromkeys(findings), key=Finding.sort_key)


def _finding(fault: Fault, source: Source, at: Path) -> Finding:
    code, message, hint = tell(fault)
    place = source.place(*at, *fault.path)
    key = _key_of(source, (*at, *fault.path))
    if key is not None and (fault.kind in ("extra_forbidden", "missing") or "[key]" in fault.error["loc"]):
        place = Place(place.file, key.line, key.column, place.field)
    return Finding(code, Severity.ERREUR, message, place, hint)


def _key_of(source: Source, path: Path) -> Text | None:
    """The key that names the value at `path`, or its nearest existing parent's."""
    node: Any = source.root
    found: Text | None = None
    for step in path:
        if isinstance(node, Mapping) and step in node:
            found = next(key for key in node if key == step)
        below = child(node, step)
        if below is None:
            break
        if isinstance(node, Items):
            found = Text("", below.line, below.column)
        node = below
    return found
