"""What the line says about one document, and what a whole run says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from ctgdocs.findings import Finding, in_order
from ctgdocs.manifest import FileRecord, Record


class State(StrEnum):
    """What became of a document. The values are what an agent reads."""

    WRITTEN = "écrit"
    UNCHANGED = "inchangé"
    IN_ERROR = "en erreur"
    KEPT = "gardé"
    NOTHING = "rien à dire"


@dataclass(frozen=True, slots=True)
class Made:
    """One document out of the line, verbs 1 to 6. `data` is None when it was stopped, or fresh.

    `record` says what it was made from (its `output_digest` is the one of `data`). `values`: entry key →
    (digest, fields as typed); `files`: content file → what was read in it; both only for what this process
    had not said yet. `trace` is the program's own mistake, for the log.
    """

    key: str
    record: Record
    data: bytes | None = None
    values: Mapping[str, tuple[str, Mapping[str, str]]] = field(default_factory=dict)
    files: Mapping[str, FileRecord] = field(default_factory=dict)
    trace: str = ""


class Result(NamedTuple):
    """One document at the end of a run. `reasons`: why it was looked at; `words`: lines of a text diff."""

    key: str
    state: State
    output: str
    reasons: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(slots=True)
class Report:
    """A whole run: its documents in order, and every finding, once, in reading order."""

    results: list[Result] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    untouched: int = 0

    def count(self, state: State) -> int:
        found = sum(result.state is state for result in self.results)
        return found + self.untouched if state is State.UNCHANGED else found

    @property
    def documents(self) -> int:
        return len(self.results) + self.untouched - self.count(State.NOTHING)

    @property
    def clean(self) -> bool:
        """True when every document is up to date and nothing stands in the way."""
        in_the_way = self.count(State.IN_ERROR) + self.count(State.KEPT)
        return not in_the_way and not any(finding.blocking for finding in self.findings)

    def settle(self) -> Report:
        self.findings = in_order(self.findings)
        self.results.sort(key=lambda result: result.key)
        return self
