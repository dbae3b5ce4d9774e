"""Pictures of a long text: `![ce qu’elle montre](photo.png)`, a file beside the content."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from ctgdocs.content.sheets import LARGEST, found, places_of
from ctgdocs.findings import Finding, Place, Severity
from ctgdocs.prose import Block, Cell, ListBlock, Paragraph, Picture, Prose, Run, TableBlock
from ctgdocs.stages import Reader
from ctgdocs.word import EMU, Damaged, facts_of

ERREUR, ALERTE = Severity.ERREUR, Severity.ALERTE
_NEAR = "enregistrez-la près du contenu, et citez le fichier : ![ce qu’elle montre](photo.jpg)"
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
        seen, problems = read_picture(unquote(picture.source), picture.alt, self.source, self.reader)
        if seen is not None and not picture.alt:
            message = f"l’image « {unquote(picture.source)} » n’a pas de légende"
            hint = f"écrivez ![ce qu’elle montre]({picture.source}) : ceux qui ne la voient pas l’entendent"
            problems.append(_told(ALERTE, message, hint))
        self.findings += [one._replace(place=self._place(picture)) for one in problems]
        return seen

    def _place(self, picture: Picture) -> Place:
        cited = (f"]({picture.source}", f"](<{unquote(picture.source)}", f"]({unquote(picture.source)}", "![")
        at = next((at for words in cited if (at := self.text.find(words)) >= 0), 0)
        return Place.inside(self.text, max(self.text.rfind("![", 0, at + 2), 0))


def read_picture(name: str, alt: str, source: str, reader: Reader) -> tuple[Picture | None, list[Finding]]:
    """The picture that the content file `source` cites by the name of its file, None when it cannot be shown;
    what is wrong with it, at no line."""
    places = places_of(source, name)
    there = found(places, reader)
    if not places:
        return None, [_told(ERREUR, f"l’image « {name} » n’est pas un fichier de content/", _NEAR)]
    if there is None:
        message = f"l’image « {name} » est introuvable, ou dépasse {LARGEST // 1_000_000} Mo"
        return None, [_told(ERREUR, message, f"elle est cherchée ici : {places[0]}")]
    try:
        facts = facts_of(there[1])
    except Damaged as damaged:
        return None, [_told(ERREUR, f"« {name} » {damaged}", "enregistrez-la de nouveau en PNG ou en JPEG")]
    problems = []
    if facts.turned:
        message = f"la photo « {name} » est couchée : Word ne la redressera pas"
        problems.append(_told(ALERTE, message, "ouvrez-la, tournez-la, enregistrez-la"))
    stem = posixpath.basename(name).rpartition(".")[0] or "image"
    width, height = (round(side * EMU / facts.dpi) for side in (facts.width, facts.height))
    return Picture(f"{stem}.{facts.kind}", alt or stem, there[1], width, height), problems


def _told(severity: Severity, message: str, hint: str) -> Finding:
    return Finding("image", severity, message, Place("", 1, 1), hints=(hint,))


_LOGO_WIDTH, _LOGO_HEIGHT = round(EMU * 45 / 25.4), round(EMU * 18 / 25.4)


def as_logo(picture: Picture) -> Picture:
    """A picture as high as the logos beside it, 18 mm, or 45 mm wide when it is long."""
    scale = min(_LOGO_HEIGHT / picture.height, _LOGO_WIDTH / picture.width)
    return picture._replace(width=round(picture.width * scale), height=round(picture.height * scale))
