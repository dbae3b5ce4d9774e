"""Which documents must go through the line, and why; and which ones an agent names on the command line.

The last complete run left every document as it should be. So what is to be done now comes from a file that
has changed since, and the memory says which documents read it, are made of it, or are written there.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path
from typing import NamedTuple

from ctgdocs.content.library import Document
from ctgdocs.findings import UsageError
from ctgdocs.line.desk import Desk
from ctgdocs.line.orders import Kinds, Order
from ctgdocs.memory import manifest
from ctgdocs.memory.records import Record
from ctgdocs.project import Project
from ctgdocs.vocabulary.as_typed import did_you_mean


class Why(Enum):
    """What makes a document looked at again."""

    NEW = auto()
    SOURCE = auto()
    READ = auto()
    TEMPLATE = auto()
    CHARTE = auto()
    PROGRAM = auto()
    FINDING = auto()
    GONE = auto()
    EDITED = auto()
    ANOTHER = auto()  # ours, from a run that is no longer remembered, or put there by hand
    ASKED = auto()


class Cause(NamedTuple):
    """`key`: the entry, file or output that is meant; `before`: its digest then."""

    why: Why
    key: str = ""
    before: str = ""


@dataclass(slots=True)
class Plan:
    """`orders` in the order of their keys; `fresh`: the documents that need nothing."""

    orders: list[Order] = field(default_factory=list)
    causes: dict[str, tuple[Cause, ...]] = field(default_factory=dict)
    fresh: list[str] = field(default_factory=list)


def plan(
    desk: Desk, selected: Iterable[str], *, force: bool = False, replace: bool = False, kept: bool = True
) -> Plan:
    """What to do for the documents whose keys are `selected`."""
    found = Plan()
    suspects = _suspects(desk, replace=replace)
    for key in sorted(selected):
        record = desk.memory.document(key) if force or key in suspects else None
        causes = _causes(desk, key, record, replace=replace) if key in suspects else ()
        if force and not causes:
            causes = (Cause(Why.ASKED),)
        if not causes:
            found.fresh.append(key)
            continue
        found.causes[key] = causes
        intact = (
            record is not None
            and record.output_digest
            and not record.in_error
            and not any(one.why in _OUTPUT for one in causes)
        )
        last = record.inputs if record is not None and intact and not force else None
        found.orders.append(Order(desk.documents[key], last, kept))
    return found


_OUTPUT = (Why.GONE, Why.EDITED, Why.ANOTHER)


def _suspects(desk: Desk, *, replace: bool) -> set[str]:
    """The documents that an edit can have touched, the new ones included."""
    memory = desk.memory
    found = (desk.documents.keys() - desk.documents_known) | desk.readers
    found.update(memory.unsettled(desk.program))
    for path in desk.files.changed if desk.documents_known else ():
        found.update(memory.dressed(path) if path.startswith("templates/") else memory.touched(path))
    if replace:
        found.update(memory.edited())
    return found


def _causes(desk: Desk, key: str, record: Record | None, *, replace: bool) -> tuple[Cause, ...]:
    if record is None:
        return (Cause(Why.NEW),)
    document = desk.documents[key]
    causes = [*_of_content(desk, key, document, record), *_of_dress(desk, record)]
    if record.inputs.program and record.inputs.program != desk.program:
        causes.append(Cause(Why.PROGRAM, record.inputs.program))
    if _has_to_be_said_again(desk, record):
        causes.append(Cause(Why.FINDING))
    if record.in_error:  # it has nothing to write until what stopped it changes
        return tuple(causes)
    return (*causes, *_of_the_output(desk, record, replace=replace))


def _of_content(desk: Desk, key: str, document: Document, record: Record) -> Iterable[Cause]:
    if desk.files.digest(document.path) != record.source_digest:
        yield Cause(Why.SOURCE, document.path, record.source_digest)
    if key in desk.readers:
        for read, digest in desk.memory.reads(key).items():
            if desk.moved.get(read, digest) != digest:
                yield Cause(Why.READ, read, digest)


def _of_dress(desk: Desk, record: Record) -> Iterable[Cause]:
    inputs = record.inputs
    if inputs.template and desk.files.digest(inputs.template) != inputs.template_digest:
        yield Cause(Why.TEMPLATE, inputs.template, inputs.template_digest)
    if inputs.charte and desk.files.digest(inputs.charte) != inputs.charte_digest:
        yield Cause(Why.CHARTE, inputs.charte, inputs.charte_digest)


def _has_to_be_said_again(desk: Desk, record: Record) -> bool:
    """True when the findings are not kept, or point into a file that has changed: a line may be another."""
    if record.findings is None:
        return True
    others = {finding.place.file for finding in record.findings} - {record.source}
    return not others.isdisjoint(desk.files.changed)


def _of_the_output(desk: Desk, record: Record, *, replace: bool) -> Iterable[Cause]:
    if not record.output_digest:
        return
    on_disk = desk.files.digest(record.output)
    if on_disk == record.output_digest:
        return
    if not on_disk:
        yield Cause(Why.GONE, record.output)
    elif desk.is_ours(record.output, desk.read(record.output)):
        yield Cause(Why.ANOTHER, record.output)
    elif replace or not record.beside or desk.files.digest(record.beside) != record.beside_digest:
        yield Cause(Why.EDITED, record.output, record.output_digest)


# --- what an agent names ------------------------------------------------------------------------------


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


def keys_of(project: Project, kinds: Kinds, asked: Sequence[str]) -> list[str]:
    """The keys of the entries (`deliberation/2026-045`) of the documents that are asked for."""
    desk = Desk(project, kinds, time.time_ns(), manifest.peek(project.state_dir))
    named = (desk.documents[key] for key in resolve(desk, asked))
    return list(dict.fromkeys(f"{one.kind.name}/{one.id}" for one in named))


def _named(desk: Desk, target: str) -> list[str]:
    if target in desk.documents:
        return [target]
    keys = [key for key, document in desk.documents.items() if document.id == target]
    if len({desk.documents[key].path for key in keys}) > 1:
        raise UsageError(f"« {target} » désigne plusieurs documents : précisez {' ou '.join(sorted(keys))}.")
    return keys or [key for key in desk.documents if key.startswith(f"{target.rstrip('/')}/")]


def _at(desk: Desk, target: str) -> list[str]:
    """A content file or folder, or a written document, seen from here or from the workspace's root."""
    places = _places(desk, target)
    if places & {"content", str(desk.project.root), "."} and Path(target).exists():
        return list(desk.documents)
    found = [
        key
        for key, document in desk.documents.items()
        if document.path in places or any(document.path.startswith(f"{place}/") for place in places)
    ]
    return found or [key for place in places for key in desk.memory.makers(place) if key in desk.documents]


def _reading(desk: Desk, target: str) -> list[str]:
    """The documents that read a registry file, as far as the memory knows."""
    places = _places(desk, target)
    keys = [key for place in places for key in (*desk.keys_at(place), f"fichier/{place}")]
    return [key for key in sorted(desk.memory.users(keys)) if key in desk.documents]


def _places(desk: Desk, target: str) -> set[str]:
    return {desk.project.relative(Path.cwd() / target).rstrip("/"), target.rstrip("/")}


def _unknown(desk: Desk, target: str) -> str:
    if Path(target).exists() or target.startswith("content/"):
        return f"« {target} » ne désigne aucun document à produire."
    known = sorted({document.id for document in desk.documents.values()} | set(desk.documents))
    hint = did_you_mean(target, known) or "."
    return f"Aucun document « {target} » dans cet espace{hint}"
