"""The manifest file: loaded whole, saved whole, sorted.

Documents of one séance read the same registry entries, so what they read is kept once per registry and per
set of digests (`reads`), and each document names its sets: the file stays small and an edit changes few
lines.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from ctgdocs.manifest.records import FileRecord, Record

NAME = "manifest.json"
FORMAT = 1
SET_DIGITS = 12
_dumps = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


class Manifest:
    """`documents`: key (`deliberations/2026-045`) → Record. `files`: registry file → FileRecord. `fields`: entry
    key → digest → its fields as typed (kept while a document has read that version: reasons need the old
    words). `unreadable` is True when a manifest was there and could not be understood."""

    def __init__(self) -> None:
        self.documents: dict[str, Record] = {}
        self.files: dict[str, FileRecord] = {}
        self.fields: dict[str, dict[str, dict[str, str]]] = {}
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
        except (ValueError, KeyError, TypeError, AttributeError):
            manifest = cls()
            manifest.unreadable = True
        return manifest

    def _fill(self, found: Mapping[str, Any]) -> None:
        if found["format"] != FORMAT:
            raise ValueError("format")
        sets = found["reads"]
        for key, one in found["documents"].items():
            reads: dict[str, str] = {}
            for registry, name in one.get("reads", {}).items():
                reads.update(sets[registry][name])
            self.documents[key] = Record.from_json({**one, "reads": reads})
        self.files = {path: FileRecord.from_json(one) for path, one in found["files"].items()}
        self.fields = found["fields"]

    def to_bytes(self) -> bytes:
        """The file's bytes: one fact a line, every level sorted."""
        sets: dict[str, dict[str, Mapping[str, str]]] = {}
        names: dict[frozenset[tuple[str, str]], str] = {}
        documents = {}
        for key in sorted(self.documents):
            one = self.documents[key].to_json()
            if "reads" in one:
                one["reads"] = _interned(one["reads"], sets, names)
            documents[key] = one
        parts = [
            f' "documents": {_block(documents, 2)}',
            f' "fields": {_block(self._fields_in_use(), 2)}',
            f' "files": {_block({path: one.to_json() for path, one in self.files.items()}, 2)}',
            f' "format": {FORMAT}',
            f' "reads": {_block(sets, 2)}',
        ]
        return ("{\n" + ",\n".join(parts) + "\n}\n").encode()

    def _fields_in_use(self) -> dict[str, dict[str, dict[str, str]]]:
        used = {pair for record in self.documents.values() for pair in record.reads.items()}
        used |= {(key, record.source_digest) for key, record in self.documents.items()}
        kept: dict[str, dict[str, dict[str, str]]] = {}
        for key, versions in self.fields.items():
            if here := {digest: fields for digest, fields in versions.items() if (key, digest) in used}:
                kept[key] = here
        return kept

    def changed(self) -> bytes | None:
        """The bytes to save, None when the file already holds them."""
        data = self.to_bytes()
        return None if data == self._saved else data

    def outputs(self) -> dict[str, str]:
        """Every file the program wrote and has not taken back: output → document key."""
        found = {}
        for key, record in self.documents.items():
            for path in (record.output, record.beside):
                if path:
                    found[path] = key
        return found

    def take_up(self, entries: Iterable[tuple[str, Record]], digests: MutableMapping[str, str]) -> bool:
        """Takes up a killed run's journal: a record counts when its output (or the version beside it) is on
        disk as journaled; `digests` tells the digest of a file on disk. True when something was taken up."""
        taken = False
        for key, record in entries:
            if _stands(record, digests):
                self.documents[key] = record
                taken = True
        return taken

    def remember(self, key: str, digest: str, fields: Mapping[str, str]) -> None:
        self.fields.setdefault(key, {})[digest] = dict(fields)

    def forget_beside(self, key: str) -> None:
        self.documents[key] = replace(self.documents[key], beside="", beside_digest="")


def _stands(record: Record, digests: Mapping[str, str]) -> bool:
    if record.beside:
        return digests[record.beside] == record.beside_digest
    return bool(record.output) and digests[record.output] == record.output_digest


def _interned(
    reads: Mapping[str, str],
    sets: dict[str, dict[str, Mapping[str, str]]],
    names: dict[frozenset[tuple[str, str]], str],
) -> dict[str, str]:
    by_registry: dict[str, dict[str, str]] = {}
    for key, digest in reads.items():
        by_registry.setdefault(key.partition("/")[0], {})[key] = digest
    named = {}
    for registry, found in by_registry.items():
        identity = frozenset(found.items())
        name = names.get(identity)
        if name is None:
            summary = "\n".join(f"{key} {found[key]}" for key in sorted(found))
            name = names[identity] = hashlib.sha256(summary.encode()).hexdigest()[:SET_DIGITS]
            sets.setdefault(registry, {})[name] = found
        named[registry] = name
    return named


def _block(value: Mapping[str, Any], depth: int) -> str:
    """A JSON object, its first `depth` levels one key a line."""
    if not value:
        return "{}"
    return "{\n" + ",\n".join(_lines(value, depth, "  ")) + "\n }"


def _lines(value: Mapping[str, Any], depth: int, margin: str) -> Iterator[str]:
    for key in sorted(value):
        one = value[key]
        if depth > 1 and isinstance(one, dict) and one:
            inner = ",\n".join(_lines(one, depth - 1, margin + " "))
            yield f"{margin}{_dumps(key)}: {{\n{inner}\n{margin}}}"
        else:
            yield f"{margin}{_dumps(key)}: {_dumps(one)}"
