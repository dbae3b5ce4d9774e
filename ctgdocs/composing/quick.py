"""The short way for text that needs no Markdown reader: paragraphs, flat lists, simple **bold**.

It gives exactly what markdown.py would (a property test says so), or None when the text needs the long way.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ctgdocs.composing.inline import substitute, typeset
from ctgdocs.french import Profil, typographie
from ctgdocs.prose import Block, ListBlock, Paragraph, Prose, Run

_NEEDS_A_READER = re.compile(
    r"[`\[\]<|\\\t\r]|(?<![^\W_])_|_(?![^\W_])"  # code, links, tables, escapes, emphasis around a word
    r"|^[ ]*(?:\#|>|[+*](?:\s|$)|\d{1,9}(?:\)(?:\s|$)|\.(?:\s*$|\ \ ))|~~~|-(?:\s*$|\ \ )|={2,}|-{2,})"
    r"|^[ ]+(?:-|\d{1,9}\.)\ "  # other blocks, lists inside lists
    r"|^(?:-|\d{1,9}\.)[ ](?:[-+*](?:\s|$)|\#|>|~~~|\d{1,9}[.)](?:\s|$))"  # a block that opens an item
    r"|[ ]{2}$",  # hard line breaks
    re.MULTILINE,
)
_ITEM = re.compile(r"(?:-|(\d{1,9})\.) (?=\S)")
_BOLD = re.compile(r"\*\*(\w(?:[^*\n]*\w)?)\*\*(?!\*)")


def read(text: str, profil: Profil, words: Mapping[str, str]) -> Prose | None:
    if _NEEDS_A_READER.search(text) or not _bold_is_simple(text):
        return None
    page = _Page(profil, words)
    for line in text.split("\n"):
        if not page.take(line):
            return None
    return page.finish()


class _Page:
    """The blocks of one text, line after line."""

    def __init__(self, profil: Profil, words: Mapping[str, str]) -> None:
        self.profil, self.words = profil, words
        self.blocks: list[Block] = []
        self.items: list[tuple[Block, ...]] = []
        self.start: int | None = None  # the first number of the open list, None for bullets
        self.in_list = self.in_item = False
        self.lines: list[str] = []

    def take(self, line: str) -> bool:
        """False when this line needs the long way."""
        stripped = line.strip(" ")
        if not stripped:
            self._close_paragraph()
        elif (mark := _ITEM.match(line)) and self._opens(mark[1]):
            self._close_paragraph()
            self._open_item(mark[1])
            self.lines.append(line[mark.end() :].strip(" "))
        elif self.lines:
            self.lines.append(stripped)
        elif self.in_list and line.startswith(" "):
            return False  # a further paragraph of an item
        else:
            self._close_list()
            self.lines.append(stripped)
        return True

    def finish(self) -> Prose:
        self._close_paragraph()
        self._close_list()
        return Prose(tuple(self.blocks))

    def _opens(self, number: str | None) -> bool:
        """A number other than 1 inside a paragraph is a number at the start of a line, not a list."""
        return number is None or number == "1" or self.in_item or not self.lines

    def _open_item(self, number: str | None) -> None:
        if self.in_list and (number is None) != (self.start is None):
            self._close_list()
        if not self.in_list:
            self.in_list, self.start = True, None if number is None else int(number)
        self.in_item = True

    def _close_paragraph(self) -> None:
        if not self.lines:
            return
        paragraph = _paragraph(" ".join(self.lines), self.profil, self.words)
        self.lines.clear()
        if self.in_item:
            self.items.append((paragraph,))
        else:
            self.blocks.append(paragraph)

    def _close_list(self) -> None:
        if self.in_list:
            ordered = self.start is not None
            self.blocks.append(ListBlock(tuple(self.items), ordered, 1 if self.start is None else self.start))
        self.items = []
        self.in_list = self.in_item = False


def _bold_is_simple(text: str) -> bool:
    stars = text.count("*")
    return not stars or stars == 4 * len(_BOLD.findall(text))


def _paragraph(text: str, profil: Profil, words: Mapping[str, str]) -> Paragraph:
    if "*" not in text:
        if text.startswith("{tableau:"):
            return Paragraph((Run(text),))
        return Paragraph((Run(typographie(substitute(text, words), profil)),))
    runs = [
        Run(substitute(piece, words), bold=index % 2 == 1)
        for index, piece in enumerate(_BOLD.split(text))
        if piece
    ]
    return Paragraph(typeset(runs, [False] * len(runs), profil))
