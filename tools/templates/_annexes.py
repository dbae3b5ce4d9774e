"""The annexes of a convention: the plan d'actions with its summary across a page, its fiches, the rest."""

from __future__ import annotations

from tools.word.looks import Look
from tools.word.xml import (
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


def page_of(look: Look, *, heads: bool = False, landscape: bool = False, continuous: bool = True) -> str:
    top, right, bottom, left = (mm(length) for length in look.margins)
    return section((top, right, bottom, left), mm(9), heads=heads, landscape=landscape, continuous=continuous)


def annexes(look: Look) -> str:
    return each(
        "annexe in annexes",
        paragraph("BodyText", "{{p annexe.titre }}"),
        when("annexe.texte", paragraph("BodyText", "{{p annexe.texte }}")),
        block("for axe in annexe.axes if axe.enjeu"),
        paragraph("Heading2", "{{ axe.titre }}"),
        paragraph("BodyText", "{{p axe.enjeu }}"),
        block("endfor"),
        when("annexe.financeurs", _funders()),
        when("annexe.synthese", _summary(look)),
        each("axe in annexe.axes", each("fiche in axe.fiches", _fiche())),
    )


def _summary(look: Look) -> str:
    """The actions in one table, on landscape pages."""
    return "".join(
        (
            section_break("FinDeSection", page_of(look)),
            paragraph("TitreSynthese", "Tableau de synthèse du plan d’actions"),
            _actions(),
            section_break("FinDeSection", page_of(look, landscape=True, continuous=False)),
        )
    )


_COLUMNS = (
    ("N°", 5),
    ("Action", 28),
    ("Pilote", 14),
    ("Partenaires", 18),
    ("Calendrier", 15),
    ("Coût", 10),
    ("Financé", 10),
)


def _kept_when(condition: str, text: str) -> str:
    """A cell of text, whose row keeps with the next one when `condition` holds."""
    return "".join(
        (
            block(f"if {condition}"),
            paragraph("SyntheseTexte", text, kept=True),
            block("else"),
            paragraph("SyntheseTexte", text),
            block("endif"),
        )
    )


def loop_row(tag: str, columns: int) -> str:
    cells = [cell(paragraph("Balise", f"{{%tr {tag} %}}"))]
    return row(*cells, *[cell(paragraph("Balise", ""))] * (columns - 1))


def _actions() -> str:
    count = len(_COLUMNS)
    widths = [width for _, width in _COLUMNS]
    head = row(*(cell(paragraph("SyntheseEntete", title), width) for title, width in _COLUMNS), header=True)
    action = paragraph("SyntheseTexte", "{{ ligne.titre }}") + when(
        "ligne.suite", paragraph("SyntheseSuite", "Action {{ ligne.suite|lower }}")
    )
    contents = (
        _kept_when("loop.last", "{{ ligne.numero }}"),
        action,
        paragraph("SyntheseTexte", "{{ ligne.pilote or '–' }}"),
        paragraph("SyntheseTexte", "{{ ligne.partenaires or '–' }}"),
        paragraph("SyntheseTexte", "{{ ligne.calendrier or '–' }}"),
        paragraph("SyntheseMontant", "{{ ligne.cout or '–' }}"),
        paragraph("SyntheseMontant", "{{ ligne.financement or '–' }}"),
    )
    axis = cell(paragraph("SyntheseAxe", "{{ ligne.axe }}"), 100, span=count)
    total = cell(
        paragraph("SyntheseTexte", strong("Total du plan d’actions")), sum(widths[:-2]), span=count - 2
    )
    sums = [
        cell(paragraph("SyntheseTotal", f"{{{{ annexe.synthese_total.{key} or '–' }}}}"), width)
        for key, width in (("cout", widths[-2]), ("financement", widths[-1]))
    ]
    return table(
        "TableauActe",
        "Synthèse du plan d’actions",
        [mm(253 * width / 100) for width in widths],
        head,
        loop_row("for ligne in annexe.synthese", count),
        loop_row("if loop.changed(ligne.axe)", count),
        row(axis),
        loop_row("endif", count),
        row(*(cell(piece, width) for piece, width in zip(contents, widths, strict=True))),
        loop_row("endfor", count),
        row(total, *sums),
        first_row=True,
        fixed=True,
    )


def _funders() -> str:
    """Who pays for the plan, one row each, and what all pay."""
    head = row(
        cell(paragraph("SyntheseEntete", "Financeur"), 70),
        cell(paragraph("SyntheseEntete", "Montant"), 30),
        header=True,
    )
    line = row(
        cell(paragraph("SyntheseTexte", "{{ financeur.nom }}", kept=True), 70),
        cell(paragraph("SyntheseMontant", "{{ financeur.montant }}"), 30),
    )
    total = row(
        cell(paragraph("SyntheseTexte", strong("Total")), 70),
        cell(paragraph("SyntheseTotal", "{{ annexe.synthese_total.financement }}"), 30),
    )
    return paragraph("Caption", "Répartition des financements du plan d’actions") + table(
        "TableauActe",
        "Répartition des financements",
        [mm(116), mm(50)],
        head,
        loop_row("for financeur in annexe.financeurs", 2),
        line,
        loop_row("endfor", 2),
        total,
        first_row=True,
        fixed=True,
    )


def _fiche() -> str:
    """One fiche action, on a page of its own: a table of headings and texts, then its financing."""
    head = row(
        cell(paragraph("FicheEntete", "N°\u00a0{{ fiche.numero }}"), 22),
        cell(
            paragraph(
                "FicheEntete",
                run("{{ fiche.axe }}"),
                run("{% if fiche.suite %} – action {{ fiche.suite|lower }}{% endif %}"),
            ),
            78,
        ),
        header=True,
    )
    line = row(
        cell(paragraph("FicheLibelle", "{{ ligne.libelle }}"), 22, align="top"),
        cell(paragraph("TableauTexte", "{{p ligne.texte }}"), 78, align="top"),
    )
    return (
        paragraph("BodyText", "{{p fiche.titre }}")
        + table(
            "TableauActe",
            "Fiche action",
            [mm(36), mm(130)],
            head,
            loop_row("for ligne in fiche.lignes", 2),
            line,
            loop_row("endfor", 2),
            first_row=True,
            first_column=True,
            fixed=True,
        )
        + when(
            "fiche.financement",
            paragraph("Caption", "Financement prévisionnel"),
            paragraph("BodyText", "{{p fiche.financement }}"),
        )
    )
