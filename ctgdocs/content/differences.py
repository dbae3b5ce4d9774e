"""From what a content file says to what it should say: the fewest gestures, what stays is not touched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ctgdocs.content.edit import Value
from ctgdocs.content.setting import Gesture
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
        for name in before:
            if name not in wanted:
                yield Gesture("remove", (*at, name))
        for name, value in wanted.items():
            if name in before:
                yield from _between(before[name], value, (*at, name))
            else:
                yield Gesture("set", (*at, name), value)
    elif isinstance(before, list) and isinstance(wanted, list) and any(one in wanted for one in before):
        yield from _in_list(before, wanted, at)
    else:
        yield Gesture("set", at, wanted)


def _in_list(before: Sequence[Value], wanted: Sequence[Value], at: Steps) -> Iterator[Gesture]:
    """Items that stay stay where they are; the others go, then come, then move."""
    now = list(before)
    left = list(wanted)
    for rank in reversed(range(len(now))):
        if now[rank] in left:
            left.remove(now[rank])
        else:
            del now[rank]
            yield Gesture("remove", (*at, rank))
    for rank, item in enumerate(wanted):
        if rank < len(now) and now[rank] == item:
            continue
        if item in now[rank:]:
            whence = now.index(item, rank)
            now.insert(rank, now.pop(whence))
            yield Gesture("move", (*at, whence), to=rank)
        else:
            now.insert(rank, item)
            yield Gesture("insert", (*at, rank), item)
