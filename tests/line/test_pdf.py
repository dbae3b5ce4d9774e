"""The PDF beside each document, through the real command: made, kept fresh, never over another hand's."""

import os
import re
import sys
import zipfile
from pathlib import Path

import pytest
from builders import a_project
from running import command

from ctgdocs.word import mark_of

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script")


@pytest.fixture
def space(tmp_path: Path) -> Path:
    return a_project(tmp_path).root


def run(space: Path, *arguments: str) -> tuple[int, str]:
    code, *said = command(space, *arguments)
    return code, "".join(said)


def the_pdf(space: Path) -> Path:
    return next(space.glob("sorties/deliberations/2026-045-*.pdf"))


def edit(space: Path, old: str, new: str) -> None:
    act = space / "content/deliberations/2026-045.yaml"
    act.write_text(act.read_text("utf-8").replace(old, new), "utf-8")


def test_each_document_has_its_pdf_and_nothing_is_done_twice(space: Path, office: Path) -> None:
    code, said = run(space, "generer", "--pdf")
    assert (code, "PDF : 3 écrits, 0 inchangé, 0 en erreur." in said) == (0, True)
    before = the_pdf(space).stat().st_mtime_ns
    assert "PDF : 0 écrit, 3 inchangés, 0 en erreur." in run(space, "generer", "--pdf")[1]
    assert the_pdf(space).stat().st_mtime_ns == before
    assert run(space, "etat")[0] == 0


def test_a_pdf_that_shows_another_text_is_told_then_made_again(space: Path, office: Path) -> None:
    run(space, "generer", "--pdf")
    edit(space, "finit bientôt", "prend fin")
    assert "PDF plus ancien que son document Word" in run(space, "generer")[1]
    code, said = run(space, "etat", "--pourquoi")
    assert (code, "plus ancien que son document Word" in said) == (1, True)
    assert "PDF : 1 écrit, 2 inchangés, 0 en erreur." in run(space, "generer", "--pdf")[1]
    assert run(space, "etat")[0] == 0


def test_a_signed_pdf_is_never_written_over(space: Path, office: Path) -> None:
    run(space, "generer", "--pdf")
    signed = the_pdf(space)
    signed.write_bytes(signed.read_bytes() + b"\n% signature\n%%EOF\n")
    edit(space, "finit bientôt", "prend fin")
    before = signed.read_bytes()
    said = run(space, "generer", "--pdf")[1]
    assert "ce PDF n’est pas tel que ctgdocs l’a fait" in said
    assert signed.read_bytes() == before


CONVENTION = """
type: partenariat
titre: Convention de prêt
sommaire: oui
parties: [{collectivite: oui}, {nom: Association des aidants}]
articles:
  - {titre: Objet, texte: La salle est prêtée.}
  - {titre: Durée, texte: Un an.}
"""


def pages_shown(space: Path) -> list[str]:
    """What stands where the table of contents of the convention shows pages."""
    document = next(space.glob("sorties/conventions/*.docx"))
    body = zipfile.ZipFile(document).read("word/document.xml").decode()
    shown = r'PAGEREF \w+ .*?"separate"/></w:r>(.*?)<w:r><w:fldChar w:fldCharType="end"'
    return [re.sub(r"<[^>]*>", "", found) for found in re.findall(shown, body)]


def test_a_table_of_contents_has_its_pages_once_they_are_laid_out(space: Path, office: Path) -> None:
    act = space / "content/conventions/pret.yaml"
    act.parent.mkdir(exist_ok=True)
    act.write_text(CONVENTION, "utf-8")
    run(space, "generer", "pret")
    assert pages_shown(space) == ["", ""]
    assert "PDF : 1 écrit, 0 inchangé, 0 en erreur." in run(space, "generer", "--pdf", "pret")[1]
    assert pages_shown(space) == ["1", "1"]
    before = next(space.glob("sorties/conventions/*.docx")).read_bytes()
    assert "0 écrit, 1 inchangé" in run(space, "generer", "pret")[1]
    assert "PDF : 0 écrit, 1 inchangé, 0 en erreur." in run(space, "generer", "--pdf", "pret")[1]
    assert next(space.glob("sorties/conventions/*.docx")).read_bytes() == before
    mark = mark_of(before)
    assert mark is not None
    assert mark.intact
    act.write_text(CONVENTION.replace("Un an", "Deux ans"), "utf-8")
    assert "1 écrit, 0 inchangé" in run(space, "generer", "pret")[1]
    assert pages_shown(space) == ["", ""]


def test_the_acts_to_transmit_are_copied_under_the_names_of_actes(space: Path, office: Path) -> None:
    assert run(space, "generer", "--actes", "a-transmettre")[0] == 2  # without --pdf there is nothing to copy
    edit(space, "seance: 2026-09-24", "numero: 2026-045\nseance: 2026-09-24")
    code, said = run(space, "generer", "--pdf", "--actes", "a-transmettre", "2026-045")
    (copied,) = (space / "a-transmettre").iterdir()
    assert re.fullmatch(r"99_DE-082-\d{9}-20260924-2026_045-DE-1-1_1\.pdf", copied.name)
    assert copied.read_bytes() == the_pdf(space).read_bytes()
    assert (code, f"copié {Path('a-transmettre') / copied.name}" in " ".join(said.split())) == (0, True)
    assert run(space, "nettoyer")[0] == 0


def test_the_pdf_of_a_document_that_is_gone_is_cleaned_away(space: Path, office: Path) -> None:
    run(space, "generer", "--pdf")
    old = the_pdf(space)
    edit(space, "Renouvellement de la convention", "Convention territoriale")
    run(space, "generer", "--pdf")
    assert "son document Word n’est plus là" not in run(space, "etat")[1]  # both are still there
    run(space, "nettoyer")
    assert "enlevé  sorties" in run(space, "nettoyer")[1]
    assert not old.exists()
    assert len(list(space.glob("sorties/deliberations/2026-045-*.pdf"))) == 1


def test_what_cannot_be_printed_is_named_and_the_others_are(
    space: Path, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STUB", "sans:1")
    code, said = run(space, "generer", "--pdf")
    assert (code, "PDF : 2 écrits, 0 inchangé, 1 en erreur." in said) == (1, True)
    assert "LibreOffice n’a pas su mettre ce document en PDF" in said


def test_the_house_may_ask_for_pdf_once_and_for_all(space: Path, office: Path) -> None:
    house = space / "content/collectivite.yaml"
    house.write_text(house.read_text("utf-8") + "\nformat: pdf\n", "utf-8")
    assert "PDF : 3 écrits" in run(space, "generer")[1]


def test_without_libreoffice_the_word_files_are_made_all_the_same(
    space: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CTGDOCS_LIBREOFFICE", os.devnull + "/soffice")
    code, said = run(space, "generer", "--pdf")
    assert (code, "installez-le (libreoffice.org)" in said) == (2, True)
    assert len(list(space.glob("sorties/deliberations/*.docx"))) == 3
