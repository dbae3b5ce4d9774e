"""What the acts share, whatever their kind: visas, decisions, tables typed or kept in a file, annexes.

Several of these accept a short form, a plain text, beside the full one: `visas: [cgct-l5211-1]` means
`visas: [{texte: cgct-l5211-1}]`. `ShortForm` turns the first into the second before pydantic looks at it,
so that an error never speaks of a union of types.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Annotated, ClassVar, Literal, Protocol

from pydantic import Field

from ctgdocs.patterns import regex
from ctgdocs.prose import ChartForm
from ctgdocs.vocabulary.liens import IdInstance, IdVisa
from ctgdocs.vocabulary.scalars import (
    DateFr,
    Fiche,
    Montant,
    Numero,
    OuiNon,
    ShortForm,
    Texte,
    TexteLong,
    Url,
)
from ctgdocs.vocabulary.seances import Vote

# --- The « matières » of the ACTES nomenclature, levels 1 and 2, which are the same everywhere


MATIERES = MappingProxyType(
    {
        "1": "Commande publique",
        "1.1": "Marchés publics",
        "1.2": "Délégations de service public",
        "1.3": "Conventions de mandat",
        "1.4": "Autres types de contrats",
        "1.5": "Transactions et protocoles d’accord transactionnel",
        "1.6": "Maîtrise d’œuvre",
        "1.7": "Actes spéciaux et divers",
        "2": "Urbanisme",
        "2.1": "Documents d’urbanisme",
        "2.2": "Actes relatifs au droit d’occupation ou d’utilisation des sols",
        "2.3": "Droit de préemption urbain",
        "3": "Domaine et patrimoine",
        "3.1": "Acquisitions",
        "3.2": "Aliénations",
        "3.3": "Locations",
        "3.4": "Limites territoriales",
        "3.5": "Autres actes de gestion du domaine public",
        "3.6": "Autres actes de gestion du domaine privé",
        "4": "Fonction publique",
        "4.1": "Personnels titulaires et stagiaires de la fonction publique territoriale",
        "4.2": "Personnels contractuels",
        "4.3": "Fonction publique hospitalière",
        "4.4": "Autres catégories de personnels",
        "4.5": "Régime indemnitaire",
        "5": "Institutions et vie politique",
        "5.1": "Élection de l’exécutif",
        "5.2": "Fonctionnement des assemblées",
        "5.3": "Désignation de représentants",
        "5.4": "Délégation de fonctions",
        "5.5": "Délégation de signature",
        "5.6": "Exercice des mandats locaux",
        "5.7": "Intercommunalité",
        "5.8": "Décision d’ester en justice",
        "6": "Libertés publiques et pouvoirs de police",
        "6.1": "Police municipale",
        "6.2": "Pouvoirs du président du conseil départemental",
        "6.3": "Pouvoirs du président du conseil régional",
        "6.4": "Autres actes réglementaires",
        "6.5": "Actes pris au nom de l’État",
        "7": "Finances locales",
        "7.1": "Décisions budgétaires",
        "7.2": "Fiscalité",
        "7.3": "Emprunts",
        "7.4": "Interventions économiques",
        "7.5": "Subventions",
        "7.6": "Contributions budgétaires",
        "7.7": "Avances",
        "7.8": "Fonds de concours",
        "7.9": "Prise de participation",
        "7.10": "Divers",
        "8": "Domaines de compétences par thèmes",
        "8.1": "Enseignement",
        "8.2": "Aide sociale",
        "8.3": "Voirie",
        "8.4": "Aménagement du territoire",
        "8.5": "Politique de la ville, habitat, logement",
        "8.6": "Emploi, formation professionnelle",
        "8.7": "Transports",
        "8.8": "Environnement",
        "8.9": "Culture",
        "9": "Autres domaines de compétences",
        "9.1": "Autres domaines de compétences des communes",
        "9.2": "Autres domaines de compétences des départements",
        "9.3": "Autres domaines de compétences des régions",
        "9.4": "Vœux et motions",
    }
)


def matiere(code: str) -> str:
    """« 8.2 – Aide sociale »; the code alone when even its first level is unknown.

    >>> matiere("7.5.2")
    '7.5.2 – Subventions'
    """
    levels = code.split(".")
    label = MATIERES.get(".".join(levels[:2])) or MATIERES.get(levels[0])
    return f"{code} – {label}" if label else code


# --- What any document has, whatever its kind


class Document(Fiche):
    """What every document may say of itself."""

    regles_ecartees: Annotated[
        dict[Texte, Texte],
        Field(
            description="Règles dont l’alerte est écartée pour ce document, avec le motif : {D6: motif}. "
            "Une erreur ne s’écarte pas."
        ),
    ] = Field(default_factory=dict)


# --- The number of an act


SANS_NUMERO = "[à compléter : numéro]"
_ANNEE = regex(r"(?:19|20)\d\d")


def numero_de(numero: str | None, id: str) -> str:
    """What stands after « n° »: the number typed, else the name of the file when it is one: digits, or a year
    and a rank, with short words at most. Any other name is no number.

    >>> [numero_de(None, id) for id in ("2026-045", "dcc-2026-45-bis", "ctg-2027-2031", "rpe-itinerant")]
    ['2026-045', 'dcc-2026-45-bis', '[à compléter : numéro]', '[à compléter : numéro]']
    """
    if numero:
        return numero
    parts = id.split("-")
    figures = [part for part in parts if any(sign.isdigit() for sign in part)]
    short = all(len(part) <= 4 for part in parts if part not in figures)
    ranked = any(not _ANNEE.fullmatch(part) for part in figures)
    dated = _ANNEE.search(id) is not None or all(part.isdigit() for part in parts)
    return id if short and ranked and dated else SANS_NUMERO


# --- The library of legal references: `content/visas.yaml`, id → entry


Rang = Literal["code", "loi", "decret", "arrete", "circulaire", "statuts", "deliberation", "avis"]


class Visa(Fiche):
    """Une référence que les actes visent, écrite une fois, avec ses dates de validité."""

    texte: Texte = Field(
        description="Ce qui suit « Vu », article compris, sans ponctuation finale.",
        examples=["le code général des collectivités territoriales, notamment son article L. 5211-1"],
    )
    rang: Rang = Field(
        description="Nature de la référence ; les visas d’un acte en suivent l’ordre.", examples=["code"]
    )
    valide_du: DateFr | None = Field(
        default=None, description="Premier jour où la référence peut être visée."
    )
    valide_au: DateFr | None = Field(default=None, description="Dernier jour où elle peut être visée.")
    remplace_par: IdVisa | None = Field(
        default=None, description="Identifiant du visa qui la remplace ensuite.", examples=["loi-sppe"]
    )
    lien: Url | None = Field(default=None, description="Adresse du texte, par exemple sur Légifrance.")

    def valide(self, jour: date) -> bool:
        """Whether an act of that day may cite it; both ends are included."""
        return (self.valide_du is None or self.valide_du <= jour) and (
            self.valide_au is None or jour <= self.valide_au
        )


class VisaCite(ShortForm):
    """One « Vu »: the id of an entry of visas.yaml, a text, or an earlier délibération."""

    texte: Annotated[
        Texte | None,
        Field(description="Identifiant d’un visa de visas.yaml, ou texte du visa, avec ou sans « Vu »."),
    ] = None
    deliberation: Annotated[Numero | None, Field(description="Numéro d’une délibération antérieure.")] = None
    du: Annotated[
        DateFr | None,
        Field(description="Date de cette délibération, quand elle n’est pas parmi les contenus."),
    ] = None
    objet: Annotated[
        Texte | None, Field(description="Objet de cette délibération : « relative à … », facultatif.")
    ] = None


class Decision(ShortForm):
    """One decision: an infinitive (« d’approuver … ») or a sentence; it becomes an article or an item."""

    titre: Annotated[
        Texte | None, Field(description="Titre de l’article, facultatif : « Plan de financement ».")
    ] = None
    texte: Annotated[
        TexteLong,
        Field(description="« d’approuver … », « autorise … » ou une phrase entière ; Markdown accepté."),
    ]


class LigneDuPlan(Fiche):
    """One line of a financing plan."""

    libelle: Annotated[Texte, Field(description="Nature de la dépense ou origine de la recette.")]
    montant: Annotated[Montant, Field(description="Montant en euros.")]


class Tableau(Fiche):
    """A table: typed (`lignes`), kept in a file (`fichier`), or a financing plan (`depenses`, `recettes`)."""

    titre: Annotated[Texte | None, Field(description="Légende du tableau.")] = None
    lignes: Annotated[
        tuple[tuple[str, ...], ...],
        Field(description="Lignes du tableau ; la première porte les titres des colonnes."),
    ] = ()
    fichier: Annotated[
        Texte | None, Field(description="Fichier CSV ou XLSX, à côté du contenu : plan-2027.xlsx.")
    ] = None
    feuille: Annotated[
        Texte | None, Field(description="Feuille du classeur ; la première sans indication.")
    ] = None
    depenses: Annotated[tuple[LigneDuPlan, ...], Field(description="Dépenses d’un plan de financement.")] = ()
    recettes: Annotated[tuple[LigneDuPlan, ...], Field(description="Recettes d’un plan de financement.")] = ()
    total: Annotated[OuiNon, Field(description="oui : ajouter une ligne « Total » calculée.")] = False
    graphique: Annotated[
        ChartForm | None, Field(description="Graphique sous le tableau : barres, courbe ou secteurs.")
    ] = None


class PassageEnCommission(Fiche):
    """The commission that a projet is laid before, and its opinion once it has met."""

    instance: Annotated[IdInstance, Field(description="Commission, identifiant de instances/.")]
    date: Annotated[DateFr | None, Field(description="Date de la réunion de la commission.")] = None
    avis: Annotated[
        Texte | None, Field(description="favorable, défavorable, réservé…, une fois l’avis rendu.")
    ] = None


class Retrait(ShortForm):
    """The end of an act as if it had never been (CRPA, art. L. 240-1): `retrait: 2026-10-15`, or with the act
    that withdraws it."""

    short: ClassVar[str] = "du"

    du: Annotated[DateFr, Field(description="Jour du retrait.", examples=["2026-10-15"])]
    par: Annotated[
        Texte | None,
        Field(description="Acte qui retire : le numéro d’une délibération ou d’un arrêté, ou un texte."),
    ] = None


# --- The acts that others cite, as those who cite them know them: their types stand in drawers above


class Titled(Protocol):
    """What has an objet: a délibération, a dossier, a point."""

    @property
    def objet(self) -> str | None: ...


class Deliberation(Protocol):
    """A délibération: its own words once its dossier has lent it the rest (content/heritage.py)."""

    @property
    def dossier(self) -> str | None: ...
    @property
    def objet(self) -> str: ...
    @property
    def numero(self) -> str | None: ...
    @property
    def commission(self) -> PassageEnCommission | None: ...
    @property
    def seance(self) -> str | None: ...
    @property
    def presidence(self) -> str | None: ...
    @property
    def vote(self) -> Vote | None: ...
    @property
    def rapporteur(self) -> str | None: ...
    @property
    def matiere(self) -> str | None: ...
    @property
    def decisions(self) -> tuple[Decision, ...]: ...
    @property
    def annexes(self) -> tuple[str, ...]: ...
    @property
    def visas(self) -> tuple[VisaCite, ...]: ...
    @property
    def expose(self) -> str | None: ...
    @property
    def tableaux(self) -> Mapping[str, Tableau]: ...
    @property
    def transmission(self) -> date | None: ...
    @property
    def publication(self) -> date | None: ...
    @property
    def retrait(self) -> Retrait | None: ...


class Discussed(Protocol):
    """A point of a meeting, and the opinion it got."""

    @property
    def objet(self) -> str | None: ...
    @property
    def dossier(self) -> str | None: ...
    @property
    def deliberation(self) -> str | None: ...
    @property
    def avis(self) -> str | None: ...


class Reunion(Protocol):
    """A meeting, of an instance on a day or of a séance, and what goes with its convocation."""

    @property
    def instance(self) -> str | None: ...
    @property
    def seance(self) -> str | None: ...
    @property
    def date(self) -> date | None: ...
    @property
    def points(self) -> Sequence[Discussed]: ...
    @property
    def pieces_jointes(self) -> tuple[str, ...]: ...


class Signed(Protocol):
    """An act of one author: an arrêté, a décision."""

    @property
    def type(self) -> Literal["arrete", "decision"]: ...
    @property
    def numero(self) -> str | None: ...
    @property
    def objet(self) -> str: ...
    @property
    def date(self) -> date | None: ...
    @property
    def signataire(self) -> str | None: ...


class Representing(Protocol):
    """Who signs for a party: an élu, or a person typed in place."""

    @property
    def elu(self) -> str | None: ...
    @property
    def civilite(self) -> str | None: ...
    @property
    def prenom(self) -> str | None: ...
    @property
    def nom(self) -> str | None: ...
    @property
    def fonction(self) -> str | None: ...


class Party(Protocol):
    """A party to a convention, in one of four ways: a partner, the house, a commune, a name."""

    @property
    def partenaire(self) -> str | None: ...
    @property
    def collectivite(self) -> bool: ...
    @property
    def commune(self) -> str | None: ...
    @property
    def nom(self) -> str | None: ...
    @property
    def representants(self) -> Sequence[Representing]: ...


class Convention(Protocol):
    """A convention or an avenant."""

    @property
    def type(self) -> str: ...
    @property
    def titre(self) -> str: ...
    @property
    def numero(self) -> int | None: ...
    @property
    def parente(self) -> str | None: ...
    @property
    def debut(self) -> date | None: ...
    @property
    def fin(self) -> date | None: ...
    @property
    def signature(self) -> date | None: ...
    @property
    def parties(self) -> Sequence[Party]: ...
    @property
    def exemplaires(self) -> int | None: ...


class Mesuree(Protocol):
    """An indicator with its values, as typed."""

    @property
    def intitule(self) -> str: ...
    @property
    def initial(self) -> str | None: ...
    @property
    def cible(self) -> str | None: ...
    @property
    def resultat(self) -> str | None: ...


class ActionMenee(Protocol):
    """An action of a convention, as it lived in one year."""

    @property
    def titre(self) -> str: ...
    @property
    def numero(self) -> str | None: ...
    @property
    def axe(self) -> str | None: ...
    @property
    def avancement(self) -> str: ...
    @property
    def prevu(self) -> Decimal | None: ...
    @property
    def depense(self) -> Decimal | None: ...
    @property
    def indicateurs(self) -> Sequence[Mesuree]: ...


class Bilan(Protocol):
    """The year of a convention, action by action."""

    @property
    def convention(self) -> str: ...
    @property
    def annee(self) -> int: ...
    @property
    def actions(self) -> Sequence[ActionMenee]: ...
