"""The preview as a map of the form: its texts are links to their fields, what changed is shown."""

from __future__ import annotations

import re

import pytest
from browsing import Served, a_copy, serve
from playwright.sync_api import Browser, expect
from window import Window

from ctgdocs.page.zones import changed
from ctgdocs.pdf import Written

ACT = "deliberations/2026-058"
FICHE = "/fiches/deliberation/2026-058"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Served:
    return serve(a_copy(tmp_path_factory.mktemp("zones")))


def links(text: str) -> dict[str, str]:
    return dict(re.findall(r'<a href="(/fiches/[^"]+)" aria-label="([^"]+)"', text))


def test_every_text_of_an_act_leads_to_a_field_that_is_there(desk: Served) -> None:
    found = links(desk.get(f"/apercu/{ACT}?vite").text)
    assert "Exposé, « Un lieu d’accueil" in found[f"{FICHE}#c-expose"]
    assert f"{FICHE}#c-decisions-2" in found
    assert "Dossier : Rapporteur" in found["/fiches/dossiers/laep-itinerant#c-rapporteur"]
    screens = {path: desk.get(path).text for path in {link.partition("#")[0] for link in found}}
    for link in found:
        path, _, field = link.partition("#")
        assert f'id="{field}"' in screens[path], link


def test_what_changed_is_marked_on_the_page_and_nothing_else(desk: Served) -> None:
    shown = re.findall(r'data-pose="(\w+)"', desk.get(f"/apercu/{ACT}?vite").text)[0]
    sent = {"v:annexes.0": "Un règlement tout neuf", "a:annexes.0": ""}
    desk.post(FICHE, **{"geste": "", **sent, "forcer": "annexes.0"})
    again = desk.get(f"/apercu/{ACT}?vite&depuis={shown}").text
    assert 0 < again.count('class="nouveau"') <= 3
    assert 'class="nouveau"' not in desk.get(f"/apercu/{ACT}?vite").text
    desk.post(f"{FICHE}/annuler")


def words(text: str, foot: str = "1") -> list[Written]:
    body = [Written(one.rstrip("¬"), 0, 0, 0.5, 1, 0.52, 1.4, "¬" in one) for one in text.split()]
    return [*body, Written(foot, 0, 0, 0.95, 1, 0.97, 1.4)]


@pytest.mark.parametrize(
    ("before", "after", "marked"),
    [
        ("un deux trois", "un deux trois", []),
        ("un deux trois", "un 2 trois", [1]),
        ("un deux trois", "un trois", [1]),
        ("un collec-¬ tivité trois", "un collectivité trois", []),
        ("un deux trois quatre", "zéro un deux trois cinq", [0, 4]),
    ],
)
def test_a_change_is_told_by_its_words(before: str, after: str, marked: list[int]) -> None:
    assert changed(words(before), words(after, "2")) == marked


def test_a_click_on_a_text_goes_to_its_field_and_a_field_shows_its_text(
    chromium: Browser, desk: Served
) -> None:
    hers = Window(chromium, desk)
    page = hers.go(FICHE)
    page.locator('#feuilles a[href$="#c-decisions-2"] rect').first.click()
    expect(page.locator("#c-decisions-2")).to_be_focused()
    frame = page.locator("#feuilles")
    frame.evaluate("one => one.scrollTop = 0")
    page.locator("#c-annexes-0").fill("Un règlement encore plus neuf")
    mark = page.locator("#feuilles .nouveau").first
    expect(mark).to_be_in_viewport()
    assert hers.complaints == []
    hers.context.close()


def test_without_a_script_the_preview_is_a_screen_whose_texts_are_links(
    chromium: Browser, desk: Served
) -> None:
    window = Window(chromium, desk, java_script_enabled=False)
    page = window.go(f"/apercu/{ACT}")
    page.locator('a[href$="#c-expose"] rect').first.click()
    expect(page).to_have_url(re.compile(f"{FICHE}#c-expose$"))
    window.context.close()


def test_the_quick_preview_shows_what_stands_in_content_controls(desk: Served) -> None:
    from ctgdocs.kinds import KINDS
    from ctgdocs.line.line import Line
    from ctgdocs.line.orders import Order, key_of
    from ctgdocs.pdf import quick_pdf, written
    from ctgdocs.project import Project

    line = Line(Project(desk.root), KINDS, "")
    document = next(one for one in line.library.documents() if key_of(one) == ACT)
    data = line.make(Order(document)).data
    assert data is not None
    said = " ".join(one.text for one in written(quick_pdf(data) or b""))
    assert "sans inscription et gratuitement" in said
    assert "Accueillants (deux fois 0,4 équivalent temps plein)" in said
