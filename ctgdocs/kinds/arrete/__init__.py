"""Arrêtés and décisions: the acts the executive signs alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctgdocs.kind import Kind

if TYPE_CHECKING:
    from ctgdocs.kinds.arrete.acte import Acte

KIND: Kind[Acte] = Kind(
    name="arrete",
    shelf="arretes",
    label="arrêté",
    plural="arrêtés",
    package=__name__,
    corrected_by="un arrêté modificatif",
)
