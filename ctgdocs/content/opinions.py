"""The opinions of commissions that an act or a dossier knows: written in `commission`, or in a visa."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple, Protocol

from ctgdocs.stages import Entry, Reader, Steps
from ctgdocs.vocabulary.actes import PassageEnCommission, VisaCite
from ctgdocs.vocabulary.as_typed import IDENTIFIANT, slug
from ctgdocs.vocabulary.citations import avis_cite
from ctgdocs.vocabulary.registres import INSTANCES, VISAS

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
    bodies = {id: body.value for id in reader.ids(INSTANCES) if (body := reader.find(INSTANCES, id))}
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
