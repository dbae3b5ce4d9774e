"""Words replaced in a Word file where they stand, in the looks of those they replace; changes tracked."""

from __future__ import annotations

from typing import Final

from lxml import etree

from ctgdocs.word.names import XML_SPACE
from ctgdocs.word.package import read, write
from ctgdocs.word.parts import one, parse, serialize, w
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


_BEFORE: Final = frozenset(
    w(name)
    for name in (
        "writeProtection", "view", "zoom", "removePersonalInformation", "removeDateAndTime",
        "doNotDisplayPageBoundaries", "displayBackgroundShape", "printPostScriptOverText",
        "printFractionalCharacterWidth", "printFormsData", "embedTrueTypeFonts", "embedSystemFonts",
        "saveSubsetFonts", "saveFormsData", "mirrorMargins", "alignBordersAndEdges",
        "bordersDoNotSurroundHeader", "bordersDoNotSurroundFooter", "gutterAtTop", "hideSpellingErrors",
        "hideGrammaticalErrors", "activeWritingStyle", "proofState", "formsDesign", "attachedTemplate",
        "linkStyles", "stylePaneFormatFilter", "stylePaneSortMethod", "documentType", "mailMerge",
        "revisionView",
    )
)  # fmt: skip
"""What stands before « trackRevisions » in the settings (ECMA-376 part 1, § 17.15.1.78)."""


def tracking(document: bytes) -> bytes:
    """The same file, in which Word tracks what is changed from now on."""
    package = read(document)
    part = one(package, "settings")
    if part is None:
        return document
    root = parse(package[part], part)
    if root.find(w("trackRevisions")) is None:
        after = sum(1 for node in root if node.tag in _BEFORE)
        root.insert(after, etree.Element(w("trackRevisions")))
        package[part] = serialize(root)
    return write(package)
