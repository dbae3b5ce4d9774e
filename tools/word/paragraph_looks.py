"""How each paragraph style looks: the role of house_style.ROLES, or a style of our own, → its properties."""

from __future__ import annotations

from ctgdocs.templates.roles import Style
from tools.word.looks import Look
from tools.word.page_looks import CONVENTION_STYLES, MEETING_STYLES, convention_looks, meeting_looks
from tools.word.properties import (
    BOLD,
    BOTH,
    CENTRE,
    ITALIC,
    LEFT,
    LINES,
    NEXT,
    RIGHT,
    before_after,
    border,
    colour,
    contents_tab,
    exactly,
    font,
    framed,
    hanging,
    indent,
    level,
    point_size,
    right_tab,
    shade,
    spaced,
    stamp_box,
)
from tools.word.xml import mm

OWN = (
    {
        "republique": Style("Republique", "République", "République", "paragraph", "normal"),
        "rubrique": Style("Rubrique", "Rubrique", "Rubrique", "paragraph", "normal", "mention"),
        "reference": Style("Reference", "Référence", "Référence", "paragraph", "normal", "objet"),
        "bureau": Style("BureauDeSeance", "Bureau de séance", "Bureau de séance", "paragraph", "seance"),
        "signataire": Style("Signataire", "Signataire", "Signataire", "paragraph", "signature"),
        "nombre_entete": Style(
            "NombreEntete", "Nombre en-tête", "Nombre en-tête", "paragraph", "tableau_entete"
        ),
        "cellule_liee": Style("CelluleLiee", "Cellule liée", "Cellule liée", "paragraph", "tableau_centre"),
        "mention_projet": Style("MentionProjet", "Mention projet", "Mention projet", "paragraph", "mention"),
        "tampon_vide": Style("TamponVide", "Tampon vide", "Tampon vide", "paragraph", "tampon"),
        "matiere": Style("Matiere", "Matière", "Matière", "paragraph", "mention"),
        "recours": Style("Recours", "Recours", "Recours", "paragraph", "mention"),
        "mention_liee": Style("MentionLiee", "Mention liée", "Mention liée", "paragraph", "mention"),
        "fait": Style("Fait", "Fait", "Fait", "paragraph", "corps"),
        "collectivite": Style("Collectivite", "Collectivité", "Collectivité", "paragraph", "entete"),
        "logo": Style("Logo", "Logo", "Logo", "paragraph", "entete"),
        "entete_filet": Style("EnTeteFilet", "En-tête filet", "En-tête filet", "paragraph", "entete"),
        "entete_suite": Style("EnTeteSuite", "En-tête suite", "En-tête suite", "paragraph", "entete"),
        "entete_droite": Style(
            "EnTeteDroite", "En-tête droite", "En-tête droite", "paragraph", "entete_suite"
        ),
        "pied_suite": Style("PiedSuite", "Pied suite", "Pied suite", "paragraph", "pied"),
        "pied_page": Style("PiedPage", "Pied page", "Pied page", "paragraph", "pied"),
        "pied_fin": Style("PiedFin", "Pied fin", "Pied fin", "paragraph", "pied"),
        "reference_page": Style(
            "ReferencePage", "Référence page", "Référence page", "paragraph", "reference"
        ),
        "reference_suite": Style(
            "ReferenceSuite", "Référence suite", "Référence suite", "paragraph", "reference"
        ),
        "mention_de_note": Style(
            "MentionDeNote", "Mention de note", "Mention de note", "paragraph", "mention"
        ),
        "tete_de_note": Style("TeteDeNote", "Tête de note", "Tête de note", "paragraph", "normal"),
        "ligne_de_montant": Style(
            "LigneDeMontant", "Ligne de montant", "Ligne de montant", "paragraph", "corps"
        ),
        "balise": Style("Balise", "Balise", "Balise", "paragraph", "normal"),
    }
    | CONVENTION_STYLES
    | MEETING_STYLES
)
"""Styles that our pages need beyond the roles. « Balise » dresses the block tags of the templates."""


def _objet(look: Look) -> tuple[str, str]:
    """The objet in evidence: a shaded band; ruled above and below, or with a thick bar on its left."""
    text = BOLD + colour(look.ink) + point_size(look.size + 2.5)
    if look.centred:
        rules = border(look.ink, "bottom", size=8, space=5)
        return BOTH + rules + shade(look.pale) + before_after(0, 6) + CENTRE + level(1), text
    bar = border(look.accent, "left", size=36, space=8)
    return BOTH + bar + shade(look.pale) + before_after(0, 7) + level(1), text


def _reference(look: Look) -> tuple[str, str]:
    """The number of the act, the first line of the objet's band."""
    text = BOLD + colour(look.accent) + point_size(look.size)
    if look.centred:
        rules = border(look.ink, "top", size=8, space=5)
        return BOTH + rules + shade(look.pale) + before_after(4, 0) + CENTRE, text
    bar = border(look.accent, "left", size=36, space=8)
    return BOTH + bar + shade(look.pale) + before_after(7, 0), text


def paragraph_looks(look: Look) -> dict[str, tuple[str, str]]:
    """Style key → (paragraph properties, run properties), in the order that the schema asks for."""
    size, ink, grey = look.size, look.ink, look.grey
    title_font, justify = font(look.title_font), '<w:jc w:val="both"/>' if look.justified else LEFT
    placed = CENTRE if look.centred else LEFT
    lists = {
        f"{kind}{level}": (before_after(0, 2.5) + hanging(6.5 * level, 5) + LEFT, "")
        for kind in ("puce", "numero")
        for level in (1, 2, 3)
    }
    return (
        lists
        | convention_looks(look)
        | meeting_looks(look)
        | {
            f"suite{level}": (before_after(0, 2.5) + f'<w:ind w:left="{mm(6.5 * level)}"/>', "")
            for level in (1, 2, 3)
        }
        | {
            "normal": ("", ""),
            "republique": (
                before_after(0, 0, 1) + LEFT,
                "<w:caps/>" + colour(grey) + spaced(8) + point_size(size - 2),
            ),
            "titre": (
                BOTH + before_after(5, 1) + placed,
                title_font + BOLD + "<w:caps/>" + colour(ink) + spaced(14) + point_size(size + 5),
            ),
            "sous_titre": (
                BOTH + before_after(0, 6) + placed,
                title_font + colour(grey) + point_size(size + 1),
            ),
            "reference": _reference(look),
            "objet": _objet(look),
            "mention": (LINES + before_after(1.5, 1.5, 1) + LEFT, colour(grey) + point_size(size - 1)),
            "matiere": (LINES + before_after(1.5, 8, 1) + LEFT, colour(grey) + point_size(size - 1)),
            "recours": (LINES + before_after(1, 1, 1) + LEFT, colour(grey) + point_size(size - 2.5)),
            "tampon": (
                stamp_box(look.rule) + before_after(0, 4, 1) + indent(2, 2) + LEFT,
                colour(grey) + point_size(size - 2),
            ),
            "tampon_vide": (
                stamp_box(look.rule)
                + '<w:spacing w:before="0" w:after="0" w:line="920" w:lineRule="exact"/>'
                + indent(2, 2),
                "",
            ),
            "seance": (before_after(6, 4), ""),
            "presence": (before_after(1.5, 1.5, 1) + LEFT, point_size(size - 1.5)),
            "bureau": (
                LINES + border(look.rule, "bottom", size=4, space=5) + before_after(4, 8) + LEFT,
                "",
            ),
            "titre1": (
                BOTH + before_after(12, 5) + LEFT + level(1),
                title_font + BOLD + colour(ink) + point_size(size + 3),
            ),
            "titre2": (
                BOTH + before_after(9, 3) + LEFT + level(2),
                title_font + BOLD + colour(ink) + point_size(size + 1.5),
            ),
            "titre3": (
                BOTH + before_after(5, 1.5) + LEFT + level(3),
                title_font + BOLD + colour(ink) + point_size(size + 0.5),
            ),
            "titre4": (
                BOTH + before_after(5, 2) + LEFT + level(4),
                title_font + BOLD + ITALIC + colour(grey) + point_size(size),
            ),
            "rubrique": (
                BOTH + before_after(6, 1) + LEFT + level(2),
                BOLD + colour(ink) + point_size(size - 0.5),
            ),
            "titre_sommaire": (
                BOTH + before_after(8, 4) + LEFT,
                title_font + BOLD + colour(ink) + point_size(size + 3),
            ),
            "sommaire1": (contents_tab(look) + before_after(1, 0.5, 1) + hanging(24, 24) + LEFT, ""),
            "sommaire2": (
                contents_tab(look) + before_after(0, 0.3, 1) + hanging(18, 12) + LEFT,
                point_size(size - 0.5),
            ),
            "corps": (before_after(0, 4, 1.05) + justify, ""),
            "citation": (
                border(look.rule, "left", size=18, space=8)
                + before_after(2, 6)
                + f'<w:ind w:left="{mm(8)}"/>',
                ITALIC + colour(grey),
            ),
            "encadre": (
                LINES + framed(look) + shade(look.pale) + before_after(5, 7, 1.05) + indent(3, 1),
                "",
            ),
            "reference_page": ("<w:pageBreakBefore/>", ""),
            "reference_suite": (before_after(12, 0), ""),
            "mention_de_note": (BOTH + before_after(2, 5, 1) + "<w:contextualSpacing/>", ""),
            "tete_de_note": (
                right_tab(look) + before_after(0, 1, 1) + LEFT,
                colour(grey) + point_size(size - 0.5),
            ),
            "ligne_de_montant": (LINES + before_after(3, 1, 1) + LEFT, ""),
            "visa": (LINES + before_after(0, 2.5, 1.03), ""),
            "considerant": (LINES + before_after(0, 2.5, 1.03), ""),
            "formule": (BOTH + before_after(7, 3) + LEFT, ""),
            "verbe": (
                BOTH + before_after(6, 4) + CENTRE + level(2),
                title_font + BOLD + "<w:caps/>" + colour(ink) + spaced(40) + point_size(size + 1.5),
            ),
            "article": (before_after(0, 3, 1.05), ""),
            "signature": (BOTH + before_after(0, 36, 1) + CENTRE, ""),
            "signataire": (BOTH + before_after(0, 0, 1) + CENTRE, BOLD),
            "tableau_entete": (
                BOTH + before_after(2, 2, 1) + CENTRE,
                BOLD + colour(ink) + point_size(size - 1),
            ),
            "tableau_texte": (before_after(2, 2, 1) + LEFT, point_size(size - 0.5)),
            "tableau_centre": (CENTRE, ""),
            "tableau_montant": (RIGHT, ""),
            "nombre_entete": ("", point_size(size - 1.5)),
            "cellule_liee": (NEXT, ""),
            "mention_projet": (LINES + before_after(2, 8, 1) + LEFT, BOLD + colour(look.accent)),
            "mention_liee": (BOTH + before_after(2, 2, 1) + LEFT, ""),
            "fait": (BOTH + before_after(8, 6) + LEFT, ""),
            "apres_tableau": (before_after(8, 5, 1.07) + justify, ""),
            "legende": (BOTH + before_after(6, 3) + LEFT, BOLD + colour(grey) + point_size(size - 0.5)),
            "entete": (before_after(0, 0, 1) + LEFT, colour(grey) + point_size(size - 2)),
            "collectivite": (before_after(0, 1, 1), title_font + BOLD + colour(ink) + point_size(size + 2)),
            "pied": (before_after(0, 0, 1) + LEFT, colour(grey) + point_size(8)),
            "logo": ("", ""),
            "entete_filet": (border(look.rule, "top", size=6, space=1) + exactly(10), ""),
            "entete_suite": (before_after(0, 3, 1), ""),
            "entete_droite": (RIGHT, ""),
            "pied_suite": (border(look.rule, "top", size=4, space=4), ""),
            "pied_page": (border(look.rule, "top", size=4, space=4) + RIGHT, ""),
            "pied_fin": (exactly(1), ""),
            "note": (before_after(0, 1, 1) + LEFT, point_size(8.5)),
            "balise": (before_after(0, 0, 1), font("Courier New") + colour("5B6470") + point_size(8)),
        }
    )
