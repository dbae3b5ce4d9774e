"""The paragraphs of a Word file, each with the place an author would give it: « corps, paragraphe 4 »."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from ctgdocs.word.names import R_NS
from ctgdocs.word.parts import main_part, parse, related, relations, w
from ctgdocs.word.places import part_label

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_REVISIONS = frozenset(w(tag) for tag in ("ins", "del", "moveFrom", "moveTo"))
_REMOVED = frozenset(w(tag) for tag in ("del", "moveFrom"))
_BREAKS = {w("tab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-"}
_INVISIBLE = frozenset(w(tag) for tag in ("lang", "noProof", "bCs", "iCs", "szCs", "rtl", "cs", "proofErr"))
_KINDS = {"default": "", "first": " de la première page", "even": " des pages paires"}
EXCERPT = 60


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph's text that one run holds: from `start` to `end`, in one look."""

    start: int
    end: int
    look: str
    revised: bool


@dataclass(frozen=True, slots=True, eq=False)
class Spot:
    """A paragraph of a template: where it stands (`place`, and `rank` in the file), and what it says."""

    part: str
    rank: int
    place: str
    element: etree._Element
    text: str
    pieces: tuple[Piece, ...]
    revised: bool

    @property
    def row(self) -> etree._Element | None:
        return next(self.element.iterancestors(w("tr")), None)

    @property
    def cell(self) -> etree._Element | None:
        return next(self.element.iterancestors(w("tc")), None)

    def shown(self) -> str:
        """« corps, paragraphe 4 : “Vu le code…” »."""
        return f"{self.place} : “{excerpt(self.text)}”" if self.text.strip() else self.place


def excerpt(text: str) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT else line[: EXCERPT - 1].rstrip() + "…"


def spots(package: Mapping[str, bytes]) -> list[Spot]:
    """Every paragraph of the body, headers, footers and notes, in reading order."""
    found: list[Spot] = []
    for part, label in labelled_parts(package):
        found.extend(_spots_of(parse(package[part], part), part, label, len(found)))
    return found


def labelled_parts(package: Mapping[str, bytes]) -> list[tuple[str, str]]:
    """The parts that hold an author's text, with their French names: « en-tête de la première page »."""
    main = main_part(package)
    names = {main: "corps"}
    targets = {relation.id: relation.target for relation in relations(package, main)}
    for node in parse(package[main], main).iter(w("headerReference"), w("footerReference")):
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


def _spots_of(root: etree._Element, part: str, label: str, before: int) -> Iterator[Spot]:
    paragraphs = 0
    tables = {table: number for number, table in enumerate(root.iter(w("tbl")), start=1)}
    for element in root.iter(w("p")):
        if next(element.iterancestors(_FALLBACK), None) is not None:
            continue
        cell = next(element.iterancestors(w("tc")), None)
        if cell is None:
            paragraphs += 1
            place = f"{label}, paragraphe {paragraphs}"
        else:
            place = f"{label}, {_in_table(element, cell, tables)}"
        text, pieces, revised = _read(element)
        before += 1
        yield Spot(part, before, place, element, text, pieces, revised)


def _in_table(element: etree._Element, cell: etree._Element, tables: Mapping[etree._Element, int]) -> str:
    row, table = next(cell.iterancestors(w("tr"))), next(cell.iterancestors(w("tbl")))
    rows = [node for node in table.iter(w("tr")) if next(node.iterancestors(w("tbl"))) is table]
    cells = [node for node in row.iter(w("tc")) if next(node.iterancestors(w("tr"))) is row]
    place = f"tableau {tables[table]}, ligne {rows.index(row) + 1}, cellule {cells.index(cell) + 1}"
    inside = [node for node in cell.iter(w("p")) if next(node.iterancestors(w("tc"))) is cell]
    return place + (f", paragraphe {inside.index(element) + 1}" if len(inside) > 1 else "")


def _read(paragraph: etree._Element) -> tuple[str, tuple[Piece, ...], bool]:
    """The text of a paragraph without what tracked changes remove, run by run."""
    text = ""
    pieces: list[Piece] = []
    revised = False
    for node in paragraph.iter(w("r"), *_REVISIONS):
        above = _between(node, paragraph)
        if above is None:
            continue
        if node.tag != w("r"):
            revised = revised or next(node.iterancestors(w("rPr"), w("pPr")), None) is None
            continue
        if any(tag in _REMOVED for tag in above):
            continue
        content = "".join(
            (child.text or "") if child.tag == w("t") else _BREAKS.get(str(child.tag), "")
            for child in node.iterchildren()
        )
        if content:
            changed = any(tag in _REVISIONS for tag in above)
            pieces.append(Piece(len(text), len(text) + len(content), _look(node), changed))
            text += content
    return text, tuple(pieces), revised


def _between(node: etree._Element, paragraph: etree._Element) -> list[str] | None:
    """The tags from a node up to its paragraph; None when it belongs to another one (a text box inside)."""
    above: list[str] = []
    for parent in node.iterancestors():
        if parent is paragraph:
            return above
        if parent.tag in (w("p"), _FALLBACK):
            return None
        above.append(str(parent.tag))
    return None


def _look(run: etree._Element) -> str:
    """What a run looks like, for comparison: its properties that a reader can see."""
    properties = run.find(w("rPr"))
    if properties is None:
        return ""
    seen = [
        f"{node.tag}{sorted((str(k), str(v)) for k, v in node.attrib.items())}"
        for node in properties
        if node.tag not in _INVISIBLE
    ]
    return "".join(sorted(seen))
