"""Deadlines as an iCalendar file (RFC 5545): whole days, the same bytes for the same content."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from ctgdocs.renewing.echeances import Echeance

_ESCAPED = re.compile(r"[\\;,]")
_FOLD = 75


def calendar(deadlines: Iterable[Echeance], titles: dict[str, str], stamps: dict[str, date]) -> bytes:
    """The calendar. `titles` and `stamps` are by convention: what it is called, and the day of its version,
    which stands for the moment a clock would give."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//ctgdocs//echeances//FR",
        "CALSCALE:GREGORIAN",
        "X-WR-CALNAME:Échéances des conventions",
    ]
    for one in deadlines:
        title = titles.get(one.convention, one.convention)
        stamp = stamps.get(one.convention, one.jour)
        lines += [
            "BEGIN:VEVENT",
            f"UID:{one.convention}-{one.cle}@ctgdocs",
            f"DTSTAMP:{stamp:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{one.jour:%Y%m%d}",
            f"DTEND;VALUE=DATE:{one.jour + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_text(one.quoi)}",
            f"DESCRIPTION:{_text(_said(one, title))}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode("utf-8")


def _said(one: Echeance, title: str) -> str:
    detail = f"{one.detail[:1].upper()}{one.detail[1:]}\n" if one.detail else ""
    return f"{detail}{title} ({one.convention}) – {one.source}"


def _text(text: str) -> str:
    """A text value (RFC 5545, 3.3.11)."""
    return _ESCAPED.sub(r"\\\g<0>", text).replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """A content line in pieces of 75 octets at most, none cut inside a character (3.1).

    >>> [len(part.encode()) for part in _folded("é" * 100)]
    [74, 75, 54]
    """
    part, size = "", 0
    for character in line:
        octets = len(character.encode("utf-8"))
        if size + octets > _FOLD:
            yield part
            part, size = " ", 1
        part, size = part + character, size + octets
    yield part
