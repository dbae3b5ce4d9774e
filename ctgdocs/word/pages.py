"""The page numbers of a table of contents, written once the pages have been laid out."""

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


def _shown(page: int | None) -> str:
    return "" if page is None else f"<w:r><w:t>{page}</w:t></w:r>"
