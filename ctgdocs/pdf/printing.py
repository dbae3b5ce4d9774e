"""A batch of Word files, printed: what LibreOffice did not give the first time is asked for once more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import sha256
from html import unescape
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from ctgdocs.findings import TemplateError, UsageError
from ctgdocs.pdf import office
from ctgdocs.pdf.finish import NOTHING, Unsaid, finished, pages_of
from ctgdocs.word import for_libreoffice, numbered, read

BATCH = 50
"""Word files that one process prints: few enough for a command line of Windows."""

_CHART = 'uri="http://schemas.openxmlformats.org/drawingml/2006/chart"'
_DESCRIBED = re.compile(r'^[^<>]*\bdescr="([^"]*)"')
_BEHIND = re.compile(r'alt="(Filigrane[^"]+)"')


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
        folder = Path(name).resolve()
        names = [f"{index}.docx" for index in range(len(documents))]
        for word, document in zip(names, documents, strict=True):
            (folder / word).write_bytes(_settled(document.word))
        office.convert(folder, names)
        first, *others = _missing(folder, names) or [""]
        for again in ([first], others) if first else ():  # the one it stopped at, then those it never reached
            if again:
                office.convert(folder, again)
        return [_finished(folder / word, one) for word, one in zip(names, documents, strict=True)]


def _missing(folder: Path, names: Sequence[str]) -> list[str]:
    return [name for name in names if not (folder / name).with_suffix(".pdf").is_file()]


def _finished(path: Path, document: Printable) -> Printed | None:
    try:
        data = path.with_suffix(".pdf").read_bytes()
        word = _numbered(document.word, data)
        pdf = finished(data, document.origin, sha256(word).hexdigest(), _unsaid(document.word))
        return Printed(pdf, word)
    except (OSError, ValueError):
        return None


def _numbered(word: bytes, data: bytes) -> bytes:
    """The Word file with the page numbers of its table of contents, where it wants some."""
    try:
        return numbered(word, pages_of(data)) if _wants_numbers(word) else word
    except TemplateError:
        return word


def _settled(word: bytes) -> bytes:
    try:
        return for_libreoffice(word)
    except TemplateError:  # saved by something else: LibreOffice has the last word
        return word


def _wants_numbers(word: bytes) -> bool:
    return b"PAGEREF " in read(word).get("word/document.xml", b"")


def _unsaid(word: bytes) -> Unsaid:
    """The alternative texts that LibreOffice leaves in the Word file."""
    try:
        package = read(word)
    except TemplateError:  # saved by something else: LibreOffice has the last word
        return NOTHING
    heads = [part for name, part in package.items() if name.startswith("word/header")]
    found = next((one for part in heads if (one := _BEHIND.search(part.decode("utf-8", "replace")))), None)
    drawings = package.get("word/document.xml", b"").decode("utf-8", "replace").split("<wp:docPr ")[1:]
    said = (_DESCRIBED.search(one) for one in drawings if _CHART in one)
    return Unsaid(unescape(found[1]) if found else "", tuple(unescape(one[1]) if one else "" for one in said))
