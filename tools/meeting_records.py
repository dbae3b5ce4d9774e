"""The papers that a meeting leaves: feuille d'émargement, relevé de conclusions."""

from __future__ import annotations

from looks import Look
from meeting_pages import band
from word_xml import cell, each, mm, paragraph, row, run, strong, table, when

_COLON = "\u00a0: "
SIGNED_ROW = 9
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
            when("comptes", paragraph("Heading2", "Nombre de personnes"), _counts()),
            paragraph("Fait", "{{ fait }}"),
            _signatures(),
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
    """Members, guests, agents: each group under its own heading, the head of its table repeated."""
    cells = (
        paragraph("TableauTexte", strong("{{ ligne.nom }}")),
        paragraph("TableauTexte", "{{ ligne.qualite }}"),
        paragraph("TableauTexte"),
    )
    heads = ("Nom", "Qualité", "Signature")
    return each(
        "groupe in groupes",
        paragraph("Heading2", "{{ groupe.titre }}"),
        _signed("Personnes présentes", heads, (32, 38, 30), "ligne in groupe.lignes", cells),
    )


def _signed(
    title: str, heads: tuple[str, ...], widths: tuple[int, ...], loop: str, cells: tuple[str, ...]
) -> str:
    """A table signed by hand: tall rows, a header on each page."""
    return _looped(title, heads, widths, loop, cells, height=mm(SIGNED_ROW))


def _looped(
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


def _signatures() -> str:
    """One column per signatory, kept with the line above."""
    loop = cell(paragraph("Balise", "{%tc for signature in signatures %}"))
    end = cell(paragraph("Balise", "{%tc endfor %}"))
    signed = cell(
        paragraph("Signature", "{{ signature.qualite }}") + paragraph("Signataire", "{{ signature.nom }}")
    )
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
            when("signatures", _signatures()),
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
                _looped(
                    "Actions décidées",
                    ("Qui", "Quoi", "Quand"),
                    (28, 50, 22),
                    "action in point.actions",
                    cells,
                ),
            ),
        )
    )
