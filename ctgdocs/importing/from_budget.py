"""A workbook of amounts becomes the tables of a dossier, every column kept; what balances is its financing.

`--dans` puts the tables in an act or a dossier that is there already.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import PurePath
from typing import NamedTuple

from ctgdocs.content.beginning import shortened
from ctgdocs.content.edit import Edit, fields
from ctgdocs.content.framing import Frame
from ctgdocs.content.library import Library
from ctgdocs.content.spelling import Value, field_lines, scalar
from ctgdocs.content.workbooks import Grid, refuse_errors
from ctgdocs.files import read_file
from ctgdocs.findings import CtgdocsError, UsageError
from ctgdocs.french import slug
from ctgdocs.importing.document import Document
from ctgdocs.importing.reader import Count, Proposal, Proposed, Reader, Wish
from ctgdocs.vocabulary.registres import DELIBERATIONS, DOSSIERS
from ctgdocs.vocabulary.totaux import Sort, sort_of

GENRE = "budget"
_AMOUNT = re.compile(r"[-−–]?\d[\d\s\u202f\u00a0.]*(?:,\d+)?\s*€?")
_WORDS = re.compile(
    r"\b(?:ht|ttc|tva|montants?|depenses?|recettes?|financeurs?|financement|budget|couts?|charges|produits|subventions?)\b"
)
_PLAN = re.compile(r"\b(?:action|actions|pilote|objectifs?|indicateurs?|fiche-action)\b")
_OWN = re.compile(
    r"\b(?:autofinancement|fonds-propres|part-(?:de-la-)?(?:commune|communaute|collectivite)|reste-a-charge)\b"
)
_RECEIPTS = re.compile(r"\b(?:financeurs?|recettes?|produits|ressources|financement)\b")


class Sheet(NamedTuple):
    """A table of a sheet: its title, its headings, its lines as shown, the exact value of each cell, what
    stands alone below it."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    values: tuple[tuple[Decimal | None, ...], ...]
    notes: tuple[str, ...] = ()

    @property
    def receipts(self) -> bool:
        return bool(_RECEIPTS.search(slug(self.headings[0] or self.title)))


def tables_of(grid: Grid) -> Iterator[Sheet]:
    """The tables of a sheet: an empty line, and headings again, open another."""
    frame = Frame(grid)
    heads: list[int] = []
    title, body, notes = "", list[int](), list[str]()
    for rank, row in enumerate(frame.rows):
        opens = not frame.alone(row) and not frame.figures(row) and rank + 1 < len(frame.rows)
        opens = opens and frame.figures(frame.rows[rank + 1]) and (not heads or frame.after_gap(rank))
        if opens:
            if heads:
                yield _table(frame, title, heads[0], body)
            heads, body = [row], []
        elif not heads:
            title = title or next(frame.text(row, at) for at in frame.columns if frame.text(row, at))
        elif frame.alone(row) and frame.after_gap(rank):
            notes.append(next(frame.text(row, at) for at in frame.columns if frame.text(row, at)))
        else:
            body.append(row)
    if heads:
        yield _table(frame, title, heads[0], body)._replace(notes=tuple(notes))


def _table(frame: Frame, title: str, head: int, body: Sequence[int]) -> Sheet:
    columns = [at for at in frame.columns if frame.text(head, at) or any(frame.text(row, at) for row in body)]
    used = [at for at in columns if any(frame.text(row, at) for row in body)]
    headings = tuple(frame.text(head, at) for at in used)
    rows = tuple(tuple(frame.text(row, at) for at in used) for row in body)
    values = tuple(tuple(_value(frame, row, at) for at in used) for row in body)
    return Sheet(title, headings, rows, values)


def _value(frame: Frame, row: int, at: int) -> Decimal | None:
    cells = frame.grid.rows[row]
    value = cells[at].value if at < len(cells) else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Decimal(str(value))
    text = frame.text(row, at)
    if not _AMOUNT.fullmatch(text):
        return None
    return Decimal(re.sub(r"[^\d,-]", "", text.replace("−", "-").replace("–", "-")).replace(",", "."))


def recognise(document: Document) -> float:
    """How well a file looks like a table of amounts, and of nothing else."""
    if not document.tabular:
        return 0.0
    best = 0.0
    for _, grid in document.sheets:
        for one in tables_of(grid):
            heads = slug(" ".join(one.headings))
            amounts = sum(value is not None for row in one.values for value in row)
            if amounts and _WORDS.search(f"{slug(one.title)} {heads}".replace("-", " ")):
                best = max(best, 0.3 if _PLAN.search(heads) else 0.7)
    return best


def propose(document: Document, library: Library, wish: Wish) -> Proposal:
    """The tables of the visible sheets, in a new dossier or in the content that `--dans` names. Raises
    CtgdocsError when there is none."""
    found = []
    for name, grid in document.sheets:
        refuse_errors(document.name, grid, range(len(grid.rows)), range(max(map(len, grid.rows), default=0)))
        found += [(name, one) for one in tables_of(grid)]
    if not found:
        raise CtgdocsError("aucun tableau de montants n’y est reconnu : une ligne de titres, puis des lignes")
    title = next((one.title for _, one in found if one.title), "") or PurePath(document.name).stem
    tables = _named([one for _, one in found])
    money = _financing([part for _, one in found for part in _sides(one)])
    cells = sum(len(row) for _, one in found for row in one.rows)
    counts = (
        Count(
            "cellule",
            "cellules",
            cells,
            sum(len(row) for table in tables.values() for row in _lines(table)[1:]),
        ),
    )
    said = _said(money)
    if wish.into:
        merged = _into(library, wish.into, tables)
        return Proposal(
            wish.into, (merged,), counts, said, (f"{merged.path} : {', '.join(tables)}",), "ctgdocs verifier"
        )
    id = wish.id or shortened(title)
    return Proposal(
        id,
        (
            Proposed(
                f"{DOSSIERS.path}{id}.yaml",
                _dossier(title, tables, money, [note for _, one in found for note in one.notes]),
            ),
        ),
        counts,
        said,
    )


def _lines(table: Value) -> list[Value]:
    assert isinstance(table, dict)
    lines = table["lignes"]
    assert isinstance(lines, list)
    return lines


def _named(found: Sequence[Sheet]) -> dict[str, Value]:
    """The tables by the name that texts cite them with."""
    named: dict[str, Value] = {}
    for one in found:
        base = shortened(one.headings[0] or one.title) or "tableau"
        name = base if base not in named else f"{base}-{len(named) + 1}"
        lines: list[Value] = [list[Value](row) for row in (one.headings, *one.rows)]
        named[name] = {"titre": one.headings[0], "lignes": lines} if one.headings[0] else {"lignes": lines}
    return named


class Financing(NamedTuple):
    """What a table of spendings and one of receipts say together, when they balance."""

    spent: tuple[tuple[str, Decimal], ...]
    earned: tuple[tuple[str, Decimal], ...]
    own: Decimal
    column: str


def _sides(one: Sheet) -> tuple[Sheet, ...]:
    """The spendings and the receipts of a table that has them side by side; a table of one side as it is."""
    cut = next((at for at, text in enumerate(one.headings) if at and _RECEIPTS.search(slug(text))), 0)
    if one.receipts or not cut:
        return (one,)
    return tuple(
        Sheet(
            one.headings[start],
            one.headings[start:end],
            tuple(row[start:end] for row in one.rows),
            tuple(row[start:end] for row in one.values),
        )
        for start, end in ((0, cut), (cut, len(one.headings)))
    )


def _financing(found: Sequence[Sheet]) -> Financing | None:
    """The financing of two tables one total of which is the same: which amount counts (HT, TTC) is known."""
    for receipts in (one for one in found if one.receipts):
        lines = _amounts(receipts, _first_amounts(receipts))
        total = sum((amount for _, amount in lines), Decimal(0))
        for spendings in (one for one in found if one is not receipts and not one.receipts):
            for column in range(1, len(spendings.headings)):
                spent = _amounts(spendings, column)
                if spent and abs(sum((amount for _, amount in spent), Decimal(0)) - total) < Decimal("0.01"):
                    earned = [one for one in lines if not _OWN.search(slug(one[0]))]
                    own = total - sum((amount for _, amount in earned), Decimal(0))
                    return Financing(tuple(spent), tuple(earned), own, spendings.headings[column])
    return None


def _first_amounts(one: Sheet) -> int:
    counts = [sum(row[at] is not None for row in one.values) for at in range(len(one.headings))]
    return counts.index(max(counts))


def _amounts(one: Sheet, column: int) -> list[tuple[str, Decimal]]:
    """The lines of a column, without its totals."""
    return [
        (row[0], amount)
        for row, values in zip(one.rows, one.values, strict=True)
        if (amount := values[column]) is not None and sort_of(row[0]) is Sort.ITEM
    ]


def _said(money: Financing | None) -> tuple[str, ...]:
    if money is None:
        return ("Dépenses et recettes ne s’équilibrent dans aucune colonne : finances est à écrire.",)
    return (f"Le financement s’équilibre sur la colonne « {money.column} » : finances la reprend.",)


def _plain(amount: Decimal) -> str:
    return f"{amount.normalize():f}".replace(".", ",")


def _dossier(title: str, tables: dict[str, Value], money: Financing | None, notes: Sequence[str]) -> str:
    lines = [
        "# yaml-language-server: $schema=../.schemas/dossiers.json",
        "# D’après un classeur. Les tableaux se citent par {tableau:nom}, seul sur sa ligne.",
        *field_lines("objet", title if title != title.upper() else title.capitalize()),
    ]
    if notes:
        lines += ["contexte: |", *(f"  {note}" for note in notes)]
    if money is not None:
        lines += ["finances:", "  depenses:"]
        lines += [f"    - {one}" for one in _money(money.spent)]
        lines += ["  recettes:", *(f"    - {one}" for one in _money(money.earned))]
        if money.own:
            lines.append(f"  reste_a_charge: {_plain(money.own)}")
    lines.append("tableaux:")
    for name, table in tables.items():
        lines += [f"  {name}:", *_table_lines(table, "    ")]
    return "\n".join([*lines, ""])


def _money(lines: Sequence[tuple[str, Decimal]]) -> Iterator[str]:
    for label, amount in lines:
        yield f'{{libelle: {scalar(label, flow=True)}, montant: "{_plain(amount)}"}}'


def _table_lines(table: Value, indent: str) -> Iterator[str]:
    assert isinstance(table, dict)
    for name, value in table.items():
        yield from (f"{indent}{line}" for line in field_lines(name, value))


def _into(library: Library, typed: str, tables: dict[str, Value]) -> Proposed:
    """The content that `--dans` names, with the tables in its field `tableaux`."""
    id = typed.replace("\\", "/").rpartition("/")[2]
    keys = [f"{one.name}/{id}" for one in (DELIBERATIONS, DOSSIERS) if id in library.ids(one)]
    if len(keys) != 1:
        raise UsageError(f"« {typed} » n’est ni une délibération ni un dossier de cet espace.")
    path = library.path_of(keys[0])
    before = read_file(library.project.root / path).decode("utf-8")
    edit = Edit(before)
    record = fields(edit.root)
    node = record["tableaux"][1] if "tableaux" in record else None
    clash = [name for name in tables if name in fields(node)]
    if clash:
        raise UsageError(f"« {typed} » a déjà un tableau « {clash[0]} » : rien n’a été touché.")
    if node is None:
        edit.put(edit.root, "tableaux", {**tables})
    else:
        for name, table in tables.items():
            edit.put(node, name, table)
    return Proposed(path.removeprefix("content/"), edit.text(), "merged", before)


READERS = (Reader(GENRE, "un budget, ou un plan de financement", recognise, propose),)
