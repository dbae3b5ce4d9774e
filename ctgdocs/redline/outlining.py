"""What a Word file says and how it is built, without its looks: what two versions are compared on.

Paragraphs with their style, their number as Word prints it and their text; tables with their grid, rows and
merged cells; the headers and footers of each section; the notes where they are called; pictures by content.
Tracked changes must be settled first (settle.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias

from lxml import etree

from ctgdocs.redline.edges import effective
from ctgdocs.redline.tracking import canonical
from ctgdocs.word.names import R_NS
from ctgdocs.word.numbers import Numbers
from ctgdocs.word.package import read
from ctgdocs.word.parts import Package, main_part, one, parse, relations, styles_of, val, w, whole
from ctgdocs.word.walk import NOTES, SIGNS, TEXTS, flow, held, signs

_R_EMBED = f"{{{R_NS}}}embed"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`style` is the style's name, `number` what Word prints before the text (« Article 3 », « • »)."""

    style: str
    text: str
    number: str = ""
    level: int = -1
    section_ends: bool = False
    looks: tuple[tuple[str, str], ...] = ()
    """Its words, cut where their look changes, each with that look."""


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
        found = tuple(
            self.table(node) if node.tag == w("tbl") else self.paragraph(node) for node in flow(story)
        )
        missing = bool(found) and isinstance(found[-1], Table)
        return (*found, Paragraph(self.styles.get("", ""), "")) if missing else found

    def paragraph(self, node: etree._Element) -> Paragraph:
        style = val(node, "pPr", "pStyle")
        number, level = self.numbers.next(node, style)
        ends = node.find(f"{w('pPr')}/{w('sectPr')}") is not None
        text = "".join(self.text(node))
        return Paragraph(self.styles.get(style, style), text, number, level, ends, self.looks(node))

    def looks(self, paragraph: etree._Element) -> tuple[tuple[str, str], ...]:
        texts = (one for one in signs(paragraph) if one.node.tag == w("t") and one.node.text)
        return tuple(
            ("".join(one.node.text or "" for one in group), look)
            for look, group in groupby(texts, key=lambda one: self.look(one.run))
        )

    def look(self, run: etree._Element | None) -> str:
        """The properties of a run, its style by name."""
        properties = None if run is None else run.find(w("rPr"))
        if properties is None:
            return ""
        style = val(run, "rPr", "rStyle") if run is not None else ""
        others = [canonical(one) for one in properties if one.tag != w("rStyle")]
        return " ".join(filter(None, (style and self.styles.get(style, style), *others)))

    def table(self, node: etree._Element) -> Table:
        grid = node.find(w("tblGrid"))
        widths = tuple(whole(column.get(w("w"))) for column in (() if grid is None else grid))
        rows = tuple(tuple(self.cell(one) for one in held(row, "tc")) for row in held(node, "tr"))
        style = val(node, "tblPr", "tblStyle")
        return Table(self.styles.get(style, style), widths, rows)

    def cell(self, node: etree._Element) -> Cell:
        merge = node.find(f"{w('tcPr')}/{w('vMerge')}")
        kind = "" if merge is None else merge.get(w("val"), "continue")
        return Cell(self.ended(node), whole(val(node, "tcPr", "gridSpan"), 1), kind)

    def text(self, paragraph: etree._Element) -> Iterator[str]:
        """The text of a paragraph: words, breaks, notes in braces, pictures by their content."""
        for node, _, change in signs(paragraph):
            if change == "del":
                continue
            if node.tag in TEXTS:
                yield node.text or ""
            elif node.tag in SIGNS:
                yield "\f" if node.get(w("type")) in ("page", "column") else SIGNS[str(node.tag)]
            elif node.tag in NOTES:
                note = self.notes[NOTES[str(node.tag)]].get(node.get(w("id"), ""))
                yield f"{{note : {' '.join(self._words(note))}}}" if note is not None else "{note}"
            else:
                for shown in node.iter(etree.Element):
                    if shown.get(_R_EMBED):
                        yield f"{{image {self._digest(shown.get(_R_EMBED, ''))}}}"

    def _words(self, note: etree._Element) -> Iterator[str]:
        for paragraph in note.iter(w("p")):
            yield "".join(self.text(paragraph))

    def _digest(self, id: str) -> str:
        data = self.package.get(self.media.get(id, ""), b"")
        return hashlib.sha256(data).hexdigest()[:12] if data else "?"


def _style_names(package: Package) -> dict[str, str]:
    found: dict[str, str] = {}
    for id, node in styles_of(package).items():
        found[id] = val(node, "name") or id
        if node.get(w("type")) == "paragraph" and node.get(w("default")) in ("1", "true", "on"):
            found[""] = found[id]
    return found


def _notes(package: Package, kind: str) -> dict[str, etree._Element]:
    part = one(package, kind)
    return {node.get(w("id"), ""): node for node in parse(package[part], part)} if part else {}
