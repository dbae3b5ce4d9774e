"""What a délibération contains, in the field's words. One file serves it all its life: projet, adopted or
rejected, executory; which of these it is follows from the fields that are filled (see context.py)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from ctgdocs.vocabulary.actes import Decision, Document, PassageEnCommission, Retrait, Tableau, VisaCite
from ctgdocs.vocabulary.dossiers import Etape, Nom
from ctgdocs.vocabulary.liens import IdCommune, IdDossier, IdElu, IdSeance
from ctgdocs.vocabulary.organismes import Tampon
from ctgdocs.vocabulary.scalars import DateFr, Identifiant, Montant, Texte, TexteLong, refused
from ctgdocs.vocabulary.seances import Vote


class Acte(Document):
    """A délibération."""

    dossier: IdDossier | None = Field(
        default=None,
        description="Dossier d’où vient tout ce qui n’est pas écrit ici, identifiant de dossiers/.",
    )
    objet: Texte = Field(
        default="", description="Objet de la délibération, 500 caractères au plus ; sinon celui du dossier."
    )
    numero: Identifiant | None = Field(
        default=None, description="Numéro de l’acte ; sans indication, le nom du fichier."
    )
    collectivite: IdCommune | None = Field(
        default=None,
        description="Commune au nom de laquelle l’acte est écrit ; sans indication, la collectivité.",
    )
    commission: PassageEnCommission | None = Field(
        default=None, description="Commission qui examine le projet."
    )
    seance: IdSeance | None = Field(
        default=None, description="Séance où l’acte est examiné, identifiant de seances/."
    )
    presidence: IdElu | None = Field(
        default=None, description="Qui préside ce point, si ce n’est pas le président de la séance."
    )
    rapporteur: IdElu | None = Field(default=None, description="Élu qui rapporte, identifiant de elus.yaml.")
    matiere: Texte | None = Field(
        default=None, description="Matière de la nomenclature ACTES : « 8.2 » pour l’aide sociale."
    )
    visas: tuple[VisaCite, ...] = Field(default=(), description="Textes visés, dans l’ordre de lecture.")
    considerants: tuple[Texte, ...] = Field(
        default=(), description="Motifs, avec ou sans « Considérant » : « que la convention… »."
    )
    expose: TexteLong | None = Field(default=None, description="Exposé des motifs, en Markdown.")
    tableaux: dict[Identifiant, Tableau] = Field(
        default_factory=dict,
        description="Tableaux cités dans l’exposé par {tableau:identifiant}, seul sur sa ligne.",
    )
    montants: dict[Nom, Montant] = Field(
        default_factory=dict,
        description="Montants du dossier qui ont changé, par nom ; {montant:nom} les cite.",
    )
    calendrier: dict[Nom, Etape] = Field(
        default_factory=dict,
        description="Étapes du dossier qui ont changé, par nom ; {date:nom} en cite le jour.",
    )
    decisions: tuple[Decision, ...] = Field(
        default=(),
        min_length=1,
        description="Décisions soumises au vote : « d’approuver … », « d’autoriser … ».",
    )
    dispositif: Literal["articles", "infinitifs"] | None = Field(
        default=None, description="Forme du dispositif ; sans indication, celle de collectivite.yaml."
    )
    vote: Vote | None = Field(
        default=None,
        description="Vote ; {} quand tous les votants ont voté pour, « prend acte » sans aucun vote.",
    )
    transmission: DateFr | None = Field(
        default=None, description="Date de transmission au représentant de l’État."
    )
    publication: DateFr | None = Field(default=None, description="Date de publication de l’acte.")
    retrait: Retrait | None = Field(
        default=None,
        description="Retrait de l’acte, une fois décidé : son jour, et l’acte qui le retire (par).",
    )
    tampon: Tampon | None = Field(
        default=None, description="Cadre du tampon ; sans indication, celui de collectivite.yaml."
    )
    annexes: tuple[Texte, ...] = Field(default=(), description="Titres des documents annexés, dans l’ordre.")

    @model_validator(mode="after")
    def _complete(self) -> Acte:
        """Without a dossier to take them from, an objet and decisions are typed here."""
        missing = [name for name in ("objet", "decisions") if not getattr(self, name)]
        if missing and self.dossier is None:
            many = len(missing) > 1
            raise refused(
                "champ-manquant",
                f"{'champs obligatoires absents' if many else 'champ obligatoire absent'} : "
                + " et ".join(f"« {name} »" for name in missing),
                f"{'ajoutez-les' if many else 'ajoutez-le'}, ou indiquez le dossier d’où vient l’acte",
            )
        return self

    @property
    def projet(self) -> bool:
        return self.vote is None
