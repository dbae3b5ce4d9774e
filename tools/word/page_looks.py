"""The paragraphs that only the papers of a convention and of a meeting have."""

from __future__ import annotations

from ctgdocs.templates.roles import Style
from tools.word.looks import Look
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
    indent,
    indent_left,
    level,
    point_size,
    shade,
    spaced,
)


def _style(id: str, name: str, based_on: str = "normal", next: str = "") -> Style:
    return Style(id, name, name, "paragraph", based_on, next)


CONVENTION_STYLES = {
    "couverture_titre": _style("CouvertureTitre", "Couverture titre", "normal", "couverture_sous_titre"),
    "couverture_sous_titre": _style("CouvertureSousTitre", "Couverture sous-titre"),
    "couverture_objet": _style("CouvertureObjet", "Couverture objet"),
    "couverture_statut": _style("CouvertureStatut", "Couverture statut"),
    "couverture_entre": _style("CouvertureEntre", "Couverture entre"),
    "couverture_partie": _style("CouverturePartie", "Couverture partie"),
    "couverture_logos": _style("CouvertureLogos", "Couverture logos"),
    "entre": _style("Entre", "Entre", "normal", "partie"),
    "partie": _style("Partie", "Partie", "corps"),
    "partie_ensemble": _style("PartieEnsemble", "Parties ensemble", "corps"),
    "preambule": _style("Preambule", "Préambule", "titre1", "corps"),
    "premier_visa": _style("PremierVisa", "Premier visa", "visa"),
    "pour_la_partie": _style("PourLaPartie", "Pour la partie", "signature_libre"),
    "signature_mention": _style("SignatureMention", "Signature mention", "signature_libre"),
    "signature_libre": _style("SignatureLibre", "Signature libre", "signature"),
    "signataire_libre": _style("SignataireLibre", "Signataire libre", "signataire"),
    "fiche_entete": _style("FicheEntete", "Fiche en-tête", "tableau_entete"),
    "fiche_libelle": _style("FicheLibelle", "Fiche libellé", "tableau_texte"),
    "titre_synthese": _style("TitreSynthese", "Titre synthèse", "titre2", "corps"),
    "synthese_entete": _style("SyntheseEntete", "Synthèse en-tête", "tableau_entete"),
    "synthese_texte": _style("SyntheseTexte", "Synthèse texte", "tableau_texte"),
    "synthese_suite": _style("SyntheseSuite", "Synthèse suite", "synthese_texte"),
    "synthese_axe": _style("SyntheseAxe", "Synthèse axe", "synthese_texte"),
    "synthese_montant": _style("SyntheseMontant", "Synthèse montant", "tableau_montant"),
    "synthese_total": _style("SyntheseTotal", "Synthèse total", "synthese_montant"),
    "fin_de_section": _style("FinDeSection", "Fin de section"),
}
"""The styles that conventions need beyond the roles of house_style.ROLES."""


def convention_looks(look: Look) -> dict[str, tuple[str, str]]:
    """Style key → (paragraph properties, run properties), in the order that the schema asks for."""
    return _cover(look) | _headings(look) | _people(look) | _tables(look)


def _placed(look: Look) -> str:
    return CENTRE if look.centred else LEFT


def _cover(look: Look) -> dict[str, tuple[str, str]]:
    """The cover of a CTG: the title a third down the page, the parties below."""
    placed, title = _placed(look), font(look.title_font)
    beside = "" if look.centred else border(look.accent, "left", size=48, space=12)
    below = border(look.accent, "bottom", size=12, space=12) if look.centred else beside
    return {
        "couverture_titre": (
            BOTH + beside + before_after(120, 0, 1) + placed + level(1),
            title + BOLD + "<w:caps/>" + colour(look.ink) + spaced(20) + point_size(look.size + 15),
        ),
        "couverture_sous_titre": (
            BOTH + below + before_after(12 if look.centred else 0, 0) + placed,
            title + colour(look.grey) + point_size(look.size + 5),
        ),
        "couverture_objet": (LINES + before_after(16, 0) + placed, point_size(look.size + 1)),
        "couverture_statut": (
            LINES + before_after(18, 0) + placed,
            BOLD + colour(look.accent) + point_size(look.size + 1),
        ),
        "couverture_entre": (
            BOTH + before_after(44, 6) + placed,
            "<w:caps/>" + colour(look.grey) + spaced(40) + point_size(look.size),
        ),
        "couverture_partie": (LINES + before_after(0, 4) + placed, point_size(look.size + 1.5)),
        "couverture_logos": (before_after(18, 6) + placed, ""),
        "fin_de_section": (exactly(1), point_size(1)),
    }


def _headings(look: Look) -> dict[str, tuple[str, str]]:
    ruled = border(look.rule, "bottom", size=4, space=2) + before_after(14, 5)
    return {
        "article1": (ruled, point_size(look.size + 2)),
        "article2": (before_after(8, 2), point_size(look.size + 0.5)),
        "preambule": (ruled, point_size(look.size + 2)),
        "annexe": (
            "<w:pageBreakBefore/>" + border(look.ink, "bottom", size=8, space=4) + before_after(0, 10),
            point_size(look.size + 5),
        ),
        "fiche": ("<w:pageBreakBefore/>" + before_after(0, 7), point_size(look.size + 3)),
        "titre_synthese": (before_after(0, 6), ""),
    }


def _people(look: Look) -> dict[str, tuple[str, str]]:
    beside = border(look.rule, "left", size=12, space=8)
    return {
        "entre": (
            BOTH + before_after(10, 5) + _placed(look) + level(2),
            font(look.title_font)
            + BOLD
            + "<w:caps/>"
            + colour(look.accent)
            + spaced(30)
            + point_size(look.size + 1),
        ),
        "partie": (LINES + beside + before_after(0, 6) + indent(4), ""),
        "partie_ensemble": (LINES + before_after(2, 6) + indent(4), ITALIC),
        "premier_visa": (before_after(8, 2.5, 1.03), ""),
        "signature_libre": ('<w:keepNext w:val="0"/>', ""),
        "pour_la_partie": (before_after(18, 2, 1), BOLD + colour(look.ink)),
        "signature_mention": (before_after(0, 1, 1), colour(look.grey) + point_size(look.size - 1)),
        "signataire_libre": ('<w:keepNext w:val="0"/>' + before_after(0, 10, 1), ""),
    }


def _tables(look: Look) -> dict[str, tuple[str, str]]:
    small = point_size(look.size - 1.5)
    return {
        "fiche_entete": (LEFT, ""),
        "fiche_libelle": ("", BOLD + colour(look.ink)),
        "synthese_entete": (before_after(2, 2, 1), small),
        "synthese_texte": (before_after(1, 1, 1), small),
        "synthese_suite": (before_after(0, 1, 1), ITALIC + colour(look.grey)),
        "synthese_axe": (NEXT + before_after(2.5, 1.5, 1), BOLD + colour(look.ink)),
        "synthese_montant": (before_after(1, 1, 1), small),
        "synthese_total": (before_after(2.5, 1.5, 1), BOLD + colour(look.ink)),
    }


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
