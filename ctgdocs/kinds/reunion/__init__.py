"""The papers of a meeting: its convocation, its ordre du jour, its attendance sheet, its conclusions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctgdocs.kind import Kind

if TYPE_CHECKING:
    from ctgdocs.kinds.reunion.acte import Acte

CONVOCATION, ORDRE_DU_JOUR, EMARGEMENT, RELEVE = "convocation", "ordre-du-jour", "emargement", "releve"

KIND: Kind[Acte] = Kind(
    name="reunion",
    shelf="reunions",
    label="réunion",
    plural="réunions",
    package=__name__,
    feminine=True,
    parts=(CONVOCATION, ORDRE_DU_JOUR, EMARGEMENT, RELEVE),
)
