"""Which field a text came from, said in the document itself: a hidden bookmark, and a content control.

A bookmark whose name begins with `_` shows nowhere in Word, and LibreOffice keeps it; a control shows the
name of its field to whoever enters it. Both bear the same id, which means something in its workspace only.
They stand around a whole paragraph, or around a value inside a sentence, whose run is then cut in three.
Neither changes what the page says nor how it looks.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from html import escape, unescape
from itertools import accumulate
from typing import Final, NamedTuple

from ctgdocs.prose import Carrier

NAME: Final = "_ctg"
_FIRST: Final = 60_000  # ids of bookmarks, clear of those of templates, of long text and of tracked changes
_MOST: Final = 20_000
_ALIAS: Final = 64
_LEAST: Final = 6
_TRIES: Final = 12
"""Places of the page that are looked at for one text."""
_AS_ONE = str.maketrans(
    {
        **dict.fromkeys(" \u00a0\u202f\u2009\u00ad\n\t\ufffc"),
        **dict.fromkeys("’‘", "'"),
        **dict.fromkeys("«»“”„", '"'),
        "\u2011": "-",
        "…": "...",
    }
)
_SAID = re.compile(r"<w:t(?: [^<>]*)?>([^<]*)</w:t>")
_MARKED = re.compile(r"[&<>\"'\n\t\ufffc]|(?<=\d)(?:er|re|e|d|de|nd|nde)s?\b")
"""Where a text is not written in the file as it reads: signs of XML, endings that are raised (« 1er »)."""
_WHOLE = re.compile(r"<(?:w:(?:hyperlink|fld|sdt|ins |del |smartTag|instrText)|mc:)")
"""What is not to be cut, nor put in a control."""
_APART = re.compile(r"<w:(?:drawing|pict|comment|bookmark|\w+Reference )")
"""What is not to be put in a control."""
_OPENING = re.compile(r"<w:p[ >]")
_WORD = re.compile(r"\w\w|(?<=\d)[ \u00a0\u202f,.](?=\d)|\d(?=[ \u00a0\u202f,.]\d)")
"""What is one word on both sides of its first character."""
_SIGNS: Final = ",;.: \u00a0\u202f"
_TEXT: Final = '<w:t xml:space="preserve">'
_CLOSE: Final = "</w:t></w:r>"


def key(text: str) -> str:
    """What a text says, whatever typography makes of it and whatever sign ends it."""
    return text.translate(_AS_ONE).casefold().strip(",;.:")


def carried(part: bytes, carriers: Iterable[Carrier]) -> bytes:
    """The main part with the carriers of its texts, each id once."""
    return _Part(part.decode("utf-8")).with_them(carriers).encode("utf-8")


class _Inside:
    """The content of a paragraph, after its properties: from `start` to `end` in the part."""

    def __init__(self, start: int, end: int, content: str, pieces: Sequence[tuple[int, str]]) -> None:
        self.start, self.end, self.content, self.pieces = start, end, content, pieces
        self.text = pieces[0][1] if len(pieces) == 1 else "".join([text for _, text in pieces])

    @cached_property
    def plain(self) -> bool:
        """Whether it can be cut, and stand in a control."""
        return not _WHOLE.search(self.content)

    def says(self, said: str, after: int = 0) -> int:
        """Where a paragraph says words, whole ones; -1 when it does not."""
        at = self.text.find(said, after)
        while at >= 0 and _cuts(self.text, at, at + len(said)):
            at = self.text.find(said, at + 1)
        return at

    def place(self, said: str) -> tuple[int, int] | None:
        """Where words stand in the part; None when the paragraph does not say them, or says them twice."""
        at = self.says(said) if said else -1
        if at < 0 or self.says(said, at + 1) >= 0:
            return None
        return self._offset(at, 0), self._offset(at + len(said), 1)

    def _offset(self, at: int, shift: int) -> int:
        """The place in the part of a character of the text; with a shift of 1, of the end of the one
        before."""
        for start, text in self.pieces:
            if at < len(text) + shift:
                return start + at
            at -= len(text)
        return self.end


class _Run(NamedTuple):
    """The run that says some words and nothing else: where it starts, its text's tag, its text; its looks."""

    start: int
    tag: int
    first: int
    last: int
    look: str


class _Part:
    """The main part of a document: what is to be written in it, by place."""

    def __init__(self, xml: str) -> None:
        self.xml = xml
        self.starts = [0, *(found.start() for found in _OPENING.finditer(xml))]
        self.pieces = [(one.start(1), one[1]) for one in _SAID.finditer(xml)]
        self.froms = [start for start, _ in self.pieces]
        texts = [text for _, text in self.pieces]
        self.said = "\n".join(texts)  # a quarter of the part, to look in
        self.ranks = [*accumulate((len(text) + 1 for text in texts), initial=0)]
        self.at = 0
        self.seen: set[str] = set()
        self.known: dict[int, _Inside] = {}
        self.whole: set[int] = set()
        self.cuts: dict[int, list[tuple[int, int]]] = {}
        self.edits: dict[int, tuple[str, str]] = {}
        self.tags: set[tuple[int, int]] = set()

    def with_them(self, carriers: Iterable[Carrier]) -> str:
        for one in carriers:
            if len(one.text) >= _LEAST and one.id not in self.seen and len(self.seen) < _MOST:
                self.seen.add(one.id)
                self._carry(one)
        return "".join(self._written())

    def _written(self) -> Iterator[str]:
        at = 0
        for start, end in sorted({(place, place) for place in self.edits} | self.tags):
            yield self.xml[at:start]
            yield "".join(self.edits[start]) if start == end else _TEXT
            at = end
        yield self.xml[at:]

    def _carry(self, one: Carrier) -> None:
        """A text goes to the first paragraph that says it, alone or among other words; to one with links and
        fields, as tables of contents are made of, when there is no other."""
        said, other = escape(one.text, quote=False), None
        for found in self._places(one.opening):
            if found.text == said:
                whole = True
            elif found.says(said) >= 0:
                whole = not found.text.replace(said, "", 1).strip(_SIGNS)
            elif (wanted := key(one.text)) in (there := key(unescape(found.text))):
                whole = wanted == there
            else:
                continue
            if whole or (found.plain and self._mark_words(one, found)):
                other = found if whole else None
                break
            other = other or found
        if other is not None:
            self._mark(one, other)

    def _places(self, opening: str) -> Iterator[_Inside]:
        """The paragraphs where a text may stand, from that of the last one on."""
        sought, tries = _most(opening), _TRIES
        here = self.ranks[bisect_left(self.froms, self.at)]
        for at, end in ((here, len(self.said)), (0, here)) if len(sought) > 1 else ():
            while tries and (found := self.said.find(sought, at, end)) >= 0:
                tries -= 1
                inside = self._around(self.froms[bisect_right(self.ranks, found) - 1])
                if inside and inside.start not in self.whole:
                    yield inside
                at = self.ranks[bisect_left(self.froms, inside.end)] if inside else found + 1

    def _around(self, at: int) -> _Inside | None:
        xml = self.xml
        start = self.starts[bisect_right(self.starts, at) - 1]
        if start not in self.known:
            end, first = xml.find("</w:p>", start), xml.find(">", start) + 1
            if xml.startswith("<w:pPr>", first):
                closed = xml.find("</w:pPr>", first, end)
                first = closed + len("</w:pPr>") if closed >= 0 else end
            pieces = self.pieces[bisect_left(self.froms, first) : bisect_left(self.froms, end)]
            self.known[start] = _Inside(first, end, xml[first:end], pieces)
        found = self.known[start]
        return found if found.start <= at < found.end else None

    def _mark(self, one: Carrier, found: _Inside) -> None:
        """Around all that a paragraph says."""
        self._mark_values(one, found)
        bare = found.plain and found.start not in self.cuts and not _APART.search(found.content)
        mark, unmark = _around(one, _FIRST + len(self.seen), control=bare)
        self.whole.add(found.start)
        self.at = found.start
        self._write(found.start, "", mark, outside=True)
        self._write(found.end, unmark, "", outside=True)

    def _mark_values(self, one: Carrier, found: _Inside) -> None:
        for value in one.values:
            if value.id not in self.seen and self._mark_words(value, found):
                self.seen.add(value.id)

    def _mark_words(self, one: Carrier, found: _Inside) -> bool:
        """Around words that a paragraph says once; whether its runs can be cut there. A control stands around
        the values of a text, when it has some, and not around them all."""
        ends = found.place(escape(one.text, quote=False)) if found.plain else None
        if ends is None:
            return False
        (start, end), cuts = ends, self.cuts.setdefault(found.start, [])
        first, last = (_run(self.xml, found.start, at) for at in (start, end - 1))
        if first is None or last is None or any(a < end and start < b for a, b in cuts):
            return False
        self._mark_values(one, found)
        mark, unmark = _around(one, _FIRST + len(self.seen), control=not cuts)
        cuts.append((start, end))
        self.at = found.start
        self.tags |= {(run.tag, run.first) for run in (first, last)}
        if start == first.first:
            self._write(first.start, "", mark, outside=True)
        else:
            self._cut(start, first, "", mark)
        if end == last.last:
            self._write(end + len(_CLOSE), unmark, "", outside=True)
        else:
            self._cut(end, last, unmark, "")
        return True

    def _cut(self, at: int, run: _Run, unmark: str, mark: str) -> None:
        """Cuts a run in two, unless it is cut there already."""
        if at in self.edits:
            self._write(at, unmark, mark, outside=True)
        else:
            self._write(at, _CLOSE + unmark, f"{mark}<w:r>{run.look}{_TEXT}")

    def _write(self, at: int, closing: str, opening: str, *, outside: bool = False) -> None:
        """What ends and what begins at a place; `outside`, around what does so there already."""
        ended, begun = self.edits.get(at, ("", ""))
        opening = opening + begun if outside else begun + opening
        self.edits[at] = (ended + closing if outside else closing + ended, opening)


@lru_cache(maxsize=4096)
def _most(opening: str) -> str:
    """The longest stretch of a text that stands in the file as it reads."""
    return max(_MARKED.split(opening), key=len)[:60]


def _cuts(text: str, start: int, end: int) -> bool:
    """Whether a stretch of a text begins or ends inside a word or a number."""
    return bool(_WORD.match(text, start - 1) if start else None) or bool(_WORD.match(text, end - 1))


def _around(one: Carrier, number: int, *, control: bool) -> tuple[str, str]:
    """What begins and what ends a carrier."""
    name = f"{NAME}{one.id}"
    begin, end = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>', f'<w:bookmarkEnd w:id="{number}"/>'
    if not control:
        return begin, end
    label, id = escape(one.label[:_ALIAS]), int(one.id, 16) & 0x7FFFFFFF
    properties = f'<w:alias w:val="{label}"/><w:tag w:val="{name}"/><w:id w:val="{id}"/>'
    begin += f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>"
    return begin, f"</w:sdtContent></w:sdt>{end}"


def _run(xml: str, least: int, within: int) -> _Run | None:
    """The run that says what stands at a place; None when it holds something else than one text."""
    tag = xml.rfind("<w:t", least, within)
    first, last = xml.find(">", tag) + 1, xml.find("<", within)
    at = max(xml.rfind("<w:r>", least, tag), xml.rfind("<w:r ", least, tag))
    look = xml[xml.find(">", at) + 1 : tag]
    alone = not look or (look.startswith("<w:rPr>") and look.find("</w:rPr>") == len(look) - len("</w:rPr>"))
    return _Run(at, tag, first, last, look) if at >= 0 and alone and xml.startswith(_CLOSE, last) else None
