"""Charts as Word keeps them: a DrawingML chart, and the workbook that its « Modifier les données » opens.

ECMA-376 part 1, § 21.2. Plain string building: the same chart is the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import cycle, islice
from typing import Final, NamedTuple

from ctgdocs.prose import Chart, Series
from ctgdocs.word.names import CONTENT_TYPES, OFFICE, PACKAGE_RELS, R_NS, RELS_NS, TYPES_NS
from ctgdocs.word.package import write

CHART_TYPE: Final = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
WORKBOOK_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FIRST: Final = "rId1"

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_SHEET_NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SHEET = "Feuil1"
_CM: Final = 360_000  # Word’s unit, in a centimetre
_CATEGORIES_AXIS, _VALUES_AXIS = 50010, 50020
_LONG = 14  # characters of a label that stands badly under its column
_ROUND = 10  # from where on an axis has no decimals
_MOST_LABELS = 24  # numbers written on the chart itself
_WIDEST_LABELS = 95  # characters that stand side by side above the columns, at the size of the numbers
_GREY = "595959"
_TINTS: Final = (0.0, 0.55, 0.3, 0.75, 0.15, 0.65)
"""How far each series is from the colour of the charte, on the way to white: told apart in grey too."""
_LEGEND = '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>'
_NOTHING = "<a:noFill/><a:ln><a:noFill/></a:ln>"
_MARKERS: Final = ("circle", "square", "diamond", "triangle", "x", "star")


class ChartLook(NamedTuple):
    """The colour of the charte (`1F3A5F`), its font ("" for that of the document)."""

    colour: str
    font: str


def frame(chart: Chart, relation: str, width: int, height: int) -> str:
    """The drawing of a chart in a run, in EMU."""
    return (
        f'<w:drawing><wp:inline xmlns:wp="{_WP}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr id="1" name="Graphique" descr="{escape(chart.alt)}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic xmlns:a="{_A}"><a:graphicData uri="{_C}">'
        f'<c:chart xmlns:c="{_C}" xmlns:r="{R_NS}" r:id="{relation}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )


def height_of(chart: Chart) -> int:
    """How high a chart stands, in EMU: a horizontal bar takes its line."""
    if not _lies(chart):
        return 8 * _CM
    bars = len(chart.categories) * (len(chart.series) + 1)
    return (2 + max(bars * 45 // 100, 4)) * _CM


def _lies(chart: Chart) -> bool:
    """Whether bars are horizontal: names that do not stand under a column."""
    longest = max(map(len, chart.categories), default=0)
    return chart.form == "barres" and (longest > _LONG or len(chart.categories) > 8)


def chart_part(chart: Chart, look: ChartLook) -> bytes:
    """The part of a chart, tied to its workbook by `chart_relations`."""
    plot = _PLOTS[chart.form](chart, look)
    legend = (
        "" if chart.form == "secteurs" else '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>'
    )
    font = f'<a:latin typeface="{escape(look.font)}"/>' if look.font else ""
    return (
        f'{_XML}<c:chartSpace xmlns:c="{_C}" xmlns:a="{_A}" xmlns:r="{R_NS}"><c:date1904 val="0"/>'
        f'<c:lang val="fr-FR"/><c:roundedCorners val="0"/><c:chart>{_title(chart)}'
        f"<c:plotArea><c:layout/>{plot}</c:plotArea>{legend}"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr>{_NOTHING}</c:spPr><c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr>"
        f'<a:defRPr sz="900">{_solid(_GREY)}{font}</a:defRPr></a:pPr>'
        '<a:endParaRPr lang="fr-FR"/></a:p></c:txPr>'
        f'<c:externalData r:id="{_FIRST}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    ).encode()


def chart_relations(workbook: str) -> bytes:
    """The relationships of a chart with its workbook, at that address."""
    return _relationship("package", workbook)


def _title(chart: Chart) -> str:
    """Sectors have no legend to say what they share; the others have one."""
    if chart.form != "secteurs":
        return '<c:autoTitleDeleted val="1"/>'
    text = f'<a:r><a:rPr lang="fr-FR" sz="1000" b="1"/><a:t>{escape(chart.series[0].name)}</a:t></a:r>'
    return (
        f"<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p>{text}</a:p></c:rich></c:tx>"
        '<c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/>'
    )


# --- plots ----------------------------------------------------------------------------------------------


def _bars(chart: Chart, look: ChartLook) -> str:
    lying = _lies(chart)
    series = "".join(
        _series(chart, index, _fill(tint), '<c:invertIfNegative val="0"/>' + _labels(chart, "outEnd"))
        for index, tint in enumerate(_tints(look.colour, len(chart.series)))
    )
    axes = f'<c:axId val="{_CATEGORIES_AXIS}"/><c:axId val="{_VALUES_AXIS}"/>'
    return (
        f'<c:barChart><c:barDir val="{"bar" if lying else "col"}"/><c:grouping val="clustered"/>'
        f'<c:varyColors val="0"/>{series}<c:gapWidth val="60"/>{axes}</c:barChart>{_axes(chart, lying=lying)}'
    )


def _curve(chart: Chart, look: ChartLook) -> str:
    drawn = []
    for index, tint in enumerate(_tints(look.colour, len(chart.series))):
        line = f'<c:spPr><a:ln w="28575" cap="rnd">{_solid(tint)}<a:round/></a:ln></c:spPr>'
        symbol = _MARKERS[index % len(_MARKERS)]
        filled = f"<c:spPr>{_solid(tint)}{_line(9525, tint)}</c:spPr>"
        marker = f'<c:marker><c:symbol val="{symbol}"/><c:size val="6"/>{filled}</c:marker>'
        drawn.append(_series(chart, index, line, marker + _labels(chart, "t"), '<c:smooth val="0"/>'))
    axes = f'<c:axId val="{_CATEGORIES_AXIS}"/><c:axId val="{_VALUES_AXIS}"/>'
    return (
        f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{"".join(drawn)}'
        f'<c:marker val="1"/>{axes}</c:lineChart>{_axes(chart, lying=False)}'
    )


def _sectors(chart: Chart, look: ChartLook) -> str:
    edge = _line(19050, "FFFFFF")
    points = "".join(
        f'<c:dPt><c:idx val="{index}"/><c:bubble3D val="0"/><c:spPr>{_solid(tint)}{edge}</c:spPr></c:dPt>'
        for index, tint in enumerate(_tints(look.colour, len(chart.categories)))
    )
    labels = (
        '<c:dLbls><c:numFmt formatCode="0\\ %" sourceLinked="0"/><c:spPr><a:noFill/></c:spPr>'
        '<c:dLblPos val="outEnd"/><c:showLegendKey val="0"/><c:showVal val="0"/><c:showCatName val="1"/>'
        '<c:showSerName val="0"/><c:showPercent val="1"/><c:showBubbleSize val="0"/>'
        '<c:separator> : </c:separator><c:showLeaderLines val="1"/></c:dLbls>'
    )
    return (
        f'<c:pieChart><c:varyColors val="1"/>{_series(chart, 0, "", points + labels)}'
        '<c:firstSliceAng val="0"/></c:pieChart>'
    )


_PLOTS: Final = {"barres": _bars, "courbe": _curve, "secteurs": _sectors}


def _series(chart: Chart, index: int, look: str, details: str, end: str = "") -> str:
    """One series: its look, what its form adds to it, its categories and values with their place in the
    workbook."""
    series, column, last = chart.series[index], _letters(index + 1), len(chart.categories) + 1
    return (
        f'<c:ser><c:idx val="{index}"/><c:order val="{index}"/>'
        f"<c:tx>{_texts(f'{_SHEET}!${column}$1', (series.name,))}</c:tx>{look}{details}"
        f"<c:cat>{_texts(f'{_SHEET}!$A$2:$A${last}', chart.categories)}</c:cat>"
        f"<c:val><c:numRef><c:f>{_SHEET}!${column}$2:${column}${last}</c:f><c:numCache>"
        f"<c:formatCode>{escape(_format(chart))}</c:formatCode>{_points(series.values)}</c:numCache></c:numRef>"
        f"</c:val>{end}</c:ser>"
    )


def _texts(where: str, texts: Sequence[str]) -> str:
    return f"<c:strRef><c:f>{where}</c:f><c:strCache>{_points(texts)}</c:strCache></c:strRef>"


def _points(values: Sequence[str]) -> str:
    said = (f'<c:pt idx="{at}"><c:v>{escape(value)}</c:v></c:pt>' for at, value in enumerate(values) if value)
    return f'<c:ptCount val="{len(values)}"/>{"".join(said)}'


def _labels(chart: Chart, where: str) -> str:
    """The numbers on the chart itself, when there is room: none may stand on the column beside its own."""
    shown = len(chart.categories) * len(chart.series) <= _MOST_LABELS
    if chart.form == "barres" and not _lies(chart):
        shown = (
            shown and len(chart.categories) * (len(chart.series) + 0.6) * _longest(chart) <= _WIDEST_LABELS
        )
    place = f'<c:spPr><a:noFill/></c:spPr><c:dLblPos val="{where}"/>' if shown else ""
    return (
        f'<c:dLbls>{place}<c:showLegendKey val="0"/><c:showVal val="{int(shown)}"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
    )


def _axes(chart: Chart, *, lying: bool) -> str:
    """The axis of names, from the top down where bars lie, and that of numbers, from zero."""
    names, numbers = ("l", "b") if lying else ("b", "l")
    line = f"<c:spPr>{_line(9525, '8C8C8C')}</c:spPr>"
    grid = f"<c:majorGridlines><c:spPr>{_line(6350, 'D9D9D9')}</c:spPr></c:majorGridlines>"
    order = "maxMin" if lying else "minMax"
    least = "" if _below_zero(chart) or chart.form == "courbe" else '<c:min val="0"/>'
    return (
        f'<c:catAx><c:axId val="{_CATEGORIES_AXIS}"/><c:scaling><c:orientation val="{order}"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{names}"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f'{line}<c:crossAx val="{_VALUES_AXIS}"/><c:crosses val="autoZero"/><c:auto val="0"/>'
        '<c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>'
        f'<c:valAx><c:axId val="{_VALUES_AXIS}"/><c:scaling><c:orientation val="minMax"/>{least}</c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{numbers}"/>{grid}'
        f'<c:numFmt formatCode="{escape(_format(chart, axis=True))}" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        "<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>"
        f'<c:crossAx val="{_CATEGORIES_AXIS}"/><c:crosses val="{"max" if lying else "autoZero"}"/></c:valAx>'
    )


def _below_zero(chart: Chart) -> bool:
    return any(value.startswith("-") for series in chart.series for value in series.values)


def _format(chart: Chart, *, axis: bool = False) -> str:
    """How numbers are shown, as in French whatever the language of the program; an axis has round ones."""
    values = [value for series in chart.series for value in series.values if value]
    decimals = max(len(value.partition(".")[2]) for value in values)
    if axis and any(abs(float(value)) >= _ROUND for value in values):
        decimals = 0
    unit = f'\\ "{chart.unit}"' if chart.unit else ""
    return f"[$-40C]#,##0{'.' + '0' * decimals if decimals else ''}{unit}"


def _longest(chart: Chart) -> int:
    """Characters of the longest number as it is shown: « 370 000 € »."""
    values = [value for series in chart.series for value in series.values if value]
    decimals = max(len(value.partition(".")[2]) for value in values)
    unit = len(chart.unit) + 1 if chart.unit else 0
    return max(len(f"{float(value):,.{decimals}f}") for value in values) + unit


def _tints(colour: str, count: int) -> Iterator[str]:
    channels = [int(colour[at : at + 2], 16) for at in (0, 2, 4)]
    for share in islice(cycle(_TINTS), count):
        yield "".join(f"{round(one + (255 - one) * share):02X}" for one in channels)


def _fill(colour: str) -> str:
    return f"<c:spPr>{_solid(colour)}</c:spPr>"


def _solid(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'


def _line(width: int, colour: str) -> str:
    return f'<a:ln w="{width}">{_solid(colour)}</a:ln>'


# --- workbook -------------------------------------------------------------------------------------------


def workbook(chart: Chart) -> bytes:
    """The .xlsx of a chart: its categories down the first column, a series in each of the others."""
    head = Series("", chart.categories), *chart.series
    rows = [_row(1, [one.name for one in head], 0)]
    rows += [
        _row(number, values, 1)
        for number, values in enumerate(zip(*(one.values for one in head), strict=True), 2)
    ]
    types = (
        f'{_XML}<Types xmlns="{TYPES_NS}"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{WORKBOOK_TYPE}.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
    )
    return write({
        CONTENT_TYPES: types.encode(),
        PACKAGE_RELS: _relationship("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": (
            f'{_XML}<workbook xmlns="{_SHEET_NS}" xmlns:r="{R_NS}"><sheets>'
            f'<sheet name="{_SHEET}" sheetId="1" r:id="{_FIRST}"/></sheets></workbook>'
        ).encode(),
        "xl/_rels/workbook.xml.rels": _relationship("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": (
            f'{_XML}<worksheet xmlns="{_SHEET_NS}"><sheetData>{"".join(rows)}</sheetData></worksheet>'
        ).encode(),
    })  # fmt: skip


def _row(number: int, texts: Sequence[str], words: int) -> str:
    """A row of the sheet; from the column `words` on, numbers in all rows but the first."""
    cells = []
    for at, text in enumerate(texts):
        place = f'r="{_letters(at)}{number}"'
        if number > 1 and at >= words and text:
            cells.append(f"<c {place}><v>{text}</v></c>")
        elif text:
            cells.append(f'<c {place} t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>')
    return f'<row r="{number}">{"".join(cells)}</row>'


def _letters(column: int) -> str:
    """The letters of a column, from 0.

    >>> _letters(0), _letters(27)
    ('A', 'AB')
    """
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def _relationship(kind: str, target: str) -> bytes:
    """The relationships of a part that has one."""
    line = f'<Relationship Id="{_FIRST}" Type="{OFFICE}{kind}" Target="{target}"/>'
    return f'{_XML}<Relationships xmlns="{RELS_NS}">{line}</Relationships>'.encode()
