"""Files of others, to be read: those that LibreOffice turns into Word or Excel, the lines of a PDF."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from ctgdocs.findings import CtgdocsError, UsageError
from ctgdocs.pdf import office

if TYPE_CHECKING:
    import pypdfium2

MOST_PAGES = 400
_EDGE = 2
"""Lines at the head and at the foot of a page, that may come back on each."""
_BLANK = 2.0
"""Points of a space between two words."""
_SCANNED = 20
"""Letters a page: below, the page is a picture."""


def converted(data: bytes, suffix: str, wanted: str) -> bytes | None:
    """A file as LibreOffice saves it in another format (`.docx`); None when it cannot. Raises UsageError when
    LibreOffice is not there."""
    if not office.program():
        raise UsageError(
            f"Un fichier {suffix} se lit avec LibreOffice, qui n’est pas installé ici : installez-le "
            f"(libreoffice.org), ou enregistrez le fichier au format {wanted}."
        )
    with TemporaryDirectory(prefix="ctgdocs-", ignore_cleanup_errors=True) as name:
        folder = Path(name).resolve()
        (folder / f"fichier{suffix}").write_bytes(data)
        office.convert(folder, [f"fichier{suffix}"], wanted.removeprefix("."))
        made = folder / f"fichier{wanted}"
        return made.read_bytes() if made.is_file() else None


class PdfLine(NamedTuple):
    """A line of a page. `full`: the next word had no room on it; `right`: where it ends, in points."""

    text: str
    full: bool = False
    left: float = 0.0
    right: float = 0.0


def lines_of_pdf(data: bytes) -> tuple[list[PdfLine], list[str]]:
    """The lines of a PDF, page after page, and what stands at the head or the foot of its pages, once each.

    Raises UsageError when pypdfium2 is missing, CtgdocsError for a scan and for what cannot be read."""
    if find_spec("pypdfium2") is None:
        raise UsageError('Lire un PDF demande une bibliothèque de plus : pip install "ctgdocs[pdf]".')
    pages = _pages(data)
    letters = sum(character.isalnum() for page in pages for line in page for character in line.text)
    if letters < _SCANNED * max(1, len(pages)):
        raise CtgdocsError(
            "ce PDF est une image : un scan, sans texte ; passez-le par un logiciel de reconnaissance de "
            "caractères, ou demandez le fichier Word"
        )
    around = _around(pages)
    kept = [line for page in pages for line in page if _shape(line.text) not in around]
    return kept, list(around.values())


def _around(pages: Sequence[Sequence[PdfLine]]) -> dict[str, str]:
    """The lines that come back at the head or the foot of most pages: their shape (figures left out) →
    one."""
    if len(pages) < 3:
        return {}
    edges = [{_shape(line.text): line.text for line in (*page[:_EDGE], *page[-_EDGE:])} for page in pages]
    counts = Counter(shape for edge in edges for shape in edge)
    often = {shape for shape, count in counts.items() if count >= max(3, 0.6 * len(pages))}
    return {shape: text for edge in reversed(edges) for shape, text in edge.items() if shape in often}


def _shape(text: str) -> str:
    return re.sub(r"\d+", "#", text.strip())


def _pages(data: bytes) -> list[list[PdfLine]]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise CtgdocsError("ce PDF est protégé par un mot de passe") from error
        raise CtgdocsError("ce n’est pas un PDF lisible : il est abîmé") from error
    try:
        if len(document) > MOST_PAGES:
            raise CtgdocsError(f"ce PDF a plus de {MOST_PAGES} pages")
        return [_lines(document[at]) for at in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise CtgdocsError("ce n’est pas un PDF lisible : il est abîmé") from error
    finally:
        document.close()


def _lines(page: pypdfium2.PdfPage) -> list[PdfLine]:
    text = page.get_textpage()
    try:
        lines: list[PdfLine] = []
        words: list[float] = []  # the width of the first word of each line
        whole, at = str(text.get_text_range()), 0
        for raw in whole.split("\n"):
            said = raw.rstrip("\r").replace(
                "\ufffe", "-"
            )  # a hyphen at the end of a line is a sign of its own
            if said.strip():
                first = at + len(said) - len(said.lstrip())
                left = text.get_charbox(first)[0]
                right = text.get_charbox(at + len(said.rstrip()) - 1)[2]
                end = first + len(said.split()[0]) - 1
                words.append(text.get_charbox(end)[2] - left)
                lines.append(PdfLine(said, False, left, right))
            at += len(raw) + 1
        margin = max((line.right for line in lines), default=0.0)
        nexts = [*words[1:], *[0.0] * bool(words)]
        return [
            line._replace(full=word > 0 and line.right + word + _BLANK > margin)
            for line, word in zip(lines, nexts, strict=True)
        ]
    finally:
        text.close()
        page.close()
