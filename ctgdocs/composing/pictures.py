"""Pictures of a long text: `![ce qu’elle montre](photo.png)`, a file beside the content."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from ctgdocs.content.attachments import LARGEST, found, places_of
from ctgdocs.findings import Finding, Place, Severity
from ctgdocs.prose import Block, Cell, ListBlock, Paragraph, Picture, Prose, Run, TableBlock
from ctgdocs.stages import Reader
from ctgdocs.word import EMU, Damaged, facts_of

ERREUR, ALERTE = Severity.ERREUR, Severity.ALERTE
_NEAR = "enregistrez-la près du contenu, et citez le fichier : ![ce qu’elle montre](photo.jpg)"
_SPACED = re.compile(r"(!\[[^\]\n]*\]\()[ \t]*([^()<>\n\"']*[^()<>\n\"'\s][ \t]+[^()<>\n\"']*?)[ \t]*\)")

_SPACED = re.compile(r"(!\[[^\]\n]*\]\()[ \t]*([^()<>\n\"']*[^()<>\n\"'\s][ \t]+[^()<>\n\"']*?)[ \t]*\)")


def written(text: str) -> str:
    """The text with the names of files that hold spaces as Markdown wants them: between angles."""
    return _SPACED.sub(r"\1<\2>)", text) if "![" in text else text


def paragraphs(runs: tuple[Run, ...], role: str, *, apart: bool = False) -> Iterator[Paragraph]:
    """A paragraph as several when it holds pictures: each stands alone above its legend, between the words
    around it. `apart`: out of lists and tables, pictures wear the style of legends."""
    if not any(run.picture for run in runs):
        yield Paragraph(runs, role)
        return
    for line in _lines(runs):
        words = line[0].picture.alt if line[0].picture else ""
        yield Paragraph(line, "legende" if apart and words else role)
        if words:
            yield Paragraph((Run(words, italic=not apart),), "legende" if apart else role)


def _lines(runs: tuple[Run, ...]) -> list[tuple[Run, ...]]:
    lines: list[list[Run]] = [[]]
    for run in runs:
        if run.picture:
            lines += [[run], []]
        elif lines[-1] or run.text.strip() or run.note:
            lines[-1].append(run)
    return [tuple(line) for line in lines if line]


class Album:
    """The pictures of one text, looked for beside the content file `source`; what is wrong is kept in
    `findings`, at its place in the text."""

    def __init__(self, text: str, source: str, reader: Reader) -> None:
        self.text, self.source, self.reader = text, source, reader
        self.findings: list[Finding] = []

    def settled(self, prose: Prose) -> Prose:
        """The prose with each picture read; one that cannot be shown leaves its words."""
        return Prose(tuple(map(self._block, prose)))

    def _block(self, block: Block) -> Block:
        if isinstance(block, Paragraph):
            return self._paragraph(block)
        if isinstance(block, ListBlock):
            return block._replace(items=tuple(tuple(map(self._block, item)) for item in block.items))
        if isinstance(block, TableBlock):
            return block._replace(rows=tuple(tuple(map(self._cell, row)) for row in block.rows))
        return block

    def _cell(self, cell: Cell) -> Cell:
        return cell._replace(paragraphs=tuple(map(self._paragraph, cell.paragraphs)))

    def _paragraph(self, paragraph: Paragraph) -> Paragraph:
        return paragraph._replace(runs=tuple(map(self._run, paragraph.runs)))

    def _run(self, run: Run) -> Run:
        return run._replace(picture=self._read(run.picture)) if run.picture else run

    def _read(self, picture: Picture) -> Picture | None:
        name = unquote(picture.source)
        places = places_of(self.source, name)
        there = found(places, self.reader)
        if not places:
            self._say(picture, ERREUR, f"l’image « {name} » n’est pas un fichier de content/", _NEAR)
        elif there is None:
            message = f"l’image « {name} » est introuvable, ou dépasse {LARGEST // 1_000_000} Mo"
            self._say(picture, ERREUR, message, f"elle est cherchée ici : {places[0]}")
        else:
            return self._judged(picture, name, there[1])
        return None

    def _judged(self, picture: Picture, name: str, data: bytes) -> Picture | None:
        try:
            facts = facts_of(data)
        except Damaged as damaged:
            self._say(picture, ERREUR, f"« {name} » {damaged}", "enregistrez-la de nouveau en PNG ou en JPEG")
            return None
        if facts.turned:
            message = f"la photo « {name} » est couchée : Word ne la redressera pas"
            self._say(picture, ALERTE, message, "ouvrez-la, tournez-la, enregistrez-la")
        if not picture.alt:
            hint = f"écrivez ![ce qu’elle montre]({picture.source}) : ceux qui ne la voient pas l’entendent"
            self._say(picture, ALERTE, f"l’image « {name} » n’a pas de légende", hint)
        stem = posixpath.basename(name).rpartition(".")[0] or "image"
        width, height = (round(side * EMU / facts.dpi) for side in (facts.width, facts.height))
        return Picture(f"{stem}.{facts.kind}", picture.alt or stem, data, width, height)

    def _say(self, picture: Picture, severity: Severity, message: str, hint: str) -> None:
        cited = (f"]({picture.source}", f"](<{unquote(picture.source)}", f"]({unquote(picture.source)}", "![")
        at = next((at for words in cited if (at := self.text.find(words)) >= 0), 0)
        place = Place.inside(self.text, max(self.text.rfind("![", 0, at + 2), 0))
        self.findings.append(Finding("image", severity, message, place, hints=(hint,)))
