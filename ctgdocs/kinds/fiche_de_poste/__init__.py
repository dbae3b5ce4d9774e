"""Fiches de poste and offres d'emploi: two documents of one post, from the same content."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctgdocs.kind import Kind

if TYPE_CHECKING:
    from ctgdocs.kinds.fiche_de_poste.acte import Acte

KIND: Kind[Acte] = Kind(
    name="fiche_de_poste",
    shelf="fiches_de_poste",
    label="fiche de poste",
    plural="fiches de poste",
    package=__name__,
    feminine=True,
    parts=("fiche", "offre"),
    imports=("from_word",),
)
