"""The communes: `content/communes.yaml`, id → entry."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ctgdocs.vocabulary.collectivite import Adresse, Siret
from ctgdocs.vocabulary.liens import IdElu
from ctgdocs.vocabulary.scalars import Courriel, Entier, Fiche, OuiNon, Texte, Url


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
    maire: IdElu | None = Field(
        default=None,
        description="Maire, par son identifiant ; à défaut, l’élu dont maire_de est cette commune.",
    )
    adresse: Adresse | None = Field(
        default=None, description="Adresse de la mairie, pour un acte écrit au nom de la commune."
    )
    siret: Siret | None = Field(default=None, description="SIRET, quatorze chiffres.")
    telephone: Texte | None = Field(default=None, description="Téléphone de la mairie.")
    courriel: Courriel | None = Field(default=None, description="Courriel de la mairie.")
    site: Url | None = Field(default=None, description="Site internet de la commune.")
