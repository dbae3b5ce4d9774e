"""The named styles a page is made of: a *role* says what a paragraph is, a Word style says how it looks.

Templates and `templates/prose.py` only know roles. `ROLES` gives each role its default Word style, under the
id our own templates use; `collectivite.yaml` (`charte: {styles: {corps: Corps de texte}}`) lets a style of
the letterhead play a role instead. Word stores built-in styles under their English name (`heading 1`) and
shows them under a French one (« Titre 1 »): `find` knows both, so an agent writes the name that Word shows.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from lxml import etree

from ctgdocs.word.names import W_NS

StyleType = Literal["paragraph", "character", "table"]


@dataclass(frozen=True, slots=True)
class Style:
    """A Word style: its id in our templates, the name Word stores (`w:name`), the name French Word shows."""

    id: str
    name: str
    french: str
    type: StyleType = "paragraph"
    based_on: str = ""
    """The role it inherits from; empty means the document's default style."""
    next: str = ""
    """The role of the paragraph typed after it; empty means itself."""

    @property
    def builtin(self) -> bool:
        """Word's own styles keep an English name in the file; ours are called the same everywhere."""
        return self.name != self.french or self.name in {"Normal", "Signature"}


def _paragraph(id: str, name: str, french: str = "", based_on: str = "", next: str = "") -> Style:
    return Style(id, name, french or name, "paragraph", based_on, next)


def _character(id: str, name: str, french: str = "") -> Style:
    return Style(id, name, french or name, "character")


ROLES: dict[str, Style] = {
    # the head of an act
    "normal": _paragraph("Normal", "Normal"),
    "titre": _paragraph("Title", "Title", "Titre", "normal", "sous_titre"),
    "sous_titre": _paragraph("Subtitle", "Subtitle", "Sous-titre", "normal", "corps"),
    "objet": _paragraph("Objet", "Objet", "", "normal", "corps"),
    "seance": _paragraph("Seance", "Séance", "", "corps"),
    "presence": _paragraph("Presence", "Présence", "", "corps"),
    "mention": _paragraph("Mention", "Mention", "", "normal"),
    "tampon": _paragraph("Tampon", "Tampon", "", "normal"),
    # headings, and the text under them
    "titre1": _paragraph("Heading1", "heading 1", "Titre 1", "normal", "corps"),
    "titre2": _paragraph("Heading2", "heading 2", "Titre 2", "normal", "corps"),
    "titre3": _paragraph("Heading3", "heading 3", "Titre 3", "normal", "corps"),
    "titre4": _paragraph("Heading4", "heading 4", "Titre 4", "normal", "corps"),
    # a convention's headings, numbered by Word; its fiches actions; its table of contents
    "article1": _paragraph("TitreArticle", "Titre article", "", "titre1", "corps"),
    "article2": _paragraph("TitreSousArticle", "Titre sous-article", "", "titre2", "corps"),
    "annexe": _paragraph("TitreAnnexe", "Titre annexe", "", "titre1", "corps"),
    "fiche": _paragraph("TitreFiche", "Titre fiche", "", "titre2", "corps"),
    "titre_sommaire": _paragraph("TOCHeading", "TOC Heading", "En-tête de table des matières", "normal"),
    "sommaire1": _paragraph("TOC1", "toc 1", "TM 1", "normal", "normal"),
    "sommaire2": _paragraph("TOC2", "toc 2", "TM 2", "normal", "normal"),
    "corps": _paragraph("BodyText", "Body Text", "Corps de texte", "normal"),
    "encadre": _paragraph("Encadre", "Encadré", "", "corps"),
    "citation": _paragraph("Quote", "Quote", "Citation", "corps", "corps"),
    # the parts of an act
    "visa": _paragraph("Visa", "Visa", "", "corps"),
    "considerant": _paragraph("Considerant", "Considérant", "", "corps"),
    "formule": _paragraph("Formule", "Formule", "", "corps"),
    "verbe": _paragraph("Verbe", "Verbe", "", "normal", "article"),
    "article": _paragraph("Article", "Article", "", "corps"),
    "signature": _paragraph("Signature", "Signature", "", "normal"),
    # lists: three levels, bulleted, numbered, and the further paragraphs of an item
    "puce1": _paragraph("ListBullet", "List Bullet", "Liste à puces", "corps"),
    "puce2": _paragraph("ListBullet2", "List Bullet 2", "Liste à puces 2", "corps"),
    "puce3": _paragraph("ListBullet3", "List Bullet 3", "Liste à puces 3", "corps"),
    "numero1": _paragraph("ListNumber", "List Number", "Liste à numéros", "corps"),
    "numero2": _paragraph("ListNumber2", "List Number 2", "Liste à numéros 2", "corps"),
    "numero3": _paragraph("ListNumber3", "List Number 3", "Liste à numéros 3", "corps"),
    "suite1": _paragraph("ListContinue", "List Continue", "Liste continue", "corps"),
    "suite2": _paragraph("ListContinue2", "List Continue 2", "Liste continue 2", "corps"),
    "suite3": _paragraph("ListContinue3", "List Continue 3", "Liste continue 3", "corps"),
    # tables
    "tableau": Style("TableauActe", "Tableau acte", "Tableau acte", "table"),
    "tableau_entete": _paragraph("TableauEntete", "Tableau en-tête", "", "normal"),
    "tableau_texte": _paragraph("TableauTexte", "Tableau texte", "", "normal"),
    "tableau_centre": _paragraph("TableauCentre", "Tableau centré", "", "tableau_texte"),
    "tableau_montant": _paragraph("TableauMontant", "Tableau montant", "", "tableau_texte"),
    "apres_tableau": _paragraph("ApresTableau", "Après tableau", "", "corps", "corps"),
    "legende": _paragraph("Caption", "caption", "Légende", "normal", "corps"),
    # the margins of the page
    "entete": _paragraph("Header", "header", "En-tête", "normal"),
    "pied": _paragraph("Footer", "footer", "Pied de page", "normal"),
    "note": _paragraph("FootnoteText", "footnote text", "Note de bas de page", "normal"),
    # inside a paragraph
    "gras": _character("Strong", "Strong", "Élevé"),
    "italique": _character("Emphasis", "Emphasis", "Accentuation"),
    "gras_italique": _character("IntenseEmphasis", "Intense Emphasis", "Emphase intense"),
    "code": _character("HTMLCode", "HTML Code", "Code HTML"),
    "exposant": _character("Exposant", "Exposant"),
    "lien": _character("Hyperlink", "Hyperlink", "Lien hypertexte"),
    "a_completer": _character("ACompleter", "À compléter"),
    "appel_note": _character("FootnoteReference", "footnote reference", "Appel note de bas de p."),
}

FRENCH_NAMES: dict[str, str] = {
    # what French Word shows → what the file says, for built-in styles that play no role of ours by default
    **{style.french: style.name for style in ROLES.values() if style.builtin},
    "Sans interligne": "No Spacing",
    "Paragraphe de liste": "List Paragraph",
    "Liste": "List",
    "Liste 2": "List 2",
    "Liste 3": "List 3",
    "Citation intense": "Intense Quote",
    "Corps de texte 2": "Body Text 2",
    "Corps de texte 3": "Body Text 3",
    "Retrait corps de texte": "Body Text Indent",
    "Retrait normal": "Normal Indent",
    "Titre 5": "heading 5",
    "Titre 6": "heading 6",
    "Titre 7": "heading 7",
    "Titre 8": "heading 8",
    "Titre 9": "heading 9",
    "Emphase pâle": "Subtle Emphasis",
    "Accentuation intense": "Intense Emphasis",
    "Grille du tableau": "Table Grid",
    "Tableau Normal": "Normal Table",
    "Grille de tableau claire": "Grid Table Light",
    "Police par défaut": "Default Paragraph Font",
    "Numéro de page": "page number",
    "Date": "Date",
    "Formule de politesse": "Closing",
    "Salutations": "Salutation",
    "Adresse destinataire": "envelope address",
}


@lru_cache(maxsize=4096)
def key(name: str) -> str:
    """A style name reduced to what tells it from others: no case, accents, no-break or doubled spaces.

    >>> key("Liste à puces") == key("liste  A PUCES")
    True
    """
    plain = unicodedata.normalize("NFKD", name.replace("’", "'"))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())


_STORED = {key(french): key(stored) for french, stored in FRENCH_NAMES.items()}


def stored(name: str) -> str:
    """The `key` of the name under which Word files the style that its French window calls `name`.

    >>> stored("Titre 1"), stored("heading 1"), stored("Visa")
    ('heading 1', 'heading 1', 'visa')
    """
    return _STORED.get(key(name), key(name))


def find(name: str, names: Iterable[str]) -> str | None:
    """The one of `names` (as stored in a file) that an agent means by `name`; None when there is none.

    An exact name wins over a translation: a letterhead may hold a style truly called « Titre ».
    """
    by_key = {key(candidate): candidate for candidate in names}
    return by_key.get(key(name)) or by_key.get(stored(name))


# --- The look of a style that neither the charte nor the template defines: sober, in the page's own font


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
