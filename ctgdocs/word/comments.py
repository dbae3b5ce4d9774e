"""The comments of a Word file: who says what, about which words, and whether it was answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from ctgdocs.word.package import read
from ctgdocs.word.parts import main_part, one, parse, w
from ctgdocs.word.passage import Comment
from ctgdocs.word.walk import paragraphs_of

_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_OFF = ("0", "false", "off")


def comments(document: bytes) -> list[Comment]:
    """The comments that nobody has closed, in the order of the page. Raises TemplateError for what is no Word
    file."""
    package = read(document)
    part = one(package, "comments")
    if not part:
        return []
    closed = set(_closed(package))
    said = {
        node.get(w("id"), ""): node
        for node in parse(package[part], part).iterchildren(w("comment"))
        if not closed & {paragraph.get(f"{_W14}paraId", "") for paragraph in node.iter(w("p"))}
    }
    return list(_placed(package, said))


def _closed(package: Mapping[str, bytes]) -> Iterator[str]:
    """The paragraphs of the comments that are marked as done."""
    part = one(package, "commentsExtended")
    for node in parse(package[part], part) if part else ():
        if node.get(f"{_W15}done", "0") not in _OFF:
            yield node.get(f"{_W15}paraId", "")


def _placed(package: Mapping[str, bytes], said: Mapping[str, etree._Element]) -> Iterator[Comment]:
    places = {
        mark.get(w("id"), ""): paragraph
        for paragraph in paragraphs_of(package, body=True)
        for mark in paragraph.element.iter(w("commentReference"))
    }
    for id, paragraph in places.items():
        if id in said:
            yield Comment(_author(said[id]), _words(said[id]), paragraph.place, paragraph.text)
    for id in said.keys() - places.keys():
        yield Comment(_author(said[id]), _words(said[id]), main_part(package), "")


def _author(comment: etree._Element) -> str:
    return " ".join(comment.get(w("author"), "").split())


def _words(comment: etree._Element) -> str:
    return " ".join("".join(node.text or "" for node in comment.iter(w("t"))).split())
