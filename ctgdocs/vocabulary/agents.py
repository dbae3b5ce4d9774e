"""The persons who hold the posts: `content/agents/`, one file each, that git does not keep.

Personal data stands here only; a fiche de poste names its agent by id, and is made with blanks where this
file is not.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ctgdocs.vocabulary.elus import Civilite
from ctgdocs.vocabulary.scalars import DateFr, Fiche, Identifiant, Texte

IdAgent = Identifiant
"""An id of content/agents/; not a `Lien`, because the file may be missing on this computer."""


class Agent(Fiche):
    """Un agent : ses données personnelles restent dans ce fichier, que git ignore."""

    civilite: Annotated[Civilite | None, Field(description="Civilité : « M. » ou « Mme ».")] = None
    nom: Annotated[Texte, Field(description="Nom.", examples=["Delmas"])]
    prenom: Annotated[Texte, Field(description="Prénom.", examples=["Inès"])]
    naissance: Annotated[DateFr | None, Field(description="Date de naissance.")] = None
    entree_fpt: Annotated[
        Texte | None, Field(description="Entrée dans la fonction publique territoriale : année ou date.")
    ] = None
    nomination: Annotated[DateFr | None, Field(description="Date de nomination dans le grade.")] = None
    grade: Annotated[Texte | None, Field(description="Grade de l’agent.")] = None
    affectation: Annotated[
        Texte | None, Field(description="Affectation sur le poste : 2026-01-05, ou 01/2026.")
    ] = None
    niveau_d_etudes: Annotated[Texte | None, Field(description="Niveau d’études.")] = None
