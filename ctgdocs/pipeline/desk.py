"""What a run has open on its desk: the files as they are, the manifest as it was, the registries."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import ctgdocs
from ctgdocs.content.library import Library
from ctgdocs.findings import Finding, in_order
from ctgdocs.freshness.disk import STATE_FILE
from ctgdocs.freshness.files import Files
from ctgdocs.kind import Kind
from ctgdocs.manifest import FileRecord, Journal, Manifest, Values
from ctgdocs.pipeline.line import file_record, key_of
from ctgdocs.project import Project
from ctgdocs.rules.rule import judge
from ctgdocs.writing import sweep, write_file

if TYPE_CHECKING:
    from pydantic import BaseModel


IGNORED_BY_GIT = "# propre à ce poste\ndisque\nverrou*\njournal*\nhistorique/\nerreurs.txt\n"
WORD_LIBRARIES = ("babel", "docxtpl", "jinja2", "lxml", "markdown_it_py", "python_docx", "unicode_rbnf")


class Desk:
    """`clock`: the file system's own time (ns) before the desk was laid."""

    def __init__(self, project: Project, kinds: Sequence[Kind[BaseModel]], clock: int) -> None:
        self.project = project
        self.kinds = kinds
        self.files = Files(project.root, clock)
        self.manifest = Manifest.load(project.state_dir, own=self.files.last.manifest)
        self.values = Values(project.state_dir)
        self.journal = Journal(project.state_dir)
        self.library = Library(project, kinds)
        self.documents = {key_of(document): document for document in self.library.documents()}
        self.program = program_version(self.files)
        self.written = self.manifest.written()
        self._holders = {key: path for path, record in self.manifest.files.items() for key in record.entries}

    def take_up(self, *, swept: bool) -> None:
        """Takes up the work of a run that was killed (`swept`: its lock was found): its journal, and the
        temporary files it had not finished."""
        interrupted = self.journal.path.exists()
        if interrupted or swept:
            sweep([self.project.sorties])
        if interrupted:
            self.manifest.take_up(self.journal.entries(), self.files.digest)
            self.written = self.manifest.written()
            self.save_manifest()
            self.journal.clear()

    def peek_at_journal(self) -> None:
        """Takes a killed run's work into account, without touching the disk."""
        if self.manifest.take_up(self.journal.entries(), self.files.digest):
            self.written = self.manifest.written()

    def trust_nothing(self) -> None:
        """Every registry file will be read again."""
        self.manifest.files.clear()
        self._holders.clear()

    def current(self, key: str) -> str:
        """The digest, now, of something a document read: an entry, a listing, an attached file. A registry
        file that has not changed since it was last read is not read again."""
        record = self.manifest.files.get(self._holders.get(key, ""))
        if record and key in record.entries and self.files.digest(self._holders[key]) == record.digest:
            return record.entries[key]
        return self.library.digest(key)

    def file_findings(self) -> list[Finding]:
        """What the registries have to say for themselves; a file is read again only when it changed, or when
        something its own checks read did."""
        found: list[Finding] = []
        for path in self.library.registry_files():
            record = self.manifest.files.get(path)
            if record is None or self._is_stale(path, record):
                record = self.manifest.files[path] = self._registry_record(path)
            found.extend(record.findings)
        return [*found, *self.library.misplaced_files()]

    def _is_stale(self, path: str, record: FileRecord) -> bool:
        if record.digest != self.files.digest(path):
            return True
        return any(self.current(key) != digest for key, digest in record.reads.items())

    def _registry_record(self, path: str) -> FileRecord:
        record = file_record(self.library, path, self.files.digest(path))
        reader = self.library.reader()
        findings = list(record.findings)
        for entry in self.library.entries_of(path).values():
            if entry is not None:
                findings += judge(entry, reader)
        return replace(record, reads=reader.reads, findings=tuple(in_order(findings)))

    def save_manifest(self) -> None:
        """Saves what is remembered, if it changed. Raises WritingError."""
        folder = self.project.state_dir
        manifest = self.manifest
        manifest.files = {path: one for path, one in manifest.files.items() if path in self.files}
        manifest.orphans = {path: digest for path, digest in manifest.orphans.items() if path in self.files}
        if self.values.fresh:
            values = self.values.changed(manifest.versions())
            if values is not None:
                write_file(folder / "valeurs.tsv", values)
        data = manifest.changed()
        if data is not None:
            write_file(folder / "manifest.json", data)
        ignored = folder / ".gitignore"
        if not ignored.exists():
            write_file(ignored, IGNORED_BY_GIT.encode())

    def save_state(self, documents: int | None, echo: str) -> None:
        """Saves what the disk looks like. `documents`: how many there are, when all were dealt with."""
        write_file(self.project.root / STATE_FILE, self.files.state(documents, echo, self.manifest.digest))

    def log(self, key: str, trace: str) -> None:
        """Keeps the trace of the program's own mistake for whoever helps."""
        with (self.project.state_dir / "erreurs.txt").open("a", encoding="utf-8") as log:
            log.write(f"{key}\n{trace}\n")

    def forget_state(self) -> None:
        (self.project.root / STATE_FILE).unlink(missing_ok=True)


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
