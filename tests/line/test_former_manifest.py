"""A workspace of the first versions, which remembered in `manifest.json` and left no mark in documents."""

from __future__ import annotations

import json
import shutil
import zipfile
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from builders import (
    a_project,
    change,
    edit_by_hand,
    generated,
    output,
    outputs,
    words_of,
)
from test_sealed_documents import CONVENTION
from test_sealed_documents import FILE as SIGNED

from ctgdocs.kinds import KINDS
from ctgdocs.line.orders import Outcome
from ctgdocs.line.run import rehearse
from ctgdocs.line.status import Standing, clean, status
from ctgdocs.memory.store import Memory
from ctgdocs.project import Project
from ctgdocs.word import mark_of


def without_its_mark(document: bytes) -> bytes:
    """The same as the first versions wrote it."""
    data = BytesIO()
    with zipfile.ZipFile(BytesIO(document)) as before, zipfile.ZipFile(data, "w") as after:
        for part in before.infolist():
            if part.filename != "docProps/custom.xml":
                after.writestr(part, before.read(part))
    return data.getvalue()


def digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def as_it_was(project: Project) -> Project:
    """The same workspace, as the first versions left it."""
    facts = {}
    for key, record in Memory.peek(project.state_dir).documents():
        path = project.root / record.output
        path.write_bytes(without_its_mark(path.read_bytes()))
        facts[key] = {
            "kind": record.kind,
            "source": record.source,
            "source_digest": record.source_digest,
            "context": record.inputs.context,
            "template": f"{record.inputs.template}@{record.inputs.template_digest}",
            "charte": f"{record.inputs.charte}@{record.inputs.charte_digest}",
            "program": "1.0.0+0123456789ab",
            "output": record.output,
            "output_digest": digest(path),
            "locked": record.sealed,
            "reads": {"elus": "0123456789ab"},
        }
    shutil.rmtree(project.state_dir)
    project.state_dir.mkdir()
    manifest = {"documents": facts, "files": {}, "format": 1, "orphans": {}, "reads": {"elus": {}}}
    (project.state_dir / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    for name in ("disque", "valeurs.tsv"):
        (project.state_dir / name).write_text("ctgdocs-disque 2\n3\n", "utf-8")
    return project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Three délibérations and a signed convention."""
    found = a_project(tmp_path, {SIGNED.removeprefix("content/"): CONVENTION})
    generated(found)
    return as_it_was(found)


def test_its_documents_are_known_and_made_again_with_their_mark(project: Project) -> None:
    signed = output(project, "pedt-2027").read_bytes()
    change(project.root, "content/seances/2026-09-24.yaml", "18h30", "19h")

    report = generated(project)

    assert report.clean
    assert report.count(Outcome.WRITTEN) == 3
    assert output(project, "pedt-2027").read_bytes() == signed
    assert "dix-neuf heures" in " ".join(words_of(output(project, "2026-045")))
    marks = {path: mark_of(data) for path, data in outputs(project).items() if "pedt" not in path}
    assert all(mark and mark.intact and mark.place == path for path, mark in marks.items())
    assert generated(project).untouched == 4


def test_a_hand_edit_made_before_is_kept(project: Project) -> None:
    mine = edit_by_hand(output(project, "2026-045"))

    report = generated(project)

    assert [one.key for one in report.results if one.outcome is Outcome.KEPT] == ["deliberations/2026-045"]
    assert output(project, "2026-045").read_bytes() == mine


def test_a_document_in_error_and_an_orphan_are_marked_too(project: Project) -> None:
    in_error, orphan = output(project, "2026-045"), output(project, "2026-060")
    change(project.root, "content/deliberations/2026-045.yaml", "rapporteur:", "raporteur:")
    (project.content / "deliberations/2026-060.yaml").unlink()
    generated(project)
    (project.state_dir / "memoire.sqlite").unlink()
    change(project.root, "content/deliberations/2026-045.yaml", "raporteur:", "rapporteur:")
    change(project.root, "content/seances/2026-09-24.yaml", "18h30", "19h")

    assert generated(project).clean
    assert "dix-neuf heures" in " ".join(words_of(in_error))
    assert clean(project, KINDS).removed == [project.relative(orphan)]


def test_its_files_are_read_once_then_put_aside(project: Project) -> None:
    generated(project)

    aside = project.state_dir / "ancienne-memoire"
    assert sorted(path.name for path in aside.iterdir()) == ["disque", "manifest.json", "valeurs.tsv"]
    assert not (project.state_dir / "manifest.json").exists()


def test_looking_at_it_marks_nothing(project: Project) -> None:
    before = outputs(project)
    mine = edit_by_hand(output(project, "2026-046"))

    seen = {one.name: one.standing for one in status(project, KINDS).seen}
    rehearsed = rehearse(project, KINDS)

    assert seen["deliberations/2026-045"] is Standing.STALE
    assert seen["deliberations/2026-046"] is Standing.EDITED
    assert rehearsed.count(Outcome.KEPT) == 1
    assert outputs(project) == {**before, project.relative(output(project, "2026-046")): mine}
    assert [path.name for path in project.state_dir.iterdir() if path.suffix == ".sqlite"] == []


def test_the_work_of_a_run_that_was_killed_is_known(project: Project) -> None:
    """Its journal says which outputs were its own, that the manifest does not know."""
    document = output(project, "2026-045")
    facts = json.loads((project.state_dir / "manifest.json").read_text("utf-8"))
    known = facts["documents"]["deliberations/2026-045"]
    edit_by_hand(document, "les mots de la nouvelle version")
    line = json.dumps(["deliberations/2026-045", {**known, "output_digest": digest(document)}, {}])
    (project.state_dir / "journal").write_text(f'\n{line}\n["deliberations/2026-0', "utf-8")

    report = generated(project)

    assert report.clean
    assert "les mots" not in " ".join(words_of(document))


@pytest.mark.parametrize(
    "damage", ["", "{", "<<<<<<< HEAD\n", '{"format": 1}', '{"documents": 3}', "[]", "null", "[" * 5000]
)
def test_a_damaged_manifest_is_not_a_traceback(project: Project, damage: str) -> None:
    (project.state_dir / "manifest.json").write_text(damage, "utf-8")
    (project.state_dir / "journal").mkdir()

    report = generated(project)

    assert report.count(Outcome.KEPT) == 3
    assert report.count(Outcome.IN_ERROR) == 0
