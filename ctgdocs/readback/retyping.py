"""Words of a page as their author would type them: values, Markdown, placeholders that stay.

`Writer` writes a paragraph anew; `Splice` carries one change of words to the text that says them, and leaves
everything else in it as typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from pydantic_core import PydanticCustomError

from ctgdocs.content.spans import Item, Stretch
from ctgdocs.readback.differences import Aligned, Difference, Text
from ctgdocs.readback.spots import Files, Placed
from ctgdocs.readback.words import OBJECT, Word, as_typed, typed_words
from ctgdocs.redline import same
from ctgdocs.stages import Steps
from ctgdocs.vocabulary.as_typed import read_amount, read_date, read_hour
from ctgdocs.word import Look

_VALUES: Final = {"montant": "montant", "montant_en_lettres": "montant", "date": "date"}
"""The placeholders that say a value, and its nature."""
_IN_FIGURES: Final = re.compile(r"\(([^()]*)\)$")
_SPECIAL: Final = re.compile(r"[*`\[\]\\]|(?<!\w)_|_(?!\w)|<(?=[/a-zA-Z])")
_OPENING: Final = re.compile(r"(?:[-+•‣◦▪●–—·>]|#{1,6}|\d{1,9}[.)])(?=\s)|[-+=]{2,}$")


class Proposal(NamedTuple):
    """Stretches of one text of a content file, or items of a list of it, that may say the change; `lost`:
    the placeholders that become words; `gone`: the field goes whole."""

    file: str
    steps: Steps
    stretches: tuple[Stretch, ...] = ()
    items: tuple[Item, ...] = ()
    lost: tuple[str, ...] = ()
    gone: bool = False


# --- a value ----------------------------------------------------------------------------------------------


def value_like(said: str, typed: str, nature: str) -> str:
    """A value as the page says it, written as the file has it; "" when it cannot be read, or is a text.

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
        if nature != "montant":
            return ""
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
            if span is not None and stop <= last and self._in_one_look(at, stop):
                said = self.typed[span[0] : span[1]]
            else:
                stop = at + 1
                said = self._word(at, opening=opening)
            pieces += [(look, self._gap(gap)), (look, said)] if gap else [(look, said)]
            opening = "\n" in gap
            at = stop
        return marked(pieces) if self.markdown else "".join(said for _, said in pieces)

    def _in_one_look(self, first: int, last: int) -> bool:
        looks = {self.text.passage.look_at(word.start) for word in self.text.words[first:last]}
        return len(looks) == 1 or not self.markdown

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


class Splice:
    """One change of words carried over to the text that says them, everything else in it left as typed."""

    def __init__(self, files: Files, old: Text, new: Text, change: Difference, placed: Placed) -> None:
        self.files, self.old, self.new, self.change, self.spot = files, old, new, change, placed.spot
        self.typed = files.texts(self.spot.file)[self.spot.steps]
        self.markdown = self.spot.nature == "markdown"
        self.start, self.end = placed.start, max(placed.end, min(change.a1, len(self.old.keys)))
        words = typed_words(
            self.typed, self.spot.start, self.spot.end, self.spot.values, markdown=self.markdown
        )
        keys = [key.casefold() for key in self.old.keys[self.start : self.end]]
        pairs = same(keys, [word.key.casefold() for word in words])
        self.at = {self.start + i: words[j] for i, j in pairs}
        self.aligned = Aligned(old, new)
        self.kept = self.aligned.of

    def proposals(self) -> Iterator[Proposal]:
        if (values := self._of_an_atom()) is not None:
            yield from values
            return
        a0, a1 = self._widened()
        if a0 < 0:
            return
        b0 = self.kept[a0 - 1] + 1 if a0 - 1 in self.kept else self.change.b0
        b1 = self.kept.get(a1, self.change.b1)
        if (values := self._values(a0, a1, b0, b1)) is not None:
            yield from values
            return
        for stretch in self._stretches(a0, a1, b0, b1):
            if 0 <= stretch.start <= stretch.end:
                yield Proposal(self.spot.file, self.spot.steps, (stretch,), lost=self._lost(a0, a1))

    @property
    def is_of_a_value(self) -> bool:
        """Whether an amount or a day that a placeholder says became another: no matter of words."""
        if self._of_an_atom() is not None:
            return True
        a0, a1 = self._widened()
        b0 = self.kept.get(a0 - 1, self.change.b0 - 1) + 1
        return a0 >= 0 and self._values(a0, a1, b0, self.kept.get(a1, self.change.b1)) is not None

    def _of_an_atom(self) -> list[Proposal] | None:
        """The same where it is known which words stand for those of one placeholder, whatever became of what
        is about them."""
        a0, a1 = self.change.a0, self.change.a1
        if a0 == a1 or a0 not in self.at:
            return None
        while a0 > self.start and self._one_atom(a0 - 1, a0):
            a0 -= 1
        while a1 < self.end and self._one_atom(a1 - 1, a1):
            a1 += 1
        b0, b1 = self.aligned.start(a0), self.aligned.end(a1)
        return self._values(a0, a1, b0, b1) if 0 <= b0 < b1 else None

    def _values(self, a0: int, a1: int, b0: int, b1: int) -> list[Proposal] | None:
        """Another amount or day in place of the one that a placeholder says: in it, or in the field that it
        names, if it is typed in one; None when the change is another."""
        words = {self.at[at][1:] for at in range(a0, a1) if at in self.at}
        if len(words) != 1 or b0 >= b1 or not self.at[a0].atom:
            return None
        start, end, _ = words.pop()
        name, _, argument = (part.strip() for part in self.typed[start + 1 : end - 1].partition(":"))
        said = as_typed(self.new.passage.text[self.new.words[b0].start : self.new.words[b1 - 1].end])
        nature = _VALUES.get(name, "")
        figures = _IN_FIGURES.search(said) if name == "montant_en_lettres" else None
        value = value_like(figures[1] if figures else said, argument, nature) if nature else ""
        if not value:
            return None
        if any(sign.isdigit() for sign in argument[:1]):
            new = Stretch(start, end, f"{{{name}:{value}}}")
            return [Proposal(self.spot.file, self.spot.steps, (new,))]
        return [
            Proposal(file, steps, (Stretch(0, len(typed.rstrip()), value_like(value, typed, nature)),))
            for file, steps, typed in self.files.named(argument, nature)
        ]

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
            edges = self.aligned.edges
            while a0 < a1 and a0 > self.start and a0 - 1 not in self.kept and a0 not in edges:
                a0 -= 1
            while a0 < a1 < self.end and a1 not in self.kept and a1 not in edges:
                a1 += 1
            if (a0, a1) == before:
                return a0, a1

    def _one_atom(self, one: int, other: int) -> bool:
        a, b = self.at.get(one), self.at.get(other)
        return a is not None and b is not None and a.atom > 0 and (a.start, a.end) == (b.start, b.end)

    def _lost(self, a0: int, a1: int) -> tuple[str, ...]:
        found = (word for at in range(a0, a1) if (word := self.at.get(at)) and word.atom)
        return tuple(dict.fromkeys(self.typed[word.start : word.end] for word in found))

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
        if not self.markdown or beside != Look():
            return said
        if any(self.new.passage.look_at(words[at].start) != look for at in range(b0, b1)):
            return Writer(self.new, self.typed, (), markdown=True).between(b0, b1)
        return _in_marks(look, said)
