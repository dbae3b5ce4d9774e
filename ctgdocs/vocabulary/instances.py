"""The bodies that meet: `content/instances/<id>.yaml`."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from ctgdocs.vocabulary.as_typed import fitting
from ctgdocs.vocabulary.liens import IdElu, IdPartenaire
from ctgdocs.vocabulary.personnes import Civilite
from ctgdocs.vocabulary.scalars import DateFr, Entier, Fiche, ShortForm, Texte, refused

TypeInstance = Literal["assemblee", "bureau", "commission", "copil"]
Regime = Literal["commune", "epci", "syndicat", "ccas"]


class Siegeant(ShortForm):
    """Qui siège : un élu, ou une personne d’un partenaire ({partenaire: caf-82, nom: …, qualite: …})."""

    short: ClassVar[str] = "elu"

    elu: IdElu | None = Field(default=None, description="Identifiant dans elus.yaml.", examples=["roy-jean"])
    partenaire: IdPartenaire | None = Field(
        default=None, description="Partenaire représenté, identifiant dans partenaires.yaml."
    )
    nom: Texte | None = Field(
        default=None,
        description="Civilité, prénom et nom ; dans une liste, sans lui : tous ceux du partenaire.",
        examples=["Mme Isabelle Garnier"],
    )
    civilite: Civilite | None = Field(
        default=None, description="Civilité, si le nom ne commence pas par elle."
    )
    qualite: Texte | None = Field(
        default=None, description="Fonction chez le partenaire, accordée.", examples=["directrice"]
    )

    @model_validator(mode="after")
    def _one_person(self) -> Siegeant:
        if (self.elu is None) == (self.partenaire is None):
            said = "n’est ni un élu ni une personne d’un partenaire" if not self.elu else "est deux personnes"
            raise refused("membre", f"ce membre {said}", "indiquez elu, ou partenaire et nom")
        stray = next((name for name in ("nom", "civilite", "qualite") if getattr(self, name)), "")
        if self.elu and stray:
            message = f"« {stray} » d’un élu est dans elus.yaml"
            raise refused("membre", message, "retirez ce champ, ou indiquez partenaire", stray)
        return self

    @property
    def cle(self) -> str:
        """The id of the élu; for the person of a partner, words that are no id: « Mme Roux (caf-82) »."""
        if self.elu:
            return self.elu
        return f"{(self.nom or 'personne').partition(',')[0].strip()} ({self.partenaire})"


class Membre(Siegeant):
    """Un membre de l’instance ; `elu` seul, ou avec ses dates s’il est arrivé ou parti en cours de mandat."""

    du: DateFr | None = Field(
        default=None, description="Premier jour du mandat, si la personne est arrivée en cours de mandat."
    )
    au: DateFr | None = Field(
        default=None, description="Dernier jour du mandat, si la personne est partie (démission, décès)."
    )

    @model_validator(mode="after")
    def _has_a_name(self) -> Membre:
        if self.partenaire and not self.nom:
            raise refused("membre", f"ce membre de « {self.partenaire} » n’a pas de nom", "ajoutez nom")
        return self

    def en_exercice(self, jour: date) -> bool:
        return (self.du is None or self.du <= jour) and (self.au is None or jour <= self.au)


class Instance(Fiche):
    """Une instance qui se réunit : assemblée délibérante, bureau, commission ou comité de pilotage."""

    nom: Texte = Field(
        description="Nom, en minuscules, sans article.",
        examples=["conseil communautaire", "commission Affaires sociales"],
    )
    type: TypeInstance = Field(
        default="assemblee",
        description="« assemblee » et « bureau » délibèrent ; « commission » et « copil » donnent un avis.",
    )
    regime: Regime | None = Field(
        default=None, description="Règles applicables, si ce ne sont pas celles de la collectivité."
    )
    president: IdElu = Field(
        description="Qui préside, par son identifiant dans elus.yaml.", examples=["durand-claire"]
    )
    co_president: Siegeant | None = Field(
        default=None,
        description="Qui préside avec lui, parmi les membres : un élu, ou la personne d’un partenaire.",
        examples=[{"partenaire": "caf-82"}],
    )
    vice_presidents: tuple[IdElu, ...] = Field(
        default=(),
        description="Qui préside à défaut : vice-présidents ou adjoints, dans l’ordre des nominations.",
        examples=[["martin-paul", "petit-anne"]],
    )
    membres: tuple[Membre, ...] = Field(
        min_length=1,
        description=(
            "Les membres en exercice, président compris, dans l’ordre où ils doivent être nommés ; une "
            "commission ou un copil a aussi des personnes de partenaires."
        ),
        examples=[["durand-claire", "martin-paul", {"elu": "roy-jean", "au": "2026-10-15"}]],
    )
    suppleants: dict[IdElu, IdElu] = Field(
        default_factory=dict,
        description="Titulaire → suppléant, pour les communes qui n’ont qu’un siège (CGCT, art. L. 5211-6).",
        examples=[{"faure-lea": "blanc-marie"}],
    )

    delai_de_convocation: Annotated[Entier, Field(ge=0)] | None = Field(
        default=None,
        description="Délai du règlement intérieur, en jours, pour une instance que la loi ne règle pas.",
        examples=["5"],
    )

    @model_validator(mode="after")
    def _partners_do_not_deliberate(self) -> Instance:
        if self.type in ("assemblee", "bureau"):
            who = (*self.membres, *filter(None, (self.co_president,)))
            partner = next((one.partenaire for one in who if one.partenaire), None)
            if partner or self.co_president:
                stray = f"« {partner} » n’en est pas membre" if partner else "elle n’a pas de coprésident"
                raise refused(
                    "instance",
                    f"une instance de type « {self.type} » délibère : {stray}",
                    "pour un comité de pilotage, écrivez type: copil",
                    "membres" if any(one.partenaire for one in self.membres) else "co_president",
                )
        return self

    def membres_au(self, jour: date) -> tuple[str, ...]:
        """The keys of the members in office on that day, in the order of the file: ids of élus, but for the
        persons of partners."""
        return tuple(membre.cle for membre in self.membres if membre.en_exercice(jour))

    def designes(self, who: Siegeant, jour: date | None = None) -> tuple[str, ...]:
        """The members, in office on that day, that an entry of a list means: an élu, or those of a partner
        whom its name fits; all of them when it names nobody."""
        there = [one for one in self.membres if jour is None or one.en_exercice(jour)]
        if who.elu:
            return tuple(one.cle for one in there if one.elu == who.elu)
        of_it = {one.cle: one.nom or "" for one in there if one.partenaire == who.partenaire}
        if who.nom is None:
            return tuple(of_it)
        exact = [cle for cle in of_it if cle == who.cle]
        return tuple(exact or fitting(who.nom.partition(",")[0], of_it))

    @property
    def copresident(self) -> str:
        """The key of the member who presides with the president; "" without one, or when it is not clear."""
        found = dict.fromkeys(self.designes(self.co_president)) if self.co_president else {}
        return next(iter(found)) if len(found) == 1 else ""

    @property
    def a_des_partenaires(self) -> bool:
        return any(membre.partenaire for membre in self.membres)
