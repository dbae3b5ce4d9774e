"""What an evaluation adds to the yearly bilans of a convention: the answers to the four questions, and what
they lead to."""

from __future__ import annotations

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

    convention: IdConvention = Field(description="La convention, nom de son fichier.")
    date: DateFr | None = Field(default=None, description="Date de signature ; sans elle, un projet.")
    signataire: IdElu | None = Field(
        default=None, description="Signataire, identifiant de elus.yaml ; sinon l’exécutif."
    )
    redacteur: Texte | None = Field(default=None, description="Qui a conduit l’évaluation.")
    methode: TexteLong | None = Field(
        default=None, description="Méthode : qui a été entendu, quand, sur quelles données."
    )
    coherence: Reponse | None = Field(
        default=None, description="Cohérence : les actions répondent-elles aux besoins du diagnostic ?"
    )
    objectifs: Reponse | None = Field(
        default=None, description="Résultats : les objectifs ont-ils été atteints ?"
    )
    moyens: Reponse | None = Field(
        default=None, description="Moyens : ceux prévus ont-ils été mobilisés, et suffisent-ils ?"
    )
    durabilite: Reponse | None = Field(
        default=None, description="Durabilité : que resterait-il si l’action s’arrêtait ?"
    )
    conclusion: TexteLong | None = Field(default=None, description="Conclusion, en Markdown.")
    preconisations: tuple[Texte, ...] = Field(
        default=(), description="Ce qui est proposé pour la convention suivante."
    )

    @property
    def projet(self) -> bool:
        return self.date is None
