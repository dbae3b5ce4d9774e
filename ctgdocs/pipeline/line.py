"""The line: one document through the verbs 1 to 6. Verbs 7 (write) and 8 (record) close a run, in run.py.

A `Line` belongs to one process: it reads each registry and compiles each template once.
"""

from __future__ import annotations

import hashlib
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from ctgdocs.content.library import Document, Library, TrackingReader
from ctgdocs.findings import Finding, Place, Severity, TemplateError, advice, in_order
from ctgdocs.freshness.context import at, context_digest, fields_as_typed
from ctgdocs.freshness.files import digest_of_file
from ctgdocs.kind import Kind
from ctgdocs.manifest import FileRecord, Record
from ctgdocs.pipeline.letterhead import HouseStyle, dressed_template, house_style
from ctgdocs.pipeline.outcomes import Made
from ctgdocs.project import Project
from ctgdocs.stages import Composition, Entry, Reader

if TYPE_CHECKING:
    from pydantic import BaseModel

    from ctgdocs.templates import Template

NO_ENTRY = ("fichier",)


class Order(NamedTuple):
    """One document to make. `last` is its record when what it says is still on disk: if everything that
    rendering is given is the same, the document is not rendered again."""

    document: Document
    last: Record | None = None


@dataclass(slots=True)
class _Work:
    """One document on its way: what is known of it so far."""

    order: Order
    reader: TrackingReader
    findings: list[Finding] = field(default_factory=list)
    source_digest: str = ""
    record: Record | None = None

    @property
    def stopped(self) -> bool:
        return any(finding.blocking for finding in self.findings)


class Line:
    def __init__(
        self, project: Project, kinds: Sequence[Kind[BaseModel]], program: str, library: Library | None = None
    ) -> None:
        self.project = project
        self.program = program
        self.library = library or Library(project, kinds)
        self.kinds = {kind.name: kind for kind in kinds}
        self._said_files: set[str] = set()
        self._said: set[tuple[str, str]] = set()
        self._template = cache(self._load_template)
        self._file_digest = cache(lambda path: digest_of_file(project.root / path))

    def make(self, order: Order) -> Made:
        """A document's bytes, or why it has none. Never raises for what an author can fix."""
        work = _Work(order, self.library.reader())
        data, trace = None, ""
        try:
            data = self._make(work)
        except TemplateError as error:
            work.findings.append(_template_finding(error, work))
        except Exception:
            trace = traceback.format_exc()
            work.findings.append(_own_mistake(order.document))
        return self._made(work, data, trace)

    def _make(self, work: _Work) -> bytes | None:
        document = work.order.document
        kind, reader = self.kinds[document.kind.name], work.reader

        entry = self._read_and_validate(work)  # 1 read, 2 validate
        if entry is None or work.stopped:
            return None
        work.findings += kind.check(entry, reader)  # 3 check
        if work.stopped:
            return None
        said = kind.compose(entry, reader, document.part)  # 4 compose
        if said is None:
            return None  # this act has nothing to say under this part
        work.findings += said.findings
        house = HouseStyle()
        if said.letterhead:
            house, missing = reader.recall("house_style", self._house_style)
            work.findings += missing
        work.record = self._made_from(work, said, house)
        if work.stopped or _same(work.record, work.order.last):
            return None
        template = self._template(said.template, house, said.watermark)
        data, lost = template.render_checked(  # 5 render, 6 inspect
            said.context, title=said.title, file=work.record.output
        )
        work.findings += lost
        return None if work.stopped else data

    def _read_and_validate(self, work: _Work) -> Entry[Any] | None:
        document = work.order.document
        entry = self.library.find(document.kind.registry, document.id)
        work.findings += self.library.findings(document.path)
        if entry is not None:
            work.source_digest = entry.source.digest
            return entry
        work.source_digest = self._file_digest(document.path)
        if not work.stopped:
            work.findings.append(_unreadable(document))
        return None

    def _made_from(self, work: _Work, said: Composition, house: HouseStyle) -> Record:
        template = said.template
        return Record(
            kind=work.order.document.kind.name,
            source=work.order.document.path,
            source_digest=work.source_digest,
            context=context_digest(said, *(text for pair in house.styles for text in pair)),
            template=f"{template}@{self._file_digest(template)}",
            charte=f"{house.path}@{self._file_digest(house.path)}" if house.path else "",
            program=self.program,
            output=said.output,
            locked=said.locked,
        )

    def _house_style(self, reader: Reader) -> tuple[HouseStyle, list[Finding]]:
        return house_style(reader, self.project, self._file_digest)

    def _load_template(self, name: str, house: HouseStyle, watermark: str) -> Template:
        return dressed_template(self.project.root, name, house, watermark)

    def _made(self, work: _Work, data: bytes | None, trace: str) -> Made:
        document, reads = work.order.document, work.reader.reads
        record = work.record or Record(
            document.kind.name, document.path, work.source_digest, program=self.program
        )
        known: dict[str, Any] = {"reads": (reads,), "findings": tuple(in_order(work.findings))}
        if data is not None:
            known["output_digest"] = hashlib.sha256(data).hexdigest()
        elif (last := work.order.last) is not None and not work.stopped:
            known |= {name: getattr(last, name) for name in ("output_digest", "beside", "beside_digest")}
        record = replace(record, **known)
        key = key_of(document)
        made = Made(key, record, data, self._values(key, work), self._files(reads), trace)
        self.library.forget(document.path)
        return made

    def _values(self, key: str, work: _Work) -> dict[str, tuple[str, dict[str, str]]]:
        """The fields of the document and of what it read, as typed; each version once in a process."""
        found = {}
        document = work.order.document
        own = self.library.find(document.kind.registry, document.id)
        if own is not None:
            found[key] = (own.source.digest, fields_as_typed(at(own.source.root, own.at)))
        for read, digest in work.reader.reads.items():
            if (read, digest) in self._said:
                continue
            self._said.add((read, digest))
            registry, _, id = read.partition("/")
            entry = self.library.answer(registry, id)[1] if registry not in NO_ENTRY and id != "*" else None
            if entry is not None:
                found[read] = (digest, fields_as_typed(at(entry.source.root, entry.at)))
        return found

    def _files(self, reads: Mapping[str, str]) -> dict[str, FileRecord]:
        """The content files of other documents that were read on the way (registries are the desk's)."""
        found = {}
        for key in reads:
            if key.partition("/")[0] in self.kinds and key not in self._said_files and reads[key]:
                self._said_files.add(key)
                path = self.library.path_of(key)
                found[path] = file_record(self.library, path, self._file_digest(path))
        return found


def file_record(library: Library, path: str, digest: str) -> FileRecord:
    """What is remembered of a content file that documents read: what it holds, and what it had to say."""
    entries = library.entries_of(path)
    digests = {key: library.digest(key) for key in entries}
    for registry in {key.partition("/")[0] for key in entries}:
        if library.path_of(f"{registry}/*") == path:
            digests[f"{registry}/*"] = library.digest(f"{registry}/*")
    sources = {entry.source.digest for entry in entries.values() if entry is not None}
    return FileRecord(sources.pop() if sources else digest, digests, tuple(library.findings(path)))


def key_of(document: Document) -> str:
    """How a document is named everywhere: its shelf, its id, and its part when an act makes several."""
    name = f"{document.path.split('/')[1]}/{document.id}"
    return f"{name}/{document.part}" if document.part else name


def _same(record: Record, last: Record | None) -> bool:
    """Step three of freshness: everything that rendering is given is what it was."""
    return last is not None and all(
        getattr(record, name) == getattr(last, name)
        for name in ("context", "template", "charte", "program", "output")
    )


def _template_finding(error: TemplateError, work: _Work) -> Finding:
    made_from = work.record.template.rpartition("@")[0] if work.record else work.order.document.path
    path = error.file or made_from
    where = f" ({error.place})" if error.place else ""
    return Finding("modele", Severity.ERREUR, f"{error}{where}", Place(path), hints=advice(error.hint))


def _unreadable(document: Document) -> Finding:
    return Finding("fichier", Severity.ERREUR, "ce fichier n’a pas pu être lu", Place(document.path))


def _own_mistake(document: Document) -> Finding:
    return Finding(
        "imprevu",
        Severity.ERREUR,
        "le programme a rencontré un problème imprévu sur ce document ; les autres sont faits",
        Place(document.path),
        hints=(
            "le détail est dans sorties/.ctgdocs/erreurs.txt : joignez ce fichier à votre demande d’aide",
        ),
    )
