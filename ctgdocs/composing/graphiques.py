"""Charts of tables: which of its columns a table shows as bars, a curve or sectors, under which names.

A chart repeats what stands in its table, and nothing else: the texts of the cells are read as `columns.py`
reads them, totals and subtotals left out, columns of one unit together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple, get_args

from ctgdocs.composing.columns import Column, column_of
from ctgdocs.findings import Finding, Place, Severity
from ctgdocs.french import Profil, enumeration, nombre
from ctgdocs.patterns import regex
from ctgdocs.prose import Cell, Chart, ChartForm, Series, TableBlock
from ctgdocs.vocabulary.totaux import INCOME, Sort, sort_of, sorts

FORMS: Final[tuple[ChartForm, ...]] = get_args(ChartForm)
_CALLED: Final = {"barres": "Graphique en barres", "courbe": "Courbe", "secteurs": "Graphique en secteurs"}
_MOST: Final = {"barres": 60, "courbe": 400, "secteurs": 12}
"""How many points one can still tell apart."""
_TIME = regex(r"(?:[TS]\d\s+)?(?:19|20)\d\d(?:\s*[-–/]\s*(?:19|20)?\d\d)?")
_TOLD: Final = 6
"""How many series a screen reader is told of."""
_LINES = "donnez au tableau une colonne de nombres, ou retirez le graphique"


class _Measures(NamedTuple):
    """The columns of one unit that a chart shows, those of texts before them, and that which names its
    lines, -1 when there is none."""

    numbers: tuple[int, ...]
    titles: tuple[int, ...]
    naming: int


def chart_of(table: TableBlock, form: ChartForm, profil: Profil) -> tuple[Chart | None, list[Finding]]:
    """The chart of a table, None when there is nothing to draw; what is wrong with it, at no line."""
    width = max((len(row) for row in table.rows), default=0)
    texts = [[_text(cell) for cell in row] + [""] * (width - len(row)) for row in table.rows]
    head, body = texts[0] if texts else [], texts[1:]
    columns = list(_columns(head, body))
    measures = _measures(columns, body)
    if measures is None:
        return None, [_told("le tableau n’a pas de nombres à montrer en graphique", _LINES)]
    lines = list(_lines(body, columns, measures))
    names = _names(columns, measures)
    series = [
        Series(name, tuple(_figure(columns[at], row[at]) for row in lines))
        for name, at in zip(names, measures.numbers, strict=True)
    ]
    labels = tuple(_labels(lines, measures.naming))
    if form == "courbe" and len(series) > 1 and all(_TIME.fullmatch(one.name) for one in series):
        labels, series = _turned(labels, series)
    if form == "secteurs":
        series = series[:1]
    unit = columns[measures.numbers[0]].unit
    chart = Chart(form, labels, tuple(series), "h" if not unit and _hours(columns, measures) else unit)
    problems = list(_doubts(chart))
    if any(problem.severity is Severity.ERREUR for problem in problems):
        return None, problems
    return chart._replace(alt=_said(chart, table.caption, profil)), problems


def _text(cell: Cell) -> str:
    return " ".join("".join(run.text for run in one.runs) for one in cell.paragraphs).strip()


def _columns(head: Sequence[str], body: Sequence[Sequence[str]]) -> Iterator[Column]:
    context = ""
    for index, heading in enumerate(head):
        column = column_of(heading, [row[index] for row in body], context)
        yield column
        context = heading if column.nature == "texte" else context


def _measures(columns: Sequence[Column], body: Sequence[Sequence[str]]) -> _Measures | None:
    """The columns to show: of a financing plan, what is received; of several units, that of most columns."""
    sides: list[list[int]] = [[]]
    for index, column in enumerate(columns):
        if column.nature == "texte" and any(columns[at].nature != "texte" for at in sides[-1]):
            sides.append([])
        sides[-1].append(index)
    sides = [side for side in sides if any(columns[at].nature != "texte" for at in side)]
    if not sides:
        return None
    side = next((one for one in sides if INCOME.search(columns[one[0]].heading)), sides[0])
    numbers = [at for at in side if columns[at].nature != "texte"]
    parts = [at for at in numbers if sort_of(columns[at].heading) is Sort.ITEM] or numbers
    groups: dict[tuple[str, str], list[int]] = {}
    for at in parts:
        groups.setdefault((columns[at].nature, columns[at].unit), []).append(at)
    chosen = max(groups.values(), key=len)
    titles = tuple(at for at in side if at < numbers[0])
    return _Measures(tuple(chosen), titles, _naming(titles, body))


def _naming(titles: Sequence[int], body: Sequence[Sequence[str]]) -> int:
    """The column whose texts tell the lines apart, the most talkative of them."""
    items = [row for row in body if _item(row, titles)]
    said = {at: [row[at] for row in items if row[at]] for at in titles}
    return max(said, key=lambda at: (len(set(said[at])), sum(map(len, said[at]))), default=-1)


def _item(row: Sequence[str], titles: Sequence[int]) -> bool:
    """Whether a line is no total, nor a part of that above."""
    return all(sort_of(row[at]) is Sort.ITEM for at in titles)


def _lines(
    body: Sequence[Sequence[str]], columns: Sequence[Column], measures: _Measures
) -> Iterator[Sequence[str]]:
    """The lines that bear a number of their own: neither titles, nor totals and parts of a line."""
    labels = [row[max(measures.naming, 0)] for row in body]
    for row, sort in zip(body, sorts(labels), strict=True):
        own = sort is Sort.ITEM and _item(row, measures.titles)
        if own and any(_figure(columns[at], row[at]) for at in measures.numbers):
            yield row


def _labels(lines: Sequence[Sequence[str]], naming: int) -> Iterator[str]:
    """What each line is called; a cell that goes on from the line above bears its name."""
    above = ""
    for number, line in enumerate(lines, 1):
        above = (line[naming] or above) if naming >= 0 else str(number)
        yield above


def _figure(column: Column, text: str) -> str:
    """The number of a cell as a file holds it, "" for none; hours in hours."""
    value = column.value(text)
    if value is None:
        return ""
    if column.nature == "heures":
        value = (value / 60).quantize(Decimal("0.01"))
    return f"{value:f}"


def _hours(columns: Sequence[Column], measures: _Measures) -> bool:
    return columns[measures.numbers[0]].nature == "heures"


def _names(columns: Sequence[Column], measures: _Measures) -> list[str]:
    """What each column is called: « Recettes » rather than « Montant », when one stands alone."""
    if len(measures.numbers) > 1 or measures.naming < 0:
        return [columns[at].heading for at in measures.numbers]
    own, naming = columns[measures.numbers[0]], columns[measures.naming]
    plain = own.heading.strip().lower() in ("montant", "montants", "")
    return [naming.heading if plain and naming.heading else own.heading]


def _turned(labels: Sequence[str], series: Sequence[Series]) -> tuple[tuple[str, ...], list[Series]]:
    """Years in the headings run along a curve, whose lines are those of the table."""
    lines = zip(*(one.values for one in series), strict=True)
    turned = [Series(name, tuple(values)) for name, values in zip(labels, lines, strict=True)]
    return tuple(one.name for one in series), turned


def _doubts(chart: Chart) -> Iterator[Finding]:
    most, points = _MOST[chart.form], len(chart.categories) * len(chart.series)
    if chart.form == "secteurs" and any(value.startswith("-") for value in chart.series[0].values):
        message = "un graphique en secteurs ne montre pas de nombres négatifs"
        yield _told(message, "écrivez graphique: barres", Severity.ERREUR)
    elif points > most:
        hint = "montrez moins de lignes, ou écrivez une autre sorte de graphique"
        yield _told(f"le graphique a {points} points : il ne se lira pas", hint)


def _told(message: str, hint: str, severity: Severity = Severity.ALERTE) -> Finding:
    return Finding("graphique", severity, message, Place("", 1, 1), hints=(hint,))


def _said(chart: Chart, caption: str, profil: Profil) -> str:
    """What a screen reader says of a chart: its form, its title, and how far each series goes: from its
    lowest to its highest, or from the first point of a curve to the last. The table says the rest."""
    what = f"{_CALLED[chart.form]} : {caption or enumeration([one.name for one in chart.series])}."
    return " ".join((what, *(_series_said(one, chart, profil) for one in chart.series[:_TOLD])))


def _series_said(series: Series, chart: Chart, profil: Profil) -> str:
    points = [
        (Decimal(value), name) for value, name in zip(series.values, chart.categories, strict=True) if value
    ]
    if not points:
        return ""
    if chart.form != "courbe":
        points.sort(key=lambda point: point[0])
    first, last = (
        f"{nombre(value, profil, unite=chart.unit)} ({name})" for value, name in (points[0], points[-1])
    )
    return f"{series.name} : de {first} à {last}." if len(points) > 1 else f"{series.name} : {first}."
