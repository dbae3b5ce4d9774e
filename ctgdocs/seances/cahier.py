"""A séance as one file: the cahier laid before the members, and the sheets of the register, numbered."""

from __future__ import annotations

from collections.abc import Iterator

from ctgdocs.composing.voice import majuscule_initiale
from ctgdocs.files import is_file, read_file
from ctgdocs.findings import UsageError
from ctgdocs.french import date_longue
from ctgdocs.kinds.deliberation import KIND as DELIBERATION
from ctgdocs.kinds.note import KIND as NOTE
from ctgdocs.kinds.reunion import KIND as REUNION
from ctgdocs.kinds.reunion import ORDRE_DU_JOUR
from ctgdocs.kinds.suite import CLOTURE
from ctgdocs.kinds.suite import KIND as SUITE
from ctgdocs.pdf import Leaf, bound, page_count
from ctgdocs.project import Project
from ctgdocs.seances.papiers import Papiers

_PRINT = "les documents de cette séance n’ont pas de PDF : relancez la commande, LibreOffice étant installé"


def cahier(project: Project, found: Papiers) -> bytes:
    """The ordre du jour, the note, then each projet behind its separator. UsageError without a page."""
    leaves = [*_before(project, found), *_points(project, found)]
    if not leaves:
        raise UsageError(f"Rien à relier : {_PRINT}.")
    title = [majuscule_initiale(found.sitting.instance.nom), f"Séance du {_day(found)}", _house(found)]
    foot = f"{_house(found)} – séance du {_day(found)} – page {{page}} / {{pages}}"
    return bound(leaves, title, foot)


def registre(project: Project, found: Papiers) -> bytes:
    """The délibérations and the sheet that closes the séance, each page a numbered sheet (CGCT,
    art. R. 2121-9): the closing one bears the number that was typed, the others come before it."""
    acts = [leaf._replace(title="") for leaf in _points(project, found)]
    closing = _closing(project, found)
    if not acts or closing is None:
        raise UsageError(f"Le registre demande les délibérations et le feuillet de clôture : {_PRINT}.")
    leaves = [*acts, closing]
    typed = (found.library.find(SUITE.registry, id) for id in found.suites)
    last = next((one.value.feuillet for one in typed if one), None)
    sheets = sum(page_count(leaf.data) for leaf in leaves)
    first = last - sheets + 1 if last and last >= sheets else None
    foot = f"{_house(found)} – séance du {_day(found)} – feuillet n° {{page}}"
    return bound(leaves, (), foot, first=first)


def _house(found: Papiers) -> str:
    return found.sitting.collectivite.nom


def _day(found: Papiers) -> str:
    return date_longue(found.sitting.jour)


def _before(project: Project, found: Papiers) -> Iterator[Leaf]:
    library = found.library
    for id in found.reunions:
        meeting = library.find(REUNION.registry, id)
        if meeting is None:
            continue
        said = REUNION.compose(meeting, library.reader(), ORDRE_DU_JOUR)
        yield from _leaf(project, said.output if said else "", "Ordre du jour")
        note = library.find(NOTE.registry, meeting.value.note_de_synthese or "")
        told = NOTE.compose(note, library.reader()) if note else None
        yield from _leaf(project, told.output if told else "", "Note explicative de synthèse")


def _points(project: Project, found: Papiers) -> Iterator[Leaf]:
    for rank, point in enumerate(found.points, 1):
        act = found.library.find(DELIBERATION.registry, point.act.id) if point.act else None
        said = DELIBERATION.compose(act, found.library.reader()) if act else None
        if said is not None and point.act is not None:
            yield from _leaf(project, said.output, f"Point n° {rank} – {point.act.value.objet}")


def _closing(project: Project, found: Papiers) -> Leaf | None:
    for one in found.made():
        if one.part == CLOTURE:
            return next(_leaf(project, one.output, ""), None)
    return None


def _leaf(project: Project, output: str, title: str) -> Iterator[Leaf]:
    """The PDF beside a document, when it is there."""
    pdf = (project.root / output).with_suffix(".pdf")
    if output and is_file(pdf):
        yield Leaf(title, read_file(pdf))
