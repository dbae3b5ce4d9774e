"""What an act says of its vote: only what differs from « pour ». The figures are derived (scrutin.py).

A vote for persons (an election between candidates) is not described here: it will be a second type beside
`Vote`, with its own derivation. Today such a délibération names the persons in its decisions, its ballot is
`mode: secret` with counts.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal, TypeAlias

from pydantic import Field, PlainValidator, WithJsonSchema

from ctgdocs.patterns import regex
from ctgdocs.vocabulary.actes import ShortForm
from ctgdocs.vocabulary.as_typed import read_identifier, read_integer, refused
from ctgdocs.vocabulary.liens import IdElu, Lien
from ctgdocs.vocabulary.scalars import Entier

ModeDeScrutin = Literal["main levée", "scrutin public", "secret"]
ResultatAnnonce = Literal["unanimité", "adoptée", "rejetée"]

_NAME = regex(r"[a-z][a-z0-9]*-[a-z0-9-]+\Z")
"""One member alone, as `contre: roy-jean` (a number in letters has no place in a count of votes)."""


def _read_voices(value: Any) -> tuple[str, ...] | int:
    """A list of ids, one id alone, or a number of votes."""
    if isinstance(value, str):
        value = [value] if _NAME.match(value.strip()) else read_integer(value)
    if isinstance(value, int) and not isinstance(value, bool):
        if value < 0:
            raise refused(
                "voix", f"{value} n’est pas un nombre de voix", "écrivez un nombre, ou une liste d’élus"
            )
        return value
    if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
        return tuple(map(read_identifier, value))
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
    """

    short: ClassVar[str] = "resultat"

    resultat: ResultatAnnonce | None = Field(
        default=None,
        description="Résultat proclamé, facultatif : il est calculé, et comparé à ce que vous écrivez ici.",
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
        description="Qui ne prend pas part au vote ; le pouvoir qu’il détient n’est pas exercé non plus.",
        examples=[["petit-anne"]],
    )
    deports: tuple[IdElu, ...] = Field(
        default=(),
        description="Qui se déporte (CGCT, art. L. 1111-6) : ne prend pas part et ne compte pas "
        "dans le quorum.",
    )
    blancs: Annotated[Entier, Field(ge=0)] = Field(
        default=0, description="Bulletins blancs, au scrutin secret."
    )
    nuls: Annotated[Entier, Field(ge=0)] = Field(default=0, description="Bulletins nuls, au scrutin secret.")

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
