"""What is read in a Word file, as plain values: who only looks at them needs no XML parser. A paragraph as a
person reads it, with the looks an author gave its words (seen.py); and all that the file tells (teller.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

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


@dataclass(frozen=True, slots=True)
class Told:
    """One paragraph. `style`: the name of its style; `level`: its depth in a list, -1 outside of one;
    `number`: what Word prints before it (« Article 3 : », « • »); `bold`, `struck`: all of its text is;
    `large`: it is written in letters of a title; `centred`."""

    text: str
    style: str = ""
    level: int = -1
    number: str = ""
    bold: bool = False
    struck: bool = False
    large: bool = False
    centred: bool = False

    @property
    def bulleted(self) -> bool:
        return self.number == "•"


@dataclass(frozen=True, slots=True)
class ToldCell:
    """What a cell holds; `span`: the columns it covers; `continues`: it is merged with the one above."""

    blocks: tuple[ToldBlock, ...]
    span: int = 1
    continues: bool = False


@dataclass(frozen=True, slots=True)
class ToldTable:
    """The rows of a table; `heads`: how many are repeated at the top of each page."""

    rows: tuple[tuple[ToldCell, ...], ...]
    heads: int = 0


ToldBlock: TypeAlias = Told | ToldTable


@dataclass(slots=True)
class ToldFile:
    """A whole file: its body, its notes by the label that calls them, its headers and footers with their
    French names; how many pictures it shows, passages it strikes, hides or had changed."""

    body: tuple[ToldBlock, ...] = ()
    notes: dict[str, str] = field(default_factory=dict)
    around: list[tuple[str, str]] = field(default_factory=list)
    pictures: int = 0
    struck: int = 0
    hidden: int = 0
    revised: int = 0
