"""What a register of délibérations says of itself; its table comes from the séances and their acts."""

from __future__ import annotations

from pydantic import Field

from ctgdocs.vocabulary.actes import Document
from ctgdocs.vocabulary.liens import IdElu, IdInstance
from ctgdocs.vocabulary.scalars import DateFr, Entier


class Acte(Document):
    """Le registre des délibérations d’une année."""

    instance: IdInstance = Field(description="L’assemblée, identifiant de instances/.")
    annee: Entier = Field(ge=1900, le=2999, description="L’année du registre.")
    feuillets: Entier | None = Field(
        default=None, ge=1, description="Nombre de feuillets, cotés et paraphés."
    )
    ouverture: DateFr | None = Field(
        default=None, description="Jour où le registre est coté et paraphé ; sans lui, un projet."
    )
    signataire: IdElu | None = Field(
        default=None, description="Qui cote et paraphe, identifiant de elus.yaml ; sinon l’exécutif."
    )

    @property
    def projet(self) -> bool:
        return self.ouverture is None
