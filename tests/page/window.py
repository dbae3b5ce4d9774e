"""A window of a real browser on the page."""

from __future__ import annotations

from browsing import Served
from playwright.sync_api import Browser, Page


class Window:
    """A window on a page: `go` to a screen of it; what its console complains of."""

    def __init__(self, chromium: Browser, served: Served, **options: object) -> None:
        self.served = served
        self.context = chromium.new_context(
            locale="fr-FR", viewport={"width": 1280, "height": 800}, **options
        )  # type: ignore[arg-type]
        self.context.set_default_timeout(15_000)
        self.page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", lambda said: self._note(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self._note(str(error)))
        self.page.goto(served.access.address)

    def _note(self, words: str) -> None:
        self.complaints.append(words)

    def go(self, path: str) -> Page:
        self.page.goto(f"http://127.0.0.1:{self.served.access.port}{path}")
        return self.page
