"""The one reader of the paragraphs of a Word file, and the steps it is made of.

`blocks`, `held`, `boxes` and `signs` walk a story: paragraphs and tables, rows and cells, text boxes, what a
paragraph says. `paragraphs_of` makes the list of the paragraphs, each with its style, its level in a list,
its text, and the place an author would give it: « corps, paragraphe 4 ».
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final, Literal, NamedTuple, TypeAlias

from lxml import etree

from ctgdocs.word.names import R_NS, part_label
from ctgdocs.word.parts import main_part, parse, related, relations, styles_of, val, w, whole

Change: TypeAlias = Literal["", "ins", "del"]

SIGNS: Final = {
    w("tab"): "\t", w("ptab"): "\t", w("br"): "\n", w("cr"): "\n",
    w("noBreakHyphen"): "\u2011", w("softHyphen"): "\u00ad",
}  # fmt: skip
"""What an element that stands for a sign says."""
TEXTS: Final = frozenset((w("t"), w("delText")))
NOTES: Final = {w("footnoteReference"): "footnotes", w("endnoteReference"): "endnotes"}
PICTURES: Final = frozenset((w("drawing"), w("pict"), w("object")))
FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""What a program that knows no text boxes shows: the same text again."""
PAGE_OF: Final = re.compile("PAGEREF")
_BOX: Final = w("txbxContent")
_PROPERTIES, _STYLE, _NUMBERING, _VALUE, _CODE = map(w, ("pPr", "pStyle", "numPr", "val", "instrText"))
_SIMPLE, _INSTRUCTION = w("fldSimple"), w("instr")
_BLOCKS: Final = frozenset((w("p"), w("tbl")))
APART: Final = frozenset(
    (FALLBACK, _BOX, *map(w, ("pPr", "rPr", "sdtPr", "sdtEndPr", "instrText", "delInstrText", "sectPr")))
)
"""What holds no words of the paragraph where it stands."""
_TELLING: Final = TEXTS | SIGNS.keys() | NOTES.keys() | PICTURES
_CHANGES: Final[Mapping[str, Change]] = {
    w("ins"): "ins", w("moveTo"): "ins", w("del"): "del", w("moveFrom"): "del",
}  # fmt: skip
_AS_TYPED: Final = {**SIGNS, w("noBreakHyphen"): "-", w("softHyphen"): ""}
_INVISIBLE = frozenset(w(tag) for tag in ("lang", "noProof", "bCs", "iCs", "szCs", "rtl", "cs", "proofErr"))
_KINDS = {"default": "", "first": " de la première page", "even": " des pages paires"}
EXCERPT = 60


# --- the steps of a walk ------------------------------------------------------------------------------


def blocks(parent: Iterable[etree._Element]) -> Iterator[etree._Element]:
    """The paragraphs and tables of a story, a cell or a text box; what wraps them is looked through."""
    for node in parent:
        if node.tag in _BLOCKS:
            yield node
        elif node.tag not in APART and isinstance(node.tag, str):
            yield from blocks(node)


def held(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """The rows (`tr`) of a table or the cells (`tc`) of a row; what wraps them is looked through."""
    for node in parent:
        if node.tag == w(name):
            yield node
        elif isinstance(node.tag, str) and node.tag not in APART and node.tag not in _BLOCKS:
            yield from held(node, name)


def boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The text boxes of a paragraph, outermost ones only and each once."""
    for box in paragraph.iter(_BOX):
        if next(box.iterancestors(_BOX, FALLBACK), None) is None:
            yield box


class Sign(NamedTuple):
    """What a paragraph says somewhere: a text, a sign, the call of a note, a picture; the run that holds it,
    and whether a tracked change brings it or takes it away."""

    node: etree._Element
    run: etree._Element | None
    change: Change


def signs(paragraph: etree._Element) -> Iterator[Sign]:
    """All that a paragraph says, in order; its text boxes are stories of their own. The page numbers that
    fields compute are not its words."""
    computed = page_numbers(paragraph)
    return (sign for sign in _signs(paragraph, None, "") if sign.node not in computed)


def _signs(node: etree._Element, run: etree._Element | None, change: Change) -> Iterator[Sign]:
    for child in node:
        tag = child.tag
        if tag in _TELLING:
            yield Sign(child, run, change)
        elif tag not in APART and isinstance(tag, str):
            yield from _signs(child, child if tag == w("r") else run, _CHANGES.get(tag, change))


def page_numbers(node: etree._Element, sought: re.Pattern[str] = PAGE_OF) -> Collection[etree._Element]:
    """The texts that fields show which tell page numbers: whoever opens the file computes them again."""
    found: set[etree._Element] = set()
    codes = [*node.iter(_SIMPLE, _CODE)]
    for simple in codes:
        if simple.tag == _SIMPLE and sought.search(simple.get(_INSTRUCTION, "")):
            found.update(simple.iter(*TEXTS))
    if not any(code.tag == _CODE and sought.search(code.text or "") for code in codes):
        return found
    open_fields: list[str] = []
    for part in node.iter(w("fldChar"), w("instrText"), *TEXTS):
        sort = part.get(w("fldCharType"), "")
        if sort == "begin":
            open_fields.append("")
        elif sort == "end" and open_fields:
            open_fields.pop()
        elif part.tag == w("instrText") and open_fields:
            open_fields[-1] += part.text or ""
        elif part.tag in TEXTS and any(sought.search(code) for code in open_fields[-1:]):
            found.add(part)
    return found


# --- paragraphs ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph's text that one run holds: from `start` to `end`, in one look."""

    start: int
    end: int
    look: str
    revised: bool


class Cell(NamedTuple):
    """The cell of an outermost table: all count from 1."""

    table: int
    row: int
    cell: int


@dataclass(frozen=True, slots=True, eq=False)
class Paragraph:
    """`place`, `rank`: where it stands, for an author and in the file; `text`: what it says, without what
    tracked changes remove; `style`: the name of its style; `level`: its depth in a list, -1 outside of one;
    `within`: the cell that holds it; `revised`: whether tracked changes touch it."""

    part: str
    rank: int
    place: str
    element: etree._Element
    text: str
    pieces: tuple[Piece, ...] = ()
    revised: bool = False
    style: str = ""
    level: int = -1
    within: Cell | None = None

    @property
    def row(self) -> etree._Element | None:
        return next(self.element.iterancestors(w("tr")), None)

    @property
    def cell(self) -> etree._Element | None:
        return next(self.element.iterancestors(w("tc")), None)

    def shown(self) -> str:
        """« corps, paragraphe 4 : “Vu le code…” »."""
        return f"{self.place} : “{excerpt(self.text)}”" if self.text.strip() else self.place


def excerpt(text: str) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT else line[: EXCERPT - 1].rstrip() + "…"


def paragraphs_of(package: Mapping[str, bytes], *, body: bool = False) -> list[Paragraph]:
    """Every paragraph of the body, headers, footers and notes, in reading order (`body`: its own only)."""
    found: list[Paragraph] = []
    for walk, root in walks_of(package, body=body):
        walk.rank = len(found)
        found.extend(walk.story(root))
    return found


def walks_of(
    package: Mapping[str, bytes], *, body: bool = False, read: bool = True
) -> Iterator[tuple[Walk, etree._Element]]:
    """A walk for each part that holds an author's text, and the part; unless `read`, it tells where each
    paragraph stands and no word of it."""
    names = _style_names(package)
    root = parse(package[main := main_part(package)], main)
    for part, label in labelled_parts(package, root)[: 1 if body else None]:
        yield Walk(part, label, names, read), root if part == main else parse(package[part], part)


def labelled_parts(package: Mapping[str, bytes], root: etree._Element | None = None) -> list[tuple[str, str]]:
    """The parts that hold an author's text, with their French names: « en-tête de la première page ». `root`:
    the main one, when it is read already."""
    main = main_part(package)
    names = {main: "corps"}
    root = parse(package[main], main) if root is None else root
    targets = {relation.id: relation.target for relation in relations(package, main)}
    for node in root.iter(w("headerReference"), w("footerReference")):
        part = targets.get(node.get(f"{{{R_NS}}}id", ""), "")
        if part in package and part not in names:
            side = "en-tête" if node.tag == w("headerReference") else "pied de page"
            label = side + _KINDS.get(node.get(w("type"), "default"), "")
            known = sum(1 for name in names.values() if name.partition(" (")[0] == label)
            names[part] = f"{label} (section {known + 1})" if known else label
    for kind in ("footnotes", "endnotes"):
        for part in related(package, main, kind):
            names[part] = part_label(part)
    return list(names.items())


def flow(parent: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs and tables of a story in reading order: a text box after the paragraph that holds it."""
    for node in blocks(parent):
        yield node
        if node.tag != w("tbl"):
            for box in boxes(node):
                yield from flow(box)


def _style_names(package: Mapping[str, bytes]) -> dict[str, str]:
    """Style id → its name as Word stores it."""
    return {id: val(node, "name") for id, node in styles_of(package).items()}


@dataclass(slots=True)
class Walk:
    """One part, paragraph after paragraph; counts them and its tables as an author does."""

    part: str
    label: str
    styles: Mapping[str, str]
    read: bool = True
    rank: int = 0
    paragraphs: int = 0
    tables: int = 0
    within: Cell | None = None

    def story(self, parent: Iterable[etree._Element]) -> Iterator[Paragraph]:
        for node in blocks(parent):
            if node.tag == w("tbl"):
                yield from self._table(node)
            else:
                self.paragraphs += 1
                yield self._paragraph(node, f"{self.label}, paragraphe {self.paragraphs}")
                for box in boxes(node):
                    yield from self.story(box)

    def _table(self, table: etree._Element) -> Iterator[Paragraph]:
        self.tables += 1
        number, outer = self.tables, self.within
        for at_row, row in enumerate(held(table, "tr"), start=1):
            for at_cell, cell in enumerate(held(row, "tc"), start=1):
                self.within = outer or Cell(number, at_row, at_cell)
                yield from self._cell(
                    cell, f"{self.label}, tableau {number}, ligne {at_row}, cellule {at_cell}"
                )
        self.within = outer

    def _cell(self, cell: etree._Element, place: str) -> Iterator[Paragraph]:
        """The paragraphs of a cell or of a text box in it, numbered when they are several."""
        inside = [*blocks(cell)]
        paragraphs = [node for node in inside if node.tag == w("p")]
        for node in inside:
            if node.tag == w("tbl"):
                yield from self._table(node)
                continue
            several = f", paragraphe {paragraphs.index(node) + 1}" if len(paragraphs) > 1 else ""
            yield self._paragraph(node, place + several)
            for box in boxes(node):
                yield from self._cell(box, place)

    def _paragraph(self, element: etree._Element, place: str) -> Paragraph:
        self.rank += 1
        said = [*signs(element)] if self.read else []
        text, pieces = _read(said) if said else ("", ())
        properties = next(element.iterchildren(_PROPERTIES), None)
        style = "" if properties is None else _style(properties)
        return Paragraph(
            self.part,
            self.rank,
            place,
            element,
            text,
            pieces,
            revised=any(sign.change for sign in said),
            style=self.styles.get(style, style),
            level=-1 if properties is None else _level(properties),
            within=self.within,
        )


def _read(said: list[Sign]) -> tuple[str, tuple[Piece, ...]]:
    """The text of a paragraph without what tracked changes remove, run by run."""
    text = ""
    pieces: list[Piece] = []
    for (run, change), group in groupby(said, key=lambda sign: (sign.run, sign.change)):
        content = "".join(_typed(sign.node) for sign in group) if change != "del" else ""
        if content:
            pieces.append(Piece(len(text), len(text) + len(content), _look(run), change != ""))
            text += content
    return text, tuple(pieces)


def _typed(node: etree._Element) -> str:
    return (node.text or "") if node.tag in TEXTS else _AS_TYPED.get(str(node.tag), "")


def _look(run: etree._Element | None) -> str:
    """What a run looks like, for comparison: its properties that a reader can see."""
    properties = None if run is None else run.find(w("rPr"))
    if properties is None:
        return ""
    seen = [
        f"{node.tag}{sorted((str(k), str(v)) for k, v in node.attrib.items())}"
        for node in properties
        if node.tag not in _INVISIBLE
    ]
    return "".join(sorted(seen))


def _style(properties: etree._Element) -> str:
    node = next(properties.iterchildren(_STYLE), None)
    return "" if node is None else node.get(_VALUE, "")


def level_of(paragraph: etree._Element) -> int:
    """The depth of a paragraph in a list, from 0 as Word counts; -1 outside of one."""
    properties = paragraph.find(_PROPERTIES)
    return -1 if properties is None else _level(properties)


def _level(properties: etree._Element) -> int:
    numbering = next(properties.iterchildren(_NUMBERING), None)
    if numbering is None or val(numbering, "numId") == "0":
        return -1
    return whole(val(numbering, "ilvl"))
