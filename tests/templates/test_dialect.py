# ruff: noqa: E501 - one case a line reads better than a hundred broken ones
"""docxtpl's dialect: wherever docxtpl is right, the same document, part by part."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docxtpl
import pytest
from blank import blank
from docx import Document
from docx.shared import Mm
from jinja2 import Environment, StrictUndefined
from word_templates import a_template, add_table, edited, outline, parts, saved

import ctgdocs.templates as ours
from ctgdocs.templates import Template
from ctgdocs.templates.tables import SEPARATOR

LINES = [
    {"nom": "crèche & co", "prix": "12 500 €"},
    {"nom": "<relais>", "prix": "7 €"},
    {"nom": "", "prix": "0"},
]


def by_docxtpl(template: bytes, context: dict[str, Any], prepare: Callable[..., Any] | None = None) -> bytes:
    tpl = docxtpl.DocxTemplate(io.BytesIO(template))
    values = {**context, **(prepare(docxtpl, tpl) if prepare else {})}
    tpl.render(values, jinja_env=Environment(undefined=StrictUndefined), autoescape=True)
    out = io.BytesIO()
    tpl.save(out)
    return out.getvalue()


def same(template: bytes, context: dict[str, Any], prepare: Callable[..., Any] | None = None) -> bytes:
    """Renders with both, compares every Word part, and gives our document. Ours ends with a paragraph, as Word
    itself would save it."""
    theirs = parts(by_docxtpl(template, context, prepare))
    ended = f"</w:tbl>{SEPARATOR}<w:sectPr".encode()
    theirs["word/document.xml"] = re.sub(rb"</w:tbl>\s*<w:sectPr", ended, theirs["word/document.xml"])
    loaded = Template.load(template)
    document = loaded.render({**context, **(prepare(ours, loaded) if prepare else {})})
    mine = parts(document)
    assert set(theirs) == set(mine)
    for name in theirs:
        if name.endswith(".xml") and name.startswith("word/"):
            assert outline(mine[name]) == outline(theirs[name]), name
        elif name.startswith("word/media"):
            assert mine[name] == theirs[name]
    return document


def with_table(rows: list[list[str]], widths: list[int] | None = None) -> bytes:
    document = blank()
    table = add_table(document, rows)
    for column, width in zip(table.columns, widths or [], strict=False):
        column.width = Mm(width)
    return saved(document)


TEXTS: dict[str, tuple[bytes, dict[str, Any]]] = {
    "values": (a_template("Objet : {{ objet }}, {{ n }} {{ d.e }} {{ d['e'] }}"), {"objet": "a & b <c> \"d\" 'e'", "n": 3, "d": {"e": 1.5}}),
    "split over runs": (a_template(("A {", "{ ob", "jet }", "} B")), {"objet": "x"}),
    "two in a run": (a_template("{{ a }}{{ b }} {{ a }}"), {"a": " x ", "b": "\u202f"}),
    "if in a line": (a_template("{% if oui %}pour{% else %}contre{% endif %} et {% if not oui %}x{% endif %}"), {"oui": True}),
    "paragraph loop": (a_template("{%p for l in lignes %}", "{{ l.nom }} : {{ l.prix }}", "{%p endfor %}", "fin"), {"lignes": LINES}),
    "paragraph if": (a_template("{%p if non %}", "jamais", "{%p else %}", "sinon", "{%p endif %}"), {"non": False}),
    "nested loops": (a_template("{%p for l in g %}", "{{ l.t }}", "{%p for x in l.xs %}", "- {{ x }}", "{%p endfor %}", "{%p endfor %}"),
                     {"g": [{"t": "a", "xs": [1, 2]}, {"t": "b", "xs": []}]}),
    "loop in a line": (a_template("{% for l in lignes %}{{ loop.index }}. {{ l.nom }}{% if not loop.last %}, {% endif %}{% endfor %}"), {"lignes": LINES}),
    "filters": (a_template("{{ x|upper }} {{ xs|join(', ') }} {{ y|default('néant') }} {{ xs|length }} {{ x|replace('a', 'o') }}"), {"x": "ab", "xs": ["1", "2"]}),
    "set and macro": (a_template("{% set a = 3 %}{{ a * 2 }}", "{%p macro m(v) %}", "macro {{ v }}", "{%p endmacro %}", "{{ 1 }}"), {}),
    "whitespace": (a_template("avant {%- if oui -%}", "milieu", "{%- endif -%} après"), {"oui": True}),
    "trimmed value": (a_template("a {{- x -}} b"), {"x": "x"}),
    "escaped braces": (a_template("{_{ montre }_} {_% p %_} {{ x }}"), {"x": 1}),
    "comment": (a_template("a{# rien #}b", "{#p tout #}", "c {{ x }}"), {"x": 1}),
    "line breaks": (a_template(("début ", "{{ x }}", " fin")), {"x": "a\nb\tc\n\nd"}),
    "paragraph breaks": (a_template(("début ", "{{ x }}", " fin")), {"x": "a\ab\fc"}),
    "header and footer": (a_template("{{ x }}", header="H {{ x }} {% if x %}oui{% endif %}", footer="{{ y }}\tp"), {"x": "1", "y": "é & è"}),
    "none, true, numbers": (a_template("{{ a }} {{ b }} {{ c }} {{ d }}"), {"a": None, "b": True, "c": 0, "d": 1.10}),
    "items of a dict": (a_template("{% for k, v in d.items() %}{{ k }}={{ v }};{% endfor %}"), {"d": {"a": 1, "b": 2}}),
    "compare with < and >": (a_template("{% if a < b and b > a %}oui{% endif %}{{ 'x' if a >= b else 'y' }}"), {"a": 1, "b": 2}),
    "spaces kept": (a_template("  {{ x }}  {{ x }}", "{{ x }} ", " {{ x }}"), {"x": "  y  "}),
    "nothing in a paragraph": (a_template("{{ x }}", ""), {"x": ""}),
}  # fmt: skip

TABLES: dict[str, tuple[bytes, dict[str, Any]]] = {
    "row loop": (with_table([["Action", "Prix"], ["{%tr for l in lignes %}", ""], ["{{ l.nom }}", "{{ l.prix }}"], ["{%tr endfor %}", ""]]), {"lignes": LINES}),
    "row if": (with_table([["a", "b"], ["{%tr if non %}", ""], ["{{ x }}", ""], ["{%tr endif %}", ""]]), {"non": False, "x": 1}),
    "cell loop": (with_table([["{%tc for c in cs %}", "{{ c }}", "{%tc endfor %}"], ["{%tc for c in cs %}", "{{ c }}!", "{%tc endfor %}"]]), {"cs": ["a", "b", "c", "d", "e"]}),
    "fewer cells": (with_table([["x", "{%tc if non %}", "{{ y }}", "{%tc endif %}"]], [40, 40, 40, 40]), {"non": False, "y": 1}),
    "colspan": (with_table([["{% colspan n %}titre", "{%tc if non %}", "y", "{%tc endif %}"], ["a", "b", "c", "d"]]), {"n": 4, "non": False}),
    "cell background": (with_table([["{% cellbg couleur %}rouge", "{{ x }}"], ["a", "b"]]), {"couleur": "ff0000", "x": 1}),
    "vertical merge": (with_table([["{%tr for l in lignes %}", ""], ["{% vm %}groupe", "{{ l.nom }}"], ["{%tr endfor %}", ""]]), {"lignes": LINES}),
    "horizontal merge": (with_table([["{%tc for c in cs %}", "{% hm %}titre", "{%tc endfor %}"], ["a", "b", "{{ cs|length }}"]]), {"cs": [1, 2, 3]}),
    "paragraphs in a cell": (with_table([["{%p for l in lignes %}¶{{ l.nom }}¶{%p endfor %}¶fin", "{{ lignes[0].prix }}"]]), {"lignes": LINES}),
}  # fmt: skip


@pytest.mark.parametrize(("template", "context"), TEXTS.values(), ids=TEXTS)
def test_text_tags_make_docxtpl_s_document(template: bytes, context: dict[str, Any]) -> None:
    same(template, context)


@pytest.mark.parametrize(("template", "context"), TABLES.values(), ids=TABLES)
def test_table_tags_make_docxtpl_s_document(template: bytes, context: dict[str, Any]) -> None:
    same(template, context)


def test_rich_text_makes_docxtpl_s_runs() -> None:
    def rich(room: Any, tpl: Any) -> dict[str, Any]:
        text = room.RichText("a & b", bold=True, italic=True, underline="double", strike=True)
        text.add("rouge", color="#ff0000", size=28, font="eastAsia:Arial", style="Emphasis", lang="fr-FR")
        text.add("2", superscript=True)
        text.add(room.RichText("n", subscript=True, rtl=True, underline=True))
        text.add("ligne\nsuite\tet\afin")
        text.add(12)
        return {"rt": text}

    same(a_template(("avant ", "{{r rt }}", " après")), {}, rich)


def test_rich_text_link_opens_its_address() -> None:
    def rich(room: Any, tpl: Any) -> dict[str, Any]:
        text = room.RichText("le site")
        text.add("ici", url_id=tpl.build_url_id("https://exemple.fr/?a=1&b=2"), color="0000ff")
        return {"rt": text}

    document = Template.load(a_template("{{r rt }}")).render(rich(ours, Template))
    relations = parts(document)["word/_rels/document.xml.rels"].decode()
    assert 'Target="https://exemple.fr/?a=1&amp;b=2" TargetMode="External"' in relations
    theirs = parts(by_docxtpl(a_template("{{r rt }}"), {}, rich))["word/document.xml"]
    assert outline(parts(document)["word/document.xml"]) == outline(theirs)


def test_rich_paragraphs_and_listings_make_docxtpl_s_paragraphs() -> None:
    def rich(room: Any, tpl: Any) -> dict[str, Any]:
        paragraphs = room.RichTextParagraph("un")
        paragraphs.add(room.RichText("deux", bold=True), parastyle="ListBullet")
        return {"rp": paragraphs, "liste": room.Listing("a <b>\nc\ad & e\tf")}

    same(a_template("{{p rp }}", ("x ", "{{ liste }}")), {}, rich)


def test_pictures_stand_where_docxtpl_puts_them(picture: Path) -> None:
    def images(room: Any, tpl: Any) -> dict[str, Any]:
        first = (tpl,) if room is docxtpl else ()
        return {
            "logo": room.InlineImage(*first, str(picture), width=Mm(20)),
            "lien": room.InlineImage(*first, str(picture), height=Mm(5), anchor="https://exemple.fr"),
        }

    template = a_template(
        "{{ logo }}", "a {{ lien }} b", "{% for i in [1, 2] %}{{ logo }}{% endfor %}", header="{{ logo }}"
    )
    same(template, {}, images)


def test_sub_documents_make_docxtpl_s_document(picture: Path, tmp_path: Path) -> None:
    annexe = blank()
    annexe.add_heading("Annexe & suite", 2)
    annexe.add_paragraph("un", style="List Number")
    annexe.add_picture(str(picture))
    add_table(annexe, [["a", "b"]])
    path = tmp_path / "annexe.docx"
    annexe.save(str(path))

    def subdocuments(room: Any, tpl: Any) -> dict[str, Any]:
        new = tpl.new_subdoc if room is docxtpl else tpl.subdoc
        built = new()
        built.add_paragraph("construit", style="List Bullet").add_run(" gras").bold = True
        built.add_picture(str(picture), width=Mm(30))
        return {"fichier": new(str(path)), "construit": built}

    same(a_template("avant", "{{p fichier }}", "{{p construit }}", "après"), {}, subdocuments)


def test_first_and_even_headers_are_rendered() -> None:
    document = blank()
    document.add_paragraph("{{ x }}")
    section = document.sections[0]
    section.different_first_page_header_footer = True
    document.settings.odd_and_even_pages_header_footer = True
    section.first_page_header.paragraphs[0].text = "première {{ x }}"
    section.even_page_header.paragraphs[0].text = "paire {{ x }}"
    section.even_page_footer.paragraphs[0].text = "pied {{ x }}"
    same(saved(document), {"x": "é"})


def test_properties_are_rendered_and_escaped_once() -> None:
    document = blank()
    properties = document.core_properties
    properties.title, properties.author = "{{ x }}", "{{ x }} {{ 'l’agent' }}"
    properties.subject, properties.comments = "sans balise", "{% if x %}oui{% endif %}"
    made = Document(io.BytesIO(Template.load(saved(document)).render({"x": "Dupont & Fils"}))).core_properties
    assert (made.title, made.author) == ("Dupont & Fils", "Dupont & Fils l’agent")
    assert (made.subject, made.comments) == ("sans balise", "oui")


def test_the_title_given_is_the_document_s() -> None:
    template = Template.load(a_template("{{ x }}", title="{{ x }}"))
    document = Document(io.BytesIO(template.render({"x": "y"}, title="Délibération n° 2026-045 & annexe")))
    assert document.core_properties.title == "Délibération n° 2026-045 & annexe"


def test_given_filters_are_the_template_s() -> None:
    template = a_template("{{ x|euros }}")
    assert (
        b"3 euros"
        in parts(Template.load(template, filters={"euros": "{} euros".format}).render({"x": 3}))[
            "word/document.xml"
        ]
    )


def test_tags_in_footnotes_and_endnotes_are_rendered() -> None:
    from word_templates import with_notes

    document = Template.load(with_notes("note {{ x }}", "fin {{ x }}")).render({"x": "<é>"})
    assert "note &lt;é&gt;" in parts(document)["word/footnotes.xml"].decode()
    assert "fin &lt;é&gt;" in parts(document)["word/endnotes.xml"].decode()


def test_an_alternative_text_can_hold_a_tag(picture: Path) -> None:
    document = blank()
    document.add_paragraph().add_run().add_picture(str(picture))
    template = edited(
        saved(document), "word/document.xml", ('name="Picture 1"', 'name="Picture 1" descr="{{ alt }}"')
    )
    xml = parts(Template.load(template).render({"alt": 'dit "oui" <'}))["word/document.xml"].decode()
    assert 'descr="dit &#34;oui&#34; &lt;"' in xml
