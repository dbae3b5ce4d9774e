"""Corrections found in the content that a document was made from, carried over to the content as it is now.

What was changed on both sides at the same words is a conflict: it is shown, and nothing of it is written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import SequenceMatcher

from ctgdocs.content.spans import Item, NotPlaced, Stretch, texts_of
from ctgdocs.readback.retyping import Proposal
from ctgdocs.stages import Steps

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


def texts_by_file(contents: Mapping[str, str]) -> dict[str, dict[Steps, str]]:
    return {file: texts_of(text) for file, text in contents.items()}


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
    a, b = _PIECE.findall(before), _PIECE.findall(after)
    at, starts = 0, list[int]()
    for piece in a:
        starts.append(at)
        at += len(piece)
    there, others = 0, list[int]()
    for piece in b:
        others.append(there)
        there += len(piece)
    for block in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks():
        if not block.size:
            continue
        first, last = starts[block.a], starts[block.a + block.size - 1] + len(a[block.a + block.size - 1])
        if first <= stretch.start and stretch.end <= last:
            shift = others[block.b] - first
            return Stretch(stretch.start + shift, stretch.end + shift, stretch.new)
    raise NotPlaced


def _item(steps: Steps, item: Item, base: Mapping[Steps, str], now: Mapping[Steps, str]) -> Item:
    """An item of a list that may have moved."""
    if item.at < 0:
        return item
    said = _item_text(steps, item.at, base)
    if _item_text(steps, item.at, now) == said:
        return item
    ranks = {one[len(steps)] for one in now if one[: len(steps)] == steps and len(one) > len(steps)}
    same = [rank for rank in ranks if isinstance(rank, int) and _item_text(steps, rank, now) == said]
    if len(same) != 1:
        raise NotPlaced
    return item._replace(at=same[0])


def _item_text(steps: Steps, rank: int, texts: Mapping[Steps, str]) -> list[tuple[Steps, str]]:
    return _below((*steps, rank), texts)


def _below(at: Steps, texts: Mapping[Steps, str]) -> list[tuple[Steps, str]]:
    return [(one[len(at) :], text) for one, text in texts.items() if one[: len(at)] == at]
