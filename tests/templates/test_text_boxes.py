"""A text box is a page inside a paragraph: what stands beside it belongs to the paragraph around."""

from __future__ import annotations

import pytest
from blank import blank
from lxml import etree
from word_templates import W, a_template, body, edited, made, parts, saved

from ctgdocs.templates import InlineImage, Listing, RichText, Template

BOX = (
    '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent><w:p><w:pPr>'
    '<w:jc w:val="right"/></w:pPr><w:r><w:t>{{ x }}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape>'
    "</w:pict></w:r>"
)


def beside_a_box(text: str, before: str = "") -> bytes:
    """A centred paragraph that holds a text box between two texts."""
    document = blank()
    document.add_paragraph(text).alignment = 1
    start = f"<w:r><w:t>{before}</w:t></w:r>" if before else ""
    run = f"<w:r><w:t>{text}</w:t></w:r>"
    return edited(saved(document), "word/document.xml", (run, f"{start}{BOX}{run}"))


def paragraphs(document: bytes) -> list[str]:
    """The alignment of each paragraph of the body itself; no paragraph stands in another's text."""
    root = etree.fromstring(f'<a xmlns:w="{W[1:-1]}" xmlns:r="r">{body(document)}</a>')
    assert not root.findall(f".//{W}p/{W}p")
    return [p.find(f"{W}pPr/{W}jc").get(f"{W}val") for p in root.findall(f"{W}p")]


@pytest.mark.parametrize("before", ["", "{{r r }}", "{{ x }}"])
def test_rich_text_after_a_text_box_stays_in_the_paragraph(before: str) -> None:
    document = made(beside_a_box("a {{r r }} b {{r r }}", before), x="1", r=RichText("gras", bold=True))
    assert paragraphs(document) == ["center"]


def test_a_picture_after_a_text_box_stays_in_the_paragraph(picture: str) -> None:
    assert paragraphs(made(beside_a_box("a {{ logo }} b"), x="1", logo=InlineImage(picture))) == ["center"]


def test_a_value_that_makes_paragraphs_takes_the_look_of_the_one_around_the_box() -> None:
    document = made(beside_a_box("{{ l }}"), x="1", l=Listing("a\ab\tc"))
    assert paragraphs(document) == ["center", "center"]


@pytest.mark.parametrize("text", ["a\ab", "a\fb", "\a", "a\ab\ac"])
@pytest.mark.parametrize("mark", ["{{ x }}", "a {{ x }} b {{ x }}"])
def test_a_section_ends_with_the_last_paragraph_that_a_value_makes(text: str, mark: str) -> None:
    section = '<w:sectPr><w:type w:val="evenPage"/></w:sectPr>'
    template = edited(
        a_template(mark, "suite"),
        "word/document.xml",
        (f"<w:p><w:r><w:t>{mark}", f"<w:p><w:pPr>{section}</w:pPr><w:r><w:t>{mark}"),
    )
    xml = parts(Template.load(template).render({"x": text}))["word/document.xml"]
    ends = [bool(p.findall(f"{W}pPr/{W}sectPr")) for p in etree.fromstring(xml).iter(f"{W}p")]
    assert ends == [False] * (len(ends) - 2) + [True, False]
