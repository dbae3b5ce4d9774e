"""The properties of a table's cell, as `{% cellbg %}`, `{% colspan %}`, `{% vm %}` and `{% hm %}` need them.

docxtpl writes what these tags say into the `w:tcPr` it finds, first or last in it. Here a cell that has none
is given one, and what was added takes the place that Word's schema wants.
"""

from __future__ import annotations

import re
from typing import Any, Final

from ctgdocs.rendering.parts import w

_CHANGES_CELL = re.compile(r"\{%\s*(?:cellbg|colspan|vm|hm)\b")
_PROPERTIES = re.compile(r"(<w:tcPr>)((?:(?!<w:tcPrChange|</w:tcPr>).)*)(</w:tcPr>)", re.DOTALL)
_PROPERTY = re.compile(r"<w:(\w+)(?:\s[^>]*)?(?:/>|>.*?</w:\1>)", re.DOTALL)
_ORDER: Final = (
    "cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "textDirection",
    "tcFitText", "vAlign", "hideMark",
)  # fmt: skip


def with_properties(root: Any) -> None:
    """Gives a `w:tcPr` to the cells of a part whose tags want to change it."""
    for cell in root.iter(w("tc")):
        if (len(cell) == 0 or cell[0].tag != w("tcPr")) and _CHANGES_CELL.search("".join(cell.itertext())):
            cell.insert(0, cell.makeelement(w("tcPr"), {}))


def in_schema_order(patched: str) -> str:
    """A patched part, the properties of its cells in order where a tag changed them."""
    return _PROPERTIES.sub(_ordered, patched)


def _ordered(properties: re.Match[str]) -> str:
    opening, inside, closing = properties.groups()
    if "{{" not in inside and "{%" not in inside:
        return properties[0]
    found = [(match[1], match[0]) for match in _PROPERTY.finditer(inside)]
    if "".join(text for _, text in found) != inside or not all(name in _ORDER for name, _ in found):
        return properties[0]
    found.sort(key=lambda property: _ORDER.index(property[0]))
    return opening + "".join(text for _, text in found) + closing
