"""The fields, as typed, of every entry version that a document has read: a reason in words needs the old
value. `valeurs.tsv` is read only when reasons are asked for or when something new is recorded.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path

from ctgdocs.manifest.documents import dumps

NAME = "valeurs.tsv"


class Values:
    """The fields of entries as typed: `key TAB digest` → JSON. Kept as bytes: they are many, and seldom
    looked at."""

    def __init__(self, folder: Path) -> None:
        self._texts: dict[bytes, bytes] = {}
        self._path = folder / NAME
        self._loaded = False
        self._saved = b""

    def _load(self) -> None:
        if self._loaded:
            return
        self._loaded = True
        try:
            self._saved = self._path.read_bytes()
        except OSError:
            return
        for line in self._saved.split(b"\n"):
            cut = line.find(b"\t", line.find(b"\t") + 1)
            if cut > 0:
                self._texts.setdefault(line[:cut], line[cut + 1 :])

    def remember(self, key: str, digest: str, fields: Mapping[str, str]) -> None:
        self._texts[_named(key, digest)] = dumps(fields).encode("utf-8", "surrogatepass")

    def get(self, key: str, digest: str) -> dict[str, str] | None:
        """The fields of one version of an entry; None when it is not known."""
        self._load()
        try:
            found = json.loads(self._texts[_named(key, digest)])
        except (KeyError, ValueError):
            return None
        return found if isinstance(found, dict) else None

    def changed(self, used: set[tuple[str, str]]) -> bytes | None:
        """The bytes to save, with only the versions in `used`; None when the file already holds them."""
        self._load()
        known = self._texts
        file = io.BytesIO()
        for name in sorted(name for pair in used if (name := _named(*pair)) in known):
            file.write(b"%b\t%b\n" % (name, known[name]))
        data = file.getvalue()
        return None if data == self._saved else data

    @property
    def fresh(self) -> bool:
        """True when something was remembered that the file may lack."""
        return bool(self._texts) and not self._loaded


def _named(key: str, digest: str) -> bytes:
    return f"{key}\t{digest}".encode("utf-8", "surrogatepass")
