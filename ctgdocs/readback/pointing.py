"""Which field each word of a page was typed in: to go from the page to the field, not to write in it.

A text that is found whole comes first, the longest before the others; one that the page cuts (by a footer, by
the call of a note) is followed piece by piece. Where several fields say the same, the one beside its
neighbours is meant.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, takewhile
from typing import Final, NamedTuple, TypeAlias

from ctgdocs.readback.spots import Spot
from ctgdocs.readback.words import OBJECT, core, meaning, words_of
from ctgdocs.stages import Steps

_PIECE: Final = 5
"""Words in a row that tell a text from another."""
_LEAST: Final = 4
"""Signs of a text of one word, which might be any."""
_FOUND: Final = 0.5
"""The share of a cut text that must be found."""
_OFTEN: Final = 3
"""Times that a short text may stand on a page and still be one field's."""
_SHORT: Final = 4

Where: TypeAlias = tuple[str, Steps]
"""A file, and the steps of a field in it."""
Said: TypeAlias = tuple[str, ...]
"""The keys of a text."""


class Pointed(NamedTuple):
    """A field and the ranks of the words of the page that say it."""

    file: str
    steps: Steps
    words: tuple[int, ...]


def pointed(
    page: Sequence[str], cut: Sequence[bool], noted: Iterable[Spot], others: Iterable[Spot]
) -> list[Pointed]:
    """The fields that a page says, in its order. `page`: its words as they are separated there; `cut`: those
    that end in the next one. `noted`: the spots that are known to be on it; `others`: those that may be."""
    keys, words = _keys(page, cut)
    found = _Found(keys)
    for spots, follow in ((noted, True), (others, False)):
        fields = _by_words(spots)
        for said in sorted(fields, key=len, reverse=True):
            found.whole(said, fields[said])
        for said in fields if follow else ():
            found.pieces(said, fields[said])
    told: dict[Where, set[int]] = {}
    for where, run in found.settled():
        told.setdefault(where, set()).update(rank for at in run for rank in words[at])
    fields_told = [Pointed(*where, tuple(sorted(ranks))) for where, ranks in told.items()]
    return sorted(fields_told, key=lambda one: one.words[0])


def _by_words(spots: Iterable[Spot]) -> dict[Said, tuple[Where, ...]]:
    fields: dict[Said, dict[Where, None]] = {}
    for one in spots:
        said = tuple(key_of(key) for key in core(meaning(one.said)) if key != OBJECT)
        if said:
            fields.setdefault(said, {})[one.file, one.steps] = None
    return {said: tuple(found) for said, found in fields.items()}


def key_of(key: str) -> str:
    """A word whatever its capitals, and wherever a line cuts it."""
    return key.casefold().replace("-", "") or key


def _keys(page: Sequence[str], cut: Sequence[bool]) -> tuple[list[str], list[range]]:
    """The keys of a page, each with the ranks of the words that it is made of."""
    pieces = [word if ends else f"{word} " for word, ends in zip(page, cut, strict=True)]
    starts = [0, *accumulate(map(len, pieces))]
    keys, words = [], []
    for one in words_of("".join(pieces)):
        keys.append(key_of(one.key))
        words.append(range(bisect_right(starts, one.start) - 1, bisect_right(starts, one.end - 1)))
    return keys, words


class _Found:
    """The words of a page, and the texts that have been found in it: each word is of one."""

    def __init__(self, keys: list[str]) -> None:
        self.keys = keys
        self.taken = bytearray(len(keys))
        self.runs: list[tuple[range, tuple[Where, ...], bool]] = []
        self.first: dict[str, list[int]] = {}
        self.rows: dict[Said, list[int]] = {}
        for at, key in enumerate(keys):
            self.first.setdefault(key, []).append(at)
            self.rows.setdefault(tuple(keys[at : at + _PIECE]), []).append(at)

    def whole(self, said: Said, fields: tuple[Where, ...]) -> None:
        """Takes a text wherever it stands whole."""
        if len(said) == 1 and (len(said[0]) < _LEAST or len(self.first.get(said[0], ())) > 2):
            return
        places = self.rows.get(said[:_PIECE], ()) if len(said) >= _PIECE else self.first.get(said[0], ())
        runs = [
            run
            for run in (range(at, at + len(said)) for at in places)
            if tuple(self.keys[run.start : run.stop]) == said and not any(self.taken[run.start : run.stop])
        ]
        sure = len(fields) == 1 and (len(said) > _SHORT or len(runs) <= _OFTEN)
        for run in runs:
            if not any(
                self.taken[run.start : run.stop]
            ):  # words that repeat: « la la la » says « la la » once
                self._take(run, fields, sure=sure)

    def pieces(self, said: Said, fields: tuple[Where, ...]) -> None:
        """Takes what is left of a text that the page cuts, in order; nothing when it is too little."""
        runs: list[range] = []
        at, after = 0, -1
        while at + _PIECE <= len(said):
            places = self.rows.get(said[at : at + _PIECE], ())
            start = next((one for one in places if one > after and not self.taken[one]), -1)
            size = self._common(said, at, start) if start >= 0 else 0
            if size:
                runs.append(range(start, start + size))
                after = start + size
            at += size or 1
        if sum(map(len, runs)) >= _FOUND * len(said):
            for run in runs:
                self._take(run, fields, sure=len(fields) == 1)

    def _common(self, said: Said, at: int, start: int) -> int:
        both = zip(said[at:], self.keys[start:], self.taken[start:], strict=False)
        return sum(1 for _ in takewhile(lambda one: one[0] == one[1] and not one[2], both))

    def _take(self, run: range, fields: tuple[Where, ...], *, sure: bool) -> None:
        self.taken[run.start : run.stop] = b"\1" * len(run)
        self.runs.append((run, fields, sure))

    def settled(self) -> Iterator[tuple[Where, range]]:
        """Each run with its field: the one that its neighbours are next to, when several may say it; none
        when no neighbour tells."""
        self.runs.sort(key=lambda one: one[0].start)
        following: list[Where | None] = [None]
        for _, fields, sure in reversed(self.runs):
            following.append(fields[0] if sure else following[-1])
        before: Where | None = None
        for (run, fields, sure), after in zip(self.runs, reversed(following[:-1]), strict=True):
            near = max(
                fields, key=lambda one: (max(_near(one, before), _near(one, after)), _near(one, before))
            )
            if sure or max(_near(near, before), _near(near, after)) > 1:
                before = near
                yield near, run


def _near(one: Where, other: Where | None) -> int:
    """How near a field is to another: the steps they have in common, their file for one."""
    if other is None or one[0] != other[0] or one == other:
        return 0
    return 1 + sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one[1], other[1], strict=False)))
