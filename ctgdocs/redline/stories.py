"""A redline read back: its paragraphs and tables with what is inserted and deleted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from lxml import etree

from ctgdocs.redline.edges import explicit
from ctgdocs.word.numbers import Numbers
from ctgdocs.word.package import read
from ctgdocs.word.parts import Package, lineage, main_part, one, parse, styles_of, val, w, whole
from ctgdocs.word.walk import NOTES, SIGNS, TEXTS, Change, blocks, boxes, held, signs

_STATES: Final[Mapping[str, Change]] = {w("ins"): "ins", w("del"): "del"}
_CHANGED: Final = tuple(
    w(f"{name}Change") for name in ("rPr", "pPr", "tblPr", "trPr", "tcPr", "sectPr", "tblGrid")
)


@dataclass(slots=True)
class Passage:
    """A paragraph: its number, its pieces, its heading level (0: none)."""

    pieces: list[tuple[str, Change]]
    number: str = ""
    level: int = 0

    @property
    def changed(self) -> bool:
        return any(state for _, state in self.pieces)

    @property
    def empty(self) -> bool:
        return not any(text.strip() for text, _ in self.pieces)


@dataclass(slots=True)
class Row:
    cells: list[list[Part]]
    state: Change = ""
    header: bool = False


@dataclass(slots=True)
class Grid:
    rows: list[Row]

    @property
    def changed(self) -> bool:
        return any(row.state or any(part.changed for cell in row.cells for part in cell) for row in self.rows)


Part: TypeAlias = Passage | Grid


@dataclass(frozen=True, slots=True)
class Reading:
    """`stories`: what is read, in order, under its name (« Texte », « En-tête »…). `insertions`, `deletions`:
    how many stretches of words; `looks`: how many changes of presentation; `changed`: whether any at all."""

    stories: list[tuple[str, list[Part]]] = field(default_factory=list)
    insertions: int = 0
    deletions: int = 0
    looks: int = 0
    changed: bool = False


def reading(redline: bytes) -> Reading:
    """Reads a file that `redline` made."""
    package = read(redline)
    reader = _Reader(package)
    main = main_part(package)
    root = parse(package[main], main)
    body = root.find(w("body"))
    stories = [("Texte", reader.story(root if body is None else body))]
    roots = [root]
    for name, label in _edges(package, root).items():
        roots.append(parse(package[name], name))
        story = reader.story(roots[-1])
        if any(part.changed for part in story):
            stories.append((label, story))
    states = [state for _, story in stories for state in _states(story)]
    looks = sum(1 for one in roots for _ in one.iter(*_CHANGED))
    changed = looks > 0 or any(next(one.iter(*_STATES), None) is not None for one in roots)
    return Reading(stories, states.count("ins"), states.count("del"), looks, changed)


def _states(parts: list[Part]) -> Iterator[Change]:
    for part in parts:
        if isinstance(part, Passage):
            yield from (state for _, state in part.pieces if state)
        else:
            for row in part.rows:
                for cell in row.cells:
                    yield from _states(cell)


def _edges(package: Package, root: etree._Element) -> dict[str, str]:
    """The headers and footers, each once, with their name in French."""
    found: dict[str, str] = {}
    for section in root.iter(w("sectPr")):
        for edge, name in explicit(package, section).items():
            found.setdefault(name, "En-tête" if edge.kind == "header" else "Pied de page")
    return found


class _Reader:
    def __init__(self, package: Package) -> None:
        self.numbers = Numbers.of(package)
        self.levels = _heading_levels(package)
        self.notes = {kind: _notes(package, kind) for kind in NOTES.values()}

    def story(self, root: etree._Element) -> list[Part]:
        self.numbers.begin_story()
        return [*self._parts(root)]

    def _parts(self, parent: etree._Element) -> Iterator[Part]:
        for node in blocks(parent):
            if node.tag == w("tbl"):
                yield Grid([self._row(row) for row in held(node, "tr")])
                continue
            yield self._passage(node)
            for box in boxes(node):
                yield from self._parts(box)

    def _row(self, row: etree._Element) -> Row:
        properties = row.find(w("trPr"))
        marks = (
            [] if properties is None else [_STATES[child.tag] for child in properties if child.tag in _STATES]
        )
        header = properties is not None and properties.find(w("tblHeader")) is not None
        return Row([[*self._parts(cell)] for cell in held(row, "tc")], marks[0] if marks else "", header)

    def _passage(self, node: etree._Element) -> Passage:
        id = val(node, "pPr", "pStyle")
        gone = node.find(f"{w('pPr')}/{w('rPr')}/{w('del')}") is not None
        number = "" if gone else self.numbers.next(node, id)[0]
        return Passage(_merged(self._pieces(node)), number, self.levels.get(id, 0))

    def _pieces(self, paragraph: etree._Element) -> Iterator[tuple[str, Change]]:
        for node, _, change in signs(paragraph):
            if node.tag in TEXTS:
                yield node.text or "", change
            elif node.tag in NOTES:
                note = self.notes[NOTES[str(node.tag)]].get(node.get(w("id"), ""), "")
                yield f" [note : {note}]", change
            else:
                yield SIGNS.get(str(node.tag), "[image]"), change


def _merged(pieces: Iterator[tuple[str, Change]]) -> list[tuple[str, Change]]:
    result: list[tuple[str, Change]] = []
    for text, state in pieces:
        if result and result[-1][1] == state:
            result[-1] = (result[-1][0] + text, state)
        elif text:
            result.append((text, state))
    return result


def _heading_levels(package: Package) -> dict[str, int]:
    """Style id → its level in the outline of the document, from 1."""
    nodes = styles_of(package)
    found = {}
    for id in nodes:
        for style in lineage(nodes, id):
            level = style.find(f"{w('pPr')}/{w('outlineLvl')}")
            heading = re.fullmatch(r"heading ([1-9])", val(style, "name"))
            if level is not None or heading:
                rank = whole(level.get(w("val")), 9) if level is not None else int(heading[1]) - 1  # type: ignore[index]
                found[id] = rank + 1 if rank < 9 else 0
                break
    return found


def _notes(package: Package, kind: str) -> dict[str, str]:
    part = one(package, kind)
    return {
        node.get(w("id"), ""): " ".join(
            "".join(text.text or "" for text in paragraph.iter(w("t"), w("delText")))
            for paragraph in node.iter(w("p"))
        )
        for node in (parse(package[part]) if part else ())
    }
