"""A séance with all that judges it: its instance, its collectivité, its regime, who was there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from ctgdocs.assembly.appel import derive_feuille
from ctgdocs.assembly.presence import Feuille, Presence
from ctgdocs.assembly.regimes import REGIMES
from ctgdocs.findings import Place
from ctgdocs.stages import Entry, Reader
from ctgdocs.vocabulary.instances import Instance, Regime
from ctgdocs.vocabulary.organismes import Collectivite
from ctgdocs.vocabulary.registres import COLLECTIVITE, INSTANCES, SEANCES
from ctgdocs.vocabulary.seances import Seance


@dataclass(frozen=True, slots=True, eq=False)
class Dossier:
    """What the rules of a séance read. One per séance and run: equal only to itself."""

    entry: Entry[Any]
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


def dossier(reader: Reader, seance: str) -> Dossier | None:
    """The dossier of a séance, or None when it, its instance or the collectivité is missing or in error."""
    entry = reader.find(SEANCES, seance)
    return None if entry is None else dossier_of(entry, reader)


def dossier_of(entry: Entry[Any], reader: Reader) -> Dossier | None:
    """The dossier of a séance that was read."""
    instance = reader.find(INSTANCES, entry.value.instance)
    collectivite = reader.find(COLLECTIVITE, "collectivite")
    if instance is None or collectivite is None:
        return None
    return _dossier(_Same(entry), _Same(instance), _Same(collectivite))


class _Same:
    """An entry as a cache key: the very same value, read once, whatever its content."""

    __slots__ = ("entry",)

    def __init__(self, entry: Entry[Any]) -> None:
        self.entry = entry

    def __hash__(self) -> int:
        return id(self.entry.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.entry.value is self.entry.value


@lru_cache(maxsize=512)
def _dossier(seance: _Same, instance: _Same, collectivite: _Same) -> Dossier:
    house: Collectivite = collectivite.entry.value
    body: Instance = instance.entry.value
    return Dossier(
        entry=seance.entry,
        seance=seance.entry.value,
        instance=body,
        collectivite=house,
        regime=body.regime or REGIMES[house.type],
        feuille=derive_feuille(seance.entry.value, body),
    )
