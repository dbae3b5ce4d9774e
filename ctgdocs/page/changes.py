"""What a screen changes in a content file: one value at a time, never over what somebody else wrote there
meanwhile; and what a form that comes back changes: its fields, and what its buttons ask.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ctgdocs.content.gestures import Gesture, Unwritable, as_plain, plain, value_at
from ctgdocs.content.heritage import Heir, inherit
from ctgdocs.content.library import Library
from ctgdocs.content.reading import decode
from ctgdocs.content.setting import after
from ctgdocs.content.spelling import Value
from ctgdocs.files import read_file
from ctgdocs.findings import CtgdocsError
from ctgdocs.memory.history import History
from ctgdocs.memory.writing import NotWritten
from ctgdocs.page.forms import Field, Form
from ctgdocs.page.opened import Opened
from ctgdocs.page.places import REGISTRIES
from ctgdocs.page.shapes import Shape
from ctgdocs.stages import Steps
from ctgdocs.vocabulary.as_typed import A_COMPLETER, date_of

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


def steps_of(path: str) -> Steps:
    return tuple(int(step) if step.isdigit() else step for step in path.split("."))


def changes_of(form: Form, typed: Value, sent: Mapping[str, str], prefix: Steps) -> Iterator[Change]:
    """The changes of a form that was sent: `v:<path>` is what a field says, `a:<path>` what it said."""
    for name, value in sent.items():
        mark, _, path = name.partition(":")
        one = form.find(path) if mark == "v" else None
        if one is None:
            continue
        said, seen = value.replace("\r\n", "\n"), sent.get(f"a:{path}", "").replace("\r\n", "\n")
        if said.rstrip() == seen.rstrip() or (one.blank and not said.strip()):
            continue
        yield Change(_gesture(one, typed, said.rstrip() if "\n" in said else said.strip(), prefix), seen)


def _gesture(one: Field, typed: Value, said: str, prefix: Steps) -> Gesture:
    at = steps_of(one.path)
    if one.wraps and said:
        above = value_at(typed, at[:-1])
        return Gesture("set", prefix + at[:-1], {one.name: said, one.wraps: above or ""})
    if one.shape.widget == "table":
        rows: list[Value] = [list(row.split("\t")) for row in said.splitlines() if row.strip()]
        return Gesture("set", prefix + at, rows) if rows else Gesture("remove", prefix + at)
    if not said and isinstance(at[-1], str):
        return Gesture("remove", prefix + at)
    return Gesture("set", prefix + at, said)


def gesture_of(
    form: Form, typed: Value, asked: str, sent: Mapping[str, str], prefix: Steps
) -> Gesture | None:
    """What a button of a form does: `ajouter:visas`, `monter:visas.2`, `descendre:…`, `retirer:…`."""
    act, _, path = asked.partition(":")
    at = steps_of(path)
    one = form.find(path)
    if act == "ajouter" and one is not None:
        return _to_add(one, typed, sent.get(f"n:{path}", "").strip(), prefix)
    if act == "retirer":
        above = value_at(typed, at[:-1])
        alone = isinstance(above, list | dict) and len(above) == 1 and len(at) > 1
        return Gesture("remove", prefix + (at[:-1] if alone else at))
    rank = at[-1]
    if act in ("monter", "descendre") and isinstance(rank, int):
        above = value_at(typed, at[:-1])
        to = rank + (1 if act == "descendre" else -1)
        if isinstance(above, list) and 0 <= to < len(above):
            return Gesture("move", prefix + at, to=to)
    return None


def _to_add(one: Field, typed: Value, chosen: str, prefix: Steps) -> Gesture | None:
    at, below = steps_of(one.path), one.shape.below
    there = value_at(typed, at)
    if one.shape.widget == "names":
        if not chosen:
            return None
        empty: Value = {} if below is not None and below.widget == "record" else ""
        return Gesture("set", (*prefix, *at, chosen), _begun(below) if empty == {} else "")
    new: Value = chosen or _begun(below)
    if chosen and _is_blank(there or ""):
        return Gesture("set", prefix + at, chosen)
    if isinstance(there, str) and there:
        return Gesture("set", prefix + at, [there, new])
    if isinstance(there, list):
        blank = next((rank for rank, item in enumerate(there) if _is_blank(item)), None)
        if chosen and blank is not None:
            return Gesture("set", (*prefix, *at, blank), chosen)
        return Gesture("insert", (*prefix, *at, len(there)), new)
    return Gesture("set", prefix + at, [new])


def _is_blank(value: Value) -> bool:
    return isinstance(value, str) and A_COMPLETER.fullmatch(value.strip()) is not None


def _begun(shape: Shape | None) -> Value:
    """What a new item holds before anything is typed in it."""
    if shape is None or shape.widget != "record" or shape.short:
        return ""
    first = next((name for name, one in shape.fields.items() if one.required), next(iter(shape.fields)))
    return {first: ""}


def taken(library: Library, registry: str, id: str, name: str) -> Value | None:
    """What the dossier of an entry says of a field, as typed there: to be changed here."""
    entry = library.find(REGISTRIES[registry], id)
    heir = inherit(entry, library.reader()) if entry is not None else None
    if not isinstance(heir, Heir) or heir.dossier is None:
        return None
    node, _key = heir.dossier.node((name,))
    return as_plain(node)
