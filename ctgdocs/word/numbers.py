"""The numbers that Word prints before paragraphs: lists, bullets and numbered headings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from ctgdocs.word.parts import Package, lineage, one, parse, styles_of, val, w, whole

BULLET: Final = "•"
_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    format: str
    text: str


@dataclass(slots=True)
class Numbers:
    """Counts as Word does: lists of one abstract definition go on with each other unless told to restart."""

    abstracts: Mapping[str, Mapping[int, _Level]]
    nums: Mapping[str, tuple[str, Mapping[int, int]]]  # num id → abstract id, {level: restart}
    styles: Mapping[str, tuple[str, int]]  # style id → num id, level
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _restarted: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def of(cls, package: Package) -> Numbers:
        part = one(package, "numbering")
        if part is None:
            return cls({}, {}, {})
        root = parse(package[part], part)
        abstracts, owners = _abstracts(root)
        return cls(abstracts, _nums(root), _styles(package, owners, _nums(root)))

    def begin_story(self) -> None:
        """Headers and footers count for themselves."""
        self._counts.clear()
        self._restarted.clear()

    def next(self, paragraph: etree._Element, style: str) -> tuple[str, int]:
        """What is printed before this paragraph, and its level (-1: it has no number)."""
        num, level = self.of_paragraph(paragraph, style)
        levels = self.abstracts.get(self.nums[num][0]) if num in self.nums else None
        if not levels or level not in levels:
            return "", -1
        counts = self._count(num, level, levels)
        if levels[level].format == "bullet":
            return BULLET, level
        if levels[level].format == "none":
            return "", level

        def printed(found: re.Match[str]) -> str:
            place = int(found[1]) - 1
            own = levels.get(place, levels[level])
            return _figure(counts.get(place, own.start), own.format)

        return re.sub("%([1-9])", printed, levels[level].text), level

    def of_paragraph(self, paragraph: etree._Element, style: str) -> tuple[str, int]:
        direct = paragraph.find(f"{w('pPr')}/{w('numPr')}")
        inherited = self.styles.get(style, ("", 0))
        if direct is None:
            return inherited
        num, level = direct.find(w("numId")), direct.find(w("ilvl"))
        return (
            inherited[0] if num is None else num.get(w("val"), ""),
            inherited[1] if level is None else whole(level.get(w("val"))),
        )

    def _count(self, num: str, level: int, levels: Mapping[int, _Level]) -> dict[int, int]:
        abstract, restarts = self.nums[num]
        counts = self._counts.setdefault(abstract, {})
        for place, start in restarts.items():
            if (num, place) not in self._restarted:
                self._restarted.add((num, place))
                counts[place] = start - 1
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [place for place in counts if place > level]:
            del counts[deeper]
        return counts


def _abstracts(root: etree._Element) -> tuple[dict[str, dict[int, _Level]], dict[tuple[str, str], int]]:
    """The levels of each definition, and (definition, style id) → level for the levels tied to a style."""
    levels: dict[str, dict[int, _Level]] = {}
    owners: dict[tuple[str, str], int] = {}
    for abstract in root.iterchildren(w("abstractNum")):
        id = abstract.get(w("abstractNumId"), "")
        levels[id] = {}
        for node in abstract.iterchildren(w("lvl")):
            place = whole(node.get(w("ilvl")))
            start = whole(val(node, "start"), 1)
            levels[id][place] = _Level(start, val(node, "numFmt") or "decimal", val(node, "lvlText"))
            if style := val(node, "pStyle"):
                owners[id, style] = place
    return levels, owners


def _nums(root: etree._Element) -> dict[str, tuple[str, dict[int, int]]]:
    found = {}
    for node in root.iterchildren(w("num")):
        restarts = {
            whole(one.get(w("ilvl"))): whole(val(one, "startOverride"), 1)
            for one in node.iterchildren(w("lvlOverride"))
            if val(one, "startOverride")
        }
        found[node.get(w("numId"), "")] = (val(node, "abstractNumId"), restarts)
    return found


def _styles(
    package: Package,
    owners: Mapping[tuple[str, str], int],
    nums: Mapping[str, tuple[str, Mapping[int, int]]],
) -> dict[str, tuple[str, int]]:
    """The list and level of each paragraph style, what it is based on included."""
    nodes = styles_of(package)
    found: dict[str, tuple[str, int]] = {}
    for id in nodes:
        chain = [*lineage(nodes, id)]
        for ancestor in chain:
            properties = ancestor.find(f"{w('pPr')}/{w('numPr')}")
            if properties is None:
                continue
            num = val(properties, "numId")
            abstract = nums[num][0] if num in nums else ""
            keys = ((abstract, one.get(w("styleId"), "")) for one in chain)
            tied = next((owners[key] for key in keys if key in owners), None)
            found[id] = (num, tied if tied is not None else whole(val(properties, "ilvl")))
            break
    return found


def _figure(number: int, format: str) -> str:
    if format in ("lowerLetter", "upperLetter"):
        letters = chr(96 + (number - 1) % 26 + 1) * ((number - 1) // 26 + 1)
        return letters if format == "lowerLetter" else letters.upper()
    if format in ("lowerRoman", "upperRoman"):
        figure = ""
        for value, letters in _ROMAN:
            figure += letters * (number // value)
            number %= value
        return figure if format == "lowerRoman" else figure.upper()
    if format == "decimalZero":
        return f"{number:02}"
    if format == "ordinal":
        return "1er" if number == 1 else f"{number}e"
    return str(number)
