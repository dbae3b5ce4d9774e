"""Files bound in one: every page is there, behind its separator, with its bookmark and its foot."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest

from ctgdocs.pdf import Leaf, bound


def a_pdf(*pages: str, size: tuple[int, int] = (595, 842), at: int = 400) -> bytes:
    """A page for each of these words, which stand at this height; they share their resources."""
    pdf = pikepdf.new()
    shared = pdf.make_indirect(pikepdf.Dictionary())
    for words in pages:
        page = pdf.add_blank_page(page_size=size)
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page.obj.Resources = shared
        shared.Font = pikepdf.Dictionary(F=font)
        page.obj.Contents = pdf.make_stream(f"BT /F 9 Tf 200 {at} Td ({words}) Tj ET".encode())
    data = io.BytesIO()
    pdf.save(data)
    return data.getvalue()


def texts(data: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]


def test_first_pages_separators_and_feet_from_end_to_end() -> None:
    leaves = [Leaf("Point n° 1", a_pdf("A", "B", size=(842, 595))), Leaf("Point n° 2", a_pdf("C"))]
    opening = a_pdf("Sommaire", "suite", "Separation 1", "Separation 2")
    feet = a_pdf(*(f"page {number} sur 7" for number in range(1, 8)), at=20)

    data = bound(leaves, opening, feet)

    pages = texts(data)
    assert [page.split("\r\n")[0] for page in pages] == [
        "Sommaire", "suite", "Separation 1", "A", "B", "Separation 2", "C",
    ]  # fmt: skip
    assert all(f"page {number} sur 7" in text for number, text in enumerate(pages, 1))
    with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == [leaf.title for leaf in leaves]
        assert pdf.pages[3].mediabox[2] == 842
    assert bound(leaves, opening, feet) == data


def test_sheets_of_a_register_have_only_their_foot() -> None:
    data = bound([Leaf("", a_pdf("A")), Leaf("", a_pdf("B"))], b"", a_pdf("n. 117", "n. 118", at=20))
    assert [("n. 117" in text, "n. 118" in text) for text in texts(data)] == [(True, False), (False, True)]


def test_what_is_no_pdf_is_refused() -> None:
    with pytest.raises(ValueError, match=r".+"):
        bound([Leaf("Faux", b"%PDF-1.7 nothing")], b"", a_pdf(""))
