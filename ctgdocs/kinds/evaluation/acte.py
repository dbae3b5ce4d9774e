"""What an evaluation adds to the yearly bilans of a convention: the answers to the four questions, and what
they lead to."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ctgdocs.vocabulary.liens import IdConvention, IdElu
from ctgdocs.vocabulary.scalars import DateFr, Fiche, ShortForm, Texte, TexteLong


class Reponse(ShortForm):
    """La réponse à une question ; un simple texte suffit."""

    texte: TexteLong = Field(description="La réponse, en Markdown.")
    forces: tuple[Texte, ...] = Field(
        default=(), description="Points forts.", examples=[["partenariat solide"]]
    )
    limites: tuple[Texte, ...] = Field(default=(), description="Limites.", examples=[["peu de données"]])


class Acte(Fiche):
    """L’évaluation finale d’une convention, et son tableau de bord, d’après ses bilans annuels."""

    convention: Annotated[IdConvention, Field(description="La convention, nom de son fichier.")]
    date: Annotated[DateFr | None, Field(description="Date de signature ; sans elle, un projet.")] = None
    signataire: Annotated[
        IdElu | None, Field(description="Signataire, identifiant de elus.yaml ; sinon l’exécutif.")
    ] = None
    redacteur: Annotated[Texte | None, Field(description="Qui a conduit l’évaluation.")] = None
    methode: Annotated[
        TexteLong | None, Field(description="Méthode : qui a été entendu, quand, sur quelles données.")
    ] = None
    coherence: Annotated[
        Reponse | None,
        Field(description="Cohérence : les actions répondent-elles aux besoins du diagnostic ?"),
    ] = None
    objectifs: Annotated[
        Reponse | None, Field(description="Résultats : les objectifs ont-ils été atteints ?")
    ] = None
    moyens: Annotated[
        Reponse | None, Field(description="Moyens : ceux prévus ont-ils été mobilisés, et suffisent-ils ?")
    ] = None
    durabilite: Annotated[
        Reponse | None, Field(description="Durabilité : que resterait-il si l’action s’arrêtait ?")
    ] = None
    conclusion: Annotated[TexteLong | None, Field(description="Conclusion, en Markdown.")] = None
    preconisations: Annotated[
        tuple[Texte, ...], Field(description="Ce qui est proposé pour la convention suivante.")
    ] = ()

    @property
    def projet(self) -> bool:
        return self.date is None
