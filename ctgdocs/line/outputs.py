"""What becomes of a document that the line has made: written, unchanged, kept beside a hand edit, or stopped.

`decide` only decides, so that `generer --a-blanc` says exactly what `generer` would do; `Outputs` acts, one
chunk of documents at a time. What stands at the place of a document is looked at once more right before it
gives way: whatever this program did not write there is somebody's.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import NamedTuple

from ctgdocs.findings import Finding, Place, Severity, WritingError, advice
from ctgdocs.line import seals
from ctgdocs.line.desk import Desk
from ctgdocs.line.orders import Made, Outcome, Report, Result
from ctgdocs.memory.records import Record
from ctgdocs.memory.store import UNKNOWN
from ctgdocs.memory.writing import NotWritten, Output, keep_in_history, new_version_name, write_all
from ctgdocs.word import differences, words_of

ROUNDS = 3  # times that a document is looked at again because somebody saves it meanwhile


class Decision(NamedTuple):
    """`path`: the file to write with the document's bytes, "" for none. `history`: the file that is there now
    is filed first. `record`: what to remember once that is done. `over`: the digest of the sealed document of
    which only blanks are filled, "" for any other."""

    made: Made
    outcome: Outcome
    record: Record
    findings: tuple[Finding, ...] = ()
    path: str = ""
    history: bool = False
    over: str = ""


@dataclass(slots=True)
class Claims:
    """Who writes where: the documents that need nothing, then those of this run, in order."""

    desk: Desk
    fresh: frozenset[str]
    taken: dict[str, str] = field(default_factory=dict)

    def other(self, made: Made) -> str:
        """The document that already writes where this one would, "" when none does."""
        output = made.record.output
        for key in self.desk.memory.makers(output):
            record = self.desk.memory.document(key) if key in self.fresh and key != made.key else None
            if record is not None and record.output == output:
                return key
        key = self.taken.setdefault(output, made.key)
        return "" if key == made.key else key


def decide(desk: Desk, made: Made, claims: Claims, *, replacing: bool = False) -> Decision:
    before = desk.memory.document(made.key)
    if made.record.in_error:
        return _stopped(desk, made, before)
    if not made.record.output:
        return Decision(made, Outcome.NOTHING, made.record, made.record.findings or ())
    there = "" if made.data is None else desk.sealed_place(made.key, made.record.output)
    if there:
        made = replace(made, record=_written_at(made.record, there))
    if other := claims.other(made) or (there and _other_act(desk, made, there)):
        findings = (*(made.record.findings or ()), _same_output(made.record, other))
        return _stopped(desk, replace(made, record=replace(made.record, findings=findings)), before)
    if made.data is None and before is not None:
        return _fresh(desk, made, before)
    if there and (sealed := _sealed(desk, made, there)):
        return sealed
    return _new(desk, made, before, replacing and not there)


def _written_at(record: Record, path: str) -> Record:
    return replace(record, inputs=record.inputs._replace(output=path))


def _other_act(desk: Desk, made: Made, path: str) -> str:
    """The other document of this workspace whose sealed file stands at `path`, "" for none."""
    mark = desk.mark_at(path)
    another = mark is not None and mark.origin != made.key and mark.origin in desk.documents
    return mark.origin if mark is not None and another else ""


def _sealed(desk: Desk, made: Made, path: str) -> Decision | None:
    """What becomes of a sealed document that stands at `path`; None for one that was edited by hand."""
    there = desk.read(path)
    mark = desk.seal_of(path, there)
    if there is None or mark is None or not mark.intact:
        return None
    digest, findings = desk.files.digest(path), made.record.findings or ()
    record = replace(made.record, output_digest=digest, sealed=True)
    before, after = words_of(there), words_of(made.data or b"")
    if mark.content == record.inputs.context or before == after:
        return Decision(made, Outcome.UNCHANGED, record, findings)
    if made.record.sealed and seals.only_fills_blanks(before, after):
        return Decision(made, Outcome.WRITTEN, made.record, findings, path=path, over=digest)
    act = seals.Act(desk.documents[made.key], _correction(desk, made.record.kind), path, mark.sealed)
    findings = (*findings, seals.changed(act, before, after))
    return Decision(made, Outcome.SEALED, replace(record, findings=findings), findings)


def as_left(desk: Desk, record: Record) -> Outcome:
    """How a document that needs nothing stands since the last run."""
    if record.in_error:
        return Outcome.IN_ERROR
    if not record.output:
        return Outcome.NOTHING
    if record.beside and desk.files.digest(record.output) != record.output_digest:
        return Outcome.KEPT
    return Outcome.SEALED if seals.is_changed(record) else Outcome.UNCHANGED


def _stopped(desk: Desk, made: Made, before: Record | None) -> Decision:
    """A document in error keeps what it last wrote, so that it is still known as its own. Its template and
    charte are those that this attempt came to: none when it was stopped before it was dressed."""
    record = made.record
    inputs = record.inputs._replace(program=desk.program)
    if before is not None:
        inputs = inputs._replace(context=before.inputs.context, output=before.output)
        record = replace(_as_it_was(record, before), sealed=before.sealed)
    elif record.output:
        inputs = inputs._replace(output="")
        record = replace(record, output_digest="", sealed=False)
    return Decision(made, Outcome.IN_ERROR, replace(record, inputs=inputs), record.findings or ())


def _as_it_was(record: Record, before: Record) -> Record:
    """The same with the files that were written before."""
    return replace(
        record, output_digest=before.output_digest, beside=before.beside, beside_digest=before.beside_digest
    )


def _fresh(desk: Desk, made: Made, before: Record) -> Decision:
    told = tuple(one for one in before.findings or () if one.code == seals.CHANGED)
    findings = (*(made.record.findings or ()), *told)
    record = replace(_as_it_was(made.record, before), sealed=before.sealed, findings=findings)
    if told:
        return Decision(made, Outcome.SEALED, record, findings)
    if record.beside and desk.files.digest(record.output) != record.output_digest:
        return Decision(made, Outcome.KEPT, record, (*findings, kept(record.output, record.beside)))
    return Decision(made, Outcome.UNCHANGED, record, findings)


def _correction(desk: Desk, kind: str) -> str:
    return next((one.corrected_by for one in desk.kinds if one.name == kind), "")


def _new(desk: Desk, made: Made, before: Record | None, replacing: bool) -> Decision:
    record, findings = made.record, made.record.findings or ()
    on_disk = desk.files.digest(record.output)
    if on_disk == record.output_digest:
        return Decision(made, Outcome.UNCHANGED, record, findings)
    there = desk.read(record.output)
    if record.sealed and there is not None and desk.mark_at(record.output) is None:
        # nothing says whose it is: it may be the signed copy itself
        as_written = before is not None and before.output_digest == on_disk
        record = replace(record, output_digest=on_disk if as_written else UNKNOWN)
        return Decision(made, Outcome.UNCHANGED, record, findings)
    ours = desk.may_be_replaced(record.output, there)
    if record.sealed and there is None and before is not None and before.sealed:
        findings = (*findings, seals.made_again(record))
    if ours or replacing:
        return Decision(made, Outcome.WRITTEN, record, findings, path=record.output, history=not ours)
    beside = _beside(desk, record)
    written = desk.memory.written(record.output) or UNKNOWN
    known = replace(record, output_digest=written, beside=beside, beside_digest=record.output_digest)
    needed = desk.files.digest(beside) != record.output_digest
    findings = (*findings, kept(record.output, beside))
    return Decision(made, Outcome.KEPT, known, findings, path=beside if needed else "")


def _beside(desk: Desk, record: Record) -> str:
    """Where the new version goes: not over another file of the author's."""
    number = 1
    while True:
        name = new_version_name(record.output, number)
        if desk.files.digest(name) == record.output_digest or desk.is_ours(name, desk.read(name)):
            return name
        number += 1


@dataclass(slots=True)
class Outputs:
    """Where the documents of a run go. `failed`: something was not written, so the run is not complete; then
    what was recorded of the document before still holds, and the next run takes it up."""

    desk: Desk
    report: Report
    claims: Claims
    replacing: bool = False
    failed: bool = False
    disk_full: bool = False

    def put(self, mades: Sequence[Made]) -> list[tuple[Made, Record, os.stat_result | None, str]]:
        """Writes a chunk of documents, in order; gives what is to be recorded of each, and of its file."""
        kept: dict[str, tuple[Made, Record, os.stat_result | None, str]] = {}
        waiting = list(mades)
        for _ in range(ROUNDS):
            decisions = [decide(self.desk, made, self.claims, replacing=self.replacing) for made in waiting]
            results = self._written(decisions)
            waiting = []
            for decision, result in zip(decisions, results, strict=True):
                if isinstance(result, NotWritten) and result.changed:
                    self.desk.files.look_again(decision.path)
                    waiting.append(decision.made)
                elif isinstance(result, NotWritten):
                    self._not_written(decision, _refusal(decision, result))
                elif self._told(decision):
                    kept[decision.made.key] = (decision.made, decision.record, result, decision.path)
            if not waiting:
                break
        for made in waiting:
            self._not_written(decide(self.desk, made, self.claims), _restless(made.record))
        return [kept[made.key] for made in mades if made.key in kept]

    def _written(self, decisions: Sequence[Decision]) -> list[os.stat_result | NotWritten | None]:
        """What became of the file of each decision; None where there is none to write."""
        results: list[os.stat_result | NotWritten | None] = [self._filed(one) for one in decisions]
        to_write = [n for n, one in enumerate(decisions) if one.path and results[n] is None]
        outputs = [self._output(decisions[number]) for number in to_write]
        for number, result in zip(to_write, write_all(outputs), strict=True):
            results[number] = result
            if isinstance(result, NotWritten):
                self.disk_full = self.disk_full or result.disk_full
        return results

    def _output(self, decision: Decision) -> Output:
        path, desk = decision.path, self.desk
        over = desk.files.digest(path) if decision.history else decision.over

        def gives_way(there: bytes | None) -> bool:
            as_decided = there is not None and sha256(there).hexdigest() == over
            return as_decided or desk.may_be_replaced(path, there)

        return Output(f"{desk.project.root}/{path}", decision.made.data or b"", gives_way)

    def _filed(self, decision: Decision) -> NotWritten | None:
        """Files the hand-edited document that is about to give way; why not, when that is not possible."""
        if self.disk_full and decision.path:
            return NotWritten("", "", disk_full=True)
        if not decision.history:
            return None
        edited = self.desk.project.root / decision.path
        try:
            keep_in_history(edited, self.desk.project.state_dir / "historique" / edited.parent.name)
        except (WritingError, OSError) as error:
            return NotWritten(f"le document modifié n’a pas pu être rangé : {error}", "")
        return None

    def _told(self, decision: Decision) -> bool:
        """Reports a document. False for the program's own mistake, which is to be tried again."""
        self.report.tell(decision.made.key, decision.record, decision.findings)
        self._result(decision, decision.outcome)
        if decision.made.trace:
            self.desk.log(decision.made.key, decision.made.trace)
            self.failed = True
        return not decision.made.trace

    def not_recorded(self, error: WritingError) -> None:
        """The disk refuses what is to be remembered: the next run finds the documents, and knows them."""
        self.failed = True
        place = Place("sorties/.ctgdocs")
        self.report.findings.append(Finding("ecriture", Severity.ERREUR, str(error), place))

    def _not_written(self, decision: Decision, *findings: Finding) -> None:
        self.failed = True
        said = [one for one in findings if one.message]
        findings = (*(decision.record.findings or ()), *said)
        self.report.tell(decision.made.key, decision.record, findings)
        self._result(decision, Outcome.IN_ERROR)

    def _result(self, decision: Decision, outcome: Outcome) -> None:
        self.report.results.append(
            Result(decision.made.key, outcome, decision.path or decision.record.output)
        )


@dataclass(slots=True)
class Rehearsal:
    """`generer --a-blanc`: says what a run would do, and the words that would change; touches nothing."""

    desk: Desk
    report: Report
    claims: Claims
    replacing: bool = False

    def keep(self, mades: Sequence[Made]) -> None:
        for made in mades:
            decision = decide(self.desk, made, self.claims, replacing=self.replacing)
            words: tuple[str, ...] = ()
            if decision.path and made.data is not None:
                there = words_of(self.desk.read(decision.record.output) or b"")
                words = tuple(differences(there, words_of(made.data)))
            self.report.tell(made.key, decision.record, decision.findings)
            output = decision.path or decision.record.output
            self.report.results.append(Result(made.key, decision.outcome, output, words=words))


@dataclass(slots=True)
class Listener:
    """`verifier`: keeps what the line finds, and nothing it makes."""

    report: Report

    def keep(self, mades: Sequence[Made]) -> None:
        for made in mades:
            outcome = Outcome.IN_ERROR if made.record.in_error else Outcome.UNCHANGED
            if outcome is Outcome.UNCHANGED and not made.record.output:
                outcome = Outcome.NOTHING
            self.report.tell(made.key, made.record, made.record.findings or ())
            self.report.results.append(Result(made.key, outcome, made.record.output))
            self.report.projets |= {made.projet} - {""}


def kept(output: str, beside: str) -> Finding:
    """What is said of a document that was edited by hand and is therefore kept."""
    name = beside.rpartition("/")[2]
    return Finding(
        "modifie-a-la-main",
        Severity.ALERTE,
        f"document modifié à la main : gardé tel quel, la nouvelle version est à côté (« {name} »)",
        Place(output),
        hints=(
            f'« ctgdocs reprendre "{output}" » reprend dans le contenu ce qui y a été corrigé',
            "sinon, comparez les deux ; « ctgdocs generer --remplacer » prend la nouvelle et range la vôtre "
            "dans sorties/.ctgdocs/historique",
        ),
    )


def _same_output(record: Record, other: str) -> Finding:
    return Finding(
        "sortie-en-double",
        Severity.ERREUR,
        f"ce document s’écrirait dans « {record.output} », comme {other}",
        Place(record.source),
        hints=("changez l’objet ou le numéro de l’un des deux",),
    )


def _refusal(decision: Decision, refused: NotWritten) -> Finding:
    code = "disque-plein" if refused.disk_full else "ecriture"
    place = Place("sorties" if refused.disk_full else decision.path)
    return Finding(code, Severity.ERREUR, refused.message, place, hints=advice(refused.hint))


def _restless(record: Record) -> Finding:
    message = "le document change sans cesse sur le disque : il est laissé tel quel"
    hints = ("fermez-le, puis relancez la même commande",)
    return Finding("ecriture", Severity.ERREUR, message, Place(record.output), hints=hints)
