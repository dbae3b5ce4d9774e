"""The annexes of a convention: their text, then what their `contenu` draws from the rest of the workspace."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ctgdocs.composing import people, tableaux
from ctgdocs.composing.mandates import Mandate
from ctgdocs.composing.parties import Party
from ctgdocs.composing.pen import Pen
from ctgdocs.composing.plan_d_actions import Plan, plan_of
from ctgdocs.french import date_longue
from ctgdocs.kinds.convention.acte import Acte
from ctgdocs.kinds.convention.fiches import NOTHING, plan_page
from ctgdocs.stages import Block, Cell, Entry, Paragraph, Prose, Reader, Run, TableBlock
from ctgdocs.vocabulary.conventions import AnnexeDeConvention

_NONE = "–"


def content(
    pen: Pen, acte: Acte, annexe: AnnexeDeConvention, text: Prose, parties: Sequence[Party]
) -> dict[str, Any]:
    """The keys of one annexe, its heading left to the caller; `text` is its own text."""
    said: dict[str, Any] = {"contenu": annexe.contenu, **NOTHING}
    blocks: Sequence[Block] = ()
    if annexe.contenu == "plan-d-actions":
        plan = plan_of(pen.entry, pen.reader)
        said |= plan_page(pen, plan) if plan else {}
    elif annexe.contenu == "equipements":
        blocks = _equipment(pen, acte)
    elif annexe.contenu == "gouvernance":
        blocks = _governance(pen, acte)
    elif annexe.contenu == "decisions":
        blocks = _decisions(pen, parties)
    elif annexe.contenu == "bilan":
        blocks = _review(pen, acte)
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
        found = pen.reader.find("instances", id)
        if found is None:
            continue
        instance = found.value
        blocks.append(Paragraph((Run(people.capitalised(pen.typeset(instance.nom))),), "titre2"))
        rows = [["Membre", "Fonction", "Commune"]]
        day = acte.signature or acte.version or acte.debut
        ids = instance.membres_au(day) if day else [member.elu for member in instance.membres]
        for member in ids:
            person = pen.person(member)
            chair = "présidente" if person.feminine else "président"
            role = chair if member == instance.president else person.fonction
            rows.append([person.name, role or _NONE, pen.commune(person.commune) or _NONE])
        blocks += _table(pen, rows)
    return blocks


def _decisions(pen: Pen, parties: Sequence[Party]) -> Sequence[Block]:
    """The délibérations that approve the convention, party by party."""
    rows = [["Partie", "Décision", "Date", "Exécutoire le"]]
    for one in parties:
        mandate = one.mandate
        if mandate is None and not one.public:
            continue
        rows.append([people.capitalised(one.name), *_decision(pen, mandate)])
    return _table(pen, rows)


def _decision(pen: Pen, mandate: Mandate | None) -> list[str]:
    if mandate is None:
        return ["[à compléter : délibération]", _NONE, _NONE]
    if mandate.text:
        return [people.capitalised(mandate.text), _NONE, _NONE]
    organe = f" {people.of_the(mandate.organe)}" if mandate.organe else ""
    day = date_longue(mandate.day, pen.profil) if mandate.day else "[à compléter : date]"
    since = date_longue(mandate.executory, pen.profil) if mandate.executory else _NONE
    return [f"Délibération{organe} n° {mandate.number}", day, since]


def _review(pen: Pen, acte: Acte) -> Sequence[Block]:
    """What became of each action of the convention that this one renews."""
    before = _plan_before(pen.reader, acte)
    now = plan_of(pen.entry, pen.reader)
    if before is None:
        return ()
    after = {one.action.origine: one for one in (now.actions() if now else ()) if one.action.origine}
    rows = [["N°", "Action", "Avancement", "Suite donnée", "N° repris"]]
    for one in before.actions():
        next = after.get(one.numero)
        rows.append(
            [
                one.numero,
                one.action.titre,
                people.capitalised(one.action.avancement or _NONE),
                people.capitalised((next.action.suite if next else "") or "[à compléter : suite]"),
                next.numero if next and not next.action.abandonnee else _NONE,
            ]
        )
    return [_texts(pen, rows)]


def _plan_before(reader: Reader, acte: Acte) -> Plan | None:
    before: Entry | None = reader.find("convention", acte.renouvelle) if acte.renouvelle else None
    return plan_of(before, reader) if before else None


def _texts(pen: Pen, rows: Sequence[Sequence[str]]) -> TableBlock:
    """A table where nothing is taken for a number: « 1.2 » is the name of an action."""
    numbered = frozenset((0, len(rows[0]) - 1))
    cells = tuple(
        tuple(
            Cell((Paragraph((Run(text if at in numbered else pen.typeset(text)),), "tableau_texte"),))
            for at, text in enumerate(row)
        )
        for row in rows
    )
    return TableBlock(cells)
