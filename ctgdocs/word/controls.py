"""Content controls: what would make Word show something else than what is written in one."""

from __future__ import annotations

from typing import Final

from lxml import etree

from ctgdocs.word.parts import remove, val, w

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
