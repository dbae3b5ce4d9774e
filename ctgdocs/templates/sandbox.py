"""What Jinja compiles a template to, where the house wants it otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, operators

from ctgdocs.templates.budget import UNCOUNTED

_MARKUP_THEN_TEXT = re.compile(r"((?:<[^<>]*>)+|(?=[^<]))([^<]*)")


class Generator(CodeGenerator):
    """Generates `a.b` as a field, and `a.b()` as a method: a field called `items` is still a field. A filter
    block changes the text between its tags, not the markup that Word put there. Each turn of a loop or of a
    macro, each list, slice and comparison is counted (budget.py)."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._through: dict[int, int] = {}
        self._turns: dict[int, tuple[int, nodes.Node]] = {}

    def visit_For(self, node: nodes.For, frame: Frame) -> None:  # noqa: N802
        """All its turns are paid at once, or each when it is reached: some are left out, or not known yet."""
        if node.test is None and not node.recursive:
            self._through[id(node.iter)] = work_of(node.body)
        else:
            self._through[id(node.iter)] = _PASSED
            self._turns[id(node.body)] = work_of(node.body), node
        super().visit_For(node, frame)

    def visit_If(self, node: nodes.If, frame: Frame) -> None:  # noqa: N802
        for branch in (node.body, *(other.body for other in node.elif_), node.else_):
            if (work := work_of(branch)) > _HEAVY:
                self._turns[id(branch)] = work, node
        super().visit_If(node, frame)

    def macro_body(self, node: nodes.Macro | nodes.CallBlock, frame: Frame) -> Any:
        self._turns[id(node.body)] = work_of(node.body), node
        return super().macro_body(node, frame)

    def visit(self, node: nodes.Node, *args: Any, **options: Any) -> Any:
        if id(node) not in self._through:
            return super().visit(node, *args, **options)
        self.write(f"environment.gone_through({self._through[id(node)]}, ")
        super().visit(node, *args, **options)
        self.write(")")
        return None

    def blockvisit(self, nodes: Iterable[nodes.Node], frame: Frame) -> None:
        if id(nodes) in self._turns:
            work, node = self._turns[id(nodes)]
            self.writeline(f"environment.spend({work}, 'boucle démesurée')", node)
        super().blockvisit(nodes, frame)

    def visit_Compare(self, node: nodes.Compare, frame: Frame) -> None:  # noqa: N802
        self.write("(")
        self._weighed(node.expr, frame)
        for operand in node.ops:
            self.visit(operand, frame)
        self.write(")")

    def visit_Operand(self, node: nodes.Operand, frame: Frame) -> None:  # noqa: N802
        self.write(f" {operators[node.op]} ")
        self._weighed(node.expr, frame)

    def _weighed(self, node: nodes.Expr, frame: Frame) -> None:
        self.write("environment.weighed(")
        self.visit(node, frame)
        self.write(")")

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:  # noqa: N802
        self.write("environment.made(" if isinstance(node.arg, nodes.Slice) else "(")
        super().visit_Getitem(node, frame)
        self.write(")")

    def visit_List(self, node: nodes.List, frame: Frame) -> None:  # noqa: N802
        self.write("environment.weighed(")
        super().visit_List(node, frame)
        self.write(")")

    def visit_Dict(self, node: nodes.Dict, frame: Frame) -> None:  # noqa: N802
        self.write("environment.weighed(")
        super().visit_Dict(node, frame)
        self.write(")")

    def visit_Tuple(self, node: nodes.Tuple, frame: Frame) -> None:  # noqa: N802
        """Read, it is a value; in `for a, b in …` it names several."""
        self.write("environment.weighed(" if node.ctx == "load" else "(")
        super().visit_Tuple(node, frame)
        self.write(")")

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

    def _output_child_to_const(self, node: Any, frame: Frame, finalize: Any) -> str:
        """Markup that a tag computes from constants goes where all that is printed goes."""
        if not isinstance(node, nodes.TemplateData) and hasattr(node.as_const(frame.eval_ctx), "__html__"):
            raise nodes.Impossible
        return super()._output_child_to_const(node, frame, finalize)

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


_TURN, _PASSED, _HEAVY = 50, 16, 1000
"""What a turn costs that prints nothing, and an item that a loop leaves out; from what work on a branch is
paid only when it is taken."""


def work_of(body: Iterable[nodes.Node]) -> int:
    """About how many signs one turn prints, or how long it takes: what is paid apart in it left out."""
    total = _TURN
    waiting = [*body]
    while waiting:
        node = waiting.pop()
        total += 4
        if isinstance(node, nodes.TemplateData):
            total += len(node.data)
        elif isinstance(node, nodes.If):
            branches = (node.body, *(other.body for other in node.elif_), node.else_)
            total += sum(work for branch in branches if (work := work_of(branch)) <= _HEAVY)
        elif isinstance(node, nodes.Output):
            total += UNCOUNTED // 2 * len(node.nodes)
            waiting += node.nodes
        elif not isinstance(node, (nodes.For, nodes.Macro, nodes.CallBlock)):
            waiting += node.iter_child_nodes()
    return total
