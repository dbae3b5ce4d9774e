"""One rule of quotes: what is written is what is read, wherever it stands."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ctgdocs.content.reading import parse
from ctgdocs.content.spelling import scalar

LETTERS = st.characters(exclude_categories=("C", "Z"), include_characters=" :#-,[]{}'\"\\|>&*!%@`?~=")


@given(st.text(LETTERS, min_size=1, max_size=30))
@example("Convention : la suite")
@example("- x")
@example("a #3")
@example("l’aide & <b>")
@example("fin :")
def test_a_text_is_read_as_it_was_given(text: str) -> None:
    for written in (f"objet: {scalar(text)}", f"- {scalar(text)}", f"[{scalar(text, flow=True)}, b]"):
        source, findings = parse(f"a:\n  {written}\n".encode(), "x.yaml")
        assert source is not None, findings
        held = source.root["a"]  # type: ignore[index]  # a str finds its equal Text
        assert (held["objet"] if isinstance(held, dict) else held[0]) == text  # type: ignore[index]


@pytest.mark.parametrize("text", ["2026-045", "Vaurelle", "12 500 €", "un texte ; simple"])
def test_what_needs_no_quotes_has_none(text: str) -> None:
    assert scalar(text) == text
