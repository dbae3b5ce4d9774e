"""The pages of a Word file as pictures, to be looked at: laid out by LibreOffice, or quickly by dxpdf.

A preview is nobody's file: it is not mended nor marked, and stands in memory only.
"""

from __future__ import annotations

import io
import threading
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from weakref import finalize

from ctgdocs.pdf import office

DPI = 110
_PDFIUM = threading.Lock()
"""Its library serves one thread at a time."""


class Layout:
    """What lays pages out, for as long as it is held: LibreOffice's profile, and the folder it works in."""

    def __init__(self) -> None:
        self._folder = Path(mkdtemp(prefix="ctgdocs-apercu-")).resolve()
        finalize(self, rmtree, self._folder, ignore_errors=True)
        self._one_at_a_time = threading.Lock()

    @property
    def exact(self) -> bool:
        """Whether LibreOffice is there."""
        return bool(office.program())

    def pdf(self, word: bytes) -> bytes | None:
        """The PDF of a Word file as LibreOffice lays it out; None when it cannot."""
        with self._one_at_a_time:
            (self._folder / "page.docx").write_bytes(word)
            made = self._folder / "page.pdf"
            made.unlink(missing_ok=True)
            office.convert(self._folder, ["page.docx"], "pdf:writer_pdf_Export")
            return made.read_bytes() if made.is_file() else None


def can_be_quick() -> bool:
    return find_spec("dxpdf") is not None


def quick_pdf(word: bytes) -> bytes | None:
    """The PDF of a Word file in a tenth of a second: the text and its styles, not every cut of a line."""
    import dxpdf

    found: bytes | None = None
    try:
        found = dxpdf.convert(word)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # a panic of its library is no Exception
        return None
    return found


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has, 0 when it cannot be read."""
    import pypdfium2

    with _PDFIUM, suppress(pypdfium2.PdfiumError):
        document = pypdfium2.PdfDocument(pdf)
        try:
            return len(document)
        finally:
            document.close()
    return 0


def picture(pdf: bytes, page: int, dpi: int = DPI) -> bytes:
    """A page (from 0) as PNG. Raises IndexError when there is none."""
    import pypdfium2

    with _PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            if not 0 <= page < len(document):
                raise IndexError(page)
            drawn = document[page].render(scale=dpi / 72).to_pil()
        finally:
            document.close()
    out = io.BytesIO()
    drawn.save(out, "PNG", compress_level=1)
    return out.getvalue()
