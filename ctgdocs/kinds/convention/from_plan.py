"""A plan d'actions read from what people keep it in → the axes of a content file.

Tables of a Word file in either orientation (one table a fiche, its labels on the left; or one row an action),
and the sheets of a workbook. What no field takes stays in the comment of its action.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ctgdocs.content.framing import Frame
from ctgdocs.content.spelling import Node, Scalar
from ctgdocs.content.workbooks import Grid, Shown, Span
from ctgdocs.findings import Stopped
from ctgdocs.importing.accounting import said_by
from ctgdocs.importing.document import Table
from ctgdocs.importing.gathering import words
from ctgdocs.importing.typed import in_small_letters
from ctgdocs.kinds.convention.classeur import PlanTable, plan_action
from ctgdocs.kinds.convention.plan_headings import AXIS, HEADINGS
from ctgdocs.stages import Items, Mapping, Text
from ctgdocs.stages import Node as Tree
from ctgdocs.vocabulary.as_typed import slug

_SUITE = re.compile(
    r"^(?P<titre>.{8,}?)\s(?:[–-]\s)?Action\s(?P<suite>nouvelle|poursuivie|adaptée|abandonnée|reportée)$",
    re.DOTALL,
)
"""What a cell of titles says after the title of an action that goes on with another."""
_AMOUNT = re.compile(r"\d{1,3}(?:[ \u00a0\u202f.]?\d{3})*(?:,\d{1,2})?\s*(?:€|euros?)", re.IGNORECASE)
_SHARED = frozenset(("objectifs", "objectif_general", "pilote", "partenaires", "public", "calendrier"))
"""What a cell merged down says of each of its actions."""
_BULLETED = frozenset(("objectifs", "partenaires", "indicateurs"))


class Fiche(NamedTuple):
    """A fiche as typed: its fields, what no field takes, its axis."""

    known: dict[str, str]
    beside: list[tuple[str, str]]
    axis: str


@dataclass(slots=True)
class Plan:
    """The axes found so far, each with its actions; `current`: the axis that a heading has named."""

    axes: list[tuple[str, list[Node]]] = field(default_factory=list)
    current: str = ""
    labels: list[str] = field(default_factory=list)
    """Headings and labels that a field says by its name."""
    named: list[str] = field(default_factory=list)
    """Titles of axes, in the order of the file."""
    stakes: dict[str, list[str]] = field(default_factory=dict)
    """Axis → the paragraphs that stand under its title."""
    tabled: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)
    """Titles of the actions of a table of all of them; of those of a fiche each."""
    spot: tuple[list[Node], int] = field(default_factory=lambda: ([], 0))
    """Where the last action stands."""
    open: Fiche | None = None
    """The fiche that has just been read, which another table may go on with."""

    def add(self, action: Node, axis: str = "", *, tabled: bool = False) -> None:
        """Adds an action. `tabled`: it comes from a table of all of them; when a fiche says it too, the two
        are one."""
        partners = action.get("partenaires") if isinstance(action, dict) else None
        if isinstance(action, dict) and isinstance(partners, list) and len(partners) == 1:
            self.labels += said_by(partners)
            action = {**action, "partenaires": _one_by_one(partners[0])}
        twin, its_axis = self._twin(action, tabled=tabled)
        if twin is not None:
            self.labels += [*said_by(twin), *said_by(action)]
            action = _joined(twin, action)
            axis = its_axis if tabled or not axis else axis
        axis = axis or self.current or (self.axes[-1][0] if self.axes else "Actions")
        last = next((actions for title, actions in self.axes if title == axis), None)
        if last is None:
            last = []
            self.axes.append((axis, last))
        last.append(action)
        self.spot = last, len(last) - 1

    def _twin(self, action: Node, *, tabled: bool) -> tuple[Node | None, str]:
        """The same action as another kind of table said it, taken out of its axis, and that axis."""
        title = slug(_said(action, "titre"))
        others, mine = (self.told, self.tabled) if tabled else (self.tabled, self.told)
        mine.add(title)
        for axis, actions in self.axes if title and title in others else ():
            for at, one in enumerate(actions):
                if slug(_said(one, "titre")) == title:
                    others.discard(title)
                    return actions.pop(at), axis
        return None, ""

    def take(self, fiche: Fiche) -> None:
        """The action of a fiche, or what another table says of the one that is open."""
        node = _node(plan_action(fiche.known), fiche.beside)
        if self.open is not None and "titre" not in fiche.known:
            actions, at = self.spot
            actions[at] = _joined(actions[at], node)
            self.open = Fiche({**self.open.known, **fiche.known}, [], self.open.axis)
            return
        self.open = fiche
        self.add(node, _axis(fiche.axis) if fiche.axis else "")

    @property
    def count(self) -> int:
        return sum(len(actions) for _, actions in self.axes)

    def node(self) -> list[Node]:
        return [
            {"titre": Scalar(words(title)), **self._stake(title), "actions": list(actions)}
            for title, actions in sorted(self.axes, key=lambda axis: self._rank(axis[0]))
            if actions
        ]

    def _rank(self, title: str) -> int:
        """Where the titles of axes put one; the others stay after them, in their order."""
        return self.named.index(title) if title in self.named else len(self.named)

    def _stake(self, title: str) -> dict[str, Node]:
        said = self.stakes.get(title)
        return {"enjeu": Scalar("\n\n".join(map(words, said)))} if said else {}


def _alike(one: Node, other: Node) -> bool:
    """Whether two values say the same, whatever parts their words; a total and its parts do."""
    said, others = ({*slug(" ".join(said_by(node))).split("-")} - {"et", ""} for node in (one, other))
    return said == others or (_total(one) is not None and _total(one) == _total(other))


def _total(node: Node) -> int | None:
    """The sum of a list of financings, in cents; None for what is none."""
    amounts = [_said(one, "montant") for one in node] if isinstance(node, list) else []
    figures = [re.sub(r"[^\d,]", "", one).partition(",") for one in amounts]
    if not figures or not all(euros for euros, _, _ in figures):
        return None
    return sum(int(euros) * 100 + int(f"{cents}00"[:2]) for euros, _, cents in figures)


def _joined(one: Node, other: Node) -> Node:
    """Two writings of one action: the longer value of each field, the other one in the comment."""
    assert isinstance(one, dict)
    assert isinstance(other, dict)
    record, beside = {**one}, []
    for key, value in other.items():
        there = record.get(key)
        if there is None or (_alike(there, value) and len([*said_by(value)]) > len([*said_by(there)])):
            record[key] = value
        elif key != "commentaire" and not _alike(there, value):
            short, long = sorted((there, value), key=lambda node: len(" ".join(said_by(node))))
            record[key] = long
            beside += [f"{HEADINGS[key][0]} : {', '.join(said_by(short))}"]
        elif key == "commentaire":
            beside += list(said_by(value))
    if beside:
        said = [*said_by(record["commentaire"]), *beside] if "commentaire" in record else beside
        record["commentaire"] = Scalar("\n\n".join(said), "à mettre dans le bon champ")
    return {key: record[key] for key in HEADINGS if key in record}


# --- one row an action ----------------------------------------------------------------------------------


def read_rows(plan: Plan, name: str, grid: Grid) -> bool:
    """Adds the actions of a table with one row an action; False when it is none."""
    try:
        frame = Frame(grid._replace(hidden_rows=frozenset(), hidden_columns=frozenset()))
        table = PlanTable(name, frame)
        if down := [span for span in grid.spans if table.columns.get(span.left) in _SHARED]:
            frame = Frame(
                _filled_down(grid, down)._replace(hidden_rows=frozenset(), hidden_columns=frozenset())
            )
            table = PlanTable(name, frame)
    except Stopped:
        return False
    known = {one for one in table.columns.values() if one not in ("titre", "commentaire")}
    if not known or not table.rows:
        return False
    plan.labels += [heading for heading in table.headings.values() if heading]
    axes = table.axes()
    others = table.others()
    at = 0
    for axe in axes:
        assert isinstance(axe, Mapping)
        actions = axe["actions"]  # type: ignore[index]  # a str finds its equal Text
        assert isinstance(actions, Items)
        for action in actions:
            beside = [(one.heading, one.cells[at].text) for one in others if one.cells[at].text.strip()]
            at += 1
            if isinstance(action, Mapping) and "titre" in action:
                title = str(axe["titre"])  # type: ignore[index]
                axis = _axis(title) if title != "Actions" else ""
                plan.add(_node(action, beside), axis, tabled=True)
    return plan.count > 0


def _filled_down(grid: Grid, spans: Sequence[Span]) -> Grid:
    """A sheet whose cells merged down, of these, are said again on each of their rows."""
    rows = [list(row) for row in grid.rows]
    for span in spans:
        for at in range(span.top + 1, min(span.bottom + 1, len(rows))):
            rows[at] += [Shown("")] * (span.left + 1 - len(rows[at]))
            rows[at][span.left] = rows[span.top][span.left]
    left = tuple(span for span in grid.spans if span not in spans)
    return grid._replace(rows=tuple(map(tuple, rows)), spans=left)


def _axis(title: str) -> str:
    found = AXIS.fullmatch(title)
    return in_small_letters((found["titre"].strip() if found else "") or title)


def _node(action: Mapping, beside: Sequence[tuple[str, str]] = ()) -> Node:
    """An action as it is written; what stands beside its fields, in its comment."""
    record = {name: _value(name, action[name]) for name in HEADINGS if name in action}  # type: ignore[index]
    for key in ("debut", "fin", "suite", "avancement"):
        if key in record and not _fits(key, str(action[key])):  # type: ignore[index]
            beside = [*beside, (key.capitalize(), str(action[key]))]  # type: ignore[index]
            del record[key]
    if "cout" in record and not is_amount(str(action["cout"])):  # type: ignore[index]
        beside = [*beside, ("Coût", str(action["cout"]))]  # type: ignore[index]
        found = _AMOUNT.match(str(action["cout"]))  # type: ignore[index]
        if found:
            record["cout"] = Scalar(found[0].strip(), "montant lu dans une phrase")
        else:
            del record["cout"]
    funding = record.get("financements")
    if isinstance(funding, list):
        kept = [one for one in funding if is_amount(_said(one, "montant"))]
        beside = [
            *beside,
            *((_said(one, "libelle"), _said(one, "montant")) for one in funding if one not in kept),
        ]
        record["financements"] = kept
        if not kept:
            del record["financements"]
    suite = _SUITE.search(_said(record, "titre"))
    if suite and "suite" not in record:
        record |= {"titre": Scalar(suite["titre"]), "suite": Scalar(suite["suite"].lower())}
    if beside:
        said = [
            f"{heading.strip()} : {text.strip()}" if heading and text.strip() else heading or text
            for heading, text in beside
        ]
        before = record.get("commentaire")
        texts = [*([before.text] if isinstance(before, Scalar) else []), *map(words, said)]
        record["commentaire"] = Scalar("\n\n".join(texts), "à mettre dans le bon champ")
    return record


def _one_by_one(said: Node) -> list[Node]:
    """« Caf, PMI » as two, when each is a few words."""
    parts = [one.strip() for one in said.text.split(",")] if isinstance(said, Scalar) else []
    short = len(parts) > 1 and all(0 < len(one.split()) < 6 and "(" not in one for one in parts)
    return [*map(Scalar, parts)] if short else [said]


def _said(node: Node, key: str) -> str:
    said = node.get(key) if isinstance(node, dict) else None
    return said.text if isinstance(said, Scalar) else ""


def _value(key: str, tree: Tree) -> Node:
    if isinstance(tree, Text):
        text = tree.strip()
        if key in ("constat", "objectif_general", "description", "moyens", "commentaire"):
            return Scalar(words(re.sub(r"\n(?!\n|\s*[-•*])", "\n\n", text)))
        return Scalar(words(" ".join(text.split())))
    if isinstance(tree, Mapping):
        return {str(key): _value(str(key), value) for key, value in tree.items()}
    return [_value(key, one) for one in tree]


def _fits(key: str, text: str) -> bool:
    from pydantic import TypeAdapter, ValidationError

    from ctgdocs.kinds.convention.plan import EtatDAvancement, SuiteDonnee
    from ctgdocs.vocabulary.scalars import DateFr

    types = {"debut": DateFr, "fin": DateFr, "suite": SuiteDonnee, "avancement": EtatDAvancement}
    try:
        TypeAdapter(types[key]).validate_python(text)
    except ValidationError:
        return False
    return True


def is_amount(text: str) -> bool:
    """Whether a text is an amount in euros, as its field takes it."""
    from pydantic import TypeAdapter, ValidationError

    from ctgdocs.vocabulary.scalars import Montant

    try:
        TypeAdapter(Montant).validate_python(text)
    except ValidationError:
        return False
    return True


def grid_of(table: Table) -> Grid:
    """A table of Word as a sheet: its merged cells are spans."""
    rows = tuple(tuple(Shown(box.text) for box in row) for row in table.rows)
    spans: list[Span] = []
    for at, row in enumerate(table.rows):
        for column, box in enumerate(row):
            down = at
            while (
                down + 1 < len(table.rows)
                and column < len(table.rows[down + 1])
                and table.rows[down + 1][column].continues
            ):
                down += 1
            if not box.continues and (box.span > 1 or down > at):
                spans.append(Span(at, column, down, column + box.span - 1))
    return Grid(rows, tuple(spans))
