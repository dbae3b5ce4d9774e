"""What other word processors write in a letterhead, put as Word wants it.

LibreOffice exports alignments named `start` where Word's schema says `left`, list levels in another order,
font charsets by name, and switches widow control off in styles whose author never thought of it.
"""

from __future__ import annotations

from lxml import etree

from ctgdocs.rendering.parts import w

LANGUAGE = "fr-FR"

_SIDES = {"start": "left", "end": "right"}
_LEVEL_ORDER = {
    w(tag): place
    for place, tag in enumerate(
        ("start", "numFmt", "lvlRestart", "pStyle", "isLgl", "suff", "lvlText", "lvlPicBulletId", "legacy",
         "lvlJc", "pPr", "rPr")
    )
}  # fmt: skip


def tidy(root: etree._Element) -> None:
    """Repairs a part of a charte in place: styles, numbering, fonts, header or footer."""
    for node in list(root.iter(w("jc"), w("lvlJc"), w("lvl"), w("charset"), w("widowControl"), w("lang"))):
        value = node.get(w("val"), "")
        if node.tag == w("lvl"):
            _sort_level(node)
        elif node.tag == w("charset"):
            node.attrib.pop(w("characterSet"), "")
        elif node.tag == w("widowControl"):
            parent = node.getparent()
            if value in ("0", "false", "off") and parent is not None:
                parent.remove(node)
        elif node.tag == w("lang"):
            if value not in ("", "zxx", LANGUAGE):
                node.set(w("val"), LANGUAGE)
        elif value in _SIDES:
            node.set(w("val"), _SIDES[value])


def _sort_level(level: etree._Element) -> None:
    children = list(level)
    ordered = sorted(children, key=lambda child: _LEVEL_ORDER.get(str(child.tag), len(_LEVEL_ORDER)))
    if ordered != children:
        for child in children:
            level.remove(child)
        level.extend(ordered)
