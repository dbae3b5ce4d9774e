"""What is told of each change: where it goes in the content, its words, why it goes nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ctgdocs.content.spans import place_of
from ctgdocs.findings import Place
from ctgdocs.readback.deciding import Decider, InTemplate, in_template
from ctgdocs.readback.differences import Difference, Kind, Page, compared
from ctgdocs.readback.retyping import Proposal
from ctgdocs.readback.solving import Case, Solver

SHOWN = 90
_WORN = (Kind.LOOK, Kind.DRESS, Kind.SHAPE)


class Correction(NamedTuple):
    """One change made in Word. `field` and `place`: where it goes in the content, "" and its place in the
    document when it goes nowhere; `before`, `after`: its words; `proposal`: what to write, None when nothing
    gives it; `reason`: why not, or what to know; `in_template`: where its template writes the words; `copy`:
    the copy that it is read from, when there are several; `rivals`: what they say, when they do not agree."""

    number: int
    kind: Kind
    before: str
    after: str
    where: str
    place: Place
    proposal: Proposal | None = None
    reason: str = ""
    in_template: InTemplate | None = None
    copy: str = ""
    rivals: tuple[str, ...] = ()

    @property
    def placed(self) -> bool:
        """Whether it is to be taken as it is: nothing else is said there."""
        return self.proposal is not None and not self.rivals

    @property
    def arrow(self) -> str:
        """« huit » → « neuf »: the change, for an agent."""
        if not self.before:
            return f"ajouté « {self.after} »"
        if not self.after:
            return f"retiré « {self.before} »"
        if self.before == self.after:
            return f"{self.kind.value} de « {self.after} »"
        return f"« {self.before} » → « {self.after} »"


def correction(
    number: int, case: Case, solver: Solver, decider: Decider | None, template: Page
) -> Correction:
    before, after = _words(case.change, solver)
    where, proposal = _where(case.change, solver), case.kept
    if proposal is not None:
        place = placed_at(proposal, solver.contents)
        note = _note(proposal, solver)
        return Correction(number, case.change.kind, before, after, where, place, proposal, note)
    found = in_template(case.change, solver.base.page, solver.after, template)
    if found is not None:
        reason = (
            f"le modèle l’écrit ({solver.base.record.inputs.template}, {found.place}) : --modeles l’y change"
        )
    else:
        reason = decider.reason(case) if decider else ""
    return Correction(
        number, case.change.kind, before, after, where, Place(""), None, reason, in_template=found
    )


def _note(proposal: Proposal, solver: Solver) -> str:
    """What becomes of the placeholders that a change puts in words: where those are typed, nothing moves."""
    if not proposal.lost:
        return ""
    registries = dict[str, None]()
    for one in proposal.lost:
        id = one.strip("{}").rpartition(":")[2].strip()
        for key, file in solver.maker.reads.items():
            if key.partition("/")[2] == id and file in solver.contents:
                registries[str(place_of(file, solver.contents[file], (id,)))] = None
    become = "devient un texte" if len(proposal.lost) == 1 else "deviennent des textes"
    stays = f" ; {', '.join(registries)} ne change pas" if registries else ""
    return f"{', '.join(proposal.lost)} {become}{stays}"


def placed_at(proposal: Proposal, contents: Mapping[str, str]) -> Place:
    """The line of the file where a proposal writes."""
    item = proposal.items[0] if proposal.items else None
    rank = -1 if item is None else item.at if item.moved < 0 else item.moved
    steps = proposal.steps if rank < 0 else (*proposal.steps, rank)
    offset = proposal.stretches[0].start if proposal.stretches else 0
    return place_of(proposal.file, contents[proposal.file], steps, offset)


def _where(change: Difference, solver: Solver) -> str:
    if change.kind is Kind.REMOVED:
        return solver.base.page[change.old].passage.place
    return solver.after[change.new].passage.place


def _words(change: Difference, solver: Solver) -> tuple[str, str]:
    old = _said(solver.base.page, change.old, change.a0, change.a1) if change.kind is not Kind.ADDED else ""
    new = _said(solver.after, change.new, change.b0, change.b1) if change.kind is not Kind.REMOVED else ""
    return old, new


def _said(page: Page, rank: int, start: int, end: int) -> str:
    words, text = page[rank].words, page[rank].passage.text
    if start >= end:
        return ""
    return short(text[words[start].start : words[end - 1].end])


def short(text: str) -> str:
    said = " ".join(text.split())
    return said if len(said) <= SHOWN else f"{said[: SHOWN - 1].rstrip()}…"


def elsewhere(solver: Solver) -> Iterator[str]:
    """What the document would say otherwise than Word does, beside the changes that are not placed."""
    if solver.final is None or solver.final is solver.base:
        return
    left = compared(solver.final.page, solver.after, looks=solver.looks).differences
    missing = [case.change for case in solver.cases if case.kept is None]
    for one in left:
        if any(one.touches(other) for other in missing) or one.kind in _WORN:
            continue
        rank = one.old if one.kind is not Kind.ADDED else one.new
        page = solver.final.page if one.kind is not Kind.ADDED else solver.after
        if not page[rank].passage.listed:
            yield page[rank].passage.place
