"""What a sheet of signatures adds to a convention: when and where it is signed, and what goes round."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ctgdocs.vocabulary.liens import IdConvention
from ctgdocs.vocabulary.scalars import DateFr, Fiche, Heure, OuiNon, Texte


class Acte(Fiche):
    """La feuille de signatures d’une convention : qui signe pour chaque partie, la place des paraphes."""

    convention: Annotated[IdConvention, Field(description="La convention, nom de son fichier.")]
    date: Annotated[DateFr | None, Field(description="Jour de la signature, s’il est fixé.")] = None
    heure: Annotated[Heure | None, Field(description="Heure de la signature.")] = None
    lieu: Annotated[Texte | None, Field(description="Lieu de la signature.")] = None
    paraphes: Annotated[
        OuiNon, Field(description="oui : une colonne pour le paraphe que chacun porte sur les pages.")
    ] = True
    mention: Annotated[
        Texte | None,
        Field(description="Une consigne de plus : « à retourner au siège avant le 12 décembre 2026 »."),
    ] = None
