"""Long text → Word: paragraphs, lists, tables, links and footnotes in the template's own named styles.

One `ProseWriter` serves one document. `write` gives the XML that stands where the tag stood; `finish` gives
the other parts that this document changed: a numbering instance per numbered list (so that each list starts
again), the footnotes, the addresses of the links. Plain string building: this runs for every document.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import zip_longest
from typing import Protocol

from ctgdocs.prose import Block, Cell, Chart, Contents, ListBlock, Paragraph, Picture, Prose, Run, TableBlock
from ctgdocs.templates.charts import ChartLook, height_of
from ctgdocs.templates.layout import mark, raised
from ctgdocs.templates.prose_pieces import TEXT, ProseStyles, attribute, contents, escape, reference
from ctgdocs.templates.tables import alternative_text, column_widths, table_look
from ctgdocs.word.names import OFFICE, R_NS, RELS_NS, rels_name

_STYLED = '<w:p><w:pPr><w:pStyle w:val="'
_SCHEMES = ("http://", "https://", "mailto:", "tel:")

_PLAIN_RUN = f"<w:r>{TEXT}"
_PLAIN = Run("")[1:]
_KEEP_NEXT, _FREE_NEXT = "<w:keepNext/>", '<w:keepNext w:val="0"/>'
_BOLD = (True, False, False, False)
_MAIN = "word/document.xml"
_FIRST_BOOKMARK = 50_000  # ids of the bookmarks of long text, far from those of a template
_EMU = 635  # in a twip
_MOST_HIGH = 0.8  # of a page, so that a legend and what announces the picture stay with it
_INDENT = 600  # twips that one level of a list takes, at most
_CELL_MARGINS = 240
_SHORT = 13  # rows of a table that one page holds, its headings among them


@lru_cache(maxsize=4096)  # labels and amounts come back, in an act and from act to act
def _marked(text: str) -> str:
    return escape(mark(text))


def _merged(rows: Sequence[Sequence[Cell]], row: int, column: int) -> str:
    """What says that a cell is one with that above it, or with the one below."""
    if _continued(rows, row, column):
        return "<w:vMerge/>"
    return '<w:vMerge w:val="restart"/>' if _continued(rows, row + 1, column) else ""


def _continued(rows: Sequence[Sequence[Cell]], row: int, column: int) -> bool:
    return row < len(rows) and column < len(rows[row]) and rows[row][column].continued


class Page(Protocol):
    """The document being written, as its pictures see it (session.py)."""

    def drawn(self, picture: Picture, width: int, height: int) -> str:
        """The frame of a picture of that size, in EMU, its file added to the document."""

    def charted(self, chart: Chart, look: ChartLook, width: int, height: int) -> str:
        """The drawing of a chart of that size, in EMU, its parts added to the document."""

    def room(self) -> int:
        """The width of the template's cell where long text stands, in twips; 0 out of a table."""


class ProseWriter:
    """Writes any number of `Prose` values into one document, `page`.

    With `ordinals`, the letters of « 1er » are marked in what `write` gives, for `ordinals.raised`.
    """

    __slots__ = (
        "_bookmarks", "_bullets", "_links", "_looks", "_notes", "_numbers", "_openings", "_ordinals", "_page",
        "_room", "_said", "_styles",
    )  # fmt: skip

    def __init__(self, styles: ProseStyles, page: Page | None = None, *, ordinals: bool = False) -> None:
        self._styles, self._page = styles, page
        self._room = 0  # twips, of the column where text is being written; 0: not known yet
        self._ordinals = ordinals
        self._said = _marked if ordinals else escape
        self._openings: dict[str, str] = {}
        self._looks: dict[tuple[bool, bool, bool, bool], str] = {(False,) * 4: _PLAIN_RUN}
        self._links: dict[tuple[str, str], str] = {}
        self._numbers: list[str] = []
        self._bullets: dict[int, int] = {}
        self._bookmarks = 0
        self._notes: list[str] = []

    def write(self, prose: Prose, part: str = _MAIN, *, keep_next: bool = False) -> str:
        """Block-level XML, to stand in place of the paragraph that held the tag in `part`.

        `keep_next` when that paragraph was kept with the next: the last one written then is, in its stead.
        """
        out: list[str] = []
        self._room = 0
        self._blocks(prose.blocks, part, out)
        xml = "".join(out)
        if keep_next and xml.endswith("</w:p>"):
            place = xml.index("/>", xml.rindex(_STYLED)) + 2
            return f"{xml[:place]}{_KEEP_NEXT}{xml[place:]}"
        return xml

    def finish(self, parts: Mapping[str, bytes]) -> dict[str, bytes]:
        """The parts this document's long text adds to, from their current content."""
        changed: dict[str, bytes] = {}
        styles = self._styles
        if self._numbers:
            changed[styles.numbering_part] = _grown(parts[styles.numbering_part], self._numbers)
        if self._notes:
            notes = (raised(note, styles.ids["exposant"]) for note in self._notes)
            changed[styles.footnotes_part] = _grown(parts[styles.footnotes_part], notes)
        for (part, href), id in self._links.items():
            name = rels_name(part)
            data = (
                changed.get(name)
                or parts.get(name)
                or f'<Relationships xmlns="{RELS_NS}"></Relationships>'.encode()
            )
            link = (
                f'<Relationship xmlns="{RELS_NS}" Id="{id}" Type="{OFFICE}hyperlink" '
                f'Target="{attribute(href)}" TargetMode="External"/>'
            )
            changed[name] = _grown(data, [link])
        return changed

    # --- blocks ---------------------------------------------------------------------------------------

    def _blocks(self, blocks: Sequence[Block], part: str, out: list[str]) -> None:
        after_table = under_picture = False
        for block, following in zip_longest(blocks, blocks[1:]):
            if isinstance(block, Paragraph):
                role = "apres_tableau" if after_table and block.role == "corps" else block.role
                opening = self._opening(role)
                if isinstance(following, (ListBlock, TableBlock)) and _announces(block):
                    opening = opening.replace("</w:pPr>", f"{_KEEP_NEXT}</w:pPr>")
                if under_picture and block.role == "legende":
                    opening = opening.replace("</w:pPr>", f"{_FREE_NEXT}</w:pPr>")
                self._paragraph(block.runs, opening, part, out, bookmark=block.bookmark)
            elif isinstance(block, ListBlock):
                self._list(block, 0, part, out)
            elif isinstance(block, Contents):
                self._contents(block, out)
            elif isinstance(block, Chart):
                out.append(self._opening("legende", _FREE_NEXT) + self._charted(block) + "</w:p>")
            else:
                if after_table and not block.caption:
                    out.append(self._opening("tableau_texte") + "</w:p>")
                self._table(block, part, out)
            after_table = isinstance(block, TableBlock)
            under_picture = isinstance(block, Paragraph) and any(run.picture for run in block.runs)

    def _opening(self, role: str, numbering: str = "") -> str:
        """What begins a paragraph of this role."""
        opening = self._openings.get(role)
        if opening is None:
            ids = self._styles.ids
            opening = self._openings[role] = f'{_STYLED}{ids.get(role) or ids["corps"]}"/></w:pPr>'
        return opening.replace("</w:pPr>", f"{numbering}</w:pPr>") if numbering else opening

    def _paragraph(
        self,
        runs: Iterable[Run],
        opening: str,
        part: str,
        out: list[str],
        *,
        bold: bool = False,
        bookmark: str = "",
    ) -> None:
        out.append(opening)
        if bookmark:
            id = _FIRST_BOOKMARK + self._bookmarks
            self._bookmarks += 1
            out.append(f'<w:bookmarkStart w:id="{id}" w:name="{attribute(bookmark)}"/>')
        begin = _PLAIN_RUN if not bold else self._looks.get(_BOLD) or self._run_opening(_BOLD)
        for run in runs:
            if run[1:] == _PLAIN:
                if run.text:
                    out.append(f"{begin}{self._said(run.text)}</w:t></w:r>")
                continue
            if run.href:
                self._link(run, part, out)
                continue
            if run.picture:
                out.append(self._drawing(run.picture))
                continue
            look = (bold or run.bold, run.italic, run.superscript, run.code)
            if run.text:
                text = escape(run.text) if run.code else self._said(run.text)
                written = f"{self._looks.get(look) or self._run_opening(look)}{text}</w:t></w:r>"
                out.append(reference(run.ref, written) if run.ref else written)
            if run.line_break:
                out.append("<w:r><w:br/></w:r>")
            if run.note:
                out.append(self._note(run.note))
        out.append(f'<w:bookmarkEnd w:id="{id}"/></w:p>' if bookmark else "</w:p>")

    def _drawing(self, picture: Picture) -> str:
        """A picture in its own size, or as wide as its column, or as high as most of the page."""
        assert self._page is not None
        room = self._narrowed(0)
        scale = min(
            1.0,
            room * _EMU / picture.width,
            self._styles.text_height * _MOST_HIGH * _EMU / picture.height,
        )
        width, height = (max(int(side * scale), 1) for side in (picture.width, picture.height))
        return f"<w:r><w:drawing>{self._page.drawn(picture, width, height)}</w:drawing></w:r>"

    def _charted(self, chart: Chart) -> str:
        """A chart as wide as its column, as high as its lines ask or as most of the page."""
        assert self._page is not None
        highest = int(self._styles.text_height * _MOST_HIGH * _EMU)
        height = min(height_of(chart), highest)
        drawing = self._page.charted(chart, self._styles.charts, self._narrowed(0) * _EMU, height)
        return f"<w:r>{drawing}</w:r>"

    def _contents(self, block: Contents, out: list[str]) -> None:
        if block.entries:
            levels = {entry.level for entry in block.entries}
            openings = {level: self._opening(f"sommaire{level}") for level in levels}
            out.append(contents(block, openings))

    def _run_opening(self, look: tuple[bool, bool, bool, bool]) -> str:
        """Named character styles; only what one style cannot say (bold inside a superscript) is direct."""
        bold, italic, superscript, code = look
        ids, direct = self._styles.ids, ""
        if code or superscript:
            id = ids["code" if code else "exposant"]
            direct = ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "")
            direct += '<w:vertAlign w:val="superscript"/>' if code and superscript else ""
        else:
            id = ids["gras_italique" if bold and italic else "gras" if bold else "italique"]
        opening = f'<w:r><w:rPr><w:rStyle w:val="{id}"/>{direct}</w:rPr>{TEXT}'
        self._looks[look] = opening
        return opening

    # --- lists ----------------------------------------------------------------------------------------

    def _list(self, block: ListBlock, depth: int, part: str, out: list[str]) -> None:
        level = min(depth, len(self._styles.numbers) - 1)
        numbering = self._restarted(level, block.start) if block.ordered else ""
        opening = self._opening(f"numero{level + 1}" if block.ordered else f"puce{level + 1}", numbering)
        outside, self._room = self._room, self._narrowed(_INDENT)
        for item in block.items:
            marked = False
            for inner in item:
                if isinstance(inner, ListBlock):
                    self._list(inner, depth + 1, part, out)
                elif not isinstance(inner, Paragraph):
                    self._blocks((inner,), part, out)
                elif not marked:
                    if inner.role == "tableau_texte":  # a list in a cell looks like its other cells
                        opening = self._opening(inner.role, numbering or self._bulleted(level))
                    self._paragraph(inner.runs, opening, part, out, bookmark=inner.bookmark)
                    marked = True
                else:
                    role = f"suite{level + 1}" if inner.role == "corps" else inner.role
                    keep = _KEEP_NEXT if any(run.picture for run in inner.runs) else ""
                    following = self._opening(role, keep)
                    self._paragraph(inner.runs, following, part, out, bookmark=inner.bookmark)
        self._room = outside

    def _bulleted(self, level: int) -> str:
        """The bullets of a list level, for a paragraph whose style has none."""
        base = self._styles.bullets[min(level, len(self._styles.bullets) - 1)]
        number = self._bullets.get(level)
        if number is None:
            number = self._bullets[level] = self._styles.next_number + len(self._numbers)
            instance = f'<w:num w:numId="{number}"><w:abstractNumId w:val="{base.abstract}"/></w:num>'
            self._numbers.append(instance)
        return f'<w:numPr><w:ilvl w:val="{base.level}"/><w:numId w:val="{number}"/></w:numPr>'

    def _narrowed(self, by: int) -> int:
        """The width of the column, less what a list takes of it."""
        room = self._room or (self._page.room() if self._page else 0) or self._styles.text_width
        return max(room - by, _INDENT)

    def _restarted(self, level: int, start: int) -> str:
        """A numbering instance of its own for one list, so that it does not go on from the list before."""
        base = self._styles.numbers[level]
        number = self._styles.next_number + len(self._numbers)
        self._numbers.append(
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="{base.abstract}"/>'
            f'<w:lvlOverride w:ilvl="{base.level}"><w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
        )
        return f'<w:numPr><w:ilvl w:val="{base.level}"/><w:numId w:val="{number}"/></w:numPr>'

    # --- tables ---------------------------------------------------------------------------------------

    def _table(self, table: TableBlock, part: str, out: list[str]) -> None:
        rows = table.rows
        columns = max((len(row) for row in rows), default=0)
        if not columns:
            return
        widths = column_widths(table, columns, self._styles.text_width)
        if table.caption:
            self._paragraph((Run(table.caption),), self._opening("legende"), part, out)
        look = f'w:firstRow="{int(table.header)}" w:lastRow="{int(table.total)}"'
        out.append(
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{self._styles.ids["tableau"]}"/>'
            f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
            f'<w:tblLook w:val="{table_look(table)}" {look} '
            f'w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
            f'<w:tblCaption w:val="{attribute(alternative_text(table))}"/></w:tblPr><w:tblGrid>'
        )
        out.extend(f'<w:gridCol w:w="{width}"/>' for width in widths)
        out.append("</w:tblGrid>")
        cells = [f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>' for width in widths]
        last = len(rows) - 1
        outside = self._room
        for index, row in enumerate(rows):
            head, total = table.header and index == 0, table.total and index == last
            out.append("<w:tr><w:trPr><w:cantSplit/>" + ("<w:tblHeader/></w:trPr>" if head else "</w:trPr>"))
            for column, opening in enumerate(cells):
                cell = row[column] if column < len(row) else Cell(())
                self._room = widths[column] - _CELL_MARGINS
                out += (opening, _merged(rows, index, column), "</w:tcPr>")
                role = "tableau_entete" if head else _ALIGNED[cell.align]
                self._cell(cell, role, total, part, out, keep=_kept(index, len(rows)))
                out.append("</w:tc>")
            out.append("</w:tr>")
        self._room = outside
        out.append("</w:tbl>")

    def _cell(self, cell: Cell, role: str, bold: bool, part: str, out: list[str], *, keep: bool) -> None:
        opening = self._opening(role, _KEEP_NEXT if keep else "")
        for paragraph in cell.paragraphs:
            self._paragraph(paragraph.runs, opening, part, out, bold=bold)
        if not cell.paragraphs:
            out.append(f"{opening}</w:p>")

    # --- links and notes ------------------------------------------------------------------------------

    def _link(self, run: Run, part: str, out: list[str]) -> None:
        direct = ("<w:b/>" if run.bold else "") + ("<w:i/>" if run.italic else "")
        text = f"{escape(run.text)}</w:t></w:r>"
        if not run.href.lower().startswith(_SCHEMES):
            out.append(f"<w:r><w:rPr>{direct}</w:rPr>{TEXT}{text}")
            return
        style = self._styles.ids["lien"]
        text = f'<w:r><w:rPr><w:rStyle w:val="{style}"/>{direct}</w:rPr>{TEXT}{text}'
        id = self._links.setdefault((part, run.href), f"rIdLien{len(self._links) + 1}")
        out.append(f'<w:hyperlink xmlns:r="{R_NS}" r:id="{id}" w:history="1">{text}</w:hyperlink>')

    def _note(self, paragraphs: tuple[Paragraph, ...]) -> str:
        styles = self._styles
        number, mark = styles.next_note + len(self._notes), styles.ids["appel_note"]
        index = len(self._notes)
        self._notes.append("")  # keeps the place: a note may hold a note
        opening = self._opening("note")
        out: list[str] = [f'<w:footnote w:id="{number}">']
        call = f'<w:r><w:rPr><w:rStyle w:val="{mark}"/></w:rPr><w:footnoteRef/></w:r><w:r>{TEXT} </w:t></w:r>'
        for paragraph in paragraphs or (Paragraph(()),):
            self._paragraph(paragraph.runs, opening + call, styles.footnotes_part, out)
            call = ""
        out.append("</w:footnote>")
        self._notes[index] = "".join(out)
        return f'<w:r><w:rPr><w:rStyle w:val="{mark}"/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>'


_ALIGNED = {"left": "tableau_texte", "right": "tableau_montant", "center": "tableau_centre"}


def _kept(row: int, rows: int) -> bool:
    """Whether a row stays on the page of the next: all those of a short table; in a long one its headings,
    and the two above the last, which may be a total."""
    return row < rows - 1 and (rows <= _SHORT or row < 1 or row >= rows - 3)


def _announces(paragraph: Paragraph) -> bool:
    """True for « Le calendrier est le suivant : », which stays on the page of what it announces."""
    return bool(paragraph.runs) and paragraph.runs[-1].text.rstrip().endswith(":")


def _grown(data: bytes, pieces: Iterable[str]) -> bytes:
    """An XML part with elements added at the end of its root (before what must stay last in a numbering)."""
    place = data.rfind(b"<w:numIdMacAtCleanup")
    if place < 0:
        place = data.rfind(b"</")
    return data[:place] + "".join(pieces).encode() + data[place:]
