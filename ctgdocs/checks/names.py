"""Persons as a message names them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from ctgdocs.stages import Reader


class Personne(NamedTuple):
    """Someone in a message: `{elu}` is the name, `{elu:absent|absente}` a word that agrees.

    >>> f"{Personne('Mme Claire Durand', True)} est {Personne('Mme Claire Durand', True):absent|absente}"
    'Mme Claire Durand est absente'
    """

    name: str
    feminine: bool = False

    def __format__(self, words: str) -> str:
        if not words:
            return self.name
        masculine, _, feminine = words.partition("|")
        return feminine if self.feminine else masculine


Nommer: TypeAlias = Callable[[str], Personne]
"""From an id of elus.yaml to the person, named by the id itself when nobody is known by it."""


def namer(reader: Reader) -> Nommer:
    """Names from the registry, read only when a message needs them."""

    def name(elu: str) -> Personne:
        entry = reader.find("elus", elu)
        if entry is None:
            return Personne(f"« {elu} »")
        person = entry.value
        return Personne(f"{person.civilite}\u00a0{person.prenom} {person.nom}", person.civilite == "Mme")

    return name


def plural(nombre: int, singular: str, many: str = "") -> str:
    """« 1 jour », « 3 jours », « 0 jour ».

    >>> [plural(n, "jour") for n in (0, 1, 3)]
    ['0 jour', '1 jour', '3 jours']
    """
    return f"{nombre} {singular if nombre < 2 else many or singular + 's'}"
