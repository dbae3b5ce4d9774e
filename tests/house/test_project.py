"""The workspace: found from any folder inside it, and nothing outside it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from ctgdocs.findings import UsageError
from ctgdocs.project import Project


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "mon espace été"
    (root / "content/deliberations").mkdir(parents=True)
    (root / "content/collectivite.yaml").write_text("nom: x\n")
    return root.resolve()


def test_a_workspace_is_found_from_any_folder_inside(root: Path) -> None:
    assert Project.find(root).root == root
    assert Project.find(root / "content/deliberations").root == root


def test_outside_a_workspace_the_sentence_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="ctgdocs initialiser"):
        Project.find(tmp_path)


def test_paths_are_named_from_the_root_with_slashes(root: Path) -> None:
    project = Project(root)
    assert project.relative(root / "content" / "elus.yaml") == "content/elus.yaml"
    assert project.relative("content/../content/elus.yaml") == "content/elus.yaml"
    assert ".." not in project.relative("../ailleurs.yaml")
    assert project.state_dir == root / "sorties" / ".ctgdocs"


def test_a_workspace_holds_only_what_is_inside(root: Path) -> None:
    project = Project(root)
    assert project.holds("content/elus.yaml")
    assert not project.holds("../x")
    assert not project.holds(f"{root}-bis/x")


def test_content_files_are_listed_in_order_with_their_stat(root: Path) -> None:
    for name in ("b.yaml", "a.yml", "deliberations/2026-045.yaml", "note.txt", "~$b.yaml", ".x.yaml"):
        (root / "content" / name).write_text("a: 1\n")
    listed = list(Project(root).content_files())
    assert [path for path, _ in listed] == [
        *(
            "content/a.yml",
            "content/b.yaml",
            "content/collectivite.yaml",
            "content/deliberations/2026-045.yaml",
        )
    ]
    assert all(entry.stat().st_size for _, entry in listed)


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
def test_links_that_loop_or_leave_are_not_content(root: Path, tmp_path: Path) -> None:
    (tmp_path / "dehors.yaml").write_text("a: 1\n")
    (root / "content/dehors.yaml").symlink_to(tmp_path / "dehors.yaml")
    (root / "content/boucle").symlink_to(root / "content")
    assert [path for path, _ in Project(root).content_files()] == ["content/collectivite.yaml"]
