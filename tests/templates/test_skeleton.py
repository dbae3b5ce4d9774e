"""The short form of a piece of XML reads the same as the piece, for the question: is it well formed?"""

from __future__ import annotations

from xml.parsers import expat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from word_templates import a_template, words

from ctgdocs.findings import TemplateError
from ctgdocs.templates import Template
from ctgdocs.templates.skeleton import short_form

PIECES = ["<a>", "</a>", "<b x='1'>", "</b>", "<c/>", "texte", '<a y="', '">', "&amp;", "<", ">"]


def reads(xml: str) -> bool:
    try:
        expat.ParserCreate().Parse(f"<r>{xml}</r>", True)
    except expat.ExpatError:
        return False
    return True


@settings(max_examples=400)
@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=6).map("".join), max_size=5))
def test_pieces_read_together_as_their_short_forms_do(pieces: list[str]) -> None:
    whole, short = "".join(pieces), "".join(map(short_form, pieces))
    if reads(whole):
        assert reads(short)
    elif all(reads(piece) or short_form(piece) != piece for piece in pieces):
        assert not reads(short)


def test_a_page_that_one_set_of_values_breaks_is_refused_after_one_that_did_not() -> None:
    template = Template.load(a_template("a {% if x %} b", "c", "{%p endif %}", "d"))
    assert words(template.render({"x": 1}))[-1] == "d"
    for _ in range(3):
        with pytest.raises(TemplateError, match="lisible par Word"):
            template.render({"x": 0})
        assert words(template.render({"x": 1}))[-1] == "d"
