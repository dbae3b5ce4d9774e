"""Files that stand beside the content: the sheets and the pictures that it cites."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable

LARGEST = 20_000_000
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//")


def places_of(source: str, name: str) -> list[str]:
    """Where a file cited by the content file `source` may be, the likeliest first: in its folder, then from
    the workspace's root. Nowhere for an address, or what is out of content/."""
    if posixpath.isabs(name) or "\\" in name or _ADDRESS.match(name):
        return []
    beside = posixpath.normpath(posixpath.join(posixpath.dirname(source), name))
    places = dict.fromkeys((beside, posixpath.normpath(name)))
    return [place for place in places if place.startswith("content/")]


def found(places: list[str], reader: object) -> tuple[str, bytes] | None:
    """The first of these files that is there: its path and its bytes. The reader remembers it."""
    attachment: Callable[[str], bytes | None] | None = getattr(reader, "attachment", None)
    if attachment is not None:
        for place in places:
            if (data := attachment(place)) is not None:
                return place, data
    return None
