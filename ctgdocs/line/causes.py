"""The cause first: what is wrong in one file, once, with the documents that it stops.

Each document says, and remembers, all that stops it: its own mistakes, those of its séance, and that a fiche
it cites is in error (a consequence, which leads to that fiche). A run says each cause once, and counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ctgdocs.findings import ABSENT, CONSEQUENCES, Finding, Place, Severity, in_order

NAMED = 3  # documents that a cause names, beyond them it only counts


class Told(NamedTuple):
    """What there was to say of one document, whose content file is `source`."""

    key: str
    source: str
    findings: tuple[Finding, ...]


def causes_first(findings: Iterable[Finding], told: Sequence[Told]) -> list[Finding]:
    """The findings of a run, once each: those that stop other files' documents, these counted, then the rest
    in reading order. `told` holds what each document said, which is among the findings."""
    found = in_order(findings)
    trail = _Trail(found)
    stopped: dict[Finding, set[str]] = {}
    for document in told:
        for cause in trail.causes_of(document):
            stopped.setdefault(cause, set()).add(document.key)
    causes = [_counted(cause, sorted(stopped[cause])) for cause in in_order(stopped)]
    return [*causes, *(one for one in found if one not in stopped and not trail.leads(one))]


class _Trail:
    """From what is said of an entry in error back to what is wrong in it."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.in_file: dict[str, list[Finding]] = {}
        for one in findings:
            if one.blocking:
                self.in_file.setdefault(_stem(one.place.file), []).append(one)
        self.known: dict[Place, tuple[Finding, ...]] = {}

    def causes_of(self, document: Told) -> Iterator[Finding]:
        """What stops a document, and stands in another file than its own."""
        for one in document.findings:
            if one.code in CONSEQUENCES:
                yield from self._from(one)
            elif one.blocking and one.place.file != document.source:
                yield one

    def leads(self, finding: Finding) -> bool:
        """True for a consequence whose cause is said."""
        return finding.code in CONSEQUENCES and bool(self._from(finding))

    def _from(self, consequence: Finding) -> tuple[Finding, ...]:
        target = consequence.related[0].place
        found = self.known.get(target)
        if found is None:
            self.known[target] = ()  # a circle of entries leads nowhere
            found = self.known[target] = tuple(self._at(target, consequence))
        return found

    def _at(self, target: Place, consequence: Finding) -> Iterator[Finding]:
        if consequence.code == ABSENT:
            yield Finding(ABSENT, Severity.ERREUR, consequence.message, target, hints=consequence.hints)
        wrong = self.in_file.get(_stem(target.file), [])
        of_the_entry = [one for one in wrong if target.field in ("", one.place.field.partition(".")[0])]
        for one in of_the_entry or wrong:  # when it is named by none, its whole file cannot be read
            yield from self._from(one) if one.code in CONSEQUENCES else (one,)


def _stem(path: str) -> str:
    """A content file, whichever of its two suffixes it has."""
    return path.rpartition(".")[0]


def _counted(cause: Finding, keys: Sequence[str]) -> Finding:
    """The cause, with the documents that it stops: named when they are few."""
    depend = "1 document en dépend" if len(keys) == 1 else f"{len(keys)} documents en dépendent"
    names = f" : {', '.join(keys)}" if len(keys) <= NAMED else ""
    return cause._replace(message=f"{cause.message} ({depend}{names})")
