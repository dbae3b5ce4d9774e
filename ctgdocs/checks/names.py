"""Persons as a message names them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from ctgdocs.stages import Reader

Nommer: TypeAlias = Callable[[str], str]
"""From an id of elus.yaml to « Mme Claire Durand », or the id itself when nobody is known by it."""


def namer(reader: Reader) -> Nommer:
    """Names from the registry, read only when a message needs them."""

    def name(elu: str) -> str:
        entry = reader.find("elus", elu)
        if entry is None:
            return f"« {elu} »"
        return f"{entry.value.civilite}\u00a0{entry.value.prenom} {entry.value.nom}"

    return name


def listed(names: Iterable[str]) -> str:
    """« A », « A et B », « A, B et C »."""
    *head, last = list(names) or [""]
    return f"{', '.join(head)} et {last}" if head else last


def plural(nombre: int, singular: str, many: str = "") -> str:
    """« 1 jour », « 3 jours », « 0 jour ».

    >>> [plural(n, "jour") for n in (0, 1, 3)]
    ['0 jour', '1 jour', '3 jours']
    """
    return f"{nombre} {singular if nombre < 2 else many or singular + 's'}"
