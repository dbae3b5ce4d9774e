"""Two style sheets into one: the charte's look under the ids that the template's paragraphs use.

A style as Word delivers it, which nobody touched, says nothing of the house's look. A letterhead made in Word
holds them all, in blue. What Word 2007, 2013, 2016 and 2023 deliver is told by size (half-points), colour,
bold and italic, with the fonts of the theme; any other look was chosen.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from ctgdocs.templates.prose_styles import NUMBERING, STYLE, put, put_property, style_ids
from ctgdocs.templates.roles import FAMILIES, ROLES, find, key
from ctgdocs.word.names import W_NS
from ctgdocs.word.parts import is_on, lineage, remove, val, w, whole

_LISTS = tuple(role for roles in FAMILIES.values() for role in roles)
_STRUCTURE = ("keepNext", "keepLines", "outlineLvl")  # what a style does to the page, whatever its look


@dataclass(slots=True)
class StyleMap:
    """What the charte's own ids have become in the dressed file: style ids, and a shift of list numbers."""

    styles: dict[str, str] = field(default_factory=dict)
    number_shift: int = 0
    numbered: bool = False

    def apply(self, root: etree._Element) -> None:
        """Rewrites the references of a part of the charte (its header, its footer)."""
        for tag in ("pStyle", "rStyle", "tblStyle"):
            for node in list(root.iter(w(tag))):
                new = self.styles.get(node.get(w("val"), ""))
                if new:
                    node.set(w("val"), new)
                else:
                    remove(node)
        self.shift(root)

    def shift(self, root: etree._Element) -> None:
        for node in list(root.iter(w("numPr"))):
            number = node.find(w("numId"))
            if not self.numbered:
                remove(node)
            elif number is not None and number.get(w("val")) != "0":
                number.set(w("val"), str(whole(number.get(w("val"))) + self.number_shift))


def merge_styles(
    own: etree._Element, theirs: etree._Element, roles: Mapping[str, str], ids: StyleMap
) -> None:
    """Turns `theirs` (the charte's styles.xml) into the dressed file's, and fills `ids.styles`.

    A charte style plays the template's style of the same name, or the role that `roles` gives it; it then
    takes the template's id. A style that plays several becomes the parent of the others. What the charte
    does not define, or has as Word delivers it, is copied from the template, on top of the charte's defaults.
    """
    ids.shift(theirs)
    own_styles = {node.get(w("styleId"), ""): node for node in own.iterchildren(w("style"))}
    claims = _claims(own, theirs, roles)
    natural = _natural(own_styles, theirs, {target for targets in claims.values() for target in targets})
    aliases: list[tuple[str, str]] = []
    taken: set[str] = set(own_styles) | {target for targets in claims.values() for target in targets}
    untouched = []
    for node in theirs.iterchildren(w("style")):
        old = node.get(w("styleId"), "")
        if old in natural and old not in claims and is_untouched(node):
            ids.styles[old] = natural[old]
            untouched.append(node)
            continue
        targets = [*([natural[old]] if old in natural else []), *claims.get(old, [])]
        if targets:
            new = targets[0]
            aliases += [(target, old) for target in dict.fromkeys(targets[1:]) if target != new]
        else:
            new = old
            while new in taken:
                new += "Charte"
        taken.add(new)
        ids.styles[old] = new
    _rename(theirs, ids.styles)
    for node in untouched:
        theirs.remove(node)
    for target, old in aliases:
        theirs.append(_alias(target, ids.styles[old], own_styles.get(target), theirs))
    _keep_structure(own, theirs)
    _keep_the_rest(own, own_styles, theirs)


def _claims(own: etree._Element, theirs: etree._Element, roles: Mapping[str, str]) -> dict[str, list[str]]:
    """Charte style id → the template style ids that the mapping gives it."""
    own_ids = style_ids(own)
    claims: dict[str, list[str]] = {}
    for role, name in roles.items():
        style = ROLES.get(role)
        if style is None:
            continue
        named = _names(theirs, style.type)
        wanted = find(name, named)
        if wanted is not None:
            claims.setdefault(named[wanted], []).append(own_ids.get(role, style.id))
    return claims


def _natural(
    own_styles: Mapping[str, etree._Element], theirs: etree._Element, claimed: set[str]
) -> dict[str, str]:
    """Charte style id → the template's id of the same name, or of the same default, when nobody claims it."""
    by_name = {(_type(node), key(_name(node))): id for id, node in own_styles.items()}
    default = {_type(node): id for id, node in own_styles.items() if _is_default(node)}
    found: dict[str, str] = {}
    for node in theirs.iterchildren(w("style")):
        id = by_name.get((_type(node), key(_name(node))))
        if _is_default(node):
            id = default.get(_type(node), id)
        if id and id not in claimed and id not in found.values():
            found[node.get(w("styleId"), "")] = id
    return found


def _rename(styles: etree._Element, ids: Mapping[str, str]) -> None:
    for node in styles.iterchildren(w("style")):
        node.set(w("styleId"), ids[node.get(w("styleId"), "")])
        for tag in ("basedOn", "next", "link"):
            for reference in node.findall(w(tag)):
                new = ids.get(reference.get(w("val"), ""))
                if new:
                    reference.set(w("val"), new)
                else:
                    node.remove(reference)


def _alias(target: str, parent: str, own: etree._Element | None, styles: etree._Element) -> etree._Element:
    """A style of the template that looks like a style of the charte which already plays another."""
    role = next((style for style in ROLES.values() if style.id == target), None)
    name = _name(own) if own is not None else role.name if role else target
    type = _type(own) if own is not None else role.type if role else "paragraph"
    names = {key(_name(node)) for node in styles.iterchildren(w("style"))}
    while key(name) in names:
        name += " (acte)"
    alias = etree.Element(w("style"), {w("type"): type, w("customStyle"): "1", w("styleId"): target})
    etree.SubElement(alias, w("name"), {w("val"): name})
    etree.SubElement(alias, w("basedOn"), {w("val"): parent})
    etree.SubElement(alias, w("qFormat"))
    return alias


def _keep_structure(own: etree._Element, merged: etree._Element) -> None:
    """Headings stay headings, lists lists, a signature in one piece, whatever the charte forgot to say."""
    own_by_id = {node.get(w("styleId")): node for node in own.iterchildren(w("style"))}
    merged_by_id = {node.get(w("styleId"), ""): node for node in merged.iterchildren(w("style"))}
    ids = style_ids(own)
    lists = {ids.get(role) for role in _LISTS}
    for node in merged.iterchildren(w("style")):
        before = own_by_id.get(node.get(w("styleId")))
        properties = before.find(w("pPr")) if before is not None else None
        if properties is None or _type(node) != "paragraph":
            continue
        wanted = (*_STRUCTURE, "numPr") if node.get(w("styleId")) in lists else _STRUCTURE
        family = (node, *lineage(merged_by_id, val(node, "basedOn")))
        for tag in wanted:
            kept = properties.find(w(tag))
            if kept is not None and all(one.find(f"{w('pPr')}/{w(tag)}") is None for one in family):
                put_property(node, copy.deepcopy(kept))


def _keep_the_rest(
    own: etree._Element, own_styles: Mapping[str, etree._Element], merged: etree._Element
) -> None:
    """The template's styles that the charte does not know, and its defaults when the charte has none."""
    present = {node.get(w("styleId")): node for node in merged.iterchildren(w("style"))}
    defaults = {_type(node): id for id, node in present.items() if _is_default(node)}
    base = defaults.get("paragraph")
    names = {key(_name(node)) for node in present.values()}
    for id, node in own_styles.items():
        if id in present:
            continue
        kept = plain(copy.deepcopy(node))
        if _is_default(kept) and _type(kept) in defaults:
            del kept.attrib[w("default")]
        name = kept.find(w("name"))
        if name is not None and key(_name(kept)) in names:
            name.set(w("val"), _name(kept) + " (acte)")
        link = kept.find(w("link"))
        if link is not None and link.get(w("val")) in present:
            kept.remove(link)
        if base and _type(kept) == "paragraph" and kept.find(w("basedOn")) is None:
            put(kept, etree.Element(w("basedOn"), {w("val"): base}), STYLE)
        merged.append(kept)
    for position, tag in enumerate(("docDefaults", "latentStyles")):
        defaults_of_own = own.find(w(tag))
        if merged.find(w(tag)) is None and defaults_of_own is not None:
            merged.insert(position, copy.deepcopy(defaults_of_own))


# --- numbering ----------------------------------------------------------------------------------------


def merge_numbering(own: etree._Element, theirs: etree._Element, ids: StyleMap) -> None:
    """Adds the charte's numberings to the template's, under numbers that are free (`ids.number_shift`)."""
    abstract_shift = highest(own, "abstractNum", "abstractNumId") + 1
    known = {node.get(w("val")) for node in own.iter(w("nsid"))}
    for node in theirs.iterchildren(w("abstractNum")):
        definition = plain(copy.deepcopy(node))
        definition.set(w("abstractNumId"), str(whole(definition.get(w("abstractNumId"))) + abstract_shift))
        for nsid in definition.findall(w("nsid")):
            if nsid.get(w("val")) in known:
                definition.remove(nsid)
        for tag in ("pStyle", "styleLink", "numStyleLink"):
            for reference in list(definition.iter(w(tag))):
                new = ids.styles.get(reference.get(w("val"), ""))
                if new:
                    reference.set(w("val"), new)
                else:
                    remove(reference)
        for picture in list(definition.iter(w("lvlPicBulletId"))):
            remove(picture)
        put(own, definition, NUMBERING)
    for node in theirs.iterchildren(w("num")):
        number = plain(copy.deepcopy(node))
        number.set(w("numId"), str(whole(number.get(w("numId"))) + ids.number_shift))
        for reference in number.findall(w("abstractNumId")):
            reference.set(w("val"), str(whole(reference.get(w("val"))) + abstract_shift))
        put(own, number, NUMBERING)


def highest(numbering: etree._Element, tag: str, attribute: str) -> int:
    """The highest id in use, -1 for none."""
    return max((whole(node.get(w(attribute))) for node in numbering.iterchildren(w(tag))), default=-1)


def plain(node: etree._Element) -> etree._Element:
    """Only the core vocabulary: an extension is valid only in a part whose root announces it."""
    for inner in list(node.iter()):
        if not isinstance(inner.tag, str) or not inner.tag.startswith(f"{{{W_NS}}}"):
            remove(inner)
            continue
        for name in list(inner.attrib):
            if str(name).startswith("{") and not str(name).startswith((f"{{{W_NS}}}", "{http://www.w3.org/")):
                del inner.attrib[name]
    return node


def _names(styles: etree._Element, type: str) -> dict[str, str]:
    return {
        _name(node): node.get(w("styleId"), "")
        for node in styles.iterchildren(w("style"))
        if _type(node) == type
    }


def _name(style: etree._Element) -> str:
    return val(style, "name") or style.get(w("styleId"), "")


def _type(style: etree._Element) -> str:
    return style.get(w("type"), "paragraph")


def _is_default(style: etree._Element) -> bool:
    return style.get(w("default")) in ("1", "true", "on")


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
    known = _DELIVERED.get(key(val(style, "name")), set())
    return bool(known) and _look(style) in known and not _chosen(style)


def _look(style: etree._Element) -> _Look:
    properties = style.find(w("rPr"))
    if properties is None:
        return _Look("", "")
    return _Look(
        val(properties, "sz"),
        val(properties, "color").upper(),
        is_on(properties, "b"),
        is_on(properties, "i"),
    )


def _chosen(style: etree._Element) -> bool:
    """True when a font is named, or the text is placed otherwise than Word does."""
    fonts = style.find(f"{w('rPr')}/{w('rFonts')}")
    placed = style.find(f"{w('pPr')}/{w('jc')}")
    named = fonts is not None and (fonts.get(w("ascii")) or fonts.get(w("hAnsi")))
    return bool(named) or (placed is not None and key(val(style, "name")) not in _CENTRED)
