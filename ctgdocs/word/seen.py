"""What a person reads in a Word file and may have changed there: words, bold, italic, links, notes called.

`seen` reads a settled file (no tracked change is left) paragraph by paragraph, in the order of
`walk.paragraphs_of`. How a file was cut into runs, what Word's spelling left in it, who saved it: none of it
shows. `comments` reads those that nobody has closed: who says what, about which words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias

from lxml import etree

from ctgdocs.word.controls import CARRIER
from ctgdocs.word.names import R_NS
from ctgdocs.word.package import read
from ctgdocs.word.parts import OFF, is_on, main_part, one, parse, relations, val, w
from ctgdocs.word.parts import one as the_part
from ctgdocs.word.passage import PLAIN, Anchor, Comment, Dress, Look, Passage
from ctgdocs.word.walk import (
    APART,
    NOTES,
    PICTURES,
    SIGNS,
    TEXTS,
    Paragraph,
    level_of,
    page_numbers,
    paragraphs_of,
    walks_of,
)

OBJECT: Final = "\ufffc"
"""Stands in a text for what is no text: a picture, the call of a note, a sign of a font, a formula."""
_FORMULA: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
_DRESS: Final = {
    w("rFonts"): ("police", w("ascii")),
    w("sz"): ("taille", w("val")),
    w("color"): ("couleur", w("val")),
    w("u"): ("soulignement", w("val")),
    w("highlight"): ("surlignage", w("val")),
    w("strike"): ("barré", w("val")),
    w("dstrike"): ("barré", w("val")),
    w("caps"): ("majuscules", w("val")),
    w("smallCaps"): ("petites majuscules", w("val")),
    w("vanish"): ("masqué", w("val")),
    w("vertAlign"): ("exposant ou indice", w("val")),
}
_UNDRESSED: Final = ("auto", "none", "baseline", *OFF)
_PAGES: Final = re.compile(r"\b(?:PAGEREF|PAGE|NUMPAGES|SECTIONPAGES)\b", re.IGNORECASE)
_TAG: Final = f"{w('sdtPr')}/{w('tag')}"
_SAID: Final = {
    **SIGNS, w("noBreakHyphen"): "-", w("softHyphen"): "",
    **dict.fromkeys((*NOTES, *PICTURES, w("sym"), _FORMULA), OBJECT),
}  # fmt: skip
_NAME, _ID, _VALUE, _STYLE_ID = w("name"), w("id"), w("val"), w("styleId")
_NUMBERED: Final = f"{w('pPr')}/{w('numPr')}"
_RUN, _LOOKS, _CONTROL = w("r"), w("rPr"), w("sdt")
_START, _END = w("bookmarkStart"), w("bookmarkEnd")
_BODY = w("body")
_STYLE, _BOLD, _ITALIC = w("rStyle"), w("b"), w("i")
_LINK, _REMOVED = w("hyperlink"), frozenset((w("del"), w("moveFrom")))


Known: TypeAlias = dict[tuple[object, ...], tuple[list[Passage], int, int]]
"""What was read in the blocks of a document, and the paragraphs and tables counted after each: in its other
versions, most stand there the same."""


def seen(package: Mapping[str, bytes], known: Known) -> list[Passage]:
    """The paragraphs of a Word file, from its parts, in reading order: body, headers, footers, notes. Raises
    TemplateError for a part that cannot be read."""
    part = package.get(the_part(package, "styles") or "", b"")
    styles = _styles(part)
    found: list[Passage] = []
    for walk, root in walks_of(package, read=False):
        links = {each.id: each.target for each in relations(package, walk.part)}
        around = (walk.part, walk.label, part, frozenset(links.items()))
        for block in _blocks(root):
            there = (*around, walk.paragraphs, walk.tables, etree.tostring(block, with_tail=False))
            if there not in known:
                read = [
                    _passage(one, links, styles.characters, styles.paragraphs.get(one.style, _Style()))
                    for one in walk.story([block])
                ]
                known[there] = read, walk.paragraphs, walk.tables
            read, walk.paragraphs, walk.tables = known[there]
            found += read
    return found


def _blocks(root: etree._Element) -> Iterator[etree._Element]:
    """The blocks of a part, whatever wraps them around them."""
    for node in root:
        if node.tag == _BODY:
            yield from node
        else:
            yield node


class _Style(NamedTuple):
    """What a style of paragraphs gives: a depth in a list, the dress of words."""

    level: int = -1
    dress: frozenset[tuple[str, str]] = frozenset()


class _Styles(NamedTuple):
    """`characters`: the styles of characters that are bold or italic (« Strong », « Emphasis »), by id;
    `paragraphs`: those of paragraphs by name, what they are based on included, "" for who names none."""

    characters: Mapping[str, tuple[bool, bool]]
    paragraphs: Mapping[str, _Style]


@lru_cache(maxsize=4)  # the versions of a document have the same
def _styles(part: bytes) -> _Styles:
    root = parse(part) if part else etree.Element("none")
    by_id = {one.get(_STYLE_ID, ""): one for one in root.iterchildren(w("style"))}
    looks = {id: look for id, one in by_id.items() if (look := one.find(_LOOKS)) is not None}
    characters = {
        id: (is_on(look, "b"), is_on(look, "i"))
        for id, look in looks.items()
        if by_id[id].get(w("type")) == "character"
    }
    defaults = root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{_LOOKS}")
    usual = _Style() if defaults is None else _Style(-1, frozenset(_dress(defaults)))
    known: dict[str, _Style] = {}
    for id in by_id:
        chain = []
        while id in by_id and id not in known:
            known[id] = usual  # a style that is based on itself ends there
            chain.append(id)
            id = val(by_id[id], "basedOn")
        base = known.get(id, usual)
        for name in reversed(chain):
            own = dict(_dress(looks[name])) if name in looks else {}
            level = level_of(by_id[name])
            dress = frozenset((dict(base.dress) | own).items())
            base = known[name] = _Style(base.level if level < 0 else level, dress)
    paragraphs = {val(by_id[id], "name"): style for id, style in known.items()}
    first = (
        id for id, one in by_id.items() if one.get(w("default")) == "1" and one.get(w("type")) == "paragraph"
    )
    return _Styles(characters, {"": known.get(next(first, ""), usual), **paragraphs})


def _passage(
    one: Paragraph,
    links: Mapping[str, str],
    styles: Mapping[str, tuple[bool, bool]],
    base: _Style,
) -> Passage:
    words = _Words(links, styles, page_numbers(one.element, _PAGES), base.dress)
    words.read(one.element)
    level = one.level
    if level < 0 <= base.level and one.element.find(_NUMBERED) is None:
        level = base.level
    return Passage(
        one.part, one.place, "".join(words.said), tuple(words.looks), one.style, level, one.within,
        tuple(words.anchors(one.element)), tuple(words.dresses),
    )  # fmt: skip


class _Words:
    """What a paragraph says, as it is read: the look and the dress of words, where carriers stand."""

    def __init__(
        self,
        links: Mapping[str, str],
        styles: Mapping[str, tuple[bool, bool]],
        computed: Collection[etree._Element],
        usual: Collection[tuple[str, str]],
    ) -> None:
        self.links, self.styles, self.computed, self.usual = links, styles, computed, usual
        self.said: list[str] = []
        self.length = 0
        self.looks: list[tuple[int, Look]] = []
        self.dresses: list[tuple[int, Dress]] = []
        self.begun: dict[str, tuple[str, int]] = {}
        self.ended: list[Anchor] = []

    def read(self, node: etree._Element, run: etree._Element | None = None, href: str = "") -> None:
        for child in node:
            tag = child.tag
            if tag == _RUN:
                self.read(child, child, href)
            elif tag in TEXTS or tag in _SAID:
                self._say(child, run, href)
            elif tag == _START:
                if (name := child.get(_NAME, "")).startswith(CARRIER):
                    self.begun[child.get(_ID, "")] = (name, self.length)
            elif tag == _END:
                if begun := self.begun.pop(child.get(_ID, ""), None):
                    self.ended.append(Anchor(*begun, self.length))
            elif tag not in APART and tag not in _REMOVED and isinstance(tag, str):
                start = self.length
                link = child.get(f"{{{R_NS}}}id", "") if tag == _LINK else ""
                self.read(child, run, self.links.get(link, "") if tag == _LINK else href)
                if tag == _CONTROL and (name := _carrier(child)):
                    self.ended.append(Anchor(name, start, self.length))

    def _say(self, node: etree._Element, run: etree._Element | None, href: str) -> None:
        telling = node.tag in TEXTS
        said = (node.text or "") if telling else _SAID[str(node.tag)]
        if not said or (self.computed and node in self.computed):
            return
        if not said.isspace():
            look, worn = _worn(run, href, self.styles)
            dress = tuple(one for one in worn if one not in self.usual) if worn else ()
            if dress != (self.dresses[-1][1] if self.dresses else ()):
                self.dresses.append((self.length, dress))
            if telling and look != (self.looks[-1][1] if self.looks else PLAIN):
                self.looks.append((self.length, look))
        self.said.append(said)
        self.length += len(said)

    def anchors(self, paragraph: etree._Element) -> Iterator[Anchor]:
        """The carriers, outermost first; one that does not end in the paragraph goes to its end, one that
        stands around it holds it whole."""
        around = (_carrier(control) for control in paragraph.iterancestors(_CONTROL))
        yield from dict.fromkeys(
            (
                *(Anchor(name, 0, self.length) for name in around if name),
                *(Anchor(name, start, self.length) for name, start in self.begun.values()),
                *reversed(self.ended),
            )
        )


def _carrier(control: etree._Element) -> str:
    """The id of a field that a control bears, "" when it is another's."""
    tag = control.find(_TAG)
    name: str = "" if tag is None else tag.get(_VALUE, "")
    return name if name.startswith(CARRIER) else ""


def _worn(
    run: etree._Element | None, href: str, styles: Mapping[str, tuple[bool, bool]]
) -> tuple[Look, Dress]:
    """The look and the dress that the properties of a run give its words."""
    properties = None if run is None else next(run.iterchildren(_LOOKS), None)
    if properties is None:
        return Look(href=href) if href else PLAIN, ()
    own: dict[str, bool] = {}
    bold = italic = False
    for node in properties:
        tag = node.tag
        if tag in (_BOLD, _ITALIC):
            own[tag] = node.get(_VALUE, "1") not in OFF
        elif tag == _STYLE:
            bold, italic = styles.get(node.get(_VALUE, ""), (False, False))
    return Look(own.get(_BOLD, bold), own.get(_ITALIC, italic), href), _dress(properties)


def _dress(properties: etree._Element) -> Dress:
    found = []
    for node in properties:
        if node.tag in _DRESS:
            name, attribute = _DRESS[node.tag]
            value = node.get(attribute, "1" if attribute == _VALUE else "")
            if value and value not in _UNDRESSED:
                found.append((name, value))
    return tuple(sorted(found))


_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"


def comments(document: bytes) -> list[Comment]:
    """The comments that nobody has closed, in the order of the page. Raises TemplateError for what is no Word
    file."""
    package = read(document)
    part = one(package, "comments")
    if not part:
        return []
    closed = set(_closed(package))
    said = {
        node.get(w("id"), ""): node
        for node in parse(package[part], part).iterchildren(w("comment"))
        if not closed & {paragraph.get(f"{_W14}paraId", "") for paragraph in node.iter(w("p"))}
    }
    return list(_placed(package, said))


def _closed(package: Mapping[str, bytes]) -> Iterator[str]:
    """The paragraphs of the comments that are marked as done."""
    part = one(package, "commentsExtended")
    for node in parse(package[part], part) if part else ():
        if node.get(f"{_W15}done", "0") not in OFF:
            yield node.get(f"{_W15}paraId", "")


def _placed(package: Mapping[str, bytes], said: Mapping[str, etree._Element]) -> Iterator[Comment]:
    places = {
        mark.get(w("id"), ""): paragraph
        for paragraph in paragraphs_of(package, body=True)
        for mark in paragraph.element.iter(w("commentReference"))
    }
    for id, paragraph in places.items():
        if id in said:
            yield Comment(_author(said[id]), _words(said[id]), paragraph.place, paragraph.text)
    for id in said.keys() - places.keys():
        yield Comment(_author(said[id]), _words(said[id]), main_part(package), "")


def _author(comment: etree._Element) -> str:
    return " ".join(comment.get(w("author"), "").split())


def _words(comment: etree._Element) -> str:
    return " ".join("".join(node.text or "" for node in comment.iter(w("t"))).split())
