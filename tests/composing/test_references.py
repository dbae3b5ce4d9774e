"""A reference to an article travels through French untouched, and ends as Word's own number."""

from __future__ import annotations

import pytest

from ctgdocs.composing.references import References, bookmark
from ctgdocs.prose import Cell, ListBlock, Paragraph, Prose, Run, TableBlock


def some_references() -> References:
    references = References()
    references.add("article", "objet", "article\u00a01")
    references.add("article", "caf", "1.1")
    references.add("annexe", "plan", "annexe\u00a01")
    return references


def test_a_mark_becomes_a_run_that_follows_its_heading_wherever_it_stands() -> None:
    references = some_references()
    target = references.find("article", "objet")
    assert target
    mark = references.mark(target)
    paragraph = Paragraph((Run(f"selon l’{mark}, et", bold=True),))
    settled = Paragraph(
        (
            Run("selon l’", bold=True),
            Run("article\u00a01", bold=True, ref="article_objet"),
            Run(", et", bold=True),
        )
    )
    note = Paragraph((Run("texte"), Run("", note=(paragraph,))))
    prose = Prose((paragraph, ListBlock(((paragraph,),)), TableBlock(((Cell((paragraph,)),),)), note))
    assert references.settled(prose).blocks == (
        settled,
        ListBlock(((settled,),)),
        TableBlock(((Cell((settled,)),),)),
        Paragraph((Run("texte"), Run("", note=(settled,)))),
    )
    assert references.plain(f"l’{mark}") == "l’article\u00a01"


def test_the_first_of_an_id_keeps_it_and_bookmarks_are_never_the_same() -> None:
    references = References()
    long = "engagements-de-la-caisse-d-allocations-familiales"
    names = [references.add("article", long, str(rank)).bookmark for rank in range(3)]
    assert len(set(names)) == 3
    assert max(map(len, names)) <= 40
    found = references.find("article", long)
    assert found
    assert found.number == "0"


@pytest.mark.parametrize("id", ["objet", "2026-045", "a" * 80])
def test_a_bookmark_is_what_word_accepts(id: str) -> None:
    name = bookmark("article", id)
    assert name.replace("_", "a").isalnum()
    assert len(name) <= 40
