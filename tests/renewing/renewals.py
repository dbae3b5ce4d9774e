"""Workspaces for renewals: the example's own, without the convention that its renewal became."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
OLD, NEW = "ctg-2022-2026", "ctg-2027-2031"


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The real command, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "ctgdocs", *arguments],
        cwd=folder, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip


def said(done: subprocess.CompletedProcess[str]) -> str:
    return (done.stdout + done.stderr).replace("\u00a0", " ").replace("\u202f", " ")


def the_example(folder: Path) -> Path:
    """A copy of the example's content and templates, before its renewal."""
    shutil.copytree(REPOSITORY / "content", folder / "content")
    shutil.copytree(REPOSITORY / "templates", folder / "templates")
    (folder / f"content/conventions/{NEW}.yaml").unlink()
    return folder
