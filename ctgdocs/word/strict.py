"""OOXML Strict, which Word and Excel may write (« Document Open XML Strict »), as the ordinary dialect.

Strict (ISO/IEC 29500-1) names its vocabularies otherwise and types some values otherwise: measures with their
unit, percentages with their sign, sides called start and end. Nothing else tells the two apart: a file mapped
here says and looks the same.
"""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from ctgdocs.word.names import W_NS, XML_ENDINGS
from ctgdocs.word.parts import Package, parse, serialize, w

_TAG = re.compile(rb"<[^<>]+>")
_URI = re.compile(rb"(=[\"'])http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
_OTHERWISE: Final = {b"extendedProperties": b"extended-properties", b"customProperties": b"custom-properties"}
_MISNAMED = re.compile(rb"(/2006/relationships/)(extendedProperties|customProperties)(?=[\"'])")

_MEASURE = re.compile(r"(-?\d+(?:\.\d+)?)(mm|cm|in|pt|pc|pi)")
_POINTS: Final = {"mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0, "pt": 1.0, "pc": 12.0, "pi": 12.0}
_PERCENTAGE = re.compile(r"(-?\d+(?:\.\d+)?)%")
_TWIPS, _HALF_POINTS = 20, 2
_HALVES: Final = frozenset(
    w(name) for name in ("sz", "szCs", "kern", "position", "hps", "hpsRaise", "hpsBaseText")
)
_MEASURED: Final = frozenset(
    w(name)
    for name in (
        "w", "h", "top", "bottom", "left", "right", "start", "end", "header", "footer", "gutter", "before",
        "after", "line", "firstLine", "hanging", "pos", "space", "linePitch", "hSpace", "vSpace", "x", "y",
        "tblpX", "tblpY", "leftFromText", "rightFromText", "topFromText", "bottomFromText",
    )
)  # fmt: skip
_VALUED: Final = _HALVES | frozenset(w(name) for name in ("spacing", "trHeight", "defaultTabStop"))
_FIFTIETHS: Final = 50  # of a percent: how the ordinary dialect counts the width of a table

_SIDES: Final = {"start": "left", "end": "right", "startChars": "leftChars", "endChars": "rightChars"}
_SIDED: Final = frozenset(w(name) for name in ("jc", "lvlJc", "tab"))
_EDGED: Final = frozenset(w(name) for name in ("tblBorders", "tcBorders", "tblCellMar", "tcMar"))
_DIRECTIONS: Final = {
    "tb": "lrTb", "rl": "tbRl", "lr": "btLr", "tbV": "lrTbV", "rlV": "tbRlV", "lrV": "tbLrV",
}  # fmt: skip
_CHART: Final = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_DRAWING: Final = "{http://schemas.openxmlformats.org/drawingml/2006/"
_THOUSANDTHS: Final = 1000  # of a percent: how drawings count


def transitional(package: Package) -> Package:
    """The same file in the ordinary dialect. Raises TemplateError for a part that does not read."""
    return {
        name: _ordinary(part, name) if name.lower().endswith(XML_ENDINGS) else part
        for name, part in package.items()
    }


def _ordinary(part: bytes, name: str) -> bytes:
    renamed = _TAG.sub(lambda tag: _URI.sub(_named, tag[0]), serialize(parse(part, name)))
    renamed = _MISNAMED.sub(lambda found: found[1] + _OTHERWISE[found[2]], renamed)
    root = parse(renamed, name)
    root.attrib.pop(w("conformance"), "")
    root.attrib.pop("conformance", "")
    for node in root.iter(etree.Element):
        if str(node.tag).startswith(f"{{{W_NS}}}"):
            _retype(node)
        elif str(node.tag).startswith(_DRAWING):
            _recount(node)
    return serialize(root)


def _named(found: re.Match[bytes]) -> bytes:
    head, family, name = found.groups()
    return head + b"http://schemas.openxmlformats.org/" + family + b"/2006/" + _OTHERWISE.get(name, name)


def _retype(node: etree._Element) -> None:
    """The values of a WordprocessingML element."""
    for name, value in [(str(name), str(value)) for name, value in node.items()]:
        if name in _MEASURED or (name == w("val") and node.tag in _VALUED):
            node.set(name, _measure(value, _HALF_POINTS if node.tag in _HALVES else _TWIPS))
        elif name == w("percent") or (name == w("val") and node.tag == w("w")):
            node.set(name, _PERCENTAGE.sub(r"\1", value))
    if node.tag in _SIDED and (side := _SIDES.get(node.get(w("val"), ""))):
        node.set(w("val"), side)
    elif node.tag == w("ind"):
        for before, after in _SIDES.items():
            if moved := node.attrib.pop(w(before), ""):
                node.set(w(after), moved)
    elif node.tag == w("textDirection"):
        node.set(w("val"), _DIRECTIONS.get(node.get(w("val"), ""), node.get(w("val"), "")))
    elif node.tag in _EDGED:
        for edge in node.iterchildren(w("start"), w("end")):
            edge.tag = w(_SIDES[etree.QName(edge).localname])


def _measure(value: str, unit: int) -> str:
    """A measure in the unit that the ordinary dialect leaves unsaid; a width in percent in fiftieths."""
    if found := _MEASURE.fullmatch(value):
        return str(round(float(found[1]) * _POINTS[found[2]] * unit))
    if found := _PERCENTAGE.fullmatch(value):
        return str(round(float(found[1]) * _FIFTIETHS))
    return value


def _recount(node: etree._Element) -> None:
    """The percentages of a drawing, in thousandths of a percent; those of a chart are plain numbers."""
    times = 1 if str(node.tag).startswith(_CHART) else _THOUSANDTHS
    for name, value in node.items():
        if found := _PERCENTAGE.fullmatch(str(value)):
            node.set(name, str(round(float(found[1]) * times)))
