"""What other word processors write in a letterhead, put as Word wants it.

LibreOffice exports alignments named `start` where Word's schema says `left`, list levels in another order,
font charsets by name, and switches widow control off in styles whose author never thought of it.
"""

from __future__ import annotations

from lxml import etree

from ctgdocs.rendering.parts import w

LANGUAGE = "fr-FR"
_VML = "urn:schemas-microsoft-com:vml"
_DOC_PR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"

_SIDES = {"start": "left", "end": "right"}
_ORDERS = {
    "lvl": (
        "start", "numFmt", "lvlRestart", "pStyle", "isLgl", "suff", "lvlText", "lvlPicBulletId", "legacy",
        "lvlJc", "pPr", "rPr",
    ),
    "style": (
        "name", "aliases", "basedOn", "next", "link", "autoRedefine", "hidden", "uiPriority", "semiHidden",
        "unhideWhenUsed", "qFormat", "locked", "personal", "personalCompose", "personalReply", "rsid", "pPr",
        "rPr", "tblPr", "trPr", "tcPr", "tblStylePr",
    ),
}  # fmt: skip
_RANKS = {w(name): {w(tag): rank for rank, tag in enumerate(order)} for name, order in _ORDERS.items()}
_OFF = ("0", "false", "off")
_BARE = frozenset(w(tag) for tag in ("bidiVisual", "tblHeader", "cantSplit"))
_SEEN = tuple(w(tag) for tag in ("jc", "lvlJc", "lvl", "style", "charset", "widowControl", "lang"))


def tidy(root: etree._Element) -> None:
    """Repairs a part of a charte in place: styles, numbering, fonts, header or footer."""
    for node in list(root.iter(*_SEEN, *_BARE)):
        value = node.get(w("val"), "")
        if node.tag in _RANKS:
            _sort(node, _RANKS[str(node.tag)])
        elif node.tag == w("charset"):
            node.attrib.pop(w("characterSet"), "")
        elif node.tag == w("lang"):
            if value not in ("", "zxx", LANGUAGE):
                node.set(w("val"), LANGUAGE)
        elif node.tag == w("widowControl") or node.tag in _BARE:
            parent = node.getparent()
            if value in _OFF and parent is not None:
                parent.remove(node)
            elif node.tag in _BARE:
                node.attrib.pop(w("val"), "")
        elif value in _SIDES:
            node.set(w("val"), _SIDES[value])


def set_apart(root: etree._Element, first: int) -> None:
    """Makes the ids of a header or footer its own in the whole file: pictures are numbered from `first`, VML
    shapes named after it, bookmarks (which nothing in a margin refers to) dropped."""
    for number, node in enumerate(root.iter(_DOC_PR), start=first):
        node.set("id", str(number))
    for number, node in enumerate(root.iter(f"{{{_VML}}}*"), start=first):
        node.attrib.pop("ID", "")
        if node.get("id") and node.tag != f"{{{_VML}}}shapetype":
            node.set("id", f"{node.get('id')}_{number}")
    for node in list(root.iter(w("bookmarkStart"), w("bookmarkEnd"))):
        parent = node.getparent()
        if parent is not None:
            parent.remove(node)


def _sort(node: etree._Element, ranks: dict[str, int]) -> None:
    children = list(node)
    ordered = sorted(children, key=lambda child: ranks.get(str(child.tag), len(ranks)))
    if ordered != children:
        for child in children:
            node.remove(child)
        node.extend(ordered)
