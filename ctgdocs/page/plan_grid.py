"""The plan d'actions of a convention as a grid: its rows, what each funder brings, what is pasted in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from difflib import SequenceMatcher
from typing import NamedTuple

from ctgdocs.content.gestures import Gesture, as_plain, value_at
from ctgdocs.content.spelling import Value
from ctgdocs.french import slug
from ctgdocs.kinds.convention.classeur import plan_action
from ctgdocs.kinds.convention.plan import Indicateur
from ctgdocs.kinds.convention.plan_headings import HEADINGS
from ctgdocs.kinds.convention.plan_lu import Numbered, Plan, indicator
from ctgdocs.page.changes import steps_of
from ctgdocs.page.forms import Field, Form
from ctgdocs.stages import Steps

COLUMNS = ("titre", "pilote", "calendrier", "indicateurs", "cout", "financements")
"""The fields of an action that its row edits; the others are on its fiche."""
LINES = frozenset(("indicateurs", "financements"))
"""Lists that a cell holds, an item a line."""
PLAN = "plan.axes"


class Cell(NamedTuple):
    """A field of a row: a plain one, or a list as lines of text."""

    name: str
    heading: str
    field: Field
    lines: str = ""

    @property
    def listed(self) -> bool:
        return self.name in LINES


class Row(NamedTuple):
    """An action: its number, where its fiche is, its cells, whether its funders bring its cost."""

    number: str
    path: str
    cells: Sequence[Cell]
    gap: Decimal = Decimal(0)


class Group(NamedTuple):
    """An axis: its title, its rows, what they cost."""

    title: Field
    path: str
    rows: Sequence[Row]
    cost: Decimal = Decimal(0)


class Share(NamedTuple):
    """What a funder brings: by axis, in all, and the share of the plan in percent."""

    name: str
    by_axis: Sequence[Decimal]
    total: Decimal
    percent: Decimal


def groups(form: Form, typed: Value, plan: Plan | None) -> list[Group]:
    """The axes of a plan that is typed in its file."""
    axes = form.find(PLAN)
    known = {one.path: one for one in plan.actions()} if plan else {}
    kept = plan.kept() if plan else []
    made = []
    for at, axis in enumerate(axes.below if axes else ()):
        inside = {one.name: one for one in axis.below}
        title, actions = inside["titre"], inside["actions"]
        rows = [
            _row(action, typed, known.get(("axes", at, "actions", rank)), f"{at + 1}.{rank + 1}")
            for rank, action in enumerate(actions.below)
        ]
        cost = sum((one.action.budget or Decimal(0) for one in kept if one.axe == at + 1), Decimal(0))
        made.append(Group(title, axis.path, rows, cost))
    return made


def _row(action: Field, typed: Value, read: Numbered | None, number: str) -> Row:
    cells = list(_cells(action, typed))
    if read is None:
        return Row(number, action.path, cells)
    cost, brought = read.action.cout, read.action.finance
    gap = cost - brought if cost and brought else Decimal(0)
    return Row(read.numero, action.path, cells, gap)


def _cells(action: Field, typed: Value) -> Iterator[Cell]:
    fields = {one.name: one for one in action.below}
    for name in COLUMNS:
        lines = said(name, value_at(typed, steps_of(fields[name].path))) if name in LINES else ""
        yield Cell(name, HEADINGS[name][0], fields[name], lines)


def shares(plan: Plan) -> list[Share]:
    """What each funder brings, the most generous first."""
    brought: dict[str, list[Decimal]] = {}
    for one in plan.kept():
        for line in one.action.financements:
            by_axis = brought.setdefault(line.libelle, [Decimal(0)] * len(plan.axes))
            by_axis[one.axe - 1] += line.montant
    whole = sum((sum(one, Decimal(0)) for one in brought.values()), Decimal(0))
    found = [
        Share(name, by_axis, total := sum(by_axis, Decimal(0)), 100 * total / whole if whole else Decimal(0))
        for name, by_axis in brought.items()
    ]
    return sorted(found, key=lambda one: -one.total)


# --- a list in a cell -----------------------------------------------------------------------------------


def said(name: str, value: Value | None) -> str:
    """A list as the lines of a cell: « Caf : 12 000 », « Familles (quantitatif) – cible : 60 »."""
    items = value if isinstance(value, list) else [] if value is None else [value]
    return "\n".join(_line(name, one) for one in items)


def _line(name: str, item: Value) -> str:
    if not isinstance(item, dict):
        return str(item) if isinstance(item, str) else ""
    words = {key: one for key, one in item.items() if isinstance(one, str)}
    if name == "financements":
        return f"{words.get('libelle', '')} : {words.get('montant', '')}"
    nature, cible, source = (words.get(key) for key in ("nature", "cible", "source"))
    return indicator(
        Indicateur.model_construct(
            intitule=words.get("intitule", ""), nature=nature, cible=cible, source=source
        )
    )


def listed(name: str, lines: str, before: Value | None) -> Value:
    """The list that the lines of a cell say; what a line cannot say of an item is kept from before."""
    made = as_plain(plan_action({name: lines}))
    items = made.get(name, []) if isinstance(made, dict) else []
    return _all_kept(items, before)


_SAYS = frozenset(("libelle", "montant", "intitule", "nature", "cible", "source"))
"""What a line says of an item."""


def _all_kept(items: Value, before: Value | None) -> Value:
    """A list with what its lines do not say of its items, taken from the list before."""
    if not isinstance(items, list):
        return items
    old = {_told(one): one for one in (before if isinstance(before, list) else ())}
    return [_kept(one, old.get(_told(one))) for one in items]


def _kept(item: Value, before: Value | None) -> Value:
    if isinstance(before, str) and isinstance(item, dict) and len(item) == 1:
        return before
    if not isinstance(item, dict) or not isinstance(before, dict):
        return item
    return {**{name: one for name, one in before.items() if name not in _SAYS}, **item}


def rewritten(at: Steps, before: Value | None, after: Value) -> list[Gesture]:
    """The gestures that make a value another, item by item, so that the rest of the list stays as typed."""
    if before == after:
        return []
    if isinstance(before, list) and isinstance(after, list) and after:
        return _items(at, before, after)
    if isinstance(before, dict) and isinstance(after, dict):
        gone = [Gesture("remove", (*at, name)) for name in before if name not in after]
        return [
            *gone,
            *(one for name in after for one in rewritten((*at, name), before.get(name), after[name])),
        ]
    return [Gesture("set", at, after) if after else Gesture("remove", at)]


def _items(at: Steps, before: list[Value], after: list[Value]) -> list[Gesture]:
    """From the last to the first, so that the ranks of the others stay."""
    old, new = [_told(one) for one in before], [_told(one) for one in after]
    made: list[Gesture] = []
    for act, i1, i2, j1, j2 in reversed(SequenceMatcher(None, old, new, autojunk=False).get_opcodes()):
        if act == "equal":
            for here, there in zip(range(i1, i2), range(j1, j2), strict=True):
                made += rewritten((*at, here), before[here], after[there])
            continue
        made += [Gesture("insert", (*at, i2), one) for one in reversed(after[j1:j2])]
        made += [Gesture("remove", (*at, rank)) for rank in reversed(range(i1, i2))]
    return made


def _told(item: Value) -> str:
    """What tells an item of a list from the others."""
    return item if isinstance(item, str) else typed_text(item, "libelle") or typed_text(item, "intitule")


# --- what is pasted, what moves -------------------------------------------------------------------------


def pasted(typed: Value, axes: Value, *, replace: bool) -> list[Gesture]:
    """The gestures that put pasted axes in a plan: in place of its own, or beside them: an action that is
    there already, by its title, takes the cells that are not empty; the others follow in their axis."""
    new = axes if isinstance(axes, list) else []
    there = value_at(typed, ("plan", "axes"))
    if replace or not isinstance(there, list) or not there:
        return [Gesture("set", ("plan", "axes"), new)]
    titles = [slug(typed_text(one, "titre")) for one in there]
    actions = {
        slug(typed_text(action, "titre")): ("plan", "axes", at, "actions", rank)
        for at, axis in enumerate(there)
        for rank, action in enumerate(actions_of(axis))
    }
    made: list[Gesture] = []
    added = [len(actions_of(axis)) for axis in there]
    for axis in new:
        fresh: list[Value] = []
        for action in actions_of(axis):
            steps = actions.get(slug(typed_text(action, "titre")))
            if steps is None:
                fresh.append(action)
            elif isinstance(action, dict):
                for name in action.keys() - {"titre"}:
                    there_now = value_at(typed, (*steps, name))
                    new_value = _all_kept(action[name], there_now)
                    made += rewritten((*steps, name), there_now, new_value)
        title = slug(typed_text(axis, "titre"))
        if title in titles:
            at = titles.index(title)
            for action in fresh:
                made.append(Gesture("insert", ("plan", "axes", at, "actions", added[at]), action))
                added[at] += 1
        elif fresh and isinstance(axis, dict):
            made.append(Gesture("insert", ("plan", "axes", len(titles)), {**axis, "actions": fresh}))
            titles.append(title)
            added.append(len(fresh))
    return made


def moved_across(typed: Value, asked: str) -> list[Gesture]:
    """An action that goes beyond the end of its axis goes to the axis beside; none when there is none."""
    act, _, path = asked.partition(":")
    at = steps_of(path)
    if len(at) != 5 or at[:2] != ("plan", "axes"):
        return []
    axis, rank = at[2], at[4]
    assert isinstance(axis, int)
    assert isinstance(rank, int)
    axes = value_at(typed, ("plan", "axes"))
    to = axis + (1 if act == "descendre" else -1)
    edge = rank == (len(actions_of(value_at(typed, at[:3]))) - 1 if act == "descendre" else 0)
    if (
        act not in ("monter", "descendre")
        or not edge
        or not isinstance(axes, list)
        or not 0 <= to < len(axes)
    ):
        return []
    beside = actions_of(axes[to])
    action = value_at(typed, at)
    assert action is not None
    place = 0 if act == "descendre" else len(beside)
    put = (
        Gesture("insert", ("plan", "axes", to, "actions", place), action)
        if beside
        else Gesture("set", ("plan", "axes", to, "actions"), [action])
    )
    alone = len(actions_of(axes[axis])) == 1
    return [put, Gesture("remove", at[:4] if alone else at)]


def actions_of(axis: Value | None) -> list[Value]:
    """The actions of an axis as typed."""
    found = axis.get("actions") if isinstance(axis, dict) else None
    return found if isinstance(found, list) else []


def typed_text(record: Value, name: str) -> str:
    found = record.get(name) if isinstance(record, dict) else None
    return found if isinstance(found, str) else ""
