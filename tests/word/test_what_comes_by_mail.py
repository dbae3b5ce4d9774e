# ruff: noqa: E501 - one case a line reads better than a hundred broken ones
"""What a Word file brings in is allowed by name: fields and relationships, at every door."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from outside import outside

from ctgdocs.findings import CtgdocsError, TemplateError
from ctgdocs.redline import redline
from ctgdocs.templates import RichText, Template, lint
from ctgdocs.word import read, write
from ctgdocs.word.safety import ALLOWED, refusals
from tools.damaged import WORD

BODY = "word/document.xml"
BEGIN, SEPARATE, END = (
    f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
)


def a_file(
    *, body: str = "", parts: dict[str, bytes] | None = None, rels: str = "", text: str = "Un mot."
) -> bytes:
    """A Word file; `body` stands at the end of its first paragraph, `rels` among the relationships of its body."""
    package = {name: part.encode() for name, part in WORD.items()} | (parts or {})
    said = f"<w:p><w:r><w:t>{text}</w:t></w:r>{body}</w:p>"
    package[BODY] = re.sub(rb"(?<=<w:body>).*(?=<w:sectPr>)", lambda _: said.encode(), package[BODY])
    name = "word/_rels/document.xml.rels"
    package[name] = package[name].replace(b"</Relationships>", f"{rels}</Relationships>".encode())
    return write(package)


def instr(text: str, tag: str = "instrText") -> str:
    return f"<w:r><w:{tag}>{text}</w:{tag}></w:r>"


def a_field(*pieces: str) -> str:
    return BEGIN + "".join(map(instr, pieces)) + SEPARATE + "<w:r><w:t>?</w:t></w:r>" + END


def as_template(data: bytes) -> bytes:
    return Template.load(data).render({})


def as_charte(data: bytes) -> bytes:
    return Template.load(a_file(), data).render({})


def as_inserted(data: bytes) -> bytes:
    template = Template.load(a_file(text="{{p piece }}"))
    return template.render({"piece": template.subdoc(data)})


def as_old(data: bytes) -> bytes:
    return redline(data, a_file(text="Autre chose."), author="Service", date=dt.date(2026, 1, 2))


def as_new(data: bytes) -> bytes:
    return redline(a_file(text="Autre chose."), data, author="Service", date=dt.date(2026, 1, 2))


DOORS = (as_template, as_charte, as_inserted, as_old, as_new)
FORBIDDEN_FIELDS = {
    "un seul tenant": a_field(" DDEAUTO c:\\x "),
    "plusieurs passages": a_field(" DD", "EAU", "TO x"),
    "minuscules": a_field(" ddeauto x"),
    "espaces insécables": a_field("\u00a0\t IncludeText x"),
    "CDATA": a_field("<![CDATA[DDEAUTO x y]]>"),
    "commentaire": a_field("<!-- a -->DDE<!-- b -->AUTO x"),
    "références": a_field("&#68;DEAUTO x"),
    "signe dans un attribut": '<w:r w:rsidR="&gt;"><w:fldChar w:dirty=">" w:fldCharType = "begin"/></w:r>'
    + instr("DDE x") + END,
    "autre préfixe": '<q:fldSimple xmlns:q="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    "q:instr='LINK Excel.Sheet'/>",
    "simple": '<w:fldSimple w:instr="INCLUDEPICTURE &quot;https://e.example/x.png&quot;"/>',
    "jamais fermé": BEGIN + instr("IMPORT x"),
    "hors de tout champ": instr("MACROBUTTON a b"),
    "dans un champ": BEGIN + instr("IF ") + a_field("EMBED Excel.Sheet") + instr("= 1") + END,
    "calculé": BEGIN + a_field("REF x") + instr(" c:\\x") + END,
    "cité": a_field('QUOTE "DDE"'),
    "inconnu": a_field("RD autre.docx"),
    "presque un signet": a_field("x_y.DDEAUTO z"),
    "supprimé": f'<w:del w:id="9" w:author="a">{BEGIN}{instr("DDEAUTO x", "delInstrText")}{END}</w:del>',
    "lien vers un fichier": a_field('HYPERLINK "file:///c:/x.docx"'),
    "lien qui agit": a_field("hyperlink javascript:alert(1)"),
    "lien calculé": BEGIN + instr('HYPERLINK "') + a_field("REF x") + instr('"') + END,
    "image d’ailleurs": '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:imagedata '
    "src = 'https://e.example/x.png'/></v:shape></w:pict></w:r>",
}  # fmt: skip


@pytest.mark.parametrize("field", FORBIDDEN_FIELDS.values(), ids=FORBIDDEN_FIELDS)
@pytest.mark.parametrize("door", DOORS)
def test_a_field_that_is_not_allowed_by_name_is_refused_with_its_place(
    door: Callable[[bytes], bytes], field: str
) -> None:
    with pytest.raises(TemplateError, match=r"contient un (champ|dessin).*refusé \(corps\)"):
        door(a_file(body=field))


@pytest.mark.parametrize(
    "field",
    [a_field(" PAGE \\* MERGEFORMAT "), a_field("= 2 + 2"), a_field(""), a_field('HYPERLINK "https://e.example"'),
     a_field("HYPERLINK \\l \"signet\""), a_field('TOC \\o "1-3" \\h \\z \\u'), a_field(" _Ref123 \\r \\h"), a_field(" date \\@ \"d MMMM yyyy\""),
     BEGIN + instr("IF ") + a_field("PAGE") + instr(" > 1 \"x\"") + SEPARATE + END],
)  # fmt: skip
@pytest.mark.parametrize("door", DOORS)
def test_fields_that_only_count_and_point_inside_stay(door: Callable[[bytes], bytes], field: str) -> None:
    door(a_file(body=field))


REL = '<Relationship Id="rId77" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"{}/>'
FORBIDDEN_PARTS = {
    "macro": {"parts": {"word/vbaProject.bin": b"x"}, "rels": REL.format("vbaProject", "vbaProject.bin", "")},
    "OLE": {"parts": {"word/embeddings/o.bin": b"x"}, "rels": REL.format("oleObject", "embeddings/o.bin", "")},
    "classeur": {"parts": {"word/embeddings/o.xlsx": b"x"}, "rels": REL.format("package", "embeddings/o.xlsx", "")},
    "altChunk": {"parts": {"word/a.html": b"x"}, "rels": REL.format("aFChunk", "a.html", "")},
    "image liée": {"rels": REL.format("image", "https://e.example/x.png", ' TargetMode="External"')},
    "cadre": {"rels": REL.format("frame", "https://e.example", ' TargetMode="External"')},
    "sous-document": {"rels": REL.format("subDocument", "x.docx", ' TargetMode="External"')},
    "lien de fichier": {"rels": REL.format("hyperlink", "file:///c:/x", ' TargetMode="External"')},
    "fichier voisin": {"rels": REL.format("hyperlink", "voisin.exe", ' TargetMode="External"')},
    "inconnu": {"rels": REL.format("zzz", "x.xml", ""), "body": '<w:r><w:drawing a="rId77"/></w:r>'},
    "ActiveX": {"parts": {"word/activeX/activeX1.xml": b"<x/>"}},
}  # fmt: skip


@pytest.mark.parametrize("brought", FORBIDDEN_PARTS.values(), ids=FORBIDDEN_PARTS)
@pytest.mark.parametrize("door", DOORS)
def test_what_acts_or_leads_elsewhere_is_refused(
    door: Callable[[bytes], bytes], brought: dict[str, str]
) -> None:
    with pytest.raises(TemplateError, match="refusé"):
        door(a_file(**brought))  # type: ignore[arg-type]


@pytest.mark.parametrize("quote", ['"', "'"])
def test_the_model_of_a_letter_goes_without_a_word(quote: str) -> None:
    rels = REL.format("attachedTemplate", "file:///c:/n.dotm", ' TargetMode="External"').replace('"', quote)
    unknown = REL.format("intelligence", "intelligence2.xml", "").replace("rId77", "rId78")
    kept = read(as_new(a_file(rels=rels + unknown)))["word/_rels/document.xml.rels"]
    assert b"attachedTemplate" not in kept
    assert b"intelligence" not in kept


def test_the_lint_tells_every_refusal_at_once() -> None:
    found = lint(a_file(body=a_field("DDE x") + a_field("LINK y"), rels=FORBIDDEN_PARTS["cadre"]["rels"]))
    assert [finding.code for finding in found].count("contenu-actif") == 3


@pytest.mark.parametrize(
    "body",
    [
        a_field("DD{# #}EAUTO x"),
        a_field("{{ champ }} x"),
        a_field('HYPERLINK "{{ adresse }}"'),
        a_field("{% if true %}DDE{% else %}PAGE{% endif %} x"),
        BEGIN + "<w:r><w:t>{%r if false %}</w:t></w:r>" + instr("PAGE ")
        + "<w:r><w:t>{%r endif %}</w:t></w:r>" + instr("DDEAUTO x") + END,
    ],
)  # fmt: skip
def test_tags_put_no_forbidden_field_together(body: str) -> None:
    with pytest.raises(TemplateError, match="refusé"):
        Template.load(a_file(body=body)).render({"champ": "DDEAUTO", "adresse": "file:///x"})


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///c:/x", "\\\\serveur\\x", "voisin.docx"])
def test_a_value_makes_no_link_out_of_the_web(url: str) -> None:
    text = RichText("ici", url_id=Template.build_url_id(url))
    with pytest.raises(TemplateError, match="lien"):
        Template.load(a_file(text="{{r x }}")).render({"x": text})


WORDS = st.sampled_from((*sorted(ALLOWED)[:12], "DDE", "DDEAUTO", "INCLUDETEXT", "QUOTE", "RD", "HYPERLINK", "x",
                         "=", "https://e.example", "file:///x", '"', "\\l", "{{ x }}", " ", "\u00a0", "Link"))  # fmt: skip
TEXT = st.lists(WORDS, max_size=4).map(" ".join)
LEAF = st.one_of(
    TEXT.map(lambda text: instr(escape(text))),
    TEXT.map(lambda text: f'<w:fldSimple w:instr="{escape(text)}"/>'),
    st.sampled_from((BEGIN, SEPARATE, END, "<w:r><w:t>mot</w:t></w:r>")),
)
KINDS = st.sampled_from(("image", "hyperlink", "styles", "attachedTemplate", "oleObject", "zzz", "frame"))
TARGETS = st.sampled_from(("https://e.example/x", "file:///x", "x.xml", "mailto:a@e.example", "javascript:x"))
MODES = st.sampled_from(("", ' TargetMode="External"', " TargetMode='external'"))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(LEAF, max_size=7),
    st.tuples(KINDS, TARGETS, MODES),
    st.sampled_from(DOORS),
)
def test_no_produced_file_holds_a_field_or_a_relationship_outside_the_lists(
    leaves: list[str], relation: tuple[str, str, str], door: Callable[[bytes], bytes]
) -> None:
    try:
        made = door(a_file(body="".join(leaves), rels=REL.format(*relation)))
    except CtgdocsError:
        return
    assert list(refusals(read(made))) == []
    assert outside(made, ALLOWED) == []


def test_an_inserted_document_that_names_a_part_it_does_not_hold_is_damaged() -> None:
    with pytest.raises(TemplateError, match="le document inséré est endommagé"):
        as_inserted(a_file(rels=REL.format("image", "absente.png", "")))
