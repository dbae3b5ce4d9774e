"""What only a laid out page tells: the page numbers of a table of contents, filled in afterwards; and what
other programs would show otherwise than Word, settled for them beforehand."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ctgdocs.word.fingerprint import mark_of, marked
from ctgdocs.word.package import Archive, read_members

_BODY = "word/document.xml"
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


def for_libreoffice(document: bytes) -> bytes:
    """The document, « l’article 2 » in it a link: LibreOffice shows the words of such a field, and leads
    nowhere. Raises TemplateError when it is no Word file."""
    members = read_members(document)
    body = members[_BODY].part().decode("utf-8") if _BODY in members else ""
    settled = _LOWER.sub(r'<w:hyperlink w:anchor="\1">\2</w:hyperlink>', body)
    return document if settled == body else Archive(members).write({_BODY: settled.encode()})


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
