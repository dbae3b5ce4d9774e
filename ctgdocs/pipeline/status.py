"""`etat`: what is up to date, what is not and why, what was edited by hand. Writes nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ctgdocs.findings import Finding, in_order
from ctgdocs.freshness.context import at, fields_as_typed
from ctgdocs.freshness.reasons import field_changes
from ctgdocs.freshness.words import differences, words_of
from ctgdocs.kind import Kind
from ctgdocs.pipeline import targets
from ctgdocs.pipeline.desk import Desk
from ctgdocs.pipeline.line import Line, Order, key_of
from ctgdocs.pipeline.plan import Cause, Plan, plan
from ctgdocs.project import Project

if TYPE_CHECKING:
    from pydantic import BaseModel


IN_ERROR = "son contenu est en erreur"


class Condition(StrEnum):
    """How a document stands. The values are what an agent reads."""

    FRESH = "à jour"
    STALE = "à régénérer"
    EDITED = "modifié à la main"
    OUTDATED = "périmé"


@dataclass(frozen=True, slots=True)
class Standing:
    """One document or left-over output. `reasons`: in words; `words`: the paragraphs edited by hand."""

    name: str
    condition: Condition
    output: str = ""
    reasons: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Status:
    standings: list[Standing]
    findings: list[Finding]

    @property
    def fresh(self) -> bool:
        return all(one.condition is Condition.FRESH for one in self.standings)


def status(project: Project, kinds: Sequence[Kind[BaseModel]], asked: Sequence[str] = ()) -> Status:
    """How every document stands (or those that were asked)."""
    desk = Desk(project, kinds, time.time_ns())
    desk.peek_at_journal()
    selected = targets.resolve(desk, asked)
    todo = plan(desk, selected)
    orders = {key_of(order.document): order for order in todo.orders}
    line = Line(project, kinds, desk.program, desk.library)
    standings, findings = [], list(desk.file_findings())
    for key in selected:
        standing, found = _standing(desk, line, todo, orders.get(key), key)
        findings += found
        if standing.output or standing.condition is not Condition.FRESH:
            standings.append(standing)
    if not asked:
        standings += _orphans(desk)
    return Status(sorted(standings, key=lambda one: one.name), in_order(findings))


def _standing(
    desk: Desk, line: Line, todo: Plan, order: Order | None, key: str
) -> tuple[Standing, tuple[Finding, ...]]:
    record = desk.manifest.documents.get(key)
    output = record.output if record else ""
    if order is None and record is not None:
        if record.in_error:
            return Standing(key, Condition.OUTDATED, output, (IN_ERROR,)), record.findings
        if record.beside and desk.files.digest(output) != record.output_digest:
            return _edited(desk, line, key), record.findings
        return Standing(key, Condition.FRESH, output), record.findings
    assert order is not None
    causes = todo.causes[key]
    edited = any(cause.what == "modifie" for cause in causes)
    made = line.make(order)
    if made.record.in_error:
        return Standing(key, Condition.OUTDATED, output, (IN_ERROR,)), made.record.findings
    if not made.record.output:
        return Standing(key, Condition.FRESH), made.record.findings
    if edited:
        return _edited(desk, line, key, tuple(_in_words(desk, causes))), made.record.findings
    same = record is not None and made.record.output == output
    if made.data is None or (
        same and record is not None and made.record.output_digest == desk.files.digest(output)
    ):
        return Standing(key, Condition.FRESH, output), made.record.findings
    reasons = tuple(_in_words(desk, causes))
    return Standing(key, Condition.STALE, made.record.output, reasons), made.record.findings


def _edited(desk: Desk, line: Line, key: str, reasons: tuple[str, ...] = ()) -> Standing:
    """A document edited by hand, and the paragraphs that differ from what the program would write now."""
    record = desk.manifest.documents[key]
    made = line.make(Order(desk.documents[key]))
    there = words_of(desk.project.root / record.output)
    ours = words_of(made.data) if made.data is not None else []
    words = tuple(differences(ours, there)) if ours else ()
    return Standing(key, Condition.EDITED, record.output, reasons, words)


def _orphans(desk: Desk) -> list[Standing]:
    gone = "son contenu n’existe plus (« ctgdocs nettoyer » l’enlève)"
    found = [
        Standing(key, Condition.OUTDATED, record.output, (gone,))
        for key, record in desk.manifest.documents.items()
        if key not in desk.documents and record.output in desk.files
    ]
    left = "plus aucun document ne s’écrit ici (« ctgdocs nettoyer » l’enlève)"
    found += [
        Standing(output, Condition.OUTDATED, output, (left,))
        for output in desk.manifest.orphans
        if output in desk.files
    ]
    return found


def _in_words(desk: Desk, causes: Sequence[Cause]) -> Iterator[str]:
    for cause in causes:
        yield from _cause_in_words(desk, cause)


def _cause_in_words(desk: Desk, cause: Cause) -> list[str]:
    match cause.what:
        case "nouveau":
            return ["nouveau document"]
        case "source":
            return _source_changes(desk, cause)
        case "lu":
            return _entry_changes(desk, cause)
        case "modele":
            return [f"{cause.key} : le modèle Word a changé"]
        case "charte":
            return [f"{cause.key} : la charte a changé"]
        case "programme":
            return ["le programme a été mis à jour"]
        case "absent":
            return [f"{cause.key} : le document n’est plus là"]
        case "modifie":
            return []
        case _:
            return ["un constat est à revoir"]


def _source_changes(desk: Desk, cause: Cause) -> list[str]:
    document = next(one for one in desk.documents.values() if one.path == cause.key)
    entry = desk.library.find(document.kind.registry, document.id)
    after = fields_as_typed(at(entry.source.root, entry.at)) if entry else None
    return field_changes(cause.key, desk.values.get(key_of(document), cause.before), after)


def _entry_changes(desk: Desk, cause: Cause) -> list[str]:
    registry, _, id = cause.key.partition("/")
    if registry == "fichier":
        return [f"{id} : le fichier a changé"]
    path = desk.library.path_of(cause.key)
    if id == "*":
        return [f"{path} : la liste a changé"]
    entry = desk.library.answer(registry, id)[1]
    after = fields_as_typed(at(entry.source.root, entry.at)) if entry else None
    before = desk.values.get(cause.key, cause.before)
    where = f"{path} · {id}" if desk.library.entries_of(path).keys() - {cause.key} else path
    if not cause.before:
        return [f"{where} : ajouté"]
    return field_changes(where, before, after)
