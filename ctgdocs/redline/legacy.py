"""Making the old document speak the new one's language: the ids of its styles and lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from typing import Final

from lxml import etree

from ctgdocs.redline.align import same
from ctgdocs.redline.belongings import Belongings
from ctgdocs.word.names import W_NS, WORD_TYPE
from ctgdocs.word.numbers import Numbers
from ctgdocs.word.parts import (
    Package,
    add_part,
    free_name,
    main_part,
    one,
    parse,
    remove,
    serialize,
    val,
    w,
    whole,
)

# --- Which list of the old document is which list of the new one; and the lists that only the old one has


BY_STYLE: Final = 1_000_000
"""What a style that both documents number weighs against the paragraphs they share."""

StyleIds = Mapping[tuple[str, str], str]
"""(type, old style id) → new style id."""


def twin_lists(
    old: Package, new: Package, style_ids: StyleIds, old_body: etree._Element, new_body: etree._Element
) -> dict[str, str]:
    """Old list id → new list id. Lists that have no twin in `new` are added to its numbering part.

    Twins have the same definition; they number the same styles, or paragraphs that say the same.
    """
    before, after = Numbers.of(old), Numbers.of(new)
    pairs: Counter[tuple[str, str]] = Counter()
    for id, (num, _) in before.styles.items():
        twin = after.styles.get(style_ids.get(("paragraph", id), id))
        if twin is not None:
            pairs[num, twin[0]] += BY_STYLE
    pairs.update(_of_same_words(old_body, before, new_body, after))
    nums: dict[str, str] = {}
    abstracts: dict[str, str] = {}
    for (mine, theirs), _ in pairs.most_common():
        if mine not in before.nums or theirs not in after.nums or mine in nums or theirs in nums.values():
            continue
        (own, restarts), (other, other_restarts) = before.nums[mine], after.nums[theirs]
        if restarts != other_restarts or before.abstracts.get(own) != after.abstracts.get(other):
            continue
        if abstracts.get(own, other) == other and (own in abstracts or other not in abstracts.values()):
            nums[mine], abstracts[own] = theirs, other
    used = {node.get(w("val"), "") for node in old_body.iter(w("numId"))}
    used |= {num for num, _ in before.styles.values()}
    missing = [num for num in before.nums if num in used and num not in nums]
    part = one(old, "numbering")
    if missing and part is not None:
        nums |= _added(parse(old[part]), new, missing, abstracts)
    return nums


def _of_same_words(
    old: etree._Element, before: Numbers, new: etree._Element, after: Numbers
) -> Iterator[tuple[str, str]]:
    """Old list, new list, for each paragraph of a list that stands in both documents."""
    mine, theirs = _in_lists(old, before), _in_lists(new, after)
    for i, j in same([words for words, _ in mine], [words for words, _ in theirs]):
        yield mine[i][1], theirs[j][1]


def _in_lists(body: etree._Element, numbers: Numbers) -> list[tuple[str, str]]:
    found = []
    for node in body.iter(w("p")):
        num, _ = numbers.of_paragraph(node, val(node, "pPr", "pStyle"))
        if num:
            found.append(("".join(text.text or "" for text in node.iter(w("t"))), num))
    return found


def _added(
    source: etree._Element, new: Package, nums: Iterable[str], abstracts: dict[str, str]
) -> dict[str, str]:
    """Adds lists of the old numbering, with the definitions that are unknown here (not in `abstracts`)."""
    name = one(new, "numbering") or _numbering_part(new)
    target = parse(new[name])
    known = {node.get(w("abstractNumId"), ""): node for node in source.iterchildren(w("abstractNum"))}
    instances = {node.get(w("numId"), ""): node for node in source.iterchildren(w("num"))}
    found = {}
    for id in nums:
        twin = deepcopy(instances[id])
        link = twin.find(w("abstractNumId"))
        own = "" if link is None else link.get(w("val"), "")
        if link is None or (own not in abstracts and own not in known):
            continue
        if own not in abstracts:
            abstracts[own] = _next(target, "abstractNum", "abstractNumId")
            _insert(target, _definition(known[own], abstracts[own]), before="num")
        found[id] = _next(target, "num", "numId")
        twin.set(w("numId"), found[id])
        link.set(w("val"), abstracts[own])
        _insert(target, twin, before="numIdMacAtCleanup")
    new[name] = serialize(target)
    return found


def _numbering_part(new: Package) -> str:
    name = free_name(new, "word/numbering.xml")
    empty = serialize(etree.Element(w("numbering"), nsmap={"w": W_NS}))
    add_part(new, main_part(new), name, empty, kind="numbering", type=f"{WORD_TYPE}numbering+xml")
    return name


def _next(target: etree._Element, name: str, attribute: str) -> str:
    return str(1 + max([0, *(whole(node.get(w(attribute))) for node in target.iterchildren(w(name)))]))


def _definition(definition: etree._Element, number: str) -> etree._Element:
    """A copy of a list's definition, tied to no style and to no other definition."""
    twin = deepcopy(definition)
    twin.set(w("abstractNumId"), number)
    for node in [
        *twin.iter(*map(w, ("nsid", "tmpl", "styleLink", "numStyleLink", "pStyle", "lvlPicBulletId")))
    ]:
        remove(node)
    return twin


def _insert(target: etree._Element, node: etree._Element, *, before: str) -> None:
    """After the last one of its kind, or before what must follow it."""
    known = target.findall(node.tag)
    following = target.find(w(before))
    if known:
        known[-1].addnext(node)
    elif following is not None:
        following.addprevious(node)
    else:
        target.append(node)


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
        style = val(properties, "pStyle")
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
        """Finds the style of the same name for each old style, at worst in another case, or adds it."""
        old_part, new_part = one(self.old, "styles"), one(self.new, "styles")
        if old_part is None or new_part is None:
            return None, []
        new = parse(self.new[new_part])
        by_name: dict[tuple[str, str], str] = {}
        for node in new.iterchildren(w("style")):
            type, name = _style_key(node)
            by_name[type, name] = node.get(w("styleId"), "")
            by_name.setdefault((type, name.lower()), by_name[type, name])
        taken = set(by_name.values())
        added = []
        for node in parse(self.old[old_part]).iterchildren(w("style")):
            type, name = _style_key(node)
            known = by_name.get((type, name), by_name.get((type, name.lower())))
            if known is None:
                known = _free(node.get(w("styleId"), ""), taken)
                taken.add(known)
                twin = deepcopy(node)
                twin.set(w("styleId"), known)
                if twin.get(w("default")) is not None:
                    del twin.attrib[w("default")]
                new.append(twin)
                added.append(twin)
            self.style_ids[type, node.get(w("styleId"), "")] = known
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
    return node.get(w("type"), "paragraph"), val(node, "name") or node.get(w("styleId"), "")


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
