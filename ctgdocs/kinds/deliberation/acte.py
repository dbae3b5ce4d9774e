"""What a délibération contains, in the field's words. One file serves it all its life: projet, adopted or
rejected, executory; which of these it is follows from the fields that are filled (see context.py)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from ctgdocs.vocabulary.actes import Decision, Document, PassageEnCommission, Retrait, Tableau, VisaCite
from ctgdocs.vocabulary.dossiers import Etape, Nom
from ctgdocs.vocabulary.liens import IdCommune, IdDossier, IdElu, IdSeance
from ctgdocs.vocabulary.organismes import Tampon
from ctgdocs.vocabulary.scalars import DateFr, Identifiant, Montant, Texte, TexteLong, refused
from ctgdocs.vocabulary.seances import Vote


class Acte(Document):
    """A délibération."""

    dossier: Annotated[
        IdDossier | None,
        Field(description="Dossier d’où vient tout ce qui n’est pas écrit ici, identifiant de dossiers/."),
    ] = None
    objet: Annotated[
        Texte, Field(description="Objet de la délibération, 500 caractères au plus ; sinon celui du dossier.")
    ] = ""
    numero: Annotated[
        Identifiant | None, Field(description="Numéro de l’acte ; sans indication, le nom du fichier.")
    ] = None
    collectivite: Annotated[
        IdCommune | None,
        Field(description="Commune au nom de laquelle l’acte est écrit ; sans indication, la collectivité."),
    ] = None
    commission: Annotated[
        PassageEnCommission | None, Field(description="Commission qui examine le projet.")
    ] = None
    seance: Annotated[
        IdSeance | None, Field(description="Séance où l’acte est examiné, identifiant de seances/.")
    ] = None
    presidence: Annotated[
        IdElu | None,
        Field(description="Qui préside ce point, si ce n’est pas le président de la séance."),
    ] = None
    rapporteur: Annotated[IdElu | None, Field(description="Élu qui rapporte, identifiant de elus.yaml.")] = (
        None
    )
    matiere: Annotated[
        Texte | None, Field(description="Matière de la nomenclature ACTES : « 8.2 » pour l’aide sociale.")
    ] = None
    visas: Annotated[tuple[VisaCite, ...], Field(description="Textes visés, dans l’ordre de lecture.")] = ()
    considerants: Annotated[
        tuple[Texte, ...], Field(description="Motifs, avec ou sans « Considérant » : « que la convention… ».")
    ] = ()
    expose: Annotated[TexteLong | None, Field(description="Exposé des motifs, en Markdown.")] = None
    tableaux: Annotated[
        dict[Identifiant, Tableau],
        Field(description="Tableaux cités dans l’exposé par {tableau:identifiant}, seul sur sa ligne."),
    ] = Field(default_factory=dict)
    montants: Annotated[
        dict[Nom, Montant],
        Field(description="Montants du dossier qui ont changé, par nom ; {montant:nom} les cite."),
    ] = Field(default_factory=dict)
    calendrier: Annotated[
        dict[Nom, Etape],
        Field(description="Étapes du dossier qui ont changé, par nom ; {date:nom} en cite le jour."),
    ] = Field(default_factory=dict)
    decisions: Annotated[
        tuple[Decision, ...],
        Field(min_length=1, description="Décisions soumises au vote : « d’approuver … », « d’autoriser … »."),
    ] = ()
    dispositif: Annotated[
        Literal["articles", "infinitifs"] | None,
        Field(description="Forme du dispositif ; sans indication, celle de collectivite.yaml."),
    ] = None
    vote: Annotated[
        Vote | None,
        Field(description="Vote ; {} quand tous les votants ont voté pour, « prend acte » sans aucun vote."),
    ] = None
    transmission: Annotated[
        DateFr | None, Field(description="Date de transmission au représentant de l’État.")
    ] = None
    publication: Annotated[DateFr | None, Field(description="Date de publication de l’acte.")] = None
    retrait: Annotated[
        Retrait | None,
        Field(description="Retrait de l’acte, une fois décidé : son jour, et l’acte qui le retire (par)."),
    ] = None
    tampon: Annotated[
        Tampon | None,
        Field(description="Cadre du tampon ; sans indication, celui de collectivite.yaml."),
    ] = None
    annexes: Annotated[
        tuple[Texte, ...], Field(description="Titres des documents annexés, dans l’ordre.")
    ] = ()

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
