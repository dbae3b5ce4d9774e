"""Anywhere by typing its name: any document, list, séance; with the keyboard alone, and without a script."""

from __future__ import annotations

import re

import pytest
from browsing import Served
from playwright.sync_api import Browser, expect
from window import Window


def leads(page: Served, typed: str) -> list[str]:
    return re.findall(r'<li><a href="([^"]+)">', page.get(f"/aller?q={typed}").text)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("2026-058", "/fiches/deliberation/2026-058"),
        ("referent+jeun", "/fiches/deliberation/2026-048"),
        ("R%C3%A9F%C3%A9rent+JEUN", "/fiches/deliberation/2026-048"),
        ("claire+durand", "/fiches/elus/durand-claire"),
        ("seance+2026-09-24", "/seances/2026-09-24"),
        ("import", "/importer"),
    ],
)
def test_what_is_typed_leads_there(served: Served, typed: str, first: str) -> None:
    assert first in leads(served, typed)[:3]


def test_nothing_is_invented_for_words_that_nothing_bears(served: Served) -> None:
    answer = served.get("/aller?q=%3Cscript%3Exyzzy")
    assert "Rien ne porte ces mots" in answer.text
    assert "<script>xyzzy" not in answer.text


def test_every_place_is_there(served: Served) -> None:
    for path in leads(served, "avenant") + leads(served, "lavol"):
        assert served.get(path).status == 200


def test_the_keyboard_goes_anywhere_and_tells_its_keys(chromium: Browser, served: Served) -> None:
    hers = Window(chromium, served)
    page = hers.go("/fiches/deliberation/2026-058")
    page.locator("#c-expose").focus()
    page.keyboard.press("Control+k")
    page.keyboard.type("lavol délibération")
    expect(page.locator("#aller-buts a")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    expect(page.locator("#aller-buts a").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/fiches/deliberation/2026-047"))
    page.wait_for_load_state()  # its script is there
    page.locator("body").press("?")
    keys = page.get_by_role("dialog", name="Touches du clavier")
    expect(keys).to_contain_text("Ctrl + Entrée")
    keys.get_by_label("La touche ? ouvre cette liste").uncheck()
    page.keyboard.press("Escape")
    page.locator("body").press("?")
    expect(keys).to_be_hidden()
    assert hers.complaints == []
    hers.context.close()
