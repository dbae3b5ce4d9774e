"""Headers and footers: those of the two chartes, with their logo, and the plain ones of the templates.

They only cite what every kind of document has: `collectivite`, `reference`.
"""

from __future__ import annotations

from tools.word.looks import Look
from tools.word.xml import cell, field, footer, header, mm, paragraph, picture, row, run, strong, table

LOGO_ALT = "Logo de la collectivité : trois collines sous le soleil"
_OF_HOW_MANY = (
    run("{% if publipostage is not defined %} / "),
    field("NUMPAGES"),
    run("{% endif %}"),
)
"""« / 3 »; not where one file holds letters to several persons, whose pages are numbered letter by letter."""
_NAMED = 62
"""Share of the first header, in percent, taken by logo and name; the rest stays free for the stamp."""


def house_head(look: Look) -> str:
    """First page of the charte: the logo beside the name."""
    side = 18 if look.centred else 20
    width = (210 - look.margins[1] - look.margins[3]) * _NAMED / 100
    share = 100 * (side + 4) / width
    logo = paragraph("Logo", picture(f"rId_{look.logo.removesuffix('.png')}", LOGO_ALT, side, side))
    layout = table(
        "MiseEnPage",
        "Mise en page : logo et nom de la collectivité",
        [mm(side + 4), mm(width - side - 4)],
        row(cell(logo, share, align="center"), cell(_name(), 100 - share, align="center")),
        width=_NAMED,
    )
    return header(layout + paragraph("EnTeteFilet"))


def _name() -> str:
    lines = ("{%p if collectivite.service %}", "{{ collectivite.service }}", "{%p endif %}")
    name = paragraph("Collectivite", "{{ collectivite.nom }}")
    return name + "".join(paragraph("Header", line) for line in lines)


def running_head() -> str:
    """Next pages of the charte: the name and the act's reference.

    A table as wide as the text rather than a tab: it follows a landscape page, and a long reference.
    """
    return header(
        _two(
            "Mise en page : en-tête",
            ("EnTeteSuite", "EnTeteDroite"),
            47,  # « Convention de partenariat 2027-2029 – projet du 24 septembre 2026 » stands on one line
            run("{{ collectivite.nom }}"),
            run("{{ reference }}"),
        )
        + paragraph("EnTeteFilet")
    )


def address_foot() -> str:
    """The address, the ways to reach the collectivité, and page x / y. A table as wide as the text, like the
    head: a tab stands where a page upright wants it. What follows it says nothing: LibreOffice loses it."""
    said = (
        strong("{{ collectivite.nom }}"),
        run("\n{{ collectivite.adresse }}"),
        run("{% if collectivite.telephone %} – {{ collectivite.telephone }}{% endif %}"),
        run("{% if collectivite.courriel %} – {{ collectivite.courriel }}{% endif %}"),
    )
    page = (run("Page "), field("PAGE"), *_OF_HOW_MANY)
    left, right = paragraph("PiedSuite", *said), paragraph("PiedPage", *page)
    layout = table(
        "MiseEnPage",
        "Mise en page : pied de page",
        [mm(166 * 0.82), mm(166 * 0.18)],
        row(cell(left, 82), cell(right, 18)),
        fixed=True,
    )
    return footer(layout + paragraph("PiedFin"))


def plain_head() -> str:
    """First page of a template that wears no charte, as the paper of another body does: its name, no logo."""
    layout = table(
        "MiseEnPage",
        "Mise en page : nom de la collectivité",
        [mm(166)],
        row(cell(_name(), 100, align="center")),
    )
    return header(layout + paragraph("EnTeteFilet"))


def _two(description: str, styles: tuple[str, str], share: float, left: str, right: str) -> str:
    """Two texts on one line, at the left and right margins; `share` of the first, in percent."""
    cells = (cell(paragraph(styles[0], left), share), cell(paragraph(styles[1], right), 100 - share))
    grid = [mm(166 * share / 100), mm(166 * (100 - share) / 100)]
    return table("MiseEnPage", description, grid, row(*cells), fixed=True)
