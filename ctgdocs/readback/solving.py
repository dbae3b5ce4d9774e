"""From the changes of a page to changes of content: proposals are written in memory, the document is made
again, and those that give what was written in Word are kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

import yaml

from ctgdocs.content.heritage import inherit
from ctgdocs.content.library import ATTACHMENT, Document, Library
from ctgdocs.content.spans import Item, NotPlaced, Stretch, rewritten, with_items, without
from ctgdocs.findings import Finding, Severity
from ctgdocs.line.line import Line
from ctgdocs.line.orders import Kinds, Made, Order
from ctgdocs.memory.records import Record
from ctgdocs.project import Project
from ctgdocs.readback.differences import Difference, Kind, Page, Pairing, Text, compared
from ctgdocs.readback.proposals import Proposer
from ctgdocs.readback.retyping import Proposal
from ctgdocs.stages import Entry, Origin, Steps
from ctgdocs.word import passages

if TYPE_CHECKING:
    from ctgdocs.word import Known, Package

ROUNDS: Final = 12
A_PHRASE: Final = 4
"""Words beyond which the same ones, gone here and come there, are a paragraph that moved."""


class Version(NamedTuple):
    """A document as some contents make it, `instead` in place of those of the disk; its page says nothing
    when they make none (its findings say why). `judged` gives it as every rule judges it."""

    made: Made
    page: Page
    origins: list[Origin]
    instead: Mapping[str, bytes]
    judged: Callable[[], Made]

    @property
    def record(self) -> Record:
        return self.made.record

    @property
    def stopped(self) -> bool:
        return self.made.data is None


class Maker:
    """Makes one document from the contents of the disk, or from others in their place."""

    def __init__(self, project: Project, kinds: Kinds, document: Document, program: str) -> None:
        self.project, self.kinds, self.document, self.program = project, kinds, document, program
        self._line = Line(project, kinds, program)
        self.library = Library(project, kinds)
        self._known: Known = {}
        self._sound: Entry[object] | None = None
        self.reads: dict[str, str] = {}
        self.attached: list[str] = []

    def with_template(self, name: str, data: bytes) -> Maker:
        """One that makes it in another version of a template."""
        twin = copy(self)
        twin._line = self._line.with_templates({name: data})
        return twin

    def make(self, instead: Mapping[str, bytes] | None = None, *, checked: bool = True) -> Version:
        """A version of the document. Unless `checked`, no rule judges what it is made from; what the contents
        of the disk say as well is not judged again (`Version.judged` does)."""
        if instead is None:
            self.library, self._sound = Library(self.project, self.kinds), None
        library = self.library.after((), instead=instead) if instead is not None else self.library
        line = self._line.with_content(library)
        traced = line.traced(Order(self.document), checked=checked, sound=self._sound)
        made, parts = traced.made, traced.parts
        if instead is None:
            self._sound = inherit(traced.work.entry, traced.work.reader) if traced.work.entry else None
            read = [key for pack in made.packs for key in pack.reads]
            self.reads = {key: library.path_of(key) for key in read if library.entry(key)}
            prefix = f"{ATTACHMENT}/"
            self.attached = [key.removeprefix(prefix) for key in read if key.startswith(prefix)]
        page = self.page_of(parts)
        return Version(made, page, traced.origins, instead or {}, partial(line.judged, traced))

    def page_of(self, parts: Package) -> Page:
        """What a version says, from its parts; blocks that another one has are not read again."""
        return Page(passages(parts, self._known) if parts else ())


def edited(text: str, proposals: Sequence[Proposal]) -> str:
    """A content file with proposals written in it. Raises NotPlaced when they cannot be."""
    stretches: dict[Steps, list[Stretch]] = {}
    moves: dict[Steps, list[Item]] = {}
    for one in proposals:
        if one.stretches:
            stretches.setdefault(one.steps, []).extend(one.stretches)
        if one.items:
            moves.setdefault(one.steps, []).extend(one.items)
    text = rewritten(text, {steps: list(dict.fromkeys(found)) for steps, found in stretches.items()})
    for steps, found in sorted(moves.items(), key=lambda one: str(one[0]), reverse=True):
        text = with_items(text, steps, list(dict.fromkeys(found)))
    for steps in dict.fromkeys(one.steps for one in proposals if one.gone):
        text = without(text, steps)
    return text


def files_with(contents: Mapping[str, str], proposals: Sequence[Proposal]) -> dict[str, bytes]:
    """The bytes of the files that proposals change. Raises NotPlaced."""
    by_file: dict[str, list[Proposal]] = {}
    for one in proposals:
        by_file.setdefault(one.file, []).append(one)
    return {file: edited(contents[file], found).encode("utf-8") for file, found in by_file.items()}


@dataclass(slots=True)
class Case:
    """One change on its way: its proposals left to try, the one that is kept; `refused`: one with which the
    content would be in error, and how; `parted`: it is half of a move whose other half can go nowhere."""

    change: Difference
    waiting: list[Proposal]
    kept: Proposal | None = None
    refused: tuple[Proposal, Finding] | None = None
    parted: bool = False


@dataclass(slots=True)
class Solver:
    """`contents`: the texts of the files that `base` was made from; `apart`: those of them that are not what
    the disk has; `after`: the document as it was written in Word."""

    maker: Maker
    contents: Mapping[str, str]
    base: Version
    after: Page
    looks: bool = True
    apart: Mapping[str, bytes] = field(default_factory=dict)
    cases: list[Case] = field(default_factory=list)
    final: Version | None = None

    def solve(self, proposer: Proposer, changes: Sequence[Difference]) -> None:
        """Finds, for each change, the proposal that gives it."""
        self.cases = [Case(change, proposer.proposals(change)) for change in changes]
        for _ in range(ROUNDS):
            trying = [case for case in self.cases if case.kept is None and case.waiting]
            if not trying:
                break
            self._try([(case, case.waiting.pop(0)) for case in trying])
        self._leave_whole_moves()
        if self.final is None:
            self.final = self._made({}) if any(case.kept for case in self.cases) else self.base
        if self.final is None or self.final.stopped:
            for case in self.cases:
                case.kept = None
            self.final = self.base

    def _leave_whole_moves(self) -> None:
        """What moved, a paragraph or a row of a table, comes and goes, or neither: it would be there twice,
        or nowhere. What does the same as a half that is left is left too."""
        gone = self._places(Kind.REMOVED)
        moves = [(come, gone[said]) for said, come in self._places(Kind.ADDED).items() if said in gone]
        while half := next((one for one in moves if len({case.kept is None for case in one}) > 1), ()):
            left = {case.kept for case in half}
            for case in self.cases:
                if case in half or case.kept in left:
                    case.parted, case.kept = case.kept is not None, None
            self.final = None

    def _places(self, kind: Kind) -> dict[tuple[str, str], Case]:
        """What came, or went: each paragraph by what it says, a short cell by what its row says too."""
        page = self.after if kind is Kind.ADDED else self.base.page
        rows, found = page.rows(), {}
        for case in self.cases:
            if case.change.kind is kind:
                at = case.change.new if kind is Kind.ADDED else case.change.old
                alone = len(page[at].keys) > A_PHRASE
                found[page[at].bare, "" if alone else rows[at]] = case
        return found

    def _try(self, trying: Sequence[tuple[Case, Proposal]]) -> None:
        """Keeps the proposals that give their change; halves them when together they give no document."""
        version = self._made({id(case): proposal for case, proposal in trying})
        if version is None or version.stopped:
            if len(trying) > 1:
                middle = len(trying) // 2
                self._try(trying[:middle])
                self._try(trying[middle:])
            elif version is not None:
                ((case, proposal),) = trying
                wrong = (one for one in version.record.findings or () if one.severity is Severity.ERREUR)
                case.refused = case.refused or next(((proposal, one) for one in wrong), None)
            return
        left = compared(version.page, self.after, looks=self.looks)
        spoilt = self._spoilt(left.differences, version.page)
        mixed = [one for one in trying if self._may_spoil(*one, spoilt)]
        if mixed and len(trying) > 1:
            others = [one for one in trying if one not in mixed]
            for few in (others, *([one] for one in mixed)):
                if few:
                    self._try(few)
            return
        given = [not mixed and self._is_given(case.change, left, version.page) for case, _ in trying]
        for (case, proposal), kept in zip(trying, given, strict=True):
            case.kept = proposal if kept else None
        self.final = version if all(given) else None

    def _spoilt(self, left: Sequence[Difference], page: Page) -> list[Difference]:
        """What differs where nothing was changed: a proposal says too much, or takes too much away."""
        changes = [case.change for case in self.cases]
        added = {tuple(self.after[one.new].keys) for one in changes if one.kind is Kind.ADDED}
        words = [one for one in changes if one.kind is not Kind.REMOVED]
        return [
            one
            for one in left
            if not self.after[one.new].passage.listed
            and (
                (one.kind is Kind.ADDED and tuple(self.after[one.new].keys) not in added)
                or (one.kind is Kind.WORDS and not any(one.touches(change) for change in words))
            )
        ]

    def _may_spoil(self, case: Case, proposal: Proposal, spoilt: Sequence[Difference]) -> bool:
        """Whether what differs may be the work of a proposal: one that takes a field away leaves the words of
        other paragraphs as they are."""
        change = case.change
        if change.kind not in (Kind.ADDED, Kind.REMOVED):
            return any(one.new == change.new for one in spoilt)
        return any(one.kind is Kind.ADDED or (proposal.gone and not self._changes(one)) for one in spoilt)

    def _changes(self, left: Difference) -> bool:
        """Whether a paragraph is one that was changed in Word."""
        return any(case.change.new == left.new for case in self.cases if case.change.kind is Kind.WORDS)

    def _made(self, trying: Mapping[int, Proposal]) -> Version | None:
        """The document with the proposals that are kept and those being tried, in the order of the page."""
        proposals = [case.kept or trying.get(id(case)) for case in self.cases]
        try:
            instead = files_with(self.contents, [one for one in proposals if one])
        except (NotPlaced, yaml.YAMLError):
            return None
        return self.maker.make({**self.apart, **instead})

    def _is_given(self, change: Difference, pairing: Pairing, page: Page) -> bool:
        """Whether a change is no longer among those that are left."""
        left = pairing.differences
        if change.kind is Kind.REMOVED:
            keys = self.base.page[change.old].keys
            return not any(one.kind is Kind.REMOVED and page[one.old].keys == keys for one in left)
        if change.kind is Kind.ADDED:
            old = {new: old for old, new in pairing.pairs}.get(change.new)
            return (
                old is not None
                and page[old].core == self.after[change.new].core
                and self._as_dressed(page[old], self.after[change.new])
            )
        if change.kind is Kind.SHAPE:
            old = {new: old for old, new in pairing.pairs}.get(change.new)
            return old is not None and page[old].rank == self.after[change.new].rank
        if change.kind is Kind.LOOK:
            return not any(one.kind is Kind.LOOK and one.touches(change) for one in left)
        return not any(
            one.touches(change) and not self._is_another(one, change, page)
            for one in left
            if one.kind in (Kind.WORDS, Kind.ADDED)
        )

    def _is_another(self, left: Difference, change: Difference, page: Page) -> bool:
        """Whether what is left next to a change is another change, whole: carriers keep them apart."""
        words = page[left.old].keys[left.a0 : left.a1]
        return left.kind is Kind.WORDS and any(
            (one.new, one.b0, one.b1) == (left.new, left.b0, left.b1)
            and self.base.page[one.old].keys[one.a0 : one.a1] == words
            for one in (case.change for case in self.cases)
            if one is not change and one.kind is Kind.WORDS
        )

    def _as_dressed(self, old: Text, new: Text) -> bool:
        """Whether a paragraph that was added has Word's style and depth, if the document knows them."""
        return _style(new) not in map(_style, self.base.page) or _style(old) == _style(new)


def _style(text: Text) -> tuple[str, int]:
    return text.passage.style, text.passage.level
