"""What a meeting file contains. An assembly meets in a séance: the file cites it and nothing is typed twice.
A commission, a COPIL or a working group is described here, before the meeting, then after it."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from ctgdocs.vocabulary.actes import Document
from ctgdocs.vocabulary.instances import Siegeant
from ctgdocs.vocabulary.liens import (
    IdDeliberation,
    IdDossier,
    IdElu,
    IdInstance,
    IdNote,
    IdPartenaire,
    IdSeance,
)
from ctgdocs.vocabulary.scalars import (
    DateFr,
    Entier,
    Fiche,
    Heure,
    OuiNon,
    ShortForm,
    Texte,
    TexteLong,
    refused,
)
from ctgdocs.vocabulary.seances import Suppleance

# --- What a meeting papier is made of: points, opinions, actions, guests


Avis = Literal["favorable", "défavorable", "réservé"]
Compte = Annotated[Entier, Field(ge=0)]


class Votes(Fiche):
    """Les voix, quand l’avis a été mis aux voix."""

    pour: Compte = Field(description="Voix pour.", examples=["9"])
    contre: Compte = Field(default=0, description="Voix contre.")
    abstentions: Compte = Field(default=0, description="Abstentions.")

    @property
    def total(self) -> int:
        return self.pour + self.contre + self.abstentions


class Action(Fiche):
    """Ce qui a été convenu : qui fait quoi, pour quand."""

    qui: Texte = Field(description="Qui s’en charge.", examples=["chargée de coopération"])
    quoi: Texte = Field(description="Ce qu’il y a à faire.", examples=["compléter le plan de financement"])
    quand: Texte = Field(
        description="Pour quand : une date ou quelques mots.", examples=["2026-09-15", "avant le conseil"]
    )


class Point(ShortForm):
    """Un point de l’ordre du jour, puis ce qui en a été dit. Un simple texte en donne l’objet."""

    short: ClassVar[str] = "objet"

    objet: Texte | None = Field(
        default=None, description="Objet du point ; sans lui, celui du dossier ou de la délibération."
    )
    dossier: IdDossier | None = Field(
        default=None, description="Dossier examiné : il donne l’objet et le rapporteur."
    )
    deliberation: IdDeliberation | None = Field(
        default=None, description="Projet de délibération examiné, par le nom de son fichier."
    )
    note: IdNote | None = Field(default=None, description="Note jointe à la convocation, pour ce point.")
    rapporteur: IdElu | None = Field(default=None, description="Élu qui rapporte, identifiant de elus.yaml.")
    presente_par: Texte | None = Field(
        default=None,
        description="Qui présente le point, s’il n’est pas élu.",
        examples=["Mme Inès Cabrol, chargée de coopération"],
    )
    discussion: TexteLong | None = Field(
        default=None, description="Ce qui s’est dit, en Markdown ; pour le relevé de conclusions."
    )
    conclusion: TexteLong | None = Field(
        default=None, description="Ce que la réunion retient, en Markdown : orientation, suite, calendrier."
    )
    information: OuiNon = Field(
        default=False,
        description="oui : un point d’information, qui n’appelle ni vote ni avis (rapport annuel, décisions "
        "prises par délégation).",
    )
    avis: Avis | None = Field(default=None, description="Avis rendu : favorable, défavorable ou réservé.")
    votes: Votes | None = Field(default=None, description="Voix, si l’avis a été mis aux voix.")
    actions: tuple[Action, ...] = Field(default=(), description="Actions décidées : qui, quoi, quand.")

    @property
    def conclu(self) -> bool:
        """Whether the meeting has said something of it."""
        return bool(self.discussion or self.conclusion or self.avis or self.actions)

    @model_validator(mode="after")
    def _names_its_matter(self) -> Point:
        if not (self.objet or self.dossier or self.deliberation):
            raise refused("point", "ce point n’a pas d’objet", "ajoutez objet, dossier ou deliberation")
        if self.information and self.avis is not None:
            raise refused(
                "point",
                "ce point d’information a un avis",
                "retirez avis, ou retirez information: oui si la réunion s’est prononcée",
                "avis",
            )
        if self.votes is not None and self.avis is None:
            raise refused("point", "ce point a des voix, mais pas d’avis", "ajoutez avis", "votes")
        return self


class Invite(ShortForm):
    """Une personne conviée sans être membre : partenaire, expert, élu d’une commune."""

    short: ClassVar[str] = "nom"

    nom: Texte | None = Field(
        default=None,
        description="Civilité, prénom et nom ; la fonction peut suivre après une virgule.",
        examples=["Mme Jeanne Roux, conseillère technique"],
    )
    elu: IdElu | None = Field(default=None, description="Un élu, par son identifiant de elus.yaml.")
    partenaire: IdPartenaire | None = Field(
        default=None, description="Partenaire représenté ; sans nom, son premier représentant est convié."
    )
    fonction: Texte | None = Field(default=None, description="Fonction, accordée avec la personne.")
    excuse: OuiNon = Field(default=False, description="oui si la personne s’est excusée.")

    @model_validator(mode="after")
    def _is_someone(self) -> Invite:
        if not (self.nom or self.elu or self.partenaire):
            raise refused("invite", "cet invité n’a pas de nom", "ajoutez nom, elu ou partenaire")
        if self.nom and self.elu:
            raise refused("invite", f"« {self.elu} » a deux noms", "gardez elu ou nom", "nom")
        return self


class Represente(Siegeant):
    """Un membre que quelqu’un d’autre remplace ce jour-là."""

    par: Texte = Field(
        description="Qui siège à sa place : civilité, prénom, nom ; la fonction peut suivre.",
        examples=["M. Luc Vernet, conseiller"],
    )


class ProchaineReunion(ShortForm):
    """La réunion suivante, dès qu’elle est fixée."""

    short: ClassVar[str] = "date"

    date: DateFr = Field(description="Jour.", examples=["2026-11-05"])
    heure: Heure | None = Field(default=None, description="Heure.", examples=["18h00"])
    lieu: Texte | None = Field(default=None, description="Lieu, s’il change.")
    objet: Texte | None = Field(default=None, description="Ce qui y sera examiné.")


class Destinataires(ShortForm):
    """À qui la convocation est adressée."""

    short: ClassVar[str] = "un_par_membre"

    un_par_membre: OuiNon = Field(
        default=False, description="oui : un seul fichier, une lettre par personne, à son nom."
    )


ROLL = ("presents", "excuses", "absents", "suppleants", "representes")
OWN = ("instance", "nom", "date", "heure", "heure_fin", "lieu", "convocation", "presidence", *ROLL)
"""What the séance says in the stead of the meeting file."""


class Acte(Document):
    """Une réunion : sa convocation, son ordre du jour, sa feuille d’émargement, son relevé de conclusions."""

    seance: IdSeance | None = Field(
        default=None,
        description="Séance de l’assemblée, identifiant de seances/ : elle dit tout ce qui suit.",
    )
    instance: IdInstance | None = Field(
        default=None, description="Commission ou comité qui se réunit, identifiant de instances/."
    )
    nom: Texte | None = Field(
        default=None,
        description="Nom d’un groupe qui n’est pas dans instances/ : « comité technique de la CTG ».",
    )
    date: DateFr | None = Field(default=None, description="Jour de la réunion.")
    heure: Heure | None = Field(default=None, description="Heure de début.")
    heure_fin: Heure | None = Field(default=None, description="Heure de fin, une fois la réunion tenue.")
    lieu: Texte | None = Field(default=None, description="Lieu.")
    convocation: DateFr | None = Field(
        default=None, description="Jour d’envoi ; sans lui, la convocation reste un projet."
    )
    signataire: IdElu | None = Field(
        default=None, description="Qui convoque et signe, si ce n’est pas l’exécutif."
    )
    destinataires: Destinataires = Field(
        default_factory=Destinataires, description="{un_par_membre: oui} fait une lettre par personne."
    )
    copies: tuple[Texte, ...] = Field(default=(), description="À qui la convocation est adressée en copie.")
    note_de_synthese: IdNote | None = Field(
        default=None, description="Note explicative de synthèse jointe, identifiant de notes/."
    )
    pieces_jointes: tuple[Texte, ...] = Field(
        default=(),
        description="Autres pièces jointes à la convocation : « procès-verbal de la séance du … ».",
    )
    points: tuple[Point, ...] = Field(
        default=(), description="Points dans l’ordre. Pour une séance, sans eux : ses délibérations."
    )
    questions_diverses: OuiNon | None = Field(
        default=None, description="« Questions diverses » en dernier point ; oui d’office pour une assemblée."
    )
    presidence: IdElu | None = Field(
        default=None, description="Qui préside, si ce n’est pas le président de l’instance."
    )
    presents: tuple[Siegeant, ...] | None = Field(
        default=None, description="Membres présents ; sans cette liste, tous sauf ceux nommés ci-dessous."
    )
    excuses: tuple[Siegeant, ...] = Field(
        default=(), description="Membres excusés : roy-jean, ou {partenaire: caf-82}."
    )
    absents: tuple[Siegeant, ...] = Field(default=(), description="Membres absents sans excuse.")
    representes: tuple[Represente, ...] = Field(
        default=(), description="Membres que quelqu’un remplace : {partenaire: caf-82, par: M. Luc Vernet}."
    )
    suppleants: tuple[Suppleance, ...] = Field(
        default=(), description="Suppléants qui ont siégé à la place de leur titulaire."
    )
    invites: tuple[Invite, ...] = Field(
        default=(), description="Personnes conviées : partenaires, experts, autres élus."
    )
    agents: tuple[Texte, ...] = Field(
        default=(), description="Agents qui assistent : « Mme Sylvie Marty, directrice … »."
    )
    prochaine_reunion: ProchaineReunion | None = Field(
        default=None, description="Réunion suivante, si elle est fixée."
    )
    redacteur: Texte | None = Field(default=None, description="Qui a rédigé le relevé de conclusions.")

    @property
    def tenue(self) -> bool:
        """Whether the meeting has concluded anything: its relevé can be written."""
        return any(point.conclu for point in self.points)

    @model_validator(mode="after")
    def _says_who_when_and_where(self) -> Acte:
        if self.seance is not None:
            twice = next((name for name in OWN if getattr(self, name) not in (None, ())), None)
            if twice:
                raise refused(
                    "reunion",
                    f"« {twice} » est déjà dit par la séance « {self.seance} »",
                    "retirez ce champ, ou retirez seance",
                    twice,
                )
            return self
        if (self.instance is None) == (self.nom is None):
            said = "ne dit pas qui se réunit" if self.nom is None else "a une instance et un nom"
            raise refused(
                "reunion", f"la réunion {said}", "indiquez seance, instance, ou nom : une seule fois"
            )
        if self.nom and (
            stray := next((name for name in ROLL if getattr(self, name) not in (None, ())), None)
        ):
            raise refused(
                "reunion",
                f"« {stray} » nomme des membres, mais un groupe sans instance n’en a pas",
                "déclarez ces personnes dans invites ou agents",
                stray,
            )
        missing = [name for name in ("date", "heure", "lieu") if getattr(self, name) is None]
        if missing:
            raise refused(
                "champ-manquant",
                "il manque " + " et ".join(f"« {name} »" for name in missing),
                "une réunion sans séance dit son jour, son heure et son lieu",
            )
        return self
