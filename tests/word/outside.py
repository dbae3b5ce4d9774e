"""What a produced Word file holds outside the lists, read with lxml and nothing of the program: a judge of
its gate. The lists are those of a page: what counts, numbers, or points inside it, and links to the web."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FIELDS = frozenset(
    ("PAGE", "NUMPAGES", "SECTIONPAGES", "REF", "PAGEREF", "NOTEREF", "TOC", "SEQ", "HYPERLINK")
)
RELATIONS = frozenset((
    "officeDocument", "core-properties", "extended-properties", "custom-properties", "styles", "numbering",
    "settings", "webSettings", "fontTable", "font", "theme", "header", "footer", "footnotes", "endnotes",
    "comments", "image", "hyperlink", "customXml", "customXmlProps", "chart", "chartStyle", "chartColorStyle",
    "glossaryDocument", "stylesWithEffects", "people", "thumbnail",
))  # fmt: skip
BY_OWNER = {"word/charts": frozenset(("package",))}
"""A chart holds its numbers in a workbook."""


def outside(document: bytes, fields: frozenset[str] = FIELDS) -> list[str]:
    """Every field, relationship and part that is none of the lists."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return [
        said
        for name, part in parts.items()
        for said in (_relations(name, part) if name.endswith(".rels") else _fields(name, part, fields))
    ]


def _relations(name: str, part: bytes) -> Iterator[str]:
    owner = name.rpartition("/_rels/")[0]
    for one in etree.fromstring(part):
        kind, target = one.get("Type", "").rpartition("/")[2], one.get("Target", "")
        if kind not in RELATIONS | BY_OWNER.get(owner, frozenset()):
            yield f"{name} : {kind}"
        if one.get("TargetMode") == "External" and not (kind == "hyperlink" and _web(target)):
            yield f"{name} : {target}"


def _web(address: str) -> bool:
    return urlsplit(address.strip()).scheme.lower() in ("http", "https", "mailto", "tel")


def _fields(name: str, part: bytes, allowed: frozenset[str]) -> Iterator[str]:
    if not name.endswith(".xml"):
        if not name.startswith(("word/media/", "word/fonts/", "word/embeddings/", "docProps/thumbnail")):
            yield f"{name} : une partie d’une autre sorte"
        return
    root = etree.fromstring(part)
    marks = (one.get(f"{W}name", "") for one in root.iter(f"{W}bookmarkStart"))
    allowed |= {
        mark.upper() for mark in marks if "_" in mark
    }  # a bookmark alone is a REF; no field has a « _ »
    open_ones: list[list[str]] = []
    for node in root.iter():
        if node.tag == f"{W}fldSimple":
            yield from _refused(name, node.get(f"{W}instr", ""), allowed)
        elif node.tag == f"{W}fldChar" and node.get(f"{W}fldCharType") == "begin":
            open_ones.append([])
        elif node.tag == f"{W}fldChar" and node.get(f"{W}fldCharType") == "end" and open_ones:
            yield from _refused(name, "".join(open_ones.pop()), allowed)
        elif node.tag in (f"{W}instrText", f"{W}delInstrText"):
            if open_ones:
                open_ones[-1].append("".join(node.itertext()))
            else:
                yield from _refused(name, "".join(node.itertext()), allowed)
        elif node.tag == f"{W}altChunk" or (isinstance(node.tag, str) and node.tag.endswith("}OLEObject")):
            yield f"{name} : {node.tag}"
    for pieces in open_ones:
        yield from _refused(name, "".join(pieces), allowed)


def _refused(name: str, instruction: str, allowed: frozenset[str]) -> Iterator[str]:
    words = instruction.split()
    if words and words[0].upper() not in allowed and not words[0].startswith("="):
        yield f"{name} : {instruction}"
    if words and words[0].upper() == "HYPERLINK" and len(words) > 1:
        target = words[1].strip('"')
        if not _web(target) and not target.startswith(("#", "\\")):
            yield f"{name} : {instruction}"
