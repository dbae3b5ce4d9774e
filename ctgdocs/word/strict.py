"""Word files in another dialect, as the ordinary one: OOXML Strict, which Word and Excel may write («
Document Open XML Strict »), and names that another program prefixes otherwise (`ns0:p` for `w:p`).

Strict (ISO/IEC 29500-1) names its vocabularies otherwise and types some values otherwise: measures with their
unit, percentages with their sign, sides called start and end. Nothing else tells the two apart: a file mapped
here says and looks the same.

XML lets a writer choose its prefixes; Word always chooses the same, and so does all that is written into its
files. A part mapped here says the same, name for name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from ctgdocs.word.names import R_NS, W_NS, XML_ENDINGS, prefixed_otherwise
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
        elif str(node.tag).startswith("{" + _DRAWING):
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


_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006/"
_MICROSOFT: Final = "http://schemas.microsoft.com/office/word/"
_COMPATIBLE: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_PREFIXES: Final = {
    W_NS: "w",
    R_NS: "r",
    _COMPATIBLE: "mc",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    _DRAWING + "main": "a",
    _DRAWING + "picture": "pic",
    _DRAWING + "chart": "c",
    _DRAWING + "wordprocessingDrawing": "wp",
    _MICROSOFT + "2010/wordml": "w14",
    _MICROSOFT + "2012/wordml": "w15",
    _MICROSOFT + "2010/wordprocessingDrawing": "wp14",
    _MICROSOFT + "2010/wordprocessingShape": "wps",
    _MICROSOFT + "2010/wordprocessingGroup": "wpg",
    _MICROSOFT + "2010/wordprocessingCanvas": "wpc",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
    "urn:schemas-microsoft-com:office:word": "w10",
}
_NAMING: Final = frozenset(
    f"{{{_COMPATIBLE}}}{name}" for name in ("Ignorable", "MustUnderstand", "ProcessContent")
)
"""Attributes whose value names prefixes."""
_CHOICE: Final = f"{{{_COMPATIBLE}}}Choice"


def usual(package: Package) -> Package:
    """The same file with the prefixes of Word. Raises TemplateError for a part that does not read."""
    return {
        name: _mapped(part, name) if name.lower().endswith(XML_ENDINGS) and prefixed_otherwise(part) else part
        for name, part in package.items()
    }


def _mapped(part: bytes, name: str) -> bytes:
    old = parse(part, name)
    named = [(node, key, _spaces(node, value)) for node, key, value in _naming(old)]
    tags = (name for node in old.iter(etree.Element) for name in (node.tag, *node.attrib))
    used = dict.fromkeys(etree.QName(str(name)).namespace or "" for name in tags)
    used |= dict.fromkeys(space for _, _, names in named for space, _ in names)
    prefixes = {_PREFIXES[space]: space for space in used if space in _PREFIXES}
    for prefix, space in old.nsmap.items():
        if prefix and space in used and space not in _PREFIXES:
            prefixes.setdefault(prefix, space)
    root = etree.Element(old.tag, {str(key): str(value) for key, value in old.items()}, nsmap=prefixes)
    root.text = old.text
    root.extend(list(old))
    for node, key, names in named:
        said = {space: prefix for prefix, space in (root if node is old else node).nsmap.items() if prefix}
        value = " ".join(said[space] + rest for space, rest in names if space in said)
        (root if node is old else node).set(key, value)
    return serialize(root)


def _naming(root: etree._Element) -> Iterator[tuple[etree._Element, str, str]]:
    for node in root.iter(etree.Element):
        for key, value in node.items():
            if key in _NAMING or (key == "Requires" and node.tag == _CHOICE):
                yield node, str(key), str(value)


def _spaces(node: etree._Element, value: str) -> list[tuple[str, str]]:
    """The vocabularies that a value names, each with what follows its prefix (`w14:shade`); one that nothing
    declares means nothing."""
    split = [one.partition(":") for one in value.split()]
    return [(space, colon + rest) for prefix, colon, rest in split if (space := node.nsmap.get(prefix))]
