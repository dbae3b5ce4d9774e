"""styles.xml of a look: every role of house_style.ROLES, our own styles, and what Word expects."""

from __future__ import annotations

import re

from ctgdocs.templates.roles import ROLES, Style
from tools.word.lists import TIES
from tools.word.looks import Look
from tools.word.package import W, escape
from tools.word.paragraph_looks import OWN, paragraph_looks
from tools.word.properties import BOLD, ITALIC, before_after, colour, font, point_size, shade

_BEFORE_NUMBERS = re.compile(r"(?:<w:(?:keepNext|keepLines|pageBreakBefore)/>)*")
_CHARACTERS = {
    "gras": BOLD,
    "italique": ITALIC,
    "gras_italique": BOLD + ITALIC,
    "code": font("Courier New") + point_size(9),
    "exposant": '<w:vertAlign w:val="superscript"/>',
    "appel_note": '<w:vertAlign w:val="superscript"/>',
}


def styles(look: Look) -> str:
    """styles.xml. The default language is French; widow control is on for every paragraph.

    A role that has no look here is left to the rendering room, which adds what a document lacks.
    """
    drawn = {**paragraph_looks(look), **_CHARACTERS, "lien": "", "tableau": ""}
    rows = [_style(key, style, look) for key, style in (ROLES | OWN).items() if key in drawn]
    return (
        f"<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr>{font(look.text_font)}{point_size(look.size)}"
        '<w:lang w:val="fr-FR" w:eastAsia="fr-FR" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr><w:widowControl/>{before_after(0, 0, 1.05)}</w:pPr></w:pPrDefault>"
        "</w:docDefaults>"
        f"{''.join(rows)}{_plumbing()}</w:styles>"
    )


def _style(key: str, style: Style, look: Look) -> str:
    if style.type == "table":
        return _acts_table(style, look)
    if style.type == "character":
        return _character(key, style, look)
    paragraph, run = paragraph_looks(look)[key]
    if style.id in TIES:
        paragraph = _numbered(paragraph, *TIES[style.id])
    roles = ROLES | OWN
    based = f'<w:basedOn w:val="{roles[style.based_on].id}"/>' if style.based_on else ""
    follows = f'<w:next w:val="{roles[style.next].id}"/>' if style.next else ""
    default = ' w:default="1"' if key == "normal" else ""
    own = "" if style.builtin else ' w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph"{default}{own} w:styleId="{style.id}">'
        f'<w:name w:val="{escape(style.name)}"/>{based}{follows}<w:qFormat/>'
        + (f"<w:pPr>{paragraph}</w:pPr>" if paragraph else "")
        + (f"<w:rPr>{run}</w:rPr>" if run else "")
        + "</w:style>"
    )


def _numbered(paragraph: str, number: int, level: int) -> str:
    """The numbering, after what the schema wants before it."""
    depth = f'<w:ilvl w:val="{level}"/>' if level else ""
    before = _BEFORE_NUMBERS.match(paragraph)
    at = before.end() if before else 0
    return f'{paragraph[:at]}<w:numPr>{depth}<w:numId w:val="{number}"/></w:numPr>{paragraph[at:]}'


def _character(key: str, style: Style, look: Look) -> str:
    run = colour(look.ink) + '<w:u w:val="single"/>' if key == "lien" else _CHARACTERS[key]
    own = "" if style.builtin else ' w:customStyle="1"'
    return (
        f'<w:style w:type="character"{own} w:styleId="{style.id}"><w:name w:val="{escape(style.name)}"/>'
        f'<w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/><w:rPr>{run}</w:rPr></w:style>'
    )


def _acts_table(style: Style, look: Look) -> str:
    """Thin horizontal and vertical rules, a shaded header row, a total row in bold under a heavier rule."""
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{look.rule}"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    heavy = f'<w:tcBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="{look.ink}"/></w:tcBorders>'
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
        '<w:basedOn w:val="TableNormal"/><w:qFormat/>'
        f"<w:tblPr><w:tblBorders>{lines}</w:tblBorders>{_cell_margins(80)}</w:tblPr>"
        f'<w:tcPr><w:vAlign w:val="center"/></w:tcPr>'
        f'<w:tblStylePr w:type="firstRow"><w:tcPr>{shade(look.pale)}</w:tcPr></w:tblStylePr>'
        f'<w:tblStylePr w:type="firstCol"><w:tcPr>{shade(look.pale)}</w:tcPr></w:tblStylePr>'
        f'<w:tblStylePr w:type="lastRow"><w:rPr>{BOLD}</w:rPr><w:tcPr>{heavy}{shade(look.pale)}</w:tcPr>'
        "</w:tblStylePr></w:style>"
    )


def _cell_margins(side: int) -> str:
    return (
        '<w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
        f'<w:left w:w="{side}" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        f'<w:right w:w="{side}" w:type="dxa"/></w:tblCellMar>'
    )


def _plumbing() -> str:
    """The defaults that Word expects, and the table style of the layout tables: no rule, no padding."""
    return (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        f"{_cell_margins(108)}</w:tblPr></w:style>"
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList">'
        '<w:name w:val="No List"/><w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:customStyle="1" w:styleId="MiseEnPage"><w:name w:val="Mise en page"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr>{_cell_margins(0)}</w:tblPr></w:style>'
    )
