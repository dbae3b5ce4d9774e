"""Making the old document speak the new one's language: the ids of its styles and lists."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from typing import Final

from lxml import etree

from ctgdocs.rendering.parts import Package, one, parse, serialize, w
from ctgdocs.rendering.redline.belongings import Belongings
from ctgdocs.rendering.redline.lists import twin_lists
from ctgdocs.rendering.redline.numbers import Numbers

_STYLE_USES: Final = {w("pStyle"): "paragraph", w("rStyle"): "character", w("tblStyle"): "table"}
_BEFORE_LIST: Final = tuple(
    w(name) for name in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
)


class Legacy:
    """`style_ids`: (type, old id) → new id; `nums`: old list id → new one. The new package only grows: it
    gets the styles and lists that it lacks."""

    def __init__(
        self, old: Package, new: Package, old_body: etree._Element, new_body: etree._Element
    ) -> None:
        self.old, self.new = old, new
        self.style_ids: dict[tuple[str, str], str] = {}
        self._old_numbers = Numbers.of(old)
        styles, added = self._add_styles()
        self.nums = twin_lists(old, new, self.style_ids, old_body, new_body)
        if added and styles is not None:
            self._tie_styles(added)
            new[one(new, "styles") or ""] = serialize(styles)
        self._new_numbers = Numbers.of(new)
        self.belongings = Belongings(old, new, self.translate)

    def translate(self, story: etree._Element) -> None:
        """Rewrites, in a story of the old document, the ids of styles and lists into the new document's."""
        for paragraph in story.iter(w("p")):
            self._translate_list(paragraph)
        for node in story.iter(*_STYLE_USES):
            id = node.get(w("val"), "")
            node.set(w("val"), self.style_ids.get((_STYLE_USES[str(node.tag)], id), id))

    def _translate_list(self, paragraph: etree._Element) -> None:
        """Its list, said in the paragraph itself when the style says another one here."""
        properties = paragraph.find(w("pPr"))
        named = None if properties is None else properties.find(w("pStyle"))
        style = "" if named is None else named.get(w("val"), "")
        num, level = self._old_numbers.of_paragraph(paragraph, style)
        wanted = (self.nums.get(num, ""), level)
        given = self._new_numbers.styles.get(self.style_ids.get(("paragraph", style), style), ("", 0))
        direct = None if properties is None else properties.find(w("numPr"))
        if direct is not None:
            _set(direct, "numId", wanted[0] or "0")
        elif wanted != given and (wanted[0] or given[0]):
            if properties is None:
                properties = etree.Element(w("pPr"))
                paragraph.insert(0, properties)
            _insert_list(properties, wanted[0] or "0", level)

    def _add_styles(self) -> tuple[etree._Element | None, list[etree._Element]]:
        """Finds the style of the same name for each old style; adds it when there is none."""
        old_part, new_part = one(self.old, "styles"), one(self.new, "styles")
        if old_part is None or new_part is None:
            return None, []
        new = parse(self.new[new_part])
        by_name = {_style_key(node): node.get(w("styleId"), "") for node in new.iterchildren(w("style"))}
        taken = set(by_name.values())
        added = []
        for node in parse(self.old[old_part]).iterchildren(w("style")):
            known = by_name.get(_style_key(node))
            if known is None:
                known = _free(node.get(w("styleId"), ""), taken)
                taken.add(known)
                twin = deepcopy(node)
                twin.set(w("styleId"), known)
                if twin.get(w("default")) is not None:
                    del twin.attrib[w("default")]
                new.append(twin)
                added.append(twin)
            self.style_ids[node.get(w("type"), "paragraph"), node.get(w("styleId"), "")] = known
        return new, added

    def _tie_styles(self, added: Iterable[etree._Element]) -> None:
        """What the added styles are based on, follow with, and number."""
        for node in added:
            type = node.get(w("type"), "paragraph")
            linked = "paragraph" if type == "character" else "character"
            for name, other in (("basedOn", type), ("next", type), ("link", linked)):
                link = node.find(w(name))
                if link is not None:
                    id = link.get(w("val"), "")
                    link.set(w("val"), self.style_ids.get((other, id), id))
            num = node.find(f"{w('pPr')}/{w('numPr')}/{w('numId')}")
            if num is not None:
                num.set(w("val"), self.nums.get(num.get(w("val"), ""), "0"))


def _style_key(node: etree._Element) -> tuple[str, str]:
    name = node.find(w("name"))
    said = node.get(w("styleId"), "") if name is None else name.get(w("val"), "")
    return node.get(w("type"), "paragraph"), said.lower()


def _free(id: str, taken: set[str]) -> str:
    name, number = id, 1
    while name in taken:
        number += 1
        name = f"{id}{number}"
    return name


def _insert_list(properties: etree._Element, num: str, level: int) -> None:
    node = etree.Element(w("numPr"))
    _set(node, "ilvl", str(level))
    _set(node, "numId", num)
    properties.insert(sum(1 for child in properties if child.tag in _BEFORE_LIST), node)


def _set(parent: etree._Element, name: str, value: str) -> None:
    node = parent.find(w(name))
    if node is None:
        node = etree.SubElement(parent, w(name))
    node.set(w("val"), value)
