"""« PROJET » behind every page, where Word expects a watermark."""

from __future__ import annotations

import re

import pytest
from blank import blank
from word_samples import a_template, opened, package_of

from ctgdocs.templates.charte import NAME, with_watermark


def marks(package: dict[str, bytes]) -> dict[str, int]:
    return {
        name: data.decode().count(f'id="{NAME}')
        for name, data in package.items()
        if name.startswith("word/header")
    }


def test_a_document_without_header_gets_one_with_the_watermark() -> None:
    marked = with_watermark(a_template("texte"), "PROJET")
    assert marks(marked) == {"word/header1.xml": 1}
    assert 'string="PROJET"' in marked["word/header1.xml"].decode()
    assert opened(marked).paragraphs[0].text == "texte"


def test_every_kind_of_page_of_every_section_is_marked() -> None:
    document = blank()
    document.sections[0].header.paragraphs[0].text = "En-tête"
    document.settings.odd_and_even_pages_header_footer = True
    document.add_section().different_first_page_header_footer = True
    marked = with_watermark(package_of(document), "PROJET")
    first, second = opened(marked).sections
    for header in (first.header, first.even_page_header, second.first_page_header):
        assert NAME in header._element.xml
    assert second.header.is_linked_to_previous
    assert first.header.paragraphs[0].text == "En-tête"
    assert set(marks(marked).values()) == {1}


def test_each_shape_has_its_own_id() -> None:
    document = blank()
    document.sections[0].different_first_page_header_footer = True
    marked = with_watermark(package_of(document), "PROJET")
    ids = re.findall(r'o:spid="(\w+)"', "".join(d.decode() for n, d in marked.items() if "header" in n))
    assert len(ids) == len(set(ids)) == 2


def test_it_has_a_text_for_those_who_cannot_see_it() -> None:
    marked = with_watermark(a_template("x"), 'PROJET "1" & <suite>')
    header = opened(marked).sections[0].header._element
    shape = next(header.iter("{urn:schemas-microsoft-com:vml}shape"))
    assert shape.get("alt") == 'Filigrane : PROJET "1" & <suite>'


@pytest.mark.parametrize("text", ["", "  "])
def test_no_text_no_watermark(text: str) -> None:
    package = a_template("x")
    assert with_watermark(package, text) == package


def test_marking_twice_marks_once() -> None:
    once = with_watermark(a_template("x"), "PROJET")
    assert marks(with_watermark(once, "PROJET")) == marks(once)
