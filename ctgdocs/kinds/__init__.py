"""The kinds of documents this program knows: one drawer each, one line here."""

from ctgdocs.kind import Kind
from ctgdocs.kinds.arrete import KIND as ARRETE
from ctgdocs.kinds.deliberation import KIND as DELIBERATION

KINDS: tuple[Kind, ...] = (DELIBERATION, ARRETE)

__all__ = ["KINDS"]
