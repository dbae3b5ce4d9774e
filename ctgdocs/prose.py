"""Long text ready for the page: what composing makes of Markdown, and what templates turn into Word.

Named tuples: an act makes hundreds, and they are as quick to make, to compare and to digest as plain ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias


class Picture(NamedTuple):
    """A picture in a text: the name of its file, what it shows (its legend, and what a screen reader says),
    its bytes, and its own size in Word’s unit (914 400 in an inch), which the page may reduce."""

    source: str
    alt: str
    data: bytes = b""
    width: int = 0
    height: int = 0


class Run(NamedTuple):
    """A piece of text of one look. `note` is a footnote's content, carried by an otherwise empty run.

    `ref` is the `Paragraph.bookmark` of the numbered heading whose number this run is (« 3.2 »): Word keeps
    it right when headings move. `picture` stands in an otherwise empty run.
    """

    text: str
    bold: bool = False
    italic: bool = False
    superscript: bool = False
    code: bool = False
    href: str = ""
    note: tuple[Paragraph, ...] = ()
    line_break: bool = False
    ref: str = ""
    picture: Picture | None = None


class Paragraph(NamedTuple):
    """`role` is a role of templates/roles.py (`corps`, `titre1`, `citation`…). `bookmark`: the name, once in
    a document, that a `Run.ref` or a `Contents` points to."""

    runs: tuple[Run, ...]
    role: str = "corps"
    bookmark: str = ""


class ListBlock(NamedTuple):
    """A bulleted or numbered list; each item is a sequence of blocks, so lists nest."""

    items: tuple[tuple[Block, ...], ...]
    ordered: bool = False
    start: int = 1


class Cell(NamedTuple):
    """`continued`: the cell is one with that above it, whose text stands for both."""

    paragraphs: tuple[Paragraph, ...]
    align: Literal["left", "right", "center"] = "left"
    continued: bool = False


class TableBlock(NamedTuple):
    """`header` and `total` say whether the first row is a repeated heading and the last one a total."""

    rows: tuple[tuple[Cell, ...], ...]
    header: bool = True
    total: bool = False
    caption: str = ""
    widths: tuple[int, ...] = ()


class ContentsEntry(NamedTuple):
    """One line of a table of contents: the number of the heading ("" for none), what it says, its level from
    1."""

    number: str
    text: str
    level: int
    bookmark: str


class Contents(NamedTuple):
    """A table of contents, as Word's own field; its entries stand there until Word computes the pages."""

    entries: tuple[ContentsEntry, ...]


ChartForm: TypeAlias = Literal["barres", "courbe", "secteurs"]


class Series(NamedTuple):
    """One line of a chart: its name, and a plain number (« 12500.5 ») for each category, "" where there is
    none."""

    name: str
    values: tuple[str, ...]


class Chart(NamedTuple):
    """A chart of a table: `categories` name the points of each series, `unit` stands after each number, `alt`
    is what a screen reader says."""

    form: ChartForm
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    alt: str = ""


Block: TypeAlias = Paragraph | ListBlock | TableBlock | Contents | Chart


@dataclass(frozen=True, slots=True)
class Prose:
    """Long text ready for the page: `{{p expose }}` in a template becomes these blocks."""

    blocks: tuple[Block, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.blocks)

    def __iter__(self) -> Iterator[Block]:
        return iter(self.blocks)


class Carrier(NamedTuple):
    """The id of a field and its name, for the words `text` of a page: a paragraph, or some of its words.
    `opening`: the text of one of its runs; `values`: those that its placeholders say."""

    id: str
    label: str
    text: str
    opening: str
    values: tuple[Carrier, ...] = ()


def each_text(prose: Prose, change: Callable[[str], str]) -> Prose:
    """The prose with the text of each run changed, in lists, tables and notes too."""
    return Prose(tuple(_changed(block, change) for block in prose))


def _changed(block: Block, change: Callable[[str], str]) -> Block:
    if isinstance(block, Paragraph):
        return _paragraph(block, change)
    if isinstance(block, ListBlock):
        return block._replace(
            items=tuple(tuple(_changed(one, change) for one in item) for item in block.items)
        )
    if isinstance(block, TableBlock):
        return block._replace(rows=tuple(tuple(_cell(cell, change) for cell in row) for row in block.rows))
    return block


def _cell(cell: Cell, change: Callable[[str], str]) -> Cell:
    return cell._replace(paragraphs=tuple(_paragraph(one, change) for one in cell.paragraphs))


def _paragraph(paragraph: Paragraph, change: Callable[[str], str]) -> Paragraph:
    runs = (
        run._replace(text=change(run.text), note=tuple(_paragraph(one, change) for one in run.note))
        for run in paragraph.runs
    )
    return paragraph._replace(runs=tuple(runs))
