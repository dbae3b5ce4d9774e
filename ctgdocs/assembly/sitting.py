"""A séance with all that judges it: its instance, its collectivité, its regime, who was there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from ctgdocs.assembly.appel import derive_feuille
from ctgdocs.assembly.regimes import REGIMES
from ctgdocs.content.heritage import inherit
from ctgdocs.findings import Place
from ctgdocs.vocabulary.registres import COLLECTIVITE, DELIBERATIONS, INSTANCES, SEANCES

if TYPE_CHECKING:
    from collections.abc import Hashable
    from datetime import date

    from ctgdocs.assembly.presence import Feuille, Presence
    from ctgdocs.stages import Entry, Reader
    from ctgdocs.vocabulary.instances import Instance, Regime
    from ctgdocs.vocabulary.organismes import Collectivite
    from ctgdocs.vocabulary.seances import Seance

Value = TypeVar("Value")


class Moment(NamedTuple):
    """One point of a séance: who was there. `key` tells it from another point at which not the same members
    were."""

    seance: Seance
    instance: Instance
    presence: Presence
    key: Hashable


@dataclass(frozen=True, slots=True, eq=False)
class Sitting:
    """What the rules of a séance read. One per séance and run: equal only to itself."""

    entry: Entry[Seance]
    seance: Seance
    instance: Instance
    collectivite: Collectivite
    regime: Regime
    feuille: Feuille

    @property
    def jour(self) -> date:
        return self.seance.date

    @property
    def assemblee(self) -> bool:
        """True for the body that the law convenes; a bureau or a commission follows its own règlement."""
        return self.instance.type == "assemblee"

    @property
    def delibere(self) -> bool:
        """False for a commission or a COPIL, which only give an opinion."""
        return self.instance.type in ("assemblee", "bureau")

    def place(self, *path: str | int) -> Place:
        return self.entry.place(*path)

    def presence(self, numero: str, presidence: str | None = None, deports: Collection[str] = ()) -> Presence:
        """Who is there at one délibération."""
        return self.feuille.presence(numero, presidence=presidence, deports=deports)

    def moment(self, numero: str, presidence: str | None = None, deports: Collection[str] = ()) -> Moment:
        """The séance at one délibération."""
        presence = self.presence(numero, presidence, deports)
        key = (self.entry.id, self.feuille.moment(numero), presidence, tuple(deports), presence.secretaires)
        return Moment(self.seance, self.instance, presence, key)


def hides_its_day(reader: Reader, numero: str) -> Place | None:
    """Where the entry stands whose error hides the date of a délibération: itself, or its séance. None when
    nothing is in error, whether the date is known or not."""
    found = reader.find(DELIBERATIONS, numero)
    if found is None:
        return Place(f"content/deliberations/{numero}.yaml") if reader.exists(DELIBERATIONS, numero) else None
    seance = inherit(found, reader).value.seance
    if not seance or reader.find(SEANCES, seance) or not reader.exists(SEANCES, seance):
        return None
    return SEANCES.place(seance)


def find_sitting(reader: Reader, seance: str) -> Sitting | None:
    """The séance of that id, or None when it, its instance or the collectivité is missing or in error."""
    entry = reader.find(SEANCES, seance)
    return None if entry is None else sitting_of(entry, reader)


def sitting_of(entry: Entry[Seance], reader: Reader) -> Sitting | None:
    """A séance that was read, with what judges it."""
    instance = reader.find(INSTANCES, entry.value.instance)
    collectivite = reader.find(COLLECTIVITE, "collectivite")
    if instance is None or collectivite is None:
        return None
    return _sitting(_Same(entry), _Same(instance), _Same(collectivite))


class _Same(Generic[Value]):
    """An entry as a cache key: the very same value, read once, whatever its content."""

    __slots__ = ("entry",)

    def __init__(self, entry: Entry[Value]) -> None:
        self.entry = entry

    def __hash__(self) -> int:
        return id(self.entry.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.entry.value is self.entry.value


@lru_cache(maxsize=512)
def _sitting(seance: _Same[Seance], instance: _Same[Instance], house: _Same[Collectivite]) -> Sitting:
    body = instance.entry.value
    return Sitting(
        entry=seance.entry,
        seance=seance.entry.value,
        instance=body,
        collectivite=house.entry.value,
        regime=body.regime or REGIMES[house.entry.value.type],
        feuille=derive_feuille(seance.entry.value, body),
    )
