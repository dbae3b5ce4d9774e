"""A round of corrections: a copy goes out with tracked changes on, several come back, merged by field.

`prepare` makes the copy; `gathered` reads several copies back and joins what they say: a text that several
people changed the same way is one correction, two ways are a conflict, shown side by side.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ctgdocs.files import read_file
from ctgdocs.findings import UsageError
from ctgdocs.line.desk import Desk
from ctgdocs.line.orders import Kinds
from ctgdocs.memory import manifest
from ctgdocs.memory.writing import NotWritten, Output, write_all
from ctgdocs.project import Project
from ctgdocs.readback.reading import ReadBack, document_of, read_data
from ctgdocs.readback.retyping import Proposal
from ctgdocs.readback.telling import Correction
from ctgdocs.vocabulary.as_typed import slug
from ctgdocs.word import mark_of, marked, tracking

FOLDER = "envois"
MOST_COPIES = 40
MOST_LETTERS = 40
_FOR = re.compile(r"\(pour ([a-z0-9-]{1,40})\)")


class Sent(NamedTuple):
    """The copy that goes out: `path` from the workspace."""

    path: str
    key: str


def prepare(project: Project, kinds: Kinds, target: str, who: str) -> Sent:
    """Writes, in `sorties/envois/`, a copy of a document for `who` to correct, where Word tracks each change.

    Raises UsageError for what names no document, or when a copy for the same person is there, corrected.
    """
    desk = Desk(project, kinds, 0, manifest.peek(project.state_dir))
    path, data = document_of(desk, target)
    mark = mark_of(data)
    if mark is None or mark.origin not in desk.documents:
        raise UsageError(f"« {path} » n’est pas un document de cet espace.")
    name = slug(who)
    if not name:
        raise UsageError('Dites à qui va la copie : --a "DGS".')
    stem = path.rpartition("/")[2].removesuffix(".docx")
    copy = f"sorties/{FOLDER}/{stem} (pour {name}).docx"
    made = marked(tracking(data), mark)
    output = Output(str(project.root / copy), made, lambda there: there is None or _is_untouched(there))
    (result,) = write_all([output])
    if isinstance(result, NotWritten):
        if result.changed:
            raise UsageError(f"« {copy} » existe déjà, corrigée : reprenez-la d’abord.")
        raise result
    return Sent(copy, mark.origin)


def _is_untouched(copy: bytes) -> bool:
    mark = mark_of(copy)
    return mark is not None and mark.intact


class Copy(NamedTuple):
    """A copy that went out or came back: `path` from the workspace; whether it was corrected."""

    path: str
    corrected: bool

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]


def copies_of(project: Project, key: str) -> list[Copy]:
    """The copies of a document that are in `sorties/envois/`, those of its name that bear no mark too."""
    folder, found = project.root / "sorties" / FOLDER, []
    stem = output_of(project, key).rpartition("/")[2].removesuffix(".docx")
    for path in sorted(folder.glob("*.docx")) if stem and folder.is_dir() else ():
        mark = mark_of(read_file(path))
        if mark.origin == key if mark else path.name.startswith(f"{stem} ("):
            found.append(Copy(project.relative(path), mark is None or not mark.intact))
    return found


def output_of(project: Project, key: str) -> str:
    record = manifest.peek(project.state_dir).document(key)
    return record.output if record else ""


def receive(project: Project, key: str, name: str, data: bytes) -> str:
    """Keeps a corrected copy that came back, beside those that went out: its path. Raises UsageError for what
    is no copy of the document."""
    mark = mark_of(data)
    if not data.startswith(b"PK") or (mark is not None and mark.origin != key):
        there = f"c’est un autre document ({mark.origin})" if mark else "ce n’est pas un document Word"
        raise UsageError(f"« {name} » n’est pas une copie de ce document : {there}. Rien n’est repris.")
    stem = output_of(project, key).rpartition("/")[2].removesuffix(".docx") or slug(key)
    sent_to = _FOR.search(name)
    who = sent_to[1] if sent_to else slug(name.rpartition(".")[0])[:MOST_LETTERS]
    for number in range(1, MOST_COPIES + 1):
        again = f" {number}" if number > 1 else ""
        copy = f"sorties/{FOLDER}/{stem} (retour de {who}{again}).docx"
        (result,) = write_all([Output(str(project.root / copy), data, lambda there: there in (None, data))])
        if not isinstance(result, NotWritten):
            return copy
        if not result.changed:
            raise result
    raise UsageError(f"« {name} » n’est pas gardée : reprenez d’abord les copies déjà revenues.")


def gathered(
    project: Project, kinds: Kinds, targets: Sequence[str], *, accept: str = "", explained: bool = True
) -> tuple[ReadBack, list[ReadBack]]:
    """The corrections of several copies of one document, joined; and each copy as it was read. `explained`:
    why some go in no field.

    Raises UsageError when they are not of one document.
    """
    desk = Desk(project, kinds, 0, manifest.peek(project.state_dir))
    copies = [
        read_data(desk, *document_of(desk, target), accept=accept, explained=explained)
        for target in dict.fromkeys(targets)
    ]
    first = copies[0]
    strangers = [one.path for one in copies if one.key != first.key]
    if strangers:
        raise UsageError(
            f"« {strangers[0]} » n’est pas le même document que « {first.path} » : reprenez-les un par un."
        )
    if len(copies) > 1:
        first = _joined(copies)
    return first, copies


def _joined(copies: Sequence[ReadBack]) -> ReadBack:
    """One reading of them all, numbered anew."""
    kept: list[Correction] = []
    for copy in copies:
        for one in copy.changes:
            _join(kept, one._replace(copy=copy.path))
    first = copies[0]
    pending: dict[str, int] = {}
    for copy in copies:
        for author, count in copy.pending.items():
            pending[author] = pending.get(author, 0) + count
    changes = [one._replace(number=number) for number, one in enumerate(map(_in_conflict, kept), 1)]
    return ReadBack(
        first.key, first.path, first.data, first.page, changes,
        sealed=next((one.sealed for one in copies if one.sealed), ""), pending=pending,
        elsewhere=[*dict.fromkeys(place for one in copies for place in one.elsewhere)],
        shared=sorted({key for one in copies for key in one.shared}),
        contents={file: data for one in copies for file, data in one.contents.items()},
        output=first.output, template=first.template,
        older=any(one.older for one in copies), unknown=any(one.unknown for one in copies),
        others=[one.path for one in copies[1:]],
    )  # fmt: skip


def _join(kept: list[Correction], one: Correction) -> None:
    """Adds a correction to those that are kept; one said already is not said twice, those that meet at the
    same words stand one after the other, each with what they all say."""
    if any(_same(one, other) for other in kept):
        return
    meeting = [at for at, other in enumerate(kept) if _meets(one, other)]
    said = [word for at in meeting for word in kept[at].rivals or (kept[at].after,)]
    rivals = tuple(dict.fromkeys((*said, one.after))) if meeting else ()
    for at in meeting:
        kept[at] = kept[at]._replace(rivals=rivals)
    kept.insert(meeting[-1] + 1 if meeting else len(kept), one._replace(rivals=rivals))


def _in_conflict(one: Correction) -> Correction:
    """A correction that meets others, with why it is not taken by itself."""
    if not one.rivals:
        return one
    said = " ou ".join(f"« {words or 'rien'} »" for words in one.rivals)
    return one._replace(reason=f"conflit : {said} ({one.copy})")


def _same(one: Correction, other: Correction) -> bool:
    said = (one.kind, one.before, one.after, one.proposal)
    if one.proposal is None and other.proposal is None:
        return said == (other.kind, other.before, other.after, other.proposal) and one.where == other.where
    return said == (other.kind, other.before, other.after, other.proposal)


def _meets(one: Correction, other: Correction) -> bool:
    return bool(one.proposal and other.proposal and _meet(one.proposal, other.proposal))


def _meet(one: Proposal, other: Proposal) -> bool:
    """Whether two proposals write at the same place of the same text."""
    if (one.file, one.steps) != (other.file, other.steps):
        return False
    if one.items and other.items:
        return bool({item.at for item in one.items} & {item.at for item in other.items})
    return any(
        (a.start < b.end and b.start < a.end) or (a.start, a.end) == (b.start, b.end)
        for a in one.stretches
        for b in other.stretches
    )
