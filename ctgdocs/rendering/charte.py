"""The house style: any Word letterhead gives its look to any template.

`dress` takes from the charte the styles, fonts, theme, page size and margins, header and footer with their
images; what the charte lacks stays the template's own. The template's body is never rewritten: a style of the
charte that plays a role takes the style id the template uses, so every paragraph finds its new look.

Nothing else comes in with a charte: no macro, no link to another file, no attached template, no printer
settings, no custom XML. Text stays French (`fr-FR`).
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from ctgdocs.rendering.charte_page import dress_pages
from ctgdocs.rendering.charte_styles import StyleMap, highest, merge_numbering, merge_styles
from ctgdocs.rendering.charte_tidy import LANGUAGE, tidy
from ctgdocs.rendering.parts import (
    W_NS,
    WORD_TYPE,
    Package,
    add_part,
    content_type,
    drop_relations,
    free_name,
    main_part,
    one,
    parse,
    related,
    relations,
    rels_name,
    serialize,
    set_content_type,
    w,
)

_THEME_TYPE = "application/vnd.openxmlformats-officedocument.theme+xml"
_FONT_TYPES = {"odttf": "application/vnd.openxmlformats-officedocument.obfuscatedFont"}


def dress(template: Package, charte: Package, styles: Mapping[str, str] | None = None) -> Package:
    """`template` in the look of `charte`; neither is changed.

    `styles` maps a role (house_style.ROLES) to the name of the charte's style that plays it, as Word shows
    it; a role or a style that does not exist is left out (the lint reports it).
    """
    dressed = dict(template)
    if one(charte, "styles") is None:
        return dressed
    ids = _dress_styles(dressed, charte, styles or {})
    _replace_whole(dressed, charte, "theme", "word/theme/theme1.xml", _THEME_TYPE)
    _replace_whole(dressed, charte, "fontTable", "word/fontTable.xml", f"{WORD_TYPE}fontTable+xml")
    even = dress_pages(dressed, charte, ids)
    _dress_settings(dressed, charte, even)
    return dressed


def _dress_styles(dressed: Package, charte: Package, roles: Mapping[str, str]) -> StyleMap:
    """Styles and numbering; gives what the charte's ids have become, for its header and footer."""
    theirs = parse(charte[one(charte, "styles") or ""])
    tidy(theirs)
    their_numbering = one(charte, "numbering")
    own = parse(dressed[_ensured(dressed, "styles")])
    ids = StyleMap(numbered=their_numbering is not None)
    if their_numbering:
        name = _ensured(dressed, "numbering")
        numbering = parse(dressed[name])
        ids.number_shift = max(0, highest(numbering, "num", "numId"))
        merge_styles(own, theirs, roles, ids)
        added = parse(charte[their_numbering])
        tidy(added)
        merge_numbering(numbering, added, ids)
        dressed[name] = serialize(numbering)
    else:
        merge_styles(own, theirs, roles, ids)
    _default_language(theirs)
    for language in theirs.iter(w("lang")):  # the template's own styles too
        if language.get(w("val")) != "zxx":
            language.set(w("val"), LANGUAGE)
    dressed[_ensured(dressed, "styles")] = serialize(theirs)
    return ids


def _ensured(dressed: Package, kind: str) -> str:
    """The name of the part of this kind, made empty when the template has none."""
    name = one(dressed, kind)
    if name is None:
        name = free_name(dressed, f"word/{kind}.xml")
        data = f'<w:{kind} xmlns:w="{W_NS}"/>'.encode()
        add_part(dressed, main_part(dressed), name, data, kind=kind, type=f"{WORD_TYPE}{kind}+xml")
    return name


def _replace_whole(dressed: Package, charte: Package, kind: str, name: str, type: str) -> None:
    """The charte's theme or font table in place of the template's, with embedded fonts."""
    theirs, own = one(charte, kind), one(dressed, kind)
    if theirs is None:
        return
    if own is None:
        own = free_name(dressed, name)
        add_part(dressed, main_part(dressed), own, b"", kind=kind, type=type)
    for target in related(dressed, own, "font" if kind == "fontTable" else "image"):
        dressed.pop(target, None)
    dressed.pop(rels_name(own), None)
    root = parse(charte[theirs], theirs)
    tidy(root)
    dressed[own] = serialize(root)
    if rels_name(theirs) in charte:
        dressed[rels_name(own)] = charte[rels_name(theirs)]
        outside = {relation.id for relation in relations(charte, theirs) if relation.external}
        drop_relations(dressed, own, outside)
        for target in related(charte, theirs, "font" if kind == "fontTable" else "image"):
            dressed[target] = charte[target]
            extension = target.rpartition(".")[2].lower()
            set_content_type(dressed, target, content_type(charte, target) or _FONT_TYPES.get(extension, ""))


# --- settings and language ----------------------------------------------------------------------------

_FOREIGN = ("attachedTemplate", "mailMerge", "saveThroughXslt", "linkStyles")


def _dress_settings(dressed: Package, charte: Package, even: bool) -> None:
    """Odd and even pages as the pages were dressed, the charte's theme colours; no link to the outside."""
    name = one(dressed, "settings")
    if name is None:
        return
    root = parse(dressed[name], name)
    outside = {relation.id for relation in relations(dressed, name) if relation.external}
    for tag in (*_FOREIGN, "evenAndOddHeaders", "clrSchemeMapping"):
        for node in root.findall(w(tag)):
            root.remove(node)
    if even:
        _insert_setting(root, etree.Element(w("evenAndOddHeaders")))
    theirs = one(charte, "settings")
    mapping = parse(charte[theirs]).find(w("clrSchemeMapping")) if theirs else None
    if mapping is not None:
        _insert_setting(root, mapping)
    languages = root.find(w("themeFontLang"))
    if languages is not None:
        languages.set(w("val"), LANGUAGE)
    dressed[name] = serialize(root)
    drop_relations(dressed, name, outside)


# what comes after our two settings, in the order of the schema (ECMA-376, CT_Settings)
_AFTER = {
    "clrSchemeMapping": (
        "doNotIncludeSubdocsInStats", "doNotAutoCompressPictures", "forceUpgrade", "captions",
        "readModeInkLockDown", "smartTagType", "schemaLibrary", "shapeDefaults", "doNotEmbedSmartTags",
        "decimalSymbol", "listSeparator",
    ),
    "evenAndOddHeaders": (
        "bookFoldRevPrinting", "bookFoldPrinting", "bookFoldPrintingSheets",
        "drawingGridHorizontalSpacing", "drawingGridVerticalSpacing",
        "displayHorizontalDrawingGridEvery", "displayVerticalDrawingGridEvery",
        "doNotUseMarginsForDrawingGridOrigin", "drawingGridHorizontalOrigin", "drawingGridVerticalOrigin",
        "doNotShadeFormData", "noPunctuationKerning", "characterSpacingControl", "printTwoOnOne",
        "strictFirstAndLastChars", "noLineBreaksAfter", "noLineBreaksBefore", "savePreviewPicture",
        "doNotValidateAgainstSchema", "saveInvalidXml", "ignoreMixedContent", "alwaysShowPlaceholderText",
        "doNotDemarcateInvalidXml", "saveXmlDataOnly", "useXSLTWhenSaving", "showXMLTags",
        "alwaysMergeEmptyNamespace", "updateFields", "hdrShapeDefaults", "footnotePr", "endnotePr", "compat",
        "docVars", "rsids", "attachedSchema", "themeFontLang", "clrSchemeMapping",
    ),
}  # fmt: skip
_AFTER["evenAndOddHeaders"] += _AFTER["clrSchemeMapping"]


def _insert_setting(root: etree._Element, node: etree._Element) -> None:
    name = etree.QName(node).localname
    later = {w(tag) for tag in _AFTER[name]}
    for child in root:
        newer = isinstance(child.tag, str) and child.tag.startswith("{http://schemas.microsoft.com/")
        if child.tag in later or newer:
            child.addprevious(node)
            return
    root.append(node)


def _default_language(styles: etree._Element) -> None:
    at = styles
    for tag in ("docDefaults", "rPrDefault", "rPr"):
        found = at.find(w(tag))
        if found is None:
            found = etree.Element(w(tag))
            at.insert(0, found)
        at = found
    language = at.find(w("lang"))
    if language is None:
        language = etree.SubElement(at, w("lang"))
    language.set(w("val"), LANGUAGE)
