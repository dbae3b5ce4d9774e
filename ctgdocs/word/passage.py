"""A paragraph as a person reads it: its words, and the looks an author gave them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from ctgdocs.word.walk import Cell


_LISTED: Final = re.compile(r"(?:toc|contents|table of (?:figures|authorities)) ?\d*$", re.IGNORECASE)


class Look(NamedTuple):
    """What an author gives words beside their style."""

    bold: bool = False
    italic: bool = False
    href: str = ""


PLAIN: Final = Look()
Dress = tuple[tuple[str, str], ...]
"""The font, size, colour… given by hand to some words, or to the paragraph (« alignement », « style »)."""


class Anchor(NamedTuple):
    """What bears the id of a field, a bookmark or a content control, and the characters it stands around."""

    id: str
    start: int
    end: int


class Passage(NamedTuple):
    """A paragraph as read. `looks`: from which character on each look holds; `level`: its depth in a list, -1
    out of one; `anchors`: where its bookmarks and content controls name fields; `dresses`: from which
    character on each dress holds."""

    part: str
    place: str
    text: str
    looks: tuple[tuple[int, Look], ...] = ()
    style: str = ""
    level: int = -1
    within: Cell | None = None
    anchors: tuple[Anchor, ...] = ()
    dresses: tuple[tuple[int, Dress], ...] = ()

    @property
    def listed(self) -> bool:
        """Whether it is a line of a table of contents, which whoever opens the file computes again."""
        return _LISTED.match(self.style) is not None

    @property
    def carriers(self) -> set[str]:
        """The ids of the fields that it bears."""
        return {one.id for one in self.anchors}

    def look_at(self, at: int) -> Look:
        """The look of the character at `at`."""
        found = PLAIN
        for start, look in self.looks:
            if start > at:
                break
            found = look
        return found

    def dress_at(self, at: int) -> Dress:
        """The dress of the character at `at`."""
        return next((dress for start, dress in reversed(self.dresses) if start <= at), ())


class Comment(NamedTuple):
    """What someone says beside the page: its author, its words, the place and the text of its paragraph."""

    author: str
    text: str
    place: str
    about: str
