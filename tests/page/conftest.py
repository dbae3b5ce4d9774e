"""The page of a copy of the sample, served once for all these tests; a real browser, where there is one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from browsing import Served, a_copy, serve
from playwright.sync_api import Browser, sync_playwright
from window import Window

CHROMIUM = os.environ.get("CTGDOCS_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


@pytest.fixture(scope="module", autouse=True)
def no_libreoffice() -> Iterator[None]:
    """The quick preview is enough for these tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CTGDOCS_LIBREOFFICE", "/nulle-part")
        yield


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    page = serve(a_copy(tmp_path_factory.mktemp("page")))
    yield page
    assert page.server is not None
    page.server.should_exit = True


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not CHROMIUM:
        pytest.skip("no chromium here: apt-get install chromium, or name one in CTGDOCS_CHROMIUM")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def window(chromium: Browser, served: Served) -> Iterator[Window]:
    """A window for the tests of a module, which only look."""
    opened = Window(chromium, served)
    yield opened
    opened.context.close()
    assert opened.complaints == []
