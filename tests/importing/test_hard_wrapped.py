"""« One paragraph a line »: a Word file whose author ended each line of the page with the Enter key."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from posts import a_word_file, paragraph

from ctgdocs.importing.document import Para, opened

SENTENCE = (
    "la commune soutient le projet de chaque association du territoire et met à sa disposition un local "
    "communal chauffé pendant toute la durée prévue par les partenaires Brisol Mme Mimoun illimité fil"
)
NARROW, WIDE = "iltjf’,.;:", "mwMW"
TEXT = st.lists(st.sampled_from(SENTENCE.split()), min_size=1, max_size=60).map(" ".join)
PARAGRAPH = st.builds("Le {}{}".format, TEXT, st.sampled_from(".;:"))


def wide(text: str) -> float:
    """How wide a line is in a font of this test's own."""
    return sum(0.5 if one in NARROW else 1.7 if one in WIDE else 1.35 if one.isupper() else 1 for one in text)


def wrapped(text: str, width: float) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        if lines and wide(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def read(lines: list[str]) -> list[str]:
    blocks = opened("a.docx", a_word_file(*map(paragraph, lines))).blocks
    return [block.text for block in blocks if isinstance(block, Para)]


def test_a_file_of_lines_is_read_as_its_paragraphs() -> None:
    text = f"{SENTENCE}."
    paragraphs = [text, "Titre 2", text.replace("commune", "ville"), f"- {text}", "Fait à Brisol", text]
    lines = [line for one in paragraphs for line in wrapped(one, 78)]
    assert len(lines) > 2 * len(paragraphs)
    assert read(lines) == paragraphs
    assert read([*lines, f"{text} {text}"]) == [*lines, f"{text} {text}"]  # not the whole file


def test_lines_of_about_one_length_that_begin_anew_are_left_alone() -> None:
    lines = [f"Commune de Brisol-le-Vieux-{at}, représentée par son maire, Mme Zoé N{at}" for at in range(30)]
    assert read(lines) == lines


@settings(max_examples=25, deadline=None)
@given(st.lists(PARAGRAPH, min_size=1, max_size=12), st.sampled_from((62.0, 78.0, 95.0)))
def test_no_word_moves_and_nothing_is_joined_after_a_stop(paragraphs: list[str], width: float) -> None:
    lines = [line for one in paragraphs for line in wrapped(one, width)]
    found = read(lines)
    assert " ".join(found) == " ".join(lines)
    glued = [f"{end} {after}" for end, after in pairwise(lines) if end[-1] in ".;:"]
    assert not [text for text in found if any(one in text for one in glued)]
