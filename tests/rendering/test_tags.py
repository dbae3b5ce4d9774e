"""The spelling of tags: what Word's autocorrection and French typing do to them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment
from word_templates import a_template, words

from ctgdocs.errors import TemplateError
from ctgdocs.rendering import Template
from ctgdocs.rendering.tags import join, normalise, tags

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
