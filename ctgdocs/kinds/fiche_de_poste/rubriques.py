"""The headings of a post as `Prose`: texts, trees of activities, the grid of the working hours."""

from __future__ import annotations

from collections.abc import Iterator

from ctgdocs.composing.pen import Pen
from ctgdocs.french import JOURS
from ctgdocs.kinds.fiche_de_poste.acte import Acte
from ctgdocs.kinds.fiche_de_poste.horaires import (
    Plage,
    Semaine,
    TempsDeTravail,
    afternoon,
    duration_in_french,
    morning,
)
from ctgdocs.kinds.fiche_de_poste.lignes import Step, Titres
from ctgdocs.kinds.fiche_de_poste.postes import RUBRIQUES, Objectifs
from ctgdocs.kinds.fiche_de_poste.tree import Point, Rubrique, as_typed
from ctgdocs.patterns import regex
from ctgdocs.prose import Block, Cell, ListBlock, Paragraph, Prose, Run, TableBlock
from ctgdocs.stages import Context

_NOTHING = "–"
_SPECIAL = regex(r"[{}\[<`|!]")
_WEEKEND = frozenset({"samedi", "dimanche"})


def sections(pen: Pen, acte: Acte, titres: Titres) -> list[Context]:
    """Every heading of the document: in the house's order, then ours; free ones where they ask."""
    hidden = set(acte.hors_offre if titres.part == "offre" else acte.hors_fiche)
    order = [*acte.ordre, *(key for key in RUBRIQUES if key not in acte.ordre)]
    found: list[Context] = []
    for key in order:
        if key not in hidden:
            found += _of_key(pen, acte, titres, key)
        found += _free(pen, acte, key)
    return [*found, *_free(pen, acte, None)]


def _of_key(pen: Pen, acte: Acte, titres: Titres, key: str) -> Iterator[Context]:
    value = getattr(acte, key)
    if isinstance(value, Rubrique):
        yield _section(pen, titre_of(pen, value, titres, key), value, key)
    elif value:
        for index, one in enumerate(value):
            yield _section(pen, titre_of(pen, one, titres, key), one, key, index)


def titre_of(pen: Pen, rubrique: Rubrique, titres: Titres, key: str) -> str:
    """The heading's own title, the house's, or ours (« Objectifs de l’année 2026 »)."""
    if rubrique.titre:
        return pen.typographie(rubrique.titre)
    if isinstance(rubrique, Objectifs) and rubrique.annee and not titres.typed(key):
        return pen.typographie(f"{titres[key]} {rubrique.annee}")
    return titres[key]


def _free(pen: Pen, acte: Acte, after: str | None) -> list[Context]:
    return [
        _section(pen, pen.line(section.titre, "sections", index, "titre"), section, "sections", index)
        for index, section in enumerate(acte.sections)
        if section.apres == after
    ]


def _section(pen: Pen, titre: str, rubrique: Rubrique, *path: Step) -> Context:
    return {"titre": titre, "texte": prose(pen, rubrique, *path)}


def prose(pen: Pen, rubrique: Rubrique, *path: Step) -> Prose:
    """A text, then groups under a small heading each, then bullets inside bullets."""
    blocks: list[Block] = list(_text(pen, rubrique.texte, *path, "texte"))
    bullets: list[tuple[Block, ...]] = []
    for index, point in enumerate(rubrique.points):
        at = (*path, "points", index)
        if point.titre:
            blocks += _list(bullets)
            bullets = []
            blocks += _group(pen, point, *at)
        else:
            bullets.append(_item(pen, point, *at))
    return Prose((*blocks, *_list(bullets)))


def _text(pen: Pen, text: str | None, *path: Step) -> tuple[Block, ...]:
    if not text:
        return ()
    if _SPECIAL.search(text):  # there may be a problem to place
        path = as_typed(pen.entry, path)
    return pen.prose(text, *path).blocks


def _list(items: list[tuple[Block, ...]]) -> tuple[Block, ...]:
    return (ListBlock(tuple(items)),) if items else ()


def _group(pen: Pen, group: Point, *path: Step) -> Iterator[Block]:
    yield Paragraph((Run(pen.line((group.titre or "").rstrip(" :"), *path, "titre")),), "titre3")
    yield from _text(pen, group.texte, *path, "texte")
    items = [_item(pen, point, *path, "points", index) for index, point in enumerate(group.points)]
    yield from _list(items)


def _item(pen: Pen, point: Point, *path: Step) -> tuple[Block, ...]:
    below = [_item(pen, inner, *path, "points", index) for index, inner in enumerate(point.points)]
    title: tuple[Block, ...] = ()
    if point.titre:
        title = (Paragraph((Run(pen.line(point.titre, *path, "titre"), bold=True),)),)
    return (*title, *_text(pen, point.texte, *path, "texte"), *_list(below))


# --- working hours ----------------------------------------------------------------------------------------


def horaires(pen: Pen, temps: TempsDeTravail, titres: Titres) -> Prose:
    """The grid of each week with its total, then what completes it."""
    at = "temps_de_travail"
    blocks: list[Block] = [_grid(pen, week) for week in temps.horaires]
    blocks += _text(pen, temps.precisions, at, "precisions")
    for key, text in (("cycles", temps.cycles), ("astreintes", temps.astreintes)):
        said = _text(pen, text, at, key)
        if said and isinstance(said[0], Paragraph):
            label = Run(pen.typographie(f"{titres[key]} : "), bold=True)
            said = (Paragraph((label, *said[0].runs), said[0].role), *said[1:])
        blocks += said
    return Prose(tuple(blocks))


def _grid(pen: Pen, week: Semaine) -> TableBlock:
    days = [jour for jour in JOURS if week.jour(jour) or jour not in _WEEKEND]
    rows: list[tuple[str, ...]] = [("Jour", "Matin", "Après-midi", "Durée")]
    for jour in days:
        stretches = week.jour(jour)
        total = sum(stretch.minutes for stretch in stretches)
        rows.append(
            (
                jour.capitalize(),
                _hours(morning(stretches)),
                _hours(afternoon(stretches)),
                duration_in_french(total) if total else _NOTHING,
            )
        )
    halves = [_total(half(week.jour(jour)) for jour in days) for half in (morning, afternoon)]
    rows.append(("Total de la semaine", *halves, duration_in_french(week.minutes)))
    return TableBlock(
        tuple(tuple(_cell(pen, text, column) for column, text in enumerate(row)) for row in rows),
        total=True,
        caption=pen.typographie(week.nom) if week.nom else "",
        widths=(4, 4, 4, 3),
    )


def _hours(stretches: tuple[Plage, ...]) -> str:
    return ", ".join(map(str, stretches)) or _NOTHING


def _total(halves: Iterator[tuple[Plage, ...]]) -> str:
    minutes = sum(stretch.minutes for half in halves for stretch in half)
    return duration_in_french(minutes) if minutes else _NOTHING


def _cell(pen: Pen, text: str, column: int) -> Cell:
    return Cell((Paragraph((Run(pen.typographie(text)),)),), "center" if column else "left")
