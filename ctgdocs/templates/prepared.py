"""A Word file made ready to be a template: safe, dressed, able to hold long text, its tags patched."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from lxml import etree

from ctgdocs.templates.charte import dress, with_watermark
from ctgdocs.templates.inspection import STORE
from ctgdocs.templates.patching import source_of, text_source_of, with_ordinals
from ctgdocs.templates.prose_styles import styles_of, with_house_styles
from ctgdocs.templates.stock import Prepared
from ctgdocs.word.ids import Ids
from ctgdocs.word.names import RELS_NS
from ctgdocs.word.package import Member, Package, read, read_members
from ctgdocs.word.parts import parse, relations, serialize, set_content_type, stories
from ctgdocs.word.safety import make_safe

CORE: Final = "docProps/core.xml"
_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_EMPTY = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    b'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    b'xmlns:dcmitype="http://purl.org/dc/dcmitype/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    b"</cp:coreProperties>"
)
_TAG = re.compile(r"\{[{%]")


def prepare(
    data: bytes, charte: bytes, styles: Mapping[str, str], watermark: str, *, ordinals: bool
) -> Prepared:
    """From the bytes of a Word file. Raises TemplateError."""
    members = read_members(data)
    package = make_safe({name: member.part() for name, member in members.items()})
    if charte:
        package = dress(package, make_safe(read(charte), "la charte"), styles)
    package = with_watermark(package, watermark)
    core = _with_core(package)
    _empty_store(package)
    Ids().apart(package, stories(package))
    found = [source_of(name, package[name]) for name in stories(package)]
    found += [text_source_of(name, part) for name, part in package.items() if _is_property(name)]
    styled = with_house_styles(package)
    look = styles_of(styled)
    sources = [source for source in found if source is not None]
    if ordinals:
        sources = [with_ordinals(source, look.ids["exposant"]) for source in sources]
    kept = {
        name: members[name] if name in members and _same(members[name], part) else Member.of(part)
        for name, part in package.items()
    }
    added = {name: Member.of(part) for name, part in styled.items() if part != package.get(name)}
    return Prepared(kept, added, sources, core, look)


def _empty_store(package: Package) -> None:
    """Takes the tags out of the data that content controls are bound to: it is not rendered, and the controls
    that held one are free now."""
    for name, part in package.items():
        if name.startswith(STORE) and name.endswith(".xml") and (b"{{" in part or b"{%" in part):
            root = parse(part, name)
            for node in root.iter(etree.Element):
                if node.text and _TAG.search(node.text):
                    node.text = None
                for attribute, value in node.items():
                    if _TAG.search(str(value)):
                        node.set(attribute, "")
            package[name] = serialize(root)


def _same(member: Member, part: bytes) -> bool:
    return member.size == len(part) and member.part() == part


def _is_property(name: str) -> bool:
    """The title, author, subject, and `app.xml`, where Word repeats the title."""
    return name == "docProps/app.xml" or name.startswith("docProps/core")


def _with_core(package: Package) -> str:
    """The name of the core properties part, added to `package` when there is none."""
    for relation in relations(package, ""):
        if relation.type == _RELATION and relation.target in package:
            return relation.target
    package[CORE] = _EMPTY
    set_content_type(package, CORE, _TYPE)
    root = parse(package["_rels/.rels"])
    taken = {node.get("Id") for node in root}
    id = next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
    etree.SubElement(root, f"{{{RELS_NS}}}Relationship", Id=id, Type=_RELATION, Target=CORE)
    package["_rels/.rels"] = serialize(root)
    return CORE
