"""Documents of one séance read the same entries: each set of entries and digests is kept once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from ctgdocs.manifest.records import Reads

DIGITS = 12


class ReadSets:
    """Every set met so far: registry → name of the set → entry key → digest."""

    def __init__(self) -> None:
        self._shared: dict[frozenset[tuple[str, str]], Mapping[str, str]] = {}
        self._names: dict[int, tuple[str, str]] = {}

    def share(self, reads: Mapping[str, str]) -> Reads:
        """What one document read, as mappings that equal documents share."""
        by_registry: dict[str, dict[str, str]] = {}
        for key, digest in reads.items():
            by_registry.setdefault(key.partition("/")[0], {})[key] = digest
        return tuple(self._one(by_registry[registry], registry) for registry in sorted(by_registry))

    def _one(self, found: dict[str, str], registry: str) -> Mapping[str, str]:
        shared = self._shared.setdefault(frozenset(found.items()), found)
        if id(shared) not in self._names:
            summary = "\n".join(f"{key} {shared[key]}" for key in sorted(shared))
            self._names[id(shared)] = (registry, hashlib.sha256(summary.encode()).hexdigest()[:DIGITS])
        return shared

    def name(self, shared: Mapping[str, str]) -> tuple[str, str]:
        """The (registry, name) of a set that `share` gave."""
        return self._names[id(shared)]
