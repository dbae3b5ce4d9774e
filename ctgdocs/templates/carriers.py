"""Which field a paragraph came from, said in the document itself: a hidden bookmark, and a content control.

A bookmark whose name begins with `_` shows nowhere in Word, and LibreOffice keeps it; a control shows the
name of its field to whoever enters it. Both bear the same id, which means something in its workspace only.
Neither changes what the page says nor how it looks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape, unescape
from typing import Final

from ctgdocs.prose import Carrier

NAME: Final = "_ctg"
_FIRST: Final = 60_000  # ids of bookmarks, clear of those of templates, of long text and of tracked changes
_MOST: Final = 20_000
_ALIAS: Final = 64
_LEAST: Final = 6
_AS_ONE = str.maketrans(
    {
        **dict.fromkeys(" \u00a0\u202f\u2009\u00ad\n\t\ufffc"),
        **dict.fromkeys("’‘", "'"),
        **dict.fromkeys("«»“”„", '"'),
        "\u2011": "-",
        "…": "...",
    }
)
_OPENINGS: Final = ("vu", "considérant")
"""What a page sets before a visa and a motive."""
_SAID = re.compile(r"<w:t(?: [^<>]*)?>([^<]*)</w:t>")
_NOT_PLAIN: Final = (
    "<w:hyperlink", "<w:fld", "<w:bookmark", "<w:drawing", "<w:pict", "<w:sdt", "<w:ins ", "<w:del ",
    "<w:smartTag", "Reference ", "<w:comment", "<mc:", "<w:instrText",
)  # fmt: skip


def key(text: str) -> str:
    """What a text says, whatever typography makes of it and whatever sign ends it."""
    return text.translate(_AS_ONE).casefold().strip(",;.:")


def carried(part: bytes, carriers: Iterable[Carrier]) -> bytes:
    """The main part with the carriers of its paragraphs, each id once."""
    waiting: dict[str, list[Carrier]] = {}
    seen: set[str] = set()
    for one in carriers:
        said = key(one.text)
        if len(said) >= _LEAST and one.id not in seen:
            seen.add(one.id)
            waiting.setdefault(said, []).append(one)
    if not waiting:
        return part
    return "".join(_pieces(part.decode("utf-8"), waiting)).encode("utf-8")


def _pieces(xml: str, waiting: Mapping[str, list[Carrier]]) -> Iterator[str]:
    at = number = 0
    while True:
        end = xml.find("</w:p>", at)
        start = max(xml.rfind("<w:p>", at, end), xml.rfind("<w:p ", at, end)) if end >= 0 else -1
        if end < 0:
            yield xml[at:]
            return
        inner = _inner(xml, start, end) if start >= 0 else end
        found = _found(xml[inner:end], waiting) if inner < end and number < _MOST else None
        if found is None:
            yield xml[at : end + 6]
        else:
            yield xml[at:inner]
            yield _wrapped(xml[inner:end], found, _FIRST + number)
            yield "</w:p>"
            number += 1
        at = end + 6


def _inner(xml: str, start: int, end: int) -> int:
    """Where the content of a paragraph begins, after its properties."""
    opened = xml.find(">", start) + 1
    if xml.startswith("<w:pPr>", opened):
        closed = xml.find("</w:pPr>", opened, end)
        return closed + 8 if closed >= 0 else end
    return end if xml.startswith("<w:pPr", opened) else opened


def _found(content: str, waiting: Mapping[str, list[Carrier]]) -> Carrier | None:
    said = key(unescape("".join(_SAID.findall(content))))
    found = waiting.get(said)
    if not found and said.startswith(_OPENINGS):
        opening = next(one for one in _OPENINGS if said.startswith(one))
        found = waiting.get(said.removeprefix(opening))
    if not found and "–" in said:
        found = waiting.get(said.partition("–")[2])
    return found.pop(0) if found else None


def _wrapped(content: str, carrier: Carrier, number: int) -> str:
    name = f"{NAME}{carrier.id}"
    inside = content
    if not any(sign in content for sign in _NOT_PLAIN):
        label = escape(carrier.label[:_ALIAS])
        inside = (
            f'<w:sdt><w:sdtPr><w:alias w:val="{label}"/><w:tag w:val="{name}"/>'
            f'<w:id w:val="{int(carrier.id, 16) & 0x7FFFFFFF}"/></w:sdtPr><w:sdtContent>{content}'
            "</w:sdtContent></w:sdt>"
        )
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{inside}<w:bookmarkEnd w:id="{number}"/>'
