"""What she comes for, in a real browser, from a workspace with its élus: no file is touched.

Each task leaves its picture in the folder that CTGDOCS_CAPTURES names.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import Served, a_copy, serve
from builders import words_of
from playwright.sync_api import Browser, Locator, Page, expect
from window import Window

NUMBER = "2026-060"
FILE = f"content/deliberations/{NUMBER}.yaml"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Served:
    return serve(a_copy(tmp_path_factory.mktemp("town")))


@pytest.fixture(scope="module")
def her(chromium: Browser, town: Served) -> Iterator[Window]:
    opened = Window(chromium, town)
    yield opened
    opened.context.close()
    assert opened.complaints == []


def picture(page: Page, name: str) -> None:
    if folder := os.environ.get("CTGDOCS_CAPTURES"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def group(page: Page, name: str) -> Locator:
    return page.get_by_role("group", name=re.compile(f"^{name}")).first


def write(page: Page, id: str, value: str) -> None:
    """Types in a field, opening what hides it, and waits until it is saved."""
    field = page.locator(f"#{id}")
    field.evaluate(
        "one => { for (let it = one; it = it.parentElement?.closest('details'); ) it.open = true; }"
    )
    with page.expect_response(lambda answer: answer.request.method == "POST", timeout=8000):
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    expect(page.locator("#enregistre")).to_contain_text("Enregistré")


def says(town: Served, file: str = FILE) -> str:
    return (town.root / file).read_text("utf-8")


def test_a_first_deliberation_in_three_screens(her: Window, town: Served) -> None:
    """Accueil, its kind and objet, its form: the projet is there to be printed."""
    page = her.go("/")
    page.get_by_role("link", name="Nouveau document").click()
    page.get_by_role("link", name="Délibération", exact=True).click()
    page.get_by_label("De quoi s’agit-il ?").fill("Ludothèque itinérante : création du service")
    expect(page.get_by_label("Numéro")).to_have_value(NUMBER)
    page.get_by_role("button", name=re.compile("^Écrire")).click()
    write(page, "c-visas-0", "cgct-l5211-1")
    write(page, "c-considerants-0", "qu’aucune ludothèque n’existe sur le territoire")
    write(
        page,
        "c-expose",
        "La ludothèque irait chaque semaine dans une commune.\n\n- le prêt ;\n- le jeu sur place.",
    )
    write(page, "c-decisions-0", "de créer une ludothèque itinérante")
    expect(page.locator("#feuilles img").first).to_be_visible()
    picture(page, "projet")
    text = says(town)
    assert 'objet: "Ludothèque itinérante : création du service"\n' in text
    assert "  - cgct-l5211-1\n" in text
    assert "  - le jeu sur place." in text
    assert "à compléter" not in "\n".join(line for line in text.splitlines() if not line.startswith("#"))


def test_its_financing_plan_is_pasted_from_excel(her: Window, town: Served) -> None:
    page = her.go(f"/fiches/deliberation/{NUMBER}")
    page.locator("#reste > summary").click()
    page.locator("#n-c-tableaux").fill("plan")
    group(page, "Tableaux").get_by_role("button", name="Ajouter").click()
    group(page, "Tableaux").get_by_text("Autres précisions").click()
    write(page, "c-tableaux-plan-lignes", "Dépense\tMontant\nJeux\t4000\nVéhicule\t12000")
    write(page, "c-expose", "Le plan est le suivant :\n\n{tableau:plan}")
    expect(page.locator("#k-c-expose")).to_be_empty()
    assert "Véhicule" in says(town)
    picture(page, "plan")


def test_its_opinion_its_seance_and_its_vote(her: Window, town: Served) -> None:
    page = her.go(f"/fiches/deliberation/{NUMBER}")
    write(page, "c-commission-instance", "commission-affaires-sociales")
    write(page, "c-commission-date", "2026-09-03")
    write(page, "c-commission-avis", "favorable")
    expect(page.locator("#parcours")).to_contain_text("Avis favorable")
    write(page, "c-seance", "2026-09-24")
    write(page, "c-vote-resultat", "unanimité")
    expect(page.locator("#parcours")).to_contain_text("Votée")
    picture(page, "vote")


def test_it_leaves_and_is_sealed(her: Window, town: Served) -> None:
    page = her.go(f"/fiches/deliberation/{NUMBER}")
    write(page, "c-transmission", "2026-09-28")
    write(page, "c-publication", "2026-09-29")
    expect(page.locator("#parcours")).to_contain_text("Exécutoire")
    page.get_by_role("button", name="Générer le document").click()
    expect(page.locator(".papiers")).to_contain_text("Scellée", timeout=20_000)
    expect(page.locator("#resume")).to_contain_text("son document est scellé")
    (made,) = (town.root / "sorties/deliberations").glob(f"{NUMBER}-*.docx")
    words = "\n".join(words_of(made))
    assert "de créer une ludothèque itinérante" in words.replace("\u00a0", " ")
    picture(page, "scelle")


def test_a_note_of_a_dossier(her: Window, town: Served) -> None:
    page = her.go("/nouveau?genre=note")
    page.get_by_label("Nom de la fiche").fill("2026-12-03-commission-affaires-sociales")
    page.get_by_role("button", name=re.compile("^Écrire")).click()
    write(page, "c-redacteur", "Mme Inès Cabrol, chargée de coopération")
    write(page, "c-points-0-objet", "Le lieu d’accueil enfants-parents")
    text = says(town, "content/notes/2026-12-03-commission-affaires-sociales.yaml")
    assert "redacteur: Mme Inès Cabrol, chargée de coopération\n" in text
    picture(page, "note")


def test_the_papers_of_a_meeting(her: Window, town: Served) -> None:
    """Convocation, ordre du jour, feuille d’émargement: one form, its documents made together."""
    page = her.go("/nouveau?genre=reunion")
    page.get_by_label("Nom de la fiche").fill("copil-ctg-2026-12-15")
    page.get_by_role("button", name=re.compile("^Écrire")).click()
    write(page, "c-heure", "14h30")
    write(page, "c-lieu", "siège de la communauté de communes")
    picture(page, "reunion")
    page.get_by_role("button", name="Générer les documents").click()
    expect(page.locator(".papiers, .constat.erreur").first).to_be_visible(timeout=20_000)
    assert "copil-ctg" in says(town, "content/reunions/copil-ctg-2026-12-15.yaml")
