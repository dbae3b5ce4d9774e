"""From an empty folder: her convention in Word and her plan in Excel become a workspace; the convention is
renewed, its draft made, and what changes shown against the very file that was signed."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from conventions import ACTIONS, Habit, a_convention, sentences
from openpyxl import Workbook
from test_importing_conventions import plain, texts_of

from ctgdocs.cli.main import main
from ctgdocs.word import words_of

ELUS = "verdolle-ines: {civilite: Mme, prenom: Inès, nom: Verdolle, fonction: présidente}\n"


def a_plan() -> bytes:
    """A plan d'actions as agents keep it: a merged title, an axis across the table, totals, a note."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["PLAN D’ACTIONS 2022-2026"])
    page.merge_cells("A1:F1")
    page.append([])
    page.append(
        ["N° fiche", "Intitulé de l’action", "Chef de file", "Échéance", "Coût total", "Réalisé 2024"]
    )
    axis = ""
    for title, number, action, pilot, cost, calendar in ACTIONS:
        if title != axis:
            page.append([f"AXE {number[0]} – {title.upper()}"])
            page.merge_cells(start_row=page.max_row, end_row=page.max_row, start_column=1, end_column=6)
            axis = title
        page.append([number, action, pilot, calendar, int(cost.replace(" ", "")), 1250.5])
    page.append(["", "TOTAL", "", "", 48500, 3751.5])
    page.append(["* montants à confirmer"])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    "habit",
    [
        Habit("ARTICLE", "table", "", "1", "➢", "tabs", framed=True),
        Habit("decimal", "text", "", "1", "-", "table"),
    ],
    ids=["framed", "typed"],
)
def test_an_old_convention_and_its_workbook_become_the_next_one(
    habit: Habit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ancienne.docx").write_bytes(a_convention(habit))
    (tmp_path / "plan.xlsx").write_bytes(a_plan())
    assert main(["initialiser", "espace", "--vide"]) == 0
    monkeypatch.chdir(tmp_path / "espace")
    assert main(["importer", "../ancienne.docx"]) == 0
    assert main(["importer", "../plan.xlsx", "--dans", "ctg-2022-2026"]) == 0
    content = tmp_path / "espace" / "content"
    _completed(content)
    assert main(["renouveler", "ctg-2022-2026"]) == 0
    assert main(["generer", "conventions/ctg-2027-2031"]) in (0, 1)
    assert main(["comparer", "../ancienne.docx", "conventions/ctg-2027-2031", "-o", "ecarts.docx"]) == 0
    assert (tmp_path / "espace/ecarts.docx").is_file()
    page = " ".join(map(plain, words_of(content.parent / "sorties/conventions/ctg-2027-2031.docx")))
    for _, _, action, _, _, _ in ACTIONS:
        assert plain(action) in page
    read = " ¶ ".join(map(plain, texts_of(_yaml(content / "conventions/ctg-2022-2026.yaml"))))
    assert {one: read.count(plain(one)) for one in sentences()} == dict.fromkeys(sentences(), 1)
    capsys.readouterr()


def _completed(content: Path) -> None:
    """What no convention says of the collectivité."""
    house = content / "collectivite.yaml"
    text = house.read_text("utf-8")
    assert "nom: Communauté de communes du Pays de Brisol" in text
    assert "ville: Brisolac" in text
    text = text.replace('"[à compléter : population légale]"', "6100").replace("nom-prenom", "verdolle-ines")
    text = text.replace('"[à compléter : tribunal administratif de …]"', "tribunal administratif de Toulouse")
    text = text.replace(
        '"[à compléter : adresse du tribunal, sur une ligne]"', "68 rue Raymond-IV, 31000 Toulouse"
    )
    house.write_text(text, "utf-8")
    (content / "elus.yaml").write_text(ELUS, "utf-8")


def _yaml(path: Path) -> object:
    import yaml

    return yaml.safe_load(path.read_text("utf-8"))


def test_a_file_that_exists_is_never_overwritten_and_a_plan_never_doubled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ancienne.docx").write_bytes(a_convention(Habit()))
    (tmp_path / "plan.xlsx").write_bytes(a_plan())
    assert main(["initialiser", "espace", "--vide"]) == 0
    monkeypatch.chdir(tmp_path / "espace")
    assert main(["importer", "../ancienne.docx"]) == 0
    before = {path: path.read_bytes() for path in Path("content").rglob("*.yaml")}
    assert main(["importer", "../ancienne.docx"]) == 2
    assert main(["importer", "../plan.xlsx", "--dans", "ctg-2022-2026"]) == 1
    assert "a déjà un plan d’actions" in capsys.readouterr().err.replace("\u00a0", " ")
    assert {path: path.read_bytes() for path in Path("content").rglob("*.yaml")} == before
