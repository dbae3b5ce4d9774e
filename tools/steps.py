"""What a function costs, in steps: a measure that neither the machine nor what else runs on it changes.

A step is a line of Python (of a library: a call), a sign that a method of a text or a list goes over, or a
move of a regular expression.
For the last, each pattern compiled once `counting_patterns` was called walks its own tree beside the real
engine, try after try, as the real one would: what it matches is the real one's answer, only the moves are
counted here. Two lengths of a few hundred signs then tell the law of a cost that seconds would only show on
texts of megabytes.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from re import _compiler, _constants, _parser  # type: ignore[attr-defined]
from types import BuiltinFunctionType, FrameType
from typing import Any

from ctgdocs.patterns import Sought

MORE = 2.2
"""What doubling a text may multiply the steps by…"""
BEGINNING = 150
"""…beyond so many steps, that a function takes whatever it is given."""
MOST = 3_000_000
"""Steps after which a function is stopped: its cost is beyond any law worth telling."""

_OWN = f"{os.sep}ctgdocs{os.sep}"
_FREE = frozenset((
    "append", "startswith", "endswith", "get", "add", "keys", "values", "items", "pop", "setdefault", "group",
    "start", "end", "span", "write", "getvalue", "update", "extend", "discard", "clear", "popleft",
    "appendleft", "__len__", "__contains__", "__getitem__", "__enter__", "__exit__", "__init__", "__hash__",
))  # fmt: skip
"""Methods that take one step whatever their owner's size."""


class TooMany(BaseException):
    """More steps than `MOST`."""


class NotWalked(BaseException):
    """A pattern that this module does not know how to walk: nothing is measured then."""


class _Count:
    steps = 0
    on = False

    @classmethod
    def add(cls, steps: int) -> None:
        cls.steps += steps
        if cls.steps > MOST:
            cls.on = False
            raise TooMany


# --- Regular expressions ---------------------------------------------------------------------------------

After = Callable[[int], bool]
Move = Callable[[int, After], bool]
_SINGLE = frozenset((_constants.LITERAL, _constants.NOT_LITERAL, _constants.ANY, _constants.IN))
_REPEATS = frozenset((_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT))


def _state(flags: int) -> Any:
    state = _parser.State()
    state.flags, state.str = flags, ""
    return state


def first_of(items: Any) -> Any:
    """The sign that whatever matches begins with, as a tree; None when it may begin otherwise."""
    if not len(items):
        return None
    op, value = items[0]
    if op is _constants.SUBPATTERN and not value[1] and not value[2]:
        return first_of(value[3])
    if op in _REPEATS and value[0]:
        return first_of(value[2])
    return items[0] if op in _SINGLE else None


class Tree:
    """The tree of one pattern, walked move by move."""

    def __init__(self, pattern: Any, flags: int) -> None:
        parsed = _parser.parse(pattern, flags)
        self.groups: dict[int, tuple[int, int]] = {}
        self.text: Any = ""
        self._whole = self._all(parsed, parsed.state.flags | flags)

    def tries(self, text: Any, at: int) -> None:
        """Counts one try to match the text at a place."""
        self.text = text
        self.groups.clear()
        self._whole(at, lambda _: True)

    def _all(self, items: Any, flags: int) -> Move:
        moves = [self._move(item, flags) for item in items]
        if len(moves) == 1:
            return moves[0]

        def following(number: int) -> Move:
            if number == len(moves):
                return lambda at, after: after(at)
            first, rest = moves[number], following(number + 1)
            return lambda at, after: first(at, lambda place: rest(place, after))

        return following(0)

    def _native(self, item: Any, flags: int) -> Any:
        return _compiler.compile(_parser.SubPattern(_state(flags), [item]), flags)

    def _move(self, item: Any, flags: int) -> Move:
        op, value = item
        if op in _SINGLE or op is _constants.AT:
            return self._one(self._native(item, flags).match)
        if op in _REPEATS:
            low, high, body = value
            if len(body) == 1 and body[0][0] in _SINGLE:
                run = self._native((_constants.MAX_REPEAT, (0, high, body)), flags).match
                return self._run(run, low, op)
            return self._repeat(self._all(body, flags), low, high, op)
        if op is _constants.BRANCH:
            return self._branch(
                [self._all(branch, flags) for branch in value[1]], self._begins(value[1], flags)
            )
        if op is _constants.SUBPATTERN:
            group, added, taken, body = value
            return self._group(group, self._all(body, (flags | added) & ~taken))
        if op is _constants.ATOMIC_GROUP:
            return self._atomic(self._all(value, flags))
        if op in (_constants.ASSERT, _constants.ASSERT_NOT):
            way, body = value
            back = body.getwidth()[0] if way < 0 else 0
            return self._looking(self._all(body, flags), back, op is _constants.ASSERT)
        if op is _constants.GROUPREF:
            return self._again(value)
        if op is _constants.GROUPREF_EXISTS:
            group, there, absent = value
            moves = self._all(there, flags), self._all(absent or [], flags)
            return lambda at, after: moves[group not in self.groups](at, after)
        raise NotImplementedError(op)

    def _one(self, matches: Callable[[Any, int], re.Match[Any] | None]) -> Move:
        def move(at: int, after: After) -> bool:
            _Count.add(1)
            found = matches(self.text, at)
            return found is not None and after(found.end())

        return move

    def _run(self, longest: Any, low: int, op: Any) -> Move:
        def move(at: int, after: After) -> bool:
            end: int = longest(self.text, at).end()
            first = at + low
            if end < first:
                _Count.add(1 + end - at)
                return False
            if op is _constants.MIN_REPEAT:
                places = range(first, end + 1)
            else:
                _Count.add(end - at)
                places = range(end, (end if op is _constants.POSSESSIVE_REPEAT else first) - 1, -1)
            for place in places:
                _Count.add(1)
                if after(place):
                    return True
            return False

        return move

    def _repeat(self, body: Move, low: int, high: int, op: Any) -> Move:
        def turn(at: int, done: int, before: int, after: After) -> bool:
            _Count.add(1)
            may_go_on = done < high and (done < low or at != before)
            if op is _constants.MIN_REPEAT and done >= low and after(at):
                return True
            if may_go_on and body(at, lambda place: turn(place, done + 1, at, after)):
                return True
            return op is not _constants.MIN_REPEAT and done >= low and after(at)

        def move(at: int, after: After) -> bool:
            return turn(at, 0, -1, after)

        return self._atomic(move) if op is _constants.POSSESSIVE_REPEAT else move

    def _begins(self, branches: Any, flags: int) -> Any:
        """Whether one of the branches can begin at a place: the real engine looks at one sign too."""
        firsts = [first_of(branch) for branch in branches]
        if None in firsts:
            return lambda text, at: True
        each = [_parser.SubPattern(_state(flags), [one]) for one in firsts]
        return self._native((_constants.BRANCH, (None, each)), flags).match

    def _branch(self, moves: list[Move], may_begin: Any) -> Move:
        def move(at: int, after: After) -> bool:
            _Count.add(1)
            return may_begin(self.text, at) is not None and any(one(at, after) for one in moves)

        return move

    def _group(self, group: int | None, body: Move) -> Move:
        if group is None:
            return body

        def move(at: int, after: After) -> bool:
            before = self.groups.get(group)

            def ended(place: int) -> bool:
                self.groups[group] = at, place
                return after(place)

            if body(at, ended):
                return True
            if before is not None:
                self.groups[group] = before
            return False

        return move

    def _atomic(self, body: Move) -> Move:
        def move(at: int, after: After) -> bool:
            ends: list[int] = []
            return body(at, lambda place: not ends.append(place)) and after(ends[0])  # type: ignore[func-returns-value]

        return move

    def _looking(self, body: Move, back: int, wanted: bool) -> Move:
        def move(at: int, after: After) -> bool:
            found = at >= back and body(at - back, lambda _: True)
            return found == wanted and after(at)

        return move

    def _again(self, group: int) -> Move:
        def move(at: int, after: After) -> bool:
            start, end = self.groups.get(group, (0, -1))
            _Count.add(1 + max(end - start, 0))
            return start <= end and self.text.startswith(self.text[start:end], at) and after(at + end - start)

        return move


class Counted:
    """A compiled pattern, for whoever uses it; its moves are counted while a function is measured."""

    def __init__(self, real: re.Pattern[Any]) -> None:
        self.real = real
        self._tree: Tree | None = None
        self._known: dict[tuple[Any, int, int], int] = {}

    @property
    def __class__(self) -> type:  # `isinstance(x, re.Pattern)` is asked here and there
        return re.Pattern

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)

    def __reduce__(self) -> Any:
        return re.compile, (self.real.pattern, self.real.flags)

    def _tried(self, text: Any, first: int, last: int) -> None:
        if not _Count.on:
            return
        known = self._known.get((text, first, last))
        if known is None:
            known = self._known[text, first, last] = self._moves(text, first, last)
        _Count.add(known)

    def _moves(self, text: Any, first: int, last: int) -> int:
        before, _Count.steps, _Count.on = _Count.steps, 0, False
        try:
            if self._tree is None:
                self._tree = Tree(self.real.pattern, self.real.flags)
            for at in range(first, last + 1):
                _Count.add(1)
                self._tree.tries(text, at)
            return _Count.steps
        except Exception as error:
            raise NotWalked(self.real.pattern) from error
        finally:
            _Count.steps, _Count.on = before, True

    def match(self, text: Any, pos: int = 0, endpos: int = sys.maxsize) -> Any:
        self._tried(text[:endpos], pos, pos)
        return self.real.match(text, pos, endpos)

    def fullmatch(self, text: Any, pos: int = 0, endpos: int = sys.maxsize) -> Any:
        self._tried(text[:endpos], pos, pos)
        return self.real.fullmatch(text, pos, endpos)

    def search(self, text: Any, pos: int = 0, endpos: int = sys.maxsize) -> Any:
        found = self.real.search(text, pos, endpos)
        self._tried(text[:endpos], pos, found.start() if found else min(len(text), endpos))
        return found

    def finditer(self, text: Any, pos: int = 0, endpos: int = sys.maxsize) -> Iterator[Any]:
        place = pos
        for found in self.real.finditer(text, pos, endpos):
            self._tried(text[:endpos], place, found.start())
            place = found.end()
            yield found
        self._tried(text[:endpos], place, min(len(text), endpos))

    def _gone_over(self, text: Any) -> None:
        if _Count.on:
            for _ in self.finditer(text):
                pass

    def findall(self, text: Any, pos: int = 0, endpos: int = sys.maxsize) -> Any:
        self._gone_over(text)
        return self.real.findall(text, pos, endpos)

    def split(self, text: Any, maxsplit: int = 0) -> Any:
        self._gone_over(text)
        return self.real.split(text, maxsplit)

    def sub(self, repl: Any, text: Any, count: int = 0) -> Any:
        self._gone_over(text)
        return self.real.sub(repl, text, count)

    def subn(self, repl: Any, text: Any, count: int = 0) -> Any:
        self._gone_over(text)
        return self.real.subn(repl, text, count)


def counting_patterns() -> None:
    """From now on, in this process, every pattern that is compiled counts its moves, and is sought in texts
    without the words that it needs too: the worst texts hold none."""
    Sought.may_hold = lambda *_: True  # type: ignore[method-assign]
    real = re._compile  # type: ignore[attr-defined]
    known: dict[int, Counted] = {}

    def compiled(pattern: Any, flags: int) -> Any:
        if type(pattern) is Counted:
            return pattern
        made = real(pattern, flags)
        return known.setdefault(id(made), Counted(made))

    re._compile = compiled  # type: ignore[attr-defined]


# --- All the rest ----------------------------------------------------------------------------------------


def _line(frame: FrameType, event: str, _: Any) -> Any:
    """A line of the house is a step; of a library, a call is."""
    if _Count.on:
        _Count.add(1)
    return _line if event == "line" or _OWN in frame.f_code.co_filename else None


def _called(frame: FrameType, event: str, called: Any) -> None:
    if event == "c_call" and _Count.on and type(called) is BuiltinFunctionType:
        owner = called.__self__
        if isinstance(owner, (str, bytes, bytearray, list)) and called.__name__ not in _FREE:
            _Count.add(len(owner))


def steps(function: Callable[[], object]) -> int:
    """The steps that a call takes; whatever it raises is its answer."""
    _Count.steps, _Count.on = 0, True
    sys.settrace(_line)
    sys.setprofile(_called)
    try:
        function()
    except Exception:
        pass
    except TooMany:
        return MOST
    finally:
        sys.setprofile(None)
        sys.settrace(None)
        _Count.on = False
    return _Count.steps
