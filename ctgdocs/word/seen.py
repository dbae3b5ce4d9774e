"""What a person reads in a Word file and may have changed there: words, bold, italic, links, notes called.

`seen` reads a settled file (no tracked change is left) paragraph by paragraph, in the order of
`walk.paragraphs_of`. How a file was cut into runs, what Word's spelling left in it, who saved it: none of it
shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from lxml import etree

from ctgdocs.word.controls import CARRIER
from ctgdocs.word.names import R_NS
from ctgdocs.word.package import read
from ctgdocs.word.parts import one as the_part
from ctgdocs.word.parts import parse, relations, w
from ctgdocs.word.passage import PLAIN, Dress, Look, Passage
from ctgdocs.word.walk import NOTES, PICTURES, SIGNS, TEXTS, Paragraph, paragraphs_of, signs

OBJECT: Final = "\ufffc"
"""Stands in a text for what is no text: a picture, the call of a note."""
_OFF: Final = ("0", "false", "off")
_DRESS: Final = {
    w("rFonts"): ("police", w("ascii")),
    w("sz"): ("taille", w("val")),
    w("color"): ("couleur", w("val")),
    w("u"): ("soulignement", w("val")),
    w("highlight"): ("surlignage", w("val")),
    w("strike"): ("barré", w("val")),
    w("caps"): ("majuscules", w("val")),
    w("vertAlign"): ("exposant ou indice", w("val")),
}
_UNDRESSED: Final = ("auto", "none", "baseline", *_OFF)
_TAG: Final = f"{w('sdtPr')}/{w('tag')}"
_TELLING: Final = {w("tab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-", w("softHyphen"): ""}


def seen(document: bytes) -> list[Passage]:
    """The paragraphs of a Word file in reading order: body, headers, footers, notes. Raises TemplateError for
    what is no Word file."""
    package = read(document)
    styles = _character_styles(package)
    links: dict[str, Mapping[str, str]] = {}
    found = []
    for one in paragraphs_of(package, read=False):
        if one.part not in links:
            links[one.part] = {each.id: each.target for each in relations(package, one.part)}
        found.append(_passage(one, links[one.part], styles))
    return found


def _character_styles(package: Mapping[str, bytes]) -> dict[str, tuple[bool, bool]]:
    """The styles of characters that are bold or italic (« Strong », « Emphasis »), by id."""
    part = the_part(package, "styles")
    found: dict[str, tuple[bool, bool]] = {}
    for style in parse(package[part], part).iterchildren(w("style")) if part else ():
        look = style.find(w("rPr"))
        if style.get(w("type")) == "character" and look is not None:
            found[style.get(w("styleId"), "")] = (_is_on(look, "b") is True, _is_on(look, "i") is True)
    return found


def _passage(one: Paragraph, links: Mapping[str, str], styles: Mapping[str, tuple[bool, bool]]) -> Passage:
    text, looks, dresses = "", list[tuple[int, Look]](), list[tuple[int, Dress]]()
    for node, run, change in signs(one.element):
        said = _said(node) if change != "del" else ""
        if not said:
            continue
        dress = _dress(run) if said.strip() else ()
        if dress != (dresses[-1][1] if dresses else ()) and said.strip():
            dresses.append((len(text), dress))
        look = _look(run, links, styles) if node.tag in TEXTS and said.strip() else None
        if look is not None and look != (looks[-1][1] if looks else PLAIN):
            looks.append((len(text), look))
        text += said
    place = one.place
    return Passage(
        one.part, place, text, tuple(looks), one.style, one.level, one.within, tuple(_carriers(one.element)),
        tuple(dresses),
    )  # fmt: skip


def _said(node: etree._Element) -> str:
    if node.tag in TEXTS:
        return node.text or ""
    if node.tag in SIGNS:
        return _TELLING.get(str(node.tag), SIGNS[str(node.tag)])
    return OBJECT if node.tag in NOTES or node.tag in PICTURES else ""


def _look(
    run: etree._Element | None, links: Mapping[str, str], styles: Mapping[str, tuple[bool, bool]]
) -> Look:
    if run is None:
        return PLAIN
    properties = run.find(w("rPr"))
    parent = run.getparent()
    plain = parent is None or parent.tag == w("p")
    link = None if plain else next(run.iterancestors(w("hyperlink")), None)
    href = links.get(link.get(f"{{{R_NS}}}id", ""), "") if link is not None else ""
    if properties is None:
        return Look(href=href)
    style = properties.find(w("rStyle"))
    bold, italic = styles.get("" if style is None else style.get(w("val"), ""), (False, False))
    own_bold, own_italic = _is_on(properties, "b"), _is_on(properties, "i")
    return Look(bold if own_bold is None else own_bold, italic if own_italic is None else own_italic, href)


def _dress(run: etree._Element | None) -> Dress:
    properties = None if run is None else run.find(w("rPr"))
    found = []
    for node in () if properties is None else properties:
        name, attribute = _DRESS.get(str(node.tag), ("", ""))
        value = node.get(attribute, "1" if attribute == w("val") else "") if name else ""
        if value and value not in _UNDRESSED:
            found.append((name, value))
    return tuple(sorted(found))


def _is_on(properties: etree._Element, name: str) -> bool | None:
    """Whether a look is given or taken away; None when nothing is said of it."""
    found = properties.find(w(name))
    return None if found is None else found.get(w("val"), "1") not in _OFF


def _carriers(element: etree._Element) -> Iterator[str]:
    """The ids that a paragraph bears, each once."""
    names = []
    for node in (*element.iter(w("bookmarkStart"), w("sdt")), *element.iterancestors(w("sdt"))):
        tag = node.find(_TAG) if node.tag == w("sdt") else None
        names.append(node.get(w("name"), "") if tag is None else tag.get(w("val"), ""))
    yield from dict.fromkeys(name for name in names if name.startswith(CARRIER))
