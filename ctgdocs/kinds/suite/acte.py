"""What is typed after a séance, and nowhere else: the debates, how its procès-verbal was settled, what was
posted and sent. All the rest comes from the séance and from its délibérations."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field, model_validator

from ctgdocs.vocabulary.actes import Document
from ctgdocs.vocabulary.liens import IdDeliberation, IdElu, IdPartenaire, IdSeance
from ctgdocs.vocabulary.scalars import DateFr, Entier, Fiche, ShortForm, Texte, TexteLong, refused
from ctgdocs.vocabulary.seances import Vote


class Debat(Fiche):
    """Ce qui s’est dit sur un point de l’ordre du jour."""

    deliberation: IdDeliberation | None = Field(
        default=None, description="La délibération débattue, par son numéro.", examples=["2026-046"]
    )
    objet: Texte | None = Field(
        default=None,
        description="Le point débattu, quand il n’est pas une délibération, comme à l’ordre du jour.",
        examples=["Questions diverses"],
    )
    debats: TexteLong | None = Field(default=None, description="La teneur des discussions, en Markdown.")
    scrutin_demande_par: tuple[IdElu, ...] = Field(
        default=(),
        description="Qui a demandé un scrutin public ou secret (CGCT, art. L. 2121-21).",
        examples=[["roy-jean", "lopez-marc"]],
    )
    suite: Literal["retirée", "reportée"] | None = Field(
        default=None,
        description="« retirée » de l’ordre du jour, ou « reportée » à une autre séance, sans vote.",
    )

    @model_validator(mode="after")
    def _names_its_point(self) -> Debat:
        if (self.deliberation is None) == (self.objet is None):
            said = "ne dit pas son point" if self.objet is None else "a une délibération et un objet"
            raise refused("debat", f"ce débat {said}", "indiquez deliberation ou objet : un seul des deux")
        return self


class ProcesVerbalPrecedent(ShortForm):
    """Le procès-verbal de la séance précédente, arrêté à l’ouverture de celle-ci."""

    short: ClassVar[str] = "seance"

    seance: IdSeance = Field(description="La séance précédente.", examples=["2026-06-25"])
    vote: Vote | None = Field(
        default=None,
        description="Vote, s’il y en a eu un : unanimité, ou {contre: […], abstentions: […]}.",
        examples=["unanimité"],
    )
    observations: TexteLong | None = Field(
        default=None, description="Observations et rectifications demandées, en Markdown."
    )


class DecisionPrise(ShortForm):
    """Une décision prise par délégation : un arrêté ou une délibération des contenus, ou écrite sur place."""

    short: ClassVar[str] = "acte"

    acte: Texte | None = Field(
        default=None,
        description="Le nom de son fichier, dans arretes/ ou deliberations/.",
        examples=["2026-012"],
    )
    numero: Texte | None = Field(default=None, description="Son numéro, écrite sur place.")
    date: DateFr | None = Field(default=None, description="Son jour, écrite sur place.")
    objet: Texte | None = Field(default=None, description="Son objet, écrite sur place.")
    auteur: Texte | None = Field(
        default=None,
        description="Qui l’a prise, écrite sur place ; sans indication, l’exécutif.",
        examples=["le bureau"],
    )

    @model_validator(mode="after")
    def _is_one(self) -> DecisionPrise:
        if (self.acte is None) == (self.objet is None):
            raise refused(
                "decision",
                "une décision est un acte des contenus (acte) ou est écrite sur place (date et objet)",
                "indiquez l’un des deux",
            )
        if self.objet is not None and self.date is None:
            raise refused("decision", "cette décision n’a pas de date", "ajoutez date", "objet")
        return self


class Envoi(Fiche):
    """Une lettre qui accompagne des actes de la séance."""

    partenaire: IdPartenaire | None = Field(
        default=None, description="À qui, identifiant de partenaires.yaml.", examples=["caf-82"]
    )
    destinataire: Texte | None = Field(
        default=None, description="À qui, quand ce n’est pas un partenaire : nom, et adresse après « ; »."
    )
    objet: Texte | None = Field(default=None, description="Objet de la lettre.")
    actes: tuple[IdDeliberation, ...] = Field(
        default=(), description="Délibérations jointes, par leur numéro.", examples=[["2026-045"]]
    )
    pieces: tuple[Texte, ...] = Field(
        default=(),
        description="Autres pièces jointes.",
        examples=[["Convention, en deux exemplaires à signer"]],
    )
    texte: TexteLong | None = Field(
        default=None, description="Ce que la lettre dit de plus, en Markdown : ce qui est attendu en retour."
    )

    @model_validator(mode="after")
    def _goes_somewhere(self) -> Envoi:
        if (self.partenaire is None) == (self.destinataire is None):
            raise refused(
                "envoi",
                "un envoi a un destinataire",
                "indiquez partenaire ou destinataire : un seul des deux",
            )
        if not (self.actes or self.pieces):
            raise refused("envoi", "cet envoi ne joint rien", "ajoutez actes ou pieces")
        return self


class Acte(Document):
    """Les suites d’une séance."""

    seance: IdSeance = Field(
        description="La séance, identifiant de seances/ : elle et ses délibérations disent tout le reste."
    )
    points: tuple[Debat, ...] = Field(
        default=(), description="Les débats, point par point, pour le procès-verbal."
    )
    proces_verbal_precedent: ProcesVerbalPrecedent | None = Field(
        default=None,
        description="Le procès-verbal arrêté à cette séance : {seance: 2026-06-25, vote: unanimité}.",
    )
    decisions: tuple[DecisionPrise, ...] | None = Field(
        default=None,
        description="Décisions prises par délégation dont il est rendu compte ; sans cette liste, celles "
        "des contenus depuis la séance précédente.",
    )
    arret: DateFr | None = Field(
        default=None,
        description="Jour où ce procès-verbal est arrêté : la séance suivante. Sans lui, un projet.",
    )
    publication: DateFr | None = Field(
        default=None, description="Jour de publication du procès-verbal, dans la semaine qui suit."
    )
    liste_affichee: DateFr | None = Field(
        default=None, description="Jour d’affichage de la liste des délibérations examinées."
    )
    liste_en_ligne: DateFr | None = Field(
        default=None, description="Jour de sa mise en ligne, s’il diffère de l’affichage."
    )
    affichage_jusqu_au: DateFr | None = Field(
        default=None, description="Dernier jour de l’affichage, pour le certificat."
    )
    feuillet: Entier | None = Field(
        default=None, ge=1, description="Numéro, dans le registre, du feuillet qui clôt la séance."
    )
    date: DateFr | None = Field(default=None, description="Jour des lettres et du certificat.")
    signataire: IdElu | None = Field(
        default=None, description="Qui signe les lettres et le certificat ; sinon l’exécutif."
    )
    envois: tuple[Envoi, ...] = Field(
        default=(), description="Lettres d’envoi aux partenaires : la Caf, une association…"
    )

    @property
    def projet(self) -> bool:
        """Whether the procès-verbal may still change."""
        return self.arret is None
