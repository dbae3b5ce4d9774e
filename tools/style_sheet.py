"""styles.xml, numbering.xml, theme and fonts of a look: every role of house_style.ROLES, and a few of our own."""

from __future__ import annotations

from looks import Look
from word_package import escape
from word_xml import mm

from ctgdocs.house_style import ROLES, Style

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'

OWN = {
    "republique": Style("Republique", "République", "République", "paragraph", "normal"),
    "rubrique": Style("Rubrique", "Rubrique", "Rubrique", "paragraph", "normal", "mention"),
    "reference": Style("Reference", "Référence", "Référence", "paragraph", "normal", "objet"),
    "bureau": Style("BureauDeSeance", "Bureau de séance", "Bureau de séance", "paragraph", "seance"),
    "signataire": Style("Signataire", "Signataire", "Signataire", "paragraph", "signature"),
    "cellule_liee": Style("CelluleLiee", "Cellule liée", "Cellule liée", "paragraph", "tableau_centre"),
    "mention_projet": Style("MentionProjet", "Mention projet", "Mention projet", "paragraph", "mention"),
    "mention_liee": Style("MentionLiee", "Mention liée", "Mention liée", "paragraph", "mention"),
    "fait": Style("Fait", "Fait", "Fait", "paragraph", "corps"),
    "collectivite": Style("Collectivite", "Collectivité", "Collectivité", "paragraph", "entete"),
    "logo": Style("Logo", "Logo", "Logo", "paragraph", "entete"),
    "entete_filet": Style("EnTeteFilet", "En-tête filet", "En-tête filet", "paragraph", "entete"),
    "entete_suite": Style("EnTeteSuite", "En-tête suite", "En-tête suite", "paragraph", "entete"),
    "pied_suite": Style("PiedSuite", "Pied suite", "Pied suite", "paragraph", "pied"),
    "balise": Style("Balise", "Balise", "Balise", "paragraph", "normal"),
}
"""Styles that our pages need beyond the roles. « Balise » dresses the block tags of the templates, in grey."""

_BULLETS = ("ListBullet", "ListBullet2", "ListBullet3")
_NUMBERS = ("ListNumber", "ListNumber2", "ListNumber3")
_BULLET_NUMID, _NUMBER_NUMID = 1, 2


def _before_after(before: float, after: float, line: float = 0) -> str:
    spacing = f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}"'
    return spacing + (f' w:line="{round(line * 240)}" w:lineRule="auto"/>' if line else "/>")


def _exactly(points: float) -> str:
    """A line of a fixed, small height: a rule of the header or the footer."""
    return f'<w:spacing w:before="0" w:after="120" w:line="{round(points * 20)}" w:lineRule="exact"/>'


def _right_tab(look: Look) -> str:
    """A tab stop at the right margin of the look."""
    return f'<w:tabs><w:tab w:val="right" w:pos="{mm(210 - look.margins[1] - look.margins[3])}"/></w:tabs>'


def _font(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def _size(points: float) -> str:
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def _border(colour: str, *sides: str, size: int = 6, space: int = 4) -> str:
    lines = "".join(f'<w:{s} w:val="single" w:sz="{size}" w:space="{space}" w:color="{colour}"/>' for s in sides)
    return f"<w:pBdr>{lines}</w:pBdr>"


def _shade(colour: str) -> str:
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{colour}"/>'


def _colour(code: str) -> str:
    return f'<w:color w:val="{code}"/>'


_NEXT = "<w:keepNext/>"
_LINES = "<w:keepLines/>"
_BOTH = _NEXT + _LINES
_CENTRE = '<w:jc w:val="center"/>'
_RIGHT = '<w:jc w:val="right"/>'
_LEFT = '<w:jc w:val="left"/>'
_BOLD = "<w:b/><w:bCs/>"
_ITALIC = "<w:i/><w:iCs/>"


def _level(number: int) -> str:
    return f'<w:outlineLvl w:val="{number - 1}"/>'


def _hanging(left: float, hanging: float) -> str:
    return f'<w:ind w:left="{mm(left)}" w:hanging="{mm(hanging)}"/>'


def _objet(look: Look) -> tuple[str, str]:
    """The objet in evidence: a shaded band; ruled above and below, or with a thick bar on its left."""
    text = _BOLD + _colour(look.ink) + _size(look.size + 2.5)
    if look.centred:
        rules = _border(look.ink, "bottom", size=8, space=5)
        return _BOTH + rules + _shade(look.pale) + _before_after(0, 6) + _CENTRE + _level(1), text
    bar = _border(look.accent, "left", size=36, space=8)
    return _BOTH + bar + _shade(look.pale) + _before_after(0, 7) + _level(1), text


def _reference(look: Look) -> tuple[str, str]:
    """The number of the act, the first line of the objet's band."""
    text = _BOLD + _colour(look.accent) + _size(look.size)
    if look.centred:
        rules = _border(look.ink, "top", size=8, space=5)
        return _BOTH + rules + _shade(look.pale) + _before_after(4, 0) + _CENTRE, text
    bar = _border(look.accent, "left", size=36, space=8)
    return _BOTH + bar + _shade(look.pale) + _before_after(7, 0), text


def _paragraph_looks(look: Look) -> dict[str, tuple[str, str]]:
    """Style key → (paragraph properties, run properties), in the order that the schema asks for."""
    size, ink, grey = look.size, look.ink, look.grey
    title_font, justify = _font(look.title_font), '<w:jc w:val="both"/>' if look.justified else _LEFT
    placed = _CENTRE if look.centred else _LEFT
    lists = {
        f"{kind}{level}": (_before_after(0, 2.5) + _hanging(6.5 * level, 5), "")
        for kind in ("puce", "numero")
        for level in (1, 2, 3)
    }
    return lists | {
        f"suite{level}": (_before_after(0, 2.5) + f'<w:ind w:left="{mm(6.5 * level)}"/>', "")
        for level in (1, 2, 3)
    } | {
        "normal": ("", ""),
        "republique": (_before_after(0, 0, 1) + _LEFT, "<w:caps/>" + _colour(grey) + _spaced(8) + _size(size - 2)),
        "titre": (
            _BOTH + _before_after(8, 1) + placed,
            title_font + _BOLD + "<w:caps/>" + _colour(ink) + _spaced(14) + _size(size + 5),
        ),
        "sous_titre": (_BOTH + _before_after(0, 6) + placed, title_font + _colour(grey) + _size(size + 1)),
        "reference": _reference(look),
        "objet": _objet(look),
        "mention": (_LINES + _before_after(0, 2, 1) + _LEFT, _colour(grey) + _size(size - 1)),
        "tampon": (_before_after(1, 1, 1) + _LEFT, _colour(grey) + _size(size - 2)),
        "seance": (_before_after(6, 4), ""),
        "presence": (_before_after(2, 2, 1) + justify, _size(size - 0.5)),
        "bureau": (
            _LINES + _border(look.rule, "bottom", size=4, space=5) + _before_after(4, 8) + _LEFT,
            "",
        ),
        "titre1": (_BOTH + _before_after(12, 5) + _LEFT + _level(1), title_font + _BOLD + _colour(ink) + _size(size + 3)),
        "titre2": (_BOTH + _before_after(9, 3) + _LEFT + _level(2), title_font + _BOLD + _colour(ink) + _size(size + 1.5)),
        "titre3": (_BOTH + _before_after(7, 2) + _LEFT + _level(3), title_font + _BOLD + _colour(ink) + _size(size + 0.5)),
        "titre4": (
            _BOTH + _before_after(5, 2) + _LEFT + _level(4),
            title_font + _BOLD + _ITALIC + _colour(grey) + _size(size),
        ),
        "rubrique": (
            _BOTH + _before_after(8, 2) + _LEFT + _level(2),
            _BOLD + _colour(ink) + _size(size - 0.5),
        ),
        "corps": (_before_after(0, 5, 1.07) + justify, ""),
        "citation": (
            _border(look.rule, "left", size=18, space=8) + _before_after(2, 6) + f'<w:ind w:left="{mm(8)}"/>',
            _ITALIC + _colour(grey),
        ),
        "visa": (_LINES + _before_after(0, 3.5), ""),
        "considerant": (_LINES + _before_after(0, 3.5), ""),
        "formule": (_BOTH + _before_after(7, 3), ""),
        "verbe": (
            _BOTH + _before_after(6, 4) + _CENTRE + _level(2),
            title_font + _BOLD + "<w:caps/>" + _colour(ink) + _spaced(40) + _size(size + 1.5),
        ),
        "article": (_BOTH + _before_after(5, 1.5) + _LEFT + _level(3), _BOLD + _colour(ink)),
        "signature": (_BOTH + _before_after(0, 46, 1) + _CENTRE, ""),
        "signataire": (_BOTH + _before_after(0, 0, 1) + _CENTRE, _BOLD),
        "tableau_entete": (_BOTH + _before_after(2, 2, 1) + _CENTRE, _BOLD + _colour(ink) + _size(size - 1)),
        "tableau_texte": (_before_after(2, 2, 1) + _LEFT, _size(size - 0.5)),
        "tableau_centre": (_CENTRE, ""),
        "tableau_montant": (_RIGHT, ""),
        "cellule_liee": (_NEXT, ""),
        "mention_projet": (_LINES + _before_after(2, 8, 1) + _LEFT, _BOLD + _colour(look.accent)),
        "mention_liee": (_BOTH + _before_after(2, 2, 1) + _LEFT, ""),
        "fait": (_BOTH + _before_after(8, 6) + _LEFT, ""),
        "apres_tableau": (_before_after(8, 5, 1.07) + justify, ""),
        "legende": (_BOTH + _before_after(6, 3) + _LEFT, _BOLD + _colour(grey) + _size(size - 0.5)),
        "entete": (_before_after(0, 0, 1) + _LEFT, _colour(grey) + _size(size - 2)),
        "collectivite": (_before_after(0, 1, 1), title_font + _BOLD + _colour(ink) + _size(size + 2)),
        "pied": (_before_after(0, 0, 1) + _LEFT, _colour(grey) + _size(8)),
        "logo": ("", ""),
        "entete_filet": (_border(look.rule, "top", size=6, space=1) + _exactly(10), ""),
        "entete_suite": (_border(look.rule, "bottom", size=4, space=3) + _right_tab(look) + _before_after(0, 6, 1), ""),
        "pied_suite": (_border(look.rule, "top", size=4, space=4) + _right_tab(look), ""),
        "note": (_before_after(0, 1, 1) + _LEFT, _size(8.5)),
        "balise": (_before_after(0, 0, 1), _font("Courier New") + _colour("5B6470") + _size(8)),
    }


def _spaced(twentieths: int) -> str:
    return f'<w:spacing w:val="{twentieths}"/>'


_CHARACTERS = {
    "gras": _BOLD,
    "italique": _ITALIC,
    "gras_italique": _BOLD + _ITALIC,
    "code": _font("Courier New") + _size(9),
    "exposant": '<w:vertAlign w:val="superscript"/>',
    "appel_note": '<w:vertAlign w:val="superscript"/>',
}


def styles(look: Look) -> str:
    """styles.xml. The default language is French; widow control is on for every paragraph."""
    rows = [_style(key, style, look) for key, style in (ROLES | OWN).items()]
    return (
        f"<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr>{_font(look.text_font)}{_size(look.size)}"
        '<w:lang w:val="fr-FR" w:eastAsia="fr-FR" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr><w:widowControl/>{_before_after(0, 0, 1.05)}</w:pPr></w:pPrDefault></w:docDefaults>"
        f"{''.join(rows)}{_plumbing()}</w:styles>"
    )


def _style(key: str, style: Style, look: Look) -> str:
    if style.type == "table":
        return _acts_table(style, look)
    if style.type == "character":
        return _character(key, style, look)
    paragraph, run = _paragraph_looks(look).get(key, ("", ""))
    if style.id in _BULLETS:
        paragraph = _numbered(paragraph, _BULLET_NUMID, _BULLETS.index(style.id))
    elif style.id in _NUMBERS:
        paragraph = _numbered(paragraph, _NUMBER_NUMID, _NUMBERS.index(style.id))
    roles = ROLES | OWN
    based = f'<w:basedOn w:val="{roles[style.based_on].id}"/>' if style.based_on else ""
    follows = f'<w:next w:val="{roles[style.next].id}"/>' if style.next else ""
    default = ' w:default="1"' if key == "normal" else ""
    own = "" if style.builtin else ' w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph"{default}{own} w:styleId="{style.id}"><w:name w:val="{escape(style.name)}"/>'
        f"{based}{follows}<w:qFormat/>"
        + (f"<w:pPr>{paragraph}</w:pPr>" if paragraph else "")
        + (f"<w:rPr>{run}</w:rPr>" if run else "")
        + "</w:style>"
    )


def _numbered(paragraph: str, number: int, level: int) -> str:
    depth = f'<w:ilvl w:val="{level}"/>' if level else ""
    return f'<w:numPr>{depth}<w:numId w:val="{number}"/></w:numPr>' + paragraph


def _character(key: str, style: Style, look: Look) -> str:
    run = _colour(look.ink) + '<w:u w:val="single"/>' if key == "lien" else _CHARACTERS[key]
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
        f"<w:tblPr><w:tblBorders>{lines}</w:tblBorders>{_cell_margins(90)}</w:tblPr>"
        f'<w:tcPr><w:vAlign w:val="center"/></w:tcPr>'
        f'<w:tblStylePr w:type="firstRow"><w:tcPr>{_shade(look.pale)}</w:tcPr></w:tblStylePr>'
        f'<w:tblStylePr w:type="lastRow"><w:rPr>{_BOLD}</w:rPr><w:tcPr>{heavy}{_shade(look.pale)}</w:tcPr>'
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
        f'<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{_cell_margins(108)}'
        '</w:tblPr></w:style><w:style w:type="numbering" w:default="1" w:styleId="NoList">'
        '<w:name w:val="No List"/><w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:customStyle="1" w:styleId="MiseEnPage"><w:name w:val="Mise en page"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr>{_cell_margins(0)}</w:tblPr></w:style>'
    )


def numbering(look: Look) -> str:
    """Two lists of three levels, tied to the list styles."""
    bullets = "".join(
        _list_level(level, "bullet", mark, style, _colour(look.accent))
        for level, (mark, style) in enumerate(zip(("–", "•", "◦"), _BULLETS, strict=True))
    )
    numbers = "".join(
        _list_level(level, form, f"%{level + 1}{end}", style, _colour(look.ink))
        for level, (form, end, style) in enumerate(
            zip(("decimal", "lowerLetter", "lowerRoman"), (".", ")", "."), _NUMBERS, strict=True)
        )
    )
    return (
        f"<w:numbering {_W}>"
        f'<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>{bullets}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="multilevel"/>{numbers}</w:abstractNum>'
        f'<w:num w:numId="{_BULLET_NUMID}"><w:abstractNumId w:val="0"/></w:num>'
        f'<w:num w:numId="{_NUMBER_NUMID}"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )


def _list_level(level: int, form: str, text: str, style: str, run: str) -> str:
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:pStyle w:val="{style}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr>{_hanging(6.5 * (level + 1), 5)}</w:pPr>'
        f"<w:rPr>{run}</w:rPr></w:lvl>"
    )


def fonts(look: Look) -> str:
    families = {"Calibri": "swiss", "Cambria": "roman", "Arial": "swiss", "Courier New": "modern"}
    names = dict.fromkeys((look.text_font, look.title_font, "Courier New"))
    rows = "".join(
        f'<w:font w:name="{name}"><w:charset w:val="00"/><w:family w:val="{families[name]}"/></w:font>'
        for name in names
    )
    return f"<w:fonts {_W}>{rows}</w:fonts>"


def theme(look: Look) -> str:
    """The colours and fonts that Word offers to whoever goes on writing in the document."""
    colours = {
        "dk1": "000000", "lt1": "FFFFFF", "dk2": look.ink, "lt2": look.pale, "accent1": look.ink,
        "accent2": look.accent, "accent3": look.rule, "accent4": look.grey, "accent5": "7F7F7F",
        "accent6": "A6A6A6", "hlink": look.ink, "folHlink": look.grey,
    }  # fmt: skip
    scheme = "".join(f'<a:{key}><a:srgbClr val="{code}"/></a:{key}>' for key, code in colours.items())
    blank = '<a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350">{fill}<a:prstDash val="solid"/></a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'<a:theme {_A} name="{look.name}"><a:themeElements><a:clrScheme name="{look.name}">{scheme}</a:clrScheme>'
        f'<a:fontScheme name="{look.name}"><a:majorFont><a:latin typeface="{look.title_font}"/>{blank}</a:majorFont>'
        f'<a:minorFont><a:latin typeface="{look.text_font}"/>{blank}</a:minorFont></a:fontScheme>'
        f'<a:fmtScheme name="{look.name}"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst><a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )
