"""The sections of a template whose tags may take them away: headers and footers stay whose they were."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Final

from lxml import etree

from ctgdocs.templates.charte_page import insert_in_section
from ctgdocs.templates.fixups import SEPARATOR
from ctgdocs.templates.prose_styles import text_side
from ctgdocs.word.names import W_NS
from ctgdocs.word.parts import w, whole

_TAKES_ITS_PARAGRAPH = re.compile(r"\{[%#][-+]?p\s+(?P<end>end)?")
_BLOCK = re.compile(r"\{%[-+]?(?:p|tr|tc|r)?\s*(?P<end>end)?(?:for|if)\b")
_REFERENCES: Final = (w("headerReference"), w("footerReference"))
_WHOLE: Final = 5000  # fiftieths of a percent
_SECTION = f"{w('pPr')}/{w('sectPr')}"


def keep_sections(root: etree._Element) -> None:
    """Makes the sections of a body outlive its tags: one that takes its paragraph away leaves the section
    that ends there; a section that a block may take away leaves its headers to those that have none."""
    _set_apart(root)
    depth = 0
    may_go = False
    inherited: dict[tuple[str, str], etree._Element] = {}
    for node in root.iter(w("p"), w("sectPr")):
        if node.tag == w("p"):
            depth += sum(-1 if found["end"] else 1 for found in _BLOCK.finditer(_said(node)))
            continue
        parent = node.getparent()
        if parent is None or parent.tag == w("sectPrChange"):
            continue
        own = {(str(one.tag), one.get(w("type"), "default")): one for one in node.iterchildren(*_REFERENCES)}
        for kind, reference in inherited.items() if may_go else ():
            if kind not in own:
                insert_in_section(node, deepcopy(reference))
        may_go = may_go or (depth > 0 and bool(own))
        inherited |= own


def measure_tables(root: etree._Element) -> None:
    """Gives the tables of a body that are a share of the text their width in twips, each after its section:
    LibreOffice leaves what is to stay with a table on the page before when it has to reckon the width."""
    waiting: list[etree._Element] = []
    for node in root.iterfind(f"{w('body')}/*"):
        if node.tag == w("tbl"):
            waiting += node.iterfind(f"{w('tblPr')}/{w('tblW')}[@{w('type')}='pct']")
        section = node if node.tag == w("sectPr") else node.find(_SECTION)
        if section is None:
            continue
        columns = section.find(w("cols"))
        if columns is None or whole(columns.get(w("num")), 1) == 1:
            for width in waiting:
                _measure(width, text_side(section, "w"))
        waiting = []


def _measure(width: etree._Element, text: int) -> None:
    share = whole(width.get(w("w")))
    if share:
        width.set(w("type"), "dxa")
        width.set(w("w"), str(round(text * share / _WHOLE)))


def _said(paragraph: etree._Element) -> str:
    return "".join(str(text) for text in paragraph.itertext(w("t")))


def _set_apart(root: etree._Element) -> None:
    """Puts the section of a tag’s paragraph in one of its own, a point high, outside of the block that it
    opens or closes."""
    for paragraph in [*root.iter(w("p"))]:
        section = paragraph.find(_SECTION)
        tag = _TAKES_ITS_PARAGRAPH.search(_said(paragraph)) if section is not None else None
        if section is None or tag is None:
            continue
        own = etree.fromstring(SEPARATOR.replace("<w:p>", f'<w:p xmlns:w="{W_NS}">', 1))
        own[0].append(section)
        if tag["end"]:
            paragraph.addnext(own)
        else:
            paragraph.addprevious(own)
