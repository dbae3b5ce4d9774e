"""Cross references: « l’article 5 » stays right when an article moves, because Word writes the number.

A text cites a heading with a mark, one character of a private plane; `plain` turns marks into words,
`settled` into runs that follow their heading.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ctgdocs.patterns import regex
from ctgdocs.prose import Block, Cell, ListBlock, Paragraph, Prose, Run, TableBlock

_FIRST = 0x10F000  # the last private plane: no font, no copy-paste puts anything there
_MARK = regex("([\U0010f000-\U0010fffd])")
_MAX_BOOKMARK = 40  # Word keeps forty characters


class Target(NamedTuple):
    """A numbered heading: its bookmark, and its number as a sentence says it (« article 5 », « 5.1 »)."""

    bookmark: str
    number: str
    family: str


class References:
    """The numbered headings of one document, by family (« article », « annexe ») and id."""

    def __init__(self) -> None:
        self._targets: dict[tuple[str, str], Target] = {}
        self._order: list[Target] = []

    def add(self, family: str, id: str, number: str) -> Target:
        """Registers a heading. The first of an id keeps it."""
        name = bookmark(family, id)
        names = {target.bookmark for target in self._order}
        rank = 2
        while name in names:
            ending = f"_{rank}"
            name = bookmark(family, id)[: _MAX_BOOKMARK - len(ending)] + ending
            rank += 1
        target = Target(name, number, family)
        self._targets.setdefault((family, id), target)
        self._order.append(target)
        return target

    def find(self, family: str, id: str) -> Target | None:
        return self._targets.get((family, id))

    def ids(self, family: str) -> list[str]:
        return [id for known, id in self._targets if known == family]

    def mark(self, target: Target) -> str:
        """The character that stands for a target in a text."""
        return chr(_FIRST + self._order.index(target))

    def plain(self, text: str) -> str:
        """The text with each mark as its words."""
        return _MARK.sub(lambda found: self._meant(found[1]).number, text)

    def settled(self, prose: Prose) -> Prose:
        """The prose with each mark as a run that follows its heading."""
        return Prose(tuple(map(self._block, prose))) if self._order else prose

    def _meant(self, mark: str) -> Target:
        return self._order[ord(mark) - _FIRST]

    def _block(self, block: Block) -> Block:
        if isinstance(block, Paragraph):
            return self._paragraph(block)
        if isinstance(block, ListBlock):
            items = tuple(tuple(map(self._block, item)) for item in block.items)
            return block._replace(items=items)
        if isinstance(block, TableBlock):
            rows = tuple(tuple(map(self._cell, row)) for row in block.rows)
            return block._replace(rows=rows, caption=self.plain(block.caption))
        return block

    def _cell(self, cell: Cell) -> Cell:
        return cell._replace(paragraphs=tuple(map(self._paragraph, cell.paragraphs)))

    def _paragraph(self, paragraph: Paragraph) -> Paragraph:
        if not any(run.note or run.picture or _MARK.search(run.text) for run in paragraph.runs):
            return paragraph
        runs: list[Run] = []
        for run in paragraph.runs:
            if run.note:
                runs.append(run._replace(note=tuple(map(self._paragraph, run.note))))
                continue
            if run.picture:
                run = run._replace(picture=run.picture._replace(alt=self.plain(run.picture.alt)))
            if not run.text:
                runs.append(run)
                continue
            for index, piece in enumerate(_MARK.split(run.text)):
                if index % 2:
                    target = self._meant(piece)
                    runs.append(run._replace(text=target.number, ref=target.bookmark))
                elif piece:
                    runs.append(run._replace(text=piece))
        return paragraph._replace(runs=tuple(runs))


def bookmark(family: str, id: str) -> str:
    """`article_objet-de-la-convention` as Word accepts it: letters, digits and underscores, forty at most.

    >>> bookmark("article", "duree-de-la-convention")
    'article_duree_de_la_convention'
    """
    return re.sub(r"[^A-Za-z0-9_]", "_", f"{family}_{id}")[:_MAX_BOOKMARK]
