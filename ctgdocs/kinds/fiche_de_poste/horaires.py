"""Working hours: durations in minutes, a grid of weekdays, and what they add up to.

« 17 h 30 » is a duration here, never a time of the day; a day of the grid holds the stretches that are worked
(« 8h30-12h, 13h30-17h »), from which the weekly duration is computed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Annotated, TypeAlias

from pydantic import BeforeValidator, Field, PlainValidator, WithJsonSchema, model_validator

from ctgdocs.french import JOURS
from ctgdocs.patterns import regex
from ctgdocs.vocabulary.as_typed import read_hour, refused, shown
from ctgdocs.vocabulary.scalars import Entier, Fiche, Texte, TexteLong, shape

NOON = 13 * 60
"""A stretch that starts before 13 h is the morning's, in minutes."""
LONGEST_STRETCH = 12 * 60
MINUTES_A_DAY = 24 * 60

_DUREE = regex(
    r"(?P<heures>\d{1,2}|\d[ \u00a0\u202f]?\d{3})(?:[.,](?P<dixiemes>\d{1,2}))?\s*"
    r"(?:(?:h|heures?)\s*(?:(?P<minutes>\d{1,2})\s*(?:min(?:utes)?|mn)?)?)?"
    r"(?:\s*(?:par semaine|/\s*semaine|hebdomadaires?|annuelles?|par an))?",
    re.IGNORECASE,
)
LONGEST_DAY = 200
_BETWEEN = regex(r"\s*(?:,|;|/|\bet\b|\bpuis\b)\s*")
_PLAGE = regex(r"(?:de\s+)?(?P<debut>[\dh: ]+?(?:heures?)?[\dh: ]*?)\s*(?:-|–|—|à)\s*(?P<fin>.+)", re.I)
_NOT_WORKED = frozenset({"", "-", "–", "—", "non travaillé", "non travaille", "repos", "libre", "non"})


@lru_cache(maxsize=1024)
def read_duration(text: str) -> int:
    """A duration in minutes: `35 h`, `17h30`, « 17 heures 30 », `35,5`, `1 607 h`; a bare number is hours."""
    found = _DUREE.fullmatch(text.strip()) if len(text) <= 40 else None
    if found is None or (found["dixiemes"] and found["minutes"]):
        raise refused("duree", f"{shown(text)} n’est pas une durée", "exemple : 35 h ou 17 h 30")
    hours = int(re.sub(r"\D", "", found["heures"]))
    minutes = int(found["minutes"] or 0)
    if minutes > 59:
        raise refused("duree", f"{shown(text)} : une heure a 60 minutes", "exemple : 17 h 30")
    if found["dixiemes"]:
        minutes = round(60 * int(found["dixiemes"]) / 10 ** len(found["dixiemes"]))
    return hours * 60 + minutes


def duration_in_french(minutes: int) -> str:
    """« 17 h 30 », « 35 h », « 1 607 h »; plain spaces, the page sets the others.

    >>> duration_in_french(1050), duration_in_french(2100), duration_in_french(45)
    ('17 h 30', '35 h', '45 min')
    """
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    figure = f"{hours // 1000} {hours % 1000:03}" if hours >= 1000 else str(hours)
    return f"{figure} h {rest:02}" if rest else f"{figure} h"


def _duration(value: object) -> int:
    if isinstance(value, str):
        return read_duration(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise refused("type", f"attendu une durée, trouvé {shape(value)}", "exemple : 35 h ou 17 h 30")


Duree: TypeAlias = Annotated[
    int,
    PlainValidator(_duration),
    WithJsonSchema(
        {
            "type": ["string", "number"],
            "description": "Durée : 35 h, 17 h 30.",
            "examples": ["35 h", "17 h 30"],
        }
    ),
]


class Plage(Fiche):
    """A stretch of work, in minutes since midnight; `fin` is over 24 h when it crosses midnight."""

    debut: int
    fin: int

    @property
    def minutes(self) -> int:
        return self.fin - self.debut

    def __str__(self) -> str:
        return f"{_clock(self.debut)} – {_clock(self.fin)}"


def _clock(minutes: int) -> str:
    hours, rest = divmod(minutes % MINUTES_A_DAY, 60)
    return f"{hours} h {rest:02}" if rest else f"{hours} h"


@lru_cache(maxsize=1024)
def read_stretches(text: str) -> tuple[Plage, ...]:
    """`8h30-12h00, 13h30-17h` → the stretches of a day, in order; a day of rest has none."""
    if text.strip().lower() in _NOT_WORKED:
        return ()
    if len(text) > LONGEST_DAY:
        raise refused(
            "horaires", f"{shown(text)} n’est pas une journée de travail", "exemple : 8h30-12h, 13h30-17h"
        )
    stretches = tuple(_stretch(piece) for piece in _BETWEEN.split(text.strip()) if piece)
    for before, after in pairwise(stretches):
        if after.debut < before.fin:
            raise refused(
                "horaires", f"{shown(text)} : les plages se chevauchent", "écrivez-les dans l’ordre"
            )
    return stretches


def _stretch(text: str) -> Plage:
    found = _PLAGE.fullmatch(text.strip())
    if found is None:
        raise refused("horaires", f"{shown(text)} n’est pas une plage horaire", "exemple : 8h30-12h")
    start, end = (hour.hour * 60 + hour.minute for hour in map(read_hour, (found["debut"], found["fin"])))
    if end <= start:
        end += MINUTES_A_DAY
    if end - start > LONGEST_STRETCH:
        raise refused(
            "horaires",
            f"{shown(text)} : une plage de {duration_in_french(end - start)}, plus de douze heures",
            "vérifiez les deux heures",
        )
    return Plage(debut=start, fin=end)


def _day(value: object) -> tuple[Plage, ...]:
    """The stretches of a day, however it was typed: a text, a list, or `{matin: …, apres_midi: …}`."""
    if isinstance(value, str):
        return read_stretches(value)
    if isinstance(value, Mapping):
        unknown = [key for key in value if key not in ("matin", "apres_midi")]
        if unknown:
            raise refused(
                "champ-inconnu", f"« {unknown[0]} » n’est pas un moment du jour", "matin ou apres_midi"
            )
        value = [value[moment] for moment in ("matin", "apres_midi") if moment in value]
    if isinstance(value, list | tuple):
        if all(isinstance(one, Plage) for one in value):
            return tuple(value)
        if all(isinstance(one, str) for one in value):
            return read_stretches(", ".join(one for one in value if one.strip().lower() not in _NOT_WORKED))
    raise refused("type", f"attendu des horaires, trouvé {shape(value)}", "exemple : 8h30-12h, 13h30-17h")


_JOUR = {"type": "string", "examples": ["8h30-12h, 13h30-17h", "8h30-12h"]}
_MOMENTS = {
    "type": "object",
    "additionalProperties": False,
    "properties": {"matin": _JOUR, "apres_midi": _JOUR},
}
Journee: TypeAlias = Annotated[
    tuple[Plage, ...],
    PlainValidator(_day),
    WithJsonSchema(
        {"anyOf": [_JOUR, _MOMENTS, {"type": "array", "items": _JOUR}], "description": "8h30-12h, 13h30-17h"}
    ),
]


class Semaine(Fiche):
    """Une semaine de travail : les plages travaillées de chaque jour."""

    nom: Texte | None = Field(
        default=None, description="Nom de la semaine, quand il y en a plusieurs : « Semaine paire »."
    )
    lundi: Journee = ()
    mardi: Journee = ()
    mercredi: Journee = ()
    jeudi: Journee = ()
    vendredi: Journee = ()
    samedi: Journee = ()
    dimanche: Journee = ()

    def jour(self, nom: str) -> tuple[Plage, ...]:
        stretches: tuple[Plage, ...] = getattr(self, nom)
        return stretches

    @property
    def minutes(self) -> int:
        """The duration of the week, in minutes."""
        return sum(stretch.minutes for jour in JOURS for stretch in self.jour(jour))


def morning(stretches: tuple[Plage, ...]) -> tuple[Plage, ...]:
    return tuple(stretch for stretch in stretches if stretch.debut < NOON)


def afternoon(stretches: tuple[Plage, ...]) -> tuple[Plage, ...]:
    return tuple(stretch for stretch in stretches if stretch.debut >= NOON)


def _weeks(value: object) -> object:
    return [value] if isinstance(value, Mapping | Semaine) else value


class TempsDeTravail(Fiche):
    """Le temps de travail : sa quotité, sa durée, la grille des horaires."""

    quotite: Texte | None = Field(default=None, description="« Temps complet », « Temps non complet »…")
    hebdomadaire: Duree | None = Field(default=None, description="Durée hebdomadaire : 35 h, 17 h 30.")
    annuel: Duree | None = Field(default=None, description="Durée annuelle : 1 607 h.")
    artt: Entier | None = Field(default=None, description="Jours d’ARTT par an.", examples=["18"])
    horaires: Annotated[
        tuple[Semaine, ...],
        BeforeValidator(_weeks),
        Field(description="Grille d’une semaine, ou liste de semaines ; le total est calculé."),
    ] = ()
    astreintes: Texte | None = Field(default=None, description="Astreintes et permanences.")
    cycles: TexteLong | None = Field(default=None, description="Cycles de travail.")
    precisions: TexteLong | None = Field(default=None, description="Ce qui complète la grille.")

    @model_validator(mode="before")
    @classmethod
    def _spell_out(cls, value: object) -> object:
        """A text alone is a duration when it is one, else the quotité."""
        if not isinstance(value, str):
            return value
        return {"hebdomadaire" if _DUREE.fullmatch(value.strip()) else "quotite": value}

    @property
    def minutes_de_la_grille(self) -> int | None:
        """The weekly duration of the grid, in minutes: the mean of its weeks; None without a grid."""
        if not self.horaires:
            return None
        return round(sum(week.minutes for week in self.horaires) / len(self.horaires))
