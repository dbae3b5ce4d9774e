"""What a run has done so far, one line a document, forced to the disk before any output takes its place.

A run that ends well saves the manifest and removes the journal. After a kill or a power cut, the journal
tells the next run which outputs are its own work: without it they would look like hand edits. A line holds
the document's key, its text in the manifest, and the sets of entries that no line before it has given.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ctgdocs.manifest.documents import dumps
from ctgdocs.manifest.reads import ReadSets
from ctgdocs.manifest.records import Reads, Record

NAME = "journal"


class Journal:
    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        self._said: set[tuple[str, str]] = set()

    def announce(self, records: Iterable[tuple[str, str, Reads]], sets: ReadSets) -> None:
        """Adds the (key, text, reads) of outputs that are about to take their place; `sets` gave the reads.
        OSError when the disk refuses."""
        said = set(self._said)
        lines = [""]  # a line cut short by a full disk spoils no other
        for key, text, reads in records:
            new: dict[str, dict[str, Mapping[str, str]]] = {}
            for one in reads:
                registry, name = sets.name(one)
                if (registry, name) not in said:
                    said.add((registry, name))
                    new.setdefault(registry, {})[name] = one
            lines.append(f"[{dumps(key)}, {_on_one_line(text)}, {dumps(new)}]")
        self._append("\n".join([*lines, ""]).encode("utf-8", "surrogatepass"))
        self._said = said

    def _append(self, data: bytes) -> None:
        handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        try:
            while data:
                data = data[os.write(handle, data) :]
            os.fsync(handle)
        finally:
            os.close(handle)

    def entries(self) -> Iterator[tuple[str, Record]]:
        """What a former run announced, oldest first, without the line it was writing when it died."""
        try:
            text = self.path.read_text("utf-8", "replace")
        except OSError:
            return
        sets = ReadSets()
        for line in text.split("\n"):
            try:
                key, found, given = json.loads(line)
                record = Record.from_json(found, _reads(found.get("reads"), given, sets))
            except (ValueError, TypeError, AttributeError, LookupError):
                continue
            yield key, record

    def clear(self) -> None:
        self.path.unlink(missing_ok=True)


def _on_one_line(text: str) -> str:
    return text.replace("\n", " ")


def _reads(names: Mapping[str, str] | None, given: Mapping[str, Any], sets: ReadSets) -> Reads:
    if names is None:  # the first versions gave what the document read as it is
        return (given,)
    for registry, named in given.items():
        for name, reads in named.items():
            sets.add(registry, name, reads)
    return tuple(sets.named(*pair) for pair in names.items())
