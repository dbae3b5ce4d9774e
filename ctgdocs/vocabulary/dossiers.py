"""A matter, typed once: `content/dossiers/<id>.yaml`. The note, the rapport, the note explicative de synthèse
and the délibération that cite it take from it every field they do not type (content/heritage.py).

Amounts and dates have names there: a text cites them with `{montant:reste-a-charge}` and `{date:ouverture}`
(nommes.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar, Final, Protocol, runtime_checkable

from pydantic import AfterValidator, Field, model_validator

from ctgdocs.stages import Steps
from ctgdocs.vocabulary.actes import Decision, LigneDuPlan, PassageEnCommission, Tableau, VisaCite
from ctgdocs.vocabulary.liens import IdElu, IdInstance, IdPartenaire, IdSeance
from ctgdocs.vocabulary.scalars import (
    DateFr,
    Fiche,
    Identifiant,
    Montant,
    OuiNon,
    ShortForm,
    Texte,
    TexteLong,
    refused,
)

# --- What has a name in a dossier, a point or an act: the amounts and the days that its texts cite with


DEPENSES: Final = "depenses"
RECETTES: Final = "recettes"
RESTE_A_CHARGE: Final = "reste-a-charge"
CALCULES: Final = (DEPENSES, RECETTES, RESTE_A_CHARGE)
"""The names of the amounts that `finances` computes."""


def _not_a_figure(name: str) -> str:
    """A name must not read as an amount or a date: `{montant:2027}` is 2 027 €."""
    if not name[0].isalpha():
        raise refused("nom", f"« {name} » ne peut pas nommer une valeur", "commencez par une lettre")
    return name


Nom = Annotated[Identifiant, AfterValidator(_not_a_figure)]
"""How an amount or a date is called in a dossier: « reste-a-charge », « ouverture »."""


class Etape(ShortForm):
    """Une étape du calendrier : un jour, ou à peu près quand."""

    short: ClassVar[str] = "date"

    date: DateFr | None = Field(default=None, description="Jour de l’étape.", examples=["2027-01-01"])
    quand: Texte | None = Field(
        default=None, description="Quand le jour n’est pas connu.", examples=["printemps 2027"]
    )
    libelle: Texte | None = Field(
        default=None, description="Ce que la page en dit ; sans lui, le nom de l’étape."
    )

    @model_validator(mode="after")
    def _when(self) -> Etape:
        if (self.date is None) == (self.quand is None):
            said = "a deux moments" if self.date else "ne dit pas quand"
            raise refused("echeance", f"l’étape {said}", "gardez date (un jour) ou quand (un texte)")
        return self


@runtime_checkable
class Costed(Protocol):
    """What has an incidence financière: a dossier, a point of a note."""

    @property
    def finances(self) -> Finances | None: ...


@runtime_checkable
class Naming(Protocol):
    """What names amounts and days: a dossier, a point, a délibération."""

    @property
    def montants(self) -> Mapping[str, Decimal]: ...
    @property
    def calendrier(self) -> Mapping[str, Etape]: ...


def montants_nommes(record: object) -> Iterator[tuple[str, Decimal, Steps]]:
    """The named amounts of a dossier, a point or an act: name, amount, path; totals computed by `finances`
    come first, so that a typed amount of the same name is the one that stands."""
    finances = record.finances if isinstance(record, Costed) else None
    if finances is not None:
        yield DEPENSES, finances.total_depenses, ("finances", "depenses")
        yield RECETTES, finances.total_recettes, ("finances", "recettes")
        yield RESTE_A_CHARGE, finances.solde, ("finances", "reste_a_charge")
        for side, lignes in (("depenses", finances.depenses), ("recettes", finances.recettes)):
            for index, ligne in enumerate(lignes):
                if ligne.nom:
                    yield ligne.nom, ligne.montant, ("finances", side, index, "montant")
    if isinstance(record, Naming):
        for nom, montant in record.montants.items():
            yield nom, montant, ("montants", nom)


def dates_nommees(record: object) -> Iterator[tuple[str, date, Steps]]:
    """The named days of a dossier, a point or an act: name, day, path."""
    if isinstance(record, Naming):
        for nom, echeance in record.calendrier.items():
            if echeance.date is not None:
                yield nom, echeance.date, ("calendrier", nom)


class LigneFinanciere(LigneDuPlan):
    """Une dépense ou une recette ; avec un nom, les textes peuvent la citer."""

    nom: Nom | None = Field(
        default=None, description="Nom qui permet de citer ce montant : {montant:nom}.", examples=["caf"]
    )
    partenaire: IdPartenaire | None = Field(
        default=None, description="Qui verse cette recette, identifiant de partenaires.yaml."
    )


class Finances(Fiche):
    """L’incidence financière. Le reste à charge est calculé, ou vérifié s’il est écrit."""

    periode: Texte | None = Field(
        default=None, description="À quoi se rapportent les montants.", examples=["par an", "exercice 2027"]
    )
    depenses: tuple[LigneFinanciere, ...] = Field(default=(), description="Dépenses, une par ligne.")
    recettes: tuple[LigneFinanciere, ...] = Field(
        default=(), description="Recettes attendues : Caf, État, familles… sans la part de la collectivité."
    )
    reste_a_charge: Montant | None = Field(
        default=None, description="Reste à charge, facultatif : vérifié contre les dépenses et les recettes."
    )
    imputation: Texte | None = Field(
        default=None,
        description="Où les crédits sont inscrits.",
        examples=["budget principal, chapitre 011, article 6281"],
    )
    commentaire: TexteLong | None = Field(default=None, description="Explications, en Markdown.")

    @property
    def total_depenses(self) -> Decimal:
        return sum((ligne.montant for ligne in self.depenses), Decimal(0))

    @property
    def total_recettes(self) -> Decimal:
        return sum((ligne.montant for ligne in self.recettes), Decimal(0))

    @property
    def solde(self) -> Decimal:
        """What is left to the collectivité."""
        return self.total_depenses - self.total_recettes


class Scenario(Fiche):
    """Une solution étudiée, à comparer aux autres."""

    titre: Texte = Field(description="Nom de la solution.", examples=["Extension du site actuel"])
    description: Texte | None = Field(default=None, description="En une phrase.")
    avantages: tuple[Texte, ...] = Field(default=(), description="Ce qui plaide pour elle.")
    inconvenients: tuple[Texte, ...] = Field(default=(), description="Ce qui plaide contre elle.")
    cout: Texte | None = Field(
        default=None, description="Coût : un montant, ou un texte.", examples=["14 000 € par an"]
    )
    retenu: OuiNon = Field(default=False, description="oui pour la solution que le service propose.")


class Suite(ShortForm):
    """Ce qui se passe après : passage devant une instance, signature, bilan."""

    instance: IdInstance | None = Field(default=None, description="Instance saisie ensuite.")
    date: DateFr | None = Field(default=None, description="Jour de son passage.")
    texte: Texte | None = Field(
        default=None,
        description="Ce qui lui est demandé, ou l’étape en une phrase.",
        examples=["délibération"],
    )

    @model_validator(mode="after")
    def _says_something(self) -> Suite:
        if self.instance is None and self.texte is None:
            raise refused("suite", "cette suite ne dit rien", "indiquez instance, ou texte")
        return self


class Affaire(Fiche):
    """What is known of a matter; every field may be left out. Shared by a dossier and by the points of the
    notes drawn from it, so that what one types the other may take."""

    objet: Texte | None = Field(default=None, description="Objet, 500 caractères au plus.")
    rapporteur: IdElu | None = Field(default=None, description="Élu qui rapporte, identifiant de elus.yaml.")
    matiere: Texte | None = Field(default=None, description="Matière de la nomenclature ACTES : « 8.2 ».")
    commission: PassageEnCommission | None = Field(
        default=None, description="Commission qui examine le dossier, sa date, son avis une fois rendu."
    )
    seance: IdSeance | None = Field(
        default=None, description="Séance de l’assemblée qui en délibère, identifiant de seances/."
    )
    synthese: TexteLong | None = Field(default=None, description="L’essentiel, en trois à cinq lignes.")
    contexte: TexteLong | None = Field(
        default=None, description="Rappel de la situation et des délibérations antérieures, en Markdown."
    )
    visas: tuple[VisaCite, ...] = Field(
        default=(), description="Textes applicables, dans l’ordre de lecture."
    )
    cadre_juridique: TexteLong | None = Field(
        default=None, description="Ce que le droit prévoit, en Markdown ; les visas s’y ajoutent."
    )
    considerants: tuple[Texte, ...] = Field(default=(), description="Motifs de la délibération.")
    enjeux: TexteLong | None = Field(default=None, description="Enjeux et analyse, en Markdown.")
    proposition: TexteLong | None = Field(default=None, description="Ce que le service propose, en Markdown.")
    scenarios: tuple[Scenario, ...] = Field(default=(), description="Solutions comparées dans un tableau.")
    tableaux: dict[Identifiant, Tableau] = Field(
        default_factory=dict, description="Tableaux cités dans les textes par {tableau:identifiant}."
    )
    finances: Finances | None = Field(default=None, description="Incidence financière.")
    incidence_rh: TexteLong | None = Field(
        default=None, description="Incidence sur les emplois, en Markdown."
    )
    incidence_juridique: TexteLong | None = Field(
        default=None, description="Incidence juridique : contrats, responsabilités, risques."
    )
    montants: dict[Nom, Montant] = Field(
        default_factory=dict,
        description="Autres montants, par nom, cités par {montant:nom}.",
        examples=[{"aide-par-jeune": "300"}],
    )
    calendrier: dict[Nom, Etape] = Field(
        default_factory=dict,
        description="Étapes, par nom ; {date:nom} en cite le jour.",
        examples=[{"ouverture": "2028-09-01"}],
    )
    decisions: tuple[Decision, ...] = Field(default=(), description="Décisions proposées à l’assemblée.")
    suites: tuple[Suite, ...] = Field(default=(), description="Ce qui suit : bureau, conseil, signature.")
    annexes: tuple[Texte, ...] = Field(default=(), description="Titres des documents joints, dans l’ordre.")


class Dossier(Affaire):
    """Un dossier : une affaire, de la commission à la délibération, écrite une fois."""

    objet: Texte = Field(description="Objet, le même dans tous les documents du dossier.")


# --- What a partner pays by unit, dated: `content/baremes.yaml`, id → entry


class Bareme(Fiche):
    """Un montant forfaitaire, daté, avec sa source : le bonus territoire par place ou par ETP."""

    libelle: Texte = Field(
        description="Ce qui est financé.", examples=["bonus territoire, accueil du jeune enfant"]
    )
    montant: Montant = Field(description="Montant d’une unité, en euros.", examples=["2 700,00"])
    unite: Texte = Field(description="L’unité.", examples=["places", "ETP", "heures"])
    du: DateFr | None = Field(default=None, description="Premier jour du barème.")
    au: DateFr | None = Field(default=None, description="Dernier jour du barème.")
    source: Texte = Field(
        description="D’où vient ce montant : la notification ou la circulaire, avec sa date.",
        examples=["notification de la Caf du 12 mars 2026"],
    )
