"""The end of a mandate: members get their last day in every body, and what still names them is listed.

Nothing of the past changes: a séance held before keeps the members it had. What has left the house stays as
it was signed; what is to come is named, with where, for an agent to decide.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, Protocol, runtime_checkable

from ctgdocs.content.edit import Edit, fields, items
from ctgdocs.files import read_file
from ctgdocs.kinds import KINDS
from ctgdocs.kinds.convention import KIND as CONVENTION
from ctgdocs.rules.liens import liens
from ctgdocs.stages import Entry, Reader, every
from ctgdocs.vocabulary.registres import COLLECTIVITE, COMMUNES, DOSSIERS, ELUS, INSTANCES, SEANCES

if TYPE_CHECKING:
    from pydantic import BaseModel

    from ctgdocs.content.library import Library
    from ctgdocs.kind import Kind
    from ctgdocs.vocabulary.instances import Instance


class Named(NamedTuple):
    """Where a former élu is still named: in what (« instances/copil-ctg »), its field and line, who."""

    what: str
    field: str
    line: int
    elu: str


@dataclass
class Closing:
    """What ends: the new text of each instance by its path from the root, with the one it was read as; who
    ends in which body; what still names those who sit nowhere any more."""

    day: date
    texts: dict[str, tuple[str, str]] = field(default_factory=dict)
    ended: dict[str, list[str]] = field(default_factory=dict)
    named: list[Named] = field(default_factory=list)

    @property
    def elus(self) -> list[str]:
        return list(dict.fromkeys(id for ids in self.ended.values() for id in ids))


def closing(library: Library, day: date, only: Collection[str] = ()) -> Closing:
    """The end, on that day (the last one), of the mandates in course: of everyone, or of these élus only."""
    closed = Closing(day)
    reader = library.reader()
    for entry in every(reader, INSTANCES):
        ended = [
            at
            for at, one in enumerate(entry.value.membres)
            if one.elu
            and one.au is None
            and (one.du is None or one.du <= day)
            and (not only or one.elu in only)
        ]
        if ended:
            closed.ended[entry.id] = [entry.value.membres[at].elu or "" for at in ended]
            before = read_file(library.project.root / entry.source.path).decode("utf-8")
            closed.texts[entry.source.path] = before, _with_last_days(before, ended, day)
    closed.named = list(_still_named(reader, closed))
    return closed


def _with_last_days(text: str, ended: list[int], day: date) -> str:
    edit = Edit(text)
    members = items(fields(edit.root)["membres"][1])
    for at in ended:
        if known := fields(members[at]):
            edit.put(members[at], "au", day.isoformat(), after=tuple(known))
        else:
            edit.replace(members[at], {"elu": members[at].value, "au": day.isoformat()})
    return edit.text()


# --- What still names them


@runtime_checkable
class _Dated(Protocol):
    @property
    def date(self) -> date | None: ...


@runtime_checkable
class _Sat(Protocol):
    @property
    def seance(self) -> str | None: ...


def _still_named(reader: Reader, closed: Closing) -> Iterator[Named]:
    former = set(closed.elus)
    for registry in (COLLECTIVITE, COMMUNES):
        for one in every(reader, registry):
            yield from _in_entry(one, former, registry.name)
    for entry in every(reader, INSTANCES):
        if entry.id in closed.ended or not _is_over(entry, closed.day):
            found = _in_entry(entry, former, INSTANCES.name)
            yield from (one for one in found if not one.field.startswith("membres"))
    for sitting in every(reader, SEANCES):
        if sitting.value.date > closed.day:
            yield from _in_entry(sitting, former, SEANCES.name)
    for matter in every(reader, DOSSIERS):
        held = _held(matter, reader)
        if held is None or held > closed.day:
            yield from _in_entry(matter, former, DOSSIERS.name)
    for kind in KINDS:
        for act in every(reader, kind.registry):
            if _stands(kind, act, reader, closed.day):
                yield from _in_entry(act, former, kind.shelf)


def _in_entry(entry: Entry[BaseModel], former: set[str], shelf: str) -> Iterator[Named]:
    """The fields of an entry that hold the id of one of them, each once."""
    seen = set()
    for path, registry, id in liens(entry.value):
        if registry == ELUS.name and id in former and (path, id) not in seen:
            seen.add((path, id))
            place = entry.place(*path)
            yield Named(f"{shelf}/{entry.id}", ".".join(map(str, path)), place.line, id)


def _is_over(entry: Entry[Instance], day: date) -> bool:
    """Whether nobody sits in a body after that day."""
    return not any(one.au is None or one.au > day for one in entry.value.membres)


def _stands(kind: Kind[BaseModel], act: Entry[BaseModel], reader: Reader, day: date) -> bool:
    """Whether an act is still to be made, or in force: a projet, one of a later day, a running convention."""
    if kind.name == CONVENTION.name:
        convention = reader.find(CONVENTION.registry, act.id)
        return convention is not None and (convention.value.fin is None or convention.value.fin >= day)
    held = _held(act, reader)
    return not kind.is_finished(act) if held is None else held > day


def _held(entry: Entry[object], reader: Reader) -> date | None:
    """The day of an act or an affair: that of its séance, or its own; None while it has none."""
    value = entry.value
    sitting = reader.find(SEANCES, value.seance) if isinstance(value, _Sat) and value.seance else None
    if sitting is not None:
        return sitting.value.date
    return value.date if isinstance(value, _Dated) else None
