"""The pages of a document as a run would make it now, as pictures; kept while it says the same."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

from ctgdocs.content.library import Document
from ctgdocs.page.opened import Opened
from ctgdocs.pdf import Layout, Written, can_be_quick, page_count, picture, quick_pdf, written

MOST = 8
"""Laid out documents kept in memory."""


class Laid(NamedTuple):
    """A document laid out: its pages as a PDF, how many, whether LibreOffice did it; the words they say."""

    key: str
    pdf: bytes
    pages: int
    exact: bool
    words: Sequence[Written]


class Previews:
    """What was laid out, by what it was made from."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._layout = Layout()
        self._laid: dict[str, Laid] = {}

    def lay(self, opened: Opened, document: Document, *, quick: bool) -> Laid | None:
        """The pages of a document now; None when it cannot be made, or when nothing here lays pages out.
        `quick`: at once, unless the exact pages are known."""
        data = opened.made(document).data
        if data is None:
            return None
        digest = sha256(data).hexdigest()[:16]
        return self.of(data, digest, quick=quick)

    def of(self, word: bytes, digest: str, *, quick: bool) -> Laid | None:
        """The pages of a Word file."""
        exact = self._known(f"{digest}e")
        if exact is not None:
            return exact
        if can_be_quick() and (quick or not self._layout.exact):
            return self._known(f"{digest}v") or self._keep(f"{digest}v", quick_pdf(word), exact=False)
        return self._keep(f"{digest}e", self._layout.pdf(word), exact=True) if self._layout.exact else None

    def page(self, key: str, number: int) -> bytes | None:
        """A page (from 1) of what was laid out, as PNG."""
        laid = self._known(key)
        return picture(laid.pdf, number - 1) if laid is not None and 0 < number <= laid.pages else None

    def seen(self, key: str, now: Laid) -> Laid | None:
        """What a screen showed under a key, laid out the same way as it is now; None when it is forgotten."""
        return self._known(f"{key[:-1]}{now.key[-1]}") if key[:-1] != now.key[:-1] else None

    @property
    def exact(self) -> bool:
        return self._layout.exact

    def _known(self, key: str) -> Laid | None:
        with self._lock:
            return self._laid.get(key)

    def _keep(self, key: str, pdf: bytes | None, *, exact: bool) -> Laid | None:
        pages = page_count(pdf) if pdf else 0
        if pdf is None or not pages:
            return None
        laid = Laid(key, pdf, pages, exact, written(pdf))
        with self._lock:
            while len(self._laid) >= MOST:
                del self._laid[next(iter(self._laid))]
            self._laid[key] = laid
        return laid
