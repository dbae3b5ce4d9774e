"""Old documents: their lines, the headings among them, and what stands under each.

A kind that reads its own has a `from_word.py`: its table of headings, what it alone can tell (`Form`), and
the field of each. Tables are read by `content.sheets`.
"""

from ctgdocs.importing.gathering import (
    FREE,
    START,
    Form,
    Gathered,
    Proposal,
    gather,
    rubrique,
    scalar,
    texts,
    words,
)
from ctgdocs.importing.headings import Headings
from ctgdocs.importing.lines import Line, read_lines

__all__ = [
    "FREE",
    "START",
    "Form",
    "Gathered",
    "Headings",
    "Line",
    "Proposal",
    "gather",
    "read_lines",
    "rubrique",
    "scalar",
    "texts",
    "words",
]
