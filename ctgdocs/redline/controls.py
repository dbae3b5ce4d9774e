"""The content controls around the blocks of a story: those that come or go whole, or around what stays."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

from ctgdocs.redline.pieces import Block
from ctgdocs.redline.tracking import Marks
from ctgdocs.word.controls import free
from ctgdocs.word.parts import w


@dataclass(slots=True)
class Controls:
    """The controls of a story, outermost first, each with the places of its blocks."""

    story: etree._Element
    held: dict[etree._Element, list[int]]

    @classmethod
    def of(cls, story: etree._Element, blocks: Sequence[Block]) -> Controls:
        held: dict[etree._Element, list[int]] = {}
        for place, block in enumerate(blocks):
            for control in reversed([*_around(block.node, story)]):
                held.setdefault(control, []).append(place)
        return cls(story, held)

    def whole(self, places: Collection[int]) -> Iterator[etree._Element]:
        """The controls all of whose blocks are among these."""
        for control, own in self.held.items():
            if all(place in places for place in own):
                yield control

    def holders(self, places: Collection[int], blocks: Sequence[Block]) -> dict[int, etree._Element]:
        """What to take out for each of these blocks: the outermost control that goes whole with it, or it."""
        found = {place: blocks[place].node for place in places}
        for control in self.whole(places):
            for place in self.held[control]:
                if found[place] is blocks[place].node:
                    found[place] = control
        return found

    def holds(self, place: int) -> bool:
        return any(place in own for own in self.held.values())


def track(
    old: Controls, new: Controls, partners: Mapping[int, int], changed: Collection[int], marks: Marks
) -> None:
    """Marks the controls that only the new version has; those that differ show what they hold. `partners`:
    old place → new one; `changed`: the places of the new blocks that are not what they were."""
    former = {new_place: old_place for old_place, new_place in partners.items()}
    for control, places in new.held.items():
        if not any(place in former and old.holds(former[place]) for place in places):
            _around_blocks(control, marks)
        elif any(place in changed for place in places):
            free(control)


def lost(
    old: Controls, new: Controls, blocks: Sequence[Block], partners: Mapping[int, int]
) -> Iterator[tuple[etree._Element, list[etree._Element]]]:
    """The old controls that stood around blocks which are still there, with those blocks side by side."""
    for control, places in old.held.items():
        here = [partners[place] for place in places if place in partners]
        nodes = [blocks[place].node for place in here]
        if len(here) != len(places) or any(new.holds(place) for place in here):
            continue
        if all(before.getnext() is after for before, after in pairwise(nodes)):
            yield control, nodes


def put_away(block: etree._Element, marks: Marks) -> None:
    """Marks as deleted the controls that go with their blocks: this one and those in it."""
    for control in [*block.iter(w("sdt"))]:
        if block.tag == w("sdt") and next(control.iterancestors(w("p"), w("tbl")), None) is None:
            _around_blocks(control, marks, "del")


def put_around(control: etree._Element, nodes: Sequence[etree._Element], marks: Marks) -> None:
    """Puts back around blocks a control that was taken from around them, as deleted."""
    content = control.find(w("sdtContent"))
    if content is None:
        return
    content[:] = []
    nodes[0].addprevious(control)
    content.extend(nodes)
    _around_blocks(control, marks, "del")


def _around_blocks(control: etree._Element, marks: Marks, name: str = "ins") -> None:
    before, _, after = marks.whole_control(control, name)
    control.addprevious(before)
    control.addnext(after)


def _around(node: etree._Element, story: etree._Element) -> Iterator[etree._Element]:
    for parent in node.iterancestors():
        if parent is story:
            return
        if parent.tag == w("sdt"):
            yield parent
