"""A run: open the desk, plan, send the orders down the line, keep what comes back, leave the desk tidy."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from ctgdocs.findings import Finding, Place, Related, Severity, WritingError
from ctgdocs.line import jobs, seals
from ctgdocs.line.causes import Told
from ctgdocs.line.desk import Desk
from ctgdocs.line.line import Keeper, Line
from ctgdocs.line.orders import Kinds, Options, Outcome, Report, Result, key_of
from ctgdocs.line.outputs import Claims, Listener, Outputs, Rehearsal, as_left, kept
from ctgdocs.line.plan import Plan, plan, resolve
from ctgdocs.memory import manifest, rest
from ctgdocs.memory.lock import Lock
from ctgdocs.memory.records import finding_to
from ctgdocs.memory.store import Memory
from ctgdocs.memory.writing import sweep
from ctgdocs.project import Project

if TYPE_CHECKING:
    from concurrent.futures import Future


def generate(
    project: Project, kinds: Kinds, asked: Sequence[str] = (), options: Options | None = None
) -> Report:
    """Brings the documents that were asked (all by default) up to date.

    Raises UsageError for a target that names nothing, WritingError when nothing at all can be written.
    """
    options = options or Options()
    with Lock(project.state_dir) as lock:
        if lock.broke_a_stale_one:
            sweep(project.sorties)
        with closing(manifest.opened(project.state_dir)) as memory:
            try:
                return _generate(Desk(project, kinds, lock.clock, memory), asked, options)
            except rest.Unreadable:  # damaged where only its reading could tell
                rest.set_aside(project.state_dir)
        with closing(Memory.open(project.state_dir)) as memory:
            memory.lost = True
            return _generate(Desk(project, kinds, lock.clock, memory), asked, options)


def _generate(desk: Desk, asked: Sequence[str], options: Options) -> Report:
    report = Report()
    todo = plan(desk, resolve(desk, asked), force=options.force, replace=options.replace)
    outputs = Outputs(desk, report, _claims(desk, todo, report), options.replace)
    report.findings += desk.file_findings()
    if desk.memory.lost:
        report.findings.append(rest.lost_memory())
    try:
        _down_the_line(desk, todo, Keeper(desk, outputs), options)
        report.findings += _quoted(desk, report)
        if not (outputs.failed or asked):
            desk.complete(report, _echo(report))
    except WritingError as error:
        report.findings.append(Finding("ecriture", Severity.ERREUR, str(error), Place("sorties/.ctgdocs")))
    return report.settled()


def rehearse(
    project: Project, kinds: Kinds, asked: Sequence[str] = (), options: Options | None = None
) -> Report:
    """What `generate` would do, with the words that would change. Writes nothing."""
    options = options or Options()
    report = Report()
    desk = Desk(project, kinds, time.time_ns(), manifest.peek(project.state_dir))
    todo = plan(desk, resolve(desk, asked), force=options.force, replace=options.replace)
    rehearsal = Rehearsal(desk, report, _claims(desk, todo, report), options.replace)
    report.findings += desk.file_findings()
    _down_the_line(desk, todo, rehearsal, options)
    report.findings += _quoted(desk, report)
    return report.settled()


def verify(
    project: Project, kinds: Kinds, asked: Sequence[str] = (), options: Options | None = None
) -> Report:
    """Every finding of the documents that were asked and of the registries. Writes nothing, trusts nothing
    that a former run remembers."""
    options = options or Options()
    report = Report()
    selected = resolve(Desk(project, kinds, time.time_ns(), manifest.peek(project.state_dir)), asked)
    desk = Desk(project, kinds, time.time_ns(), Memory.empty())
    report.findings += desk.file_findings()
    _down_the_line(desk, plan(desk, selected, force=True, kept=False), Listener(report), options)
    return report.settled()


def _quoted(desk: Desk, report: Report) -> list[Finding]:
    """What is said of the documents that quote sealed acts whose content has changed since: they
    say what the content says now. Those that are sealed too say what they said. At most one finding."""
    related = []
    names = []
    for key in sorted(one.key for one in report.results if one.outcome is Outcome.SEALED):
        act = desk.documents[key]
        users = desk.memory.users([f"{act.kind.name}/{act.id}"]) & desk.documents.keys() - {key}
        sources = {desk.documents[user].path for user in users if not _is_sealed(desk, user)}
        related += [Related(Place(source), f"cite {act.id}") for source in sorted(sources)]
        names += [act.id] if sources else []
    if not related:
        return []
    acts = "un acte scellé dont" if len(names) == 1 else "des actes scellés dont"
    message = f"ce qui cite {acts} le contenu a changé depuis dit ce contenu, pas l’acte ({', '.join(names)})"
    hints = ("annulez ce changement, ou citez aussi l’acte qui corrige",)
    first, *others = dict.fromkeys(related)
    return [Finding(seals.QUOTED, Severity.ALERTE, message, first.place, tuple(others), hints)]


def _is_sealed(desk: Desk, key: str) -> bool:
    record = desk.memory.document(key)
    return record is not None and record.sealed


def _claims(desk: Desk, todo: Plan, report: Report) -> Claims:
    """Reports the documents that need nothing, with what there was to say of them (advice for later, `info`,
    is said once, when the document is made); and remembers that they write where they do."""
    fresh = frozenset(todo.fresh)
    to_say = desk.memory.with_something_to_say() & fresh
    report.untouched += len(fresh) - len(to_say)
    for key in sorted(to_say):
        record = desk.memory.document(key)
        if record is None:
            continue
        findings = record.findings or ()
        report.findings += [one for one in findings if one.severity is not Severity.INFO]
        report.told.append(Told(key, record.source, findings))
        outcome = as_left(desk, record)
        if outcome is Outcome.KEPT:
            report.findings.append(kept(record.output, record.beside))
        if outcome is Outcome.UNCHANGED:
            report.untouched += 1
        elif outcome is not Outcome.NOTHING:
            report.results.append(Result(key, outcome, record.output))
    return Claims(desk, fresh)


def _down_the_line(desk: Desk, todo: Plan, keeper: Keeper | Rehearsal | Listener, options: Options) -> None:
    """Makes every order and keeps it: a chunk is written, which is waiting, while the next one is made."""
    if ready := [one for one in options.made if one.key in todo.causes]:
        keeper.keep(ready)
        todo.orders = [one for one in todo.orders if key_of(one.document) not in {made.key for made in ready}]
    if not todo.orders:
        return
    total, done = len(todo.orders), 0
    line = Line(desk.project, desk.kinds, desk.program, desk.library)
    if total <= jobs.CHUNK and not options.cluster and jobs.how_many(options.jobs, total) == 1:
        for mades in jobs.make_all(_tasks(desk, todo), jobs.Crew(), line):  # no next one to make meanwhile
            keeper.keep(mades)
            options.progress(total, total)
        return
    from concurrent.futures import ThreadPoolExecutor

    with jobs.crew(options, total) as crew, ThreadPoolExecutor(1) as writer:
        writing: Future[None] | None = None
        for mades in jobs.make_all(_tasks(desk, todo), crew, line):
            if writing is not None:
                writing.result()
            writing = writer.submit(keeper.keep, mades)
            done += len(mades)
            options.progress(done, total)
        if writing is not None:
            writing.result()


def _tasks(desk: Desk, todo: Plan) -> Iterator[jobs.Task]:
    run = os.urandom(8).hex()
    for start in range(0, len(todo.orders), jobs.CHUNK):
        orders = tuple(todo.orders[start : start + jobs.CHUNK])
        yield jobs.Task(desk.project.root, tuple(desk.kinds), desk.program, run, orders)


def _echo(report: Report) -> str:
    """What a run with nothing to do will say again: "" when this one left nothing to say."""
    again = report.settled()
    findings = [
        finding_to(one)
        for one in again.findings
        if one.severity is not Severity.INFO and one.code != seals.MADE_AGAIN
    ]
    in_error, kept_ones = again.count(Outcome.IN_ERROR), again.count(Outcome.KEPT)
    sealed = again.count(Outcome.SEALED)
    if not (findings or in_error or kept_ones or sealed):
        return ""
    return json.dumps({"in_error": in_error, "kept": kept_ones, "sealed": sealed, "findings": findings})
