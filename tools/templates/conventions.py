"""The bodies of the convention templates: the CTG with its cover, the avenant, the other conventions.

One section holds the first page (the only one under the letterhead's first header); the summary table of a
plan d'actions has a landscape section of its own, between two breaks that exist only with it. Every other
section is continuous, so that a convention without plan d'actions gets no blank page.
"""

from __future__ import annotations

from tools.templates._annexes import annexes, loop_row, page_of
from tools.word.looks import Look
from tools.word.page import Page
from tools.word.xml import (
    block,
    cell,
    each,
    mm,
    paragraph,
    row,
    run,
    section_break,
    table,
    when,
)

_SIGNERS_TOGETHER = 10
"""Up to so many signatures keep together; beyond, a page may end between two rows of them."""


def ctg(look: Look) -> str:
    """The convention territoriale globale: cover, table of contents, parties, articles, annexes."""
    return "".join(
        (
            _cover(look),
            _contents(on_a_new_page=True),
            _parties(on_a_new_page=True),
            _text(),
            _signatures(),
            annexes(look),
        )
    )


def convention(look: Look) -> str:
    """A convention of financing or partnership: a title block rather than a cover."""
    return "".join(
        (
            _title_block(look),
            _contents(on_a_new_page=False),
            _parties(on_a_new_page=False),
            _text(),
            _signatures(),
            annexes(look),
        )
    )


def avenant(look: Look) -> str:
    """An avenant: its title says its rank and the convention it amends; no table of contents."""
    return "".join(
        (
            _title_block(look, "reference"),
            _parties(on_a_new_page=False),
            _text(),
            _signatures(),
            annexes(look),
        )
    )


# --- the first page -------------------------------------------------------------------------------------


def _status(style: str = "MentionProjet") -> str:
    return when("mention_projet", paragraph(style, "{{ mention_projet }}"))


def _cover(look: Look) -> str:
    """Title, period, parties; the last paragraph ends the section."""
    names = each(
        "groupe in groupes",
        block("if groupe.nom"),
        paragraph(
            "CouverturePartie",
            run("{{ groupe.nom[:1]|upper }}{{ groupe.nom[1:] }}\u00a0:\n"),
            run("{{ groupe.liste }}", "Emphasis"),
        ),
        block("else"),
        each("partie in groupe.parties", paragraph("CouverturePartie", "{{ partie.nom }}")),
        block("endif"),
    )
    return "".join(
        (
            paragraph("CouvertureTitre", "{{ titre }}"),
            when("sous_titre", paragraph("CouvertureSousTitre", "{{ sous_titre }}")),
            when("objet", paragraph("CouvertureObjet", "{{ objet }}")),
            _status("CouvertureStatut"),
            paragraph("CouvertureEntre", "Entre"),
            names,
            _logos(),
            section_break("FinDeSection", page_of(look, heads=True)),
        )
    )


def _logos() -> str:
    """Those of the parties, side by side."""
    pieces = ("{% for logo in logos %}", "{{r logo }}", "\u2003{% endfor %}")
    return when("logos", paragraph("CouvertureLogos", *map(run, pieces)))


def _title_block(look: Look, title: str = "titre") -> str:
    """Title and period on the first page, above the parties."""
    return "".join(
        (
            paragraph("Title", f"{{{{ {title} }}}}"),
            when("sous_titre", paragraph("Subtitle", "{{ sous_titre }}")),
            when("cadre", paragraph("Reference", "{{ cadre }}")),
            when("objet", paragraph("Objet", "{{ objet }}")),
            _logos(),
            _status(),
            section_break("FinDeSection", page_of(look, heads=True)),
        )
    )


def last_section(look: Look) -> str:
    """The properties of the section that ends with the document."""
    return page_of(look)


def _contents(*, on_a_new_page: bool) -> str:
    return when(
        "sommaire",
        paragraph("TOCHeading", "Sommaire", page_before=on_a_new_page),
        paragraph("TOC1", "{{p sommaire }}"),
    )


# --- the convention -------------------------------------------------------------------------------------


def _parties(*, on_a_new_page: bool) -> str:
    """Who agrees, what they refer to, and the words that open the agreement."""
    one = paragraph(
        "Partie",
        run("{{ partie.texte }}"),
        run("{% if partie.court %} "),
        run("{{ partie.court }}"),
        run(",{% endif %}"),
    )
    return "".join(
        (
            paragraph("Entre", "Entre", page_before=on_a_new_page),
            each(
                "groupe in groupes",
                block("if not loop.first"),
                paragraph("Entre", "Et"),
                block("endif"),
                each("partie in groupe.parties", one),
                when("groupe.mention", paragraph("PartieEnsemble", "{{ groupe.mention }},")),
            ),
            each(
                "visa in visas",
                block("if loop.first"),
                paragraph("PremierVisa", "{{ visa }}"),
                block("else"),
                paragraph("Visa", "{{ visa }}"),
                block("endif"),
            ),
            each("considerant in considerants", paragraph("Considerant", "{{ considerant }}")),
            when("preambule", paragraph("Preambule", "Préambule"), paragraph("BodyText", "{{p preambule }}")),
            paragraph("Verbe", "{{ formule }}"),
        )
    )


def _text() -> str:
    """The last article keeps with « Fait » and the signatures."""
    text = "{{p article.texte }}"
    return each(
        "article in articles",
        paragraph("BodyText", "{{p article.titre }}"),
        block("if loop.last"),
        paragraph("BodyText", text, kept=True),
        block("else"),
        paragraph("BodyText", text),
        block("endif"),
    )


def _signatures() -> str:
    """Two blocks a row, each whole. A few signatures keep together on their page; many go on over pages."""
    return when(
        "signatures",
        paragraph("Fait", "{{ fait }}"),
        block(f"if signatures|length > {_SIGNERS_TOGETHER}"),
        _signature_table(together=False),
        block("else"),
        _signature_table(together=True),
        block("endif"),
    )


def _signature_table(*, together: bool) -> str:
    """The quality of each in one row, the names level with each other in the next."""
    free = "" if together else "Libre"

    def signed(key: str) -> str:
        return "".join(
            (
                paragraph("PourLaPartie", f"{{{{ {key}.partie }}}}", kept=True),
                block(f"if {key}.mention"),
                paragraph("SignatureMention", f"{{{{ {key}.mention }}}}", kept=True),
                block("endif"),
                paragraph("Signature", f"{{{{ {key}.qualite }}}}", kept=True),
            )
        )

    def second(said: str, style: str) -> str:
        empty = block("else") + paragraph(style, "") + block("endif")
        return cell(block("if deux|length > 1") + said + empty, 50)

    def name(key: str) -> str:
        return paragraph(f"Signataire{free}", f"{{{{ {key}.nom }}}}")

    return table(
        "MiseEnPage",
        "Mise en page : signatures",
        [mm(83), mm(83)],
        loop_row("for deux in signatures|batch(2)", 2),
        row(cell(signed("deux[0]"), 50), second(signed("deux[1]"), "Signature")),
        row(cell(name("deux[0]"), 50), second(name("deux[1]"), f"Signataire{free}")),
        loop_row("endfor", 2),
    )


PAGES = (
    Page("conventions/ctg", "Modèle de convention territoriale globale", ctg, last_section),
    Page("conventions/avenant", "Modèle d’avenant", avenant, last_section),
    Page("conventions/convention", "Modèle de convention", convention, last_section),
)
