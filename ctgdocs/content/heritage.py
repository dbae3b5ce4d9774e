"""What a document takes from its dossier: every field it does not type (`dossier: ctg-renouvellement`).

`inherit` gives the document as if all had been typed in it. What was lent keeps its place: a finding about an
amount of the dossier points into the dossier's file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final

from ctgdocs.stages import Entry, Reader, Steps
from ctgdocs.vocabulary.dossiers import dates_nommees, montants_nommes
from ctgdocs.vocabulary.registres import DOSSIERS

BY_NAME: Final = ("montants", "calendrier", "tableaux")
"""Mappings, lent name by name: a document may type one amount and take the others."""


@dataclass(frozen=True, slots=True)
class Heir(Entry[Any]):
    """`base` with the fields `lent` by `dossier`, and the names that its own mappings lack."""

    base: Entry[Any] | None = None
    dossier: Entry[Any] | None = None
    lent: frozenset[str] = frozenset()
    own: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def typed_at(self, *path: str | int) -> tuple[Entry[Any], Steps]:
        if self.dossier is not None and path and self._is_lent(path):
            return self.dossier.typed_at(*path)
        return self.base.typed_at(*path) if self.base is not None else (self, path)

    def _is_lent(self, path: Steps) -> bool:
        first = str(path[0])
        if first in self.lent or first not in type(self.value).model_fields:
            return True
        return first in self.own and len(path) > 1 and path[1] not in self.own[first]


def dossier_of(entry: Entry[Any], reader: Reader) -> Entry[Any] | None:
    """The dossier that a document or a point cites; None when it cites none, or one in error."""
    id = getattr(entry.value, "dossier", None)
    return reader.find(DOSSIERS, id) if id else None


def inherit(entry: Entry[Any], reader: Reader) -> Entry[Any]:
    """The entry with what its dossier lends; the very same one when it has no dossier."""
    dossier = dossier_of(entry, reader)
    if dossier is None:
        return entry
    return lend(entry, dossier)


def lend(entry: Entry[Any], lender: Entry[Any]) -> Entry[Any]:
    """The entry with every field that `lender` fills and that it leaves out."""
    value = entry.value
    typed = value.model_fields_set
    known = type(value).model_fields.keys() & type(lender.value).model_fields.keys()
    update: dict[str, Any] = {}
    own: dict[str, frozenset[str]] = {}
    for name in known:
        given = getattr(lender.value, name)
        if name in BY_NAME:
            kept = getattr(value, name)
            own[name] = frozenset(kept)
            update[name] = {**given, **kept}
        elif name not in typed and given not in (None, (), ""):
            update[name] = given
    lent = frozenset(update) - own.keys()
    return Heir(
        entry.registry,
        entry.id,
        value.model_copy(update=update),
        entry.source,
        f"{entry.digest}+{lender.digest}",
        entry.at,
        entry,
        lender,
        lent,
        own,
    )


def montants(entry: Entry[Any]) -> dict[str, Decimal]:
    """The amounts that the texts of this entry may cite by name."""
    lent = montants(entry.dossier) if isinstance(entry, Heir) and entry.dossier else {}
    return lent | {nom: montant for nom, montant, _ in montants_nommes(entry.value)}


def jours(entry: Entry[Any]) -> dict[str, date]:
    """The days that the texts of this entry may cite by name."""
    lent = jours(entry.dossier) if isinstance(entry, Heir) and entry.dossier else {}
    return lent | {nom: jour for nom, jour, _ in dates_nommees(entry.value)}
