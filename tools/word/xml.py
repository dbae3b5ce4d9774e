"""Small builders of WordprocessingML: paragraphs, runs, tables, fields. Every look is a named style.

Lengths are in twentieths of a point (`mm()` converts); `width` of a cell is a share of the table in percent,
so that a table follows the margins of whichever charte the template wears.
"""

from __future__ import annotations

from tools.word.package import escape

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
EMU_PER_MM = 36_000


def mm(length: float) -> int:
    """Millimetres → twentieths of a point."""
    return round(length * 1440 / 25.4)


def run(text: str, style: str = "") -> str:
    """A run; a line feed in `text` is a line break, a tab a tab."""
    properties = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    pieces = []
    for index, line in enumerate(text.split("\n")):
        if index:
            pieces.append("<w:br/>")
        for column, piece in enumerate(line.split("\t")):
            if column:
                pieces.append("<w:tab/>")
            if piece:
                pieces.append(f'<w:t xml:space="preserve">{escape(piece)}</w:t>')
    return f"<w:r>{properties}{''.join(pieces)}</w:r>"


def strong(text: str) -> str:
    return run(text, "Strong")


def field(code: str, shown: str = "1") -> str:
    """A simple field, PAGE or NUMPAGES."""
    return f'<w:fldSimple w:instr=" {code} "><w:r><w:t>{shown}</w:t></w:r></w:fldSimple>'


def paragraph(style: str, *content: str, kept: bool = False, page_before: bool = False) -> str:
    """A paragraph of runs; a bare text becomes a run; `kept` keeps it on the page of the next one,
    `page_before` starts a page with it."""
    runs = "".join(piece if piece.startswith("<w:") else run(piece) for piece in content if piece)
    keep = "<w:keepNext/>" if kept else ""
    keep += "<w:pageBreakBefore/>" if page_before else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}</w:pPr>{runs}</w:p>'


def block(tag: str) -> str:
    """A paragraph that holds one block tag and disappears: `block("if projet")` → {%p if projet %}."""
    return paragraph("Balise", f"{{%p {tag} %}}")


def when(condition: str, *paragraphs: str) -> str:
    return block(f"if {condition}") + "".join(paragraphs) + block("endif")


def each(loop: str, *paragraphs: str) -> str:
    return block(f"for {loop}") + "".join(paragraphs) + block("endfor")


def cell(content: str, width: float = 0, *, align: str = "", span: int = 1) -> str:
    """A table cell; `width` in percent, 0 for automatic; `align`: top, center or bottom; `span`: how many
    columns it fills."""
    size = f'<w:tcW w:w="{round(width * 50)}" w:type="pct"/>' if width else '<w:tcW w:w="0" w:type="auto"/>'
    placed = f'<w:vAlign w:val="{align}"/>' if align else ""
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f"<w:tc><w:tcPr>{size}{spanned}{placed}</w:tcPr>{content}</w:tc>"


def row(*cells: str, header: bool = False, height: int = 0) -> str:
    """A row that never splits over two pages; a header row is repeated on each page."""
    at_least = f'<w:trHeight w:val="{height}"/>' if height else ""
    repeated = "<w:tblHeader/>" if header else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{at_least}{repeated}</w:trPr>{''.join(cells)}</w:tr>"


def table(
    style: str,
    description: str,
    grid: list[int],
    *rows: str,
    first_row: bool = False,
    first_column: bool = False,
    width: float = 100,
    fixed: bool = False,
) -> str:
    """A table `width` percent as wide as the text; `grid` is a first guess of its columns, `description` its
    alternative text; `fixed` columns keep their shares whatever they hold."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in grid)
    value = 0x0400 | 0x0020 * first_row | 0x0080 * first_column
    look = f'<w:tblLook w:val="{value:04X}" w:firstRow="{int(first_row)}" w:lastRow="0" '
    look += f'w:firstColumn="{int(first_column)}" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
    layout = '<w:tblLayout w:type="fixed"/>' if fixed else ""
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{round(width * 50)}" w:type="pct"/>'
        f'{layout}{look}<w:tblCaption w:val="{escape(description)}"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def picture(relation: str, alt: str, width_mm: float, height_mm: float, number: int = 1) -> str:
    """An inline picture with its alternative text."""
    size = f'cx="{round(width_mm * EMU_PER_MM)}" cy="{round(height_mm * EMU_PER_MM)}"'
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent {size}/><wp:docPr id="{number}" name="Logo" descr="{escape(alt)}"/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="Logo" descr="{escape(alt)}"/><pic:cNvPicPr/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def header(content: str) -> str:
    return f"<w:hdr {NAMESPACES}>{content}</w:hdr>"


def footer(content: str) -> str:
    return f"<w:ftr {NAMESPACES}>{content}</w:ftr>"


def section(
    margins: tuple[int, int, int, int],
    distance: int,
    *,
    heads: bool = False,
    landscape: bool = False,
    continuous: bool = False,
) -> str:
    """The properties of an A4 section. `margins`: top, right, bottom, left; `distance` of header and footer
    from the edge; `heads`: it brings the headers and footers, with others on its first page, and those after
    it wear the same; `continuous`: it starts where the one before ends."""
    top, right, bottom, left = margins
    parts = (
        '<w:headerReference w:type="default" r:id="rIdHeader"/>'
        '<w:headerReference w:type="first" r:id="rIdHeaderFirst"/>'
        '<w:footerReference w:type="default" r:id="rIdFooter"/>'
        '<w:footerReference w:type="first" r:id="rIdFooterFirst"/>'
    )
    size = 'w:w="16838" w:h="11906" w:orient="landscape"' if landscape else 'w:w="11906" w:h="16838"'
    pieces = (
        parts if heads else "",
        '<w:type w:val="continuous"/>' if continuous else "",
        f"<w:pgSz {size}/>",
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" '
        f'w:header="{distance}" w:footer="{distance}" w:gutter="0"/>',
        "<w:titlePg/>" if heads else "",
    )
    return f"<w:sectPr>{''.join(pieces)}</w:sectPr>"


def section_break(style: str, properties: str) -> str:
    """The paragraph that ends a section."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr></w:p>'


def document(body: str, last_section: str) -> str:
    """The main part: `last_section` describes the section that ends it (see `section`)."""
    return f"<w:document {NAMESPACES}><w:body>{body}{last_section}</w:body></w:document>"
