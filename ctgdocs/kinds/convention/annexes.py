"""The annexes of a convention: their text, then what their `contenu` draws from the rest of the workspace."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from ctgdocs.composing import tableaux, voice
from ctgdocs.composing.pen import Pen
from ctgdocs.composing.sieges import member_of
from ctgdocs.composing.voice import majuscule_initiale
from ctgdocs.french import date_longue, enumeration, periode
from ctgdocs.kinds.convention.acte import Acte, AnnexeDeConvention
from ctgdocs.kinds.convention.parties import Mandate
from ctgdocs.kinds.convention.plan import Action, Indicateur
from ctgdocs.kinds.convention.plan_lu import Numbered, Plan, followed, indicator, plan_before, plan_of, totals
from ctgdocs.kinds.convention.schema import correspondances
from ctgdocs.kinds.convention.signatures import Party
from ctgdocs.patterns import regex
from ctgdocs.prose import Block, Cell, ListBlock, Paragraph, Prose, Run, TableBlock
from ctgdocs.stages import Context, Entry
from ctgdocs.vocabulary.as_typed import read_date
from ctgdocs.vocabulary.citations import JOUR_ECRIT
from ctgdocs.vocabulary.instances import Instance
from ctgdocs.vocabulary.registres import INSTANCES

# --- The plan d'actions on the page: a fiche per action, the summary table, the totals


_SAID = (
    # field → its label on the fiche, in the order of the fiche; those without a value are left out
    ("constat", "Constat"),
    ("objectif_general", "Objectif général"),
    ("objectifs", "Objectifs opérationnels"),
    ("public", "Public"),
    ("territoire", "Territoire"),
    ("description", "Description"),
    ("pilote", "Pilote"),
    ("partenaires", "Partenaires"),
    ("moyens", "Moyens humains"),
    ("calendrier", "Calendrier"),
    ("indicateurs", "Indicateurs"),
    ("avancement", "État d’avancement"),
    ("commentaire", "Commentaire"),
)
_FOLLOWED = ("avancement", "commentaire")
_IN_THE_SUMMARY = frozenset(("pilote", "partenaires", "calendrier"))
Fields = Sequence[tuple[str, str]]

NOTHING: Context = {"axes": [], "synthese": [], "synthese_total": {"cout": "", "financement": ""},
                           "financeurs": []}  # fmt: skip


def plan_page(pen: Pen, plan: Plan, *, signed: bool) -> Context:
    """The keys of the annexe that shows the plan. Once it is signed, what goes on being followed up (état
    d’avancement, commentaire) stays on the board only: the page does not change."""
    said = [(field, label) for field, label in _SAID if field not in _FOLLOWED or not signed]
    kept = plan.kept()
    cost, funders = totals(plan)
    axes = []
    telling = False
    for rank, axe in enumerate(plan.axes, start=1):
        mine = [one for one in kept if one.axe == rank]
        if not mine and not axe.enjeu:
            continue
        axes.append(
            {
                "titre": pen.typographie(f"Axe {rank} – {axe.titre}"),
                "enjeu": _prose(pen, plan, axe.enjeu or "", "axes", rank - 1, "enjeu"),
                "fiches": [_fiche(pen, plan, one, said) for one in mine],
            }
        )
        telling |= any(_says_more(one.action, said) for one in mine)
    return {
        "axes": axes if telling else [one | {"fiches": []} for one in axes],
        "synthese": [_row(pen, one) for one in kept],
        "synthese_total": {
            "cout": pen.montant(cost) if kept else "",
            "financement": pen.montant(sum(funders.values(), Decimal(0))) if funders else "",
        },
        "financeurs": [
            {"nom": pen.typographie(name), "montant": pen.montant(amount)} for name, amount in funders.items()
        ],
    }


def _says_more(action: Action, said: Fields) -> bool:
    """Whether a fiche has more to say than its row of the summary table: else it would be an empty page."""
    return bool(action.financements) or any(
        getattr(action, field) for field, _ in said if field not in _IN_THE_SUMMARY
    )


def _fiche(pen: Pen, plan: Plan, one: Numbered, said: Fields) -> Context:
    title = f"Fiche action {one.numero} – {pen.typographie(one.action.titre)}"
    return {
        "numero": one.numero,
        "titre": Prose((Paragraph((Run(title),), "fiche", f"fiche_{one.numero.replace('.', '_')}"),)),
        "axe": pen.typographie(one.titre_de_l_axe),
        "suite": one.action.suite or "",
        "lignes": list(_lines(pen, plan, one, said)),
        "financement": _financing(pen, one.action),
    }


def _lines(pen: Pen, plan: Plan, one: Numbered, said: Fields) -> Iterator[Context]:
    """Each field of the fiche that is filled: a label and its text."""
    for field, label in said:
        value = getattr(one.action, field)
        path = (*one.path, field)
        if field == "indicateurs":
            text = _indicators(pen, value)
        elif field == "calendrier":
            text = _text(pen, _when(pen, one.action))
        elif field == "partenaires":
            text = _text(pen, enumeration(value))
        elif isinstance(value, tuple):
            items = [pen.typographie(item) for item in value]
            text = _listed(items if len(items) > 1 else list(map(majuscule_initiale, items)))
        elif field in ("constat", "objectif_general", "description", "moyens", "commentaire"):
            text = _prose(pen, plan, value or "", *path)
        else:
            text = _text(pen, majuscule_initiale(value) if field == "avancement" and value else value or "")
        if text:
            yield {"libelle": label, "texte": in_a_cell(text)}


def _prose(pen: Pen, plan: Plan, text: str, *path: str | int) -> Prose:
    """Markdown of the plan; what is wrong in a text kept in a sheet is said at its cell."""
    if not text:
        return Prose()
    known = len(pen.findings)
    prose = pen.prose(text, "plan", *path)
    if plan.sheet is not None:
        place = plan.place(*path)
        pen.findings[known:] = [finding._replace(place=place) for finding in pen.findings[known:]]
    return prose


def _text(pen: Pen, text: str) -> Prose:
    return Prose((Paragraph((Run(pen.typographie(text)),)),)) if text else Prose()


def _listed(items: list[str]) -> Prose:
    if len(items) < 2:
        return Prose(tuple(Paragraph((Run(item),)) for item in items))
    return Prose((ListBlock(tuple((Paragraph((Run(item),)),) for item in items)),))


def _indicators(pen: Pen, indicators: tuple[Indicateur, ...]) -> Prose:
    return _listed([pen.typographie(indicator(one)) for one in indicators])


def _when(pen: Pen, action: Action) -> str:
    """The calendar in words, else its dates."""
    if action.calendrier or not (action.debut or action.fin):
        return action.calendrier or ""
    if action.debut and action.fin and action.debut <= action.fin:
        return majuscule_initiale(periode(action.debut, action.fin, pen.profil))
    if action.debut:
        return f"À partir du {date_longue(action.debut, pen.profil)}"
    return f"Jusqu’au {date_longue(action.fin, pen.profil)}" if action.fin else ""


def _row(pen: Pen, one: Numbered) -> dict[str, str]:
    """One line of the summary table."""
    action = one.action
    return {
        "axe": pen.typographie(one.titre_de_l_axe),
        "numero": one.numero,
        "titre": pen.typographie(action.titre),
        "pilote": pen.typographie(action.pilote or ""),
        "partenaires": pen.typographie(", ".join(action.partenaires)),
        "calendrier": pen.typographie(_when(pen, action)),
        "cout": pen.montant(action.budget) if action.budget is not None else "",
        "financement": pen.montant(action.finance) if action.financements else "",
        "suite": action.suite or "",
    }


_FINANCING_WIDTHS = (3, 1)  # the same from one fiche to the next


def _financing(pen: Pen, action: Action) -> Prose:
    """The financing of an action as a table with its total; nothing when no funder is known."""
    if not action.financements:
        return Prose()
    rows = [["Financement", "Montant"]]
    rows += [[ligne.libelle, f"{ligne.montant} €"] for ligne in action.financements]
    table, _ = tableaux.from_texts(rows, pen.profil, add_total=True)
    return Prose((table._replace(widths=_FINANCING_WIDTHS),))


def in_a_cell(prose: Prose) -> Prose:
    """Its paragraphs in the style of a table's text, those of its lists too."""

    def settled(block: Block) -> Block:
        if isinstance(block, ListBlock):
            return block._replace(items=tuple(tuple(map(settled, item)) for item in block.items))
        if isinstance(block, Paragraph) and block.role == "corps":
            return Paragraph(block.runs, "tableau_texte", block.bookmark)
        return block

    return Prose(tuple(map(settled, prose)))


_NONE = "–"


def content(
    pen: Pen, entry: Entry[Acte], annexe: AnnexeDeConvention, text: Prose, parties: Sequence[Party]
) -> Context:
    """The keys of one annexe, its heading left to the caller; `text` is its own text."""
    acte = entry.value
    said: Context = {"contenu": annexe.contenu, **NOTHING}
    blocks: Sequence[Block] = ()
    if annexe.contenu == "plan-d-actions":
        plan = plan_of(entry, pen.reader)
        said |= plan_page(pen, plan, signed=acte.statut == "signe") if plan else {}
    elif annexe.contenu == "equipements":
        blocks = _equipment(pen, acte)
    elif annexe.contenu == "gouvernance":
        blocks = _governance(pen, acte)
    elif annexe.contenu == "decisions":
        blocks = _decisions(pen, parties)
    elif annexe.contenu == "bilan":
        blocks = _review(pen, entry)
    elif annexe.contenu == "correspondance":
        blocks = _correspondence(pen, entry)
    return said | {"texte": Prose((*text.blocks, *blocks))}


def _table(pen: Pen, rows: Sequence[Sequence[str]]) -> tuple[TableBlock, ...]:
    """A table of our own words and of the registries'; its first row is its headings."""
    if len(rows) < 2:
        return ()
    block, _ = tableaux.from_texts(rows, pen.profil)
    return (block,)


def _equipment(pen: Pen, acte: Acte) -> Sequence[Block]:
    """Équipements and services: which, where, who runs them, how many places; then the total of places."""
    all = acte.equipements
    columns: list[tuple[str, int, list[str]]] = [
        # title, share of the width, cells
        ("Équipement ou service", 24, [one.nom for one in all]),
        ("Nature", 10, [one.type or "" for one in all]),
        ("Commune", 17, [pen.commune(one.commune or "") for one in all]),
        ("Gestionnaire", 23, [one.gestionnaire or "" for one in all]),
        ("Places", 9, ["" if one.places is None else str(one.places) for one in all]),
        ("Observations", 18, [one.observations or "" for one in all]),
    ]
    filled = [column for column in columns if any(column[2])]
    rows = [[title for title, _, _ in filled]]
    rows += [[cell or _NONE for cell in row] for row in zip(*(cells for _, _, cells in filled), strict=True)]
    widths = tuple(width for _, width, _ in filled)
    return [table._replace(widths=widths) for table in _table(pen, rows)]


def _governance(pen: Pen, acte: Acte) -> Sequence[Block]:
    """The bodies that steer the convention, and their members today."""
    blocks: list[Block] = []
    for id in dict.fromkeys(filter(None, (acte.suivi.copil, *acte.suivi.comites))):
        found = pen.reader.find(INSTANCES, id)
        if found is None:
            continue
        instance = found.value
        blocks.append(Paragraph((Run(voice.majuscule_initiale(pen.typographie(instance.nom))),), "titre2"))
        blocks += _table(pen, _members(pen, instance, acte.signature or acte.version or acte.debut))
    return blocks


def _members(pen: Pen, instance: Instance, day: date | None) -> list[list[str]]:
    """Who sits in a body that day, and for whom; who presides it."""
    rows = [["Membre", "Fonction", "Commune ou partenaire" if instance.a_des_partenaires else "Commune"]]
    keys = instance.membres_au(day) if day else [one.cle for one in instance.membres]
    chairs = (instance.president, instance.copresident)
    for cle in keys:
        one = member_of(pen, instance, cle)
        role = one.person.fonction
        if cle in chairs:
            together = "co" if instance.copresident else ""
            role = together + one.person.agreed("président", "présidente")
            if one.body and one.person.fonction:
                role += f", {one.person.fonction}"
        where = one.body or pen.commune(one.person.commune)
        rows.append([one.person.name, role or _NONE, where or _NONE])
    return rows


def _decisions(pen: Pen, parties: Sequence[Party]) -> Sequence[Block]:
    """The délibérations that approve the convention, party by party."""
    rows = [["Partie", "Décision", "Date", "Exécutoire le"]]
    for one in parties:
        mandate = one.mandate
        if mandate is None and not one.public:
            continue
        rows.append([voice.majuscule_initiale(one.name), *_decision(pen, mandate)])
    return _table(pen, rows)


def _decision(pen: Pen, mandate: Mandate | None) -> list[str]:
    if mandate is None:
        return ["[à compléter : délibération]", _NONE, _NONE]
    if mandate.text:
        return [voice.majuscule_initiale(mandate.text), _day_in(pen, mandate.text), _NONE]
    organe = f" {voice.of_the(mandate.organe)}" if mandate.organe else ""
    day = date_longue(mandate.day, pen.profil) if mandate.day else "[à compléter : date]"
    since = date_longue(mandate.executory, pen.profil) if mandate.executory else _NONE
    return [f"Délibération{organe} n° {mandate.printed}", day, since]


_DAY = regex(JOUR_ECRIT, re.IGNORECASE)


def _day_in(pen: Pen, text: str) -> str:
    """The one day that a text tells: « décision du 17 novembre 2026 »."""
    days = set(_DAY.findall(text))
    try:
        return date_longue(read_date(" ".join(days.pop().split())), pen.profil) if len(days) == 1 else _NONE
    except ValueError:  # no day of the calendar
        return _NONE


def _correspondence(pen: Pen, entry: Entry[Acte]) -> Sequence[Block]:
    """Each point of the schéma pluriannuel (CASF, art. D. 214-10-1), and the parts that treat it."""
    rows = [["Point", "Contenu du schéma", "Dans la convention"]]
    lacking = "[à compléter : partie qui en traite]" if entry.value.projet else "Non traité"
    for one in correspondances(entry.value, plan_of(entry, pen.reader)):
        where = voice.majuscule_initiale(" ; ".join(one.ou)) if one.ou else lacking
        rows.append([one.point.cite, voice.majuscule_initiale(one.point.intitule), where])
    return [_texts(pen, rows)._replace(widths=(2, 5, 4))]


def _review(pen: Pen, entry: Entry[Acte]) -> Sequence[Block]:
    """What became of each action of the convention that this one renews."""
    before = plan_before(entry, pen.reader)
    if before is None:
        return ()
    rows = [["N°", "Action", "Avancement", "Suite donnée", "N° repris"]]
    for one, next, suite in followed(before, plan_of(entry, pen.reader)):
        rows.append(
            [
                one.numero,
                one.action.titre,
                voice.majuscule_initiale(one.action.avancement or _NONE),
                voice.majuscule_initiale(suite or "[à compléter : suite]"),
                next.numero if next and not next.action.close else _NONE,
            ]
        )
    return [_texts(pen, rows)]


def _texts(pen: Pen, rows: Sequence[Sequence[str]]) -> TableBlock:
    """A table where nothing is taken for a number: « 1.2 » is the name of an action."""
    numbered = frozenset((0, len(rows[0]) - 1))
    cells = tuple(
        tuple(
            Cell((Paragraph((Run(text if at in numbered else pen.typographie(text)),), "tableau_texte"),))
            for at, text in enumerate(row)
        )
        for row in rows
    )
    return TableBlock(cells)
