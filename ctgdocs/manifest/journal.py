"""What a run has done so far, one line a document, forced to the disk before any output takes its place.

A run that ends well saves the manifest and removes the journal. After a kill or a power cut, the journal
tells the next run which outputs are its own work: without it they would look like hand edits.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from ctgdocs.manifest.records import Record

NAME = "journal"
_dumps = json.JSONEncoder(ensure_ascii=False).encode


class Journal:
    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME

    def announce(self, records: Iterable[tuple[str, Record]]) -> None:
        """Adds the records of outputs that are about to take their place. OSError when the disk refuses."""
        lines = [_dumps([key, record.to_json(), _all(record)]) + "\n" for key, record in records]
        text = "\n" + "".join(lines)  # a line cut short by a full disk spoils no other
        handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        try:
            data = text.encode()
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
        for line in text.split("\n"):
            try:
                key, found, reads = json.loads(line)
                record = Record.from_json(found, (reads,))
            except (ValueError, TypeError, AttributeError):
                continue
            yield key, record

    def clear(self) -> None:
        self.path.unlink(missing_ok=True)


def _all(record: Record) -> dict[str, str]:
    return {key: digest for reads in record.reads for key, digest in reads.items()}
