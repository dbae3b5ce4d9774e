"""A run: open the desk, plan, send the orders down the line, store what comes back, leave the desk tidy."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from ctgdocs.findings import Finding, Place, Severity, WritingError
from ctgdocs.kind import Kind
from ctgdocs.manifest import finding_to
from ctgdocs.pipeline import jobs, targets
from ctgdocs.pipeline.decide import kept
from ctgdocs.pipeline.desk import Desk
from ctgdocs.pipeline.line import Line, key_of
from ctgdocs.pipeline.options import Options
from ctgdocs.pipeline.outcomes import Made, Report, Result, State
from ctgdocs.pipeline.plan import Plan, has_moved, plan
from ctgdocs.pipeline.store import Rehearsal, Store
from ctgdocs.project import Project
from ctgdocs.writing import Lock

if TYPE_CHECKING:
    from concurrent.futures import Future

    from pydantic import BaseModel

_UNREADABLE = Finding(
    "manifeste",
    Severity.ALERTE,
    "la mémoire des générations était illisible, elle est refaite ; un document qui diffère est gardé",
    Place("sorties/.ctgdocs/manifest.json"),
    hints=("si des documents gardés n’ont pas été modifiés à la main, relancez avec « --remplacer »",),
)


def generate(
    project: Project,
    kinds: Sequence[Kind[BaseModel]],
    asked: Sequence[str] = (),
    options: Options | None = None,
) -> Report:
    """Brings the documents that were asked (all by default) up to date.

    Raises UsageError for a target that names nothing, WritingError when nothing at all can be written.
    """
    options = options or Options()
    report = Report()
    with Lock(project.state_dir) as lock:
        desk = Desk(project, kinds, lock.clock)
        desk.take_up(swept=lock.broke_a_stale_one)
        todo = plan(desk, targets.resolve(desk, asked), force=options.force, replace=options.replace)
        _forget_the_rest(desk, todo, asked)
        store = Store(desk, report, options.replace, claimed=_settle_fresh(desk, todo, report))
        finished = False
        try:
            report.findings += desk.file_findings()
            if desk.manifest.unreadable:
                report.findings.append(_UNREADABLE)
            _down_the_line(desk, todo, store, options)
            finished = not store.failed
        finally:
            _leave(desk, report, complete=finished and not asked)
    return report.settle()


def rehearse(
    project: Project,
    kinds: Sequence[Kind[BaseModel]],
    asked: Sequence[str] = (),
    options: Options | None = None,
) -> Report:
    """What `generate` would do, with the words that would change. Writes nothing."""
    options = options or Options()
    report = Report()
    desk = Desk(project, kinds, time.time_ns())
    desk.peek_at_journal()
    todo = plan(desk, targets.resolve(desk, asked), force=options.force, replace=options.replace)
    claimed = _settle_fresh(desk, todo, report)
    report.findings += desk.file_findings()
    _down_the_line(desk, todo, Rehearsal(desk, report, options.replace, claimed), options)
    return report.settle()


def verify(
    project: Project,
    kinds: Sequence[Kind[BaseModel]],
    asked: Sequence[str] = (),
    options: Options | None = None,
) -> Report:
    """Every finding of the documents that were asked and of the registries. Writes nothing, trusts nothing
    that a former run remembers."""
    options = (options or Options())._replace(force=True)
    report = Report()
    desk = Desk(project, kinds, time.time_ns())
    selected = targets.resolve(desk, asked)
    desk.trust_nothing()
    todo = plan(desk, selected, force=True)
    report.findings += desk.file_findings()
    _down_the_line(desk, todo, _Listener(report), options)
    return report.settle()


class _Listener:
    """Keeps what the line finds, and nothing it makes."""

    def __init__(self, report: Report) -> None:
        self.report = report

    def put(self, mades: Sequence[Made]) -> None:
        for made in mades:
            state = State.IN_ERROR if made.record.in_error else State.UNCHANGED
            if state is State.UNCHANGED and not made.record.output:
                state = State.NOTHING
            self.report.findings += made.record.findings
            self.report.results.append(Result(made.key, state, made.record.output))


def _settle_fresh(desk: Desk, todo: Plan, report: Report) -> dict[str, str]:
    """Reports the documents that need nothing, with what there was to say of them (advice for later,
    `info`, is said once, when the document is made); returns their outputs."""
    claimed = {}
    plain = desk.manifest.documents.plain_outputs()
    for key in todo.fresh:
        if key in plain:
            claimed[plain[key]] = key
            report.untouched += 1
            continue
        record = desk.manifest.documents[key]
        report.findings += [one for one in record.findings if one.severity is not Severity.INFO]
        if record.output:
            claimed[record.output] = key
        if record.in_error:
            report.results.append(Result(key, State.IN_ERROR, record.output))
        elif record.beside and desk.files.digest(record.output) != record.output_digest:
            report.findings.append(kept(record.output, record.beside))
            report.results.append(Result(key, State.KEPT, record.output))
        elif record.output:
            report.untouched += 1
    return claimed


def _forget_the_rest(desk: Desk, todo: Plan, asked: Sequence[str]) -> None:
    """Documents whose content is gone are forgotten (their files become orphans). In a run on a few targets,
    the other documents that a finding ties to a changed file will be looked at by the next run."""
    for key in [key for key in desk.manifest.documents if key not in desk.documents]:
        desk.manifest.drop(key)
    if not asked:
        return
    ordered = {key_of(order.document) for order in todo.orders}
    for key, record in list(desk.manifest.documents.items()):
        if key not in ordered and any(has_moved(desk, one) for one in record.findings):
            desk.manifest.documents[key] = replace(record, source_digest="")


def _down_the_line(desk: Desk, todo: Plan, store: Store | Rehearsal | _Listener, options: Options) -> None:
    """Makes every order and stores it: a chunk is written, which is waiting, while the next one is made."""
    if not todo.orders:
        return
    total, done = len(todo.orders), 0
    line = Line(desk.project, desk.kinds, desk.program, desk.library)
    if total <= jobs.CHUNK and not options.cluster and jobs.how_many(options.jobs, total) == 1:
        for mades in jobs.make_all(_tasks(desk, todo), jobs.Crew(), line):  # no next one to make meanwhile
            store.put(mades)
            options.progress(total, total)
        return
    from concurrent.futures import ThreadPoolExecutor

    with jobs.crew(options, total) as crew, ThreadPoolExecutor(1) as writer:
        writing: Future[None] | None = None
        for mades in jobs.make_all(_tasks(desk, todo), crew, line):
            if writing is not None:
                writing.result()
            writing = writer.submit(store.put, mades)
            done += len(mades)
            options.progress(done, total)
        if writing is not None:
            writing.result()


def _tasks(desk: Desk, todo: Plan) -> Iterator[jobs.Task]:
    run = os.urandom(8).hex()
    for start in range(0, len(todo.orders), jobs.CHUNK):
        orders = tuple(todo.orders[start : start + jobs.CHUNK])
        yield jobs.Task(desk.project.root, tuple(desk.kinds), desk.program, run, orders)


def _leave(desk: Desk, report: Report, *, complete: bool) -> None:
    """Saves what the run learned. When even that cannot be written, the journal keeps it for the next run."""
    try:
        desk.save_manifest()
        desk.journal.clear()
        desk.save_state(report.documents if complete else None, echo_of(report) if complete else "")
    except WritingError as error:
        with suppress(OSError):
            desk.forget_state()
        finding = Finding("ecriture", Severity.ERREUR, str(error), Place("sorties/.ctgdocs"))
        report.findings.append(finding)


def echo_of(report: Report) -> str:
    """What a run with nothing to do will say again: "" when this one left nothing to say."""
    again = report.settle()
    findings = [finding_to(one) for one in again.findings if one.severity is not Severity.INFO]
    in_error, kept_ones = again.count(State.IN_ERROR), again.count(State.KEPT)
    if not (findings or in_error or kept_ones):
        return ""
    return json.dumps({"in_error": in_error, "kept": kept_ones, "findings": findings}, ensure_ascii=False)
