"""Several PDFs bound in one: a first page with its contents, separators, pages numbered from end to end.

What is bound is for reading and printing in a row: each file it is made of stays the accessible one.
"""

from __future__ import annotations

import io
import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pikepdf

WIDTH, HEIGHT, MARGIN = 595.3, 841.9, 62.0
"""An A4 page and its margin, in points."""
_FONT, _BOLD = "/CtgdocsTexte", "/CtgdocsGras"


class Leaf(NamedTuple):
    """One file: what its separator and the contents call it ("" for neither), and its bytes."""

    title: str
    data: bytes


class Line(NamedTuple):
    """A line of text at a place of the page, `y` from the bottom."""

    text: str
    x: float
    y: float
    size: float = 11
    bold: bool = False


def bound(leaves: Sequence[Leaf], title: Sequence[str], foot: str, *, first: int | None = 1) -> bytes:
    """The bound file. `title`: the lines of a first page, which has the contents; none, no first page nor
    separators. `foot`: what stands at the bottom of each page, with `{page}` and `{pages}`; `first`: the
    number of the first one, None when it is not known. Raises ValueError for a file that is no PDF."""
    import pikepdf

    out = pikepdf.new()
    starts: list[tuple[str, int]] = []
    try:
        for leaf in leaves:
            with pikepdf.open(io.BytesIO(leaf.data)) as source:
                if title and leaf.title:
                    starts.append((leaf.title, len(out.pages) + 2))
                    _drawn(out, _separator(leaf.title))
                out.pages.extend(source.pages)
    except pikepdf.PdfError as error:
        raise ValueError(str(error)) from error
    if title:
        out.pages.insert(0, _page(out, list(_contents(title, starts))))
    for index, page in enumerate(out.pages):
        number = "………" if first is None else str(first + index)
        _stamp(out, page, foot.format(page=number, pages=len(out.pages)))
    with out.open_outline() as outline:
        outline.root.extend(pikepdf.OutlineItem(name, page - 1) for name, page in starts)
    data = io.BytesIO()
    out.save(data, deterministic_id=True)
    return data.getvalue()


# --- the pages that are drawn here --------------------------------------------------------------------------


def _separator(title: str) -> list[Line]:
    lines = textwrap.wrap(title, 44)[:8]
    top = HEIGHT / 2 + 14 * len(lines)
    return [Line(text, MARGIN, top - 28 * at, 20, bold=True) for at, text in enumerate(lines)]


def _contents(title: Sequence[str], starts: Sequence[tuple[str, int]]) -> Iterator[Line]:
    """The first page: the title, then each file and its page; what does not fit is left to the bookmarks."""
    y = HEIGHT - MARGIN - 40
    for at, text in enumerate(title):
        for part in textwrap.wrap(text, 48 if at == 0 else 76):
            yield Line(part, MARGIN, y, 20 if at == 0 else 12, bold=at == 0)
            y -= 28 if at == 0 else 18
    y -= 16
    for name, page in starts:
        for row, part in enumerate(textwrap.wrap(name, 78)):
            if y < MARGIN + 20:
                return
            if row == 0:
                yield Line(str(page), WIDTH - MARGIN - 20, y)
            yield Line(part, MARGIN, y)
            y -= 15
        y -= 4


def _drawn(out: pikepdf.Pdf, lines: Sequence[Line]) -> None:
    out.pages.append(_page(out, lines))


def _page(out: pikepdf.Pdf, lines: Sequence[Line]) -> pikepdf.Page:
    import pikepdf

    made = pikepdf.Dictionary(
        Type=pikepdf.Name("/Page"),
        MediaBox=[0, 0, WIDTH, HEIGHT],
        Resources=pikepdf.Dictionary(Font=_fonts()),
        Contents=out.make_stream(_operators(lines)),
    )
    return pikepdf.Page(out.make_indirect(made))


def _fonts() -> pikepdf.Dictionary:
    import pikepdf

    def font(name: str) -> pikepdf.Dictionary:
        return pikepdf.Dictionary(
            Type=pikepdf.Name("/Font"),
            Subtype=pikepdf.Name("/Type1"),
            BaseFont=pikepdf.Name(name),
            Encoding=pikepdf.Name("/WinAnsiEncoding"),
        )

    return pikepdf.Dictionary({_FONT: font("/Helvetica"), _BOLD: font("/Helvetica-Bold")})


def _operators(lines: Sequence[Line]) -> bytes:
    """The drawing of lines, each a text of its own, as an artifact for a screen reader."""
    drawn = [
        f"BT {_BOLD if line.bold else _FONT} {line.size} Tf 1 0 0 1 {line.x:.1f} {line.y:.1f} Tm ".encode()
        + b"(" + _escaped(line.text) + b") Tj ET\n"
        for line in lines
    ]  # fmt: skip
    return b"/Artifact BMC q 0.25 g\n" + b"".join(drawn) + b"Q EMC\n"


def _escaped(text: str) -> bytes:
    """A text in the encoding of the standard fonts, which have French and no thin spaces."""
    plain = text.replace("\u202f", "\u00a0").replace("\u2011", "-")
    data = plain.encode("cp1252", "replace")
    return data.replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")


def _stamp(out: pikepdf.Pdf, page: pikepdf.Page, text: str) -> None:
    """The foot of a page, under what is there."""
    import pikepdf

    left, bottom, right, _ = (float(edge) for edge in page.mediabox)
    resources = page.obj.get("/Resources", pikepdf.Dictionary())
    own = pikepdf.Dictionary(dict(resources.items()))
    fonts = dict(own.get("/Font", pikepdf.Dictionary()).items())
    own["/Font"] = pikepdf.Dictionary({**fonts, **dict(_fonts().items())})
    page.obj["/Resources"] = own
    x = left + (right - left) / 2 - len(text) * 1.9
    page.contents_add(out.make_stream(b"q\n"), prepend=True)
    page.contents_add(out.make_stream(b"\nQ\n" + _operators([Line(text, x, bottom + 14, 8)])))
