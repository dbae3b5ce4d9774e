"""How an agent's own acts use the references of visas.yaml: which most, by kind and matière; which an act
lacks that those like it have; which open acts cite a text that is no more in force."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple, Protocol, runtime_checkable

from ctgdocs.findings import Finding, Severity
from ctgdocs.rules.texts import day_of
from ctgdocs.stages import Entry, Held, Reader, Registry
from ctgdocs.vocabulary.actes import Visa, VisaCite
from ctgdocs.vocabulary.registres import VISAS

FEWEST: Final = 4
MOST_OF_THEM: Final = 0.75
"""How many acts like one say what is usual, and the part of them that has a visa for it to be."""
LATEST: Final = 200
"""How many acts of a kind, the last by their numbers, say what is usual today."""


@runtime_checkable
class Visant(Protocol):
    """An act that visas texts."""

    @property
    def visas(self) -> tuple[VisaCite, ...]: ...
    @property
    def projet(self) -> bool: ...


class Group(NamedTuple):
    """Acts that are alike: their kind, and the first two levels of their matière, or their type."""

    kind: str
    matiere: str


class Seen(NamedTuple):
    """An act, its group, the ids that it cites."""

    entry: Entry[object]
    group: Group
    ids: frozenset[str]
    is_open: bool


@dataclass(frozen=True, slots=True)
class Usage:
    """The acts of a workspace that visa texts, by their key."""

    acts: Mapping[str, Seen]
    known: Mapping[str, Entry[Visa]]

    def ranked(self, group: Group | None = None) -> list[tuple[str, int]]:
        """The references by how many acts cite them, all of visas.yaml included, the most used first."""
        cited: Counter[str] = Counter()
        for act in self.acts.values():
            if group is None or act.group == group:
                cited.update(act.ids)
        return sorted(((id, cited[id]) for id in self.known), key=lambda one: (-one[1], one[0]))

    def lacking(self, key: str, jour: date) -> Iterator[tuple[str, int, int]]:
        """What most of the acts like one cite, and it does not: the reference, how many cite it, of how many.
        Only what may be cited on that day."""
        act = self.acts[key]
        alike = [one.ids for other, one in self.acts.items() if one.group == act.group and other != key]
        counts = Counter(id for ids in alike for id in ids)
        for id, many in counts.most_common():
            usual = len(alike) >= FEWEST and many >= MOST_OF_THEM * len(alike)
            if usual and id not in act.ids and id in self.known and self.known[id].value.valide(jour):
                yield id, many, len(alike)

    def outdated(self, jour: date) -> Iterator[tuple[Entry[Visa], list[str]]]:
        """The references that may not be cited on that day, with the open acts that cite them."""
        for id, entry in self.known.items():
            citing = [key for key, act in self.acts.items() if act.is_open and id in act.ids]
            if not entry.value.valide(jour):
                yield entry, citing


def missing_habits(usage: Usage, keys: Iterable[str], reader: Reader, today: date) -> Iterator[Finding]:
    """What the open acts among `keys` do not cite, and most of those like them do: an `info` at their
    visas."""
    hint = "ajoutez-le à visas, s’il fonde aussi cet acte"
    for key in keys:
        act = usage.acts.get(key)
        if act is None or not act.is_open or not act.group.matiere:
            continue
        for id, many, of in usage.lacking(key, day_of(act.entry, reader) or today):
            said = f"visa habituel absent : « {id} » ({many} actes sur {of} du même genre)"
            yield Finding("visa-habituel", Severity.INFO, said, act.entry.place("visas"), hints=(hint,))


def usage_of(registries: Iterable[Registry[object]], reader: Reader, latest: int | None = None) -> Usage:
    """The usage of a workspace; `registries` are those of its kinds, of which the `latest` acts are read. An
    act in error is left out."""
    acts: dict[str, Seen] = {}
    visant = [one for one in registries if "visas" in getattr(one.type(), "model_fields", ())]
    for registry in visant:
        for entry in _entries(registry, reader, latest):
            if isinstance(entry.value, Visant):
                ids = frozenset(visa.texte for visa in entry.value.visas if visa.texte)
                named = getattr(entry.value, "matiere", None) or getattr(entry.value, "type", None) or ""
                levels = str(named).split(".")[:2]
                group = Group(registry.name, ".".join(levels))
                acts[entry.key] = Seen(entry, group, ids, entry.value.projet)
    return Usage(acts, {entry.id: entry for entry in _entries(VISAS, reader)})


def _entries(registry: Registry[Held], reader: Reader, latest: int | None = None) -> Sequence[Entry[Held]]:
    ids = sorted(reader.ids(registry), reverse=True)[:latest]
    return [entry for id in ids if (entry := reader.find(registry, id)) is not None]
