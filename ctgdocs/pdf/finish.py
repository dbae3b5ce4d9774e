"""What LibreOffice leaves short of PDF/UA-1 (ISO 14289-1), mended; and the mark of a PDF of ours.

The mark stands in the document information: the Word file that it shows (SHA-256), and the fingerprint of the
PDF itself, taken with zeros in its own place. One that was signed or saved since no longer has it.

Several PDFs bound in one: first pages with their contents, separators, pages numbered from end to end.

What is bound is for reading and printing in a row: each file it is made of stays the accessible one.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ctgdocs.word import Unsaid

if TYPE_CHECKING:
    import pikepdf


_FINGERPRINT = re.compile(rb"/ctgdocs\.empreinte \(([0-9a-f]{64})\)")
_WORD = re.compile(rb"/ctgdocs\.word \(([0-9a-f]{64})\)")
_ORIGIN = re.compile(rb"/ctgdocs\.origine \(([a-z0-9_./-]+)\)")
_ZEROS = b"0" * 64
_STANDARD = frozenset(
    """Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L
    LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby
    Warichu RB RT RP WT WP Figure Formula Form""".split()  # noqa: SIM905  # as the norm lists them
)
"""Structure types that nothing may stand for something else (ISO 32000-1, § 14.8.4)."""
_LAYOUT = {
    "/Table": "/Div",
    "/THead": "/Div",
    "/TBody": "/Div",
    "/TFoot": "/Div",
    "/TR": "/Div",
    "/TD": "/Div",
}


class PdfMark(NamedTuple):
    """`origin`: the document it shows (`deliberations/2026-045`); `word`: the SHA-256 of that Word file;
    `intact`: nothing wrote to it since."""

    origin: str
    word: str
    intact: bool


def mark_of_pdf(data: bytes) -> PdfMark | None:
    """What a PDF says of itself; None for one that this program did not make."""
    fingerprint, word, origin = (one.search(data) for one in (_FINGERPRINT, _WORD, _ORIGIN))
    if not (fingerprint and word and origin):
        return None
    blank = data[: fingerprint.start(1)] + _ZEROS + data[fingerprint.end(1) :]
    intact = sha256(blank).hexdigest().encode() == fingerprint[1]
    return PdfMark(origin[1].decode(), word[1].decode(), intact)


def pages_of(path: Path) -> dict[str, int]:
    """The page of each bookmark of the Word file, from 1. Raises ValueError when it is no PDF."""
    import pikepdf

    try:
        with pikepdf.open(path) as pdf:
            numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
            places = pdf.Root.get("/Dests", pikepdf.Dictionary())
            found = {_bookmark(name): numbers.get(where[0].objgen, 0) for name, where in places.items()}
    except (pikepdf.PdfError, TypeError) as error:
        raise ValueError(str(error)) from error
    return {name: page for name, page in found.items() if page}


def _bookmark(name: str) -> str:
    """A bookmark, from the name LibreOffice gives it (`/article5Fobjet`).

    >>> _bookmark("/fiche5F15F2")
    'fiche_1_2'
    """
    return name[1:].replace("5F", "_")


def finished(path: Path, origin: str, word: str, unsaid: Unsaid) -> bytes:
    """The PDF of LibreOffice, mended and marked; `unsaid` is said. Raises ValueError when it is no tagged
    PDF."""
    import pikepdf

    try:
        with pikepdf.open(path) as pdf:  # by its name: three times as fast as from memory
            if not len(pdf.pages) or "/StructTreeRoot" not in pdf.Root:
                raise ValueError("no page, or no structure")
            _mend(pdf, unsaid)
            for name, said in (("origine", origin), ("word", word), ("empreinte", "0" * 64)):
                pdf.docinfo[f"/ctgdocs.{name}"] = pikepdf.String(said)
            out = io.BytesIO()
            pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    except pikepdf.PdfError as error:
        raise ValueError(str(error)) from error
    return _sealed(out.getvalue())


def _sealed(data: bytes) -> bytes:
    found = _FINGERPRINT.search(data)
    if found is None or not (_WORD.search(data) and _ORIGIN.search(data)):
        raise ValueError("the mark is not legible")
    return data[: found.start(1)] + sha256(data).hexdigest().encode() + data[found.end(1) :]


def _mend(pdf: pikepdf.Pdf, unsaid: Unsaid) -> None:
    """ISO 14289-1: roles (7.1), figures (7.3), tables of layout (7.5), notes (7.9), annotations (7.18)."""
    root = pdf.Root.StructTreeRoot
    names = [str(name) for name in root.RoleMap.keys()] if "/RoleMap" in root else []  # noqa: SIM118
    wrong = {name: root.RoleMap[name] for name in names if name[1:] in _STANDARD}
    for name in wrong:
        del root.RoleMap[name]
    notes, charts = 0, iter(unsaid.charts)
    for element in list(_elements(root)):
        kind = str(element.get("/S"))
        if kind in wrong:
            element.S = wrong[kind]
        elif kind == "/Note" and "/ID" not in element:
            notes += 1
            element.ID = f"note{notes}"
        elif kind == "/Figure" and not {"/Alt", "/ActualText"} & set(element.keys()):
            drawn = any(_elements(element))  # the texts of a chart stand in it
            if said := next(charts, "") if drawn else unsaid.watermark:
                element.Alt = said
        elif kind == "/Table" and not any(str(one.get("/S")) == "/TH" for one in _elements(element)):
            _lay_out(element)
    for page in pdf.pages:
        _mend_annotations(page)
    if "/Dests" in pdf.Root:  # what `pages_of` reads; no link leads there
        del pdf.Root["/Dests"]


def _lay_out(table: pikepdf.Object) -> None:
    """A table without a heading puts things beside each other: it is read as plain text."""
    for element in (table, *_elements(table)):
        kind = _LAYOUT.get(str(element.get("/S")))
        if kind:
            element.S = _name(kind)
            if "/A" in element:
                del element["/A"]


def _mend_annotations(page: pikepdf.Page) -> None:
    annotations = page.get("/Annots")
    if annotations is None:
        return
    page.Tabs = _name("/S")
    for index in reversed(range(len(annotations))):
        if "/StructParent" not in annotations[index]:  # the way back of a footnote: no reader finds it
            del annotations[index]


def _name(name: str) -> pikepdf.Name:
    import pikepdf

    return pikepdf.Name(name)


def _elements(parent: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The structure elements under one, in reading order; no recursion, a document may nest them deep."""
    import pikepdf

    waiting = [parent]
    while waiting:
        below = waiting.pop().get("/K")
        if below is None:
            continue
        children = list(below) if isinstance(below, pikepdf.Array) else [below]
        found = [one for one in children if isinstance(one, pikepdf.Dictionary) and "/S" in one]
        yield from found
        waiting += reversed(found)


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
