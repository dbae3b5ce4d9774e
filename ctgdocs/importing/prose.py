"""Blocks of a document → the Markdown of a content file: paragraphs, lists inside lists, tables set aside.

Nothing is joined: a paragraph stays one, a cell keeps its lines.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ctgdocs.content.spelling import Node, Scalar
from ctgdocs.importing.document import Block, Para, Table, paras_of
from ctgdocs.importing.gathering import words
from ctgdocs.vocabulary.as_typed import slug

_MARK = re.compile(
    r"(?:(?P<any>[•·●▪◦➢➤►➔→✓✔√❖])\s*|(?P<spaced>[-–—−>*]|o)\s+|(?P<dash>-)(?=[A-ZÀ-Ý]))(?=\S)"
)
_RANK = re.compile(r"(?P<rank>\d{1,2})\s?[.)°]-?\s+(?=\S)")
_OPENING = re.compile(r"(?=[#+>=~|-])")
_YEAR_FIRST = re.compile(r"(\d+)([.)])(?=\s)")
_CAPTION = re.compile(r"(?:tableau|figure|graphique)\s*(?:n°\s*)?\d*\s*[-–—:.]", re.IGNORECASE)
_LONGEST_NAME = 40
_SHORT_WORDS = frozenset(
    [
        "a",
        "au",
        "aux",
        "avec",
        "ce",
        "ces",
        "d",
        "dans",
        "de",
        "des",
        "du",
        "en",
        "entre",
        "et",
        "l",
        "la",
        "le",
        "les",
        "leur",
        "leurs",
        "ou",
        "par",
        "pour",
        "que",
        "qui",
        "sa",
        "ses",
        "son",
        "sous",
        "sur",
        "un",
        "une",
    ]
)


def short_id(text: str, taken: Collection[str] = (), otherwise: str = "partie") -> str:
    """A short name for what is called `text`, none of those that are taken.

    >>> short_id("Modalités de pilotage de la convention", ["modalites-pilotage-convention"])
    'modalites-pilotage-convention-2'
    """
    kept: list[str] = []
    for word in slug(text).split("-"):
        if word in _SHORT_WORDS or (len(word) == 1 and word.isalpha()):
            continue
        if kept and len("-".join((*kept, word))) > _LONGEST_NAME:
            break
        kept.append(word)
    name = "-".join(kept)[:90].strip("-") or slug(text)[:60].strip("-") or otherwise
    return name if name not in taken else f"{name}-{_free_rank(name, taken)}"


def _free_rank(name: str, taken: Collection[str]) -> int:
    """The first rank from 2 that no taken name has after it; they follow each other."""
    held, free = 1, 2
    while f"{name}-{free}" in taken:
        held, free = free, 2 * free
    while free - held > 1:
        middle = (held + free) // 2
        if f"{name}-{middle}" in taken:
            held = middle
        else:
            free = middle
    return free


def is_caption(para: Para) -> bool:
    return _CAPTION.match(para.text) is not None and len(para.text) < 200


def is_layout(table: Table) -> bool:
    """Whether a table only places text on the page: a frame, a column, cells of many paragraphs."""
    rows = [row for row in table.rows if any(box.paras for box in row)]
    if len(rows) < 2 or table.width < 2:
        return True
    boxes = [box for row in rows for box in row if box.paras]
    filled = sum(1 for row in rows if sum(bool(box.paras) for box in row) > 1)
    most = max(len(box.paras) for box in boxes)
    return filled < 2 or most > 12


def flat(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, those of tables that only place text on the page taken out of them."""
    for block in blocks:
        if isinstance(block, Table) and is_layout(block):
            yield from paras_of(block)
        else:
            yield block


_SPACED = re.compile(r"\W*(?:[A-ZÀ-Ý]\s){4,}[A-ZÀ-Ý]\W*")


def closed_up(block: Block) -> Block:
    """« A R R Ê T E » as « ARRÊTE »."""
    if isinstance(block, Para) and _SPACED.fullmatch(block.text):
        return block._replace(text=re.sub(r"(?<=\w)\s(?=\w\b)", "", block.text))
    return block


@dataclass(slots=True)
class Writer:
    """Writes texts; sets their tables aside, by id. `notes`: the footnotes of the document, each written
    under the text that calls it."""

    notes: Mapping[str, str] = field(default_factory=dict)
    tables: dict[str, Node] = field(default_factory=dict)

    def text(self, blocks: Sequence[Block]) -> str:
        """The Markdown of blocks, "" for none."""
        said: list[str] = []
        items: list[str] = []
        marks: list[str] = []

        def close() -> None:
            if items:
                said.append("\n".join(items))
            items.clear()
            marks.clear()

        blocks = list(blocks)
        for at, block in enumerate(blocks):
            if isinstance(block, Table):
                close()
                said.append(self.table(block, _caption(blocks, at)))
                continue
            if is_caption(block) and _captions(blocks, at):
                continue
            item = _item(block, marks)
            if item:
                items.append(item)
            else:
                close()
                said.append(_paragraph(block))
        close()
        body = "\n\n".join(said)
        called = [label for label in self.notes if f"[^{label}]" in body]
        return "\n\n".join((body, *(f"[^{label}]: {words(self.notes[label])}" for label in called)))

    def scalar(self, blocks: Sequence[Block], doubt: str = "") -> Scalar | None:
        """The text as a value, None when there is none; what is struck is doubtful."""
        text = self.text(blocks)
        struck = any(isinstance(block, Para) and block.struck for block in blocks)
        return Scalar(text, doubt or ("passage barré dans l’original" if struck else "")) if text else None

    def table(self, table: Table, caption: str) -> str:
        """Sets a table aside; gives the line that calls it."""
        id = short_id(_CAPTION.sub("", caption) or f"tableau-{len(self.tables) + 1}", self.tables)
        width = table.width
        lines: list[Node] = [
            [Scalar("\n\n".join(words(para.text) for para in box.paras)) for box in row[:width]]
            for row in table.rows
        ]
        head: dict[str, Node] = {"titre": Scalar(words(caption))} if caption else {}
        self.tables[id] = {**head, "lignes": lines}
        return f"{{tableau:{id}}}"


def _captions(blocks: Sequence[Block], at: int) -> bool:
    """Whether a caption is that of the table before or after it."""
    near = [blocks[i] for i in (at - 1, at + 1) if 0 <= i < len(blocks)]
    return any(isinstance(one, Table) for one in near)


def _caption(blocks: Sequence[Block], at: int) -> str:
    for i in (at + 1, at - 1):
        if 0 <= i < len(blocks):
            near = blocks[i]
            if isinstance(near, Para) and is_caption(near):
                return near.text
    return ""


def _item(para: Para, marks: list[str]) -> str:
    """A paragraph as an item of a list, "" when it is none. `marks`: those of the levels that are open."""
    if para.look == "bullet":
        return f"{'  ' * para.level}- {_inline(_MARK.sub('', para.text, count=1))}"
    if para.number and (found := _RANK.match(para.number + " x")):
        return f"{found['rank']}. {_inline(para.text)}"
    if found := _MARK.match(para.text):
        mark = found["any"] or found["spaced"] or "-"
        mark = "-" if mark in "-–—−" else mark
        if mark in marks:
            del marks[marks.index(mark) + 1 :]
        else:
            marks.append(mark)
        sign = "o" if mark == "o" and len(marks) > 1 else "-"
        return f"{'  ' * (len(marks) - 1)}{sign} {_inline(para.text[found.end() :])}"
    if found := _RANK.match(para.text):
        marks.clear()
        return f"{found['rank']}. {_inline(para.text[found.end() :])}"
    return ""


def _paragraph(para: Para) -> str:
    text = f"{para.number} {para.text}" if para.number and para.look != "heading" else para.text
    said = _OPENING.sub(lambda _: "\\", _inline(text), count=1) if text[:1] in "#+>=~|-" else _inline(text)
    said = (
        _YEAR_FIRST.sub(r"\1\\\2", said, count=1) if said[:1].isdigit() and _YEAR_FIRST.match(said) else said
    )
    title = para.look == "heading" or (para.bold and len(text) <= 120 and not text.endswith((".", ";")))
    return f"**{said}**" if title and "*" not in said else said


def _inline(text: str) -> str:
    return words(text.replace("\\", "\\\\").replace("*", "\\*").replace("`", "\\`"))
