import stat
import sys
from pathlib import Path

import pytest

LONG = ("page", "line", "redline")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The folders of long files come first: no processor waits at the end for the last of them."""
    items.sort(key=lambda item: item.path.parent.name not in LONG)


@pytest.fixture
def office(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The stand-in for LibreOffice, in its place."""
    program = tmp_path_factory.mktemp("office") / "soffice"
    stub = Path(__file__).with_name("pdf") / "office_stub.py"
    program.write_text(f"#!{sys.executable}\n{stub.read_text('utf-8')}", "utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("CTGDOCS_LIBREOFFICE", str(program))
    monkeypatch.delenv("STUB", raising=False)
    return program
