"""`nettoyer`: removes what no content makes any more, and never what someone edited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ctgdocs.findings import WritingError
from ctgdocs.kind import Kind
from ctgdocs.pipeline.desk import Desk
from ctgdocs.project import Project
from ctgdocs.writing import Lock, sweep

if TYPE_CHECKING:
    from pydantic import BaseModel


@dataclass(slots=True)
class Cleaning:
    """`removed` outputs, and those `kept` because they were edited by hand."""

    removed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def clean(project: Project, kinds: Sequence[Kind[BaseModel]], *, dry: bool = False) -> Cleaning:
    """Removes the orphans: outputs whose content is gone or has changed names, and new versions put beside a
    document that is no longer edited. `dry`: only says which."""
    done = Cleaning()
    with Lock(project.state_dir) as lock:
        desk = Desk(project, kinds, lock.clock)
        desk.take_up(swept=True)
        for key in list(desk.manifest.documents):
            if key not in desk.documents:
                desk.manifest.drop(key)
        for output, digest in sorted((desk.manifest.orphans | _beside_nothing(desk)).items()):
            _remove(desk, output, digest, done, dry=dry)
        if not dry:
            sweep([project.sorties])
            desk.save_manifest()
            desk.forget_state()
    return done


def _beside_nothing(desk: Desk) -> dict[str, str]:
    """The new versions whose document is again what the program wrote, or is gone."""
    return {
        record.beside: record.beside_digest
        for record in desk.manifest.documents.values()
        if record.beside and desk.files.digest(record.output) in ("", record.output_digest)
    }


def _remove(desk: Desk, output: str, digest: str, done: Cleaning, *, dry: bool) -> None:
    on_disk = desk.files.digest(output)
    if on_disk and on_disk != digest:
        done.kept.append(output)
        return
    if on_disk:
        done.removed.append(output)
    if dry:
        return
    try:
        (desk.project.root / output).unlink(missing_ok=True)
    except OSError as error:
        raise WritingError(
            f"« {output} » ne peut pas être enlevé : fermez-le dans Word, puis relancez « ctgdocs nettoyer »."
        ) from error
    desk.manifest.orphans.pop(output, None)
    for key, record in list(desk.manifest.documents.items()):
        if record.beside == output:
            desk.manifest.forget_beside(key)
