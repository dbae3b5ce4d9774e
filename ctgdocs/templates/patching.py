"""A part of a template → the Jinja source that makes it: docxtpl's patching, done once, French mended first.

docxtpl knows what `{%tr`, `{{r`, `{% colspan %}` and their like stand for; it is asked for that alone. Before
it sees the part, split tags are joined, their spelling is Jinja's, and every brace that is no tag's is a
character reference, so that neither docxtpl nor Jinja can take it for one.

Where tags may take the end of a section away, headers and footers stay whose they were.
"""

from __future__ import annotations

import re
from copy import deepcopy
from html import unescape
from typing import Any, Final

from docxtpl import DocxTemplate
from lxml import etree

from ctgdocs.findings import TemplateError
from ctgdocs.templates.charte_page import insert_in_section
from ctgdocs.templates.layout import last_open, mark, superscript
from ctgdocs.templates.prose_styles import text_side
from ctgdocs.templates.stock import Source
from ctgdocs.templates.tables import SEPARATOR, Needs, may_change, needs_of, repeats
from ctgdocs.templates.tags import TAG, Tag, join, tags
from ctgdocs.word.controls import free
from ctgdocs.word.ids import LOOP_END, LOOP_START, OF_PARAGRAPHS
from ctgdocs.word.names import R_NS, W_NS
from ctgdocs.word.parts import check_usual, w, whole

# --- The properties of a cell, as `{% cellbg %}`, `{% colspan %}`, `{% vm %}` and `{% hm %}` need them


_CHANGES_CELL = re.compile(r"\{%\s*(?:cellbg|colspan|vm|hm)\b")
_PROPERTIES = re.compile(r"(<w:tcPr>)((?:(?!<w:tcPrChange|</w:tcPr>).)*)(</w:tcPr>)", re.DOTALL)
_PROPERTY = re.compile(r"<w:(\w+)(?:\s[^>]*)?(?:/>|>.*?</w:\1>)", re.DOTALL)
_ORDER: Final = (
    "cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "textDirection",
    "tcFitText", "vAlign", "hideMark",
)  # fmt: skip


def with_properties(root: Any) -> None:
    """Gives a `w:tcPr` to the cells of a part whose tags want to change it."""
    for cell in root.iter(w("tc")):
        if (len(cell) == 0 or cell[0].tag != w("tcPr")) and _CHANGES_CELL.search("".join(cell.itertext())):
            cell.insert(0, cell.makeelement(w("tcPr"), {}))


def in_schema_order(patched: str) -> str:
    """A patched part, the properties of its cells in order where a tag changed them."""
    return _PROPERTIES.sub(_ordered, patched)


def _ordered(properties: re.Match[str]) -> str:
    opening, inside, closing = properties.groups()
    if "{{" not in inside and "{%" not in inside:
        return properties[0]
    found = [(match[1], match[0]) for match in _PROPERTY.finditer(inside)]
    if "".join(text for _, text in found) != inside or not all(name in _ORDER for name, _ in found):
        return properties[0]
    found.sort(key=lambda property: _ORDER.index(property[0]))
    return opening + "".join(text for _, text in found) + closing


DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'

_LITERAL_BRACES = (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}"))
_REFERENCES = str.maketrans({"{": "&#123;", "}": "&#125;"})
_PREFIXED = re.compile(r"(\{[{%#])[-+]?(p|tr|tc|r)\s+(.*?)\s*[-+]?([}%#]\})", re.DOTALL)
_OF_A_CELL = re.compile(r"(\{%\s*(?:colspan|cellbg)\s+)(.*?)(\s*%\})", re.DOTALL)
_OTHER = re.compile(r"(\{[{%][-+]?)(.*?)([-+]?[}%]\})", re.DOTALL)
_CLOSING = re.compile(r"([-+]?[%}#]\})$")
_MERGES = re.compile(r"\{%\s*(?:vm|hm)\s*%\}")
_KEPT = re.compile("\x05(\\d+)\x06")
"""Stands for what a tag says while docxtpl patches around it: no sign in it can be taken for markup, and no
XML can hold one."""
_OPENING = re.compile(r"\{[{%]")
_MARKUP = re.compile(r"<w:instrText\b.*?</w:instrText>|<[^>]*>", re.DOTALL)
_LOOP = re.compile(r"\{%-?\s*(for|endfor|else|if|endif|elif)\b.*?%\}", re.DOTALL)
_LEFT_OVER = re.compile(r"\{\{|\}\}|\{%|%\}|[{}]")
_OF_A_PARAGRAPH = re.compile(r' w14:(?:paraId|textId)="[^"<>]*"')
"""What Word numbers again when it saves: not worth keeping apart in each document, when nothing else is."""
_TAG_KEPT = re.compile(rf"({TAG.pattern})", re.DOTALL)
_MIXED_TEXT = re.compile(r"(<w:t(?: [^>]*)?>)([^<]*\{[^<]*)(?=</w:t>)")
_TEXT_NAMES = frozenset(w(n) for n in ("t", "delText", "instrText", "delInstrText"))


def source_of(part: str, data: bytes) -> Source | None:
    """The source of a WordprocessingML part; None when it holds no tag. Raises TemplateError."""
    root = _compact(part, data)
    with_properties(root)
    for control in root.iter(w("sdt")):
        if _OPENING.search("".join(control.itertext(w("t")))):
            free(control, written=True)
    keep_sections(root)
    measure_tables(root)
    xml = etree.tostring(root, encoding="unicode")
    joined = join(xml, part)
    found = tags(joined, part)
    if not found and not any(typed in joined for typed, _ in _LITERAL_BRACES):
        return None
    _refuse_lost_text(joined, found)
    said: list[str] = []
    ready, braces = _with_sources(joined, found, said)
    patched: str = DocxTemplate.patch_xml(None, ready.replace("<w:tcPr/>", "<w:tcPr></w:tcPr>"))
    jinja = _KEPT.sub(lambda match: said[int(match[1])], in_schema_order(patched))
    if repeats(jinja) == {OF_PARAGRAPHS}:
        jinja = _OF_A_PARAGRAPH.sub("", jinja)
    needs = needs_of(jinja) | ({"grids"} if may_change(root) else set())
    if "ids" in needs and "<w:bookmarkStart " in jinja:
        jinja = _mark_loops(jinja)
    return _source(part, _with_relations(jinja), needs, found, braces)


def _refuse_lost_text(joined: str, found: list[Tag]) -> None:
    """Raises TemplateError for a text beside a tag that takes its whole paragraph away."""
    for tag in found:
        start, end = last_open(joined, "w:p", tag.start), joined.find("</w:p>", tag.end)
        if tag.prefix != "p" or start < 0 or end < 0:
            continue
        beside = _MARKUP.sub("", joined[start : tag.start] + joined[tag.end : end]).strip()
        if beside:
            lost = unescape(beside)[:60]
            raise TemplateError(
                f"« {lost} » disparaît avec la balise « {tag.text} », qui prend tout le paragraphe",
                place=tag.place,
                hint="mettez la balise seule dans son paragraphe",
            )


def text_source_of(part: str, data: bytes) -> Source | None:
    """The source of a part that is not WordprocessingML (the document's properties)."""
    xml = data.decode("utf-8-sig")
    xml = re.sub(r"^<\?xml.*?\?>\s*", "", xml)
    found = tags(xml, part)
    if not found:
        return None
    said: list[str] = []
    ready, braces = _with_sources(xml, found, said)
    ready = _KEPT.sub(lambda match: said[int(match[1])], ready)
    return _source(part, ready, frozenset(), found, braces)


def _source(part: str, jinja: str, needs: Needs, found: list[Tag], braces: list[tuple[str, str]]) -> Source:
    """A line break ends each tag, inside it: Jinja's line numbers then count tags."""
    lined = TAG.sub(lambda match: _CLOSING.sub(r"\n\1", match[0]), DECLARATION + jinja)
    return Source(part, lined, needs, [(tag.source, tag.text, tag.place) for tag in found], braces)


def _compact(part: str, data: bytes) -> Any:
    """The part's tree without the blanks between its tags, nor comments."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_blank_text=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:  # a namespace that is no address: expat lets it pass
        raise TemplateError(
            f"le fichier Word est abîmé : la partie « {part} » ne se lit pas ({error.msg})"
        ) from error
    check_usual(root, part)
    for element in root.iter():
        if element.tag not in _TEXT_NAMES and element.text and not element.text.strip():
            element.text = None
        if element.tail and not element.tail.strip():
            element.tail = None
    return root


def _with_sources(joined: str, found: list[Tag], said: list[str]) -> tuple[str, list[tuple[str, str]]]:
    """The XML with a mark for what each tag says (it goes to `said`), and other braces as references."""
    out: list[str] = []
    braces: list[tuple[str, str]] = []
    end = 0
    raw = False
    for tag in found:
        out.append(_static(joined[end : tag.start], tag.place, [] if raw else braces))
        out.append(_written(tag, joined, said))
        end, raw = tag.end, tag.is_raw
    out.append(_static(joined[end:], found[-1].place if found else "", braces))
    return "".join(out), braces


def _static(xml: str, place: str, braces: list[tuple[str, str]]) -> str:
    """XML between tags. A brace in its text is noted with the place of the tag that follows it."""
    if "{" not in xml and "}" not in xml:
        return xml
    wanted = xml
    for typed, meant in _LITERAL_BRACES:
        wanted = wanted.replace(typed, meant.translate(_REFERENCES))
    text = re.sub(r"^[^<]*>|<[^>]*>|<[^>]*$", "", wanted)
    left = _LEFT_OVER.search(text)
    if left:
        braces.append((text[max(0, left.start() - 15) : left.end() + 15], place))
    return wanted.translate(_REFERENCES)


def _written(tag: Tag, joined: str, said: list[str]) -> str:
    """A tag as docxtpl is to see it: its delimiters, its prefix, and a mark. A prefixed tag takes all that is
    around it away, so it has nothing to trim; what it prints goes through a filter that gives plain text the
    run or the paragraph it needs to be seen."""
    source = tag.source
    if _MERGES.fullmatch(source):
        return source
    for pattern in (_OF_A_CELL, _PREFIXED, _OTHER):
        match = pattern.fullmatch(source)
        if match:
            break
    else:
        return source.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    prefix = match[2] if pattern is _PREFIXED else ""
    opening, closing = match[1] + prefix, match[match.re.groups]
    words = match[match.re.groups - 1]
    if prefix in ("p", "r") and source.startswith("{{"):
        words = f"({words})|{_printing(prefix, tag, joined)}"
    said.append(words)
    space = " " if prefix else ""
    return f"{opening}{space}\x05{len(said) - 1}\x06{space}{closing}"


def _printing(prefix: str, tag: Tag, joined: str) -> str:
    if prefix == "r":
        return "ctg_run"
    start = last_open(joined, "w:p", tag.start)
    kept = "<w:keepNext/>" in joined[max(start, 0) : tag.start]
    return "ctg_block(true)" if kept else "ctg_block"


def _with_relations(jinja: str) -> str:
    """Declares `r:`, which pictures and links that come with the data use."""
    end = jinja.index(">")
    if " xmlns:r=" in jinja[:end]:
        return jinja
    at = end - 1 if jinja[end - 1] == "/" else end
    return f'{jinja[:at]} xmlns:r="{R_NS}"{jinja[at:]}'


def with_ordinals(source: Source, style: str) -> Source:
    """The source of a Word part, its ordinals raised by the style; those beside a tag are marked, to be
    raised when the part is rendered."""
    if not source.part.startswith("word/"):
        return source
    return source._replace(jinja=_MIXED_TEXT.sub(_marked_text, superscript(source.jinja, style)))


def _marked_text(match: re.Match[str]) -> str:
    pieces = _TAG_KEPT.split(match[2])
    return match[1] + "".join(piece if index % 2 else mark(piece) for index, piece in enumerate(pieces))


def _mark_loops(jinja: str) -> str:
    """A mark at the beginning and at the end of each turn of each loop."""
    blocks: list[str] = []

    def marked(match: re.Match[str]) -> str:
        word = match[1]
        if word in ("for", "if"):
            blocks.append(word)
            return match[0] + (LOOP_START if word == "for" else "")
        if word == "else" and blocks and blocks[-1] == "for":
            blocks[-1] = "for, else"
            return LOOP_END + match[0]
        if word in ("endfor", "endif") and blocks:
            return (LOOP_END if blocks.pop() == "for" else "") + match[0]
        return match[0]

    return _LOOP.sub(marked, jinja)


_TAKES_ITS_PARAGRAPH = re.compile(r"\{[%#][-+]?p\s+(?P<end>end)?")
_BLOCK = re.compile(r"\{%[-+]?(?:p|tr|tc|r)?\s*(?P<end>end)?(?:for|if)\b")
_BANDS: Final = (w("headerReference"), w("footerReference"))
_WHOLE: Final = 5000  # fiftieths of a percent
_SECTION = f"{w('pPr')}/{w('sectPr')}"


def keep_sections(root: etree._Element) -> None:
    """Makes the sections of a body outlive its tags: one that takes its paragraph away leaves the section
    that ends there; a section that a block may take away leaves its headers to those that have none."""
    _set_apart(root)
    depth = 0
    may_go = False
    inherited: dict[tuple[str, str], etree._Element] = {}
    for node in root.iter(w("p"), w("sectPr")):
        if node.tag == w("p"):
            depth += sum(-1 if found["end"] else 1 for found in _BLOCK.finditer(_said(node)))
            continue
        parent = node.getparent()
        if parent is None or parent.tag == w("sectPrChange"):
            continue
        own = {(str(one.tag), one.get(w("type"), "default")): one for one in node.iterchildren(*_BANDS)}
        for kind, reference in inherited.items() if may_go else ():
            if kind not in own:
                insert_in_section(node, deepcopy(reference))
        may_go = may_go or (depth > 0 and bool(own))
        inherited |= own


def measure_tables(root: etree._Element) -> None:
    """Gives the tables of a body that are a share of the text their width in twips, each after its section:
    LibreOffice leaves what is to stay with a table on the page before when it has to reckon the width."""
    waiting: list[etree._Element] = []
    for node in root.iterfind(f"{w('body')}/*"):
        if node.tag == w("tbl"):
            waiting += node.iterfind(f"{w('tblPr')}/{w('tblW')}[@{w('type')}='pct']")
        section = node if node.tag == w("sectPr") else node.find(_SECTION)
        if section is None:
            continue
        columns = section.find(w("cols"))
        if columns is None or whole(columns.get(w("num")), 1) == 1:
            for width in waiting:
                _measure(width, text_side(section, "w"))
        waiting = []


def _measure(width: etree._Element, text: int) -> None:
    share = whole(width.get(w("w")))
    if share:
        width.set(w("type"), "dxa")
        width.set(w("w"), str(round(text * share / _WHOLE)))


def _said(paragraph: etree._Element) -> str:
    return "".join(str(text) for text in paragraph.itertext(w("t")))


def _set_apart(root: etree._Element) -> None:
    """Puts the section of a tag’s paragraph in one of its own, a point high, outside of the block that it
    opens or closes."""
    for paragraph in [*root.iter(w("p"))]:
        section = paragraph.find(_SECTION)
        tag = _TAKES_ITS_PARAGRAPH.search(_said(paragraph)) if section is not None else None
        if section is None or tag is None:
            continue
        own = etree.fromstring(SEPARATOR.replace("<w:p>", f'<w:p xmlns:w="{W_NS}">', 1))
        own[0].append(section)
        if tag["end"]:
            paragraph.addnext(own)
        else:
            paragraph.addprevious(own)
