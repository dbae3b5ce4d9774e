"""The register of the délibérations of a year: its first page, and its table by date and by objet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctgdocs.kind import Kind

if TYPE_CHECKING:
    from ctgdocs.kinds.registre.acte import Acte

OUVERTURE, TABLE = "ouverture", "table"

KIND: Kind[Acte] = Kind(
    name="registre",
    shelf="registres",
    label="registre",
    plural="registres",
    package=__name__,
    parts=(OUVERTURE, TABLE),
)
