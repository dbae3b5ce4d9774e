"""The workspace of the tests of reading back, and the command in it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from builders import FILES, REPOSITORY, generated, write
from hands import (
    ACT,
    PATH,
    Ran,
)

from ctgdocs.cli.main import main
from ctgdocs.kinds import KINDS
from ctgdocs.line.desk import Desk
from ctgdocs.memory import manifest
from ctgdocs.project import Project


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("espace")
    for name, text in FILES.items():
        from textwrap import dedent

        write(root, f"content/{name}", dedent(text).lstrip("\n"))
    write(root, PATH, ACT)
    shutil.copytree(REPOSITORY / "templates", root / "templates", copy_function=shutil.copyfile)
    generated(Project(root))
    return root


@pytest.fixture
def project(made: Path, tmp_path: Path) -> Project:
    shutil.copytree(made, tmp_path / "espace", copy_function=shutil.copy2)
    return Project(tmp_path / "espace")


@pytest.fixture
def ran(project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Ran:
    """The real command, in the workspace: what it says."""
    monkeypatch.chdir(project.root)

    def run(*command: str, code: int | None = None) -> str:
        done = main(command)
        said = "".join(capsys.readouterr()).replace("\u00a0", " ")
        assert code in (None, done), said
        assert "Traceback" not in said
        return said

    return run


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The sample, of which nothing is generated: a document is made when it is edited."""
    root = tmp_path_factory.mktemp("modele")
    for name in ("content", "templates"):
        shutil.copytree(REPOSITORY / name, root / name, copy_function=shutil.copyfile)
    project = Project(root)
    return Desk(project, KINDS, 0, manifest.peek(project.state_dir))
