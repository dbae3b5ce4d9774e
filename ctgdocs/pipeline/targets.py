"""What an agent names on the command line → the keys of the documents that are meant."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path

from ctgdocs.findings import UsageError
from ctgdocs.pipeline.desk import Desk


def resolve(desk: Desk, asked: Sequence[str]) -> list[str]:
    """All the documents when nothing is asked. A target is an id (`2026-045`), a shelf or a shelf and an id
    (`deliberations/2026-045`), a content file or folder, a document that was written, or a registry file:
    then the documents that read it. UsageError when one of them names no document."""
    if not asked:
        return list(desk.documents)
    found: dict[str, None] = {}
    for target in asked:
        keys = _named(desk, target) or _at(desk, target) or _reading(desk, target)
        if not keys:
            raise UsageError(_unknown(desk, target))
        found.update(dict.fromkeys(keys))
    return sorted(found)


def _named(desk: Desk, target: str) -> list[str]:
    if target in desk.documents:
        return [target]
    keys = [key for key, document in desk.documents.items() if document.id == target]
    if len({desk.documents[key].path for key in keys}) > 1:
        raise UsageError(f"« {target} » désigne plusieurs documents : précisez {' ou '.join(sorted(keys))}.")
    return keys or [key for key in desk.documents if key.startswith(f"{target.rstrip('/')}/")]


def _at(desk: Desk, target: str) -> list[str]:
    """A content file or folder, or a written document, seen from here or from the workspace's root."""
    places = {desk.project.relative(Path.cwd() / target).rstrip("/"), target.rstrip("/")}
    if places & {"content", str(desk.project.root), "."} and Path(target).exists():
        return list(desk.documents)
    found = [
        key
        for key, document in desk.documents.items()
        if document.path in places or any(document.path.startswith(f"{place}/") for place in places)
    ]
    if found:
        return found
    return [
        key
        for key, record in desk.manifest.documents.items()
        if record.output in places and key in desk.documents
    ]


def _reading(desk: Desk, target: str) -> list[str]:
    """The documents that read a registry file, as far as the manifest remembers."""
    places = {desk.project.relative(Path.cwd() / target), target}
    entries = {
        key for path, record in desk.manifest.files.items() if path in places for key in record.entries
    } | {f"fichier/{place}" for place in places}
    return [
        key
        for key, record in desk.manifest.documents.items()
        if key in desk.documents and any(entries & reads.keys() for reads in record.reads)
    ]


def _unknown(desk: Desk, target: str) -> str:
    if Path(target).exists() or target.startswith("content/"):
        return f"« {target} » ne désigne aucun document à produire."
    known = sorted({document.id for document in desk.documents.values()} | set(desk.documents))
    near = difflib.get_close_matches(target, known, 1, 0.6)
    hint = f" : vouliez-vous dire « {near[0]} » ?" if near else "."
    return f"Aucun document « {target} » dans cet espace{hint}"
