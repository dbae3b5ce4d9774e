"""Exactly what an edit touched is made again, and nothing else."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from textwrap import dedent

import docx
import pytest
from builders import (
    FILES,
    LEFT,
    a_project,
    an_act,
    change,
    generated,
    output,
    outputs,
    told,
    words_of,
    write,
)

from ctgdocs.findings import Severity, UsageError
from ctgdocs.kinds import KINDS
from ctgdocs.line.orders import Outcome
from ctgdocs.line.status import Standing, status
from ctgdocs.memory import disk
from ctgdocs.memory.glance import nothing_changed
from ctgdocs.memory.store import Memory
from ctgdocs.project import Project


def written(report: object) -> list[str]:
    return [one.key for one in report.results if one.outcome is Outcome.WRITTEN]  # type: ignore[attr-defined]


def with_a_tag_where_nothing_is_filled(template: Path) -> None:
    """« {{ objet }} » in a comment, which no act fills."""
    document = docx.Document(str(template))
    document.add_comment(document.paragraphs[0].runs, text="voir {{ objet }}", author="A", initials="A")
    document.save(str(template))


def facts(project: Project) -> dict[str, object]:
    """What is remembered of every document, and of what it read."""
    memory = Memory.peek(project.state_dir)
    return {key: (record, memory.reads(key)) for key, record in memory.documents()}


def test_the_first_run_writes_every_document(tmp_path: Path) -> None:
    project = a_project(tmp_path)

    report = generated(project)

    assert told(report) == []
    assert written(report) == ["deliberations/2026-045", "deliberations/2026-046", "deliberations/2026-060"]
    words = " ".join(words_of(output(project, "2026-045")))
    assert "Renouvellement de la convention" in words
    assert "la salle des fêtes d’Esparnac" in words.replace("\u00a0", " ")


def test_a_second_run_writes_nothing_and_leaves_every_byte(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    generated(project)
    before = {path: path.stat().st_mtime_ns for path in project.sorties.rglob("*.docx")}
    memory = facts(project)

    report = generated(project)

    assert (report.untouched, written(report)) == (3, [])
    assert {path: path.stat().st_mtime_ns for path in project.sorties.rglob("*.docx")} == before
    assert facts(project) == memory


def test_an_edited_seance_touches_its_own_deliberations_only(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    generated(project)

    change(tmp_path, "content/seances/2026-09-24.yaml", "18h30", "19h")

    assert written(generated(project)) == ["deliberations/2026-045", "deliberations/2026-046"]


def test_an_edited_seance_leaves_the_other_documents_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = {f"deliberations/2026-04{n}.yaml": an_act(f"Objet {n}") + LEFT for n in (5, 6)}
    project = a_project(tmp_path, left)
    for file in (*project.templates.rglob("*.docx"), *project.content.rglob("*.yaml")):
        os.utime(file, (1_000_000_000, 1_000_000_000))  # a file that is too young is looked at again
    generated(project)
    before = facts(project)
    read: list[str] = []
    whole = Memory.document
    monkeypatch.setattr(Memory, "document", lambda self, key: read.append(key) or whole(self, key))

    change(tmp_path, "content/seances/2026-10-15.yaml", "18h30", "19h")
    generated(project)

    assert set(read) == {"deliberations/2026-060"}
    after = facts(project)
    assert [key for key in before if before[key] != after[key]] == ["deliberations/2026-060"]


def test_a_comment_rewrites_nothing(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    generated(project)

    for name in ("elus.yaml", "seances/2026-09-24.yaml", "deliberations/2026-045.yaml", "collectivite.yaml"):
        text = (tmp_path / "content" / name).read_text("utf-8")
        write(tmp_path, f"content/{name}", "# relu\n" + text)
    report = generated(project)

    assert written(report) == []
    assert report.count(Outcome.UNCHANGED) == 3


def test_a_member_who_is_renamed_touches_who_cites_them(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    generated(project)

    change(tmp_path, "content/elus.yaml", "nom: Roy", "nom: Leroy")

    assert len(written(generated(project))) == 3
    assert "Leroy" in " ".join(words_of(output(project, "2026-060")))


def test_a_new_charte_restyles_every_document(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    generated(project)

    shutil.copyfile(tmp_path / "templates/chartes/moderne.docx", tmp_path / "templates/charte.docx")

    assert len(written(generated(project))) == 3


def test_a_movement_at_a_deliberation_that_does_not_exist_is_told(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    with (tmp_path / "content/seances/2026-09-24.yaml").open("a", encoding="utf-8") as file:
        file.write("mouvements:\n  - {elu: lopez-marc, quitte_a: 2026-064}\n")

    (said,) = [one for one in generated(project).findings if one.code == "mouvement"]

    assert "2026-064" in said.message
    assert said.place.field == "mouvements.0.quitte_a"


def test_a_charte_that_arrives_or_leaves_restyles_every_document(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    charte = tmp_path / "templates/charte.docx"
    aside = charte.rename(tmp_path / "charte.docx")
    generated(project)
    plain = outputs(project)

    aside.rename(charte)
    assert len(written(generated(project))) == 3
    charte.unlink()
    assert len(written(generated(project))) == 3
    assert outputs(project) == plain


def test_a_charte_asked_for_by_its_name_must_be_there(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    with (tmp_path / "content/collectivite.yaml").open("a", encoding="utf-8") as file:
        file.write("charte: {fichier: maison.docx}\n")

    (problem,) = [one for one in generated(project).findings if one.blocking]

    assert "« templates/maison.docx » n’existe pas" in problem.message
    assert str(problem.place).startswith("content/collectivite.yaml:12:")


def test_the_usual_charte_named_and_absent_is_told_and_stops_nothing(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    (tmp_path / "templates/charte.docx").unlink()
    with (tmp_path / "content/collectivite.yaml").open("a", encoding="utf-8") as file:
        file.write("charte: {fichier: charte.docx}\n")

    report = generated(project)
    (finding,) = told(report)
    assert (finding.code, finding.severity) == ("charte", Severity.ALERTE)
    assert "les modèles gardent leur allure" in finding.message
    assert len(written(report)) == 3


def test_a_charte_out_of_the_workspace_is_not_read(tmp_path: Path) -> None:
    project = a_project(tmp_path / "espace")
    shutil.copyfile(project.templates / "charte.docx", tmp_path / "ailleurs.docx")
    with (project.root / "content/collectivite.yaml").open("a", encoding="utf-8") as file:
        file.write("charte: {fichier: ../../ailleurs.docx}\n")

    assert any(one.code == "charte" for one in generated(project).findings)


def test_a_charte_that_is_not_a_word_file_is_the_one_to_blame(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    (tmp_path / "templates/charte.docx").write_text("une lettre")

    (problem,) = [one for one in generated(project).findings if one.blocking]

    assert problem.place.file == "templates/charte.docx"


def test_a_template_that_is_not_there_is_said_in_french(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    (tmp_path / "templates/deliberations/deliberation.docx").unlink()

    (problem,) = [one for one in generated(project).findings if one.blocking]

    acts = "deliberations/2026-045, deliberations/2026-046, deliberations/2026-060"
    assert problem.message == (
        f"le fichier « deliberation.docx » n’existe pas (3 documents en dépendent : {acts})"
    )
    assert problem.place.file == "templates/deliberations/deliberation.docx"


def test_a_touched_file_is_not_an_edit(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    generated(project)

    os.utime(tmp_path / "content/elus.yaml", (1_000_000_000, 1_000_000_000))

    assert generated(project).untouched == 3


def test_an_edit_that_leaves_size_and_date_is_seen_when_it_is_young(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    file = tmp_path / "content/seances/2026-09-24.yaml"
    write(tmp_path, "content/seances/2026-09-24.yaml", file.read_text("utf-8"))
    generated(project)
    stat = file.stat()

    with file.open("r+b") as handle:
        handle.write(file.read_bytes().replace(b"18h30", b"19h30"))
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))

    assert written(generated(project)) == ["deliberations/2026-045", "deliberations/2026-046"]


def test_an_output_edited_in_place_as_soon_as_the_run_ends_is_seen(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    for file in [*project.content.rglob("*.yaml"), *project.templates.rglob("*.docx")]:
        os.utime(file, (1_000_000_000, 1_000_000_000))
    generated(project)
    assert nothing_changed(str(tmp_path)) is not None

    with output(project, "2026-060").open("r+b") as handle:
        handle.write(b"PK")  # the same bytes: only the date can tell

    assert nothing_changed(str(tmp_path)) is None


def test_a_deleted_document_comes_back(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    generated(project)
    before = output(project, "2026-045").read_bytes()

    output(project, "2026-045").unlink()
    generated(project)

    assert output(project, "2026-045").read_bytes() == before


def test_a_lost_memory_loses_nothing(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    generated(project)
    before = outputs(project)

    shutil.rmtree(project.state_dir)
    report = generated(project)

    assert report.count(Outcome.UNCHANGED) == 3
    assert outputs(project) == before


def test_one_document_in_error_does_not_stop_the_others(tmp_path: Path) -> None:
    project = a_project(tmp_path, {"deliberations/2026-046.yaml": "seance: [\n"})

    report = generated(project)

    assert written(report) == ["deliberations/2026-045", "deliberations/2026-060"]
    assert [one.place.file for one in told(report)] == ["content/deliberations/2026-046.yaml"]
    again = generated(project)
    assert told(again) == told(report)
    assert (again.untouched, again.count(Outcome.IN_ERROR)) == (2, 1)


def test_a_document_in_error_keeps_its_last_good_version(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    generated(project)
    before = outputs(project)

    change(
        tmp_path, "content/deliberations/2026-045.yaml", "rapporteur: martin-paul", "rapporteur: martn-paul"
    )
    assert generated(project).count(Outcome.IN_ERROR) == 1
    assert outputs(project) == before
    change(tmp_path, "content/deliberations/2026-045.yaml", "martn-paul", "petit-anne")

    assert written(generated(project)) == ["deliberations/2026-045"]


@pytest.mark.parametrize("made_before", [True, False])
def test_a_template_that_stopped_a_document_frees_it_when_it_is_mended(
    tmp_path: Path, made_before: bool
) -> None:
    """A tag left in the document is told at the document; its template is what is mended."""
    project = a_project(tmp_path)
    template = project.templates / "deliberations/deliberation.docx"
    sound = template.read_bytes()
    if made_before:
        generated(project)
    change(tmp_path, "content/deliberations/2026-045.yaml", "Renouvellement", "Reconduction")
    with_a_tag_where_nothing_is_filled(template)
    stopped = generated(project)
    assert {one.code for one in stopped.findings if one.blocking} == {"balise-restante"}
    assert written(generated(project)) == []

    template.write_bytes(sound)

    assert "deliberations/2026-045" in written(generated(project))
    (made,) = (name for name in outputs(project) if "2026-045-reconduction" in name)
    assert "Reconduction" in " ".join(words_of(project.root / made))


def test_a_missing_entry_that_appears_frees_its_documents(tmp_path: Path) -> None:
    project = a_project(tmp_path, {"seances/2026-10-15.yaml": None})
    assert generated(project).count(Outcome.IN_ERROR) == 1

    write(tmp_path, "content/seances/2026-10-15.yaml", dedent(FILES["seances/2026-10-15.yaml"]))

    assert written(generated(project)) == ["deliberations/2026-060"]


def test_targets_are_ids_files_folders_outputs_and_registry_files(tmp_path: Path) -> None:
    project = a_project(tmp_path)

    assert written(generated(project, "2026-046")) == ["deliberations/2026-046"]
    assert written(generated(project, "content/deliberations/2026-045.yaml")) == ["deliberations/2026-045"]
    assert written(generated(project, "deliberations/2026-060")) == ["deliberations/2026-060"]
    assert generated(project, "content/seances/2026-09-24.yaml").documents == 2
    assert generated(project, "deliberations").documents == 3
    assert generated(project, project.relative(output(project, "2026-045"))).documents == 1
    with pytest.raises(UsageError, match="vouliez-vous dire « 2026-045 »"):
        generated(project, "2026-0455")


def test_a_run_on_one_target_does_not_pass_for_a_whole_run(tmp_path: Path) -> None:
    project = a_project(tmp_path)

    generated(project, "2026-045")

    assert nothing_changed(str(tmp_path)) is None
    assert len(written(generated(project))) == 2


def test_two_builds_remember_the_same_and_no_absolute_path(tmp_path: Path) -> None:
    one, two = a_project(tmp_path / "un"), a_project(tmp_path / "deux")
    generated(one)
    generated(two, jobs=2)

    assert facts(one) == facts(two)
    assert str(tmp_path).encode() not in (one.state_dir / "memoire.sqlite").read_bytes()


def test_a_changed_object_leaves_an_orphan_until_cleaning(tmp_path: Path) -> None:
    from ctgdocs.line.status import clean

    project = a_project(tmp_path)
    generated(project)
    old = output(project, "2026-045")
    write(tmp_path, "content/deliberations/2026-045.yaml", an_act("Autre objet"))
    generated(project)

    assert old.exists()
    assert [one.standing for one in status(project, KINDS).seen].count(Standing.OUTDATED) == 1
    assert clean(project, KINDS).removed == [project.relative(old)]
    assert not old.exists()
    assert status(project, KINDS).fresh


def test_findings_do_not_depend_on_the_number_of_processes(tmp_path: Path) -> None:
    acts = {f"deliberations/2026-1{n:02}.yaml": an_act(f"Objet {n}") for n in range(30)}
    acts |= {f"deliberations/2026-2{n:02}.yaml": "objet: x\nraporteur: y\n" for n in range(30)}
    one, two = a_project(tmp_path / "un", acts), a_project(tmp_path / "deux", acts)

    alone, together = generated(one), generated(two, jobs=2)

    assert alone.findings == together.findings
    assert alone.results == together.results
    assert outputs(one) == outputs(two)
    assert facts(one) == facts(two)


def test_a_look_at_the_disk_serves_the_run_that_follows(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    generated(project)
    change(tmp_path, "content/elus.yaml", "nom: Roy", "nom: Leroy")
    assert nothing_changed(str(tmp_path)) is None
    change(tmp_path, "content/seances/2026-10-15.yaml", "18h30", "19h")  # after the look

    assert len(written(generated(project))) == 3
    assert written(generated(project)) in ([], ["deliberations/2026-060"])
    words = " ".join(words_of(output(project, "2026-060")))
    assert "Leroy" in words
    assert "dix-neuf heures" in words.replace("\u00a0", " ")


def test_a_look_is_of_no_use_once_another_run_has_written(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    generated(project)
    change(tmp_path, "content/elus.yaml", "nom: Roy", "nom: Leroy")
    assert nothing_changed(str(tmp_path)) is None
    looked = list(disk._seen)
    generated(project)
    write(tmp_path, "content/deliberations/2026-061.yaml", an_act("Un acte de plus"))
    disk._seen[:] = looked

    assert written(generated(project)) == ["deliberations/2026-061"]
