"""`ctgdocs exporter`, then `importer`: nothing moves but what was changed in the workbook."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from builders import a_project, an_act
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from ctgdocs.cli.espace import library_of
from ctgdocs.cli.main import main
from ctgdocs.importing.boards import Board, Heading, Page, made_by, returned, workbook
from ctgdocs.importing.document import Document
from ctgdocs.project import Project

PLAN = """\
# une convention
type: ctg
titre: CTG
objet: La petite enfance
parties:
  - collectivite: oui
  - nom: Caf
articles:
  - {id: objet, titre: Objet, texte: Tout.}
plan:
  axes:
    - titre: Petite enfance
      actions:
        - titre: Ouvrir un relais   # la première
          pilote: Communauté
          objectifs:
            - accueillir  # d’abord
            - informer
          constat: |
            Rien n’existe.

            Tout est à faire.
          financements:
            - {libelle: Caf, montant: 12 000}
        - {titre: Former, pilote: Caf}
    - titre: Jeunesse
      actions:
        - {titre: Un conseil de jeunes}
"""
DOSSIER = """\
objet: Un lieu d’accueil
finances:
  # les charges
  depenses:
    - {libelle: Loyer, montant: 1 200}   # annuel
    - libelle: Jeux
      montant: 300,50
  recettes:
    - {libelle: Caf, montant: 900}
"""
MARTIN = "martin-paul: {civilite: M., prenom: Paul, nom: Martin"
TARGETS = {"elus": [], "seance": ["2026-09-24"], "plan": ["ctg"], "budget": ["lieu"]}


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    act = an_act().replace("vote: {contre: [petit-anne], abstentions: [lopez-marc]}", "")
    files = {
        "conventions/ctg.yaml": PLAN,
        "dossiers/lieu.yaml": DOSSIER,
        "deliberations/2026-047.yaml": act,
    }
    project = a_project(tmp_path, files)
    monkeypatch.chdir(tmp_path)
    return project


def exported(what: str) -> Path:
    assert main(["exporter", what, *TARGETS[what], "-o", f"{what}.xlsx"]) == 0
    return Path(f"{what}.xlsx")


def filled(path: Path, change: Callable[[Any], None]) -> None:
    book = load_workbook(path)
    change(book)
    book.save(path)


def cell(page: Any, key: str, heading: str) -> Any:
    """The cell of a row by its key (None: the first empty row), under a heading."""
    rows = [at for at in range(2, page.max_row + 1) if page.cell(at, 1).value == (key or None)]
    (column,) = [one.column for one in page[1] if one.value == heading]
    return page.cell(rows[0], column)


def contents(project: Project) -> dict[str, str]:
    return {project.relative(path): path.read_text("utf-8") for path in project.content.rglob("*.yaml")}


def changed(project: Project, before: dict[str, str]) -> dict[str, tuple[list[str], list[str]]]:
    """The lines that went and came, by file."""
    after = contents(project)
    lines = {name: (before[name].splitlines(), text.splitlines()) for name, text in after.items()}
    return {
        name: ([one for one in old if one not in new], [one for one in new if one not in old])
        for name, (old, new) in lines.items()
        if old != new
    }


@pytest.mark.parametrize("what", TARGETS)
def test_a_workbook_that_comes_back_as_it_left_changes_no_byte(
    what: str, house: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(house)
    path = exported(what)
    filled(path, lambda book: None)  # another program saves it
    assert main(["importer", str(path)]) == 0
    assert "Rien n’est à changer" in capsys.readouterr().out.replace("\u00a0", " ")
    for name in before:  # nor when the content has changed meanwhile
        (house.root / name).write_text(before[name] + "# ensuite\n", "utf-8")
    assert main(["importer", str(path)]) == 0
    assert contents(house) == {name: text + "# ensuite\n" for name, text in before.items()}


def test_elus_are_changed_and_added(house: Project) -> None:
    path, before = exported("elus"), contents(house)

    def change(book: Any) -> None:
        page = book["Élus"]
        cell(page, "martin-paul", "Fonction").value = "1er vice-président"
        cell(page, "martin-paul", "Commune").value = "viguerol – Viguerol"
        row = cell(page, "", "Prénom").row
        for column, text in ((3, "Mme"), (4, "Zoé"), (5, "Blanc"), (6, "esparnac – Esparnac")):
            page.cell(row, column).value = text

    filled(path, change)
    assert main(["importer", str(path)]) == 1  # it asks
    assert contents(house) == before
    assert main(["importer", str(path), "--oui"]) == 0
    (name,) = changed(house, before)
    assert name == "content/elus.yaml"
    assert changed(house, before)[name] == (
        [f"{MARTIN}, commune: esparnac, fonction: vice-président}}"],
        [
            f"{MARTIN}, commune: viguerol, fonction: 1er vice-président}}",
            "blanc-zoe: {civilite: Mme, prenom: Zoé, nom: Blanc, commune: esparnac}",
        ],
    )


def test_a_seance_is_filled_while_it_sits(house: Project) -> None:
    path, before = exported("seance"), contents(house)

    def change(book: Any) -> None:
        page = book["Présences"]
        cell(page, "roy-jean", "À l’ouverture").value = "pouvoir à martin-paul – M. Paul Martin"
        cell(page, "lopez-marc", "À l’ouverture").value = "excusé"
        cell(page, "faure-lea", "2026-046").value = "part"
        cell(page, "faure-lea", "Heure de départ").value = "20h10"
        votes = book["Votes"]
        cell(votes, "_vote", "2026-047").value = "oui"
        cell(votes, "martin-paul", "2026-047").value = "contre"
        cell(votes, "petit-anne", "2026-045").value = "abstention"
        cell(book["Séance"], "heure_fin", "Valeur").value = "21h15"

    filled(path, change)
    assert main(["importer", str(path), "--oui"]) == 0
    sitting = yaml.load((house.content / "seances/2026-09-24.yaml").read_text("utf-8"), yaml.BaseLoader)
    assert {"elu": "roy-jean", "pouvoir_a": "martin-paul"} in sitting["absents"]
    assert {"elu": "lopez-marc", "excuse": "oui"} in sitting["absents"]
    assert {"elu": "faure-lea", "quitte_a": "2026-046", "heure": "20h10"} in sitting["mouvements"]
    assert sitting["heure_fin"] == "21h15"
    went, came = changed(house, before)["content/deliberations/2026-045.yaml"]
    assert (went, came) == (
        ["vote: {contre: [petit-anne], abstentions: [lopez-marc]}"],
        ["vote: {abstentions: [petit-anne, lopez-marc]}"],
    )
    assert changed(house, before)["content/deliberations/2026-047.yaml"] == (
        [],
        ["vote: {contre: [martin-paul]}"],
    )
    assert library_of(house).findings("content/seances/2026-09-24.yaml") == []


def test_a_secret_ballot_is_counted_in_the_workbook(
    house: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    path, before = exported("seance"), contents(house)

    def change(book: Any, *numbers: object, act: str = "2026-047") -> None:
        page = book["Scrutins"]
        headings = ("Mode de scrutin", "Pour", "Contre", "Abstentions", "Blancs", "Nuls")
        for heading, number in zip(headings, numbers, strict=True):
            cell(page, act, heading).value = number

    def said(book: Any) -> None:
        change(book, "Secret", 5, "1", None, 1, None)
        cell(book["Votes"], "petit-anne", "2026-047").value = "ne prend pas part"

    filled(path, said)
    assert main(["importer", str(path), "--oui"]) == 0
    assert changed(house, before)["content/deliberations/2026-047.yaml"] == (
        [],
        ["vote: {mode: secret, pour: 5, contre: 1, blancs: 1, ne_prend_pas_part: [petit-anne]}"],
    )
    path.unlink()
    path = exported("seance")
    filled(path, lambda book: change(book, "secret", 6, None, None, 1, None))
    assert main(["importer", str(path), "--oui"]) == 0
    assert changed(house, before)["content/deliberations/2026-047.yaml"] == (
        [],
        ["vote: {mode: secret, pour: 6, blancs: 1, ne_prend_pas_part: [petit-anne]}"],
    )
    before = contents(house)
    filled(path, lambda book: change(book, None, None, 3, None, None, None, act="2026-045"))
    assert main(["importer", str(path), "--oui"]) == 1
    filled(path, lambda book: change(book, None, "onze", None, None, None, None, act="2026-045"))
    assert main(["importer", str(path), "--oui"]) == 1
    told = capsys.readouterr().err.replace("\u00a0", " ")
    assert "« contre » est donné en nombre (feuille Scrutins) et par des noms (feuille Votes)" in told
    assert "« onze » (2026-045, pour) : attendu un nombre de voix" in told
    assert contents(house) == before


def test_a_plan_kept_in_a_workbook_of_its_own_leaves_and_comes_back(house: Project) -> None:
    convention = house.content / "conventions/ctg.yaml"
    convention.write_text(PLAN[: PLAN.index("plan:")] + "plan: {fichier: plan.csv}\n# la fin\n", "utf-8")
    (house.content / "conventions/plan.csv").write_text(
        "Axe;Action;Pilote;Coût;Logiciel\nJeunesse;Un local;Commune;18 000;X1\n;Un chantier;;;\n", "utf-8"
    )
    path, before = exported("plan"), contents(house)
    filled(path, lambda book: None)
    assert main(["importer", str(path), "--oui"]) == 0
    assert contents(house) == before

    def change(book: Any) -> None:
        cell(book["Plan d’actions"], "plan/axes/0/actions/1", "Pilote").value = "Caf"

    filled(path, change)
    assert main(["importer", str(path), "--oui"]) == 0
    text = convention.read_text("utf-8")
    (axis,) = yaml.load(text, yaml.BaseLoader)["plan"]["axes"]
    assert [(one["titre"], one["pilote"]) for one in axis["actions"]] == [
        ("Un local", "Commune"),
        ("Un chantier", "Caf"),
    ]
    assert "Logiciel : X1" in axis["actions"][0]["commentaire"]
    assert "# la fin" in text
    convention.write_text("plan: {fichier: absent.xlsx}\n" + PLAN[: PLAN.index("plan:")], "utf-8")
    assert main(["exporter", "plan", "ctg"]) == 2


def test_a_plan_keeps_its_comments_and_its_order(house: Project) -> None:
    path, before = exported("plan"), contents(house)

    def change(book: Any) -> None:
        page = book["Plan d’actions"]
        cell(page, "plan/axes/0/actions/0", "Objectifs (un par ligne)").value = "accueillir\nformer\ninformer"
        cell(page, "plan/axes/0/actions/1", "Pilote").value = "Département : le service"
        cell(page, "plan/axes/1/actions/0", "Constat").value = "Un.\n\nDeux."
        new = cell(page, "", "Action")
        new.value = "Un chantier"
        page.cell(new.row, 2).value = "Jeunesse"
        cell(page, "", "Financements (« Caf : 12 000 », un par ligne)")

    filled(path, change)
    assert main(["importer", str(path), "--oui"]) == 0
    went, came = changed(house, before)["content/conventions/ctg.yaml"]
    assert went == ["        - {titre: Former, pilote: Caf}", "        - {titre: Un conseil de jeunes}"]
    assert came[:2] == [
        "            - former",
        '        - {titre: Former, pilote: "Département : le service"}',
    ]
    plan = yaml.load((house.content / "conventions/ctg.yaml").read_text("utf-8"), yaml.BaseLoader)["plan"]
    assert [one["titre"] for one in plan["axes"][1]["actions"]] == ["Un conseil de jeunes", "Un chantier"]
    assert plan["axes"][1]["actions"][0]["constat"] == "Un.\n\nDeux."


def test_a_budget_gains_and_loses_lines(house: Project) -> None:
    path, before = exported("budget"), contents(house)

    def change(book: Any) -> None:
        page = book["Dépenses"]
        cell(page, "finances/depenses/0", "Montant (€)").value = "1 300"
        for heading in ("Libellé", "Montant (€)"):
            cell(page, "finances/depenses/1", heading).value = None
        row = cell(page, "", "Libellé").row
        page.cell(row, 2).value, page.cell(row, 3).value = "Assurance, eau", 250

    filled(path, change)
    assert main(["importer", str(path), "--oui"]) == 0
    text = (house.content / "dossiers/lieu.yaml").read_text("utf-8")
    assert "    - {libelle: Loyer, montant: 1 300}   # annuel\n" in text
    assert '    - {libelle: "Assurance, eau", montant: 250}\n' in text
    assert "Jeux" not in text
    assert "  # les charges\n" in text
    assert list(changed(house, before)) == ["content/dossiers/lieu.yaml"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["exporter", "seance", "2026-12-24"], "n’est pas dans cet espace"),
        (["exporter", "plan", "personne"], "n’est pas dans cet espace"),
        (["exporter", "budget", "2026-045"], "n’a ni finances ni tableau"),
    ],
)
def test_what_cannot_be_exported_is_one_sentence(
    asked: list[str], said: str, house: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(asked) == 2
    assert said in capsys.readouterr().err.replace("\u00a0", " ")
    assert not list(house.root.glob("*.xlsx"))


def test_a_cell_that_means_nothing_stops_everything(
    house: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    path, before = exported("seance"), contents(house)
    filled(
        path, lambda book: setattr(cell(book["Présences"], "roy-jean", "À l’ouverture"), "value", "au café")
    )
    assert main(["importer", str(path), "--oui"]) == 1
    assert "« au café » (roy-jean, à l’ouverture)" in capsys.readouterr().err.replace("\u00a0", " ")
    assert contents(house) == before


def test_a_workbook_that_forgot_what_it_was_is_refused(
    house: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    path, before = exported("elus"), contents(house)
    filled(path, lambda book: [setattr(one, "value", None) for one in book["_ctgdocs"][3]])
    assert main(["importer", str(path), "--oui"]) == 1
    assert "a été abîmée : exportez de nouveau" in capsys.readouterr().err.replace("\u00a0", " ")
    assert contents(house) == before


def test_a_workbook_without_memory_is_a_workbook_like_another(house: Project) -> None:
    path = exported("elus")
    filled(path, lambda book: book["_ctgdocs"].delete_rows(1, 99))
    assert made_by(Document(path.name, ".xlsx", path.read_bytes())) == ("", "")


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=20)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=5))
def test_any_text_comes_back_as_it_left_and_never_a_formula(rows: list[tuple[str, str]]) -> None:
    lines = tuple((f"k{at}", (f"x{one.strip()}", other.strip())) for at, (one, other) in enumerate(rows))
    page = Page("Feuille", (Heading("a", "A"), Heading("b", "B")), lines)
    data = workbook(Board("essai", "cible", (page,), {}, ("aide",)))
    assert b"<f>" not in data
    back = returned(Document("classeur.xlsx", ".xlsx", data))
    assert (back.genre, back.target, back.changed, back.added, back.gone) == ("essai", "cible", (), (), ())
    assert load_workbook(io.BytesIO(data)).sheetnames == ["Feuille", "Listes", "Aide", "_ctgdocs"]
