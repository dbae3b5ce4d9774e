"""Every screen, for everybody: the rules of WCAG 2.2 A and AA by axe, light and dark, and no window too
narrow for it."""

from __future__ import annotations

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from window import Window

SCREENS = {
    "/": "light",
    "/documents": "dark",
    "/actes/deliberation": "light",
    "/aller?q=convention": "dark",
    "/touches": "light",
    "/conventions/ctg-2027-2031/plan": "light",
    "/conventions/ctg-2027-2031/plan/coller": "dark",
    "/fiches/convention/ctg-2027-2031?partie=plan.axes.0.actions.1": "light",
    "/registres/dossiers": "dark",
    "/fiches/deliberation/2026-045": "light",
    "/fiches/deliberation/2026-058": "dark",
    "/fiches/arrete/2026-012": "light",
    "/apercu/deliberations/2026-058": "light",
    "/fiches/reunion/conseil-2026-09-24": "dark",
    "/fiches/elus/durand-claire": "light",
}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (320, 640, 1920)


@pytest.mark.parametrize("path", SCREENS)
def test_axe_finds_nothing_and_no_screen_is_wider_than_its_window(window: Window, path: str) -> None:
    page = window.page
    page.emulate_media(color_scheme="light" if SCREENS[path] == "light" else "dark")
    page.set_viewport_size({"width": 1280, "height": 800})
    window.go(path)
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response["violations"]
    said = [(one["id"], [node["html"][:120] for node in one["nodes"]][:3]) for one in found]
    assert said == [], json.dumps(said, ensure_ascii=False, indent=1)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
