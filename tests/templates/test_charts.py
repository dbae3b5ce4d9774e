"""Charts in Word: the drawing, its part, and the workbook that « Modifier les données » opens."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from lxml import etree
from word_samples import a_template, unzipped, zipped

from ctgdocs.prose import Chart, Paragraph, Prose, Run, Series
from ctgdocs.templates import Template
from ctgdocs.templates.charts import ChartLook, chart_part
from ctgdocs.word.package import read
from ctgdocs.word.safety import make_safe

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
PLACES = Chart(
    "barres",
    ("Lavol & alentours", "Le Causol"),
    (Series("2021", ("12.5", "")), Series("« 2026 »", ("15", "9"))),
    unit="€",
    alt='Graphique en barres : <places> & "familles".',
)


@pytest.fixture(scope="module")
def template() -> Template:
    return Template.load(zipped(a_template("{{p texte }}")))


def made(template: Template, *charts: Chart) -> dict[str, bytes]:
    between = (block for chart in charts for block in (chart, Paragraph((Run("après"),))))
    return unzipped(template.render({"texte": Prose(tuple(between))}))


def test_a_chart_is_drawn_with_its_words_for_who_cannot_see_it(template: Template) -> None:
    package = made(template, PLACES)
    frame = etree.fromstring(package["word/document.xml"]).find(".//{*}docPr")
    assert frame is not None
    assert frame.get("descr") == PLACES.alt
    root = etree.fromstring(package["word/charts/chart1.xml"])
    assert [node.text for node in root.iter(f"{C}v")] == [
        "2021", *PLACES.categories, "12.5", "« 2026 »", *PLACES.categories, "15", "9",
    ]  # fmt: skip
    assert {node.get("val", "") for node in root.iter(f"{C}axId")} == {"50010", "50020"}


def test_its_workbook_opens_and_holds_the_same(template: Template) -> None:
    book = made(template, PLACES)["word/embeddings/graphique1.xlsx"]
    sheet = openpyxl.load_workbook(io.BytesIO(book)).active
    assert sheet is not None
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        [None, "2021", "« 2026 »"],
        ["Lavol & alentours", 12.5, 15],
        ["Le Causol", None, 9],
    ]


@pytest.mark.parametrize("form", ["barres", "courbe", "secteurs"])
def test_the_same_chart_is_the_same_bytes_and_its_series_say_where_they_stand(
    template: Template, form: str
) -> None:
    chart = PLACES._replace(form=form)
    first = made(template, chart)
    assert first == made(template, chart)
    part = first["word/charts/chart1.xml"].decode()
    assert re.findall(r"<c:f>(.*?)</c:f>", part)[:3] == [
        "Feuil1!$B$1", "Feuil1!$A$2:$A$3", "Feuil1!$B$2:$B$3",
    ]  # fmt: skip


def test_several_charts_stand_in_one_document_and_are_declared(template: Template) -> None:
    package = made(template, PLACES, PLACES._replace(form="secteurs"))
    types = package["[Content_Types].xml"].decode()
    assert [types.count(f'PartName="/word/charts/chart{n}.xml"') for n in (1, 2, 3)] == [1, 1, 0]
    assert types.count('Extension="xlsx"') == 1
    ids = re.findall(rb'<wp:docPr id="(\d+)"', package["word/document.xml"])
    assert len(set(ids)) == 2


def test_a_document_with_charts_may_come_back_as_a_template(template: Template) -> None:
    with_a_tag = made(template, PLACES)
    body = with_a_tag["word/document.xml"].replace("après".encode(), b"{{ nom }}")
    again = Template.load(zipped(make_safe(read(zipped({**with_a_tag, "word/document.xml": body})))))
    package = unzipped(again.render({"nom": "Lavol"}))
    assert package["word/charts/chart1.xml"] == with_a_tag["word/charts/chart1.xml"]


@pytest.mark.parametrize(
    ("value", "axis"),
    [("9.5", '#,##0.0\\ "€"'), ("10.5", '#,##0\\ "€"')],
)
def test_an_axis_of_great_numbers_has_round_ones(value: str, axis: str) -> None:
    chart = PLACES._replace(series=(Series("Prix", (value, "")),))
    root = etree.fromstring(chart_part(chart, ChartLook("1F3A5F", "")))
    shown = root.find(f".//{C}valAx/{C}numFmt")
    assert shown is not None
    assert shown.get("formatCode", "").endswith(f"]{axis}")


@pytest.mark.parametrize(("amount", "shown"), [("265", "1"), ("770500", "0")])
def test_a_number_that_would_stand_on_the_next_column_is_left_to_the_axis(amount: str, shown: str) -> None:
    series = tuple(Series(f"Série {rank}", (amount,) * 3) for rank in range(4))
    chart = PLACES._replace(categories=("2025", "2026", "2027"), series=series, unit="€")
    part = chart_part(chart, ChartLook("1F3A5F", "")).decode()
    assert set(re.findall(r'<c:showVal val="(\d)"', part)) == {shown}


def test_charts_wear_the_colour_and_the_font_of_the_page() -> None:
    part = chart_part(PLACES, ChartLook("1F3A5F", "Marianne")).decode()
    assert '<a:latin typeface="Marianne"/>' in part
    assert re.findall(r'<c:ser>.*?srgbClr val="(\w+)"', part) == ["1F3A5F", "9AA6B7"]
