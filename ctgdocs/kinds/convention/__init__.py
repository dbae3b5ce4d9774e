"""Conventions: the CTG, its avenants, and the conventions of financing or partnership around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctgdocs.kind import Kind

if TYPE_CHECKING:
    from ctgdocs.kinds.convention.acte import Acte

KIND: Kind[Acte] = Kind(
    name="convention",
    shelf="conventions",
    label="convention",
    plural="conventions",
    package=__name__,
    feminine=True,
    imports=("from_word", "from_board"),
    corrected_by="un avenant",
)
