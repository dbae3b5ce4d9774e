"""A template made ready: safe, dressed, its tags patched. Everything in it is data, so it can be cached."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Final, NamedTuple

from ctgdocs.findings import TemplateError
from ctgdocs.templates.fixups import Needs, renumber_bookmarks, suffixed
from ctgdocs.word.package import CONTENT_TYPES, Member, Package, content_of, read_members
from ctgdocs.word.safety import make_safe, relationships

# --- Numbers and names that Word wants once in a whole file: pictures and bookmarks of a template, put right


_PICTURE = re.compile(rb'(<wp:docPr\b[^>]*?\bid=")(\d+)(")')
_BOOKMARK = re.compile(rb'(<w:bookmark(?:Start|End)\b[^>]*?\bw:id=")(\d+)(")')
_NAME = re.compile(r'(<w:bookmarkStart\b[^>]*?\bw:name=")([^"]*)(")')
_START_ID = re.compile(r'<w:bookmarkStart\b[^>]*?\bw:id="([^"]*)"')
_FALLBACK = re.compile(r"<mc:Fallback\b.*?</mc:Fallback>", re.DOTALL)
_APART = 100_000


def with_own_ids(package: Package, main: str) -> Package:
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


# --- The document's properties: title, author, subject. Their tags are rendered, the title of an act is set


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


_RENDERED = ("header", "footer", "footnotes", "endnotes")


class Source(NamedTuple):
    """A part ready for Jinja. `tags` are (Jinja's text, the author's text, place), in the author's order;
    `braces` the places where a brace is part of the text, not of a tag."""

    part: str
    jinja: str
    needs: Needs
    tags: list[tuple[str, str, str]]
    braces: list[tuple[str, str]]


class Prepared(NamedTuple):
    """`members` are the package's parts, compressed; `sources` the parts that hold tags, the body first;
    `core` is the name of the part that holds the document's title."""

    members: dict[str, Member]
    sources: list[Source]
    core: str


def prepare(data: bytes, charte: bytes, styles: Mapping[str, str], watermark: str) -> Prepared:
    """From the bytes of a Word file. Raises TemplateError."""
    from ctgdocs.templates.patching import source_of, text_source_of

    members = read_members(data)
    package = make_safe({name: member.part() for name, member in members.items()})
    if charte:
        from ctgdocs.templates.charte import dress

        package = dress(package, make_safe(_parts(charte)), styles)
    if watermark:
        from ctgdocs.templates.charte import with_watermark

        package = with_watermark(package, watermark)
    core = ensure_core(package)
    package = with_own_ids(package, rendered_parts(package)[0])
    sources = [source_of(name, package[name]) for name in rendered_parts(package)]
    sources += [text_source_of(name, package[name]) for name in package if is_rendered(name)]
    kept = {
        name: members[name] if name in members and _same(members[name], part) else Member.of(part)
        for name, part in package.items()
    }
    return Prepared(kept, [source for source in sources if source is not None], core)


def rendered_parts(package: Mapping[str, bytes]) -> list[str]:
    """The body, then the headers, footers and notes it refers to. Raises TemplateError without a body."""
    main = _targets(package, "", ("officeDocument",))
    if not main:
        raise TemplateError("ce fichier n’est pas un document Word (.docx ou .dotx)")
    return [*main, *(name for body in main for name in _targets(package, body, _RENDERED))]


def _targets(package: Mapping[str, bytes], part: str, kinds: tuple[str, ...]) -> list[str]:
    folder, _, base = part.rpartition("/")
    rels = package.get(f"{folder}/_rels/{base}.rels" if part else "_rels/.rels", b"")
    found: list[str] = []
    for relationship in relationships(rels) if rels else ():
        kind = relationship.get("Type", "").rpartition("/")[2]
        target = relationship.get("Target", "")
        name = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}".lstrip("/")
        if kind in kinds and name in package and name not in found:
            found.append(name)
    return found


def _parts(data: bytes) -> Package:
    return {name: member.part() for name, member in read_members(content_of(data)).items()}


def _same(member: Member, part: bytes) -> bool:
    return member.size == len(part) and member.part() == part
