"""« Nothing to do », from one comparison: the disk is as the last complete run left it.

A memory at rest is sealed: its sum stands in the file's header, at the place of SQLite's `user_version`; 0
there says that a run has the file open, or was killed. This module is on the shortest path of the command
line: it imports little.
"""

from __future__ import annotations

import os
import sqlite3
import zlib

from ctgdocs.files import read_file
from ctgdocs.memory.disk import keep_look, look

NAME = "memoire.sqlite"
FORMAT = 0x43544731
"""SQLite's `application_id`: what the tables of store.py are."""
SUM_AT = 60


class Glance:
    """What the last complete run left: the number of documents, and what it said (JSON, "" when clean)."""

    __slots__ = ("documents", "echo")

    def __init__(self, documents: int, echo: str) -> None:
        self.documents = documents
        self.echo = echo


def nothing_changed(root: str) -> Glance | None:
    """The answer of the last run when the disk looks exactly as it left it, else None."""
    try:
        data = read_file(os.path.join(root, "sorties/.ctgdocs", NAME))  # noqa: PTH118
        if not (is_ours(data) and is_sealed(data)):
            return None
        database = copy_of(data)
        said = database.execute("select documents, echo from said").fetchone()
        known = dict(database.execute("select path, stat from file"))
    except (OSError, sqlite3.Error):
        return None
    stats = look(root)
    if said and stats == known:
        return Glance(*said)
    keep_look(root, seal_of(data), stats)
    return None


def copy_of(data: bytes) -> sqlite3.Connection:
    """A memory at rest, in this process."""
    database = connected(":memory:")
    database.deserialize(data)
    return database


def connected(database: str, *, uri: bool = False) -> sqlite3.Connection:
    """A connection that leaves transactions to whoever asks, in whatever thread that is."""
    return sqlite3.connect(database, uri=uri, isolation_level=None, check_same_thread=False)


def is_ours(data: bytes) -> bool:
    """True for a file whose header says that it is a memory."""
    return data.startswith(b"SQLite format 3\0") and data[68:72] == FORMAT.to_bytes(4, "big")


def is_sealed(data: bytes) -> bool | None:
    """True for a memory at rest as a run left it, False when its sum is another, None when a run has it open
    or was killed."""
    sum = seal_of(data)
    return sum == sum_of(data) if any(sum) else None


def seal_of(data: bytes) -> bytes:
    """The sum that stands in a memory's header."""
    return data[SUM_AT : SUM_AT + 4]


def sum_of(data: bytes) -> bytes:
    """The sum that a memory with these bytes is sealed with."""
    whole = memoryview(data)
    found = zlib.crc32(whole[SUM_AT + 4 :], zlib.crc32(whole[:SUM_AT]))
    return (found or 1).to_bytes(4, "big")


def sealed(data: bytes) -> bytes:
    """The bytes of a memory with their sum."""
    return data[:SUM_AT] + sum_of(data) + data[SUM_AT + 4 :]
