"""What an element of the old document leads to, brought along with it: pictures, links, notes, bookmarks."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import count
from typing import Final

from lxml import etree

from ctgdocs.redline.pieces import Describe
from ctgdocs.word.names import R_NS, W_NS, WORD_TYPE
from ctgdocs.word.parts import (
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
    remove,
    serialize,
    w,
    whole,
)

# --- What an element is beyond its words: the bytes of its picture, the words of its note, where it leads


_NUMBERS: Final = frozenset(("id", "spid", "name", "editId", "anchorId", "paraId", "textId", "fldCharType"))


def describer(package: Package, part: str) -> Describe:
    """Says what the elements of a part are. Numbers that Word or a program gives are left out."""
    targets = {relation.id: relation for relation in relations(package, part)}
    notes = {kind: _notes(package, kind) for kind in ("footnotes", "endnotes")}

    def describe(node: etree._Element) -> str:
        if node.tag in _NOTES:
            return notes[_NOTES[node.tag]].get(node.get(w("id"), ""), "")
        told = [str(etree.QName(node).localname)] if not node.tag.startswith(f"{{{W_NS}}}") else []
        for name, value in sorted(attributes(node)):
            local = name.rpartition("}")[2]
            if name.startswith(f"{{{R_NS}}}") and value in targets:
                told.append(_target(package, targets[value]))
            elif local not in _NUMBERS and not local.startswith("rsid") and local != "space":
                told.append(f"{local}={value}")
        return " ".join(told)

    return describe


def attributes(node: etree._Element) -> list[tuple[str, str]]:
    """The attributes of an element, as texts."""
    return [(str(name), str(value)) for name, value in node.items()]


def _target(package: Mapping[str, bytes], relation: Relation) -> str:
    if relation.external:
        return relation.target
    return hashlib.sha256(package.get(relation.target, b"")).hexdigest()[:16]


def _leads_to(package: Mapping[str, bytes], relation: Relation) -> str | bytes:
    """What two relationships are the same by: an address, the bytes of a picture, or the name of a part."""
    picture = relation.kind == "image" and not relation.external
    return package.get(relation.target, relation.target) if picture else relation.target


def _notes(package: Package, kind: str) -> dict[str, str]:
    part = one(package, kind)
    if part is None:
        return {}
    return {
        node.get(w("id"), ""): "\n".join(
            "".join(text.text or "" for text in paragraph.iter(w("t"))) for paragraph in node.iter(w("p"))
        )
        for node in parse(package[part], part)
    }


_NOTES: Final = {w("footnoteReference"): "footnotes", w("endnoteReference"): "endnotes"}
_RELATED: Final = f"{{{R_NS}}}"
_DROPPED: Final = tuple(
    w(name)
    for name in (
        "commentRangeStart", "commentRangeEnd", "commentReference", "proofErr", "permStart", "permEnd",
        "lastRenderedPageBreak",
    )
)  # fmt: skip
FIRST_BOOKMARK: Final = 70_000  # clear of those of the new document


@dataclass(slots=True)
class _Notes:
    """The notes of one kind: those of the old document by id, the part they are brought to, and the numbers
    they got there."""

    old_part: str
    old: Mapping[str, etree._Element]
    part: str
    root: etree._Element
    next: int
    brought: dict[str, str] = field(default_factory=dict)


class Belongings:
    """`translate` rewrites, in a story of the old document, the ids of styles and lists."""

    def __init__(self, old: Package, new: Package, translate: Callable[[etree._Element], None]) -> None:
        self.old, self.new, self.translate = old, new, translate
        self._notes: dict[str, _Notes] = {}
        self._old_relations: dict[str, dict[str, Relation]] = {}
        self._new_relations: dict[str, dict[tuple[str, str | bytes], str]] = {}
        self._bookmarks = count(FIRST_BOOKMARK)
        self._taken = {
            node.get(w("name"), "") for node in parse(new[main_part(new)]).iter(w("bookmarkStart"))
        }

    def bring(self, node: etree._Element, old_part: str, new_part: str) -> etree._Element:
        """A copy of an element of the old document that can stand in the new one: its pictures, links and
        notes come along."""
        twin = deepcopy(node)
        twin.tail = None
        for gone in [*twin.iter(*_DROPPED)]:
            remove(gone)
        self._settle_bookmarks(twin)
        self._settle_links(twin, old_part, new_part)
        return twin

    def _settle_links(self, twin: etree._Element, old_part: str, new_part: str) -> None:
        """Gives pictures, notes and links of a copy their numbers here."""
        for node in twin.iter():
            if node.tag in _NOTES:
                node.set(w("id"), self._note(_NOTES[node.tag], node.get(w("id"), "")))
            for key, value in attributes(node):
                if key.startswith(_RELATED) and (relation := self._relations(old_part).get(value)):
                    node.set(key, self._relation(relation, new_part))

    def _relations(self, old_part: str) -> Mapping[str, Relation]:
        if old_part not in self._old_relations:
            self._old_relations[old_part] = {one.id: one for one in relations(self.old, old_part)}
        return self._old_relations[old_part]

    def bookmarks(self, paragraph: etree._Element) -> tuple[list[etree._Element], list[etree._Element]]:
        """The bookmarks of an old paragraph that the new document lost: their starts, and their ends. A link
        of a deleted sentence may lead to them."""
        starts, ends = [], []
        for mark in paragraph.iter(w("bookmarkStart")):
            if (name := mark.get(w("name"), "")) in self._taken:
                continue
            self._taken.add(name)
            number = str(next(self._bookmarks))
            starts.append(etree.Element(w("bookmarkStart"), {w("id"): number, w("name"): name}))
            ends.append(etree.Element(w("bookmarkEnd"), {w("id"): number}))
        return starts, ends

    def _settle_bookmarks(self, twin: etree._Element) -> None:
        """Keeps the bookmarks whose name is free, under new numbers."""
        numbers: dict[str, str] = {}
        for mark in [*twin.iter(w("bookmarkStart"), w("bookmarkEnd"))]:
            id, name = mark.get(w("id"), ""), mark.get(w("name"), "")
            starts = mark.tag == w("bookmarkStart")
            closes = any(end.get(w("id")) == id for end in twin.iter(w("bookmarkEnd")))
            if starts and name not in self._taken and closes:
                self._taken.add(name)
                numbers[id] = str(next(self._bookmarks))
            if id in numbers:
                mark.set(w("id"), numbers[id])
            else:
                remove(mark)

    def _relation(self, relation: Relation, new_part: str) -> str:
        """The id of the same link or picture in a part of the new document, brought there if need be."""
        known = self._here(new_part)
        key = (relation.kind, _leads_to(self.old, relation))
        if key not in known:
            known[key] = (
                add_relation(self.new, new_part, relation.kind, relation.target, external=True)
                if relation.external
                else self._copied(relation.target, relation.kind, new_part)
            )
        return known[key]

    def _here(self, part: str) -> dict[tuple[str, str | bytes], str]:
        """Where the links and pictures of a part of the new document lead → their ids."""
        if part not in self._new_relations:
            known = self._new_relations[part] = {}
            for one in relations(self.new, part):
                if one.external or one.kind == "image":
                    known.setdefault((one.kind, _leads_to(self.new, one)), one.id)
        return self._new_relations[part]

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
            for key, value in attributes(node):
                if key.startswith(_RELATED) and value in renamed:
                    node.set(key, renamed[value])
        return serialize(root)

    def _note(self, kind: str, id: str) -> str:
        """Brings a note of the old document; gives its number here."""
        notes = self._notes_of(kind)
        if notes is None or id not in notes.old:
            return id
        if id not in notes.brought:
            number = notes.brought[id] = str(notes.next)
            notes.next += 1
            twin = self.bring(notes.old[id], notes.old_part, notes.part)
            self.translate(twin)
            twin.set(w("id"), number)
            notes.root.append(twin)
        return notes.brought[id]

    def _notes_of(self, kind: str) -> _Notes | None:
        if kind not in self._notes:
            old_part = one(self.old, kind)
            if old_part is None:
                return None
            part = one(self.new, kind) or self._empty_notes(kind, old_part)
            root, old = parse(self.new[part]), parse(self.old[old_part])
            highest = max((whole(note.get(w("id"))) for note in root), default=0)
            known = {note.get(w("id"), ""): note for note in old}
            self._notes[kind] = _Notes(old_part, known, part, root, highest + 1)
        return self._notes[kind]

    def finish(self) -> None:
        """Writes the notes that were brought into the new document."""
        for notes in self._notes.values():
            if notes.brought:
                self.new[notes.part] = serialize(notes.root)

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
