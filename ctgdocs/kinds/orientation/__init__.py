"""The social affairs in the orientations budgétaires: what they cost, who pays, what is left to pay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctgdocs.kind import Kind

if TYPE_CHECKING:
    from ctgdocs.kinds.orientation.acte import Acte

KIND: Kind[Acte] = Kind(
    name="orientation",
    shelf="orientations",
    label="note d’orientations",
    plural="notes d’orientations",
    package=__name__,
    feminine=True,
)
