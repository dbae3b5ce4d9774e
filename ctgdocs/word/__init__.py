"""A Word file as parts, read with suspicion and written the same way every time.

from ctgdocs.word import mark_of, paragraphs, read, words_of, write

`marked` gives a file a mark that says who made it, `mark_of` tells whether anybody has touched it since.

A template that is kept ready is rendered without an XML parser: what needs one is imported when asked for.
"""

from typing import TYPE_CHECKING

from ctgdocs.word.fingerprint import Mark, mark_of, marked
from ctgdocs.word.package import XML_DAMAGE, Package, ordinary, read, unzipped, write
from ctgdocs.word.pages import Settled, Unsaid, for_dxpdf, for_libreoffice, numbered, without
from ctgdocs.word.passage import Comment, Dress, Look, Passage, Told, ToldBlock, ToldCell, ToldFile, ToldTable
from ctgdocs.word.pictures import EMU, Damaged, facts_of
from ctgdocs.word.safety import make_safe
from ctgdocs.word.text import (
    changed_words,
    comments_of,
    differences,
    paragraphs,
    passages,
    retyped,
    tell,
    tracking,
    words_of,
)

if TYPE_CHECKING:
    from ctgdocs.word.seen import Known
    from ctgdocs.word.walk import Paragraph

__all__ = [
    "EMU",
    "XML_DAMAGE",
    "Comment",
    "Damaged",
    "Dress",
    "Known",
    "Look",
    "Mark",
    "Package",
    "Paragraph",
    "Passage",
    "Settled",
    "Told",
    "ToldBlock",
    "ToldCell",
    "ToldFile",
    "ToldTable",
    "Unsaid",
    "changed_words",
    "comments_of",
    "differences",
    "facts_of",
    "for_dxpdf",
    "for_libreoffice",
    "make_safe",
    "mark_of",
    "marked",
    "numbered",
    "ordinary",
    "paragraphs",
    "passages",
    "read",
    "retyped",
    "tell",
    "tracking",
    "unzipped",
    "without",
    "words_of",
    "write",
]
