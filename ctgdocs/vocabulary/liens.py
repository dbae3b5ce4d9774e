"""References to what is typed once: an id field says which registry it points to.

`Lien` is metadata only; whether the id exists is checked by `rules/liens.py`, which walks any `Fiche`.
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

from ctgdocs.vocabulary.scalars import Identifiant


class Lien(NamedTuple):
    """Marks an id: `registre` is the name of a registry (registres.py) or of a kind of document."""

    registre: str


IdCommune = Annotated[Identifiant, Lien("communes")]
IdElu = Annotated[Identifiant, Lien("elus")]
IdInstance = Annotated[Identifiant, Lien("instances")]
IdPartenaire = Annotated[Identifiant, Lien("partenaires")]
IdVisa = Annotated[Identifiant, Lien("visas")]
IdSeance = Annotated[Identifiant, Lien("seances")]
IdDeliberation = Annotated[Identifiant, Lien("deliberation")]
IdConvention = Annotated[Identifiant, Lien("convention")]
IdDossier = Annotated[Identifiant, Lien("dossiers")]
IdNote = Annotated[Identifiant, Lien("note")]
