"""Documents of one séance read the same entries: each set of entries and digests is kept once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from ctgdocs.manifest.records import Reads

DIGITS = 12
NEIGHBOURS = 64  # documents of one séance follow each other: what they read together is looked up whole


class ReadSets:
    """Every set met so far: registry → name of the set → entry key → digest."""

    def __init__(self) -> None:
        self._shared: dict[frozenset[tuple[str, str]], Mapping[str, str]] = {}
        self._names: dict[int, tuple[str, str]] = {}
        self._by_name: dict[tuple[str, str], Mapping[str, str]] = {}
        self._latest: dict[frozenset[tuple[str, str]], Reads] = {}

    def share(self, reads: Reads) -> Reads:
        """What one document read, as mappings that equal documents share, one a registry."""
        if all(id(one) in self._names for one in reads):
            return reads
        together = {key: digest for one in reads for key, digest in one.items()}
        whole = frozenset(together.items())
        if whole not in self._latest:
            if len(self._latest) >= NEIGHBOURS:
                self._latest.clear()
            self._latest[whole] = self._by_registry(together)
        return self._latest[whole]

    def _by_registry(self, together: Mapping[str, str]) -> Reads:
        found: dict[str, dict[str, str]] = {}
        for key, digest in together.items():
            found.setdefault(key.partition("/")[0], {})[key] = digest
        return tuple(self._one(found[registry], registry) for registry in sorted(found))

    def _one(self, found: dict[str, str], registry: str) -> Mapping[str, str]:
        shared = self._shared.get(frozenset(found.items()))
        if shared is None:
            summary = "\n".join(f"{key} {found[key]}" for key in sorted(found))
            shared = self.add(registry, hashlib.sha256(summary.encode()).hexdigest()[:DIGITS], found)
        return shared

    def add(self, registry: str, name: str, reads: Mapping[str, str]) -> Mapping[str, str]:
        """Takes in a set under the name that this class once gave it."""
        shared = self._shared.setdefault(frozenset(reads.items()), reads)
        self._names.setdefault(id(shared), (registry, name))
        self._by_name[registry, name] = shared
        return shared

    def name(self, shared: Mapping[str, str]) -> tuple[str, str]:
        """The (registry, name) of a set that `share` gave."""
        return self._names[id(shared)]

    def named(self, registry: str, name: str) -> Mapping[str, str]:
        """The set of that name. LookupError when there is none."""
        return self._by_name[registry, name]

    def items(self) -> Iterator[tuple[tuple[str, str], Mapping[str, str]]]:
        yield from self._by_name.items()
