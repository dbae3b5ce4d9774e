"""The persons who sit, vote and sign: `content/elus.yaml`, id → entry."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ctgdocs.vocabulary.liens import IdCommune
from ctgdocs.vocabulary.scalars import Fiche, Texte

Civilite = Literal["M.", "Mme"]


class Elu(Fiche):
    """Un élu (ou, pour un CCAS, un administrateur nommé) : titulaire ou suppléant."""

    civilite: Civilite = Field(description="Civilité : « M. » ou « Mme ».", examples=["Mme"])
    prenom: Texte = Field(description="Prénom.", examples=["Claire"])
    nom: Texte = Field(description="Nom, en minuscules accentuées.", examples=["Durand"])
    commune: IdCommune | None = Field(
        default=None,
        description="Commune représentée, par son identifiant dans communes.yaml.",
        examples=["beaumont-de-lomagne"],
    )
    fonction: Texte | None = Field(
        default=None,
        description="Fonction dans la collectivité, accordée avec la personne.",
        examples=["présidente", "1re vice-présidente", "conseiller communautaire"],
    )
    delegation: Texte | None = Field(
        default=None,
        description="Délégation de fonctions reçue de l’exécutif ; elle permet de signer un arrêté.",
        examples=["affaires sociales et petite enfance"],
    )
    maire_de: IdCommune | None = Field(
        default=None, description="Commune dont la personne est maire.", examples=["esparsac"]
    )
