"""Ordinals are raised; whatever only looks like one is not touched."""

from __future__ import annotations

import doctest
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from word_samples import text_of

from ctgdocs.templates import layout
from ctgdocs.templates.layout import CLOSE, OPEN, mark, raised, superscript


def shown(text: str) -> str:
    return mark(text).replace(OPEN, "[").replace(CLOSE, "]")


def test_doctests() -> None:
    assert doctest.testmod(layout).failed == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Article 1er", "Article 1[er]"),
        ("la 1re vice-présidente", "la 1[re] vice-présidente"),
        ("les 1ers et les 1res", "les 1[ers] et les 1[res]"),
        ("la 2e réunion, le 2d tour, la 2de", "la 2[e] réunion, le 2[d] tour, la 2[de]"),
        ("le XXIe siècle", "le XXI[e] siècle"),
        ("le 21e.", "le 21[e]."),
        ("la Ve République", "la V[e] République"),
        ("François Ier", "François I[er]"),
        ("« 3e »", "« 3[e] »"),
        ("(4e)", "(4[e])"),
        ("12es rencontres", "12[es] rencontres"),
    ],
)
def test_ordinals_are_raised(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "8e4f", "réf. 2026-8e", "#1e", "#12e", "https://x.fr/2e", "a@2e.fr", "2e.fr", "v1.2e", "x=3e", "1e-5",
        "2026e", "21er", "1e", "CIe", "Xe", "vie", "VIE", "CDe", "Ve", "LLe", "MMe Durand", "2erreur", "3ed",
        "le 3 est", "{{ x }}", "0x1e", "12de",
    ],
)  # fmt: skip
def test_what_only_looks_like_an_ordinal_stays(text: str) -> None:
    assert mark(text) == text


def run(text: str, properties: str = "") -> str:
    return f'<w:p><w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def test_the_letters_take_the_style_and_the_rest_stays() -> None:
    assert superscript(run("le 1er mars"), "Exposant") == (
        '<w:p><w:r><w:t xml:space="preserve">le 1</w:t></w:r>'
        '<w:r><w:rPr><w:rStyle w:val="Exposant"/></w:rPr><w:t>er</w:t></w:r>'
        '<w:r><w:t xml:space="preserve"> mars</w:t></w:r></w:p>'
    )


def test_no_empty_run_is_left_at_the_end() -> None:
    assert superscript(run("Article 1er"), "Exposant").endswith("<w:t>er</w:t></w:r></w:p>")


def test_the_look_of_the_run_is_kept() -> None:
    xml = superscript(run("le 1er mars", '<w:rPr><w:b/><w:sz w:val="28"/></w:rPr>'), "Exposant")
    assert '<w:rPr><w:rStyle w:val="Exposant"/><w:b/><w:sz w:val="28"/></w:rPr><w:t>er' in xml
    assert xml.count('<w:b/><w:sz w:val="28"/>') == 3


def test_a_run_with_a_named_style_keeps_it() -> None:
    xml = superscript(
        run("1er", '<w:rPr><w:rStyle w:val="Strong"/><w:lang w:val="fr-FR"/></w:rPr>'), "Exposant"
    )
    assert '<w:rStyle w:val="Strong"/><w:vertAlign w:val="superscript"/><w:lang w:val="fr-FR"/>' in xml


def test_marks_outside_text_disappear() -> None:
    xml = f'<wp:docPr descr="le 1{OPEN}er{CLOSE} logo"/><w:instrText>1{OPEN}er{CLOSE}</w:instrText>'
    assert raised(xml, "Exposant") == '<wp:docPr descr="le 1er logo"/><w:instrText>1er</w:instrText>'


def test_tags_and_attributes_are_not_read() -> None:
    xml = '<w:p w:rsidR="001e"><w:r><w:t>{% if a == "1er" %}</w:t></w:r></w:p>'
    assert superscript(xml, "Exposant") == xml


def test_a_lone_mark_in_the_data_breaks_nothing() -> None:
    assert text_of(raised(run(f"a{OPEN}b"), "Exposant")) == f"a{OPEN}b"


PIECES = st.lists(
    st.sampled_from(
        ["1er", "2e", "XXIe", "8e4f", " ", "-", "Article", "le", "1re", ".", "é", "2026", "&amp;"]
    )
)


@given(PIECES)
def test_the_text_never_changes(pieces: list[str]) -> None:
    text = "".join(pieces)
    xml = superscript(run(text), "Exposant")
    assert text_of(xml) == text
    assert xml.count("<w:r>") == xml.count("</w:r>") == len(re.findall("</w:t>", xml))
