"""The look of a style that neither the charte nor the template defines: sober, in the page's own font.

Only what `Prose` can ask for has a look here; a template brings its own styles for the parts of an act.
"""

from __future__ import annotations

from lxml import etree

from ctgdocs.house_style import ROLES
from ctgdocs.rendering.parts import W_NS

LEVELS = 3
INDENT = 397  # twips, 7 mm: one step of a list

# role → (paragraph properties, run properties), in the order the schema wants
_LOOKS: dict[str, tuple[str, str]] = {
    "normal": ("", ""),
    "corps": ('<w:spacing w:after="120"/><w:jc w:val="both"/>', ""),
    "citation": ('<w:ind w:left="567" w:right="567"/>', "<w:i/><w:iCs/>"),
    "titre1": (
        '<w:keepNext/><w:keepLines/><w:spacing w:before="320" w:after="120"/><w:outlineLvl w:val="0"/>',
        '<w:b/><w:bCs/><w:sz w:val="28"/><w:szCs w:val="28"/>',
    ),
    "titre2": (
        '<w:keepNext/><w:keepLines/><w:spacing w:before="240" w:after="100"/><w:outlineLvl w:val="1"/>',
        '<w:b/><w:bCs/><w:sz w:val="24"/><w:szCs w:val="24"/>',
    ),
    "titre3": (
        '<w:keepNext/><w:keepLines/><w:spacing w:before="200" w:after="80"/><w:outlineLvl w:val="2"/>',
        "<w:b/><w:bCs/>",
    ),
    "titre4": (
        '<w:keepNext/><w:keepLines/><w:spacing w:before="160" w:after="80"/><w:outlineLvl w:val="3"/>',
        "<w:i/><w:iCs/>",
    ),
    "article1": ("", ""),
    "article2": ("", ""),
    "annexe": ("<w:pageBreakBefore/>", ""),
    "tableau_entete": (
        '<w:keepNext/><w:spacing w:before="40" w:after="40"/><w:jc w:val="center"/>',
        "<w:b/><w:bCs/>",
    ),
    "tableau_texte": ('<w:spacing w:before="40" w:after="40"/>', ""),
    "tableau_centre": ('<w:jc w:val="center"/>', ""),
    "tableau_montant": ('<w:jc w:val="right"/>', ""),
    "apres_tableau": ('<w:spacing w:before="200"/>', ""),
    "legende": ('<w:keepNext/><w:spacing w:before="200" w:after="80"/>', "<w:i/><w:iCs/>"),
    "note": ('<w:spacing w:after="0"/>', '<w:sz w:val="18"/><w:szCs w:val="18"/>'),
    "titre_sommaire": ('<w:keepNext/><w:spacing w:before="240" w:after="120"/>', "<w:b/><w:bCs/>"),
    "sommaire1": ('<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9638"/></w:tabs>', ""),
    "sommaire2": (
        '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9638"/></w:tabs><w:ind w:left="284"/>',
        "",
    ),
    "gras": ("", "<w:b/><w:bCs/>"),
    "italique": ("", "<w:i/><w:iCs/>"),
    "gras_italique": ("", "<w:b/><w:bCs/><w:i/><w:iCs/>"),
    "code": ("", '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/>'),
    "exposant": ("", '<w:vertAlign w:val="superscript"/>'),
    "lien": ("", '<w:color w:val="0563C1"/><w:u w:val="single"/>'),
    "a_completer": ("", '<w:shd w:val="clear" w:color="auto" w:fill="FFF2CC"/>'),
    "appel_note": ("", '<w:vertAlign w:val="superscript"/>'),
}
for _rank in range(1, LEVELS + 1):
    _LOOKS[f"puce{_rank}"] = _LOOKS[f"numero{_rank}"] = ('<w:spacing w:after="60"/>', "")
    _LOOKS[f"suite{_rank}"] = (f'<w:spacing w:after="60"/><w:ind w:left="{_rank * INDENT}"/>', "")

_TABLE = """<w:tblPr><w:tblStyleRowBandSize w:val="1"/><w:tblBorders>
<w:top w:val="single" w:sz="8" w:space="0" w:color="auto"/>
<w:bottom w:val="single" w:sz="8" w:space="0" w:color="auto"/>
<w:insideH w:val="single" w:sz="4" w:space="0" w:color="A6A6A6"/></w:tblBorders>
<w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>
<w:bottom w:val="single" w:sz="8" w:space="0" w:color="auto"/></w:tcBorders>
<w:shd w:val="clear" w:color="auto" w:fill="EDEDED"/></w:tcPr></w:tblStylePr>
<w:tblStylePr w:type="lastRow"><w:tcPr><w:tcBorders>
<w:top w:val="single" w:sz="8" w:space="0" w:color="auto"/></w:tcBorders></w:tcPr></w:tblStylePr>"""

PROSE_ROLES: tuple[str, ...] = (*_LOOKS, "tableau")
"""The roles that every template must be able to play before a `Prose` is written into it."""

_SPACE = '<w:suff w:val="space"/>'
_BULLETS = ("–", "•", "◦")
FAMILIES: dict[str, tuple[str, ...]] = {
    # numbered together, a role a level
    "puce": ("puce1", "puce2", "puce3"),
    "numero": ("numero1", "numero2", "numero3"),
    "article": ("article1", "article2"),
    "annexe": ("annexe",),
}
_HEADINGS = {"article": ("Article\u00a0%1.", "%1.%2."), "annexe": ("Annexe\u00a0%1.",)}
_NUMBERS = (("decimal", "%1."), ("lowerLetter", "%2)"), ("lowerRoman", "%3."))


def style(role: str, id: str, parent: str | None, following: str | None) -> etree._Element:
    """The `w:style` of a role; `parent` and `following` are the ids it builds on and leads to."""
    known = ROLES[role]
    paragraph, run = _LOOKS.get(role, ("", ""))
    xml = f'<w:name w:val="{known.name}"/>'
    xml += f'<w:basedOn w:val="{parent}"/>' if parent else ""
    xml += f'<w:next w:val="{following}"/>' if following and following != id else ""
    xml += '<w:uiPriority w:val="99"/><w:qFormat/>'
    xml += f"<w:pPr>{paragraph}</w:pPr>" if paragraph else ""
    xml += f"<w:rPr>{run}</w:rPr>" if run else ""
    xml += _TABLE.replace("\n", "") if role == "tableau" else ""
    custom = "" if known.builtin else ' w:customStyle="1"'
    default = ' w:default="1"' if role == "normal" else ""
    return element(f'<w:style w:type="{known.type}"{default}{custom} w:styleId="{id}">{xml}</w:style>')


def multilevel(id: int, family: str, style_ids: dict[int, str]) -> etree._Element:
    """The `w:abstractNum` of a family; `style_ids` ties a level (from 0) to its paragraph style."""
    levels = ""
    for level in range(len(FAMILIES[family])):
        tie = f'<w:pStyle w:val="{style_ids[level]}"/>' if level in style_ids else ""
        form, text, rest = _level(family, level)
        levels += (
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{tie}'
            f'{"" if rest else _SPACE}<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>{rest}</w:lvl>'
        )
    kind = '<w:multiLevelType w:val="multilevel"/>'
    return element(f'<w:abstractNum w:abstractNumId="{id}">{kind}{levels}</w:abstractNum>')


def _level(family: str, level: int) -> tuple[str, str, str]:
    """The form of a number, its text, its indent: a heading has none, only a space after its number."""
    if family in _HEADINGS:
        return "decimal", _HEADINGS[family][level], ""
    form, text = _NUMBERS[level] if family == "numero" else ("bullet", _BULLETS[level])
    return form, text, f'<w:pPr><w:ind w:left="{(level + 1) * INDENT}" w:hanging="{INDENT}"/></w:pPr>'


def element(xml: str) -> etree._Element:
    """One WordprocessingML element from its text with the usual `w:` prefix."""
    head, gap, tail = xml.partition(" " if " " in xml.partition(">")[0] else ">")
    return etree.fromstring(f'{head} xmlns:w="{W_NS}"{gap}{tail}')
