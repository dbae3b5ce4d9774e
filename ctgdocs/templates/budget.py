"""What one document may cost its template, counted here alone: turns, signs printed, values made, seconds.

A document has one budget. Each turn of a loop or a macro, each sign printed and each value made by a filter,
an operator or a method spends some of it; a value that is out of reason is refused before it is made. All of
it is refused as `SecurityError`, which programs.py turns into a TemplateError at the place of the tag.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from contextvars import ContextVar
from decimal import Decimal
from sys import getsizeof
from time import perf_counter, thread_time
from typing import Any, Final

from jinja2.exceptions import SecurityError
from jinja2.utils import Namespace
from markupsafe import Markup

MOST_WORK: Final = 32_000_000
"""Bytes of text, or so, that one document may print and make; a turn of a loop costs what its text weighs."""

LONGEST: Final = 2_000_000
"""The heaviest value that a template may make or compute with, all that it holds included."""

SECONDS: Final = 1.0
"""Processor time of one document's tags. A batch of 10 000 rows takes a tenth of it."""

LARGEST_NUMBER: Final = 10_000
"""The widest padding, the longest repetition, the highest power that a template may ask for."""

UNCOUNTED: Final = 400
"""Texts up to this length are paid by the turn that prints them: counting each would cost more than it."""

_ITEM = 16
_MOST_BITS = 4096
_PLAIN = frozenset((int, float, bool, type(None)))


class Budget:
    """What is left to one document, and when to look at the clock."""

    __slots__ = ("_started", "left", "until")

    def __init__(self) -> None:
        self.left = MOST_WORK
        self._started = thread_time()
        self.until = perf_counter() + SECONDS

    def refuse(self, what: str) -> None:
        """Refuses, when nothing is left or the time is over. Only this thread's own time counts: a machine
        that is busy elsewhere refuses nothing."""
        if self.left < 0:
            raise SecurityError(what)
        used = thread_time() - self._started
        if used > SECONDS:
            raise SecurityError("calcul démesuré")
        self.until = perf_counter() + SECONDS - used


BUDGET: ContextVar[Budget] = ContextVar("budget")
"""That of the document, or of the template being compiled, in this thread."""


def spend(work: int, what: str = "texte démesuré") -> None:
    """Takes from the budget. Raises SecurityError, which says `what` is out of reason."""
    budget = BUDGET.get(None)
    if budget is not None:
        budget.left -= work
        if budget.left < 0 or perf_counter() > budget.until:
            budget.refuse(what)


def weight(value: Any) -> int:
    """About how many bytes a value takes once printed, all that it holds included: counted up to LONGEST."""
    total = 0
    waiting = [value]
    while waiting and total <= LONGEST:
        one = waiting.pop()
        if isinstance(one, (str, bytes)):
            total += getsizeof(one) if len(one) > UNCOUNTED else len(one) + 1
        elif isinstance(one, Mapping):
            total += _ITEM * len(one)
            waiting += [*one.keys(), *one.values()]
        elif isinstance(one, (list, tuple, set, frozenset)):
            total += _ITEM * len(one) + 1
            waiting += one if total <= LONGEST else ()
        elif isinstance(one, Namespace):
            raise SecurityError("ce n’est pas une valeur : un namespace se lit par ses noms")
        else:
            total += 1
    return total


def weighed(*values: Any) -> Any:
    """The first value, once it is known that computing with all of them stays within reason."""
    for value in values:
        if value.__class__ not in _PLAIN and (value.__class__ is not str or len(value) > UNCOUNTED):
            size = weight(value)
            refuse_over(size)
            spend(size if isinstance(value, str) else _ITEM)
    return values[0]


def refuse_over(size: int, what: str = "texte démesuré") -> None:
    """Refuses a value that would be larger than a document needs."""
    if size > LONGEST:
        raise SecurityError(what)


def made(value: Any) -> Any:
    """A value that a template has just computed, paid for: what it draws item by item is paid as it comes."""
    if hasattr(value, "__next__"):
        return drawn(value)
    if isinstance(value, int):
        _refuse_bits(value.bit_length())
    elif isinstance(value, (str, bytes)):
        refuse_over(getsizeof(value))
        spend(getsizeof(value))
    elif isinstance(value, Sized):
        refuse_over(_ITEM * len(value), "liste démesurée")
        spend(4 * _ITEM * len(value), "liste démesurée")
    return value


def gone_through(work: int, items: Any) -> Any:
    """What a loop goes through, its turns paid for: before they begin, or as they come."""
    if not hasattr(items, "__len__"):
        return drawn(items, work, "boucle démesurée")
    spend(work * len(items), "boucle démesurée")
    return items


def drawn(items: Iterable[Any], work: int = 4 * _ITEM, what: str = "liste démesurée") -> Iterator[Any]:
    """The same items, each one paid for."""
    for item in items:
        spend(work, what)
        yield item


# --- Sizes known before the value is made ----------------------------------------------------------------


_DIGITS = re.compile(r"\d+")


def refuse_numbers(args: Iterable[Any]) -> None:
    """Refuses widths and counts that no page needs."""
    if any(isinstance(arg, int) and abs(arg) > LARGEST_NUMBER for arg in args):
        raise SecurityError("nombre démesuré")


def refuse_product(left: Any, right: Any) -> None:
    """The repetition of a text or a list, or the product of two integers, out of reason."""
    for one, times in ((left, right), (right, left)):
        if isinstance(one, (str, bytes, list, tuple)) and isinstance(times, int):
            refuse_over(weight(one) * times, "nombre démesuré")
    if isinstance(left, int) and isinstance(right, int):
        _refuse_bits(left.bit_length() + right.bit_length())


def _refuse_bits(bits: int) -> None:
    if bits > _MOST_BITS:
        raise SecurityError("nombre démesuré")


def refuse_replace(text: Any, old: Any = "", new: Any = "", *_: Any) -> None:
    """A replacement that would make a giant of `text`."""
    text, old, new = str(text), str(old), str(new)
    if len(new) > len(old):
        refuse_over(len(text) + text.count(old) * len(new))


def refuse_format(text: Any, *args: Any, **named: Any) -> None:
    """A format (`%` or braces) whose widths, or whose values as often as they are told, are giants."""
    if "%" in text and "*" in text:
        raise SecurityError("nombre démesuré")
    widths = [int(digits[:7]) for digits in _DIGITS.findall(text)]
    refuse_numbers(widths)
    heaviest = max(map(weight, (*args, *named.values())), default=0)
    refuse_over(sum(widths) + (text.count("%") + text.count("{")) * heaviest)


def refuse_join(items: Any, d: Any = "", attribute: Any = None) -> None:
    """More text joined than a document holds."""
    refuse_over(weight(items) + len(str(d)) * (len(items) if isinstance(items, Sized) else 0))


def refuse_indent(text: Any, width: Any = 4, *_: Any, **__: Any) -> None:
    """Lines moved by a width, or by a text, that would make a giant."""
    step = width if isinstance(width, int) else len(str(width))
    refuse_over((str(text).count("\n") + 1) * step)


def refuse_wordwrap(
    text: Any, width: int = 79, _: Any = True, wrapstring: Any = "", *__: Any, **___: Any
) -> None:
    """More lines than a document has, each with its own ending."""
    lines = len(str(text)) // max(width, 1) + 1
    refuse_over(lines * (100 + len(str(wrapstring or ""))))


def refuse_sum(items: Any, attribute: Any = None, start: Any = 0) -> None:
    """`sum` adds numbers: lists put end to end would be copied at each step."""
    if not isinstance(start, (int, float, Decimal)):
        raise SecurityError("sum additionne des nombres")


# --- The filters, methods and operators of a template, counted -------------------------------------------


LAZY: Final = frozenset((
    "abs", "batch", "count", "d", "default", "first", "float", "int", "items", "last", "length", "list",
    "map", "reject", "rejectattr", "reverse", "round", "select", "selectattr", "slice",
))  # fmt: skip
"""Filters that only pass on, or count, what they are given: whatever its weight, they cost nothing."""

READING_TEXT: Final = frozenset((
    "capitalize", "center", "count", "length", "reverse", "title", "truncate", "upper", "wordwrap",
))  # fmt: skip
"""Filters that would spoil the references of escaped text (`&amp;`): they read the text it stands for."""

_WITH_NUMBERS = frozenset(("batch", "center", "indent", "slice", "truncate", "wordwrap"))
_REFUSALS: dict[str, Callable[..., None]] = {
    "replace": refuse_replace,
    "format": refuse_format,
    "join": refuse_join,
    "indent": refuse_indent,
    "wordwrap": refuse_wordwrap,
    "sum": refuse_sum,
}


def counted_filter(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """One of Jinja's filters, refused when it would make a giant, and what it makes paid for."""
    before = 1 if hasattr(function, "jinja_pass_arg") else 0
    refusal = _REFUSALS.get(name)

    def counted(*args: Any, **named: Any) -> Any:
        value, *others = map(plain_text, args[before:]) if name in READING_TEXT else args[before:]
        given = (*others, *named.values())
        if name in _WITH_NUMBERS:
            refuse_numbers(given)
        if name not in LAZY:
            value = weighed(list(value) if hasattr(value, "__next__") else value)
        weighed("", *given)
        if refusal is not None:
            refusal(value, *others, **named)
        return made(function(*args[:before], value, *others, **named))

    return _marked(counted, function)


def counted_test(function: Any) -> Callable[..., Any]:
    """A test that compares, with what it compares weighed first."""

    def counted(*args: Any) -> Any:
        weighed(*args)
        return function(*args)

    return _marked(counted, function)


def counted_join(function: Callable[..., Any]) -> Callable[..., Any]:
    """What `~` calls."""

    def counted(pieces: tuple[Any, ...]) -> Any:
        refuse_over(weight(pieces))
        return made(function(pieces))

    return counted


def refuse_method(owner: Any, name: str, args: tuple[Any, ...]) -> None:
    """The call of a text's, a list's or a dict's method that would make or compare giants."""
    weighed("", owner, *args)
    if isinstance(owner, str) and name == "replace":
        refuse_replace(owner, *args)
    elif isinstance(owner, str) and name == "join":
        refuse_join(args[0] if args else (), owner)


def _marked(wrapper: Callable[..., Any], function: Callable[..., Any]) -> Callable[..., Any]:
    """`wrapper`, called by Jinja the way it calls `function`."""
    for mark in ("jinja_pass_arg", "jinja_async_variant"):
        if hasattr(function, mark):
            setattr(wrapper, mark, getattr(function, mark))
    return wrapper


def plain_text(value: Any) -> Any:
    """What a `set` block, a macro or `|e` escaped, as the text it stands for."""
    return value.unescape() if isinstance(value, Markup) and "<" not in value else value
