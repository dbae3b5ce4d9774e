"""The ordinals of a template's own text, raised once for all its documents."""

from __future__ import annotations

import re

from ctgdocs.patterns import regex
from ctgdocs.rendering.ordinals import mark, superscript
from ctgdocs.rendering.tags import TAG

_TAG_KEPT = regex(rf"({TAG.pattern})", re.DOTALL)
_MIXED_TEXT = regex(r"(<w:t(?: [^>]*)?>)([^<]*\{[^<]*)(?=</w:t>)")


def with_ordinals(jinja: str, style: str) -> str:
    """A part's Jinja source, its ordinals raised by the style; those beside a tag are marked, to be raised
    when the part is rendered."""
    return _MIXED_TEXT.sub(_marked, superscript(jinja, style))


def _marked(match: re.Match[str]) -> str:
    pieces = _TAG_KEPT.split(match[2])
    return match[1] + "".join(piece if index % 2 else mark(piece) for index, piece in enumerate(pieces))
