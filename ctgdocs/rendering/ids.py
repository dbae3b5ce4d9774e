"""Numbers that Word wants once in a whole file: pictures and bookmarks, put right when a template is read.

Word itself writes the same numbers in the body and in the headers. The body keeps its own (its pictures are
numbered again in each document); those of another part move away when they are taken.
"""

from __future__ import annotations

import re

from ctgdocs.rendering.package import Package

_PICTURE = re.compile(rb'(<wp:docPr\b[^>]*?\bid=")(\d+)(")')
_BOOKMARK = re.compile(rb'(<w:bookmark(?:Start|End)\b[^>]*?\bw:id=")(\d+)(")')
_APART = 100_000


def with_own_ids(package: Package, main: str) -> Package:
    """The package, the numbers of its headers, footers and notes unlike those of any other part."""
    parts = [name for name in package if name.startswith("word/") and name.endswith(".xml") and name != main]
    own = dict(package)
    for pattern in (_PICTURE, _BOOKMARK):
        taken = {int(match[2]) for match in pattern.finditer(package.get(main, b""))}
        for index, name in enumerate(parts, start=1):
            ids = {int(match[2]) for match in pattern.finditer(own[name])}
            if ids & taken:
                own[name] = _moved(own[name], pattern, index * _APART)
                ids = {id + index * _APART for id in ids}
            taken |= ids
    return own


def _moved(part: bytes, pattern: re.Pattern[bytes], by: int) -> bytes:
    return pattern.sub(lambda match: match[1] + str(int(match[2]) + by).encode() + match[3], part)
