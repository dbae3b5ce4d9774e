"""The fiches of a plan d'actions in a Word file: a table each, its labels on the left or above, and what
stands around it: its title, its financing, the enjeu of its axis."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ctgdocs.content.workbooks import Grid
from ctgdocs.importing.document import Block, Box, Para, Table
from ctgdocs.kinds.convention.from_plan import Fiche, Plan, grid_of, is_amount, read_rows
from ctgdocs.kinds.convention.from_sections import is_title
from ctgdocs.kinds.convention.plan_headings import AXIS, field_of

_FICHE = re.compile(
    r"(?:fiche[\s-]*actions?|fiche|action)\b\s*(?:n\s?°\s*)?(?P<no>(?:[A-Z][.-]?)?\d{1,2}(?:[.-]\d{1,2})*)?\s*[-–—:.]*\s*(?P<titre>.*)",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST_LABEL = 60
_FEWEST_LABELS = 3
_LONGEST_FICHE = 120
"""Rows of a table that may be one fiche."""
_NUMBERED = re.compile(r"(?:n\s?[°º]|numéro)\s*(?P<no>(?:[A-Z][.-]?)?\d{1,2}(?:[.-]\d{1,2})*)", re.IGNORECASE)
_NUMBER_LABEL = re.compile(r"(?:fiche[\s-]*)?(?:actions?\s*)?n\s?[°º]", re.IGNORECASE)
_RANK = re.compile(r"(?:[A-Z][.-]?)?\d{1,2}(?:[.-]\d{1,2})*")
_WITH_SUITE = re.compile(
    r"(?P<axe>.+?)\s[–-]\saction\s(?P<suite>nouvelle|poursuivie|adaptée|abandonnée|reportée)",
    re.IGNORECASE,
)
_FUNDING = re.compile(r"(?:plan\s+de\s+)?financements?(?:\s+prévisionnels?)?\s*:?", re.IGNORECASE)
_TOTAL = re.compile(r"(?:sous-)?total\b", re.IGNORECASE)
_SUMMARY = re.compile(
    r"(?:tableau\s+(?:de\s+synthèse|récapitulatif)|synthèse|récapitulatif)"
    r"(?:\s+(?:du|des|de\s+la)\s+[\w’' ]{3,40})?\s*:?",
    re.IGNORECASE,
)
"""What stands above the table of all the actions, which the fiches say again."""


def read_sheets(plan: Plan, name: str, sheets: Sequence[tuple[str, Grid]]) -> bool:
    """Adds the actions of the first sheet that holds some; False when none does."""
    if any(read_rows(plan, name, grid) for _, grid in sheets):
        return True
    for _, grid in sheets:
        for one in _fiches_of(_table_of(grid)):
            plan.open = None
            _read_table(plan, one, [], name)
    return plan.count > 0


def _fiches_of(sheet: Table) -> Iterator[Table]:
    """A sheet cut where the label that opens it comes back: its fiches stand one under the other."""
    labels = [row[0].text.strip() if row else "" for row in sheet.rows]
    opening = next((label for row, label in zip(sheet.rows, labels, strict=True) if _is_pair(row)), "")
    starts = [at for at, label in enumerate(labels) if opening and label == opening]
    bounds = [0, *starts[1:], len(sheet.rows)]
    for begin, end in pairwise(bounds):
        yield Table(sheet.rows[begin:end])


def _is_pair(row: Sequence[Box]) -> bool:
    return len([box for box in row if box.paras]) > 1 and bool(row[0].paras)


def _table_of(grid: Grid) -> Table:
    """A sheet as a table of Word: one fiche a sheet, its labels on the left."""
    return Table(
        tuple(
            tuple(Box(tuple(Para(line) for line in cell.text.splitlines() if line.strip())) for cell in row)
            for row in grid.rows
        )
    )


def read_tables(plan: Plan, blocks: Sequence[Block], name: str) -> list[Block]:
    """Takes the actions out of the tables among these blocks, and the headings that name them; gives the
    rest."""
    left: list[Block] = []
    for block in blocks:
        if isinstance(block, Para):
            found = AXIS.fullmatch(block.text) if is_title(block) else None
            if found and found["titre"].strip():
                plan.current = found["titre"].strip()
                plan.named.append(plan.current)
            left.append(block)
            plan.open = plan.open if _FUNDING.fullmatch(block.text) else None
            continue
        if plan.open is not None and (funding := _funding(block)):
            _fund(plan, funding, left, block)
            continue
        left += [one for one in _fiche_by_fiche(block) if not _read_table(plan, one, left, name)]
    return _without_axes(left, plan)


def _funding(table: Table) -> str:
    """« Caf : 12 000 € » line by line, of a table of who finances a fiche; "" for another table."""
    rows = [[box.text.strip() for box in row] for row in table.rows]
    if len(rows) < 2 or any(len(row) != 2 for row in rows) or field_of(rows[0][0]) != "financements":
        return ""
    if not all(label and is_amount(amount) for label, amount in rows[1:]):
        return ""
    return "\n".join(f"{label} : {amount}" for label, amount in rows[1:] if label.lower() != "total")


def _fund(plan: Plan, funding: str, left: list[Block], table: Table) -> None:
    """The financing of the fiche that is open, and the title above it."""
    while left and isinstance(title := left[-1], Para) and _FUNDING.fullmatch(title.text):
        plan.labels.append(title.text)
        left.pop()
    plan.labels += [para.text for row in table.rows for box in row for para in box.paras]
    plan.take(Fiche({"financements": funding}, [], ""))


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
    """The blocks without the titles of axes that hold actions, nor what stands under them, which is their
    enjeu."""
    titles = {title for title, actions in plan.axes if actions}
    left: list[Block] = []
    axis = ""
    for block in blocks:
        found = AXIS.fullmatch(block.text) if isinstance(block, Para) else None
        plan.labels += [block.text] if found and isinstance(block, Para) else []
        if isinstance(block, Para) and is_title(block):
            axis = found["titre"].strip() if found and found["titre"].strip() in titles else ""
            left += [] if axis else [block]
        elif axis and isinstance(block, Para) and block.look == "text" and not block.number:
            plan.stakes.setdefault(axis, []).append(block.text)
        else:
            axis = ""
            left.append(block)
    return left


def _read_table(plan: Plan, table: Table, before: list[Block], name: str) -> bool:
    fiche = _fiche(table, least=1 if plan.open is not None else _FEWEST_LABELS)
    if fiche is None:
        plan.open = None
        if not read_rows(plan, name, grid_of(table)):
            return False
        plan.labels += [box.text for row in table.rows for box in row if _TOTAL.match(box.text)]
        while before and isinstance(title := before[-1], Para) and _SUMMARY.fullmatch(title.text):
            plan.labels.append(title.text)
            before.pop()
        return True
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
    plan.labels += [fiche.axis, *known.get("indicateurs", "").splitlines()]
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
        if _NUMBER_LABEL.fullmatch(label) and _RANK.fullmatch(value):
            known["numero"], labels = value, labels + 1
        elif numbered := _NUMBERED.fullmatch(label):
            known["numero"], labels = numbered["no"], labels + 1
            suite = _WITH_SUITE.fullmatch(value)
            axis = suite["axe"] if suite else value
            if suite:
                known["suite"] = suite["suite"].lower()
        elif found and found["no"] and not found["titre"]:
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
