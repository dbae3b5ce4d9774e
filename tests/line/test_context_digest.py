"""Step three of freshness: contexts that print differently have different digests."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from ctgdocs.memory.records import context_digest
from ctgdocs.prose import Block, Cell, Contents, ContentsEntry, ListBlock, Paragraph, Prose, Run, TableBlock
from ctgdocs.stages import Composition

words = st.sampled_from(("", "a", "b"))
flags = st.booleans()
runs = st.lists(words.map(Run), max_size=2).map(tuple)
paragraphs = st.tuples(runs, st.sampled_from(("corps", "titre1"))).map(lambda made: Paragraph(*made))
cells = st.lists(paragraphs, max_size=1).map(lambda made: Cell(tuple(made)))
rows = st.lists(st.lists(cells, max_size=2).map(tuple), max_size=2).map(tuple)
blocks: st.SearchStrategy[Block] = st.recursive(
    paragraphs
    | st.tuples(rows, flags, flags, words).map(lambda made: TableBlock(*made))
    | st.lists(
        st.tuples(words, words, st.integers(1, 2), words).map(lambda made: ContentsEntry(*made)), max_size=1
    ).map(lambda made: Contents(tuple(made))),
    lambda inner: st.tuples(
        st.lists(st.lists(inner, max_size=2).map(tuple), max_size=2).map(tuple), flags, st.integers(1, 2)
    ).map(lambda made: ListBlock(*made)),
    max_leaves=6,
)


def digest(*said: Block) -> str:
    return context_digest(Composition({"expose": Prose(said)}, "modele.docx", "sortie.docx", "titre"))


def typed(value: object) -> object:
    """A block with its type said at every level: what tells two blocks apart for a reader."""
    if isinstance(value, tuple):
        return type(value).__name__, [typed(one) for one in value]
    return value


@given(st.lists(st.lists(blocks, max_size=3), min_size=2, max_size=6))
def test_long_texts_that_differ_never_share_a_digest(texts: list[list[Block]]) -> None:
    for one, other in combinations(texts, 2):
        assert (digest(*one) == digest(*other)) == (typed(tuple(one)) == typed(tuple(other)))


def test_a_list_of_strings_is_not_a_long_text() -> None:
    plain = Composition({"expose": ["prose", []]}, "modele.docx", "sortie.docx", "titre")
    assert context_digest(plain) != context_digest(
        Composition({"expose": "prose"}, "modele.docx", "sortie.docx", "titre")
    )
