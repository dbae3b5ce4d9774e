"""One renewal under way: what is read, what is being written, what was done so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ctgdocs.composing import people
from ctgdocs.renewing.draft import Draft, fields
from ctgdocs.renewing.texts import Shift, years
from ctgdocs.stages import Entry, Reader


@dataclass(slots=True)
class Work:
    """One renewal under way. `first`: what a long text must begin with, by its node."""

    old: Entry
    reader: Reader
    draft: Draft
    shift: Shift
    id: str
    done: list[str] = field(default_factory=list)
    first: dict[int, str] = field(default_factory=dict)
    handled: set[int] = field(default_factory=set)
    beside: dict[str, bytes] = field(default_factory=dict)

    @property
    def acte(self) -> Any:
        return self.old.value

    @property
    def debut(self) -> date:
        return self.shift.new[0]

    @property
    def old_years(self) -> str:
        return years(*self.shift.old)

    @property
    def old_name(self) -> str:
        """« la convention territoriale globale 2022-2026 »."""
        titre = people.the(self.acte.titre)
        return titre if self.old_years in titre else f"{titre} {self.old_years}"

    def node(self, name: str) -> Any:
        """The value of a field of the file, None when it is not typed."""
        known = fields(self.draft.root)
        return known[name][1] if name in known else None

    def say(self, sentence: str) -> None:
        self.done.append(sentence)


def successor_of(id: str, reader: Reader) -> str:
    """The convention that renews another, "" when there is none."""
    for other in reader.ids("convention"):
        entry = reader.find("convention", other)
        if entry is not None and entry.value.renouvelle == id:
            return other
    return ""
