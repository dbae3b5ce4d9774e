"""A window of a real browser on the page, and what a person does in it."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from browsing import Served
from playwright.sync_api import Browser, Locator, Page, Route, expect

PATIENCE = 60_000
"""Milliseconds that a busy machine is given; nothing waits for them but what fails."""
expect.set_options(timeout=PATIENCE)


class Window:
    """A window on a page: `go` to a screen of it; what its console complains of."""

    def __init__(self, chromium: Browser, served: Served, **options: object) -> None:
        self.served = served
        self.context = chromium.new_context(
            **{
                "locale": "fr-FR",
                "viewport": {"width": 1280, "height": 800},
                "reduced_motion": "reduce",  # a colour in the middle of its way would be judged
                **options,
            }  # type: ignore[arg-type]
        )
        self.context.set_default_timeout(PATIENCE)
        name, _, value = served.cookie.partition("=")
        home = f"http://127.0.0.1:{served.access.port}/"
        self.context.add_cookies([{"name": name, "value": value, "url": home}])
        self.page = self.context.new_page()
        self.previews = True
        self.complaints: list[str] = []
        self.page.on("console", lambda said: self._note(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self._note(str(error)))

    def without_previews(self) -> None:
        """Asks no preview beside a form, until `previews` is said again: most tasks do not look at it."""
        self.previews = False
        self.context.route("**/apercu/**", self._preview)

    def _preview(self, route: Route) -> None:
        if self.previews or "x-partiel" not in route.request.headers:
            route.continue_()
        else:
            route.fulfill(body="")

    def _note(self, words: str) -> None:
        self.complaints.append(words)

    def go(self, path: str) -> Page:
        self.page.goto(f"http://127.0.0.1:{self.served.access.port}{path}")
        return self.page


# --- For everybody ---------------------------------------------------------------------------------------

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
WIDTHS = (1920, 768, 640, 320, 1280)
"""CSS pixels: a wide screen, a tablet held upright, a laptop at 200 %, at 400 %, as it is."""


BUSY = """() => {
  document.getElementById('feuilles')?.classList.toggle('en-cours');
  document.getElementById('enregistre')?.classList.toggle('en-attente');
}"""
"""As while the preview is being drawn again and what she types is being saved; and back."""


def axe_finds_nothing(page: Page) -> None:
    violations = Axe().run(page, options=RULES).response["violations"]
    found = [(one["id"], [node["html"][:120] for node in one["nodes"]][:3]) for one in violations]
    assert not found, found


def is_for_everybody(page: Page) -> None:
    """The screen as it is now: axe finds nothing, one action comes first, no file is named, and no width is
    too small for it."""
    page.evaluate(BUSY)
    axe_finds_nothing(page)
    page.evaluate(BUSY)
    assert page.locator(".bouton.principal").count() <= 1
    assert page.locator("h1").count() == 1
    assert ".yaml" not in page.inner_text("body")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width


# --- What she does ---------------------------------------------------------------------------------------


def follow(page: Page, what: Locator) -> None:
    """Clicks what leads to another page, and is there."""
    with page.expect_navigation():
        what.click()


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
    follow(page, page.get_by_role("link", name="Accueil", exact=True).first)
    follow(page, page.get_by_role("link", name="Nouveau document"))
    follow(page, page.get_by_role("link", name=kind, exact=True))
    if name:
        page.get_by_label(re.compile("^Nom|^Jour")).fill(name)
    if subject:
        page.get_by_label("De quoi s’agit-il ?").fill(subject)
    follow(page, page.get_by_role("button", name=re.compile("^Écrire")))


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
