"""The papers of a meeting: convocation and pouvoir, ordre du jour, feuille d’émargement, relevé."""

from __future__ import annotations

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
    section,
    section_break,
    strong,
    table,
    when,
)

_COLON = "\u00a0: "
SEPARATED = "{% if loop.last %}.{% else %}\u202f; {% endif %}"
_ENCLOSED = "{% if jointes|length > 1 %}Pièces jointes{% else %}Pièce jointe{% endif %}"
_SIGNED = "Signature, précédée de la mention manuscrite «\u00a0Bon pour pouvoir\u00a0»"
_SPACED = (
    f'<w:tcMar><w:top w:w="{mm(4)}" w:type="dxa"/><w:bottom w:w="{mm(4)}" w:type="dxa"/></w:tcMar></w:tcPr>'
)
"""Room above the signatures of a letter, as « Fait à… » gives elsewhere, and below them."""
_TOP = '<w:vAlign w:val="top"/></w:tcPr>'


def _page(look: Look) -> tuple[tuple[int, int, int, int], int]:
    top, right, bottom, left = (mm(length) for length in look.margins)
    return (top, right, bottom, left), mm(9)


# --- convocation ----------------------------------------------------------------------------------------


def convocation(look: Look) -> str:
    """One letter after the other, each a section of its own: its first page wears the letterhead and its
    pages are numbered from 1."""
    letter = "".join(
        (
            paragraph("Destinataire", "{{ lettre.nom }}"),
            each("qualite in lettre.qualites", paragraph("DestinataireSuite", "{{ qualite }}")),
            paragraph("LieuEtDate", "{{ date_lieu }}"),
            band(),
            paragraph("BodyText", "{{ lettre.appel }}"),
            paragraph("BodyText", "{{ lettre.invitation }}", kept=True),
            when_and_where(),
            each("ligne in complements", paragraph("BodyText", "{{ ligne }}")),
            paragraph("Heading2", "Ordre du jour"),
            paragraph("ListNumber", "{{p ordre_du_jour }}"),
            when(
                "jointes",
                paragraph(
                    "SuiteDeListe",
                    strong(f"{_ENCLOSED}{_COLON}"),
                    run("{% for piece in jointes %}{{ piece }}" + SEPARATED + "{% endfor %}"),
                ),
            ),
            block("if jointes"),
            paragraph("BodyText", "{{ lettre.empechement }}"),
            block("else"),
            paragraph("SuiteDeListe", "{{ lettre.empechement }}"),
            block("endif"),
            paragraph("BodyText", "{{ lettre.politesse }}", kept=True),
            _letter_signed(),
            _running("Destinataires", "destinataires"),
            when(
                "copies",
                paragraph("Mention", strong("Copie\u00a0:"), kept=True),
                each("nom in copies", paragraph("ListBullet", "{{ nom }}", kept=True)),
            ),
            when("lettre.pouvoir", _pouvoir()),
        )
    )
    apart = block("if not loop.first") + section_break("FinDeSection", letter_section(look)) + block("endif")
    return each("lettre in lettres", apart, letter)


def _letter_signed() -> str:
    """One signature on the right, or one column per signatory."""
    return "".join(
        (
            block("if signatures|length > 1"),
            signatures(_SPACED),
            block("else"),
            paragraph("SignatureLettre", "{{ signature.qualite }}"),
            paragraph("SignataireLettre", "{{ signature.nom }}"),
            block("endif"),
        )
    )


def letter_section(look: Look) -> str:
    """The section of one letter: its pages are numbered from 1."""
    return section(*_page(look), heads=True).replace("<w:titlePg/>", '<w:pgNumType w:start="1"/><w:titlePg/>')


def last_section(look: Look) -> str:
    """That of the last letter, which ends the file."""
    return letter_section(look)


def _running(title: str, key: str) -> str:
    return when(
        key,
        paragraph(
            "Mention",
            strong(f"{title}{_COLON}"),
            run(f"{{% for nom in {key} %}}{{{{ nom }}}}" + SEPARATED + "{% endfor %}"),
            kept=True,
        ),
    )


def _pouvoir() -> str:
    """The form that a member who cannot come fills in: on a page of its own for whom it names, else two on a
    page, to cut."""
    named = _form(paragraph("BodyText", "{{ lettre.mandant }}", kept=True), first=True, height=42)
    free = paragraph("LigneARemplir", "{{ mandant_libre }}\t")
    return "".join(
        (
            block("if lettre.mandant"),
            named,
            paragraph("Rubrique", "Règles du pouvoir"),
            each("ligne in mentions", paragraph("Mention", "{{ ligne }}", kept=True)),
            block("else"),
            _form(free, first=True, height=20),
            each("ligne in mentions", paragraph("Recours", "{{ ligne }}", kept=True)),
            _form(free, first=False, height=20),
            each("ligne in mentions", paragraph("Recours", "{{ ligne }}", kept=True)),
            block("endif"),
        )
    )


def _form(mandant: str, *, first: bool, height: int) -> str:
    """One form; `height` in millimetres, of the place to sign."""
    return "".join(
        (
            paragraph("Heading1", "Pouvoir", page_before=first),
            paragraph("Mention", "{{ sous_titre }}", kept=True),
            mandant,
            paragraph("BodyText", "{{ mandat }}", kept=True),
            paragraph("LigneARemplir", f"Nom et prénom du mandataire{_COLON}\t"),
            paragraph("LigneARemplir", f"Fait à{_COLON}\t"),
            paragraph("LigneARemplir", f"Le{_COLON}\t"),
            table(
                "TableauActe",
                "Mise en page : cadre de la signature du mandant",
                [mm(166)],
                row(
                    cell(paragraph("TableauTexte", _SIGNED, kept=True)).replace("</w:tcPr>", _TOP),
                    height=mm(height),
                ),
            ),
        )
    )


def band() -> str:
    """What it is, and of which meeting."""
    return paragraph("Reference", "{{ titre }}") + paragraph("Objet", "{{ intitule }}")


def when_and_where() -> str:
    return paragraph("RendezVous", "{{ quand }}") + paragraph("RendezVousLieu", "{{ lieu }}")


# --- ordre du jour --------------------------------------------------------------------------------------


def ordre_du_jour(look: Look) -> str:
    return "".join(
        (
            band(),
            when_and_where(),
            paragraph("ListNumber", "{{p ordre_du_jour }}", kept=True),
            when("publique", paragraph("SuiteDeListe", "{{ publique }}", kept=True)),
            _letter_signed(),
        )
    )


_COLON = "\u00a0: "
SIGNED_ROW = 8.5
"""Height of a row that is signed by hand, in millimetres."""


# --- feuille d'émargement -------------------------------------------------------------------------------


def emargement(look: Look) -> str:
    """One table among three: by commune with suppléants, by member, or for a commission."""
    return "".join(
        (
            band(),
            paragraph("RendezVousLieu", "{{ horaire }}"),
            when("sieges", _seats()),
            when("membres", _members()),
            when("groupes", _groups()),
            when(
                "assistent",
                paragraph("Mention", strong(f"Assistent également{_COLON}"), run("{{ assistent }}.")),
            ),
            when(
                "mouvements",
                paragraph(
                    "Mention",
                    strong(f"Arrivées et départs{_COLON}"),
                    run("{% for ligne in mouvements %}{{ ligne }}" + SEPARATED + "{% endfor %}"),
                ),
            ),
            when("comptes", paragraph("Rubrique", "Nombre de personnes"), _counts()),
            paragraph("Fait", "{{ fait }}"),
            signatures(),
        )
    )


def _seats() -> str:
    heads = ("Commune", "Titulaire", "Suppléant", "Pouvoir donné à", "Signature")
    named = paragraph("TableauTexte", strong("{{ siege.titulaire }}")) + when(
        "siege.fonction", paragraph("TableauTexte", "{{ siege.fonction }}")
    )
    cells = (
        paragraph("TableauTexte", "{{ siege.commune }}"),
        named,
        paragraph("TableauTexte", "{{ siege.suppleant }}"),
        paragraph("TableauTexte", "{{ siege.pouvoir }}"),
        paragraph("TableauTexte"),
    )
    return _signed("Membres, par commune", heads, (20, 23, 19, 17, 21), "siege in sieges", cells)


def _members() -> str:
    named = paragraph("TableauTexte", strong("{{ membre.nom }}")) + when(
        "membre.fonction", paragraph("TableauTexte", "{{ membre.fonction }}")
    )
    cells = (named, paragraph("TableauTexte", "{{ membre.pouvoir }}"), paragraph("TableauTexte"))
    heads = ("Membre", "Pouvoir donné à", "Signature")
    return _signed("Membres", heads, (40, 30, 30), "membre in membres", cells)


def _groups() -> str:
    """Members, guests, agents: each group under its own heading, the head of its table repeated. A short last
    one keeps with what follows, so that no page certifies a sheet that it does not show."""
    heads, widths = ("Nom", "Qualité", "Signature"), (32, 38, 30)

    def signed(*, kept: bool) -> str:
        cells = (
            paragraph("TableauTexte", strong("{{ ligne.nom }}"), kept=kept),
            paragraph("TableauTexte", "{{ ligne.qualite }}", kept=kept),
            paragraph("TableauTexte", kept=kept),
        )
        return _signed("Personnes présentes", heads, widths, "ligne in groupe.lignes", cells)

    return each(
        "groupe in groupes",
        paragraph("Heading2", "{{ groupe.titre }}"),
        block("if loop.last and groupe.lignes|length < 7"),
        signed(kept=True),
        block("else"),
        signed(kept=False),
        block("endif"),
    )


def _signed(
    title: str, heads: tuple[str, ...], widths: tuple[int, ...], loop: str, cells: tuple[str, ...]
) -> str:
    """A table signed by hand: tall rows, a header on each page."""
    return looped(title, heads, widths, loop, cells, height=mm(SIGNED_ROW))


def looped(
    title: str,
    heads: tuple[str, ...],
    widths: tuple[int, ...],
    loop: str,
    cells: tuple[str, ...],
    *,
    height: int = 0,
) -> str:
    head = row(
        *(cell(paragraph("TableauEntete", text), width) for text, width in zip(heads, widths, strict=True)),
        header=True,
    )
    line = row(*(cell(text, width) for text, width in zip(cells, widths, strict=True)), height=height)
    grid = [mm(width * 1.66) for width in widths]
    return table(
        "TableauActe",
        title,
        grid,
        head,
        _tag(f"for {loop}", len(heads)),
        line,
        _tag("endfor", len(heads)),
        first_row=True,
        fixed=True,
    )


def _tag(tag: str, columns: int) -> str:
    """A row that holds one tag and disappears."""
    return row(
        cell(paragraph("Balise", f"{{%tr {tag} %}}")),
        *(cell(paragraph("Balise")) for _ in range(columns - 1)),
    )


def _counts() -> str:
    loop = cell(paragraph("Balise", "{%tc for compte in comptes %}"))
    end = cell(paragraph("Balise", "{%tc endfor %}"))
    head = row(loop, cell(paragraph("NombreEntete", "{{ compte.libelle }}")), end, header=True)
    figures = row(loop, cell(paragraph("CelluleLiee", "{{ compte.nombre }}")), end, height=mm(9))
    return table("TableauActe", "Nombre de personnes", [mm(55)] * 3, head, figures, first_row=True)


def signatures(margin: str = "</w:tcPr>") -> str:
    """One column per signatory, kept with the line above; `margin` ends the properties of their cells."""
    loop = cell(paragraph("Balise", "{%tc for signature in signatures %}"))
    end = cell(paragraph("Balise", "{%tc endfor %}"))
    signed = cell(
        paragraph("Signature", "{{ signature.qualite }}") + paragraph("Signataire", "{{ signature.nom }}")
    ).replace("</w:tcPr>", margin)
    return table("MiseEnPage", "Mise en page : signatures", [mm(55)] * 3, row(loop, signed, end))


# --- relevé de conclusions ------------------------------------------------------------------------------


def releve(look: Look) -> str:
    return "".join(
        (
            band(),
            paragraph("BodyText", "{{ ouverture }}"),
            each(
                "liste in presences",
                paragraph("Presence", strong(f"{{{{ liste.titre }}}}{_COLON}"), run("{{ liste.noms }}.")),
            ),
            when("effectif", paragraph("Presence", "{{ effectif }}")),
            each("point in points", _point()),
            when("prochaine", paragraph("Encadre", "{{ prochaine }}", kept=True)),
            when("fait or signatures", paragraph("Fait", "{{ fait }}")),
            when("signatures", signatures()),
        )
    )


def _point() -> str:
    """What was said of one point, the opinion, who does what for when."""
    dash = "{% if point.rapporteur and point.presentation %} – {% endif %}"
    who = "{{ point.rapporteur }}" + dash + "{{ point.presentation }}"
    cells = (
        paragraph("TableauTexte", "{{ action.qui }}"),
        paragraph("TableauTexte", "{{ action.quoi }}"),
        paragraph("TableauTexte", "{{ action.quand }}"),
    )
    return "".join(
        (
            paragraph("TitrePoint", "{{ point.objet }}"),
            when("point.rapporteur or point.presentation", paragraph("Mention", who, kept=True)),
            when("point.discussion", paragraph("BodyText", "{{p point.discussion }}")),
            when(
                "point.conclusion",
                paragraph("Heading3", "Conclusion"),
                paragraph("BodyText", "{{p point.conclusion }}"),
            ),
            when("point.avis", paragraph("Encadre", strong("{{ point.avis }}"))),
            when(
                "point.actions",
                paragraph("Heading3", "{% if point.actions|length > 1 %}Actions{% else %}Action{% endif %}"),
                looped(
                    "Actions décidées",
                    ("Qui", "Quoi", "Quand"),
                    (28, 50, 22),
                    "action in point.actions",
                    cells,
                ),
            ),
        )
    )


PAGES = (
    Page("reunions/convocation", "Modèle de convocation", convocation, last_section),
    Page("reunions/ordre-du-jour", "Modèle d’ordre du jour", ordre_du_jour),
    Page("reunions/emargement", "Modèle de feuille d’émargement", emargement),
    Page("reunions/releve", "Modèle de relevé de conclusions", releve),
)
