"""What a rendered part may need before Word can open it: cells that hold a paragraph, tables apart, ids once.

A template is looked at once: `needs_of` says which of these its tags could break, and only those are
looked for in each document. All of it works on the text of the part, whose markup is compact (no blank
between tags).
"""

from __future__ import annotations

import re

from ctgdocs.templates.tables import mend_grids

# --- What the documents of a template part have to be looked at for: known when the template is prepared


Needs = frozenset[str]
"""The names of what to look for in each document made from a part (`_FIXUPS`)."""

RICH: Needs = frozenset(("tables", "cells", "stories", "pictures"))
"""For a part that received markup from a value."""

JOINED: Needs = frozenset(("grids", "bookmarks"))
"""For a document that received a sub-document."""


PARAGRAPH = "<w:p/>"
SEPARATOR = (
    '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    '<w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p>'
)

LOOP_START, LOOP_END = "\x03", "\x04"
"""Marks that a loop leaves around each of its turns, when bookmarks stand in it."""

_TABLE_END = "</w:tbl>"
_TAG = r"\s*(?:\{\{|\{%)"
_CELL_MAY_EMPTY = re.compile(r"(?:</w:tcPr>|<w:tcPr/>|<w:tc>|<w:tc [^>]*>)" + _TAG)
_TABLE_MAY_MEET = re.compile(r"</w:tbl>(?:" + _TAG + "|<w:tbl>)")
_ROWS_MAY_GO = re.compile(r"(?:</w:tblGrid>|<w:tblGrid/>)" + _TAG)
_STORY = r"<w:(?:hdr|ftr|txbxContent|footnote|endnote|comment|body)(?: [^>]*)?>"
_STORY_ENDINGS = tuple(
    f"</w:{name}>" for name in ("hdr", "ftr", "txbxContent", "footnote", "endnote", "comment")
)
_STORY_MAY_EMPTY = re.compile(_STORY + _TAG)

_EMPTY_CELL = re.compile(
    r"(<w:tc(?: [^>]*)?>(?:<w:tcPr(?: [^>]*)?(?:/>|>(?:(?!</w:tc>).)*?</w:tcPr>))?)\s*</w:tc>", re.DOTALL
)
_EMPTY_STORY = re.compile(
    "(" + _STORY + r")\s*(</w:(?:hdr|ftr|txbxContent|footnote|endnote|comment)>|<w:sectPr)"
)
_EMPTY_TABLE = re.compile(r"<w:tbl>(?:(?!<w:tbl>|<w:tr[ >]).)*?</w:tbl>", re.DOTALL)
_DOCPR = re.compile(r'(<wp:docPr\b[^>]*?\bid=")[^"]*(")')
_BOOKMARK = re.compile(
    r"[\x03\x04]|<w:bookmark(?P<edge>Start|End)\b(?P<attributes>[^>]*?)/>"
    r"|(?P<before><w:instrText\b[^>]*>|<w:hyperlink\b[^>]*?\bw:anchor=\"|<w:fldSimple\b[^>]*?\bw:instr=\")(?P<reference>[^<\"]*)"
)
_ATTRIBUTE = re.compile(r'\bw:(id|name)="([^"]*)"')
_REFERENCE = re.compile(
    r"^(\s*(?:REF|PAGEREF|NOTEREF|GOTOBUTTON)?\s*|\s*HYPERLINK\s+\\l\s+(?:&quot;|\"))([^\s\"&\\]+)", re.I
)
_COMMENT = re.compile(
    r'<w:(commentRangeStart|commentRangeEnd|commentReference)\b[^>]*?\bw:id="([^"]*)"[^>]*/>'
)


def needs_of(source: str) -> Needs:
    """What the tags of a part's Jinja source could break in its documents, grids apart."""
    loops = any(word in source for word in ("{% for", "{%- for", "{% macro", "{% call"))
    tables = bool(_TABLE_MAY_MEET.search(source) or _ROWS_MAY_GO.search(source))
    needed = {
        "tables": tables,
        "cells": tables or bool(_CELL_MAY_EMPTY.search(source)),
        "stories": bool(_STORY_MAY_EMPTY.search(source)),
        "pictures": "<wp:docPr" in source,
        "bookmarks": loops and "<w:bookmarkStart" in source,
        "comments": loops and "<w:commentReference" in source,
    }
    return frozenset(name for name, needs in needed.items() if needs)


def mend(xml: str, needs: Needs, first_picture: int) -> str:
    """The part's XML, put right where its tags left it wrong. Pictures are numbered from `first_picture`."""
    for name, fix in _FIXUPS.items():
        if name in needs:
            xml = fix(xml)
    return number_pictures(xml, first_picture) if "pictures" in needs else xml


def fill_cells(xml: str) -> str:
    """Every cell holds a paragraph, and ends with one."""
    if xml.count("</w:tc>") != xml.count("</w:p></w:tc>"):
        xml = xml.replace("</w:tbl></w:tc>", f"</w:tbl>{PARAGRAPH}</w:tc>")
        xml = _EMPTY_CELL.sub(rf"\1{PARAGRAPH}</w:tc>", xml)
    return xml


def fill_stories(xml: str) -> str:
    """The body, a header, a note, a text box: none is empty."""
    if _may_hold_an_empty_story(xml):
        xml = _EMPTY_STORY.sub(rf"\1{PARAGRAPH}\2", xml)
    return xml


def _may_hold_an_empty_story(xml: str) -> bool:
    body = xml.find("<w:body")
    if body >= 0 and xml.startswith("<w:sectPr", xml.find(">", body) + 1):
        return True
    stories = ("</w:txbxContent>",) if xml.endswith("</w:document>") else _STORY_ENDINGS
    endings = (ending for ending in stories if ending in xml)
    return any(xml.count(ending) != xml.count(f"</w:p>{ending}") for ending in endings)


def part_tables(xml: str) -> str:
    """Tables without rows go; tables that touch are kept apart by a paragraph a point high."""
    end = xml.find(_TABLE_END)
    empty = meeting = False
    while end >= 0:
        empty = empty or xml[max(0, end - 20) : end].rstrip().endswith(("</w:tblGrid>", "<w:tblGrid/>"))
        end += len(_TABLE_END)
        meeting = meeting or xml.startswith("<w:tbl>", end)
        end = xml.find(_TABLE_END, end)
    if empty:
        xml = _EMPTY_TABLE.sub("", xml)
        meeting = True
    return xml.replace("</w:tbl><w:tbl>", f"</w:tbl>{SEPARATOR}<w:tbl>") if meeting else xml


def number_pictures(xml: str, first: int) -> str:
    """Frames numbered in order, from `first`, as docxtpl numbers those of the body from 1001."""
    if "<wp:docPr" not in xml:
        return xml
    number = first - 1

    def numbered(match: re.Match[str]) -> str:
        nonlocal number
        number += 1
        return f"{match[1]}{number}{match[2]}"

    return _DOCPR.sub(numbered, xml)


def _once_commented(xml: str) -> str:
    """A comment in a loop stays on the first turn: the others would point at the same one."""
    seen: set[tuple[str, str]] = set()

    def first(match: re.Match[str]) -> str:
        key = (match[1], match[2])
        if key in seen:
            return ""
        seen.add(key)
        return match[0]

    return _COMMENT.sub(first, xml)


# --- bookmarks ----------------------------------------------------------------------------------------


class _Turn:
    """One turn of a loop: the bookmarks it holds, and the turn around it."""

    __slots__ = ("around", "names")

    def __init__(self, around: _Turn | None) -> None:
        self.around = around
        self.names: dict[str, str] = {}

    def find(self, name: str) -> str:
        turn: _Turn | None = self
        while turn is not None:
            if name in turn.names:
                return turn.names[name]
            turn = turn.around
        return name


def renumber_bookmarks(xml: str) -> str:
    """Bookmarks that loops repeated get ids and names of their own; what refers to one, in the same turn,
    follows. The first of a name keeps it."""
    turns = _bookmarks_by_turn(xml)
    turn = next(turns_in_order := iter(turns))
    taken: dict[str, int] = {}
    open_ids: dict[str, list[int]] = {}
    number = 0
    depth: list[_Turn] = []

    def rewritten(match: re.Match[str]) -> str:
        nonlocal turn, number
        if match[0] == LOOP_START:
            depth.append(turn)
            turn = next(turns_in_order)
            return ""
        if match[0] == LOOP_END:
            turn = depth.pop() if depth else turn
            return ""
        if match["edge"] is None:
            return match["before"] + _followed(match["reference"], turn, anchor="anchor" in match["before"])
        known = dict(_ATTRIBUTE.findall(match["attributes"]))
        if match["edge"] == "End":
            ids = open_ids.get(known.get("id", ""), [])
            return _with(match[0], "id", str(ids.pop() if ids else 0))
        open_ids.setdefault(known.get("id", ""), []).append(number)
        name = known.get("name", "")
        taken[name] = taken.get(name, 0) + 1
        text = _with(match[0], "id", str(number))
        number += 1
        return text if taken[name] == 1 else _with(text, "name", suffixed(name, taken[name]))

    return _BOOKMARK.sub(rewritten, xml)


def _bookmarks_by_turn(xml: str) -> list[_Turn]:
    """The turns in the order they begin, each with the final names of the bookmarks inside it."""
    turn = _Turn(None)
    turns = [turn]
    taken: dict[str, int] = {}
    for match in _BOOKMARK.finditer(xml):
        if match[0] == LOOP_START:
            turn = _Turn(turn)
            turns.append(turn)
        elif match[0] == LOOP_END:
            turn = turn.around or turn
        elif match["edge"] == "Start":
            name = dict(_ATTRIBUTE.findall(match["attributes"])).get("name", "")
            taken[name] = taken.get(name, 0) + 1
            final = name if taken[name] == 1 else suffixed(name, taken[name])
            holder: _Turn | None = turn
            while holder is not None:  # a loop inside the turn belongs to the turn
                holder.names.setdefault(name, final)
                holder = holder.around
    return turns


def suffixed(name: str, number: int) -> str:
    """Word keeps forty characters of a bookmark's name."""
    ending = f"_{number}"
    return name[: 40 - len(ending)] + ending


def _followed(reference: str, turn: _Turn, *, anchor: bool) -> str:
    if anchor:
        return turn.find(reference)
    return _REFERENCE.sub(lambda match: match[1] + turn.find(match[2]), reference, count=1)


def _with(element: str, attribute: str, value: str) -> str:
    return re.sub(rf'(\bw:{attribute}=")[^"]*', rf"\g<1>{value}", element, count=1)


_FIXUPS = {
    "grids": mend_grids,
    "tables": part_tables,
    "cells": fill_cells,
    "stories": fill_stories,
    "bookmarks": renumber_bookmarks,
    "comments": _once_commented,
}
