"""Headers and footers: each one of the new document is compared with the one it takes the place of."""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from ctgdocs.redline.belongings import describer
from ctgdocs.redline.legacy import Legacy
from ctgdocs.redline.tracking import Marks
from ctgdocs.redline.weaving import Weaver
from ctgdocs.word.names import R_NS, WORD_TYPE, rels_name
from ctgdocs.word.package import Package
from ctgdocs.word.parts import (
    add_relation,
    free_name,
    main_part,
    parse,
    relations,
    serialize,
    set_content_type,
    w,
)

_R_ID = f"{{{R_NS}}}id"
_ROOTS = {"header": "hdr", "footer": "ftr"}


class Edge(NamedTuple):
    """`header` or `footer`, and for which pages: `default`, `first`, `even`."""

    kind: str
    pages: str


class Edges:
    """Told which sections are the same ones, then weaves their headers and footers."""

    def __init__(self, legacy: Legacy, marks: Marks, old: etree._Element, new: etree._Element) -> None:
        self.legacy, self.marks = legacy, marks
        self.old = effective(legacy.old, old)
        self.new = effective(legacy.new, new)
        self._pairs: list[tuple[etree._Element, etree._Element]] = []
        self._woven: set[str] = set()

    def pair(self, old: etree._Element, new: etree._Element) -> None:
        self._pairs.append((old, new))

    def weave(self) -> None:
        """Each part of the new document is woven with the first old part that it replaces; a section where it
        replaces another one gets a part of its own. When sections come or go, the others name their headers
        and footers, so that none is taken from a section that is not there in the end."""
        new = self.legacy.new
        untouched = {name: new[name] for parts in self.new.values() for name in parts.values()}
        named = not len(self._pairs) == len(self.old) == len(self.new)
        done: dict[str, str] = {}
        for theirs, mine in self._pairs:
            before_of, after_of = self.old[theirs], self.new[mine]
            for edge in sorted({**before_of, **after_of}):
                before, after = before_of.get(edge, ""), after_of.get(edge, "")
                part = after
                if not after or done.setdefault(after, before) != before:
                    part = self._part_like(after, untouched.get(after, b""), edge)
                if part not in done or (done[part] == before and part not in self._woven):
                    done[part] = before
                    self._woven.add(part)
                    self._weave(before, part, edge)
                if named or part != after:
                    self._name(mine, edge, part)

    def _part_like(self, like: str, data: bytes, edge: Edge) -> str:
        """A new header or footer, that says what `like` said before it was woven; nothing without it."""
        new = self.legacy.new
        name = free_name(new, f"word/{edge.kind}1.xml")
        root = parse(data) if data else empty(edge)
        new[name] = serialize(root)
        set_content_type(new, name, f"{WORD_TYPE}{edge.kind}+xml")
        if like and rels_name(like) in new:
            new[rels_name(name)] = new[rels_name(like)]
        return name

    def _name(self, section: etree._Element, edge: Edge, part: str) -> None:
        """Makes a section name this part."""
        new, main = self.legacy.new, main_part(self.legacy.new)
        known = [one.id for one in relations(new, main) if one.target == part]
        id = known[0] if known else add_relation(new, main, edge.kind, part)
        for reference in section.findall(w(f"{edge.kind}Reference")):
            if reference.get(w("type"), "default") == edge.pages:
                reference.set(_R_ID, id)
                return
        reference = etree.Element(w(f"{edge.kind}Reference"))
        reference.set(w("type"), edge.pages)
        reference.set(_R_ID, id)
        section.insert(0, reference)

    def _weave(self, before: str, after: str, edge: Edge) -> None:
        legacy = self.legacy
        old = parse(legacy.old[before], before) if before else empty(edge)
        new = parse(legacy.new[after], after)
        legacy.translate(old)
        weaver_of(legacy, self.marks, before, after).story(old, new)
        legacy.new[after] = serialize(new)


def weaver_of(legacy: Legacy, marks: Marks, old_part: str, new_part: str) -> Weaver:
    """What weaves one part of the old document into one of the new."""
    return Weaver(
        marks,
        lambda node: legacy.belongings.bring(node, old_part, new_part),
        describer(legacy.old, old_part),
        describer(legacy.new, new_part),
        legacy.belongings.bookmarks,
    )


def empty(edge: Edge) -> etree._Element:
    """A header that says nothing."""
    root = etree.Element(w(_ROOTS[edge.kind]))
    etree.SubElement(root, w("p"))
    return root


def explicit(package: Package, section: etree._Element) -> dict[Edge, str]:
    """The headers and footers that a section names."""
    targets = {relation.id: relation.target for relation in relations(package, main_part(package))}
    found = {}
    for kind in _ROOTS:
        for reference in section.findall(w(f"{kind}Reference")):
            name = targets.get(reference.get(_R_ID, ""), "")
            if name in package:
                found[Edge(kind, reference.get(w("type"), "default"))] = name
    return found


def effective(package: Package, root: etree._Element) -> dict[etree._Element, dict[Edge, str]]:
    """The headers and footers of each section: those it does not name are the ones of the section before."""
    found = {}
    current: dict[Edge, str] = {}
    for section in root.iter(w("sectPr")):
        current = {**current, **explicit(package, section)}
        found[section] = current
    return found
