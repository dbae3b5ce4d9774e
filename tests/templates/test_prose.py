"""Long text in Word: named styles, real lists that restart, notes, links, tables."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from word_samples import a_template, opened, package_of, text_of

from ctgdocs.prose import Cell, Contents, ContentsEntry, ListBlock, Paragraph, Prose, Run, TableBlock
from ctgdocs.templates.layout import raised
from ctgdocs.templates.prose import ProseWriter
from ctgdocs.templates.prose_styles import styles_of, with_house_styles
from ctgdocs.templates.tables import column_widths


def p(text: str, role: str = "corps") -> Paragraph:
    return Paragraph((Run(text),), role)


def items(*texts: str, **options: object) -> ListBlock:
    return ListBlock(tuple((p(text),) for text in texts), **options)  # type: ignore[arg-type]


def cell(text: str, align: str = "left") -> Cell:
    return Cell((p(text),), align)  # type: ignore[arg-type]


BUDGET = TableBlock(
    (
        (cell("Dépenses"), cell("Montant", "right")),
        (cell("Mobilier"), cell("15 894,00 €", "right")),
        (cell("Total"), cell("15 894,00 €", "right")),
    ),
    total=True,
    caption="Plan de financement",
)


@pytest.fixture(scope="module")
def prepared() -> dict[str, bytes]:
    return with_house_styles(a_template("avant"))


def written(prepared: dict[str, bytes], *blocks: object) -> tuple[str, dict[str, bytes]]:
    """The XML of a prose, and the package with it as its whole body."""
    writer = ProseWriter(styles_of(prepared))
    xml = writer.write(Prose(blocks))  # type: ignore[arg-type]
    package = dict(prepared)
    body = re.sub(
        rb"<w:p>.*?</w:p>", lambda _: xml.encode(), package["word/document.xml"], count=1, flags=re.S
    )
    package["word/document.xml"] = body
    return xml, package | writer.finish(package)


def test_text_comes_out_whole_whatever_it_holds(prepared: dict[str, bytes]) -> None:
    nasty = "Dupont & Fils <select> fin ]]> « {{ x }} » {% if %} 🎉 \" '"
    _, package = written(prepared, p(nasty))
    assert opened(package).paragraphs[0].text == nasty


def test_looks_are_named_styles_never_direct_formatting(prepared: dict[str, bytes]) -> None:
    runs = (Run("un "), Run("gras", bold=True), Run("fin", italic=True), Run("deux", bold=True, italic=True))
    xml, package = written(prepared, Paragraph((*runs, Run("er", superscript=True), Run("x=1", code=True))))
    styles = [run.style.name for run in opened(package).paragraphs[0].runs if run.style]
    assert styles == [
        "Default Paragraph Font", "Strong", "Emphasis", "Intense Emphasis", "Exposant", "HTML Code"
    ]  # fmt: skip
    assert "<w:b/>" not in xml
    assert "<w:i/>" not in xml


def test_a_bold_superscript_keeps_both_looks(prepared: dict[str, bytes]) -> None:
    xml, _ = written(prepared, Paragraph((Run("er", bold=True, superscript=True),)))
    assert '<w:rStyle w:val="Exposant"/><w:b/>' in xml


def test_a_line_break_is_a_break(prepared: dict[str, bytes]) -> None:
    _, package = written(prepared, Paragraph((Run("a", line_break=True), Run("b"))))
    assert opened(package).paragraphs[0].text == "a\nb"


def test_a_role_that_the_template_lacks_is_body_text(prepared: dict[str, bytes]) -> None:
    _, package = written(prepared, p("texte", "role-inconnu"))
    style = opened(package).paragraphs[0].style
    assert style is not None
    assert style.name == "Body Text"


def test_each_numbered_list_starts_again(prepared: dict[str, bytes]) -> None:
    xml, package = written(prepared, items("a", "b", ordered=True), p("entre"), items("c", ordered=True))
    first, same, second = re.findall(r'<w:numId w:val="(\d+)"/>', xml)
    assert first == same != second
    numbering = package["word/numbering.xml"].decode()
    assert numbering.count("<w:startOverride") == 2


def test_a_numbered_list_may_start_elsewhere(prepared: dict[str, bytes]) -> None:
    _, package = written(prepared, items("a", ordered=True, start=4))
    assert '<w:startOverride w:val="4"/>' in package["word/numbering.xml"].decode()


def test_nested_lists_use_the_styles_of_their_depth(prepared: dict[str, bytes]) -> None:
    deep = ListBlock(((p("trois"), p("suite")),), ordered=True)
    nested = ListBlock(((p("un"), ListBlock(((p("deux"), deep),))),))
    _, package = written(prepared, nested)
    names = [paragraph.style.name for paragraph in opened(package).paragraphs if paragraph.style]
    assert names == ["List Bullet", "List Bullet 2", "List Number 3", "List Continue 3"]


def test_lists_deeper_than_three_stay_at_the_third_level(prepared: dict[str, bytes]) -> None:
    block = items("fond")
    for text in "cba":
        block = ListBlock(((p(text), block),))
    _, package = written(prepared, block)
    last = opened(package).paragraphs[3]
    assert (last.style.name if last.style else "", last.text) == ("List Bullet 3", "fond")


def test_bulleted_lists_are_real_lists(prepared: dict[str, bytes]) -> None:
    styles = prepared["word/styles.xml"].decode()
    for id in ("ListBullet", "ListBullet2", "ListBullet3", "ListNumber", "ListNumber2", "ListNumber3"):
        style = re.search(rf'<w:style [^>]*w:styleId="{id}".*?</w:style>', styles, re.S)
        assert style is not None
        assert "<w:numPr>" in style[0]


def test_a_link_has_one_address_per_document(prepared: dict[str, bytes]) -> None:
    link = Run("le site", href="https://www.cc-vaurelle.example/?a=1&b=2")
    xml, package = written(prepared, Paragraph((link,)), Paragraph((link,)))
    relations = package["word/_rels/document.xml.rels"].decode()
    assert relations.count("https://www.cc-vaurelle.example/?a=1&amp;b=2") == 1
    assert xml.count('r:id="rIdLien1"') == 2


def test_a_link_to_anything_else_is_plain_text(prepared: dict[str, bytes]) -> None:
    xml, _ = written(prepared, Paragraph((Run("ici", href="javascript:alert(1)"),)))
    assert "hyperlink" not in xml
    assert text_of(xml) == "ici"


def test_the_last_paragraph_keeps_with_the_next_when_the_tag_did(prepared: dict[str, bytes]) -> None:
    writer = ProseWriter(styles_of(prepared))
    xml = writer.write(Prose((p("un"), items("deux", ordered=True))), keep_next=True)
    assert xml.count("<w:keepNext/>") == 1
    assert '<w:pStyle w:val="ListNumber"/><w:keepNext/><w:numPr>' in xml


def test_a_sentence_that_announces_a_list_or_a_table_stays_on_its_page(prepared: dict[str, bytes]) -> None:
    table = TableBlock(((Cell((p("a"),)),),))
    xml, _ = written(
        prepared, p("Le plan est le suivant\u00a0:"), table, p("Deux axes :"), items("un"), p("Fin :")
    )
    kept = re.findall(r"<w:keepNext/></w:pPr><w:r><w:t[^>]*>([^<]*)<", xml)
    assert kept == ["Le plan est le suivant\u00a0:", "Deux axes :"]
    assert "<w:keepNext/>" not in written(prepared, p("Sans rien annoncer."), table)[0]


def test_a_column_is_never_narrower_than_its_longest_word() -> None:
    rows = (
        (cell("Lieu"), cell("Nature")),
        (cell("Salle des fêtes de Belmaure-de-Vaurelle"), cell("ludothèque")),
    )
    asked = TableBlock(rows, widths=(95, 5))
    lieu, nature = column_widths(asked, 2, 9000)
    assert lieu + nature == 9000
    assert nature >= len("ludothèque") * 115
    assert column_widths(TableBlock(rows, widths=(60, 40)), 2, 9000) == [5400, 3600]


def test_a_reference_is_a_field_that_already_shows_its_number(prepared: dict[str, bytes]) -> None:
    heading = Paragraph((Run("Engagements"),), "titre1", bookmark="article_3")
    xml, _ = written(prepared, heading, Paragraph((Run("voir l’article "), Run("3", ref="article_3"))))
    assert '<w:bookmarkStart w:id="50000" w:name="article_3"/>' in xml
    assert '<w:bookmarkEnd w:id="50000"/></w:p>' in xml
    assert r" article_3 \n \h \* Lower " in xml
    assert text_of(xml) == "Engagements\nvoir l’article 3"


def test_an_entry_of_the_table_of_contents_asks_for_the_page_of_its_heading(
    prepared: dict[str, bytes],
) -> None:
    entries = (ContentsEntry("1", "Objet", 1, "a1"), ContentsEntry("", "Fiche 1.1", 2, "a2"))
    xml, _ = written(prepared, Contents(entries))
    assert re.findall(r"<w:instrText[^>]*>([^<]*)<", xml) == [r" PAGEREF a1 \h ", r" PAGEREF a2 \h "]
    assert xml.count('w:fldCharType="begin" w:dirty="true"') == xml.count('w:fldCharType="end"') == 2
    assert text_of(xml.replace("<w:tab/>", "<w:t>⇥</w:t>")) == "1⇥Objet⇥\nFiche 1.1⇥"
    assert re.findall(r'w:anchor="(\w+)"', xml) == ["a1", "a2"]


def test_a_footnote_stands_in_the_notes_part(prepared: dict[str, bytes]) -> None:
    note = Run("", note=(p("Loi n° 2021-1310."), Paragraph((Run("lien", href="https://x.fr"),))))
    xml, package = written(prepared, Paragraph((Run("texte"), note)))
    assert '<w:footnoteReference w:id="1"/>' in xml
    assert "Loi n° 2021-1310." in text_of(package["word/footnotes.xml"])
    assert "https://x.fr" in package["word/_rels/footnotes.xml.rels"].decode()


def test_ordinals_are_raised_in_text_and_notes_never_in_code(prepared: dict[str, bytes]) -> None:
    writer = ProseWriter(styles_of(prepared), ordinals=True)
    runs = (Run("le 1er "), Run("1er", code=True), Run("", note=(p("2e avis"),)))
    xml = raised(writer.write(Prose((Paragraph(runs),))), "Exposant")
    notes = writer.finish(prepared)["word/footnotes.xml"].decode()
    assert xml.count('<w:rStyle w:val="Exposant"/>') == 1
    assert notes.count('<w:rStyle w:val="Exposant"/>') == 1
    assert text_of(xml) == "le 1er 1er"


def test_a_table_repeats_its_heading_and_never_splits_a_row(prepared: dict[str, bytes]) -> None:
    xml, package = written(prepared, BUDGET)
    table = opened(package).tables[0]
    assert xml.count("<w:tblHeader/>") == 1
    assert xml.count("<w:cantSplit/>") == 3
    assert [c.text for c in table.rows[2].cells] == ["Total", "15 894,00 €"]
    assert table.style is not None
    assert table.style.name == "Tableau acte"


def test_amounts_are_set_right_by_a_style_and_the_total_is_bold(prepared: dict[str, bytes]) -> None:
    _, package = written(prepared, BUDGET)
    total = opened(package).tables[0].cell(2, 1).paragraphs[0]
    assert total.style is not None
    assert total.style.name == "Tableau montant"
    assert total.runs[0].style is not None
    assert total.runs[0].style.name == "Strong"


def test_the_columns_fill_the_text_width(prepared: dict[str, bytes]) -> None:
    xml, _ = written(prepared, BUDGET)
    widths = [int(width) for width in re.findall(r'<w:gridCol w:w="(\d+)"/>', xml)]
    assert sum(widths) == styles_of(prepared).text_width


def test_asked_widths_are_ratios(prepared: dict[str, bytes]) -> None:
    rows = ((cell("a"), cell("b")),)
    xml, _ = written(prepared, TableBlock(rows, header=False, widths=(1, 3)))
    left, right = (int(width) for width in re.findall(r'<w:gridCol w:w="(\d+)"/>', xml))
    assert right == pytest.approx(3 * left, abs=4)


def test_two_tables_never_touch(prepared: dict[str, bytes]) -> None:
    bare = TableBlock(((cell("a"),),))
    xml, _ = written(prepared, bare, bare)
    assert "</w:tbl><w:tbl>" not in xml


def test_a_table_has_a_text_for_those_who_cannot_see_it(prepared: dict[str, bytes]) -> None:
    xml, _ = written(prepared, BUDGET, TableBlock(((cell("Poste"), cell("Coût")),)))
    assert re.findall(r'<w:tblCaption w:val="([^"]*)"', xml) == [
        "Plan de financement",
        "Tableau : Poste, Coût",
    ]


def test_writing_needs_no_xml_parser() -> None:
    program = (
        "import sys, ctgdocs.templates.prose as p; sys.exit('lxml' in sys.modules or 'docx' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_preparing_twice_changes_nothing(prepared: dict[str, bytes]) -> None:
    assert with_house_styles(prepared) == prepared


def test_the_same_prose_gives_the_same_bytes(prepared: dict[str, bytes]) -> None:
    blocks = (items("a", ordered=True), BUDGET, Paragraph((Run("x", href="https://x.fr"),)))
    assert written(prepared, *blocks) == written(prepared, *blocks)


def test_the_template_keeps_its_own_notes() -> None:
    document = opened(with_house_styles(a_template("x")))
    once = with_house_styles(package_of(document))
    notes = '<w:footnote w:id="7"><w:p><w:r><w:t>du modèle</w:t></w:r></w:p></w:footnote></w:footnotes>'
    name = styles_of(once).footnotes_part
    once[name] = once[name].replace(b"</w:footnotes>", notes.encode())
    xml, package = written(once, Paragraph((Run("t"), Run("", note=(p("nouvelle"),)))))
    assert 'w:footnoteReference w:id="8"' in xml
    assert {"du modèle", "nouvelle"} <= {line.strip() for line in text_of(package[name]).splitlines()}


def a_table(lines: int) -> TableBlock:
    body = tuple((cell(f"Ligne {at}"), cell("10 €", "right")) for at in range(lines))
    return TableBlock(
        ((cell("Poste"), cell("Montant", "right")), *body, (cell("Total"), cell("10 €", "right"))), total=True
    )


@pytest.mark.parametrize(("lines", "kept"), [(2, [0, 1, 2]), (11, list(range(12))), (30, [0, 29, 30])])
def test_a_short_table_is_not_cut_and_a_total_is_never_alone(
    prepared: dict[str, bytes], lines: int, kept: list[int]
) -> None:
    xml, _ = written(prepared, a_table(lines))
    rows = xml.split("<w:tr>")[1:]
    assert [at for at, row in enumerate(rows) if row.count("<w:keepNext/>") == 2] == kept
    assert all("<w:cantSplit/>" in row for row in rows)


def test_a_list_in_a_cell_wears_the_style_of_the_cell(prepared: dict[str, bytes]) -> None:
    items = tuple((Paragraph((Run(word),), "tableau_texte"),) for word in ("un", "deux"))
    _, package = written(prepared, ListBlock(items), ListBlock(items, ordered=True))
    paragraphs = opened(package).paragraphs[:4]
    assert {paragraph.style.name for paragraph in paragraphs} == {"Tableau texte"}
    numbers = [paragraph._p.pPr.numPr.numId.val for paragraph in paragraphs]
    assert numbers[0] == numbers[1] != numbers[2] == numbers[3]


def test_among_too_many_columns_figures_are_not_cut(prepared: dict[str, bytes]) -> None:
    words = ["Partenaires", "Indicateurs", "Avancement", "Observations", "Porteurs", "Objectifs", "Échéances"]
    figures = cell("410 000 €", "right")
    row = (*(cell(word) for word in words), figures, figures, figures)
    xml, _ = written(prepared, TableBlock((tuple(cell("T") for _ in row), row)))
    widths = [int(width) for width in re.findall(r'<w:gridCol w:w="(\d+)"/>', xml)]
    assert min(widths[-3:]) > 9 * 115
