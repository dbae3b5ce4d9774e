"""A sheet of presences, members × séances, becomes those séances: absents, excusés, pouvoirs, arrivals.

Who is there is never written, as in any séance: only the exceptions are. Members that nobody knows join the
registries, as from a list of élus (`from_elus`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ctgdocs.content.edit import Edit
from ctgdocs.content.framing import Frame
from ctgdocs.content.library import Library
from ctgdocs.content.spelling import Value, field_lines, scalar
from ctgdocs.content.workbooks import Grid
from ctgdocs.files import read_file
from ctgdocs.findings import CtgdocsError
from ctgdocs.french import slug
from ctgdocs.importing.document import Document
from ctgdocs.importing.from_elus import House, grids
from ctgdocs.importing.persons import may_be
from ctgdocs.importing.reader import Count, Proposal, Proposed, Reader, Wish
from ctgdocs.importing.roster_people import Person, merged
from ctgdocs.importing.rosters import read_roster
from ctgdocs.importing.worded import a_day, a_name, an_hour
from ctgdocs.stages import every
from ctgdocs.vocabulary.as_typed import day_of
from ctgdocs.vocabulary.registres import INSTANCES, SEANCES

GENRE = "presence"
_MARKS = re.compile(
    r"(?:p|a|e|x|o|abs|exc|pr|1|0|present|absent|excuse)(?:e|s|es)?\b|→|->|=>|proc|pouvoir|repr",
    re.IGNORECASE,
)
_GIVEN = re.compile(
    r"(?:.*?(?:→|->|=>)|(?:a\s+donné\s+)?(?:pouvoir|procuration|proc\.?|représentée?\s+par|repr\.?)\s*(?:à|a\b|de|:)?)\s*(?P<to>\S.*)",
    re.IGNORECASE,
)
_HOUR = re.compile(r"(?P<hour>\d{1,2}\s*[h:]\s*\d{0,2})")
_ARRIVES = re.compile(r"\barr", re.IGNORECASE)
_LEAVES = re.compile(r"\b(?:part|dép|dep|quitt|sort)", re.IGNORECASE)
LEAST = 0.6
"""The share of the filled cells of a column that are marks."""


class Mention(NamedTuple):
    """How a member was at a séance: « present », « absent », « excuse », « pouvoir » (to whom), "" when the
    cell says nothing; the hours of an arrival and of a departure."""

    kind: str
    to: str = ""
    arrives: str = ""
    leaves: str = ""


def state_of(typed: str) -> Mention:
    """What a cell says.

    >>> state_of("P (arr. 19h05)"), state_of("→ BRÉCHIGNON")[:2], state_of("e").kind
    (Mention(kind='present', to='', arrives='19h05', leaves=''), ('pouvoir', 'BRÉCHIGNON'), 'excuse')
    """
    typed = " ".join(typed.split())
    given = _GIVEN.fullmatch(typed)
    if given:
        return Mention("pouvoir", given["to"].strip(" ()"))
    words = slug(typed)
    hour = _HOUR.search(typed)
    when = hour["hour"].replace(" ", "") if hour else ""
    moves = {
        "arrives": when if _ARRIVES.search(typed) else "",
        "leaves": when if _LEAVES.search(typed) else "",
    }
    if re.match(r"(?:p|pr|x|o|1|oui|present\w*)(?:-|$)", words):
        return Mention("present", **moves)
    if re.match(r"(?:e|exc|excus\w*|absent\w*-excus\w*|ae)(?:-|$)", words):
        return Mention("excuse")
    if re.match(r"(?:a|abs|absent\w*|n|non|0)(?:-|$)", words):
        return Mention("absent")
    return Mention("")


@dataclass
class _Sheet:
    """A sheet of presences: the day of each column, the cells by row."""

    days: dict[int, str] = field(default_factory=dict)
    frame: Frame | None = None
    kinds: dict[int, str] = field(default_factory=dict)
    """In the sheet of one séance: what a mark in each column says."""
    heure: str = ""


def sheet_of(grid: Grid) -> _Sheet:
    """The columns of a sheet whose heading is a day and whose cells are marks."""
    frame = Frame(grid)
    for rank, row in enumerate(frame.rows[:20]):
        days = {at: day for at in frame.columns if (day := _day(grid, frame, row, at))}
        below = frame.rows[rank + 1 :]
        kept = {at: day for at, day in days.items() if _are_marks([frame.text(one, at) for one in below])}
        if kept:
            return _Sheet(kept, frame)
    return _of_one_seance(frame)


_KINDS = (
    ("present", r"presente?s?"),
    ("absent", r"absente?s?(?:-non-excusee?s?)?"),
    ("excuse", r"(?:absente?s?-)?excusee?s?"),
    ("pouvoir", r"(?:pouvoirs?|procurations?|representee?s?)(?:-.*)?"),
)


def _of_one_seance(frame: Frame) -> _Sheet:
    """The sheet of one séance: a column for those present, one for the absents; its day stands above."""
    above = ""
    for row in frame.rows[:20]:
        texts = {at: slug(frame.text(row, at)) for at in frame.columns}
        kinds = {at: kind for at, text in texts.items() for kind, said in _KINDS if re.fullmatch(said, text)}
        day = a_day(above) or day_of(above)
        if len(set(kinds.values())) > 1 and day:
            return _Sheet({min(kinds): day}, frame, kinds, an_hour(above))
        above += " ".join(frame.text(row, at) for at in frame.columns) + " "
    return _Sheet()


def _day(grid: Grid, frame: Frame, row: int, at: int) -> str:
    from datetime import date, datetime

    cells = grid.rows[row]
    value = cells[at].value if at < len(cells) else None
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return day_of(frame.text(row, at))


def _are_marks(texts: Sequence[str]) -> bool:
    filled = [text for text in texts if text]
    return bool(filled) and sum(bool(_MARKS.match(text)) for text in filled) >= len(filled) * LEAST


def recognise(document: Document) -> float:
    """How well a file looks like a sheet of presences: days above, marks below."""
    if not document.tabular:
        return 0.0
    return 0.95 if any(sheet_of(grid).days for _, grid in document.sheets) else 0.0


def propose(document: Document, library: Library, wish: Wish) -> Proposal:
    """The séances of the sheet, with the members that nobody knew. Raises CtgdocsError when it has none."""
    pages = [(name, grid, sheet) for name, grid in grids(document) if (sheet := sheet_of(grid)).days]
    roster = read_roster([(name, grid) for name, grid, _ in pages])
    persons = merged(roster.persons)
    if not pages or not persons:
        raise CtgdocsError(
            "aucune séance n’y est reconnue : il faut une colonne de noms et une colonne par date"
        )
    roster.unread.clear()
    house = House(library, roster, persons)
    base = house.proposal()
    ids = {one.id: house.ids[at] for at, one in enumerate(persons)}
    files, changes, told = list(base.files), list(base.changes), []
    count = 0
    for _, _, sheet in pages:
        for at, day in sheet.days.items():
            made = _Seance(library, house, persons, ids, day, _states(sheet, at, roster.persons, ids))
            made.heure = sheet.heure
            files += made.proposed()
            changes += made.changes
            told += made.told
            count += 1
    counts = (Count("séance", "séances", count, count),)
    return Proposal(GENRE, tuple(files), counts, (*told, *base.said), tuple(changes), "ctgdocs verifier")


def _states(sheet: _Sheet, at: int, persons: Sequence[Person], ids: Mapping[str, str]) -> dict[str, Mention]:
    """The state of each member in a column, by id."""
    assert sheet.frame is not None
    states = {}
    for one in persons:
        row = int(one.place.rpartition(" ")[2]) - 1
        if row < len(sheet.frame.texts):
            marks = {kind: sheet.frame.text(row, column) for column, kind in sheet.kinds.items()}
            states[ids[one.id]] = _marked(marks) if sheet.kinds else state_of(sheet.frame.text(row, at))
    return states


def _marked(marks: Mapping[str, str]) -> Mention:
    """What the marks of a row say: a pouvoir before an excuse, an excuse before an absence."""
    said = [kind for kind in ("pouvoir", "excuse", "absent", "present") if marks.get(kind)]
    to = marks["pouvoir"] if "pouvoir" in said else ""
    given = _GIVEN.fullmatch(to)
    return Mention(said[0] if said else "", given["to"].strip(" ()") if given else to)


class _Seance:
    """A séance, new or completed, with what its column says."""

    def __init__(
        self,
        library: Library,
        house: House,
        persons: Sequence[Person],
        ids: Mapping[str, str],
        day: str,
        states: Mapping[str, Mention],
    ) -> None:
        self.library, self.house, self.persons, self.ids, self.day = library, house, persons, ids, day
        self.states = states
        self.heure = ""
        self.changes: list[str] = []
        self.told: list[str] = []

    def proposed(self) -> Iterator[Proposed]:
        absents, moves = list(self._absents()), list(self._moves())
        unknown = sum(not state.kind for state in self.states.values())
        if unknown:
            self.told.append(
                f"Séance du {self.day} : {unknown} cases vides ou incomprises, comptées présentes."
            )
        there = self._there()
        if there is None:
            yield Proposed(f"{SEANCES.path}{self.day}.yaml", self._text(absents, moves))
            return
        id, text = there
        edit = Edit(text)
        before = {name: str(self._typed(text, name)) for name in ("absents", "mouvements")}
        for name, value in (("absents", absents), ("mouvements", moves)):
            if value and before[name] != str(value):
                edit.put(edit.root, name, value, after=("secretaire", "presidence", "absents", "suppleants"))
                self.changes.append(f"séance {id} : {name}, {len(value)} membres")
        if edit.text() != text:
            yield Proposed(f"{SEANCES.path}{id}.yaml", edit.text(), "merged", text)

    def _typed(self, text: str, name: str) -> Value:
        from ctgdocs.content.gestures import record_of

        return record_of(text).get(name, [])

    def _there(self) -> tuple[str, str] | None:
        """The séance of that day that the house has, and its text."""
        for entry in every(self.library, SEANCES):
            if entry.value.date.isoformat() == self.day:
                return entry.id, read_file(self.library.project.root / entry.source.path).decode("utf-8")
        if self.day in self.library.ids(SEANCES):
            raise CtgdocsError(f"content/seances/{self.day}.yaml est en erreur : corrigez-le d’abord")
        return None

    def _text(self, absents: list[Value], moves: list[Value]) -> str:
        lines = [
            "# yaml-language-server: $schema=../.schemas/seances.json",
            "# D’après une feuille de présence ; remplacez chaque [à compléter : …].",
            f"instance: {scalar(self._assembly())}",
            f"date: {self.day}",
            f"heure: {self.heure}" if self.heure else 'heure: "[à compléter : heure d’ouverture]"',
            'lieu: "[à compléter : lieu]"',
            'convocation: "[à compléter : jour d’envoi de la convocation]"',
        ]
        for name, value in (("absents", absents), ("mouvements", moves)):
            lines += field_lines(name, value) if value else []
        return "\n".join([*lines, ""])

    def _assembly(self) -> str:
        known = [one.id for one in every(self.library, INSTANCES) if one.value.type == "assemblee"]
        return (
            known[0] if len(known) == 1 else self.house.assembly if not known else "[à compléter : instance]"
        )

    def _absents(self) -> Iterator[Value]:
        for id, state in self.states.items():
            if state.kind == "excuse":
                yield {"elu": id, "excuse": "oui"}
            elif state.kind == "absent":
                yield id
            elif state.kind == "pouvoir":
                yield {"elu": id, "pouvoir_a": self._holder(state.to)}

    def _moves(self) -> Iterator[Value]:
        for id, state in self.states.items():
            if state.arrives:
                blank = "[à compléter : première délibération à laquelle il est présent]"
                yield {"elu": id, "arrive_a": blank, "heure": state.arrives}
            if state.leaves:
                blank = "[à compléter : première délibération à laquelle il n’est plus présent]"
                yield {"elu": id, "quitte_a": blank, "heure": state.leaves}

    def _holder(self, typed: str) -> str:
        """Who holds a pouvoir: the only member of that name, else what is typed, to be put right."""
        words = set(
            slug(re.sub(r"^(?:mme|m\.?|madame|monsieur)\s+", "", typed, flags=re.IGNORECASE)).split("-")
        )
        by_name = [one for one in self.persons if set(slug(one.nom).split("-")) == words]
        fits = by_name or [
            one for one in self.persons if words <= set(slug(f"{one.nom} {one.prenom}").split("-"))
        ]
        one = a_name(typed)
        fits = fits or [other for other in self.persons if one is not None and may_be(one, other.named)]
        if len(fits) == 1:
            return self.ids[fits[0].id]
        return f"[à compléter : à qui ? « {typed} »]"


READERS = (Reader(GENRE, "une feuille de présence", recognise, propose),)
