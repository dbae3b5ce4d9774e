"""Which page has a workspace open on this machine: one at a time, and where the next one finds it.

The operating system's lock dies with its process. The address holds a secret: its file is for its owner.
"""

from __future__ import annotations

import re
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

from ctgdocs.files import read_file
from ctgdocs.findings import WritingError
from ctgdocs.memory.lock import host
from ctgdocs.memory.writing import write


class Opening:
    """`with Opening(state_dir) as opening:` holds the place of the page; `elsewhere` is the address of the
    page that holds it already, "" when none does. Each machine of a shared folder has its own."""

    def __init__(self, folder: Path) -> None:
        machine = re.sub(r"\W", "-", host()) or "poste"
        self.folder = folder
        self.lock = folder / f"page.{machine}.verrou"
        self.file = folder / f"page.{machine}.adresse"
        self.elsewhere = ""
        self._held = ExitStack()

    def __enter__(self) -> Opening:
        from filelock import FileLock, Timeout

        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.lock)
            lock.acquire(timeout=0)
        except Timeout:
            self.elsewhere = self._address()
            return self
        except OSError as error:
            sentence = f"Le dossier « sorties » n’est pas modifiable ({error.strerror or error})."
            raise WritingError(sentence) from error
        self._held.callback(lock.release)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self.elsewhere:
            self.file.unlink(missing_ok=True)
        self._held.close()

    def say(self, address: str) -> None:
        """Writes where this page is, for the next `ouvrir`."""
        write(self.file, address.encode(), private=True)
        ignored = self.folder / ".gitignore"
        if not ignored.exists():
            write(ignored, b"*\n")

    def _address(self) -> str:
        try:
            found = read_file(self.file).decode("utf-8", "replace")
        except OSError:
            found = ""
        if not re.fullmatch(r"http://127\.0\.0\.1:\d+/\?cle=[\w-]+", found):
            raise WritingError(
                "La page s’ouvre déjà : attendez un instant, puis relancez « ctgdocs ouvrir »."
            )
        return found
