"""Two versions of a Word document, and what changed between them.

from ctgdocs.redline import accept_all, reading, redline, reject_all

`redline` writes the new document with tracked changes that lead back to the old one; `accept_all` and
`reject_all` settle them as Word does; `reading` reads them back, `lines` and `page` show what was read;
`outline` says what a settled document says, block by block. `same`, `alike` and `gaps` pair what two
sequences have in common.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ctgdocs.redline.align import alike, bag, common_words, gaps, same

if TYPE_CHECKING:
    from ctgdocs.redline.outlining import outline
    from ctgdocs.redline.settle import accept_all, authors_of, reject_all, settled
    from ctgdocs.redline.stories import Reading, lines, marked, page, reading
    from ctgdocs.redline.writer import redline
    from ctgdocs.word.walk import Change

__all__ = [
    "Change", "Reading", "accept_all", "alike", "authors_of", "bag", "common_words", "gaps", "lines",
    "marked", "outline", "page", "reading", "redline", "reject_all", "same", "settled",
]  # fmt: skip

_AT_NEED = {
    "outline": "redline.outlining", "redline": "redline.writer", "Change": "word.walk",
    **dict.fromkeys(("accept_all", "authors_of", "reject_all", "settled"), "redline.settle"),
    **dict.fromkeys(("Reading", "lines", "marked", "page", "reading"), "redline.stories"),
}  # fmt: skip


def __getattr__(name: str) -> Any:
    """Who pairs two sequences, or settles changes, does without what writes and shows them."""
    if name not in _AT_NEED:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"ctgdocs.{_AT_NEED[name]}"), name)
