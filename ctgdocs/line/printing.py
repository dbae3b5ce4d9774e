"""The PDF beside each Word document: made from the file that stands there, edited by hand or sealed.

A PDF says itself which Word file it shows, so nothing is remembered of it. One that something else has
written to since, a signed one first of all, is never written over.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from ctgdocs.content.library import Library
from ctgdocs.findings import Finding, Place, Severity, advice
from ctgdocs.line.desk import Desk
from ctgdocs.line.orders import Kinds
from ctgdocs.line.plan import resolve
from ctgdocs.memory import manifest
from ctgdocs.memory.lock import Lock
from ctgdocs.memory.writing import NotWritten, Output, write, write_all
from ctgdocs.pdf import BATCH, PdfMark, Printable, Printed, check_that_pdf_can_be_made, mark_of_pdf, printed
from ctgdocs.project import Project
from ctgdocs.vocabulary.registres import COLLECTIVITE


class Shown(StrEnum):
    """How the PDF of a document stands."""

    NONE = "aucun"
    FRESH = "à jour"
    STALE = "à refaire"
    OTHERS = "d’une autre main"


class Pdf(NamedTuple):
    """The PDF of a document that stands in sorties/."""

    key: str
    word: str
    path: str
    shown: Shown


class Printing(NamedTuple):
    """What became of the PDFs: how many were `made`, how many were up to date, and what there is to say."""

    made: int
    unchanged: int
    findings: list[Finding]


def is_wanted(project: Project, kinds: Kinds) -> bool:
    """True when collectivite.yaml asks for a PDF of each document."""
    house = Library(project, kinds).reader().find(COLLECTIVITE, "collectivite")
    return house is not None and house.value.format == "pdf"


def pdf_of(word: str) -> str:
    """Where the PDF of a Word document goes: beside it."""
    return f"{word.removesuffix('.docx')}.pdf"


def pdfs(desk: Desk, keys: Sequence[str]) -> Iterator[Pdf]:
    """The PDF of each document that has a Word file now."""
    for key in keys:
        record = desk.memory.document(key)
        if record is not None and record.output in desk.files:
            path = pdf_of(record.output)
            yield Pdf(key, record.output, path, _shown(desk, path, record.output))


def _shown(desk: Desk, path: str, word: str) -> Shown:
    pdf = desk.read(path) if path in desk.files else None
    if pdf is None:
        return Shown.NONE
    mark = mark_of_pdf(pdf)
    if mark is None or not mark.intact:
        return Shown.OTHERS
    return Shown.FRESH if mark.word == sha256(desk.read(word) or b"").hexdigest() else Shown.STALE


def print_documents(
    project: Project, kinds: Kinds, asked: Sequence[str], progress: Callable[[int, int], None]
) -> Printing:
    """Brings the PDFs of the documents that were asked up to date (all by default).

    Raises UsageError when none can be made here, or for a target that names nothing.
    """
    check_that_pdf_can_be_made()
    with Lock(project.state_dir) as lock, closing(manifest.opened(project.state_dir)) as memory:
        desk = Desk(project, kinds, lock.clock, memory)
        found = list(pdfs(desk, resolve(desk, asked)))
        todo = [one for one in found if one.shown in (Shown.NONE, Shown.STALE)]
        findings = [_others(one) for one in found if one.shown is Shown.OTHERS]
        made = 0
        for start in range(0, len(todo), BATCH):
            said = _print(desk, todo[start : start + BATCH])
            made += sum(one is None for one in said)
            findings += [one for one in said if one is not None]
            progress(min(start + BATCH, len(todo)), len(todo))
    return Printing(made, sum(one.shown is Shown.FRESH for one in found), findings)


def copy_for_actes(project: Project, kinds: Kinds, asked: Sequence[str], folder: Path) -> list[str]:
    """Copies the PDF of each act that goes to the préfecture into `folder`, under the name of the protocole
    ACTES; gives these names. Raises WritingError when the disk refuses."""
    with Lock(project.state_dir) as lock, closing(manifest.peek(project.state_dir)) as memory:
        desk = Desk(project, kinds, lock.clock, memory)
        fresh = [one for one in pdfs(desk, resolve(desk, asked)) if one.shown is Shown.FRESH]
        named = [(_name_in_actes(desk, one.key), one) for one in fresh]
        copied = [(name, desk.read(one.path)) for name, one in named if name]
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in copied:
            write(folder / name, data or b"")
    return [name for name, _ in copied]


def _name_in_actes(desk: Desk, key: str) -> str:
    document = desk.documents[key]
    library = Library(desk.project, desk.kinds)
    entry = library.find(document.kind.registry, document.id)
    said = document.kind.compose(entry, library.reader(), document.part) if entry else None
    return said.actes if said else ""


def _print(desk: Desk, todo: Sequence[Pdf]) -> list[Finding | None]:
    """Prints a batch; what stands in the way of each, None for one that is written."""
    words = [desk.read(one.word) or b"" for one in todo]
    made = printed([Printable(one.key, word) for one, word in zip(todo, words, strict=True)])
    refused = _number(desk, todo, words, made)
    outputs = [
        Output(f"{desk.project.root}/{one.path}", found.pdf, _gives_way)
        for one, found in zip(todo, made, strict=True)
        if found is not None and one.key not in refused
    ]
    written = iter(write_all(outputs))
    return [
        _refusal(one, refused.get(one.key) or (next(written) if found is not None else None))
        for one, found in zip(todo, made, strict=True)
    ]


def _number(
    desk: Desk, todo: Sequence[Pdf], words: Sequence[bytes], made: Sequence[Printed | None]
) -> dict[str, NotWritten]:
    """Writes the page numbers of tables of contents into their Word files, as the program’s own words. Gives
    what stands in the way, by document: the PDF then shows nothing that is there."""
    changed = [
        (one, word, found.word)
        for one, word, found in zip(todo, words, made, strict=True)
        if found is not None and found.word != word
    ]
    outputs = [
        Output(f"{desk.project.root}/{one.word}", numbered, word.__eq__) for one, word, numbered in changed
    ]
    refused: dict[str, NotWritten] = {}
    for (one, _, numbered), result in zip(changed, write_all(outputs), strict=True):
        if isinstance(result, NotWritten):
            refused[one.key] = result
        else:
            digest = sha256(numbered).hexdigest()
            desk.files.wrote(one.word, result, digest)
            with desk.memory.transaction():
                desk.memory.rewrote(one.key, one.word, desk.files.stats[one.word], digest)
    return refused


def _gives_way(there: bytes | None) -> bool:
    mark = None if there is None else mark_of_pdf(there)
    return there is None or (mark is not None and mark.intact)


def _refusal(pdf: Pdf, result: object) -> Finding | None:
    if isinstance(result, NotWritten):
        return Finding(
            "ecriture", Severity.ERREUR, result.message, Place(pdf.path), hints=advice(result.hint)
        )
    if result is None:
        message = "LibreOffice n’a pas su mettre ce document en PDF"
        hint = "ouvrez-le dans LibreOffice : s’il s’affiche, relancez la même commande"
        return Finding("pdf", Severity.ERREUR, message, Place(pdf.word), hints=(hint,))
    return None


def _others(pdf: Pdf) -> Finding:
    message = "ce PDF n’est pas tel que ctgdocs l’a fait (signé, annoté ou remplacé) : il est gardé"
    hint = "pour en avoir un neuf, renommez-le ou rangez-le ailleurs"
    return Finding("pdf-garde", Severity.ALERTE, message, Place(pdf.path), hints=(hint,))


def out_of_date(project: Project, kinds: Kinds, asked: Sequence[str]) -> list[Finding]:
    """What is said after a run without --pdf: the PDFs that show another text than their document. At most
    one finding."""
    with closing(manifest.peek(project.state_dir)) as memory:
        desk = Desk(project, kinds, time.time_ns(), memory)
        stale = [one.path for one in pdfs(desk, resolve(desk, asked)) if one.shown is Shown.STALE]
    if not stale:
        return []
    message = f"PDF plus ancien que son document Word : {', '.join(stale)}"
    hints = ("« ctgdocs generer --pdf » le refait",)
    return [Finding("pdf-perime", Severity.ALERTE, message, Place(stale[0]), hints=hints)]


def leftover_pdfs(desk: Desk) -> Iterator[tuple[str, PdfMark]]:
    """The PDFs of ours whose Word document is no longer beside them."""
    for path in sorted(desk.files.stats):
        if path.startswith("sorties/") and path.endswith(".pdf"):
            word = f"{path.removesuffix('.pdf')}.docx"
            mark = None if word in desk.files.stats else mark_of_pdf(desk.read(path) or b"")
            if mark is not None:
                yield path, mark
