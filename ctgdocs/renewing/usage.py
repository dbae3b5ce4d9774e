"""How an agent's own acts use the references of visas.yaml: which most, by kind and matière; which an act
lacks that those like it have; which open acts cite a text that is no more in force."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple, Protocol, runtime_checkable

from ctgdocs.stages import Entry, Held, Reader, Registry
from ctgdocs.vocabulary.actes import Visa, VisaCite
from ctgdocs.vocabulary.registres import VISAS

FEWEST: Final = 4
MOST_OF_THEM: Final = 0.75
"""How many acts like one say what is usual, and the part of them that has a visa for it to be."""


@runtime_checkable
class Visant(Protocol):
    """An act that visas texts."""

    @property
    def visas(self) -> tuple[VisaCite, ...]: ...
    @property
    def projet(self) -> bool: ...


class Group(NamedTuple):
    """Acts that are alike: their kind, and the first two levels of their matière."""

    kind: str
    matiere: str


@dataclass(frozen=True, slots=True)
class Usage:
    """The acts of a workspace that visa texts, by their key, each with its group and the ids it cites."""

    acts: Mapping[str, tuple[Group, frozenset[str], bool]]
    known: Mapping[str, Entry[Visa]]

    def ranked(self, group: Group | None = None) -> list[tuple[str, int]]:
        """The references by how many acts cite them, all of visas.yaml included, the most used first."""
        cited: Counter[str] = Counter()
        for of, ids, _ in self.acts.values():
            if group is None or of == group:
                cited.update(ids)
        return sorted(((id, cited[id]) for id in self.known), key=lambda one: (-one[1], one[0]))

    def lacking(self, key: str, jour: date) -> Iterator[tuple[str, int, int]]:
        """What most of the acts like one cite, and it does not: the reference, how many cite it, of how many.
        Only what may be cited on that day."""
        group, own, _ = self.acts[key]
        alike = [ids for other, (of, ids, _) in self.acts.items() if of == group and other != key]
        counts = Counter(id for ids in alike for id in ids)
        for id, many in counts.most_common():
            usual = len(alike) >= FEWEST and many >= MOST_OF_THEM * len(alike)
            if usual and id not in own and id in self.known and self.known[id].value.valide(jour):
                yield id, many, len(alike)

    def outdated(self, jour: date) -> Iterator[tuple[Entry[Visa], list[str]]]:
        """The references that may not be cited on that day, with the open acts that cite them."""
        for id, entry in self.known.items():
            citing = [key for key, (_, ids, is_open) in self.acts.items() if is_open and id in ids]
            if not entry.value.valide(jour):
                yield entry, citing


def usage_of(registries: Iterable[Registry[object]], reader: Reader) -> Usage:
    """The usage of a workspace; `registries` are those of its kinds. An act in error is left out."""
    acts: dict[str, tuple[Group, frozenset[str], bool]] = {}
    for registry in registries:
        for entry in _entries(registry, reader):
            if isinstance(entry.value, Visant):
                ids = frozenset(visa.texte for visa in entry.value.visas if visa.texte)
                levels = str(getattr(entry.value, "matiere", None) or "").split(".")[:2]
                acts[entry.key] = Group(registry.name, ".".join(levels)), ids, entry.value.projet
    return Usage(acts, {entry.id: entry for entry in _entries(VISAS, reader)})


def _entries(registry: Registry[Held], reader: Reader) -> Sequence[Entry[Held]]:
    return [entry for id in reader.ids(registry) if (entry := reader.find(registry, id)) is not None]
