"""Page numbers filled in after the pages are laid out; references for LibreOffice."""

from __future__ import annotations

import re

import pytest
from blank import blank
from word_samples import a_template, package_of, text_of, unzipped, zipped

from ctgdocs.prose import Contents, ContentsEntry, Paragraph, Prose, Run
from ctgdocs.templates import Template
from ctgdocs.word import Mark, for_libreoffice, mark_of, numbered, words_of

MARK = Mark("conventions/pret", "sorties/conventions/pret.docx")
ENTRIES = Contents(
    (ContentsEntry("Article 1", "Objet", 1, "a_objet"), ContentsEntry("", "Plan", 1, "f_plan"))
)
CITING = Paragraph(
    (Run("Voir l’"), Run("article 1", ref="a_objet"), Run(", et l’"), Run("1.2", ref="a_b"), Run("."))
)


@pytest.fixture(scope="module")
def document() -> bytes:
    template = Template.load(zipped(a_template("{{p texte }}")))
    return template.render({"texte": Prose((ENTRIES, CITING))}, mark=MARK)


def shown(document: bytes) -> list[str]:
    body = unzipped(document)["word/document.xml"].decode()
    found = re.findall(r'PAGEREF .*?"separate"/></w:r>(.*?)<w:r><w:fldChar w:fldCharType="end"', body)
    return [re.sub(r"<[^>]*>", "", one) for one in found]


def test_pages_are_filled_in_and_the_document_stays_ours(document: bytes) -> None:
    made = numbered(document, {"a_objet": 4})
    assert shown(document) == ["", ""]
    assert shown(made) == ["4", ""]
    assert mark_of(made) == mark_of(document) == MARK
    assert words_of(made) == words_of(document)  # no page number is a word of the document


def test_pages_already_there_are_left(document: bytes) -> None:
    once = numbered(document, {"a_objet": 4, "f_plan": 5})
    assert numbered(once, {"a_objet": 7, "f_plan": 8}) is once


def test_what_somebody_wrote_to_or_counts_otherwise_is_left(document: bytes) -> None:
    parts = unzipped(document)
    edited = zipped({**parts, "word/document.xml": parts["word/document.xml"].replace(b"Objet", b"Sujet")})
    assert numbered(edited, {"a_objet": 4}) is edited
    template = a_template("{{p texte }}")
    body = template["word/document.xml"].replace(b"<w:pgMar", b'<w:pgNumType w:start="3"/><w:pgMar')
    counted = Template.load(zipped({**template, "word/document.xml": body}))
    made = counted.render({"texte": Prose((ENTRIES,))}, mark=MARK)
    assert numbered(made, {"a_objet": 4}) is made


def test_libreoffice_is_given_references_as_links(document: bytes) -> None:
    body = unzipped(for_libreoffice(document).word)["word/document.xml"].decode()
    assert "Lower" not in body
    assert (
        '<w:hyperlink w:anchor="a_objet"><w:r><w:t xml:space="preserve">article 1</w:t></w:r></w:hyperlink>'
        in body
    )
    assert text_of(body).splitlines()[-1] == "Voir l’article 1, et l’1.2."
    assert for_libreoffice(for_libreoffice(document).word).word == for_libreoffice(document).word


@pytest.mark.parametrize(
    ("before", "kept", "hidden"),
    [(24, 1, 1), (23, 2, 2), (23, 1, 0), (25, 1, 0), (20, 5, 5), (0, 25, 0), (24, 0, 0)],
)
def test_what_stays_together_begins_the_second_page_of_libreoffice_s_guess(
    before: int, kept: int, hidden: int
) -> None:
    file = blank()
    for rank in range(before):
        file.add_paragraph(f"alinéa {rank}")
    for rank in range(kept):
        file.add_paragraph(f"titre {rank}", style="Heading 1")
    file.add_paragraph("texte")
    settled = unzipped(for_libreoffice(zipped(package_of(file))).word)["word/document.xml"].decode()
    assert settled.count("<w:vanish/>") == hidden
    said = re.findall(r"<w:vanish/>|<w:t[^>]*>[^<]*", settled)
    assert said[before : before + hidden] == ["<w:vanish/>"] * hidden


@pytest.mark.parametrize(("rows", "hidden"), [(20, 22), (19, 0), (30, 0)])
def test_a_table_that_stays_with_what_follows_begins_the_second_page_whole(rows: int, hidden: int) -> None:
    file = blank()
    for rank in range(3):
        file.add_paragraph(f"alinéa {rank}")
    file.add_heading("Agents", 1)
    table = file.add_table(rows, 1)
    for cell in table.columns[0].cells:
        cell.paragraphs[0].text = "nom"
        cell.paragraphs[0].paragraph_format.keep_with_next = True
    file.add_paragraph("Nombre de personnes", style="Heading 2")
    file.add_paragraph("texte")
    settled = unzipped(for_libreoffice(zipped(package_of(file))).word)["word/document.xml"].decode()
    assert settled.count("<w:vanish/>") == hidden
    said = re.findall(r"<w:vanish/>|<w:t[^>]*>[^<]*", settled)
    assert said[3 : 3 + hidden] == ["<w:vanish/>"] * hidden
