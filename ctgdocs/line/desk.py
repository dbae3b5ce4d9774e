"""What a run has open on its desk: the files as they are, the memory as it was, the registries."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Container, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import ctgdocs
from ctgdocs.content.library import Library
from ctgdocs.files import read_file
from ctgdocs.findings import Finding, in_order
from ctgdocs.line.orders import Kinds, Made, Report, key_of
from ctgdocs.memory.disk import Files
from ctgdocs.memory.glance import Glance
from ctgdocs.memory.records import Pack, Record, is_private, packs_of
from ctgdocs.memory.store import Memory
from ctgdocs.memory.writing import add_trace, new_version_name, write
from ctgdocs.project import Project
from ctgdocs.rules.records import judge_fiche, look_at
from ctgdocs.word import Mark, mark_of

WORD_LIBRARIES = ("babel", "docxtpl", "jinja2", "lxml", "markdown_it_py", "python_docx")


class Desk:
    """`clock`: the file system's own time (ns) before the desk was laid."""

    def __init__(self, project: Project, kinds: Kinds, clock: int, memory: Memory) -> None:
        self.project = project
        self.kinds = kinds
        self.memory = memory
        self.files = Files(project.root, clock, memory.files(), memory.seal)
        self.library = Library(project, kinds)
        self.documents = {key_of(document): document for document in self.library.documents()}
        self.program = program_version(self.files)
        self._fiches: dict[str, tuple[tuple[Finding, ...] | None, tuple[Pack, ...]]] = {}
        self._begun = False

    # --- what changed ---------------------------------------------------------------------------------

    @cached_property
    def moved(self) -> Mapping[str, str]:
        """What documents read that may have changed: entry, listing or attached file → its digest now."""
        if not self.documents_known:
            return {}
        keys = {key for path in self.files.changed for key in self.keys_at(path)}
        attached = self.memory.keys_read("fichier")
        keys |= {
            key for key in attached if self.project.relative(key.partition("/")[2]) in self.files.changed
        }
        return {key: self.library.digest(key) for key in sorted(keys)}

    @cached_property
    def documents_known(self) -> set[str]:
        """The documents that the memory knows."""
        return self.memory.keys()

    def keys_at(self, path: str) -> list[str]:
        """What a content file holds of what somebody read."""
        registry, id = self.library.answers_at(path)
        if not registry:
            return []
        if not id:
            return self.memory.keys_read(registry)
        return [key for one in (id, "*", "~") if self.memory.is_read(key := f"{registry}/{one}")]

    @cached_property
    def readers(self) -> set[str]:
        """The documents, and the registry files, that read something which is no longer the same."""
        return {user for key, digest in self.moved.items() for user in self.memory.readers(key, digest)}

    # --- registries -----------------------------------------------------------------------------------

    def file_findings(self) -> list[Finding]:
        """What the registries have to say for themselves; a file is read again only when it changed, or when
        something its own checks read did."""
        found: list[Finding] = []
        for path in self.library.registry_files():
            stale = path in self.files.changed or path in self.readers
            known = None if stale else self.memory.findings_of(path)
            found.extend(self._checked(path) if known is None else known)
        return [*found, *self.library.misplaced_files()]

    def _checked(self, path: str) -> tuple[Finding, ...]:
        reader = self.library.reader()
        entries = self.library.entries_of(path)
        findings = list(self.library.findings(path))
        for key, entry in entries.items():
            reader.depend_on_names(key)
            partial = self.library.partial(key) if entry is None else None
            if entry is not None:
                findings += judge_fiche(entry, reader)
            elif partial is not None:
                findings += look_at(partial, reader, findings)
        ordered = tuple(in_order(findings))
        kept = None if ordered and is_private((path,)) else ordered
        self._fiches[path] = (kept, packs_of(reader.reads))
        return ordered

    # --- whose a file is ------------------------------------------------------------------------------

    def is_ours(self, path: str, there: bytes | None) -> bool:
        """True for a file that may be replaced or removed: there is none, or it is as this program wrote it
        at that place. `there`: the bytes of the file."""
        if there is None or hashlib.sha256(there).hexdigest() == self.memory.written(path):
            return True
        mark = mark_of(there)
        return mark is not None and mark.intact and belongs(mark, path)

    def may_be_replaced(self, path: str, there: bytes | None) -> bool:
        """True for a file of ours that no seal protects."""
        return self.seal_of(path, there) is None and self.is_ours(path, there)

    def seal_of(self, path: str, there: bytes | None) -> Mark | None:
        """The mark of a sealed document, in its place; None for any other file."""
        mark = None if there is None else mark_of(there)
        return mark if mark is not None and self.is_sealed(mark, path) else None

    @staticmethod
    def is_sealed(mark: Mark, path: str) -> bool:
        """True for the document of an act that has left the house, in its place."""
        return bool(mark.sealed) and mark.place == path

    def sealed_place(self, key: str, output: str) -> str:
        """Where the sealed document of an act stands: `output`, or the place that was its own when its objet
        was another; "" when there is none."""
        if self.seal_of(output, self.read(output)):
            return output
        before = self.memory.document(key)
        if before is not None and before.output == output and output in self.files:
            return ""
        mine = self._sealed_elsewhere.get(key, "") or (before.output if before is not None else "")
        mark = self.seal_of(mine, self.read(mine)) if mine else None
        return mine if mark is not None and mark.origin == key else ""

    @cached_property
    def _sealed_elsewhere(self) -> dict[str, str]:
        """The sealed documents that the memory does not know: origin → path."""
        known = self.memory.outputs()
        standing = (path for path in sorted(self.files.stats) if _is_document(path) and path not in known)
        marks = ((path, self.seal_of(path, self.read(path))) for path in standing)
        return {mark.origin: path for path, mark in marks if mark is not None}

    def mark_at(self, path: str) -> Mark | None:
        """What a document on the disk says of itself, None when it says nothing."""
        there = self.read(path)
        return None if there is None else mark_of(there)

    def read(self, path: str) -> bytes | None:
        """The bytes of a file of the workspace, None when there is none that can be read."""
        try:
            return read_file(self.files.location(path))
        except OSError:
            return None

    # --- what is remembered ---------------------------------------------------------------------------

    def record(self, kept: Sequence[tuple[Made, Record, os.stat_result | None, str]]) -> None:
        """Remembers documents, what they read, and the file written for each. Raises WritingError."""
        with self.memory.transaction():
            if not self._begun:  # from here on the disk is no longer what the last complete run left
                self.memory.forget_files(self.files.changed)
                self._begun = True
            for made, record, stat, path in kept:
                self.memory.keep(made.key, record, made.packs)
                self.files.was_read(record.source, record.source_digest)
                for key, (digest, fields) in made.typed.items():
                    self.memory.remember_typed(key, digest, fields)
                if stat is not None:
                    digest = record.beside_digest if path == record.beside else record.output_digest
                    self.files.wrote(path, stat, digest)
                    self.memory.wrote(path, self.files.stats[path], digest)
                    if path == record.output:
                        self.memory.remember_base(made.key, self._made_from(made, record))

    def _made_from(self, made: Made, record: Record) -> dict[str, bytes]:
        """The content files that a document says the words of: its own, its dossiers."""
        lenders = (key for pack in made.packs for key in pack.reads if key.startswith("dossiers/"))
        paths = {record.source, *(self.library.path_of(key) for key in lenders if key[-1] not in "*~")}
        return {path: data for path in sorted(paths) if (data := self.read(path)) is not None}

    def complete(self, report: Report, echo: str) -> None:
        """Remembers the disk as it is now that every document was dealt with. Raises WritingError."""
        rows, gone, said = self.files.rows(), self.files.gone(), Glance(report.documents, echo)
        dropped = self.documents_known - self.documents.keys()
        if not (rows or gone or dropped or self._fiches) and self.memory.said() == (
            said.documents,
            said.echo,
        ):
            return
        with self.memory.transaction():
            for key in dropped:
                self.memory.drop(key)
            self.memory.complete(rows, gone, self._fiches, said)
        ignored = self.project.state_dir / ".gitignore"
        if not ignored.exists():
            write(ignored, b"*\n")

    def log(self, key: str, trace: str) -> None:
        """Keeps the trace of the program's own mistake for whoever helps."""
        add_trace(self.project.state_dir / "erreurs.txt", f"{key}\n{trace}\n")

    def ours_but(self, known: Container[str]) -> Iterator[tuple[str, Mark]]:
        """The documents of this program that stand where they were written, edited since or not, but those at
        `known` places."""
        for path in sorted(path for path in self.files.stats if _is_document(path) and path not in known):
            mark = self.mark_at(path)
            if mark is not None and belongs(mark, path):
                yield path, mark

    def leftovers(self) -> Iterator[tuple[str, Mark]]:
        """The documents of ours that no content makes any more where they stand, as far as is remembered."""
        made = {path for path in self.files.stats if _is_document(path) and self._is_made(path)}
        return ((path, mark) for path, mark in self.ours_but(made) if not self._may_be_made(mark))

    def _is_made(self, path: str) -> bool:
        makers = [key for key in self.memory.makers(path) if key in self.documents]
        records = [record for key in makers if (record := self.memory.document(key))]
        return any(record.output == path or self._is_kept(record) for record in records)

    def _is_kept(self, record: Record) -> bool:
        """True when a hand-edited output stands, with its new version beside."""
        return self.files.digest(record.output) not in ("", record.output_digest)

    def _may_be_made(self, mark: Mark) -> bool:
        """True for a file of a document of which nobody knows where it goes now: one that is not remembered,
        or that was in error as far as is remembered."""
        record = self.memory.document(mark.origin)
        return mark.origin in self.documents and (record is None or not record.output)


def _is_document(path: str) -> bool:
    return path.startswith("sorties/") and path.endswith(".docx")


def belongs(mark: Mark, path: str) -> bool:
    """True when a document stands where it was written, or beside it as a new version."""
    stem, _, _ = path.rpartition(" (nouvelle version")
    return path == mark.place or (bool(stem) and new_version_name(mark.place).startswith(f"{stem} ("))


def program_version(files: Files) -> str:
    """The version, and a digest of the program's own files and of the libraries that shape a page."""
    installed = sorted(
        name.lower()
        for folder in sys.path
        if folder.endswith("-packages") and Path(folder).is_dir()
        for name in os.listdir(folder)  # noqa: PTH208  # a tenth of the time
        if name.endswith(".dist-info") and name.lower().startswith(WORD_LIBRARIES)
    )
    summary = "\n".join([files.program_digest(), *installed])
    return f"{ctgdocs.__version__}+{hashlib.sha256(summary.encode()).hexdigest()[:12]}"
