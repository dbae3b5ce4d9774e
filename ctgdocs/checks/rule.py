"""A legal or consistency rule, as a frozen value: its code, what it says, where it comes from, since when."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from ctgdocs.findings import Finding, Place, Severity

if TYPE_CHECKING:
    from ctgdocs.vocabulary.instances import Regime

_SPACE_BEFORE = re.compile(r" ([:;!?»])")


def typeset(text: str) -> str:
    """A message's no-break spaces, so that rules are written with plain ones."""
    return _SPACE_BEFORE.sub("\u00a0\\1", text).replace("« ", "«\u00a0").replace("art. ", "art.\u00a0")


def consistency(code: str, message: str, place: Place, hint: str = "") -> Finding:
    """An error that is not about law: an id that points nowhere, a record that contradicts itself. `code` is
    a program word."""
    return Finding(code, Severity.ERREUR, typeset(message), place, typeset(hint))


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
        return Finding(self.code, level, typeset(message), place, typeset(hint), source)
