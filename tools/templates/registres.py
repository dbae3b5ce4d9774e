"""The register of a year: its first page, its table by date and by objet."""

from __future__ import annotations

from tools.templates.reunions import band, looped, signatures
from tools.word.looks import Look
from tools.word.page import Page
from tools.word.xml import paragraph, when


def _text(value: str) -> str:
    return paragraph("TableauTexte", f"{{{{ ligne.{value} }}}}")


def ouverture(look: Look) -> str:
    return "".join(
        (
            band(),
            paragraph("BodyText", "{{ texte }}"),
            when("base", paragraph("Mention", "{{ base }}")),
            paragraph("Fait", "{{ fait }}"),
            signatures(),
        )
    )


def table(look: Look) -> str:
    """The same rows twice: in the order of the séances, then of the alphabet."""
    return "".join(
        (
            band(),
            when("base", paragraph("Mention", "{{ base }}")),
            paragraph("Heading2", "Par date"),
            _rows("date", {"Date": 14, "Numéro": 15, "Objet": 48, "Matière": 23}),
            paragraph("Heading2", "Par objet"),
            _rows("objet", {"Objet": 68, "Numéro": 17, "Date": 15}),
        )
    )


def _rows(order: str, columns: dict[str, int]) -> str:
    """A table of the acts in one order; each heading names its field."""
    fields = {"Date": "date", "Numéro": "numero", "Objet": "objet", "Matière": "matiere"}
    cells = tuple(_text(fields[head]) for head in columns)
    widths = tuple(columns.values())
    return looped(f"Délibérations par {order}", tuple(columns), widths, f"ligne in par_{order}", cells)


PAGES = (
    Page("registres/ouverture", "Modèle de première page du registre", ouverture),
    Page("registres/table", "Modèle de table du registre", table),
)
