"""The line: one document through the eight verbs.

    content/**/*.yaml                                        templates/**/*.docx  +  templates/charte.docx
          │ 1 read       a file → its text, with the place of every value            │
          │ 2 validate   text → a typed entry                                        │
          │ 3 check      the rules of law and of good sense → findings               │
          │ 4 compose    what the page says                                          │
          │   (stop here when memory finds the same inputs as last time)             │
          │ 5 render     what the page says + the Word template → a document   ◄─────┘
          │ 6 inspect    nothing lost, nothing left over
          │ 7 write      whole, never over a hand edit
          ▼ 8 record     which inputs made it, and why

`Line.make` is the first six, pure: any process may do it. A `Line` belongs to one process: it reads each
registry and compiles each template once. `Keeper.keep` is the last two: the disk, one process, in order.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from functools import cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from ctgdocs.composing.origins import carriers
from ctgdocs.composing.voice import profile
from ctgdocs.content.library import Library, TrackingReader
from ctgdocs.findings import Finding, TemplateError, WritingError, in_order
from ctgdocs.line.orders import Kinds, Made, Order, key_of, own_mistake, unreadable
from ctgdocs.line.templates import NO_CHARTE, Charte, Faults, charte_of, dressed_template
from ctgdocs.memory.disk import digest_of_file
from ctgdocs.memory.reasons import fields_of
from ctgdocs.memory.records import NOTHING, Inputs, Record, context_digest, packs_of
from ctgdocs.memory.writing import trace_of
from ctgdocs.project import Project
from ctgdocs.prose import Carrier
from ctgdocs.rules.records import look_at
from ctgdocs.stages import Composition, Entry, Origin
from ctgdocs.vocabulary.registres import COLLECTIVITE
from ctgdocs.word import Mark, Package

if TYPE_CHECKING:
    from ctgdocs.line.desk import Desk
    from ctgdocs.line.outputs import Outputs
    from ctgdocs.templates import Drawn


@dataclass(slots=True)
class _Work:
    """One document on its way: what is known of it so far."""

    order: Order
    reader: TrackingReader
    findings: list[Finding] = field(default_factory=list)
    judged: list[Finding] = field(default_factory=list)
    entry: Entry[Any] | None = None
    source_digest: str = ""
    inputs: Inputs = NOTHING
    sealed: bool = False
    projet: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)
    drawn: Drawn | None = None

    @property
    def stopped(self) -> bool:
        return any(finding.blocking for finding in self.told)

    @property
    def told(self) -> list[Finding]:
        return [*self.findings, *self.judged]


class Traced(NamedTuple):
    """A document out of the line, where each text of its page was typed, and its parts, none when it was
    stopped."""

    made: Made
    origins: list[Origin]
    parts: Package
    work: _Work


class Line:
    def __init__(self, project: Project, kinds: Kinds, program: str, library: Library | None = None) -> None:
        self.project = project
        self.program = program
        self.library = library or Library(project, kinds)
        self.kinds = {kind.name: kind for kind in kinds}
        self._said: set[tuple[str, str]] = set()
        self._faults = Faults(project.root)
        self._template = cache(partial(dressed_template, project.root))
        self._digest = cache(lambda path: digest_of_file(project.root / path))

    def with_content(self, library: Library) -> Line:
        """The same line over other content: its templates stay compiled."""
        twin = copy(self)
        twin.library, twin._said = library, set()
        return twin

    def with_templates(self, instead: Mapping[str, bytes]) -> Line:
        """The same line with other templates than those of the disk."""
        twin = copy(self)
        twin._template = cache(partial(dressed_template, self.project.root, instead=instead))
        return twin

    def make(self, order: Order) -> Made:
        """A document's bytes, or why it has none. Never raises for what an author can fix."""
        return self.traced(order).made

    def traced(self, order: Order, *, checked: bool = True, sound: Entry[object] | None = None) -> Traced:
        """The same, with where each text of its page was typed; unless `checked`, no rule judges it. `sound`:
        the act as it was when nothing was wrong in it (`rules.records.judge_act`)."""
        work, document = _Work(order, self.library.reader()), order.document
        data, trace = None, ""
        try:
            data = self._make(work, sound, checked=checked)
        except TemplateError as error:
            work.findings += self._faults.told(error, work.inputs.template, document.path, work.context)
        except Exception as error:
            trace = trace_of(error)
            work.findings.append(own_mistake(document))
        parts = {} if data is None or work.drawn is None else work.drawn.package
        return Traced(self._made(work, data, trace), work.reader.origins, parts, work)

    def judged(self, traced: Traced) -> Made:
        """A document that was made, once every rule has judged all its texts: with all there is to say of
        it, and no bytes when a rule stops it."""
        made, work = traced.made, traced.work
        if work.entry is None or made.data is None:
            return made
        work.judged = [*self.kinds[work.order.document.kind.name].check(work.entry, work.reader)]
        again = self._made(work, None if work.stopped else made.data, made.trace)
        return replace(again, typed={**made.typed, **again.typed})

    def _make(self, work: _Work, sound: Entry[object] | None, *, checked: bool) -> bytes | None:
        document = work.order.document
        kind, reader = self.kinds[document.kind.name], work.reader

        entry = work.entry = self._read_and_validate(work)  # 1 read, 2 validate
        if entry is not None and getattr(entry.value, "projet", False):
            work.projet = entry.key
        if entry is None or work.stopped:
            return None
        work.judged += kind.check(entry, reader, sound) if checked else []  # 3 check
        if work.stopped:
            return None
        said = kind.compose(entry, reader, document.part)  # 4 compose
        if said is None:
            return None  # this act has nothing to say under this part
        work.findings += said.findings
        charte, kept = self._charte(said, work), work.order.kept
        followed = self._carriers(entry, work.reader) if kept else ()
        work.inputs, work.sealed = self._inputs(said, charte, followed, kept=kept), bool(said.sealed)
        work.context = said.context
        if work.stopped or work.inputs == work.order.last:
            return None
        template = self._template(said.template, charte, said.watermark)
        finished = kind.is_finished(entry)
        if not kept:
            work.findings += template.faults_of(
                said.context, title=said.title, file=said.output, finished=finished
            )
            return None
        mark = Mark(key_of(document), said.output, sealed=said.sealed, content=work.inputs.context)
        work.drawn, lost = template.drawn(
            said.context, title=said.title, file=said.output, finished=finished, carriers=followed
        )
        work.findings += lost  # 5 render, 6 inspect
        return None if work.stopped else work.drawn.written(mark)

    def _read_and_validate(self, work: _Work) -> Entry[Any] | None:
        document = work.order.document
        entry = self.library.find(document.kind.registry, document.id)
        work.reader.depend_on_names(f"{document.kind.name}/{document.id}")
        work.findings += self.library.findings(document.path)
        if entry is not None:
            work.source_digest = entry.source.digest
            return entry
        work.source_digest = self._digest(document.path)
        if said := self.library.partial(f"{document.kind.name}/{document.id}"):
            work.findings += look_at(said, work.reader, work.findings)
        if not work.stopped:
            work.findings.append(unreadable(document))
        return None

    def _charte(self, said: Composition, work: _Work) -> Charte:
        if not said.wears_charte:
            return NO_CHARTE
        charte, missing = work.reader.recall("charte", partial(charte_of, self.project, self._digest))
        work.findings += missing
        return charte

    def _carriers(self, entry: Entry[Any], reader: TrackingReader) -> tuple[Carrier, ...]:
        """The fields that the paragraphs came from, unless the house wants none of it in its documents."""
        house = reader.find(COLLECTIVITE, "collectivite")
        if not house or not house.value.suivi_des_champs:
            return ()
        return carriers(entry, reader.origins, profile(house.value.typographie))

    def _inputs(
        self, said: Composition, charte: Charte, followed: Iterable[Carrier], *, kept: bool
    ) -> Inputs:
        ids = ",".join(each.id for one in followed for each in (one, *one.values))
        styles = (text for pair in charte.styles for text in pair)
        context = context_digest(said, ids, *styles) if kept else ""
        template = (said.template, self._digest(said.template))
        dress = (charte.path, self._digest(charte.path) if charte.path else "")
        return Inputs(context, *template, *dress, self.program, said.output)

    def _made(self, work: _Work, data: bytes | None, trace: str) -> Made:
        document, reads = work.order.document, work.reader.reads
        record = Record(
            document.kind.name,
            document.path,
            work.source_digest,
            work.inputs,
            output_digest="" if data is None else hashlib.sha256(data).hexdigest(),
            sealed=work.sealed,
            findings=tuple(in_order(work.told)),
        )
        remembered = (packs_of(reads), self._typed(work)) if work.order.kept else ((), {})
        made = Made(key_of(document), record, data, *remembered, trace, work.projet)
        self.library.forget(document.path)
        return made

    def _typed(self, work: _Work) -> dict[str, tuple[str, dict[str, str]]]:
        """The fields of the document and of what it read, as typed; each version once in a process."""
        document = work.order.document
        found = {}
        if own := self.library.find(document.kind.registry, document.id):
            found[key_of(document)] = (own.source.digest, fields_of(own))
        for read in work.reader.reads.items():
            if read in self._said:
                continue
            self._said.add(read)
            if entry := self.library.entry(read[0]):
                found[read[0]] = (read[1], fields_of(entry))
        return found


@dataclass(frozen=True, slots=True)
class Keeper:
    """Where the documents of a run go: the disk, then the memory."""

    desk: Desk
    outputs: Outputs

    def keep(self, mades: Sequence[Made]) -> None:
        """Writes and records a chunk of documents, in order."""
        kept = self.outputs.put(mades)  # 7 write
        try:
            self.desk.record(kept)  # 8 record
        except WritingError as error:
            self.outputs.not_recorded(error)
