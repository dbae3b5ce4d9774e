"""The styles as Word delivers them: one that nobody touched says nothing of the house's look.

A letterhead made in Word holds them all, in blue. What Word 2007, 2013, 2016 and 2023 deliver is told by size
(half-points), colour, bold and italic, with the fonts of the theme; any other look was chosen.
"""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from ctgdocs.templates.roles import key
from ctgdocs.word.parts import w


class _Look(NamedTuple):
    size: str
    colour: str
    bold: bool = False
    italic: bool = False


_DELIVERED = {
    "title": {_Look("52", "17365D"), _Look("56", "")},
    "subtitle": {
        _Look("24", "4F81BD", italic=True),
        _Look("", "5A5A5A"),
        _Look("22", "5A5A5A"),
        _Look("28", "595959"),
    },
    "heading 1": {
        _Look("28", "365F91", bold=True),
        _Look("32", "2E74B5"),
        _Look("32", "2F5496"),
        _Look("40", "0F4761"),
    },
    "heading 2": {
        _Look("26", "4F81BD", bold=True),
        _Look("26", "2E74B5"),
        _Look("26", "2F5496"),
        _Look("32", "0F4761"),
    },
    "heading 3": {
        _Look("", "4F81BD", bold=True),
        _Look("24", "1F4D78"),
        _Look("24", "1F3763"),
        _Look("28", "0F4761"),
    },
    "heading 4": {
        _Look("", "4F81BD", bold=True, italic=True),
        _Look("", "2E74B5", italic=True),
        _Look("", "2F5496", italic=True),
        _Look("", "0F4761", italic=True),
    },
    "caption": {
        _Look("18", "4F81BD", bold=True),
        _Look("18", "44546A", italic=True),
        _Look("18", "0E2841", italic=True),
    },
    "quote": {_Look("", "000000", italic=True), _Look("", "404040", italic=True)},
}
_CENTRED = ("quote",)


def is_untouched(style: etree._Element) -> bool:
    """True for a style that stands as Word delivers it."""
    name = style.find(w("name"))
    known = _DELIVERED.get(key("" if name is None else name.get(w("val"), "")), set())
    return bool(known) and _look(style) in known and not _chosen(style)


def _look(style: etree._Element) -> _Look:
    properties = style.find(w("rPr"))
    if properties is None:
        return _Look("", "")
    return _Look(
        _value(properties, "sz"),
        _value(properties, "color").upper(),
        _is_on(properties, "b"),
        _is_on(properties, "i"),
    )


def _value(properties: etree._Element, tag: str) -> str:
    node = properties.find(w(tag))
    return "" if node is None else node.get(w("val"), "")


def _is_on(properties: etree._Element, tag: str) -> bool:
    node = properties.find(w(tag))
    return node is not None and node.get(w("val"), "1") not in ("0", "false", "off")


def _chosen(style: etree._Element) -> bool:
    """True when a font is named, or the text is placed otherwise than Word does."""
    fonts = style.find(f"{w('rPr')}/{w('rFonts')}")
    placed = style.find(f"{w('pPr')}/{w('jc')}")
    named = fonts is not None and (fonts.get(w("ascii")) or fonts.get(w("hAnsi")))
    name = style.find(w("name"))
    centred = name is not None and key(name.get(w("val"), "")) in _CENTRED
    return bool(named) or (placed is not None and not centred)
