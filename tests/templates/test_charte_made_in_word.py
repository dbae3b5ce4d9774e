"""A charte made in Word: what nobody touched says nothing, and what an act needs never vanishes."""

from __future__ import annotations

import io
import re

import pytest
from blank import blank
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.shared import Mm, Pt, RGBColor

from ctgdocs.templates.charte import dress
from ctgdocs.templates.charte_styles import is_untouched
from ctgdocs.word import read

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(document: Docx) -> dict[str, bytes]:
    stream = io.BytesIO()
    document.save(stream)
    return dict(read(stream.getvalue()))


def template() -> Docx:
    """One whose headings are green, with a right tab at its margin."""
    document = blank()
    for name in ("Title", "Heading 1", "Heading 2", "Caption"):
        document.styles[name].font.color.rgb = RGBColor(0, 0x77, 0)
        document.styles[name].font.name = "Verdana"
    section = document.sections[0]
    section.left_margin = section.right_margin = Mm(20)
    width = section.page_width - section.left_margin - section.right_margin
    document.styles["Subtitle"].paragraph_format.tab_stops.add_tab_stop(width, 2)
    return document


def colour_of(package: dict[str, bytes], name: str) -> str:
    styles = package["word/styles.xml"].decode().split("<w:style ")
    (found,) = [one for one in styles if f'<w:name w:val="{name}"/>' in one]
    colour = re.search(r'<w:color w:val="(\w+)"', found)
    return colour[1] if colour else ""


def test_a_style_that_word_delivered_leaves_the_template_its_own() -> None:
    charte = blank()
    charte.styles["Heading 1"].font.color.rgb = RGBColor(0x8B, 0, 0)
    dressed = dict(dress(saved(template()), saved(charte)))
    said = {name: colour_of(dressed, name) for name in ("Title", "heading 1", "heading 2", "caption")}
    assert said == {"Title": "007700", "heading 1": "8B0000", "heading 2": "007700", "caption": "007700"}


@pytest.mark.parametrize("change", ["size", "colour", "font", "bold", "placed"])
def test_any_touch_is_a_choice(change: str) -> None:
    style = blank().styles["Heading 2"]
    assert is_untouched(style.element)
    match change:
        case "size":
            style.font.size = Pt(14)
        case "colour":
            style.font.color.rgb = RGBColor(0, 0, 0)
        case "font":
            style.font.name = "Garamond"
        case "bold":
            style.font.bold = False
        case _:
            style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    assert not is_untouched(style.element)


def test_a_style_of_the_house_may_stand_on_one_that_word_delivered() -> None:
    charte = blank()
    mine = charte.styles.add_style("Encart", 1)
    mine.base_style = charte.styles["Heading 2"]
    styles = dict(dress(saved(template()), saved(charte)))["word/styles.xml"].decode()
    ids = set(re.findall(r'w:styleId="([^"]+)"', styles))
    assert set(re.findall(r'<w:(?:basedOn|next|link) w:val="([^"]+)"', styles)) <= ids
    assert styles.count('<w:name w:val="heading 2"/>') == 1


def feet(package: dict[str, bytes]) -> list[str]:
    return [part.decode() for name, part in package.items() if re.fullmatch(r"word/footer\d*\.xml", name)]


def test_pages_are_numbered_whatever_the_foot_of_the_charte() -> None:
    charte = blank()
    charte.sections[0].footer.paragraphs[0].add_run("Maison des services").font.size = Pt(8)
    (foot,) = [one for one in feet(dict(dress(saved(template()), saved(charte)))) if "Maison" in one]
    assert re.findall(r'w:instr="([^"]+)"', foot) == [" PAGE ", " NUMPAGES "]
    assert "{{ reference }}" in foot
    assert foot.count('<w:sz w:val="16"/>') > 3  # in the look of its last words


def test_a_foot_that_numbers_its_pages_stays_as_it_is() -> None:
    charte = blank()
    paragraph = charte.sections[0].footer.paragraphs[0]
    paragraph.add_run("Maison des services, page ")
    field = f'<w:fldSimple {W} w:instr=" page \\* MERGEFORMAT "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    paragraph._p.append(parse_xml(field))
    (foot,) = [one for one in feet(dict(dress(saved(template()), saved(charte)))) if "Maison" in one]
    assert "NUMPAGES" not in foot


def test_what_stood_at_the_right_margin_stands_at_the_charte_s() -> None:
    charte = blank()
    section = charte.sections[0]
    section.left_margin = section.right_margin = Mm(40)
    width = round((section.page_width - section.left_margin - section.right_margin) / 635)
    styles = dict(dress(saved(template()), saved(charte)))["word/styles.xml"].decode()
    tabs = re.findall(r'<w:tab w:pos="(\d+)" w:val="right"/>', styles)
    assert any(abs(int(tab) - width) <= 2 for tab in tabs)
