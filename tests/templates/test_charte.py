"""A charte gives its look to any template, and nothing but its look."""

from __future__ import annotations

import io
import re
import struct
import zlib

import pytest
from blank import blank
from docx.document import Document as DocumentType
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from word_samples import a_template, opened, package_of, text_of

from ctgdocs.prose import ListBlock, Paragraph, Prose, Run
from ctgdocs.templates.charte import dress
from ctgdocs.templates.prose import ProseWriter
from ctgdocs.templates.prose_styles import styles_of, with_house_styles
from ctgdocs.word.ids import Ids
from ctgdocs.word.names import rels_name
from ctgdocs.word.parts import Package, content_type, main_part, relations, stories

RED = RGBColor(0xA0, 0x1E, 0x3C)


def a_pixel() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0abc")) + chunk(b"IEND", b"")


def a_letterhead() -> DocumentType:
    """First page with a logo, other pages with a short header, house styles, 3 cm on the left."""
    document = blank()
    section = document.sections[0]
    section.page_width, section.page_height, section.left_margin = Cm(21), Cm(29.7), Cm(3)
    section.different_first_page_header_footer = True
    logo = section.first_page_header.paragraphs[0].add_run()
    logo.add_picture(io.BytesIO(a_pixel()), width=Cm(2))
    logo.add_text(" {{ collectivite.nom }}")
    section.header.paragraphs[0].text = "Suite"
    section.footer.paragraphs[0].text = "Pied de la charte"
    document.styles["Normal"].font.name = "Calibri"
    document.styles["Heading 1"].font.color.rgb = RED
    house = document.styles.add_style("Visa maison", WD_STYLE_TYPE.PARAGRAPH)
    house.base_style = document.styles["Normal"]
    house.font.color.rgb = RED
    return document


def an_act() -> DocumentType:
    document = blank()
    document.sections[0].header.paragraphs[0].text = "EN-TÊTE DU MODÈLE"
    visa = document.styles.add_style("Visa", WD_STYLE_TYPE.PARAGRAPH)
    visa.base_style = document.styles["Body Text"]
    object_style = document.styles.add_style("Objet", WD_STYLE_TYPE.PARAGRAPH)
    object_style.font.size = Pt(14)
    for text, style in (("Objet", "Objet"), ("Vu le code", "Visa"), ("Exposé", "Heading 1")):
        document.add_paragraph(text, style)
    document.add_section()
    wide = document.sections[1]
    wide.orientation = WD_ORIENT.LANDSCAPE
    wide.page_width, wide.page_height = wide.page_height, wide.page_width
    return document


@pytest.fixture(scope="module")
def charte() -> Package:
    return package_of(a_letterhead())


@pytest.fixture(scope="module")
def act() -> Package:
    return package_of(an_act())


@pytest.fixture(scope="module")
def dressed(act: Package, charte: Package) -> Package:
    return dress(act, charte, {"visa": "visa Maison"})


def all_text(package: Package, prefix: str) -> str:
    return "\n".join(text_of(data) for name, data in package.items() if name.startswith(prefix))


def style_xml(package: Package, id: str) -> str:
    match = re.search(
        rf'<w:style [^>]*w:styleId="{id}".*?</w:style>', package["word/styles.xml"].decode(), re.S
    )
    assert match is not None, id
    return match[0]


def test_nothing_is_changed_in_place(act: Package, charte: Package) -> None:
    before = dict(act), dict(charte)
    dress(act, charte, {})
    assert (act, charte) == before


def test_headers_and_footers_are_the_charte_s(dressed: Package) -> None:
    headers = all_text(dressed, "word/header")
    assert "Suite" in headers
    assert "{{ collectivite.nom }}" in headers
    assert "EN-TÊTE DU MODÈLE" not in headers
    assert "Pied de la charte" in all_text(dressed, "word/footer")


def test_the_logo_comes_with_its_header(dressed: Package) -> None:
    header = opened(dressed).sections[0].first_page_header
    assert any(relation.reltype.endswith("/image") for relation in header.part.rels.values())


def test_a_different_first_page_stays_so_and_keeps_its_footer(dressed: Package) -> None:
    first, second = opened(dressed).sections
    assert first.different_first_page_header_footer
    assert first.first_page_footer.paragraphs[0].text == "Pied de la charte"
    assert not second.different_first_page_header_footer
    assert second.header.is_linked_to_previous


def test_pictures_of_the_margins_have_ids_of_their_own(act: Package, charte: Package) -> None:
    charte = a_letterhead()
    charte.sections[0].header.paragraphs[0].add_run().add_picture(io.BytesIO(a_pixel()))
    dressed = dress(act, package_of(charte), {})
    Ids().apart(dressed, stories(dressed))
    ids = re.findall(
        r'<wp:docPr [^>]*id="(\d+)"', "".join(d.decode() for n, d in dressed.items() if "header" in n)
    )
    assert len(ids) == len(set(ids)) == 2


def test_page_and_margins_are_the_charte_s(dressed: Package) -> None:
    section = opened(dressed).sections[0]
    assert (section.page_width or 0) == pytest.approx(Cm(21), abs=Cm(0.01))
    assert (section.left_margin or 0) == pytest.approx(Cm(3), abs=Cm(0.01))


def test_a_landscape_section_stays_landscape_on_the_charte_s_paper(dressed: Package) -> None:
    section = opened(dressed).sections[1]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert (section.page_width or 0) == pytest.approx(Cm(29.7), abs=Cm(0.01))
    assert (section.left_margin or 0) == pytest.approx(Cm(3), abs=Cm(0.01))


def test_a_style_of_the_same_name_takes_the_charte_s_look(dressed: Package) -> None:
    heading = opened(dressed).paragraphs[2].style
    assert heading is not None
    assert heading.font.color.rgb == RED


def test_a_mapped_style_plays_the_role_under_the_template_s_id(dressed: Package) -> None:
    visa = opened(dressed).paragraphs[1].style
    assert visa is not None
    assert (visa.name, visa.style_id, visa.font.color.rgb) == ("Visa maison", "Visa", RED)


def test_a_style_that_the_charte_lacks_is_kept_on_the_charte_s_base(dressed: Package) -> None:
    style = style_xml(dressed, "Objet")
    assert '<w:sz w:val="28"/>' in style
    assert '<w:basedOn w:val="Normal"/>' in style


def test_one_charte_style_may_play_several_roles(act: Package, charte: Package) -> None:
    dressed = dress(act, charte, {"visa": "Normal", "corps": "Normal", "titre1": "Titre 2"})
    assert '<w:basedOn w:val="Normal"/>' in style_xml(dressed, "Visa")
    assert '<w:basedOn w:val="Heading2"/>' in style_xml(dressed, "Heading1")
    names = re.findall(r'<w:style .*?<w:name w:val="([^"]+)"', dressed["word/styles.xml"].decode(), re.S)
    assert len(names) == len({name.casefold() for name in names})


def test_french_names_of_built_in_styles_are_understood(act: Package, charte: Package) -> None:
    dressed = dress(act, charte, {"visa": "Liste à puces"})
    assert '<w:name w:val="Visa"/><w:basedOn w:val="ListBullet"/>' in style_xml(dressed, "Visa")


def test_an_unknown_style_or_role_is_left_out(act: Package, charte: Package) -> None:
    assert dress(act, charte, {"visa": "Rien", "inconnu": "Normal"}) == dress(act, charte, {})


def test_a_heading_role_stays_a_heading(act: Package, charte: Package) -> None:
    dressed = dress(act, charte, {"titre1": "Visa maison"})
    assert "<w:outlineLvl" in style_xml(dressed, "Heading1")
    assert "<w:keepNext/>" in style_xml(dressed, "Heading1")


def test_lists_are_still_lists_and_restart(act: Package, charte: Package) -> None:
    prepared = with_house_styles(dress(act, charte, {"corps": "Normal"}))
    writer = ProseWriter(styles_of(prepared))
    one = ListBlock(((Paragraph((Run("un"),)),),), ordered=True)
    first, second = re.findall(r'<w:numId w:val="(\d+)"/>', writer.write(Prose((one, one))))
    numbering = (prepared | writer.finish(prepared))["word/numbering.xml"].decode()
    ids = re.findall(r'<w:num [^>]*w:numId="(\d+)"', numbering)
    assert first != second
    assert {first, second} <= set(ids)
    assert len(ids) == len(set(ids))
    definitions = re.findall(r'<w:abstractNum [^>]*w:abstractNumId="(\d+)"', numbering)
    assert len(definitions) == len(set(definitions))


def test_a_charte_without_header_leaves_the_template_s(act: Package) -> None:
    dressed = dress(act, a_template("rien"), {})
    assert "EN-TÊTE DU MODÈLE" in all_text(dressed, "word/header")


def test_a_template_without_anything_can_be_dressed(charte: Package) -> None:
    bare = a_template("texte")
    dressed = dress(bare, charte, {})
    assert opened(dressed).sections[0].header.paragraphs[0].text == "Suite"


def test_a_dotx_charte_leaves_the_document_a_document(act: Package, charte: Package) -> None:
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml."
    dotx = dict(charte)
    types = dotx["[Content_Types].xml"].replace(
        f"{main}document.main".encode(), f"{main}template.main".encode()
    )
    dotx["[Content_Types].xml"] = types
    dressed = dress(act, dotx, {})
    assert content_type(dressed, main_part(dressed)) == f"{main}document.main+xml"
    assert "Suite" in all_text(dressed, "word/header")


def test_odd_and_even_pages_follow_the_charte(act: Package) -> None:
    charte = a_letterhead()
    charte.settings.odd_and_even_pages_header_footer = True
    charte.sections[0].even_page_header.paragraphs[0].text = "Page paire"
    document = opened(dress(act, package_of(charte), {}))
    assert document.settings.odd_and_even_pages_header_footer
    assert document.sections[0].even_page_header.paragraphs[0].text == "Page paire"
    assert document.sections[0].even_page_footer.paragraphs[0].text == "Pied de la charte"


def test_nothing_from_outside_comes_in(act: Package, charte: Package) -> None:
    charte = dict(charte)
    header = next(name for name in charte if name.startswith("word/header") and b"drawing" in charte[name])
    external = (
        '<Relationship Id="rId90" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        'image" Target="https://pirate.example/x.png" TargetMode="External"/></Relationships>'
    )
    charte[rels_name(header)] = charte[rels_name(header)].replace(b"</Relationships>", external.encode())
    charte[header] = re.sub(rb'r:embed="rId\d+"', b'r:link="rId90"', charte[header])
    charte["word/vbaProject.bin"] = b"macro"
    charte["word/_rels/document.xml.rels"] = charte["word/_rels/document.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="rId91" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
        b'Target="vbaProject.bin"/></Relationships>',
    )
    dressed = dress(act, charte, {})
    assert b"pirate.example" not in b"".join(dressed.values())
    assert "word/vbaProject.bin" not in dressed
    assert b"rId90" not in b"".join(data for name, data in dressed.items() if "header" in name)
    assert "{{ collectivite.nom }}" not in all_text(dressed, "word/header")  # it stood in the picture's run


def test_a_safe_link_in_the_charte_s_footer_stays(act: Package) -> None:
    charte = a_letterhead()
    paragraph = charte.sections[0].footer.paragraphs[0]
    id = paragraph.part.relate_to(
        "https://www.cc-vaurelle.example", RELATIONSHIP_TYPE.HYPERLINK, is_external=True
    )
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), id)
    paragraph._p.append(link)
    dressed = dress(act, package_of(charte), {})
    targets = [
        r.target for name in dressed if name.startswith("word/footer") for r in relations(dressed, name)
    ]
    assert "https://www.cc-vaurelle.example" in targets


def test_the_language_is_french(dressed: Package) -> None:
    languages = set(re.findall(r'<w:lang [^>]*w:val="([^"]+)"', dressed["word/styles.xml"].decode()))
    assert languages == {"fr-FR"}


def test_no_part_is_left_without_a_way_to_it(dressed: Package) -> None:
    reached = {""}
    waiting = [""]
    while waiting:
        for relation in relations(dressed, waiting.pop()):
            if not relation.external and relation.target not in reached:
                assert relation.target in dressed
                reached.add(relation.target)
                waiting.append(relation.target)
    parts = {name for name in dressed if not name.endswith(".rels") and name != "[Content_Types].xml"}
    assert parts == reached - {""}


def test_the_same_charte_gives_the_same_bytes(act: Package, charte: Package) -> None:
    assert dress(act, charte, {"visa": "Normal"}) == dress(act, charte, {"visa": "Normal"})


# what LibreOffice 7.4 writes, in small
LIBREOFFICE_STYLES = """<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-US"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>
<w:pPr><w:widowControl w:val="false"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="TextBody"><w:name w:val="Body Text"/><w:basedOn w:val="Normal"/>
<w:pPr><w:jc w:val="start"/></w:pPr></w:style></w:styles>"""


def test_what_libreoffice_writes_is_put_as_word_wants_it(act: Package) -> None:
    charte = a_template("x")
    charte["word/styles.xml"] = LIBREOFFICE_STYLES.encode()
    del charte["word/numbering.xml"]
    relations_of_charte = charte["word/_rels/document.xml.rels"].decode()
    charte["word/_rels/document.xml.rels"] = re.sub(
        r'<Relationship [^>]*numbering[^>]*/>', "", relations_of_charte
    ).encode()  # fmt: skip
    dressed = dress(act, charte, {})
    styles = dressed["word/styles.xml"].decode()
    assert "widowControl" not in style_xml(dressed, "Normal")
    assert '<w:jc w:val="left"/>' in style_xml(dressed, "BodyText")
    assert 'w:styleId="TextBody"' not in styles
    assert "<w:numPr>" in style_xml(dressed, "ListBullet")
