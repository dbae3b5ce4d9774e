"""Where something stands in a part of a Word file, in the words of someone who has it open in Word."""

from __future__ import annotations

import re

from ctgdocs.patterns import regex

_STEP = regex(r"<(/?)w:(p|tbl|tr|tc)(?:\s[^>]*)?>")
_WHERE = (
    (regex(r"word/document\d*\.xml"), "corps"),
    (regex(r"word/header\d*\.xml"), "en-tête"),
    (regex(r"word/footer\d*\.xml"), "pied de page"),
    (regex(r"word/footnotes\d*\.xml"), "notes de bas de page"),
    (regex(r"word/endnotes\d*\.xml"), "notes de fin"),
    (regex(r"word/comments\d*\.xml"), "commentaires"),
    (regex(r"docProps/.*"), "propriétés du document"),
)


def part_label(part: str) -> str:
    """What a part is for its author.

    >>> part_label("word/header2.xml")
    'en-tête'
    """
    return next((label for pattern, label in _WHERE if pattern.fullmatch(part)), part)


class Places:
    """Reads a part's XML once, forward; `at` must be asked in growing order."""

    __slots__ = ("_label", "_paragraph", "_pending", "_position", "_stack", "_steps", "_tables")

    def __init__(self, xml: str, part: str) -> None:
        self._label = part_label(part) if part else ""
        self._steps = _STEP.finditer(xml)
        self._pending = next(self._steps, None)
        self._stack: list[
            list[int]
        ] = []  # per open table: its number, its row, its cell, the paragraph in it
        self._paragraph = 0
        self._tables = 0

    def at(self, offset: int) -> str:
        """« corps, paragraphe 4 » or « corps, tableau 2, ligne 3, cellule 1 »."""
        while self._pending is not None and self._pending.start() < offset:
            self._enter(self._pending)
            self._pending = next(self._steps, None)
        steps = [self._label] if self._label else []
        if self._stack:
            table, row, cell, _ = self._stack[-1]
            steps += [f"tableau {table}", f"ligne {row}", f"cellule {cell}"]
        elif self._paragraph:
            steps.append(f"paragraphe {self._paragraph}")
        return ", ".join(steps)

    def _enter(self, step: re.Match[str]) -> None:
        closing, name = step[1], step[2]
        if name == "tbl" and not closing:
            self._tables += 1
            self._stack.append([self._tables, 0, 0, 0])
        elif name == "tbl" and self._stack:
            self._stack.pop()
        elif not closing and name == "p" and not self._stack:
            self._paragraph += 1
        elif not closing and self._stack and name == "tr":
            self._stack[-1][1:3] = [self._stack[-1][1] + 1, 0]
        elif not closing and self._stack and name == "tc":
            self._stack[-1][2] += 1
