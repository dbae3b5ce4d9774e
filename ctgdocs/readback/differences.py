"""What changed between two versions of a document: words, looks, paragraphs that came, went or moved."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from ctgdocs.readback.words import Word, core, key_of, words_of
from ctgdocs.redline import alike, bag, common_words, gaps, same
from ctgdocs.word import Dress, Passage

_EDGES = ("en-tête", "pied")
"""Some programs write those of the first page, or of the first section, again in each."""
_HEADING = re.compile(r"heading|title|titre")
ALIKE = 0.35
"""How much two paragraphs must share to be one that was rewritten."""


class Kind(StrEnum):
    """What changed. The values are what an agent reads."""

    WORDS = "texte"
    LOOK = "mise en forme"
    DRESS = "présentation"
    SHAPE = "disposition"
    ADDED = "ajout"
    REMOVED = "retrait"


class Difference(NamedTuple):
    """One change. `old`, `new`: the ranks of its paragraph in the two versions (-1: in neither); the words
    `a0` to `a1` of the old one are the words `b0` to `b1` of the new one."""

    kind: Kind
    old: int
    new: int
    a0: int = 0
    a1: int = 0
    b0: int = 0
    b1: int = 0

    def touches(self, other: Difference) -> bool:
        """Whether two changes are about the same words of the new version, or words next to them."""
        return self.new == other.new and self.b0 <= other.b1 and other.b0 <= self.b1


@dataclass(frozen=True, eq=False)
class Text:
    """A paragraph with its words; `likeness` is what pairs it with another."""

    passage: Passage

    @cached_property
    def words(self) -> list[Word]:
        return words_of(self.passage.text)

    @cached_property
    def keys(self) -> list[str]:
        return [word.key for word in self.words]

    @cached_property
    def bare(self) -> str:
        """Its words without spaces, as `keys` compares them."""
        return key_of(self.passage.text)

    @property
    def edge(self) -> str:
        """Whether it stands above or below each page, "" for neither."""
        side = self.story.partition(" ")[0]
        return side if side in _EDGES else ""

    @property
    def said(self) -> tuple[str, str]:
        return self.story, self.bare

    @cached_property
    def core(self) -> list[str]:
        return core(self.keys)

    @cached_property
    def values(self) -> dict[str, tuple[int, int]]:
        """The words that the carriers of its values stand around, in order; not what two claim, nor half a
        word."""
        starts, ends = [one.start for one in self.words], [one.end for one in self.words]
        found: dict[str, tuple[int, int]] = {}
        twice: set[str] = set()
        for one in sorted(self.passage.anchors, key=lambda one: one.start):
            first, last = bisect_left(starts, one.start), bisect_right(ends, one.end)
            cut = (first and ends[first - 1] > one.start) or (last < len(ends) and starts[last] < one.end)
            if cut or first > last or (first, last) == (0, len(ends)):
                continue
            if found.setdefault(one.id, (first, last)) != (first, last):
                twice.add(one.id)
        return {id: span for id, span in found.items() if id not in twice}

    @property
    def shape(self) -> tuple[str, int, int, int]:
        """What it is beside its words: its style, its depth in a list, its column in a table, how many line
        breaks it has inside."""
        one = self.passage
        breaks = one.text.strip().count("\n")
        return one.style.casefold(), one.level, one.within.cell if one.within else 0, breaks

    @property
    def rank(self) -> tuple[str, int, int, int]:
        """The same for what Markdown can say: of styles, those of headings alone."""
        style, level, column, breaks = self.shape
        return style if _HEADING.match(style) else "", level, column, breaks

    @cached_property
    def story(self) -> str:
        """The part of the document it stands in: its body, its headers…"""
        return self.passage.place.partition(",")[0].partition(" (")[0]

    @cached_property
    def _bag(self) -> frozenset[tuple[str, int]]:
        return bag(self.keys)

    def likeness(self, other: object) -> float:
        if (
            not isinstance(other, Text)
            or self.story != other.story
            or (self.passage.within is None) != (other.passage.within is None)
        ):
            return 0.0
        if self.bare == other.bare or not self.passage.carriers.isdisjoint(other.passage.carriers):
            return 1.0
        return common_words(self._bag, other._bag)


class Page(list[Text]):
    """The paragraphs of a version, in order."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        super().__init__(map(Text, passages))

    def rows(self) -> list[str]:
        """What the whole row of a table says where each paragraph stands, "" out of tables: its cells stay
        together."""
        cells = [(one.passage.part, *one.passage.within[:2]) if one.passage.within else () for one in self]
        said: dict[tuple[str | int, ...], str] = {}
        for cell, text in zip(cells, self, strict=True):
            if cell:
                said[cell] = f"{said.get(cell, '')}\n{text.bare}"
        return [said.get(cell, "") for cell in cells]


class Pairing(NamedTuple):
    """Which paragraphs are the same in two versions, and what changed in them and around."""

    pairs: list[tuple[int, int]]
    differences: list[Difference]


def compared(before: Page, after: Page, *, looks: bool = True) -> Pairing:
    """What changed from a version to another, in the order of the new one."""
    a, b = ([at for at, one in enumerate(page) if one.bare] for page in (before, after))
    rows = [page.rows() for page in (before, after)]
    pairs = same(
        *(
            [(*page[at].said, row[at]) for at in ranks]
            for page, row, ranks in zip((before, after), rows, (a, b), strict=True)
        )
    )
    found = [*pairs]
    for a0, a1, b0, b1 in gaps(pairs, len(a), len(b)):
        alone = same(
            *([page[at].said for at in ranks] for page, ranks in ((before, a[a0:a1]), (after, b[b0:b1])))
        )
        found += ((a0 + i, b0 + j) for i, j in alone)
        for i0, i1, j0, j1 in gaps(alone, a1 - a0, b1 - b0):
            found += _paired(before, after, a, b, (a0 + i0, a0 + i1, b0 + j0, b0 + j1))
    matched = sorted((a[i], b[j]) for i, j in found)
    return Pairing(
        matched, sorted(_all(before, after, matched, looks), key=lambda one: (one.new, one.old, one.b0))
    )


def _paired(
    before: Page, after: Page, a: Sequence[int], b: Sequence[int], gap: tuple[int, int, int, int]
) -> Iterator[tuple[int, int]]:
    """The paragraphs of a gap that were rewritten."""
    a0, a1, b0, b1 = gap
    old, new = [before[a[at]] for at in range(a0, a1)], [after[b[at]] for at in range(b0, b1)]
    found = alike(old, new, ALIKE)
    yield from ((a0 + i, b0 + j) for i, j in found)
    for i0, i1, j0, j1 in gaps(found, len(old), len(new)):
        if i1 - i0 == j1 - j0:  # as many as before: each in its place
            yield from (
                (a0 + i, b0 + j)
                for i, j in zip(range(i0, i1), range(j0, j1), strict=True)
                if _same_place(old[i], new[j])
            )


def _same_place(old: Text, new: Text) -> bool:
    one, other = old.passage, new.passage
    return (
        old.story == new.story and (one.within is None) == (other.within is None) and one.level == other.level
    )


def _all(before: Page, after: Page, pairs: Sequence[tuple[int, int]], looks: bool) -> Iterator[Difference]:
    for old, new in pairs:
        yield from _in_words(before[old], after[new], old, new, looks)
    kept_old, kept_new = {old for old, _ in pairs}, {new for _, new in pairs}
    for at, text in enumerate(before):
        if text.bare and at not in kept_old:
            yield Difference(Kind.REMOVED, at, _following(pairs, at), 0, len(text.keys))
    edges = {(one.edge, one.bare) for one in before if one.edge}
    for at, text in enumerate(after):
        if text.bare and at not in kept_new and (text.edge, text.bare) not in edges:
            yield Difference(Kind.ADDED, -1, at, 0, 0, 0, len(text.keys))


def _following(pairs: Sequence[tuple[int, int]], old: int) -> int:
    """The rank in the new version of what followed a paragraph that went; -1 at the end."""
    return next((new for at, new in pairs if at > old), -1)


def _in_words(before: Text, after: Text, old: int, new: int, looks: bool) -> Iterator[Difference]:
    one, other = before.passage, after.passage
    if looks and before.shape != after.shape and not one.listed:
        yield Difference(Kind.SHAPE, old, new, 0, len(before.keys), 0, len(after.keys))
    if (one.text, one.looks, one.dresses) == (other.text, other.looks, other.dresses):
        return
    aligned = Aligned(before, after)
    pairs = aligned.pairs
    for a0, a1, b0, b1 in aligned.changed():
        yield Difference(Kind.WORDS, old, new, a0, a1, b0, b1)
    if not looks:
        return
    worn = [(i, j) for i, j in pairs if dressed(before, i) != dressed(after, j)]
    if worn:
        (a0, b0), (a1, b1) = worn[0], worn[-1]
        yield Difference(Kind.DRESS, old, new, a0, a1 + 1, b0, b1 + 1)
    run: list[tuple[int, int]] = []
    for i, j in [*pairs, (-1, -1)]:
        differs = i >= 0 and _look(before, i) != _look(after, j)
        if differs and (not run or (run[-1][0] + 1, run[-1][1] + 1) == (i, j)):
            run.append((i, j))
            continue
        if run:
            yield Difference(Kind.LOOK, old, new, run[0][0], run[-1][0] + 1, run[0][1], run[-1][1] + 1)
        run = [(i, j)] if differs else []


class Stretch(NamedTuple):
    """The words `a0` to `a1` of a version, which are those from `b0` to `b1` of another."""

    a0: int
    a1: int
    b0: int
    b1: int


class Aligned:
    """The words of a paragraph in two versions, those that are the same in pairs. What a carrier stands
    around is the same value in both, whatever became of its words and of those about it."""

    def __init__(self, before: Text, after: Text) -> None:
        self.stretches = [*_stretches(before, after)]
        self.pairs: list[tuple[int, int]] = []
        for a0, a1, b0, b1 in self.stretches:
            old, new = before.keys[a0:a1], after.keys[b0:b1]
            found = [(at, at) for at in range(len(old))] if old == new else same(old, new)
            self.pairs += [(a0 + i, b0 + j) for i, j in found]
        self.of = dict(self.pairs)
        self.edges = {one.a0 for one in self.stretches[1:]}

    def changed(self) -> Iterator[tuple[int, int, int, int]]:
        """The words that differ, those of a carrier apart from the others."""
        for a0, a1, b0, b1 in self.stretches:
            inside = [(i - a0, j - b0) for i, j in self.pairs if a0 <= i < a1]
            for i0, i1, j0, j1 in gaps(inside, a1 - a0, b1 - b0):
                yield a0 + i0, a0 + i1, b0 + j0, b0 + j1

    def start(self, at: int) -> int:
        """The first of the new words that stand for the old ones from `at` on; -1 when nothing tells."""
        edge = next((one.b0 for one in self.stretches if one.a0 == at), -1)
        return edge if edge >= 0 else self.of.get(at - 1, -2) + 1

    def end(self, at: int) -> int:
        """The one after the last of the new words that stand for the old ones up to `at`; -1 likewise."""
        edge = next((one.b1 for one in self.stretches if one.a1 == at), -1)
        return edge if edge >= 0 else self.of.get(at, -1)


def _stretches(before: Text, after: Text) -> Iterator[Stretch]:
    """A paragraph cut where a carrier that stands in both versions begins and ends."""
    both = before.values.keys() & after.values.keys() if before.values else ()
    spans = [pair for id in both for pair in zip(before.values[id], after.values[id], strict=True)]
    a = b = 0
    for to_a, to_b in sorted({*spans, (len(before.keys), len(after.keys))}):
        if to_b >= b and (to_a, to_b) != (a, b):
            yield Stretch(a, to_a, b, to_b)
            a, b = to_a, to_b


def dressed(text: Text, at: int) -> Dress:
    """The dress of a word."""
    return text.passage.dress_at(text.words[at].start)


def _look(text: Text, at: int) -> tuple[bool, bool, str]:
    look = text.passage.look_at(text.words[at].start)
    return look.bold, look.italic, look.href.rstrip("/")  # « https://site » is « https://site/ »
