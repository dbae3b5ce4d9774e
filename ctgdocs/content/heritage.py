"""What a document takes from its dossier: every field it does not type (`dossier: ctg-renouvellement`); and
the opinions of commissions that either knows, written in `commission` or in a visa.

`inherit` gives the document as if all had been typed in it. What was lent keeps its place: a finding about an
amount of the dossier points into the dossier's file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple, Protocol, TypeVar

from ctgdocs.stages import Entry, Reader, Steps, every
from ctgdocs.vocabulary.actes import PassageEnCommission, VisaCite
from ctgdocs.vocabulary.as_typed import IDENTIFIANT, slug
from ctgdocs.vocabulary.citations import avis_cite
from ctgdocs.vocabulary.dossiers import Dossier, dates_nommees, montants_nommes
from ctgdocs.vocabulary.registres import DOSSIERS, INSTANCES, VISAS
from ctgdocs.vocabulary.scalars import Fiche

BY_NAME: Final = ("montants", "calendrier", "tableaux")
"""Mappings, lent name by name: a document may type one amount and take the others."""


Value = TypeVar("Value", covariant=True)


@dataclass(frozen=True, slots=True)
class Heir(Entry[Value]):
    """`base` with the fields `lent` by `dossier`, and the names that its own mappings lack."""

    base: Entry[Value] | None = None
    dossier: Entry[object] | None = None
    lent: frozenset[str] = frozenset()
    own: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def typed_at(self, *path: str | int) -> tuple[Entry[object], Steps]:
        known = type(self.value).model_fields if isinstance(self.value, Fiche) else ()
        if self.dossier is not None and path and (path[0] not in known or self.is_lent(path)):
            return self.dossier.typed_at(*path)
        return self.base.typed_at(*path) if self.base is not None else (self, path)

    def is_lent(self, path: Steps) -> bool:
        """Whether a field of this type, or one name of it, is what the dossier says."""
        first = str(path[0])
        if first in self.lent:
            return True
        return first in self.own and len(path) > 1 and path[1] not in self.own[first]


def dossier_of(entry: Entry[object], reader: Reader) -> Entry[Dossier] | None:
    """The dossier that a document or a point cites; None when it cites none, or one in error."""
    id: str | None = getattr(entry.value, "dossier", None)
    return reader.find(DOSSIERS, id) if id else None


def inherit(entry: Entry[Value], reader: Reader) -> Entry[Value]:
    """The entry with what its dossier lends; the very same one when it has no dossier."""
    dossier = dossier_of(entry, reader)
    if dossier is None:
        return entry
    return lend(entry, dossier)


def lend(entry: Entry[Value], lender: Entry[object]) -> Entry[Value]:
    """The entry with every field that `lender` fills and that it leaves out."""
    value, given = entry.value, lender.value
    if not isinstance(value, Fiche) or not isinstance(given, Fiche):
        return entry
    typed, update = dict(value), dict[str, object]()
    own: dict[str, frozenset[str]] = {}
    for name, theirs in given:
        if name not in typed:
            continue
        if name in BY_NAME:
            own[name] = frozenset(typed[name])
            update[name] = {**theirs, **typed[name]}
        elif name not in value.model_fields_set and theirs not in (None, (), ""):
            update[name] = theirs
    return Heir(
        entry.registry,
        entry.id,
        value.model_copy(update=update),
        entry.source,
        f"{entry.digest}+{lender.digest}",
        entry.at,
        entry,
        lender,
        frozenset(update) - own.keys(),
        own,
    )


def montants(entry: Entry[object]) -> dict[str, Decimal]:
    """The amounts that the texts of this entry may cite by name."""
    lent = montants(entry.dossier) if isinstance(entry, Heir) and entry.dossier else {}
    return lent | {nom: montant for nom, montant, _ in montants_nommes(entry.value)}


def jours(entry: Entry[object]) -> dict[str, date]:
    """The days that the texts of this entry may cite by name."""
    lent = jours(entry.dossier) if isinstance(entry, Heir) and entry.dossier else {}
    return lent | {nom: jour for nom, jour, _ in dates_nommees(entry.value)}


_SMALL: Final = frozenset(["de", "des", "du", "d", "la", "le", "les", "l", "et", "a", "aux"])
_SAME: Final = {"positif": "favorable", "négatif": "défavorable", "unanime": ""}


class Studied(Protocol):
    """What a commission may have studied: an act, a dossier, a point of a note."""

    @property
    def commission(self) -> PassageEnCommission | None: ...
    @property
    def visas(self) -> tuple[VisaCite, ...]: ...


class Opinion(NamedTuple):
    """An opinion: of which body (its id), when it is known; its day; its words (« favorable à l’unanimité »),
    "" while none was given; `at`, the field that tells it."""

    instance: str
    jour: date | None
    avis: str
    at: Steps

    @property
    def sens(self) -> str:
        """« favorable », « défavorable », « réservé »; "" when it is not sure which."""
        words = self.avis.casefold().replace(",", " ").split()
        if not words or (words[0] == "favorable" and any(word.startswith("réserve") for word in words)):
            return ""
        return _SAME.get(words[0], words[0])


def opinions(entry: Entry[Studied], reader: Reader) -> Iterator[Opinion]:
    """What is written in `commission`, then what the visas cite."""
    passage = entry.value.commission
    if passage is not None:
        yield Opinion(passage.instance, passage.date, passage.avis or "", ("commission",))
    yield from cited_opinions(entry, reader)


def cited_opinions(entry: Entry[Studied], reader: Reader) -> Iterator[Opinion]:
    """The opinions of the commissions of the registry that the visas of an act cite."""
    for index, visa in enumerate(entry.value.visas):
        one = avis_cite(_words(visa, reader))
        body = _named(one.corps, entry.value.commission, reader) if one else ""
        if one and body:
            yield Opinion(body, one.jour, _as_said(one.corps, one.sens), ("visas", index))


def _as_said(corps: str, sens: str) -> str:
    """« favorable », with its reserves when there are some."""
    return f"{sens} avec réserves" if sens and "réserves" in corps.casefold() else sens


def _words(visa: VisaCite, reader: Reader) -> str:
    text = visa.texte or ""
    known = reader.find(VISAS, text) if IDENTIFIANT.fullmatch(text) else None
    return known.value.texte if known else text


def _named(words: str, passage: PassageEnCommission | None, reader: Reader) -> str:
    """The commission that words name, by all the words of its name: « la commission des affaires sociales ».
    « La commission » alone is the one of the act, or the only one there is; "" when none is named."""
    said = _significant(words)
    bodies = {body.id: body.value for body in every(reader, INSTANCES)}
    names = {
        id: _significant(body.nom) for id, body in bodies.items() if body.type in ("commission", "copil")
    }
    named = [id for id, name in names.items() if name <= said]
    if named:
        return max(named, key=lambda id: len(names[id]))
    if said - {"favorable", "defavorable", "reserve", "unanime", "positif", "negatif"} != {"commission"}:
        return ""
    if passage is not None:
        return passage.instance
    commissions = [id for id, body in bodies.items() if body.type == "commission"]
    return commissions[0] if len(commissions) == 1 else ""


def _significant(text: str) -> frozenset[str]:
    return frozenset(slug(text).split("-")) - _SMALL
