"""Telling a comparison that nobody touched from a file that is somebody's: it says so itself."""

from __future__ import annotations

import hashlib
import re

ORIGIN = "comparaison"
"""What a Word file of tracked changes says it comes from."""
_SEAL = re.compile(rb"<!-- ctgdocs comparer ([0-9a-f]{64}) -->\n$")


def sealed(page: str) -> bytes:
    """An HTML page that ends with a digest of itself."""
    data = page.encode()
    return data + f"<!-- ctgdocs comparer {hashlib.sha256(data).hexdigest()} -->\n".encode()


def is_ours(data: bytes) -> bool:
    """True for a page whose seal holds, and for a Word file that says itself that it is a comparison and that
    nobody has saved since."""
    seal = _SEAL.search(data)
    if seal:
        return hashlib.sha256(data[: seal.start()]).hexdigest().encode() == seal[1]
    from ctgdocs.word import mark_of

    mark = mark_of(data)
    return mark is not None and mark.intact and mark.origin == ORIGIN
