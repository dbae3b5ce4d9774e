"""The sheet on which the parties to a convention sign and initial it, on the day they meet or in turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctgdocs.kind import Kind

if TYPE_CHECKING:
    from ctgdocs.kinds.signature.acte import Acte

KIND: Kind[Acte] = Kind(
    name="signature",
    shelf="signatures",
    label="feuille de signatures",
    plural="feuilles de signatures",
    package=__name__,
    feminine=True,
)
