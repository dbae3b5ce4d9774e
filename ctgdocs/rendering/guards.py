"""What keeps a template from taking the whole machine: bounds on numbers, lengths and loops."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from jinja2.exceptions import SecurityError
from jinja2.sandbox import safe_range
from markupsafe import Markup

from ctgdocs.patterns import regex
from ctgdocs.rendering.values import SESSION

LARGEST_NUMBER: Final = 10_000
"""The widest padding, the longest repetition, the highest power that a template may ask for."""

MOST_TURNS: Final = 1_000_000
"""How far the `range` of one document may count in all, and how long a replaced text may grow."""

WIDTH = regex(r"%[^a-zA-Z%]*(?:\d{5,}|\*)")
BRACED = regex(r"\{[^{}]*(?:[.\[]_|:[^{}]*\d{5,})|\{[^{}]*:[^{}]*\{")


def bounded(function: Callable[..., Any]) -> Callable[..., Any]:
    def within(*args: Any, **kwargs: Any) -> Any:
        if any(isinstance(arg, int) and arg > LARGEST_NUMBER for arg in (*args[1:], *kwargs.values())):
            raise SecurityError("nombre démesuré")
        return function(*args, **kwargs)

    return _marked(within, function)


def _marked(wrapper: Callable[..., Any], function: Callable[..., Any]) -> Callable[..., Any]:
    """`wrapper`, called by Jinja the way it calls `function`."""
    for mark in ("jinja_pass_arg", "jinja_async_variant"):
        if hasattr(function, mark):
            setattr(wrapper, mark, getattr(function, mark))
    return wrapper


def counted_range(*args: int) -> range:
    """Python's `range`, which one document may not use to turn for ever."""
    turns = safe_range(*args)
    session = SESSION.get(None)
    if session is not None:
        session.turns += len(turns)
        if session.turns > MOST_TURNS:
            raise SecurityError("boucle démesurée")
    return turns


def of_text(function: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that reads what a `set` block, a macro or `|e` escaped as the text it stands for."""

    def on_text(*args: Any, **kwargs: Any) -> Any:
        return function(
            *(arg.unescape() if isinstance(arg, Markup) and "<" not in arg else arg for arg in args), **kwargs
        )

    return _marked(on_text, function)


def replaced(function: Callable[..., Any]) -> Callable[..., Any]:
    def within(context: Any, value: Any, *args: Any, **kwargs: Any) -> Any:
        refuse_growth(str(value), args)
        return function(context, value, *args, **kwargs)

    return _marked(within, function)


def refuse_growth(text: str, args: tuple[Any, ...]) -> None:
    """Refuses a replacement that would make a giant of `text`."""
    old, new = (*map(str, args[:2]), "", "")[:2]
    if (
        len(new) > len(old)
        and (len(text) + 1) * len(new) > MOST_TURNS
        and text.count(old) * len(new) > MOST_TURNS
    ):
        raise SecurityError("texte démesuré")


def formatted(value: str, *args: Any, **kwargs: Any) -> str:
    if WIDTH.search(value):
        raise SecurityError("nombre démesuré")
    return str(value) % (kwargs or args)
