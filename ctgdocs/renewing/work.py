"""One renewal under way: what is read, what is being written, what was done so far."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ctgdocs.composing import voice
from ctgdocs.content.edit import Edit, fields
from ctgdocs.french import date_simple
from ctgdocs.kinds.convention import KIND as CONVENTION
from ctgdocs.kinds.convention.acte import Acte
from ctgdocs.kinds.convention.renouvellement import Mention, mentions
from ctgdocs.stages import Entry, Reader, every

# --- The years of the old term in a text: moved to the next one where that is sure, marked elsewhere


_DURATION = re.compile(r"(?<=durée de )[\w-]+(?=\s+ans\b)")


def years(start: date, end: date) -> str:
    """« 2027-2031 », « 2027 » for a single year."""
    return str(start.year) if start.year == end.year else f"{start.year}-{end.year}"


@dataclass(frozen=True, slots=True)
class Shift:
    """From the days of the old convention to those of the new one."""

    old: tuple[date, date]
    new: tuple[date, date]

    @property
    def lasts_as_long(self) -> bool:
        spans = [end.toordinal() - start.toordinal() for start, end in (self.old, self.new)]
        return abs(spans[0] - spans[1]) < 10

    def touches(self, mention: Mention) -> bool:
        """Whether a year of the old term is in it, or the year before, which prepared it."""
        return any(self.old[0].year - 1 <= year <= self.old[1].year for year in mention.years)

    def moved(self, text: str) -> tuple[str, int, int]:
        """The text with its mentions of the old term moved or marked, and how many of each.

        Sure: the period of the convention itself, its first and last day in `{date:…}`, and the two of them
        in words when both stand in the same text. All the rest is left to a person.
        """
        found = [mention for mention in mentions(text) if self.touches(mention)]
        both = {mention.jour for mention in found if mention.jour} >= set(self.old)
        out: list[str] = []
        at = shifted = marked = 0
        for mention in found:
            new = self._sure(mention, both)
            shifted, marked = shifted + bool(new), marked + (not new)
            out += (text[at : mention.start], new or self._mark(mention))
            at = mention.end
        said = "".join((*out, text[at:]))
        if not self.lasts_as_long and self._about_itself(text):
            said, count = _DURATION.subn(
                lambda one: f"[à compléter : {one[0]} dans la convention précédente]", said
            )
            marked += count
        return said, shifted, marked

    def _about_itself(self, text: str) -> bool:
        return "présente convention" in text

    def _sure(self, mention: Mention, both: bool) -> str:
        """The words that replace it; "" when nobody can say."""
        if mention.nature == "periode":
            if mention.years == (self.old[0].year, self.old[1].year):
                return f"{self.new[0].year}{mention.lien}{self.new[1].year}"
        elif mention.jour in self.old and (both or mention.nature == "champ"):
            day = self.new[self.old.index(mention.jour)]
            return f"{{date:{day.isoformat()}}}" if mention.nature == "champ" else date_simple(day)
        return ""

    def _mark(self, mention: Mention) -> str:
        said = date_simple(mention.jour) if mention.jour else mention.text
        return f"[à compléter : {' '.join(said.split())} dans la convention précédente]"


@dataclass(slots=True)
class Work:
    """One renewal under way. `first`: what a long text must begin with, by its node."""

    old: Entry[Acte]
    reader: Reader
    edit: Edit
    shift: Shift
    id: str
    done: list[str] = field(default_factory=list)
    first: dict[int, str] = field(default_factory=dict)
    handled: set[int] = field(default_factory=set)
    beside: dict[str, bytes] = field(default_factory=dict)

    @property
    def acte(self) -> Acte:
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
        titre = voice.the(self.acte.titre)
        return titre if self.old_years in titre else f"{titre} {self.old_years}"

    def node(self, name: str) -> Any:
        """The value of a field of the file, None when it is not typed."""
        known = fields(self.edit.root)
        return known[name][1] if name in known else None

    def say(self, sentence: str) -> None:
        self.done.append(sentence)


def successor_of(id: str, reader: Reader) -> str:
    """The convention that renews another, "" when there is none."""
    return next((one.id for one in every(reader, CONVENTION.registry) if one.value.renouvelle == id), "")
