"""One document made in memory, for whoever wants to look at it: nothing is written or remembered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ctgdocs.content.library import TrackingReader
from ctgdocs.findings import Finding, UsageError
from ctgdocs.kind import Kind
from ctgdocs.pipeline import targets
from ctgdocs.pipeline.desk import Desk
from ctgdocs.pipeline.line import Line, Order
from ctgdocs.project import Project
from ctgdocs.stages import Entry
from ctgdocs.vocabulary.registres import COLLECTIVITE, SEANCES

if TYPE_CHECKING:
    from pydantic import BaseModel


DATES = ("version", "signature", "date")
"""The fields of an act that date what it says, the first one that is filled in."""


@dataclass(frozen=True, slots=True)
class Preview:
    """`data`: the document's bytes; None when it cannot be made (`findings` say why). `author`: the service
    of the collectivité; `day`: the date of this version of the act, None when its content gives none."""

    key: str
    output: str
    data: bytes | None
    findings: tuple[Finding, ...]
    author: str
    day: dt.date | None


def preview(project: Project, kinds: Sequence[Kind[BaseModel]], target: str) -> Preview:
    """Makes the document that `target` names. UsageError when it names none, or several."""
    desk = Desk(project, kinds, clock=0)
    keys = targets.resolve(desk, [target])
    if len(keys) > 1:
        raise UsageError(f"« {target} » désigne plusieurs documents : précisez {' ou '.join(keys[:6])}.")
    document = desk.documents[keys[0]]
    made = Line(project, kinds, desk.program, desk.library).make(Order(document))
    reader = desk.library.reader()
    entry = reader.find(document.kind.registry, document.id)
    return Preview(
        keys[0], made.record.output, made.data, made.record.findings, _author(reader), _day(entry, reader)
    )


def _author(reader: TrackingReader) -> str:
    found = reader.find(COLLECTIVITE, "collectivite")
    if found is None:
        return ""
    own = found.value
    return f"{own.service} ({own.sigle or own.nom})" if own.service else str(own.nom)


def _day(entry: Entry[Any] | None, reader: TrackingReader) -> dt.date | None:
    if entry is None:
        return None
    for name in DATES:
        day = getattr(entry.value, name, None)
        if isinstance(day, dt.date):
            return day
    seance = getattr(entry.value, "seance", None)
    found = reader.find(SEANCES, seance) if isinstance(seance, str) else None
    return getattr(found.value, "date", None) if found else None
