"""What a rendered part may need before Word can open it: cells that hold a paragraph, tables apart, ids once;
and tables whose columns come from the data: the grid follows the cells, the width stays.

docxtpl's `fix_tables`, counted on each table's own rows: a table inside a cell does not widen the one around.

A template is looked at once: `needs_of` says which of these its tags could break, and only those are
looked for in each document. All of it works on the text of the part, whose markup is compact (no blank
between tags).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ctgdocs.prose import TableBlock
from ctgdocs.word.ids import BEARERS
from ctgdocs.word.names import W_NS

if TYPE_CHECKING:
    from lxml import etree


# --- What a table needs to know of itself before it is written: widths, look, and a text that stands for it


_CHARACTER = 115  # twips: a usual letter at 11 points
_NARROWEST = 6.0  # characters that a column of words keeps among too many
_EMU = 635  # in a twip
_PICTURE = 20  # characters that a picture needs to be seen
_MIN_COLUMN, _MAX_COLUMN = 7.0, 60.0  # characters a column counts for when widths are shared out


def column_widths(table: TableBlock, columns: int, width: int) -> list[int]:
    """Widths in twips that add up to `width`: in the ratios asked for, else after what the columns hold.

    Each column first gets what its longest word (or amount) needs, then a share of the rest by its text.
    Ratios that were asked for give way only where they would cut a word in two.
    """
    words, texts = _longest(table, columns)
    room = width / _CHARACTER
    asked = [float(weight) for weight in table.widths[:columns]]
    if len(asked) < columns or min(asked) <= 0:
        weights = _shared(words, texts, room)
        if (total := sum(weights)) > room:  # too many columns: words are cut before figures are
            weights = [weight * room / total for weight in weights]
            least = (min(weight, _NARROWEST) for weight in weights)
            weights = _uncut(weights, list(map(max, _figures(table, columns), least)))
    else:
        weights = _uncut([weight * room / sum(asked) for weight in asked], [word + 2.0 for word in words])
    total = sum(weights)
    widths = [int(width * weight / total) for weight in weights]
    widths[0] += width - sum(widths)
    return widths


def _figures(table: TableBlock, columns: int) -> list[float]:
    """What the longest figure of each column needs, in characters; nothing for a column of words."""
    needs = [0.0] * columns
    for row in table.rows[table.header :]:
        for at, cell in enumerate(row):
            if cell.align == "right":
                text = "".join(run.text for paragraph in cell.paragraphs for run in paragraph.runs)
                needs[at] = max(needs[at], len(text) * 0.9 + 2.0 if text else 0.0)
    return needs


def _longest(table: TableBlock, columns: int) -> tuple[list[int], list[int]]:
    """Per column, in characters: the longest word, and the longest text."""
    words, texts = [0] * columns, [0] * columns
    for index, row in enumerate(table.rows):
        for column, cell in enumerate(row):
            figure = cell.align == "right" and not (table.header and index == 0)
            for paragraph in cell.paragraphs:
                runs = paragraph.runs
                text = runs[0].text if len(runs) == 1 else "".join([run.text for run in runs])
                drawn = [run.picture.width // _EMU // _CHARACTER for run in runs if run.picture]
                unbroken = len(text) if figure else _longest_piece(text)
                texts[column] = max(texts[column], len(text), *drawn)
                words[column] = max(words[column], unbroken, *(min(one, _PICTURE) for one in drawn))
    return words, texts


def _shared(words: list[int], texts: list[int], room: float) -> list[float]:
    """`room` characters shared out: what the words need, then by what the texts would take on one line."""
    needs = [max(_MIN_COLUMN, min(word * 1.2 + 2, _MAX_COLUMN / 2)) for word in words]
    wishes = [
        max(_MIN_COLUMN + 0.1, min(text * 1.1 + 2, _MAX_COLUMN), need)
        for text, need in zip(texts, needs, strict=True)
    ]
    spare = max(0.0, room - sum(needs))
    longing = sum(wish - need for need, wish in zip(needs, wishes, strict=True)) or 1.0
    return [need + spare * (wish - need) / longing for need, wish in zip(needs, wishes, strict=True)]


def _uncut(weights: list[float], needs: list[float]) -> list[float]:
    """The weights with each column that cannot hold its longest word widened, at the cost of those with room
    to spare; as they were when there is not enough of it."""
    lacking = sum(max(0.0, need - weight) for weight, need in zip(weights, needs, strict=True))
    spare = sum(max(0.0, weight - need) for weight, need in zip(weights, needs, strict=True))
    if not lacking or spare < lacking:
        return weights
    return [
        need if weight < need else weight - (weight - need) * lacking / spare
        for weight, need in zip(weights, needs, strict=True)
    ]


def _longest_piece(text: str) -> int:
    """How long the longest piece is that no line break can cut: Word breaks after a space or a hyphen."""
    return max(map(len, text.replace("-", "- ").split(" ")))


def table_look(table: TableBlock) -> str:
    """The bits of `w:tblLook`: which rows of the table style apply."""
    return f"{0x0400 | 0x0020 * table.header | 0x0040 * table.total:04X}"


def alternative_text(table: TableBlock) -> str:
    """What a screen reader says of the table: its caption, else its headings."""
    if table.caption or not table.header:
        return table.caption or "Tableau"
    titles = ("".join(run.text for p in cell.paragraphs for run in p.runs).strip() for cell in table.rows[0])
    return "Tableau : " + ", ".join(title for title in titles if title)


_MAKES_CELLS = re.compile(r"\{[%{#]-?tc\s|\{\{-?tr\s|\{%-?\s*(?:colspan|hm)\b")
_EDGE = re.compile(r"<(/?)w:tbl>")
_GRID = re.compile(r"<w:tblGrid(?: [^>]*)?>(.*?)</w:tblGrid>", re.DOTALL)
_COLUMN = re.compile(r"<w:gridCol\b([^>]*?)/>")
_WIDTH = re.compile(r'\bw:w="([\d.]+)"')
_SPAN = re.compile(r'<w:gridSpan\b[^>]*?\bw:val="(\d+)"')
_AROUND = re.compile(r'<w:grid(?:Before|After)\b[^>]*?\bw:val="(\d+)"')


class _Row(NamedTuple):
    cells: int
    length: int
    """Columns it takes: its cells' spans, and what it leaves free before and after."""


def may_change(root: etree._Element) -> bool:
    """Whether a table of this template part could need its grid mended: rows differ, or tags make cells."""
    from lxml import etree

    for table in root.iter(f"{{{W_NS}}}tbl"):
        xml = etree.tostring(table, encoding="unicode", with_tail=False)
        if _MAKES_CELLS.search("".join(str(text) for text in table.itertext())):
            return True
        if _mended(re.sub(r"<w:tbl [^>]*>", "<w:tbl>", xml)) is not None:
            return True
    return False


def mend_grids(xml: str) -> str:
    """The part's XML with each table's `<w:tblGrid>` as wide as its rows."""
    out: list[str] = []
    done = 0
    for start, end in _tables(xml):
        grid = _mended(xml[start:end])
        if grid is not None:
            place, text = grid
            out += (xml[done : start + place.start()], text)
            done = start + place.end()
    out.append(xml[done:])
    return "".join(out)


def _tables(xml: str) -> Iterator[tuple[int, int]]:
    """Where each table begins and ends, in the order they begin: a table in a cell comes after its own."""
    start = xml.find("<w:tbl>")
    while start >= 0:
        end = xml.find("</w:tbl>", start) + len("</w:tbl>")
        following = xml.find("<w:tbl>", start + 1)
        if 0 <= following < end:  # tables in tables: matched edge by edge
            yield from _nested_tables(xml, start)
            return
        yield start, end
        start = following


def _nested_tables(xml: str, start: int) -> Iterator[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    open_tables: list[int] = []
    for edge in _EDGE.finditer(xml, start):
        if not edge[1]:
            open_tables.append(edge.start())
        elif open_tables:
            found.append((open_tables.pop(), edge.end()))
    yield from sorted(found)


def _mended(table: str) -> tuple[re.Match[str], str] | None:
    """Where a table's grid stands and what it should be; None when it is right, or there is none."""
    grid = _GRID.search(table)
    if grid is None:
        return None
    rows = _rows(table)
    cells = max((row.cells for row in rows), default=0)
    length = max((row.length for row in rows), default=-1)
    text = _fitted(grid[1], cells, length)
    return None if text is None else (grid, text)


@lru_cache(maxsize=256)
def _fitted(grid: str, cells: int, length: int) -> str | None:
    """The grid for rows of at most so many cells and columns (-1: no row); None when it is right as it is."""
    columns = [_width(column[1]) for column in _COLUMN.finditer(grid)]
    wanted = list(columns)
    missing = cells - len(columns)
    if missing > 0:
        wanted = _widened(columns, missing)
    spare = len(wanted) - length
    if length >= 0 and spare > 0:
        wanted = _narrowed(wanted, spare)
    if wanted == columns:
        return None
    text = "".join(f'<w:gridCol w:w="{width:.0f}"/>' if width else "<w:gridCol/>" for width in wanted)
    return f"<w:tblGrid>{text}</w:tblGrid>"


def _rows(table: str) -> list[_Row]:
    """The rows of a table, those of the tables in its cells left out."""
    own = _without_inner_tables(table)
    return [_row(row) for row in own.split("</w:tr>")[:-1]]


def _row(row: str) -> _Row:
    cells = row.count("</w:tc>")
    length = cells
    if "<w:grid" in row:
        spans = [int(span) for span in _SPAN.findall(row)]
        length += sum(spans) - len(spans) + sum(map(int, _AROUND.findall(row)))
    return _Row(cells, length)


def _without_inner_tables(table: str) -> str:
    if table.count("<w:tbl>") < 2:
        return table
    out: list[str] = []
    depth = done = 0
    for edge in _EDGE.finditer(table):
        if not edge[1]:
            depth += 1
            if depth == 2:
                out.append(table[done : edge.start()])
        else:
            if depth == 2:
                done = edge.end()
            depth -= 1
    out.append(table[done:])
    return "".join(out)


def _width(attributes: str) -> float:
    match = _WIDTH.search(attributes)
    return float(match[1]) if match else 0.0


def _widened(columns: list[float], missing: int) -> list[float]:
    """More columns in the same width, in the same proportions."""
    width = sum(columns)
    if width <= 0:
        return columns + [0.0] * missing
    before = width / len(columns)
    after = width / (len(columns) + missing)
    return [float(int(column * after / before)) for column in columns] + [float(int(after))] * missing


def _narrowed(columns: list[float], spare: int) -> list[float]:
    """Fewer columns in the same width: those that are left share what the others had."""
    left = columns[:-spare]
    share = int(sum(columns[-spare:]) / len(left)) if left else 0
    return [float(int(column + share)) for column in left]


# --- What the documents of a template part have to be looked at for: known when the template is prepared


Needs = frozenset[str]
"""The names of what to look for in each document made from a part: `_FIXUPS`, and ids that a loop repeats."""

RICH: Needs = frozenset(("tables", "cells", "stories"))
"""For a part that received markup from a value."""

JOINED: Needs = frozenset(("grids", "ids"))
"""For a document that received a sub-document."""


PARAGRAPH = "<w:p/>"
SEPARATOR = (
    '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    '<w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p>'
)

_TABLE_END = "</w:tbl>"
_TAG = r"\s*(?:\{\{|\{%)"
_CELL_MAY_EMPTY = re.compile(r"(?:</w:tcPr>|<w:tcPr/>|<w:tc>|<w:tc [^>]*>)" + _TAG)
_TABLE_MAY_MEET = re.compile(r"</w:tbl>(?:" + _TAG + "|<w:tbl>)")
_ROWS_MAY_GO = re.compile(r"(?:</w:tblGrid>|<w:tblGrid/>)" + _TAG)
_STORY = r"<w:(?:hdr|ftr|txbxContent|footnote|endnote|comment|body)(?: [^>]*)?>"
_STORY_ENDINGS = tuple(
    f"</w:{name}>" for name in ("hdr", "ftr", "txbxContent", "footnote", "endnote", "comment")
)
_STORY_MAY_EMPTY = re.compile(f"{_STORY}{_TAG}|{_TABLE_END}(?:{_TAG}|<w:sectPr)")

_EMPTY_CELL = re.compile(
    r"(<w:tc(?: [^>]*)?>(?:<w:tcPr(?: [^>]*)?(?:/>|>(?:(?!</w:tc>).)*?</w:tcPr>))?)\s*</w:tc>", re.DOTALL
)
_EMPTY_STORY = re.compile(
    "(" + _STORY + r")\s*(</w:(?:hdr|ftr|txbxContent|footnote|endnote|comment)>|<w:sectPr)"
)
_EMPTY_TABLE = re.compile(r"<w:tbl>(?:(?!<w:tbl>|<w:tr[ >]).)*?</w:tbl>", re.DOTALL)


def needs_of(source: str) -> Needs:
    """What the tags of a part's Jinja source could break in its documents, grids apart."""
    tables = bool(_TABLE_MAY_MEET.search(source) or _ROWS_MAY_GO.search(source))
    needed = {
        "tables": tables,
        "cells": tables or bool(_CELL_MAY_EMPTY.search(source)),
        "stories": bool(_STORY_MAY_EMPTY.search(source)),
        "ids": bool(repeats(source)),
    }
    return frozenset(name for name, needs in needed.items() if needs)


def repeats(source: str) -> set[str]:
    """What bears an id (`ids.BEARERS`) in a Jinja source that may print it several times."""
    loops = any(word in source for word in ("{% for", "{%- for", "{% macro", "{% call"))
    return {bearer for bearer in BEARERS if loops and bearer in source}


def mend(xml: str, needs: Needs) -> str:
    """The part's XML, put right where its tags left it wrong, ids apart."""
    for name, fix in _FIXUPS.items():
        if name in needs:
            xml = fix(xml)
    return xml


def fill_cells(xml: str) -> str:
    """Every cell holds a paragraph, and ends with one."""
    if xml.count("</w:tc>") != xml.count("</w:p></w:tc>"):
        xml = xml.replace("</w:tbl></w:tc>", f"</w:tbl>{PARAGRAPH}</w:tc>")
        xml = _EMPTY_CELL.sub(rf"\1{PARAGRAPH}</w:tc>", xml)
    return xml


def fill_stories(xml: str) -> str:
    """The body, a header, a note, a text box: none is empty, and a body ends with a paragraph."""
    xml = xml.replace(f"{_TABLE_END}<w:sectPr", f"{_TABLE_END}{SEPARATOR}<w:sectPr")
    if _may_hold_an_empty_story(xml):
        xml = _EMPTY_STORY.sub(rf"\1{PARAGRAPH}\2", xml)
    return xml


def _may_hold_an_empty_story(xml: str) -> bool:
    body = xml.find("<w:body")
    if body >= 0 and xml.startswith("<w:sectPr", xml.find(">", body) + 1):
        return True
    stories = ("</w:txbxContent>",) if xml.endswith("</w:document>") else _STORY_ENDINGS
    endings = (ending for ending in stories if ending in xml)
    return any(xml.count(ending) != xml.count(f"</w:p>{ending}") for ending in endings)


def part_tables(xml: str) -> str:
    """Tables without rows go; tables that touch are kept apart by a paragraph a point high."""
    end = xml.find(_TABLE_END)
    empty = meeting = False
    while end >= 0:
        empty = empty or xml[max(0, end - 20) : end].rstrip().endswith(("</w:tblGrid>", "<w:tblGrid/>"))
        end += len(_TABLE_END)
        meeting = meeting or xml.startswith("<w:tbl>", end)
        end = xml.find(_TABLE_END, end)
    if empty:
        xml = _EMPTY_TABLE.sub("", xml)
        meeting = True
    return xml.replace("</w:tbl><w:tbl>", f"</w:tbl>{SEPARATOR}<w:tbl>") if meeting else xml


_FIXUPS = {
    "grids": mend_grids,
    "tables": part_tables,
    "cells": fill_cells,
    "stories": fill_stories,
}
