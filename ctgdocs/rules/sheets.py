"""The texts that an act takes from elsewhere than its own file: the cells of a table kept in a workbook,
the dossiers that its points cite."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ctgdocs.content import sheets
from ctgdocs.findings import Stopped
from ctgdocs.patterns import regex
from ctgdocs.rules.rule import Prose
from ctgdocs.rules.texts import texts
from ctgdocs.stages import Entry, Reader, Source, Text
from ctgdocs.stages import Mapping as Tree
from ctgdocs.vocabulary.actes import Tableau
from ctgdocs.vocabulary.registres import DOSSIERS

_ROW = regex(r"\d+")


def texts_elsewhere(act: Entry[object], reader: Reader) -> Iterator[Prose]:
    """What the rules on words read beside the act’s own texts. A file that cannot be read is told by its
    page."""
    tables: Mapping[str, Tableau] = getattr(act.value, "tableaux", {})
    for name, table in tables.items():
        if table.fichier:
            yield from _cells(act, name, table, reader)
    for point in getattr(act.value, "points", ()):
        dossier = reader.find(DOSSIERS, point.dossier) if getattr(point, "dossier", None) else None
        for path, text in texts(dossier.node(())[0]) if dossier else ():
            if dossier is not None and " " in text:
                yield Prose(act, dossier, path, text)


def _cells(act: Entry[object], name: str, table: Tableau, reader: Reader) -> Iterator[Prose]:
    try:
        folder = act.typed_at("tableaux", name)[0].source.path
        path, data = sheets.beside(folder, table.fichier or "", reader)
        sheet = sheets.read_sheet(path, data, table.feuille or "")
    except Stopped:
        return
    for row, places in zip(sheet.rows, sheet.cells, strict=False):
        for text, cell in zip(row, places, strict=False):
            if " " in text:
                yield Prose(act, _entry(act, path, cell, text), (cell,), text)


def _entry(act: Entry[object], path: str, cell: str, text: str) -> Entry[object]:
    """The file of a table, as an entry whose only value is one of its cells."""
    found = _ROW.search(cell)
    line = int(found[0]) if found else 1
    root = Tree(line, 1)
    root[Text(cell, line, 1)] = Text(" ".join(text.split()), line, 1)
    return Entry(act.registry, act.id, act.value, Source(path, "", root), "")
