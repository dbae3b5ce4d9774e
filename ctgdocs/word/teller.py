"""What a Word file tells whoever will write it again: its paragraphs as they look, its tables cell by cell,
its notes, and what stands around.

Tracked changes are accepted. A text box is read once, after the paragraph that holds it; a ticked box is ☒
and an empty one ☐; a note is called `[^1]` where it stands. What is hidden, struck or in a picture is
counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from ctgdocs.findings import TemplateError
from ctgdocs.word.numbers import Numbers
from ctgdocs.word.package import Package, read
from ctgdocs.word.parts import is_on, lineage, main_part, parse, related, styles_of, val, w, whole
from ctgdocs.word.passage import Told, ToldBlock, ToldCell, ToldFile, ToldTable
from ctgdocs.word.walk import FALLBACK, NOTES, PICTURES, SIGNS, flow, held, labelled_parts, level_of

_APART: Final = frozenset(
    (FALLBACK, w("txbxContent"), *map(w, ("pPr", "rPr", "sdtPr", "sdtEndPr", "del", "moveFrom", "sectPr")))
)
_AS_TYPED: Final = {**SIGNS, w("noBreakHyphen"): "-", w("softHyphen"): ""}
_FONT_SIGNS: Final = {
    "FE": "☒", "FD": "☒", "FC": "✓", "FB": "☒", "A8": "☐", "6F": "☐", "71": "☐", "72": "☐", "52": "☒",
    "53": "☒", "54": "☒", "D8": "➢", "E0": "→", "E8": "➔", "A7": "▪", "B7": "•", "76": "❖", "F0": "➢",
}  # fmt: skip
"""What signs of Wingdings and Symbol look like, by the end of their code."""
_ROOMY: Final = 28
"""Half points: a letter of 14 points or more is that of a title."""


def told(document: bytes, *, largest: int) -> ToldFile:
    """What a Word file tells. Raises TemplateError for what is no Word file, or is larger (bytes of XML of
    one part)."""
    package = read(document)
    if any(len(part) > largest for name, part in package.items() if name.endswith(".xml")):
        raise TemplateError(f"il est trop gros : plus de {largest // 1_000_000} Mo de texte")
    return _Teller(package).file()


@dataclass(frozen=True, slots=True)
class _Look:
    bold: bool = False
    size: int = 0
    centred: bool = False


class _Teller:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.numbers = Numbers.of(package)
        self.names, self.looks = _styles(package)
        self.notes = _notes(package)
        self.found = ToldFile()

    def file(self) -> ToldFile:
        main = main_part(self.package)
        root = parse(self.package[main], main)
        body = root.find(w("body"))
        self.numbers.begin_story()
        self.found.body = tuple(self.story(root if body is None else body))
        for part, label in labelled_parts(self.package)[1:]:
            if label.startswith(("en-tête", "pied")):
                self._around(part, label)
        return self.found

    def _around(self, part: str, label: str) -> None:
        pictures = self.found.pictures  # a logo on each page is no picture of the text
        said = [one.text for one in _flat(self.story(parse(self.package[part], part)))]
        self.found.pictures = pictures
        self.found.around += [(label, text) for text in said if text.strip()]

    def story(self, parent: etree._Element) -> Iterator[ToldBlock]:
        for node in flow(parent):
            yield self.table(node) if node.tag == w("tbl") else self.paragraph(node)

    def table(self, node: etree._Element) -> ToldTable:
        rows: list[tuple[ToldCell, ...]] = []
        heads = 0
        for row in held(node, "tr"):
            if row.find(f"{w('trPr')}/{w('del')}") is not None:
                continue
            heads += len(rows) == heads and row.find(f"{w('trPr')}/{w('tblHeader')}") is not None
            rows.append(tuple(self.cell(one) for one in held(row, "tc")))
        return ToldTable(tuple(rows), heads)

    def cell(self, node: etree._Element) -> ToldCell:
        merge = node.find(f"{w('tcPr')}/{w('vMerge')}")
        continues = merge is not None and merge.get(w("val"), "continue") == "continue"
        span = node.find(f"{w('tcPr')}/{w('gridSpan')}")
        wide = 1 if span is None else whole(span.get(w("val")), 1)
        return ToldCell(tuple(self.story(node)), max(1, min(wide, 60)), continues)

    # --- one paragraph ----------------------------------------------------------------------------------

    def paragraph(self, node: etree._Element) -> Told:
        style = val(node.find(w("pPr")), "pStyle")
        number, level = self.numbers.next(node, style)
        level = level_of(node) if level < 0 else level
        look = self.looks.get(style, _Look())
        text, bold, struck, large = "", True, True, True
        for piece, run in self.pieces(node):
            text += piece
            if piece.strip():
                properties = None if run is None else run.find(w("rPr"))
                own = self.looks.get(val(properties, "rStyle"), _Look())
                bold &= is_on(properties, "b", look.bold or own.bold)
                struck &= is_on(properties, "strike", False) or is_on(properties, "dstrike", False)
                large &= whole(val(properties, "sz"), own.size or look.size) >= _ROOMY
        said = bool(text.strip())
        self.found.struck += said and struck
        aligned = val(node.find(w("pPr")), "jc")
        return Told(
            text,
            self.names.get(style, style),
            level,
            number,
            said and bold,
            said and struck,
            said and large,
            aligned == "center" or (not aligned and look.centred),
        )

    def pieces(
        self, node: etree._Element, run: etree._Element | None = None
    ) -> Iterator[tuple[str, etree._Element | None]]:
        """The texts of a paragraph, each with the run that holds it."""
        for child in node:
            tag = child.tag
            if tag in _APART or not isinstance(tag, str):
                self.found.revised += tag in (w("del"), w("moveFrom"))
            elif tag == w("r") and is_on(child.find(w("rPr")), "vanish", False):
                self.found.hidden += 1
            elif said := self._said(child, tag):
                yield said, run
            elif tag in PICTURES:
                self.found.pictures += 1
            else:
                self.found.revised += tag in (w("ins"), w("moveTo"))
                yield from self.pieces(child, child if tag == w("r") else run)

    def _said(self, node: etree._Element, tag: str) -> str:
        if tag == w("t"):
            return node.text or ""
        if tag in _AS_TYPED:
            return _AS_TYPED[tag]
        if tag == w("sym"):
            return _FONT_SIGNS.get(node.get(w("char"), "")[-2:].upper(), "")
        if tag in NOTES:
            return self._called(NOTES[tag], node.get(w("id"), ""))
        if tag == w("fldChar"):
            return _form_box(node)
        return ""

    def _called(self, kind: str, id: str) -> str:
        text = self.notes.get((kind, id), "").strip()
        if not text:
            return ""
        label = str(len(self.found.notes) + 1)
        self.found.notes[label] = text
        return f"[^{label}]"


def _form_box(node: etree._Element) -> str:
    """The box of an old form, which is no text."""
    box = node.find(f"{w('ffData')}/{w('checkBox')}")
    if box is None:
        return ""
    state = next((one for name in ("checked", "default") if (one := box.find(w(name))) is not None), None)
    return "☒" if state is not None and state.get(w("val"), "1") in ("1", "true", "on") else "☐"


def _flat(told: Iterator[ToldBlock]) -> Iterator[Told]:
    for block in told:
        if isinstance(block, Told):
            yield block
        else:
            for row in block.rows:
                for cell in row:
                    yield from _flat(iter(cell.blocks))


# --- what the other parts say ---------------------------------------------------------------------------


def _styles(package: Package) -> tuple[dict[str, str], dict[str, _Look]]:
    """Style id → its name; style id → what its paragraphs look like, what it is based on included."""
    styles = styles_of(package)
    looks: dict[str, _Look] = {}
    for id in styles:
        bold, size, centred = False, 0, False
        for style in reversed([*lineage(styles, id)]):
            bold = is_on(style.find(w("rPr")), "b", bold)
            size = whole(val(style.find(w("rPr")), "sz"), size)
            if aligned := val(style.find(w("pPr")), "jc"):
                centred = aligned == "center"
        looks[id] = _Look(bold, size, centred)
    return {id: val(node, "name") for id, node in styles.items()}, looks


def _notes(package: Package) -> Mapping[tuple[str, str], str]:
    """(kind, id) → the text of a footnote or endnote, on one line."""
    found = {}
    main = main_part(package)
    for kind in ("footnotes", "endnotes"):
        for part in related(package, main, kind):
            for note in parse(package[part], part):
                said = (node.text or "" if node.tag == w("t") else " " for node in note.iter(w("t"), w("p")))
                found[kind, note.get(w("id"), "")] = " ".join("".join(said).split())
    return found
