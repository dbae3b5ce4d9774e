"""The blocks of a story (paragraphs, tables) and the rows of a table, with what they are compared on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any, Final, NamedTuple

from lxml import etree

from ctgdocs.redline import align
from ctgdocs.redline.align import SOLID, Bag, Eyes, Pair, bag
from ctgdocs.redline.tracking import Marks, canonical, look_of
from ctgdocs.word.names import XML_SPACE
from ctgdocs.word.parts import val, w
from ctgdocs.word.walk import SIGNS, blocks, held, page_numbers

# --- A paragraph as tokens: words across runs; what is no word (a tab, a picture, a field, a note) is whole


_PLACES: Final = frozenset(
    w(name)
    for name in (
        "bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "proofErr",
        "permStart", "permEnd",
    )
)  # fmt: skip
_IGNORED: Final = frozenset((w("lastRenderedPageBreak"), w("rPr")))
_FIELD: Final = frozenset((w("fldChar"), w("instrText")))

Describe = Callable[[etree._Element], str]
"""Says what an element is beyond its words: the bytes of its picture, the words of its note, its address."""


class Piece(NamedTuple):
    """Part of a run: its properties (None: none), their canonical form, and a text or an element."""

    look: etree._Element | None
    looks: str
    text: str
    node: etree._Element | None = None


@dataclass(slots=True)
class Atom:
    """`key` tells it from others. It is made of pieces of runs, or of whole elements (`nodes`); `place` tells
    that it has no words (a bookmark)."""

    key: str
    pieces: list[Piece] = field(default_factory=list)
    nodes: list[etree._Element] = field(default_factory=list)
    place: bool = False


def atoms_of(paragraph: etree._Element, describe: Describe, eyes: Eyes) -> list[Atom]:
    """The tokens of a paragraph, in order."""
    found: list[Atom] = []
    loose: list[Piece] = []
    for item in _items(paragraph, describe, look_of):
        if isinstance(item, Piece) and item.node is None:
            loose.append(item)
            continue
        found += _words(loose, eyes)
        loose = []
        found.append(Atom(_sign(item.node), [item]) if isinstance(item, Piece) else item)
    return found + _words(loose, eyes)


def _sign(node: etree._Element | None) -> str:
    return SOLID if node is None else SIGNS.get(str(node.tag), SOLID)


def _items(
    paragraph: etree._Element, describe: Describe, looks_of: Callable[[etree._Element], str]
) -> Iterator[Piece | Atom]:
    """The pieces of runs and the other tokens of a paragraph; `looks_of` says what a run looks like."""
    depth = 0
    held: list[etree._Element] = []
    children = [child for child in paragraph if child.tag != w("pPr")]
    whole = next(paragraph.iter(w("fldChar")), None) is not None and _balanced(children)
    for child in children:
        if child.tag == w("r") and whole and (depth or _opens(child)):
            depth += _balance(child)
            held.append(child)
            if not depth:
                yield _solid(held, describe)
                held = []
        elif depth:
            held.append(child)
        elif child.tag == w("r"):
            yield from _of_run(child, describe, looks_of)
        elif child.tag in _PLACES:
            yield Atom("", nodes=[child], place=True)
        else:
            yield _solid([child], describe)


def _balanced(children: Iterable[etree._Element]) -> bool:
    """True when every field of the paragraph opens and closes in it."""
    depth = 0
    for child in children:
        depth += _balance(child)
        if depth < 0:
            return False
    return depth == 0


def _balance(node: etree._Element) -> int:
    kinds = [one.get(w("fldCharType")) for one in node.iter(w("fldChar"))]
    return kinds.count("begin") - kinds.count("end")


def _opens(run: etree._Element) -> bool:
    return (
        any(one.get(w("fldCharType")) == "begin" for one in run.iterchildren(w("fldChar")))
        and _balance(run) > 0
    )


def _of_run(
    run: etree._Element, describe: Describe, looks_of: Callable[[etree._Element], str]
) -> Iterator[Piece | Atom]:
    look = run.find(w("rPr"))
    looks = "" if look is None else looks_of(look)
    for child in run:
        if child.tag in _IGNORED or not isinstance(child.tag, str):
            continue
        if child.tag == w("t"):
            if child.text:
                yield Piece(look, looks, child.text)
        elif child.tag in SIGNS and child.get(w("type"), "textWrapping") == "textWrapping":
            yield Piece(look, looks, "", child)
        else:
            yield Atom(SOLID + _description(child, describe), [Piece(look, looks, "", child)])


def _solid(nodes: Sequence[etree._Element], describe: Describe) -> Atom:
    return Atom(SOLID + "".join(_description(node, describe) for node in nodes), nodes=[*nodes])


def _description(node: etree._Element, describe: Describe) -> str:
    said = [str(etree.QName(node).localname)]
    computed = {
        inside
        for text in page_numbers(node)
        if (run := text.getparent()) is not None
        for inside in run.iter()
    }
    for one in node.iter():
        if one in computed:
            continue
        if one.tag == w("rPr"):
            said.append(canonical(one))
        elif one.tag == w("id") or next(one.iterancestors(w("rPr")), None) is not None:
            continue
        elif one.tag in (w("t"), w("instrText")):
            said.append(one.text or "")
        elif one.tag in SIGNS:
            said.append(SIGNS[one.tag])
        elif one.tag == w("fldChar"):
            said.append(one.get(w("fldCharType"), ""))
        elif isinstance(one.tag, str):
            said.append(describe(one))
    text = "|".join(said)
    return text if len(text) < 200 else hashlib.sha256(text.encode()).hexdigest()


def _words(loose: Sequence[Piece], eyes: Eyes) -> list[Atom]:
    """The tokens of runs that follow each other; a token may lie over several."""
    found: list[Atom] = []
    rank = start = 0
    for match in eyes.token.finditer("".join(piece.text for piece in loose)):
        atom = Atom(match[0])
        at, end = match.span()
        while at < end:
            piece = loose[rank]
            stop = min(end, start + len(piece.text))
            atom.pieces.append(Piece(piece.look, piece.looks, piece.text[at - start : stop - start]))
            at = stop
            if at == start + len(piece.text):
                rank, start = rank + 1, at
        found.append(atom)
    return found


# --- back to elements ---------------------------------------------------------------------------------


def elements(atoms: Iterable[Atom]) -> list[etree._Element]:
    """The runs and other elements that say these tokens again."""
    runs = _Runs()
    looks = None
    for atom in atoms:
        if atom.nodes:
            runs.add(*atom.nodes)
            looks = None
        for piece in atom.pieces:
            if looks != piece.looks:
                runs.add(_run(piece.look))
                looks = piece.looks
            runs.say(piece)
    return runs.done()


def kept_elements(new: Sequence[Atom], old: Sequence[Atom], marks: Marks) -> list[etree._Element]:
    """The tokens that both versions have, with what changed in the look of their words."""
    if not marks.eyes.looks:
        return elements(new)
    runs = _Runs()
    state = None
    for mine, theirs in zip(new, old, strict=True):
        if mine.nodes:
            runs.add(*mine.nodes)
            state = None
            continue
        for piece, was in _side_by_side(mine.pieces, theirs.pieces):
            before = piece.looks if was is None else was.looks
            if state != (piece.looks, before):
                run = _run(piece.look)
                if was is not None and before != piece.looks:
                    _former_look(run, was.look, marks)
                runs.add(run)
                state = (piece.looks, before)
            runs.say(piece)
    return runs.done()


def _side_by_side(new: Sequence[Piece], old: Sequence[Piece]) -> Iterator[tuple[Piece, Piece | None]]:
    """The pieces of the same word in two versions, cut where either changes its look."""
    if len(old) < 2 or any(piece.node is not None for piece in new):
        yield from ((piece, old[0] if old else None) for piece in new)
        return
    former = iter([piece for piece in old for _ in piece.text])
    for piece in new:
        for was, letters in groupby(zip(piece.text, former, strict=False), key=itemgetter(1)):
            yield piece._replace(text="".join(letter for letter, _ in letters)), was


def _former_look(run: etree._Element, was: etree._Element | None, marks: Marks) -> None:
    look = run.find(w("rPr"))
    if look is None:
        look = etree.Element(w("rPr"))
        run.insert(0, look)
    marks.changed_properties(look, was, "rPr")


def _run(look: etree._Element | None) -> etree._Element:
    run = etree.Element(w("r"))
    if look is not None:
        run.append(deepcopy(look))
    return run


class _Runs:
    """Elements in the making: the words of a `w:t` are joined once, however many they come from."""

    def __init__(self) -> None:
        self._made: list[etree._Element] = []
        self._words: list[str] = []

    def add(self, *nodes: etree._Element) -> None:
        self.done()
        self._made += nodes

    def say(self, piece: Piece) -> None:
        """Puts a piece in the run that was added last."""
        if piece.node is None:
            self._words.append(piece.text)
        else:
            self.done()[-1].append(piece.node)

    def done(self) -> list[etree._Element]:
        if self._words:
            text = etree.SubElement(self._made[-1], w("t"))
            text.text = "".join(self._words)
            text.set(XML_SPACE, "preserve")
            self._words = []
        return self._made


LEAST_ALIKE: Final = 0.35
ROW_ALIKE: Final = 0.3
SAME_STYLE: Final = 0.1  # what an equal style adds to the likeness of two paragraphs
SAME_NAME: Final = 0.6
SHORT: Final = 3  # letters: the words that any two French sentences share
_WRAPPERS: Final = frozenset(w(name) for name in ("sdtContent", "customXml"))


@dataclass(slots=True)
class Block:
    """A paragraph, a table or a row where it stands. `shape` is what must be equal for two to be one: the
    kind, the end of a section, an open field, the columns."""

    node: etree._Element
    key: str
    words: Bag
    shape: str
    says: str = ""
    """The key without the look."""
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


def blocks_of(story: etree._Element, describe: Describe, eyes: Eyes) -> list[Block]:
    return [_block(node, describe, eyes) for node in blocks(story)]


def rows_of(table: etree._Element, describe: Describe, eyes: Eyes) -> list[Block]:
    return [_row(row, describe, eyes) for row in held(table, "tr")]


def paired(a: Sequence[Block], b: Sequence[Block], least: float = LEAST_ALIKE) -> list[Pair]:
    """Which blocks are the same ones, changed or not, in order: those that are equal, those that say the same
    in another look, those that look alike."""
    pairs = align.same([one.key for one in a], [one.key for one in b])
    for a0, a1, b0, b1 in [*align.gaps(pairs, len(a), len(b))]:
        mine, theirs = ([*_telling_ones(side, *ends)] for side, ends in ((a, (a0, a1)), (b, (b0, b1))))
        pairs += [
            (mine[i], theirs[j])
            for i, j in align.same([a[at].says for at in mine], [b[at].says for at in theirs])
        ]
    pairs.sort()
    for a0, a1, b0, b1 in [*align.gaps(pairs, len(a), len(b))]:
        pairs += [(a0 + i, b0 + j) for i, j in align.alike(a[a0:a1], b[b0:b1], least)]
    return sorted(pairs)


def _telling_ones(blocks: Sequence[Block], start: int, end: int) -> Iterator[int]:
    """The places of the blocks that say something in words."""
    return (at for at in range(start, end) if blocks[at].words and blocks[at].says)


def end_with_paragraphs(root: etree._Element) -> None:
    """Adds the paragraph that Word puts after a table that ends a story or a cell."""
    for table in [*root.iter(w("tbl"))]:
        following, parent = table.getnext(), table.getparent()
        if parent is None or parent.tag in _WRAPPERS:
            continue
        if following is None or following.tag == w("sectPr"):
            table.addnext(etree.Element(w("p")))


def _block(node: etree._Element, describe: Describe, eyes: Eyes) -> Block:
    if node.tag == w("tbl"):
        rows = [_row(row, describe, eyes) for row in held(node, "tr")]
        columns = len(node.findall(f"{w('tblGrid')}/{w('gridCol')}"))
        words = bag(word for row in rows for word, _ in row.words)
        return Block(node, "table\x1d" + "\x1d".join(row.key for row in rows), words, f"table {columns}")
    text = eyes.read(said(node, describe))
    id = val(node, "pPr", "pStyle")
    shape = _shape(node)
    says = f"{shape}\x1f{text}"
    return Block(
        node, f"{says}\x1f{id}" if eyes.looks else says, _telling(text, eyes), shape, says=says, style=id
    )


def _row(row: etree._Element, describe: Describe, eyes: Eyes) -> Block:
    cells = [*held(row, "tc")]
    shape = "row " + " ".join(_spread(cell) for cell in cells)
    texts = [eyes.read("\x1f".join(said(node, describe) for node in cell.iter(w("p")))) for cell in cells]
    nested = "nested" * (row.find(f".//{w('tbl')}") is not None)
    name = texts[0].strip() if len(cells) > 1 else ""
    key = "\x1e".join([shape, nested, *texts])
    return Block(row, key, _telling(" ".join(texts), eyes), shape, name=name)


def _spread(cell: etree._Element) -> str:
    merge = cell.find(f"{w('tcPr')}/{w('vMerge')}")
    columns = val(cell, "tcPr", "gridSpan") or "1"
    return columns if merge is None else f"{columns}{merge.get(w('val'), 'continue')}"


def said(paragraph: etree._Element, describe: Describe) -> str:
    """All that a paragraph says, what is not text included: the keys of its tokens."""
    return "".join(
        item.key if isinstance(item, Atom) else item.text if item.node is None else _sign(item.node)
        for item in _items(paragraph, describe, lambda look: "")
    )


def _telling(text: str, eyes: Eyes) -> Bag:
    tokens = [token for token in eyes.token.findall(text) if not token.isspace()]
    long = [token for token in tokens if len(token) > SHORT or token.isdigit()]
    return bag(long or tokens)


def _shape(paragraph: etree._Element) -> str:
    if paragraph.find(f"{w('pPr')}/{w('sectPr')}") is not None:
        return "section"
    marks = [node.get(w("fldCharType"), "") for node in paragraph.iter(w("fldChar"))]
    if marks.count("begin") != marks.count("end"):
        codes = [(node.text or "").split()[:1] for node in paragraph.iter(w("instrText"))]
        return f"field {marks} {codes[:1]}"
    return "paragraph"
