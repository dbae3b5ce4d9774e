"""`etat` and `nettoyer`: how each document stands and why, and which files no content makes any more."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from ctgdocs.findings import Finding, WritingError, in_order
from ctgdocs.line.desk import Desk
from ctgdocs.line.line import Line
from ctgdocs.line.orders import Kinds, Order, key_of
from ctgdocs.line.plan import Cause, Plan, Why, plan, resolve
from ctgdocs.memory import manifest
from ctgdocs.memory.reasons import field_changes, fields_of
from ctgdocs.memory.writing import Lock, sweep
from ctgdocs.project import Project
from ctgdocs.word import differences, words_of

IN_ERROR = "son contenu est en erreur"


class Standing(StrEnum):
    """How a document stands. The values are what an agent reads."""

    FRESH = "à jour"
    STALE = "à régénérer"
    EDITED = "modifié à la main"
    OUTDATED = "périmé"


class Seen(NamedTuple):
    """One document or left-over output. `reasons`: in words; `words`: the paragraphs edited by hand."""

    name: str
    standing: Standing
    output: str = ""
    reasons: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


class Survey(NamedTuple):
    """How everything stands, in the order of names, and what there is to say of the content."""

    seen: list[Seen]
    findings: list[Finding]

    @property
    def fresh(self) -> bool:
        return all(one.standing is Standing.FRESH for one in self.seen)


def status(project: Project, kinds: Kinds, asked: Sequence[str] = ()) -> Survey:
    """How every document stands (or those that were asked). Writes nothing."""
    desk = Desk(project, kinds, time.time_ns(), manifest.peek(project.state_dir))
    selected = resolve(desk, asked)
    todo = plan(desk, selected)
    orders = {key_of(order.document): order for order in todo.orders}
    line = Line(project, kinds, desk.program, desk.library)
    seen, findings = [], list(desk.file_findings())
    for key in selected:
        one, found = _seen(desk, line, todo, orders.get(key), key)
        findings += found
        if one.output or one.standing is not Standing.FRESH:
            seen.append(one)
    if not asked:
        seen += _left(desk)
    return Survey(sorted(seen, key=lambda one: one.name), in_order(findings))


def _seen(
    desk: Desk, line: Line, todo: Plan, order: Order | None, key: str
) -> tuple[Seen, tuple[Finding, ...]]:
    record = desk.memory.document(key)
    output = record.output if record else ""
    if order is None and record is not None:
        findings = record.findings or ()
        if record.in_error:
            return Seen(key, Standing.OUTDATED, output, (IN_ERROR,)), findings
        if record.beside and desk.files.digest(output) != record.output_digest:
            return _edited(desk, line, key, output), findings
        return Seen(key, Standing.FRESH, output), findings
    assert order is not None
    causes = todo.causes[key]
    made = line.make(order)
    findings = made.record.findings or ()
    if made.record.in_error:
        return Seen(key, Standing.OUTDATED, output, (IN_ERROR,)), findings
    if not made.record.output:
        return Seen(key, Standing.FRESH), findings
    if any(cause.why is Why.EDITED for cause in causes):
        return _edited(desk, line, key, output, tuple(_in_words(desk, causes))), findings
    same = record is not None and made.record.output == output
    if made.data is None or (same and made.record.output_digest == desk.files.digest(output)):
        return Seen(key, Standing.FRESH, output), findings
    return Seen(key, Standing.STALE, made.record.output, tuple(_in_words(desk, causes))), findings


def _edited(desk: Desk, line: Line, key: str, output: str, reasons: tuple[str, ...] = ()) -> Seen:
    """A document edited by hand, and the paragraphs that differ from what the program would write now."""
    made = line.make(Order(desk.documents[key]))
    there = words_of(desk.read(output) or b"")
    if not there:
        return Seen(key, Standing.EDITED, output, (*reasons, "ce n’est plus un document Word qui se lit"))
    ours = words_of(made.data) if made.data is not None else []
    words = tuple(differences(ours, there)) if ours else ()
    return Seen(key, Standing.EDITED, output, reasons, words)


def _left(desk: Desk) -> Iterator[Seen]:
    gone = "son contenu n’existe plus (« ctgdocs nettoyer » l’enlève)"
    known = set()
    for key in sorted(desk.documents_known - desk.documents.keys()):
        record = desk.memory.document(key)
        if record is not None and record.output in desk.files:
            known.add(record.output)
            yield Seen(key, Standing.OUTDATED, record.output, (gone,))
    left = "plus aucun document ne s’écrit ici (« ctgdocs nettoyer » l’enlève)"
    for path, _mark in desk.leftovers():
        if path not in known:
            yield Seen(path, Standing.OUTDATED, path, (left,))


def _in_words(desk: Desk, causes: Sequence[Cause]) -> Iterator[str]:
    for cause in causes:
        yield from _cause_in_words(desk, cause)


def _cause_in_words(desk: Desk, cause: Cause) -> list[str]:
    match cause.why:
        case Why.NEW:
            return ["nouveau document"]
        case Why.SOURCE:
            return _source_changes(desk, cause)
        case Why.READ:
            return _entry_changes(desk, cause)
        case Why.TEMPLATE:
            return [f"{cause.key} : le modèle Word a changé"]
        case Why.CHARTE:
            return [f"{cause.key} : la charte a changé"]
        case Why.PROGRAM:
            return ["le programme a été mis à jour"]
        case Why.GONE:
            return [f"{cause.key} : le document n’est plus là"]
        case Why.EDITED:
            return []
        case _:
            return ["un constat est à revoir"]


def _source_changes(desk: Desk, cause: Cause) -> list[str]:
    document = next(one for one in desk.documents.values() if one.path == cause.key)
    entry = desk.library.find(document.kind.registry, document.id)
    after = fields_of(entry) if entry else None
    return field_changes(cause.key, desk.memory.typed(key_of(document), cause.before), after)


def _entry_changes(desk: Desk, cause: Cause) -> list[str]:
    registry, _, id = cause.key.partition("/")
    if registry == "fichier":
        return [f"{id} : le fichier a changé"]
    path = desk.library.path_of(cause.key)
    if id == "*":
        return [f"{path} : la liste a changé"]
    entry = desk.library.entry(cause.key)
    where = f"{path} · {id}" if desk.library.entries_of(path).keys() - {cause.key} else path
    if not cause.before:
        return [f"{where} : ajouté"]
    before = desk.memory.typed(cause.key, cause.before)
    return field_changes(where, before, fields_of(entry) if entry else None)


# --- `nettoyer` ---------------------------------------------------------------------------------------


@dataclass(slots=True)
class Cleaning:
    """`removed` outputs, and those `kept` because they were edited by hand."""

    removed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def clean(project: Project, kinds: Kinds, *, dry: bool = False) -> Cleaning:
    """Removes what no content makes any more: outputs whose content is gone or has changed names, and new
    versions put beside a document that is no longer edited. `dry`: only says which."""
    done = Cleaning()
    with Lock(project.state_dir) as lock, closing(manifest.opened(project.state_dir)) as memory:
        desk = Desk(project, kinds, lock.clock, memory)
        for path, mark in desk.leftovers():
            (done.removed if mark.intact else done.kept).append(path)
        if not dry:
            sweep(project.sorties)
            for path in done.removed:
                _remove(project, path)
    return done


def _remove(project: Project, path: str) -> None:
    try:
        (project.root / path).unlink(missing_ok=True)
    except OSError as error:
        raise WritingError(
            f"« {path} » ne peut pas être enlevé : fermez-le dans Word, puis relancez « ctgdocs nettoyer »."
        ) from error
