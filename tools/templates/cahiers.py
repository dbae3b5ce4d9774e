"""The cahier of a séance: its first pages, its separators, and the feet of all its pages."""

from __future__ import annotations

from tools.word.looks import Look
from tools.word.page import Page
from tools.word.xml import each, paragraph, when

_AT_THE_FOOT = '<w:framePr w:wrap="around" w:vAnchor="page" w:hAnchor="page" w:xAlign="center" w:y="16300"/>'


def cahier(look: Look) -> str:
    """`lignes`: what the first page says under its title; `points`: a line of the contents each, and a
    separator; `pieds`: the foot of each page, alone on one."""
    foot = paragraph("Footer", "{{ pied }}").replace("</w:pPr>", f"{_AT_THE_FOOT}</w:pPr>", 1)
    return "".join(
        (
            when("titre", paragraph("Reference", "{{ titre }}"), paragraph("Objet", "{{ intitule }}")),
            when(
                "points",
                paragraph("TOCHeading", "Sommaire"),
                each(
                    "point in points",
                    paragraph("TOC1", "{{ point.rang }}\t{{ point.objet }}\t{{ point.page }}"),
                ),
                each(
                    "point in points",
                    paragraph("Reference", "{{ titre }}", page_before=True),
                    paragraph("Objet", "{{ point.titre }}"),
                ),
            ),
            each("pied in pieds", foot, paragraph("BodyText", "\u00a0", page_before=True)),
        )
    )


PAGES = (Page("cahiers/cahier", "Modèle de cahier de séance", cahier),)
