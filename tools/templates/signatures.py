"""The sheet of signatures of a convention."""

from __future__ import annotations

from tools.templates.reunions import SIGNED_ROW, band, looped
from tools.word.looks import Look
from tools.word.page import Page
from tools.word.xml import block, mm, paragraph, strong, when


def signature(look: Look) -> str:
    """One row a signatory, tall enough to sign; with or without a column for initials."""
    who = paragraph("TableauTexte", strong("{{ ligne.nom }}")) + paragraph(
        "TableauTexte", "{{ ligne.fonction }}"
    )
    party, empty = paragraph("TableauTexte", "{{ ligne.partie }}"), paragraph("TableauTexte")
    height = mm(SIGNED_ROW * 2)
    initialled = looped(
        "Signatures et paraphes",
        ("Partie", "Signataire", "Paraphe", "Date et signature"),
        (28, 28, 14, 30),
        "ligne in lignes",
        (party, who, empty, empty),
        height=height,
    )
    plain = looped(
        "Signatures",
        ("Partie", "Signataire", "Date et signature"),
        (32, 32, 36),
        "ligne in lignes",
        (party, who, empty),
        height=height,
    )
    return "".join(
        (
            band(),
            when("rendez_vous", paragraph("RendezVousLieu", "{{ rendez_vous }}")),
            paragraph("BodyText", "{{ consigne }}"),
            when("mention", paragraph("Mention", "{{ mention }}")),
            block("if paraphes"),
            initialled,
            block("else"),
            plain,
            block("endif"),
        )
    )


PAGES = (Page("signatures/signature", "Modèle de feuille de signatures", signature),)
