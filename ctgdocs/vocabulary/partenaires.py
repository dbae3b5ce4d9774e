"""The bodies the collectivité works or signs with: `content/partenaires.yaml`, id → entry."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ctgdocs.vocabulary.collectivite import Adresse, Siret
from ctgdocs.vocabulary.elus import Civilite
from ctgdocs.vocabulary.scalars import Fiche, Texte

TypeDePartenaire = Literal["caf", "msa", "departement", "commune", "etat", "association", "autre"]


class Representant(Fiche):
    """La personne qui signe ou siège pour le partenaire."""

    civilite: Civilite = Field(description="Civilité : « M. » ou « Mme ».", examples=["M."])
    prenom: Texte = Field(description="Prénom.", examples=["Pierre"])
    nom: Texte = Field(description="Nom.", examples=["Garnier"])
    fonction: Texte = Field(description="Fonction, accordée avec la personne.", examples=["directeur"])


class Partenaire(Fiche):
    """Un partenaire : Caf, MSA, département, commune, association, service de l’État…"""

    nom: Texte = Field(
        description="Nom complet.", examples=["Caisse d’allocations familiales de Tarn-et-Garonne"]
    )
    nom_court: Texte | None = Field(default=None, description="Nom court.", examples=["Caf"])
    type: TypeDePartenaire = Field(default="autre", description="Nature du partenaire.", examples=["caf"])
    siret: Siret | None = Field(default=None, description="SIRET, quatorze chiffres.")
    adresse: Adresse | None = Field(default=None, description="Adresse.")
    representants: tuple[Representant, ...] = Field(default=(), description="Qui signe ou siège pour lui.")
