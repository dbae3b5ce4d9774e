"""What a change of the page may be in the content files: proposals, the likeliest first.

None is believed: `solving` writes them in memory, makes the document again, and keeps those that give what
was written in Word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import takewhile
from typing import Final

from ctgdocs.content.spans import Item, Stretch
from ctgdocs.readback.differences import Aligned, Difference, Kind, Page, Text
from ctgdocs.readback.retyping import Proposal, Splice, Writer, escaped, value_like
from ctgdocs.readback.spots import Placed, Spot, Spots
from ctgdocs.readback.words import as_typed, found_in, typed_words
from ctgdocs.stages import Steps

MOST: Final = 12
"""Proposals of one change that are tried."""
_AROUND: Final = 8
"""Paragraphs on each side that tell which of several fields says one."""
_ENDS: Final = frozenset((",", ";", ".", ":"))
_MARKERS: Final = re.compile(r"[ \t]*(?:(?:[-*+•‣◦▪●–—]|\d{1,9}[.)]|>|#{1,6})[ \t]+)*")
_HEADINGS: Final = ("#", "##", "###")
_NUMBER: Final = re.compile(r"(\d{1,9})([.)])(?=[ \t])")


class Proposer:
    """Makes the proposals for the changes between two versions."""

    def __init__(self, spots: Spots, before: Page, after: Page, pairs: Iterable[tuple[int, int]]) -> None:
        self.spots, self.before, self.after = spots, before, after
        self.old_of = {new: old for old, new in pairs}
        self._kept = frozenset(self.old_of.values())
        self._found: dict[int, list[Placed]] = {}
        self._placed: dict[int, list[Placed]] = {}

    def proposals(self, change: Difference) -> list[Proposal]:
        match change.kind:
            case Kind.WORDS:
                found = self._of_words(change)
            case Kind.LOOK:
                found = self._of_a_look(change)
            case Kind.SHAPE:
                found = self._of_a_shape(change)
            case Kind.REMOVED:
                found = self._of_removed(change)
            case Kind.ADDED:
                found = self._of_added(change)
            case Kind.DRESS:
                return []
        unique = list(dict.fromkeys(found))
        return unique[:MOST]

    # --- where a paragraph may come from --------------------------------------------------------------

    def placed(self, rank: int) -> list[Placed]:
        """What may have said a paragraph, the longest first; of several that say the same, the one that is
        next to what its neighbours are said by."""
        if rank not in self._placed:
            found = self._spotted(rank)
            as_long = len({one.start - one.end for one in found}) < len(found)
            beside = [*self._beside_it(rank)] if as_long and len(found) > 2 else []
            self._placed[rank] = sorted(
                found, key=lambda one: (one.start - one.end, -_near(one.spot, beside))
            )
        return self._placed[rank]

    def _spotted(self, rank: int) -> list[Placed]:
        if rank not in self._found:
            self._found[rank] = [*self._search(self.before[rank])]
        return self._found[rank]

    def _beside_it(self, rank: int) -> Iterator[Spot]:
        """What says the paragraphs around one, when nothing else does."""
        for at in range(max(0, rank - _AROUND), min(len(self.before), rank + _AROUND + 1)):
            found = self._spotted(at) if at != rank and len(self.before[at].keys) > 1 else []
            if len({one.spot.steps for one in found}) == 1:
                yield found[0].spot

    def _search(self, text: Text) -> Iterator[Placed]:
        keys = [key.casefold() for key in text.keys]
        for core, spot in self.spots.said_in(text.passage.text):
            for at in found_in(core, keys):
                yield Placed(spot, at, at + len(core))

    def _end(self, text: Text, end: int) -> int:
        """The end of what a spot says, with the signs that end the sentence there."""
        while end < len(text.keys) and text.keys[end] in _ENDS:
            end += 1
        return end

    # --- words ----------------------------------------------------------------------------------------

    def _of_words(self, change: Difference) -> Iterator[Proposal]:
        text = self.before[change.old]
        for placed in self.placed(change.old):
            end = self._end(text, placed.end)
            if not (placed.start <= change.a0 and change.a1 <= end):
                continue
            if change.a0 == change.a1 and change.a0 == end > placed.end and end < len(text.keys):
                continue
            yield from self._within(change, placed)

    def _within(self, change: Difference, placed: Placed) -> Iterator[Proposal]:
        if placed.spot.nature == "repère":
            return
        if placed.spot.nature in ("date", "montant", "heure"):
            yield from self._of_a_value(change, placed)
            return
        files, old, new = self.spots.files, self.before[change.old], self.after[change.new]
        splice = Splice(files, old, new, change, placed)
        yield from splice.proposals()
        if not splice.is_of_a_value:
            yield from self._anew(change, placed)

    def new_range(self, change: Difference, start: int, end: int) -> tuple[int, int]:
        """The words of the new paragraph that stand for the words `start` to `end` of the old one."""
        aligned = Aligned(self.before[change.old], self.after[change.new])
        pairs, first, last = aligned.of, aligned.start(start), aligned.end(end)
        if first < 0:
            first = next((pairs[at] for at in range(start, end) if at in pairs), -1)
        if last < 0:
            last = next((pairs[at] + 1 for at in range(end - 1, start - 1, -1) if at in pairs), -1)
        return first, last

    def _of_a_value(self, change: Difference, placed: Placed) -> Iterator[Proposal]:
        first, last = self.new_range(change, placed.start, placed.end)
        if first < 0 or last <= first:
            return
        new, spot = self.after[change.new], placed.spot
        said = as_typed(new.passage.text[new.words[first].start : new.words[last - 1].end])
        typed = self.spots.files.texts(spot.file)[spot.steps]
        value = value_like(said, typed.strip(), spot.nature)
        if value:
            start = len(typed) - len(typed.lstrip())
            yield Proposal(spot.file, spot.steps, (Stretch(start, start + len(typed.strip()), value),))

    def _anew(self, change: Difference, placed: Placed) -> Iterator[Proposal]:
        """All that a spot says, written anew; its placeholders stay where the page still says their words."""
        spot, text = placed.spot, self.before[change.old]
        typed = self.spots.files.texts(spot.file)[spot.steps]
        by_name = spot.values[:1] == ((typed.strip(), spot.said),)
        first, last = self.new_range(change, placed.start, placed.end)
        end = self._end(text, placed.end)
        if end == len(text.keys):
            new = self.after[change.new].keys
            own = text.keys[placed.end : end] if by_name else []
            last = len(new) - len(own) if own and new[-len(own) :] == own else len(new)
        if first < 0 or last <= first:
            return
        start = spot.start
        if spot.nature == "markdown" and spot.cell < 0:
            marker = _MARKERS.match(typed, spot.start, spot.end)
            start = marker.end() if marker else start
        words = typed_words(typed, spot.start, spot.end, spot.values, markdown=spot.nature == "markdown")
        writer = Writer(self.after[change.new], typed, words, markdown=spot.nature == "markdown")
        said = writer.between(first, last)
        atoms = [typed] if by_name else [typed[word.start : word.end] for word in words if word.atom]
        lost = tuple(one for one in dict.fromkeys(atoms) if one not in said)
        yield Proposal(spot.file, spot.steps, (Stretch(start, spot.end, said),), lost=lost)

    # --- looks ----------------------------------------------------------------------------------------

    def _of_a_look(self, change: Difference) -> Iterator[Proposal]:
        for placed in self.placed(change.old):
            inside = placed.start <= change.a0 and change.a1 <= placed.end
            if inside and placed.spot.nature == "markdown":
                yield from self._anew(change, placed)

    def _of_a_shape(self, change: Difference) -> Iterator[Proposal]:
        """An item of Markdown that became a paragraph, a heading, an item of another depth, or the other way
        round: its mark is another."""
        otherwise = self.before[change.old].rank != self.after[change.new].rank
        for placed in self.placed(change.old) if otherwise else ():
            spot = placed.spot
            whole = placed.end - placed.start >= len(self.before[change.old].core)
            if not whole or spot.nature != "markdown" or spot.cell >= 0:
                continue
            typed = self.spots.files.texts(spot.file)[spot.steps]
            start = typed.rfind("\n", 0, spot.start) + 1
            marker = _MARKERS.match(typed, start, spot.end)
            first = marker.end() if marker else start
            if self.before[change.old].rank[:3] == self.after[change.new].rank[:3]:  # line breaks
                yield from self._anew(change, placed)
                continue
            level = self.after[change.new].passage.level
            stays = level >= 0 or not typed[:start].strip() or typed.endswith("\n\n", 0, start)
            closed = level >= 0 or not typed[spot.end :].strip() or typed.startswith("\n\n", spot.end)
            for mark in _marks(typed[start:first], level):
                stretches = [Stretch(start, first, mark if stays else f"\n{mark}")]
                if not closed:
                    stretches.append(Stretch(spot.end, spot.end, "\n"))
                yield Proposal(spot.file, spot.steps, tuple(stretches))

    # --- paragraphs -----------------------------------------------------------------------------------

    def _of_a_move(self, come: int, spots: Iterable[Spot]) -> Iterator[Proposal]:
        """A paragraph that went with the item of a list that it is said by, or is of, to another place of the
        list: the item as it is typed."""
        for rank, before in self._neighbours(come):
            for spot in spots:
                for placed in self.placed(rank)[:3]:
                    at = _apart(spot, placed.spot)
                    if at >= 0:
                        here, there = spot.steps[at], placed.spot.steps[at]
                        item = Item(int(there) - (1 if before else 0), moved=int(here))
                        yield Proposal(spot.file, spot.steps[:at], items=(item,))

    def _come(self, text: Text) -> int:
        """Where a paragraph that went has come; -1 when it is nowhere."""
        there = (at for at, one in enumerate(self.after) if at not in self.old_of and one.bare == text.bare)
        return next(there, -1)

    def _of_removed(self, change: Difference) -> Iterator[Proposal]:
        if self.before[change.old].passage.within is not None:
            yield from self._of_a_row_that_went(change.old)
        come = self._come(self.before[change.old])
        if come >= 0:
            yield from self._of_a_move(come, [one.spot for one in self.placed(change.old)])
        whole = len(self.before[change.old].core)
        for placed in self.placed(change.old):
            spot = placed.spot
            if spot.nature == "markdown":
                typed = self.spots.files.texts(spot.file)[spot.steps]
                yield Proposal(spot.file, spot.steps, (_without(typed, spot),))
            if placed.end - placed.start >= whole - 2 and spot.cell < 0:  # « Vu » is the page's
                yield from _out_of_its_list(spot)

    def _of_added(self, change: Difference) -> Iterator[Proposal]:
        """A paragraph added belongs to the text it stands in: the one before it, else the one after."""
        new = self.after[change.new]
        if new.passage.within is not None:
            yield from self._of_a_row(new)
        moved = self._moved(change)
        if moved is not None:
            yield from self._of_a_move(change.new, [moved])
        for rank, before in self._neighbours(change.new):
            for placed in self.placed(rank)[:3]:
                spot = placed.spot
                if spot.nature == "markdown" and spot.cell < 0:
                    yield self._beside(spot, new, self.before[rank], moved, before=before)
                typed = self.spots.files.texts(moved.file)[moved.steps].strip() if moved else ""
                said = typed or _own_words(new, self.before[rank], placed)
                yield from _into_its_list(spot, said, before=before)

    def _of_a_row(self, new: Text) -> Iterator[Proposal]:
        """The whole row of a table that a cell was added with, after the row above it."""
        come = _row(self.after, new, 0)
        row = [self.after[at] for at in come]
        above = [self.old_of[at] for at in _row(self.after, new, -1) if at in self.old_of]
        if any(at in self.old_of for at in come):
            return
        if went := self._same_row(self.before, row, self._kept):
            yield from self._of_a_moved_row(went, come)
        if not above:
            return
        for placed in self.placed(above[0]):
            spot = placed.spot
            typed = self.spots.files.texts(spot.file)[spot.steps]
            if spot.cell >= 0:
                end = typed.find("\n", spot.end)
                cells = [Writer(one, typed, (), markdown=True).between(0, len(one.keys)) for one in row]
                line = f"\n| {' | '.join(cells)} |"
                at = end if end >= 0 else len(typed)
                yield Proposal(spot.file, spot.steps, (Stretch(at, at, line),))
            elif [type(step) for step in spot.steps[-2:]] == [int, int]:
                cells = [escaped(as_typed(one.passage.text), markdown=False) for one in row]
                rank = spot.steps[-2]
                yield Proposal(spot.file, spot.steps[:-2], items=(Item(int(rank), tuple(cells)),))
        yield from self._of_a_record(row, above)

    def _of_a_record(self, row: Sequence[Text], above: Sequence[int]) -> Iterator[Proposal]:
        """A record of a list where each has its row: a column goes to the field that the row above
        has there."""
        columns = {self.before[rank].passage.within: rank for rank in above}
        ranks = {cell.cell: rank for cell, rank in columns.items() if cell is not None}
        records: dict[tuple[str, Steps, int], dict[str, str]] = {}
        for text in row:
            rank = ranks.get(text.passage.within.cell, -1) if text.passage.within else -1
            for placed in self.placed(rank) if rank >= 0 else ():
                spot, whole = placed.spot, placed.end - placed.start >= len(self.before[rank].core)
                *_, at, name = ("", *spot.steps)
                if whole and isinstance(at, int) and isinstance(name, str):
                    record = records.setdefault((spot.file, spot.steps[:-2], at), {})
                    record.setdefault(name, self._cell(text, spot))
        for (file, steps, at), record in records.items():
            yield Proposal(file, steps, items=(Item(at, tuple(record.items())),))

    def _cell(self, text: Text, spot: Spot) -> str:
        """What a cell says, typed as the field that a spot is."""
        said = as_typed(text.passage.text)
        typed = self.spots.files.texts(spot.file)[spot.steps]
        return value_like(said, typed, spot.nature) or escaped(said, markdown=False)

    def _of_a_row_that_went(self, rank: int) -> Iterator[Proposal]:
        """The record that the cells of a row are of, together; it moves when the row is elsewhere."""
        went = _row(self.before, self.before[rank], 0)
        if not self._kept.isdisjoint(went):
            return
        if come := self._same_row(self.after, [self.before[at] for at in went], self.old_of):
            yield from self._of_a_moved_row(went, come)
        if record := self._record(went):
            file, steps, at = record
            yield Proposal(file, steps, items=(Item(at),))

    def _same_row(self, page: Page, row: Sequence[Text], kept: Container[int]) -> list[int]:
        """The row of a version that says what another does, and is in no pair; none when there is none."""
        said = [one.bare for one in row]
        for at, text in enumerate(page):
            if at not in kept and text.passage.within and text.bare == said[0]:
                there = _row(page, text, 0)
                if [page[one].bare for one in there] == said and not any(one in kept for one in there):
                    return there
        return []

    def _of_a_moved_row(self, went: Sequence[int], come: Sequence[int]) -> Iterator[Proposal]:
        mine = self._record(went)
        for shift, before in ((-1, False), (1, True)):
            beside = [
                self.old_of[at] for at in _row(self.after, self.after[come[0]], shift) if at in self.old_of
            ]
            its = self._record(beside)
            if mine and its and mine[:2] == its[:2] and mine != its:
                yield Proposal(*mine[:2], items=(Item(its[2] - before, moved=mine[2]),))
            for one in self.placed(went[0]) if beside else ():
                for other in self.placed(beside[0]):
                    if one.spot.cell >= 0 <= other.spot.cell and one.spot[:2] == other.spot[:2]:
                        yield self._line_moved(one.spot, other.spot, before=before)

    def _line_moved(self, spot: Spot, beside: Spot, *, before: bool) -> Proposal:
        """The line of a table in Markdown, after another line or before it."""
        typed = self.spots.files.texts(spot.file)[spot.steps]
        gone = _without(typed, spot)
        line = typed[gone.start : gone.end].rstrip("\n")
        if before:
            place, new = typed.rfind("\n", 0, beside.start) + 1, f"{line}\n"
        else:
            found = typed.find("\n", beside.end)
            place, new = found if found >= 0 else len(typed), f"\n{line}"
        return Proposal(spot.file, spot.steps, (gone, Stretch(place, place, new)))

    def _record(self, row: Sequence[int]) -> tuple[str, Steps, int] | None:
        """The item of a list that says most cells of a row: the file, the list, its rank."""
        found = Counter(
            one
            for rank in row
            for one in {
                (placed.spot.file, placed.spot.steps[:at], step)
                for placed in self.placed(rank)
                if placed.end - placed.start >= len(self.before[rank].core)
                for at, step in enumerate(placed.spot.steps)
                if isinstance(step, int)
            }
        )
        best = max(found, key=lambda one: (found[one], len(one[1])), default=None)
        return best if best and (found[best] > 1 or len(row) == 1) else None

    def _neighbours(self, new: int) -> Iterator[tuple[int, bool]]:
        """The ranks, in the old version, of what stands around a paragraph that was added: (rank, it
        follows)."""
        for step, follows in ((-1, False), (1, True)):
            at = new + step
            while 0 <= at < len(self.after) and at not in self.old_of:
                at += step
            if at in self.old_of:
                yield self.old_of[at], follows

    def _moved(self, change: Difference) -> Spot | None:
        """What typed the paragraph when it stood elsewhere: its placeholders come with it."""
        keys = self.after[change.new].keys
        for rank, text in enumerate(self.before):
            if text.keys == keys and self.placed(rank):
                return self.placed(rank)[0].spot
        return None

    def _beside(
        self, spot: Spot, new: Text, neighbour: Text, moved: Spot | None, *, before: bool
    ) -> Proposal:
        """A paragraph of Markdown after (or before) the one of a spot, in a list when it is in one."""
        typed = self.spots.files.texts(spot.file)[spot.steps]
        words = typed_words(typed, spot.start, spot.end, spot.values, markdown=True)
        if moved is not None and moved.nature == "markdown":
            origin = self.spots.files.texts(moved.file)[moved.steps]
            marker = _MARKERS.match(origin, moved.start, moved.end)
            said = origin[marker.end() if marker else moved.start : moved.end]
        else:
            said = Writer(new, typed, words, markdown=True).between(0, len(new.keys))
        line = typed[typed.rfind("\n", 0, spot.start) + 1 : spot.end]
        marker = _MARKERS.match(line)
        opening = marker[0] if marker else ""
        if not spot.depth or new.passage.style != neighbour.passage.style:
            opening = ""
        gap = "\n" if opening.strip() else "\n\n"
        if opening.strip() and not before:
            opening = _NUMBER.sub(lambda found: f"{int(found[1]) + 1}{found[2]}", opening)
        end = len(typed.rstrip()) if spot.end > len(typed.rstrip()) else spot.end
        start = typed.rfind("\n", 0, spot.start) + 1
        if before:
            return Proposal(spot.file, spot.steps, (Stretch(start, start, f"{opening}{said}{gap}"),))
        return Proposal(spot.file, spot.steps, (Stretch(end, end, f"{gap}{opening}{said}"),))


def _row(page: Page, text: Text, shift: int) -> list[int]:
    """The ranks of the paragraphs of the row of a cell, or of one before or after it, that say something."""
    cell, part = text.passage.within, text.passage.part
    return [
        at
        for at, one in enumerate(page)
        if cell is not None and (there := one.passage.within) is not None and one.keys
        if one.passage.part == part and (there.table, there.row) == (cell.table, cell.row + shift)
    ]


def _near(spot: Spot, beside: Iterable[Spot]) -> int:
    """How many steps a field has in common with the nearest of others."""
    common = (
        sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(spot.steps, one.steps, strict=False)))
        for one in beside
        if one.file == spot.file
    )
    return max(common, default=0)


def _apart(one: Spot, other: Spot) -> int:
    """Which step of two fields leads to two items of one list; -1 when none does."""
    pairs = enumerate(zip(one.steps, other.steps, strict=False))
    at = next((at for at, (mine, its) in pairs if mine != its), -1)
    ranks = at >= 0 and isinstance(one.steps[at], int) and isinstance(other.steps[at], int)
    return at if ranks and one.file == other.file else -1


def _marks(mark: str, level: int) -> Iterator[str]:
    """The marks of Markdown that a paragraph may bear in place of one, for its depth in a list (-1: in
    none)."""
    if level < 0:
        found = ["", *(f"{one} " for one in _HEADINGS)]
    else:
        items = ("1.", "-") if mark.strip()[:1].isdigit() else ("-", "1.")
        found = [f"{' ' * (len(one) + 1) * level}{one} " for one in items]
    yield from (one for one in found if one != mark)


def _own_words(new: Text, neighbour: Text, placed: Placed) -> str:
    """The words of an added paragraph without those that the page puts around such a text (« Vu … , »)."""
    start = 0
    while start < placed.start and start < len(new.keys) and new.keys[start] == neighbour.keys[start]:
        start += 1
    end = len(new.keys)
    while end > start + 1 and new.keys[end - 1] in _ENDS and new.keys[end - 1] == neighbour.keys[-1]:
        end -= 1
    if start >= end:
        return ""
    return as_typed(new.passage.text[new.words[start].start : new.words[end - 1].end])


def _out_of_its_list(spot: Spot) -> Iterator[Proposal]:
    """A field taken away; the innermost item of a list that a spot is, or is a field of; the whole row of a
    table; a list of one."""
    if isinstance(spot.steps[-1], str):
        yield Proposal(spot.file, spot.steps, gone=True)
    last = len(spot.steps) - 1
    if [type(step) for step in spot.steps[-2:]] == [int, int]:
        last -= 1
    for at in range(last, -1, -1):
        step = spot.steps[at]
        if isinstance(step, int):
            yield Proposal(spot.file, spot.steps[:at], items=(Item(step),))
            yield Proposal(spot.file, spot.steps[:at], gone=True)
            return


def _into_its_list(spot: Spot, said: str, *, before: bool) -> Iterator[Proposal]:
    if spot.steps and isinstance(spot.steps[-1], int) and said:
        at = spot.steps[-1] - (1 if before else 0)
        yield Proposal(spot.file, spot.steps[:-1], items=(Item(at, said),))


def _without(typed: str, spot: Spot) -> Stretch:
    """The lines of a spot taken away, with the blank lines after them; those that end a list stay."""
    start = typed.rfind("\n", 0, spot.start) + 1
    line = typed.find("\n", spot.end)
    end = line + 1 if line >= 0 else len(typed)
    if spot.cell >= 0:
        return Stretch(start, end, "")
    if not typed[:start].strip() or typed[:start].endswith("\n\n"):
        end += len(typed[end:]) - len(typed[end:].lstrip("\n"))
    if end >= len(typed.rstrip()):  # the last paragraph: what is before it ends the text
        return Stretch(len(typed[:start].rstrip()), len(typed.rstrip()), "")
    return Stretch(start, end, "")
