"""The manifest file: one fact a line, sorted, a blank line between documents.

When it is the very file that the last run left (its digest stands in the state file), its documents are
taken over unread and read one by one when they are asked for; a file that comes from elsewhere is read whole.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from ctgdocs.manifest.documents import Documents, one_a_line
from ctgdocs.manifest.reads import ReadSets
from ctgdocs.manifest.records import FileRecord, Record

NAME = "manifest.json"
FORMAT = 1
HEAD = '{"documents": {'


class Manifest:
    """`documents`: key (`deliberations/2026-045`) → Record. `files`: content file that others read →
    FileRecord. `orphans`: output → digest, of documents that are gone or have changed names. `unreadable`
    is True when a manifest was there and could not be understood; `own` when it is the last run's, untouched.
    `digest` is the one of the file, "" when there is none."""

    def __init__(self) -> None:
        self.sets = ReadSets()
        self.documents = Documents(self.sets)
        self.files: dict[str, FileRecord] = {}
        self.orphans: dict[str, str] = {}
        self.unreadable = False
        self.own = False
        self.digest = ""

    @classmethod
    def load(cls, folder: Path, own: str = "") -> Manifest:
        """`own`: the digest of the manifest that the last run left."""
        try:
            data = (folder / NAME).read_bytes()
        except OSError:
            return cls()
        digest = hashlib.sha256(data).hexdigest()
        manifest = cls()
        try:
            text = data.decode("utf-8", "surrogatepass")
            manifest.own = digest == own and text.startswith(f"{HEAD}\n\n")
            if manifest.own:
                manifest._take(text)
            else:
                manifest._fill(json.loads(text))
        except (ValueError, LookupError, TypeError, AttributeError):
            manifest = cls()
            manifest.unreadable = True
        manifest.digest = digest
        return manifest

    def _take(self, text: str) -> None:
        """Takes in a file of our own: `HEAD`, the documents, and the rest, with blank lines between."""
        _, *pieces, rest = text.split("\n\n")
        found = json.loads("{" + rest.removeprefix("},"))
        for registry, named in found["reads"].items():
            for name, one in named.items():
                self.sets.add(registry, name, one)
        for piece in pieces:
            self.documents.take(piece)
        self._fill_files(found)

    def _fill(self, found: Mapping[str, Any]) -> None:
        if found["format"] != FORMAT:
            raise ValueError("format")
        shared = {
            (registry, name): one
            for registry, named in found["reads"].items()
            for name, reads in named.items()
            for one in self.sets.share((reads,))
        }
        for key, one in found["documents"].items():
            reads = tuple(shared[pair] for pair in one.pop("reads", {}).items())
            self.documents[key] = Record.from_json(one, reads)
        self._fill_files(found)

    def _fill_files(self, found: Mapping[str, Any]) -> None:
        self.files = {path: FileRecord.from_json(one) for path, one in found["files"].items()}
        self.orphans = found["orphans"]

    def put(self, key: str, record: Record, text: str = "") -> None:
        """Remembers a document (`text`: the record's, when it is already made). An output it no longer makes
        becomes an orphan; one it makes is none."""
        before = self.documents.get(key)
        if before and before.output and before.output != record.output:
            self.orphans[before.output] = before.output_digest
        if before and before.beside and before.beside != record.beside:
            self.orphans[before.beside] = before.beside_digest
        for path in (record.output, record.beside):
            self.orphans.pop(path, None)
        self.documents.put(key, text or self.documents.text_of(record))

    def drop(self, key: str) -> None:
        """Forgets a document whose content is gone; what it wrote becomes an orphan."""
        record = self.documents.pop(key)
        for path, digest in ((record.output, record.output_digest), (record.beside, record.beside_digest)):
            if path:
                self.orphans[path] = digest

    def forget_beside(self, key: str) -> None:
        self.documents[key] = replace(self.documents[key], beside="", beside_digest="")

    def written(self) -> dict[str, str]:
        """Every file this program wrote and has not taken back: output → digest."""
        return self.orphans | self.documents.written()

    def take_up(self, entries: Iterable[tuple[str, Record]], digest: Callable[[str], str]) -> bool:
        """Takes up a killed run's journal: a record counts when its output (or the version beside it) is on
        disk as journaled. `digest` gives the digest of a file on disk. True when something was taken up."""
        taken = False
        for key, record in entries:
            path, expected = (record.output, record.output_digest)
            if record.beside:
                path, expected = (record.beside, record.beside_digest)
            if path and digest(path) == expected:
                self.put(key, record)
                taken = True
        self.own = self.own and not taken
        return taken

    def to_bytes(self) -> bytes:
        """The file's bytes. Same facts, same bytes. They are many: a piece is let go once it is written."""
        used = self.documents.sets_read()
        sets: dict[str, dict[str, Mapping[str, str]]] = {}
        for registry, name in used:
            sets.setdefault(registry, {})[name] = self.sets.named(registry, name)
        rest = {
            "files": {path: one.to_json() for path, one in self.files.items()},
            "format": FORMAT,
            "orphans": self.orphans,
            "reads": sets,
        }
        file = io.BytesIO()
        file.write(f"{HEAD}\n\n".encode())
        for piece in self.documents.pieces():
            file.write(f"{piece}\n\n".encode("utf-8", "surrogatepass"))
        file.write(("},\n" + one_a_line(rest)[1:] + "\n").encode("utf-8", "surrogatepass"))
        return file.getvalue()

    def changed(self) -> bytes | None:
        """The bytes to save, None when the file already holds them; `digest` becomes theirs."""
        data = self.to_bytes()
        digest = hashlib.sha256(data).hexdigest()
        if digest == self.digest:
            return None
        self.digest = digest
        return data

    def versions(self) -> set[tuple[str, str]]:
        """Every (key, digest) that a document has read, and every document's own source."""
        used = set(self.documents.sources())
        for pair in self.documents.sets_read():
            used.update(self.sets.named(*pair).items())
        return used
