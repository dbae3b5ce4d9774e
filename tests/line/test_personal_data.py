"""What belongs to content/agents/ is never remembered, nor said again, in clear."""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path

import pikepdf
import pytest
from builders import a_project, change, generated
from docx import Document

from ctgdocs.cli.espace import write_new
from ctgdocs.kinds import KINDS
from ctgdocs.line.orders import Outcome
from ctgdocs.line.status import forget, status
from ctgdocs.memory.glance import nothing_changed
from ctgdocs.memory.history import History
from ctgdocs.memory.store import Memory
from ctgdocs.pdf.finish import finished
from ctgdocs.project import Project
from ctgdocs.word import Unsaid, mark_of

AGENT = """
    civilite: Mme
    nom: Delmasquez
    prenom: Inesita
    naissance: 12/03/1985
    entree_fpt: 2012
"""
FICHE = """
    intitule: Chargée de coopération
    agent: a1
"""
SECRETS = ("Delmasquez", "Inesita", "12/03/1985", "1985-03-12", "1985-99-12")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return a_project(tmp_path, {"agents/a1.yaml": AGENT, "fiches_de_poste/poste.yaml": FICHE}, acts=False)


def remembered(project: Project) -> str:
    return "".join(
        path.read_bytes().decode("latin-1") for path in project.state_dir.rglob("*") if path.is_file()
    )


def test_the_memory_holds_no_field_of_an_agent(project: Project) -> None:
    assert generated(project).count(Outcome.WRITTEN)
    generated(project)

    assert [secret for secret in SECRETS if secret in remembered(project)] == []
    assert "intitule" in remembered(project), "the fields of the others are there, for reasons in words"


def test_a_reason_names_the_file_and_nothing_of_what_it_says(project: Project) -> None:
    generated(project)
    change(project.root, "content/agents/a1.yaml", "Delmasquez", "Delmasquet")

    said = [reason for one in status(project, KINDS).seen for reason in one.reasons]

    assert "content/agents/a1.yaml : modifié" in said
    assert "Delmasque" not in " ".join(said)


def a_pdf(path: Path, origin: str) -> None:
    """Writes the smallest PDF that shows a document."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.Root.StructTreeRoot = pikepdf.Dictionary()
        pdf.save(path)
    path.write_bytes(finished(path, origin, "0" * 64, Unsaid()))


def test_an_agent_is_forgotten_with_every_document_made_with_them(project: Project) -> None:
    generated(project)
    (fiche,) = (project.root / "sorties/fiches_de_poste").glob("*fiche-de-poste.docx")
    others = [path for path in project.sorties.rglob("*.docx") if path != fiche]
    older = project.sorties / "historique" / fiche.name
    older.parent.mkdir()
    older.write_bytes(fiche.read_bytes())
    printed = fiche.with_suffix(".pdf")
    origin = mark_of(fiche.read_bytes())
    assert origin is not None
    a_pdf(printed, origin.origin)
    typed = (project.content / "agents/a1.yaml").read_bytes()
    History(project).write("content/agents/a1.yaml", typed, typed.replace(b"2012", b"2013"), "entree_fpt")

    shown = forget(project, KINDS, "a1", dry=True)
    assert fiche.exists()
    done = forget(project, KINDS, "a1")

    assert done == shown
    assert not [path for path in project.state_dir.rglob("*.avant") if b"Delmasquez" in path.read_bytes()]
    assert not [path for path in (fiche, printed, older, project.content / "agents/a1.yaml") if path.exists()]
    assert forget(project, KINDS, "a1").removed == []
    assert all(path.exists() or "poste" in path.name for path in others)


def test_what_somebody_edited_is_named_and_left_to_them(project: Project) -> None:
    generated(project)
    (fiche,) = (project.root / "sorties/fiches_de_poste").glob("*fiche-de-poste.docx")
    document = Document(str(fiche))
    document.add_paragraph("À la main.")
    document.save(str(fiche))

    done = forget(project, KINDS, "a1")

    assert done.kept == ["sorties/fiches_de_poste/" + fiche.name]
    assert fiche.exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_an_agent_s_file_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    write_new(tmp_path / "agents/a1.yaml", b"nom: x\n", "agents/a1.yaml")
    write_new(tmp_path / "elus/a1.yaml", b"nom: x\n", "elus/a1.yaml")
    assert stat.S_IMODE((tmp_path / "agents/a1.yaml").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "elus/a1.yaml").stat().st_mode) & 0o444 == 0o444


def test_an_agent_who_is_not_here_has_nothing_to_hide(project: Project) -> None:
    (project.content / "agents/a1.yaml").unlink()
    generated(project)
    time.sleep(0.05)  # a file too young is looked at again
    generated(project)

    assert nothing_changed(str(project.root)) is not None


def test_a_mistake_in_an_agent_s_file_is_said_at_every_run_and_not_remembered(project: Project) -> None:
    change(project.root, "content/agents/a1.yaml", "12/03/1985", "1985-99-12")

    first, again = generated(project), generated(project)

    assert any("1985-99-12" in one.message + "".join(one.hints) for one in first.findings)
    assert again.findings == first.findings
    assert [secret for secret in SECRETS if secret in remembered(project)] == []
    with_a_blank = Memory.peek(project.state_dir).findings_of("content/agents/a1.yaml")
    assert with_a_blank is None
