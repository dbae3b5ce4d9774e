"""Accepting or rejecting every tracked change of a Word file, as Word's own two commands do.

Insertions, deletions, moves, paragraph marks, table rows and cells, and changes of properties, in the body,
headers, footers, notes and comments. What is refused leaves nothing behind: a paragraph whose mark goes is
joined to the next one, a table without rows goes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from lxml import etree

from ctgdocs.word.package import Package, read, write
from ctgdocs.word.parts import STORIES, parse, remove, serialize, stories, w

SETTLED: Final = (*STORIES, "comments")
"""What may hold tracked changes beside the body."""

_INSERTED: Final = (w("ins"), w("moveTo"))
_DELETED: Final = (w("del"), w("moveFrom"))
_MARK_HOLDERS: Final = frozenset((w("rPr"), w("trPr"), w("ctrlPr")))
_RANGES: Final = tuple(
    w(f"{name}Range{end}")
    for name in (
        "moveFrom", "moveTo", "customXmlIns", "customXmlDel", "customXmlMoveFrom", "customXmlMoveTo",
    )
    for end in ("Start", "End")
)  # fmt: skip
_CHANGES: Final = {
    # element that records the former properties → the children of the properties that it never records
    w("rPrChange"): (w("ins"), w("del"), w("moveFrom"), w("moveTo")),
    w("pPrChange"): (w("rPr"), w("sectPr")),
    w("sectPrChange"): (w("headerReference"), w("footerReference")),
    w("tblPrChange"): (),
    w("tblGridChange"): (),
    w("tblPrExChange"): (),
    w("trPrChange"): (w("ins"), w("del")),
    w("tcPrChange"): (w("cellIns"), w("cellDel"), w("cellMerge")),
}
_UNDELETED: Final = {w("delText"): w("t"), w("delInstrText"): w("instrText")}
_DELETED_TEXT: Final = {after: before for before, after in _UNDELETED.items()}
_TRACKED: Final = (*_INSERTED, *_DELETED, *_CHANGES, w("cellIns"), w("cellDel"), w("cellMerge"))
_SIGNS: Final = re.compile(
    rb"<(?:\w+:)?(?:%s)[\s/>]" % b"|".join(name.rpartition("}")[2].encode() for name in _TRACKED)
)
_WAITING: Final = "{urn:ctgdocs:attente}"
"""Where the marks of an author wait while those of the others are undone."""
_HOLDERS: Final = frozenset(w(name) for name in ("hyperlink", "fldSimple", "smartTag", "sdtContent", "sdt"))
_PARAGRAPH, _ROW, _CELL = w("p"), w("tr"), w("tc")
_BETWEEN: Final = frozenset(
    w(name)
    for name in (
        "bookmarkStart",
        "bookmarkEnd",
        "commentRangeStart",
        "commentRangeEnd",
        "proofErr",
        "permStart",
    )
)


def accept_all(data: bytes) -> bytes:
    """The document with every change made. Raises TemplateError for what is not a Word file."""
    return write(settled(read(data), accepting=True))


def reject_all(data: bytes) -> bytes:
    """The document as it was before the changes. Raises TemplateError for what is not a Word file."""
    return write(settled(read(data), accepting=False))


def settled(package: Mapping[str, bytes], *, accepting: bool, author: str | None = None) -> Package:
    """The parts of a document with every change made or, unless `accepting`, as they were before; with
    `author`, his alone are made. Raises TemplateError for a part that cannot be read."""
    made = dict(package)
    for name in stories(package, SETTLED):
        root = parse(package[name], name)
        if author is not None:
            _undo_others(root, author)
        settle(root, accepting=accepting)
        made[name] = serialize(root)
    return made


def authors_of(package: Mapping[str, bytes]) -> dict[str, int]:
    """Who tracked changes in the parts of a document, and how many. Raises TemplateError likewise."""
    told = (name for name in stories(package, SETTLED) if _SIGNS.search(package[name]))
    marks = (mark for name in told for mark in parse(package[name], name).iter(*_TRACKED))
    return dict(Counter(_author(mark) for mark in marks if not _goes_on(mark)))


def _goes_on(mark: etree._Element) -> bool:
    """Whether a mark only goes on with the one before it: Word cuts one deletion into many."""
    before = mark.getprevious()
    while before is not None and before.tag in _BETWEEN:
        before = before.getprevious()
    return before is not None and before.tag == mark.tag and _author(before) == _author(mark)


def _author(node: etree._Element) -> str:
    return node.get(w("author"), "")


def _undo_others(root: etree._Element, author: str) -> None:
    """Undoes what others than `author` tracked: their marks are set aside from his, which wait."""
    waiting: list[tuple[etree._Element, str]] = []
    for node in root.iter(*_TRACKED):
        if _author(node) == author:
            waiting.append((node, str(node.tag)))
            node.tag = _WAITING + str(node.tag).rpartition("}")[2]
    settle(root, accepting=False, ranges=False)
    for node, tag in waiting:
        node.tag = tag
    for node in root.iter(w("t"), w("instrText")):
        if next(node.iterancestors(w("del"), w("moveFrom")), None) is not None:
            node.tag = _DELETED_TEXT[node.tag]


def settle(root: etree._Element, *, accepting: bool, ranges: bool = True) -> None:
    """Settles one part, in place; the `ranges` of moves and controls too."""
    kept, refused = (_INSERTED, _DELETED) if accepting else (_DELETED, _INSERTED)
    _settle_properties(root, accepting=accepting)
    _settle_rows_and_cells(root, kept, refused, accepting=accepting)
    holders = []
    for node in [*root.iter(*refused)]:
        if not _is_mark(node):
            holders.append(node.getparent())
            remove(node)
    for node in [*root.iter(*kept)]:
        if not _is_mark(node):
            _unwrap(node)
    controls = _refused_controls(root, "customXmlDel" if accepting else "customXmlIns")
    for node in [*root.iter(*_RANGES)] if ranges else ():
        remove(node)
    for control in controls:
        _unwrap_control(control)
    if not accepting:
        for node in root.iter(*_UNDELETED):
            node.tag = _UNDELETED[node.tag]
    _sweep(holders)
    _settle_marks(root, kept, refused)


def _refused_controls(root: etree._Element, kind: str) -> list[etree._Element]:
    """The content controls whose opening stands in a range of that kind."""
    found = []
    open_ranges: set[str] = set()
    for node in root.iter(w("sdt"), w(f"{kind}RangeStart"), w(f"{kind}RangeEnd")):
        if node.tag == w("sdt"):
            found += [node] if open_ranges else []
        elif node.tag == w(f"{kind}RangeStart"):
            open_ranges.add(node.get(w("id"), ""))
        else:
            open_ranges.discard(node.get(w("id"), ""))
    return found


def _unwrap_control(control: etree._Element) -> None:
    for content in control.iterchildren(w("sdtContent")):
        for child in [*content]:
            control.addprevious(child)
    remove(control)


def _is_mark(node: etree._Element) -> bool:
    parent = node.getparent()
    return parent is not None and parent.tag in _MARK_HOLDERS


def _settle_properties(root: etree._Element, *, accepting: bool) -> None:
    for node in [*root.iter(*_CHANGES), *root.iter(w("numberingChange"))]:
        owner = node.getparent()
        if owner is None:
            continue
        owner.remove(node)
        if accepting or node.tag not in _CHANGES:
            continue
        unrecorded = _CHANGES[node.tag]
        for child in [*owner]:
            if child.tag not in unrecorded:
                owner.remove(child)
        former = [*node[0]] if len(node) else []
        marks_come_first = node.tag in (w("rPrChange"), w("sectPrChange"))
        for place, child in enumerate(former):
            if marks_come_first:
                owner.append(child)
            else:
                owner.insert(place, child)


def _settle_rows_and_cells(
    root: etree._Element, kept: tuple[str, ...], refused: tuple[str, ...], *, accepting: bool
) -> None:
    for mark in [node for node in root.iter(*kept, *refused) if _parent_tag(node) == w("trPr")]:
        if mark.tag in kept:
            remove(mark)
            continue
        row = _ancestor(mark, _ROW)
        table = row.getparent() if row is not None else None
        if row is not None and table is not None:
            table.remove(row)
            if table.find(f".//{_ROW}") is None:
                remove(table)
    gone, stays = (w("cellDel"), w("cellIns")) if accepting else (w("cellIns"), w("cellDel"))
    for mark in [*root.iter(gone, stays, w("cellMerge"))]:
        cell = _ancestor(mark, _CELL)
        remove(mark)
        if mark.tag == gone and cell is not None:
            remove(cell)


def _settle_marks(root: etree._Element, kept: tuple[str, ...], refused: tuple[str, ...]) -> None:
    """The marks of paragraphs (and of rows and formulas that are left)."""
    for mark in [node for node in root.iter(*kept, *refused) if _is_mark(node)]:
        paragraph, holder = _ancestor(mark, _PARAGRAPH), mark.getparent()
        remove(mark)
        if holder is not None and not len(holder):
            remove(holder)
        if mark.tag in refused and paragraph is not None:
            _join_to_next(paragraph)


def _join_to_next(paragraph: etree._Element) -> None:
    """Takes away a paragraph's mark: its content opens the next paragraph, whose properties stay."""
    content = [child for child in paragraph if child.tag != w("pPr")]
    following = paragraph.getnext()
    between = []
    while following is not None and following.tag in _BETWEEN:
        between.append(following)
        following = following.getnext()
    if following is not None and following.tag == _PARAGRAPH:
        at = 1 if following.find(w("pPr")) is not None else 0
        for child in reversed([*content, *between]):
            following.insert(at, child)
        remove(paragraph)
    elif not _says_something(content) and not _is_needed(paragraph, following):
        for child in content:
            paragraph.addprevious(child)
        remove(paragraph)


def _says_something(content: list[etree._Element]) -> bool:
    return any(child.tag not in _BETWEEN for child in content)


def _is_needed(paragraph: etree._Element, following: etree._Element | None) -> bool:
    """A cell or a story ends with a paragraph."""
    before = paragraph.getprevious()
    ends = following is None or following.tag == w("sectPr")
    return ends and (before is None or before.tag != _PARAGRAPH)


def _sweep(holders: Iterable[etree._Element | None]) -> None:
    """Removes the containers that what was refused leaves empty: links, fields, content controls."""
    for holder in holders:
        while holder is not None and holder.tag in _HOLDERS and not _holds_something(holder):
            above = holder.getparent()
            remove(holder)
            holder = above


def _holds_something(holder: etree._Element) -> bool:
    return any(child.tag not in (w("sdtPr"), w("sdtEndPr")) for child in holder)


def _parent_tag(node: etree._Element) -> str:
    parent = node.getparent()
    return str(parent.tag) if parent is not None else ""


def _ancestor(node: etree._Element, tag: str) -> etree._Element | None:
    return next(node.iterancestors(tag), None)


def _unwrap(node: etree._Element) -> None:
    for child in [*node]:
        node.addprevious(child)
    remove(node)
