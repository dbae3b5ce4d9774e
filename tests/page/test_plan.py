"""The plan d'actions as a grid: each cell goes to its field, rows pasted from Excel are read before they are
written, an action moves from axis to axis; the articles keep their references."""

from __future__ import annotations

import re
from copy import deepcopy
from pathlib import Path

import pytest
import yaml
from browsing import Served, a_copy, serve
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, expect
from window import Window

from ctgdocs.content.gestures import plain, value_at
from ctgdocs.content.setting import after as changed
from ctgdocs.page.plan_grid import listed, moved_across, pasted, rewritten, said

FILE = "content/conventions/ctg-2027-2031.yaml"
GRID = "/conventions/ctg-2027-2031/plan"
ACTION = ("plan", "axes", 0, "actions", 1)
AXIS = "Petite enfance et service public de la petite enfance"
ROWS = (
    ("Axe", "Action", "Pilote", "Calendrier", "Coût", "Financement Caf", "Indicateurs"),
    (AXIS, "Ouvrir une micro-crèche à Lavol", "Commune de Lavol", "2028", "320 000", "", ""),
    ("", "Ouvrir un jardin d’éveil", "Communauté", "2029", "40 000", "12 000", "Enfants – cible : 12"),
    ("Aller vers les familles", "Tenir un bus", "Caf", "2028-2030", "15 000", "15 000", "Arrêts desservis"),
)
PASTED = "\n".join("\t".join(row) for row in ROWS)


@pytest.fixture
def desk(tmp_path: Path) -> Served:
    return serve(a_copy(tmp_path))


def says(page: Served) -> str:
    return (page.root / FILE).read_text("utf-8")


def at(page: Served, *steps: str | int) -> object:
    return value_at(plain(says(page)), steps)


def sent(path: str, value: str, before: str) -> dict[str, str]:
    return {f"v:{path}": value, f"a:{path}": before}


def test_a_cell_is_written_in_its_field_and_nowhere_else(desk: Served) -> None:
    before = says(desk).splitlines()
    desk.post(GRID, **sent("plan.axes.0.actions.1.pilote", "Mission locale", "Communauté de communes"))
    new = [line for line in says(desk).splitlines() if line not in before]
    assert [line.strip() for line in new] == ["pilote: Mission locale"]


def test_a_list_in_a_cell_keeps_what_its_lines_do_not_say(desk: Served) -> None:
    old = [
        {"libelle": "Caf", "montant": "10 000", "partenaire": "caf-82"},
        {"libelle": "MSA", "montant": "5"},
    ]
    assert said("financements", old) == "Caf : 10 000\nMSA : 5"
    assert listed("financements", "Caf : 12 500\nCommune : 4 000", old) == [
        {"partenaire": "caf-82", "libelle": "Caf", "montant": "12 500"},
        {"libelle": "Commune", "montant": "4 000"},
    ]
    both = ["Familles", {"intitule": "Places", "nature": "quantitatif", "cible": "12", "source": "Caf"}]
    assert listed("indicateurs", said("indicateurs", both), both)[1] == both[1]  # type: ignore[index]
    before = says(desk).splitlines()
    there = said("financements", at(desk, *ACTION, "financements"))  # type: ignore[arg-type]
    path = "plan.axes.0.actions.1.financements"
    desk.post(GRID, **sent(path, there.replace("168 000", "170 000"), there))
    assert at(desk, *ACTION, "financements", 0, "montant") == "170 000"
    assert len([line for line in says(desk).splitlines() if line not in before]) == 1
    answer = desk.post(GRID, **sent(path, "Caf : 1", there))
    assert "170 000" in answer.text
    assert "a changé ailleurs" in answer.text
    assert at(desk, *ACTION, "financements", 0, "montant") == "170 000"


ITEMS = st.lists(st.sampled_from(["a", "b", {"libelle": "c", "montant": "1"}, {"libelle": "d"}]), max_size=4)


@given(ITEMS, ITEMS)
@settings(max_examples=60)
def test_a_list_becomes_another_item_by_item(before: list, after: list) -> None:  # type: ignore[type-arg]
    typed = {"titre": "x", "liste": [deepcopy(one) for one in before or ["z"]], "fin": "z"}
    text = yaml.safe_dump(typed, sort_keys=False)
    for gesture in rewritten(("liste",), before or ["z"], after):
        text = changed(text, gesture)
    assert value_at(plain(text), ("liste",)) == (after or None)
    assert value_at(plain(text), ("fin",)) == "z"


def test_pasted_rows_need_no_more_than_their_titles(desk: Served) -> None:
    shown = desk.post(f"{GRID}/coller", colle="Axe\tAction\nJeunesse\tOuvrir un local\n")
    assert shown.status == 200
    assert "Ouvrir un local" in shown.text


def test_pasted_rows_are_shown_then_complete_the_plan(desk: Served) -> None:
    before = says(desk)
    shown = desk.post(f"{GRID}/coller", colle=PASTED).text.replace("\u00a0", " ")
    assert "3 actions lues, 2 axes" in shown
    assert says(desk) == before
    desk.post(f"{GRID}/coller", colle=PASTED, geste="ajouter")
    assert at(desk, *ACTION, "cout") == "320 000"
    assert at(desk, *ACTION, "objectifs") == value_at(plain(before), (*ACTION, "objectifs"))
    new = at(desk, "plan", "axes", 0, "actions", 5)
    assert isinstance(new, dict)
    assert new["titre"] == "Ouvrir un jardin d’éveil"
    assert new["financements"] == [{"libelle": "Caf", "montant": "12 000"}]
    assert at(desk, "plan", "axes", 4, "titre") == "Aller vers les familles"
    comments = [line for line in before.splitlines() if line.lstrip().startswith("#")]
    assert [line for line in says(desk).splitlines() if line.lstrip().startswith("#")] == comments
    desk.post(f"{GRID}/coller", colle=PASTED, geste="ajouter")
    assert at(desk, "plan", "axes", 0, "actions", 6) is None


def test_what_is_no_table_of_actions_is_told_and_nothing_is_written(desk: Served) -> None:
    before = says(desk)
    for text in ("", "n’importe quoi\nrien", "<script>alert(1)</script>\tb\nc\td"):
        answer = desk.post(f"{GRID}/coller", colle=text)
        assert answer.status == 409
        assert "<script>alert" not in answer.text
    assert says(desk) == before


def test_an_empty_plan_is_begun_by_what_is_pasted() -> None:
    axes = [{"titre": "A", "actions": [{"titre": "b"}]}]
    (gesture,) = pasted({"titre": "x"}, axes, replace=False)
    assert (gesture.act, gesture.at, gesture.value) == ("set", ("plan", "axes"), axes)


def test_an_action_goes_beyond_the_end_of_its_axis(desk: Served) -> None:
    title = at(desk, "plan", "axes", 1, "actions", 0, "titre")
    last = "plan.axes.0.actions.4"
    moved = at(desk, "plan", "axes", 0, "actions", 4)
    desk.post(GRID, geste=f"descendre:{last}")
    assert at(desk, "plan", "axes", 1, "actions", 0) == moved
    assert at(desk, "plan", "axes", 1, "actions", 1, "titre") == title
    assert at(desk, "plan", "axes", 0, "actions", 4) is None
    desk.post(GRID, geste="monter:plan.axes.1.actions.0")
    assert at(desk, "plan", "axes", 0, "actions", 4) == moved
    assert moved_across(plain(says(desk)), "monter:plan.axes.0.actions.0") == []


def test_a_plan_kept_in_a_workbook_is_shown_and_left_to_excel(desk: Served) -> None:
    text = desk.get("/conventions/pedt-2026-2029/plan").text
    assert "pedt-2026-2029-plan.xlsx" in text
    assert "<textarea" not in text
    answer = desk.post("/conventions/pedt-2026-2029/plan/coller", colle=PASTED, geste="remplacer")
    assert answer.status == 409


def test_the_parts_of_a_convention_have_their_fields_and_their_links(desk: Served) -> None:
    text = desk.get("/fiches/convention/ctg-2027-2031").text
    parts = re.findall(r'<nav class="onglets".*?</nav>', text, re.DOTALL)[0]
    for path in re.findall(r'href="([^"]+)"', parts):
        assert desk.get(path).status == 200
    assert len(text) < 150_000
    action = desk.get("/fiches/convention/ctg-2027-2031?partie=plan.axes.1.actions.0").text
    assert 'id="c-plan-axes-1-actions-0-titre"' in action
    assert "plan.axes.0.actions.4" in action
    assert "plan.axes.1.actions.1" in action
    assert 'id="c-articles-0"' not in action
    path = "/fiches/convention/ctg-2027-2031?partie=articles"
    desk.post(
        path, **sent("articles.0.titre", "Objet de la convention", str(at(desk, "articles", 0, "titre")))
    )
    assert at(desk, "articles", 0, "titre") == "Objet de la convention"


def test_articles_change_places_and_the_references_follow(desk: Served) -> None:
    from ctgdocs.kinds import KINDS
    from ctgdocs.line.line import Line
    from ctgdocs.line.orders import Order, key_of
    from ctgdocs.project import Project
    from ctgdocs.word import words_of

    text = says(desk).replace("{annexe:plan}. Ce plan", "{annexe:plan} et à {article:champs-caf}. Ce plan", 1)
    (desk.root / FILE).write_text(text, "utf-8")

    def printed() -> list[str]:
        line = Line(Project(desk.root), KINDS, "")
        document = next(one for one in line.library.documents() if key_of(one) == "conventions/ctg-2027-2031")
        data = line.make(Order(document)).data
        assert data is not None
        return re.findall(r"et à l’article\s(\d+)", " ".join(words_of(data)))

    assert printed() == ["2"]
    desk.post("/fiches/convention/ctg-2027-2031?partie=articles", geste="descendre:articles.1")
    assert at(desk, "articles", 2, "id") == "champs-caf"
    assert printed() == ["3"]


def test_a_cell_is_typed_in_the_grid_and_undone(chromium: Browser, desk: Served) -> None:
    hers = Window(chromium, desk)
    before, page = says(desk), hers.go(GRID)
    page.get_by_label("Calendrier, action 1.2").fill("2028")
    page.keyboard.press("Tab")
    expect(page.locator("#enregistre")).to_contain_text("Enregistré")
    assert at(desk, *ACTION, "calendrier") == "2028"
    page.get_by_role("button", name="Annuler", exact=True).click()
    expect(page.get_by_label("Calendrier, action 1.2")).not_to_have_value("2028")
    assert says(desk) == before
    assert hers.complaints == []
    hers.context.close()
