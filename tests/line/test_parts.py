"""One content file that makes several documents: each has its own name, state and output."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from blank import blank
from builders import a_project, change, outputs, words_of, write

from ctgdocs.kind import Kind
from ctgdocs.line.orders import Outcome, Report
from ctgdocs.line.run import generate
from ctgdocs.line.status import status
from ctgdocs.project import Project

POSTE = Kind("poste", "postes", "poste", "postes", "faux_genre", parts=("fiche", "offre"))

ACTE = """
from ctgdocs.vocabulary.scalars import Fiche, Texte

class Acte(Fiche):
    intitule: Texte
    offre: Texte = ""
"""
CHECKS = "def check(entry, reader):\n    return []\n"
CONTEXT = """
from ctgdocs.stages import Composition

def compose(entry, reader, part):
    words = entry.value.intitule if part == "fiche" else entry.value.offre
    if not words:
        return None
    output = f"sorties/postes/{entry.id}-{part}.docx"
    return Composition({"texte": words}, "templates/postes/poste.docx", output, words)
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    package = tmp_path / "paquet"
    for name, text in (("__init__", ""), ("acte", ACTE), ("rules", CHECKS), ("context", CONTEXT)):
        write(package, f"faux_genre/{name}.py", text)
    monkeypatch.syspath_prepend(str(package))
    content = {"postes/coordination.yaml": "intitule: Coordinatrice\noffre: CDD\n"}
    project = a_project(tmp_path / "espace", content, acts=False)
    template = blank()
    template.add_paragraph("{{ texte }}")
    (project.templates / "charte.docx").unlink()
    (project.templates / "postes").mkdir()
    template.save(str(project.templates / "postes" / "poste.docx"))
    yield project
    for name in [name for name in sys.modules if name.startswith("faux_genre")]:
        del sys.modules[name]


def made(project: Project, *targets: str) -> Report:
    return generate(project, (POSTE,), targets)


def test_each_part_is_a_document(project: Project) -> None:
    report = made(project)

    assert report.findings == []
    assert [one.key for one in report.results] == ["postes/coordination/fiche", "postes/coordination/offre"]
    assert [words_of(data) for data in outputs(project).values()] == [["Coordinatrice"], ["CDD"]]


def test_a_target_names_one_part_or_all(project: Project) -> None:
    assert made(project, "postes/coordination/offre").documents == 1
    assert made(project, "postes/coordination").documents == 2
    assert made(project, "coordination").documents == 2
    assert made(project, "content/postes/coordination.yaml").documents == 2


def test_an_edit_writes_the_part_it_touches(project: Project) -> None:
    made(project)
    change(project.root, "content/postes/coordination.yaml", "CDD", "CDI")

    report = made(project)

    assert [(one.key, one.outcome) for one in report.results] == [
        ("postes/coordination/fiche", Outcome.UNCHANGED),
        ("postes/coordination/offre", Outcome.WRITTEN),
    ]


def test_a_part_with_nothing_to_say_is_no_document_and_leaves_an_orphan(project: Project) -> None:
    made(project)
    change(project.root, "content/postes/coordination.yaml", "offre: CDD\n", "")

    assert made(project).documents == 1
    assert made(project).documents == 1
    assert [one.name for one in status(project, (POSTE,)).seen] == [
        "postes/coordination/fiche",
        "sorties/postes/coordination-offre.docx",
    ]


def test_a_mistake_in_the_shared_content_is_said_once(project: Project) -> None:
    change(project.root, "content/postes/coordination.yaml", "offre", "ofre")

    report = made(project)

    assert [one.place.field for one in report.findings] == ["ofre"]
    assert report.count(Outcome.IN_ERROR) == 2
