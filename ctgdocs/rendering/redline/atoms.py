"""A paragraph as tokens: words across runs; what is no word (a tab, a picture, a field, a note) is whole."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from lxml import etree

from ctgdocs.rendering.parts import XML_SPACE, w
from ctgdocs.rendering.redline.pen import Pen, canonical
from ctgdocs.rendering.redline.wording import SOLID, TOKEN

_SIGNS: Final = {
    w("tab"): "\t",
    w("br"): "\n",
    w("cr"): "\n",
    w("noBreakHyphen"): "\u2011",
    w("softHyphen"): "\u00ad",
}
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


def atoms_of(paragraph: etree._Element, describe: Describe) -> list[Atom]:
    """The tokens of a paragraph, in order."""
    found: list[Atom] = []
    loose: list[Piece] = []
    for item in _items(paragraph, describe):
        if isinstance(item, Piece) and item.node is None:
            loose.append(item)
            continue
        found += _words(loose)
        loose = []
        found.append(item if isinstance(item, Atom) else Atom(_SIGNS.get(item.node.tag, SOLID), [item]))  # type: ignore[union-attr]
    return found + _words(loose)


def _items(paragraph: etree._Element, describe: Describe) -> Iterator[Piece | Atom]:
    depth = 0
    held: list[etree._Element] = []
    children = [child for child in paragraph if child.tag != w("pPr")]
    whole = _balanced(children)
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
            yield from _of_run(child, describe)
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


def _of_run(run: etree._Element, describe: Describe) -> Iterator[Piece | Atom]:
    look = run.find(w("rPr"))
    looks = "" if look is None else canonical(look)
    for child in run:
        if child.tag in _IGNORED or not isinstance(child.tag, str):
            continue
        if child.tag == w("t"):
            if child.text:
                yield Piece(look, looks, child.text)
        elif child.tag in _SIGNS and child.get(w("type"), "textWrapping") == "textWrapping":
            yield Piece(look, looks, "", child)
        else:
            yield Atom(SOLID + _description(child, describe), [Piece(look, looks, "", child)])


def _solid(nodes: Sequence[etree._Element], describe: Describe) -> Atom:
    return Atom(SOLID + "".join(_description(node, describe) for node in nodes), nodes=[*nodes])


def _description(node: etree._Element, describe: Describe) -> str:
    said = [str(etree.QName(node).localname)]
    for one in node.iter():
        if one.tag in (w("t"), w("instrText")):
            said.append(one.text or "")
        elif one.tag in _SIGNS:
            said.append(_SIGNS[one.tag])
        elif one.tag == w("fldChar"):
            said.append(one.get(w("fldCharType"), ""))
        elif isinstance(one.tag, str):
            said.append(describe(one))
    text = "|".join(said)
    return text if len(text) < 200 else hashlib.sha256(text.encode()).hexdigest()


def _words(loose: Sequence[Piece]) -> list[Atom]:
    text = "".join(piece.text for piece in loose)
    found: list[Atom] = []
    rank = used = 0
    for match in TOKEN.finditer(text):
        word = match[0]
        atom = Atom(word)
        left = len(word)
        while left:
            piece = loose[rank]
            taken = piece.text[used : used + left]
            atom.pieces.append(piece._replace(text=taken))
            left -= len(taken)
            used += len(taken)
            if used == len(piece.text):
                rank, used = rank + 1, 0
        found.append(atom)
    return found


# --- back to elements ---------------------------------------------------------------------------------


def elements(atoms: Iterable[Atom]) -> list[etree._Element]:
    """The runs and other elements that say these tokens again."""
    result: list[etree._Element] = []
    looks = None
    for atom in atoms:
        if atom.nodes:
            result += atom.nodes
            looks = None
        for piece in atom.pieces:
            if looks != piece.looks:
                result.append(_run(piece.look))
                looks = piece.looks
            _put(result[-1], piece)
    return result


def kept_elements(new: Sequence[Atom], old: Sequence[Atom], pen: Pen) -> list[etree._Element]:
    """The tokens that both versions have, with what changed in the look of their words."""
    result: list[etree._Element] = []
    state = None
    for mine, theirs in zip(new, old, strict=True):
        if mine.nodes:
            result += mine.nodes
            state = None
            continue
        was = theirs.pieces[0] if theirs.pieces else None
        for piece in mine.pieces:
            before = piece.looks if was is None else was.looks
            if state != (piece.looks, before):
                run = _run(piece.look)
                if was is not None and before != piece.looks:
                    _former_look(run, was.look, pen)
                result.append(run)
                state = (piece.looks, before)
            _put(result[-1], piece)
    return result


def _former_look(run: etree._Element, was: etree._Element | None, pen: Pen) -> None:
    look = run.find(w("rPr"))
    if look is None:
        look = etree.Element(w("rPr"))
        run.insert(0, look)
    pen.changed_properties(look, was, "rPr")


def _run(look: etree._Element | None) -> etree._Element:
    run = etree.Element(w("r"))
    if look is not None:
        run.append(deepcopy(look))
    return run


def _put(run: etree._Element, piece: Piece) -> None:
    if piece.node is not None:
        run.append(piece.node)
        return
    text = run[-1] if len(run) and run[-1].tag == w("t") else etree.SubElement(run, w("t"))
    text.text = (text.text or "") + piece.text
    text.set(XML_SPACE, "preserve")
