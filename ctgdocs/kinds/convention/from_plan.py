"""A plan d'actions read from what people keep it in → the axes of a content file.

Tables of a Word file in either orientation (one table a fiche, its labels on the left; or one row an action),
and the sheets of a workbook. What no field takes stays in the comment of its action.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ctgdocs.content.edit import Node, Scalar
from ctgdocs.content.framing import Frame
from ctgdocs.content.workbooks import Grid, Shown, Span
from ctgdocs.findings import Stopped
from ctgdocs.importing import Block, Box, Para, Table, words
from ctgdocs.importing.titles import in_small_letters
from ctgdocs.kinds.convention.classeur import PlanTable, plan_action
from ctgdocs.kinds.convention.from_sections import is_title
from ctgdocs.kinds.convention.plan_headings import AXIS, HEADINGS, field_of
from ctgdocs.stages import Items, Mapping, Text
from ctgdocs.stages import Node as Tree

_FICHE = re.compile(
    r"(?:fiche[\s-]*actions?|fiche|action)\b\s*(?:n\s?°\s*)?(?P<no>(?:[A-Z][.-]?)?\d{1,2}(?:[.-]\d{1,2})*)?\s*[-–—:.]*\s*(?P<titre>.*)",
    re.IGNORECASE | re.DOTALL,
)
_AMOUNT = re.compile(r"\d{1,3}(?:[ \u00a0\u202f.]?\d{3})*(?:,\d{1,2})?\s*(?:€|euros?)", re.IGNORECASE)
_LONGEST_LABEL = 60
_FEWEST_LABELS = 3
_LONGEST_FICHE = 120
"""Rows of a table that may be one fiche."""
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
    open: Fiche | None = None
    """The fiche that has just been read, which another table may go on with."""

    def add(self, action: Node, axis: str = "") -> None:
        axis = axis or self.current or (self.axes[-1][0] if self.axes else "Actions")
        last = next((actions for title, actions in self.axes if title == axis), None)
        if last is None:
            last = []
            self.axes.append((axis, last))
        last.append(action)

    def take(self, fiche: Fiche) -> None:
        """The action of a fiche, or what another table says of the one that is open."""
        if self.open is not None and "titre" not in fiche.known:
            actions = next(actions for _, actions in reversed(self.axes) if actions)
            actions.pop()
            known = {**self.open.known, **fiche.known}
            fiche = Fiche(known, [*self.open.beside, *fiche.beside], self.open.axis)
        self.open = fiche
        self.add(_node(plan_action(fiche.known), fiche.beside), _axis(fiche.axis) if fiche.axis else "")

    @property
    def count(self) -> int:
        return sum(len(actions) for _, actions in self.axes)

    def node(self) -> list[Node]:
        return [
            {"titre": Scalar(words(title)), "actions": list(actions)}
            for title, actions in self.axes
            if actions
        ]


# --- one row an action ----------------------------------------------------------------------------------


def read_sheets(plan: Plan, name: str, sheets: Sequence[tuple[str, Grid]]) -> bool:
    """Adds the actions of the first sheet that holds some; False when none does."""
    if any(read_rows(plan, name, grid) for _, grid in sheets):
        return True
    for _, grid in sheets:
        _read_table(plan, _table_of(grid), [], name)
    return plan.count > 0


def read_rows(plan: Plan, name: str, grid: Grid) -> bool:
    """Adds the actions of a table with one row an action; False when it is none."""
    try:
        frame = Frame(grid._replace(hidden_rows=frozenset(), hidden_columns=frozenset()))
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
                plan.add(_node(action, beside), _axis(title) if title != "Actions" else "")
    return plan.count > 0


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
    if "cout" in record and not _is_amount(str(action["cout"])):  # type: ignore[index]
        beside = [*beside, ("Coût", str(action["cout"]))]  # type: ignore[index]
        found = _AMOUNT.match(str(action["cout"]))  # type: ignore[index]
        if found:
            record["cout"] = Scalar(found[0].strip(), "montant lu dans une phrase")
        else:
            del record["cout"]
    funding = record.get("financements")
    if isinstance(funding, list):
        kept = [one for one in funding if _is_amount(_said(one, "montant"))]
        beside = [
            *beside,
            *((_said(one, "libelle"), _said(one, "montant")) for one in funding if one not in kept),
        ]
        record["financements"] = kept
        if not kept:
            del record["financements"]
    if beside:
        said = [
            f"{heading.strip()} : {text.strip()}" if heading and text.strip() else heading or text
            for heading, text in beside
        ]
        before = record.get("commentaire")
        texts = [*([before.text] if isinstance(before, Scalar) else []), *map(words, said)]
        record["commentaire"] = Scalar("\n\n".join(texts), "à mettre dans le bon champ")
    return record


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


def _is_amount(text: str) -> bool:
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


def _table_of(grid: Grid) -> Table:
    """A sheet as a table of Word: one fiche a sheet, its labels on the left."""
    return Table(
        tuple(
            tuple(Box(tuple(Para(line) for line in cell.text.splitlines() if line.strip())) for cell in row)
            for row in grid.rows
        )
    )


# --- one table a fiche ----------------------------------------------------------------------------------


def read_tables(plan: Plan, blocks: Sequence[Block], name: str) -> list[Block]:
    """Takes the actions out of the tables among these blocks, and the headings that name them; gives the
    rest."""
    left: list[Block] = []
    for block in blocks:
        if isinstance(block, Para):
            found = AXIS.fullmatch(block.text) if is_title(block) else None
            if found and found["titre"].strip():
                plan.current = found["titre"].strip()
            left.append(block)
            plan.open = None
            continue
        left += [one for one in _fiche_by_fiche(block) if not _read_table(plan, one, left, name)]
    return _without_axes(left, plan)


def _fiche_by_fiche(table: Table) -> Iterator[Table]:
    """A table cut before each row that names a fiche, when it names several."""
    starts = [at for at, row in enumerate(table.rows) if _names_fiche(row)]
    ends = [*starts[1:], len(table.rows)] if len(starts) > 1 else [len(table.rows)]
    at = 0
    for end in ends:
        yield Table(table.rows[at:end])
        at = end


def _names_fiche(row: Sequence[Box]) -> bool:
    boxes = [box for box in row if box.paras]
    found = _FICHE.fullmatch(boxes[0].text) if len(boxes) == 1 else None
    return found is not None and bool(found["no"] and found["titre"])


def _without_axes(blocks: Sequence[Block], plan: Plan) -> list[Block]:
    titles = {title for title, _ in plan.axes}
    plan.labels += [block.text for block in blocks if isinstance(block, Para) and AXIS.fullmatch(block.text)]
    return [
        block
        for block in blocks
        if not (
            isinstance(block, Para)
            and is_title(block)
            and (found := AXIS.fullmatch(block.text))
            and found["titre"].strip() in titles
        )
    ]


def _read_table(plan: Plan, table: Table, before: list[Block], name: str) -> bool:
    fiche = _fiche(table, least=1 if plan.open is not None else _FEWEST_LABELS)
    if fiche is None:
        plan.open = None
        return read_rows(plan, name, grid_of(table))
    known = fiche.known
    follows = plan.open is not None and not (known.keys() & plan.open.known.keys())
    if "titre" not in known and not follows and before:
        last = before[-1]
        found = _FICHE.fullmatch(last.text) if isinstance(last, Para) else None
        if isinstance(last, Para) and (found or is_title(last)):
            before.pop()
            plan.labels.append(last.text)
            if found and found["no"]:
                known.setdefault("numero", found["no"])
            known["titre"] = (found["titre"] if found else "") or last.text
    if "titre" not in known and not follows:
        plan.open = None
        return False
    plan.labels.append(fiche.axis)
    plan.labels += [
        para.text for row in table.rows for box in row for para in box.paras if field_of(para.text)
    ]
    plan.labels += [para.text for box in table.rows[0] for para in box.paras]
    plan.take(fiche)
    return True


def _fiche(table: Table, *, least: int = _FEWEST_LABELS) -> Fiche | None:
    """What a table says that is one fiche; None for another table. `least`: its labels, at least."""
    if len(table.rows) > _LONGEST_FICHE:
        return None
    known: dict[str, str] = {}
    beside: list[tuple[str, str]] = []
    axis, waiting, labels, others = "", "", 0, 0
    for label, value in _across(table) or _pairs(table):
        name = field_of(label) if len(label) <= _LONGEST_LABEL else ""
        others += not name
        if not value:
            found = _FICHE.fullmatch(label)
            if found and found["no"] and not found["titre"]:
                known["numero"] = found["no"]
            elif waiting:
                _put(known, beside, waiting, "", label)
                waiting = ""
            elif found and found["titre"] and not known.get("titre"):
                known["titre"] = found["titre"].strip()
                if found["no"]:
                    known["numero"] = found["no"]
            elif (axe := AXIS.fullmatch(label)) and axe["titre"]:
                axis = label
            elif name:
                waiting, labels = name, labels + 1
            else:
                beside.append(("", label))
            continue
        found = _FICHE.fullmatch(label) if name in ("", "titre") else None
        if found and found["no"] and not found["titre"]:
            known["numero"], known["titre"] = found["no"], value
            labels += 1
        elif name in ("axe", "enjeu"):
            axis, labels = value, labels + 1
        else:
            labels += bool(name)
            _put(known, beside, name, label, value)
    enough = labels >= least and (least == _FEWEST_LABELS or labels >= others)
    return Fiche(known, beside, axis) if enough else None


def _across(table: Table) -> list[tuple[str, str]]:
    """(label, value) of a table whose first row holds the labels, and its second one the values; none for
    another."""
    if len(table.rows) != 2:
        return []
    labels, values = ([box for box in row if box.paras] for row in table.rows)
    if len(labels) != len(values) or not all(field_of(_label(box)) for box in labels):
        return []
    return [(_label(label), value.text) for label, value in zip(labels, values, strict=True)]


def _put(known: dict[str, str], beside: list[tuple[str, str]], name: str, label: str, value: str) -> None:
    if name and name not in known:
        known[name] = value
    elif name == "financements" and label:
        known["financements"] = f"{known['financements']}\n{label} : {value}"
    else:
        beside.append((label or name.capitalize(), value))


def _pairs(table: Table) -> Iterator[tuple[str, str]]:
    """(label, value) of each row; a row of one cell has no value, a row of four holds two pairs, one whose
    label goes on with that above has its value with it."""
    waiting: tuple[str, str] | None = None
    for row in table.rows:
        boxes = [box for box in row if box.paras]
        if waiting is not None and boxes and row[0].continues:
            waiting = (waiting[0], "\n".join(filter(None, (waiting[1], *(box.text for box in boxes)))))
            continue
        if waiting is not None:
            yield waiting
        waiting = None
        if len(boxes) == 4 and field_of(boxes[0].text) and field_of(boxes[2].text):
            yield _label(boxes[0]), boxes[1].text
            waiting = _label(boxes[2]), boxes[3].text
        elif boxes:
            waiting = _label(boxes[0]), "\n".join(box.text for box in boxes[1:])
    if waiting is not None:
        yield waiting


def _label(box: Box) -> str:
    return box.text.strip().rstrip(":").strip()
