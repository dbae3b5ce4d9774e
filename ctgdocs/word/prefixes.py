"""A Word file whose names another program prefixes otherwise (`ns0:p` for `w:p`), as Word prefixes them.

XML lets a writer choose its prefixes; Word always chooses the same, and so does all that is written into its
files. A part mapped here says the same, name for name.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from ctgdocs.word.names import R_NS, W_NS, XML_ENDINGS, prefixed_otherwise
from ctgdocs.word.parts import Package, parse, serialize

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
