"""The note d'orientations budgétaires of the social affairs."""

from __future__ import annotations

from tools.templates.reunions import band
from tools.word.looks import Look
from tools.word.page import Page
from tools.word.xml import each, paragraph, when

_COLON = "\u00a0: "


def _titled(key: str, title: str) -> str:
    return when(key, paragraph("Heading2", title), paragraph("BodyText", f"{{{{p {key} }}}}"))


def orientation(look: Look) -> str:
    """The whole first, then each service and each project, then what is proposed."""
    return "".join(
        (
            when("redacteur", paragraph("TeteDeNote", f"Note rédigée par{_COLON}{{{{ redacteur }}}}")),
            when("date", paragraph("TeteDeNote", "{{ date }}")),
            band(),
            _titled("contexte", "Contexte"),
            paragraph("Heading2", "Ensemble des services et des projets"),
            when("evolution", paragraph("BodyText", "{{ evolution }}")),
            paragraph("BodyText", "{{p ensemble }}"),
            _group("services", "Les services"),
            _group("projets", "Les projets"),
            _titled("bonus", "Bonus et forfaits attendus de la Caf"),
            when("bonus_total", paragraph("ApresTableau", "{{ bonus_total }}")),
            _titled("orientations", "Orientations proposées"),
        )
    )


def _group(key: str, title: str) -> str:
    return when(
        key,
        paragraph("Heading2", title),
        each(
            f"service in {key}",
            paragraph("Heading3", "{{ service.nom }}"),
            paragraph("BodyText", "{{p service.tableau }}"),
            when("service.commentaire", paragraph("BodyText", "{{p service.commentaire }}")),
        ),
    )


PAGES = (Page("orientations/orientation", "Modèle de note d’orientations budgétaires", orientation),)
