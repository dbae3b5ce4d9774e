"""What a Word file says and how it is built, without its looks: what two versions are compared on.

Paragraphs with their style, their number as Word prints it and their text; tables with their grid, rows and
merged cells; the headers and footers of each section; the notes where they are called; pictures by content.
Tracked changes must be settled first (settle.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from lxml import etree

from ctgdocs.redline.edges import effective
from ctgdocs.redline.numbers import Numbers
from ctgdocs.word.names import R_NS
from ctgdocs.word.package import read
from ctgdocs.word.parts import Package, main_part, one, parse, relations, w, whole

_MC: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_R_EMBED = f"{{{R_NS}}}embed"
_CHARS: Final = {
    w("tab"): "\t", w("ptab"): "\t", w("br"): "\n", w("cr"): "\n",
    w("noBreakHyphen"): "\u2011", w("softHyphen"): "\u00ad",
}  # fmt: skip
_SILENT: Final = frozenset(
    w(name)
    for name in ("pPr", "rPr", "instrText", "delInstrText", "delText", "sdtPr", "sdtEndPr", "del", "moveFrom")
)
_NOTES: Final = {w("footnoteReference"): "footnotes", w("endnoteReference"): "endnotes"}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`style` is the style's name, `number` what Word prints before the text (« Article 3 », « • »)."""

    style: str
    text: str
    number: str = ""
    level: int = -1
    section_ends: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """`span`: the columns of the grid it covers; `merge`: `restart` or `continue` of a vertical merge."""

    blocks: tuple[Block, ...]
    span: int = 1
    merge: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """`grid`: the widths of its columns, in twentieths of a point."""

    style: str
    grid: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]


Block: TypeAlias = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Outline:
    """`edges`: (section from 1, `header` or `footer`, its pages) → its blocks, when it says something."""

    body: tuple[Block, ...]
    edges: Mapping[tuple[int, str, str], tuple[Block, ...]]


def outline(data: bytes) -> Outline:
    """Reads a settled file. Raises TemplateError for what is not a Word file."""
    package = read(data)
    reader = _Reader(package)
    main = main_part(package)
    root = parse(package[main], main)
    body = root.find(w("body"))
    blocks = reader.story(main, root if body is None else body)
    edges: dict[tuple[int, str, str], tuple[Block, ...]] = {}
    for place, parts in enumerate(effective(package, root).values(), 1):
        for edge, name in parts.items():
            blocks_of_edge = reader.story(name, parse(package[name], name))
            if any(not isinstance(block, Paragraph) or block.text for block in blocks_of_edge):
                edges[place, edge.kind, edge.pages] = blocks_of_edge
    return Outline(blocks, edges)


class _Reader:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.numbers = Numbers.of(package)
        self.styles = _style_names(package)
        self.notes = {kind: _notes(package, kind) for kind in ("footnotes", "endnotes")}
        self.part = ""
        self.media: dict[str, str] = {}

    def story(self, part: str, root: etree._Element) -> tuple[Block, ...]:
        self.part = part
        self.media = {relation.id: relation.target for relation in relations(self.package, part)}
        self.numbers.begin_story()
        return self.ended(root)

    def ended(self, story: etree._Element) -> tuple[Block, ...]:
        """The blocks of a story or a cell; Word ends it with a paragraph, even when the file does not."""
        found = tuple(self.blocks(story))
        missing = bool(found) and isinstance(found[-1], Table)
        return (*found, Paragraph(self.styles.get("", ""), "")) if missing else found

    def blocks(self, parent: etree._Element) -> Iterator[Block]:
        for node in parent:
            if node.tag == w("p"):
                yield self.paragraph(node)
                for box in _boxes(node):
                    yield from self.blocks(box)
            elif node.tag == w("tbl"):
                yield self.table(node)
            elif node.tag in (w("sdt"), w("sdtContent"), w("customXml"), w("ins")):
                yield from self.blocks(node)

    def paragraph(self, node: etree._Element) -> Paragraph:
        style = _value(node, "pPr", "pStyle")
        number, level = self.numbers.next(node, style)
        ends = node.find(f"{w('pPr')}/{w('sectPr')}") is not None
        return Paragraph(self.styles.get(style, style), "".join(self.text(node)), number, level, ends)

    def table(self, node: etree._Element) -> Table:
        grid = node.find(w("tblGrid"))
        widths = tuple(whole(column.get(w("w"))) for column in (() if grid is None else grid))
        rows = tuple(tuple(self.cell(one) for one in _held(row, "tc")) for row in _held(node, "tr"))
        style = _value(node, "tblPr", "tblStyle")
        return Table(self.styles.get(style, style), widths, rows)

    def cell(self, node: etree._Element) -> Cell:
        merge = node.find(f"{w('tcPr')}/{w('vMerge')}")
        kind = "" if merge is None else merge.get(w("val"), "continue")
        return Cell(self.ended(node), whole(_value(node, "tcPr", "gridSpan"), 1), kind)

    def text(self, node: etree._Element) -> Iterator[str]:
        """The text of a paragraph: words, breaks, notes in braces, pictures by their content."""
        for child in node:
            tag = child.tag
            if tag in _SILENT or not isinstance(tag, str):
                continue
            if tag == w("t"):
                yield child.text or ""
            elif tag in _CHARS:
                yield "\f" if child.get(w("type")) in ("page", "column") else _CHARS[tag]
            elif tag in _NOTES:
                note = self.notes[_NOTES[tag]].get(child.get(w("id"), ""))
                yield f"{{note : {' '.join(self._words(note))}}}" if note is not None else "{note}"
            elif tag == w("txbxContent") or tag == f"{{{_MC}}}Fallback":
                continue
            elif child.get(_R_EMBED):
                yield f"{{image {self._digest(child.get(_R_EMBED, ''))}}}"
            else:
                yield from self.text(child)

    def _words(self, note: etree._Element) -> Iterator[str]:
        for paragraph in note.iter(w("p")):
            yield "".join(self.text(paragraph))

    def _digest(self, id: str) -> str:
        data = self.package.get(self.media.get(id, ""), b"")
        return hashlib.sha256(data).hexdigest()[:12] if data else "?"


def _style_names(package: Package) -> dict[str, str]:
    part = one(package, "styles")
    found: dict[str, str] = {}
    for node in parse(package[part], part).iterchildren(w("style")) if part else ():
        id = node.get(w("styleId"), "")
        name = node.find(w("name"))
        found[id] = id if name is None else name.get(w("val"), id)
        if node.get(w("type")) == "paragraph" and node.get(w("default")) in ("1", "true", "on"):
            found[""] = found[id]
    return found


def _notes(package: Package, kind: str) -> dict[str, etree._Element]:
    part = one(package, kind)
    return {node.get(w("id"), ""): node for node in parse(package[part], part)} if part else {}


def _boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The text boxes of a paragraph, outermost ones only and each once."""
    for box in paragraph.iter(w("txbxContent")):
        if next(box.iterancestors(w("txbxContent"), f"{{{_MC}}}Fallback"), None) is None:
            yield box


def _held(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, content controls looked through."""
    for node in parent:
        if node.tag == w(name):
            yield node
        elif node.tag in (w("sdt"), w("sdtContent"), w("customXml")):
            yield from _held(node, name)


def _value(node: etree._Element, holder: str, name: str) -> str:
    found = node.find(f"{w(holder)}/{w(name)}")
    return "" if found is None else found.get(w("val"), "")
