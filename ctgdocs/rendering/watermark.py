"""A word across every page (« PROJET »), as Word's own « Filigrane » command writes it.

Word keeps a watermark in the headers: a WordArt shape behind the text, known by its name, so that an agent
can change or remove it with the same command. Every section gets the headers it lacks.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from ctgdocs.rendering.charte_page import insert_in_section, is_on, sections_of
from ctgdocs.rendering.parts import (
    R_NS,
    W_NS,
    WORD_TYPE,
    Package,
    add_part,
    free_name,
    main_part,
    one,
    parse,
    relations,
    serialize,
    w,
)
from ctgdocs.rendering.prose import attribute
from ctgdocs.rendering.prose_styles import style_ids

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
