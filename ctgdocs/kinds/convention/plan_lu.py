"""The plan d'actions of a convention, wherever it is kept, with its numbers, its totals and its places."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, get_args

from ctgdocs.content import sheets
from ctgdocs.findings import Finding, Place, Stopped
from ctgdocs.french import montant
from ctgdocs.kinds.convention import KIND
from ctgdocs.kinds.convention.classeur import Other, read_plan
from ctgdocs.kinds.convention.plan import Action, Avancement, Axe, Indicateur, PlanDActions, Suite
from ctgdocs.kinds.convention.plan_headings import HEADINGS, funder_of
from ctgdocs.stages import Entry, Reader, Source

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


@dataclass(frozen=True, slots=True)
class Numbered:
    """An action in its plan: its number, its axis (from 1), its rank in it, its path in the file."""

    numero: str
    axe: int
    titre_de_l_axe: str
    action: Action
    path: tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """`place` gives the place of a path (`axes`, 0, `actions`, 1, `cout`), in the YAML or in the sheet;
    `sheet` is the sheet as read, when the plan is kept in one, `others` its columns that no field takes."""

    axes: tuple[Axe, ...]
    place: Callable[..., Place]
    findings: tuple[Finding, ...] = field(default=())
    sheet: Source | None = None
    others: tuple[Other, ...] = ()

    def actions(self) -> Iterator[Numbered]:
        """Every action in order. One that ended with the convention before takes no number of its own."""
        for rank, axe in enumerate(self.axes, start=1):
            number = 0
            for index, action in enumerate(axe.actions):
                number += not action.close
                default = (action.origine or "") if action.close else f"{rank}.{number}"
                path = ("axes", rank - 1, "actions", index)
                yield Numbered(action.numero or default, rank, axe.titre, action, path)

    def kept(self) -> list[Numbered]:
        """The actions that the convention carries: those that ended with the one before are left out."""
        return [one for one in self.actions() if not one.action.close]


class Planned(Protocol):
    """What holds a plan d’actions: a convention."""

    @property
    def plan(self) -> PlanDActions | None: ...
    @property
    def renouvelle(self) -> str | None: ...


def plan_of(entry: Entry[Planned], reader: Reader) -> Plan | None:
    """The plan of a convention, None when it has none. A file that cannot be used is a finding."""
    typed = entry.value.plan
    if typed is None:
        return None
    if typed.fichier is None:
        return Plan(typed.axes, lambda *path: entry.place("plan", *path))
    try:
        path, data = sheets.beside(entry.source.path, typed.fichier, reader)
        axes, findings, cells, others = read_plan(path, data, typed.feuille or "")
    except Stopped as stopped:
        place = entry.place("plan", "fichier")
        findings = tuple(one._replace(code="plan", place=place) for one in stopped.findings)
        return Plan((), lambda *path: place, findings)
    return Plan(axes, cells.place, findings, cells.source, others)


class Followed(NamedTuple):
    """An action of the convention before: what takes it up in this one, and what became of it, "" when
    neither this plan nor its own state says so."""

    before: Numbered
    now: Numbered | None
    suite: str


def followed(before: Plan, now: Plan | None) -> Iterator[Followed]:
    """What became of each action of the plan before."""
    after = {one.action.origine: one for one in (now.actions() if now else ()) if one.action.origine}
    for one in before.actions():
        next, state = after.get(one.numero), one.action.avancement
        ended = state if state in ("réalisée", "abandonnée") else ""
        yield Followed(one, next, (next.action.suite if next else "") or ended)


def plan_before(entry: Entry[Planned], reader: Reader) -> Plan | None:
    """The plan of the convention that this one renews."""
    renewed = entry.value.renouvelle
    before = reader.find(KIND.registry, renewed) if renewed else None
    return plan_of(before, reader) if before else None


def totals(plan: Plan) -> tuple[Decimal, dict[str, Decimal]]:
    """The cost of the actions that are kept, and what each funder brings, in euros."""
    funders: dict[str, Decimal] = {}
    cost = Decimal(0)
    for one in plan.kept():
        cost += one.action.budget or Decimal(0)
        for ligne in one.action.financements:
            funders[ligne.libelle] = funders.get(ligne.libelle, Decimal(0)) + ligne.montant
    return cost, funders


# --- The follow-up board of a plan d'actions: an XLSX that agents keep; `plan: {fichier: …}` reads it back


SHEET = "Suivi"
_ALWAYS = frozenset(
    (
        "axe",
        "numero",
        "titre",
        "pilote",
        "calendrier",
        "cout",
        "financements",
        "indicateurs",
        "avancement",
        "commentaire",
    )
)
_ORDER = (
    *(
        "axe",
        "enjeu",
        "numero",
        "titre",
        "suite",
        "origine",
        "avancement",
        "commentaire",
        "pilote",
        "partenaires",
    ),
    *("calendrier", "debut", "fin", "cout", "financements", "indicateurs", "constat", "objectif_general"),
    *("objectifs", "public", "territoire", "description", "moyens"),
)
_WIDTHS = {"numero": 7, "titre": 38, "axe": 20, "cout": 13, "debut": 12, "fin": 12, "suite": 13, "origine": 9}
_DEFAULT_WIDTH = 28
_MOST_FUNDERS = 8
_CHOICES = {"avancement": get_args(Avancement), "suite": get_args(Suite)}
_EUROS, _DAY = '#,##0.00" €"', "dd/mm/yyyy"
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")

Value = str | Decimal | date | None


def board(plan: Plan, title: str) -> bytes:
    """The workbook, one action a row; the same bytes for the same plan. `title` goes to its properties."""
    from openpyxl import Workbook

    book = Workbook()
    page: Any = book.active
    page.title = SHEET
    book.properties.title, book.properties.creator = title, "ctgdocs"
    funders = _funders(plan)
    rows = [_row(plan, one, funders) for one in plan.actions()]
    columns = [
        column
        for field in _ORDER
        if field in _ALWAYS or any(row.get(field) is not None for row in rows)
        for column in (funders if field == "financements" and funders else (field,))
    ]
    _write(page, columns, rows, [_total_of(plan, column) for column in columns])
    _write_others(page, len(columns), plan.others)
    _dress(page, columns, len(columns) + len(plan.others), len(rows))
    stream = io.BytesIO()
    book.save(stream)
    return _steady(stream.getvalue())


def _funders(plan: Plan) -> tuple[str, ...]:
    """The headings of one column for each funder, empty when the plan does not fit in such columns: too many
    of them, one that comes twice in an action, a name that its heading would not give back."""
    order: dict[str, None] = {}
    for one in plan.actions():
        names = [ligne.libelle for ligne in one.action.financements]
        order.update(dict.fromkeys(names))
        ranks = [list(order).index(name) for name in names]
        if ranks != sorted(set(ranks)):
            return ()
    fits = len(order) <= _MOST_FUNDERS and all(funder_of(_funded(name)) == name for name in order)
    return tuple(map(_funded, order)) if fits else ()


def _funded(name: str) -> str:
    return f"Financement {name}"


def _total_of(plan: Plan, column: str) -> Decimal | None:
    """What the last row says of a column: a sum of the actions that are kept."""
    cost, funders = totals(plan)
    if column == "cout":
        return cost
    return next((total for name, total in funders.items() if _funded(name) == column), None)


def _row(plan: Plan, one: Numbered, funders: Sequence[str]) -> dict[str, Value]:
    action = one.action
    first = one.path[3] == 0
    values: dict[str, Value] = {
        field: _said(getattr(action, field)) for field in _ORDER if hasattr(action, field)
    }
    values["axe"], values["numero"] = one.titre_de_l_axe, one.numero
    values["enjeu"] = plan.axes[one.axe - 1].enjeu if first else None
    values["cout"] = action.budget
    values["financements"] = _lines(
        f"{each.libelle} : {montant(each.montant)}" for each in action.financements
    )
    values["indicateurs"] = _lines(map(indicator, action.indicateurs))
    if funders:
        values |= {_funded(each.libelle): each.montant for each in action.financements}
    return values


def _said(value: object) -> Value:
    if isinstance(value, tuple):
        return _lines(value)
    return value if isinstance(value, str | Decimal | date) else None


def _lines(items: Iterable[object]) -> str | None:
    return "\n".join(map(str, items)) or None


def indicator(one: Indicateur) -> str:
    """« Nombre de familles (quantitatif) – cible : 60 – source : bilan Caf »."""
    said = f"{one.intitule} ({one.nature})" if one.nature else one.intitule
    said += f" – cible : {one.cible}" if one.cible else ""
    return said + (f" – source : {one.source}" if one.source else "")


# --- the sheet ------------------------------------------------------------------------------------------


def _write(
    page: Worksheet, columns: Sequence[str], rows: Sequence[dict[str, Value]], sums: Sequence[Decimal | None]
) -> None:
    for at, column in enumerate(columns, start=1):
        _put(page, 1, at, HEADINGS[column][0] if column in HEADINGS else column)
    for line, row in enumerate(rows, start=2):
        for at, column in enumerate(columns, start=1):
            _put(page, line, at, row.get(column))
    last = len(rows) + 2
    _put(page, last, 1, "Total")
    for at, total in enumerate(sums, start=1):
        _put(page, last, at, total)


def _write_others(page: Worksheet, after: int, others: Sequence[Other]) -> None:
    """The columns that no field takes, as their workbook holds them."""
    for at, other in enumerate(others, start=after + 1):
        _put(page, 1, at, other.heading or None)
        for line, kept in enumerate(other.cells, start=2):
            if isinstance(kept.value, str) or kept.value is None:
                _put(page, line, at, kept.text or None)
            else:
                cell: Any = page.cell(line, at)
                cell.value, cell.number_format = kept.value, kept.form or "General"


def _put(page: Worksheet, line: int, column: int, value: Value) -> None:
    """A value as what it is; a text that looks like a formula stays a text."""
    if value is None:
        return
    cell: Any = page.cell(line, column)
    if isinstance(value, str):
        cell.value, cell.data_type, cell.quotePrefix = value, "s", value.startswith(("=", "+", "-", "@"))
        return
    cell.value = float(value) if isinstance(value, Decimal) else value
    cell.number_format = _EUROS if isinstance(value, Decimal) else _DAY


def _dress(page: Worksheet, columns: Sequence[str], width: int, rows: int) -> None:
    """Headings that stay in sight and filter, columns wide enough, lists to choose from, printed on one page
    of width."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.properties import PageSetupProperties

    edge = Side("thin", "BFBFBF")
    for row in page.iter_rows(min_row=1, max_row=rows + 2, max_col=width):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.border = Border(edge, edge, edge, edge)
            if cell.row in (1, rows + 2):
                cell.font = Font(bold=True)
                cell.fill = PatternFill("solid", "E7EDF4")
    for at in range(len(columns) + 1, width + 1):
        page.column_dimensions[get_column_letter(at)].width = _DEFAULT_WIDTH
    for at, column in enumerate(columns, start=1):
        letter = get_column_letter(at)
        page.column_dimensions[letter].width = _WIDTHS.get(
            column, _DEFAULT_WIDTH if column in HEADINGS else 15
        )
        if column in _CHOICES and rows:
            choice = DataValidation("list", formula1=f'"{",".join(_CHOICES[column])}"', allow_blank=True)
            choice.add(f"{letter}2:{letter}{rows + 1}")
            page.add_data_validation(choice)
    page.freeze_panes = page.cell(2, columns.index("titre") + 2).coordinate
    page.auto_filter.ref = f"A1:{get_column_letter(width)}{rows + 1}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = "1:1"


def _steady(data: bytes) -> bytes:
    """The same workbook without the hour of its making."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as made,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as kept,
    ):
        for name in made.namelist():
            part = made.read(name)
            if name == "docProps/core.xml":
                part = _STAMP.sub(rb"\g<1>1980-01-01T00:00:00Z", part)
            kept.writestr(zipfile.ZipInfo(name, _ZIP_DATE), part, zipfile.ZIP_DEFLATED)
    return stream.getvalue()
