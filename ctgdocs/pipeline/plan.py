"""Which documents must go through the line, and why: the first two of the three steps of freshness."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ctgdocs.content.library import Document
from ctgdocs.findings import Finding
from ctgdocs.manifest import Record
from ctgdocs.pipeline.desk import Desk
from ctgdocs.pipeline.line import Order
from ctgdocs.pipeline.touched import touched


class Cause(NamedTuple):
    """Why a document is looked at again. `what`: nouveau, source, lu, modele, charte, programme, absent,
    modifie (by hand), demande; `key`: the entry, file or output that is meant; `before`: its digest then."""

    what: str
    key: str = ""
    before: str = ""


@dataclass(slots=True)
class Plan:
    """`orders` in the order of their keys; `fresh`: the documents that need nothing."""

    orders: list[Order] = field(default_factory=list)
    causes: dict[str, tuple[Cause, ...]] = field(default_factory=dict)
    fresh: list[str] = field(default_factory=list)


def plan(desk: Desk, selected: Iterable[str], *, force: bool = False, replace: bool = False) -> Plan:
    """What to do for the documents whose keys are `selected`."""
    found = Plan()
    stale_reads: dict[int, tuple[Cause, ...]] = {}
    looked_at = None if force or replace else touched(desk)
    for key in sorted(selected):
        if looked_at is not None and key not in looked_at:
            found.fresh.append(key)
            continue
        document, record = desk.documents[key], desk.manifest.documents.get(key)
        causes = _causes(desk, document, record, stale_reads)
        if record is not None:
            causes += _output_causes(desk, record, replace=replace)
        if force and not causes:
            causes = (Cause("demande"),)
        if not causes:
            found.fresh.append(key)
            continue
        found.causes[key] = causes
        intact = record is not None and not force and not any(one.what in _OUTPUT for one in causes)
        last = record.with_reads(()) if record is not None and intact and record.output_digest else None
        found.orders.append(Order(document, last))
    return found


_OUTPUT = ("absent", "modifie")


def _causes(
    desk: Desk, document: Document, record: Record | None, stale_reads: dict[int, tuple[Cause, ...]]
) -> tuple[Cause, ...]:
    if record is None:
        return (Cause("nouveau"),)
    causes: list[Cause] = []
    if desk.files.digest(document.path) != record.source_digest:
        causes.append(Cause("source", document.path, record.source_digest))
    for reads in record.reads:  # documents of one séance share these mappings: each is looked at once
        if id(reads) not in stale_reads:
            stale_reads[id(reads)] = _stale(desk, reads)
        causes += stale_reads[id(reads)]
    for what, named in (("modele", record.template), ("charte", record.charte)):
        path, _, digest = named.rpartition("@")
        if path and desk.files.digest(path) != digest:
            causes.append(Cause(what, path, digest))
    if record.program != desk.program:
        causes.append(Cause("programme", record.program))
    if any(has_moved(desk, finding) for finding in record.findings):
        causes.append(Cause("constat"))
    return tuple(causes)


def _stale(desk: Desk, reads: Mapping[str, str]) -> tuple[Cause, ...]:
    return tuple(
        Cause("lu", key, digest) for key, digest in sorted(reads.items()) if desk.current(key) != digest
    )


def has_moved(desk: Desk, finding: Finding) -> bool:
    """True when a finding points into a file that has changed: its line may be another."""
    known = desk.manifest.files.get(finding.place.file)
    return known is not None and desk.files.digest(finding.place.file) != known.digest


def _output_causes(desk: Desk, record: Record, *, replace: bool) -> tuple[Cause, ...]:
    if not record.output_digest:
        return ()
    on_disk = desk.files.digest(record.output)
    if on_disk == record.output_digest:
        return ()
    if not on_disk:
        return (Cause("absent", record.output),)
    if replace or not record.beside or desk.files.digest(record.beside) != record.beside_digest:
        return (Cause("modifie", record.output, record.output_digest),)
    return ()
