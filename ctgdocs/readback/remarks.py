"""The comments that people left in the documents they corrected: findings, until they are answered."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from ctgdocs.findings import Finding, Place, Severity, TemplateError
from ctgdocs.line.desk import Desk
from ctgdocs.line.orders import Kinds
from ctgdocs.line.plan import resolve
from ctgdocs.memory import manifest
from ctgdocs.project import Project
from ctgdocs.word import comments_of

SHOWN = 120


def remarks(project: Project, kinds: Kinds, asked: Sequence[str] = ()) -> list[Finding]:
    """The open comments of the documents that someone has edited since they were written."""
    desk = Desk(project, kinds, time.time_ns(), manifest.peek(project.state_dir))
    selected = set(resolve(desk, asked))
    return [
        finding
        for key, record in desk.memory.documents()
        if key in selected and record.output
        if desk.files.digest(record.output) not in ("", record.output_digest)
        for finding in _of(desk, record.output)
    ]


def _of(desk: Desk, path: str) -> Iterator[Finding]:
    try:
        found = comments_of(desk.read(path) or b"")
    except TemplateError:
        return
    for one in found:
        about = f" ({one.place} : « {_short(one.about)} »)" if one.about else f" ({one.place})"
        message = f"commentaire de {one.author or 'quelqu’un'}{about} : « {_short(one.text)} »"
        hints = ("répondez-y, puis marquez-le comme résolu dans Word",)
        yield Finding("commentaire", Severity.INFO, message, Place(path), hints=hints)


def _short(text: str) -> str:
    said = " ".join(text.split())
    return said if len(said) <= SHOWN else f"{said[: SHOWN - 1].rstrip()}…"
