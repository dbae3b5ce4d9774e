"""Random conventions, and random edits of them, as the room itself writes them: for the tests of redlines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from blank import blank
from docx.enum.section import WD_ORIENT
from hypothesis import strategies as st
from word_samples import package_of

from ctgdocs.prose import Block, Cell, ListBlock, Paragraph, Prose, Run, TableBlock
from ctgdocs.templates.prose import ProseWriter
from ctgdocs.templates.prose_pieces import ProseStyles, escape
from ctgdocs.templates.prose_styles import styles_of, with_house_styles
from ctgdocs.word import write

WORDS = re.split(
    " ",
    "la convention territoriale globale est signée pour cinq ans ; chaque commune désigne un référent, "
    "le bilan annuel est transmis à la Caf avant le 31\u00a0janvier et le montant de 12\u00a0500\u00a0€ est "
    "en annexe. l’élue préside le comité de pilotage « petite\u00a0enfance » n°\u00a02026-045",
)
ROLES = ("corps", "corps", "corps", "titre1", "titre2", "titre3", "citation", "article", "considerant")

words = st.lists(st.sampled_from(WORDS), min_size=0, max_size=14).map(" ".join)


@st.composite
def runs(draw: st.DrawFn, *, rich: bool = True) -> tuple[Run, ...]:
    made = []
    for text in draw(st.lists(words, min_size=1, max_size=3)):
        bold, italic = draw(st.sampled_from(((False, False), (False, False), (True, False), (False, True))))
        note: tuple[Paragraph, ...] = ()
        extra = draw(st.integers(0, 14)) if rich else 0
        if extra == 14:
            note = (Paragraph((Run(draw(words)),), "note"),)
        made.append(Run(text + " ", bold=bold, italic=italic))
        if note:
            made.append(Run("", note=note))
        elif extra == 13:
            made.append(Run("le site", href=f"https://exemple.fr/{draw(st.integers(1, 3))}"))
        elif extra == 12:
            made.append(Run("", line_break=True))
    return tuple(made)


paragraphs = st.tuples(runs(), st.sampled_from(ROLES)).map(lambda made: Paragraph(*made))
cells = st.lists(runs(rich=False).map(Paragraph), min_size=1, max_size=2).map(lambda some: Cell(tuple(some)))


@st.composite
def lists(draw: st.DrawFn, depth: int = 0) -> ListBlock:
    items = []
    for _ in range(draw(st.integers(1, 3))):
        blocks: list[Block] = [Paragraph(draw(runs()))]
        if depth < 2 and draw(st.integers(0, 4)) == 0:
            blocks.append(draw(lists(depth + 1)))
        items.append(tuple(blocks))
    return ListBlock(tuple(items), ordered=draw(st.booleans()))


@st.composite
def tables(draw: st.DrawFn) -> TableBlock:
    columns = draw(st.integers(1, 4))
    rows = st.lists(cells, min_size=columns, max_size=columns).map(tuple)
    return TableBlock(tuple(draw(st.lists(rows, min_size=1, max_size=4))), header=draw(st.booleans()))


blocks = st.one_of(paragraphs, paragraphs, lists(), tables())
annexes = st.one_of(st.just(()), st.lists(blocks, min_size=1, max_size=2).map(tuple))


@dataclass(frozen=True)
class Text:
    """A document: its blocks, the words of its header and footer, and whether an annex lies across."""

    blocks: tuple[Block, ...]
    header: str = ""
    footer: str = ""
    annex: tuple[Block, ...] = field(default=())


texts = st.builds(
    Text,
    st.lists(blocks, min_size=1, max_size=6).map(tuple),
    words,
    words,
    annexes,
)


@st.composite
def edited(draw: st.DrawFn, text: Text) -> Text:
    """A later version of a document."""
    changed = list(text.blocks)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, max(len(changed) - 1, 0)))
        action = draw(st.sampled_from(("add", "add", "remove", "replace", "swap", "touch", "touch", "touch")))
        if action == "add" or not changed:
            changed.insert(draw(st.integers(0, len(changed))), draw(blocks))
        elif action == "remove" and len(changed) > 1:
            del changed[at]
        elif action == "replace":
            changed[at] = draw(blocks)
        elif action == "swap":
            changed.append(changed.pop(at))
        else:
            changed[at] = draw(touched(changed[at]))
    header = draw(st.one_of(st.just(text.header), words))
    annex = draw(st.one_of(st.just(text.annex), annexes))
    return Text(tuple(changed), header, text.footer, annex)


@st.composite
def touched(draw: st.DrawFn, block: Block) -> Block:
    """A block with something changed inside."""
    if isinstance(block, Paragraph):
        some = list(block.runs)
        at = draw(st.integers(0, len(some) - 1))
        some[at] = draw(st.one_of(runs().map(lambda made: made[0]), st.just(Run(some[at].text, bold=True))))
        return Paragraph(tuple(some), draw(st.one_of(st.just(block.role), st.sampled_from(ROLES))))
    if isinstance(block, ListBlock):
        items = list(block.items)
        items.insert(draw(st.integers(0, len(items))), (Paragraph(draw(runs())),))
        if draw(st.booleans()):
            del items[draw(st.integers(0, len(items) - 1))]
        return ListBlock(tuple(items), block.ordered if draw(st.booleans()) else not block.ordered)
    assert isinstance(block, TableBlock)
    rows = [list(row) for row in block.rows]
    at = draw(st.integers(0, len(rows) - 1))
    action = draw(st.sampled_from(("cell", "row", "no row", "column")))
    if action == "cell":
        rows[at][draw(st.integers(0, len(rows[at]) - 1))] = draw(cells)
    elif action == "row":
        rows.insert(at, [draw(cells) for _ in rows[0]])
    elif action == "no row" and len(rows) > 1:
        del rows[at]
    else:
        for row in rows:
            row.append(draw(cells))
    return TableBlock(tuple(tuple(row) for row in rows), block.header)


# --- Word files ---------------------------------------------------------------------------------------


@cache
def _letterhead(across: bool) -> dict[str, bytes]:
    document = blank()
    document.add_paragraph("CORPS")
    document.sections[0].header.paragraphs[0].text = "ENTETE"
    document.sections[0].footer.paragraphs[0].text = "PIED"
    if across:
        section = document.add_section()
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
        document.add_paragraph("ANNEXE")
    return with_house_styles(package_of(document))


@cache
def _styles(across: bool) -> ProseStyles:
    return styles_of(_letterhead(across))


def docx(text: Text) -> bytes:
    """The document as a Word file."""
    across = bool(text.annex)
    package = dict(_letterhead(across))
    writer = ProseWriter(_styles(across))
    document = package["word/document.xml"].decode()
    document = _instead_of("CORPS", document, writer, text.blocks)
    if across:
        document = _instead_of("ANNEXE", document, writer, text.annex)
    package["word/document.xml"] = document.encode()
    for name in [one for one in package if re.fullmatch(r"word/(header|footer)\d+\.xml", one)]:
        part = package[name].decode()
        package[name] = (
            part.replace("ENTETE", escape(text.header)).replace("PIED", escape(text.footer)).encode()
        )
    return write(package | writer.finish(package))


def _instead_of(word: str, document: str, writer: ProseWriter, said: tuple[Block, ...]) -> str:
    found = re.search(rf"<w:p>(?:(?!</w:p>).)*{word}.*?</w:p>", document, re.S)
    assert found
    made = writer.write(Prose(said))
    end = "<w:p/>" if isinstance(said[-1], TableBlock) else ""  # Word wants a paragraph after a last table
    return document[: found.start()] + made + end + document[found.end() :]
