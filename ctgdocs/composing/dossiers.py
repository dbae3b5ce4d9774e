"""What a dossier says on a page: its texts with the tables they cite, its calendar, what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from ctgdocs.checks.heritage import Heir
from ctgdocs.composing import people
from ctgdocs.composing.dossier_tables import FINANCES, finances_as_table
from ctgdocs.composing.pen import Pen
from ctgdocs.composing.placeholders import scan
from ctgdocs.french import date_longue
from ctgdocs.stages import Prose
from ctgdocs.vocabulary.actes import Tableau

if TYPE_CHECKING:
    from ctgdocs.vocabulary.dossiers import Suite
    from ctgdocs.vocabulary.nommes import Echeance

EXPOSE: Final = ("contexte", "proposition")
"""The texts of a dossier that make an exposé des motifs, in this order."""


def texts(
    pen: Pen, record: Any, fields: Sequence[str], tableaux: Mapping[str, Tableau] | None = None
) -> dict[str, Prose]:
    """The long texts of a record, each with the tables it cites; those of `tableaux` (all the record's) that
    no text cites follow the last one. A field without text is an empty `Prose`."""
    own = record.tableaux if tableaux is None else tableaux
    known = {**tables_of(pen, record), **own}
    typed = {field: getattr(record, field, None) or "" for field in fields}
    cited = {field: _cited(text) for field, text in typed.items()}
    said: dict[str, Prose] = {}
    for field, text in typed.items():
        wanted = {id: known[id] for id in cited[field] if id in known}
        said[field] = pen.prose(text, field, tables=wanted) if text else Prose()
    placed = {id for ids in cited.values() for id in ids}
    if rest := [id for id in own if id not in placed]:
        last = next((field for field in reversed(fields) if typed[field]), fields[-1])
        tables = (pen.table(own[id], "tableaux", id) for id in rest)
        said[last] = Prose((*said[last].blocks, *tables))
    return said


def tables_of(pen: Pen, record: Any) -> dict[str, Tableau]:
    """The tables that a text may cite: those typed, and `finances`."""
    finances = getattr(record, "finances", None)
    if finances is None:
        return dict(record.tableaux)
    return {FINANCES: finances_as_table(pen, finances), **record.tableaux}


def _cited(text: str) -> tuple[str, ...]:
    return tuple(found.argument for found in scan(text)[0] if found.name == "tableau")


def expose(pen: Pen, record: Any) -> Prose:
    """The exposé des motifs of an act: what it types, else what its dossier says of the contexte and of the
    proposition."""
    lender = pen.entry.dossier if isinstance(pen.entry, Heir) else None
    if lender is None:
        return pen.prose(record.expose or "", "expose", tables=record.tableaux)
    dossier = lender.value
    own = {id: table for id, table in record.tableaux.items() if dossier.tableaux.get(id) is not table}
    if record.expose:
        lent = {id: table for id, table in tables_of(pen, dossier).items() if id in _cited(record.expose)}
        return pen.prose(record.expose, "expose", tables=lent | own)
    said = texts(pen, dossier, EXPOSE, own)
    return Prose(tuple(block for field in EXPOSE for block in said[field].blocks))


def calendar(pen: Pen, steps: Mapping[str, Echeance]) -> list[dict[str, str]]:
    """« 1er mars 2027 – Ouverture du lieu d’accueil », in the author's order."""
    return [
        {"quand": _when(pen, name, step), "libelle": _label(pen, name, step)} for name, step in steps.items()
    ]


def _when(pen: Pen, name: str, step: Echeance) -> str:
    if step.date is not None:
        return date_longue(step.date, pen.profil)
    return people.capitalised(pen.line(step.quand or "", "calendrier", name, "quand"))


def _label(pen: Pen, name: str, step: Echeance) -> str:
    if step.libelle:
        return pen.line(step.libelle, "calendrier", name, "libelle")
    return people.capitalised(name.replace("-", " "))


def following(pen: Pen, suites: Iterable[Suite], seance: str | None) -> list[str]:
    """« Conseil communautaire du jeudi 24 septembre 2026 : délibération »: as typed, else the séance."""
    said = [_suite(pen, suite, index) for index, suite in enumerate(suites)]
    if said or not seance:
        return said
    found = pen.reader.find("seances", seance)
    body = pen.reader.find("instances", found.value.instance) if found else None
    if found is None or body is None:
        return []
    return [pen.typeset(f"{_of_the_day(body.value.nom, found.value.date, pen)} : délibération")]


def _suite(pen: Pen, suite: Suite, index: int) -> str:
    text = pen.line(suite.texte, "suites", index, "texte") if suite.texte else ""
    found = pen.reader.find("instances", suite.instance) if suite.instance else None
    if found is None:
        when = f"{people.capitalised(date_longue(suite.date, pen.profil))} : " if suite.date else ""
        return pen.typeset(when) + text
    head = _of_the_day(found.value.nom, suite.date, pen)
    return pen.typeset(f"{head} : {text}") if text else head


def _of_the_day(body: str, day: date | None, pen: Pen) -> str:
    named = people.capitalised(body)
    return pen.typeset(f"{named} du {date_longue(day, pen.profil, jour=True)}" if day else named)
