"""Files as other houses make them, each in habits of its own: what stands in them, and what must come out.

A `Made` file says its sentences; `measured` imports it and counts those that are exact, lost, doubled and
glued in what is proposed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape
from typing import NamedTuple

import yaml
from posts import a_word_file

from ctgdocs.cli.importer import readers_of
from ctgdocs.content.library import Library
from ctgdocs.importing.document import opened
from ctgdocs.importing.reader import Proposal, Wish, recognised

_OPENING = re.compile(r"(?:Vu|Considérant(?: que| qu’)?|FICHE ACTION N° \d+ :|Axe \d –) *|(?:[-•➢]|\d\)) ")
"""What a field says by its name, before a sentence."""


_PROPERTIES = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dcterms="http://purl.org/dc/terms/"><dcterms:modified>2021-11-10T09:00:00Z</dcterms:modified>'
    "</cp:coreProperties>"
)


class Cell(NamedTuple):
    """A cell: its lines, the columns it covers, whether it goes on with the one above."""

    text: str
    span: int = 1
    merged: str = ""
    bold: bool = False


@dataclass
class Made:
    """A file being made: `body` is its Word text; `sentences` what must stand once; `blocks` what must not be
    glued to its neighbour."""

    genre: str
    body: list[str] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)

    def head(self, *texts: str, centred: bool = True) -> Made:
        """Lines that are no sentence: titles, formulas, signatures."""
        self.body += [paragraph(text, bold=True, centred=centred) for text in texts]
        return self

    def line(self, *texts: str, bold: bool = False) -> Made:
        """Lines of which nothing is measured."""
        self.body += [paragraph(text, bold=bold) for text in texts]
        return self

    def text(self, *texts: str, mark: str = "", run_in: str = "") -> Made:
        """Paragraphs of which each sentence is measured; `run_in`: a bold label before it."""
        for text in texts:
            self.body.append(paragraph(f"{mark}{text}", run_in=run_in))
            self.said(text)
        return self

    def said(self, text: str) -> None:
        self.blocks.append(text)
        bare = _OPENING.sub("", text)
        self.sentences += [one for one in re.split(r"(?<=[.;]) (?=[A-ZÀ-Ý])", bare) if len(one.split()) > 3]

    def table(self, *rows: tuple[Cell | str, ...], measured: bool = True) -> Made:
        self.body.append(table(*rows))
        if measured:
            for row in rows:
                for cell in row:
                    text = cell.text if isinstance(cell, Cell) else cell
                    for line in text.split("\n"):
                        if len(line.split()) > 3:
                            self.said(line)
        return self

    def file(self) -> bytes:
        return a_word_file(*self.body, **{"docProps/core.xml": _PROPERTIES})


def paragraph(text: str, *, bold: bool = False, centred: bool = False, run_in: str = "") -> str:
    alignment = '<w:pPr><w:jc w:val="center"/></w:pPr>' if centred else ""
    before = _run(run_in, bold=True) if run_in else ""
    return f"<w:p>{alignment}{before}{_run(text, bold=bold)}</w:p>"


def _run(text: str, *, bold: bool) -> str:
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\v"))
    lines = lines.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    return f"<w:r>{'<w:rPr><w:b/></w:rPr>' if bold else ''}{lines}</w:r>"


def table(*rows: tuple[Cell | str, ...]) -> str:
    cells = ("".join(map(_cell, row)) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def _cell(cell: Cell | str) -> str:
    cell = Cell(cell) if isinstance(cell, str) else cell
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    merged = f'<w:vMerge w:val="{cell.merged}"/>' if cell.merged else ""
    paras = "".join(paragraph(line, bold=cell.bold) for line in cell.text.split("\n"))
    return f"<w:tc><w:tcPr>{span}{merged}</w:tcPr>{paras}</w:tc>"


# --- what came out


class Measure(NamedTuple):
    exact: int
    lost: list[str]
    doubled: list[str]
    glued: list[str]
    said: int
    proposal: Proposal


def proposed(made: Made, library: Library, name: str = "fichier.docx", data: bytes = b"") -> Proposal:
    """What the importer makes of it, having recognised it by itself."""
    document = opened(name, data or made.file())
    (reader,) = recognised(readers_of(tabular=document.tabular), document)
    assert reader.genre == made.genre, (reader.genre, made.genre)
    return reader.propose(document, library, Wish())


def measured(made: Made, library: Library, name: str = "fichier.docx", data: bytes = b"") -> Measure:
    proposal = proposed(made, library, name, data)
    texts = [text for file in proposal.files for text in _texts(yaml.load(file.text, yaml.BaseLoader))]
    lines = [plain(line) for text in texts for line in re.split(r"\n(?!\S)|\n(?=[-|])|\n\n", text)]
    whole = " ¶ ".join(lines)
    count = {one: whole.count(plain(one)) for one in dict.fromkeys(made.sentences)}
    often = {one: made.sentences.count(one) for one in count}
    pairs = zip(made.blocks, made.blocks[1:], strict=False)
    glued = [
        f"{one[-40:]} | {after[:40]}"
        for one, after in pairs
        if any(f"{_end(one)}{_start(after)}" in line for line in lines)
    ]
    return Measure(
        sum(times == often[one] for one, times in count.items()),
        [one for one, times in count.items() if not times],
        [one for one, times in count.items() if times > often[one]],
        glued,
        len(count),
        proposal,
    )


def _texts(node: object) -> list[str]:
    if isinstance(node, dict):
        return [text for value in node.values() for text in _texts(value)]
    if isinstance(node, list):
        return [text for value in node for text in _texts(value)]
    return [str(node)]


def plain(text: str) -> str:
    """Letters and figures alone; what a placeholder prints as a reference."""
    text = re.sub(r"\{montant(?:_en_lettres)?:([\d., ]+)\}", r"\1 €", text)
    text = re.sub(r"\{(article|annexe):[^}]*\}|(?:l’)?(?:article|annexe) (?:\d+|[A-Z])\b", "renvoi", text)
    return re.sub(r"[^\w¶]+", "", re.sub(r"\[\^\d+\]:?", "", text)).lower()


def _end(text: str) -> str:
    return plain(" ".join(text.split()[-4:]))


def _start(text: str) -> str:
    return plain(" ".join(text.split()[:4]))
