"""Two versions of a Word document, and what changed between them.

from ctgdocs.redline import accept_all, outline, redline, reject_all

`redline` writes the new document with tracked changes that lead back to the old one; `accept_all` and
`reject_all` settle them as Word does; `outline` reads what a document says, block by block.
"""

from __future__ import annotations

from ctgdocs.redline.outline import outline
from ctgdocs.redline.settle import accept_all, reject_all
from ctgdocs.redline.writer import redline

__all__ = ["accept_all", "outline", "redline", "reject_all"]
