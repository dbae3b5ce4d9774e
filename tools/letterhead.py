"""Headers and footers: those of the two chartes, with their logo, and the plain ones of the templates.

They only cite what every kind of document has: `collectivite`, `reference`.
"""

from __future__ import annotations

from looks import Look
from word_xml import cell, field, footer, header, mm, paragraph, picture, row, run, strong, table

LOGO_ALT = "Logo de la collectivité : trois collines sous le soleil"
_NAMED = 62
"""Share of the first header, in percent, taken by logo and name; the rest stays free for the stamp."""


def letterhead(look: Look) -> str:
    """First page of the charte: the logo beside the name."""
    side = 18 if look.centred else 20
    width = (210 - look.margins[1] - look.margins[3]) * _NAMED / 100
    share = 100 * (side + 4) / width
    logo = paragraph("Logo", picture(f"rId_{look.logo.removesuffix('.png')}", LOGO_ALT, side, side))
    name = paragraph("Collectivite", "{{ collectivite.nom }}") + paragraph(
        "Header", "{{ collectivite.service }}"
    )
    layout = table(
        "MiseEnPage",
        "Mise en page : logo et nom de la collectivité",
        [mm(side + 4), mm(width - side - 4)],
        row(cell(logo, share, align="center"), cell(name, 100 - share, align="center")),
        width=_NAMED,
    )
    return header(layout + paragraph("EnTeteFilet"))


def running_head() -> str:
    """Next pages of the charte: the name and the act's reference."""
    return header(paragraph("EnTeteSuite", "{{ collectivite.nom }}\t{{ reference }}"))


def address_foot() -> str:
    """The address, the ways to reach the collectivité, and page x / y."""
    return footer(
        paragraph(
            "PiedSuite",
            strong("{{ collectivite.nom }}"),
            run("\n{{ collectivite.adresse }}"),
            run("{% if collectivite.telephone %} – {{ collectivite.telephone }}{% endif %}"),
            run("{% if collectivite.courriel %} – {{ collectivite.courriel }}{% endif %}\tPage "),
            field("PAGE"),
            run(" / "),
            field("NUMPAGES"),
        )
    )


def plain_head() -> str:
    """What a template wears when no charte is given."""
    return header(paragraph("EnTeteSuite", "{{ collectivite.nom }}\t{{ reference }}"))


def plain_foot() -> str:
    return footer(paragraph("PiedSuite", run("\tPage "), field("PAGE"), run(" / "), field("NUMPAGES")))
