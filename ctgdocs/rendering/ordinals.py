"""« 1er », « 2e », « XXIe »: the letters of an ordinal are raised, by the character style « Exposant ».

Two ways to the same result. `superscript` reads a whole part. For speed, `mark` puts two private characters
around the letters of a value when it is printed (each value is looked at once, then remembered), and `raised`
turns the marks of a rendered part into runs. The text stays the same, letter for letter.
Source of the forms: Lexique des règles typographiques en usage à l'Imprimerie nationale (domain rule T7).
"""

from __future__ import annotations

import re
from functools import lru_cache

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
