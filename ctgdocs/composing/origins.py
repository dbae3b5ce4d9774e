"""Where the texts of a page were typed, paragraph by paragraph: the carriers of its fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b

from ctgdocs.prose import Block, Carrier, ListBlock, Paragraph, Prose, Run, TableBlock
from ctgdocs.stages import Origin

OBJECT = "\ufffc"
"""Stands in a text for what is no text: a picture, the call of a note."""


def carriers(origins: Iterable[Origin]) -> tuple[Carrier, ...]:
    """The carriers of a document, one a paragraph that an author typed."""
    return tuple(dict.fromkeys(one for origin in origins for one in _of(origin)))


def _of(origin: Origin) -> Iterator[Carrier]:
    label = ", ".join(str(step + 1 if isinstance(step, int) else step) for step in origin.steps)
    texts = paragraphs_of(origin.said) if isinstance(origin.said, Prose) else (origin.said,)
    where = f"{origin.file}\0{origin.steps}"
    for rank, text in enumerate(texts):
        id = blake2b(f"{where}\0{rank}".encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
        yield Carrier(id, label, text)


def paragraphs_of(prose: Prose) -> Iterator[str]:
    """The text of each paragraph of a long text, as the page shows them."""
    for block in prose:
        yield from _texts(block)


def _texts(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield _text(block)
    elif isinstance(block, ListBlock):
        for item in block.items:
            for inner in item:
                yield from _texts(inner)
    elif isinstance(block, TableBlock):
        for row in block.rows:
            for cell in row:
                yield from map(_text, cell.paragraphs)


def notes_called(prose: Prose) -> Iterator[str]:
    """The text of each note that a long text calls."""
    for run in _runs(prose.blocks):
        yield from map(_text, run.note)


def _runs(blocks: Iterable[Block]) -> Iterator[Run]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from block.runs
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from _runs(item)
        elif isinstance(block, TableBlock):
            for row in block.rows:
                for cell in row:
                    yield from _runs(cell.paragraphs)


def _text(paragraph: Paragraph) -> str:
    return "".join(
        OBJECT if run.note or run.picture else "\n" if run.line_break else run.text for run in paragraph.runs
    )
