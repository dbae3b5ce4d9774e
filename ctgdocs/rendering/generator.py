"""What Jinja compiles a template to, where the house wants it otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame

from ctgdocs.patterns import regex

_MARKUP_THEN_TEXT = regex(r"((?:<[^>]*>)+|(?=[^<]))([^<]*)")


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
