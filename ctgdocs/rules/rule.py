"""A legal or consistency rule, as a frozen value: its code, what it says, where it comes from, since when."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from ctgdocs.findings import Finding, Place, Severity, advice
from ctgdocs.stages import Reader
from ctgdocs.vocabulary.registres import ELUS

if TYPE_CHECKING:
    from ctgdocs.vocabulary.instances import Regime


# --- Persons as a message names them


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
        entry = reader.find(ELUS, elu)
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


_SPACE_BEFORE = re.compile(r" ([:;!?»])")


def typeset(text: str) -> str:
    """A message's no-break spaces, so that rules are written with plain ones."""
    return _SPACE_BEFORE.sub("\u00a0\\1", text).replace("« ", "«\u00a0").replace("art. ", "art.\u00a0")


def consistency(code: str, message: str, place: Place, hint: str = "") -> Finding:
    """An error that is not about law: an id that points nowhere, a record that contradicts itself. `code` is
    a program word."""
    return Finding(code, Severity.ERREUR, typeset(message), place, hints=advice(typeset(hint)))


class Rule(NamedTuple):
    """One rule.

    `source` is cited to the agent as it stands; a CCAS has its own (`ccas`), an EPCI or a syndicat follows
    the rules of communes by CGCT, art. L. 5211-1. `valide_du` and `valide_au` (included) bound the meetings
    it judges. `to_check` marks a rule not read at its source: it never blocks, and says so.
    """

    code: str
    title: str
    severity: Severity
    source: str
    ccas: str = ""
    valide_du: date | None = None
    valide_au: date | None = None
    to_check: bool = False

    def in_force(self, jour: date) -> bool:
        return (self.valide_du is None or self.valide_du <= jour) and (
            self.valide_au is None or jour <= self.valide_au
        )

    def cited(self, regime: Regime | None) -> str:
        """The source as this kind of body should read it."""
        if regime == "ccas" and self.ccas:
            return self.ccas
        if regime in ("epci", "syndicat") and self.source.startswith("CGCT, art. L. 2121-"):
            return f"{self.source}, par renvoi de l’art. L. 5211-1"
        return self.source

    def finding(
        self,
        message: str,
        place: Place,
        hint: str = "",
        *,
        regime: Regime | None = None,
        severity: Severity | None = None,
        to_check: bool = False,
    ) -> Finding:
        """What the rule says at one place; `severity` when one case is lighter than the rule, `to_check` when
        one case of a sure rule is not."""
        level = severity or self.severity
        if self.to_check or to_check:
            message += " (règle à vérifier)"
            level = Severity.ALERTE if level is Severity.ERREUR else level
        source = typeset(self.cited(regime))
        return Finding(self.code, level, typeset(message), place, hints=advice(typeset(hint)), source=source)
