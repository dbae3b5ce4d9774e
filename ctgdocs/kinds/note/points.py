"""The points of a note, each as if all of it had been typed there: what the point says, then its
délibération, then its dossier. A note explicative de synthèse takes its points from the ordre du jour of its
séance.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ctgdocs.checks.heritage import inherit, lend
from ctgdocs.kinds.note.acte import Acte, Point
from ctgdocs.stages import Entry, Path, Reader
from ctgdocs.vocabulary.actes import PassageEnCommission
from ctgdocs.vocabulary.as_typed import slug

EXPOSE = ("contexte", "enjeux", "proposition")
"""The texts of a point that explain it."""
_WITHOUT_NOTE = re.compile(r"(?:questions?|points?|affaires?) diverse?s?|informations?\b", re.IGNORECASE)
"""Items that nothing is deliberated under."""


@dataclass(frozen=True, slots=True)
class Section:
    """One item: its rank, what the ordre du jour calls it, the point, and the délibération behind it."""

    rang: int
    intitule: str
    point: Entry
    deliberation: Entry | None = None

    @property
    def muette(self) -> bool:
        """Nothing explains this item: a bare draft délibération is no note (CGCT, art. L. 2121-12)."""
        point = self.point.value
        texts = (*(getattr(point, field) for field in EXPOSE), point.synthese)
        act = self.deliberation.value if self.deliberation else None
        return not any(texts) and not (act and act.expose)


def points_as_typed(entry: Entry) -> list[Entry]:
    """Each point as an entry of its own, with its place in the note."""
    return [_point(entry, point, ("points", at)) for at, point in enumerate(entry.value.points)]


def _point(entry: Entry, point: Point, at: Path) -> Entry:
    return Entry(entry.registry, entry.id, point, entry.source, entry.digest, (*entry.at, *at))


def complete(point: Entry, reader: Reader) -> Entry:
    """The point with what its délibération and its dossier lend."""
    act = _deliberation(point.value.deliberation, reader)
    return inherit(lend(point, act) if act else point, reader)


def _deliberation(id: str | None, reader: Reader) -> Entry | None:
    act = reader.find("deliberation", id) if id else None
    return inherit(act, reader) if act else None


def sections(entry: Entry, reader: Reader) -> list[Section]:
    """The points of the note, numbered; those of a note de synthèse follow the ordre du jour."""
    acte: Acte = entry.value
    typed = points_as_typed(entry)
    if acte.type != "note_de_synthese":
        return [
            Section(rang, "", complete(point, reader), _deliberation(point.value.deliberation, reader))
            for rang, point in enumerate(typed, 1)
        ]
    return list(_of_the_seance(entry, typed, reader))


def _of_the_seance(entry: Entry, typed: list[Entry], reader: Reader) -> Iterator[Section]:
    rang = 0
    for item in items(entry, typed, reader):
        if _WITHOUT_NOTE.match(item):
            continue
        rang += 1
        act = _deliberation(item, reader) if reader.exists("deliberation", item) else None
        point = next((each for each in typed if _treats(each.value, item, act, reader)), None)
        if point is None:
            point = _point(entry, Point(deliberation=item if act else None), ("seance",))
        elif act and point.value.deliberation is None:
            value = point.value.model_copy(update={"deliberation": item})
            point = Entry(point.registry, point.id, value, point.source, point.digest, point.at)
        full = complete(point, reader)
        yield Section(rang, item, full, act or _deliberation(full.value.deliberation, reader))


def items(entry: Entry, typed: list[Entry], reader: Reader) -> list[str]:
    """The ordre du jour; a séance that does not type it has its délibérations, in the order of their numbers,
    after the points that the note alone knows."""
    seance = reader.find("seances", entry.value.seance)
    if seance is None:
        return []
    if seance.value.ordre_du_jour:
        return list(seance.value.ordre_du_jour)
    acts = {id: reader.find("deliberation", id) for id in reader.ids("deliberation")}
    numbers = [id for id, act in acts.items() if act and _sits(act, seance.id, reader)]
    known = [_deliberation(number, reader) for number in numbers]
    others = [
        point.value.objet
        for point in typed
        if point.value.objet and not any(act and _treats(point.value, act.id, act, reader) for act in known)
    ]
    return [*others, *numbers]


def _sits(act: Entry, seance: str, reader: Reader) -> bool:
    if act.value.seance:
        return bool(act.value.seance == seance)
    return bool(act.value.dossier) and inherit(act, reader).value.seance == seance


def _treats(point: Point, item: str, act: Entry | None, reader: Reader) -> bool:
    """Whether a typed point is about this item: same délibération, same dossier, or same words."""
    if act is not None:
        if point.deliberation == act.id or (point.dossier and point.dossier == act.value.dossier):
            return True
        return slug(point.objet or "") == slug(act.value.objet)
    dossier = reader.find("dossiers", point.dossier) if point.dossier else None
    objet = point.objet or (dossier.value.objet if dossier else "")
    return slug(objet) == slug(item)


def outside(entry: Entry, reader: Reader) -> Iterator[Entry]:
    """The typed points of a note de synthèse that no item of the ordre du jour is about."""
    typed = points_as_typed(entry)
    wanted = items(entry, typed, reader)
    acts = {item: _deliberation(item, reader) for item in wanted if reader.exists("deliberation", item)}
    for point in typed:
        if not any(_treats(point.value, item, acts.get(item), reader) for item in wanted):
            yield point


def commission_of(entry: Entry, found: Sequence[Section]) -> PassageEnCommission | None:
    """The commission a note is for: its own, else that of its first point."""
    acte: Acte = entry.value
    if acte.commission is not None:
        return acte.commission
    return next((section.point.value.commission for section in found if section.point.value.commission), None)


def seance_of(entry: Entry, found: Sequence[Section]) -> str | None:
    """The séance of the assembly a note is for, or leads to."""
    acte: Acte = entry.value
    return acte.seance or next((s.point.value.seance for s in found if s.point.value.seance), None)
