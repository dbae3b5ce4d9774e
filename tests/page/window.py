"""A window of a real browser on the page, and what a person does in it."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from browsing import Served
from playwright.sync_api import Browser, Locator, Page, expect

PATIENCE = 60_000
"""Milliseconds that a busy machine is given; nothing waits for them but what fails."""
expect.set_options(timeout=PATIENCE)


class Window:
    """A window on a page: `go` to a screen of it; what its console complains of."""

    def __init__(self, chromium: Browser, served: Served, **options: object) -> None:
        self.served = served
        self.context = chromium.new_context(
            locale="fr-FR", viewport={"width": 1280, "height": 800}, **options
        )  # type: ignore[arg-type]
        self.context.set_default_timeout(PATIENCE)
        name, _, value = served.cookie.partition("=")
        home = f"http://127.0.0.1:{served.access.port}/"
        self.context.add_cookies([{"name": name, "value": value, "url": home}])
        self.page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", lambda said: self._note(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self._note(str(error)))

    def _note(self, words: str) -> None:
        self.complaints.append(words)

    def go(self, path: str) -> Page:
        self.page.goto(f"http://127.0.0.1:{self.served.access.port}{path}")
        return self.page


# --- What she does ---------------------------------------------------------------------------------------


def write(page: Page, **fields: str) -> None:
    """Types in fields (`commission_date` is that of commission.date), opening what hides them; waits until
    they are saved."""
    for name, value in fields.items():
        field = uncovered(page, f"c-{name.replace('__', '-')}")
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    expect(page.locator("#enregistre")).to_contain_text("Enregistré")


def uncovered(page: Page, id: str) -> Locator:
    """A field, once what hides it is opened."""
    page.locator(f"#{id}").wait_for(state="attached")
    for summary in page.locator(f"details:not([open]):has(#{id}) > summary").all():
        summary.click()
    return page.locator(f"#{id}")


def begin(page: Page, kind: str, name: str = "", subject: str = "") -> None:
    """From Accueil, a new document or a new fiche: its name, what it is about."""
    page.get_by_role("link", name="Accueil", exact=True).first.click()
    page.get_by_role("link", name="Nouveau document").click()
    page.get_by_role("link", name=kind, exact=True).click()
    if name:
        page.get_by_label(re.compile("^Nom|^Jour")).fill(name)
    if subject:
        page.get_by_label("De quoi s’agit-il ?").fill(subject)
    page.get_by_role("button", name=re.compile("^Écrire")).click()


def add(page: Page, name: str, *values: str) -> None:
    """Adds to a list what its select offers."""
    place = uncovered(page, f"c-{name}")
    for value in values:
        place.locator("select[name^='n:']").first.select_option(value)
        place.get_by_role("button", name="Ajouter").last.click()
        expect(place.locator(f"[name^='a:'][value='{value}']").first).to_be_attached()


def paste(page: Page, field: Locator, text: str) -> None:
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    field.focus()
    page.keyboard.press("Control+V")


def edited_in_word(made: Path, old: str, new: str) -> None:
    """The Word file with words changed, as Word would save it: its own mark does not hold any more."""
    out = io.BytesIO()
    with zipfile.ZipFile(made) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            data = before.read(name)
            if name == "word/document.xml":
                assert old.encode() in data
                data = data.replace(old.encode(), new.encode())
            after.writestr(name, data)
    made.write_bytes(out.getvalue())
