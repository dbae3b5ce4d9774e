"""The one diagnostic: what is wrong and where, what else has to do with it, what to do, the rule's source."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """`erreur` stops the document, `alerte` and `info` do not."""

    ERREUR = "erreur"
    ALERTE = "alerte"
    INFO = "info"


class Place(NamedTuple):
    """Where a value stands: `file` relative to the workspace (posix), 1-based `line` and `column` (0 = the
    whole file), the dotted path of the field (`vote.contre.0`), and the place just after its last character
    (`end_line` 0 = not known).

    Without a file it is relative: lines and columns count from 1 inside a text (0 = the whole text), and
    `Entry.lift` settles it.
    """

    file: str = ""
    line: int = 0
    column: int = 0
    field: str = ""
    end_line: int = 0
    end_column: int = 0

    def __str__(self) -> str:
        where = self.file
        if self.line:
            where += f":{self.line}:{self.column}"
        return f"{where} ({self.field})" if self.field else where

    @classmethod
    def inside(cls, text: str, start: int, end: int | None = None) -> Place:
        """The relative place of `text[start:end]`.

        >>> Place.inside("Vu le code ;\\nVu l’avis", 16, 22)[1:]
        (2, 4, '', 2, 10)
        """
        line, column = _line_and_column(text, start)
        return cls("", line, column, "", *(_line_and_column(text, end) if end is not None else (0, 0)))


def _line_and_column(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


WHOLE = Place()
"""The whole text, whichever it is."""


class Related(NamedTuple):
    """Another place that has to do with a finding, and what stands there: « personne ne préside »."""

    place: Place
    message: str


class Finding(NamedTuple):
    """One thing to say to an author.

    `code` is a rule's code (`Q1`) or a program word (`champ-inconnu`); `message`, what stands at the related
    places and `hints` (what to do) are plain French with plain spaces; `source` is the text of law behind a
    rule, empty when the finding is not legal.
    """

    code: str
    severity: Severity
    message: str
    place: Place = WHOLE
    related: tuple[Related, ...] = ()
    hints: tuple[str, ...] = ()
    source: str = ""

    @property
    def blocking(self) -> bool:
        return self.severity is Severity.ERREUR

    def sort_key(self) -> tuple[Place, str, str]:
        return (self.place, self.code, self.message)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Findings without repeats, in reading order: by file, line, column, code."""
    return sorted(set(findings), key=Finding.sort_key)


def advice(*hints: str) -> tuple[str, ...]:
    """The hints that say something, as a finding holds them.

    >>> advice("", "écrivez « oui »")
    ('écrivez « oui »',)
    """
    return tuple(filter(None, hints))


# --- What is only said because of another file


SILENCED = "regle-ecartee"
"""The code of what a rule would say of a document that silences it, with its reason; `etat` prints it."""
ABSENT = "registre-absent"
CONSEQUENCES = frozenset({"fiche-en-erreur", "seance-en-erreur", ABSENT})
"""Their first related place is what is to be mended first; line/causes.py leads back to it."""


def because(message: str, place: Place, cause: Place) -> Finding:
    """What cannot be said at `place` before the entry at `cause` is mended."""
    related = (Related(cause, "à corriger d’abord"),)
    return Finding("fiche-en-erreur", Severity.ERREUR, message, place, related)


# --- The exceptions of the house ----------------------------------------------------------------------


class CtgdocsError(Exception):
    """Something the run cannot go on with. Its text is one French sentence, fit to be shown as it is."""


class UsageError(CtgdocsError):
    """The command was asked something it cannot understand; the command line exits with 2."""


class Stopped(CtgdocsError):
    """Findings that stop what was being done, for whoever can go on without it."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(*findings)
        self.findings = findings

    def __str__(self) -> str:
        return "\n".join(finding.message for finding in self.findings)

    @classmethod
    def at(cls, code: str, message: str, place: Place = WHOLE, *hints: str) -> Stopped:
        """Stops on one error."""
        return cls(Finding(code, Severity.ERREUR, message, place, hints=advice(*hints)))


class TemplateError(Stopped):
    """A Word file, or a value put in it, cannot be used. `place` says where in words ("corps, paragraphe 4"),
    when known; `file` the one at fault, from the workspace's root, when it is not the template itself (its
    charte)."""

    def __init__(self, message: str, *, place: str = "", hint: str = "", file: str = "") -> None:
        where = Place(file, field=place)
        super().__init__(Finding("modele", Severity.ERREUR, message, where, hints=advice(hint)))

    @property
    def finding(self) -> Finding:
        return self.findings[0]

    @property
    def place(self) -> str:
        return self.finding.place.field

    @property
    def hint(self) -> str:
        return "".join(self.finding.hints)

    def of(self, file: str) -> TemplateError:
        """The same, said of another file."""
        return TemplateError(self.finding.message, place=self.place, hint=self.hint, file=file)


class WritingError(CtgdocsError):
    """An output could not be written (open elsewhere, read-only, disk full); nothing was half-written."""
