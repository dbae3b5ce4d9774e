"""Verbs 7 and 8: write what the line made, and record it. One chunk of documents at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ctgdocs.findings import Finding, Place, Severity, WritingError, advice
from ctgdocs.freshness.disk import describe
from ctgdocs.freshness.files import digest_of_file
from ctgdocs.freshness.words import differences, words_of
from ctgdocs.manifest import FileRecord
from ctgdocs.pipeline.decide import Decision, decide
from ctgdocs.pipeline.desk import Desk
from ctgdocs.pipeline.outcomes import Made, Report, Result, State
from ctgdocs.writing import Chunk, Draft, Refused, Written, keep_in_history


@dataclass(slots=True)
class Store:
    """Where the outputs of a run go. `failed`: something was not written, so the run is not complete; then
    what was recorded of the document before still holds, and the next run takes it up."""

    desk: Desk
    report: Report
    replacing: bool = False
    failed: bool = False
    disk_full: bool = False
    claimed: dict[str, str] = field(default_factory=dict)

    def put(self, mades: Sequence[Made]) -> None:
        """Writes and records a chunk of documents, in order."""
        to_write = []
        for made in mades:
            made = self._shared(made)
            remember(self.desk, made)
            decision = decide(self.desk, made, self.claimed, replacing=self.replacing)
            if not decision.path:
                self._record(decision)
            elif self.disk_full:
                self._not_written(decision, ())
            elif self._filed(decision):
                to_write.append(decision)
        if to_write:
            self._write(to_write)

    def _shared(self, made: Made) -> Made:
        """A document with what it read as those before it have it, one set a registry."""
        reads = self.desk.manifest.sets.share(made.record.reads)
        return replace(made, record=made.record.with_reads(reads))

    def _write(self, decisions: Sequence[Decision]) -> None:
        root = self.desk.project.root
        drafts = [Draft(f"{root}/{one.path}", one.made.data or b"") for one in decisions]
        by_path = {draft.path: one for draft, one in zip(drafts, decisions, strict=True)}
        manifest = self.desk.manifest
        texts = {one.made.key: manifest.documents.text_of(one.record) for one in decisions}

        def announce(ready: Sequence[Draft]) -> None:
            chosen = (by_path[draft.path] for draft in ready)
            lines = ((one.made.key, texts[one.made.key], one.record.reads) for one in chosen)
            self.desk.journal.announce(lines, manifest.sets)

        results: Sequence[Written | Refused]
        try:
            results = Chunk(drafts).put(announce)  # 7 write
        except OSError as error:  # the journal could not be written: no output has moved
            results = [Refused.because(draft, error) for draft in drafts]
        for decision, result in zip(decisions, results, strict=True):
            if isinstance(result, Refused):
                self.disk_full = self.disk_full or result.disk_full
                self._not_written(decision, (_refusal(decision, result),))
            else:
                record = decision.record
                digest = record.beside_digest if decision.path == record.beside else record.output_digest
                self.desk.files.wrote(decision.path, describe(result.stat), digest, early=result.early)
                self._record(decision, texts[decision.made.key])

    def _filed(self, decision: Decision) -> bool:
        """Files the hand-edited document that is about to give way. True when that went well."""
        if not decision.history:
            return True
        edited = self.desk.project.root / decision.path
        history = self.desk.project.state_dir / "historique" / edited.parent.name
        try:
            keep_in_history(edited, history, digest_of_file(edited))
        except (WritingError, OSError) as error:
            place = Place(decision.path)
            finding = Finding(
                "ecriture", Severity.ERREUR, f"le document modifié n’a pas pu être rangé : {error}", place
            )
            self._not_written(decision, (finding,))
            return False
        return True

    def _record(self, decision: Decision, text: str = "") -> None:
        self.report.findings.extend(decision.findings)
        self._result(decision, decision.state)
        if decision.made.trace:  # the program's own mistake: to be tried again
            self.failed = True
        else:
            self.desk.manifest.put(decision.made.key, decision.record, text)  # 8 record

    def _not_written(self, decision: Decision, findings: Sequence[Finding]) -> None:
        self.failed = True
        self.report.findings.extend((*decision.record.findings, *findings))
        self._result(decision, State.IN_ERROR)

    def _result(self, decision: Decision, state: State) -> None:
        self.report.results.append(Result(decision.made.key, state, decision.path or decision.record.output))


@dataclass(slots=True)
class Rehearsal:
    """`generer --a-blanc`: says what Store would do, and the words that would change; touches nothing."""

    desk: Desk
    report: Report
    replacing: bool = False
    claimed: dict[str, str] = field(default_factory=dict)

    def put(self, mades: Sequence[Made]) -> None:
        for made in mades:
            decision = decide(self.desk, made, self.claimed, replacing=self.replacing)
            words: tuple[str, ...] = ()
            if decision.path and made.data is not None:
                before = self.desk.project.root / decision.record.output
                there = words_of(before) if before.is_file() else []
                words = tuple(differences(there, words_of(made.data)))
            self.report.findings.extend(decision.findings)
            output = decision.path or decision.record.output
            self.report.results.append(Result(made.key, decision.state, output, words=words))


def remember(desk: Desk, made: Made) -> None:
    """What the line read on the way, for the next run's freshness and reasons."""
    for key, (digest, fields) in made.values.items():
        desk.values.remember(key, digest, fields)
    desk.manifest.files.update(made.files)
    for reads in made.record.reads:
        if not next(iter(reads), "").startswith("fichier/"):
            continue
        for key, digest in reads.items():
            if digest:
                path = key.removeprefix("fichier/")
                desk.manifest.files[path] = FileRecord(desk.files.digest(path), {key: digest})
    if made.trace:
        desk.log(made.key, made.trace)


def _refusal(decision: Decision, refused: Refused) -> Finding:
    code = "disque-plein" if refused.disk_full else "ecriture"
    place = Place("sorties" if refused.disk_full else decision.path)
    return Finding(code, Severity.ERREUR, refused.message, place, hints=advice(refused.hint))
