"""A séance as one file: the cahier laid before the members, and the sheets of the register, numbered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from ctgdocs.composing.acte import head
from ctgdocs.composing.pen import Pen
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
from ctgdocs.line.templates import charte_of, dressed_template
from ctgdocs.memory.disk import digest_of_file
from ctgdocs.pdf import Leaf, Printable, bound, page_count, printed
from ctgdocs.project import Project
from ctgdocs.seances.papiers import Papiers
from ctgdocs.word import without

_TEMPLATE = "templates/cahiers/cahier.docx"
_PRINT = "les documents de cette séance n’ont pas de PDF : relancez la commande, LibreOffice étant installé"


def cahier(project: Project, found: Papiers) -> bytes:
    """The ordre du jour, the note, then each projet behind its separator, dressed in the charte. UsageError
    without a page."""
    leaves = [*_before(project, found), *_points(project, found)]
    if not leaves:
        raise UsageError(f"Rien à relier : {_PRINT}.")
    foot = f"{_house(found)} – séance du {_day(found)} – page {{page}} / {{pages}}"
    dressed = _Dressed(project, found)
    opening, feet = dressed.printed(*_numbered(leaves, foot, 1))
    if (first := page_count(opening) - len(leaves)) > 1:  # the contents fill more than a page
        opening, feet = dressed.printed(*_numbered(leaves, foot, first))
    return bound(leaves, opening, feet)


def _numbered(leaves: Sequence[Leaf], foot: str, first: int) -> tuple[list[tuple[str, int]], list[str]]:
    """The page of each separator, behind so many first pages, and the foot of every page."""
    starts = list(accumulate((page_count(leaf.data) + 1 for leaf in leaves), initial=first + 1))
    points = [(leaf.title, start) for leaf, start in zip(leaves, starts, strict=False)]
    pages = starts[-1] - 1
    return points, [foot.format(page=page, pages=pages) for page in range(1, pages + 1)]


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
    foot = f"{_house(found)} – séance du {_day(found)} – feuillet n° "
    numbers = (str(first + at) if first else "………" for at in range(sheets))
    return bound(leaves, b"", _Dressed(project, found).printed((), [foot + one for one in numbers])[1])


class _Dressed:
    """What the binding adds to the papers of a séance, in the charte of the house."""

    def __init__(self, project: Project, found: Papiers) -> None:
        if not is_file(project.root / _TEMPLATE):
            raise UsageError(
                f"Le modèle « {_TEMPLATE} » manque : « ctgdocs initialiser » l’écrit dans un dossier neuf, "
                "d’où il se copie."
            )
        reader = found.library.reader()
        charte, _ = charte_of(project, lambda path: digest_of_file(project.root / path), reader)
        self._template = dressed_template(project.root, _TEMPLATE, charte, "")
        self._pen = Pen(found.sitting.entry, reader)
        self._said = f"{majuscule_initiale(found.sitting.instance.nom)} – séance du {_day(found)}"

    def printed(self, points: Sequence[tuple[str, int]], feet: Sequence[str]) -> tuple[bytes, bytes]:
        """The PDF of the first pages and of the separators (b"" without `points`), and that of the feet."""
        files = [
            Printable("cahier", without(self._template.render(self._words((), feet)), "header", "footer"))
        ]
        if points:
            opening = self._template.render(self._words(points, ()))
            files.append(Printable("cahier", without(opening, "footer")))
        made = printed(files)
        if None in made:
            raise UsageError(f"Rien à relier : {_PRINT}.")
        pdfs = [one.pdf for one in made if one]
        return pdfs[1] if points else b"", pdfs[0]

    def _words(self, points: Sequence[tuple[str, int]], feet: Sequence[str]) -> dict[str, object]:
        written = self._pen.typographie
        return {
            "collectivite": head(self._pen),
            "reference": written(self._said),
            "titre": written(self._said) if points else "",
            "intitule": "Cahier de séance",
            "points": [self._point(title, page) for title, page in points],
            "pieds": [written(foot) for foot in feet],
        }

    def _point(self, title: str, page: int) -> dict[str, str]:
        rank, _, objet = title.partition(" – ") if title.startswith("Point") else ("", "", title)
        written = self._pen.typographie
        return {"rang": written(rank), "objet": written(objet), "titre": written(title), "page": str(page)}


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
