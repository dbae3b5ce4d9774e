"""`ctgdocs seance`: the papers of one séance through the real command, and what it says they wait for."""

from __future__ import annotations

import csv
import shutil
import sys
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pikepdf
import pytest
from builders import REPOSITORY, change, write
from docx import Document
from world import a_workspace

from ctgdocs.cli.main import main
from ctgdocs.word.text import words_of

ACT = "content/deliberations/2026-041.yaml"
SEANCE = "content/seances/2026-09-10.yaml"


@pytest.fixture
def held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace of the small world, with a séance of two acts that was held, and nothing after it."""
    a_workspace(tmp_path, **{"suites/suite.yaml": None})
    for folder in ("suites", "deliberations"):
        shutil.copytree(REPOSITORY / "templates" / folder, tmp_path / "templates" / folder)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out.replace("\u00a0", " ")


def test_the_papers_that_follow_a_vote_are_made_and_their_file_is_begun(
    held: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["seance", "10/09/2026"]) == 0

    out = said(capsys)
    assert "content/suites/2026-09-10.yaml est écrit" in out
    assert "Séance du conseil communautaire du 10 septembre 2026 : 2 délibérations." in out
    assert "aucune réunion ne cite cette séance" in out
    minutes = "\n".join(words_of((held / "sorties/suites/2026-09-10-proces-verbal.docx").read_bytes()))
    assert "Projet de procès-verbal" in minutes
    assert "[à compléter : arrêt du procès-verbal précédent]" in minutes
    assert "à partir du point n°\u00a03" in minutes
    sheet = (held / "sorties/suites/2026-09-10-actes.csv").read_text("utf-8-sig")
    rows = csv.reader(sheet.splitlines(), delimiter=";")
    assert [row[0] for row in rows] == ["numero", "2026-040", "2026-041"]


def test_nothing_follows_a_seance_that_voted_nothing(held: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in ("040", "041"):
        act = held / f"content/deliberations/2026-{number}.yaml"
        text = act.read_text("utf-8")
        kept = [line for line in text.splitlines() if not line.startswith(("vote", "tr", "pub"))]
        act.write_text("\n".join(kept), encoding="utf-8")

    assert main(["seance", "2026-09-10"]) == 0

    assert "les votes : la liste, le procès-verbal et la suite les attendent" in said(capsys)
    assert not (held / "content/suites").exists()


def test_a_liste_that_was_posted_lacks_no_vote(held: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(held, "content/suites/2026-09-10.yaml", "seance: 2026-09-10\nliste_affichee: 2026-09-14\n")
    text = (held / ACT).read_text("utf-8")
    (held / ACT).write_text(text.partition("vote:")[0], encoding="utf-8")

    assert main(["seance", "2026-09-10"]) == 1

    assert "il manque le vote de la délibération n° 2026-041, malgré son affichage" in said(capsys)
    assert not (held / "sorties/suites/2026-09-10-liste.docx").exists()


def test_the_hour_of_the_end_may_lack_while_it_is_a_projet(
    held: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(held, SEANCE, "heure_fin: 20h15\n", "")

    assert main(["seance", "2026-09-10"]) == 0

    assert "il manque l’arrêt du procès-verbal précédent et l’heure de clôture" in said(capsys)


def test_a_seance_in_error_makes_nothing_and_says_why(held: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(held, SEANCE, "heure: 18h30", "heure: 25h")

    assert main(["seance", "2026-09-10"]) == 1

    assert "content/seances/2026-09-10.yaml:3:8 (heure)" in said(capsys)
    assert not (held / "sorties/suites").exists()


@pytest.mark.parametrize(
    ("typed", "answer"), [("2026-09-11", "Aucune séance"), ("24/09/2026", "plusieurs séances")]
)
def test_a_day_that_names_no_seance_or_two_is_told(
    held: Path, capsys: pytest.CaptureFixture[str], typed: str, answer: str
) -> None:
    assert main(["seance", typed]) == 2

    assert answer in capsys.readouterr().err


def test_a_seance_has_its_deadlines(held: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["echeances", "2026-09-10"]) == 0

    out = said(capsys)
    assert "04/09/2026  Convocation : dernier jour d’envoi" in out
    assert "17/09/2026  Liste des délibérations examinées à afficher" in out
    assert "Transmission" not in out
    assert "01/10/2026  Procès-verbal à publier" in out  # the séance of the 24th settles it


def test_a_draft_a_member_with_the_papers_and_a_sheet_of_sendings(
    held: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(
        held,
        "content/elus.yaml",
        "prenom: Jean, nom: Roy,",
        "prenom: Jean, nom: Roy, courriel: j.roy@exemple.fr,",
    )
    write(held, "content/reunions/conseil-2026-09-10.yaml", "seance: 2026-09-10\n")
    shutil.copytree(REPOSITORY / "templates/reunions", held / "templates/reunions")

    assert main(["seance", "2026-09-10", "--courriels"]) == 0

    folder = held / "sorties/courriels/2026-09-10"
    first = (folder / "roy-jean.eml").read_bytes()
    draft = message_from_bytes(first, policy=default)
    assert (draft["X-Unsent"], draft["To"]) == ("1", "Jean Roy <j.roy@exemple.fr>")
    assert "conseil communautaire, jeudi 10 septembre 2026" in draft["Subject"]
    joined = [part.get_filename() for part in draft.iter_attachments()]
    assert joined[:2] == ["conseil-2026-09-10-convocation.docx", "conseil-2026-09-10-ordre-du-jour.docx"]
    assert len(joined) == 4
    sheet = (folder / "feuille-d-envoi.csv").read_text("utf-8-sig").splitlines()
    assert len(sheet) == 8
    assert sum("sans adresse" in line for line in sheet) == 6
    assert "Rien n’est envoyé" in said(capsys)
    main(["seance", "2026-09-10", "--courriels"])
    assert (folder / "roy-jean.eml").read_bytes() == first


def test_a_file_of_what_follows_in_error_is_told_and_not_begun_again(
    held: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = "seance: 2026-09-10\nliste_affichee: hier\n"
    write(held, "content/suites/2026-09-10.yaml", typed)

    assert main(["seance", "2026-09-10"]) == 1

    assert "content/suites/2026-09-10.yaml:2:17" in said(capsys)
    assert (held / "content/suites/2026-09-10.yaml").read_text("utf-8") == typed


@pytest.mark.parametrize(
    "typed",
    [
        'nom: "Roy\\nBcc: x@e.example", courriel: j.roy@exemple.fr',
        'nom: "Roy\\r\\n\\r\\n<b>corps</b>", courriel: j.roy@exemple.fr',
        'nom: Roy, courriel: "j.roy@exemple.fr\\nBcc: x@e.example"',
        'nom: Roy, courriel: "j.roy@exemple.fr, x@e.example"',
        'nom: "Roy\\" <x@e.example>, \\"Jean", courriel: j.roy@exemple.fr',
    ],
)
def test_a_draft_goes_to_its_member_and_to_nobody_else(
    held: Path, capsys: pytest.CaptureFixture[str], typed: str
) -> None:
    change(held, "content/elus.yaml", "prenom: Jean, nom: Roy,", f"prenom: Jean, {typed},")
    write(held, "content/reunions/conseil-2026-09-10.yaml", "seance: 2026-09-10\n")
    shutil.copytree(REPOSITORY / "templates/reunions", held / "templates/reunions")

    main(["seance", "2026-09-10", "--courriels"])

    capsys.readouterr()
    for path in (held / "sorties/courriels").rglob("*.eml"):
        draft = message_from_bytes(path.read_bytes(), policy=default)
        assert draft["Bcc"] is None
        assert [one.addr_spec for one in draft["To"].addresses] == ["j.roy@exemple.fr"]
        body = draft.get_body()
        assert body is not None
        assert "x@e.example" not in body.get_content()


def test_the_last_row_stays_with_what_closes_the_page(held: Path) -> None:
    assert main(["seance", "10/09/2026"]) == 0

    tables = Document(str(held / "sorties/suites/2026-09-10-liste.docx")).tables
    (acts,) = [one for one in tables if one.cell(0, 0).text == "Numéro"]
    last = [paragraph for cell in acts.rows[-1].cells for paragraph in cell.paragraphs]
    assert all(paragraph.paragraph_format.keep_with_next for paragraph in last)


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script")
def test_the_papers_are_bound_in_one_cahier_with_a_bookmark_for_each(
    held: Path, office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(REPOSITORY / "templates/cahiers", held / "templates/cahiers")
    monkeypatch.setenv("STUB", "pages")
    assert main(["seance", "2026-09-10", "--cahier"]) == 0
    assert "sorties/cahiers/2026-09-10-cahier.pdf est écrit." in said(capsys)
    with pikepdf.open(held / "sorties/cahiers/2026-09-10-cahier.pdf") as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == [
            "Point n° 2 – Tarifs de l’accueil de loisirs",
            "Point n° 3 – Soutien à un lieu d’accueil enfants-parents",
        ]
        assert len(pdf.pages) == 1 + 2 * len(outline.root)  # the contents, then each act behind its separator
