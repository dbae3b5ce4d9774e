"""The example, renewed once for all the tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from renewals import OLD, run, said, the_example


@pytest.fixture(scope="session")
def renewed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The example after `ctgdocs renouveler`, and what the command said. Not to be changed by a test."""
    folder = the_example(tmp_path_factory.mktemp("renewed"))
    done = run(folder, "renouveler", f"conventions/{OLD}", "--debut", "2027-01-01", "--duree", "5")
    assert done.returncode == 0, said(done)
    return folder, said(done)
