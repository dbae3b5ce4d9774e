"""A document that someone edited is never overwritten."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from unittest import mock

import pytest
from builders import (
    a_project,
    an_act,
    change,
    edit_by_hand,
    generated,
    output,
    outputs,
    told,
    words_of,
    write,
)

from ctgdocs.kinds import KINDS
from ctgdocs.line import outputs as outputs_module
from ctgdocs.line.orders import Outcome, Report
from ctgdocs.line.status import Standing, clean, status
from ctgdocs.memory.writing import Output
from ctgdocs.project import Project


def outcome_of(report: Report, number: str) -> Outcome | None:
    found = [one.outcome for one in report.results if one.key.endswith(number)]
    return found[0] if found else None


def new_version(project: Project, number: str) -> Path:
    (found,) = project.sorties.rglob(f"{number}*(nouvelle version).docx")
    return found


def test_an_edited_document_is_kept_and_the_new_version_put_beside(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    generated(project)
    mine = edit_by_hand(output(project, "2026-045"))
    change(tmp_path, "content/seances/2026-09-24.yaml", "18h30", "19h")

    report = generated(project)

    assert outcome_of(report, "045") is Outcome.KEPT
    assert outcome_of(report, "046") is Outcome.WRITTEN
    assert output(project, "2026-045").read_bytes() == mine
    assert "dix-neuf heures" in " ".join(words_of(new_version(project, "2026-045")))
    assert [one.code for one in told(report)] == ["modifie-a-la-main"]
    assert not report.clean


def test_it_is_said_again_at_every_run_and_nothing_more_is_written(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    generated(project)
    edit_by_hand(output(project, "2026-045"))

    first = generated(project)
    files = sorted(project.sorties.rglob("*.docx"))
    again = generated(project)

    assert told(first) == told(again)
    assert outcome_of(again, "045") is Outcome.KEPT
    assert sorted(project.sorties.rglob("*.docx")) == files


def test_remplacer_takes_the_new_version_and_files_the_edited_one(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    generated(project)
    clean_bytes = output(project, "2026-045").read_bytes()
    mine = edit_by_hand(output(project, "2026-045"))
    generated(project)

    report = generated(project, replace=True)

    assert outcome_of(report, "045") is Outcome.WRITTEN
    assert output(project, "2026-045").read_bytes() == clean_bytes
    (kept,) = (project.state_dir / "historique" / "deliberations").iterdir()
    assert kept.read_bytes() == mine
    assert kept.name.startswith("2026-045")
    clean(project, KINDS)
    assert not list(project.sorties.rglob("*(nouvelle version).docx"))


def test_two_edits_are_both_in_the_history(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    generated(project)
    for text in ("première retouche", "seconde retouche"):
        edit_by_hand(output(project, "2026-045"), text)
        generated(project, replace=True)

    history = list((project.state_dir / "historique" / "deliberations").iterdir())

    assert sorted("première" in " ".join(words_of(path)) for path in history) == [False, True]


def test_etat_says_which_paragraphs_were_edited(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    generated(project)
    edit_by_hand(output(project, "2026-045"), "Une phrase de la directrice.")

    found = {one.name: one for one in status(project, KINDS).seen}

    edited = found["deliberations/2026-045"]
    assert edited.standing is Standing.EDITED
    assert edited.words == ("+ Une phrase de la directrice.",)
    assert found["deliberations/2026-046"].standing is Standing.FRESH


def test_an_edited_new_version_is_not_overwritten_either(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    generated(project)
    edit_by_hand(output(project, "2026-045"))
    generated(project)
    mine = edit_by_hand(new_version(project, "2026-045"), "retouche de la nouvelle version")
    change(tmp_path, "content/seances/2026-09-24.yaml", "18h30", "19h")

    generated(project)

    assert new_version(project, "2026-045").read_bytes() == mine
    assert list(project.sorties.rglob("*(nouvelle version 2).docx"))


def test_taking_the_new_version_by_hand_settles_the_matter(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    generated(project)
    edit_by_hand(output(project, "2026-045"))
    change(tmp_path, "content/seances/2026-09-24.yaml", "18h30", "19h")
    generated(project)

    new_version(project, "2026-045").replace(output(project, "2026-045"))

    report = generated(project)
    assert report.clean
    assert status(project, KINDS).fresh


def test_a_file_that_was_already_there_is_not_overwritten(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    generated(project)
    name = output(project, "2026-045")
    other = a_project(tmp_path / "autre")
    write(other.root, other_name := f"sorties/deliberations/{name.name}", "ce n’est pas un document")

    report = generated(other)

    assert outcome_of(report, "045") is Outcome.KEPT
    assert (other.root / other_name).read_text("utf-8") == "ce n’est pas un document"


def test_without_a_memory_a_document_says_itself_whose_it_is(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    generated(project)
    mine = edit_by_hand(output(project, "2026-046"))
    shutil.rmtree(project.state_dir)
    change(tmp_path, "content/seances/2026-09-24.yaml", "18h30", "19h")

    report = generated(project)

    assert outcome_of(report, "045") is Outcome.WRITTEN
    assert outcome_of(report, "046") is Outcome.KEPT
    assert outcome_of(report, "060") is Outcome.UNCHANGED
    assert output(project, "2026-046").read_bytes() == mine


def test_an_edit_of_the_same_size_and_date_is_seen_before_it_is_replaced(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    generated(project)
    document = output(project, "2026-045")
    before = document.stat()
    mine = edit_by_hand(document, "même taille")
    os.utime(document, ns=(before.st_atime_ns, before.st_mtime_ns))
    known = mock.patch("ctgdocs.memory.disk.Files._is_known", lambda self, path, stat: path in self.known)
    with known:
        (tmp_path / "templates/charte.docx").unlink()
        report = generated(project, force=True)

    assert outcome_of(report, "045") is Outcome.KEPT
    assert document.read_bytes() == mine


def test_a_copy_under_another_name_is_not_cleaned_away(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    generated(project)
    copy = output(project, "2026-045").with_name("2026-045 envoyé au contrôle de légalité.docx")
    shutil.copyfile(output(project, "2026-045"), copy)
    (tmp_path / "content/deliberations/2026-045.yaml").unlink()
    generated(project)

    done = clean(project, KINDS)

    assert len(done.removed) == 1
    assert copy.exists()


def test_without_a_memory_cleaning_removes_nothing_that_content_makes(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    generated(project)
    before = outputs(project)
    gone = output(project, "2026-060")
    (tmp_path / "content/deliberations/2026-060.yaml").unlink()
    (project.state_dir / "memoire.sqlite").unlink()

    assert clean(project, KINDS).removed == [project.relative(gone)]
    assert outputs(project).keys() == before.keys() - {project.relative(gone)}


def test_cleaning_keeps_an_edited_orphan(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    generated(project)
    orphan = output(project, "2026-045")
    edit_by_hand(orphan)
    (tmp_path / "content/deliberations/2026-045.yaml").unlink()
    generated(project)

    done = clean(project, KINDS)

    assert (done.removed, done.kept) == ([], [project.relative(orphan)])
    assert orphan.exists()


def test_an_edit_made_while_the_run_goes_on_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = a_project(tmp_path)
    generated(project)
    change(tmp_path, "content/seances/2026-09-24.yaml", "18h30", "19h")
    edited: list[bytes] = []
    real = outputs_module.write_all

    def saved_meanwhile(files: list[Output]) -> object:
        """Somebody saves the document once the run has decided to replace it."""
        if not edited:
            edited.append(edit_by_hand(output(project, "2026-045")))
        return real(files)

    monkeypatch.setattr(outputs_module, "write_all", saved_meanwhile)
    report = generated(project)

    assert outcome_of(report, "045") is Outcome.KEPT
    assert output(project, "2026-045").read_bytes() == edited[0]
    assert "dix-neuf" in " ".join(words_of(new_version(project, "2026-045")))


def test_an_object_that_changes_back_finds_its_document_again(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    generated(project)
    old = output(project, "2026-045")
    text = (tmp_path / "content/deliberations/2026-045.yaml").read_text("utf-8")
    write(tmp_path, "content/deliberations/2026-045.yaml", an_act("Autre objet"))
    generated(project)

    write(tmp_path, "content/deliberations/2026-045.yaml", text.replace("18h30", "19h"))
    report = generated(project)

    assert outcome_of(report, "045") is Outcome.UNCHANGED
    assert old.exists()
