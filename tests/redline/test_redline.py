"""What a redline marks, and what it leaves alone: rows, headers, notes, links, lists, no-break spaces."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable

import pytest
from blank import blank
from docx.document import Document as DocumentType
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from redline_documents import Text, docx
from word_samples import unzipped, zipped

from ctgdocs.findings import TemplateError
from ctgdocs.prose import (
    Cell,
    Chart,
    Contents,
    ContentsEntry,
    ListBlock,
    Paragraph,
    Prose,
    Run,
    Series,
    TableBlock,
)
from ctgdocs.redline import accept_all, lines, outline, page, reading, redline, reject_all
from ctgdocs.redline.align import TOKEN, alike, changes, same
from ctgdocs.redline.outlining import Paragraph as Said
from ctgdocs.templates import Template

DAY = dt.date(2026, 12, 1)


def word(make: Callable[[DocumentType], object]) -> bytes:
    document = blank()
    make(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def p(text: str, role: str = "corps") -> Paragraph:
    return Paragraph((Run(text),), role)


def text(*blocks: object, header: str = "") -> bytes:
    return docx(Text(blocks, header))  # type: ignore[arg-type]


def table(*rows: tuple[str, ...]) -> TableBlock:
    return TableBlock(tuple(tuple(Cell((p(one),)) for one in row) for row in rows))


def woven(old: bytes, new: bytes) -> str:
    """The body of the redline, once the gate is passed."""
    made = redline(old, new, author="Le service", date=DAY)
    assert outline(accept_all(made)) == outline(new)
    assert outline(reject_all(made)) == outline(old)
    return unzipped(made)["word/document.xml"].decode()


def shown(old: bytes, new: bytes) -> list[str]:
    return [*lines(reading(redline(old, new, author="Le service", date=DAY)))]


# --- words ----------------------------------------------------------------------------------------------


def test_a_no_break_space_counts() -> None:
    assert shown(text(p("le 31 janvier")), text(p("le 31\u00a0janvier"))) == ["le 31[- -]{+\u00a0+}janvier"]


def test_scattered_words_are_told_as_one_phrase() -> None:
    old = "Mme Florence Castéra, directrice adjointe, par délégation du directeur général"
    new = "M. Vincent Delrieu, directeur général"
    assert shown(text(p(f"La MSA, représentée par {old}.")), text(p(f"La MSA, représentée par {new}."))) == [
        "La MSA, représentée par [-Mme Florence Castéra, directrice adjointe, par délégation du-]"
        "{+M. Vincent Delrieu,+} directeur général."
    ]


def test_a_sentence_with_nothing_left_is_replaced_whole() -> None:
    a, b = (
        ["Le", "comité", "de", "pilotage", "se", "réunit."],
        ["Aucune", "réunion", "de", "ce", "genre", "n’est", "prévue."],
    )
    assert [one.kept for one in changes(a, b)] == [False]


@pytest.mark.parametrize(
    ("words", "tokens"),
    [
        ("l’élue", ["l’", "élue"]),
        ("12\u00a0500,00\u00a0€", ["12\u00a0500,00", "\u00a0", "€"]),
        ("n° 2026-045", ["n", "°", " ", "2026-045"]),
        ("sous-préfecture", ["sous-préfecture"]),
    ],
)
def test_tokens_are_those_of_french(words: str, tokens: list[str]) -> None:
    assert TOKEN.findall(words) == tokens


def test_words_split_over_runs_are_whole_words() -> None:
    split = text(Paragraph((Run("la conven"), Run("tion", bold=True), Run(" territoriale"))))
    changed = re.findall(r"<w:(ins|del) ", woven(text(p("la convention territoriale")), split))
    assert changed == []


def test_what_is_bold_now_is_a_change_of_look_not_of_words() -> None:
    document = woven(text(p("un mot")), text(Paragraph((Run("un "), Run("mot", bold=True)))))
    assert "<w:rPrChange" in document
    assert "<w:ins" not in document


# --- blocks ---------------------------------------------------------------------------------------------


def test_a_repeated_label_does_not_pull_two_chapters_together() -> None:
    a = ["A", "Pilote", "un", "B", "Pilote", "deux"]
    b = ["B", "Pilote", "deux", "C", "Pilote", "trois"]
    assert same(a, b) == [(3, 0), (4, 1), (5, 2)]


def test_nothing_is_paired_against_its_will() -> None:
    class Stranger:
        def likeness(self, other: object) -> float:
            return 0.1

    assert alike([Stranger()], [Stranger()], 0.3) == []


def test_a_moved_paragraph_is_deleted_and_inserted_never_moved() -> None:
    a, b, c = (p(one) for one in ("Le préambule.", "Les engagements de la Caf.", "La durée fixée."))
    document = woven(text(a, b, c), text(b, c, a))
    assert "<w:move" not in document
    assert document.count("<w:del ") >= 1


def test_rows_come_and_go_one_by_one() -> None:
    old = text(table(("Poste", "Montant"), ("Salaires", "30 000"), ("Locaux", "5 000")), p("Fin."))
    new = text(table(("Poste", "Montant"), ("Salaires", "32 000"), ("Matériel", "900")), p("Fin."))
    document = woven(old, new)
    assert len(re.findall(r"<w:trPr>(?:(?!</w:trPr>).)*<w:(?:ins|del) ", document)) == 2
    assert "32" in document


def test_a_table_with_another_column_is_replaced() -> None:
    old = text(table(("a", "b"), ("c", "d")), p("Fin."))
    new = text(table(("a", "b", "x"), ("c", "d", "y")), p("Fin."))
    assert len(re.findall(r"<w:tbl>", woven(old, new))) == 2


def test_paragraphs_added_at_the_very_end_keep_the_last_mark_untracked() -> None:
    document = woven(text(p("Un.", "titre1")), text(p("Un.", "titre1"), p("Deux.", "citation"), p("Trois.")))
    last = document[document.rindex("<w:p>") :]
    assert "<w:rPr><w:ins" not in last[: last.index("</w:pPr>")]


def test_cells_that_grow_or_shrink_pass_the_gate() -> None:
    one = TableBlock(((Cell((p("un"),)), Cell((p("a"),))),))
    more = TableBlock(((Cell((p("un"), p("deux"), p("trois"))), Cell((p("a"),))),))
    woven(text(one, p("Fin.")), text(more, p("Fin.")))
    woven(text(more, p("Fin.")), text(one, p("Fin.")))


def test_lists_keep_their_numbers_on_both_sides() -> None:
    def numbered(*items: str) -> ListBlock:
        return ListBlock(tuple((p(one),) for one in items), ordered=True)

    old = text(numbered("signer", "suivre"), p("Puis :"), numbered("évaluer", "renouveler"))
    new = text(
        numbered("préparer"), p("Ensuite :"), numbered("signer", "suivre", "financer"), p("Puis :"),
        numbered("évaluer"),
    )  # fmt: skip
    woven(old, new)
    assert [one.number for one in outline(old).body if isinstance(one, Said) and one.number] == [
        "1.", "2.", "1.", "2.",
    ]  # fmt: skip


def test_lists_of_another_template_keep_their_numbers() -> None:
    """The two files give the same list number to different lists."""

    def plain(document: DocumentType) -> None:
        for item in ("un", "deux"):
            document.add_paragraph(item, style="List Number")
        document.add_paragraph("trois", style="List Bullet")

    woven(word(plain), text(ListBlock(((p("un"),), (p("deux"),))), p("trois")))
    woven(text(ListBlock(((p("un"),), (p("deux"),)), ordered=True), p("trois")), word(plain))


# --- what is around the text ------------------------------------------------------------------------------


def test_headers_are_compared_too() -> None:
    made = redline(text(p("x"), header="Projet du 1er juin"), text(p("x"), header="Projet du 3 juillet"),
                   author="A", date=DAY)  # fmt: skip
    headers = [part for name, part in unzipped(made).items() if "header" in name and name.endswith(".xml")]
    assert any(b"<w:delText" in part and b"<w:ins " in part for part in headers)


def test_a_section_that_comes_or_goes_takes_its_page_with_it() -> None:
    lone, across = (
        docx(Text((p("Corps."),), "En-tête")),
        docx(Text((p("Corps."),), "En-tête", "", (p("Annexe."),))),
    )
    woven(lone, across)
    woven(across, lone)


def test_a_note_is_marked_with_its_call() -> None:
    with_note = text(Paragraph((Run("texte"), Run("", note=(p("La note.", "note"),)))))
    made = redline(text(p("texte")), with_note, author="A", date=DAY)
    assert "La note." in " ".join(words for words in _notes(accept_all(made)))
    assert "La note." not in " ".join(words for words in _notes(reject_all(made)))
    woven(with_note, text(p("texte")))


def _notes(data: bytes) -> list[str]:
    return re.findall(r"<w:t[^>]*>([^<]*)", unzipped(data)["word/footnotes.xml"].decode())


def test_a_deleted_link_keeps_its_address() -> None:
    linked = text(Paragraph((Run("voir "), Run("le site", href="https://exemple.fr/a"))), p("Fin."))
    document = woven(linked, text(p("Fin.")))
    assert "<w:hyperlink" in document


def test_a_simple_field_is_inserted_whole() -> None:
    def paged(document: DocumentType) -> None:
        field = OxmlElement("w:fldSimple")
        field.set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}instr", " PAGE ")
        document.add_paragraph("Page ")._p.append(field)

    document = woven(word(lambda d: d.add_paragraph("Page ")), word(paged))
    assert "<w:fldSimple" not in document
    inserted = re.findall(r"<w:ins .*?</w:ins>", document, re.S)
    assert any('fldCharType="begin"' in one for one in inserted)


def test_changes_that_a_file_already_tracks_are_taken_as_made() -> None:
    first = redline(text(p("un deux trois")), text(p("un quatre trois")), author="Caf", date=DAY)
    document = woven(accept_all(first), text(p("un cinq trois")))
    again = redline(first, text(p("un cinq trois")), author="Le service", date=DAY)
    assert unzipped(again)["word/document.xml"].decode().count("<w:ins ") == document.count("<w:ins ")
    assert b'w:author="Caf"' not in unzipped(again)["word/document.xml"]


def test_what_is_not_a_word_file_is_refused() -> None:
    with pytest.raises(TemplateError, match="document Word"):
        redline(b"PK rien", text(p("x")), author="A", date=DAY)


# --- settling what others tracked -------------------------------------------------------------------------

MARK = 'w:id="1" w:author="x" w:date="2026-01-01T00:00:00Z"'


def tracked(body: str) -> bytes:
    package = unzipped(word(lambda document: document.add_paragraph("CORPS")))
    document = package["word/document.xml"].decode()
    package["word/document.xml"] = re.sub(r"<w:p>.*?</w:p>", body, document, count=1, flags=re.S).encode()
    return zipped(package)


@pytest.mark.parametrize(
    ("body", "accepted", "rejected"),
    [
        (f"<w:p><w:ins {MARK}><w:r><w:t>neuf</w:t></w:r></w:ins><w:del {MARK}><w:r>"
         "<w:delText>vieux</w:delText></w:r></w:del></w:p>", ["neuf"], ["vieux"]),
        (f"<w:p><w:pPr><w:rPr><w:del {MARK}/></w:rPr></w:pPr><w:r><w:t>un</w:t></w:r></w:p>"
         "<w:p><w:r><w:t>deux</w:t></w:r></w:p>", ["undeux"], ["un", "deux"]),
        (f"<w:p><w:moveFrom {MARK}><w:r><w:t>là</w:t></w:r></w:moveFrom></w:p>"
         f"<w:p><w:moveTo {MARK}><w:r><w:t>là</w:t></w:r></w:moveTo></w:p>", ["", "là"], ["là", ""]),
        (f'<w:p><w:pPr><w:pStyle w:val="Heading1"/><w:pPrChange {MARK}><w:pPr/></w:pPrChange></w:pPr><w:r>'
         "<w:t>t</w:t></w:r></w:p>", ["#t"], ["t"]),
    ],
)  # fmt: skip
def test_changes_are_settled_as_word_does(body: str, accepted: list[str], rejected: list[str]) -> None:
    def said(data: bytes) -> list[str]:
        marks = {"heading 1": "#"}
        return [
            marks.get(one.style.lower(), "") + one.text for one in outline(data).body if isinstance(one, Said)
        ]

    assert said(accept_all(tracked(body))) == accepted
    assert said(reject_all(tracked(body))) == rejected


# --- to read ----------------------------------------------------------------------------------------------


def test_a_page_shows_what_is_typed_as_it_is_typed() -> None:
    made = redline(text(p("a")), text(p("a <script>alert(1)</script> & co")), author="A", date=DAY)
    html = page(reading(made), "Titre & co", "1 ajout.", "Légende :")
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "<title>Titre &amp; co</title>" in html


def test_a_header_row_is_one_in_the_page() -> None:
    old, new = (
        text(table(("Poste", "Montant"), ("a", "1")), p("F")),
        text(table(("Poste", "Montant"), ("a", "2")), p("F")),
    )
    html = page(reading(redline(old, new, author="A", date=DAY)), "T", "S", "L")
    assert '<th scope="col"><p>Poste</p></th>' in html
    assert "<del>1</del><ins>2</ins>" in html


def test_a_chart_that_came_and_one_that_went_are_tracked() -> None:
    template = Template.load(word(lambda document: document.add_paragraph("{{p texte }}")))

    def with_chart(value: str) -> bytes:
        chart = Chart("barres", ("Lavol",), (Series("2026", (value,)),), alt="Places")
        return template.render({"texte": Prose((p("Avant"), chart, p("Après")))})

    made = redline(with_chart("12"), with_chart("15"), author="Le service", date=DAY)
    accepted, rejected = unzipped(accept_all(made)), unzipped(reject_all(made))
    for package, value in ((accepted, b"<c:v>15</c:v>"), (rejected, b"<c:v>12</c:v>")):
        body = package["word/document.xml"].decode()
        (relation,) = re.findall(r'<c:chart [^>]*r:id="(\w+)"', body)
        rels = package["word/_rels/document.xml.rels"].decode()
        (line,) = [one for one in re.findall(r"<Relationship [^>]*>", rels) if f'Id="{relation}"' in one]
        (target,) = re.findall(r'Target="([^"]*)"', line)
        assert value in package[f"word/{target}"]


def test_page_numbers_that_fields_compute_are_no_change() -> None:
    def with_pages(page: str) -> bytes:
        entry = ContentsEntry("Article 1", "Objet", 1, "article_objet")
        made = docx(Text((Contents((entry,)), Paragraph((Run("Objet"),), bookmark="article_objet"))))
        package = unzipped(made)
        end = b'<w:r><w:fldChar w:fldCharType="end"/></w:r></w:hyperlink>'
        body = package["word/document.xml"]
        assert body.count(end) == 1
        number = f"<w:r><w:rPr><w:noProof/></w:rPr><w:t>{page}</w:t></w:r>".encode() if page else b""
        return zipped({**package, "word/document.xml": body.replace(end, number + end)})

    for old, new in (("", "4"), ("4", ""), ("4", "5")):
        xml = woven(with_pages(old), with_pages(new))
        assert "<w:ins " not in xml
        assert "<w:del " not in xml


def test_two_styles_whose_names_differ_by_their_case_are_two_styles() -> None:
    def titled(end: str) -> Callable[[DocumentType], object]:
        def make(document: DocumentType) -> None:
            own = document.styles.add_style("Heading 1 à soi", WD_STYLE_TYPE.PARAGRAPH)
            own.element.find(qn("w:name")).set(qn("w:val"), "Heading 1")
            document.add_paragraph("Objet", style="Heading 1")
            document.add_paragraph("Durée").style = own
            document.add_paragraph(f"Fin {end}")

        return make

    old, new = word(titled("un")), word(titled("deux"))
    made = redline(old, new, author="Le service", date=DAY)
    assert outline(reject_all(made)) == outline(old)
    assert outline(accept_all(made)) == outline(new)
    assert [one.style for one in outline(old).body[:2]] == ["heading 1", "Heading 1"]
