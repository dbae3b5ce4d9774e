"""The named styles a page is made of: a *role* says what a paragraph is, a Word style says how it looks.

Templates and `rendering/prose.py` only know roles. `ROLES` gives each role its default Word style, under the
id our own templates use; `collectivite.yaml` (`charte: {styles: {corps: Corps de texte}}`) lets a style of
the letterhead play a role instead. Word stores built-in styles under their English name (`heading 1`) and
shows them under a French one (« Titre 1 »): `find` knows both, so an agent writes the name that Word shows.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

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
