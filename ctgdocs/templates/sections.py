"""The sections of a template whose tags may take them away: headers and footers stay whose they were."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Final

from lxml import etree

from ctgdocs.templates.charte_page import insert_in_section
from ctgdocs.templates.fixups import SEPARATOR
from ctgdocs.word.names import W_NS
from ctgdocs.word.parts import w

_TAKES_ITS_PARAGRAPH = re.compile(r"\{[%#][-+]?p\s+(?P<end>end)?")
_BLOCK = re.compile(r"\{%[-+]?(?:p|tr|tc|r)?\s*(?P<end>end)?(?:for|if)\b")
_REFERENCES: Final = (w("headerReference"), w("footerReference"))
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
