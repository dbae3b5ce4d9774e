"""From an empty folder: her élus and her plan in Excel, her convention in Word become a workspace; it is
renewed, its draft made, and what changes shown against the very file that was signed."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import other_houses as houses
import pytest
from conventions import ACTIONS, Habit, a_convention
from habits import Made
from openpyxl import Workbook
from test_importing_conventions import plain, texts_of

from ctgdocs.cli.main import main
from ctgdocs.word import words_of

SPACE = "mon-espace"
COMMANDS = (
    f"initialiser {SPACE} --vide",
    "importer ../elus.xlsx",
    "importer ../convention-signee.docx",
    "importer ../plan-d-actions.xlsx --dans ctg-2022-2026",
    "verifier",
    "renouveler ctg-2022-2026",
    "generer conventions/ctg-2027-2031",
    "comparer ../convention-signee.docx conventions/ctg-2027-2031 --mots-seuls",
)
"""What the first chapter of the guide says to type."""
TOWNS = (
    "Montfaval", "Brandoux", "Lardenne", "Vernou-sur-Tare", "Saint-Aubin-du-Puech", "Mas-Rouget", "Escayrac",
)  # fmt: skip
NAMES = (
    "CASSAGNAC Éloi", "PUJOL Marthe", "FABRE Luc", "ROQUES Irène", "DE LA FARGUE Benoît", "BESSOU Claire",
    "TOURNIÉ Marc", "VAYSSE Sophie", "DELPUECH Jean-Noël", "CROS Aline", "MIQUEL Henri", "SERRES Odile",
    "GARRIGUE Paul", "VIDALENC Nora", "ANDRIEU Yves", "LACOSTE Ève", "MAZET Rémi", "BONNAFOUS Lise",
    "TERRIÉ Alain", "CARLES Julie", "PONS Denis", "SOULIÉ Maud", "COMBES Gilles", "RIGAL Fanny",
    "NAYRAC Hugo", "BOYER Inès", "MALET Serge", "GINESTE Ana", "COUDERC Loïc", "SIRVEN Paule",
    "ESTIVAL Guy",
)  # fmt: skip
ROLES = ("Président", "1ère Vice-Présidente", "2ème Vice-Président", "3ème Vice-Présidente")


def the_elus() -> bytes:
    """Thirty-one élus as the mairie keeps them: titles above, one column of names, a total below."""
    rows: list[list[object]] = [
        ["COMMUNAUTÉ DE COMMUNES DES MONTS DE FAVAL"],
        ["Conseillers communautaires – mise à jour du 15/09/2026"],
        [],
        ["N°", "Commune", "Civ.", "NOM Prénom", "Qualité", "Téléphone", "Courriel"],
    ]
    for at, name in enumerate(NAMES):
        who = "M." if at % 2 == 0 else "Mme"
        role = ROLES[at] if at < len(ROLES) else "Conseiller communautaire"
        rows.append([at + 1, TOWNS[at % 7], who, name, role, f"05 63 00 00 {at:02}", f"elu{at}@exemple.fr"])
    return a_book([*rows, ["", "", "", f"TOTAL : {len(NAMES)} élus"]])


def a_book(rows: list[list[object]]) -> bytes:
    book = Workbook()
    page = book.active
    assert page is not None
    for row in rows:
        page.append(row)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


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


@pytest.mark.parametrize("of", houses.LONG_FILES, ids=lambda of: of.__name__)
def test_from_an_empty_folder_to_the_next_convention(
    of: Callable[[], Made],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    old = of()
    (tmp_path / "elus.xlsx").write_bytes(the_elus())
    (tmp_path / "convention-signee.docx").write_bytes(old.file())
    (tmp_path / "plan-d-actions.xlsx").write_bytes(a_plan())
    monkeypatch.chdir(tmp_path)
    content = tmp_path / SPACE / "content"
    for command in COMMANDS:
        if command == "verifier":
            _completed(content)
        assert main(command.split()) == 0, command
        capsys.readouterr()
        monkeypatch.chdir(tmp_path / SPACE)
    renewed = (content / "conventions/ctg-2027-2031.yaml").read_text("utf-8")
    assert "de l’original" not in renewed
    assert "statut: projet\n" in renewed
    elus = _yaml(content / "elus.yaml")
    assert (len(elus), elus["de-la-fargue-benoit"]["nom"]) == (31, "de La Fargue")
    assert _yaml(content / "collectivite.yaml")["executif"] == "cassagnac-eloi"
    page = " ".join(map(plain, words_of(tmp_path / SPACE / "sorties/conventions/ctg-2027-2031.docx")))
    assert [action for _, _, action, _, _, _ in ACTIONS if plain(action) not in page] == []
    files = [content / "conventions/ctg-2022-2026.yaml", content / "visas.yaml"]
    read = " ¶ ".join(plain(text) for file in files for text in texts_of(_yaml(file)))
    assert len(old.sentences) > 250
    assert {one: read.count(plain(one)) for one in old.sentences} == dict.fromkeys(old.sentences, 1)
    (redline,) = (tmp_path / SPACE / "sorties/comparaisons").iterdir()
    with zipfile.ZipFile(redline) as package:  # what was signed is struck out, what replaces it is there
        assert "deux exemplaires" in package.read("word/document.xml").decode()


def test_the_guide_begins_with_these_commands() -> None:
    guide = (Path(__file__).parents[2] / "docs/guide.md").read_text("utf-8")
    first = guide[guide.index("\n## 1. Partir de ce que vous avez") :].split("```")[1]
    assert first.split("\n")[1:-1] == [
        f"ctgdocs {COMMANDS[0]}",
        f"cd {SPACE}",
        *(f"ctgdocs {one}" for one in COMMANDS[1:]),
    ]
    assert len(COMMANDS) <= 10


def _completed(content: Path) -> None:
    """What no convention says of the collectivité, completed by hand."""
    house = content / "collectivite.yaml"
    text = house.read_text("utf-8")
    assert "nom: Communauté de communes des Monts de Faval" in text
    assert "ville: Montfaval" in text
    for blank, said in (
        ("population légale", "12450"),
        ("tribunal administratif de …", "tribunal administratif de Toulouse"),
        ("adresse du tribunal, sur une ligne", "68 rue Raymond-IV, 31000 Toulouse"),
    ):
        assert f'"[à compléter : {blank}]"' in text
        text = text.replace(f'"[à compléter : {blank}]"', said)
    house.write_text(text, "utf-8")


def _yaml(path: Path) -> Any:
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
