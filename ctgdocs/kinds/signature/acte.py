"""What a sheet of signatures adds to a convention: when and where it is signed, and what goes round."""

from __future__ import annotations

from pydantic import Field

from ctgdocs.vocabulary.liens import IdConvention
from ctgdocs.vocabulary.scalars import DateFr, Fiche, Heure, OuiNon, Texte


class Acte(Fiche):
    """La feuille de signatures d’une convention : qui signe pour chaque partie, la place des paraphes."""

    convention: IdConvention = Field(description="La convention, nom de son fichier.")
    date: DateFr | None = Field(default=None, description="Jour de la signature, s’il est fixé.")
    heure: Heure | None = Field(default=None, description="Heure de la signature.")
    lieu: Texte | None = Field(default=None, description="Lieu de la signature.")
    paraphes: OuiNon = Field(
        default=True, description="oui : une colonne pour le paraphe que chacun porte sur les pages."
    )
    mention: Texte | None = Field(
        default=None, description="Une consigne de plus : « à retourner au siège avant le 12 décembre 2026 »."
    )
