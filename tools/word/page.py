"""A template, as its builder declares it, and the Word file that it becomes."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tools.word.heads import address_foot, house_head, plain_head, running_head
from tools.word.lists import numbering
from tools.word.logos import IMAGES
from tools.word.looks import SOBRE, Look, fonts, theme
from tools.word.package import WordFile
from tools.word.specimen import specimen
from tools.word.style_sheet import styles
from tools.word.xml import document, mm, section

DEFAULT = SOBRE
"""The look of templates/charte.docx, and of a template that wears no charte."""


class Page(NamedTuple):
    """`name`: the file under templates/, without suffix; `body`, `last_section`: what they are in a look."""

    name: str
    title: str
    body: Callable[[Look], str]
    last_section: Callable[[Look], str] | None = None

    def file(self) -> WordFile:
        """The template in its own sober look, its head without logo, until a charte dresses it."""
        last = self.last_section(DEFAULT) if self.last_section else ""
        return _file(
            DEFAULT,
            self.title,
            self.body(DEFAULT),
            (plain_head(), running_head()),
            (address_foot(),) * 2,
            last,
        )


def charte(look: Look) -> WordFile:
    """A letterhead of this look, with every style shown on one page."""
    heads = (house_head(look), running_head())
    word = _file(look, f"Charte {look.name}", specimen(look), heads, (address_foot(),) * 2)
    word.images[look.logo] = (IMAGES / look.logo).read_bytes()
    return word


def _file(
    look: Look, title: str, body: str, heads: tuple[str, str], feet: tuple[str, str], last_section: str = ""
) -> WordFile:
    """A file of this look; `heads` and `feet`: those of the first page, then those of the next ones."""
    top, right, bottom, left = (mm(length) for length in look.margins)
    last_section = last_section or section((top, right, bottom, left), mm(9), heads=True)
    return WordFile(
        title=title,
        document=document(body, last_section),
        styles=styles(look),
        numbering=numbering(look),
        theme=theme(look),
        fonts=fonts(look),
        header_first=heads[0],
        header=heads[1],
        footer_first=feet[0],
        footer=feet[1],
    )
