"""No `[à compléter : …]` stands on the page of an act that is no projet any more, whoever wrote it."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import a_project, an_act, change, generated, outputs, told
from docx import Document

from ctgdocs.findings import Severity
from ctgdocs.project import Project

VISAS = "content/visas.yaml"
BLANK = "[à compléter : quel article ?]"


def a_workspace(root: Path, act: str = "") -> Project:
    """One délibération, adopted unless `act` says otherwise, that cites a visa with a blank."""
    project = a_project(root, {"deliberations/2026-045.yaml": act or an_act()}, acts=False)
    text = "le code général des collectivités territoriales, notamment son article L. 5211-1"
    change(root, VISAS, text, f'"{BLANK}"')
    return project


def test_a_blank_of_a_registry_stops_an_adopted_act(tmp_path: Path) -> None:
    project = a_workspace(tmp_path)
    registry, page = sorted(told(generated(project)), key=lambda finding: finding.severity)
    assert (registry.code, registry.severity) == ("G9", Severity.ALERTE)
    assert (page.code, page.severity) == ("G9", Severity.ERREUR)
    assert page.place.file.startswith("sorties/deliberations/2026-045")
    assert BLANK in page.message
    assert registry.place.file == VISAS
    assert not outputs(project)


def test_a_projet_keeps_it(tmp_path: Path) -> None:
    projet = "\n".join(line for line in an_act().splitlines() if not line.startswith("vote:"))
    project = a_workspace(tmp_path, projet)
    assert [(one.severity, one.place.file) for one in told(generated(project))] == [(Severity.ALERTE, VISAS)]
    assert len(outputs(project)) == 1


@pytest.mark.parametrize("words", [BLANK, "[À COMPLETER]"])
def test_a_blank_of_the_template_stops_it_too(tmp_path: Path, words: str) -> None:
    project = a_project(tmp_path, {"deliberations/2026-045.yaml": an_act()}, acts=False)
    path = tmp_path / "templates/deliberations/deliberation.docx"
    document = Document(str(path))
    paragraph = document.add_paragraph(words[:4])
    paragraph.add_run(words[4:]).bold = True
    document.save(str(path))
    assert [(one.code, words in one.message) for one in told(generated(project))] == [("G9", True)]


def test_what_is_filled_is_made(tmp_path: Path) -> None:
    project = a_workspace(tmp_path)
    generated(project)
    change(tmp_path, VISAS, BLANK, "la loi du 5 avril 1884")
    assert not told(generated(project))
    assert len(outputs(project)) == 1
