"""What a meeting file contains. An assembly meets in a séance: the file cites it and nothing is typed twice.
A commission, a COPIL or a working group is described here, before the meeting, then after it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from ctgdocs.vocabulary.liens import IdElu, IdInstance, IdNote, IdSeance
from ctgdocs.vocabulary.reunions import Destinataires, Invite, Point, ProchaineReunion
from ctgdocs.vocabulary.scalars import DateFr, Fiche, Heure, OuiNon, Texte, refused
from ctgdocs.vocabulary.seances import Suppleance

ROLL = ("presents", "excuses", "absents", "suppleants")
OWN = ("instance", "nom", "date", "heure", "heure_fin", "lieu", "convocation", "presidence", *ROLL)
"""What the séance says in the stead of the meeting file."""


class Acte(Fiche):
    """Une réunion : sa convocation, son ordre du jour, sa feuille d’émargement, son relevé de conclusions."""

    seance: Annotated[
        IdSeance | None,
        Field(description="Séance de l’assemblée, identifiant de seances/ : elle dit tout ce qui suit."),
    ] = None
    instance: Annotated[
        IdInstance | None, Field(description="Commission ou comité qui se réunit, identifiant de instances/.")
    ] = None
    nom: Annotated[
        Texte | None,
        Field(description="Nom d’un groupe qui n’est pas dans instances/ : « comité technique de la CTG »."),
    ] = None
    date: Annotated[DateFr | None, Field(description="Jour de la réunion.")] = None
    heure: Annotated[Heure | None, Field(description="Heure de début.")] = None
    heure_fin: Annotated[Heure | None, Field(description="Heure de fin, une fois la réunion tenue.")] = None
    lieu: Annotated[Texte | None, Field(description="Lieu.")] = None
    convocation: Annotated[
        DateFr | None, Field(description="Jour d’envoi ; sans lui, la convocation reste un projet.")
    ] = None
    signataire: Annotated[
        IdElu | None, Field(description="Qui convoque et signe, si ce n’est pas l’exécutif.")
    ] = None
    destinataires: Annotated[
        Destinataires, Field(description="{un_par_membre: oui} fait une lettre par personne.")
    ] = Field(default_factory=Destinataires)
    copies: Annotated[
        tuple[Texte, ...], Field(description="À qui la convocation est adressée en copie.")
    ] = ()
    note_de_synthese: Annotated[
        IdNote | None, Field(description="Note explicative de synthèse jointe, identifiant de notes/.")
    ] = None
    points: Annotated[
        tuple[Point, ...],
        Field(description="Points dans l’ordre. Pour une séance, sans eux : ses délibérations."),
    ] = ()
    questions_diverses: Annotated[
        OuiNon | None,
        Field(description="« Questions diverses » en dernier point ; oui d’office pour une assemblée."),
    ] = None
    presidence: Annotated[
        IdElu | None, Field(description="Qui préside, si ce n’est pas le président de l’instance.")
    ] = None
    presents: Annotated[
        tuple[IdElu, ...] | None,
        Field(description="Membres présents ; sans cette liste, tous sauf ceux nommés ci-dessous."),
    ] = None
    excuses: Annotated[tuple[IdElu, ...], Field(description="Membres excusés.")] = ()
    absents: Annotated[tuple[IdElu, ...], Field(description="Membres absents sans excuse.")] = ()
    suppleants: Annotated[
        tuple[Suppleance, ...], Field(description="Suppléants qui ont siégé à la place de leur titulaire.")
    ] = ()
    invites: Annotated[
        tuple[Invite, ...], Field(description="Personnes conviées : partenaires, experts, autres élus.")
    ] = ()
    agents: Annotated[
        tuple[Texte, ...], Field(description="Agents qui assistent : « Mme Sylvie Marty, directrice … ».")
    ] = ()
    prochaine_reunion: Annotated[
        ProchaineReunion | None, Field(description="Réunion suivante, si elle est fixée.")
    ] = None
    redacteur: Annotated[Texte | None, Field(description="Qui a rédigé le relevé de conclusions.")] = None

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
