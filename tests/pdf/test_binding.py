"""Files bound in one: every page is there, numbered, behind its separator, with its line of contents."""

from __future__ import annotations

import io
import re

import pikepdf
import pypdfium2
import pytest

from ctgdocs.pdf import Leaf, bound


def a_pdf(*sizes: tuple[int, int]) -> bytes:
    """Blank pages of these sizes."""
    pdf = pikepdf.new()
    for size in sizes:
        pdf.add_blank_page(page_size=size)
    data = io.BytesIO()
    pdf.save(data)
    return data.getvalue()


def texts(data: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]


def test_contents_separators_and_pages_from_end_to_end() -> None:
    leaves = [
        Leaf("Point n° 1 – Tarifs (été) \\ « l’accueil »", a_pdf((595, 842), (842, 595))),
        Leaf("Point n° 2", a_pdf((595, 842))),
    ]
    data = bound(leaves, ["Conseil", "Séance du 24 septembre 2026"], "page {page} / {pages}")

    pages = texts(data)
    assert len(pages) == 6
    assert all(f"page {number} / 6" in text for number, text in enumerate(pages, 1))
    assert "Point n° 1 – Tarifs (été) \\ « l’accueil »" in pages[1].replace("\r\n", " ")
    assert re.findall(r" (\d)\r\n", pages[0]) == ["2", "5"]
    with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == [leaf.title for leaf in leaves]
        assert pdf.pages[3].mediabox[2] == 842
    assert bound(leaves, ["Conseil", "Séance du 24 septembre 2026"], "page {page} / {pages}") == data


@pytest.mark.parametrize(("first", "said"), [(117, ["n° 117", "n° 118"]), (None, ["n° ………", "n° ………"])])
def test_sheets_of_a_register_have_their_number_or_a_blank(first: int | None, said: list[str]) -> None:
    data = bound([Leaf("", a_pdf((595, 842))), Leaf("", a_pdf((595, 842)))], (), "n° {page}", first=first)
    assert [text.strip() for text in texts(data)] == said


def test_what_is_no_pdf_is_refused() -> None:
    with pytest.raises(ValueError, match=r".+"):
        bound([Leaf("Faux", b"%PDF-1.7 nothing")], ["Conseil"], "{page}")
