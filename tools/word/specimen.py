"""The page that an agent sees on opening a charte: every style, named, in its own look."""

from __future__ import annotations

from ctgdocs.templates.roles import ROLES
from tools.word.looks import Look
from tools.word.paragraph_looks import OWN
from tools.word.xml import cell, mm, paragraph, row, run, strong, table


def specimen(look: Look) -> str:
    sample = paragraph("Title", f"Charte « {look.name} »") + paragraph(
        "Subtitle", "Le papier à en-tête de la collectivité : il habille tous les documents"
    )
    sample += paragraph("Reference", "Mode d’emploi") + paragraph(
        "Objet", "Changer un style ici le change partout"
    )
    sample += paragraph(
        "BodyText",
        strong("Pour adapter cette charte : "),
        run(
            "remplacez le logo et les textes de l’en-tête et du pied de page, modifiez les styles (volet "
            "Styles de Word), les marges ou les couleurs, enregistrez, puis lancez la génération. Le texte "
            "de cette page n’est jamais repris dans les documents."
        ),
    )
    sample += (
        paragraph("Heading1", "Titre 1") + paragraph("Heading2", "Titre 2") + paragraph("Heading3", "Titre 3")
    )
    sample += paragraph("Heading4", "Titre 4")
    shown = ("BodyText", "Quote", "Seance", "Presence", "BureauDeSeance", "Visa", "Considerant", "Formule")
    names = {style.id: style.french for style in (ROLES | OWN).values()}
    sample += "".join(paragraph(id, f"Style « {names[id]} » : {_TEXT}") for id in shown)
    sample += paragraph("Verbe", "Décide") + paragraph("Article", "Style « Article »")
    lists = ("ListBullet", "ListBullet2", "ListBullet3", "ListNumber", "ListNumber2", "ListNumber3")
    sample += "".join(paragraph(id, f"Style « {names[id]} »") for id in lists)
    return (
        sample
        + _table()
        + paragraph("Rubrique", "Rubrique")
        + paragraph("Mention", f"Style « Mention » : {_TEXT}")
    )


_TEXT = (
    "La Vaurelle est un pays de collines, entre la Garonne et le Gers, où chaque commune tient à son école."
)


def _table() -> str:
    head = row(
        cell(paragraph("TableauEntete", "Tableau en-tête"), 60),
        cell(paragraph("TableauEntete", "Montant"), 40),
        header=True,
    )
    line = row(
        cell(paragraph("TableauTexte", "Tableau texte"), 60),
        cell(paragraph("TableauMontant", "12\u202f500,00\u00a0€"), 40),
    )
    return paragraph("Caption", "Légende du tableau") + table(
        "TableauActe", "Exemple de tableau", [mm(100), mm(66)], head, line, first_row=True
    )
