"""From what a content file says to what it should say: the fewest gestures, what stays is not touched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ctgdocs.content.edit import Value
from ctgdocs.content.gestures import Gesture
from ctgdocs.stages import Steps


def differences(before: Value, wanted: Value, at: Steps = ()) -> list[Gesture]:
    """What to do, one gesture after the other, to a value that says `before` for it to say `wanted`; the
    value stands at the path `at`.

    >>> for gesture in differences({"contre": ["a", "b"]}, {"contre": ["b"], "abstentions": ["c"]}):
    ...     print(gesture.act, gesture.at, gesture.value)
    remove ('contre', 0)\x20
    set ('abstentions',) ['c']
    """
    return list(_between(before, wanted, at))


def _between(before: Value, wanted: Value, at: Steps) -> Iterator[Gesture]:
    if before == wanted:
        return
    if isinstance(before, dict) and isinstance(wanted, dict):
        for name, value in wanted.items():
            if name in before:
                yield from _between(before[name], value, (*at, name))
            else:
                yield Gesture("set", (*at, name), value)
        for name in before:
            if name not in wanted:
                yield Gesture("remove", (*at, name))
    elif isinstance(before, list) and isinstance(wanted, list) and before and wanted:
        yield from _in_list(before, wanted, at)
    elif isinstance(before, str) and isinstance(wanted, str):
        yield Gesture("set", at, wanted)
    else:
        yield Gesture("remove", at)
        if wanted not in ([], {}):
            yield Gesture("set", at, wanted)


def _in_list(before: Sequence[Value], wanted: Sequence[Value], at: Steps) -> Iterator[Gesture]:
    """Items that stay stay where they are. A list is never empty in between: when none stays, the others go
    last."""
    now, gone = list(before), _gone(before, wanted)
    if len(gone) < len(now):
        for rank in gone:
            del now[rank]
            yield Gesture("remove", (*at, rank))
        gone = []
    for rank, item in enumerate(wanted):
        if not gone and item in now[rank:]:
            whence = now.index(item, rank)
            now.insert(rank, now.pop(whence))
            if whence != rank:
                yield Gesture("move", (*at, whence), to=rank)
        else:
            now.insert(rank, item)
            yield Gesture("insert", (*at, rank), item)
    for _ in gone:
        yield Gesture("remove", (*at, len(wanted)))


def _gone(before: Sequence[Value], wanted: Sequence[Value]) -> list[int]:
    """The ranks of the items that are wanted no more, the last first."""
    left, gone = list(wanted), []
    for rank, item in enumerate(before):
        if item in left:
            left.remove(item)
        else:
            gone.append(rank)
    return gone[::-1]
