"""The years of a convention: its tableau de bord, and its final evaluation in four questions."""

from __future__ import annotations

from tools.templates.reunions import band, signatures
from tools.word.looks import Look
from tools.word.page import Page
from tools.word.xml import block, each, paragraph, strong, when

_COLON = "\u00a0: "


def _titled(key: str, title: str) -> str:
    return when(key, paragraph("Heading2", title), paragraph("BodyText", f"{{{{p {key} }}}}"))


def tableau_de_bord(look: Look) -> str:
    return "".join(
        (
            band(),
            paragraph("BodyText", "{{ synthese }}"),
            _titled("avancement", "Avancement des actions, année par année"),
            _titled("montants", "Montants prévus et dépensés"),
            _titled("indicateurs", "Indicateurs"),
        )
    )


def evaluation(look: Look) -> str:
    """What was done, the four questions, what comes next."""
    return "".join(
        (
            when("redacteur", paragraph("TeteDeNote", f"Évaluation conduite par{_COLON}{{{{ redacteur }}}}")),
            band(),
            _titled("methode", "Méthode"),
            when(
                "synthese",
                paragraph("Heading2", "Ce qui a été fait"),
                paragraph("BodyText", "{{ synthese }}"),
            ),
            when("montants", paragraph("BodyText", "{{p montants }}")),
            when("indicateurs", paragraph("BodyText", "{{p indicateurs }}")),
            each("question in questions", _question()),
            when("conclusion", paragraph("Heading2", "Conclusion"), *_before_the_advice("{{p conclusion }}")),
            when(
                "preconisations",
                paragraph("Heading2", "Préconisations"),
                each("ligne in preconisations", paragraph("ListBullet", "{{ ligne }}")),
            ),
            when("fait", paragraph("Fait", "{{ fait }}"), signatures()),
        )
    )


def _before_the_advice(text: str) -> tuple[str, ...]:
    """A short list of advice is not left alone on a last page."""
    return (
        block("if preconisations"),
        paragraph("BodyText", text, kept=True),
        block("else"),
        paragraph("BodyText", text),
        block("endif"),
    )


def _question() -> str:
    return "".join(
        (
            paragraph("Heading2", "{{ question.titre }}"),
            paragraph("Mention", "{{ question.question }}", kept=True),
            paragraph("BodyText", "{{p question.reponse }}"),
            _list("forces", "Points forts"),
            _list("limites", "Limites"),
        )
    )


def _list(key: str, title: str) -> str:
    return when(
        f"question.{key}",
        paragraph("BodyText", strong(title), kept=True),
        each(f"ligne in question.{key}", paragraph("ListBullet", "{{ ligne }}")),
    )


PAGES = (
    Page("evaluations/evaluation", "Modèle d’évaluation finale", evaluation),
    Page("evaluations/tableau-de-bord", "Modèle de tableau de bord", tableau_de_bord),
)
