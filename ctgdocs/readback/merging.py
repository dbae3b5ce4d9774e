"""Corrections found in the content that a document was made from, carried over to the content as it is now.

What was changed on both sides at the same words is a conflict: it is shown, and nothing of it is written.
What the content says by now (somebody typed it there too, or a command was stopped once it had written it) is
none, and is not written twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from itertools import accumulate
from typing import TypeAlias

from ctgdocs.content.spans import Item, NotPlaced, Stretch, applied
from ctgdocs.readback.retyping import Proposal
from ctgdocs.stages import Steps

Said: TypeAlias = list[tuple[Steps, str]]
"""The texts of an item of a list, by their steps from it."""

_PIECE = re.compile(r"\s+|\w+|[^\w\s]")


def carried(proposal: Proposal, base: Mapping[Steps, str], now: Mapping[Steps, str]) -> Proposal:
    """The same proposal in the texts as they are now. Raises NotPlaced for a conflict."""
    if proposal.items:
        return proposal._replace(items=tuple(_item(proposal.steps, one, base, now) for one in proposal.items))
    if proposal.gone:
        if _below(proposal.steps, base) != _below(proposal.steps, now):
            raise NotPlaced
        return proposal
    before = base[proposal.steps]
    steps = _same_text(proposal.steps, before, now)
    after = now[steps]
    stretches = tuple(_shifted(one, before, after) for one in proposal.stretches)
    return proposal._replace(steps=steps, stretches=stretches)


def is_said(proposal: Proposal, base: Mapping[Steps, str], now: Mapping[Steps, str]) -> bool:
    """Whether the texts as they are now say what a proposal would write."""
    if proposal.items:
        return all(_is_done(proposal.steps, one, base, now) for one in proposal.items)
    if proposal.gone:
        return not _below(proposal.steps, now)
    before, after = base[proposal.steps], now.get(proposal.steps, "")
    made = applied(before, proposal.stretches)
    nearer = _apart(made, after) < _apart(before, after)
    return nearer and all(_stands(start, end, made, after) for start, end in _places(proposal.stretches))


def _is_done(steps: Steps, item: Item, base: Mapping[Steps, str], now: Mapping[Steps, str]) -> bool:
    """Whether an item that was to go is no longer there, or one that was to come is."""
    before, after = _items(steps, base), [*_items(steps, now).values()]
    if item.moved >= 0:
        return False  # where it is by now, moving it there changes nothing
    if item.new is None:
        said = before[item.at]
    elif isinstance(item.new, str):
        said = [((), item.new)]
    else:
        row = [one if isinstance(one, tuple) else (rank, one) for rank, one in enumerate(item.new)]
        said = [((name,), text) for name, text in row]
    more = after.count(said) - [*before.values()].count(said)
    return more < 0 if item.new is None else more > 0


def _places(stretches: Iterable[Stretch]) -> Iterator[tuple[int, int]]:
    """Where the new words of stretches stand, once they are written."""
    shift = 0
    for one in sorted(stretches):
        yield one.start + shift, one.start + shift + len(one.new)
        shift += len(one.new) - (one.end - one.start)


def _stands(start: int, end: int, made: str, after: str) -> bool:
    """Whether what stands there in a text, and what is next to it, is in another text too."""
    return any(
        (first < start or start == first == there == 0)
        and (end < last or (end == last == len(made) and there + last - first == len(after)))
        for first, last, there in _in_common(made, after)
    )


def _apart(one: str, other: str) -> int:
    """How many signs of two texts are not the other's."""
    return len(one) + len(other) - 2 * sum(last - first for first, last, _ in _in_common(one, other))


def _in_common(before: str, after: str) -> Iterator[tuple[int, int, int]]:
    """The stretches of a text that stand in another one: start, end, start in the other."""
    a, b = _PIECE.findall(before), _PIECE.findall(after)
    starts, others = _starts(a), _starts(b)
    for block in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks():
        if block.size:
            yield starts[block.a], starts[block.a + block.size], others[block.b]


def _starts(pieces: Iterable[str]) -> list[int]:
    return [0, *accumulate(map(len, pieces))]


def _same_text(steps: Steps, before: str, now: Mapping[Steps, str]) -> Steps:
    """Where a text is now: at its own place, or at the one other that says the same."""
    if now.get(steps) == before:
        return steps
    same = [one for one, text in now.items() if text == before and one[:1] == steps[:1]]
    if len(same) == 1:
        return same[0]
    if steps not in now:
        raise NotPlaced
    return steps


def _shifted(stretch: Stretch, before: str, after: str) -> Stretch:
    """A stretch of a text in another version of it, where the words around it are the same."""
    if before == after:
        return stretch
    for first, last, there in _in_common(before, after):
        if first <= stretch.start and stretch.end <= last:
            shift = there - first
            return Stretch(stretch.start + shift, stretch.end + shift, stretch.new)
    raise NotPlaced


def _item(steps: Steps, item: Item, base: Mapping[Steps, str], now: Mapping[Steps, str]) -> Item:
    """An item of a list that may have moved."""
    before, after = _items(steps, base), _items(steps, now)
    at, moved = (_rank(one, before, after) for one in (item.at, item.moved))
    return item._replace(at=at, moved=moved)


def _rank(at: int, before: Mapping[int, Said], after: Mapping[int, Said]) -> int:
    """Where an item of a list stands by now."""
    if at < 0 or after.get(at) == before[at]:
        return at
    same = [rank for rank, there in after.items() if there == before[at]]
    if len(same) != 1:
        raise NotPlaced
    return same[0]


def _items(steps: Steps, texts: Mapping[Steps, str]) -> dict[int, Said]:
    """The items of a list by rank: the texts of each, by their steps from it."""
    depth = len(steps)
    items: dict[int, Said] = {}
    for one, text in texts.items():
        if one[:depth] == steps and len(one) > depth and isinstance(rank := one[depth], int):
            items.setdefault(rank, []).append((one[depth + 1 :], text))
    return items


def _below(at: Steps, texts: Mapping[Steps, str]) -> list[tuple[Steps, str]]:
    return [(one[len(at) :], text) for one, text in texts.items() if one[: len(at)] == at]
