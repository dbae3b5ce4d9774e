"""The spelling of tags: what Word's autocorrection and French typing do to them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment
from word_templates import a_template, body, edited, words

from ctgdocs.findings import TemplateError
from ctgdocs.templates import Template
from ctgdocs.templates.tags import join, normalise, tags

ENVIRONMENT = Environment()


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("{{ « néant » }}", "néant"),
        ("{{ «\u00a0néant\u00a0» }}", "néant"),
        ("{{ xs|join(«\u00a0, \u00a0») }}", "a, b"),
        ("{{ « il dit « oui » » }}", "il dit « oui »"),
        ("{{ ’d’accord’ }}", "d’accord"),
        ("{{ ' d’' ~ x }}", " d’y"),
        ("{{ ‘ d’’ ~ x }}", " d’y"),
        ("{{ 'l'agent' }}", "l'agent"),
        ("{{ ‘’ }}|{{ '' }}", "|"),
        ("{{ d[‘a’] }}{{ d[“a”] }}", "11"),
        ("{{ 'a'if x else'b' }}", "a"),
        ('{{ "dit “oui”" }}', "dit “oui”"),
        ("{{ x|replace(\"'\", '’') }}", "y"),
        (r"{{ 'a\'b' ~ '\n'|length }}", "a'b1"),
        ("{{ 7 – 2 − 1 }}", "4"),
        ("{{ 3 ≤ 4 and 3 ≠ 4 }}", "True"),
        ("{{\u00a0x\u202f}}{{\u200bx }}", "yy"),
        ("{{ '<b> & \"' }}", '<b> & "'),
        ("{{ '100 % {x' }}", "100 % {x"),
    ],
)
def test_tags_mean_what_their_author_meant(typed: str, printed: str) -> None:
    template = "".join(
        normalise(piece) if piece.startswith("{") else piece
        for piece in typed.replace("}}", "}}\0").split("\0")
    )
    assert ENVIRONMENT.from_string(template).render(x="y", xs=["a", "b"], d={"a": 1}) == printed


@pytest.mark.parametrize("typed", ["{{ « a }}", "{{ “a }}", "{{ 'a }}", "{{ x == ‘a }}"])
def test_an_open_quote_is_said(typed: str) -> None:
    with pytest.raises(TemplateError, match="jamais fermé"):
        normalise(typed)


@settings(max_examples=200)
@given(st.text(st.sampled_from("abé ’«»“”&<>{}%#\"\\é\u00a0'"), max_size=12))
def test_a_literal_in_straight_quotes_prints_itself(text: str) -> None:
    literal = text.replace("\\", "\\\\").replace('"', '\\"')
    try:
        source = normalise('{{ "' + literal + '" }}')
    except TemplateError:
        return
    printed = ENVIRONMENT.from_string(source).render()
    if "{_{" not in text and "}_}" not in text:
        assert printed == text


def test_tags_say_where_they_are() -> None:
    xml = (
        "<w:p><w:r><w:t>{{ a</w:t></w:r><w:r><w:t> }}</w:t></w:r></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:t>x</w:t></w:p></w:tc><w:tc>"
        "<w:p><w:t>{%tr if b %}</w:t></w:p></w:tc></w:tr></w:tbl>"
        "<w:p><w:t>{{r c }}</w:t></w:p>"
    )
    found = tags(join(xml), "word/document.xml")
    assert [(tag.text, tag.prefix, tag.expression, tag.place) for tag in found] == [
        ("{{ a }}", "", "a", "corps, paragraphe 1"),
        ("{%tr if b %}", "tr", "if b", "corps, tableau 1, ligne 1, cellule 2"),
        ("{{r c }}", "r", "c", "corps, paragraphe 2"),
    ]


def test_a_no_break_space_after_a_prefix_is_a_space() -> None:
    template = Template.load(a_template("{%p\u00a0for x in [1, 2] %}", "{{\u00a0x }}", "{%p\u202fendfor %}"))
    assert words(template.render({})) == ["1", "2"]


# --- where a tag ends ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("{{ {'a': 1}}}", "{'a': 1}"),
        ("{{ {'a': {'b': 1}}['a']['b'] }}", "1"),
        ("{% set z = {'a': {'b': {'c': 2}}} %}{{ z.a.b.c }}", "2"),
        ("{% for k, v in {'a': {'b': 1}}.items() %}{{ k }}{{ v.b }}{% endfor %}", "a1"),
        ("{{ '}}' }} {{ « {{ » }} {{ '%}' }}{% if '%}' == x %}a{% endif %}", "}} {{ %}"),
        ("{{ {'a': 1} -}}b", "{'a': 1}b"),
        ("{{ x }} l’un d’eux {{ x }} }", "y l’un d’eux y }"),
    ],
)
def test_a_tag_ends_where_its_author_closed_it(typed: str, printed: str) -> None:
    assert words(Template.load(a_template(typed)).render({"x": "y"})) == [printed]
    split = [
        (typed[:cut], "", typed[cut:]) for cut in range(1, len(typed))
    ]  # whatever runs Word split it over
    assert words(Template.load(a_template(*split)).render({"x": "y"})) == [printed] * len(split)


@pytest.mark.parametrize(
    "typed",
    [
        ["{%p if 5 % 2 == 1 %}", "{{ x }}", "{%p endif %}"],
        ["{%p for k in {'a': 1} %}", "{{ x }}", "{%p endfor %}"],
        ["{{r '%s' % x }}"],
        ["{{p {'a': {'b': x}}.a.b }}"],
        ["{%p if x -%}", "{{ x }}", "{%-p endif -%}"],
    ],
)
def test_a_prefixed_tag_may_say_anything(typed: list[str]) -> None:
    assert words(Template.load(a_template(*typed)).render({"x": "y"})) == ["y"]


def test_a_cell_s_colour_and_width_may_be_computed() -> None:
    template = a_template(
        "x", table=[["{% cellbg 'ff0000' if 5 % 2 else '00ff00' %}a", "{% colspan {'n': 1}['n'] %}b"]]
    )
    xml = body(Template.load(template).render({}))
    assert 'w:fill="ff0000"' in xml
    assert 'w:gridSpan w:val="1"' in xml


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        (["{% raw %}{{ x }} {% if %}{% endraw %} {{ x }}"], ["{{ x }} {% if %} y"]),
        (["{% raw %}{{ l’agent « {% endraw %}{{ x }}"], ["{{ l’agent « y"]),
        (["{%p raw %}", "{{ d’accord }}", "{%p endraw %}", "{{ x }}"], ["{{ d’accord }}", "y"]),
    ],
)
def test_what_stands_raw_is_text(typed: list[str], printed: list[str]) -> None:
    template = Template.load(a_template(*typed))
    document, findings = template.render_checked({"x": "y"})
    assert words(document) == printed
    assert findings == []


def test_braces_typed_to_be_shown_are_shown_even_where_there_is_no_tag() -> None:
    template = Template.load(a_template("{_{ x }_} {_% if %_}", header="{_{ y }_}", footer="{{ x }}"))
    document, findings = template.render_checked({"x": "y"})
    assert words(document) == ["{{ x }} {% if %}"]
    assert words(document, "word/header1.xml") == ["{{ y }}"]
    assert findings == []


def test_a_tag_that_trims_is_named_when_another_one_fails() -> None:
    typed = ["{%- with a = x -%}", "{%- set b = a -%}", "{{ b|inconnu }}", "{%- endwith %}"]
    with pytest.raises(TemplateError, match="filtre inconnu : « inconnu »") as error:
        Template.load(a_template(*typed))
    assert error.value.place == "corps, paragraphe 3"


@pytest.mark.parametrize(
    "properties", ["", "<w:tcPr/>", '<w:tcPr><w:tcW w:w="9" w:type="dxa"/><w:vAlign w:val="top"/></w:tcPr>']
)
@pytest.mark.parametrize("tag", ["{% cellbg 'ff0000' %}", "{% colspan 1 %}", "{% vm %}", "{% hm %}"])
def test_what_a_tag_says_of_a_cell_stands_among_its_properties(properties: str, tag: str) -> None:
    start, cell, end = (
        f"<w:tr><w:tc>{before}<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc></w:tr>"
        for before, text in (("", "{%tr for i in [1] %}"), (properties, f"{tag}a"), ("", "{%tr endfor %}"))
    )
    grid = '<w:tblPr/><w:tblGrid><w:gridCol w:w="9"/></w:tblGrid>'
    table = f"<w:tbl>{grid}{start}{cell}{end}</w:tbl><w:p/>"
    template = edited(a_template("x"), "word/document.xml", ("<w:p><w:r><w:t>x</w:t></w:r></w:p>", table))
    found = re.findall(r"<w:tc>(?:<w:tcPr>(.*?)</w:tcPr>)?<w:p>", body(Template.load(template).render({})))
    names = re.findall(r"<w:(\w+)", found[0])
    order = ["tcW", "gridSpan", "vMerge", "shd", "vAlign"]
    assert names == sorted(names, key=order.index)
    assert len(set(names) & {"gridSpan", "vMerge", "shd"}) == 1


@pytest.mark.parametrize("typed", ["\ue0009\ue001", "\ue0000\ue001", "\uf5d0x\uf5d1"])
def test_private_characters_of_a_template_are_only_text(typed: str) -> None:
    made = Template.load(a_template(typed + " {{ x }}")).render({"x": typed})
    assert words(made)[0] == f"{typed} {typed}"
