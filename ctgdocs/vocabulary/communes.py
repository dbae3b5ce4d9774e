"""The communes: `content/communes.yaml`, id → entry."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ctgdocs.vocabulary.scalars import Entier, Fiche, OuiNon, Texte


class Commune(Fiche):
    """Une commune, par exemple membre de la communauté."""

    nom: Texte = Field(
        description="Nom officiel, article compris.", examples=["Beaumont-de-Lomagne", "Le Causé"]
    )
    population: Annotated[Entier, Field(gt=0)] | None = Field(
        default=None, description="Population légale.", examples=["3850"]
    )
    elision: OuiNon | None = Field(
        default=None,
        description="« d’ » (oui) ou « de » (non) devant le nom, quand l’usage local l’exige ; sinon deviné.",
        examples=["oui"],
    )
