"""The persons who sit, vote and sign: `content/elus.yaml`, id → entry."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ctgdocs.vocabulary.liens import IdCommune
from ctgdocs.vocabulary.scalars import Courriel, DateFr, Fiche, Identifiant, Texte, known_elsewhere

Civilite = Literal["M.", "Mme"]


class Elu(Fiche):
    """Un élu (ou, pour un CCAS, un administrateur nommé) : titulaire ou suppléant."""

    civilite: Civilite = Field(description="Civilité : « M. » ou « Mme ».", examples=["Mme"])
    prenom: Texte = Field(description="Prénom.", examples=["Claire"])
    nom: Texte = Field(description="Nom, en minuscules accentuées.", examples=["Durand"])
    commune: IdCommune | None = Field(
        default=None,
        description="Commune représentée, par son identifiant dans communes.yaml.",
        examples=["belmaure-de-vaurelle"],
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
    groupe: Texte | None = Field(
        default=None,
        description="Groupe d’élus, facultatif ; aucun acte ne l’imprime.",
        examples=["Ensemble pour la vallée"],
    )
    courriel: Courriel | None = Field(
        default=None, description="Adresse électronique où il reçoit ses convocations."
    )
    maire_de: IdCommune | None = Field(
        default=None, description="Commune dont la personne est maire.", examples=["esparnac"]
    )


# --- The persons who hold the posts: `content/agents/`, one file each, that git does not keep


IdAgent = Annotated[
    Identifiant, known_elsewhere("écrivez le nom de son fichier de content/agents/, sans « .yaml »")
]
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
