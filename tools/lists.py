"""numbering.xml: two lists of three levels, tied to the list styles."""

from __future__ import annotations

from looks import Look
from properties import colour, hanging
from word_package import W

BULLETS = ("ListBullet", "ListBullet2", "ListBullet3")
NUMBERS = ("ListNumber", "ListNumber2", "ListNumber3")
BULLET_NUMID, NUMBER_NUMID = 1, 2


def numbering(look: Look) -> str:
    """Two lists of three levels, tied to the list styles."""
    bullets = "".join(
        _list_level(level, "bullet", mark, style, colour(look.accent))
        for level, (mark, style) in enumerate(zip(("–", "•", "◦"), BULLETS, strict=True))
    )
    numbers = "".join(
        _list_level(level, form, f"%{level + 1}{end}", style, colour(look.ink))
        for level, (form, end, style) in enumerate(
            zip(("decimal", "lowerLetter", "lowerRoman"), (".", ")", "."), NUMBERS, strict=True)
        )
    )
    return (
        f"<w:numbering {W}>"
        f'<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>{bullets}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="multilevel"/>{numbers}</w:abstractNum>'
        f'<w:num w:numId="{BULLET_NUMID}"><w:abstractNumId w:val="0"/></w:num>'
        f'<w:num w:numId="{NUMBER_NUMID}"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )


def _list_level(level: int, form: str, text: str, style: str, run: str) -> str:
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:pStyle w:val="{style}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr>{hanging(6.5 * (level + 1), 5)}</w:pPr>'
        f"<w:rPr>{run}</w:rPr></w:lvl>"
    )
