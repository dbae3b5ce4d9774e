"""What keeps a template from taking the whole machine: bounds on numbers, lengths and loops."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any, Final

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError
from jinja2.sandbox import safe_range
from markupsafe import Markup

from ctgdocs.templates.values import PAGE

# --- What Jinja compiles a template to, where the house wants it otherwise


_MARKUP_THEN_TEXT = re.compile(r"((?:<[^>]*>)+|(?=[^<]))([^<]*)")


class Generator(CodeGenerator):
    """Generates `a.b` as a field, and `a.b()` as a method: a field called `items` is still a field. A filter
    block changes the text between its tags, not the markup that Word put there."""

    def visit_Call(  # type: ignore[override]  # noqa: N802  # Jinja names it, and passes options by name
        self, node: nodes.Call, frame: Frame, **options: Any
    ) -> None:
        if isinstance(node.node, nodes.Getattr):
            node.node.called = True  # type: ignore[attr-defined]
        super().visit_Call(node, frame, **options)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        self.write("environment.method(" if getattr(node, "called", False) else "environment.getattr(")
        self.visit(node.node, frame)
        self.write(f", {node.attr!r})")

    def _output_child_post(self, node: Any, frame: Frame, finalize: Any) -> None:
        """`escape(value)`, or `escape(value, True)` in what a macro, a filter or a `set` makes."""
        self.write(", True)" if frame.buffer is not None else ")")

    def visit_FilterBlock(self, node: nodes.FilterBlock, frame: Frame) -> None:  # noqa: N802
        inner = frame.inner()
        inner.symbols.analyze_node(node)
        self.enter_frame(inner)
        self.buffer(inner)
        self.blockvisit(node.body, inner)
        self.writeline(f"for markup, {inner.buffer} in environment.pieces({inner.buffer}):")
        self.indent()
        self.start_write(frame, node)
        self.write("markup")
        self.end_write(frame)
        self.writeline(f"if {inner.buffer}:")
        self.indent()
        self.start_write(frame, node)
        self.write("escape(")
        inner.eval_ctx.autoescape = False  # the filter is given text, and `escape` makes XML of it again
        self.visit_Filter(node.filter, inner)
        inner.eval_ctx.autoescape = True
        self._output_child_post(node, frame, None)
        self.end_write(frame)
        self.outdent(2)
        self.leave_frame(inner)


def pieces(made: list[str]) -> Iterator[tuple[str, list[str]]]:
    """What a block made: markup, then the text that follows it, and so on."""
    for markup, text in _MARKUP_THEN_TEXT.findall("".join(made)):
        yield markup, [unescape(text)] if text else []


LARGEST_NUMBER: Final = 10_000
"""The widest padding, the longest repetition, the highest power that a template may ask for."""

MOST_TURNS: Final = 1_000_000
"""How far the `range` of one document may count in all, and how long a replaced text may grow."""

WIDTH = re.compile(r"%[^a-zA-Z%]*(?:\d{5,}|\*)")
BRACED = re.compile(r"\{[^{}]*(?:[.\[]_|:[^{}]*\d{5,})|\{[^{}]*:[^{}]*\{")


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
    page = PAGE.get(None)
    if page is not None:
        page.turns += len(turns)
        if page.turns > MOST_TURNS:
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
