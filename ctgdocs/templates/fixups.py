"""What a rendered part may need before Word can open it: cells that hold a paragraph, tables apart, ids once.

A template is looked at once: `needs_of` says which of these its tags could break, and only those are
looked for in each document. All of it works on the text of the part, whose markup is compact (no blank
between tags).
"""

from __future__ import annotations

import re

from ctgdocs.templates.tables import mend_grids
from ctgdocs.word.ids import BEARERS

# --- What the documents of a template part have to be looked at for: known when the template is prepared


Needs = frozenset[str]
"""The names of what to look for in each document made from a part: `_FIXUPS`, and ids that a loop repeats."""

RICH: Needs = frozenset(("tables", "cells", "stories"))
"""For a part that received markup from a value."""

JOINED: Needs = frozenset(("grids", "ids"))
"""For a document that received a sub-document."""


PARAGRAPH = "<w:p/>"
SEPARATOR = (
    '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    '<w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p>'
)

_TABLE_END = "</w:tbl>"
_TAG = r"\s*(?:\{\{|\{%)"
_CELL_MAY_EMPTY = re.compile(r"(?:</w:tcPr>|<w:tcPr/>|<w:tc>|<w:tc [^>]*>)" + _TAG)
_TABLE_MAY_MEET = re.compile(r"</w:tbl>(?:" + _TAG + "|<w:tbl>)")
_ROWS_MAY_GO = re.compile(r"(?:</w:tblGrid>|<w:tblGrid/>)" + _TAG)
_STORY = r"<w:(?:hdr|ftr|txbxContent|footnote|endnote|comment|body)(?: [^>]*)?>"
_STORY_ENDINGS = tuple(
    f"</w:{name}>" for name in ("hdr", "ftr", "txbxContent", "footnote", "endnote", "comment")
)
_STORY_MAY_EMPTY = re.compile(f"{_STORY}{_TAG}|{_TABLE_END}(?:{_TAG}|<w:sectPr)")

_EMPTY_CELL = re.compile(
    r"(<w:tc(?: [^>]*)?>(?:<w:tcPr(?: [^>]*)?(?:/>|>(?:(?!</w:tc>).)*?</w:tcPr>))?)\s*</w:tc>", re.DOTALL
)
_EMPTY_STORY = re.compile(
    "(" + _STORY + r")\s*(</w:(?:hdr|ftr|txbxContent|footnote|endnote|comment)>|<w:sectPr)"
)
_EMPTY_TABLE = re.compile(r"<w:tbl>(?:(?!<w:tbl>|<w:tr[ >]).)*?</w:tbl>", re.DOTALL)


def needs_of(source: str) -> Needs:
    """What the tags of a part's Jinja source could break in its documents, grids apart."""
    tables = bool(_TABLE_MAY_MEET.search(source) or _ROWS_MAY_GO.search(source))
    needed = {
        "tables": tables,
        "cells": tables or bool(_CELL_MAY_EMPTY.search(source)),
        "stories": bool(_STORY_MAY_EMPTY.search(source)),
        "ids": bool(repeats(source)),
    }
    return frozenset(name for name, needs in needed.items() if needs)


def repeats(source: str) -> set[str]:
    """What bears an id (`ids.BEARERS`) in a Jinja source that may print it several times."""
    loops = any(word in source for word in ("{% for", "{%- for", "{% macro", "{% call"))
    return {bearer for bearer in BEARERS if loops and bearer in source}


def mend(xml: str, needs: Needs) -> str:
    """The part's XML, put right where its tags left it wrong, ids apart."""
    for name, fix in _FIXUPS.items():
        if name in needs:
            xml = fix(xml)
    return xml


def fill_cells(xml: str) -> str:
    """Every cell holds a paragraph, and ends with one."""
    if xml.count("</w:tc>") != xml.count("</w:p></w:tc>"):
        xml = xml.replace("</w:tbl></w:tc>", f"</w:tbl>{PARAGRAPH}</w:tc>")
        xml = _EMPTY_CELL.sub(rf"\1{PARAGRAPH}</w:tc>", xml)
    return xml


def fill_stories(xml: str) -> str:
    """The body, a header, a note, a text box: none is empty, and a body ends with a paragraph."""
    xml = xml.replace(f"{_TABLE_END}<w:sectPr", f"{_TABLE_END}{SEPARATOR}<w:sectPr")
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


_FIXUPS = {
    "grids": mend_grids,
    "tables": part_tables,
    "cells": fill_cells,
    "stories": fill_stories,
}
