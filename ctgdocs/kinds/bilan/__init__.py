"""Bilans: what a convention did in one year, as its partners are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctgdocs.kind import Kind

if TYPE_CHECKING:
    from ctgdocs.kinds.bilan.acte import Acte

KIND: Kind[Acte] = Kind(
    name="bilan",
    shelf="bilans",
    label="bilan",
    plural="bilans",
    package=__name__,
)
