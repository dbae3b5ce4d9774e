"""The manifest file: loaded whole, saved whole, one fact a line, sorted.

Beside it, `valeurs.tsv` keeps the fields, as typed, of every entry version that a document has read: a
reason in words needs the old value. It is read only when reasons are asked for or when something new is
recorded.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from ctgdocs.manifest.reads import ReadSets
from ctgdocs.manifest.records import FileRecord, Record

NAME = "manifest.json"
VALUES = "valeurs.tsv"
FORMAT = 1
_dumps = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode
_one_a_line = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",\n", ": ")).encode


class Manifest:
    """`documents`: key (`deliberations/2026-045`) → Record. `files`: content file that others read →
    FileRecord. `orphans`: output → digest, of documents that are gone or have changed names. `unreadable`
    is True when a manifest was there and could not be understood."""

    def __init__(self) -> None:
        self.documents: dict[str, Record] = {}
        self.files: dict[str, FileRecord] = {}
        self.orphans: dict[str, str] = {}
        self.sets = ReadSets()
        self.unreadable = False
        self._saved = b""

    @classmethod
    def load(cls, folder: Path) -> Manifest:
        manifest = cls()
        try:
            manifest._saved = (folder / NAME).read_bytes()
        except OSError:
            return manifest
        try:
            manifest._fill(json.loads(manifest._saved))
        except (ValueError, LookupError, TypeError, AttributeError):
            manifest = cls()
            manifest.unreadable = True
        return manifest

    def _fill(self, found: Mapping[str, Any]) -> None:
        if found["format"] != FORMAT:
            raise ValueError("format")
        shared = {
            (registry, name): self.sets.share(one)[0]
            for registry, named in found["reads"].items()
            for name, one in named.items()
        }
        for key, one in found["documents"].items():
            reads = tuple(shared[pair] for pair in one.pop("reads", {}).items())
            self.documents[key] = Record.from_json(one, reads)
        self.files = {path: FileRecord.from_json(one) for path, one in found["files"].items()}
        self.orphans = found["orphans"]

    def put(self, key: str, record: Record) -> None:
        """Remembers a document. An output it no longer makes becomes an orphan; one it makes is none."""
        before = self.documents.get(key)
        if before and before.output and before.output != record.output:
            self.orphans[before.output] = before.output_digest
        if before and before.beside and before.beside != record.beside:
            self.orphans[before.beside] = before.beside_digest
        for path in (record.output, record.beside):
            self.orphans.pop(path, None)
        reads = {name: digest for one in record.reads for name, digest in one.items()}
        self.documents[key] = record.with_reads(self.sets.share(reads))

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
        found = dict(self.orphans)
        for record in self.documents.values():
            if record.beside:
                found[record.beside] = record.beside_digest
            if record.output:
                found[record.output] = record.output_digest
        return found

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
        return taken

    def to_bytes(self) -> bytes:
        """The file's bytes. Same facts, same bytes."""
        return b"".join(piece.encode("utf-8", "surrogatepass") for piece in self._pieces())

    def _pieces(self) -> Iterator[str]:
        """The file's text, one document at a time: a large manifest is never twice in memory."""
        sets: dict[str, dict[str, Mapping[str, str]]] = {}
        before = '{"documents": {'
        for key in sorted(self.documents):
            record = self.documents[key]
            named = [self.sets.name(reads) for reads in record.reads]
            for (registry, name), reads in zip(named, record.reads, strict=True):
                sets.setdefault(registry, {})[name] = reads
            one = record.to_json()
            one["reads"] = dict(named)
            yield f"{before}{_dumps(key)}: {_one_a_line(one)}"
            before = ",\n"
        yield ("" if self.documents else before) + "},\n"
        rest = {
            "files": {path: one.to_json() for path, one in self.files.items()},
            "format": FORMAT,
            "orphans": self.orphans,
            "reads": sets,
        }
        yield _one_a_line(rest)[1:] + "\n"

    def changed(self) -> bytes | None:
        """The bytes to save, None when the file already holds them."""
        data = self.to_bytes()
        return None if data == self._saved else data

    def versions(self) -> set[tuple[str, str]]:
        """Every (key, digest) that a document has read, and every document's own source."""
        used = {(key, record.source_digest) for key, record in self.documents.items()}
        sets = {id(reads): reads for record in self.documents.values() for reads in record.reads}
        for reads in sets.values():
            used.update(reads.items())
        return used


class Values:
    """The fields of entries as typed: (key, digest) → JSON. Kept as bytes: they are many, and
    seldom looked at."""

    def __init__(self, folder: Path) -> None:
        self._texts: dict[tuple[str, str], bytes] = {}
        self._path = folder / VALUES
        self._loaded = False

    def _load(self) -> None:
        if self._loaded:
            return
        self._loaded = True
        try:
            file = self._path.open("rb")
        except OSError:
            return
        with file:
            for line in file:
                key, _, rest = line.rstrip(b"\n").partition(b"\t")
                digest, tab, fields = rest.partition(b"\t")
                if tab:
                    pair = (key.decode("utf-8", "replace"), digest.decode("utf-8", "replace"))
                    self._texts.setdefault(pair, fields)

    def remember(self, key: str, digest: str, fields: Mapping[str, str]) -> None:
        self._texts[key, digest] = _dumps(fields).encode("utf-8", "surrogatepass")

    def get(self, key: str, digest: str) -> dict[str, str] | None:
        """The fields of one version of an entry; None when it is not known."""
        self._load()
        try:
            found = json.loads(self._texts[key, digest])
        except (KeyError, ValueError):
            return None
        return found if isinstance(found, dict) else None

    def to_bytes(self, used: set[tuple[str, str]]) -> bytes:
        """The file's bytes, with only the versions in `used`."""
        self._load()
        rows = sorted(pair for pair in self._texts if pair in used)
        return b"".join(
            f"{key}\t{digest}\t".encode() + self._texts[key, digest] + b"\n" for key, digest in rows
        )

    @property
    def fresh(self) -> bool:
        """True when something was remembered that the file may lack."""
        return bool(self._texts) and not self._loaded
