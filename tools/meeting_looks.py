"""How the styles of the meeting papers look: the letter, the day and the place, the pouvoir, the points."""

from __future__ import annotations

from looks import Look
from properties import (
    BOLD,
    BOTH,
    CENTRE,
    LEFT,
    LINES,
    RIGHT,
    before_after,
    border,
    colour,
    contents_tab,
    font,
    indent,
    indent_left,
    level,
    point_size,
    shade,
)

from ctgdocs.templates.roles import Style

LETTER = 84
"""Where the addressee and the signature of a letter start, in millimetres from the left margin."""


def _style(id: str, name: str, based_on: str = "normal", next: str = "") -> Style:
    return Style(id, name, name, "paragraph", based_on, next)


MEETING_STYLES = {
    "lieu_et_date": _style("LieuEtDate", "Lieu et date"),
    "destinataire": _style("Destinataire", "Destinataire", "normal", "destinataire_suite"),
    "destinataire_suite": _style("DestinataireSuite", "Destinataire suite"),
    "rendez_vous": _style("RendezVous", "Rendez-vous", "normal", "rendez_vous_lieu"),
    "rendez_vous_lieu": _style("RendezVousLieu", "Rendez-vous lieu", "normal", "corps"),
    "signature_lettre": _style("SignatureLettre", "Signature lettre", "signature", "signataire_lettre"),
    "signataire_lettre": _style("SignataireLettre", "Signataire lettre", "signataire"),
    "suite_de_liste": _style("SuiteDeListe", "Suite de liste", "corps", "corps"),
    "ligne_a_remplir": _style("LigneARemplir", "Ligne à remplir"),
    "point": _style("TitrePoint", "Titre point", "titre2", "corps"),
    "groupe": _style("LigneDeGroupe", "Ligne de groupe", "tableau_texte"),
}
"""The styles that the papers of a meeting need beyond the roles of house_style.ROLES."""


def meeting_looks(look: Look) -> dict[str, tuple[str, str]]:
    """Style key → (paragraph properties, run properties), in the order that the schema asks for."""
    title = font(look.title_font)
    placed = CENTRE if look.centred else LEFT
    sides = ("bottom",) if look.centred else ("left",)
    size = 6 if look.centred else 24
    top = border(look.accent, *(("top",) if look.centred else ("left",)), size=size, space=6)
    return {
        "lieu_et_date": (before_after(12, 10, 1) + RIGHT, colour(look.grey)),
        "destinataire": (BOTH + before_after(0, 0, 1) + indent_left(LETTER) + LEFT, BOLD),
        "destinataire_suite": (LINES + before_after(0, 0, 1) + indent_left(LETTER) + LEFT, ""),
        "rendez_vous": (
            BOTH + top + before_after(8, 0, 1) + indent(12, 12) + placed,
            title + BOLD + colour(look.ink) + point_size(look.size + 2),
        ),
        "rendez_vous_lieu": (
            LINES
            + border(look.accent, *sides, size=size, space=6)
            + before_after(0, 10, 1)
            + indent(12, 12)
            + placed,
            colour(look.grey),
        ),
        "signature_lettre": (BOTH + before_after(10, 36, 1) + indent_left(LETTER) + LEFT, ""),
        "signataire_lettre": (
            BOTH + before_after(0, 10, 1) + indent_left(LETTER) + LEFT,
            "",
        ),
        "suite_de_liste": (before_after(8, 4, 1.05), ""),
        "ligne_a_remplir": (BOTH + contents_tab(look) + before_after(14, 6, 1) + LEFT, ""),
        "point": (
            BOTH + border(look.rule, "bottom", size=4, space=2) + before_after(12, 4) + LEFT + level(2),
            "",
        ),
        "groupe": (BOTH + shade(look.pale) + before_after(2, 2, 1) + LEFT, BOLD + colour(look.ink)),
    }
