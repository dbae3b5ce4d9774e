"""What a screen changes in a content file: one value at a time, never over what somebody else wrote there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ctgdocs.content.edit import Value
from ctgdocs.content.gestures import Gesture, Unwritable, plain, value_at
from ctgdocs.content.reading import decode
from ctgdocs.content.setting import after
from ctgdocs.files import read_file
from ctgdocs.findings import CtgdocsError
from ctgdocs.memory.history import History
from ctgdocs.memory.writing import NotWritten
from ctgdocs.page.opened import Opened
from ctgdocs.stages import Steps
from ctgdocs.vocabulary.as_typed import date_of

BOM = "\ufeff"


class Conflict(NamedTuple):
    """A field that changed in the file while it was being changed here: nothing was written. `seen` is what
    the screen showed, `there` what the file says now, `wanted` what was typed."""

    at: Steps
    seen: str
    there: str
    wanted: str


class Change(NamedTuple):
    """A gesture, and what the screen showed there (None when it does not matter)."""

    gesture: Gesture
    seen: str | None = None


def read_text(opened: Opened, path: str) -> tuple[bytes, str]:
    """The bytes of a content file and their text. Raises CtgdocsError for what is no text."""
    try:
        data = read_file(opened.project.root / path)
    except OSError as error:
        raise CtgdocsError(f"« {path} » ne se lit pas : {error.strerror or error}.") from error
    text = decode(data)
    return data, (BOM if data.startswith(BOM.encode()) else "") + text


def change(
    opened: Opened, path: str, changes: Iterable[Change], order: Sequence[str] = (), field: str = ""
) -> list[Conflict]:
    """Makes the changes of one content file, together, and keeps what it said before. Nothing is written when
    there is a conflict, nor when a change would touch anything else (CtgdocsError then)."""
    listed = list(changes)
    for _ in range(3):  # the file may be written by another hand between the reading and the writing
        data, text = read_text(opened, path)
        conflicts = [one for each in listed if (one := _conflict(plain(text), each))]
        if conflicts:
            return conflicts
        new = text
        for gesture, _seen in listed:
            new = _after(new, gesture, order)
        if new == text:
            return []
        try:
            History(opened.project).write(path, data, new.encode("utf-8"), field)
            return []
        except NotWritten as refusal:
            if not refusal.changed:
                raise
    raise CtgdocsError("Ce fichier change sans cesse : un autre programme y écrit. Rien n’a été changé.")


def _after(text: str, gesture: Gesture, order: Sequence[str]) -> str:
    try:
        return after(text, gesture, order)
    except Unwritable:
        sentence = (
            "Cette valeur ne peut pas être changée sans toucher au reste du fichier : rien n’a été écrit. "
            "Changez-la dans un éditeur de texte."
        )
        raise CtgdocsError(sentence) from None


def _conflict(there: Value, change: Change) -> Conflict | None:
    gesture, seen = change
    if seen is None or gesture.act != "set":
        return None
    now = said(value_at(there, gesture.at))
    wanted = said(gesture.value)
    if now in (seen, wanted) or _alike(now, seen):
        return None
    return Conflict(gesture.at, seen, now, wanted)


def _alike(one: str, other: str) -> bool:
    """A form sends CRLF, drops a last line feed, and shows a day as the calendar does."""
    return one.split() == other.split() or _same_day(one, other)


def _same_day(one: str, other: str) -> bool:
    day = date_of(one)
    return day is not None and day == date_of(other)


def said(value: Value | None) -> str:
    """A value as a form shows it; "" for what is no text."""
    return value if isinstance(value, str) else ""


def undo(opened: Opened, path: str) -> bool:
    """Gives a file back what it said before its last change of the page."""
    return History(opened.project).undo(path)
