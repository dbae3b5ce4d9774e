"""The program stays the same during a test of the line, even when someone edits it meanwhile."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _one_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctgdocs.line.desk.program_version", lambda files: "programme de test")


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    with pytest.MonkeyPatch.context() as patch:
        folder: Path = tmp_path_factory.mktemp("cache")
        patch.setenv("CTGDOCS_CACHE", str(folder))
        yield
