"""What becomes of a document that the line has made: written, unchanged, kept beside a hand edit, or stopped.

Decides only; store.py acts. So `generer --a-blanc` says exactly what `generer` would do.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import replace
from typing import NamedTuple

from ctgdocs.findings import Finding, Place, Severity
from ctgdocs.manifest import Record
from ctgdocs.pipeline.desk import Desk
from ctgdocs.pipeline.outcomes import Made, State
from ctgdocs.writing import new_version_name

UNKNOWN = "?"  # the digest of an output that this program did not write: equal to nothing


class Decision(NamedTuple):
    """`path`: the file to write with the document's bytes, "" for none. `history`: the file that is there now
    is filed first. `record`: what to remember once that is done."""

    made: Made
    state: State
    record: Record
    findings: tuple[Finding, ...] = ()
    path: str = ""
    history: bool = False


def decide(desk: Desk, made: Made, claimed: MutableMapping[str, str], *, replacing: bool = False) -> Decision:
    """`claimed`: output → key of the document that makes it, in the order of the run."""
    before = desk.manifest.documents.get(made.key)
    if made.record.in_error:
        return _stopped(made, before)
    if not made.record.output:
        return Decision(made, State.NOTHING, made.record, made.record.findings)
    if (other := claimed.setdefault(made.record.output, made.key)) != made.key:
        same = _same_output(made.record, other)
        return _stopped(
            replace(made, record=replace(made.record, findings=(*made.record.findings, same))), before
        )
    if made.data is None:
        return _fresh(desk, made)
    return _new(desk, made, before, replacing)


def _stopped(made: Made, before: Record | None) -> Decision:
    """A document in error keeps what it last wrote, so that it is still known as its own."""
    record = made.record
    if before is not None:
        record = replace(
            record,
            output=before.output,
            output_digest=before.output_digest,
            beside=before.beside,
            beside_digest=before.beside_digest,
            locked=before.locked,
        )
    elif record.output:
        record = replace(record, output="", output_digest="", locked=False)
    return Decision(made, State.IN_ERROR, record, record.findings)


def _fresh(desk: Desk, made: Made) -> Decision:
    record = made.record
    if record.beside and desk.files.digest(record.output) != record.output_digest:
        return Decision(made, State.KEPT, record, (*record.findings, kept(record.output, record.beside)))
    return Decision(made, State.UNCHANGED, record, record.findings)


def _new(desk: Desk, made: Made, before: Record | None, replacing: bool) -> Decision:
    record = made.record
    on_disk = desk.files.digest(record.output)
    if on_disk == record.output_digest:
        return Decision(made, State.UNCHANGED, record, record.findings)
    if record.locked and on_disk and (before is None or before.locked):
        return _locked(made, before)
    ours = desk.written.get(record.output, UNKNOWN)
    untouched = on_disk in ("", ours) and desk.files.unmoved(record.output)
    if untouched or replacing:
        return Decision(
            made, State.WRITTEN, record, record.findings, path=record.output, history=not untouched
        )
    beside = _beside(desk, record, before)
    known = replace(record, output_digest=ours, beside=beside, beside_digest=record.output_digest)
    needed = desk.files.digest(beside) != record.output_digest
    findings = (*record.findings, kept(record.output, beside))
    return Decision(made, State.KEPT, known, findings, path=beside if needed else "")


def _locked(made: Made, before: Record | None) -> Decision:
    """A signed document that is there stays as it was signed, whatever is asked. A change of its own content
    that the page would say is an error; a change of the program, of a template or of a registry is none."""
    record = made.record
    if before is None:  # not known to be ours: it may be the signed copy itself
        return Decision(made, State.UNCHANGED, replace(record, output_digest=UNKNOWN), record.findings)
    signed = replace(
        record, output_digest=before.output_digest, beside=before.beside, beside_digest=before.beside_digest
    )
    from_elsewhere = record.source_digest == before.source_digest and not before.in_error
    if record.context == before.context or from_elsewhere:
        return Decision(made, State.UNCHANGED, signed, record.findings)
    findings = (*record.findings, _signed(record))
    return Decision(
        made, State.IN_ERROR, replace(signed, context=before.context, findings=findings), findings
    )


def _beside(desk: Desk, record: Record, before: Record | None) -> str:
    """Where the new version goes: not over another file of the author's."""
    name = new_version_name(record.output)
    number = 1
    while True:
        found = desk.files.digest(name)
        ours = desk.written.get(name, UNKNOWN)
        if found in ("", ours, record.output_digest) or (
            before is not None and found == before.beside_digest
        ):
            return name
        number += 1
        name = new_version_name(record.output, number)


def kept(output: str, beside: str) -> Finding:
    """What is said of a document that was edited by hand and is therefore kept."""
    name = beside.rpartition("/")[2]
    return Finding(
        "modifie-a-la-main",
        Severity.ALERTE,
        f"document modifié à la main : gardé tel quel, la nouvelle version est à côté (« {name} »)",
        Place(output),
        hints=(
            "comparez les deux ; « ctgdocs generer --remplacer » prend la nouvelle et range la vôtre dans "
            "sorties/.ctgdocs/historique",
        ),
    )


def _signed(record: Record) -> Finding:
    return Finding(
        "verrouille",
        Severity.ERREUR,
        f"le document est signé : « {record.output} » n’est pas réécrit, bien que son contenu ait changé",
        Place(record.source),
        hints=(
            "annulez ce changement, ou faites un avenant ; pour reprendre la rédaction, remettez "
            "statut: valide",
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
