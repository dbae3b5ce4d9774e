"""Telling a comparison that nobody touched from a file that is somebody's: without remembering anything."""

from __future__ import annotations

import hashlib
import re

_SEAL = re.compile(rb"<!-- ctgdocs comparer ([0-9a-f]{64}) -->\n$")


def sealed(page: str) -> bytes:
    """An HTML page that ends with a digest of itself."""
    data = page.encode()
    return data + f"<!-- ctgdocs comparer {hashlib.sha256(data).hexdigest()} -->\n".encode()


def is_ours(data: bytes) -> bool:
    """True for a page whose seal holds, and for a Word file with tracked changes whose bytes are those this
    program writes: Word, when it saves, writes others."""
    seal = _SEAL.search(data)
    if seal:
        return hashlib.sha256(data[: seal.start()]).hexdigest().encode() == seal[1]
    from ctgdocs.redline import is_untouched

    return data.startswith(b"PK") and is_untouched(data)
