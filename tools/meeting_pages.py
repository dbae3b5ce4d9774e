"""The bodies of the meeting papers: convocation and pouvoir, ordre du jour."""

from __future__ import annotations

from looks import Look
from word_xml import (
    block,
    cell,
    each,
    mm,
    paragraph,
    row,
    run,
    section,
    section_break,
    strong,
    table,
    when,
)

_COLON = "\u00a0: "
_SEPARATED = "{% if loop.last %}.{% else %}\u202f; {% endif %}"
_ENCLOSED = "{% if jointes|length > 1 %}Pièces jointes{% else %}Pièce jointe{% endif %}"
_SIGNED = "Signature, précédée de la mention manuscrite «\u00a0Bon pour pouvoir\u00a0»"
_TOP = '<w:vAlign w:val="top"/></w:tcPr>'


def _page(look: Look) -> tuple[tuple[int, int, int, int], int]:
    top, right, bottom, left = (mm(length) for length in look.margins)
    return (top, right, bottom, left), mm(9)


# --- convocation ----------------------------------------------------------------------------------------


def convocation(look: Look) -> str:
    """One letter after the other, each a section of its own: its first page wears the letterhead and its
    pages are numbered from 1."""
    letter = "".join(
        (
            paragraph("Destinataire", "{{ lettre.nom }}"),
            each("qualite in lettre.qualites", paragraph("DestinataireSuite", "{{ qualite }}")),
            paragraph("LieuEtDate", "{{ date_lieu }}"),
            band(),
            paragraph("BodyText", "{{ lettre.appel }}"),
            paragraph("BodyText", "{{ lettre.invitation }}", kept=True),
            when_and_where(),
            each("ligne in complements", paragraph("BodyText", "{{ ligne }}")),
            paragraph("Heading2", "Ordre du jour"),
            paragraph("ListNumber", "{{p ordre_du_jour }}"),
            when(
                "jointes",
                paragraph(
                    "SuiteDeListe",
                    strong(f"{_ENCLOSED}{_COLON}"),
                    run("{% for piece in jointes %}{{ piece }}" + _SEPARATED + "{% endfor %}"),
                ),
            ),
            block("if jointes"),
            paragraph("BodyText", "{{ lettre.empechement }}"),
            block("else"),
            paragraph("SuiteDeListe", "{{ lettre.empechement }}"),
            block("endif"),
            paragraph("BodyText", "{{ lettre.politesse }}", kept=True),
            paragraph("SignatureLettre", "{{ signature.qualite }}"),
            paragraph("SignataireLettre", "{{ signature.nom }}"),
            _running("Destinataires", "destinataires"),
            when(
                "copies",
                paragraph("Mention", strong("Copie\u00a0:"), kept=True),
                each("nom in copies", paragraph("ListBullet", "{{ nom }}", kept=True)),
            ),
            when("lettre.pouvoir", _pouvoir()),
        )
    )
    apart = block("if not loop.first") + section_break("FinDeSection", _letter_section(look)) + block("endif")
    return each("lettre in lettres", apart, letter)


def _letter_section(look: Look) -> str:
    """The section of one letter: its pages are numbered from 1."""
    return section(*_page(look), heads=True).replace("<w:titlePg/>", '<w:pgNumType w:start="1"/><w:titlePg/>')


def last_section(look: Look) -> str:
    """That of the last letter, which ends the file."""
    return _letter_section(look)


def _running(title: str, key: str) -> str:
    return when(
        key,
        paragraph(
            "Mention",
            strong(f"{title}{_COLON}"),
            run(f"{{% for nom in {key} %}}{{{{ nom }}}}" + _SEPARATED + "{% endfor %}"),
            kept=True,
        ),
    )


def _pouvoir() -> str:
    """The form that a member who cannot come fills in, on a page of its own."""
    return "".join(
        (
            paragraph("Heading1", "Pouvoir", page_before=True),
            paragraph("Mention", "{{ sous_titre }}", kept=True),
            block("if lettre.mandant"),
            paragraph("BodyText", "{{ lettre.mandant }}", kept=True),
            block("else"),
            paragraph("LigneARemplir", "{{ mandant_libre }}\t"),
            block("endif"),
            paragraph("BodyText", "{{ mandat }}", kept=True),
            paragraph("LigneARemplir", f"Nom et prénom du mandataire{_COLON}\t"),
            paragraph("LigneARemplir", f"Fait à{_COLON}\t"),
            paragraph("LigneARemplir", f"Le{_COLON}\t"),
            table(
                "TableauActe",
                "Mise en page : cadre de la signature du mandant",
                [mm(166)],
                row(
                    cell(paragraph("TableauTexte", _SIGNED, kept=True)).replace("</w:tcPr>", _TOP),
                    height=mm(42),
                ),
            ),
            paragraph("Rubrique", "Règles du pouvoir"),
            each("ligne in mentions", paragraph("Mention", "{{ ligne }}")),
        )
    )


def band() -> str:
    """What it is, and of which meeting."""
    return paragraph("Reference", "{{ titre }}") + paragraph("Objet", "{{ intitule }}")


def when_and_where() -> str:
    return paragraph("RendezVous", "{{ quand }}") + paragraph("RendezVousLieu", "{{ lieu }}")


# --- ordre du jour --------------------------------------------------------------------------------------


def ordre_du_jour(look: Look) -> str:
    return "".join(
        (
            band(),
            when_and_where(),
            paragraph("ListNumber", "{{p ordre_du_jour }}", kept=True),
            when("publique", paragraph("SuiteDeListe", "{{ publique }}", kept=True)),
            paragraph("SignatureLettre", "{{ signature.qualite }}"),
            paragraph("SignataireLettre", "{{ signature.nom }}"),
        )
    )
