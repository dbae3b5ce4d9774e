"""Reads a document edited in Word back: which one it is, what changed in it, the field of each change."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ctgdocs.composing.voice import profile
from ctgdocs.content.library import Library
from ctgdocs.content.spans import NotPlaced, texts_of
from ctgdocs.files import NotAFile, read_file
from ctgdocs.findings import TemplateError, UsageError
from ctgdocs.french import DEFAUT, Profil
from ctgdocs.line.desk import Desk, belongs
from ctgdocs.line.orders import Kinds, Made
from ctgdocs.line.plan import resolve
from ctgdocs.memory import manifest
from ctgdocs.project import Project
from ctgdocs.readback.deciding import Decider
from ctgdocs.readback.differences import Difference, Kind, Page, compared
from ctgdocs.readback.merging import carried, is_said
from ctgdocs.readback.proposals import Proposer
from ctgdocs.readback.retyping import Proposal
from ctgdocs.readback.solving import Maker, Solver, Version, files_with
from ctgdocs.readback.spots import Files, Spots
from ctgdocs.readback.telling import Correction, correction, elsewhere, placed_at, short
from ctgdocs.redline import authors_of, settled
from ctgdocs.vocabulary.registres import COLLECTIVITE
from ctgdocs.word import Mark, Package, comments_of, mark_of, passages, read

EVERYONE = "tout"
LEAST = 0.3
"""The share of its paragraphs that a document must have in common with what its content makes."""
ALIKE = 0.6
"""The same, when most of its fields are those of another document: paragraphs that have half their words."""
HALF = 0.5
BODY = "corps"
_WORN = (Kind.LOOK, Kind.DRESS, Kind.SHAPE)
SAID = "le contenu le dit déjà"
GONE = "ce champ n’est plus dans le contenu"


@dataclass(slots=True)
class ReadBack:
    """A document read back. `page`: what it says without the tracked changes; `sealed`: since when its act
    has left the house; `pending`: who tracked changes that were not accepted, and how many; `elsewhere`:
    where else the document would say something else; `shared`: the other documents made of the same files;
    `contents`: the files as they are; `output`: where the document made again goes; `template`: its Word
    template; `others`: the other copies that are read with it; `older`: its content has changed since it was
    made, `unknown`: from what, nobody knows; `stale`: nothing was changed in it, and it is to be made
    again; `final`: the document as the corrections make it, None when they are not written in the content as
    it is."""

    key: str
    path: str
    data: bytes
    page: Page = field(default_factory=lambda: Page(()))
    changes: list[Correction] = field(default_factory=list)
    sealed: str = ""
    pending: dict[str, int] = field(default_factory=dict)
    elsewhere: list[str] = field(default_factory=list)
    shared: list[str] = field(default_factory=list)
    contents: dict[str, bytes] = field(default_factory=dict)
    output: str = ""
    template: str = ""
    others: list[str] = field(default_factory=list)
    older: bool = False
    unknown: bool = False
    stale: bool = False
    final: Version | None = None

    @property
    def placed(self) -> list[Correction]:
        return [one for one in self.changes if one.placed]

    @property
    def unplaced(self) -> list[Correction]:
        return [one for one in self.changes if not one.placed]


def read_back(
    project: Project, kinds: Kinds, target: str, *, accept: str = "", explained: bool = True
) -> ReadBack:
    """The changes of the document that `target` names: its file, its id. `accept`: whose tracked changes are
    taken as made (`tout`, or an author); `explained`: why some go in no field. Writes nothing.

    Raises UsageError for what names no document of this workspace, or is not one of its documents.
    """
    desk = Desk(project, kinds, 0, manifest.peek(project.state_dir))
    path, data = document_of(desk, target)
    return read_data(desk, path, data, accept=accept, explained=explained)


def read_data(desk: Desk, path: str, data: bytes, *, accept: str = "", explained: bool = True) -> ReadBack:
    """The same from the bytes of the document that stands at `path`."""
    parts, pending = _settled(data, path, accept)
    mark = mark_of(data)
    key = _key(desk, path, mark)
    maker = Maker(desk.project, desk.kinds, desk.documents[key], desk.program)
    after = maker.page_of(parts)
    now = maker.make(checked=False)
    refuse_errors(now.made, path)
    found = ReadBack(key, path, data, after, pending=pending, sealed=_sealed(mark, now))
    found.contents = {
        file: read_file(desk.project.root / file)
        for file in {*maker.reads.values(), desk.documents[key].path}
    }
    before = _before(desk, key, mark, now, found)
    base = maker.make(before, checked=False) if before else now
    if base.stopped:
        base, found.unknown = now, True
    pairing = compared(base.page, after)
    _judge_likeness(base.page, after, pairing.pairs, path, key)
    strange = [kind for kind in _WORN if not _tells(kind, base.page, pairing.differences)]
    texts = {file: content.decode("utf-8") for file, content in {**found.contents, **before}.items()}
    own = _own(desk.documents[key].path, maker.reads)
    spots = Spots(base.origins, Files(texts, own), _profil(maker.library))
    solver = Solver(maker, texts, base, after, Kind.LOOK not in strange, apart=before)
    changes = [one for one in pairing.differences if one.kind not in strange]
    proposer = Proposer(spots, base.page, after, pairing.pairs)
    solver.solve(proposer, changes)
    if any(case.refused for case in solver.cases):
        refuse_errors(base.judged(), path)
    decider = Decider(solver, proposer, texts, own) if explained else None
    missing = any(case.kept is None for case in solver.cases)
    found.template = base.record.inputs.template
    template = read(read_file(desk.project.root / found.template)) if missing else {}
    told = Page(passages(template) if template else ())
    found.changes = [
        correction(number, case, solver, decider, told) for number, case in enumerate(solver.cases, 1)
    ]
    found.elsewhere = [*elsewhere(solver)]
    found.output = solver.final.record.output if solver.final else ""
    if before:
        done = _written(texts, found)
        found.changes = [_as_of_now(one, texts, found, done) for one in found.changes]
    else:
        found.final = solver.final
    found.shared = _shared(desk, key, found)
    found.stale = not found.changes and _is_stale(desk, found, mark, now)
    return found


def _is_stale(desk: Desk, found: ReadBack, mark: Mark | None, now: Version) -> bool:
    """Whether a document saved in Word, of which nothing is to be taken, is no longer the one that is made: a
    command was stopped once it had taken everything."""
    record = desk.memory.document(found.key)
    if record is None or mark is None or mark.intact or not belongs(mark, found.path):
        return False
    made_anew = now.record.inputs != record.inputs or found.path != now.record.output
    return made_anew and not (found.pending or found.sealed or comments_of(found.data))


def refuse_errors(made: Made, path: str) -> None:
    """Nothing is read back into a content that makes no document. Raises UsageError."""
    if made.data is None:
        raise UsageError(
            f"« {path} » ne peut pas être relu : son contenu est en erreur ({made.record.source}). "
            "« ctgdocs verifier » dit ce qu’il faut corriger d’abord."
        )


def _before(desk: Desk, key: str, mark: Mark | None, now: Version, found: ReadBack) -> dict[str, bytes]:
    """The content files, as they were when the document was made, that are no longer so; `found.unknown` is
    set when the content has changed since and nobody knows from what."""
    if mark is not None and mark.content and mark.content == now.record.inputs.context:
        return {}
    base = desk.memory.base(key)
    changed = {file: data for file, data in base.items() if found.contents.get(file, data) != data}
    found.unknown = not base and mark is not None and bool(mark.content)
    found.older = bool(changed) or found.unknown
    return changed


def _written(base: Mapping[str, str], found: ReadBack) -> set[str]:
    """The files that are, by now, all that the corrections make of them: a command was stopped after that."""
    made = files_with(base, [one.proposal for one in found.changes if one.proposal])
    return {file for file, data in made.items() if found.contents[file] == data != base[file].encode("utf-8")}


def _as_of_now(
    one: Correction, base: Mapping[str, str], found: ReadBack, written: Container[str]
) -> Correction:
    """A correction of a document of an older content, in the content as it is now: with nothing to write when
    it says so already; a conflict when both were changed at the same words."""
    if one.proposal is None:
        return one
    file, steps = one.proposal.file, one.proposal.steps
    text = found.contents[file].decode("utf-8")
    before, now = texts_of(base[file]), texts_of(text)
    try:
        if file in written or is_said(one.proposal, before, now):
            proposal, reason = Proposal(file, steps), SAID
        else:
            proposal, reason = carried(one.proposal, before, now), one.reason
    except (NotPlaced, KeyError):
        there = f"le contenu a changé depuis et dit « {short(now[steps])} »" if now.get(steps) else GONE
        return one._replace(proposal=None, reason=f"conflit : {there}")
    return one._replace(proposal=proposal, reason=reason, place=placed_at(proposal, {file: text}))


# --- which document ---------------------------------------------------------------------------------------


def document_of(desk: Desk, target: str) -> tuple[str, bytes]:
    """The path, from the workspace, and the bytes of what is to be read back."""
    typed = Path(target)
    file = typed if typed.is_absolute() else Path.cwd() / typed
    if target.lower().endswith((".docx", ".docm", ".doc", ".odt")) or file.is_file():
        try:
            return desk.project.relative(file), read_file(file)
        except FileNotFoundError:
            raise UsageError(f"Il n’y a pas de fichier « {target} ».") from None
        except (NotAFile, OSError) as error:
            raise UsageError(f"« {target} » ne se lit pas : {error.strerror or error}.") from None
    keys = resolve(desk, [target])
    if len(keys) > 1:
        raise UsageError(f"« {target} » désigne plusieurs documents : précisez {' ou '.join(keys[:6])}.")
    key = keys[0]
    for path, mark in desk.ours_but(()):
        if mark.origin == key and not mark.intact:
            return path, desk.read(path) or b""
    record = desk.memory.document(key)
    there = desk.read(record.output) if record and record.output else None
    if record is None or there is None:
        raise UsageError(f"« {target} » n’a pas encore de document : « ctgdocs generer » le fait.")
    return record.output, there


def _key(desk: Desk, path: str, mark: Mark | None) -> str:
    """The document of this workspace that a file is."""
    if mark is not None and mark.origin in desk.documents:
        return mark.origin
    makers = [key for key in desk.memory.makers(path) if key in desk.documents]
    if makers:
        return makers[0]
    name = _stem(path)
    named = [
        (len(stem), key)
        for key, record in desk.memory.documents()
        if key in desk.documents and record.output and name.startswith(stem := _stem(record.output))
    ]
    if named and mark is None:
        return max(named)[1]
    if mark is not None:
        raise UsageError(
            f"« {path} » vient d’un autre espace, ou d’un contenu qui n’est plus là ({mark.origin}) : "
            "rien n’est repris."
        )
    raise UsageError(
        f"« {path} » ne dit pas de quel contenu il vient : rien n’est repris. "
        "Rendez-lui le nom du document d’origine, ou « ctgdocs importer » en fait un contenu nouveau."
    )


def _stem(path: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", Path(path).stem.lower())


def _judge_likeness(before: Page, after: Page, pairs: Sequence[tuple[int, int]], path: str, key: str) -> None:
    """A page of another document is not read back. Raises UsageError."""
    page, other = (sum(1 for one in each if one.bare and one.story == BODY) for each in (before, after))
    theirs, ours = ({id for one in each for id in one.passage.carriers} for each in (after, before))
    strange = len(theirs - ours) > len(theirs & ours)
    likeness = [before[old].likeness(after[new]) for old, new in pairs if before[old].story == BODY]
    common = sum(1 for one in likeness if one > (HALF if strange else 0))
    if page and common < (ALIKE if strange else LEAST) * min(page, max(1, other)):
        raise UsageError(
            f"« {path} » n’a presque rien de commun avec ce que fait le contenu de {key} : il vient d’un "
            "autre espace, ou d’un contenu bien plus ancien. Rien n’est repris ; « ctgdocs comparer » montre "
            "les deux."
        )


def _settled(data: bytes, path: str, accept: str) -> tuple[Package, dict[str, int]]:
    """The parts of the document without tracked changes: those that were accepted are made, the others
    undone."""
    try:
        parts = read(data)
        authors = authors_of(parts)
        if not authors:
            return parts, {}
        if accept == EVERYONE:
            return settled(parts, accepting=True), {}
        if not accept:
            return settled(parts, accepting=False), authors
        if accept not in authors:
            names = ", ".join(f"« {name} »" for name in authors)
            raise UsageError(
                f"« {accept} » n’a rien modifié en suivi dans ce document : {names}, ou « tout »."
            )
        others = {name: count for name, count in authors.items() if name != accept}
        return settled(parts, accepting=True, author=accept), others
    except TemplateError as error:
        raise UsageError(f"« {path} » n’est pas un document Word qui se lit : {error}") from None


def _sealed(mark: Mark | None, base: Version) -> str:
    if mark is not None and mark.sealed:
        return mark.sealed
    return "son départ" if base.record.sealed else ""


def _tells(kind: Kind, page: Page, changes: Sequence[Difference]) -> bool:
    """Whether looks are an author's: a program that saves a file its own way changes many."""
    looks = sum(1 for one in changes if one.kind is kind)
    return looks < 4 or looks * 8 < sum(1 for one in page if one.bare)


def _own(path: str, reads: Mapping[str, str]) -> list[str]:
    """The files whose texts are the document's: its own, its dossier."""
    dossiers = [file for key, file in reads.items() if key.startswith("dossiers/")]
    return [path, *dict.fromkeys(dossiers)]


def _profil(library: Library) -> Profil:
    house = library.reader().find(COLLECTIVITE, "collectivite")
    return profile(house.value.typographie) if house else DEFAUT


def _shared(desk: Desk, key: str, found: ReadBack) -> list[str]:
    """The other documents made of what will be written."""
    files = {one.proposal.file for one in found.changes if one.proposal}
    entries = ["/".join(desk.library.answers_at(file)) for file in files]
    return sorted(desk.memory.users(entries) & desk.documents.keys() - {key})
