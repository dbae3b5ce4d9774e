r"""Line breaks in values: `\n` a line, `\t` a tab, `\a` a paragraph, `\f` a page, with the look around.

What docxtpl does in `resolve_listing`, only where such a character stands.
"""

from __future__ import annotations

import re
from functools import lru_cache

# --- « 1er », « 2e », « XXIe »: the letters of an ordinal are raised, by the character style « Exposant »


OPEN, CLOSE = "\uf5d0", "\uf5d1"  # private use: no font has them, no text should

_ROMAN = r"(?=[IVXL]{2})(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
_ORDINAL = re.compile(
    r"(?<![\w#@&=:/.,+\-\\])"
    r"(?:(?P<one>1|I)(?P<first>ers?|res?)"
    r"|(?P<two>2)(?P<second>des?|ds?)"
    rf"|(?P<many>[02-9]|\d{{2,3}}|{_ROMAN})(?P<nth>es?)"
    r"|(?P<alone>[VX])(?P<century>e)(?=\s(?:République|siècle|arrondissement|plan)))"
    r"(?![\w@=#/\\]|[-.,:]\w)"
)
_PERHAPS = re.compile("[0-9IVXL](?:er|re|e|d)")
_TEXT = re.compile(r"(<w:t(?: [^>]*)?>)([^<{]*[0-9IVXL](?:er|re|e|d)[^<{]*)(?=</w:t>)")
_AFTER_VERTICAL = re.compile(r"<w:(?:rtl|cs|em|lang|eastAsianLayout|specVanish|oMath)\b|</w:rPr>")


def mark(text: str) -> str:
    """`text` with the letters of its ordinals between `OPEN` and `CLOSE`.

    >>> mark("le 1er mars, 8e4f, 2026-3e").replace(OPEN, "[").replace(CLOSE, "]")
    'le 1[er] mars, 8e4f, 2026-3e'
    """
    return _ORDINAL.sub(_marked, text) if _PERHAPS.search(text) else text


def _marked(match: re.Match[str]) -> str:
    letters = match["first"] or match["second"] or match["nth"] or match["century"]
    return f"{match[0][: -len(letters)]}{OPEN}{letters}{CLOSE}"


def superscript(xml: str, style_id: str) -> str:
    """A part's XML with every ordinal raised; text that holds a tag is left for when it is rendered."""
    if not _PERHAPS.search(xml):
        return xml
    return raised(_TEXT.sub(lambda found: found[1] + mark(found[2]), xml), style_id)


def raised(xml: str, style_id: str) -> str:
    """A part's XML with the marks turned into runs of this style; a mark outside text disappears."""
    start = xml.find(OPEN)
    if start < 0:
        return xml
    out: list[str] = []
    done = 0
    while start >= 0:
        end = xml.find(CLOSE, start)
        if end < 0:
            break
        letters = xml[start + 1 : end]
        out.append(xml[done:start])
        done = end + 1
        properties = _run_properties(xml, start)
        if properties is None or "<" in letters:
            out.append(letters)
        else:
            out.append(f"</w:t></w:r><w:r>{_with_style(properties, style_id)}<w:t>{letters}</w:t></w:r>")
            if xml.startswith("</w:t></w:r>", done):
                done += len("</w:t></w:r>")
            else:
                out.append(f'<w:r>{properties}<w:t xml:space="preserve">')
        start = xml.find(OPEN, done)
    out.append(xml[done:])
    return "".join(out)


def _run_properties(xml: str, position: int) -> str | None:
    """The `w:rPr` of the run whose text holds `position`; None when it is not in a run's text."""
    tag = xml.rfind("<", 0, position)
    if not xml.startswith(("<w:t>", "<w:t "), tag) or xml.find(">", tag, position) < 0:
        return None
    run = max(xml.rfind("<w:r>", 0, tag), xml.rfind("<w:r ", 0, tag))
    if run < 0:
        return None
    begin = xml.index(">", run) + 1
    if not xml.startswith("<w:rPr>", begin):
        return ""
    return xml[begin : xml.index("</w:rPr>", begin) + len("</w:rPr>")]


@lru_cache(maxsize=256)
def _with_style(properties: str, style_id: str) -> str:
    """The run's own look, raised: by the named style when the run has none, else by the property itself."""
    if "<w:rStyle " not in properties:
        inner = properties.removeprefix("<w:rPr>") or "</w:rPr>"
        return f'<w:rPr><w:rStyle w:val="{style_id}"/>{inner}'
    if "<w:vertAlign " in properties or f'<w:rStyle w:val="{style_id}"' in properties:
        return properties
    place = _AFTER_VERTICAL.search(properties)
    at = place.start() if place else len(properties)
    return f'{properties[:at]}<w:vertAlign w:val="superscript"/>{properties[at:]}'


# --- What someone must still write, `[à compléter : …]`, stands out in the document: a named character style


PLACEHOLDER = re.compile(r"\[\s*[àÀa]\s+compl[ée]ter\b[^\]<]*\]", re.IGNORECASE)
_RUN = re.compile(
    r"(?P<open><w:r(?: [^>]*)?>)(?P<look><w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?"
    r"<w:t(?: [^>]*)?>(?P<text>[^<]*)</w:t></w:r>"
)
_SPACED = '<w:t xml:space="preserve">'


def highlighted(xml: str, style_id: str) -> str:
    """The part's XML with each placeholder in a run of this style; one split over several runs (bold inside
    it, a line break) stays as it is."""
    if not PLACEHOLDER.search(xml):
        return xml

    def split(run: re.Match[str]) -> str:
        text, look = run["text"], run["look"] or ""
        if not PLACEHOLDER.search(text):
            return run[0]
        marked = _in_style(look, style_id)
        out: list[str] = []
        done = 0
        for found in PLACEHOLDER.finditer(text):
            if found.start() > done:
                out.append(f"{run['open']}{look}{_SPACED}{text[done : found.start()]}</w:t></w:r>")
            out.append(f"{run['open']}{marked}{_SPACED}{found[0]}</w:t></w:r>")
            done = found.end()
        if done < len(text):
            out.append(f"{run['open']}{look}{_SPACED}{text[done:]}</w:t></w:r>")
        return "".join(out)

    return _RUN.sub(split, xml)


def _in_style(look: str, style_id: str) -> str:
    """The look of a run, in this character style instead of its own; direct formatting stays."""
    inner = re.sub(r"<w:rStyle [^>]*/>", "", look.removeprefix("<w:rPr>").removesuffix("</w:rPr>"))
    return f'<w:rPr><w:rStyle w:val="{style_id}"/>{inner}</w:rPr>'


_BREAKS = "\n\t\a\f"
_RUN_LOOK = re.compile(r"<w:r(?: [^>]*)?>(<w:rPr>.*?</w:rPr>)?", re.DOTALL)
_PARAGRAPH_LOOK = re.compile(r"<w:p(?: [^>]*)?>(<w:pPr>.*?</w:pPr>(?:</w:pPrChange></w:pPr>)?)?", re.DOTALL)
_PARAGRAPH_EDGE = re.compile(r"<w:p>|<w:p [^>]*(?<!/)>|</w:p>")
_NOT_COPIED = re.compile(
    r"<w:sectPr.*?</w:sectPr>|<w:pPrChange.*?</w:pPrChange>|<w:rPrChange.*?</w:rPrChange>", re.DOTALL
)
_ENDS_SECTION = re.compile(
    r"<w:p(?: [^>]*)?><w:pPr>(?:(?!</w:pPr>).)*?(?P<section><w:sectPr(?: [^>]*)?>.*?</w:sectPr>)</w:pPr>"
    r"(?:(?!<w:p[ >]|</w:p>).)*</w:p>",
    re.DOTALL,
)
_TAG = re.compile(r"<(/?)([\w:]+)([^>]*?)(/?)>")


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
        if closed < 0:
            break  # no text follows
        if opened < 0 or xml.find("</w:t>", opened, at) >= 0:
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
