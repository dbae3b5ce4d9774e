"""A person at the page, with a real browser: what she types is saved, told, shown, and never lost."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import Served, a_copy, serve
from playwright.sync_api import Browser, Route, expect
from window import Window, axe_finds_nothing, edited_in_word, follow, is_for_everybody

from ctgdocs.kinds import KINDS
from ctgdocs.line.orders import Options
from ctgdocs.line.run import generate
from ctgdocs.project import Project

ACT = "/fiches/deliberation/2026-059"
FILE = "content/deliberations/2026-059.yaml"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Served:
    return serve(a_copy(tmp_path_factory.mktemp("desk")))


@pytest.fixture
def hers(chromium: Browser, desk: Served) -> Iterator[Window]:
    opened = Window(chromium, desk)
    yield opened
    opened.context.close()


def says(page: Served, file: str = FILE) -> str:
    return (page.root / file).read_text("utf-8")


def test_what_is_typed_is_saved_told_shown_and_undone(hers: Window, desk: Served) -> None:
    before, page = says(desk), hers.go(ACT)
    expect(page.locator("#feuilles img").first).to_be_visible()
    shown = page.locator("#feuilles").get_attribute("data-pose")
    page.locator("#c-expose").fill("Un exposé tout neuf, avec {montant:inconnu}.")
    expect(page.locator("#enregistre")).to_contain_text("Enregistré")
    expect(page.locator("#k-c-expose")).to_contain_text("inconnu")
    page.locator("#c-expose").fill("Un exposé tout neuf.")
    expect(page.locator("#k-c-expose")).to_be_empty()
    expect(page.locator("#feuilles")).not_to_have_attribute("data-pose", shown or "")
    assert "Un exposé tout neuf.\n" in says(desk)
    page.get_by_role("button", name="Annuler", exact=True).click()
    expect(page.locator("#c-expose")).not_to_have_value("Un exposé tout neuf.")
    assert says(desk) == before
    assert hers.complaints == []


def test_a_list_is_filled_and_ordered_with_the_keyboard_alone(hers: Window, desk: Served) -> None:
    page = hers.go("/fiches/arrete/2026-012")
    visas = page.get_by_role("group", name="Visas")
    visas.get_by_role("button", name="Ajouter").focus()
    page.keyboard.press("Enter")
    rows = visas.locator(".rangees > li")
    last = rows.last.locator("input[type=text]").first
    expect(last).to_have_value("")
    last.focus()
    page.keyboard.type("la loi n° 2026-1 du 5 janvier 2026")
    expect(page.locator("#enregistre")).to_contain_text("Enregistré")
    page.keyboard.press("Alt+ArrowUp")
    expect(rows.nth(-2).locator("input[type=text]").first).to_have_value("la loi n° 2026-1 du 5 janvier 2026")
    text = says(desk, "content/arretes/2026-012.yaml")
    assert "- la loi n° 2026-1 du 5 janvier 2026\n" in text


def test_two_tabs_do_not_write_over_each_other(hers: Window, desk: Served) -> None:
    first = hers.go("/fiches/deliberation/2026-048")
    second = hers.context.new_page()
    second.goto(first.url)
    first.locator("#c-objet").fill("Objet du premier onglet")
    expect(first.locator("#enregistre")).to_contain_text("Enregistré")
    second.locator("#c-objet").fill("Objet du second onglet")
    alert = second.get_by_role("alert").filter(has_text="a changé ailleurs")
    expect(alert).to_contain_text("Objet du premier onglet")
    expect(alert).to_contain_text("Objet du second onglet")
    expect(second.locator("#c-objet")).to_have_value("Objet du second onglet")
    is_for_everybody(second)
    assert "objet: Objet du premier onglet\n" in says(desk, "content/deliberations/2026-048.yaml")
    second.get_by_role("button", name="Écrire ce que j’ai tapé").click()
    expect(alert).to_have_count(0)
    assert "objet: Objet du second onglet\n" in says(desk, "content/deliberations/2026-048.yaml")


def test_a_form_that_is_not_valid_any_more_is_refused_on_a_screen_that_leads_back(hers: Window) -> None:
    page = hers.go("/seances/2026-09-24/2026-047/presence/lopez-marc")
    page.locator("main [name=jeton]").evaluate("one => { one.value = 'un autre'; }")
    follow(page, page.get_by_role("button", name="Noter sa présence"))
    expect(page.locator("main")).to_contain_text("n’est plus valable")
    is_for_everybody(page)
    follow(page, page.get_by_role("link", name="Revenir à l’accueil"))
    expect(page.get_by_role("link", name="Documents", exact=True).first).to_be_visible()


OTHERS = (
    "/fiches/arrete/2026-012",
    "/actes/arrete",
    "/fiches/dossiers/laep-itinerant",
    "/fiches/fiche_de_poste/charge-de-cooperation-vaurelle",
    "/registres/visas",
    "/documents?etat=a-completer",
    "/documents/telecharger?fichier=sorties/rien.docx",
)


@pytest.mark.parametrize("path", OTHERS)
def test_screens_of_acts_that_she_writes_less_often_are_for_everybody(hers: Window, path: str) -> None:
    hers.without_previews()
    hers.page.emulate_media(color_scheme="dark" if OTHERS.index(path) % 2 else "light")
    is_for_everybody(hers.go(path))


def test_a_file_edited_outside_keeps_what_was_written_there(hers: Window, desk: Served) -> None:
    page, file = hers.go("/fiches/deliberation/2026-049"), "content/deliberations/2026-049.yaml"
    path = desk.root / file
    path.write_text(f"{says(desk, file)}# une note de sa collègue\n", "utf-8")
    page.locator("#c-objet").fill("Objet de la page")
    expect(page.locator("#enregistre")).to_contain_text("Enregistré")
    assert says(desk, file).endswith("# une note de sa collègue\n")
    path.write_text(says(desk, file).replace("Objet de la page", "Objet du fichier"), "utf-8")
    page.locator("#c-objet").fill("Un autre objet")
    expect(page.get_by_role("alert").filter(has_text="a changé ailleurs")).to_contain_text("Objet du fichier")
    page.get_by_role("link", name="Prendre le fichier").click()
    expect(page.locator("#c-objet")).to_have_value("Objet du fichier")


def test_a_page_that_answers_no_more_loses_nothing(hers: Window, desk: Served) -> None:
    page = hers.go("/fiches/deliberation/2026-050")
    hers.context.set_offline(True)
    page.locator("#c-objet").fill("Objet écrit sans la page")
    expect(page.get_by_role("alert").filter(has_text="ne répond plus")).to_be_visible()
    assert "Objet écrit sans la page" not in says(desk, "content/deliberations/2026-050.yaml")
    hers.context.set_offline(False)
    expect(page.locator("#perdu")).to_be_hidden()
    expect(page.locator("#enregistre")).to_contain_text("Enregistré")
    assert "objet: Objet écrit sans la page\n" in says(desk, "content/deliberations/2026-050.yaml")


def test_what_is_typed_is_written_before_another_screen_comes(hers: Window, desk: Served) -> None:
    page, asked = hers.go("/fiches/deliberation/2026-046"), []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    page.locator("#c-objet").fill("Objet tapé en partant")
    page.get_by_role("link", name="Documents", exact=True).first.click()
    expect(page.locator("h1")).to_have_text("Documents")
    assert "Objet tapé en partant" in says(desk, "content/deliberations/2026-046.yaml")
    assert asked == []


def test_what_is_typed_before_the_script_is_there_is_written(hers: Window, desk: Served) -> None:
    page, held = hers.page, list[Route]()
    page.route("**/static/page.js*", lambda route: held.append(route))
    page.goto(f"http://127.0.0.1:{desk.access.port}/fiches/deliberation/2026-046", wait_until="commit")
    page.locator("#c-objet").fill("Objet tapé tout de suite")
    while not held:
        page.wait_for_timeout(10)
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        held[0].continue_()
    assert "Objet tapé tout de suite" in says(desk, "content/deliberations/2026-046.yaml")


def test_what_is_typed_while_a_button_is_answered_stays_and_is_written(hers: Window, desk: Served) -> None:
    page, held = hers.go("/fiches/arrete/2026-012"), list[Route]()
    asks = "**/fiches/arrete/2026-012"
    page.route(asks, lambda route: route.continue_() if held else held.append(route))
    visas = page.get_by_role("group", name="Visas")
    visas.get_by_role("button", name="Ajouter").last.click()
    page.locator("#c-objet").fill("Tapé pendant ce temps")
    while not held:
        page.wait_for_timeout(10)
    page.keyboard.press("ArrowLeft")
    held[0].continue_()
    expect(visas.locator(".rangees > li").last.locator("input[type=text]").first).to_have_value("")
    page.keyboard.type("-l")
    expect(page.locator("#c-objet")).to_have_value("Tapé pendant ce temp-ls")
    expect(page.locator("#enregistre")).to_contain_text("Enregistré")
    assert "Tapé pendant ce temp-ls" in says(desk, "content/arretes/2026-012.yaml")


def test_a_file_too_heavy_is_not_sent_and_the_form_stays(hers: Window, tmp_path: Path) -> None:
    page, heavy = hers.go("/importer"), tmp_path / "scan.pdf"
    with heavy.open("wb") as out:
        out.truncate(26_000_000)
    page.get_by_label("Word, PDF, Excel").set_input_files(heavy)
    page.get_by_role("button", name="Lire ce fichier").click()
    expect(page.get_by_role("alert").first).to_contain_text("dépasse 25 Mo")
    is_for_everybody(page)
    page.locator("#fichier").evaluate("one => one.setCustomValidity('')")  # as where there is no script
    follow(page, page.get_by_role("button", name="Lire ce fichier"))
    expect(page.locator("main")).to_contain_text("Revenez en arrière")
    page.go_back()
    expect(page.locator("#fichier")).to_have_value(re.compile("scan.pdf$"))


def test_what_shows_only_meanwhile_is_for_everybody(hers: Window) -> None:
    page = hers.go(ACT)
    page.emulate_media(color_scheme="dark")
    page.evaluate("waiting.set('v:objet', 'Objet'), lost(document.querySelector('#fiche'))")
    axe_finds_nothing(page)
    page.evaluate("waiting.clear()")
    page.keyboard.press("Control+k")
    expect(page.locator("#aller-buts a").first).to_be_visible()
    axe_finds_nothing(page)


def test_touches_that_wait_are_sent_before_the_next_point_comes(hers: Window, desk: Served) -> None:
    page, held = hers.go("/seances/2026-09-24/2026-048"), list[Route]()
    page.route("**/voix/*", lambda route: route.continue_() if held else held.append(route))
    for name in ("Marc Lopez", "Marc Lopez", "^Valider et passer"):  # faster than the page answers
        page.get_by_role("button", name=re.compile(name)).evaluate("one => one.click()")
    while not held:
        page.wait_for_timeout(10)
    held[0].continue_()
    expect(page).to_have_url(re.compile("2026-049$"))
    assert "abstentions: [rey-olivier, lopez-marc]" in says(desk, "content/deliberations/2026-048.yaml")


def test_without_a_script_the_same_form_is_sent_and_answered(chromium: Browser, desk: Served) -> None:
    window = Window(chromium, desk, java_script_enabled=False)
    page = window.go("/fiches/deliberation/2026-047")
    page.locator("#c-transmission").fill("2026-11-20")
    follow(page, page.locator("button:text('Enregistrer')").last)
    assert "transmission: 2026-11-20\n" in says(desk, "content/deliberations/2026-047.yaml")
    follow(page, page.get_by_role("button", name=re.compile("^Descendre")).first)
    follow(page, page.get_by_role("link", name="Documents", exact=True).first)
    follow(page, page.locator(".filtre").nth(1))
    expect(page.locator("#docs tbody tr").first).to_be_visible()
    window.context.close()


def test_a_document_is_made_from_its_form_and_a_hand_edit_is_taken_back(hers: Window, desk: Served) -> None:
    generate(Project(desk.root), KINDS, ["2026-031"], Options(jobs=1))
    page = hers.go("/fiches/deliberation/2026-058")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".papiers")).to_contain_text("À jour")
    (made,) = (desk.root / "sorties/deliberations").glob("2026-058-*.docx")
    edited_in_word(made, "gratuitement", "librement")
    page = hers.go("/documents?etat=retouches")
    page.get_by_role("link", name="Voir les retouches").click()
    expect(page.locator("ins").first).to_contain_text("librement")
    page.get_by_role("button", name="Prendre ce qui est coché et refaire").click()
    expect(page.get_by_role("status").first).to_contain_text("1 retouche prise")
    assert "librement" in says(desk, "content/dossiers/laep-itinerant.yaml") + says(
        desk, "content/deliberations/2026-058.yaml"
    )


def test_copies_go_out_come_back_and_their_conflicts_are_settled_side_by_side(
    hers: Window, desk: Served, tmp_path: Path
) -> None:
    key, file = "deliberations/2026-058", "content/deliberations/2026-058.yaml"
    generate(Project(desk.root), KINDS, ["2026-058"], Options(jobs=1, replace=True))
    page, copies = hers.go(f"/documents/retouche/{key}"), []
    for who, words in (("DGS", "Trois accueillants"), ("Caf 82", "Quatre accueillants")):
        page.get_by_label("À qui va la copie").fill(who)
        page.get_by_role("button", name="Préparer une copie").click()
        expect(page.get_by_role("status").first).to_contain_text(f"envoyez-la à {who}")
        with page.expect_download() as taken:
            page.get_by_role("link", name=re.compile(f"Télécharger : Pour {who[:3]}", re.IGNORECASE)).click()
        copies.append(tmp_path / taken.value.suggested_filename)
        taken.value.save_as(copies[-1])
        edited_in_word(copies[-1], "Deux accueillants", words)
    edited_in_word(copies[-1], "est adopté", "est approuvé")
    page.get_by_label("Les copies qui reviennent corrigées").set_input_files(copies)
    page.get_by_role("button", name="Lire ces copies").click()
    expect(page.locator("h1")).to_contain_text("3 retouches")
    expect(page.get_by_label("Garder ce que dit le contenu")).to_be_checked()
    is_for_everybody(page)
    page.get_by_role("radio", name=re.compile("Quatre.*Retour de caf-82", re.DOTALL)).check()
    page.get_by_role("button", name="Prendre ce qui est coché et refaire").click()
    expect(page.get_by_role("status").first).to_contain_text("2 retouches prises")
    said = says(desk, file)
    assert "Quatre accueillants y sont présents" in said
    assert "est approuvé." in said
    assert not list((desk.root / "sorties/envois").glob("*retour*"))


def test_a_long_text_has_its_marks_and_what_it_can_cite(hers: Window) -> None:
    page = hers.go(ACT)
    area = page.locator("#c-expose")
    area.fill("un mot")
    area.select_text()
    bar = page.locator(".barre-texte[data-pour=c-expose]")
    bar.get_by_role("button", name="Gras").click()
    expect(area).to_have_value("**un mot**")
    bar.get_by_role("button", name="Citer").click()
    page.get_by_role("button", name="{executif}").click()
    expect(area).to_have_value(re.compile(r"\{executif\}"))


def test_a_kill_in_the_middle_of_writing_leaves_whole_files(tmp_path: Path) -> None:
    """The page is killed while a form is being sent again and again."""
    import signal
    import subprocess
    import sys
    import threading
    import time
    from contextlib import suppress
    from http.client import HTTPException

    from ctgdocs.content.gestures import plain
    from ctgdocs.page.guard import Access

    a_copy(tmp_path)
    command = [sys.executable, "-u", "-m", "ctgdocs", "ouvrir", "--sans-navigateur"]
    page = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True)
    assert page.stdout is not None
    address = page.stdout.readline().split()[-1]
    port, key = re.findall(r":(\d+)/\?cle=(.+)", address)[0]
    her = Served(tmp_path, Access(int(port), key=key))
    cookie = her.ask("GET", f"/?cle={key}").headers["set-cookie"].partition(";")[0]
    her.cookie = cookie
    token = re.findall(r'name="jeton" value="([^"]+)"', her.get("/").text)[0]
    her.access = Access(int(port), key=key, token=token)

    def hammer() -> None:
        with suppress(OSError, HTTPException):
            for at in range(500):
                her.post(ACT, **{"v:expose": f"Texte {at}\n\n" + "mot " * 400, "a:expose": ""})

    typing = threading.Thread(target=hammer)
    typing.start()
    time.sleep(1.2)
    page.send_signal(signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
    page.communicate(timeout=20)
    typing.join(20)
    assert isinstance(plain(says(Served(tmp_path, her.access))), dict)
    shutil.rmtree(tmp_path / "sorties/.ctgdocs/contenus", ignore_errors=True)
    second = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True)
    assert second.stdout is not None
    assert "ouverte" in second.stdout.readline()
    second.terminate()
    second.communicate(timeout=20)
