"""What a change of the page may be in the content files: proposals, the likeliest first.

None is believed: `solving` writes them in memory, makes the document again, and keeps those that give what
was written in Word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from pydantic_core import PydanticCustomError

from ctgdocs.content.spans import Item, Stretch
from ctgdocs.readback.differences import Difference, Kind, Page, Text
from ctgdocs.readback.spots import Spot, Spots
from ctgdocs.readback.words import OBJECT, Word, as_typed, found_in, typed_words
from ctgdocs.redline import same
from ctgdocs.stages import Steps
from ctgdocs.vocabulary.as_typed import read_amount, read_date, read_hour
from ctgdocs.word import Look

MOST: Final = 12
"""Proposals of one change that are tried."""
_ENDS: Final = frozenset((",", ";", ".", ":"))
_MARKERS: Final = re.compile(r"[ \t]*(?:(?:[-*+•‣◦▪●–—]|\d{1,9}[.)]|>|#{1,6})[ \t]+)*")
_NUMBER: Final = re.compile(r"(\d{1,9})([.)])(?=[ \t])")
_SPECIAL: Final = re.compile(r"[*`\[\]\\]|(?<!\w)_|_(?!\w)|<(?=[/a-zA-Z])")
_OPENING: Final = re.compile(r"(?:[-+•‣◦▪●–—·>]|#{1,6}|\d{1,9}[.)])(?=\s)|[-+=]{2,}$")


class Proposal(NamedTuple):
    """Stretches of one text of a content file, or items of a list of it, that may say the change."""

    file: str
    steps: Steps
    stretches: tuple[Stretch, ...] = ()
    items: tuple[Item, ...] = ()
    note: str = ""


class Placed(NamedTuple):
    """A spot, and the words of a paragraph (`start` to `end`) that it says."""

    spot: Spot
    start: int
    end: int


class Proposer:
    """Makes the proposals for the changes between two versions."""

    def __init__(self, spots: Spots, before: Page, after: Page, pairs: Iterable[tuple[int, int]]) -> None:
        self.spots, self.before, self.after = spots, before, after
        self.old_of = {new: old for old, new in pairs}
        self._placed: dict[int, list[Placed]] = {}

    def proposals(self, change: Difference) -> list[Proposal]:
        match change.kind:
            case Kind.WORDS:
                found = self._of_words(change)
            case Kind.LOOK:
                found = self._of_a_look(change)
            case Kind.REMOVED:
                found = self._of_removed(change)
            case Kind.ADDED:
                found = self._of_added(change)
        unique = list(dict.fromkeys(found))
        return unique[:MOST]

    # --- where a paragraph may come from --------------------------------------------------------------

    def placed(self, rank: int) -> list[Placed]:
        """What may have said a paragraph, the longest first."""
        if rank not in self._placed:
            found = [*self._search(self.before[rank])]
            self._placed[rank] = sorted(found, key=lambda one: one.start - one.end)
        return self._placed[rank]

    def _search(self, text: Text) -> Iterator[Placed]:
        keys = [key.casefold() for key in text.keys]
        known = set(keys)
        for core, spot in self.spots.by_core:
            if core and core[0] in known:
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
        if placed.spot.nature in ("date", "montant", "heure"):
            yield from self._of_a_value(change, placed)
            return
        yield from _Splice(self, change, placed).proposals()
        yield from self._anew(change, placed)

    def new_range(self, change: Difference, start: int, end: int) -> tuple[int, int]:
        """The words of the new paragraph that stand for the words `start` to `end` of the old one."""
        old, new = self.before[change.old], self.after[change.new]
        pairs = dict(same(old.keys, new.keys))
        first = pairs[start - 1] + 1 if start and start - 1 in pairs else (0 if not start else -1)
        last = pairs.get(end, len(new.keys) if end >= len(old.keys) else -1)
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
        first, last = self.new_range(change, placed.start, placed.end)
        end = self._end(text, placed.end)
        if end == len(text.keys):
            last = len(self.after[change.new].keys)
        if first < 0 or last <= first:
            return
        typed = self.spots.files.texts(spot.file)[spot.steps]
        start = spot.start
        if spot.nature == "markdown" and spot.cell < 0:
            marker = _MARKERS.match(typed, spot.start, spot.end)
            start = marker.end() if marker else start
        words = typed_words(typed, spot.start, spot.end, spot.values, markdown=spot.nature == "markdown")
        written = Writer(self.after[change.new], typed, words, markdown=spot.nature == "markdown")
        yield Proposal(spot.file, spot.steps, (Stretch(start, spot.end, written.between(first, last)),))

    # --- looks ----------------------------------------------------------------------------------------

    def _of_a_look(self, change: Difference) -> Iterator[Proposal]:
        for placed in self.placed(change.old):
            inside = placed.start <= change.a0 and change.a1 <= placed.end
            if inside and placed.spot.nature == "markdown":
                yield from self._anew(change, placed)

    # --- paragraphs -----------------------------------------------------------------------------------

    def _of_removed(self, change: Difference) -> Iterator[Proposal]:
        whole = len(self.before[change.old].core)
        for placed in self.placed(change.old):
            spot = placed.spot
            if spot.nature == "markdown":
                typed = self.spots.files.texts(spot.file)[spot.steps]
                yield Proposal(spot.file, spot.steps, (_without(typed, spot),))
            if placed.end - placed.start >= whole - 2:  # « Vu », « Considérant que » are the page's
                yield from _out_of_its_list(spot)

    def _of_added(self, change: Difference) -> Iterator[Proposal]:
        """A paragraph added belongs to the text it stands in: the one before it, else the one after."""
        new = self.after[change.new]
        if new.passage.within is not None:
            yield from self._of_a_row(new)
        moved = self._moved(change)
        for rank, before in self._neighbours(change.new):
            for placed in self.placed(rank)[:3]:
                spot = placed.spot
                if spot.nature == "markdown" and spot.cell < 0:
                    yield self._beside(spot, new, self.before[rank], moved, before=before)
                elif spot.nature in ("texte", "markdown"):
                    yield from _into_its_list(spot, _own_words(new, self.before[rank], placed), before=before)

    def _of_a_row(self, new: Text) -> Iterator[Proposal]:
        """The whole row of a table that a cell was added with, after the row above it."""
        row = [self.after[at] for at in self._row(new, 0)]
        above = [self.old_of[at] for at in self._row(new, -1) if at in self.old_of]
        if any(at in self.old_of for at in self._row(new, 0)) or not above:
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

    def _row(self, new: Text, shift: int) -> list[int]:
        """The ranks of the paragraphs of the row of a cell, or of one above it, that say something."""
        cell = new.passage.within
        return [
            at
            for at, text in enumerate(self.after)
            if cell is not None and text.passage.within is not None and text.keys
            if text.passage.part == new.passage.part
            if (text.passage.within.table, text.passage.within.row) == (cell.table, cell.row + shift)
        ]

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
    """The innermost item of a list that a spot is, or is a field of, taken away; the whole row of a table."""
    last = len(spot.steps) - 1
    if [type(step) for step in spot.steps[-2:]] == [int, int]:
        last -= 1
    for at in range(last, -1, -1):
        step = spot.steps[at]
        if isinstance(step, int):
            yield Proposal(spot.file, spot.steps[:at], items=(Item(step),))
            return


def _into_its_list(spot: Spot, said: str, *, before: bool) -> Iterator[Proposal]:
    if spot.steps and isinstance(spot.steps[-1], int) and said:
        at = spot.steps[-1] - (1 if before else 0)
        yield Proposal(spot.file, spot.steps[:-1], items=(Item(at, said),))


def _without(typed: str, spot: Spot) -> Stretch:
    """The lines of a spot taken away, with the blank lines after them."""
    start = typed.rfind("\n", 0, spot.start) + 1
    end = spot.end
    if spot.cell >= 0:
        end = typed.find("\n", spot.end)
        return Stretch(start, end + 1 if end >= 0 else len(typed), "")
    while typed[end : end + 1] in ("\n", " ", "\t") and typed[end : end + 1]:
        end += 1
    end = typed.rfind("\n", 0, end) + 1 if end < len(typed) else end
    if end >= len(typed.rstrip()):  # the last paragraph: what is before it ends the text
        return Stretch(len(typed[:start].rstrip()), len(typed.rstrip()), "")
    return Stretch(start, max(end, spot.end), "")


# --- a value ----------------------------------------------------------------------------------------------


def value_like(said: str, typed: str, nature: str) -> str:
    """A value as the page says it, written as the file has it; "" when it cannot be read.

    >>> value_like("1er octobre 2026", "2026-09-24", "date"), value_like("12 750 €", "12 500,00", "montant")
    ('2026-10-01', '12 750,00')
    """
    try:
        if nature == "date":
            day = read_date(said)
            if re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", typed):
                return day.isoformat()
            return f"{day:%d/%m/%Y}" if re.fullmatch(r"\d{1,2}/\d{1,2}/\d{4}", typed) else said
        if nature == "heure":
            hour = read_hour(said)
            return f"{hour:%H:%M}" if ":" in typed else said.replace(" ", "")
        amount = read_amount(said)
    except PydanticCustomError:
        return ""
    whole = amount == amount.to_integral_value()
    decimals = re.search(r"([.,])\d{1,2}\b", typed)
    figures = f"{abs(int(amount)):,}".replace(",", " " if re.search(r"\d[ \u00a0\u202f]\d{3}", typed) else "")
    if decimals or not whole:
        figures += f"{decimals[1] if decimals else ','}{abs(amount) % 1 * 100:02.0f}"
    unit = re.search(r"[ \u00a0\u202f]*(?:€|euros?|EUR)$", typed)
    return f"{'-' if amount < 0 else ''}{figures}{unit[0] if unit else ''}"


# --- Markdown of what a page shows ------------------------------------------------------------------------


def escaped(text: str, *, markdown: bool) -> str:
    """Words as typed that mean themselves."""
    braced = text.replace("{", "{{").replace("}", "}}")
    return _SPECIAL.sub(lambda found: f"\\{found[0]}", braced) if markdown else braced


class Writer:
    """Writes words of a paragraph as their author would type them in a text: the placeholders of `typed`
    whose words are still there, the marks of bold, italics and links, the calls of its notes in order."""

    def __init__(self, text: Text, typed: str, words: Sequence[Word], *, markdown: bool) -> None:
        self.text, self.typed, self.markdown = text, typed, markdown
        self._atoms = {first: (last, span) for first, last, span in _atoms_kept(text, words)}
        self._notes = [
            typed[w.start : w.end] for w in words if w.key == OBJECT and typed.startswith("[^", w.start)
        ]

    def between(self, first: int, last: int) -> str:
        """The words `first` to `last`."""
        pieces: list[tuple[Look, str]] = []
        words, text = self.text.words, self.text.passage.text
        at = first
        opening = True
        while at < last:
            gap = text[words[at - 1].end : words[at].start] if at > first else ""
            shown = self.markdown and words[at].key != OBJECT
            look = self.text.passage.look_at(words[at].start) if shown else Look()
            stop, span = self._atoms.get(at, (at + 1, None))
            if span is not None and stop <= last:
                said = self.typed[span[0] : span[1]]
            else:
                stop = at + 1
                said = self._word(at, opening=opening)
            pieces += [(look, self._gap(gap)), (look, said)] if gap else [(look, said)]
            opening = "\n" in gap
            at = stop
        return marked(pieces) if self.markdown else "".join(said for _, said in pieces)

    def _gap(self, gap: str) -> str:
        plain = as_typed(gap)
        return plain.replace("\n", "\\\n") if self.markdown else plain.replace("\n", " ")

    def _word(self, at: int, *, opening: bool) -> str:
        word = self.text.words[at]
        if word.key == OBJECT:
            return self._notes.pop(0) if self._notes else ""
        said = escaped(
            as_typed(self.text.passage.text[word.start : word.end], self.typed), markdown=self.markdown
        )
        rest = self.text.passage.text[word.start : word.end + 1]
        return f"\\{said}" if opening and self.markdown and _OPENING.match(rest) else said


def _atoms_kept(text: Text, words: Sequence[Word]) -> Iterator[tuple[int, int, tuple[int, int]]]:
    """The placeholders whose words the paragraph still says: (first word, after the last, where typed)."""
    pairs = dict(same([word.key for word in words], text.keys))
    for atom in range(1, max((word.atom for word in words), default=0) + 1):
        ranks = [rank for rank, word in enumerate(words) if word.atom == atom]
        places = [pairs.get(rank, -1) for rank in ranks]
        if places and places[0] >= 0 and places == list(range(places[0], places[0] + len(places))):
            yield places[0], places[-1] + 1, (words[ranks[0]].start, words[ranks[0]].end)


def marked(pieces: Iterable[tuple[Look, str]]) -> str:
    """Pieces of text with the marks of their looks; spaces stay out of the marks.

    >>> marked([(Look(), "le "), (Look(bold=True), "pôle "), (Look(bold=True), "enfance"), (Look(), ".")])
    'le **pôle enfance**.'
    """
    runs: list[tuple[Look, str]] = []
    for look, said in pieces:
        if runs and (runs[-1][0] == look or not said.strip()):
            runs[-1] = (runs[-1][0], runs[-1][1] + said)
        else:
            runs.append((look, said))
    return "".join(_in_marks(look, said) for look, said in runs)


def _in_marks(look: Look, said: str) -> str:
    inner = said.strip()
    if not inner or look == Look():
        return said
    before, after = said[: len(said) - len(said.lstrip())], said[len(said.rstrip()) :]
    mark = "***" if look.bold and look.italic else "**" if look.bold else "*" if look.italic else ""
    inner = f"{mark}{inner}{mark}"
    if look.href:
        inner = f"[{inner}]({look.href})"
    return before + inner + after


# --- a stretch of a text, where the change stands ---------------------------------------------------------


class _Splice:
    """One change of words carried over to the text that says them, everything else in it left as typed."""

    def __init__(self, proposer: Proposer, change: Difference, placed: Placed) -> None:
        self.proposer, self.change, self.spot = proposer, change, placed.spot
        self.old, self.new = proposer.before[change.old], proposer.after[change.new]
        self.typed = proposer.spots.files.texts(self.spot.file)[self.spot.steps]
        self.markdown = self.spot.nature == "markdown"
        self.start, self.end = placed.start, max(placed.end, min(change.a1, len(self.old.keys)))
        words = typed_words(
            self.typed, self.spot.start, self.spot.end, self.spot.values, markdown=self.markdown
        )
        keys = [key.casefold() for key in self.old.keys[self.start : self.end]]
        pairs = same(keys, [word.key.casefold() for word in words])
        self.at = {self.start + i: words[j] for i, j in pairs}
        self.kept = dict(same(self.old.keys, self.new.keys))

    def proposals(self) -> Iterator[Proposal]:
        a0, a1 = self._widened()
        if a0 < 0:
            return
        b0 = self.kept[a0 - 1] + 1 if a0 - 1 in self.kept else self.change.b0
        b1 = self.kept.get(a1, self.change.b1)
        for stretch in self._stretches(a0, a1, b0, b1):
            if 0 <= stretch.start <= stretch.end:
                yield Proposal(self.spot.file, self.spot.steps, (stretch,), note=self._note(a0, a1))

    def _widened(self) -> tuple[int, int]:
        """The change with the whole of the placeholders it touches; (-1, -1) when it is not in the text."""
        a0, a1 = self.change.a0, self.change.a1
        while True:
            before = (a0, a1)
            if a0 < a1:
                while a0 > self.start and a0 not in self.at:
                    a0 -= 1
                while a1 < self.end and a1 - 1 not in self.at:
                    a1 += 1
                if a0 not in self.at or a1 - 1 not in self.at:
                    return -1, -1
                while a0 > self.start and self._one_atom(a0 - 1, a0):
                    a0 -= 1
                while a1 < self.end and self._one_atom(a1 - 1, a1):
                    a1 += 1
            elif a0 > self.start and a0 < self.end and self._one_atom(a0 - 1, a0):
                a0, a1 = a0 - 1, a1 + 1
            while a0 < a1 and a0 > self.start and a0 - 1 not in self.kept:
                a0 -= 1
            while a0 < a1 < self.end and a1 not in self.kept:
                a1 += 1
            if (a0, a1) == before:
                return a0, a1

    def _one_atom(self, one: int, other: int) -> bool:
        a, b = self.at.get(one), self.at.get(other)
        return a is not None and b is not None and a.atom > 0 and (a.start, a.end) == (b.start, b.end)

    def _note(self, a0: int, a1: int) -> str:
        lost = dict.fromkeys(
            self.typed[word.start : word.end]
            for at in range(a0, a1)
            if (word := self.at.get(at)) and word.atom
        )
        return f"{', '.join(lost)} devient un texte" if lost else ""

    def _stretches(self, a0: int, a1: int, b0: int, b1: int) -> Iterator[Stretch]:
        left, right = self.at.get(a0 - 1), self.at.get(a1)
        if a0 < a1 and b0 < b1:
            first, last = self.at[a0], self.at[a1 - 1]
            yield Stretch(first.start, last.end, self._said(b0, b1, a0))
        elif a0 == a1 and b0 < b1:
            yield from self._inserted(left, right, a0, b0, b1)
        elif a0 < a1:
            if left and right:
                gap = self.new.passage.text[self.new.words[b0 - 1].end : self.new.words[b0].start]
                yield Stretch(left.end, right.start, as_typed(gap))
            first, last = self.at[a0], self.at[a1 - 1]
            end = last.end
            while self.typed[end : end + 1] == " ":
                end += 1
            if left:
                yield Stretch(left.end, last.end, "")
            yield Stretch(first.start, end, "")

    def _inserted(
        self, left: Word | None, right: Word | None, a0: int, b0: int, b1: int
    ) -> Iterator[Stretch]:
        text, words = self.new.passage.text, self.new.words
        after = before = None
        if left is not None and b0:
            gap = as_typed(text[words[b0 - 1].end : words[b0].start])
            after = Stretch(left.end, left.end, gap + self._said(b0, b1, a0 - 1))
        if right is not None and b1 < len(words):
            gap = as_typed(text[words[b1 - 1].end : words[b1].start])
            before = Stretch(right.start, right.start, self._said(b0, b1, a0) + gap)
        both = [after, before]
        if (
            after
            and before
            and self.new.passage.look_at(words[b0].start) != self.new.passage.look_at(words[b0 - 1].start)
        ):
            both.reverse()
        yield from (one for one in both if one is not None)

    def _said(self, b0: int, b1: int, like: int) -> str:
        """New words as typed, in the look that `like`, an old word beside them, has in the text."""
        text, words = self.new.passage.text, self.new.words
        said = escaped(
            as_typed(text[words[b0].start : words[b1 - 1].end], self.typed), markdown=self.markdown
        )
        said = said.replace("\n", "\\\n" if self.markdown else " ").replace(OBJECT, "")
        look = self.new.passage.look_at(words[b0].start)
        beside = (
            self.old.passage.look_at(self.old.words[like].start)
            if 0 <= like < len(self.old.words)
            else Look()
        )
        same_all = all(self.new.passage.look_at(words[at].start) == look for at in range(b0, b1))
        if self.markdown and same_all and look != beside and beside == Look():
            return _in_marks(look, said)
        return said
