"""Two versions of a Word document, and what changed between them.

from ctgdocs.redline import accept_all, reading, redline, reject_all

`redline` writes the new document with tracked changes that lead back to the old one; `accept_all` and
`reject_all` settle them as Word does; `reading` reads them back, `lines` and `page` show what was read;
`outline` says what a settled document says, block by block. `same`, `alike` and `gaps` pair what two
sequences have in common.
"""

from ctgdocs.redline.align import alike, bag, common_words, gaps, same
from ctgdocs.redline.outline import outline
from ctgdocs.redline.settle import accept_all, authors_of, reject_all, settled
from ctgdocs.redline.stories import Reading, lines, marked, page, reading
from ctgdocs.redline.writer import redline
from ctgdocs.word.walk import Change

__all__ = [
    "Change",
    "Reading",
    "accept_all",
    "alike",
    "authors_of",
    "bag",
    "common_words",
    "gaps",
    "lines",
    "marked",
    "outline",
    "page",
    "reading",
    "redline",
    "reject_all",
    "same",
    "settled",
]
