"""The notes: for a commission, for the assembly (rapport de présentation), for its members (note explicative
de synthèse)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctgdocs.kind import Kind

if TYPE_CHECKING:
    from ctgdocs.kinds.note.acte import Acte

KIND: Kind[Acte] = Kind(
    name="note",
    shelf="notes",
    label="note",
    plural="notes",
    package=__name__,
    feminine=True,
)
