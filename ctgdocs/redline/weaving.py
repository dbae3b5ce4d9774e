"""Two stories (a body, a header, a cell) made into one, with tracked changes, inside the new document's tree.

The rule of paragraph marks: a story and a cell end with a paragraph whose mark cannot be tracked. When
paragraphs were added at the very end, or removed there, the tracked marks are those of one paragraph before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import groupby

from lxml import etree

from ctgdocs.redline.align import Pair, Stretch, changes
from ctgdocs.redline.controls import Controls, lost, put_around, put_away, track
from ctgdocs.redline.pieces import (
    ROW_ALIKE,
    Atom,
    Block,
    Describe,
    atoms_of,
    blocks_of,
    elements,
    kept_elements,
    paired,
    rows_of,
)
from ctgdocs.redline.tracking import Marks, canonical, same_element
from ctgdocs.word.parts import w
from ctgdocs.word.walk import blocks, held

Told = Callable[[etree._Element, etree._Element], None]


@dataclass(slots=True)
class Weaver:
    """`bring`: a copy of an old element fit for the new document. `describe_old`, `describe_new`: what an
    element without words is. `lost_bookmarks`: those of an old paragraph to keep. `same_section` is
    told each section that both have."""

    marks: Marks
    bring: Callable[[etree._Element], etree._Element]
    describe_old: Describe
    describe_new: Describe
    lost_bookmarks: Callable[[etree._Element], tuple[list[etree._Element], list[etree._Element]]]
    same_section: Told = lambda old, new: None

    def story(self, old: etree._Element, new: etree._Element) -> None:
        """Weaves the old story into the new one."""
        eyes = self.marks.eyes
        a, b = blocks_of(old, self.describe_old, eyes), blocks_of(new, self.describe_new, eyes)
        pairs = _with_last(paired(a, b), a, b)
        in_a, in_b = {i for i, _ in pairs}, {j for _, j in pairs}
        theirs, mine = Controls.of(old, a), Controls.of(new, b)
        changed = {j for i, j in pairs if self._same_block(a[i], b[j])}
        for j, block in enumerate(b):
            if j not in in_b and (eyes.looks or _says_something(block)):
                self.marks.whole_block(block.node, "ins", mark=bool(a) and j < len(b) - 1)
                changed.add(j)
        last = max(in_a, default=-1)
        kept_out = {i for i, one in enumerate(a) if i < last and not eyes.looks and not _says_something(one)}
        leaving = theirs.holders([i for i in range(len(a)) if i not in in_a | kept_out], a)
        gone, holders = self._brought(leaving)
        for i, node in gone.items():
            self.marks.whole_block(node, "del", mark=bool(b) and i < len(a) - 1)
        _put_back(leaving, holders, dict(pairs), a, b, new)
        track(theirs, mine, dict(pairs), changed, self.marks)
        for twin in {id(one): one for one in holders.values()}.values():
            put_away(twin, self.marks)
        self._shift_marks(pairs, a, b, gone)
        for control, nodes in lost(theirs, mine, b, dict(pairs)):
            put_around(self.bring(control), nodes, self.marks)
        self._part_tables({id(node) for node in gone.values()}, new)

    def _brought(
        self, leaving: Mapping[int, etree._Element]
    ) -> tuple[dict[int, etree._Element], dict[int, etree._Element]]:
        """The blocks that are gone, and what to put back for each: it, or the control that goes with it."""
        gone: dict[int, etree._Element] = {}
        holders: dict[int, etree._Element] = {}
        for holder, places in groupby(leaving, key=leaving.__getitem__):
            twin = self.bring(holder)
            inside = [twin] if holder.tag != w("sdt") else [*blocks(twin)]
            for place, node in zip(places, inside, strict=True):
                gone[place], holders[place] = node, twin
        return gone, holders

    def _same_block(self, old: Block, new: Block) -> bool:
        """Weaves two blocks; True when they differ."""
        if old.key == new.key and (not self.marks.eyes.looks or same_element(old.node, new.node)):
            return False
        before = self.marks.written
        if new.is_table:
            self._table(old.node, new.node)
        else:
            self._paragraph(old.node, new.node)
        return self.marks.written > before

    def _shift_marks(
        self, pairs: Sequence[Pair], a: Sequence[Block], b: Sequence[Block], gone: dict[int, etree._Element]
    ) -> None:
        """The end of a story: tracks the mark before what was added or removed there."""
        if not pairs or not a or not b:
            return
        i, j = pairs[-1]
        if i == len(a) - 1 and j < len(b) - 1 and not b[j].is_table and not b[-1].is_table:
            self.marks.mark_paragraph(b[j].node, "ins")
            self._properties(a[i].node, b[-1].node)
        elif j == len(b) - 1 and i < len(a) - 1 and not b[j].is_table and not a[-1].is_table:
            last = gone[len(a) - 1]
            self.marks.mark_paragraph(b[j].node, "del")
            former = last.find(w("pPr"))
            if former is not None:
                last.remove(former)
            current = b[j].node.find(w("pPr"))
            if current is not None:
                last.insert(0, _bare(current))
            stand_in = etree.Element(w("p"))
            if former is not None:
                stand_in.append(former)
            self._properties(stand_in, last)

    def _part_tables(self, gone: set[int], new: etree._Element) -> None:
        """Keeps a table that goes and one that comes apart, or Word would join them: a paragraph that was
        never there, inserted and deleted."""
        del gone
        for table in [*new.iterchildren(w("tbl"))]:
            following = table.getnext()
            if (
                following is not None
                and following.tag == w("tbl")
                and (_tracked(table) or _tracked(following))
            ):
                between = etree.Element(w("p"))
                self.marks.mark_paragraph(between, "ins")
                self.marks.mark_paragraph(between, "del")
                table.addnext(between)

    # --- paragraphs -----------------------------------------------------------------------------------

    def _paragraph(self, old: etree._Element, new: etree._Element) -> None:
        self._properties(old, new)
        mine, theirs = new.find(f"{w('pPr')}/{w('sectPr')}"), old.find(f"{w('pPr')}/{w('sectPr')}")
        if mine is not None and theirs is not None:
            self.section(theirs, mine)
        self._words(old, new)

    def _properties(self, old: etree._Element, new: etree._Element) -> None:
        """What the properties of a paragraph were."""
        if not self.marks.eyes.looks:
            return
        mine, theirs = new.find(w("pPr")), old.find(w("pPr"))
        if mine is None and theirs is not None:
            mine = etree.Element(w("pPr"))
            new.insert(0, mine)
        if mine is not None:
            self.marks.changed_properties(mine, theirs, "pPr", (w("rPr"), w("sectPr")))

    def section(self, old: etree._Element, new: etree._Element) -> None:
        """A section that both have: its page, then its headers and footers (told to `same_section`)."""
        self.same_section(old, new)
        self.marks.changed_properties(new, old, "sectPr", (w("headerReference"), w("footerReference")))

    def _words(self, old: etree._Element, new: etree._Element) -> None:
        eyes = self.marks.eyes
        theirs = [atom for atom in atoms_of(old, self.describe_old, eyes) if not atom.place]
        said, places = _without_places(atoms_of(new, self.describe_new, eyes))
        starts, ends = self.lost_bookmarks(old)
        result: list[etree._Element] = [*starts]
        for one in changes([eyes.read(atom.key) for atom in theirs], [eyes.read(atom.key) for atom in said]):
            silent = one.kept or self._is_typography(theirs, said, one)
            gone = [] if silent else elements(theirs[one.a0 : one.a1])
            result += self.marks.wrapped([self.bring(node) for node in gone], "del")
            start = one.b0
            for stop in [*(at for at in sorted(places) if one.b0 < at < one.b1), one.b1]:
                result += places.pop(start, [])
                shift = one.a0 - one.b0
                if one.kept:
                    before = theirs[start + shift : stop + shift]
                    result += kept_elements(said[start:stop], before, self.marks)
                else:
                    come = elements(said[start:stop])
                    result += come if silent else self.marks.wrapped(come, "ins")
                start = stop
        for nodes in places.values():
            result += nodes
        result += ends
        for child in [child for child in new if child.tag != w("pPr")]:
            new.remove(child)
        new.extend(result)

    def _is_typography(self, theirs: Sequence[Atom], mine: Sequence[Atom], where: Stretch) -> bool:
        """Whether a change is one of spaces, of signs, of the bullet of a list, where words alone count."""
        old = "".join(atom.key for atom in theirs[where.a0 : where.a1])
        new = "".join(atom.key for atom in mine[where.b0 : where.b1])
        if self.marks.eyes.same_words(old, new):
            return True
        after = next((atom.key for atom in mine[where.b1 :] if atom.key.strip()), "")
        return where.a0 == where.b0 == 0 and self.marks.eyes.opens_a_list(old, new, after)

    # --- tables ---------------------------------------------------------------------------------------

    def _table(self, old: etree._Element, new: etree._Element) -> None:
        """Two tables with as many columns."""
        self._property(old, new, "tblPr")
        self._grid(old, new)
        eyes = self.marks.eyes
        a, b = rows_of(old, self.describe_old, eyes), rows_of(new, self.describe_new, eyes)
        pairs = paired(a, b, ROW_ALIKE)
        in_a, in_b = {i for i, _ in pairs}, {j for _, j in pairs}
        for i, j in pairs:
            self._row(a[i].node, b[j].node)
        for j, row in enumerate(b):
            if j not in in_b:
                self.marks.whole_row(row.node, "ins")
        leaving = {i: a[i].node for i in range(len(a)) if i not in in_a}
        gone = {i: self.bring(row) for i, row in leaving.items()}
        for row_node in gone.values():
            self.marks.whole_row(row_node, "del")
        _put_back(leaving, gone, dict(pairs), a, b, new)

    def _grid(self, old: etree._Element, new: etree._Element) -> None:
        grid, former = new.find(w("tblGrid")), old.find(w("tblGrid"))
        if not self.marks.eyes.looks or grid is None or former is None:
            return
        if canonical(grid) == canonical(former):
            return
        change = self.marks.change("tblGridChange")
        for name in ("author", "date"):
            del change.attrib[w(name)]
        change.append(deepcopy(former))
        grid.append(change)

    def _row(self, old: etree._Element, new: etree._Element) -> None:
        self._property(old, new, "trPr")
        for theirs, mine in zip(held(old, "tc"), held(new, "tc"), strict=True):
            self._property(theirs, mine, "tcPr")
            self.story(theirs, mine)

    def _property(self, old: etree._Element, new: etree._Element, name: str) -> None:
        if not self.marks.eyes.looks:
            return
        mine, theirs = new.find(w(name)), old.find(w(name))
        if mine is None and theirs is not None:
            mine = etree.Element(w(name))
            new.insert(0 if new.find(w("tblPrEx")) is None else 1, mine)
        if mine is not None and _beyond_width(mine) != _beyond_width(theirs):
            self.marks.changed_properties(mine, theirs, name)


def _with_last(pairs: list[Pair], a: Sequence[Block], b: Sequence[Block]) -> list[Pair]:
    """The last paragraphs of both, paired when nothing else claims them: they cannot be tracked whole."""
    i, j = len(a) - 1, len(b) - 1
    last = pairs[-1] if pairs else (-1, -1)
    if i >= 0 and j >= 0 and last[0] < i and last[1] < j and a[i].shape == b[j].shape and not b[j].is_table:
        return [*pairs, (i, j)]
    return pairs


def _put_back(
    leaving: Mapping[int, etree._Element],
    holders: Mapping[int, etree._Element],
    partner: Mapping[int, int],
    a: Sequence[Block],
    b: Sequence[Block],
    new: etree._Element,
) -> None:
    """Puts what is gone where it stood: after what came before it, and before what was put in its place.
    `leaving`: what stood there in the old story, `holders`: its copy here. What stood in the same control as
    what came before stays in it, the rest stands beside the whole control."""
    before = former = None
    for i in range(len(a)):
        if i in partner:
            before, former = b[partner[i]].node, a[i].node
            continue
        if i not in holders or holders[i] is before:
            continue
        if before is not None and former is not None:
            inside = former.getparent() is leaving[i].getparent()
            (before if inside else _topmost(before, new)).addnext(holders[i])
        elif b:
            _topmost(b[0].node, new).addprevious(holders[i])
        else:
            place = sum(1 for node in new if node.tag in (w("tcPr"), w("tblPr"), w("tblGrid")))
            new.insert(place, holders[i])
        before, former = holders[i], leaving[i]


def _says_something(block: Block) -> bool:
    return bool(block.words) or block.is_table or block.shape != "paragraph"


def _topmost(node: etree._Element, story: etree._Element) -> etree._Element:
    """What stands in the story itself and holds this node."""
    while (parent := node.getparent()) is not None and parent is not story:
        node = parent
    return node


def _without_places(atoms: Sequence[Atom]) -> tuple[list[Atom], dict[int, list[etree._Element]]]:
    """The tokens that say something, and the places (bookmarks…) that stand before the nth of them."""
    kept: list[Atom] = []
    places: dict[int, list[etree._Element]] = {}
    for atom in atoms:
        if atom.place:
            places.setdefault(len(kept), []).extend(atom.nodes)
        else:
            kept.append(atom)
    return kept, places


def _beyond_width(properties: etree._Element | None) -> list[str]:
    """The properties of a cell or a row that are worth a mark: its width follows from the grid."""
    return [canonical(child) for child in (() if properties is None else properties) if child.tag != w("tcW")]


def _bare(properties: etree._Element) -> etree._Element:
    """Properties without marks, section or former properties."""
    twin = deepcopy(properties)
    for child in [*twin]:
        if child.tag in (w("rPr"), w("sectPr"), w("pPrChange")):
            twin.remove(child)
    return twin


def _tracked(table: etree._Element) -> bool:
    rows = [*held(table, "tr")]
    return bool(rows) and all(
        row.find(f"{w('trPr')}/{w('ins')}") is not None or row.find(f"{w('trPr')}/{w('del')}") is not None
        for row in rows
    )
