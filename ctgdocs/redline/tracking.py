"""Writing tracked changes: who, when, and the marks themselves, in the tree of the new document."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count
from typing import Final

from lxml import etree

from ctgdocs.redline.align import EVERYTHING, Eyes
from ctgdocs.word.controls import free
from ctgdocs.word.parts import w

_DELETED_TEXT: Final = {w("t"): w("delText"), w("instrText"): w("delInstrText")}
_HOLDERS: Final = frozenset(
    w(name) for name in ("hyperlink", "smartTag", "sdt", "sdtContent", "customXml", "fldSimple")
)
_SILENT: Final = frozenset(
    w(name)
    for name in (
        "bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "proofErr", "permStart",
        "permEnd", "pPr", "sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr", "rPr",
    )
)  # fmt: skip
_SESSION: Final = w("rsid")
FIRST_ID: Final = 90_000  # clear of bookmarks and comments, which count from 0


@dataclass(slots=True)
class Marks:
    """`date` as Word writes it (`2027-01-15T00:00:00Z`); `eyes`: what is worth a mark."""

    author: str
    date: str
    eyes: Eyes = EVERYTHING
    written: int = 0
    _ids: Iterator[int] = field(default_factory=lambda: count(FIRST_ID))

    def change(self, name: str) -> etree._Element:
        """An empty mark: `ins`, `del`, `pPrChange`…"""
        self.written += 1
        node = etree.Element(w(name))
        node.set(w("id"), str(next(self._ids)))
        node.set(w("author"), self.author)
        node.set(w("date"), self.date)
        return node

    # --- text -----------------------------------------------------------------------------------------

    def wrapped(self, nodes: list[etree._Element], name: str) -> list[etree._Element]:
        """Runs (and what holds runs) marked as inserted or deleted: Word allows no link inside a mark, so the
        mark goes inside the link."""
        result: list[etree._Element] = []
        for node in nodes:
            if node.tag in _SILENT:
                result.append(node)
            elif node.tag in _HOLDERS:
                inner = self.wrapped([*node], name)
                node[:] = inner
                result += self.whole_control(node, name) if node.tag == w("sdt") else [node]
            elif result and result[-1].tag == w(name):
                result[-1].append(node)
            else:
                mark = self.change(name)
                mark.append(node)
                result.append(mark)
        if name == "del":
            for node in result:
                for text in node.iter(*_DELETED_TEXT):
                    if next(text.iterancestors(w("txbxContent")), None) is None:
                        text.tag = _DELETED_TEXT[text.tag]
        return result

    def whole_control(self, control: etree._Element, name: str) -> list[etree._Element]:
        """A content control that is all new or all gone, between the marks that go around it: a range covers
        each of its two tags (ECMA-376 part 1, § 17.13.5). It shows what it holds, whatever it is bound to."""
        free(control)
        kind = f"customXml{name.capitalize()}Range"
        opening, closing = self.change(f"{kind}Start"), self.change(f"{kind}Start")
        ends = [etree.Element(w(f"{kind}End"), {w("id"): one.get(w("id"), "")}) for one in (opening, closing)]
        content = control.find(w("sdtContent"))
        if content is None:
            return [opening, control, ends[0]]
        content.insert(0, ends[0])
        content.append(closing)
        return [opening, control, ends[1]]

    def whole_paragraph(self, paragraph: etree._Element, name: str, *, mark: bool = True) -> None:
        """A paragraph that is all new or all gone; its mark too unless it must stay."""
        content = [child for child in paragraph if child.tag != w("pPr")]
        for child in content:
            paragraph.remove(child)
        paragraph.extend(self.wrapped(content, name))
        if mark:
            self.mark_paragraph(paragraph, name)

    def mark_paragraph(self, paragraph: etree._Element, name: str) -> None:
        """The mark that ends a paragraph, inserted or deleted."""
        properties = _first_child(paragraph, "pPr")
        look = properties.find(w("rPr"))
        if look is None:
            look = etree.Element(w("rPr"))
            after = next((one for one in properties if one.tag in (w("sectPr"), w("pPrChange"))), None)
            if after is None:
                properties.append(look)
            else:
                after.addprevious(look)
        marks = sum(1 for one in look if one.tag in (w("ins"), w("del")))
        look.insert(marks, self.change(name))

    def whole_block(self, block: etree._Element, name: str, *, mark: bool = True) -> None:
        """A paragraph (`mark`: its mark too) or a table that is all new or all gone."""
        if block.tag == w("p"):
            self.whole_paragraph(block, name, mark=mark)
        else:
            self.whole_row(block, name)

    def whole_row(self, row: etree._Element, name: str) -> None:
        """A row, or every row of a table: the row itself, and the words in it."""
        for one in [*row.iter(w("tr"))]:
            self.mark_row(one, name)
        for paragraph in [*row.iter(w("p"))]:
            if next(paragraph.iterancestors(w("txbxContent"), w("tbl"), w("tr"))).tag != w("txbxContent"):
                self.whole_paragraph(paragraph, name)

    def mark_row(self, row: etree._Element, name: str) -> None:
        properties = row.find(w("trPr"))
        if properties is None:
            properties = etree.Element(w("trPr"))
            before = row.find(w("tblPrEx"))
            row.insert(0 if before is None else 1, properties)
        after = properties.find(w("trPrChange"))
        mark = self.change(name)
        if after is None:
            properties.append(mark)
        else:
            after.addprevious(mark)

    # --- properties -----------------------------------------------------------------------------------

    def changed_properties(
        self, new: etree._Element, old: etree._Element | None, name: str, left_out: tuple[str, ...] = ()
    ) -> None:
        """Records in the properties `new` what they were; nothing when they are the same, or when looks do
        not count."""
        if not self.eyes.looks:
            return
        former = etree.Element(w(name))
        for child in () if old is None else old:
            if child.tag not in left_out and not child.tag.endswith("Change"):
                former.append(_copy(child))
        current = [child for child in new if child.tag not in left_out and not child.tag.endswith("Change")]
        if [canonical(one) for one in current] == [canonical(one) for one in former]:
            return
        change = self.change(f"{name}Change")
        change.append(former)
        new.append(change)


def canonical(node: etree._Element) -> str:
    """The same text for the same element, whatever its prefixes, the order of its attributes, and the numbers
    that Word gives to editing sessions."""
    said = [str(node.tag)]
    said += sorted(
        f" {name!s}={value!s}" for name, value in node.items() if not str(name).startswith(_SESSION)
    )
    if node.text and (not len(node) or node.text.strip()):
        said.append(f">{node.text}")
    return f"{''.join(said)}({','.join(map(canonical, node))})"


def same_element(one: etree._Element, other: etree._Element) -> bool:
    """Whether two elements are the same, as `canonical` sees them."""
    texts = (etree.tostring(node, method="c14n", exclusive=True, with_tail=False) for node in (one, other))
    return len({*texts}) == 1 or canonical(one) == canonical(other)


def look_of(properties: etree._Element) -> str:
    """`canonical` for the properties of a run, which are the same from run to run."""
    return _look(etree.tostring(properties, method="c14n", exclusive=True, with_tail=False))


@lru_cache(maxsize=4096)
def _look(properties: bytes) -> str:
    return canonical(etree.fromstring(properties))


def _copy(node: etree._Element) -> etree._Element:
    twin: etree._Element = deepcopy(node)
    twin.tail = None
    return twin


def _first_child(parent: etree._Element, name: str) -> etree._Element:
    found = parent.find(w(name))
    if found is None:
        found = etree.Element(w(name))
        parent.insert(0, found)
    return found
