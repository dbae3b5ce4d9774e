"""A batch of Word files becomes PDF, whatever LibreOffice does of one of them; ours are known again."""

import io
import shutil
import sys
import time
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from ctgdocs.findings import UsageError
from ctgdocs.kinds import KINDS
from ctgdocs.line.run import generate
from ctgdocs.pdf import Printable, check_that_pdf_can_be_made, mark_of_pdf, printed
from ctgdocs.pdf.office import Awake
from ctgdocs.word import read, write
from tests.line.builders import a_project

posix = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script")
TEMPLATES = Path(__file__).parents[2] / "templates"
WORDS = [Printable(f"deliberations/2026-04{n}", write({"word/document.xml": b"<a/>"})) for n in range(3)]


def pdf_of(document: Printable) -> bytes:
    (found,) = printed([document])
    assert found is not None
    return found.pdf


def opened(data: bytes | None) -> Any:
    assert data is not None
    return pikepdf.open(io.BytesIO(data))


def kinds(data: bytes | None) -> list[str]:
    pdf = opened(data)
    found = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/S" in one]
    return [str(one.S)[1:] for one in found]


def figures(pdf: Any) -> list[str]:
    """What each figure says to who cannot see it."""
    return [str(one.get("/Alt", "")) for one in pdf.objects if is_a(one, "/Figure")]


@posix
def test_what_libreoffice_leaves_short_of_ua_1_is_mended(office: Path) -> None:
    data = pdf_of(WORDS[0])
    assert sorted(kinds(data)) == sorted(
        [
            "Document",
            "Div",
            "Div",
            "Div",
            "Div",
            "Table",
            "TR",
            "TH",
            "TR",
            "TD",
            "P",
            "Note",
            "Figure",
            "Figure",
            "P",
        ]
    )
    pdf = opened(data)
    page = pdf.pages[0]
    assert (str(page.Tabs), len(page.Annots)) == ("/S", 1)
    assert [str(one.ID) for one in pdf.objects if is_a(one, "/Note")] == ["note1"]


@posix
def test_the_watermark_of_a_project_is_told_to_who_cannot_see_it(office: Path) -> None:
    head = '<hdr alt="Filigrane : PROJET &amp; suite"/>'
    package = read((TEMPLATES / "notes/note_de_synthese.docx").read_bytes())
    word = write({**package, "word/header1.xml": head.encode()})
    pdf = opened(pdf_of(Printable("notes/a", word)))
    assert figures(pdf) == ["Filigrane : PROJET & suite", ""]


@posix
def test_a_chart_is_told_by_the_words_of_the_word_file(office: Path) -> None:
    chart = 'uri="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    drawings = (
        f'<wp:docPr id="1" descr="Une photo"/><wp:docPr id="2" descr="Courbe : &lt;a&gt;"/><a {chart}/>'
    )
    package = read((TEMPLATES / "notes/note_de_synthese.docx").read_bytes())
    word = write({**package, "word/document.xml": f'<a xmlns:wp="urn:wp">{drawings}</a>'.encode()})
    pdf = opened(pdf_of(Printable("notes/a", word)))
    assert figures(pdf) == ["", "Courbe : <a>"]


@posix
def test_a_pdf_says_which_word_file_it_shows_and_that_nothing_wrote_to_it(office: Path) -> None:
    data = pdf_of(WORDS[0])
    mark = mark_of_pdf(data)
    assert mark is not None
    assert (mark.origin, mark.intact) == ("deliberations/2026-040", True)
    signed = mark_of_pdf(data + b"\n% signed\n%%EOF")
    assert signed is not None
    assert not signed.intact
    assert mark_of_pdf(b"%PDF-1.7") is None


@posix
@pytest.mark.parametrize(
    ("orders", "whole"),
    [("", [True, True, True]), ("une-fois:0", [True, True, True]), ("sans:1", [True, False, True]),
     ("abime:2", [True, True, False])],
)  # fmt: skip
def test_one_bad_file_costs_the_others_nothing(
    office: Path, monkeypatch: pytest.MonkeyPatch, orders: str, whole: list[bool]
) -> None:
    monkeypatch.setenv("STUB", orders)
    assert [one is not None for one in printed(WORDS)] == whole


@posix
def test_a_libreoffice_that_never_ends_is_stopped(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUB", "long:oui")
    monkeypatch.setattr("ctgdocs.pdf.office.STARTING", 0.5)
    monkeypatch.setattr("ctgdocs.pdf.office.A_FILE", 0.0)
    start = time.monotonic()
    assert printed(WORDS[:2]) == [None, None]
    assert time.monotonic() - start < 60


@posix
def test_a_libreoffice_that_does_not_stay_awake_converts_all_the_same(office: Path, tmp_path: Path) -> None:
    awake = Awake(tmp_path)
    awake.converted("page.docx", "pdf")
    assert (tmp_path / "page.pdf").is_file()
    assert awake.process is None
    awake.end()


@posix
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_one_libreoffice_lays_out_page_after_page_and_ends_when_it_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ctgdocs.pdf.office.WAKING", 600.0)  # a busy machine only makes it wait
    awake, seen = Awake(tmp_path), set()
    for number in range(2):
        (tmp_path / f"{number}.txt").write_text("Un texte.", "utf-8")
        awake.converted(f"{number}.txt", "pdf")
        assert (tmp_path / f"{number}.pdf").is_file()
        assert awake.process is not None
        seen.add(awake.process)
    assert [one.poll() for one in seen] == [None]
    awake.end()
    assert [one.poll() for one in seen] != [None]


def test_without_libreoffice_what_to_install_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CTGDOCS_LIBREOFFICE", str(tmp_path / "soffice"))
    with pytest.raises(UsageError, match=r"libreoffice\.org"):
        check_that_pdf_can_be_made()


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_an_act_becomes_pdf_a_2_and_pdf_ua_1(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    generate(project, KINDS, ["2026-045"])
    (word,) = project.sorties.glob("deliberations/*.docx")
    pdf = opened(pdf_of(Printable("deliberations/2026-045", word.read_bytes())))
    with pdf.open_metadata() as metadata:
        norms = [str(metadata.get(name)) for name in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part")]
    assert norms == ["2", "B", "1"]
    assert (str(pdf.Root.Lang), str(pdf.docinfo.Title) != "") == ("fr-FR", True)
    assert "/Outlines" in pdf.Root
    assert all(heads(table) for table in pdf.objects if is_a(table, "/Table"))
    assert any(is_a(one, "/Div") for one in pdf.objects)  # the stamp and the signatures are laid out


def is_a(one: Any, kind: str) -> bool:
    return isinstance(one, pikepdf.Dictionary) and str(one.get("/S")) == kind


def heads(table: Any) -> bool:
    below = table.get("/K", pikepdf.Array())
    found = list(below) if isinstance(below, pikepdf.Array) else [below]
    return any(is_a(one, "/TH") or (isinstance(one, pikepdf.Dictionary) and heads(one)) for one in found)
