"""Which pieces of two sequences are the same piece: equal ones first, then those that look alike.

Pure functions on lists. `same` is a patience alignment (unique pieces anchor it, so that a repeated label
never pulls two chapters together); `alike` pairs what was changed in the gaps, by the words they share.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final, NamedTuple, Protocol, TypeAlias

Pair = tuple[int, int]
MOST_COMPARISONS: Final = 60_000
"""A gap of 240 × 240 paragraphs without one in common: beyond it, nothing is looked for."""


def same(a: Sequence[Hashable], b: Sequence[Hashable]) -> list[Pair]:
    """Pairs of equal items, both increasing.

    >>> same("abcde", "xbcey")
    [(1, 1), (2, 2), (4, 3)]
    """
    found: list[Pair] = []
    waiting = [(0, len(a), 0, len(b))]
    while waiting:
        a0, a1, b0, b1 = waiting.pop()
        while a0 < a1 and b0 < b1 and a[a0] == b[b0]:
            found.append((a0, b0))
            a0, b0 = a0 + 1, b0 + 1
        while a0 < a1 and b0 < b1 and a[a1 - 1] == b[b1 - 1]:
            a1, b1 = a1 - 1, b1 - 1
            found.append((a1, b1))
        if a0 == a1 or b0 == b1:
            continue
        anchors = _unique_in_both(a, b, a0, a1, b0, b1)
        if not anchors:
            found += _without_anchor(a, b, a0, a1, b0, b1)
            continue
        found += anchors
        ends = [(a0 - 1, b0 - 1), *anchors, (a1, b1)]
        waiting += [(i + 1, k, j + 1, m) for (i, j), (k, m) in pairwise(ends)]
    return sorted(found)


def _unique_in_both(
    a: Sequence[Hashable], b: Sequence[Hashable], a0: int, a1: int, b0: int, b1: int
) -> list[Pair]:
    """The longest increasing run of items that stand once in each part."""
    in_a, in_b = Counter(a[a0:a1]), Counter(b[b0:b1])
    places = {b[j]: j for j in range(b0, b1) if in_b[b[j]] == 1}
    pairs = [(i, places[a[i]]) for i in range(a0, a1) if in_a[a[i]] == 1 and a[i] in places]
    tails: list[int] = []
    last: list[int] = []
    before = [-1] * len(pairs)
    for rank, (_, j) in enumerate(pairs):
        at = bisect_left(tails, j)
        before[rank] = last[at - 1] if at else -1
        tails[at : at + 1] = [j]
        last[at : at + 1] = [rank]
    chain = []
    rank = last[-1] if last else -1
    while rank >= 0:
        chain.append(pairs[rank])
        rank = before[rank]
    return chain[::-1]


def _without_anchor(
    a: Sequence[Hashable], b: Sequence[Hashable], a0: int, a1: int, b0: int, b1: int
) -> Iterator[Pair]:
    matcher = SequenceMatcher(None, a[a0:a1], b[b0:b1], autojunk=(a1 - a0) * (b1 - b0) > MOST_COMPARISONS)
    for block in matcher.get_matching_blocks():
        for step in range(block.size):
            yield a0 + block.a + step, b0 + block.b + step


class Comparable(Protocol):
    """What `alike` compares."""

    def likeness(self, other: Comparable, /) -> float:
        """From 0 (they cannot be the same piece) to 1 (they say the same)."""


def alike(a: Sequence[Comparable], b: Sequence[Comparable], least: float) -> list[Pair]:
    """The pairing of two short sequences, in order, that keeps the most in common; pairs under `least` are no
    pairs. Sequences too long to compare stay unpaired."""
    if not a or not b or len(a) * len(b) > MOST_COMPARISONS:
        return []
    likeness = [[one.likeness(other) for other in b] for one in a]
    best = [[0.0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a) - 1, -1, -1):
        for j in range(len(b) - 1, -1, -1):
            value = likeness[i][j]
            paired = best[i + 1][j + 1] + value if value >= least else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    pairs: list[Pair] = []
    i = j = 0
    while i < len(a) and j < len(b):
        value = likeness[i][j]
        if value >= least and best[i][j] == best[i + 1][j + 1] + value:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def gaps(pairs: Sequence[Pair], a_size: int, b_size: int) -> Iterator[tuple[int, int, int, int]]:
    """The stretches between pairs, as (start in a, end in a, start in b, end in b), none of them empty."""
    i = j = 0
    for at_a, at_b in [*pairs, (a_size, b_size)]:
        if i < at_a or j < at_b:
            yield i, at_a, j, at_b
        i, j = at_a + 1, at_b + 1


Bag: TypeAlias = frozenset[tuple[str, int]]
"""Words, each with its rank among those like it: what two bags share is counted by their intersection."""


def bag(words: Iterable[str]) -> Bag:
    """A bag of words."""
    return frozenset((word, rank) for word, count in Counter(words).items() for rank in range(count))


def common_words(a: Bag, b: Bag) -> float:
    """How much two bags of words share, from 0 to 1 (Dice). Two empty bags say the same."""
    total = len(a) + len(b)
    return 2 * len(a & b) / total if total else 1.0


# --- What changed in a sentence, in phrases a person can read rather than in scattered words


TOKEN: Final = re.compile(
    r"\d+(?:[\u00a0\u202f.,/]\d+)*(?:[-\u2011]\d+)?|\w+(?:[-\u2011]\w+)*[’']?|\s|[^\w\s]"
)
"""A number whole, a word with its hyphens and its elision, each space (a no-break one counts), each sign."""

_WORD: Final = re.compile(r"\d+(?:[-\u2011]\d+)?|\w+(?:[-\u2011]\w+)*[’']?|\s|[^\w\s]")
"""The same, where « 41 250 » is two numbers whatever the space between them."""

SOLID: Final = "\ufffc"
"""Opens the key of what is not text (a picture, a field, a note): it is never swept into a phrase."""

_SIGNS: Final = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u2009\u202f", " "),
        **dict.fromkeys("«»“”„", '"'),
        **dict.fromkeys("‘’", "'"),
        **dict.fromkeys("\u2010\u2011\u2212–—", "-"),
        "œ": "oe",
        "Œ": "oe",
        "…": "...",
    }
)
_BULLET: Final = re.compile(r"[•·▪■●○◦➢➤→*\-]")


class Eyes(NamedTuple):
    """What two texts are compared on: everything, looks included, or the words alone, whatever their look,
    their capitals, the spaces and the signs of typography around them."""

    token: re.Pattern[str] = TOKEN
    looks: bool = True

    def read(self, text: str) -> str:
        """A text as it is compared."""
        return text if self.looks else text.translate(_SIGNS).lower()

    def same_words(self, old: str, new: str) -> bool:
        """Whether one text in the place of the other changes no word; never so where all counts."""
        return not self.looks and self._bare(old) == self._bare(new)

    def opens_a_list(self, old: str, new: str, after: str) -> bool:
        """Whether what goes from the start of a paragraph is the bullet of a list typed by hand; before a
        number, `after`, it may be its sign."""
        is_bullet = not self._bare(new) and _BULLET.fullmatch(self._bare(old)) is not None
        return not self.looks and is_bullet and not after[:1].isdigit()

    def _bare(self, text: str) -> str:
        return "".join(self.read(text).split())


EVERYTHING: Final = Eyes()
WORDS: Final = Eyes(_WORD, looks=False)

ISLAND: Final = 3  # words kept in the middle of a change must be more than this, or as many as the change
LEAST_KEPT: Final = 0.3  # share of the words; under it, the whole sentence is replaced


class Stretch(NamedTuple):
    """A stretch of tokens: kept when `kept`, else the first ones replaced by the second ones."""

    kept: bool
    a0: int
    a1: int
    b0: int
    b1: int


def changes(a: Sequence[str], b: Sequence[str]) -> list[Stretch]:
    """The stretches of two lists of tokens, in order, kept and changed by turns."""
    found = _readable(_stretches(same(a, b), len(a), len(b)), a)
    kept = sum(_words(a[one.a0 : one.a1]) for one in found if one.kept)
    most = max(_words(a), _words(b))
    solid = any(key.startswith(SOLID) for one in found if one.kept for key in a[one.a0 : one.a1])
    if len(found) > 3 and kept < LEAST_KEPT * most and not solid:
        return [Stretch(False, 0, len(a), 0, len(b))]
    return found


def _stretches(pairs: Sequence[tuple[int, int]], a_size: int, b_size: int) -> list[Stretch]:
    found: list[Stretch] = []
    i = j = 0
    for at_a, at_b in [*pairs, (a_size, b_size)]:
        if i < at_a or j < at_b:
            found.append(Stretch(False, i, at_a, j, at_b))
        if at_a == a_size and at_b == b_size:
            break
        if found and found[-1].kept:
            found[-1] = found[-1]._replace(a1=at_a + 1, b1=at_b + 1)
        else:
            found.append(Stretch(True, at_a, at_a + 1, at_b, at_b + 1))
        i, j = at_a + 1, at_b + 1
    return found


def _readable(found: list[Stretch], a: Sequence[str]) -> list[Stretch]:
    """Sinks the small islands between two changes."""
    result: list[Stretch] = []
    for place, one in enumerate(found):
        before = result[-1] if result else None
        after = found[place + 1] if place + 1 < len(found) else None
        if (one.kept and before and after and _is_island(one, before, after, a)) or (
            not one.kept and before and not before.kept
        ):
            result[-1] = before._replace(a1=one.a1, b1=one.b1)
        else:
            result.append(one)
    return result


def _is_island(one: Stretch, before: Stretch, after: Stretch, a: Sequence[str]) -> bool:
    kept = a[one.a0 : one.a1]
    if any(key.startswith(SOLID) or key in "\t\n\f" for key in kept):
        return False
    words = _words(kept)
    around = min(_size(before), _size(after))
    return words == 0 or (words <= ISLAND and words <= around)


def _size(change: Stretch) -> int:
    """About how many words a change holds: half its tokens are spaces."""
    return (max(change.a1 - change.a0, change.b1 - change.b0) + 1) // 2


def _words(tokens: Sequence[str]) -> int:
    return sum(1 for token in tokens if token[:1].isalnum())
