"""The short way for text that needs no Markdown reader: paragraphs, flat « - » lists, simple **bold**.

It gives exactly what markdown.py would (a property test says so), or None when the text needs the long way.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ctgdocs.composing.inline import typeset
from ctgdocs.composing.placeholders import substitute
from ctgdocs.french import Profil, typographie
from ctgdocs.stages import Block, ListBlock, Paragraph, Prose, Run

_NEEDS_A_READER = re.compile(
    r"[_`\[\]<|\\\t\r]"  # emphasis, code, links, tables, escapes
    r"|^[ ]*(?:\#|>|[+*](?:\s|$)|\d{1,9}[.)](?:\s|$)|~~~|-(?:\s*$|\ \ )|[ ]+-\ |={2,}|-{2,})"  # other blocks
    r"|^-[ ](?:[-+*](?:\s|$)|\#|>|~~~|\d{1,9}[.)](?:\s|$))"  # a block that opens an item
    r"|[ ]{2}$",  # hard line breaks
    re.MULTILINE,
)
_BOLD = re.compile(r"\*\*(\w(?:[^*\n]*\w)?)\*\*(?!\*)")


def read(text: str, profil: Profil, words: Mapping[str, str]) -> Prose | None:
    if _NEEDS_A_READER.search(text) or not _bold_is_simple(text):
        return None
    blocks: list[Block] = []
    items: list[tuple[Block, ...]] | None = None
    lines: list[str] = []
    in_item = False

    def close() -> None:
        nonlocal items
        if not lines:
            return
        paragraph = _paragraph(" ".join(lines), profil, words)
        lines.clear()
        if in_item and items is not None:
            items.append((paragraph,))
        else:
            blocks.append(paragraph)

    def close_list() -> None:
        nonlocal items
        if items:
            blocks.append(ListBlock(tuple(items)))
        items = None

    for line in text.split("\n"):
        stripped = line.strip(" ")
        if not stripped:
            close()
        elif line.startswith("- "):
            close()
            items, in_item = [] if items is None else items, True
            lines.append(stripped[2:])
        elif lines:
            lines.append(stripped)
        elif items is not None and line.startswith(" "):
            return None  # a further paragraph of an item
        else:
            close_list()
            in_item = False
            lines.append(stripped)
    close()
    close_list()
    return Prose(tuple(blocks))


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
