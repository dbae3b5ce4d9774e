"""A batch of Word files, printed: what LibreOffice did not give the first time is asked for once more."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from ctgdocs.findings import TemplateError, UsageError
from ctgdocs.pdf import office
from ctgdocs.pdf.finish import finished, pages_of
from ctgdocs.word import Settled, for_libreoffice, numbered

BATCH = 100
"""Word files that one process prints: few enough for a command line of Windows."""


class Printable(NamedTuple):
    """A Word file, and the document that it is (`deliberations/2026-045`)."""

    origin: str
    word: bytes


class Printed(NamedTuple):
    """A PDF, and the Word file that it shows: that which was printed, its table of contents numbered."""

    pdf: bytes
    word: bytes


def check_that_pdf_can_be_made() -> None:
    """Raises UsageError when LibreOffice or pikepdf is missing, with what to install."""
    if not office.program():
        raise UsageError(
            "Le PDF se fait avec LibreOffice, qui n’est pas installé ici : installez-le (libreoffice.org), "
            "ou donnez son programme dans la variable CTGDOCS_LIBREOFFICE. Les documents Word, eux, sont "
            "faits."
        )
    if find_spec("pikepdf") is None:
        raise UsageError('Le PDF demande une bibliothèque de plus : pip install "ctgdocs[pdf]".')


def printed(documents: Sequence[Printable]) -> list[Printed | None]:
    """The PDF of each Word file, at most BATCH of them; None for one that LibreOffice cannot print."""
    with TemporaryDirectory(prefix="ctgdocs-", ignore_cleanup_errors=True) as name:
        batch = _Batch(Path(name).resolve(), documents)
        first, *others = batch.print(range(len(documents))) or [-1]
        for again in ([first], others) if first >= 0 else ():  # where it stopped, then what it never reached
            batch.print(again)
        return [batch.made.get(index) for index in range(len(documents))]


class _Batch:
    """Word files in the folder where LibreOffice prints them; each is finished while it prints the next."""

    def __init__(self, folder: Path, documents: Sequence[Printable]) -> None:
        self.made: dict[int, Printed | None] = {}
        self._folder, self._documents = folder, documents
        self._settled = [_settled(one.word) for one in documents]
        for index, one in enumerate(self._settled):
            (folder / f"{index}.docx").write_bytes(one.word)

    def print(self, indexes: Sequence[int]) -> list[int]:
        """Has some of them printed, and gives those that were not."""
        if indexes:
            office.convert(self._folder, [f"{index}.docx" for index in indexes], meanwhile=self._finish_one)
        while self._finish_one():
            pass
        return [index for index in indexes if index not in self.made]

    def _finish_one(self) -> bool:
        """Finishes a PDF that is there, if one is."""
        for index in range(len(self._documents)):
            path = self._folder / f"{index}.pdf"
            if index not in self.made and _is_whole(path):
                self.made[index] = _finished(path, self._documents[index], self._settled[index])
                return True
        return False


def _is_whole(path: Path) -> bool:
    """Whether LibreOffice has written a PDF to its end: it ends as one."""
    end = b""
    with suppress(OSError), path.open("rb") as file:
        file.seek(-8, os.SEEK_END)
        end = file.read()
    return end.rstrip().endswith(b"%%EOF")


def _finished(path: Path, document: Printable, settled: Settled) -> Printed | None:
    try:
        word = _numbered(document.word, path) if settled.unnumbered else document.word
        pdf = finished(path, document.origin, sha256(word).hexdigest(), settled.unsaid)
        return Printed(pdf, word)
    except (OSError, ValueError):
        return None


def _numbered(word: bytes, path: Path) -> bytes:
    """The Word file with the page numbers of its table of contents."""
    try:
        return numbered(word, pages_of(path))
    except TemplateError:
        return word


def _settled(word: bytes) -> Settled:
    try:
        return for_libreoffice(word)
    except TemplateError:  # saved by something else: LibreOffice has the last word
        return Settled(word)
