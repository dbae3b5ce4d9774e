"""The page of a copy of the sample, served once for all these tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browsing import Served, a_copy, serve


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    page = serve(a_copy(tmp_path_factory.mktemp("page")))
    yield page
    assert page.server is not None
    page.server.should_exit = True
