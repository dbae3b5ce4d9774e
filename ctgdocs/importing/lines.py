"""The lines of a document, each with what it looks like; and the headings that old documents of a kind carry:
a line that is one, or nearly one, is recognised.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from ctgdocs.french import JOURS
from ctgdocs.importing.document import Document, Para, Table
from ctgdocs.importing.typed import clean, joined, width_of
from ctgdocs.vocabulary.as_typed import nearest, slug

Look = Literal["text", "bullet", "heading", "fact"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line, or one paragraph. `level` counts from 0 for bullets and from 1 for headings; a `fact` is a
    row of two cells, `text` being its label and `value` what stands beside. `doubt`: why to read it again."""

    text: str
    look: Look = "text"
    level: int = 0
    value: str = ""
    doubt: str = ""
    bold: bool = False


# --- Text files: bullets of all shapes, Markdown marks, lines that a program cut at eighty columns


WRAPPED_FROM = 60
"""A line shorter than this was ended by its author, not by the width of a page (characters)."""

_BULLET = re.compile(
    r"(?P<mark>[-–—−•·●▪◦➡➢➤►➔❖✓✔√>*+]|[ov]|[e¢@=])\s+(?=\S)|(?P<dash>[-–—−=])(?=[A-ZÀ-Ý]|\|?[1lI]{1,2}\s)"
)
_NOISE = {"e": "•", "¢": "•", "@": "•", "*": "•", "=": "—", "–": "—", "−": "-", "+": "-"}
"""Marks that scanners confuse, and those that mean the same: one level of a list keeps one mark."""
_TYPED_MARK = re.compile(r"([-–—−•·●▪◦➡➢➤►➔❖✓✔√>*]|o)\s+(?=\S)|([•➢➤►▪])(?=\S)")
_SMALL_TITLE = re.compile(r"savoirs?(?:[- ](?:faire|être|etre))?s?\s*:?$", re.IGNORECASE)
_HE = re.compile(r"^(?:\|?[1l]|[1lI][lI])(?=\s)")
_HEADING = re.compile(r"(?P<marks>#{1,6})\s+(?P<text>.+)")
_LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\(([^)\s\[]*)\)")
_EMPHASIS = re.compile(r"\*\*(.+?)\*\*|__(.+?)__")
_ENDS = re.compile(r"[.:;!?…»)]$")
_UNFINISHED = re.compile(
    r"(?:\b(?:à|au|aux|avec|dans|de|des|du|en|et|la|le|les|leur|ou|par|pour|que|qui|sa|ses|son|sur|un|une)|[’'(])$",
    re.IGNORECASE,
)
"""What no author ends a line with."""
_HYPHEN = re.compile(r"(?<=\w)-$")


def lines_of_text(text: str, headings: Headings) -> list[Line]:
    """The lines of a text file, those that a page width had cut joined again."""
    return _with_depths(_joined(text.splitlines(), headings), headings)


def _raw(typed: str) -> Line | None:
    """A line as it looks; None for a blank one."""
    text = clean(typed)
    if not text:
        return None
    if found := _HEADING.fullmatch(text):
        title = found["text"].rstrip("#").rstrip() or found["text"]
        return Line(_plain(title), "heading", len(found["marks"]))
    if found := _BULLET.match(text):
        return _bullet(text[found.end() :], found["mark"] or found["dash"], _column(typed))
    return Line(_plain(text))


def _bullet(text: str, mark: str, column: int) -> Line:
    """An item; « 1l » and « l » at its head are a scanned « Il »."""
    doubt = "puce mal lue" if mark in "e¢@=" else ""
    if _HE.match(text) and not text.startswith("Il "):
        text, doubt = _HE.sub("Il", text), "début de ligne mal lu"
    return Line(_plain(text), "bullet", column, _NOISE.get(mark, mark), doubt)


def _plain(text: str) -> str:
    """Without the marks of Markdown: links keep their text, and their address when it says more."""
    text = _LINK.sub(
        lambda link: link[1] if link[2] in ("", "#", link[1]) else f"{link[1]} ({link[2]})", text
    )
    text = _EMPHASIS.sub(lambda bold: bold[1] or bold[2], text)
    return clean(re.sub(r"<((?:https?://|mailto:)[^<>\s]+)>", r"\1", text))


def _column(typed: str) -> int:
    """How far to the right a line starts; one space more or less is a slip."""
    return (len(typed.expandtabs(4)) - len(typed.expandtabs(4).lstrip())) // 2


# --- lines cut by a page width ----------------------------------------------------------------------------


def _joined(lines: Sequence[str], headings: Headings) -> list[Line]:
    """The lines as they look, those that the width of the page cut joined: only where the whole file is so,
    or after a word that no author ends a line with; a blank line ends a text, except before a lower case."""
    width = width_of(lines)
    found: list[Line] = []
    last_length, blank = 0, True
    for line in map(_raw, lines):
        if line is None:
            blank = True
            continue
        if found and _goes_on(found[-1], line, last_length, blank, width, headings):
            before = found[-1]
            cut = _HYPHEN.search(before.text) and line.text[:1].islower()
            doubt = "mot coupé en fin de ligne" if cut else before.doubt
            found[-1] = Line(joined(before.text, line.text), before.look, before.level, before.value, doubt)
        else:
            found.append(line)
        last_length, blank = len(line.text), False
    return found


def _goes_on(
    before: Line, line: Line, last_length: int, blank: bool, width: float, headings: Headings
) -> bool:
    if not width or line.look != "text" or before.look == "heading" or _ENDS.search(before.text):
        return False
    if headings.recognise(before.text) or headings.recognise(line.text):
        return False
    starts_low = line.text[:1].islower() or not line.text[:1].isalnum()
    if blank:
        return starts_low and last_length >= WRAPPED_FROM
    if last_length < WRAPPED_FROM:
        return bool(_HYPHEN.search(before.text)) and starts_low
    return starts_low or _UNFINISHED.search(before.text) is not None


# --- bullets inside bullets -------------------------------------------------------------------------------


def _with_depths(lines: list[Line], headings: Headings) -> list[Line]:
    """Bullets with their depth: further to the right, or another mark than the ones above."""
    found: list[Line] = []
    above: list[tuple[int, str]] = []
    for line in lines:
        if line.look != "bullet":
            if line.look == "heading" or headings.recognise(line.text):
                above.clear()
            found.append(line)
            continue
        bullet = (line.level, line.value)
        while above and (above[-1][0] > line.level or (bullet in above and above[-1] != bullet)):
            above.pop()
        if not above or above[-1] != bullet:
            above.append(bullet)
        found.append(Line(line.text, "bullet", min(len(above) - 1, 2), "", line.doubt))
    return found


# --- Blocks of a document: a paragraph is a line, a row of two cells a fact


def lines_of(document: Document, headings: Headings) -> list[Line]:
    """The lines of a document: a paragraph is a line, a row of two cells a fact, a longer row one line."""
    if document.typed:
        return lines_of_text(document.typed, headings)
    lines: list[Line] = []
    for block in document.blocks:
        if isinstance(block, Table):
            lines += _table(block, headings)
        else:
            lines.append(_line(block))
    return _with_depths(lines, headings)


def _mark(sign: str) -> str:
    return _NOISE.get(sign, sign)


def _table(table: Table, headings: Headings) -> Iterator[Line]:
    """The lines of a table: its rows, or what stands under each of its titles when they head its columns."""
    rows = [[[_line(para) for para in box.paras] for box in row] for row in table.rows]
    titles = [cell[0].text if len(cell) == 1 else "" for cell in rows[0]] if rows else []
    heads = len(rows) > 1 and len(titles) > 1 and all(titles)
    if heads and all(headings.recognise(title) or _SMALL_TITLE.match(title) for title in titles):
        yield from _grouped(titles, rows[1:]) if _are_groups(rows[1:]) else _columns(titles, rows[1:])
        return
    for row in rows:
        yield from _row(row)


def _are_groups(rows: list[list[list[Line]]]) -> bool:
    """Two columns: on the left a short title, what it groups on the right."""
    return (
        len(rows[0]) == 2
        and len(rows) > 1
        and all(len(row[0]) == 1 and len(row[0][0].text) <= 60 for row in rows)
    )


def _grouped(titles: list[str], rows: list[list[list[Line]]]) -> Iterator[Line]:
    yield Line(titles[0], "heading", 2)
    for label, told in rows:
        yield Line(label[0].text, "heading", 3)
        yield from (_as_item(line) for line in told)


def _columns(titles: list[str], rows: list[list[list[Line]]]) -> Iterator[Line]:
    for at, title in enumerate(titles):
        yield Line(title, "heading", 3 if _SMALL_TITLE.match(title) else 2)
        yield from (_as_item(line) for row in rows if at < len(row) for line in row[at])


def _as_item(line: Line) -> Line:
    return line if line.look == "bullet" else Line(line.text, "bullet", 0, "-", line.doubt)


def _line(para: Para) -> Line:
    if para.look == "heading":
        return Line(para.text, "heading", para.level)
    if para.look == "bullet":
        return Line(para.text, "bullet", 2 * para.level, "•")
    if found := _TYPED_MARK.match(para.text):
        mark = _mark(found[1] or found[2])
        kept = para.text if mark == "o" else para.text[found.end() :]  # a letter, that it may be
        return Line(kept, "bullet", _column(para.raw), mark)
    return Line(para.text, bold=para.bold)


def _row(cells: list[list[Line]]) -> list[Line]:
    filled = [cell for cell in cells if cell]
    if len(cells) == 2 and len(filled) == 2 and len(cells[0]) == 1:
        first, *rest = cells[1]
        if first.look == "bullet":
            return [Line(cells[0][0].text, "heading", 3), *cells[1]]
        return [Line(cells[0][0].text, "fact", 0, first.text), *rest]
    if len(filled) > 2 and all(len(cell) == 1 for cell in filled):
        head, *beside = (cell[0].text for cell in filled)
        joint = " : " if head.lower() in JOURS else ", "
        return [Line(head + joint + ", ".join(beside))]
    return [line for cell in filled for line in cell]


NEAR = 0.88
"""How alike a misspelt heading must be to a known one."""
LONGEST = 80
"""Characters: a longer line is a sentence."""

_NUMBER = re.compile(r"^(?:[IVX]{1,4}|\d{1,2}|[A-Z])\s*[.)–-]\s*")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading recognised: the key of its field, its correct spelling, whether it was spelt otherwise."""

    key: str
    title: str
    misspelt: bool = False


class Headings:
    """A kind's table of headings: the key of a field → every title that means it, the right one first.

    Accents, capitals, « : » and numbers in front do not count; a heading that is nearly one of these
    (« RELATIONS FONCTIONELLES ») is recognised, and said to be misspelt.
    """

    def __init__(self, table: Mapping[str, tuple[str, ...]]) -> None:
        self._known = {slug(title): Heading(key, title) for key, titles in table.items() for title in titles}
        self.recognise = lru_cache(maxsize=4096)(self._recognise)

    def _recognise(self, text: str) -> Heading | None:
        """The heading that a line is, « : » at its end included; None for a sentence."""
        if len(text) > LONGEST:
            return None
        bare = _NUMBER.sub("", text).strip().rstrip(":").strip()
        found = self._known.get(slug(bare))
        if found is not None or not bare:
            return found
        wanted = slug(bare)
        if len(wanted) < 8 or text.rstrip().endswith((".", ",", ";")):
            return None
        near = self._known.get(nearest(wanted, self._known, least=NEAR) or "")
        return Heading(near.key, near.title, misspelt=True) if near is not None else None

    def label_and_value(self, text: str) -> tuple[Heading, str] | None:
        """« Lieu de travail : mairie » → its heading and what follows; None when the label is not a known
        one."""
        label, colon, value = text.partition(":")
        if not colon or len(label) > LONGEST:
            return None
        heading = self.recognise(label.strip())
        return (heading, value.strip()) if heading is not None and label.strip() else None
