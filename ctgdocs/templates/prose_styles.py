"""What a template must hold before long text is written into it, and where to find it there.

`with_house_styles` adds the styles, numbering and footnotes that are missing; `styles_of` reads, once
per template, which style id plays each role, how its lists are numbered, and the width of its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from ctgdocs.templates.charts import ChartLook
from ctgdocs.templates.prose_pieces import ListLevel, ProseStyles
from ctgdocs.templates.roles import FAMILIES, PROSE_ROLES, ROLES, element, key, multilevel, style
from ctgdocs.word.names import W_NS, WORD_TYPE
from ctgdocs.word.parts import Package, add_part, free_name, main_part, one, parse, serialize, w, whole

_PROPERTIES = (
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr",
    "suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap",
    "overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid",
    "spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc", "textDirection",
    "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr", "pPrChange",
)  # fmt: skip
"""The children of a `w:pPr`, in the order of the schema (ECMA-376 part 1, CT_PPr)."""

STYLE = (
    "name", "aliases", "basedOn", "next", "link", "autoRedefine", "hidden", "uiPriority", "semiHidden",
    "unhideWhenUsed", "qFormat", "locked", "personal", "personalCompose", "personalReply", "rsid", "pPr",
    "rPr", "tblPr", "trPr", "tcPr", "tblStylePr",
)  # fmt: skip
NUMBERING = ("numPicBullet", "abstractNum", "num", "numIdMacAtCleanup")

_CLOSE = '<w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
_FOOTNOTES = (
    f'<w:footnotes xmlns:w="{W_NS}">'
    f'<w:footnote w:type="separator" w:id="-1"><w:p>{_CLOSE}<w:r><w:separator/></w:r></w:p></w:footnote>'
    f'<w:footnote w:type="continuationSeparator" w:id="0"><w:p>{_CLOSE}'
    "<w:r><w:continuationSeparator/></w:r></w:p></w:footnote></w:footnotes>"
)


def styles_of(package: Mapping[str, bytes]) -> ProseStyles:
    """What the writer of long text needs to know of a package that `with_house_styles` has prepared."""
    styles = parse(package[_part(package, "styles")])
    numbering_part, footnotes_part = _part(package, "numbering"), _part(package, "footnotes")
    numbering = parse(package[numbering_part])
    ids = style_ids(styles)
    numbers, bullets = (
        tuple(level for role in FAMILIES[family] if (level := _level(styles, numbering, ids.get(role, ""))))
        for family in ("numero", "puce")
    )
    document = parse(package[main_part(package)])
    notes = [whole(node.get(w("id"))) for node in parse(package[footnotes_part])]
    return ProseStyles(
        ids=ids,
        numbers=numbers,
        bullets=bullets,
        next_number=_next(numbering, "num", "numId"),
        next_note=max([0, *notes]) + 1,
        text_width=text_side(document, "w"),
        text_height=text_side(document, "h"),
        numbering_part=numbering_part,
        footnotes_part=footnotes_part,
        charts=_charts(styles, ids),
    )


_COLOUR = re.compile(r"[0-9A-Fa-f]{6}")
_DARK_BLUE = "1F3A5F"


def _charts(styles: etree._Element, ids: Mapping[str, str]) -> ChartLook:
    """Charts wear the colour of headings, and the font of the body."""
    colour = _of_the_letters(styles, ids.get("titre2", ""), "color", "val")
    font = _of_the_letters(styles, ids.get("corps", ""), "rFonts", "ascii")
    if not font:
        default = styles.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}/{w('rFonts')}")
        font = default.get(w("ascii"), "") if default is not None else ""
    return ChartLook(colour.upper() if _COLOUR.fullmatch(colour) else _DARK_BLUE, font)


def _of_the_letters(styles: etree._Element, style: str, property: str, attribute: str) -> str:
    """What a style says of its letters, or the styles it is based on; "" when none does."""
    for node in _lineage(styles, style):
        found = node.find(f"{w('rPr')}/{w(property)}")
        if found is not None:
            return found.get(w(attribute), "")
    return ""


_KEYS = {role: key(named.name) for role, named in ROLES.items()}
_NO_ID = re.compile(r"[<>&\"']")


def style_ids(styles: etree._Element) -> dict[str, str]:
    """Role → style id, for the roles whose style `styles.xml` defines (told by name, or by our id). An id
    that Word would not write (`a<b`) is nobody's."""
    by_name: dict[tuple[str, str], str] = {}
    by_id: dict[tuple[str, str], str] = {}
    for node in styles.iterchildren(w("style")):
        id, type = node.get(w("styleId"), ""), node.get(w("type"), "paragraph")
        name = node.find(w("name"))
        if _NO_ID.search(id):
            continue
        by_id[type, id] = id
        if name is not None:
            by_name.setdefault((type, key(name.get(w("val"), ""))), id)
    found = {}
    for role, named in ROLES.items():
        # our id first: a charte may have given the role to a style of another name (charte.dress)
        chosen = by_id.get((named.type, named.id)) or by_name.get((named.type, _KEYS[role]))
        if chosen:
            found[role] = chosen
    return found


def with_house_styles(package: Package) -> Package:
    """A copy of `package` that can hold any `Prose`; what it already defines stays untouched."""
    prepared = dict(package)
    main = main_part(prepared)
    empty = f'<w:{{}} xmlns:w="{W_NS}"/>'
    for kind, xml in (("styles", empty), ("numbering", empty), ("footnotes", _FOOTNOTES)):
        if one(prepared, kind) is None:
            name = free_name(prepared, f"word/{kind}.xml")
            data = serialize(etree.fromstring(xml.format(kind)))
            add_part(prepared, main, name, data, kind=kind, type=f"{WORD_TYPE}{kind}+xml")
    styles_part, numbering_part = _part(prepared, "styles"), _part(prepared, "numbering")
    styles, numbering = parse(prepared[styles_part]), parse(prepared[numbering_part])
    ids = style_ids(styles)
    changed = _add_missing_styles(styles, ids)
    for family in FAMILIES:
        changed |= _tie(styles, numbering, ids, family)
    if changed:
        prepared[styles_part], prepared[numbering_part] = serialize(styles), serialize(numbering)
    return prepared


def _add_missing_styles(styles: etree._Element, ids: dict[str, str]) -> bool:
    """Adds to the styles, and to their ids, what long text needs and they do not define."""
    missing = [role for role in PROSE_ROLES if role not in ids]
    taken = {node.get(w("styleId")) for node in styles.iterchildren(w("style"))}
    for role in missing:
        id = ROLES[role].id
        while id in taken:
            id += "Acte"
        taken.add(id)
        ids[role] = id
    for role in missing:
        parent, following = ids.get(ROLES[role].based_on), ids.get(ROLES[role].next)
        styles.append(style(role, ids[role], parent, following))
    return bool(missing)


def _tie(styles: etree._Element, numbering: etree._Element, ids: Mapping[str, str], family: str) -> bool:
    """Gives a numbering to the levels of a family whose style has none. Articles may take that of the
    headings they are based on, annexes never do."""
    roles = FAMILIES[family]
    inherited = family != "annexe"
    loose = [
        level
        for level, role in enumerate(roles)
        if _level(styles, numbering, ids[role], inherited=inherited) is None
    ]
    if not loose:
        return False
    abstract, number = _next(numbering, "abstractNum", "abstractNumId"), _next(numbering, "num", "numId")
    ties = {level: ids[roles[level]] for level in loose}
    put(numbering, multilevel(abstract, family, ties), NUMBERING)
    instance = f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/></w:num>'
    put(numbering, element(instance), NUMBERING)
    for level, id in ties.items():
        _set_numbering(_style(styles, id), number, level)
    return True


def put(parent: etree._Element, node: etree._Element, order: Sequence[str]) -> None:
    """Adds a child where the schema wants it: before those that come after it in `order`, and before those of
    Microsoft's extensions."""
    later = {w(name) for name in order[order.index(etree.QName(node).localname) + 1 :]}
    for child in parent:
        if child.tag in later or str(child.tag).startswith("{http://schemas.microsoft.com/"):
            child.addprevious(node)
            return
    parent.append(node)


def put_property(style: etree._Element, node: etree._Element) -> None:
    """Adds a property to the paragraphs of a style, in place of the one it has."""
    properties = style.find(w("pPr"))
    if properties is None:
        properties = etree.Element(w("pPr"))
        put(style, properties, STYLE)
    for old in properties.findall(str(node.tag)):
        properties.remove(old)
    put(properties, node, _PROPERTIES)


def _set_numbering(style: etree._Element, number: int, level: int) -> None:
    put_property(style, element(f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'))


def _level(
    styles: etree._Element, numbering: etree._Element, id: str, *, inherited: bool = True
) -> ListLevel | None:
    """The numbering that a style is tied to, through the styles it is based on (`inherited`)."""
    wanted: int | None = None
    for current in _lineage(styles, id, inherited=inherited):
        properties = current.find(f"{w('pPr')}/{w('numPr')}")
        if properties is not None:
            number, depth = properties.find(w("numId")), properties.find(w("ilvl"))
            if depth is not None and wanted is None:
                wanted = whole(depth.get(w("val")))
            if number is not None:
                return _of_number(numbering, number.get(w("val"), "0"), current.get(w("styleId"), ""), wanted)
    return None


def _lineage(styles: etree._Element, id: str, *, inherited: bool = True) -> Iterator[etree._Element]:
    """A style, then (`inherited`) the styles it is based on, each once."""
    seen: set[str] = set()
    while id and id not in seen:
        seen.add(id)
        style = _style(styles, id)
        yield style
        parent = style.find(w("basedOn"))
        id = "" if parent is None or not inherited else parent.get(w("val"), "")


def _of_number(numbering: etree._Element, number: str, style: str, wanted: int | None) -> ListLevel | None:
    for node in numbering.iterchildren(w("num")):
        abstract = node.find(w("abstractNumId"))
        if node.get(w("numId")) != number or abstract is None:
            continue
        for definition in numbering.iterchildren(w("abstractNum")):
            if definition.get(w("abstractNumId")) != abstract.get(w("val")):
                continue
            for level in definition.iterchildren(w("lvl")):
                tie = level.find(w("pStyle"))
                if wanted is None and tie is not None and tie.get(w("val")) == style:
                    wanted = whole(level.get(w("ilvl")))
            return ListLevel(whole(definition.get(w("abstractNumId"))), wanted or 0)
    return None


def _style(styles: etree._Element, id: str) -> etree._Element:
    for node in styles.iterchildren(w("style")):
        if node.get(w("styleId")) == id:
            return node
    return etree.Element(w("style"))


def _next(numbering: etree._Element, tag: str, attribute: str) -> int:
    return max((whole(node.get(w(attribute))) for node in numbering.iterchildren(w(tag))), default=0) + 1


def _part(package: Mapping[str, bytes], kind: str) -> str:
    name = one(package, kind)
    if name is None:
        raise KeyError(f"{kind}: the package was not prepared (with_house_styles)")
    return name


def text_side(document: etree._Element, side: str) -> int:
    """The width (`w`) or the height (`h`) between the margins of the first section, in twips; that of A4 with
    2 cm margins when unsaid."""
    usual, edges = (11906, ("left", "right")) if side == "w" else (16838, ("top", "bottom"))
    size, margins = next(document.iter(w("pgSz")), None), next(document.iter(w("pgMar")), None)
    if size is None or margins is None:
        return usual - 2 * 1134
    return whole(size.get(w(side)), usual) - sum(abs(whole(margins.get(w(edge)), 1134)) for edge in edges)
