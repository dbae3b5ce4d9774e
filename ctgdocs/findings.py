"""A problem an author can fix, as a value: what, where, what to do, and the rule's source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

# --- The exceptions of the house. What an author can fix is a `Finding` (findings.py), not an exception


class CtgdocsError(Exception):
    """Something the run cannot go on with. Its text is one French sentence, fit to be shown as it is."""


class UsageError(CtgdocsError):
    """The command was asked something it cannot understand; the command line exits with 2."""


class TemplateError(CtgdocsError):
    """A Word template cannot be used; `place` says where in the file ("corps, paragraphe 4"), when known.

    `file` is the one at fault, from the workspace's root, when it is not the template itself (its charte)."""

    def __init__(self, message: str, *, place: str = "", hint: str = "", file: str = "") -> None:
        super().__init__(message)
        self.place = place
        self.file = file
        self.hint = hint


class ContextError(CtgdocsError):
    """A value cannot be put in a document; `path` says which one (`elus[2].nom`), when known."""

    def __init__(self, message: str, *, path: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.path = path
        self.hint = hint


class WritingError(CtgdocsError):
    """An output could not be written (open elsewhere, read-only, disk full); nothing was half-written."""


class Severity(StrEnum):
    """`erreur` stops the document, `alerte` and `info` do not."""

    ERREUR = "erreur"
    ALERTE = "alerte"
    INFO = "info"


class Place(NamedTuple):
    """Where a value stands: `file` relative to the workspace (posix), 1-based `line` and `column` (0 = the
    whole file), and the dotted path of the field (`vote.contre.0`)."""

    file: str
    line: int = 0
    column: int = 0
    field: str = ""

    def __str__(self) -> str:
        where = self.file
        if self.line:
            where += f":{self.line}:{self.column}"
        return f"{where} ({self.field})" if self.field else where


class Finding(NamedTuple):
    """One thing to say to an author.

    `code` is a rule's code (`Q1`) or a program word (`champ-inconnu`); `message` and `hint` are plain
    French; `source` is the text of law behind a rule, empty when the finding is not legal.
    """

    code: str
    severity: Severity
    message: str
    place: Place
    hint: str = ""
    source: str = ""

    @property
    def blocking(self) -> bool:
        return self.severity is Severity.ERREUR

    def sort_key(self) -> tuple[Place, str, str]:
        return (self.place, self.code, self.message)


@dataclass(slots=True)
class Findings:
    """A bag of findings that a stage fills and hands on."""

    items: list[Finding] = field(default_factory=list)

    def add(
        self,
        code: str,
        message: str,
        place: Place,
        *,
        severity: Severity = Severity.ERREUR,
        hint: str = "",
        source: str = "",
    ) -> None:
        self.items.append(Finding(code, severity, message, place, hint, source))

    def extend(self, findings: Iterable[Finding]) -> None:
        self.items.extend(findings)

    @property
    def blocking(self) -> bool:
        return any(f.blocking for f in self.items)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Findings without repeats, in reading order: by file, line, column, code."""
    return sorted(set(findings), key=Finding.sort_key)
