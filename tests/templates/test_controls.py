"""Content controls around tags: the value shows, whatever the control is bound to; ids once in loops."""

from __future__ import annotations

import re

import pytest
from blank import blank
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from inspecting import inspect
from word_templates import body, edited, made, parts, repacked, saved

from ctgdocs.templates import Template

STORE = '<Cover xmlns="urn:x" titre="{{ objet }}"><Abstract>{{ objet }}</Abstract><Nom>Caf</Nom></Cover>'
BINDING = '<w:dataBinding w:xpath="/ns0:Cover[1]/ns0:Abstract[1]" w:storeItemID="{55AF}"/>'
OFFICE = "urn:schemas-microsoft-com:"
W15 = 'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'


def controlled(properties: str, inner: str = "<w:r><w:t>{{ objet }}</w:t></w:r>", *paragraphs: str) -> bytes:
    document = blank()
    for text in (*paragraphs, ""):
        paragraph = document.add_paragraph(text)
    inside = f"<w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent>"
    paragraph._p.append(parse_xml(f"<w:sdt {nsdecls('w')} {W15}>{inside}</w:sdt>"))
    return saved(document)


@pytest.mark.parametrize(
    "bound", [BINDING, "<w15:dataBinding w15:storeItemID='x'/>", "<w:showingPlcHdr/><w:dropDownList/>"]
)
@pytest.mark.parametrize(
    "inner",
    [
        "<w:r><w:t>{{ objet }}</w:t></w:r>",
        "<w:r><w:t>{</w:t></w:r><w:r><w:t>{ objet }}</w:t></w:r>",
        "<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>{{ objet }}</w:t></w:r></w:sdtContent></w:sdt>",
    ],
    ids=["whole", "split", "nested"],
)
def test_a_control_that_holds_a_tag_is_free(bound: str, inner: str) -> None:
    xml = body(made(controlled(f'<w:id w:val="7"/>{bound}<w:text/>', inner), objet="La convention"))
    assert "La convention" in xml
    assert "dataBinding" not in xml
    assert "showingPlcHdr" not in xml
    assert '<w:id w:val="7"/>' in xml


def test_a_value_is_not_grey_as_a_placeholder_is() -> None:
    run = '<w:r><w:rPr><w:rStyle w:val="{}"/></w:rPr><w:t>{{{{ objet }}}}</w:t></w:r>'
    for style in ("PlaceholderText", "Textedelespacerserv"):
        xml = body(made(controlled("<w:showingPlcHdr/>", run.format(style)), objet="x"))
        assert style not in xml
    assert "PlaceholderText" in body(made(controlled("", run.format("PlaceholderText")), objet="x"))


def test_a_control_without_a_tag_stays_bound() -> None:
    xml = body(made(controlled(BINDING, "<w:r><w:t>Caf</w:t></w:r>", "{{ objet }}"), objet="x"))
    assert "dataBinding" in xml


def test_the_data_that_was_bound_keeps_no_tag() -> None:
    template = repacked(controlled(BINDING), {"customXml/item1.xml": STORE.encode()})
    store = parts(made(template, objet="x"))["customXml/item1.xml"].decode()
    assert "{{" not in store
    assert "<Nom>Caf</Nom>" in store


def test_a_tag_left_in_the_data_is_told_and_braces_of_programs_are_not() -> None:
    document = made(controlled("<w:text/>"), objet="x")
    told = inspect(repacked(document, {"customXml/item1.xml": b"<a>{{ objet }}</a>"}))
    assert [one.code for one in told] == ["balise-restante"]
    assert inspect(repacked(document, {"customXml/item1.xml": b'<a>{"b":{"c":1}}</a>'})) == []


def test_the_ids_of_a_loop_are_there_once() -> None:
    inside = "<w:sdtContent><w:r><w:t>☐</w:t></w:r></w:sdtContent>"
    control = f'<w:sdt><w:sdtPr><w:id w:val="77"/></w:sdtPr>{inside}</w:sdt>'
    shape = (
        '<w:r><w:pict><v:shapetype id="_x0000_t202" o:spt="202"/>'
        '<v:shape id="Cadre" o:spid="_x0000_s1026" type="#_x0000_t202"/></w:pict></w:r>'
    )
    document = blank()
    for text in ("{%p for a in l %}", "{{ a }}", "{%p endfor %}"):
        document.add_paragraph(text)
    template = edited(
        saved(document),
        "word/document.xml",
        (
            "<w:body>",
            f'<w:body xmlns:v="{OFFICE}vml" xmlns:o="{OFFICE}office:office">',
        ),
        ("{{ a }}</w:t></w:r>", f"{{{{ a }}}}</w:t></w:r>{control}{shape}"),
        ("<w:p><w:r><w:t>{{ a }}", '<w:p w14:paraId="1A2B3C4D"><w:r><w:t>{{ a }}'),
    )
    xml = parts(made(template, l=["x", "y", "z"]))["word/document.xml"].decode()
    for bearer in ('<w:id w:val="', 'v:shape id="', 'spid="', 'shapetype id="', 'paraId="'):
        ids = re.findall(f'{bearer}([^"]*)"', xml)
        assert len(set(ids)) == len(ids) == 3, bearer
    assert re.findall(r'type="#([^"]*)"', xml) == re.findall(r'shapetype id="([^"]*)"', xml)


def test_ids_of_headers_are_unlike_those_of_the_body() -> None:
    document = blank()
    document.add_paragraph("{{ objet }}")
    xml = f'<w:p {nsdecls("w")}><w:sdt><w:sdtPr><w:id w:val="7"/></w:sdtPr><w:sdtContent/></w:sdt></w:p>'
    document.element.body.insert(0, parse_xml(xml))
    document.sections[0].header._element.append(parse_xml(xml))
    made_parts = parts(Template.load(saved(document)).render({"objet": "x"}))
    ids = [id for part in made_parts.values() for id in re.findall(rb'<w:id w:val="(\d+)"', part)]
    assert len(set(ids)) == len(ids) == 2
