"""The years of a convention together: its tableau de bord, and its final evaluation in four questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctgdocs.kind import Kind

if TYPE_CHECKING:
    from ctgdocs.kinds.evaluation.acte import Acte

EVALUATION, TABLEAU_DE_BORD = "evaluation", "tableau-de-bord"

KIND: Kind[Acte] = Kind(
    name="evaluation",
    shelf="evaluations",
    label="évaluation",
    plural="évaluations",
    package=__name__,
    feminine=True,
    parts=(EVALUATION, TABLEAU_DE_BORD),
)
