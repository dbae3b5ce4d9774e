"""What the first versions of the program remembered: `manifest.json`, and the journal of a killed run.

Read once, by the first run that finds no memory: the documents that are still as the manifest says are given
the mark that tells whose they are. A signed one keeps its bytes.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from ctgdocs.files import read_file
from ctgdocs.findings import Finding, Place, Severity, TemplateError, WritingError, advice
from ctgdocs.memory.glance import NAME as MEMORY
from ctgdocs.memory.records import Inputs, Record
from ctgdocs.memory.store import Memory
from ctgdocs.memory.writing import write
from ctgdocs.word import Mark, marked

NAME, JOURNAL = "manifest.json", "journal"
FILES = (NAME, JOURNAL, "valeurs.tsv", "disque")
ASIDE = "ancienne-memoire"
_UNUSABLE = (ValueError, LookupError, TypeError, AttributeError, RecursionError)


def opened(folder: Path) -> Memory:
    """The memory of a workspace, for the run that holds its lock. Raises WritingError."""
    new = not os.path.lexists(folder / MEMORY)
    memory = Memory.open(folder)
    if new and any(os.path.lexists(folder / name) for name in FILES):
        root = folder.parent.parent
        _mark_orphans(root, _read(folder))
        _take_over(memory, {key: _marked(root, key, one) for key, one in _documents(root, folder).items()})
        _set_aside(folder)
    return memory


def peek(folder: Path) -> Memory:
    """The same, to be read only: nothing is marked."""
    if os.path.lexists(folder / MEMORY):
        return Memory.peek(folder)
    memory = Memory.empty()
    _take_over(memory, _documents(folder.parent.parent, folder))
    return memory


def _take_over(memory: Memory, documents: Mapping[str, Record]) -> None:
    with memory.transaction():
        for key, record in documents.items():
            memory.keep(key, record, ())


def _read(folder: Path) -> Mapping[str, Any]:
    try:
        found = json.loads(read_file(folder / NAME).decode("utf-8", "surrogatepass"))
        return found if isinstance(found, dict) else {}
    except (OSError, *_UNUSABLE):
        return {}


def _documents(root: Path, folder: Path) -> dict[str, Record]:
    """The documents of the manifest; those of the journal that are on the disk as it says come over them."""
    found: dict[str, Record] = {}
    with suppress(*_UNUSABLE):
        found |= {key: _record(one) for key, one in _read(folder)["documents"].items()}
    for key, record in _announced(folder):
        path, digest = (
            (record.beside, record.beside_digest) if record.beside else (record.output, record.output_digest)
        )
        if path and _digest(root / path) == digest:
            found[key] = record
    return found


def _announced(folder: Path) -> Iterator[tuple[str, Record]]:
    try:
        lines = read_file(folder / JOURNAL).decode("utf-8", "replace").split("\n")
    except OSError:
        return
    for line in lines:
        with suppress(*_UNUSABLE):
            key, found, _reads = json.loads(line)
            yield str(key), _record(found)


def _record(found: Mapping[str, Any]) -> Record:
    def text(name: str) -> str:
        return str(found.get(name, ""))

    template, _, template_digest = text("template").rpartition("@")
    charte, _, charte_digest = text("charte").rpartition("@")
    return Record(
        text("kind"),
        text("source"),
        text("source_digest"),
        Inputs(
            text("context"),
            template,
            template_digest,
            charte,
            charte_digest,
            text("program"),
            text("output"),
        ),
        text("output_digest"),
        text("beside"),
        text("beside_digest"),
        bool(found.get("locked")),
        tuple(_finding(one) for one in found.get("findings", ())),
    )


def _finding(found: Mapping[str, Any]) -> Finding:
    place = Place(found.get("file", ""), found.get("line", 0), found.get("column", 0), found.get("field", ""))
    severity = Severity(found.get("severity", "erreur"))
    hints = advice(found.get("hint", ""))
    return Finding(found.get("code", ""), severity, found.get("message", ""), place, hints=hints)


def _marked(root: Path, key: str, record: Record) -> Record:
    """A document and the new version beside it, marked where they are still ours."""
    if record.sealed:
        return record
    output = _mark(root, record.output, record.output_digest, Mark(key, record.output))
    beside = _mark(root, record.beside, record.beside_digest, Mark(key, record.output))
    return replace(record, output_digest=output, beside_digest=beside)


def _mark_orphans(root: Path, manifest: Mapping[str, Any]) -> None:
    with suppress(*_UNUSABLE):
        for path, digest in manifest["orphans"].items():
            origin = path.removeprefix("sorties/").rpartition(".")[0]
            _mark(root, path, digest, Mark(origin, path.replace(" (nouvelle version)", "")))


def _mark(root: Path, path: str, digest: str, mark: Mark) -> str:
    """The digest of the file once it is marked; `digest` as it was when the file is not as it says."""
    with suppress(OSError, TemplateError, WritingError):
        data = read_file(root / path) if path else b""
        if data and sha256(data).hexdigest() == digest:
            ours = marked(data, mark)
            write(root / path, ours)
            return sha256(ours).hexdigest()
    return digest


def _digest(path: Path) -> str:
    try:
        return sha256(read_file(path)).hexdigest()
    except OSError:
        return ""


def _set_aside(folder: Path) -> None:
    (folder / ASIDE).mkdir(exist_ok=True)
    for name in FILES:
        with suppress(OSError):
            (folder / name).replace(folder / ASIDE / name)
