"""Paragraph and run properties as WordprocessingML, one function or constant each. Lengths in points or mm.

The schema fixes the order in which they may follow each other: keep, numbering, border, shade, tabs, spacing,
indent, alignment, outline level; font, bold, caps, colour, spacing, size.
"""

from __future__ import annotations

from tools.word.looks import Look
from tools.word.xml import mm


def before_after(before: float, after: float, line: float = 0) -> str:
    spacing = f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}"'
    return spacing + (f' w:line="{round(line * 240)}" w:lineRule="auto"/>' if line else "/>")


def exactly(points: float) -> str:
    """A line of a fixed, small height: a rule of the header or the footer."""
    return f'<w:spacing w:before="0" w:after="40" w:line="{round(points * 20)}" w:lineRule="exact"/>'


def right_tab(look: Look) -> str:
    """A tab stop at the right margin of the look."""
    return f'<w:tabs><w:tab w:val="right" w:pos="{mm(210 - look.margins[1] - look.margins[3])}"/></w:tabs>'


def contents_tab(look: Look) -> str:
    """The dotted way to the page number of a table of contents."""
    return right_tab(look).replace('w:val="right"', 'w:val="right" w:leader="dot"')


def indent_left(left: float) -> str:
    return f'<w:ind w:left="{mm(left)}"/>'


def font(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def point_size(points: float) -> str:
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def border(colour: str, *sides: str, size: int = 6, space: int = 4) -> str:
    lines = "".join(
        f'<w:{s} w:val="single" w:sz="{size}" w:space="{space}" w:color="{colour}"/>' for s in sides
    )
    return f"<w:pBdr>{lines}</w:pBdr>"


def stamp_box(code: str) -> str:
    """A dashed frame; the paragraphs that follow each other with it share one frame."""
    sides = "".join(
        f'<w:{side} w:val="dashed" w:sz="6" w:space="4" w:color="{code}"/>'
        for side in ("top", "left", "bottom", "right")
    )
    return f"<w:pBdr>{sides}</w:pBdr>"


def framed(look: Look) -> str:
    """A thick bar on the left; above and below, room in the colour of the background."""
    room = f'w:val="single" w:sz="4" w:space="3" w:color="{look.pale}"/>'
    bar = f'<w:left w:val="single" w:sz="18" w:space="8" w:color="{look.accent}"/>'
    return f"<w:pBdr><w:top {room}{bar}<w:bottom {room}</w:pBdr>"


def shade(colour: str) -> str:
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{colour}"/>'


def colour(code: str) -> str:
    return f'<w:color w:val="{code}"/>'


NEXT = "<w:keepNext/>"
LINES = "<w:keepLines/>"
BOTH = NEXT + LINES
CENTRE = '<w:jc w:val="center"/>'
RIGHT = '<w:jc w:val="right"/>'
LEFT = '<w:jc w:val="left"/>'
BOLD = "<w:b/><w:bCs/>"
ITALIC = "<w:i/><w:iCs/>"


def level(number: int) -> str:
    return f'<w:outlineLvl w:val="{number - 1}"/>'


def hanging(left: float, hanging: float) -> str:
    return f'<w:ind w:left="{mm(left)}" w:hanging="{mm(hanging)}"/>'


def spaced(twentieths: int) -> str:
    return f'<w:spacing w:val="{twentieths}"/>'


def indent(left: float, right: float = 0) -> str:
    return f'<w:ind w:left="{mm(left)}" w:right="{mm(right)}"/>'
