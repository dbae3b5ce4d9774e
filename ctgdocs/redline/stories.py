"""A redline read back, its paragraphs and tables with what is inserted and deleted; shown as lines for a
terminal, and as one accessible HTML page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import count
from typing import Final, TypeAlias

from lxml import etree

from ctgdocs.redline.edges import explicit
from ctgdocs.word.numbers import Numbers
from ctgdocs.word.package import read
from ctgdocs.word.parts import Package, lineage, main_part, one, parse, styles_of, val, w, whole
from ctgdocs.word.walk import NOTES, SIGNS, TEXTS, Change, flow, held, signs

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
        for node in flow(parent):
            is_table = node.tag == w("tbl")
            yield Grid([self._row(row) for row in held(node, "tr")]) if is_table else self._passage(node)

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


Paint = Callable[[str, Change], str]

CONTEXT: Final = 1  # unchanged paragraphs shown before and after a change
LONG: Final = 160  # letters of an unchanged stretch; what is beyond is cut in its middle


def marked(text: str, state: Change) -> str:
    """What is deleted and inserted, in plain signs: `[-…-]` and `{+…+}`."""
    return {"": text, "del": f"[-{text}-]", "ins": f"{{+{text}+}}"}[state]


def lines(read: Reading, paint: Paint = marked) -> Iterator[str]:
    """The changed paragraphs with a little around them, a line each; `…` stands for what did not change."""
    for label, story in read.stories:
        passages = [*_flat(story)]
        shown = {
            near
            for place, (_, passage) in enumerate(passages)
            if passage.changed
            for near in range(place - CONTEXT, place + CONTEXT + 1)
        }
        if len(read.stories) > 1 and shown:
            yield f"== {label}"
        last = -1
        for place in sorted(rank for rank in shown if 0 <= rank < len(passages)):
            if place > last + 1:
                yield "…"
            last = place
            where, passage = passages[place]
            yield where + _line(passage, paint)
        if shown and last < len(passages) - 1:
            yield "…"


def _flat(story: Sequence[Part], where: str = "") -> Iterator[tuple[str, Passage]]:
    for part in story:
        if isinstance(part, Passage):
            if not part.empty:
                yield where, part
        else:
            for row in part.rows:
                for cell in row.cells:
                    yield from _flat(cell, "| ")


def _line(passage: Passage, paint: Paint) -> str:
    number = f"{passage.number} " if passage.number else ""
    return number + "".join(
        paint(text if state or not passage.changed else _shortened(text), state)
        for text, state in passage.pieces
    ).replace("\n", " ⏎ ").replace("\t", " ")


def _shortened(text: str) -> str:
    if len(text) <= LONG:
        return text
    start, end = text[: LONG // 2].rpartition(" ")[0], text[-LONG // 2 :].partition(" ")[2]
    return f"{start} […] {end}"


# --- HTML ---------------------------------------------------------------------------------------------

_STYLE = """
:root{color-scheme:light}
body{font:1rem/1.55 system-ui,"Segoe UI",Arial,sans-serif;color:#1b1b1b;background:#fff;margin:0 auto;
max-width:52rem;padding:1rem 1.25rem 4rem}
header{border-bottom:2px solid #1f3864;margin-bottom:1.5rem}
h1{font-size:1.5rem;color:#1f3864}h2,h3,h4,h5,h6{color:#1f3864;line-height:1.3}
ins{color:#0b5a2b;background:#e3f6e9;text-decoration:underline}
del{color:#9c1c1c;background:#fdeaea;text-decoration:line-through}
table{border-collapse:collapse;width:100%;margin:1rem 0}
td,th{border:1px solid #767676;padding:.3rem .5rem;text-align:left;vertical-align:top}
td>p,th>p{margin:.1rem 0}th{background:#eef1f7}
.change{border-left:.25rem solid #1f3864;padding-left:.75rem;margin-left:-1rem}
.suivant{font-size:.85rem;margin-left:.5rem}
.numero{font-weight:600}
ins::before,ins::after,del::before,del::after,.lu{clip-path:inset(100%);clip:rect(1px,1px,1px,1px);height:1px;
overflow:hidden;position:absolute;white-space:nowrap;width:1px}
ins::before{content:" [début d’ajout] "}ins::after{content:" [fin d’ajout] "}
del::before{content:" [début de suppression] "}del::after{content:" [fin de suppression] "}
@media print{.suivant{display:none}.change{break-inside:avoid}}
"""


def page(read: Reading, title: str, summary: str, legend: str) -> str:
    """One HTML page that needs nothing else: no script, no address. Texts are given ready to be read."""
    writer = _Page()
    stories = "\n".join(
        writer.story(label, parts, several=len(read.stories) > 1) for label, parts in read.stories
    )
    first = '<p><a href="#c1">Aller au premier changement</a></p>' if writer.changes else ""
    return (
        f'<!DOCTYPE html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<header>\n"
        f"<h1>{escape(title)}</h1>\n<p>{escape(summary)}</p>\n"
        f"<p>{escape(legend)} <ins>ajouté</ins>, <del>supprimé</del>.</p>\n{first}\n</header>\n"
        f"<main>\n{writer.with_links(stories)}\n</main>\n</body>\n</html>\n"
    )


class _Page:
    def __init__(self) -> None:
        self.changes = 0
        self._rank = count(1)

    def story(self, label: str, parts: Sequence[Part], *, several: bool) -> str:
        title = f"<h2>{escape(label)}</h2>\n" if several else ""
        return f"<section>\n{title}{self._parts(parts)}\n</section>"

    def with_links(self, text: str) -> str:
        """The page, its last change leading nowhere."""
        last = f'<a class="suivant" href="#c{self.changes + 1}">changement suivant</a>'
        return text.replace(last, "")

    def _parts(self, parts: Sequence[Part], *, linked: bool = True) -> str:
        return "\n".join(
            self._grid(part) if isinstance(part, Grid) else self._passage(part, linked=linked)
            for part in parts
            if isinstance(part, Grid) or not part.empty
        )

    def _passage(self, passage: Passage, *, linked: bool) -> str:
        tag = f"h{min(passage.level + 2, 6)}" if passage.level and linked else "p"
        number = f'<span class="numero">{escape(passage.number)}</span> ' if passage.number else ""
        inner = number + "".join(_piece(text, state) for text, state in passage.pieces)
        if not passage.changed or not linked:
            return f"<{tag}>{inner}</{tag}>"
        return f'<div class="change" id="{self._next()}"><{tag}>{inner}</{tag}>{self._link()}</div>'

    def _grid(self, grid: Grid) -> str:
        rows = []
        for row in grid.rows:
            tag = 'th scope="col"' if row.header else "td"
            cells = "".join(f"<{tag}>{self._parts(cell, linked=False)}</{tag[:2]}>" for cell in row.cells)
            rows.append(f"<tr>{cells}</tr>")
        table = "<table>\n" + "\n".join(rows) + "\n</table>"
        if not grid.changed:
            return table
        return f'<div class="change" id="{self._next()}">{table}{self._link()}</div>'

    def _next(self) -> str:
        self.changes = next(self._rank)
        return f"c{self.changes}"

    def _link(self) -> str:
        return f'<a class="suivant" href="#c{self.changes + 1}">changement suivant</a>'


def _piece(text: str, state: Change) -> str:
    said = escape(text, quote=False).replace("\n", "<br>")
    return f"<{state}>{said}</{state}>" if state else said
