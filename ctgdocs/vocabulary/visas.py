"""The library of legal references: `content/visas.yaml`, id → entry."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from ctgdocs.vocabulary.liens import IdVisa
from ctgdocs.vocabulary.scalars import DateFr, Fiche, Texte, Url

Rang = Literal["code", "loi", "decret", "arrete", "circulaire", "statuts", "deliberation", "avis"]


class Visa(Fiche):
    """Une référence que les actes visent, écrite une fois, avec ses dates de validité."""

    texte: Texte = Field(
        description="Ce qui suit « Vu », article compris, sans ponctuation finale.",
        examples=["le code général des collectivités territoriales, notamment son article L. 5211-1"],
    )
    rang: Rang = Field(
        description="Nature de la référence ; les visas d’un acte en suivent l’ordre.", examples=["code"]
    )
    valide_du: DateFr | None = Field(
        default=None, description="Premier jour où la référence peut être visée."
    )
    valide_au: DateFr | None = Field(default=None, description="Dernier jour où elle peut être visée.")
    remplace_par: IdVisa | None = Field(
        default=None, description="Identifiant du visa qui la remplace ensuite.", examples=["loi-sppe"]
    )
    lien: Url | None = Field(default=None, description="Adresse du texte, par exemple sur Légifrance.")

    def valide(self, jour: date) -> bool:
        """Whether an act of that day may cite it; both ends are included."""
        return (self.valide_du is None or self.valide_du <= jour) and (
            self.valide_au is None or jour <= self.valide_au
        )
