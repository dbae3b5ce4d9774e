"""The bodies of the two templates of a post: fiche de poste, offre d'emploi. Same shape, other ends."""

from __future__ import annotations

from tools.word.looks import Look
from tools.word.page import Page
from tools.word.xml import block, cell, each, mm, paragraph, row, strong, table, when

LABEL, VALUE = 34, 66
"""Shares of the two columns of a table of facts, in percent."""


def fiche(look: Look) -> str:
    """The description of a post: facts, headings, hours, signatures."""
    return "".join(
        (
            _head(),
            _facts("blocs"),
            when(
                "horaires",
                paragraph("Heading2", "{{ horaires_titre }}"),
                paragraph("BodyText", "{{p horaires }}"),
            ),
            _sections(signed=True),
            _signatures(),
        )
    )


def offre(look: Look) -> str:
    """The published offer: facts, headings, where to apply, the legal mention."""
    return "".join(
        (
            _head(),
            when("publication", paragraph("Mention", "{{ publication }}")),
            _facts("blocs"),
            _sections(signed=False),
            when(
                "candidature.lignes or informations",
                paragraph("Heading2", "{{ candidature.titre }}"),
            ),
            when("candidature.lignes", _table("candidature", "candidature")),
            when(
                "informations",
                paragraph("Heading2", "{{ informations_titre }}"),
                paragraph("BodyText", "{{p informations }}"),
            ),
            paragraph("Heading2", "{{ handicap_titre }}"),
            paragraph("BodyText", "{{p handicap }}"),
        )
    )


def _head() -> str:
    return "".join(
        (
            paragraph("Title", "{{ titre }}"),
            paragraph("Subtitle", "{{ sous_titre }}"),
            paragraph("Reference", "{{ bandeau }}"),
            paragraph("Objet", "{{ objet }}"),
        )
    )


def _facts(key: str) -> str:
    """Each table of facts under its heading."""
    return each(
        f"bloc in {key}", paragraph("Heading2", "{{ bloc.titre }}"), _table("bloc", "faits sur le poste")
    )


def _table(key: str, what: str) -> str:
    """Label and value: a page layout rather than a table of data, so it has no header row."""
    opening = row(cell(paragraph("Balise", f"{{%tr for ligne in {key}.lignes %}}")), _empty())
    line = row(
        cell(paragraph("TableauTexte", strong("{{ ligne.libelle }}")), LABEL),
        cell(each("valeur in ligne.valeurs", paragraph("TableauTexte", "{{ valeur }}")), VALUE),
    )
    closing = row(cell(paragraph("Balise", "{%tr endfor %}")), _empty())
    return table(
        "TableauActe", f"Mise en page : {what}", [mm(LABEL * 1.66), mm(VALUE * 1.66)], opening, line, closing
    )


def _empty() -> str:
    return cell(paragraph("Balise"))


def _sections(*, signed: bool) -> str:
    """Each text under its heading; where signatures follow, the end of the last one keeps with them."""
    text = "{{p section.texte }}"
    if not signed:
        return each(
            "section in sections", paragraph("Heading2", "{{ section.titre }}"), paragraph("BodyText", text)
        )
    return each(
        "section in sections",
        paragraph("Heading2", "{{ section.titre }}"),
        block("if loop.last"),
        paragraph("BodyText", text, kept=True),
        block("else"),
        paragraph("BodyText", text),
        block("endif"),
    )


def _signatures() -> str:
    """One column per signatory, never parted."""
    loop = cell(paragraph("Balise", "{%tc for signature in signatures %}"))
    end = cell(paragraph("Balise", "{%tc endfor %}"))
    signed = cell(
        paragraph("Signataire", "{{ signature.titre }}")
        + paragraph("Signature", "{{ signature.texte }}")
        + when("signature.nom", paragraph("Signataire", "{{ signature.nom }}"))
    )
    return paragraph("Heading2", "{{ signatures_titre }}") + table(
        "MiseEnPage", "Mise en page : signatures", [mm(55)] * 3, row(loop, signed, end)
    )


PAGES = (
    Page("fiches_de_poste/fiche", "Modèle de fiche de poste", fiche),
    Page("fiches_de_poste/offre", "Modèle d’offre d’emploi", offre),
)
