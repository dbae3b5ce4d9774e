"""Footnotes of a Markdown text: `[^1]` calls one, `[^1]: its text` on a line of its own writes it."""

from __future__ import annotations

from typing import NamedTuple

from ctgdocs.patterns import regex

CALL = regex(r"\[\^([^\]\s]+)\]")
_DEFINITION = regex(r" {0,3}\[\^([^\]\s]+)\]:[ \t]*(.*)")


class Note(NamedTuple):
    """A footnote as typed, and the 0-based line where it stands."""

    label: str
    text: str
    line: int


def take_notes(text: str) -> tuple[str, dict[str, Note], list[Note]]:
    """The text without its footnotes (their lines left blank, so that line numbers stay), the notes by
    label, and the notes whose label was taken already. Indented lines continue a note."""
    if "[^" not in text:
        return text, {}, []
    kept: list[str] = []
    notes: dict[str, Note] = {}
    repeated: list[Note] = []
    open_note: tuple[str, int, list[str]] | None = None

    def close() -> None:
        if open_note:
            note = Note(open_note[0], " ".join(filter(None, open_note[2])), open_note[1])
            if notes.setdefault(note.label, note) is not note:
                repeated.append(note)

    for number, line in enumerate(text.split("\n")):
        if match := _DEFINITION.fullmatch(line):
            close()
            open_note = (match[1], number, [match[2].strip()])
            kept.append("")
        elif open_note and line.startswith("    ") and line.strip():
            open_note[2].append(line.strip())
            kept.append("")
        else:
            if open_note and line.strip():
                close()
                open_note = None
            kept.append(line)
    close()
    return "\n".join(kept), notes, repeated
