"""Every id of a document once: pictures, VML shapes and their types, content controls, paragraphs, bookmarks,
and the comments that text calls. A loop repeats them, a charte and an old version bring them twice.

What bears an id first keeps it; bookmarks are numbered anew, and keep their names. Works on the text of the
parts, so that a document needs no XML parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from copy import deepcopy
from itertools import count
from typing import Final

LOOP_START, LOOP_END = "\x03", "\x04"
"""Marks that a loop leaves around each of its turns, when bookmarks stand in it."""

OF_PARAGRAPHS: Final = " w14:paraId="
BEARERS: Final = (
    "<wp:docPr ", "<v:shape", "<w:sdt>", OF_PARAGRAPHS, "<w:bookmarkStart ", "<w:commentReference ",
)  # fmt: skip
"""A text without any of these has no id that could be there twice."""

FIRST: Final = 1001
_FALLBACK = re.compile(r"(<mc:Fallback\b.*?</mc:Fallback>)", re.DOTALL)
_BEARER = re.compile(
    r"<(?P<name>wp:docPr|w:id|w:p|w:tr|v:\w+)(?P<attributes>\s[^<>]*)>"
    r"|<w:(?P<call>commentRangeStart|commentRangeEnd|commentReference)\b[^>]*?\bw:id=\"(?P<comment>[^\"]*)\"[^>]*/>"
)
_ATTRIBUTE: Final = {
    name: re.compile(rf'(\s{name}=")([^"]*)') for name in ("id", "type", "o:spid", "w:val", "w14:paraId")
}
_NUMBERED_SHAPE = re.compile(r"_x0000_[is]\d+")
_LONGEST_NAME: Final = 40  # letters that Word keeps of the name of a bookmark


class Ids:
    """The ids met so far, part after part."""

    def __init__(self) -> None:
        self._taken: dict[str, set[str]] = {}
        self._bookmarks = _Bookmarks()

    def apart(self, package: dict[str, bytes], names: Iterable[str]) -> None:
        """Makes the ids of these parts of a package unlike those met so far; parts in UTF-8, as all write."""
        for name in names:
            with suppress(UnicodeDecodeError):
                xml = package[name].decode("utf-8")
                if (own := self.once(xml)) != xml:
                    package[name] = own.encode("utf-8")

    def once(self, xml: str) -> str:
        """The text of a part, its ids unlike those met so far; the marks of loops go. What stands for a text
        box in other programs says the same ids as the box, its shapes apart."""
        if not any(bearer in xml for bearer in BEARERS):
            return xml
        part = _Part(self._taken)
        pieces = _FALLBACK.split(xml)
        for index, piece in enumerate(pieces):
            pieces[index] = part.shapes(piece) if index % 2 else part.all(piece)
        return self._bookmarks.once("".join(pieces))

    def copy(self) -> Ids:
        """The same ids met, for another document."""
        return deepcopy(self)


class _Part:
    """One part being read. Word itself defines a type of shape in several parts, never twice in one."""

    def __init__(self, taken: dict[str, set[str]]) -> None:
        self._taken = taken
        self._taken["type"] = set()
        self._types: dict[str, str] = {}

    def all(self, xml: str) -> str:
        return _BEARER.sub(self._own, xml)

    def shapes(self, xml: str) -> str:
        return _BEARER.sub(lambda found: self._shape(found[0]) if found[0][:3] == "<v:" else found[0], xml)

    def _own(self, found: re.Match[str]) -> str:
        element = found[0]
        match found["name"]:
            case None:
                return element if self._is_first(found["call"], found["comment"]) else ""
            case "wp:docPr":
                return self._with_own("picture", "id", element)
            case "w:id":
                return self._with_own("control", "w:val", element)
            case "w:p" | "w:tr":
                return self._with_own("paragraph", "w14:paraId", element)
            case _:
                return self._shape(element)

    def _shape(self, element: str) -> str:
        if element.startswith("<v:shapetype"):
            defined = _ATTRIBUTE["id"].search(element)
            own = self._with_own("type", "id", element)
            if defined and (mine := _ATTRIBUTE["id"].search(own)):
                self._types[f"#{defined[2]}"] = f"#{mine[2]}"
            return own
        element = self._with_own("shape", "id", self._with_own("spid", "o:spid", element))
        return _ATTRIBUTE["type"].sub(lambda type: type[1] + self._types.get(type[2], type[2]), element)

    def _with_own(self, kind: str, attribute: str, element: str) -> str:
        def own(found: re.Match[str]) -> str:
            id = found[2]
            return found[1] + (id if self._is_first(kind, id) else self._free(kind, id))

        return _ATTRIBUTE[attribute].sub(own, element, count=1)

    def _is_first(self, kind: str, id: str) -> bool:
        taken = self._taken.setdefault(kind, set())
        if id in taken:
            return False
        taken.add(id)
        return True

    def _free(self, kind: str, id: str) -> str:
        for number in count(FIRST + len(self._taken[kind])):
            free = _shaped(kind, id, number)
            if self._is_first(kind, free):
                return free
        raise AssertionError  # numbers do not end


def _shaped(kind: str, id: str, number: int) -> str:
    """A number as an id of that kind is written."""
    if kind == "paragraph":
        return f"{number:08X}"
    if kind in ("type", "shape") and not _NUMBERED_SHAPE.fullmatch(id):
        return f"{id}_{number}"
    return f"_x0000_s{number}" if kind in ("shape", "spid") else str(number)


# --- bookmarks: their numbers, their names, and what refers to them in the same turn of a loop --------


_BOOKMARK = re.compile(
    r"<(?:mc:Fallback\b.*?</mc:Fallback>|w:(?:bookmark(?P<edge>Start|End)\b(?P<attributes>[^>]*?)/>"
    r"|(?P<holder>instrText\b[^>]*>|hyperlink\b[^>]*?\bw:anchor=\"|fldSimple\b[^>]*?\bw:instr=\")(?P<reference>[^<\"]*)))",
    re.DOTALL,
)
_OR_TURN = re.compile(rf"[{LOOP_START}{LOOP_END}]|{_BOOKMARK.pattern}", re.DOTALL)
"""The same where there are loops: one sign to begin with is found ten times as fast as several."""
_SAID = re.compile(r'\bw:(id|name)="([^"]*)"')
_REFERENCE = re.compile(
    r"^(\s*(?:REF|PAGEREF|NOTEREF|GOTOBUTTON)?\s*|\s*HYPERLINK\s+\\l\s+(?:&quot;|\"))([^\s\"&\\]+)", re.I
)


class _Turn:
    """One turn of a loop: the bookmarks it holds, and the turn around it."""

    __slots__ = ("around", "names")

    def __init__(self, around: _Turn | None) -> None:
        self.around = around
        self.names: dict[str, str] = {}

    def find(self, name: str) -> str:
        turn: _Turn | None = self
        while turn is not None:
            if name in turn.names:
                return turn.names[name]
            turn = turn.around
        return name


class _Bookmarks:
    """The names and numbers met so far; Word takes a name whatever its case."""

    def __init__(self) -> None:
        self._names: set[str] = set()
        self._numbers = count()

    def once(self, xml: str) -> str:
        """Bookmarks with numbers and names of their own; what refers to one, in the same turn, follows."""
        if "<w:bookmarkStart " not in xml:
            return xml.replace(LOOP_START, "").replace(LOOP_END, "")
        turns, names = self._by_turn(xml)
        following, own_names = iter(turns), iter(names)
        turn = next(following)
        open_numbers: dict[str, list[str]] = {}

        def rewritten(found: re.Match[str]) -> str:
            nonlocal turn
            element = found[0]
            if element in (LOOP_START, LOOP_END):
                turn = next(following) if element == LOOP_START else turn.around or turn
                return ""
            if element.startswith("<mc:"):
                return element.replace(LOOP_START, "").replace(LOOP_END, "")
            if found["edge"] is None:
                anchor = "anchor" in found["holder"]
                return f"<w:{found['holder']}{_followed(found['reference'], turn, anchor=anchor)}"
            id = dict(_SAID.findall(element)).get("id", "")
            if found["edge"] == "End":
                numbers = open_numbers.get(id, [])
                return _with(element, "id", numbers.pop() if numbers else id)
            number = str(next(self._numbers))
            open_numbers.setdefault(id, []).append(number)
            return _with(_with(element, "id", number), "name", next(own_names))

        return _marks(xml).sub(rewritten, xml)

    def _by_turn(self, xml: str) -> tuple[list[_Turn], list[str]]:
        """The turns in the order they begin, each with the own names of the bookmarks inside it; those names
        in order."""
        turn = _Turn(None)
        turns, names = [turn], []
        for found in _marks(xml).finditer(xml):
            if found[0] == LOOP_START:
                turn = _Turn(turn)
                turns.append(turn)
            elif found[0] == LOOP_END:
                turn = turn.around or turn
            elif found["edge"] == "Start":
                name = dict(_SAID.findall(found[0])).get("name", "")
                names.append(self._name(name))
                holder: _Turn | None = turn
                while holder is not None:  # a loop inside the turn belongs to the turn
                    holder.names.setdefault(name, names[-1])
                    holder = holder.around
        return turns, names

    def _name(self, name: str) -> str:
        own = next(one for one in _suffixed(name) if one.lower() not in self._names)
        self._names.add(own.lower())
        return own


def _marks(xml: str) -> re.Pattern[str]:
    """What finds the bookmarks of a part, and the turns of its loops."""
    return _OR_TURN if LOOP_START in xml else _BOOKMARK


def _suffixed(name: str) -> Iterator[str]:
    """A name, then the same with a number at its end."""
    yield name
    for number in count(2):
        ending = f"_{number}"
        yield name[: _LONGEST_NAME - len(ending)] + ending


def _followed(reference: str, turn: _Turn, *, anchor: bool) -> str:
    if anchor:
        return turn.find(reference)
    return _REFERENCE.sub(lambda found: found[1] + turn.find(found[2]), reference, count=1)


def _with(element: str, attribute: str, value: str) -> str:
    return re.sub(rf'(\bw:{attribute}=")[^"]*', rf"\g<1>{value}", element, count=1)
