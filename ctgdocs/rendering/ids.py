"""Numbers and names that Word wants once in a whole file: pictures and bookmarks of a template, put right.

Word itself writes the same numbers in the body and in the headers. The body keeps its own (its pictures are
numbered again in each document); those of another part move away when they are taken. A bookmark that a
template holds twice (copied with its text, by LibreOffice most often) keeps its name where it comes first.
"""

from __future__ import annotations

import re

from ctgdocs.rendering.fixups import renumber_bookmarks, suffixed
from ctgdocs.rendering.package import Package

_PICTURE = re.compile(rb'(<wp:docPr\b[^>]*?\bid=")(\d+)(")')
_BOOKMARK = re.compile(rb'(<w:bookmark(?:Start|End)\b[^>]*?\bw:id=")(\d+)(")')
_NAME = re.compile(r'(<w:bookmarkStart\b[^>]*?\bw:name=")([^"]*)(")')
_START_ID = re.compile(r'<w:bookmarkStart\b[^>]*?\bw:id="([^"]*)"')
_FALLBACK = re.compile(r"<mc:Fallback\b.*?</mc:Fallback>", re.DOTALL)
_APART = 100_000


def with_own_ids(package: Package, main: str) -> Package:
    """The package, the numbers of its headers, footers and notes unlike those of any other part."""
    parts = [name for name in package if name.startswith("word/") and name.endswith(".xml") and name != main]
    own = dict(package)
    _name_bookmarks_once(own, [main, *parts])
    for pattern in (_PICTURE, _BOOKMARK):
        taken = {int(match[2]) for match in pattern.finditer(own.get(main, b""))}
        for index, name in enumerate(parts, start=1):
            ids = {int(match[2]) for match in pattern.finditer(own[name])}
            if ids & taken:
                own[name] = _moved(own[name], pattern, index * _APART)
                ids = {id + index * _APART for id in ids}
            taken |= ids
    return own


def _moved(part: bytes, pattern: re.Pattern[bytes], by: int) -> bytes:
    return pattern.sub(lambda match: match[1] + str(int(match[2]) + by).encode() + match[3], part)


def _name_bookmarks_once(package: Package, parts: list[str]) -> None:
    """Gives their own name and number to bookmarks that a part repeats, or shares with another."""
    taken: dict[str, int] = {}
    for part in parts:
        if b"<w:bookmarkStart" not in package.get(part, b""):
            continue
        xml = package[part].decode("utf-8")
        shown = _FALLBACK.sub("", xml)
        names, ids = [match[2] for match in _NAME.finditer(shown)], _START_ID.findall(shown)
        if len(set(names)) < len(names) or len(set(ids)) < len(ids):
            xml = renumber_bookmarks(xml)
        if not taken.keys().isdisjoint(names):
            xml = _NAME.sub(lambda match: f"{match[1]}{_free(match[2], taken)}{match[3]}", xml)
        if xml.encode() != package[part]:
            package[part] = xml.encode()
        for name in names:
            taken[name] = taken.get(name, 0) + 1


def _free(name: str, taken: dict[str, int]) -> str:
    return suffixed(name, taken[name] + 1) if name in taken else name
