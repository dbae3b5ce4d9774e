"""numbering.xml: two lists of three levels, and the headings of a convention, all tied to their styles."""

from __future__ import annotations

from tools.word.looks import Look
from tools.word.package import W
from tools.word.properties import colour, hanging

BULLETS = ("ListBullet", "ListBullet2", "ListBullet3")
NUMBERS = ("ListNumber", "ListNumber2", "ListNumber3")
ARTICLES, ANNEXES, POINTS = ("TitreArticle", "TitreSousArticle"), ("TitreAnnexe",), ("TitrePoint",)
BULLET_NUMID, NUMBER_NUMID, ARTICLE_NUMID, ANNEX_NUMID, POINT_NUMID = 1, 2, 3, 4, 5
TIES = {
    style: (number, level)
    for number, family in (
        (BULLET_NUMID, BULLETS), (NUMBER_NUMID, NUMBERS), (ARTICLE_NUMID, ARTICLES), (ANNEX_NUMID, ANNEXES),
        (POINT_NUMID, POINTS),
    )
    for level, style in enumerate(family)
}  # fmt: skip
"""Style id → its numbering instance, its level."""


def numbering(look: Look) -> str:
    """Two lists of three levels, « Article 1. » and its « 1.1. », « Annexe 1. »."""
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
    articles = _heading(0, "Article\u00a0%1.", ARTICLES[0]) + _heading(1, "%1.%2.", ARTICLES[1])
    annexes = _heading(0, "Annexe\u00a0%1.", ANNEXES[0])
    points = _heading(0, "%1.", POINTS[0])
    return (
        f"<w:numbering {W}>"
        f'<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>{bullets}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="multilevel"/>{numbers}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="2"><w:multiLevelType w:val="multilevel"/>{articles}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="3"><w:multiLevelType w:val="multilevel"/>{annexes}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="4"><w:multiLevelType w:val="multilevel"/>{points}</w:abstractNum>'
        f'<w:num w:numId="{BULLET_NUMID}"><w:abstractNumId w:val="0"/></w:num>'
        f'<w:num w:numId="{NUMBER_NUMID}"><w:abstractNumId w:val="1"/></w:num>'
        f'<w:num w:numId="{ARTICLE_NUMID}"><w:abstractNumId w:val="2"/></w:num>'
        f'<w:num w:numId="{ANNEX_NUMID}"><w:abstractNumId w:val="3"/></w:num>'
        f'<w:num w:numId="{POINT_NUMID}"><w:abstractNumId w:val="4"/></w:num></w:numbering>'
    )


def _heading(level: int, text: str, style: str) -> str:
    """A heading's number, in the heading's own look, a space after it."""
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="{style}"/>'
        f'<w:suff w:val="space"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
    )


def _list_level(level: int, form: str, text: str, style: str, run: str) -> str:
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:pStyle w:val="{style}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr>{hanging(6.5 * (level + 1), 5)}</w:pPr>'
        f"<w:rPr>{run}</w:rPr></w:lvl>"
    )
