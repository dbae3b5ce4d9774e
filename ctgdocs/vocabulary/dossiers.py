"""A matter, typed once: `content/dossiers/<id>.yaml`. The note, the rapport, the note explicative de synthèse
and the délibération that cite it take from it every field they do not type (checks/heritage.py).

Amounts and dates have names there: a text cites them with `{montant:reste-a-charge}` and `{date:ouverture}`
(nommes.py).
"""

from __future__ import annotations

from decimal import Decimal

from pydantic import Field, model_validator

from ctgdocs.vocabulary.actes import (
    Decision,
    LigneDuPlan,
    PassageEnCommission,
    ShortForm,
    Tableau,
    VisaCite,
)
from ctgdocs.vocabulary.liens import IdElu, IdInstance, IdPartenaire, IdSeance
from ctgdocs.vocabulary.nommes import Echeance, Nom
from ctgdocs.vocabulary.scalars import DateFr, Fiche, Identifiant, Montant, OuiNon, Texte, TexteLong, refused


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
    calendrier: dict[Nom, Echeance] = Field(
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
