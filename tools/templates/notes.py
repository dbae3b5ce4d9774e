"""The bodies of the notes: for a commission, for the assembly, for its members with the convocation."""

from __future__ import annotations

from tools.templates.reunions import signatures
from tools.word.looks import Look
from tools.word.page import Page
from tools.word.xml import block, cell, each, mm, paragraph, row, run, strong, table, when

_COLON = "\u00a0: "


def note_de_commission(look: Look) -> str:
    """One point, or several that start each on a new page; an opinion is asked, and room left for it."""
    return (
        _head()
        + _summary()
        + each(
            "point in points",
            block("if loop.first"),
            paragraph("Reference", "{{ point.numero or 'Objet' }}"),
            block("else"),
            paragraph("ReferencePage", "{{ point.numero }}"),
            block("endif"),
            _objet(),
            _prose("synthese", "Synthèse"),
            _prose("contexte", "Contexte"),
            _prose("cadre_juridique", "Cadre juridique"),
            _prose("enjeux", "Enjeux et analyse"),
            _prose("proposition", "Proposition"),
            _prose("scenarios", "Scénarios étudiés"),
            _consequences("Incidences"),
            _calendar(),
            paragraph("Heading2", "{{ avis_titre }}"),
            paragraph("BodyText", "{{p point.avis_sollicite }}", kept=True),
            paragraph(
                "Encadre",
                strong(f"Avis rendu{_COLON}"),
                run("☐ favorable\u2003☐ réservé\u2003☐ défavorable"),
            ),
            _listed("suites", "Suites"),
            _annexes(),
        )
    )


def rapport_de_presentation(look: Look) -> str:
    """What the executive lays before the assembly, up to the decisions proposed."""
    return (
        _head(dated=False)
        + each(
            "point in points",
            paragraph("Reference", "Objet"),
            _objet(),
            _prose("synthese", "Résumé"),
            _prose("contexte", "Rappel du contexte"),
            _prose("cadre_juridique", "Cadre juridique"),
            _prose("enjeux", "Enjeux"),
            _prose("proposition", "Contenu du projet"),
            _prose("scenarios", "Scénarios étudiés"),
            _consequences("Incidences"),
            _calendar(),
            _decisions(),
            _annexes(),
        )
        + _signature()
    )


def note_de_synthese(look: Look) -> str:
    """One section per item of the ordre du jour."""
    return (
        _head()
        + _summary()
        + each(
            "point in points",
            paragraph(
                "ReferenceSuite",
                "{{ point.numero or 'Objet' }}{% if point.reference %} – {{ point.reference }}{% endif %}",
            ),
            _objet(),
            _prose("synthese", ""),
            _plain("contexte"),
            _plain("enjeux"),
            _plain("proposition"),
            when("point.finances or point.finances_lignes", _finances()),
            _decisions(),
        )
    )


# --- the head -------------------------------------------------------------------------------------------


def _head(*, dated: bool = True) -> str:
    """`dated`: place and date stand above; a rapport has them by its signature."""
    above = when("service", paragraph("TeteDeNote", "{{ service }}"))
    if dated:
        above = when("service or lieu_et_date", paragraph("TeteDeNote", "{{ service }}\t{{ lieu_et_date }}"))
    return "".join(
        (
            above,
            when("redacteur", paragraph("TeteDeNote", f"Dossier suivi par{_COLON}{{{{ redacteur }}}}")),
            paragraph("Title", "{{ titre }}"),
            when("sous_titre", paragraph("Subtitle", "{{ sous_titre }}")),
            when("fondement", paragraph("Mention", "{{ fondement }}")),
            when("introduction", paragraph("BodyText", "{{p introduction }}")),
        )
    )


def _summary() -> str:
    """The points, their rapporteurs; a note of one point has none."""
    heads = ("N°", "Objet", "Rapporteur")
    widths = (8, 60, 32)
    head = row(
        *(cell(paragraph("TableauEntete", text), width) for text, width in zip(heads, widths, strict=True)),
        header=True,
    )
    line = row(
        cell(paragraph("TableauCentre", "{{ ligne.numero }}"), widths[0]),
        cell(paragraph("TableauTexte", "{{ ligne.objet }}"), widths[1]),
        cell(paragraph("TableauTexte", "{{ ligne.rapporteur }}"), widths[2]),
    )
    rows = _loop("ligne in sommaire", len(heads), line)
    grid = [mm(width * 1.66) for width in widths]
    return when(
        "sommaire",
        paragraph("Caption", "Points à l’ordre du jour"),
        table("TableauActe", "Points à l’ordre du jour", grid, head, *rows, first_row=True),
    )


def _loop(loop: str, columns: int, line: str) -> tuple[str, str, str]:
    """A row repeated: `{%tr for … %}` and `{%tr endfor %}` each stand in a row that disappears."""
    opening, closing = f"{{%tr for {loop} %}}", "{%tr endfor %}"
    return (
        *(
            row(*(cell(paragraph("Balise", tag if not index else "")) for index in range(columns)))
            for tag in (opening,)
        ),
        line,
        row(*(cell(paragraph("Balise", closing if not index else "")) for index in range(columns))),
    )


# --- a point --------------------------------------------------------------------------------------------


def _objet() -> str:
    return "".join(
        (
            paragraph("Objet", "{{ point.objet }}"),
            when(
                "point.rapporteur",
                paragraph(
                    "MentionDeNote",
                    run(f"{{{{ point.rapporteur_titre }}}}{_COLON}"),
                    strong("{{ point.rapporteur }}"),
                ),
            ),
            when("point.avis_rendu", paragraph("MentionDeNote", "{{ point.avis_rendu }}")),
        )
    )


def _prose(key: str, title: str) -> str:
    heading = paragraph("Heading2", title) if title else ""
    return when(f"point.{key}", heading, paragraph("BodyText", f"{{{{p point.{key} }}}}"))


def _plain(key: str) -> str:
    return _prose(key, "")


def _consequences(title: str) -> str:
    some = "point.finances or point.finances_lignes or point.incidence_rh or point.incidence_juridique"
    return when(
        some,
        paragraph("Heading2", title),
        when(
            "point.finances or point.finances_lignes",
            paragraph("Heading3", "Incidence financière"),
            _finances(),
        ),
        _sub("incidence_rh", "Ressources humaines"),
        _sub("incidence_juridique", "Incidence juridique"),
    )


def _sub(key: str, title: str) -> str:
    return when(
        f"point.{key}", paragraph("Heading3", title), paragraph("BodyText", f"{{{{p point.{key} }}}}")
    )


def _finances() -> str:
    return when("point.finances", paragraph("BodyText", "{{p point.finances }}")) + each(
        "ligne in point.finances_lignes",
        paragraph("LigneDeMontant", strong(f"{{{{ ligne.libelle }}}}{_COLON}"), run("{{ ligne.texte }}")),
    )


def _calendar() -> str:
    return when(
        "point.calendrier",
        paragraph("Heading2", "Calendrier"),
        each(
            "etape in point.calendrier",
            paragraph("ListBullet", strong(f"{{{{ etape.quand }}}}{_COLON}"), run("{{ etape.libelle }}")),
        ),
    )


def _listed(key: str, title: str) -> str:
    return when(
        f"point.{key}",
        paragraph("Heading2", title),
        each(f"ligne in point.{key}", paragraph("ListBullet", "{{ ligne }}")),
    )


def _decisions() -> str:
    return when(
        "point.decisions",
        paragraph("Formule", strong("{{ point.decisions_titre }}")),
        paragraph("ListBullet", "{{p point.decisions }}"),
    )


def _annexes() -> str:
    return when(
        "point.annexes",
        paragraph("Rubrique", "{% if point.annexes|length > 1 %}Annexes{% else %}Annexe{% endif %}"),
        each("annexe in point.annexes", paragraph("Mention", "{{ annexe }}")),
    )


def _signature() -> str:
    return when("signatures", when("lieu_et_date", paragraph("Fait", "{{ lieu_et_date }}")), signatures())


PAGES = (
    Page("notes/note_de_commission", "Modèle de note de commission", note_de_commission),
    Page("notes/rapport_de_presentation", "Modèle de rapport de présentation", rapport_de_presentation),
    Page("notes/note_de_synthese", "Modèle de note explicative de synthèse", note_de_synthese),
)
