"""Text files: bullets of all shapes, Markdown marks, lines that a program cut at eighty columns."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ctgdocs.errors import CtgdocsError
from ctgdocs.importing.headings import recognise
from ctgdocs.importing.lines import Line, clean

WRAPPED_FROM = 60
"""A line shorter than this was ended by its author, not by the width of a page (characters)."""

_BULLET = re.compile(
    r"(?P<mark>[-–—−•·●▪◦➡➢➤►✓✔√*+]|[ov]|[e¢@=])\s+(?=\S)|(?P<dash>[-–—−=])(?=[A-ZÀ-Ý]|\|?[1lI]{1,2}\s)"
)
_NOISE = {"e": "•", "¢": "•", "@": "•", "*": "•", "=": "—", "–": "—", "−": "-", "+": "-"}
"""Marks that scanners confuse, and those that mean the same: one level of a list keeps one mark."""
_HE = re.compile(r"^(?:\|?[1l]|[1lI][lI])(?=\s)")
_HEADING = re.compile(r"(?P<marks>#{1,6})\s+(?P<text>.+?)\s*#*$")
_LINK = re.compile(r"\[([^\]\n]{1,300})\]\(([^)\s]*)\)")
_EMPHASIS = re.compile(r"\*\*(.+?)\*\*|__(.+?)__")
_ENDS = re.compile(r"[.:;!?…»)]$")
_UNFINISHED = re.compile(
    r"(?:\b(?:à|au|aux|avec|dans|de|des|du|en|et|la|le|les|leur|ou|par|pour|que|qui|sa|ses|son|sur|un|une)|[’'(])$",
    re.IGNORECASE,
)
"""What no author ends a line with."""
_HYPHEN = re.compile(r"(?<=\w)-$")
_KEEPS_ITS_HYPHEN = re.compile(
    r"(?:ci|là|ce|il|ils|elle|elles|on|je|tu|nous|vous|moi|toi|lui|leur|même|mêmes|t|être|faire)\b", re.I
)


def decoded(data: bytes) -> str:
    """The text of a file, UTF-8 or Windows' own. Raises CtgdocsError for what is not text."""
    if b"\x00" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise CtgdocsError("Ce fichier n’est pas du texte : donnez un fichier .txt, .md ou .docx.")
    for encoding in ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def lines_of_text(text: str) -> list[Line]:
    """The lines of a text file, those that a page width had cut joined again."""
    return _with_depths(_joined(_raw(text)))


def _raw(text: str) -> Iterator[Line | None]:
    """Each line as it looks; None for a blank one."""
    for typed in text.splitlines():
        text = clean(typed)
        if not text:
            yield None
        elif found := _HEADING.fullmatch(text):
            yield Line(_plain(found["text"]), "heading", len(found["marks"]))
        elif found := _BULLET.match(text):
            yield _bullet(text[found.end() :], found["mark"] or found["dash"], _column(typed))
        else:
            yield Line(_plain(text.lstrip("> ") or text))


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


def _joined(lines: Iterator[Line | None]) -> list[Line]:
    """Lines that go on the one before join it; a blank line ends a text, except before a lower case."""
    found: list[Line] = []
    last_length, blank = 0, True
    for line in lines:
        if line is None:
            blank = True
            continue
        if found and _goes_on(found[-1], line, last_length, blank):
            found[-1] = _append(found[-1], line.text)
        else:
            found.append(line)
        last_length, blank = len(line.text), False
    return found


def _goes_on(before: Line, line: Line, last_length: int, blank: bool) -> bool:
    if line.look != "text" or before.look == "heading" or recognise(before.text) or recognise(line.text):
        return False
    starts_low = line.text[:1].islower() or not line.text[:1].isalnum()
    if blank:
        return starts_low and last_length >= WRAPPED_FROM and not _ENDS.search(before.text)
    if last_length < WRAPPED_FROM:
        return bool(_HYPHEN.search(before.text)) and starts_low
    return starts_low or _UNFINISHED.search(before.text) is not None


def _append(before: Line, text: str) -> Line:
    doubt = before.doubt
    if _HYPHEN.search(before.text) and text[:1].islower():
        doubt = "mot coupé en fin de ligne"
        kept = before.text if _KEEPS_ITS_HYPHEN.match(text) else before.text[:-1]
        return Line(kept + text, before.look, before.level, before.value, doubt)
    return Line(f"{before.text} {text}", before.look, before.level, before.value, doubt)


# --- bullets inside bullets -------------------------------------------------------------------------------


def _with_depths(lines: list[Line]) -> list[Line]:
    """Bullets with their depth: further to the right, or another mark than the ones above."""
    found: list[Line] = []
    above: list[tuple[int, str]] = []
    for line in lines:
        if line.look != "bullet":
            if line.look == "heading" or recognise(line.text):
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
