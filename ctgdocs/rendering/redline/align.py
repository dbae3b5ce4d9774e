"""Which pieces of two sequences are the same piece: equal ones first, then those that look alike.

Pure functions on lists. `same` is a patience alignment (unique pieces anchor it, so that a repeated label
never pulls two chapters together); `alike` pairs what was changed in the gaps, by the words they share.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final, Protocol

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


def common_words(a: Counter[str], b: Counter[str]) -> float:
    """How much two bags of words share, from 0 to 1 (Dice). Two empty bags say the same."""
    total = a.total() + b.total()
    if not total:
        return 1.0
    if len(a) > len(b):
        a, b = b, a
    return 2 * sum(min(count, b[word]) for word, count in a.items() if word in b) / total
