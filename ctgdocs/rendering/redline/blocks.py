"""The blocks of a story (paragraphs, tables) and the rows of a table, with what they are compared on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree

from ctgdocs.rendering.parts import w
from ctgdocs.rendering.redline import align
from ctgdocs.rendering.redline.align import Pair
from ctgdocs.rendering.redline.atoms import Describe, atoms_of
from ctgdocs.rendering.redline.wording import TOKEN

LEAST_ALIKE: Final = 0.35
ROW_ALIKE: Final = 0.3
SAME_STYLE: Final = 0.1  # what an equal style adds to the likeness of two paragraphs
SAME_NAME: Final = 0.6
SHORT: Final = 3  # letters: the words that any two French sentences share
TRANSPARENT: Final = frozenset(w(name) for name in ("sdt", "sdtContent", "customXml"))


@dataclass(slots=True)
class Block:
    """A paragraph, a table or a row where it stands. `shape` is what must be equal for two to be one: the
    kind, the end of a section, an open field, the columns."""

    node: etree._Element
    key: str
    words: Counter[str]
    shape: str
    style: str = ""
    name: str = ""
    """What a row of several cells opens with: it is the same row as long as it bears the same name."""

    @property
    def is_table(self) -> bool:
        return bool(self.node.tag == w("tbl"))

    def likeness(self, other: Any) -> float:
        if self.shape != other.shape:
            return 0.0
        if self.shape.startswith("field"):
            return 1.0
        shared = align.common_words(self.words, other.words)
        if self.name and self.name == other.name:
            return max(shared, SAME_NAME)
        return min(1.0, shared + SAME_STYLE) if shared and self.style == other.style else shared


def blocks_of(story: etree._Element, describe: Describe) -> list[Block]:
    return [_block(node, describe) for node in _nodes(story)]


def rows_of(table: etree._Element, describe: Describe) -> list[Block]:
    return [_row(row, describe) for row in held(table, "tr")]


def paired(a: Sequence[Block], b: Sequence[Block], least: float = LEAST_ALIKE) -> list[Pair]:
    """Which blocks are the same ones, changed or not, in order."""
    pairs = align.same([one.key for one in a], [one.key for one in b])
    for a0, a1, b0, b1 in [*align.gaps(pairs, len(a), len(b))]:
        pairs += [(a0 + i, b0 + j) for i, j in align.alike(a[a0:a1], b[b0:b1], least)]
    return sorted(pairs)


def end_with_paragraphs(root: etree._Element) -> None:
    """Adds the paragraph that Word puts after a table that ends a story or a cell."""
    for table in [*root.iter(w("tbl"))]:
        following = table.getnext()
        if following is None or following.tag == w("sectPr"):
            table.addnext(etree.Element(w("p")))


def held(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, content controls looked through."""
    for node in parent:
        if node.tag == w(name):
            yield node
        elif node.tag in TRANSPARENT:
            yield from held(node, name)


def _nodes(story: etree._Element) -> Iterator[etree._Element]:
    for node in story:
        if node.tag in (w("p"), w("tbl")):
            yield node
        elif node.tag in TRANSPARENT:
            yield from _nodes(node)


def _block(node: etree._Element, describe: Describe) -> Block:
    if node.tag == w("tbl"):
        rows = [_row(row, describe) for row in held(node, "tr")]
        columns = len(node.findall(f"{w('tblGrid')}/{w('gridCol')}"))
        words: Counter[str] = Counter()
        for row in rows:
            words.update(row.words)
        return Block(node, "table\x1d" + "\x1d".join(row.key for row in rows), words, f"table {columns}")
    text = said(node, describe)
    style = node.find(f"{w('pPr')}/{w('pStyle')}")
    id = "" if style is None else style.get(w("val"), "")
    shape = _shape(node)
    return Block(node, f"{shape}\x1f{id}\x1f{text}", _telling(text), shape, id)


def _row(row: etree._Element, describe: Describe) -> Block:
    cells = [*held(row, "tc")]
    shape = "row " + " ".join(_spread(cell) for cell in cells)
    texts = ["\x1f".join(said(node, describe) for node in cell.iter(w("p"))) for cell in cells]
    nested = "nested" * (row.find(f".//{w('tbl')}") is not None)
    name = texts[0].strip() if len(cells) > 1 else ""
    return Block(row, "\x1e".join([shape, nested, *texts]), _telling(" ".join(texts)), shape, name=name)


def _spread(cell: etree._Element) -> str:
    span, merge = cell.find(f"{w('tcPr')}/{w('gridSpan')}"), cell.find(f"{w('tcPr')}/{w('vMerge')}")
    columns = "1" if span is None else span.get(w("val"), "1")
    return columns if merge is None else f"{columns}{merge.get(w('val'), 'continue')}"


def said(paragraph: etree._Element, describe: Describe) -> str:
    """All that a paragraph says, what is not text included."""
    return "".join(atom.key for atom in atoms_of(paragraph, describe))


def _telling(text: str) -> Counter[str]:
    tokens = [token for token in TOKEN.findall(text) if not token.isspace()]
    long = [token for token in tokens if len(token) > SHORT or token.isdigit()]
    return Counter(long or tokens)


def _shape(paragraph: etree._Element) -> str:
    if paragraph.find(f"{w('pPr')}/{w('sectPr')}") is not None:
        return "section"
    marks = [node.get(w("fldCharType"), "") for node in paragraph.iter(w("fldChar"))]
    if marks.count("begin") != marks.count("end"):
        codes = [(node.text or "").split()[:1] for node in paragraph.iter(w("instrText"))]
        return f"field {marks} {codes[:1]}"
    return "paragraph"
