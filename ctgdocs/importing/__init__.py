"""What was written elsewhere → content files to read again.

A file is opened whatever its format (document.py), recognised by one of the readers (reader.py), and proposed
as content. A kind that reads its own has a `from_*.py`: its table of headings, what it alone can tell
(`Form`), and the field of each. Tables are read by `content.sheets`.
"""

from ctgdocs.importing.document import Block, Box, Document, Para, Table, opened, paras_of
from ctgdocs.importing.gathering import (
    FREE,
    START,
    Form,
    Gathered,
    gather,
    rubrique,
    scalar,
    texts,
    words,
)
from ctgdocs.importing.lines import Headings, Line, lines_of
from ctgdocs.importing.reader import (
    MARK,
    SAME,
    SURE,
    Count,
    Proposal,
    Proposed,
    Reader,
    Wish,
    ranked,
    share,
)
from ctgdocs.importing.typed import clean

__all__ = [
    "FREE",
    "MARK",
    "SAME",
    "START",
    "SURE",
    "Block",
    "Box",
    "Count",
    "Document",
    "Form",
    "Gathered",
    "Headings",
    "Line",
    "Para",
    "Proposal",
    "Proposed",
    "Reader",
    "Table",
    "Wish",
    "clean",
    "gather",
    "lines_of",
    "opened",
    "paras_of",
    "ranked",
    "rubrique",
    "scalar",
    "share",
    "texts",
    "words",
]
