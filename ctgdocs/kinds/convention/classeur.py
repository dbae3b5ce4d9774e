"""A plan d'actions kept in a spreadsheet by agents: one action a row, headings in their own words.

The rows become the tree that content/ would have read, so that validation says what is wrong in French, at
the cell where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from ctgdocs.composing.columns import read_number
from ctgdocs.composing.sums import Ledger
from ctgdocs.content.framing import Frame
from ctgdocs.content.sheets import read_grid
from ctgdocs.content.validation import validate
from ctgdocs.content.workbooks import Grid, Shown, letters, refuse_errors, refused
from ctgdocs.findings import Finding, Place, Severity
from ctgdocs.french import enumeration, montant
from ctgdocs.kinds.convention.plan import Axe
from ctgdocs.kinds.convention.plan_headings import AXIS, HEADINGS, field_of, funder_of, is_detailed
from ctgdocs.patterns import regex
from ctgdocs.stages import Items, Mapping, Node, Source, Text
from ctgdocs.vocabulary.as_typed import nearest, slug
from ctgdocs.vocabulary.scalars import Fiche
from ctgdocs.vocabulary.totaux import Sort, sort_of

_ITEMS = regex(r"\s*(?:\n|;|•)\s*(?:[-–•]\s*)?")
_DASH = regex(r"^\s*[-–•]\s+")
_FINANCING = regex(r"(?P<libelle>.+?)\s*:\s*(?P<montant>.+)")
_INDICATOR = regex(
    r"(?P<intitule>.+?)(?:\s*\((?P<nature>quantitatif|qualitatif)\))?"
    r"(?:\s*[–-]\s*cible\s*:\s*(?P<cible>.+?))?(?:\s*[–-]\s*source\s*:\s*(?P<source>.+))?",
    re.IGNORECASE,
)
_HEADER_ROWS = 20  # a title and a few notes may stand above the headings


class _Axes(Fiche):
    """What a sheet holds."""

    axes: tuple[Axe, ...]


class Cells:
    """Where a value of the plan stands in its sheet; stands for `Entry.place`."""

    def __init__(self, source: Source, sheet: str) -> None:
        self.source, self.sheet = source, sheet

    def place(self, *path: str | int) -> Place:
        return _at_cell(self.source.place(*path), self.sheet)


class Other(NamedTuple):
    """A column that is not understood: its heading, and its cell for each action in order."""

    heading: str
    cells: tuple[Shown, ...]


class PlanRead(NamedTuple):
    """The axes of a sheet, what is wrong in it, where each value stands, the columns that no field takes."""

    axes: tuple[Axe, ...]
    findings: tuple[Finding, ...]
    cells: Cells
    others: tuple[Other, ...] = ()


def _at_cell(place: Place, sheet: str) -> Place:
    name = f"{letters(place.column)}{place.line}" if place.line else ""
    where = " ".join(filter(None, (f"feuille {sheet}," if sheet else "", f"cellule {name}" if name else "")))
    return Place(place.file, place.line, place.column, where)


@lru_cache(maxsize=16)
def read_plan(path: str, data: bytes, sheet: str = "") -> PlanRead:
    """What a sheet holds. Rows that a filter hides are read like the others, and told: a plan is kept whole.
    Raises Stopped for a file that is no table of actions."""
    name = path.rpartition("/")[2]
    grid = read_grid(name, data, sheet)
    frame = Frame(grid._replace(hidden_rows=frozenset(), hidden_columns=frozenset()))
    table = PlanTable(name, frame)
    refuse_errors(name, grid, table.rows, [*table.columns, *table.unknown])
    root = Mapping(1, 1)
    root[Text("axes", table.top + 1, 1)] = table.axes()
    source = Source(path, sha256(data).hexdigest(), root)
    place = Cells(source, sheet)
    notes = [*table.unread(path, sheet), *table.wrong_totals(path, sheet), *_hidden(grid, table, path, sheet)]
    entry, findings = validate(root, _Axes, source, (), "plan", path)
    said = [one._replace(place=_at_cell(one.place, sheet)) for one in findings]
    return PlanRead(entry.value.axes if entry else (), (*notes, *said), place, table.others())


def _hidden(grid: Grid, table: PlanTable, path: str, sheet: str) -> Iterator[Finding]:
    rows = [at for at in table.rows if at in grid.hidden_rows]
    columns = [at for at in (*table.columns, *table.unknown) if at in grid.hidden_columns]
    for what, named in (
        ("ligne", [str(at + 1) for at in rows]),
        ("colonne", [letters(at + 1) for at in columns]),
    ):
        if named:
            place = _at_cell(Place(path, table.top + 1, 1), sheet)
            s = "s" * (len(named) > 1)
            where = f"{len(named)} {what}{s} masquée{s} du classeur ({enumeration(named)})"
            message = f"{where} : reprise{s} dans le plan"
            yield Finding("classeur-masque", Severity.INFO, message, place)


# --- the table ------------------------------------------------------------------------------------------


class PlanTable:
    """The table of actions in a sheet: `top` is the row of the headings, `columns` the field of each column,
    `unknown` the columns that mean nothing, `rows` those of the actions and of the totals."""

    def __init__(self, name: str, frame: Frame) -> None:
        self.frame = frame
        for rank in range(min(len(frame.rows), _HEADER_ROWS)):
            heads = frame.heads(rank)
            said = {column: frame.heading(heads, column) for column in frame.columns}
            fields = {column: field for column, heading in said.items() if (field := field_of(heading))}
            if "titre" in fields.values() and len(fields) > 1:
                break
        else:
            raise refused(
                f"« {name} » : aucune ligne de titres n’a de colonne « Action »",
                "titres attendus : Axe, N°, Action, Pilote, Coût, Financements, Calendrier, Indicateurs…",
            )
        self.top, self.headings, self.columns = heads[0], said, fields
        start = rank + len(heads)
        self.rows = frame.rows[start : frame.bottom(start, gaps=False)]
        for column in [column for column in fields if self._share(column)]:
            del fields[column]
        self.unknown = [
            column
            for column in frame.columns
            if column not in fields
            if said[column] or any(self._cell(row, column).text for row in self.rows)
        ]
        self.titles = next(column for column, field in fields.items() if field == "titre")
        self._actions: list[list[int]] = []  # the rows of each action

    def _cell(self, row: int, column: int) -> Shown:
        cells = self.frame.grid.rows[row]
        return cells[column] if column < len(cells) else Shown("")

    def _share(self, column: int) -> bool:
        """Whether a column of financing holds percentages: they finance nothing by themselves."""
        if self.columns[column] != "financements" or is_detailed(self.headings[column]):
            return False
        said = [read_number(text) for at in self.rows if (text := self._cell(at, column).text.strip())]
        return bool(said) and all(number is not None and number[1] == "%" for number in said)

    def _labels(self, row: int) -> list[str]:
        """What may name a total: the words of the row, its title apart when it has none."""
        named = [self._cell(row, column).text for column, field in self.columns.items() if field in _NAMING]
        return [text for text in named if text.strip()]

    def _total(self, row: int) -> bool:
        return any(sort_of(text) in (Sort.TOTAL, Sort.SUBTOTAL) for text in self._labels(row)[:1])

    def _continues(self, row: int) -> bool:
        """Whether the row goes on with the action above: their titles are one merged cell."""
        return any(
            span.left <= self.titles <= span.right and span.top < row <= span.bottom
            for span in self.frame.grid.spans
        )

    def axes(self) -> Items:
        """Rows as axes and actions. An empty « Axe » repeats the one above (merged cells)."""
        axes = Items(self.top + 1, 1)
        actions: Items | None = None
        current = ""
        for at in self.rows:
            if self._total(at):
                continue
            if axis := self._axis(at):
                current, actions = axis, None
                continue
            fields = {
                f: (c, text) for c, f in self.columns.items() if (text := self._cell(at, c).text.strip())
            }
            column, axis = fields.pop("axe", (0, ""))
            stake = fields.pop("enjeu", None)
            axis = " ".join(axis.split())
            if actions is None or (axis and axis != current):
                current = axis or (current if actions is None else "")
                axis = current
                actions = Items(at + 1, 1)
                node = Mapping(at + 1, column + 1)
                node[Text("titre", at + 1, column + 1)] = Text(axis or "Actions", at + 1, column + 1)
                if stake:
                    node[Text("enjeu", at + 1, stake[0] + 1)] = Text(stake[1].strip(), at + 1, stake[0] + 1)
                node[Text("actions", at + 1, 1)] = actions
                axes.append(node)
            if fields and actions and self._continues(at):
                self._actions[-1].append(at)
                _continue(actions[-1], self._action(at))
            elif fields:
                self._actions.append([at])
                actions.append(self._action(at))
        return axes

    def _axis(self, at: int) -> str:
        """The axis that a row across the table names: « AXE 2 – Jeunesse »; "" for a row of another sort."""
        if not self.frame.alone(at):
            return ""
        said = next(text for column in self.frame.columns if (text := self.frame.text(at, column)))
        found = AXIS.fullmatch(said)
        return found["titre"].strip() or said if found else ""

    def _action(self, at: int) -> Mapping:
        row = [self._cell(at, column).text for column in range(max(self.columns) + 1)]
        return _action(self.headings, row, at, self.columns)

    # --- what no field takes, what the totals say ------------------------------------------------------

    def unread(self, path: str, sheet: str) -> Iterator[Finding]:
        for column in self.unknown:
            yield _unread(Place(path, self.top + 1, column + 1), self.headings[column], sheet)

    def others(self) -> tuple[Other, ...]:
        return tuple(
            Other(
                self.headings[column],
                tuple(_together([self._cell(at, column) for at in rows]) for rows in self._actions),
            )
            for column in self.unknown
        )

    def wrong_totals(self, path: str, sheet: str) -> Iterator[Finding]:
        """The totals of the sheet that its actions deny, those that have ended counted or not."""
        amounts = [
            column for column, field in self.columns.items()
            if field == "cout" or (field == "financements" and not is_detailed(self.headings[column]))
        ]  # fmt: skip
        labels = [next(iter(self._labels(at)), "") if self._total(at) else "" for at in self.rows]
        kept = [not self._ended(at) for at in self.rows]
        for column in amounts:
            values = [read_number(self._cell(at, column).text) for at in self.rows]
            all_of_them = [value[0] if value else None for value in values]
            without = [value if keep else None for value, keep in zip(all_of_them, kept, strict=True)]
            wrong = {gap.row for gap in Ledger(labels, {column: without}).gaps()}
            for row, _, expected in Ledger(labels, {column: all_of_them}).gaps():
                if row in wrong:
                    place = _at_cell(Place(path, self.rows[row] + 1, column + 1), sheet)
                    yield _wrong_total(labels[row], all_of_them[row] or Decimal(0), expected, place)

    def _ended(self, at: int) -> bool:
        column = next((column for column, field in self.columns.items() if field == "suite"), None)
        return column is not None and slug(self._cell(at, column).text) in ("realisee", "abandonnee")


_NAMING = ("axe", "numero", "titre", "pilote")


def _together(cells: list[Shown]) -> Shown:
    said = [cell for cell in cells if cell.text.strip()]
    return said[0] if len(said) == 1 else Shown("\n".join(cell.text for cell in said))


def _wrong_total(label: str, typed: Decimal, expected: Decimal, place: Place) -> Finding:
    said, found = (montant(value, centimes=value % 1 != 0) for value in (typed, expected))
    message = f"« {label.strip()} » annonce {said}, les actions font {found}"
    return Finding(
        "total", Severity.ALERTE, message, place, hints=("corrigez la ligne ou le total du classeur",)
    )


def _unread(place: Place, heading: str, sheet: str) -> Finding:
    names = [name for field in HEADINGS.values() for name in field]
    near = nearest(heading, names)
    hint = f"vouliez-vous dire « {near} » ? " if near else ""
    named = heading or letters(place.column)
    message = f"la colonne « {named} » n’est pas comprise : elle n’entre pas dans la convention"
    hint += "elle reste dans le tableau de suivi et dans le classeur renouvelé"
    return Finding("colonne-ignoree", Severity.ALERTE, message, _at_cell(place, sheet), hints=(hint,))


# --- rows -----------------------------------------------------------------------------------------------


def _continue(action: Node, more: Mapping) -> None:
    """Adds to an action what another row says of it: lists grow, costs add up, texts follow each other."""
    assert isinstance(action, Mapping)
    for name, value in more.items():
        before = action.get(name)
        if before is None:
            action[name] = value
        elif isinstance(before, Items) and isinstance(value, Items):
            before.extend(value)
        elif isinstance(before, Text) and isinstance(value, Text):
            action[name] = _followed(name, before, value)


def _followed(field: str, before: Text, after: Text) -> Text:
    amounts = [read_number(str(text)) for text in (before, after)] if field == "cout" else [None]
    if all(amounts):
        text = str(sum(number[0] for number in amounts if number))
    else:
        text = f"{before} ; {after}" if field in _VALUES else f"{before}\n\n{after}"
    return Text(text, before.line, before.column)


def _action(headings: dict[int, str], row: list[str], at: int, columns: dict[int, str]) -> Mapping:
    node = Mapping(at + 1, 1)
    funding = Items(at + 1, 1)
    for column, field in columns.items():
        text = row[column].strip() if column < len(row) else ""
        if not text or field in ("axe", "enjeu"):
            continue
        place = (at + 1, column + 1)
        if field == "financements":
            funding.line, funding.column = place
            funding.extend(_funding(headings[column], text, *place))
        else:
            node[Text(field, *place)] = _VALUES.get(field, Text)(text, *place)
    if funding:
        node[Text("financements", funding.line, funding.column)] = funding
    return node


def plan_action(known: dict[str, str]) -> Mapping:
    """An action from the texts of its fields, as a row of a sheet would give it."""
    fields = list(known)
    headings = {at: HEADINGS[field][0] for at, field in enumerate(fields)}
    return _action(headings, [known[field] for field in fields], 0, dict(enumerate(fields)))


def _funding(heading: str, text: str, line: int, column: int) -> Iterator[Mapping]:
    """« Caf : 12 000 € » a line; or a bare amount under « Financement Caf »."""
    if not is_detailed(heading):
        yield _record({"libelle": funder_of(heading), "montant": text}, line, column)
        return
    for piece in _pieces(text):
        found = _FINANCING.fullmatch(piece)
        yield _record(found.groupdict() if found else {"libelle": piece, "montant": ""}, line, column)


def _list(text: str, line: int, column: int) -> Node:
    items = Items(line, column)
    items.extend(Text(piece, line, column) for piece in _pieces(text))
    return items


def _indicators(text: str, line: int, column: int) -> Node:
    items = Items(line, column)
    for piece in _pieces(text):
        found = _INDICATOR.fullmatch(piece)
        items.append(_record(found.groupdict() if found else {"intitule": piece}, line, column))
    return items


def _record(values: dict[str, str | None], line: int, column: int) -> Mapping:
    node = Mapping(line, column)
    for name, value in values.items():
        if value:
            node[Text(name, line, column)] = Text(value, line, column)
    return node


def _one_line(text: str, line: int, column: int) -> Node:
    return Text(" ".join(text.split()), line, column)


def _number(text: str, line: int, column: int) -> Node:
    """« 1.1 » typed as a number is shown « 1,1 » by a French sheet; an action is numbered with a point."""
    return Text(re.sub(r"(?<=\d),(?=\d)", ".", text), line, column)


def _pieces(text: str) -> list[str]:
    return [piece for piece in (part.strip() for part in _ITEMS.split(_DASH.sub("", text))) if piece]


_VALUES: dict[str, Callable[[str, int, int], Node]] = {
    "numero": _number,
    "objectifs": _list,
    "partenaires": _list,
    "indicateurs": _indicators,
    "titre": _one_line,
    "public": _one_line,
    "territoire": _one_line,
    "pilote": _one_line,
    "calendrier": _one_line,
}
