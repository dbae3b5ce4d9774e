r"""Line breaks in values: `\n` a line, `\t` a tab, `\a` a paragraph, `\f` a page, with the look around.

What docxtpl does in `resolve_listing`, only where such a character stands.
"""

from __future__ import annotations

import re

from ctgdocs.patterns import regex

_BREAKS = "\n\t\a\f"
_RUN_LOOK = regex(r"<w:r(?: [^>]*)?>(<w:rPr>.*?</w:rPr>)?", re.DOTALL)
_PARAGRAPH_LOOK = regex(r"<w:p(?: [^>]*)?>(<w:pPr>.*?</w:pPr>(?:</w:pPrChange></w:pPr>)?)?", re.DOTALL)
_PARAGRAPH_EDGE = regex(r"<w:p>|<w:p [^>]*(?<!/)>|</w:p>")
_NOT_COPIED = regex(
    r"<w:sectPr.*?</w:sectPr>|<w:pPrChange.*?</w:pPrChange>|<w:rPrChange.*?</w:rPrChange>", re.DOTALL
)
_ENDS_SECTION = regex(
    r"<w:p(?: [^>]*)?><w:pPr>(?:(?!</w:pPr>).)*?(?P<section><w:sectPr(?: [^>]*)?>.*?</w:sectPr>)</w:pPr>"
    r"(?:(?!<w:p[ >]|</w:p>).)*</w:p>",
    re.DOTALL,
)
_TAG = regex(r"<(/?)([\w:]+)([^>]*?)(/?)>")


def has_breaks(xml: str) -> bool:
    r"""Whether some value brought a `\n`, `\t`, `\a` or `\f`."""
    return "\n" in xml or "\t" in xml or "\a" in xml or "\f" in xml


def resolve(xml: str) -> str:
    """The part's XML with those characters turned into Word's own breaks."""
    if "<w:sectPr" in xml and ("\a" in xml or "\f" in xml):
        xml = _ENDS_SECTION.sub(_with_section_last, xml)
    out: list[str] = []
    done = 0
    ahead = {sign: at for sign in _BREAKS if (at := xml.find(sign)) >= 0}
    while ahead:
        at = min(ahead.values())
        opened = last_open(xml, "w:t", at, done)
        closed = xml.find("</w:t>", at)
        if opened < 0 or closed < 0 or xml.find("</w:t>", opened, at) >= 0:
            _advance(ahead, xml, at + 1)  # not in text: nothing shows
            continue
        out += (xml[done:opened], _resolved(xml, opened, closed))
        done = closed
        _advance(ahead, xml, closed)
    out.append(xml[done:])
    return "".join(out)


def _advance(ahead: dict[str, int], xml: str, start: int) -> None:
    """Where each sign stands next, from `start` on. (`find` goes at ten times a pattern's speed.)"""
    for sign, at in tuple(ahead.items()):
        if at < start:
            ahead[sign] = xml.find(sign, start)
            if ahead[sign] < 0:
                del ahead[sign]


def _with_section_last(paragraph: re.Match[str]) -> str:
    """A paragraph that ends a section: when a value cuts it, its last piece does."""
    section, whole = paragraph["section"], paragraph[0]
    if "\a" not in whole and "\f" not in whole:
        return whole
    cut = resolve(whole.replace(section, "", 1))
    last = _PARAGRAPH_LOOK.match(cut, cut.rfind("<w:p>"))
    if last is None or not last[1]:
        start = cut.rfind("<w:p>") + len("<w:p>")
        return f"{cut[:start]}<w:pPr>{section}</w:pPr>{cut[start:]}"
    end = last.end() - len("</w:pPr>")
    return cut[:end] + section + cut[end:]


def last_open(xml: str, name: str, end: int, start: int = 0) -> int:
    """Where the last `<name>` or `<name …>` before `end` begins; -1 when there is none."""
    return max(xml.rfind(f"<{name}>", start, end), xml.rfind(f"<{name} ", start, end))


def open_paragraph(xml: str, end: int) -> int:
    """Where the paragraph that is open at `end` begins, one around a text box included; -1 when none is."""
    start = last_open(xml, "w:p", end)
    if start < 0 or (xml[xml.find(">", start) - 1] != "/" and start > xml.rfind("</w:p>", 0, end)):
        return start
    if xml.rfind("</w:txbxContent>", 0, end) < 0:
        return -1
    around: list[int] = []
    for edge in _PARAGRAPH_EDGE.finditer(xml, 0, end):
        if edge[0] == "</w:p>":
            del around[-1:]
        else:
            around.append(edge.start())
    return around[-1] if around else -1


def run_look(xml: str, end: int) -> str:
    """The `<w:rPr>` of the run that is open at `end`."""
    start = last_open(xml, "w:r", end)
    match = _RUN_LOOK.match(xml, start) if start >= 0 else None
    return _NOT_COPIED.sub("", (match[1] or "")) if match and match.end() <= end else ""


def _resolved(xml: str, opened: int, closed: int) -> str:
    text = xml[opened:closed]
    look = run_look(xml, opened)
    resumed = f'<w:r>{look}<w:t xml:space="preserve">'
    text = text.replace("\t", f"</w:t></w:r><w:r>{look}<w:tab/></w:r>{resumed}")
    text = text.replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    if "\a" in text or "\f" in text:
        closing, opening = _paragraph_break(xml, opened)
        page = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
        text = text.replace("\a", f"</w:t></w:r>{closing}{opening}{resumed}")
        text = text.replace("\f", f"</w:t></w:r>{closing}{page}{opening}{resumed}")
    return text


def _paragraph_break(xml: str, end: int) -> tuple[str, str]:
    """What ends the paragraph open at `end`, and what begins one with the same look: a hyperlink or a
    content control around the run is closed and opened again."""
    start = open_paragraph(xml, end)
    match = _PARAGRAPH_LOOK.match(xml, start) if start >= 0 else None
    look = _NOT_COPIED.sub("", match[1] or "") if match else ""
    open_tags: list[tuple[str, str]] = []
    for tag in _TAG.finditer(xml, match.end() if match else end, end):
        if tag[4]:
            continue
        if tag[1]:
            del open_tags[-1:]
        else:
            open_tags.append((tag[2], tag[0]))
    around = [tag for tag in open_tags if tag[0] != "w:r"]
    closing = "".join(f"</{name}>" for name, _ in reversed(around)) + "</w:p>"
    return closing, f"<w:p>{look}" + "".join(tag for _, tag in around)
