"""Several PDFs bound in one: first pages with their contents, separators, pages numbered from end to end.

What is bound is for reading and printing in a row: each file it is made of stays the accessible one.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pikepdf

_A4_WIDTH = 595.3
"""The page that a foot was laid out on, in points."""


class Leaf(NamedTuple):
    """One file: what its separator and the contents call it ("" for neither), and its bytes."""

    title: str
    data: bytes


def bound(leaves: Sequence[Leaf], opening: bytes, feet: bytes) -> bytes:
    """The bound file, with a bookmark a titled leaf. `opening`: a PDF of the first pages, then of a separator
    for each of these (b"": none); `feet`: what stands at the foot of each page, a page each. Raises
    ValueError for a file that is no PDF."""
    import pikepdf

    out = pikepdf.new()
    starts: list[tuple[str, int]] = []
    try:
        with pikepdf.open(io.BytesIO(opening)) if opening else pikepdf.new() as first:
            separators = list(first.pages)
            titled = sum(bool(leaf.title) for leaf in leaves) if opening else 0
            out.pages.extend(separators[: len(separators) - titled])
            rest = iter(separators[len(separators) - titled :])
            for leaf in leaves:
                with pikepdf.open(io.BytesIO(leaf.data)) as source:
                    if opening and leaf.title:
                        starts.append((leaf.title, len(out.pages)))
                        out.pages.extend(islice(rest, 1))
                    out.pages.extend(source.pages)
        with pikepdf.open(io.BytesIO(feet)) as said:
            for number, (page, foot) in enumerate(zip(out.pages, said.pages, strict=False), 1):
                _stamp(out, page, foot, f"/CtgdocsPied{number}")
    except pikepdf.PdfError as error:
        raise ValueError(str(error)) from error
    with out.open_outline() as outline:
        outline.root.extend(pikepdf.OutlineItem(name, page) for name, page in starts)
    data = io.BytesIO()
    out.save(data, deterministic_id=True)
    return data.getvalue()


def _stamp(out: pikepdf.Pdf, page: pikepdf.Page, foot: pikepdf.Page, name: str) -> None:
    """A foot at the middle of the bottom of a page, whatever its size; an artifact for a screen reader. Pages
    of one file may share their resources: `name` is of this page alone."""
    import pikepdf

    left, bottom, right, _ = (float(edge) for edge in page.mediabox)
    start = left + (right - left - _A4_WIDTH) / 2
    form = out.copy_foreign(foot.as_form_xobject())
    page.add_resource(form, pikepdf.Name.XObject, pikepdf.Name(name))
    page.contents_add(out.make_stream(b"q\n"), prepend=True)
    drawn = f"\nQ /Artifact BMC q 1 0 0 1 {start:.1f} {bottom:.1f} cm {name} Do Q EMC\n"
    page.contents_add(out.make_stream(drawn.encode()))
