"""`[à compléter : …]` stands out in the document, wherever it comes from."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from ctgdocs.templates.layout import highlighted

STYLED = '<w:rPr><w:rStyle w:val="ACompleter"/></w:rPr>'


def paragraph(text: str, look: str = "") -> str:
    return f'<w:p><w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def text_of(xml: str) -> str:
    return re.sub("<[^>]+>", "", xml)


def test_only_the_placeholder_takes_the_style() -> None:
    xml = highlighted(paragraph("Pilote : [à compléter : qui ?] et Caf"), "ACompleter")
    assert xml.count(STYLED) == 1
    assert f'{STYLED}<w:t xml:space="preserve">[à compléter : qui ?]</w:t>' in xml
    assert text_of(xml) == "Pilote : [à compléter : qui ?] et Caf"


def test_the_run_keeps_its_look_around_it_and_its_direct_formatting_inside() -> None:
    look = '<w:rPr><w:rStyle w:val="Strong"/><w:i/></w:rPr>'
    xml = highlighted(paragraph("le [A completer] là", look), "ACompleter")
    assert xml.count(look) == 2
    assert '<w:rPr><w:rStyle w:val="ACompleter"/><w:i/></w:rPr>' in xml


def test_an_ordinary_bracket_is_left_alone() -> None:
    xml = paragraph("voir [1] et [à compléter sans fin")
    assert highlighted(xml, "ACompleter") == xml


@given(
    st.lists(
        st.sampled_from(["texte ", "[à compléter]", "[à compléter : le nom]", "[2]", "1er "]), max_size=8
    )
)
def test_no_word_is_lost(pieces: list[str]) -> None:
    text = "".join(pieces)
    xml = highlighted(paragraph(text), "ACompleter")
    assert text_of(xml) == text
    assert xml.count(STYLED) == sum(piece.startswith("[à") for piece in pieces)
