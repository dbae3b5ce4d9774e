"""The house style: any Word letterhead gives its look to any template.

`dress` takes from the charte the styles, fonts, theme, page size and margins, header and footer with their
images; what the charte lacks stays the template's own. The template's body is never rewritten: a style of the
charte that plays a role takes the style id the template uses, so every paragraph finds its new look.

Nothing else comes in with a charte: no macro, no link to another file, no attached template, no printer
settings, no custom XML. Text stays French (`fr-FR`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from ctgdocs.findings import TemplateError
from ctgdocs.templates.charte_page import LANGUAGE, dress_pages, insert_in_section, sections_of, tidy
from ctgdocs.templates.charte_styles import StyleMap, highest, merge_numbering, merge_styles
from ctgdocs.templates.prose_pieces import attribute
from ctgdocs.templates.prose_styles import put, style_ids, text_side
from ctgdocs.word.names import R_NS, W_NS, WORD_TYPE, rels_name
from ctgdocs.word.parts import (
    Package,
    add_part,
    content_type,
    drop_relations,
    free_name,
    is_on,
    main_part,
    one,
    parse,
    related,
    relations,
    serialize,
    set_content_type,
    w,
    whole,
)

# --- A word across every page (« PROJET »), as Word's own « Filigrane » command writes it


NAME = "PowerPlusWaterMarkObject"
_R_ID = f"{{{R_NS}}}id"
_VML_SHAPE = "{urn:schemas-microsoft-com:vml}shape"
_LONGEST = 450  # points: what fits across the diagonal of A4

_SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
    'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas>'
    + "".join(
        f'<v:f eqn="{formula}"/>'
        for formula in (
            "sum #0 0 10800", "prod #0 2 1", "sum 21600 0 @1", "sum 0 0 @2", "sum 21600 0 @3", "if @0 @3 0",
            "if @0 21600 @1", "if @0 0 @2", "if @0 @4 21600", "mid @5 @6", "mid @8 @5", "mid @7 @8",
            "mid @6 @7", "sum @6 0 @5",
        )
    )
    + '</v:formulas><v:path textpathok="t" o:connecttype="custom" '
    'o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>'
    '<v:textpath on="t" fitshape="t"/><v:handles><v:h position="#0,bottomRight" xrange="6629,14971"/>'
    '</v:handles><o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>'
)  # fmt: skip


def with_watermark(package: Package, text: str) -> Package:
    """A copy of `package` with `text` in light grey behind every page; no text, no watermark."""
    marked = dict(package)
    if not text.strip():
        return marked
    main = main_part(marked)
    document = parse(marked[main], main)
    _complete_headers(marked, main, sections_of(document))
    marked[main] = serialize(document)
    used = {node.get(_R_ID) for node in document.iter(w("headerReference"))}
    targets = dict.fromkeys(r.target for r in relations(marked, main) if r.id in used and r.target in marked)
    for number, name in enumerate(targets, start=1):
        header = parse(marked[name], name)
        if not any(NAME in shape.get("id", "") for shape in header.iter(_VML_SHAPE)):
            _first_paragraph(header).append(_shape(text.strip(), number))
            marked[name] = serialize(header)
    return marked


def _complete_headers(package: Package, main: str, sections: list[etree._Element]) -> None:
    """Every page of every section has a header: its own, or that of the section before."""
    settings = one(package, "settings")
    even = settings is not None and is_on(parse(package[settings], settings), "evenAndOddHeaders")
    inherited: set[str] = set()
    for section in sections:
        inherited |= {n.get(w("type"), "default") for n in section.findall(w("headerReference"))}
        wanted = {"default": True, "first": is_on(section, "titlePg"), "even": even}
        for type in (type for type, on in wanted.items() if on and type not in inherited):
            name = free_name(package, "word/header1.xml")
            data = serialize(_empty_header(package))
            id = add_part(package, main, name, data, kind="header", type=f"{WORD_TYPE}header+xml")
            insert_in_section(section, etree.Element(w("headerReference"), {w("type"): type, _R_ID: id}))
            inherited.add(type)


def _empty_header(package: Package) -> etree._Element:
    header = etree.Element(w("hdr"), nsmap={"w": W_NS, "r": R_NS})
    paragraph = etree.SubElement(header, w("p"))
    styles = one(package, "styles")
    style = style_ids(parse(package[styles], styles)).get("entete") if styles else None
    if style:
        properties = etree.SubElement(paragraph, w("pPr"))
        etree.SubElement(properties, w("pStyle"), {w("val"): style})
    return header


def _first_paragraph(header: etree._Element) -> etree._Element:
    paragraph = header.find(w("p"))
    return etree.SubElement(header, w("p")) if paragraph is None else paragraph


def _shape(text: str, number: int) -> etree._Element:
    """The run of the watermark: centred on the page, climbing from left to right."""
    width = min(_LONGEST, 80 * len(text))
    height = round(width / max(2.0, 0.5 * len(text)))
    place = "".join(_style(width, height))
    return etree.fromstring(
        f'<w:r xmlns:w="{W_NS}" xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w10="urn:schemas-microsoft-com:office:word">'
        f"<w:rPr><w:noProof/></w:rPr><w:pict>{_SHAPE_TYPE}"
        f'<v:shape id="{NAME}{number}" o:spid="_x0000_s{2048 + number}" type="#_x0000_t136" '
        f'alt="{attribute(f"Filigrane : {text}")}" style="{place}" o:allowincell="f" fillcolor="#e0e0e0" '
        f'stroked="f"><v:textpath style="font-family:&quot;Calibri&quot;;font-size:1pt;font-weight:bold" '
        f'string="{attribute(text)}"/><w10:wrap anchorx="page" anchory="page"/></v:shape></w:pict></w:r>'
    )


def _style(width: int, height: int) -> Iterator[str]:
    yield f"position:absolute;margin-left:0;margin-top:0;width:{width}pt;height:{height}pt;rotation:315;"
    yield "z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:page;"
    yield "mso-position-vertical:center;mso-position-vertical-relative:page"


_THEME_TYPE = "application/vnd.openxmlformats-officedocument.theme+xml"
_FONT_TYPES = {"odttf": "application/vnd.openxmlformats-officedocument.obfuscatedFont"}


def dress(template: Package, charte: Package, styles: Mapping[str, str] | None = None) -> Package:
    """`template` in the look of `charte`; neither is changed.

    `styles` maps a role (roles.ROLES) to the name of the charte's style that plays it, as Word shows
    it; a role or a style that does not exist is left out (the lint reports it).
    """
    dressed = dict(template)
    _refuse_foreign(charte)
    if one(charte, "styles") is None:
        return dressed
    ids = _dress_styles(dressed, charte, styles or {})
    _replace_whole(dressed, charte, "theme", "word/theme/theme1.xml", _THEME_TYPE)
    _replace_whole(dressed, charte, "fontTable", "word/fontTable.xml", f"{WORD_TYPE}fontTable+xml")
    even = dress_pages(dressed, charte, ids)
    _move_right_tabs(dressed, _text_width(template), _text_width(dressed))
    _dress_settings(dressed, charte, even)
    return dressed


def _text_width(package: Package) -> int:
    main = main_part(package)
    return text_side(parse(package[main], main), "w")


def _move_right_tabs(dressed: Package, before: int, after: int) -> None:
    """What stood at the right margin of the template stands at the charte's."""
    name = one(dressed, "styles")
    if before == after or name is None:
        return
    styles = parse(dressed[name])
    for tab in styles.iter(w("tab")):
        if tab.get(w("val")) == "right" and abs(whole(tab.get(w("pos"))) - before) <= _ROUNDED:
            tab.set(w("pos"), str(after))
    dressed[name] = serialize(styles)


_ROUNDED = 2  # twips: lengths were millimetres
_TAKEN = ("styles", "numbering", "fontTable", "settings", "header", "footer")


def _refuse_foreign(charte: Package) -> None:
    """Raises TemplateError for a part of the charte that is not WordprocessingML: it spoils every act."""
    main = main_part(charte)
    for name in (main, *(part for kind in _TAKEN for part in related(charte, main, kind))):
        if etree.QName(parse(charte[name], name)).namespace != W_NS:
            raise TemplateError(
                f"la partie « {name} » n’est pas du Word ordinaire",
                hint="ouvrez le fichier dans Word et enregistrez-le au format « Document Word (*.docx) »",
            )


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
        put(root, etree.Element(w("evenAndOddHeaders")), _SETTINGS)
    theirs = one(charte, "settings")
    mapping = parse(charte[theirs]).find(w("clrSchemeMapping")) if theirs else None
    if mapping is not None:
        put(root, mapping, _SETTINGS)
    languages = root.find(w("themeFontLang"))
    if languages is not None:
        languages.set(w("val"), LANGUAGE)
    dressed[name] = serialize(root)
    drop_relations(dressed, name, outside)


# our two settings and what comes after them, in the order of the schema (ECMA-376, CT_Settings)
_SETTINGS = (
    "evenAndOddHeaders", "bookFoldRevPrinting", "bookFoldPrinting", "bookFoldPrintingSheets",
    "drawingGridHorizontalSpacing", "drawingGridVerticalSpacing",
    "displayHorizontalDrawingGridEvery", "displayVerticalDrawingGridEvery",
    "doNotUseMarginsForDrawingGridOrigin", "drawingGridHorizontalOrigin", "drawingGridVerticalOrigin",
    "doNotShadeFormData", "noPunctuationKerning", "characterSpacingControl", "printTwoOnOne",
    "strictFirstAndLastChars", "noLineBreaksAfter", "noLineBreaksBefore", "savePreviewPicture",
    "doNotValidateAgainstSchema", "saveInvalidXml", "ignoreMixedContent", "alwaysShowPlaceholderText",
    "doNotDemarcateInvalidXml", "saveXmlDataOnly", "useXSLTWhenSaving", "showXMLTags",
    "alwaysMergeEmptyNamespace", "updateFields", "hdrShapeDefaults", "footnotePr", "endnotePr", "compat",
    "docVars", "rsids", "attachedSchema", "themeFontLang", "clrSchemeMapping",
    "doNotIncludeSubdocsInStats", "doNotAutoCompressPictures", "forceUpgrade", "captions",
    "readModeInkLockDown", "smartTagType", "schemaLibrary", "shapeDefaults", "doNotEmbedSmartTags",
    "decimalSymbol", "listSeparator",
)  # fmt: skip


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
