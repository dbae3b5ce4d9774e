"""OOXML Strict, and files that another program prefixes otherwise: read at every door as ordinary Word."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from blank import blank
from builders import REPOSITORY
from docx.shared import Cm, Pt
from lxml import etree
from word_samples import opened, strict, unzipped, zipped

from ctgdocs.cli.main import main
from ctgdocs.findings import TemplateError
from ctgdocs.importing import document
from ctgdocs.redline import outline, reading, redline
from ctgdocs.templates import Template
from ctgdocs.templates.linting import lint
from ctgdocs.word import read, words_of
from ctgdocs.word.names import W_NS
from ctgdocs.word.parts import parse, w
from ctgdocs.word.strict import transitional, usual

DELIBERATION = REPOSITORY / "templates/deliberations/deliberation.docx"
DAY = date(2027, 1, 15)


def a_document(*paragraphs: str) -> bytes:
    document = blank()
    section = document.sections[0]
    section.page_width, section.page_height, section.left_margin = Cm(21), Cm(29.7), Cm(3)
    document.styles["Normal"].font.size = Pt(11)
    document.add_heading("Convention", 1)
    for text in paragraphs:
        document.add_paragraph(text)
    table = document.add_table(1, 2, style="Table Grid")
    table.rows[0].cells[0].text = "Poste"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_a_strict_file_says_and_looks_what_the_ordinary_one_does() -> None:
    ordinary = a_document("Premier alinéa.")
    there, here = read(ordinary), read(strict(ordinary))
    assert here.keys() == there.keys()
    for name in (name for name in there if name.endswith((".xml", ".rels"))):
        assert etree.tostring(parse(here[name]), method="c14n") == etree.tostring(
            parse(there[name]), method="c14n"
        )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ('<w:pgSz w:w="21cm" w:h="297mm"/>', '<w:pgSz w:w="11906" w:h="16838"/>'),
        ('<w:spacing w:before="12pt" w:line="0.5in"/>', '<w:spacing w:before="240" w:line="720"/>'),
        ('<w:sz w:val="11pt"/>', '<w:sz w:val="22"/>'),
        ('<w:tblW w:type="pct" w:w="50%"/>', '<w:tblW w:type="pct" w:w="2500"/>'),
        ('<w:w w:val="80%"/>', '<w:w w:val="80"/>'),
        ('<w:zoom w:percent="100%"/>', '<w:zoom w:percent="100"/>'),
        ('<w:jc w:val="end"/>', '<w:jc w:val="right"/>'),
        ('<w:tab w:val="start" w:pos="1cm"/>', '<w:tab w:val="left" w:pos="567"/>'),
        ('<w:ind w:start="36pt" w:endChars="2"/>', '<w:ind w:left="720" w:rightChars="2"/>'),
        ('<w:tcMar><w:start w:w="1pt"/></w:tcMar>', '<w:tcMar><w:left w:w="20"/></w:tcMar>'),
        ('<w:textDirection w:val="lr"/>', '<w:textDirection w:val="btLr"/>'),
        ('<w:style><w:name w:val="12pt"/></w:style>', '<w:style><w:name w:val="12pt"/></w:style>'),
        ('<w:lvl><w:start w:val="1"/></w:lvl>', '<w:lvl><w:start w:val="1"/></w:lvl>'),
    ],
)
def test_values_are_typed_as_the_ordinary_dialect_types_them(typed: str, meant: str) -> None:
    part = f'<w:x xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main">{typed}</w:x>'
    (mapped,) = parse(transitional({"word/x.xml": part.encode()})["word/x.xml"])
    (expected,) = parse(f'<w:x xmlns:w="{W_NS}">{meant}</w:x>'.encode())
    assert etree.tostring(mapped, method="c14n") == etree.tostring(expected, method="c14n")


def test_percentages_of_drawings_and_charts_are_numbers() -> None:
    drawing = b'<a:x xmlns:a="http://purl.oclc.org/ooxml/drawingml/main"><a:tint val="40.5%"/></a:x>'
    chart = b'<c:x xmlns:c="http://purl.oclc.org/ooxml/drawingml/chart"><c:gapWidth val="150%"/></c:x>'
    mapped = transitional({"a.xml": drawing, "c.xml": chart})
    assert parse(mapped["a.xml"])[0].get("val") == "40500"
    assert parse(mapped["c.xml"])[0].get("val") == "150"


def test_an_address_in_the_text_stays() -> None:
    told = 'écrire ="http://purl.oclc.org/ooxml/wordprocessingml/main"'
    assert told in words_of(strict(a_document(told)))


def prefixed_otherwise(data: bytes) -> bytes:
    """A Word file as a program writes it that knows no prefix: `ns0:p`."""
    package = unzipped(data)
    for name in (name for name in package if name.startswith("word/") and name.endswith(".xml")):
        package[name] = ElementTree.tostring(ElementTree.fromstring(package[name]))
    return zipped(package)


@pytest.mark.parametrize("dialect", [strict, prefixed_otherwise])
def test_every_door_reads_it(dialect: Callable[[bytes], bytes]) -> None:
    old, new = dialect(a_document("Montant : dix.")), dialect(a_document("Montant : vingt."))
    assert reading(redline(old, new, author="x", date=DAY)).insertions == 1
    assert outline(new) == outline(a_document("Montant : vingt."))
    assert [para.text for para in document.opened("x.docx", old).paras()] == [
        "Convention",
        "Montant : dix.",
        "Poste",
    ]
    assert words_of(old) == ["Convention", "Montant : dix.", "Poste"]
    template = dialect(a_document("Objet : {{ objet }}"))
    assert lint(io.BytesIO(template), {"objet": "x"}) == []
    made = Template.load(io.BytesIO(template)).render({"objet": "la convention"})
    assert "Objet : la convention" in words_of(made)


@pytest.mark.parametrize("dialect", [strict, prefixed_otherwise])
def test_such_a_charte_dresses_as_the_ordinary_one(dialect: Callable[[bytes], bytes]) -> None:
    charte = a_document()
    context = {"objet": "x"}
    template = a_document("{{ objet }}")
    plain = Template.load(io.BytesIO(template), io.BytesIO(charte)).render(context)
    dressed = Template.load(io.BytesIO(template), io.BytesIO(dialect(charte))).render(context)
    for name in ("word/styles.xml", "word/document.xml"):
        written, meant = (parse(unzipped(made)[name]) for made in (dressed, plain))
        for root in (written, meant):  # what Ignorable names, nothing declares once another program wrote it
            root.attrib.pop("{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable", None)
        assert etree.tostring(written, method="c14n", exclusive=True) == etree.tostring(
            meant, method="c14n", exclusive=True
        )
    assert opened(unzipped(dressed)).styles["Normal"].font.size == Pt(11)


def test_values_that_name_prefixes_follow_them() -> None:
    part = (
        f'<ns0:p xmlns:ns0="{W_NS}" xmlns:ns1="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:ns2="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:z="urn:z"'
        ' ns1:Ignorable="ns2 z gone"><ns0:r ns0:rsidR="1" ns2:paraId="2"><z:a b="3"/></ns0:r></ns0:p>'
    )
    mapped = usual({"word/x.xml": part.encode()})["word/x.xml"].decode()
    assert ' mc:Ignorable="w14 z"' in mapped
    assert '<w:r w:rsidR="1" w14:paraId="2"><z:a b="3"/></w:r>' in mapped


def test_a_charte_part_that_is_not_words_is_an_error() -> None:
    charte = unzipped(a_document())
    charte["word/styles.xml"] = charte["word/styles.xml"].replace(
        W_NS.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    )
    with pytest.raises(TemplateError, match=r"word/styles\.xml.*n’est pas du Word ordinaire"):
        Template.load(io.BytesIO(a_document("x")), io.BytesIO(zipped(charte)))


def test_the_command_compares_strict_files(tmp_path: Path) -> None:
    for name, amount in (("ancien", "dix"), ("nouveau", "vingt")):
        (tmp_path / f"{name}.docx").write_bytes(strict(a_document(f"Montant : {amount}.")))
    target = tmp_path / "x.docx"
    words = ["comparer", *(str(tmp_path / f"{name}.docx") for name in ("ancien", "nouveau"))]
    assert main([*words, "--date", "2027-01-15", "-o", str(target)]) == 0
    assert parse(unzipped(target.read_bytes())["word/document.xml"]).find(f".//{w('ins')}") is not None
