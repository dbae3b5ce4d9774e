"""A file that is brought: opened whatever its format, as blocks of text or as sheets, with what stands
around.

Word files (Strict, `.docm` without its macros) are read here; `.doc` and `.odt` pass through LibreOffice when
it is there; a `.pdf` gives its text; `.xlsx`, `.ods` and `.csv` give their sheets; `.txt` its lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from pathlib import PurePath
from textwrap import shorten
from typing import Literal, NamedTuple, TypeAlias

from ctgdocs.content.odf import read_ods
from ctgdocs.content.sheets import read_grid
from ctgdocs.content.workbooks import Grid, sheets_of
from ctgdocs.findings import CtgdocsError, Stopped, TemplateError, UsageError
from ctgdocs.importing.typed import clean, decoded, flowed, goes_on, joined, unwrapped
from ctgdocs.pdf import PdfLine, PdfTable, converted, parts_of_pdf
from ctgdocs.word import Told, ToldBlock, ToldCell, ToldFile, tell

WORD, TEXT, SHEETS, PDF = (
    (".docx", ".docm", ".dotx"),
    (".txt", ".md", ".markdown", ".text"),
    (".xlsx", ".xlsm"),
    (".pdf",),
)
THROUGH_OFFICE = {".doc": ".docx", ".odt": ".docx", ".rtf": ".docx", ".xls": ".xlsx"}
TABLES = (*SHEETS, ".ods", ".csv", ".tsv")
LARGEST_WORD = 20_000_000
"""Bytes of XML of a Word file."""
LARGEST_TEXT = 5_000_000
"""Bytes of a text file."""

Look = Literal["text", "bullet", "heading"]


class Para(NamedTuple):
    """A paragraph on one line. `level`: that of a heading (0: the title of the document), the depth of a
    bullet; `number`: what Word prints before it; `bold`, `large`, `centred`, `struck`: how it is written;
    `raw`: as typed, with its tabs."""

    text: str
    look: Look = "text"
    level: int = 0
    number: str = ""
    bold: bool = False
    large: bool = False
    centred: bool = False
    struck: bool = False
    raw: str = ""


class Box(NamedTuple):
    """A cell: its paragraphs, the columns it covers, whether it goes on with the one above."""

    paras: tuple[Para, ...] = ()
    span: int = 1
    continues: bool = False

    @property
    def text(self) -> str:
        return "\n".join(para.text for para in self.paras)


class Table(NamedTuple):
    """A table, every row as wide as the others: a cell over several columns is followed by empty ones."""

    rows: tuple[tuple[Box, ...], ...]
    heads: int = 0

    @property
    def width(self) -> int:
        return max(map(len, self.rows), default=0)


Block: TypeAlias = Para | Table


@dataclass
class Document:
    """A file as opened. `suffix`: what it was read as (`.docx` for a `.doc`); `data`: its bytes as such;
    `blocks`: its text, empty for a workbook; `notes`: footnotes by the label that calls them; `around`: its
    headers and footers; `said`: what the screen tells of how it was read; `doubts`: what of that is to be
    read again."""

    name: str
    suffix: str
    data: bytes
    blocks: tuple[Block, ...] = ()
    notes: dict[str, str] = field(default_factory=dict)
    around: tuple[tuple[str, str], ...] = ()
    pictures: int = 0
    said: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    typed: str = ""
    """A text file as typed."""

    @property
    def tabular(self) -> bool:
        return self.suffix in TABLES

    @cached_property
    def sheets(self) -> tuple[tuple[str, Grid], ...]:
        """The sheets of a workbook that can be read, by name, in order; a CSV is one of no name."""
        if not self.tabular:
            return ()
        if self.suffix == ".ods":
            return read_ods(self.name, self.data)
        found, last = [], None
        for name in sheets_of(self.name, self.data) if self.suffix in SHEETS else ("",):
            try:
                found.append((name, read_grid(f"classeur{self.suffix}", self.data, name, computed=False)))
            except Stopped as stopped:
                last = stopped
        if not found and last is not None:
            raise last
        return tuple(found)

    def paras(self) -> Iterator[Para]:
        """Every paragraph, those of the cells included, in reading order."""
        for block in self.blocks:
            yield from (block,) if isinstance(block, Para) else paras_of(block)

    @cached_property
    def words(self) -> str:
        """The whole text, one paragraph a line: what a reader looks at to recognise its own."""
        return "\n".join(para.text for para in self.paras())


def paras_of(table: Table) -> Iterator[Para]:
    for row in table.rows:
        for box in row:
            yield from box.paras


MOST_PARAS = 10_000
"""Three times those of a convention of 60 pages with its forty fiches, cell by cell."""
MOST_SIGNS = 500_000
"""Two hundred full pages: every reader looks at them in two seconds."""


def opened(name: str, data: bytes) -> Document:
    """A file, by its name and its bytes. Raises UsageError for a format that is not read or a text beyond
    measure, CtgdocsError (or Stopped) for a file that cannot be."""
    document = _opened(name, data)
    if sum(1 for _ in document.paras()) > MOST_PARAS:
        raise UsageError(f"« {name} » est trop long : 10 000 paragraphes au plus. Coupez-le en plusieurs.")
    if sum(len(para.text) for para in document.paras()) > MOST_SIGNS:
        raise UsageError(f"« {name} » est trop long : 500 000 signes au plus. Coupez-le en plusieurs.")
    return document


def _opened(name: str, data: bytes) -> Document:
    suffix = PurePath(name).suffix.lower()
    if suffix in THROUGH_OFFICE:
        data, suffix = _through_office(name, data, suffix), THROUGH_OFFICE[suffix]
    if suffix in WORD:
        return _word(name, suffix, data)
    if suffix in TABLES:
        return Document(name, suffix, data)
    if suffix in PDF:
        return _pdf(name, data)
    if suffix in TEXT:
        if len(data) > LARGEST_TEXT:
            raise UsageError(f"« {name} » est trop gros : 5 Mo au plus.")
        return _lines(name, suffix, data, decoded(data).splitlines())
    raise UsageError(
        f"« {name} » : donnez un fichier Word (.docx, .doc, .odt), un PDF, un classeur (.xlsx, .ods, .csv) "
        "ou un texte."
    )


def _through_office(name: str, data: bytes, suffix: str) -> bytes:
    made = converted(data, suffix, THROUGH_OFFICE[suffix])
    if made is None:
        raise CtgdocsError(
            "ce fichier ne s’ouvre pas dans LibreOffice : il est abîmé, ou protégé par un mot de passe"
        )
    return made


# --- Word -----------------------------------------------------------------------------------------------


_PAGE_NUMBER = re.compile(r"\W*(?:page\b\W*)?(?:\d+\W*(?:sur\b|/)?\W*\d*)?\W*", re.IGNORECASE)
_HEADING_STYLE = re.compile(r"(?:heading|titre)\s*(\d)", re.IGNORECASE)
_TITLES = frozenset(("title", "titre", "subtitle", "sous-titre"))
_LIST_STYLE = re.compile(r"list|liste|puce", re.IGNORECASE)
_SECOND = re.compile(r"(\d)\s*$")
DEEPEST = 2


def _word(name: str, suffix: str, data: bytes) -> Document:
    try:
        told = tell(data, largest=LARGEST_WORD)
    except TemplateError as error:
        hint = f" ; {error.hint}" if error.hint else ""
        raise CtgdocsError(f"ce n’est pas un document Word lisible : {error}{hint}") from error
    body: list[Block | None] = []
    for one in told.body:
        body += _blocks(one) or [None]
    blocks = tuple(_unbroken(body))
    notes = {label: clean(text) for label, text in told.notes.items()}
    around = tuple((label, clean(text)) for label, text in told.around)
    if not blocks:
        raise CtgdocsError("ce fichier ne contient pas de texte")
    said = (*_said(told), *_beside(around))
    return Document(name, suffix, data, blocks, notes, around, told.pictures, said)


def _beside(around: Sequence[tuple[str, str]]) -> Iterator[str]:
    """What the screen tells of headers and footers: they are no part of the text."""
    texts = [one for one in dict.fromkeys(text for _, text in around) if not _PAGE_NUMBER.fullmatch(one)]
    if texts:
        shown = " ; ".join(f"« {shorten(one, 90, placeholder=' …')} »" for one in texts[:4])
        yield f"En-têtes et pieds de page, à part du texte : {shown}{' …' * (len(texts) > 4)}."


def _unbroken(blocks: Sequence[Block | None]) -> Iterator[Block]:
    """The blocks, the lines of a paragraph that were typed each as its own joined; None: a blank one."""
    lines = [one.raw if isinstance(one, Para) and one.look != "heading" else "" for one in blocks]
    kept: list[Block] = []
    for is_cut, block in zip(goes_on(lines), blocks, strict=True):
        before = kept[-1] if kept else None
        if is_cut and isinstance(block, Para) and isinstance(before, Para) and _alike(before, block):
            text = joined(before.text, block.text)
            kept[-1] = before._replace(text=text, raw=text)
        elif block is not None:
            kept.append(block)
    yield from kept


def _alike(one: Para, after: Para) -> bool:
    """Whether two lines may be of one paragraph, as they are written."""
    return (
        after.look == "text"
        and not after.number
        and (one.bold, one.large, one.centred, one.struck)
        == (after.bold, after.large, after.centred, after.struck)
    )


def _said(told: ToldFile) -> Iterator[str]:
    for count, one, many in (
        (told.revised, "modification suivie a été acceptée", "modifications suivies ont été acceptées"),
        (told.struck, "paragraphe barré est repris", "paragraphes barrés sont repris"),
        (told.hidden, "passage masqué n’est pas repris", "passages masqués ne sont pas repris"),
        (len(told.notes), "note de bas de page est reprise", "notes de bas de page sont reprises"),
    ):
        if count:
            yield f"{count} {one if count == 1 else many}."


def _blocks(told: ToldBlock) -> list[Block]:
    if isinstance(told, Told):
        return [*_paras(told)]
    width = max((sum(cell.span for cell in row) for row in told.rows), default=0)
    rows = [_row(row, width) for row in told.rows]
    rows = [row for row in rows if any(box.paras or box.continues for box in row)]
    return [Table(tuple(rows), told.heads)]


def _row(cells: Sequence[ToldCell], width: int) -> tuple[Box, ...]:
    """The cells of a row, one for each column of the table; a table inside a cell stands as its
    paragraphs."""
    row: list[Box] = []
    for cell in cells:
        paras = tuple(
            para
            for one in cell.blocks
            for block in _blocks(one)
            for para in ((block,) if isinstance(block, Para) else paras_of(block))
        )
        row += (Box(paras, cell.span, cell.continues), *[Box()] * (cell.span - 1))
    return (*row, *[Box()] * (width - len(row)))[: max(width, len(row))]


def _paras(told: Told) -> Iterator[Para]:
    """A paragraph, cut where its author broke the line."""
    first = True
    for raw in told.text.split("\n"):
        if text := clean(raw):
            look, level = _look(told)
            look, level = (look, level) if first or look != "bullet" else ("text", 0)
            yield Para(
                text,
                look,
                level,
                clean(told.number) if first else "",
                told.bold,
                told.large,
                told.centred,
                told.struck,
                raw,
            )
            first = False


def _look(told: Told) -> tuple[Look, int]:
    if found := _HEADING_STYLE.match(told.style):
        return "heading", int(found[1])
    if told.style.lower() in _TITLES:
        return "heading", 0
    if told.bulleted or (not told.number and (told.level >= 0 or _LIST_STYLE.match(told.style))):
        depth = _SECOND.search(told.style)
        level = told.level if told.level > 0 else int(depth[1]) - 1 if depth else 0
        return "bullet", min(max(level, 0), DEEPEST)
    return "text", 0


# --- text -----------------------------------------------------------------------------------------------


def _pdf(name: str, data: bytes) -> Document:
    """The text of a PDF, its lines joined where its pages cut them, and the tables that its geometry
    shows."""
    parts, around = parts_of_pdf(data)
    blocks: list[Block] = []
    for bold, group in groupby(parts, lambda part: isinstance(part, PdfLine) and part.bold):
        for is_text, same in groupby(group, lambda part: isinstance(part, PdfLine)):
            if is_text:
                lines = [part for part in same if isinstance(part, PdfLine)]
                blocks += _flow([one.text for one in lines], [one.full for one in lines], bold=bold)
            else:
                blocks += [_drawn(part) for part in same if isinstance(part, PdfTable)]
    ruled = [part.ruled for part in parts if isinstance(part, PdfTable)]
    typed = "" if ruled else "\n".join(block.text for block in blocks if isinstance(block, Para))
    around_it = tuple(("page", clean(text)) for text in around)
    said = [f"Tableaux reconnus dans le PDF : {len(ruled)}."] if ruled else []
    said += _beside(around_it)
    aligned = ruled.count(False)
    doubts = (f"tableaux sans traits, lus à l’alignement de leurs colonnes : {aligned}",) if aligned else ()
    return Document(
        name, ".pdf", data, tuple(blocks), around=around_it, said=tuple(said), doubts=doubts, typed=typed
    )


def _flow(texts: Sequence[str], full: Sequence[bool], *, bold: bool = False) -> Iterator[Para]:
    yield from (Para(text, bold=bold, raw=line) for line in flowed(texts, full) if (text := clean(line)))


def _drawn(table: PdfTable) -> Table:
    rows = [
        tuple(
            Box(
                tuple(_flow([line.text for line in cell.lines], [line.full for line in cell.lines])),
                cell.span,
                cell.continues,
            )
            for cell in row
        )
        for row in table.rows
    ]
    return Table(tuple(row for row in rows if any(box.paras for box in row)))


def _lines(name: str, suffix: str, data: bytes, typed: Sequence[str]) -> Document:
    """A file of lines; those that a page width had cut are joined again."""
    blocks = tuple(Para(text, raw=line) for line in unwrapped(typed) if (text := clean(line)))
    if not blocks:
        raise CtgdocsError("ce fichier est vide : il ne contient pas de texte")
    return Document(name, suffix, data, blocks, typed="\n".join(typed))
