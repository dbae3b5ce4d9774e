"""What is written in place in a Word file: words, in the looks of those they replace, changes tracked; and
the content controls around them, which would make Word show something else.
"""

from __future__ import annotations

from typing import Final

from lxml import etree

from ctgdocs.word.names import XML_SPACE
from ctgdocs.word.package import read, write
from ctgdocs.word.parts import one, parse, remove, serialize, val, w
from ctgdocs.word.walk import TEXTS, paragraphs_of, signs

_BINDINGS: Final = (
    w("dataBinding"), "{http://schemas.microsoft.com/office/word/2012/wordml}dataBinding",
)  # fmt: skip
_PLACEHOLDER: Final = w("showingPlcHdr")
_GREY: Final = frozenset(("PlaceholderText", "Textedelespacerserv"))
"""The ids that Word gives, in English and in French, to the style of what nobody has filled in."""


def free(control: etree._Element, *, written: bool = False) -> None:
    """Makes a control show what it holds: Word reads again, when it opens a file, the data that a control is
    bound to; a placeholder goes as soon as it is clicked. What will be `written` there is no placeholder: it
    loses its grey."""
    properties = control.find(w("sdtPr"))
    if properties is None:
        return
    waiting = properties.find(_PLACEHOLDER) is not None
    for node in [*properties.iterchildren(_PLACEHOLDER, *_BINDINGS)]:
        properties.remove(node)
    for look in [*control.iter(w("rStyle"))] if written and waiting else ():
        if look.get(w("val")) in _GREY:
            remove(look)


CARRIER: Final = "_ctg"
"""How the controls and the hidden bookmarks begin that say which field a text came from."""


def bare(root: etree._Element) -> None:
    """Takes away what says which field each paragraph came from; its words stay where they are."""
    for control in [*root.iter(w("sdt"))]:
        content = control.find(w("sdtContent"))
        if content is None or not val(control, "sdtPr", "tag").startswith(CARRIER):
            continue
        for child in [*content]:
            control.addprevious(child)
        remove(control)
    ends: set[str | None] = set()
    for mark in [*root.iter(w("bookmarkStart"), w("bookmarkEnd"))]:
        if mark.get(w("name"), "").startswith(CARRIER):
            ends.add(mark.get(w("id")))
        elif mark.tag == w("bookmarkStart") or mark.get(w("id")) not in ends:
            continue
        remove(mark)


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
