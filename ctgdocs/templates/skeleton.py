"""Reading a rendered part strictly, without reading again what never changes.

A document is made of pieces of the template, which were read when it was loaded, and of values. For the
question « is it well formed? » a piece is worth what it leaves open and what it closes: `</w:t></w:r></w:p>
<w:p><w:pPr>…</w:pPr><w:r><w:t>` counts as `</w:t></w:r></w:p><w:p><w:r><w:t>`. The XML reader is given the
pieces in that short form, and the values as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import CodeType

_TAG = re.compile(r"<(/?)([\w:.-]+)(?:\s+[\w:.-]+\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'))*\s*(/?)>|<[?!][^<>]*>")


def short_forms(program: CodeType) -> dict[str, str]:
    """The short form of each piece of XML that a Jinja program holds, by the piece itself."""
    return {piece: short for piece in _pieces(program) if (short := short_form(piece)) != piece}


def _pieces(program: CodeType) -> Iterator[str]:
    for constant in program.co_consts:
        if isinstance(constant, str) and "<" in constant:
            yield constant
        elif isinstance(constant, CodeType):
            yield from _pieces(constant)


def short_form(piece: str) -> str:
    """What a piece closes, then what it opens; the piece itself when it cuts a tag in two or is not nested.

    >>> short_form('</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">')
    '</w:t></w:r><w:r><w:t>'
    """
    text = _TAG.sub("", piece)
    if "<" in text or ">" in text or "&" in text:
        return piece
    closed: list[str] = []
    opened: list[str] = []
    for closing, name, empty in (match.groups() for match in _TAG.finditer(piece)):
        if name is None or empty:
            continue
        if not closing:
            opened.append(name)
        elif not opened:
            closed.append(name)
        elif opened.pop() != name:
            return piece
    return "".join(f"</{name}>" for name in closed) + "".join(f"<{name}>" for name in opened)
