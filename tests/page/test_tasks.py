"""What she comes for, in a real browser, from an empty folder to a sealed act: no file is touched.

The tasks follow each other in one workspace, as her year does. Each leaves its picture in a temporary folder,
or in the one that CTGDOCS_CAPTURES names.
"""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import ROOT, Served, serve
from builders import words_of
from conventions import Habit, a_convention
from playwright.sync_api import Browser, Locator, Page, expect
from window import Window

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
    yield opened
    opened.context.close()
    assert opened.complaints == []


@pytest.fixture(scope="module")
def captures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    named = os.environ.get("CTGDOCS_CAPTURES")
    return Path(named) if named else tmp_path_factory.mktemp("captures")


@pytest.fixture(autouse=True)
def picture(her: Window, captures: Path, request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    name = request.node.name.removeprefix("test_")
    her.page.screenshot(path=str(captures / f"{name}.png"), full_page="CTGDOCS_CAPTURES" in os.environ)


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
    page.get_by_role("link", name="Compléter").first.click()
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
    page.get_by_role("link", name="Modèles et charte").first.click()
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
    expect(page.locator(".papiers")).to_contain_text("À jour", timeout=20_000)
    sheet = "\n".join(words_of(next((town.root / "sorties/reunions").glob("*emargement.docx"))))
    assert "POUGET" in sheet.upper()


def test_08_the_seance_with_movements_and_a_contested_vote(her: Window, town: Served) -> None:
    page = her.page
    her.go("/seances")
    page.get_by_role("link", name=re.compile("^Tenir la séance|^Votes")).first.click()

    def place_of(name: str, where: str, **more: str) -> None:
        page.get_by_text("sa présence").click()
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
    expect(page.locator(".papiers")).to_contain_text("À jour", timeout=20_000)
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
    expect(page.locator(".papiers")).to_contain_text("Scellée", timeout=20_000)
    expect(page.locator("#resume")).to_contain_text("son document est scellé")


def test_11_a_hand_edit_is_kept_then_taken(her: Window, town: Served) -> None:
    page = her.go(f"/fiches/deliberation/{SECOND}")
    page.get_by_role("button", name="Générer le document").click()
    expect(page.locator(".papiers")).to_contain_text("À jour", timeout=20_000)
    (made,) = (town.root / "sorties/deliberations").glob(f"{SECOND}-*.docx")
    edited_in_word(made, "un véhicule", "une camionnette")
    edited = made.read_bytes()
    for keep in (True, False):
        page.get_by_role("link", name="Documents", exact=True).first.click()
        page.get_by_role("link", name="Voir les retouches").click()
        expect(page.locator("ins").first).to_contain_text("camionnette")
        if keep:
            page.get_by_role("link", name="Garder le document tel quel").click()
            assert made.read_bytes() == edited
    page.get_by_role("button", name="Prendre ce qui est coché et refaire").click()
    expect(page.get_by_role("status").first).to_contain_text("prise")
    assert "camionnette" in says(town, f"deliberations/{SECOND}.yaml")


def test_12_the_ctg_that_ends_is_dropped(her: Window, town: Served) -> None:
    page = her.page
    page.get_by_role("link", name="Importer", exact=True).first.click()
    held = page.evaluate_handle(
        "bytes => { const held = new DataTransfer(); "
        "held.items.add(new File([new Uint8Array(bytes)], 'ctg signée.docx')); return held; }",
        list(a_convention(Habit())),
    )
    page.dispatch_event("#contenu", "drop", {"dataTransfer": held})
    expect(page.get_by_role("heading", name=re.compile("est une convention"))).to_be_visible()
    for sure in page.get_by_label("C’est bien cela").all():
        sure.check()
    page.get_by_role("button", name="Créer la convention").click()
    expect(page.locator("h1")).to_contain_text("Pays de Brisol")
    assert "à vérifier" not in says(town, "conventions/ctg-2022-2026.yaml").split("type:")[1]


def test_13_its_renewal(her: Window, town: Served) -> None:
    page = her.page
    page.get_by_role("link", name="Conventions", exact=True).first.click()
    page.get_by_role("link", name=re.compile("^Renouveler")).first.click()
    page.get_by_role("button", name="Écrire la nouvelle convention").click()
    for _ in range(20):
        if page.get_by_text("Tout est décidé.").is_visible():
            break
        for choice in page.get_by_role("radiogroup").all():
            choice.get_by_text("Poursuivie").click()
        for question in page.locator("textarea[name^='d-']").all():
            question.fill("comme convenu entre les parties")
        page.get_by_role("button", name="Écrire ces décisions").click()
        following = page.get_by_role("link", name=re.compile("^Continuer"))
        if following.is_visible():
            following.click()
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
    page.get_by_role("button", name="Écrire les délibérations").click()
    expect(page.get_by_role("status").first).to_contain_text("délibérations écrites")
    made = {one.name for one in (town.root / "content/deliberations").glob("ctg-2027-2031-*.yaml")}
    assert len(made) >= 4
    expect(page.locator("#docs")).to_contain_text("Approbation de la convention")


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
