"""Words replaced in a Word file where they stand, in the looks of those they replace."""

from __future__ import annotations

from ctgdocs.word.names import XML_SPACE
from ctgdocs.word.package import read, write
from ctgdocs.word.parts import serialize
from ctgdocs.word.walk import TEXTS, paragraphs_of, signs


def retyped(document: bytes, part: str, rank: int, start: int, end: int, new: str) -> bytes:
    """The file with `new` in place of the characters `start` to `end` of the paragraph `rank` (from 0, among
    all) of `part`. Raises LookupError when they are not plain words."""
    package = read(document)
    paragraph = paragraphs_of(package)[rank]
    if paragraph.part != part:
        raise LookupError(part)
    root = paragraph.element.getroottree().getroot()
    at, placed = 0, False
    for node, _, change in signs(paragraph.element):
        said = (node.text or "") if node.tag in TEXTS else "\n"
        if change or (node.tag not in TEXTS and start < at + len(said) and at < end):
            raise LookupError(part)
        first, last = max(start - at, 0), min(end - at, len(said))
        touched = (
            first <= last and start <= at + len(said) and (first < last or (start == end and not placed))
        )
        if node.tag in TEXTS and touched:
            node.text = said[:first] + ("" if placed else new) + said[last:]
            node.set(XML_SPACE, "preserve")
            placed = True
        at += len(said)
    if not placed:
        raise LookupError(part)
    package[part] = serialize(root)
    return write(package)
