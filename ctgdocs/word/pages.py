"""What only a laid out page tells: the page numbers of a table of contents, filled in afterwards; and what
other programs would show otherwise than Word, settled for them beforehand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import TYPE_CHECKING, Final, NamedTuple

from ctgdocs.word.fingerprint import mark_of, marked
from ctgdocs.word.names import W_NS
from ctgdocs.word.package import Archive, Member, read_members

if TYPE_CHECKING:
    from lxml import etree

_BODY, _STYLES = "word/document.xml", "word/styles.xml"
_BLANK = re.compile(
    r'(PAGEREF (\w+) \\h </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>)'
    r'(?=<w:r><w:fldChar w:fldCharType="end"/>)'
)
_STARTS_AGAIN = re.compile(r"<w:pgNumType\b[^>]*\bw:start=")


def numbered(document: bytes, pages: Mapping[str, int]) -> bytes:
    """The same document, its blank page numbers filled in: `pages` gives the page of each bookmark, counted
    from the first. Untouched when it is not as this program made it, or when its pages are counted otherwise.
    Raises TemplateError when it is no Word file."""
    mark = mark_of(document)
    if mark is None or not mark.intact:
        return document
    members = read_members(document)
    body = members[_BODY].part().decode("utf-8") if _BODY in members else ""
    filled = _BLANK.sub(lambda found: found[1] + _shown(pages.get(found[2])), body)
    if filled == body or _STARTS_AGAIN.search(body):
        return document
    return marked(Archive(members).write({_BODY: filled.encode()}), mark)


_RUN = r"<w:r(?: [^>]*)?>(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?"
_LOWER = re.compile(
    rf'{_RUN}<w:fldChar w:fldCharType="begin"[^>]*/></w:r>'
    rf"{_RUN}<w:instrText[^>]*>\s*(?:REF )?(\w+) [^<]*\\\* Lower[^<]*</w:instrText></w:r>"
    rf'{_RUN}<w:fldChar w:fldCharType="separate"/></w:r>'
    rf'((?:(?!<w:fldChar).)*?){_RUN}<w:fldChar w:fldCharType="end"/></w:r>',
    re.DOTALL,
)


class Unsaid(NamedTuple):
    """Alternative texts that LibreOffice keeps from who cannot see: that of the watermark, "" for none, and
    those of the charts, in reading order."""

    watermark: str = ""
    charts: tuple[str, ...] = ()


class Settled(NamedTuple):
    """A Word file as LibreOffice is given it. `unnumbered`: it has a table of contents, whose page numbers
    the pages will tell."""

    word: bytes
    unnumbered: bool = False
    unsaid: Unsaid = Unsaid()


def without(document: bytes, *sides: str) -> bytes:
    """The document without its headers (`header`), its footers (`footer`), or both."""
    members = read_members(document)
    bare = re.sub(rf"<w:(?:{'|'.join(sides)})Reference\b[^>]*/>".encode(), b"", members[_BODY].part())
    return Archive(members).write({_BODY: bare})


def for_libreoffice(document: bytes) -> Settled:
    """The document, « l’article 2 » in it a link: LibreOffice shows the words of such a field, and leads
    nowhere; and no heading where LibreOffice would leave it alone. Raises TemplateError when it is no Word
    file."""
    members = read_members(document)
    if _BODY not in members:
        return Settled(document)
    body = members[_BODY].part()
    told = body.decode("utf-8")
    settled = _LOWER.sub(r'<w:hyperlink w:anchor="\1">\2</w:hyperlink>', told).encode()
    if _STYLES in members:
        settled = _kept_together(settled, members[_STYLES].part())
    word = document if settled == body else Archive(members).write({_BODY: settled})
    return Settled(word, "PAGEREF " in told, _unsaid(told, members))


_CHART = 'uri="http://schemas.openxmlformats.org/drawingml/2006/chart"'
_DESCRIBED = re.compile(r'^[^<>]*\bdescr="([^"]*)"')
_BEHIND = re.compile(r'alt="(Filigrane[^"]+)"')


def _unsaid(body: str, members: Mapping[str, Member]) -> Unsaid:
    heads = [one.part().decode("utf-8") for name, one in members.items() if name.startswith("word/header")]
    found = next((one for one in map(_BEHIND.search, heads) if one), None)
    drawings = [one for one in body.split("<wp:docPr ")[1:] if _CHART in one]
    said = tuple(unescape(one[1]) if one else "" for one in map(_DESCRIBED.search, drawings))
    return Unsaid(unescape(found[1]) if found else "", said)


_GUESSED: Final = 25
"""Before it lays any page out, LibreOffice begins the second one after so many paragraphs; a heading that is
the last of these, and does end the page, stands there alone."""
_HIDDEN: Final = (
    f'<w:p xmlns:w="{W_NS}"><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    "<w:rPr><w:vanish/></w:rPr></w:pPr></w:p>"
).encode()


def _kept_together(body: bytes, styles: bytes) -> bytes:
    """The body, hidden paragraphs in it before those that are to stay together where LibreOffice guesses the
    end of its first page: it begins the second with them."""
    from ctgdocs.word.parts import parse, serialize, w

    root, known = parse(body), {one.get(w("styleId"), ""): one for one in parse(styles).iter(w("style"))}
    blocks = [one for one in root.iterfind(f"{w('body')}/*") if one.tag in (w("p"), w("tbl"))]
    page, lines = [], 0
    for block in blocks:
        rows = block.findall(w("tr"))
        if not rows and block.find(f"{w('pPr')}/{w('sectPr')}") is not None and block.find(w("r")) is None:
            continue
        if lines >= _GUESSED:
            break
        page.append((block, lines))
        lines += len(rows) or 1
    first, above = None, lines
    while lines == _GUESSED and page and _stays(page[-1][0], known):
        first, above = page.pop()
    if first is None or not above:
        return body
    for _ in range(_GUESSED - above):
        first.addprevious(parse(_HIDDEN))
    return serialize(root)


def _stays(block: etree._Element, known: Mapping[str, etree._Element]) -> bool:
    """Whether a paragraph, or the last row of a table, is to stay with the next: it says so, or its style."""
    from ctgdocs.word.parts import is_on, lineage, val, w

    node = next((block.findall(w("tr")) or [block])[-1].iter(w("p")), None)
    holders = () if node is None else (node, *lineage(known, val(node, "pPr", "pStyle")))
    told = (one.find(w("pPr")) for one in holders)
    said = (one for one in told if one is not None and one.find(w("keepNext")) is not None)
    return is_on(next(said, None), "keepNext")


_CONTROL = re.compile(r"</?w:sdt(?:Content)?>|<w:sdt(?:End)?Pr(?:/>|>.*?</w:sdt(?:End)?Pr>)", re.DOTALL)


def for_dxpdf(document: bytes) -> bytes:
    """The document, its content controls taken away and what they hold left in place: dxpdf shows nothing of
    it. Raises TemplateError when it is no Word file."""
    members = read_members(document)
    parts = {name: member.part() for name, member in members.items() if name.startswith("word/")}
    told = {name: part.decode("utf-8") for name, part in parts.items() if b"<w:sdt>" in part}
    settled = {name: _CONTROL.sub("", part).encode() for name, part in told.items()}
    return Archive(members).write(settled, level=1) if settled else document


def _shown(page: int | None) -> str:
    return "" if page is None else f"<w:r><w:t>{page}</w:t></w:r>"
