"""Writing: whole files or none, never over a hand edit, one run at a time.

Doors: `write_file` (one file), `Chunk` (many outputs, one transaction each), `Lock`, `keep_in_history`.
"""

from ctgdocs.writing.atomic import Chunk, Draft, Refused, Written, sweep, write_file
from ctgdocs.writing.history import keep_in_history, new_version_name
from ctgdocs.writing.lock import Lock

__all__ = [
    "Chunk",
    "Draft",
    "Lock",
    "Refused",
    "Written",
    "keep_in_history",
    "new_version_name",
    "sweep",
    "write_file",
]
