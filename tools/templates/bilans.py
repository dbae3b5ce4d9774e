"""The body of a yearly bilan: the year in a table, each action with its indicators, the signature."""

from __future__ import annotations

from tools.templates.reunions import signatures
from tools.word.looks import Look
from tools.word.page import Page
from tools.word.xml import block, each, paragraph, strong, when

_COLON = "\u00a0: "


def bilan(look: Look) -> str:
    """What a Caf reads first, then the detail of every action, then what comes next."""
    return "".join(
        (
            when("redacteur", paragraph("TeteDeNote", f"Dossier suivi par{_COLON}{{{{ redacteur }}}}")),
            when("destinataire", paragraph("TeteDeNote", f"À l’attention de{_COLON}{{{{ destinataire }}}}")),
            paragraph("Title", "{{ titre }}"),
            paragraph("Objet", "{{ sous_titre }}"),
            _titled("synthese", "Synthèse"),
            paragraph("Heading2", "Les actions de l’année"),
            paragraph("BodyText", "{{ etats }}{% if realisation %} {{ realisation }}{% endif %}"),
            paragraph("BodyText", "{{p tableau }}"),
            paragraph("Heading2", "Action par action"),
            each(
                "action in actions",
                paragraph("Heading3", "{{ action.titre }}"),
                when("action.axe", paragraph("Mention", f"Axe{_COLON}{{{{ action.axe }}}}", kept=True)),
                block("if action.commentaire or action.indicateurs"),
                paragraph("BodyText", strong("{{ action.etat }}"), kept=True),
                block("else"),
                paragraph("BodyText", strong("{{ action.etat }}")),
                block("endif"),
                when("action.commentaire", paragraph("BodyText", "{{p action.commentaire }}")),
                when("action.indicateurs", paragraph("BodyText", "{{p action.indicateurs }}")),
            ),
            _titled("difficultes", "Difficultés rencontrées"),
            _titled("perspectives", "Perspectives"),
            when("fait", paragraph("Fait", "{{ fait }}"), signatures()),
        )
    )


def _titled(key: str, title: str) -> str:
    return when(key, paragraph("Heading2", title), paragraph("BodyText", f"{{{{p {key} }}}}"))


PAGES = (Page("bilans/bilan", "Modèle de bilan annuel", bilan),)
