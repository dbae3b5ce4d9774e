"""Sections, and their headers, whatever the tags around them do."""

from __future__ import annotations

import re
from copy import deepcopy
from io import BytesIO

import pytest
from blank import blank
from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn
from docx.shared import Cm
from word_templates import made, saved, words

from ctgdocs.templates import Template
from ctgdocs.templates.inspection import section_faults, sections_of


def with_sections(*paragraphs: str, breaks: tuple[int, ...]) -> bytes:
    """A template whose paragraphs at `breaks` end a landscape section, the first of which has a header."""
    document = blank()
    document.sections[0].header.paragraphs[0].text = "En-tête de {{ nom }}"
    for place, text in enumerate(paragraphs):
        paragraph = document.add_paragraph(text)
        if place in breaks:
            section = document.add_section(WD_SECTION.NEW_PAGE)
            document.sections[-2].orientation = WD_ORIENT.LANDSCAPE
            section.orientation = WD_ORIENT.PORTRAIT
            carrier = paragraph._p.getnext()  # python-docx breaks in a paragraph of its own
            paragraph._p.get_or_add_pPr().append(carrier.pPr.find(qn("w:sectPr")))
            carrier.getparent().remove(carrier)
    return saved(document)


@pytest.mark.parametrize("turns", [0, 1, 3])
def test_a_closing_tag_leaves_the_section_that_ends_with_it(turns: int) -> None:
    template = with_sections("Avant", "{%p for a in l %}", "{{ a }}", "{%p endfor %}", "Suite", breaks=(3,))
    document = made(template, l=["x"] * turns, nom="Lavaur")
    sections = Document(BytesIO(document)).sections
    assert [one.orientation for one in sections] == [WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT]
    assert [text for text in words(document) if text] == ["Avant", *["x"] * turns, "Suite"]


def test_an_opening_tag_leaves_the_section_before_its_block() -> None:
    template = with_sections("Avant", "{%p if f %}", "Annexe", "{%p endif %}", breaks=(1,))
    for f in (True, False):
        document = Document(BytesIO(made(template, f=f, nom="Lavaur")))
        assert len(document.sections) == 2
        carriers = [
            one for one in document.paragraphs if one._p.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None
        ]
        (carrier,) = carriers
        assert [one.text for one in document.paragraphs].index("Avant") + 1 == next(
            place for place, one in enumerate(document.paragraphs) if one._p is carrier._p
        )


@pytest.mark.parametrize("f", [True, False])
def test_a_section_that_goes_leaves_its_header_to_the_next(f: bool) -> None:
    template = with_sections("Avant", "{%p if f %}", "Page de garde", "{%p endif %}", "Suite", breaks=(2,))
    document = Document(BytesIO(made(template, f=f, nom="Lavaur")))
    assert len(document.sections) == 1 + f
    assert document.sections[-1].header.paragraphs[0].text == "En-tête de Lavaur"
    assert not document.sections[0].header.is_linked_to_previous


def test_a_section_in_a_loop_is_repeated_with_its_header() -> None:
    template = with_sections(
        "{%p for a in l %}", "Lettre à {{ a }}", "fin", "{%p endfor %}", "Suite", breaks=(2,)
    )
    document = Document(BytesIO(made(template, l=["x", "y"], nom="Lavaur")))
    assert len(document.sections) == 3


@pytest.mark.parametrize("f", [True, False])
def test_a_body_ends_with_a_paragraph(f: bool) -> None:
    document = blank()
    document.add_paragraph("{{ nom }}")
    document.add_table(1, 1)
    for text in ("{%p if f %}", "Fin", "{%p endif %}"):
        document.add_paragraph(text)
    rendered = made(saved(document), nom="Lavaur", f=f)
    assert [child.tag for child in Document(BytesIO(rendered)).element.body][-2:] == [
        qn("w:p"),
        qn("w:sectPr"),
    ]


def test_what_no_block_takes_away_is_told_when_it_is_lost() -> None:
    source = (
        '<w:p><w:sectPr><w:headerReference w:type="default" r:id="rId7"/></w:sectPr></w:p>{% if f %}'
        '<w:sectPr><w:footerReference w:type="first" r:id="rId8"/></w:sectPr>{% endif %}<w:sectPr/>'
    )
    expected = sections_of(source)
    assert expected == (2, frozenset((b'<w:headerReference w:type="default" r:id="rId7"/>',)))
    kept = re.sub(r"\{%.*%\}", "", source).encode()
    assert list(section_faults(kept, *expected)) == []
    for lost in (b"<w:sectPr/>", b'r:id="rId7"'):
        (finding,) = section_faults(kept.replace(lost, b""), *expected)
        assert finding.code == "section-perdue"


def test_the_finding_comes_with_the_document() -> None:
    template = Template.load(with_sections("Avant", "{{ a }}", breaks=(0,)))
    assert template.render_checked({"a": "x", "nom": "y"})[1] == []


def test_a_table_that_is_a_share_of_the_text_has_its_width_after_its_section() -> None:
    document = Document()
    page = document.sections[0]
    page.page_width, page.left_margin, page.right_margin = Cm(21), Cm(3), Cm(2)
    for share in ("5000", "2500", "0"):
        document.add_table(1, 1)
        width = document.tables[-1]._tbl.tblPr.find(qn("w:tblW"))
        width.set(qn("w:type"), "pct")
        width.set(qn("w:w"), share)
        document.add_paragraph("{{ nom }}")
    across = document.add_section(WD_SECTION.NEW_PAGE)
    across.page_width = Cm(29.7)
    document.element.body.insert(-1, deepcopy(document.tables[0]._tbl))
    found = [
        tuple(width.get(qn(f"w:{name}")) for name in ("w", "type"))
        for width in Document(BytesIO(made(saved(document), nom="Lavaur"))).element.body.iter(qn("w:tblW"))
    ]
    assert found == [("9071", "dxa"), ("4536", "dxa"), ("0", "pct"), ("14003", "dxa")]
