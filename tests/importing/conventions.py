"""Old conventions as people make them in Word: no style, bold titles, numbers typed by hand, tables as
layout.

`Habit` is how one house writes; `a_convention` writes the same invented convention in any of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Literal

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

Numbers = Literal["article", "ARTICLE", "decimal", "roman", "style", "bold"]


@dataclass(frozen=True)
class Habit:
    """`numbers`: how the titles of the articles are told; `parties`: in paragraphs or in a table; `plan`: one
    table a fiche, one row an action, or none; `annexes`: « Annexe 1 » or « ANNEXE A »; `bullet`: the sign
    typed before an item, "" for Word's own list; `signatures`: in a table or with tabs."""

    numbers: Numbers = "article"
    parties: Literal["text", "table"] = "text"
    plan: Literal["fiches", "rows", ""] = "fiches"
    annexes: Literal["1", "A"] = "1"
    bullet: str = "-"
    signatures: Literal["table", "tabs"] = "table"
    framed: bool = False
    """The title stands in a table."""


@dataclass
class Article:
    title: str
    texts: list[str]
    items: list[str] = field(default_factory=list)
    after: str = ""


VISAS = (
    "Vu le code de l’action sociale et des familles, notamment son article L. 214-1-3 ;",
    "Vu la circulaire n° 2020-01 du 16 janvier 2020 relative aux conventions territoriales globales ;",
    "Vu la délibération n° 2021-077 du conseil communautaire du 9 décembre 2021 ;",
)
REASONS = (
    "Considérant que le territoire compte neuf communes rurales ;",
    "Considérant la volonté commune de rapprocher les services des familles ;",
)
PREAMBLE = (
    "Le Pays de Brisol compte neuf communes et six mille habitants. Le diagnostic a été conduit en 2021.",
    "Les partenaires ont tenu trois ateliers ouverts aux associations.",
)
ARTICLES = (
    Article(
        "Objet de la convention",
        ["La présente convention fixe un cadre commun d’intervention. Elle porte sur quatre champs."],
        ["la petite enfance et la parentalité ;", "l’enfance et la jeunesse ;", "l’accès aux droits."],
        "Le diagnostic figure en annexe 1.",
    ),
    Article(
        "Engagements des partenaires",
        [
            "Chaque partie mobilise les moyens décrits à l’article 4.",
            "La Caf apporte ses données et son ingénierie.",
        ],
    ),
    Article(
        "Gouvernance",
        [
            "Un comité de pilotage se réunit deux fois par an. Il est coprésidé par la présidente et par "
            "la Caf."
        ],
        ["il valide le bilan annuel ;", "il ajuste le plan d’actions présenté à l’annexe 2."],
    ),
    Article(
        "Moyens",
        ["La communauté de communes emploie une chargée de coopération, pour un montant de 46 500 € par an."],
    ),
    Article("Durée", ["La convention est conclue pour cinq ans, du 1er janvier 2022 au 31 décembre 2026."]),
    Article(
        "Recours", ["Les litiges relèvent du tribunal administratif de Brisolac, saisi dans les deux mois."]
    ),
)
ACTIONS = (
    ("Petite enfance", "1.1", "Ouvrir un relais itinérant", "Communauté de communes", "24 000", "2022-2024"),
    ("Petite enfance", "1.2", "Former les assistantes maternelles", "Caf", "6 500", "2023"),
    (
        "Jeunesse",
        "2.1",
        "Créer un accueil de jeunes à Sauvadou",
        "Commune de Sauvadou",
        "18 000",
        "2023-2026",
    ),
)
DIAGNOSTIC = "La population de moins de six ans recule de quatre pour cent en cinq ans."
HOUSE = "La Communauté de communes du Pays de Brisol"
HOUSE_SAYS = (
    f"{HOUSE}, dont le siège est situé 4 place du Foirail, 82991 Brisolac, représentée par sa présidente, "
    "Madame Inès VERDOLLE, dûment autorisée par délibération n° 2021-077 du 9 décembre 2021, "
    "ci-après dénommée « la communauté de communes »,"
)
CAF_SAYS = (
    "La Caisse d’allocations familiales du Brisolais, représentée par M. Paul Ségaline, directeur, et "
    "par Mme Odile "
    "Farandou, présidente du conseil d’administration, ci-après dénommée « la Caf »,"
)
TOWNS_SAY = (
    "Les communes de Sauvadou, Le Mas-Brisol et Peyreforte, représentées par leurs maires, ci-après "
    "dénommées ensemble "
    "« les communes signataires »,"
)
PRIVATE_TITLE = "Convention territoriale globale"


def sentences() -> list[str]:
    """Every sentence of the body that a field must hold as it is."""
    texts = [
        *(text for text in PREAMBLE),
        DIAGNOSTIC,
        *(reason.removeprefix("Considérant ").rstrip(" ;") for reason in REASONS),
    ]
    for article in ARTICLES:
        texts += [*article.texts, *article.items]
    return [sentence.strip(" ;.") for text in texts for sentence in text.split(". ")]


class _Page:
    def __init__(self, habit: Habit) -> None:
        self.habit = habit
        self.doc: Any = Document()
        for style in ("Normal",):
            self.doc.styles[style].font.size = Pt(11)

    def para(
        self, text: str, *, bold: bool = False, centred: bool = False, style: str = "", where: Any = None
    ) -> Any:
        paragraph = (where or self.doc).add_paragraph(style=style or None)
        run = paragraph.add_run(text)
        run.bold = bold or None
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        return paragraph

    def item(self, text: str) -> None:
        if self.habit.bullet:
            self.para(f"{self.habit.bullet} {text}")
        else:
            self.para(text, style="List Bullet")

    def title(self, rank: int, title: str) -> None:
        roman = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")[rank - 1]
        match self.habit.numbers:
            case "article":
                self.para(f"Article {'1er' if rank == 1 else rank} – {title}", bold=True)
            case "ARTICLE":
                self.para(f"ARTICLE {rank}", bold=True, centred=True)
                self.para(title.upper(), bold=True, centred=True)
            case "decimal":
                self.para(f"{rank}. {title}", bold=True)
            case "roman":
                self.para(f"{roman} – {title.upper()}")
            case "style":
                self.para(title, style="Heading 1")
            case "bold":
                self.para(title, bold=True)

    def table(self, rows: list[list[str]], *, bold_first: bool = False) -> Any:
        table = self.doc.add_table(rows=len(rows), cols=len(rows[0]))
        for at, row in enumerate(rows):
            for column, text in enumerate(row):
                cell = table.cell(at, column)
                lines = text.split("\n")
                cell.paragraphs[0].add_run(lines[0]).bold = (bold_first and at == 0) or None
                for line in lines[1:]:
                    cell.add_paragraph(line)
        return table


def a_convention(habit: Habit) -> bytes:
    """The same convention, in one house's habits."""
    page = _Page(habit)
    _head(page)
    _parties(page)
    for text in (*VISAS, *REASONS):
        page.para(text)
    page.para("PRÉAMBULE", bold=True, centred=True)
    for text in PREAMBLE:
        page.para(text)
    page.para("Il a été convenu ce qui suit :")
    for rank, article in enumerate(ARTICLES, start=1):
        page.title(rank, article.title)
        for text in article.texts:
            page.para(text)
        for item in article.items:
            page.item(item)
        if article.after:
            page.para(article.after)
    _end(page)
    _annexes(page)
    section = page.doc.sections[0]
    section.header.paragraphs[0].text = "Convention territoriale globale – Pays de Brisol"
    stream = BytesIO()
    page.doc.save(stream)
    return stream.getvalue()


def _head(page: _Page) -> None:
    lines = ("CONVENTION TERRITORIALE GLOBALE", "Pays de Brisol", "2022-2026")
    if page.habit.framed:
        table = page.table([["\n".join(lines)]])
        table.cell(0, 0).paragraphs[0].runs[0].bold = True
    else:
        for line in lines:
            page.para(line, bold=True, centred=True)


def _parties(page: _Page) -> None:
    if page.habit.parties == "table":
        page.para("Les soussignés", bold=True)
        page.table([["La collectivité", HOUSE_SAYS], ["La Caf", CAF_SAYS], ["Les communes", TOWNS_SAY]])
        return
    page.para("ENTRE :")
    page.para(HOUSE_SAYS)
    page.para("d’une part,")
    page.para("ET :")
    page.para(CAF_SAYS)
    page.para("ET :")
    page.para(TOWNS_SAY)
    page.para("d’autre part,")


def _end(page: _Page) -> None:
    page.para("Fait à Brisolac, le 20 décembre 2021, en cinq exemplaires originaux.")
    if page.habit.signatures == "table":
        page.table(
            [
                [
                    "Pour la communauté de communes\nLa présidente\nInès VERDOLLE",
                    "Pour la Caf\nLe directeur\nPaul Ségaline",
                ]
            ]
        )
    else:
        page.para("La présidente,\t\t\tLe directeur,")
        page.para("Inès VERDOLLE\t\t\tPaul Ségaline")


def _annexes(page: _Page) -> None:
    names = ("1", "2") if page.habit.annexes == "1" else ("A", "B")
    page.para(f"ANNEXE {names[0]} : Diagnostic partagé", bold=True)
    page.para(DIAGNOSTIC)
    page.table([["Commune", "Enfants de moins de 6 ans"], ["Sauvadou", "112"], ["Peyreforte", "64"]])
    if not page.habit.plan:
        return
    page.para(f"ANNEXE {names[1]} : Plan d’actions", bold=True)
    if page.habit.plan == "rows":
        rows = [
            ["Axe", "N°", "Action", "Pilote", "Coût", "Calendrier"],
            *(list(action) for action in ACTIONS),
        ]
        page.table(rows, bold_first=True)
        return
    axis = ""
    for at, (title, number, action, pilot, cost, calendar) in enumerate(ACTIONS, start=1):
        if title != axis:
            page.para(f"AXE {number[0]} – {title}", bold=True)
            axis = title
        page.para(f"Fiche action n° {number} : {action}", bold=True)
        page.table(
            [
                ["Pilote", pilot],
                ["Partenaires", "Associations\nÉcoles"],
                ["Description", f"Première étape de la fiche {at}.\nSeconde étape de la fiche {at}."],
                ["Coût prévisionnel", f"{cost} €"],
                ["Calendrier", calendar],
                ["Indicateurs de réussite", "Nombre de familles"],
            ]
        )


def with_extras(data: bytes, *xml: str) -> bytes:
    """The same file with paragraphs of raw XML before its signature: tracked changes, text boxes…"""
    document: Any = Document(BytesIO(data))
    anchor = next(one for one in document.paragraphs if one.text.startswith("Fait à"))
    for one in xml:
        anchor._p.addprevious(parse_xml(one.replace("<w:p>", f"<w:p {nsdecls('w')}>", 1)))
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()
