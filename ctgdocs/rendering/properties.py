"""The document's properties: title, author, subject. Their tags are rendered, the title of an act is set."""

from __future__ import annotations

import re
from html import escape
from typing import Final

from ctgdocs.rendering.package import CONTENT_TYPES, Package
from ctgdocs.rendering.safety import relationships

CORE: Final = "docProps/core.xml"
_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_NAMESPACES = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:dcmitype="http://purl.org/dc/dcmitype/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EMPTY = f"{_DECLARATION}<cp:coreProperties {_NAMESPACES}></cp:coreProperties>"
_DC = "http://purl.org/dc/elements/1.1/"
_TITLE = re.compile(r"<(?:\w+:)?title\b[^>]*?(?:/>|>.*?</(?:\w+:)?title>)", re.DOTALL)


def is_rendered(name: str) -> bool:
    """`core.xml` and `app.xml` (where Word repeats the title)."""
    return name in (CORE, "docProps/app.xml") or name.startswith("docProps/core")


def ensure_core(package: Package) -> str:
    """The name of the core properties part, added to `package` when there is none."""
    for relationship in relationships(package["_rels/.rels"]):
        name = relationship.get("Target", "").lstrip("/")
        if relationship.get("Type") == _RELATION and name in package:
            return name
    package[CORE] = _EMPTY.encode()
    rels = package["_rels/.rels"].decode("utf-8-sig")
    ids = {relationship.get("Id") for relationship in relationships(package["_rels/.rels"])}
    id = next(f"rId{n}" for n in range(1, len(ids) + 2) if f"rId{n}" not in ids)
    prefix = _prefix(rels)
    node = f'<{prefix}Relationship Id="{id}" Type="{_RELATION}" Target="{CORE}"/>'
    package["_rels/.rels"] = _before_end(rels, node)
    types = package[CONTENT_TYPES].decode("utf-8-sig")
    if f"/{CORE}" not in types:
        node = f'<{_prefix(types)}Override PartName="/{CORE}" ContentType="{_TYPE}"/>'
        package[CONTENT_TYPES] = _before_end(types, node)
    return CORE


def with_title(core: bytes, title: str) -> bytes:
    """The core properties with that title."""
    xml = core.decode("utf-8-sig")
    node = f'<dc:title xmlns:dc="{_DC}">{escape(title, quote=False)}</dc:title>'
    if _TITLE.search(xml):
        return _TITLE.sub(lambda _: node, xml, count=1).encode("utf-8")
    xml = re.sub(r"(<(?:\w+:)?coreProperties\b[^>]*?)/>\s*$", r"\1></cp:coreProperties>", xml)
    return _before_end(xml, node)


def _prefix(xml: str) -> str:
    """The namespace prefix of the root (`""`, or `ns0:`)."""
    match = re.match(r"(?:<\?.*?\?>\s*)?<(\w+:)?", xml, re.DOTALL)
    return (match[1] or "") if match else ""


def _before_end(xml: str, node: str) -> bytes:
    end = xml.rindex("</")
    return (xml[:end] + node + xml[end:]).encode("utf-8")
