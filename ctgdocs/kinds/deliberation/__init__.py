"""The délibération: from the projet laid before a commission to the act made executory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctgdocs.kind import Kind

if TYPE_CHECKING:
    from ctgdocs.kinds.deliberation.acte import Acte

KIND: Kind[Acte] = Kind(
    name="deliberation",
    shelf="deliberations",
    label="délibération",
    plural="délibérations",
    package=__name__,
    feminine=True,
    corrected_by="une délibération rectificative",
)
