"""A Word file made ready to be a template: safe, dressed, able to hold long text, its tags patched."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from lxml import etree

from ctgdocs.templates.charte import dress, with_watermark
from ctgdocs.templates.fixups import renumber_bookmarks, suffixed
from ctgdocs.templates.patching import source_of, text_source_of, with_ordinals
from ctgdocs.templates.prose_styles import styles_of, with_house_styles
from ctgdocs.templates.stock import Prepared
from ctgdocs.word.names import RELS_NS
from ctgdocs.word.package import Member, Package, read, read_members
from ctgdocs.word.parts import main_part, parse, relations, serialize, set_content_type
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
_RENDERED = ("header", "footer", "footnotes", "endnotes")


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
    main = main_part(package)
    package = _with_own_ids(package, main)
    around = (relation.target for relation in relations(package, main) if relation.kind in _RENDERED)
    rendered = dict.fromkeys((main, *(name for name in around if name in package)))
    found = [source_of(name, package[name]) for name in rendered]
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


# --- Numbers and names that Word wants once in a whole file: pictures and bookmarks of a template, put right


_PICTURE = re.compile(rb'(<wp:docPr\b[^>]*?\bid=")(\d+)(")')
_BOOKMARK = re.compile(rb'(<w:bookmark(?:Start|End)\b[^>]*?\bw:id=")(\d+)(")')
_NAME = re.compile(r'(<w:bookmarkStart\b[^>]*?\bw:name=")([^"]*)(")')
_START_ID = re.compile(r'<w:bookmarkStart\b[^>]*?\bw:id="([^"]*)"')
_FALLBACK = re.compile(r"<mc:Fallback\b.*?</mc:Fallback>", re.DOTALL)
_APART = 100_000


def _with_own_ids(package: Package, main: str) -> Package:
    """The package, the numbers of its headers, footers and notes unlike those of any other part."""
    parts = [name for name in package if name.startswith("word/") and name.endswith(".xml") and name != main]
    own = dict(package)
    _name_bookmarks_once(own, [main, *parts])
    for pattern in (_PICTURE, _BOOKMARK):
        taken = {int(match[2]) for match in pattern.finditer(own.get(main, b""))}
        for index, name in enumerate(parts, start=1):
            ids = {int(match[2]) for match in pattern.finditer(own[name])}
            if ids & taken:
                own[name] = _moved(own[name], pattern, index * _APART)
                ids = {id + index * _APART for id in ids}
            taken |= ids
    return own


def _moved(part: bytes, pattern: re.Pattern[bytes], by: int) -> bytes:
    return pattern.sub(lambda match: match[1] + str(int(match[2]) + by).encode() + match[3], part)


def _name_bookmarks_once(package: Package, parts: list[str]) -> None:
    """Gives their own name and number to bookmarks that a part repeats, or shares with another."""
    taken: dict[str, int] = {}
    for part in parts:
        if b"<w:bookmarkStart" not in package.get(part, b""):
            continue
        xml = package[part].decode("utf-8")
        shown = _FALLBACK.sub("", xml)
        names, ids = [match[2] for match in _NAME.finditer(shown)], _START_ID.findall(shown)
        if len(set(names)) < len(names) or len(set(ids)) < len(ids):
            xml = renumber_bookmarks(xml)
        if not taken.keys().isdisjoint(names):
            xml = _NAME.sub(lambda match: f"{match[1]}{_free(match[2], taken)}{match[3]}", xml)
        if xml.encode() != package[part]:
            package[part] = xml.encode()
        for name in names:
            taken[name] = taken.get(name, 0) + 1


def _free(name: str, taken: dict[str, int]) -> str:
    return suffixed(name, taken[name] + 1) if name in taken else name
