"""The pages of a Word file as pictures, to be looked at: laid out by LibreOffice, or quickly by dxpdf.

A preview is nobody's file: it is not mended nor marked, and stands in memory only.
"""

from __future__ import annotations

import ctypes
import io
import re
import threading
from collections.abc import Iterator
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import TYPE_CHECKING, NamedTuple
from weakref import finalize

from ctgdocs.pdf import office
from ctgdocs.word import for_dxpdf, for_libreoffice

if TYPE_CHECKING:
    import pypdfium2

DPI = 110
_PDFIUM = threading.Lock()
"""Its library serves one thread at a time."""


class Layout:
    """What lays pages out, for as long as it is held: LibreOffice, kept awake from the first page on, in a
    folder of its own."""

    def __init__(self) -> None:
        self._office: office.Awake | None = None
        self._folder = Path()
        self._one_at_a_time = threading.Lock()

    @property
    def exact(self) -> bool:
        """Whether LibreOffice is there."""
        return bool(office.program())

    def pdf(self, word: bytes) -> bytes | None:
        """The PDF of a Word file as LibreOffice lays it out; None when it cannot."""
        with self._one_at_a_time:
            awake = self._office or self._begun()
            (self._folder / "page.docx").write_bytes(for_libreoffice(word).word)
            made = self._folder / "page.pdf"
            made.unlink(missing_ok=True)
            awake.converted("page.docx", "pdf:writer_pdf_Export")
            if made.is_file():
                return made.read_bytes()
            awake.sleep()  # it may be what failed: the next page has a fresh one
            return None

    def _begun(self) -> office.Awake:
        self._folder = Path(mkdtemp(prefix="ctgdocs-apercu-")).resolve()
        self._office = office.Awake(self._folder)
        finalize(self, _left, self._office, self._folder)
        return self._office


def _left(awake: office.Awake, folder: Path) -> None:
    awake.end()
    rmtree(folder, ignore_errors=True)


def can_be_quick() -> bool:
    return find_spec("dxpdf") is not None


def quick_pdf(word: bytes) -> bytes | None:
    """The PDF of a Word file in a tenth of a second: the text and its styles, not every cut of a line."""
    import dxpdf

    found: bytes | None = None
    try:
        found = dxpdf.convert(for_dxpdf(word))
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


# --- What is written where ---------------------------------------------------------------------------


class Written(NamedTuple):
    """A word as a page shows it, or the part of one that a line has room for (`cut`: the next one is its
    end). `page` from 0; its box in shares of the page, from its top left corner; `tall`: the height of the
    page for a width of 1."""

    text: str
    page: int
    left: float
    top: float
    right: float
    bottom: float
    tall: float
    cut: bool = False


_CUT = "\ufffe"
"""Stands for the hyphen at the end of a line, which is a sign of its own."""
_WORD = re.compile(rf"[^\s{_CUT}]+{_CUT}?|{_CUT}")


def written(pdf: bytes) -> list[Written]:
    """The words of every page, in the order of the file; none when it cannot be read."""
    import pypdfium2

    with _PDFIUM, suppress(pypdfium2.PdfiumError):
        document = pypdfium2.PdfDocument(pdf)
        try:
            return [word for number in range(len(document)) for word in _words(document[number], number)]
        finally:
            document.close()
    return []


def _words(page: pypdfium2.PdfPage, number: int) -> Iterator[Written]:
    width, height = page.get_size()
    text = page.get_textpage()
    whole = str(text.get_text_range())
    if len(whole) != text.count_chars():  # signs that have no letter: their boxes could not be told apart
        return
    box = _Boxes(text)
    for found in _WORD.finditer(whole):
        left, first_bottom, _, first_top = box.of(found.start())
        _, bottom, right, top = box.of(found.end() - 1)
        cut = found[0].endswith(_CUT)
        yield Written(
            found[0].replace(_CUT, "-"),
            number,
            left / width,
            1 - max(top, first_top) / height,
            right / width,
            1 - min(bottom, first_bottom) / height,
            height / width,
            cut,
        )
    text.close()


class _Boxes:
    """The boxes of the characters of a page, in points; asked by the thousand."""

    def __init__(self, text: pypdfium2.PdfTextPage) -> None:
        from pypdfium2 import raw

        self._ask, self._raw = raw.FPDFText_GetCharBox, text.raw
        self._sides = [ctypes.c_double() for _ in range(4)]
        self._out = [ctypes.byref(one) for one in self._sides]

    def of(self, at: int) -> tuple[float, float, float, float]:
        """Left, bottom, right, top."""
        self._ask(self._raw, at, *self._out)
        left, right, bottom, top = (one.value for one in self._sides)
        return left, bottom, right, top
