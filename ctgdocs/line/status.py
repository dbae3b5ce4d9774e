"""`etat` and `nettoyer`: how each document stands and why, and which files no content makes any more."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from ctgdocs.content.library import Document
from ctgdocs.files import is_file, read_file
from ctgdocs.findings import CONSEQUENCES, SILENCED, Finding, WritingError
from ctgdocs.line.desk import Desk
from ctgdocs.line.line import Line
from ctgdocs.line.orders import Kinds, Order, Outcome, Report, key_of
from ctgdocs.line.outputs import Claims, as_left, decide
from ctgdocs.line.plan import Cause, Why, plan, resolve
from ctgdocs.line.printing import Shown, leftover_pdfs, pdfs
from ctgdocs.memory import manifest
from ctgdocs.memory.lock import Lock
from ctgdocs.memory.reasons import field_changes, fields_of
from ctgdocs.memory.records import NOTHING, Record
from ctgdocs.memory.writing import sweep
from ctgdocs.pdf import mark_of_pdf
from ctgdocs.project import Project
from ctgdocs.vocabulary.registres import AGENTS
from ctgdocs.word import differences, mark_of, words_of

IN_ERROR = "son contenu est en erreur"
STOPPED = "un autre fichier, dont il dépend, est en erreur"


class Standing(StrEnum):
    """How a document stands. The values are what an agent reads."""

    FRESH = "à jour"
    STALE = "à régénérer"
    EDITED = "modifié à la main"
    IN_ERROR = "en erreur"
    SEALED = "scellé"
    CHANGED = "scellé, le contenu a changé depuis"
    OUTDATED = "périmé"


class Seen(NamedTuple):
    """One document or left-over output. `reasons`: in words; `words`: the paragraphs edited by hand;
    `silenced`: the rules that it silences, with their reasons; `told`: it is to be made again though nothing
    that is typed has changed, and what a run has found of it is told."""

    name: str
    standing: Standing
    output: str = ""
    reasons: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    silenced: tuple[str, ...] = ()
    told: bool = False


class Survey(NamedTuple):
    """How everything stands, in the order of names, and what there is to say of the content."""

    seen: list[Seen]
    findings: list[Finding]

    @property
    def fresh(self) -> bool:
        return all(one.standing in (Standing.FRESH, Standing.SEALED) for one in self.seen)


def status(project: Project, kinds: Kinds, asked: Sequence[str] = ()) -> Survey:
    """How every document stands (or those that were asked), and the files that are theirs no more. Writes
    nothing."""
    desk = Desk(project, kinds, time.time_ns(), manifest.peek(project.state_dir))
    selected = sorted(resolve(desk, asked))
    todo = plan(desk, selected)
    orders = {key_of(order.document): order for order in todo.orders}
    line = Line(project, kinds, desk.program, desk.library)
    claims = Claims(desk, frozenset(todo.fresh))
    report = Report(findings=desk.file_findings())
    seen, places = [], _Places()
    for key in selected:
        outcome, record, found = _decided(desk, line, claims, orders.get(key), key)
        report.tell(key, record, found)
        places.note(key, outcome, record)
        if outcome is not Outcome.NOTHING:
            one = _seen(desk, line, key, outcome, record, todo.causes.get(key, ()))
            told = (finding.message for finding in found if finding.code == SILENCED)
            seen.append(one._replace(silenced=tuple(dict.fromkeys(told))))
    seen += _left(desk, places, frozenset(selected) if asked else None)
    seen += _pdfs(desk, selected)
    return Survey(sorted(seen, key=lambda one: one.name), report.settled().findings)


def standings(project: Project, kinds: Kinds, keys: Sequence[str] = ()) -> Survey:
    """The same as far as is remembered (of all, or of the documents of these `keys`): none is made, so one
    that is to be made again may turn out to say what it said. What a run has found is told, where nothing
    that is typed has changed since."""
    desk = Desk(project, kinds, time.time_ns(), manifest.peek(project.state_dir))
    selected = sorted(desk.documents.keys() & set(keys) if keys else desk.documents)
    causes = plan(desk, selected).causes
    report = Report(findings=[] if keys else desk.file_findings())
    seen, places = [], _Places()
    for key in selected:
        record, why = desk.memory.document(key), causes.get(key, ())
        if record is None or why:
            seen.append(_to_be_made(desk, key, record, why))
            if record is not None and seen[-1].told:
                report.tell(key, record, record.findings or ())
            places.note(key, Outcome.IN_ERROR, record or NEVER)
            continue
        outcome = as_left(desk, record)
        report.tell(key, record, record.findings or ())
        places.note(key, outcome, record)
        if outcome is Outcome.KEPT:
            seen.append(Seen(key, Standing.EDITED, record.output))
        elif outcome is not Outcome.NOTHING:
            seen.append(_seen_as_left(key, outcome, record))
    if not keys:
        seen += [*_left(desk, places, None), *_pdfs(desk, selected)]
    return Survey(sorted(seen, key=lambda one: one.name), report.settled().findings)


MARKS = {".docx": mark_of, ".pdf": mark_of_pdf}
DRESS = (Why.PROGRAM, Why.TEMPLATE, Why.CHARTE)
NEVER = Record("", "", "", NOTHING)


def _to_be_made(desk: Desk, key: str, record: Record | None, causes: Sequence[Cause]) -> Seen:
    output = record.output if record is not None else ""
    standing = Standing.EDITED if any(one.why is Why.EDITED for one in causes) else Standing.STALE
    if record is not None and record.sealed and output in desk.files:
        if _only_of_the_program(causes):
            return Seen(key, Standing.SEALED, output)
        standing = Standing.CHANGED
    told = record is not None and all(one.why in DRESS for one in causes)
    return Seen(key, standing, output, tuple(_in_words(desk, causes)), told=told)


def _only_of_the_program(causes: Sequence[Cause]) -> bool:
    return all(one.why in (*DRESS, Why.FINDING) for one in causes)


def _decided(
    desk: Desk, line: Line, claims: Claims, order: Order | None, key: str
) -> tuple[Outcome, Record, tuple[Finding, ...]]:
    """What a run would do of a document; what the last one did of one that needs nothing."""
    record = desk.memory.document(key)
    if order is None and record is not None:
        return as_left(desk, record), record, record.findings or ()
    assert order is not None
    decision = decide(desk, line.make(order), claims)
    return decision.outcome, decision.record, decision.findings


def _seen(
    desk: Desk, line: Line, key: str, outcome: Outcome, record: Record, causes: Sequence[Cause]
) -> Seen:
    match outcome:
        case Outcome.KEPT:
            return _edited(desk, line, key, record.output, tuple(_in_words(desk, causes)))
        case Outcome.WRITTEN:
            return Seen(key, Standing.STALE, record.output, tuple(_in_words(desk, causes)))
        case _:
            return _seen_as_left(key, outcome, record, tuple(_in_words(desk, causes)))


def _seen_as_left(key: str, outcome: Outcome, record: Record, reasons: tuple[str, ...] = ()) -> Seen:
    match outcome:
        case Outcome.IN_ERROR:
            return Seen(key, Standing.IN_ERROR, record.output, (_why_in_error(record),))
        case Outcome.SEALED:
            return Seen(key, Standing.CHANGED, record.output, reasons)
        case _:
            return Seen(key, Standing.SEALED if record.sealed else Standing.FRESH, record.output)


def _why_in_error(record: Record) -> str:
    own = any(
        one.blocking and one.place.file == record.source and one.code not in CONSEQUENCES
        for one in record.findings or ()
    )
    return IN_ERROR if own else STOPPED


def _edited(desk: Desk, line: Line, key: str, output: str, reasons: tuple[str, ...] = ()) -> Seen:
    """A document edited by hand, and the paragraphs that differ from what the program would write now."""
    made = line.make(Order(desk.documents[key]))
    there = words_of(desk.read(output) or b"")
    if not there:
        return Seen(key, Standing.EDITED, output, (*reasons, "ce n’est plus un document Word qui se lit"))
    ours = words_of(made.data) if made.data is not None else []
    words = tuple(differences(ours, there)) if ours else ()
    return Seen(key, Standing.EDITED, output, reasons, words)


@dataclass(slots=True)
class _Places:
    """The files that are the documents' own; `unknown`: the documents in error, of which nobody knows where
    they would be written."""

    own: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)

    def note(self, key: str, outcome: Outcome, record: Record) -> None:
        self.own.add(record.output)
        if outcome is Outcome.KEPT:
            self.own.add(record.beside)
        if outcome is Outcome.IN_ERROR:
            self.unknown.add(key)


def _left(desk: Desk, places: _Places, selected: frozenset[str] | None) -> Iterator[Seen]:
    """The files of ours that are no document's any more: of all, or of the `selected` ones."""
    for path, mark in desk.ours_but(places.own):
        if mark.origin in places.unknown or (selected is not None and mark.origin not in selected):
            continue
        gone = mark.origin not in desk.documents
        name = mark.origin if gone else path
        if desk.is_sealed(mark, path):
            yield Seen(name, Standing.CHANGED, path, ("son contenu n’existe plus ici",))
        elif mark.intact:
            why = "son contenu n’existe plus" if gone else "plus aucun document ne s’écrit ici"
            yield Seen(name, Standing.OUTDATED, path, (f"{why} (« ctgdocs nettoyer » l’enlève)",))
        else:
            why = "plus aucun contenu ne l’écrit, et il a été modifié à la main : à enlever vous-même"
            yield Seen(name, Standing.OUTDATED, path, (why,))


def _pdfs(desk: Desk, selected: Sequence[str]) -> Iterator[Seen]:
    """The PDFs that show another text than their document, or whose document is gone."""
    for one in pdfs(desk, selected):
        if one.shown is Shown.STALE:
            why = "plus ancien que son document Word (« ctgdocs generer --pdf » le refait)"
            yield Seen(one.path, Standing.STALE, one.path, (why,))
    for path, mark in leftover_pdfs(desk):
        if mark.origin in selected or mark.origin not in desk.documents:
            why = "son document Word n’est plus là (« ctgdocs nettoyer » l’enlève)"
            yield Seen(path, Standing.OUTDATED, path, (why,))


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
    if id == "~":
        return [f"{path} : un nom a changé"]
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
    """`removed` outputs, those `kept` because they were edited by hand, and the `sealed` ones."""

    removed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    sealed: list[str] = field(default_factory=list)


def clean(project: Project, kinds: Kinds, *, dry: bool = False) -> Cleaning:
    """Removes what no content makes any more: outputs whose content is gone or has changed names, and new
    versions put beside a document that is no longer edited. `dry`: only says which."""
    done = Cleaning()
    with Lock(project.state_dir) as lock, closing(manifest.opened(project.state_dir)) as memory:
        desk = Desk(project, kinds, lock.clock, memory)
        for path, mark in desk.leftovers():
            if desk.is_sealed(mark, path):
                done.sealed.append(path)
            else:
                (done.removed if mark.intact else done.kept).append(path)
        for path, pdf in leftover_pdfs(desk):
            (done.removed if pdf.intact else done.kept).append(path)
        if not dry:
            sweep(project.sorties)
            for path in done.removed:
                _remove(project, path)
    return done


def forget(project: Project, kinds: Kinds, agent: str, *, dry: bool = False) -> Cleaning:
    """Removes an agent's file, and every document made from it wherever it stands in sorties/, PDFs and
    former versions included. What somebody edited since is left to them. `dry`: only says which."""
    done = Cleaning()
    with Lock(project.state_dir) as lock, closing(manifest.opened(project.state_dir)) as memory:
        desk = Desk(project, kinds, lock.clock, memory)
        origins = {key_of(one) for one in desk.documents.values() if _holder(desk, one) == agent}
        for path in sorted(one for one in project.sorties.rglob("*") if one.suffix in MARKS and is_file(one)):
            mark = MARKS[path.suffix](read_file(path))
            if mark is not None and mark.origin in origins:
                (done.removed if mark.intact else done.kept).append(project.relative(path))
        own = project.content / AGENTS.name / f"{agent}.yaml"
        former = sorted((project.state_dir / "contenus" / project.relative(own)).glob("*"))
        for path in (*former, own):
            if is_file(path):
                done.removed.append(project.relative(path))
        for known in () if dry else done.removed:
            _remove(project, known)
    return done


def _holder(desk: Desk, document: Document) -> str:
    """The agent whose identity a document holds."""
    entry = desk.library.find(document.kind.registry, document.id)
    return str(getattr(entry.value, "agent", None) or "") if entry else ""


def _remove(project: Project, path: str) -> None:
    try:
        (project.root / path).unlink(missing_ok=True)
    except OSError as error:
        raise WritingError(
            f"« {path} » ne peut pas être enlevé : fermez-le dans Word, puis relancez « ctgdocs nettoyer »."
        ) from error
