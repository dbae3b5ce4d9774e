# ruff: noqa: E501 - one case a line reads better than a hundred broken ones
"""The known traps of docxtpl, python-docx and Word: one test or more for each, so that none comes back."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from blank import blank
from docx import Document
from inspecting import inspect
from lxml import etree
from word_templates import (
    a_template,
    add_table,
    body,
    edited,
    made,
    parts,
    repacked,
    saved,
    with_notes,
    words,
)

from ctgdocs.findings import TemplateError
from ctgdocs.templates import InlineImage, Listing, RichText, Template

CT = "application/vnd.openxmlformats-officedocument.wordprocessingml."
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


# --- text that disappears ------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["header", "footer", "title", None])
def test_data_that_looks_like_markup_is_all_printed(place: str | None) -> None:
    name = 'Dupont & Fils <select> "fin" l’a ]]> &amp;'
    template = a_template("{{ x }}", **({place: "{{ x }}"} if place else {}))
    document = made(template, x=name)
    assert words(document)[0] == name
    if place in ("header", "footer"):
        assert words(document, f"word/{place}1.xml")[0] == name


def test_rich_text_under_plain_braces_is_not_lost() -> None:
    document = made(a_template(("A ", "{{ x }} B")), x=RichText("riche", italic=True))
    assert words(document) == ["A riche B"]
    assert '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve"> B' in body(document), (
        "the run's look goes on"
    )


@pytest.mark.parametrize("tag", ["{{r x }}", "{{p x }}"])
def test_plain_text_under_a_rich_tag_is_not_lost(tag: str) -> None:
    assert "l’avis <favorable>" in words(made(a_template(tag), x="l’avis <favorable>"))


def test_rich_text_alone_where_a_paragraph_is_wanted_gets_one() -> None:
    assert words(made(a_template("{{p x }}"), x=RichText("seul"))) == ["seul"]


def test_a_missing_field_stops_the_document_and_names_the_nearest() -> None:
    template = Template.load(a_template("a", "{{ montnat }}", table=[["{{ a.libele }}", "x"]]))
    with pytest.raises(TemplateError) as error:
        template.render({"montant": 1, "a": {"libelle": 1}})
    assert "champ inconnu : « montnat » (corps, paragraphe 2 : « {{ montnat }} »)" in str(error.value)
    assert error.value.hint == "le plus proche : « montant »"
    with pytest.raises(TemplateError, match="tableau 1, ligne 1, cellule 1") as error:
        template.render({"montnat": 1, "a": {"libelle": 1}})
    assert error.value.hint == "le plus proche : « libelle »"


@pytest.mark.parametrize(
    ("tags", "said", "place"),
    [
        (["a", "{%p if x %}", "b"], "bloc jamais fermé", "corps, paragraphe 2"),
        (["a", "b", "{%p endif %}"], "« endif » ne répond à aucun bloc ouvert", "corps, paragraphe 3"),
        (["a {{ x"], "balise jamais fermée", "corps, paragraphe 1"),
        (["a {{ x", "b {{ x }} c"], "balise jamais fermée", "corps, paragraphe 1"),
        (["{{ x y }}"], "la balise ne se lit pas", "corps, paragraphe 1"),
        (["a", "{{ x|majuscule }}"], "filtre inconnu : « majuscule »", "corps, paragraphe 2"),
        (["{{ x|default(« néant) }}"], "guillemet jamais fermé", "corps, paragraphe 1"),
        (["{{ 1 / 0 }}"], "ne peut pas être calculée", "corps, paragraphe 1"),
    ],
)
def test_errors_say_where_they_are(tags: list[str], said: str, place: str) -> None:
    with pytest.raises(TemplateError) as error:
        Template.load(a_template(*tags)).render({"x": 1})
    assert said in str(error.value)
    assert error.value.place == place


# --- tags as Word stores them --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "printed"),
    [
        ("{{ x|default(« néant ») }}", "néant"),
        ("{{ 'l’agent' }}", "l’agent"),
        ('{{ "l’agent" }}', "l’agent"),
        ("{{ ‘l’agent’ }}", "l’agent"),
        ("{{\u00a0“l’agent”\u202f}}", "l’agent"),
        ("{% if statut == ‘projet’ %}oui{% endif %}", "oui"),
        ("{{ 3 – 1 }}", "2"),
        ("{{ ‘a & b <c>’ }}", "a & b <c>"),
        ('{{ "100 %" }}', "100 %"),
    ],
)
def test_french_quotes_and_spaces_in_tags_mean_what_they_look_like(tag: str, printed: str) -> None:
    assert words(Template.load(a_template(tag)).render({"statut": "projet"})) == [printed]


def test_a_tag_over_four_runs_is_one_tag() -> None:
    assert words(made(a_template(("{", "{ ob", "jet ", "}}")), objet="x")) == ["x"]


def test_a_tag_spread_over_tracked_changes_is_refused_before_text_is_lost() -> None:
    template = edited(
        a_template("{{ objet }} fin"),
        "word/document.xml",
        (
            "<w:r><w:t>{{ objet }} fin</w:t></w:r>",
            '<w:r><w:t>{{ ob</w:t></w:r><w:del w:id="1"><w:r><w:delText>x</w:delText></w:r></w:del>'
            '<w:ins w:id="2"><w:r><w:t>jet }}</w:t></w:r></w:ins><w:r><w:t> fin</w:t></w:r>',
        ),
    )
    with pytest.raises(
        TemplateError, match=r"« \{\{ objet \}\} » est à cheval sur une modification suivie"
    ) as error:
        Template.load(template)
    assert error.value.place == "corps, paragraphe 1"


def test_two_block_tags_in_a_paragraph_are_refused_with_their_place() -> None:
    with pytest.raises(TemplateError) as error:
        Template.load(a_template("{%p if x %}a{%p endif %}"))
    assert error.value.place == "corps, paragraphe 1"


def test_trimming_tags_work_and_a_broken_page_is_never_written() -> None:
    assert words(made(a_template("a {%- if x %} b {%- endif %}"), x=1)) == ["a b"]
    with pytest.raises(TemplateError, match="lisible par Word"):
        Template.load(a_template("a {% if x %} b", "c", "{%p endif %}")).render({"x": 0})


# --- structure -----------------------------------------------------------------------------------------


def test_a_cell_whose_content_goes_keeps_a_paragraph() -> None:
    document = blank()
    add_table(document, [["{%p if non %}¶texte¶{%p endif %}", "b"]])
    document.tables[0].rows[0].cells[1].add_table(1, 1)
    assert body(made(saved(document), non=False)).count("<w:p/>") >= 1


def test_tables_that_come_to_touch_are_kept_apart() -> None:
    document = blank()
    add_table(document, [["a"]])
    for text in ("{%p if non %}", "entre", "{%p endif %}"):
        document.add_paragraph(text)
    add_table(document, [["b"]])
    assert re.search(r"</w:tbl><w:p>.*</w:p><w:tbl>", body(made(saved(document), non=False)))


def test_a_loop_over_a_table_keeps_the_tables_apart() -> None:
    document = blank()
    document.add_paragraph("{%p for x in xs %}")
    add_table(document, [["{{ x }}"]])
    document.add_paragraph("{%p endfor %}")
    assert body(made(saved(document), xs=[1, 2, 3])).count("<w:tbl>") == 3


def test_a_table_without_rows_goes() -> None:
    document = blank()
    add_table(document, [["{%tr for x in xs %}", ""], ["{{ x }}", "a"], ["{%tr endfor %}", ""]])
    document.add_paragraph("fin")
    assert "<w:tbl>" not in body(made(saved(document), xs=[]))


def test_a_header_whose_content_goes_keeps_a_paragraph() -> None:
    document = made(a_template("x", header="{{p h }}"), h="")
    assert words(document, "word/header1.xml") == [""]


def test_a_form_feed_is_a_page_break_and_a_new_paragraph() -> None:
    assert body(made(a_template("{{ x }}"), x="a\fb")).count('<w:br w:type="page"/>') == 1


def test_a_numbered_paragraph_in_a_loop_goes_on_counting() -> None:
    document = blank()
    document.add_paragraph("{%p for x in xs %}")
    document.add_paragraph("{{ x }}", style="List Number")
    document.add_paragraph("{%p endfor %}")
    assert body(made(saved(document), xs=[1, 2])).count('w:val="ListNumber"') == 2


def bookmarked() -> bytes:
    template = a_template(
        "{%p for x in xs %}", "{{ x }} cible", "voir renvoi", "lien", "{%p endfor %}", "dehors renvoi"
    )
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> REF repere \\h </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    return edited(
        template,
        "word/document.xml",
        ("<w:r><w:t>{{ x }} cible</w:t></w:r>", '<w:bookmarkStart w:id="4" w:name="repere"/><w:r><w:t>{{ x }} cible</w:t></w:r><w:bookmarkEnd w:id="4"/>'),
        ("<w:r><w:t>voir renvoi</w:t></w:r>", field),
        ("<w:r><w:t>dehors renvoi</w:t></w:r>", field),
        ("<w:r><w:t>lien</w:t></w:r>", '<w:hyperlink w:anchor="repere"><w:r><w:t>lien</w:t></w:r></w:hyperlink>'),
    )  # fmt: skip


def test_bookmarks_of_a_loop_are_numbered_and_references_follow_their_turn() -> None:
    xml = body(made(bookmarked(), xs=["a", "b", "c"]))
    assert re.findall(r'<w:bookmarkStart w:id="(\d+)" w:name="(\w+)"', xml) == [
        ("0", "repere"),
        ("1", "repere_2"),
        ("2", "repere_3"),
    ]
    assert re.findall(r'<w:bookmarkEnd w:id="(\d+)"', xml) == ["0", "1", "2"]
    assert re.findall(r"REF (\w+)", xml) == ["repere", "repere_2", "repere_3", "repere"]
    assert re.findall(r'w:anchor="(\w+)"', xml) == ["repere", "repere_2", "repere_3"]


def test_a_comment_in_a_loop_stays_once() -> None:
    document = blank()
    document.add_paragraph("{%p for x in xs %}")
    document.add_comment(document.add_paragraph("{{ x }}").runs, text="à relire", author="A", initials="A")
    document.add_paragraph("{%p endfor %}")
    xml = body(made(saved(document), xs=[1, 2]))
    assert xml.count("<w:commentReference") == 1
    assert words(made(saved(document), xs=[1, 2])) == ["1", "2"]


def test_pictures_have_numbers_of_their_own_in_the_whole_package(picture: Path) -> None:
    document = blank()
    document.add_picture(str(picture))
    document.add_paragraph("{% for x in [1, 2] %}{{ logo }}{% endfor %}")
    document.sections[0].header.paragraphs[0].add_run().add_picture(str(picture))
    document.sections[0].header.add_paragraph("{{ logo }}")
    document.sections[0].footer.paragraphs[0].add_run().add_picture(str(picture))
    document.sections[0].footer.add_paragraph("{{ logo }}")
    content = parts(made(saved(document), logo=InlineImage(picture)))
    ids = [id for part in content.values() for id in re.findall(rb'<wp:docPr id="(\d+)"', part)]
    assert len(ids) == len(set(ids)) == 7
    assert len([name for name in content if name.startswith("word/media/")]) == 1, "one file, stored once"


def test_a_sub_document_brings_its_lists_and_pictures_and_no_faulty_id(picture: Path) -> None:
    piece = blank()
    piece.add_paragraph("un", style="List Number")
    piece.add_picture(str(picture))
    template = Template.load(a_template("{{p a }}", "{{p b }}", "{{ logo }}"))
    context = {
        "a": template.subdoc(saved(piece)),
        "b": template.subdoc(io.BytesIO(saved(piece))),
        "logo": InlineImage(picture),
    }
    document = template.render(context)
    assert inspect(document, template) == []
    assert document == template.render(context), "a sub-document can be printed again"


# --- parts ---------------------------------------------------------------------------------------------


def test_a_tag_in_a_part_that_is_not_rendered_is_found() -> None:
    document = blank()
    document.add_comment(
        document.add_paragraph("{{ x }}").runs, text="voir {{ objet }}", author="A", initials="A"
    )
    template = Template.load(saved(document))
    _, findings = template.render_checked({"x": 1}, file="acte.docx")
    assert [(f.code, f.place.file) for f in findings] == [("balise-restante", "acte.docx")]
    assert "commentaires" in findings[0].place.field


def test_tags_of_notes_headers_and_properties_leave_nothing_over() -> None:
    made(with_notes("note {{ x }}", "fin {{ x }}"), x="1")
    made(a_template("{{ x }}", header="{{ x }}", footer="{% if x %}y{% endif %}", title="{{ x }}"), x="1")


def test_word_s_copy_of_the_title_in_its_properties_is_rendered_too() -> None:
    template = edited(
        a_template("{{ x }}"),
        "docProps/app.xml",
        ("<Application>", "<Company>{{ x }} &amp; {{ 'l’agent' }}</Company><Application>"),
    )
    assert (
        "<Company>a &lt; b &amp; l’agent</Company>"
        in parts(made(template, x="a < b"))["docProps/app.xml"].decode()
    )


# --- safety --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "tag",
    [
        "{{ cycler.__init__.__globals__.os.getcwd() }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ x._nom }}",
        "{{ x['__class__'] }}",
        "{{ x|attr('__class__') }}",
        "{{ xs.append(1) }}",
        "{{ xs.clear() }}",
        "{{ x.update(a=1) }}",
        "{{ self._TemplateReference__context }}",
        "{{ '{0.__class__}'.format(x) }}",
        "{% include 'x' %}",
        "{{ lipsum.__globals__ }}",
        "{{ range(10**9)|list }}",
        "{{ 'a' * 10**9 }}",
        "{{ 9**9**9**9 }}",
        "{{ 'a'.center(10**9) }}",
        "{{ '%999999999d' % 1 }}",
        "{% set x.y = 1 %}",
        "{{ x|urlize }}",
        "{{ x.get('_nom') }}",
    ],
)
@pytest.mark.parametrize("place", ["body", "title", "footer"])
def test_a_template_runs_no_code_and_reaches_no_object(tag: str, place: str) -> None:
    template = a_template(tag) if place == "body" else a_template("x", **{place: tag})
    with pytest.raises(TemplateError) as error:
        Template.load(template).render({"x": {"y": 1}, "xs": [1]})
    assert re.search("[a-zé] ", str(error.value))


class _Thing:
    nom = "x"


@pytest.mark.parametrize(
    "value", [print, len, _Thing(), _Thing, object(), {1, 2}, b"x", (i for i in "a"), 1j, re.compile("a")]
)
def test_a_context_of_python_objects_is_refused_by_name(value: Any) -> None:
    with pytest.raises(TypeError, match=r"« elus\[1\]\.nom »"):
        Template.load(a_template("{{ elus[0].nom }}")).render({"elus": [{"nom": "a"}, {"nom": value}]})


def test_data_that_holds_itself_is_refused() -> None:
    loop: list[Any] = []
    loop.append(loop)
    with pytest.raises(TypeError, match="se contiennent elles-mêmes"):
        Template.load(a_template("{{ x }}")).render({"x": loop})


@pytest.mark.parametrize(
    "text", ["{_{ x }_}", "{{ x }}", "{% if %}", "{# #}", "}}", "{", "{{r x }}", "&#123;"]
)
def test_data_that_looks_like_a_tag_is_printed_as_typed(text: str) -> None:
    assert words(made(a_template("a {{ x }} b"), x=text)) == [f"a {text} b"]
    assert words(made(a_template("a {{r x }}"), x=RichText(text)))[0] == f"a {text}"


@pytest.mark.parametrize("character", ["\x00", "\x01", "\x08", "\x0b", "\x1b", "\ud800", "\ufffe", "\uffff"])
def test_a_character_that_word_cannot_hold_is_refused_by_name(character: str) -> None:
    template = Template.load(a_template("{{ a.b[1] }}", "{{r r }}", title="{{ t }}"))
    with pytest.raises(TemplateError, match=r"« a\.b\[1\] »"):
        template.render({"a": {"b": ["", f"x{character}y"]}, "r": "", "t": ""})
    with pytest.raises(TemplateError, match="« r »"):
        template.render({"a": {"b": ["", ""]}, "r": RichText(f"x{character}y"), "t": ""})
    with pytest.raises(TemplateError, match="« t »"):
        template.render({"a": {"b": ["", ""]}, "r": "", "t": f"x{character}y"})


def test_long_text_emoji_and_layout_characters_come_out_whole() -> None:
    text = "é😀👩‍👩‍👧 \u00a0l’" * 6000
    assert words(made(a_template("{{ x }}"), x=text)) == [text]
    assert words(made(a_template("{{ x }}"), x=Listing("a\r\nb"))) is not None


def test_properties_are_set_by_us_and_no_clock_is_read() -> None:
    template = a_template("{{ x }}", title="{{ x }}")
    before = parts(template)["docProps/core.xml"]
    core = parts(Template.load(template).render({"x": "y"}, title="Acte"))["docProps/core.xml"]
    dates = rb"<dcterms:(?:created|modified)[^>]*>[^<]*<"
    assert re.findall(dates, core) == re.findall(dates, before)


def test_the_title_in_the_properties_has_the_hyphen_of_the_keyboard() -> None:
    made = Template.load(a_template("{{ x }}")).render({"x": "y"}, title="CTG 2027\u20112031")
    assert b">CTG 2027-2031</dc:title>" in parts(made)["docProps/core.xml"]


def test_the_same_values_make_the_same_bytes() -> None:
    template = a_template("{{ x }}", header="{{ x }}")
    first = Template.load(template).render({"x": "é"})
    assert first == Template.load(template).render({"x": "é"})
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {(info.create_system, info.external_attr) for info in archive.infolist()} == {(0, 0)}
        assert archive.namelist()[:2] == ["[Content_Types].xml", "_rels/.rels"]
        assert archive.testzip() is None


def test_a_template_with_the_same_part_twice_is_refused() -> None:
    out = io.BytesIO(a_template("{{ x }}"))
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("docProps/core.xml", b"<x/>")
    with pytest.raises(TemplateError, match="deux fois"):
        Template.load(out.getvalue())


def relation(kind: str, target: str, mode: str = ' TargetMode="External"') -> tuple[str, str]:
    node = f'<Relationship Id="rIdX" Type="{OFFICE}{kind}" Target="{target}"{mode}/></Relationships>'
    return "</Relationships>", node


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("image", "https://exemple.fr/x.png"), ("oleObject", "file:///C:/x.xls"), ("hyperlink", "file:///C:/x.docx"),
        ("hyperlink", "\\\\serveur\\x"), ("subDocument", "x.docx"), ("frame", "https://exemple.fr"), ("aFChunk", "x.html"),
        ("hyperlink", "javascript:alert(1)"),
    ],
)  # fmt: skip
def test_no_external_link_comes_in_with_a_template(kind: str, target: str) -> None:
    template = edited(a_template("{{ x }}"), "word/_rels/document.xml.rels", relation(kind, target))
    with pytest.raises(TemplateError, match="refusé"):
        Template.load(template)
    assert "lien-externe" in {finding.code for finding in inspect(template)}


def test_web_and_mail_links_typed_by_the_author_stay() -> None:
    for target in ("https://www.caf.fr", "mailto:a@b.fr"):
        made(
            edited(a_template("{{ x }}"), "word/_rels/document.xml.rels", relation("hyperlink", target)), x=1
        )


def test_the_path_of_the_company_s_model_is_dropped() -> None:
    template = a_template("{{ x }}")
    template = edited(
        template, "word/settings.xml", ("</w:settings>", '<w:attachedTemplate r:id="rIdX"/></w:settings>')
    )
    rels = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relation("attachedTemplate", "file:///C:/Normal.dotm")[1]}'
    content = parts(made(repacked(template, {"word/_rels/settings.xml.rels": rels.encode()}), x=1))
    assert b"Normal.dotm" not in content["word/_rels/settings.xml.rels"]
    assert b"attachedTemplate" not in content["word/settings.xml"]


@pytest.mark.parametrize(
    "field",
    ["INCLUDEPICTURE https://e.fr/x.png", "DDEAUTO c:\\\\x", "LINK Excel.Sheet", "IncludeText x.docx"],
)
def test_fields_that_fetch_files_are_refused(field: str) -> None:
    run = f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> {field[:5]}</w:instrText></w:r><w:r><w:instrText>{field[5:]}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    with pytest.raises(TemplateError, match="champ"):
        Template.load(edited(a_template("x"), "word/document.xml", ("</w:p>", run)))


@pytest.mark.parametrize(
    "changes",
    [
        {"word/vbaProject.bin": b"x"},
        {"word/embeddings/x.xlsm": b"x"},
    ],
)
def test_macros_are_refused(changes: dict[str, bytes | None]) -> None:
    with pytest.raises(TemplateError, match=r"macros|interdit"):
        Template.load(repacked(a_template("x"), changes))


def test_a_macro_document_is_refused_even_named_docx() -> None:
    with pytest.raises(TemplateError, match="macros"):
        Template.load(
            edited(
                a_template("x"),
                "[Content_Types].xml",
                (f"{CT}document.main+xml", "application/vnd.ms-word.document.macroEnabled.main+xml"),
            )
        )


def test_a_word_model_makes_documents() -> None:
    dotx = edited(
        a_template("{{ x }}"), "[Content_Types].xml", (f"{CT}document.main+xml", f"{CT}template.main+xml")
    )
    document = made(dotx, x=1)
    assert words(document) == ["1"]
    assert Document(io.BytesIO(document)).paragraphs[0].text == "1"


def test_xml_that_calls_for_another_file_is_refused() -> None:
    xml = parts(a_template("x"))["word/document.xml"].decode()
    bad = xml.replace("?>", '?><!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>', 1).replace(
        ">x<", ">&a;<"
    )
    with pytest.raises(TemplateError, match="DTD"):
        Template.load(repacked(a_template("x"), {"word/document.xml": bad.encode()}))


@pytest.mark.parametrize("data", [b"", b"PK", b"<html>", bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 600])
def test_what_is_not_a_word_file_is_refused_plainly(data: bytes) -> None:
    with pytest.raises(TemplateError, match="Word"):
        Template.load(data)


def test_a_bomb_is_refused() -> None:
    with pytest.raises(TemplateError, match="démesurée"):
        Template.load(repacked(a_template("x"), {"word/media/x.bin": bytes(50 << 20)}))


def test_every_part_is_well_formed_whatever_the_values() -> None:
    content = parts(made(a_template("{{ x }}", header="{{ x }}", title="{{ x }}"), x="<w:p>&lt;"))
    for name, part in content.items():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(part)


def test_numbers_of_headers_differ_from_those_of_the_body(picture: Path) -> None:
    document = blank()
    document.add_picture(str(picture))
    document.sections[0].header.paragraphs[0].add_run().add_picture(str(picture))
    document.sections[0].footer.paragraphs[0].add_run().add_picture(str(picture))
    mark = '<w:bookmarkStart w:id="0" w:name="{}"/><w:bookmarkEnd w:id="0"/></w:p>'
    template = saved(document)
    for part in ("document", "header1", "footer1"):
        template = edited(template, f"word/{part}.xml", ("</w:p>", mark.format(part)))
    assert "identifiant-double" in {finding.code for finding in inspect(template)}
    made(template)


def test_a_sub_document_printed_twice_has_bookmarks_of_its_own() -> None:
    piece = edited(
        a_template("un"),
        "word/document.xml",
        ("<w:r>", '<w:bookmarkStart w:id="0" w:name="ici"/><w:bookmarkEnd w:id="0"/><w:r>'),
    )
    template = Template.load(a_template("{{p a }}", "{{p a }}"))
    xml = body(template.render({"a": template.subdoc(piece)}))
    assert re.findall(r'w:name="(\w+)"', xml) == ["ici", "ici_2"]


def test_a_bookmark_that_the_template_repeats_keeps_its_name_where_it_comes_first() -> None:
    bookmark = '<w:bookmarkStart w:id="0" w:name="repere"/><w:bookmarkEnd w:id="0"/></w:p>'
    template = a_template("{{ x }}", "b", header="h {{ x }}")
    for part in ("word/document.xml", "word/header1.xml"):
        template = edited(template, part, ("</w:p>", bookmark))
    content = parts(made(template, x="1"))
    names = re.findall(rb'w:name="(repere\w*)"', content["word/document.xml"] + content["word/header1.xml"])
    assert names == [b"repere", b"repere_2", b"repere_3"]


def test_tables_of_a_sub_document_leave_the_table_around_them_as_it_is() -> None:
    document = blank()
    add_table(document, [["{{p piece }}", "b"], ["c", "d"]])
    template = Template.load(saved(document))
    piece = template.subdoc()
    for _ in range(2):
        piece.add_table(1, 3)
    xml = body(template.render({"piece": piece}))
    assert len(re.findall(r"<w:gridCol ", xml[: xml.index("<w:tr>")])) == 2
    assert "</w:tbl><w:tbl" not in xml
    assert not re.search(r"</w:tbl></w:tc>", xml)


def test_a_tag_whose_quote_is_never_closed_is_said_at_once() -> None:
    with pytest.raises(TemplateError, match="guillemet jamais fermé"):
        Template.load(a_template("{{ '" + "}} a " * 20_000))


def test_a_value_put_in_a_field_s_instruction_is_not_lost() -> None:
    field = '<w:fldSimple w:instr=" PAGE "/><w:r><w:instrText>HYPERLINK "{{ url }}"</w:instrText></w:r></w:p>'
    made(
        edited(a_template("lien"), "word/document.xml", ("</w:p>", field)), url="https://exemple.fr/?a=1&b=2"
    )


def test_a_rich_tag_leaves_its_neighbours_in_place() -> None:
    text = "{{ x }}{{r r }}{{ x }} {% if x %}{{r r }}{% endif %}{{r r }}{{r r }} fin {{ x }}"
    assert words(made(a_template(text), x="a", r=RichText("R", bold=True))) == ["aRa RRR fin a"]


def test_a_sub_document_keeps_its_numbers_and_the_look_of_what_follows() -> None:
    piece = blank()
    for text in ("un", "deux"):
        piece.add_paragraph(text, style="List Number")
    template = Template.load(a_template("avant", "{{p piece }}", ("après ", "gras")))
    document = template.render({"piece": template.subdoc(saved(piece))})
    xml = body(document)
    used = set(re.findall(r'<w:numId w:val="(\d+)"', xml))
    assert used <= set(re.findall(r'<w:num w:numId="(\d+)"', parts(document)["word/numbering.xml"].decode()))
    assert used or 'w:val="ListNumber"' in xml
    assert xml.endswith("<w:r><w:rPr><w:b/></w:rPr><w:t>gras</w:t></w:r></w:p>")
