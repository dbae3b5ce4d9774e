"""A round of corrections: a copy goes out with tracked changes on, several come back, merged by field.

`prepare` makes the copy; `gathered` reads several copies back and joins what they say: a text that several
people changed the same way is one correction, two ways are a conflict, shown side by side.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ctgdocs.findings import UsageError
from ctgdocs.line.desk import Desk
from ctgdocs.line.orders import Kinds
from ctgdocs.memory import manifest
from ctgdocs.memory.writing import NotWritten, Output, write_all
from ctgdocs.project import Project
from ctgdocs.readback.reading import Correction, ReadBack, document_of, read_data
from ctgdocs.readback.retyping import Proposal
from ctgdocs.vocabulary.as_typed import slug
from ctgdocs.word import mark_of, marked, tracking

FOLDER = "envois"


class Sent(NamedTuple):
    """The copy that goes out: `path` from the workspace."""

    path: str
    key: str


def prepare(project: Project, kinds: Kinds, target: str, who: str) -> Sent:
    """Writes, in `sorties/envois/`, a copy of a document for `who` to correct, where Word tracks each change.

    Raises UsageError for what names no document, or when a copy for the same person is there already.
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
    output = Output(str(project.root / copy), made, lambda there: there in (None, made))
    (result,) = write_all([output])
    if isinstance(result, NotWritten):
        if result.changed:
            raise UsageError(f"« {copy} » existe déjà, peut-être corrigé : reprenez-le d’abord.")
        raise result
    return Sent(copy, mark.origin)


def gathered(
    project: Project, kinds: Kinds, targets: Sequence[str], *, accept: str = ""
) -> tuple[ReadBack, list[ReadBack]]:
    """The corrections of several copies of one document, joined; and each copy as it was read.

    Raises UsageError when they are not of one document.
    """
    desk = Desk(project, kinds, 0, manifest.peek(project.state_dir))
    copies = [read_data(desk, *document_of(desk, target), accept=accept) for target in dict.fromkeys(targets)]
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
            _join(kept, one, copy.path)
    first = copies[0]
    pending: dict[str, int] = {}
    for copy in copies:
        for author, count in copy.pending.items():
            pending[author] = pending.get(author, 0) + count
    changes = [one._replace(number=number) for number, one in enumerate(kept, 1)]
    return ReadBack(
        first.key, first.path, first.data, first.settled, changes,
        sealed=next((one.sealed for one in copies if one.sealed), ""), pending=pending,
        elsewhere=[*dict.fromkeys(place for one in copies for place in one.elsewhere)],
        shared=sorted({key for one in copies for key in one.shared}),
        contents={file: data for one in copies for file, data in one.contents.items()},
        output=first.output, template=first.template,
        older=any(one.older for one in copies), unknown=any(one.unknown for one in copies),
        others=[one.path for one in copies[1:]],
    )  # fmt: skip


def _join(kept: list[Correction], one: Correction, path: str) -> None:
    """Adds a correction to those that are kept; one said already is not said twice, two that meet at the same
    words are a conflict and neither is written."""
    for at, other in enumerate(kept):
        if _same(one, other):
            return
        if one.proposal and other.proposal and _meet(one.proposal, other.proposal):
            reason = f"conflit : « {other.after or 'rien'} » ou « {one.after or 'rien'} »"
            kept[at] = other._replace(proposal=None, reason=f"{reason} ({path})")
            kept.append(one._replace(proposal=None, reason=reason))
            return
    kept.append(one)


def _same(one: Correction, other: Correction) -> bool:
    said = (one.kind, one.before, one.after, one.proposal)
    if one.proposal is None and other.proposal is None:
        return said == (other.kind, other.before, other.after, other.proposal) and one.where == other.where
    return said == (other.kind, other.before, other.after, other.proposal)


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
