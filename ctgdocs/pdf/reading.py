"""Files of others, to be read: those that LibreOffice turns into Word or Excel, the lines of a PDF."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from ctgdocs.findings import CtgdocsError, UsageError
from ctgdocs.pdf import office
from ctgdocs.pdf.tables import CellLine, PdfCell, PdfTable, Rule, Word, tables_in
from ctgdocs.pdf.weight import check_weight

if TYPE_CHECKING:
    import pypdfium2

MOST_SIGNS, MOST_SIGNS_OF_A_PAGE = 1_200_000, 100_000
"""400 pages of plain text; thirty of them on one."""
MOST_OBJECTS = 100_000
"""Of a page; pdfium tells them before their text is looked for."""
_EDGE = 2
"""Lines at the head and at the foot of a page, that may come back on each."""
_BLANK = 2.0
"""Points of a space between two words."""
_INDENT = 60.0
"""Points by which two lines of one paragraph may start apart, at most."""
_PAGE_NUMBER = re.compile(r"\W*(?:page\s*)?\d{1,3}(?:\s*(?:/|sur|-)\s*\d{1,3})?\W*", re.IGNORECASE)
_SLACK = 15.0
"""Points that the right edge of a page may lack, where the next line goes on in small letters."""
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
    """A line of a page. `full`: the next word had no room on it; in points, `left`, `right`: where it
    starts and ends, `first`: how wide its first word is, `margin`: where the lines of its page end."""

    text: str
    full: bool = False
    left: float = 0.0
    right: float = 0.0
    first: float = 0.0
    margin: float = 0.0
    bold: bool = False


Part: TypeAlias = PdfLine | PdfTable


def parts_of_pdf(data: bytes) -> tuple[list[Part], list[str]]:
    """The lines and the tables of a PDF, page after page, and what stands at the head or the foot of its
    pages, once each. A table that goes on with the next page is one.

    Raises UsageError when pypdfium2 or pikepdf is missing, CtgdocsError for a scan and for what cannot be
    read."""
    if find_spec("pypdfium2") is None or find_spec("pikepdf") is None:
        raise UsageError('Lire un PDF demande une bibliothèque de plus : pip install "ctgdocs[pdf]".')
    pages = _pages(data)
    lines = [[part for part in page if isinstance(part, PdfLine)] for page in pages]
    letters = sum(character.isalnum() for page in lines for line in page for character in line.text)
    letters += sum(len(part.words) * 2 for page in pages for part in page if isinstance(part, PdfTable))
    if letters < _SCANNED * max(1, len(pages)):
        raise CtgdocsError(
            "ce PDF est une image : un scan, sans texte ; passez-le par un logiciel de reconnaissance de "
            "caractères, ou demandez le fichier Word"
        )
    around = _around(lines)
    kept: list[Part] = []
    for page in pages:
        for rank, part in enumerate(
            part for part in page if isinstance(part, PdfTable) or _shape(part.text) not in around
        ):
            before = kept[-1] if kept and not rank else None
            if isinstance(part, PdfTable) and isinstance(before, PdfTable) and _same_columns(before, part):
                kept[-1] = before._replace(rows=_continued(before, part))
            else:
                kept.append(part)
    return [*_told_full(kept)], list(around.values())


def _told_full(parts: Sequence[Part]) -> Iterator[Part]:
    """The lines with whether the first word of the next one had no room on them."""
    for at, part in enumerate(parts):
        after = parts[at + 1] if at + 1 < len(parts) else None
        if isinstance(part, PdfLine) and isinstance(after, PdfLine):
            near = abs(after.left - part.left) < _INDENT
            slack = _SLACK if after.text[:1].islower() else 0.0
            yield part._replace(full=near and part.right + after.first + _BLANK + slack > part.margin)
        else:
            yield part


def _same_columns(before: PdfTable, after: PdfTable) -> bool:
    return len(before.columns) == len(after.columns) and all(
        abs(one - other) < _BLANK * 2 for one, other in zip(before.columns, after.columns, strict=True)
    )


def _continued(before: PdfTable, after: PdfTable) -> tuple[tuple[PdfCell, ...], ...]:
    """The rows of a table with those of its next page: without the headings that come back; a row that the
    page cut, whose first cell is empty then, is one again."""
    again = [cell.lines for cell in before.rows[0]] == [cell.lines for cell in after.rows[0]]
    rows = after.rows[again:]
    if rows and before.rows[-1][0].lines and not rows[0][0].lines:
        cut = zip(before.rows[-1], rows[0], strict=True)
        whole = tuple(one._replace(lines=_mended(one.lines, more.lines)) for one, more in cut)
        return (*before.rows[:-1], whole, *rows[1:])
    return (*before.rows, *rows)


def _mended(lines: tuple[CellLine, ...], more: tuple[CellLine, ...]) -> tuple[CellLine, ...]:
    if not lines or not more:
        return (*lines, *more)
    return (*lines[:-1], lines[-1]._replace(full=more[0].text[:1].islower()), *more)


def _around(pages: Sequence[Sequence[PdfLine]]) -> dict[str, str]:
    """The lines that come back at the head or the foot of most pages: their shape (figures left out) →
    one."""
    numbers = {
        _shape(line.text): line.text
        for page in pages
        for line in (*page[:1], *page[-1:])
        if len(pages) > 1 and _PAGE_NUMBER.fullmatch(line.text)
    }
    if len(pages) < 3:
        return numbers
    edges = [{_shape(line.text): line.text for line in (*page[:_EDGE], *page[-_EDGE:])} for page in pages]
    counts = Counter(shape for edge in edges for shape in edge)
    often = {shape for shape, count in counts.items() if count >= max(3, 0.6 * len(pages))}
    return numbers | {
        shape: text for edge in reversed(edges) for shape, text in edge.items() if shape in often
    }


def _shape(text: str) -> str:
    return re.sub(r"\d+", "#", text.strip())


def _pages(data: bytes) -> list[list[Part]]:
    import pypdfium2

    check_weight(data)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise CtgdocsError("ce PDF est protégé par un mot de passe") from error
        raise CtgdocsError("ce n’est pas un PDF lisible : il est abîmé") from error
    try:
        pages, left = [], MOST_SIGNS
        for at in range(len(document)):
            page, signs = _parts(document[at], min(left, MOST_SIGNS_OF_A_PAGE))
            pages.append(page)
            left -= signs
        return pages
    except pypdfium2.PdfiumError as error:
        raise CtgdocsError("ce n’est pas un PDF lisible : il est abîmé") from error
    finally:
        document.close()


def _parts(page: pypdfium2.PdfPage, most: int) -> tuple[list[Part], int]:
    """The lines of a page in the order of its text, each table where its first word stands; and how many
    signs it has. Raises CtgdocsError when these are more than `most`."""
    import pypdfium2.raw as pdfium

    if pdfium.FPDFPage_CountObjects(page) > MOST_OBJECTS:
        raise _too_long()
    text = page.get_textpage()
    try:
        signs = text.count_chars()
        if signs > most:
            raise _too_long()
        lines = _words(text)
        flat, upright = _rules(page)
        tables = tables_in([word for line in lines for word in line], flat, upright)
        table_of = {at: table for table in tables for at in table.words}
        rights = [line[-1].right for line in lines if line[-1].at not in table_of]
        margin = max(rights, default=0.0)
        told: list[Part] = []
        for line in lines:
            own = [word for word in line if word.at not in table_of]
            if own:
                bold = _is_bold(text, own[0].at) and _is_bold(text, own[-1].at)
                told.append(_line(own, margin)._replace(bold=bold))
            for word in line:
                table = table_of.get(word.at)
                if table is not None and table not in told:
                    told.append(table)
        return told, signs
    finally:
        text.close()
        page.close()


def _too_long() -> CtgdocsError:
    return CtgdocsError("ce PDF est trop long pour être lu d’une traite : gardez-en les pages utiles")


def _line(words: Sequence[Word], margin: float) -> PdfLine:
    first = words[0].right - words[0].left
    said = " ".join(word.text for word in words)
    return PdfLine(said, False, words[0].left, words[-1].right, first, margin)


def _words(text: pypdfium2.PdfTextPage) -> list[list[Word]]:
    """The words of a page, line by line, in the order of its text: where the foot of each stands, and about
    how high the capitals of its line are, which the boxes of its signs do not say."""
    import ctypes

    import pypdfium2.raw as pdfium

    x, y, right = ctypes.c_double(), ctypes.c_double(), ctypes.c_double()
    rest = [ctypes.byref(ctypes.c_double()) for _ in range(3)]
    to_x, to_y, to_right = map(ctypes.byref, (x, y, right))
    lines: list[list[Word]] = []
    whole, at = str(text.get_text_range()), 0
    for raw in whole.split("\n"):
        said = raw.replace("\ufffe", "-")  # a hyphen at the end of a line is a sign of its own
        size = pdfium.FPDFText_GetFontSize(text, at + len(said) - len(said.lstrip()))
        height = 0.7 * (size if 4 <= size <= 72 else 11.0)
        line: list[Word] = []
        for found in re.finditer(r"\S+", said):
            first = at + found.start()
            pdfium.FPDFText_GetCharOrigin(text, first, to_x, to_y)
            pdfium.FPDFText_GetCharBox(text, at + found.end() - 1, rest[0], to_right, *rest[1:])
            word = Word(found[0], x.value, y.value, right.value, y.value + height, first)
            if line and not _follows(line[-1], word):
                lines.append(line)
                line = []
            line.append(word)
        if line:
            lines.append(line)
        at += len(raw) + 1
    return lines


def _is_bold(text: pypdfium2.PdfTextPage, at: int) -> bool:
    """Whether a sign is of a bold font, by the name of that one."""
    import ctypes

    import pypdfium2.raw as pdfium

    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text, at, name, len(name), flags)
    return re.search(rb"bold|black|heavy|demi", name.value, re.IGNORECASE) is not None


def _follows(before: Word, word: Word) -> bool:
    """Whether a word stands on the line of the one that the text gives before it."""
    height = max(word.top - word.bottom, before.top - before.bottom)
    return abs(word.middle - before.middle) < height and word.left > before.left


_MOST_PATHS, _MOST_SEGMENTS, _MOST_DEPTH = 3000, 400, 14
"""Paths of a page, and their segments: above, it is a picture; how deep what is put on it may be nested."""


def _rules(page: pypdfium2.PdfPage) -> tuple[list[Rule], list[Rule]]:
    """The straight lines that are drawn on a page: flat ones, upright ones."""
    flat: list[Rule] = []
    upright: list[Rule] = []
    for count, drawn in enumerate(_paths(page)):
        if count >= _MOST_PATHS:
            return [], []
        for (x, y), (to_x, to_y) in _segments(drawn):
            if abs(y - to_y) < 1:
                flat.append(Rule(y, min(x, to_x), max(x, to_x)))
            elif abs(x - to_x) < 1:
                upright.append(Rule(x, min(y, to_y), max(y, to_y)))
    return flat, upright


def _paths(page: pypdfium2.PdfPage) -> Iterator[pypdfium2.PdfObject]:
    """The paths of a page, and of what is put on it as a whole. The signs of the text are drawn objects too,
    thousands of them: they are passed over without a Python object for each."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    waiting = [(page.raw, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, 0)]
    while waiting:
        holder, count, given, depth = waiting.pop()
        for at in range(count(holder)):
            drawn = given(holder, at)
            kind = pdfium.FPDFPageObj_GetType(drawn)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                yield pypdfium2.PdfObject(drawn, page=page, pdf=page.pdf)
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MOST_DEPTH:
                waiting.append(
                    (drawn, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, depth + 1)
                )


def _segments(drawn: pypdfium2.PdfObject) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """The straight segments of a drawn object, in points of the page."""
    import ctypes

    import pypdfium2.raw as pdfium

    count = pdfium.FPDFPath_CountSegments(drawn)
    if not 2 <= count <= _MOST_SEGMENTS:
        return
    matrix = drawn.get_matrix()
    start = last = (0.0, 0.0)
    for at in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(drawn, at)
        x, y = ctypes.c_float(), ctypes.c_float()
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield last, point
            if pdfium.FPDFPathSegment_GetClose(segment):
                yield point, start
        last = point
