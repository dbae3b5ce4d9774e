"""What is asked of the line, what it answers for one document, and what a whole run says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from ctgdocs.content.library import Document
from ctgdocs.findings import Finding, Place, Severity
from ctgdocs.line.causes import Told, causes_first
from ctgdocs.line.seals import gathered
from ctgdocs.memory.records import Inputs, Pack, Record

if TYPE_CHECKING:
    from pydantic import BaseModel

    from ctgdocs.kind import Kind

Kinds: TypeAlias = "Sequence[Kind[BaseModel]]"


def _silent(_done: int, _total: int) -> None:
    return None


class Options(NamedTuple):
    """`replace`: hand-edited outputs give way (and go to the history). `force`: fresh documents are made
    again too. `jobs`: processes, None to decide by the size of the batch. `cluster`: a Dask scheduler's
    address. `progress` is told how many documents are done, out of how many. `made`: documents that were made
    already from all that is on the disk."""

    replace: bool = False
    force: bool = False
    jobs: int | None = None
    cluster: str = ""
    progress: Callable[[int, int], None] = _silent
    made: tuple[Made, ...] = ()


class Order(NamedTuple):
    """One document to make. `last`: what it was made from, when what it says is still on disk: from the same
    inputs, it is not rendered again. Unless it is `kept`, it is made for what there is to say of it: it has
    no bytes, and what it was made from is not told."""

    document: Document
    last: Inputs | None = None
    kept: bool = True


def key_of(document: Document) -> str:
    """How a document is named everywhere: its shelf, its id, and its part when an act makes several."""
    name = f"{document.path.split('/')[1]}/{document.id}"
    return f"{name}/{document.part}" if document.part else name


@dataclass(frozen=True, slots=True)
class Made:
    """One document out of the line, verbs 1 to 6. `data` is None when it was stopped, or fresh.

    `record` says what it was made from (its `output_digest` is the one of `data`), `packs` what it read.
    `typed`: entry key → (digest, fields as typed), only for what this process had not said yet. `trace` is
    the program's own mistake, for the log. `projet`: the key of its act when that one is still a projet.
    """

    key: str
    record: Record
    data: bytes | None = None
    packs: tuple[Pack, ...] = ()
    typed: Mapping[str, tuple[str, Mapping[str, str]]] = field(default_factory=dict)
    trace: str = ""
    projet: str = ""


def unreadable(document: Document) -> Finding:
    return Finding("fichier", Severity.ERREUR, "ce fichier n’a pas pu être lu", Place(document.path))


def own_mistake(document: Document) -> Finding:
    return Finding(
        "imprevu",
        Severity.ERREUR,
        "le programme a rencontré un problème imprévu sur ce document ; les autres sont faits",
        Place(document.path),
        hints=(
            "le détail est dans sorties/.ctgdocs/erreurs.txt : joignez ce fichier à votre demande d’aide",
        ),
    )


class Outcome(StrEnum):
    """What became of a document. The values are what an agent reads."""

    WRITTEN = "écrit"
    UNCHANGED = "inchangé"
    IN_ERROR = "en erreur"
    KEPT = "gardé"
    SEALED = "scellé"
    NOTHING = "rien à dire"


class Result(NamedTuple):
    """One document at the end of a run. `words`: lines of a text diff."""

    key: str
    outcome: Outcome
    output: str
    words: tuple[str, ...] = ()


@dataclass(slots=True)
class Report:
    """A whole run: its documents, every finding, and what each document said. `untouched`: how many documents
    needed nothing and have nothing to say; `projets`: the keys of the acts that are not decided yet."""

    results: list[Result] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    untouched: int = 0
    told: list[Told] = field(default_factory=list)
    projets: set[str] = field(default_factory=set)

    def tell(self, key: str, record: Record, findings: Sequence[Finding]) -> None:
        """Adds what there is to say of a document."""
        self.findings.extend(findings)
        self.told.append(Told(key, record.source, tuple(findings)))

    def count(self, outcome: Outcome) -> int:
        found = sum(result.outcome is outcome for result in self.results)
        return found + self.untouched if outcome is Outcome.UNCHANGED else found

    @property
    def documents(self) -> int:
        return len(self.results) + self.untouched - self.count(Outcome.NOTHING)

    @property
    def clean(self) -> bool:
        """True when every document is up to date and nothing stands in the way."""
        in_the_way = sum(self.count(one) for one in (Outcome.IN_ERROR, Outcome.KEPT, Outcome.SEALED))
        return not in_the_way and not any(finding.blocking for finding in self.findings)

    def settled(self) -> Report:
        """The same as it is shown: the documents in order, the causes first, each finding once."""
        findings = causes_first(gathered(self.findings), self.told)
        results = sorted(self.results, key=lambda result: result.key)
        return Report(results, findings, self.untouched, projets=self.projets)
