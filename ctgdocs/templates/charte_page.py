"""The charte's page on a template: size, margins, borders, header and footer with what they show."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from ctgdocs.templates.charte_styles import StyleMap
from ctgdocs.templates.prose_styles import STYLE, put
from ctgdocs.word.names import R_NS, W_NS, WORD_TYPE, rels_name
from ctgdocs.word.parts import (
    OFF,
    Package,
    add_part,
    add_relation,
    content_type,
    drop_relations,
    forget,
    free_name,
    is_on,
    main_part,
    one,
    parse,
    reachable,
    relations,
    remove,
    serialize,
    set_content_type,
    w,
)

# --- What other word processors write in a letterhead, put as Word wants it


LANGUAGE = "fr-FR"

_SIDES = {"start": "left", "end": "right"}
_ORDERS = {
    "lvl": (
        "start", "numFmt", "lvlRestart", "pStyle", "isLgl", "suff", "lvlText", "lvlPicBulletId", "legacy",
        "lvlJc", "pPr", "rPr",
    ),
    "style": STYLE,
}  # fmt: skip
_RANKS = {w(name): {w(tag): rank for rank, tag in enumerate(order)} for name, order in _ORDERS.items()}
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
            if value in OFF:
                remove(node)
            elif node.tag in _BARE:
                node.attrib.pop(w("val"), "")
        elif value in _SIDES:
            node.set(w("val"), _SIDES[value])


def _sort(node: etree._Element, ranks: dict[str, int]) -> None:
    children = list(node)
    ordered = sorted(children, key=lambda child: ranks.get(str(child.tag), len(ranks)))
    if ordered != children:
        for child in children:
            node.remove(child)
        node.extend(ordered)


SIDES = ("header", "footer")
_R_ID = f"{{{R_NS}}}id"
_SAFE_LINKS = ("http://", "https://", "mailto:", "tel:")
_SHOWN = tuple(w(tag) for tag in ("t", "drawing", "pict", "object", "fldSimple", "instrText", "sym"))

# the children of a w:sectPr, in the order of the schema
_ORDER = (
    "headerReference", "footerReference", "footnotePr", "endnotePr", "type", "pgSz", "pgMar", "paperSrc",
    "pgBorders", "lnNumType", "pgNumType", "cols", "formProt", "vAlign", "noEndnote", "titlePg",
    "textDirection", "bidi", "rtlGutter", "docGrid", "printerSettings", "sectPrChange",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """The section of a charte that is its page: its properties, and the parts of its header and footer."""

    section: etree._Element
    parts: dict[str, dict[str, str]]
    """side → type (`default`, `first`, `even`) → part name"""


def dress_pages(dressed: Package, charte: Package, ids: StyleMap) -> bool:
    """Gives every section of `dressed` the charte's page; True when odd and even pages differ."""
    main = main_part(dressed)
    before = reachable(dressed)
    document = parse(dressed[main], main)
    sections = sections_of(document)
    page, own = page_of(charte), _page(dressed, sections[:1])
    theirs = {side: parts for side, parts in page.parts.items() if shows(charte, parts)}
    leaders = [section for section in sections if section is sections[0] or _leads(section)]
    first = is_on(page.section, "titlePg") if theirs else is_on(sections[0], "titlePg")
    kept = {side: own.parts[side] for side in SIDES if side not in theirs}
    first = first or bool(
        theirs and is_on(sections[0], "titlePg") and any("first" in p for p in kept.values())
    )
    even = _even(charte) if theirs else _even(dressed)
    numbered = any(says_page(charte[name]) for parts in theirs.values() for name in parts.values())
    for side in theirs:
        for section in sections:
            _drop_references(dressed, main, section, side)
        for type, source in theirs[side].items():
            name = _copy_part(dressed, charte, source, ids)
            if side == "footer" and not numbered:
                dressed[name] = _with_page_number(dressed[name])
            _refer(dressed, main, sections[0], side, type, name)
    for side in SIDES if theirs else ():
        _complete(dressed, main, sections[0], side, first=first, even=even)
        for section in leaders[1:]:
            for reference in sections[0].findall(w(f"{side}Reference")):
                insert_in_section(section, copy.deepcopy(reference))
    for section in sections:
        _dress_section(section, page.section)
        if theirs:
            _set_first(section, first and section in leaders)
    dressed[main] = serialize(document)
    _forget_unused_references(dressed, main, document)
    forget(dressed, before - reachable(dressed))
    return even


def sections_of(document: etree._Element) -> list[etree._Element]:
    """The section properties in reading order; a body without any gets some."""
    found = [node for node in document.iter(w("sectPr")) if _parent_tag(node) != w("sectPrChange")]
    if not found:
        body = document.find(w("body"))
        found = [etree.SubElement(document if body is None else body, w("sectPr"))]
    return found


def _leads(section: etree._Element) -> bool:
    """True for a section that brings headers or footers and a first page of its own: a letter after another
    starts with the letterhead again."""
    own = any(section.find(w(f"{side}Reference")) is not None for side in SIDES)
    return own and is_on(section, "titlePg")


def _parent_tag(node: etree._Element) -> str:
    parent = node.getparent()
    return "" if parent is None else str(parent.tag)


def page_of(charte: Mapping[str, bytes]) -> Page:
    """What a letterhead shows as its page."""
    return _page(charte, sections_of(parse(charte[main_part(charte)])))


def _page(package: Mapping[str, bytes], sections: list[etree._Element]) -> Page:
    """The first section with a header or a footer, else the last: that is what a letterhead shows."""
    main = main_part(package)
    targets = {relation.id: relation.target for relation in relations(package, main)}
    for section in [*sections, sections[-1]]:
        parts: dict[str, dict[str, str]] = {side: {} for side in SIDES}
        for side in SIDES:
            for node in section.findall(w(f"{side}Reference")):
                name = targets.get(node.get(_R_ID, ""), "")
                if name in package:
                    parts[side][node.get(w("type"), "default")] = name
        if any(parts.values()):
            break
    return Page(section, parts)


def shows(package: Mapping[str, bytes], parts: Mapping[str, str]) -> bool:
    """True when one of these headers (or footers) has anything to show."""
    for name in parts.values():
        for node in parse(package[name], name).iter(*_SHOWN):
            if node.tag != w("t") or (node.text or "").strip():
                return True
    return False


_PAGE = re.compile(r"\bPAGE\b", re.IGNORECASE)
_NUMBERED = (
    f'<w:p xmlns:w="{W_NS}"><w:pPr><w:pStyle w:val="Footer"/><w:jc w:val="right"/></w:pPr>'
    '<w:r><w:t xml:space="preserve">{% if reference %}{{ reference }} – {% endif %}page </w:t></w:r>'
    '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    '<w:r><w:t xml:space="preserve">{% if publipostage is not defined %} / </w:t></w:r>'
    '<w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    '<w:r><w:t xml:space="preserve">{% endif %}</w:t></w:r></w:p>'
)
"""What the foot of an act says, whatever the letterhead: which act it is, and how many pages it has."""


def says_page(part: bytes) -> bool:
    root = parse(part)
    typed = "".join(node.text or "" for node in root.iter(w("instrText")))
    simple = (node.get(w("instr"), "") for node in root.iter(w("fldSimple")))
    return any(_PAGE.search(text) for text in (typed, *simple))


def _with_page_number(footer: bytes) -> bytes:
    """The footer with the page below, in the look of its last words."""
    root, added = parse(footer), etree.fromstring(_NUMBERED)
    looks = root.findall(f".//{w('r')}/{w('rPr')}")
    for run in added.iter(w("r")) if looks else ():
        run.insert(0, copy.deepcopy(looks[-1]))
    root.append(added)
    return serialize(root)


def _even(package: Mapping[str, bytes]) -> bool:
    name = one(package, "settings")
    return name is not None and is_on(parse(package[name], name), "evenAndOddHeaders")


# --- sections -----------------------------------------------------------------------------------------


def _dress_section(section: etree._Element, theirs: etree._Element) -> None:
    """The charte's paper and margins; a landscape page stays landscape."""
    own_size = section.find(w("pgSz"))
    landscape = own_size is not None and own_size.get(w("orient")) == "landscape"
    for tag in ("pgSz", "pgMar", "pgBorders"):
        node = theirs.find(w(tag))
        if node is None:
            continue
        node = copy.deepcopy(node)
        if tag == "pgSz" and landscape != (node.get(w("orient")) == "landscape"):
            width, height = node.get(w("w"), "11906"), node.get(w("h"), "16838")
            node.set(w("w"), height)
            node.set(w("h"), width)
            node.attrib.pop(w("orient"), "")
            if landscape:
                node.set(w("orient"), "landscape")
        insert_in_section(section, node)


def insert_in_section(section: etree._Element, node: etree._Element) -> None:
    """Sets a property of a section at the place the schema wants; a reference joins those already there."""
    order: tuple[str, ...] = _ORDER
    if str(node.tag).endswith("Reference"):
        order = tuple(name for name in order if name != "footerReference" or node.tag == w(name))
    else:
        for old in section.findall(str(node.tag)):
            section.remove(old)
    put(section, node, order)


def _set_first(section: etree._Element, on: bool) -> None:
    for node in section.findall(w("titlePg")):
        section.remove(node)
    if on:
        insert_in_section(section, etree.Element(w("titlePg")))


def _refer(package: Package, main: str, section: etree._Element, side: str, type: str, name: str) -> None:
    id = add_relation(package, main, side, name)
    insert_in_section(section, etree.Element(w(f"{side}Reference"), {w("type"): type, _R_ID: id}))


def _drop_references(package: Package, main: str, section: etree._Element, side: str) -> None:
    for node in section.findall(w(f"{side}Reference")):
        section.remove(node)


def _forget_unused_references(package: Package, main: str, document: etree._Element) -> None:
    """Relationships to headers and footers that no section shows any more."""
    used = {node.get(_R_ID) for side in SIDES for node in document.iter(w(f"{side}Reference"))}
    unused = {r.id for r in relations(package, main) if r.kind in SIDES and r.id not in used}
    drop_relations(package, main, unused)


def _complete(
    package: Package, main: str, section: etree._Element, side: str, *, first: bool, even: bool
) -> None:
    """A first page or even pages of their own must not lose the side that has only one form."""
    have = {
        node.get(w("type"), "default"): node.get(_R_ID, "") for node in section.findall(w(f"{side}Reference"))
    }
    if "default" not in have:
        return
    targets = {relation.id: relation.target for relation in relations(package, main)}
    source = targets[have["default"]]
    for type, wanted in (("first", first), ("even", even)):
        if wanted and type not in have:
            name = free_name(package, f"word/{side}1.xml")
            root = parse(package[source], source)
            package[name] = serialize(root)
            if rels_name(source) in package:
                package[rels_name(name)] = package[rels_name(source)]
            set_content_type(package, name, f"{WORD_TYPE}{side}+xml")
            _refer(package, main, section, side, type, name)


# --- headers and footers ------------------------------------------------------------------------------


def _copy_part(dressed: Package, charte: Package, source: str, ids: StyleMap) -> str:
    """A header or footer of the charte into `dressed`, with its images and links; gives its name there."""
    root = parse(charte[source], source)
    name = free_name(dressed, f"word/{source.rpartition('/')[2]}")
    dressed[name] = b""
    set_content_type(dressed, name, content_type(charte, source))
    renamed: dict[str, str] = {}
    for relation in relations(charte, source):
        if relation.kind == "image" and not relation.external and relation.target in charte:
            renamed[relation.id] = _copy_image(dressed, charte, relation.target, name)
        elif relation.kind == "hyperlink" and relation.target.lower().startswith(_SAFE_LINKS):
            renamed[relation.id] = add_relation(dressed, name, "hyperlink", relation.target, external=True)
    _relate(root, renamed)
    for node in list(root.iter(w("dataBinding"))):
        remove(node)
    ids.apply(root)
    tidy(root)
    for node in list(root.iter(w("bookmarkStart"), w("bookmarkEnd"))):
        remove(node)  # nothing in a margin refers to them
    dressed[name] = serialize(root)
    return name


def _copy_image(dressed: Package, charte: Package, source: str, owner: str) -> str:
    data = charte[source]
    same = [n for n, d in dressed.items() if n.startswith("word/media/") and d == data]
    if same:
        return add_relation(dressed, owner, "image", same[0])
    name = free_name(dressed, f"word/media/{source.rpartition('/')[2]}")
    return add_part(dressed, owner, name, data, kind="image", type=content_type(charte, source))


def _relate(root: etree._Element, renamed: Mapping[str, str]) -> None:
    """Follows relationships to their new ids; what shows something from outside the charte goes."""
    for node in list(root.iter()):
        if not isinstance(node.tag, str):
            continue
        for attribute in [str(name) for name in node.attrib if str(name).startswith(f"{{{R_NS}}}")]:
            value = str(node.get(attribute))
            if value in renamed:
                node.set(attribute, renamed[value])
            elif value:
                del node.attrib[attribute]
                if not _still_useful(node):
                    remove(next(node.iterancestors(w("r")), node))


def _still_useful(node: etree._Element) -> bool:
    if node.tag in (w("hyperlink"), w("hdr"), w("ftr")) or str(node.tag).endswith("}hlinkClick"):
        return True
    return any(str(name).startswith(f"{{{R_NS}}}") for name in node.attrib)
