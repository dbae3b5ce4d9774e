"""What follows a séance: liste, procès-verbal, sheet of the register, télétransmission, letters."""

from __future__ import annotations

from tools.templates.reunions import SEPARATED, band, last_section, letter_section, looped, signatures
from tools.word.looks import Look
from tools.word.page import Page
from tools.word.xml import block, each, paragraph, run, section_break, strong, when

_COLON = "\u00a0: "


def _text(value: str, closing: bool) -> str:
    """A cell, whose row keeps with the next one in a table that a page can hold; `closing`: what follows the
    table closes the page, and its last row stays with it."""
    said = f"{{{{ {value} }}}}"
    held = "loop.length < 13 or loop.last" if closing else "loop.length < 13 and not loop.last"
    kept = block(f"if {held}") + paragraph("TableauTexte", said, kept=True)
    return kept + block("else") + paragraph("TableauTexte", said) + block("endif")


def _grid(title: str, columns: tuple[tuple[str, int, str], ...], loop: str, *, closing: bool = False) -> str:
    """A table of texts: (heading, width in percent, value) a column."""
    heads, widths, values = zip(*columns, strict=True)
    return looped(title, heads, widths, loop, tuple(_text(value, closing) for value in values))


def _listed(key: str) -> str:
    """Présents by group, or those who were not there: a title, then names in a row."""
    return when(
        f"{key}.noms",
        paragraph("Presence", strong(f"{{{{ {key}.titre }}}}{_COLON}"), run(f"{{{{ {key}.noms }}}}.")),
    )


def _attendance() -> str:
    return "".join(
        (
            each(
                "liste in presences",
                paragraph(
                    "Presence",
                    strong(f"{{{{ liste.titre }}}}{_COLON}"),
                    run("{% for groupe in liste.groupes %}{% if groupe.commune %}"),
                    run("{{ groupe.commune }}", "Emphasis"),
                    run("\u00a0: {% endif %}{{ groupe.noms }}" + SEPARATED + "{% endfor %}"),
                ),
            ),
            when(
                "pouvoirs.lignes",
                paragraph(
                    "Presence",
                    strong(f"{{{{ pouvoirs.titre }}}}{_COLON}"),
                    run("{% for ligne in pouvoirs.lignes %}{{ ligne }}" + SEPARATED + "{% endfor %}"),
                ),
            ),
            _listed("excuses"),
            _listed("absents"),
        )
    )


# --- the liste, the sheet of the register, the account of the decisions ------------------------------------


def liste(look: Look) -> str:
    columns = (
        ("Numéro", 15, "ligne.numero"),
        ("Objet", 51, "ligne.objet"),
        ("Décision", 34, "ligne.resultat"),
    )
    return "".join(
        (
            band(),
            when("base", paragraph("Mention", "{{ base }}", kept=True)),
            when("lignes", _grid("Délibérations examinées", columns, "ligne in lignes", closing=True)),
            when("compte", paragraph("Mention", "{{ compte }}", kept=True)),
            each("ligne in publicite", paragraph("Mention", "{{ ligne }}", kept=True)),
            signatures(),
        )
    )


def cloture(look: Look) -> str:
    columns = (
        ("N° d’ordre", 12, "ligne.rang"),
        ("Délibération", 18, "ligne.numero"),
        ("Objet", 70, "ligne.objet"),
    )
    return "".join(
        (
            band(),
            paragraph("Mention", "{{ feuillet }}{% if base %} – {{ base }}{% endif %}", kept=True),
            paragraph("BodyText", "{{ texte }}"),
            when("lignes", _grid("Délibérations de la séance", columns, "ligne in lignes")),
            paragraph("Rubrique", "Membres de l’assemblée"),
            _attendance(),
            each("ligne in mouvements", paragraph("Presence", "{{ ligne }}")),
            paragraph("Fait", "Le présent feuillet clôt la séance."),
            signatures(),
        )
    )


_DECISIONS = (
    ("Date", 15, "decision.date"),
    ("Numéro", 16, "decision.numero"),
    ("Prise par", 21, "decision.auteur"),
    ("Objet", 48, "decision.objet"),
)


def decisions(look: Look) -> str:
    return "".join(
        (
            band(),
            when("base", paragraph("Mention", "{{ base }}", kept=True)),
            paragraph("BodyText", "{{ delegation }}", kept=True),
            _grid("Décisions prises par délégation", _DECISIONS, "decision in decisions", closing=True),
            paragraph("Mention", "{{ compte }}", kept=True),
            signatures(),
        )
    )


# --- the procès-verbal --------------------------------------------------------------------------------------


def proces_verbal(look: Look) -> str:
    return "".join(
        (
            band(),
            paragraph("BodyText", "{{ ouverture }}"),
            each("ligne in complements", paragraph("BodyText", "{{ ligne }}")),
            paragraph("Heading2", "Appel nominal"),
            paragraph("BodyText", "{{ appel }}"),
            _attendance(),
            _listed("agents"),
            when("quorum", paragraph("BodyText", "{{ quorum }}")),
            paragraph("BodyText", "{{ secretariat }}"),
            when(
                "ordre_du_jour",
                paragraph("Heading2", "Ordre du jour"),
                paragraph("ListNumber", "{{p ordre_du_jour }}"),
            ),
            when(
                "precedent",
                paragraph("Heading2", "Procès-verbal de la séance précédente"),
                _previous("precedent", "observations"),
            ),
            each("point in points", _point()),
            when(
                "delegation",
                paragraph("Heading2", "Décisions prises par délégation"),
                paragraph("BodyText", "{{ delegation }}", kept=True),
                _grid("Décisions prises par délégation", _DECISIONS, "decision in decisions"),
            ),
            paragraph("Heading2", "Clôture de la séance"),
            paragraph("BodyText", "{{ cloture }}"),
            when("arret", paragraph("BodyText", "{{ arret }}", kept=True)),
            signatures(),
        )
    )


def _previous(text: str, remarks: str) -> str:
    return paragraph("BodyText", f"{{{{ {text} }}}}") + when(
        remarks, paragraph("BodyText", f"{{{{p {remarks} }}}}")
    )


def _point() -> str:
    """Who came or left, the rapport, the discussion, the decision and its vote."""
    dash = "{% if point.reference and point.rapporteur %} – {% endif %}"
    about = "{{ point.reference }}" + dash + "{{ point.rapporteur }}"
    return "".join(
        (
            paragraph("TitrePoint", "{{ point.titre }}"),
            when("point.reference or point.rapporteur", paragraph("Mention", about, kept=True)),
            each("ligne in point.mouvements", paragraph("Presence", "{{ ligne }}")),
            when("point.presence", paragraph("Presence", "{{ point.presence }}")),
            when("point.precedent", _previous("point.precedent", "point.observations")),
            when(
                "point.delegation",
                paragraph("BodyText", "{{ point.delegation }}", kept=True),
                _grid("Décisions prises par délégation", _DECISIONS, "decision in point.decisions"),
            ),
            when("point.expose", paragraph("BodyText", "{{p point.expose }}")),
            when(
                "point.debats",
                paragraph("Heading3", "Discussion"),
                paragraph("BodyText", "{{p point.debats }}"),
            ),
            when("point.demande", paragraph("BodyText", "{{ point.demande }}")),
            when("point.formule", paragraph("Formule", "{{ point.formule }}")),
            when("point.decision", paragraph("ListBullet", "{{p point.decision }}")),
            when("point.resultat", paragraph("Encadre", strong("{{ point.resultat }}"))),
            each(
                "sens in point.voix",
                paragraph("Mention", strong(f"{{{{ sens.libelle }}}}{_COLON}"), run("{{ sens.noms }}.")),
            ),
        )
    )


# --- télétransmission ---------------------------------------------------------------------------------------


def teletransmission(look: Look) -> str:
    columns = (
        ("Numéro", 15, "ligne.numero"),
        ("Objet", 50, "ligne.objet"),
        ("Matière", 24, "ligne.matiere"),
        ("Annexes", 11, "ligne.annexes"),
    )
    sheet = (("Champ", 26, "ligne.champ"), ("Valeur", 74, "ligne.valeur"))
    return "".join(
        (
            band(),
            when("destinataire", paragraph("Mention", "{{ destinataire }}", kept=True)),
            _grid("Actes à transmettre", columns, "ligne in lignes"),
            each(
                "fiche in fiches",
                paragraph("Heading2", "{{ fiche.titre }}"),
                _grid("Fiche de télétransmission", sheet, "ligne in fiche.lignes"),
            ),
        )
    )


# --- certificate and letters --------------------------------------------------------------------------------


def affichage(look: Look) -> str:
    return "".join(
        (
            band(),
            paragraph("BodyText", "{{ texte }}", kept=True),
            each("fait_certifie in faits", paragraph("ListBullet", "{{ fait_certifie }}")),
            paragraph("Fait", "{{ fait }}"),
            signatures(),
        )
    )


_ENCLOSED = "{% if lettre.jointes|length > 1 %}Pièces jointes{% else %}Pièce jointe{% endif %}"


def lettres(look: Look) -> str:
    """One letter after the other, each a section of its own."""
    letter = "".join(
        (
            paragraph("Destinataire", "{{ lettre.nom }}"),
            each("qualite in lettre.qualites", paragraph("DestinataireSuite", "{{ qualite }}")),
            paragraph("LieuEtDate", "{{ date_lieu }}"),
            paragraph("Objet", "{{ lettre.objet }}"),
            paragraph("BodyText", "{{ lettre.appel }}"),
            each("ligne in lettre.corps", paragraph("BodyText", "{{ ligne }}")),
            each("piece in lettre.pieces", paragraph("ListBullet", "{{ piece }}")),
            when("lettre.suite", paragraph("BodyText", "{{p lettre.suite }}")),
            paragraph("BodyText", "{{ lettre.politesse }}", kept=True),
            paragraph("SignatureLettre", "{{ signature.qualite }}"),
            paragraph("SignataireLettre", "{{ signature.nom }}"),
            when(
                "lettre.jointes",
                paragraph(
                    "Mention",
                    strong(_ENCLOSED + _COLON),
                    run("{% for piece in lettre.jointes %}{{ piece }}" + SEPARATED + "{% endfor %}"),
                ),
            ),
        )
    )
    apart = block("if not loop.first") + section_break("FinDeSection", letter_section(look)) + block("endif")
    return each("lettre in lettres", apart, letter)


PAGES = (
    Page("suites/liste", "Modèle de liste des délibérations examinées", liste),
    Page("suites/proces-verbal", "Modèle de procès-verbal", proces_verbal),
    Page("suites/cloture", "Modèle de feuillet de clôture", cloture),
    Page("suites/decisions", "Modèle de compte rendu des décisions", decisions),
    Page("suites/teletransmission", "Modèle de bordereau de télétransmission", teletransmission),
    Page("suites/affichage", "Modèle de certificat d’affichage", affichage),
    Page("suites/maires", "Modèle de lettre aux maires", lettres, last_section),
    Page("suites/prefecture", "Modèle de lettre à la préfecture", lettres, last_section),
    Page("suites/envois", "Modèle de lettre d’envoi", lettres, last_section),
)
