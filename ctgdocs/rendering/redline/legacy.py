"""Making the old document speak the new one's language: style ids, list ids; and bringing along what only the
old one has: styles, lists, pictures, links, notes.

`Legacy` changes the new package's `styles.xml`, `numbering.xml` and notes only by adding to them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from copy import deepcopy
from itertools import count
from typing import Final

from lxml import etree

from ctgdocs.rendering.parts import (
    R_NS,
    WORD_TYPE,
    Package,
    Relation,
    add_part,
    add_relation,
    content_type,
    free_name,
    main_part,
    one,
    parse,
    relations,
    serialize,
    w,
)
from ctgdocs.rendering.redline.align import same
from ctgdocs.rendering.redline.numbers import Numbers

_STYLE_USES: Final = tuple(w(name) for name in ("pStyle", "rStyle", "tblStyle"))
_STYLE_LINKS: Final = ("basedOn", "next", "link")
_NOTES: Final = {w("footnoteReference"): "footnotes", w("endnoteReference"): "endnotes"}
_DRAWING_ID: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_DROPPED: Final = tuple(
    w(name)
    for name in (
        "commentRangeStart", "commentRangeEnd", "commentReference", "proofErr", "permStart", "permEnd",
        "lastRenderedPageBreak",
    )
)  # fmt: skip


class Legacy:
    def __init__(self, old: Package, new: Package) -> None:
        self.old, self.new = old, new
        self._old_numbers, self._new_numbers = Numbers.of(old), Numbers.of(new)
        self._style_ids: dict[tuple[str, str], str] = {}
        self._nums: dict[str, str] = {}
        self._brought: dict[tuple[str, str], str] = {}
        self._notes: dict[tuple[str, str], str] = {}
        self._drawings = count(500_000)
        self._bookmarks = count(50_000)
        self._known_bookmarks: set[str] = set()

    # --- styles and lists -----------------------------------------------------------------------------

    def learn(self, old_body: etree._Element, new_body: etree._Element) -> None:
        """Finds which style and which list of the new document is which one of the old document."""
        self._known_bookmarks = {node.get(w("name"), "") for node in new_body.iter(w("bookmarkStart"))}
        added = self._learn_styles()
        self._learn_lists(old_body, new_body)
        self._settle_added_styles(added)
        self._new_numbers = Numbers.of(self.new)

    def translate(self, story: etree._Element) -> None:
        """Rewrites, in a story of the old document, the ids of styles and lists into the new document's."""
        for paragraph in story.iter(w("p")):
            self._translate_list(paragraph)
        for node in story.iter(*_STYLE_USES):
            type = {"pStyle": "paragraph", "rStyle": "character"}.get(etree.QName(node).localname, "table")
            id = node.get(w("val"), "")
            node.set(w("val"), self._style_ids.get((type, id), id))

    def _translate_list(self, paragraph: etree._Element) -> None:
        style = _value(paragraph, "pPr/pStyle")
        num, level = self._old_numbers.of_paragraph(paragraph, style)
        wanted = (self._nums.get(num, ""), level)
        given = self._new_numbers.styles.get(self._style_ids.get(("paragraph", style), style), ("", 0))
        properties = paragraph.find(w("pPr"))
        direct = None if properties is None else properties.find(w("numPr"))
        if direct is not None:
            _set(direct, "numId", wanted[0] or "0")
        elif wanted != given and (wanted[0] or given[0]):
            if properties is None:
                properties = etree.Element(w("pPr"))
                paragraph.insert(0, properties)
            _insert_list(properties, wanted[0] or "0", level)

    def _learn_styles(self) -> list[etree._Element]:
        old_part, new_part = one(self.old, "styles"), one(self.new, "styles")
        if old_part is None or new_part is None:
            return []
        old, new = parse(self.old[old_part]), parse(self.new[new_part])
        by_name = {_style_key(node): node.get(w("styleId"), "") for node in new.iterchildren(w("style"))}
        taken = {node.get(w("styleId"), "") for node in new.iterchildren(w("style"))}
        added = []
        for node in old.iterchildren(w("style")):
            type, id = node.get(w("type"), "paragraph"), node.get(w("styleId"), "")
            known = by_name.get(_style_key(node))
            if known is None:
                known = _free(id, taken)
                taken.add(known)
                twin = deepcopy(node)
                twin.set(w("styleId"), known)
                twin.attrib.pop(w("default"), None)
                new.append(twin)
                added.append(twin)
            self._style_ids[type, id] = known
        self._styles_root, self._styles_part = new, new_part
        return added

    def _settle_added_styles(self, added: Iterable[etree._Element]) -> None:
        added = [*added]
        for node in added:
            type = node.get(w("type"), "paragraph")
            for name in _STYLE_LINKS:
                link = node.find(w(name))
                if link is not None:
                    other = "paragraph" if type == "character" else "character"
                    id = link.get(w("val"), "")
                    link.set(w("val"), self._style_ids.get((other if name == "link" else type, id), id))
            num = node.find(f"{w('pPr')}/{w('numPr')}/{w('numId')}")
            if num is not None:
                num.set(w("val"), self._nums.get(num.get(w("val"), ""), "0"))
        if added:
            self.new[self._styles_part] = serialize(self._styles_root)

    def _learn_lists(self, old_body: etree._Element, new_body: etree._Element) -> None:
        old, new = self._old_numbers, self._new_numbers
        pairs: Counter[tuple[str, str]] = Counter()
        for id, (num, _) in old.styles.items():
            twin = new.styles.get(self._style_ids.get(("paragraph", id), id))
            if twin is not None:
                pairs[num, twin[0]] += 1_000_000
        pairs.update(self._lists_of_same_words(old_body, new_body))
        abstracts: dict[str, str] = {}
        for (mine, theirs), _ in pairs.most_common():
            if mine not in old.nums or theirs not in new.nums or mine in self._nums:
                continue
            (own, restarts), (other, other_restarts) = old.nums[mine], new.nums[theirs]
            same_list = restarts == other_restarts and old.abstracts.get(own) == new.abstracts.get(other)
            free = abstracts.get(own, other) == other and (
                own in abstracts or other not in abstracts.values()
            )
            if same_list and free and theirs not in self._nums.values():
                self._nums[mine] = theirs
                abstracts[own] = other
        used = {node.get(w("val"), "") for node in old_body.iter(w("numId"))} | {
            num for num, _ in old.styles.values()
        }
        self._add_lists([num for num in old.nums if num in used and num not in self._nums], abstracts)

    def _lists_of_same_words(self, old: etree._Element, new: etree._Element) -> Iterable[tuple[str, str]]:
        """List of the old document, list of the new one, for each paragraph of a list that stands in both."""
        mine, theirs = self._in_lists(old, self._old_numbers), self._in_lists(new, self._new_numbers)
        for i, j in same([words for words, _ in mine], [words for words, _ in theirs]):
            yield mine[i][1], theirs[j][1]

    def _in_lists(self, body: etree._Element, numbers: Numbers) -> list[tuple[str, str]]:
        found = []
        for node in body.iter(w("p")):
            num, _ = numbers.of_paragraph(node, _value(node, "pPr/pStyle"))
            if num:
                found.append(("".join(text.text or "" for text in node.iter(w("t"))), num))
        return found

    def _add_lists(self, nums: list[str], abstracts: dict[str, str]) -> None:
        """Brings lists that only the old document has, with their definitions when they are unknown here."""
        part = one(self.old, "numbering")
        if not nums or part is None:
            return
        source = parse(self.old[part])
        name = one(self.new, "numbering")
        if name is None:
            name = free_name(self.new, "word/numbering.xml")
            empty = etree.Element(
                w("numbering"), nsmap={"w": source.nsmap.get("w", "")} if "w" in source.nsmap else None
            )
            main = main_part(self.new)
            add_part(
                self.new, main, name, serialize(empty), kind="numbering", type=WORD_TYPE + "numbering+xml"
            )
        target = parse(self.new[name])
        next_abstract = 1 + max(
            [-1, *(int(one.get(w("abstractNumId"), "0")) for one in target.iterchildren(w("abstractNum")))]
        )
        next_num = 1 + max([0, *(int(one.get(w("numId"), "0")) for one in target.iterchildren(w("num")))])
        for id in nums:
            own = self._old_numbers.nums[id][0]
            if own not in abstracts:
                definition = next(
                    (x for x in source.iterchildren(w("abstractNum")) if x.get(w("abstractNumId")) == own),
                    None,
                )
                if definition is None:
                    continue
                _insert_definition(target, self._definition(definition, next_abstract))
                abstracts[own] = str(next_abstract)
                next_abstract += 1
            twin = deepcopy(next(x for x in source.iterchildren(w("num")) if x.get(w("numId")) == id))
            twin.set(w("numId"), str(next_num))
            _set(twin, "abstractNumId", abstracts[own])
            last = target.findall(w("num"))
            if last:
                last[-1].addnext(twin)
            else:
                target.append(twin)
            self._nums[id] = str(next_num)
            next_num += 1
        self.new[name] = serialize(target)

    def _definition(self, definition: etree._Element, number: int) -> etree._Element:
        twin = deepcopy(definition)
        twin.set(w("abstractNumId"), str(number))
        for name in ("nsid", "tmpl", "styleLink", "numStyleLink"):
            for node in twin.findall(w(name)):
                twin.remove(node)
        for node in [*twin.iter(w("pStyle"), w("lvlPicBulletId"))]:
            parent = node.getparent()
            if parent is not None:
                parent.remove(node)
        return twin

    # --- what an old element leads to -----------------------------------------------------------------

    def bring(self, node: etree._Element, old_part: str, new_part: str) -> etree._Element:
        """A copy of an element of the old document that can stand in the new one: its pictures, links and
        notes come along."""
        twin = deepcopy(node)
        twin.tail = None
        for gone in [*twin.iter(*_DROPPED)]:
            parent = gone.getparent()
            if parent is not None:
                parent.remove(gone)
        self._settle_bookmarks(twin)
        for control in [*twin.iter(w("sdtPr"))]:
            for id in control.findall(w("id")):
                control.remove(id)
        targets = {relation.id: relation for relation in relations(self.old, old_part)}
        for one_node in twin.iter():
            if one_node.tag == _DRAWING_ID:
                one_node.set("id", str(next(self._drawings)))
            if one_node.tag in _NOTES:
                one_node.set(w("id"), self._note(_NOTES[one_node.tag], one_node.get(w("id"), "")))
            for key, value in one_node.attrib.items():
                if key.startswith(f"{{{R_NS}}}") and value in targets:
                    one_node.set(key, self._relation(targets[value], new_part))
        return twin

    def _settle_bookmarks(self, twin: etree._Element) -> None:
        """Keeps the bookmarks whose name is free, under new numbers."""
        numbers: dict[str, str] = {}
        for mark in [*twin.iter(w("bookmarkStart"), w("bookmarkEnd"))]:
            id, parent = mark.get(w("id"), ""), mark.getparent()
            name = mark.get(w("name"), "")
            starts = mark.tag == w("bookmarkStart")
            closes = any(end.get(w("id")) == id for end in twin.iter(w("bookmarkEnd")))
            if starts and name not in self._known_bookmarks and closes:
                self._known_bookmarks.add(name)
                numbers[id] = str(next(self._bookmarks))
            if id in numbers:
                mark.set(w("id"), numbers[id])
            elif parent is not None:
                parent.remove(mark)

    def _relation(self, relation: Relation, new_part: str) -> str:
        for known in relations(self.new, new_part):
            if known.kind != relation.kind or known.external != relation.external:
                continue
            if relation.external and known.target == relation.target:
                return known.id
            mine, theirs = self.old.get(relation.target), self.new.get(known.target)
            if not relation.external and mine is not None and mine == theirs and relation.kind == "image":
                return known.id
        if relation.external:
            return add_relation(self.new, new_part, relation.kind, relation.target, external=True)
        key = (relation.target, new_part)
        if key not in self._brought:
            self._brought[key] = self._copied(relation.target, relation.kind, new_part)
        return self._brought[key]

    def _copied(self, target: str, kind: str, owner: str) -> str:
        """Copies a part and all it leads to; gives the id of its relationship with `owner`."""
        data = self.old.get(target, b"")
        name = free_name(self.new, target)
        id = add_part(self.new, owner, name, data, kind=kind, type=content_type(self.old, target))
        renamed = {}
        for relation in relations(self.old, target):
            if relation.external:
                renamed[relation.id] = add_relation(
                    self.new, name, relation.kind, relation.target, external=True
                )
            elif relation.target in self.old:
                renamed[relation.id] = self._copied(relation.target, relation.kind, name)
        if kind in ("header", "footer") or renamed:
            self.new[name] = self._story(data, renamed)
        return id

    def _story(self, data: bytes, renamed: Mapping[str, str]) -> bytes:
        """A part of the old document with its ids as they are here."""
        root = parse(data)
        self.translate(root)
        for node in root.iter():
            for key, value in node.attrib.items():
                if key.startswith(f"{{{R_NS}}}") and value in renamed:
                    node.set(key, renamed[value])
        return serialize(root)

    def _note(self, kind: str, id: str) -> str:
        """Brings a note of the old document; gives its number here."""
        if (kind, id) in self._notes:
            return self._notes[kind, id]
        old_part, new_part = one(self.old, kind), one(self.new, kind)
        if old_part is None:
            return id
        note = next((x for x in parse(self.old[old_part]) if x.get(w("id")) == id), None)
        if note is None:
            return id
        if new_part is None:
            new_part = self._empty_notes(kind, old_part)
        target = parse(self.new[new_part])
        number = str(1 + max(int(one.get(w("id"), "0")) for one in target))
        self._notes[kind, id] = number
        twin = self.bring(note, old_part, new_part)
        self.translate(twin)
        twin.set(w("id"), number)
        target.append(twin)
        self.new[new_part] = serialize(target)
        return number

    def _empty_notes(self, kind: str, old_part: str) -> str:
        """The notes part of the old document without its notes: only the separators, which Word wants."""
        root = parse(self.old[old_part])
        for node in [*root]:
            if node.get(w("type")) in (None, "normal"):
                root.remove(node)
        self.translate(root)
        name = free_name(self.new, old_part)
        add_part(
            self.new, main_part(self.new), name, serialize(root), kind=kind, type=WORD_TYPE + f"{kind}+xml"
        )
        return name


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


def _insert_definition(target: etree._Element, definition: etree._Element) -> None:
    known = target.findall(w("abstractNum"))
    first = target.find(w("num"))
    if known:
        known[-1].addnext(definition)
    elif first is not None:
        first.addprevious(definition)
    else:
        target.append(definition)


_BEFORE_LIST: Final = tuple(
    w(name) for name in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
)


def _insert_list(properties: etree._Element, num: str, level: int) -> None:
    node = etree.Element(w("numPr"))
    _set(node, "ilvl", str(level))
    _set(node, "numId", num)
    place = sum(1 for child in properties if child.tag in _BEFORE_LIST)
    properties.insert(place, node)


def _set(parent: etree._Element, name: str, value: str) -> None:
    node = parent.find(w(name))
    if node is None:
        node = etree.SubElement(parent, w(name))
    node.set(w("val"), value)


def _value(node: etree._Element, path: str) -> str:
    found = node.find("/".join(w(step) for step in path.split("/")))
    return "" if found is None else found.get(w("val"), "")
