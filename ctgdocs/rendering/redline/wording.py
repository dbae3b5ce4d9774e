"""What changed in a sentence, in phrases a person can read rather than in scattered words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from ctgdocs.rendering.redline.align import same

TOKEN: Final = re.compile(r"\d+(?:[\u00a0\u202f.,/]\d+)*(?:-\d+)?|\w+(?:-\w+)*[’']?|\s|[^\w\s]", re.UNICODE)
"""A number whole, a word with its hyphens and its elision, each space (a no-break one counts), each sign."""

SOLID: Final = "\ufffc"
"""Opens the key of what is not text (a picture, a field, a note): it is never swept into a phrase."""

ISLAND: Final = 3  # words kept in the middle of a change must be more than this, or as many as the change
LEAST_KEPT: Final = 0.3  # share of the words; under it, the whole sentence is replaced


class Change(NamedTuple):
    """A stretch of tokens: kept when `kept`, else the first ones replaced by the second ones."""

    kept: bool
    a0: int
    a1: int
    b0: int
    b1: int


def changes(a: Sequence[str], b: Sequence[str]) -> list[Change]:
    """The stretches of two lists of tokens, in order, kept and changed by turns."""
    found = _readable(_stretches(same(a, b), len(a), len(b)), a)
    kept = sum(_words(a[one.a0 : one.a1]) for one in found if one.kept)
    most = max(_words(a), _words(b))
    solid = any(key.startswith(SOLID) for one in found if one.kept for key in a[one.a0 : one.a1])
    if len(found) > 3 and kept < LEAST_KEPT * most and not solid:
        return [Change(False, 0, len(a), 0, len(b))]
    return found


def _stretches(pairs: Sequence[tuple[int, int]], a_size: int, b_size: int) -> list[Change]:
    found: list[Change] = []
    i = j = 0
    for at_a, at_b in [*pairs, (a_size, b_size)]:
        if i < at_a or j < at_b:
            found.append(Change(False, i, at_a, j, at_b))
        if at_a == a_size and at_b == b_size:
            break
        if found and found[-1].kept:
            found[-1] = found[-1]._replace(a1=at_a + 1, b1=at_b + 1)
        else:
            found.append(Change(True, at_a, at_a + 1, at_b, at_b + 1))
        i, j = at_a + 1, at_b + 1
    return found


def _readable(found: list[Change], a: Sequence[str]) -> list[Change]:
    """Sinks the small islands between two changes."""
    result: list[Change] = []
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


def _is_island(one: Change, before: Change, after: Change, a: Sequence[str]) -> bool:
    kept = a[one.a0 : one.a1]
    if any(key.startswith(SOLID) or key in "\t\n\f" for key in kept):
        return False
    words = _words(kept)
    around = min(_size(before), _size(after))
    return words == 0 or (words <= ISLAND and words <= around)


def _size(change: Change) -> int:
    """About how many words a change holds: half its tokens are spaces."""
    return (max(change.a1 - change.a0, change.b1 - change.b0) + 1) // 2


def _words(tokens: Sequence[str]) -> int:
    return sum(1 for token in tokens if token[:1].isalnum())
