"""Which templates make XML whatever their values: proved once, so that no document needs to be read again.

A program is whole when its text is XML around its blocks, and when each branch of each block leaves open the
elements that it found open. Expat itself is asked, block by block, with a mark for each value and each block
inside. What is not proved (a filter block, a block inside a tag) stays to be read in each document, as does
the markup that a tag makes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple
from xml.parsers import expat

from jinja2 import nodes

_VALUE: Final = "&amp;']]"
"""Stands for an escaped value: XML takes it in text and in double quotes, and nowhere else."""

_BLOCK: Final = "ctg-block"


class _Piece(NamedTuple):
    """Some of a program's text, the elements open before it and after it, the blocks inside it."""

    around: tuple[str, ...]
    body: Iterable[nodes.Node]


class _Unproved(Exception):
    """Something that only a rendered document can tell."""


def is_whole(tree: nodes.Template) -> bool:
    """Whether all that a program prints is XML, as long as its values are escaped and XML can hold them."""
    waiting = [_Piece((), tree.body)]
    try:
        while waiting:
            waiting += _inside(waiting.pop())
    except (_Unproved, expat.ExpatError):
        return False
    return True


def _inside(piece: _Piece) -> list[_Piece]:
    """The branches of the blocks of a piece, each between the elements that are open around it."""
    text, branches = _text(piece.body)
    opening = "".join(f"<{name}>" for name in piece.around)
    closing = "".join(f"</{name}>" for name in reversed(piece.around))
    open_elements: list[str] = []
    found: list[_Piece] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, _: open_elements.append(name)
    parser.EndElementHandler = lambda _: open_elements.pop()

    def block(target: str, number: str) -> None:
        if target == _BLOCK:
            found.extend(_Piece(tuple(open_elements), branch) for branch in branches[int(number)])

    parser.ProcessingInstructionHandler = block
    parser.Parse(opening + text + closing, True)
    return found


def _text(body: Iterable[nodes.Node]) -> tuple[str, list[list[list[nodes.Node]]]]:
    """A body's text with its marks, and the branches of each of its blocks, in order."""
    out: list[str] = []
    blocks: list[list[list[nodes.Node]]] = []
    for node in body:
        if isinstance(node, nodes.Output):
            out += [it.data if isinstance(it, nodes.TemplateData) else _VALUE for it in node.nodes]
        elif isinstance(node, (nodes.For, nodes.If)):
            others = [one.body for one in node.elif_] if isinstance(node, nodes.If) else []
            out.append(f"<?{_BLOCK} {len(blocks)}?>")
            blocks.append([node.body, *others, node.else_])
        elif not isinstance(node, (nodes.Assign, nodes.AssignBlock, nodes.Macro)):
            raise _Unproved
    text = "".join(out)
    if "<!" in text or text.removeprefix("<?xml ").count("<?") > len(blocks):  # a mark inside would go unseen
        raise _Unproved
    return text, blocks
