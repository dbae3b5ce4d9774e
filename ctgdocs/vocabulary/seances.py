"""A meeting and its exceptions: `content/seances/<id>.yaml`. Who is present is derived (presence.py)."""

from __future__ import annotations

import re
from typing import Annotated, ClassVar, Final, Literal, TypeAlias

from pydantic import (
    BeforeValidator,
    Field,
    PlainValidator,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)

from ctgdocs.patterns import regex
from ctgdocs.vocabulary.as_typed import read_identifier, read_integer, refused, shown
from ctgdocs.vocabulary.liens import IdElu, IdInstance, IdSeance, Lien, called
from ctgdocs.vocabulary.scalars import DateFr, Entier, Fiche, Heure, Numero, OuiNon, ShortForm, Texte

# --- What an act says of its vote: only what differs from « pour ». The figures are derived (scrutin.py)


ModeDeScrutin = Literal["main levée", "scrutin public", "secret"]
ResultatAnnonce = Literal["unanimité", "adoptée", "rejetée", "prend acte"]

_NAME = regex(r"[a-z][a-z0-9]*-[a-z0-9-]+\Z|(?:M\.|Mme|[^\W\da-z_]\S+)\s+\S")
"""One member, as `contre: roy-jean` or « Mme Anne Petit » (a number in letters is no count of votes)."""


def _read_voices(value: object, info: ValidationInfo) -> tuple[str, ...] | int:
    """A list of members, one member alone, or a number of votes."""
    if isinstance(value, str):
        value = [value] if _NAME.match(value.strip()) else read_integer(value)
    if isinstance(value, int) and not isinstance(value, bool):
        if value < 0:
            raise refused(
                "voix", f"{value} n’est pas un nombre de voix", "écrivez un nombre, ou une liste d’élus"
            )
        return value
    if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
        ids = (called("elus", item, info, at) for at, item in enumerate(value))
        return tuple(map(read_identifier, ids))
    raise refused(
        "voix",
        "attendu une liste d’élus ou un nombre de voix",
        "exemple : [roy-jean, lopez-marc], ou 3 si les noms ne sont pas connus",
    )


Voix: TypeAlias = Annotated[
    tuple[str, ...] | int,
    PlainValidator(_read_voices),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "array", "items": {"type": "string"}},
                {"type": "integer", "minimum": 0},
                {"type": "string", "pattern": r"^(\d+|[a-z][a-z0-9]*-[a-z0-9-]+)$"},
            ],
            "description": "Liste d’élus, ou nombre de voix (scrutin secret).",
        }
    ),
    Lien("elus"),
]


class Vote(ShortForm):
    """Un vote : ne nommez que ceux qui n’ont pas voté pour ; `vote: unanimité` quand il n’y en a aucun.

    Pour un scrutin secret, écrivez des nombres : `vote: {mode: secret, pour: 20, contre: 3, blancs: 1}`.
    `vote: prend acte` quand l’assemblée prend acte sans voter (rapport annuel, décisions par délégation).
    """

    short: ClassVar[str] = "resultat"

    resultat: ResultatAnnonce | None = Field(
        default=None,
        description="Résultat proclamé, facultatif : il est calculé, et comparé à ce que vous écrivez ici. "
        "« prend acte » quand il n’y a pas eu de vote.",
        examples=["unanimité"],
    )
    votants: Entier | None = Field(
        default=None,
        description="Nombre de votants, facultatif : il est calculé, et comparé à ce que vous écrivez ici.",
    )
    mode: ModeDeScrutin = Field(default="main levée", description="Mode de scrutin.")
    pour: Voix | None = Field(
        default=None,
        description="Inutile à main levée ; les noms d’un scrutin public, un nombre au scrutin secret.",
        examples=["20"],
    )
    contre: Voix = Field(
        default=(),
        description="Qui a voté contre. Un membre représenté peut être nommé : il vote par son pouvoir.",
        examples=[["roy-jean"]],
    )
    abstentions: Voix = Field(default=(), description="Qui s’est abstenu.", examples=[["lopez-marc"]])
    ne_prend_pas_part: tuple[IdElu, ...] = Field(
        default=(),
        description="Qui a un intérêt dans l’affaire et ne prend pas part au vote ; le pouvoir qu’il détient "
        "n’est pas exercé non plus.",
        examples=[["petit-anne"]],
    )
    deports: tuple[IdElu, ...] = Field(
        default=(),
        description="Qui représente la collectivité dans l’organisme en cause et se déporte (CGCT, "
        "art. L. 1111-6) : ne prend pas part et ne compte pas dans le quorum.",
    )
    sans_secret: OuiNon = Field(
        default=False,
        description="« oui » quand l’assemblée a renoncé, à l’unanimité, au scrutin secret d’une nomination "
        "(CGCT, art. L. 2121-21).",
    )
    blancs: Annotated[Entier, Field(ge=0)] = Field(
        default=0, description="Bulletins blancs, au scrutin secret."
    )
    nuls: Annotated[Entier, Field(ge=0)] = Field(default=0, description="Bulletins nuls, au scrutin secret.")

    @model_validator(mode="after")
    def _counts_or_takes_note(self) -> Vote:
        cast = sorted(self.model_fields_set - {"resultat", "deports"})
        if self.prend_acte and cast:
            raise refused(
                "vote",
                f"l’assemblée prend acte sans voter, mais « {cast[0]} » parle d’un vote",
                "retirez ce champ, ou remplacez « prend acte » par le résultat du vote",
                cast[0],
            )
        return self

    @property
    def prend_acte(self) -> bool:
        """True when the assembly took note of something and voted nothing."""
        return self.resultat == "prend acte"

    @property
    def en_nombres(self) -> bool:
        """True when votes are given as counts, not as names."""
        return (
            isinstance(self.pour, int)
            or isinstance(self.contre, int)
            or isinstance(self.abstentions, int)
            or bool(self.blancs or self.nuls)
        )

    @property
    def hors_vote(self) -> tuple[str, ...]:
        """Those named as not taking part, whatever the reason."""
        return (*self.ne_prend_pas_part, *self.deports)


Session = Literal["ordinaire", "extraordinaire"]


class Secretaire(ShortForm):
    """Un secrétaire de séance ; avec `arrive_a` ou `quitte_a`, il ne l’est que d’une partie de la séance."""

    short: ClassVar[str] = "elu"

    elu: IdElu = Field(description="Le membre qui tient le secrétariat.", examples=["martin-paul"])
    arrive_a: Numero | None = Field(
        default=None, description="Première délibération dont il est secrétaire.", examples=["2026-048"]
    )
    quitte_a: Numero | None = Field(
        default=None,
        description="Première délibération dont il n’est plus secrétaire.",
        examples=["2026-048"],
    )


def _one_or_many(value: object) -> object:
    return value if isinstance(value, list | tuple) else (value,)


Secretaires: TypeAlias = Annotated[
    tuple[Secretaire, ...],
    BeforeValidator(_one_or_many, json_schema_input_type=Secretaire | tuple[Secretaire, ...]),
]


class Absence(ShortForm):
    """Un membre qui n’est pas là à l’ouverture : absent, excusé, ou représenté par un pouvoir."""

    short: ClassVar[str] = "elu"

    elu: IdElu = Field(description="Le membre absent.", examples=["roy-jean"])
    excuse: OuiNon = Field(default=False, description="A-t-il prévenu ? « oui » le range parmi les excusés.")
    pouvoir_a: IdElu | None = Field(
        default=None,
        description="Membre à qui il donne pouvoir de voter en son nom.",
        examples=["durand-claire"],
    )


class Suppleance(ShortForm):
    """Un suppléant qui siège à la place de son titulaire, avec droit de vote."""

    short: ClassVar[str] = "suppleant"

    suppleant: IdElu = Field(description="Le suppléant qui siège.", examples=["blanc-marie"])
    titulaire: IdElu | None = Field(
        default=None, description="Le titulaire remplacé ; inutile si l’instance le dit déjà."
    )


class Mouvement(Fiche):
    """Un membre qui arrive ou qui part en cours de séance.

    Présent à partir de la délibération d’arrivée, absent à partir de celle du départ. Les deux champs
    ensemble disent une arrivée puis un départ, ou l’inverse, selon l’ordre des délibérations.
    """

    elu: IdElu = Field(description="Le membre qui bouge.", examples=["faure-lea"])
    arrive_a: Numero | None = Field(
        default=None, description="Première délibération à laquelle il est présent.", examples=["2026-046"]
    )
    quitte_a: Numero | None = Field(
        default=None,
        description="Première délibération à laquelle il n’est plus présent.",
        examples=["2026-048"],
    )
    heure: Heure | None = Field(default=None, description="Heure du mouvement, pour le procès-verbal.")
    pouvoir_a: IdElu | None = Field(
        default=None, description="Membre à qui il donne pouvoir en partant.", examples=["durand-claire"]
    )

    @model_validator(mode="after")
    def _moves(self) -> Mouvement:
        if self.arrive_a is None and self.quitte_a is None:
            raise refused(
                "mouvement",
                f"le mouvement de « {self.elu} » ne dit ni arrivée ni départ",
                "ajoutez arrive_a ou quitte_a, avec le numéro d’une délibération",
            )
        if self.pouvoir_a is not None and self.quitte_a is None:
            raise refused(
                "mouvement",
                f"« {self.elu} » donne un pouvoir sans quitter la séance",
                "ajoutez quitte_a, ou déclarez ce pouvoir dans absents",
                "pouvoir_a",
            )
        return self


ResultatSurUrgence = Literal["unanimité", "adoptée", "rejetée"]
SHORTEST_MOTIVE: Final = 10
"""Letters of the shortest reason that says something (« inondation »)."""
_NO_MOTIVE = regex(
    r"\b(?:oui|non|très|motifs?|raisons?|urgent\w*|urgence|vrai|faux)\b",
    re.IGNORECASE,
)
_LETTER = regex(r"[^\W\d_]")


class Urgence(ShortForm):
    """Une convocation dans un délai abrégé."""

    short: ClassVar[str] = "motif"

    motif: Texte = Field(
        description="Ce qui justifie l’urgence ; l’exécutif en rend compte à l’ouverture de la séance.",
        examples=["la date limite de dépôt du dossier de subvention, fixée au 30 septembre 2026"],
    )
    vote: ResultatSurUrgence | None = Field(
        default=None,
        description="Ce que l’assemblée en a décidé à l’ouverture : unanimité, adoptée ou rejetée.",
        examples=["unanimité"],
    )

    @model_validator(mode="after")
    def _says_why(self) -> Urgence:
        if len(_LETTER.findall(_NO_MOTIVE.sub("", self.motif))) < SHORTEST_MOTIVE:
            raise refused(
                "urgence",
                f"{shown(self.motif)} ne dit pas ce qui justifie l’urgence",
                "écrivez le motif en quelques mots, il est imprimé : « la date limite de dépôt du dossier, "
                "fixée au 30 septembre 2026 » ; sans urgence, retirez ce champ",
                "motif",
            )
        return self


class SecondeConvocation(Fiche):
    """La séance reprend, sans condition de quorum, l’ordre du jour d’une séance où le quorum a manqué."""

    premiere_seance: IdSeance | None = Field(
        default=None, description="La séance où le quorum a manqué.", examples=["2026-09-17"]
    )
    date: DateFr | None = Field(
        default=None, description="Sa date, quand cette première séance n’est pas dans content/seances/."
    )

    @model_validator(mode="after")
    def _says_when(self) -> SecondeConvocation:
        if self.premiere_seance is None and self.date is None:
            raise refused(
                "seconde-convocation",
                "la seconde convocation ne dit pas quelle séance a manqué de quorum",
                "ajoutez premiere_seance (identifiant) ou date",
            )
        return self


class Visioconference(Fiche):
    """Une séance d’EPCI tenue en plusieurs lieux, par visioconférence (CGCT, art. L. 5211-11-1)."""

    lieux: tuple[Texte, ...] = Field(
        min_length=1,
        description="Les autres lieux de la séance, le premier étant lieu.",
        examples=[["mairie de Lavol"]],
    )
    a_distance: tuple[IdElu, ...] = Field(
        default=(),
        description="Qui siège ailleurs qu’au lieu de la séance : présent, et compté dans le quorum.",
    )


class Seance(Fiche):
    """Une séance : quand, où, et seulement les exceptions à « tout le monde est là »."""

    instance: IdInstance = Field(
        description="Qui se réunit, par son identifiant dans instances/.", examples=["conseil-communautaire"]
    )
    date: DateFr = Field(description="Jour de la séance.", examples=["2026-09-24", "jeudi 24 septembre 2026"])
    heure: Heure = Field(description="Heure d’ouverture.", examples=["18h30"])
    heure_fin: Heure | None = Field(default=None, description="Heure de clôture.", examples=["20h45"])
    lieu: Texte = Field(description="Lieu.", examples=["salle des fêtes de Belmaure-de-Vaurelle"])
    session: Session = Field(default="ordinaire", description="Session ordinaire ou extraordinaire.")
    visioconference: Visioconference | None = Field(
        default=None,
        description="Autres lieux, et qui y siège, quand la séance se tient par visioconférence.",
    )
    huis_clos: OuiNon = Field(default=False, description="« oui » si la séance n’est pas publique.")
    convocation: DateFr = Field(description="Jour d’envoi de la convocation.", examples=["2026-09-17"])
    affichage: DateFr | None = Field(
        default=None, description="Jour d’affichage de la convocation, s’il diffère."
    )
    urgence: Urgence | None = Field(default=None, description="Motif d’une convocation en urgence.")
    seconde_convocation: SecondeConvocation | None = Field(
        default=None, description="À remplir quand une première séance n’a pas réuni le quorum."
    )
    en_exercice: Entier | None = Field(
        default=None,
        description="Nombre de membres en exercice, facultatif : comparé aux membres de l’instance.",
        examples=["33"],
    )
    ordre_du_jour: tuple[Texte, ...] = Field(
        default=(),
        description="Points dans l’ordre de la séance : numéros de délibérations et autres points. Sans lui, "
        "les délibérations se suivent dans l’ordre de leurs numéros.",
        examples=[["Approbation du procès-verbal", "2026-046", "2026-045"]],
    )
    presidence: IdElu | None = Field(
        default=None, description="Qui préside, si ce n’est pas le président de l’instance."
    )
    secretaire: Secretaires = Field(
        default=(),
        description="Secrétaire de séance, choisi parmi les membres ; une liste s’il y en a plusieurs, en "
        "même temps ou l’un après l’autre (`arrive_a`, `quitte_a`).",
        examples=[
            "martin-paul",
            [{"elu": "martin-paul", "quitte_a": "2026-048"}, {"elu": "petit-anne", "arrive_a": "2026-048"}],
        ],
    )
    absents: tuple[Absence, ...] = Field(
        default=(),
        description="Membres absents à l’ouverture.",
        examples=[
            [{"elu": "roy-jean", "pouvoir_a": "durand-claire"}, {"elu": "petit-anne", "excuse": "oui"}]
        ],
    )
    suppleants: tuple[Suppleance, ...] = Field(default=(), description="Suppléants qui siègent.")
    mouvements: tuple[Mouvement, ...] = Field(
        default=(),
        description="Arrivées et départs en cours de séance.",
        examples=[[{"elu": "faure-lea", "arrive_a": "2026-046"}]],
    )
    agents: tuple[Texte, ...] = Field(
        default=(),
        description="Personnes présentes sans voter.",
        examples=[["Mme Sylvie Marty, directrice générale des services"]],
    )


# --- The numbers given once and for all: `content/numeros.yaml`, number → entry


class NumeroDonne(Fiche):
    """Un numéro donné à une délibération : il n’est jamais donné à une autre, même si elle est retirée."""

    acte: Texte = Field(
        description="Nom du fichier de la délibération, dans deliberations/.", examples=["aide-bafa"]
    )
    seance: IdSeance = Field(description="Séance dont l’ordre du jour est clos.", examples=["2026-09-24"])
    objet: Texte | None = Field(default=None, description="Objet de l’acte ce jour-là.")
