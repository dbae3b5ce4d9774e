"""What she comes for, in a real browser, from an empty folder to a sealed act: no file is touched.

Then every screen of that workspace, for everybody. The tasks follow each other, as her year does. Each leaves
its picture in the folder that CTGDOCS_CAPTURES names.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import ROOT, Served, serve
from builders import words_of
from conventions import Habit, a_convention
from playwright.sync_api import Browser, Page, expect
from window import (
    PATIENCE,
    Window,
    add,
    begin,
    edited_in_word,
    follow,
    is_for_everybody,
    paste,
    uncovered,
    write,
)

from ctgdocs.cli.main import main

LIST = """Civilité\tNom\tPrénom\tCommune\tFonction
Mme\tVERDOLLE\tInès\tBrisolac\tPrésidente
M.\tDELRIEU\tAntoine\tSauvadou\t1er vice-président
Mme\tPOUGET\tMireille\tBrisolac\tConseillère communautaire
M.\tFABRE\tLoïc\tPeyreforte\tConseiller communautaire
Mme\tCAZALS\tRégine\tLe Mas-Brisol\tConseillère communautaire
M.\tESCANDE\tHugo\tSauvadou\tConseiller communautaire
M.\tLAVERGNE\tPierre\tBrisolac\tConseiller communautaire
"""
SEANCE = "2026-11-26"
FIRST, SECOND = "2026-001", "2026-002"
CAPTURES = os.environ.get("CTGDOCS_CAPTURES", "")


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A workspace as the program makes it the first time: no content but blanks."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("story"))
        assert main(["initialiser", "espace", "--vide"]) == 0
        yield serve(Path.cwd() / "espace")


@pytest.fixture(scope="module")
def her(chromium: Browser, town: Served) -> Iterator[Window]:
    opened = Window(chromium, town)
    opened.context.grant_permissions(["clipboard-read", "clipboard-write"])
    if not CAPTURES:
        opened.without_previews()
    yield opened
    opened.context.close()
    assert opened.complaints == []


@pytest.fixture(autouse=True)
def picture(her: Window, request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    task = re.match(r"test_(\d\d_\w+)", request.node.name)
    if CAPTURES and task:
        her.page.screenshot(path=f"{CAPTURES}/{task[1].replace('_', '-')}.png", full_page=True)


def says(town: Served, file: str) -> str:
    return (town.root / "content" / file).read_text("utf-8")


def test_01_her_own_communaute_from_a_list_of_excel(her: Window, town: Served) -> None:
    page = her.go("/")
    page.get_by_role("link", name="Coller la liste").click()
    paste(page, page.get_by_label(re.compile("Collez ici")), LIST)
    page.get_by_role("button", name="Lire cette liste").click()
    expect(page.get_by_text("7 élus").first).to_be_visible()
    page.get_by_role("button", name="Écrire ces changements").click()
    expect(page.locator("#lignes tbody tr")).to_have_count(7)
    page.get_by_role("link", name="Accueil", exact=True).first.click()
    follow(page, page.get_by_role("link", name="Compléter").first)
    write(
        page,
        nom="Communauté de communes du Pays de Brisol",
        nom_court="communauté de communes",
        type="communaute-de-communes",
        population="6100",
        departement="82",
        adresse__lignes__0="4 place du Foirail",
        adresse__code_postal="82991",
        adresse__ville="Brisolac",
        tribunal__nom="tribunal administratif de Toulouse",
        tribunal__adresse="68 rue Raymond-IV, 31000 Toulouse",
    )
    assert "à compléter :" not in re.sub("(?m)^#.*", "", says(town, "collectivite.yaml"))
    assert "executif: verdolle-ines\n" in says(town, "collectivite.yaml")
    assert "verdolle-ines" in says(town, "instances/conseil-communautaire.yaml")


def test_02_a_first_deliberation_in_three_screens(her: Window, town: Served) -> None:
    her.previews = True
    page = her.go("/")
    screens: list[str] = []
    page.on("framenavigated", lambda frame: screens.append(frame.url))
    begin(page, "Délibération", subject="Ludothèque itinérante : création du service")
    add(page, "visas", "cgct-l5211-1")
    write(
        page,
        considerants__0="qu’aucune ludothèque n’existe sur le territoire",
        expose="La ludothèque irait chaque semaine dans une commune.\n\n- le prêt ;\n- le jeu sur place.",
        decisions__0="de créer une ludothèque itinérante",
    )
    expect(page.locator("#feuilles img").first).to_be_visible()
    her.previews = bool(CAPTURES)
    assert len([one for one in screens if not one.endswith("/")]) == 3
    text = says(town, f"deliberations/{FIRST}.yaml")
    assert 'objet: "Ludothèque itinérante : création du service"\n' in text
    assert "  - le jeu sur place." in text


def test_03_a_financing_plan_from_excel(her: Window, town: Served) -> None:
    page = her.page
    begin(page, "Délibération", subject="Achat d’un véhicule pour la ludothèque")
    add(page, "visas", "cgct-l5211-1")
    tables = uncovered(page, "c-tableaux")
    page.locator("#n-c-tableaux").fill("plan")
    tables.get_by_role("button", name="Ajouter").click()
    paste(page, uncovered(page, "c-tableaux-plan-lignes"), "Dépense\tMontant\nJeux\t4000\nVéhicule\t12000")
    write(
        page,
        considerants__0="que la ludothèque se déplace",
        expose="Le plan est le suivant :\n\n{tableau:plan}",
        decisions__0="d’acheter un véhicule",
    )
    expect(page.locator("#k-c-expose")).to_be_empty()
    assert "Véhicule" in says(town, f"deliberations/{SECOND}.yaml")


def test_04_a_letterhead_is_tried_then_taken(her: Window, town: Served) -> None:
    page = her.page
    follow(page, page.get_by_role("link", name="Modèles et charte").first)
    papier = (ROOT / "templates/chartes/sobre.docx").read_bytes()
    page.set_input_files(
        "#fichier-papier",
        {"name": "notre papier.docx", "mimeType": "application/octet-stream", "buffer": papier},
    )
    page.get_by_role("button", name="Essayer ce papier").click()
    expect(page.get_by_role("heading", name="Après")).to_be_visible()
    assert not (town.root / "templates/charte.docx").exists()
    page.get_by_role("button", name="Prendre ce papier").click()
    expect(page.get_by_role("status").first).to_contain_text("Le papier est pris")
    assert (town.root / "templates/charte.docx").read_bytes() == papier


def test_05_the_opinion_of_a_commission(her: Window, town: Served) -> None:
    page = her.page
    begin(page, "Instance", "commission Enfance")
    write(page, type="commission", president="verdolle-ines")
    add(page, "membres", "pouget-mireille", "cazals-regine")
    her.go(f"/fiches/deliberation/{FIRST}")
    write(page, commission__instance="commission-enfance", commission__date="2026-11-12")
    write(page, commission__avis="favorable")
    expect(page.locator("#parcours")).to_contain_text("Avis favorable")
    assert "avis: favorable" in says(town, f"deliberations/{FIRST}.yaml")


def test_06_a_note(her: Window, town: Served) -> None:
    page = her.page
    begin(page, "Note", "2026-11-12-commission-enfance")
    write(
        page, redacteur="Mme Inès Cabrol, chargée de coopération", points__0__objet="La ludothèque itinérante"
    )
    assert "points:\n" in says(town, "notes/2026-11-12-commission-enfance.yaml")


def test_07_convocation_and_emargement(her: Window, town: Served) -> None:
    page = her.page
    begin(page, "Séance", "26/11/2026")
    write(page, heure="18h30", lieu="salle des fêtes de Brisolac", convocation="2026-11-19")
    add(page, "secretaire", "delrieu-antoine")
    for numero in (FIRST, SECOND):
        her.go(f"/fiches/deliberation/{numero}")
        write(page, seance=SEANCE)
    begin(page, "Réunion", f"conseil-communautaire-{SEANCE}")
    write(page, seance=SEANCE)
    page.get_by_role("button", name="Générer les documents").click()
    expect(page.locator(".papiers")).to_contain_text("À jour")
    sheet = "\n".join(words_of(next((town.root / "sorties/reunions").glob("*emargement.docx"))))
    assert "POUGET" in sheet.upper()


def test_08_the_seance_with_movements_and_a_contested_vote(her: Window, town: Served) -> None:
    page = her.page
    her.go("/seances")
    follow(page, page.get_by_role("link", name=re.compile("^Tenir la séance|^Votes")).first)

    def place_of(name: str, where: str, **more: str) -> None:
        page.locator(".segments").get_by_text("sa présence").click()
        page.get_by_role("button", name=re.compile(name)).click()
        page.get_by_label(re.compile(f"^{where}")).first.check()
        if proxy := more.get("proxy"):
            page.get_by_label("Qui reçoit le pouvoir").select_option(proxy)
        if hour := more.get("hour"):
            page.get_by_label(re.compile("^Heure facultatif")).fill(hour)
        page.get_by_role("button", name="Noter sa présence").click()

    place_of("Loïc Fabre", "Absent")
    place_of("Hugo Escande", "Représenté", proxy="lavergne-pierre")
    for name, touches in (("Mireille Pouget", 1), ("Régine Cazals", 2)):
        for _ in range(touches):
            page.get_by_role("button", name=re.compile(name)).click()
    expect(page.locator("#zone-vote .phrase")).to_contain_text(re.compile("1.voix contre et 1.abstention"))
    page.get_by_role("button", name="Valider et passer au point 2").click()
    expect(page.get_by_role("heading", name=re.compile("Achat d’un véhicule"))).to_be_visible()
    place_of("Loïc Fabre", "Présent", hour="18h55")
    expect(page.locator("#compteurs")).to_contain_text("6")
    page.get_by_role("button", name="Valider le dernier point").click()
    page.get_by_text("Clore la séance").click()
    page.get_by_label("Heure de clôture").fill("20h45")
    page.get_by_role("button", name="Noter l’heure de clôture").click()
    expect(page.get_by_text("Séance close à 20 h 45")).to_be_visible()
    assert "contre:\n    - pouget-mireille\n" in says(town, f"deliberations/{FIRST}.yaml")
    assert "vote: unanimité" in says(town, f"deliberations/{SECOND}.yaml")
    evening = says(town, f"seances/{SEANCE}.yaml")
    assert "pouvoir_a: lavergne-pierre" in evening
    assert f"arrive_a: {SECOND}" in evening


def test_09_the_extrait(her: Window, town: Served) -> None:
    page = her.go(f"/fiches/deliberation/{FIRST}")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".papiers")).to_contain_text("À jour")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Ouvrir dans Word").click()
    words = "\n".join(words_of(taken.value.path())).replace("\u00a0", " ")
    assert "de créer une ludothèque itinérante" in words
    assert "Mireille Pouget" in words


def test_10_executory_and_sealed(her: Window, town: Served) -> None:
    page = her.page
    write(page, transmission="2026-11-27", publication="2026-11-27")
    expect(page.locator("#parcours")).to_contain_text("Exécutoire")
    page.get_by_role("button", name="Générer le document").click()
    expect(page.locator(".papiers")).to_contain_text("Scellée")
    expect(page.locator("#resume")).to_contain_text("son document est scellé")


def test_11_a_hand_edit_is_kept_then_taken(her: Window, town: Served) -> None:
    page = her.go(f"/fiches/deliberation/{SECOND}")
    page.get_by_role("button", name="Générer le document").click()
    expect(page.locator(".papiers")).to_contain_text("À jour")
    (made,) = (town.root / "sorties/deliberations").glob(f"{SECOND}-*.docx")
    edited_in_word(made, "un véhicule", "une camionnette")
    edited = made.read_bytes()
    for keep in (True, False):
        follow(page, page.get_by_role("link", name="Documents", exact=True).first)
        follow(page, page.get_by_role("link", name="Voir les retouches"))
        expect(page.locator("ins").first).to_contain_text("camionnette")
        if keep:
            is_for_everybody(page)
            follow(page, page.get_by_role("link", name="Garder le document tel quel"))
            assert made.read_bytes() == edited
    page.get_by_role("button", name="Prendre ce qui est coché et refaire").click()
    expect(page.get_by_role("status").first).to_contain_text("prise")
    assert "camionnette" in says(town, f"deliberations/{SECOND}.yaml")


def test_12_the_ctg_that_ends_is_dropped(her: Window, town: Served) -> None:
    page = her.page
    follow(page, page.get_by_role("link", name="Importer", exact=True).first)
    held = page.evaluate_handle(
        "bytes => { const held = new DataTransfer(); "
        "held.items.add(new File([new Uint8Array(bytes)], 'ctg signée.docx')); return held; }",
        list(a_convention(Habit())),
    )
    page.dispatch_event("#contenu", "drop", {"dataTransfer": held})
    expect(page.get_by_role("heading", name=re.compile("est une convention"))).to_be_visible()
    is_for_everybody(page)
    for sure in page.get_by_label("C’est bien cela").all():
        sure.check()
    page.get_by_role("button", name="Créer la convention").click()
    expect(page.locator("h1")).to_contain_text("Pays de Brisol")
    assert "à vérifier" not in says(town, "conventions/ctg-2022-2026.yaml").split("type:")[1]


def test_13_its_renewal(her: Window, town: Served) -> None:
    page = her.page
    follow(page, page.get_by_role("link", name="Conventions", exact=True).first)
    follow(page, page.get_by_role("link", name=re.compile("^Renouveler")).first)
    follow(page, page.get_by_role("button", name="Écrire la nouvelle convention"))
    for _ in range(20):
        if page.get_by_text("Tout est décidé.").is_visible():
            break
        for choice in page.get_by_role("radiogroup").all():
            choice.get_by_text("Poursuivie").click()
        for question in page.locator("textarea[name^='d-']").all():
            question.fill("comme convenu entre les parties")
        follow(page, page.get_by_role("button", name="Écrire ces décisions"))
        following = page.get_by_role("link", name=re.compile("^Continuer"))
        if following.is_visible():
            follow(page, following)
    expect(page.get_by_text("Tout est décidé.")).to_be_visible()
    assert "à compléter" not in re.sub("(?m)#.*$", "", says(town, "conventions/ctg-2027-2031.yaml"))


def test_14_the_redline(her: Window, town: Served) -> None:
    page = her.page
    page.get_by_role("link", name="Voir ce qui change").click()
    expect(page.locator("main ins").nth(2)).to_be_visible()
    expect(page.locator("main del").nth(1)).to_be_visible()


def test_15_a_deliberation_for_each_party(her: Window, town: Served) -> None:
    page = her.page
    page.go_back()
    follow(page, page.get_by_role("button", name="Écrire les délibérations"))
    expect(page.get_by_role("status").first).to_contain_text("délibérations écrites")
    made = {one.name for one in (town.root / "content/deliberations").glob("ctg-2027-2031-*.yaml")}
    assert len(made) >= 4
    expect(page.locator("#docs")).to_contain_text("Approbation de la convention")


# --- For everybody ---------------------------------------------------------------------------------------

SCREENS = (
    "/",
    "/documents",
    "/aller?q=convention",
    "/touches",
    "/conventions/ctg-2027-2031/plan",
    "/conventions/ctg-2027-2031/plan/coller",
    "/fiches/convention/ctg-2027-2031?partie=plan.axes.0.actions.1",
    f"/apercu/deliberations/{FIRST}",
    "/nouveau",
    "/nouveau?genre=deliberation",
    "/actes/deliberation",
    f"/fiches/deliberation/{FIRST}",
    f"/fiches/deliberation/{SECOND}",
    "/fiches/deliberation/ctg-2027-2031-sauvadou",
    "/fiches/note/2026-11-12-commission-enfance",
    f"/fiches/reunion/conseil-communautaire-{SEANCE}",
    f"/fiches/seances/{SEANCE}",
    "/fiches/instances/commission-enfance",
    "/fiches/elus/pouget-mireille",
    "/fiches/collectivite/collectivite",
    "/seances",
    f"/seances/{SEANCE}",
    f"/seances/{SEANCE}/presences",
    f"/seances/{SEANCE}/ordre",
    f"/seances/{SEANCE}/papiers",
    f"/seances/{SEANCE}/{SECOND}/presence/fabre-loic",
    "/conventions",
    "/conventions/ctg-2022-2026/renouveler",
    "/conventions/ctg-2027-2031/decider",
    "/conventions/ctg-2027-2031/comparer",
    "/registres/elus?modifier=fabre-loic&tri=commune",
    "/registres/agents",
    "/importer",
    "/modeles",
    "/modeles/charte",
    "/rien-ici",
)


@pytest.mark.parametrize("path", SCREENS)
def test_axe_finds_nothing_no_screen_is_too_wide_and_one_action_comes_first(her: Window, path: str) -> None:
    page = her.page
    page.emulate_media(color_scheme="dark" if SCREENS.index(path) % 2 else "light")
    her.go(path)
    her.complaints[:] = [one for one in her.complaints if "Failed to load" not in one]  # of /rien-ici
    is_for_everybody(page)


FOCUSED = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect(), look = getComputedStyle(one);
  const around = one.closest('label');
  const ring = [look, ...(around ? [getComputedStyle(around)] : [])].some(
    (each) => each.outlineStyle !== 'none' && parseFloat(each.outlineWidth) >= 2);
  const name = one.getAttribute('aria-label') || one.labels?.[0]?.textContent || one.textContent || one.name;
  return [name.trim(), ring && box.bottom > 0 && box.top < innerHeight && box.width > 0];
}"""


def name_of_the_focused(page: Page) -> str:
    """What has the focus; it is seen, at the latest once what comes from the server has taken its place."""
    for _ in range(PATIENCE // 50):
        said, seen = page.evaluate(FOCUSED)
        if seen:
            return str(said)
        page.wait_for_timeout(50)
    raise AssertionError(f"the focus is not seen on « {said} »")


def tab_to(page: Page, name: str) -> None:
    """Tab after Tab until what is named so has the focus; wherever it stops, it is seen."""
    for _ in range(90):
        page.keyboard.press("Tab")
        if name_of_the_focused(page).startswith(name):
            return
    raise AssertionError(f"Tab never comes to « {name} »")


def test_a_deliberation_with_keys_alone(her: Window, town: Served) -> None:
    page = her.go("/")
    for name, typed in (
        ("Aller au contenu", ""),
        ("Nouveau document", ""),
        ("Aller au contenu", ""),
        ("Délibération", ""),
        ("Aller au contenu", ""),
        ("De quoi s’agit-il", "Prêt de jeux aux écoles"),
        ("Écrire", ""),
        ("Aller au contenu", ""),
        ("Ajouter à Visas", "le code g"),
        ("Ajouter", ""),
        ("Considérants, 1", "que les écoles le demandent"),
        ("Exposé", "Les jeux seraient prêtés."),
        ("Texte", "d’approuver ce prêt"),
    ):
        tab_to(page, name)
        if typed:
            page.keyboard.type(typed)
        elif name in ("Nouveau document", "Délibération", "Écrire"):
            with page.expect_navigation():
                page.keyboard.press("Enter")
        else:
            page.keyboard.press("Enter")
            expect(page.locator("#enregistre, h1").first).to_be_visible()
    expect(page.locator("#enregistre")).to_contain_text("Enregistré")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".papiers")).to_contain_text("À jour")
    assert "d’approuver ce prêt" in says(town, "deliberations/2026-003.yaml")


LOST = """async () => {
  const html = await (await fetch(location.href)).text(), lost = [];
  const reached = ':is(a[href], button, input, select, textarea, summary)';
  const stops = () => [...document.querySelectorAll('[data-zone] ' + reached)].filter(
    (one) => one.checkVisibility() && one.type !== 'hidden');
  const says = (one) => [one.tagName, one.name, one.value, one.textContent.trim()].join('|');
  const count = stops().length;
  for (let at = 0; at < count; at++) {
    const before = stops()[at];
    before.focus();
    const top = before.getBoundingClientRect().top;
    place(html, true);
    const now = document.activeElement;
    const moved = now.getBoundingClientRect().top - top;
    if (stops().indexOf(now) !== at || moved) lost.push([says(before), says(now), moved]);
  }
  return [count, lost];
}"""


def test_the_focus_stays_where_it_was_when_a_page_takes_the_place_of_another(her: Window) -> None:
    for path in (f"/fiches/deliberation/{FIRST}", f"/seances/{SEANCE}/{SECOND}"):
        count, lost = her.go(path).evaluate(LOST)
        assert count > 10
        assert lost == []


def test_what_is_chosen_is_seen_without_colours_and_nothing_moves_when_it_is_asked(her: Window) -> None:
    page = her.page
    page.emulate_media(color_scheme="dark", forced_colors="active", reduced_motion="reduce")
    her.go(f"/seances/{SEANCE}/{SECOND}")
    chosen = page.locator(".segments label:has(:checked), .vues a[aria-current]")
    outlines = chosen.evaluate_all("all => all.map((one) => getComputedStyle(one).outlineStyle)")
    assert outlines
    assert set(outlines) == {"solid"}
    moving = "all => all.filter((one) => getComputedStyle(one).transitionDuration !== '0s').length"
    assert page.locator("body *").evaluate_all(moving) == 0
    page.emulate_media(color_scheme="light", forced_colors="none")


def test_the_evening_without_a_script(chromium: Browser, town: Served) -> None:
    window = Window(chromium, town, java_script_enabled=False)
    page = window.go(f"/seances/{SEANCE}/{SECOND}")
    page.get_by_role("button", name=re.compile("Loïc Fabre")).click()
    expect(page.locator("#zone-vote")).to_contain_text("M. Loïc Fabre")
    page.get_by_role("link", name="Présences", exact=True).click()
    page.get_by_role("link", name=re.compile("^Hugo Escande, point 2")).click()
    page.get_by_label("Présent", exact=True).check()
    page.get_by_role("button", name="Noter sa présence").click()
    expect(page.locator(".dates")).to_contain_text("Hugo Escande arrive")
    window.context.close()
