"""Pictures in the long text of an act, from the file beside it to the Word document."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from builders import a_project, an_act, generated, output, outputs, told
from pictures import a_jpeg, a_png

from ctgdocs.cli.main import main
from ctgdocs.line.orders import Outcome
from ctgdocs.project import Project

EXPOSE = "  {executif} rappelle que la convention finit bientôt.\n"
EMU = 914_400
MOST = 17 / 2.54 * EMU
"""The text of an A4 page of the shipped templates is narrower."""


def workspace(root: Path, text: str, **pictures: bytes) -> Project:
    """One délibération with that exposé; the pictures stand beside it (`carte`: carte.png)."""
    lines = "".join(f"  {line}\n" if line else "\n" for line in text.split("\n"))
    act = an_act().replace(EXPOSE, lines)
    project = a_project(root, {"deliberations/2026-045.yaml": act}, acts=False)
    for name, data in pictures.items():
        (root / f"content/deliberations/{name}.png").write_bytes(data)
    return project


def frames(path: Path) -> list[tuple[str, int, int]]:
    """What each picture of the text says, and its size."""
    xml = zipfile.ZipFile(path).read("word/document.xml").decode()
    pattern = r'<wp:extent cx="(\d+)" cy="(\d+)"/><wp:docPr id="\d+" name="[^"]*" descr="([^"]*)"'
    return [(alt, int(across), int(down)) for across, down, alt in re.findall(pattern, xml)]


def media(path: Path) -> list[str]:
    return [name for name in zipfile.ZipFile(path).namelist() if name.startswith("word/media/image")]


def test_a_picture_is_drawn_with_its_legend(tmp_path: Path) -> None:
    project = workspace(tmp_path, "Avant.\n\n![Plan du site](carte.png)\n\nAprès.", carte=a_png(96, 48))
    assert told(generated(project)) == []
    made = output(project, "2026-045")
    assert frames(made) == [("Plan du site", EMU, EMU // 2)]
    xml = zipfile.ZipFile(made).read("word/document.xml").decode()
    style = r'<w:pStyle w:val="Caption"/><w:keepNext w:val="0"/></w:pPr>'
    assert re.search(style + r"(?:(?!</w:p>).)*?<w:t[^>]*>Plan du site<", xml)


PLACES = {
    "the body": "![Carte](carte.png)",
    "a list": "- un\n- deux ![Carte](carte.png)",
    "a cell": "| A | B |\n| --- | --- |\n| un | ![Carte](carte.png) |",
    "a quotation": "> ![Carte](carte.png)",
    "a sentence": "Voici ![Carte](carte.png) et la suite.",
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("size", [(4_000, 300), (300, 4_000)])
def test_a_picture_is_never_larger_than_its_column_nor_than_the_page(
    tmp_path: Path, place: str, size: tuple[int, int]
) -> None:
    project = workspace(tmp_path, PLACES[place], carte=a_png(*size))
    assert told(generated(project)) == []
    ((alt, across, down),) = frames(output(project, "2026-045"))
    assert alt == "Carte"
    assert across < MOST
    assert down < 1.4 * MOST
    assert abs(across / down - size[0] / size[1]) < 0.02 * size[0] / size[1]


def test_a_small_picture_keeps_its_size(tmp_path: Path) -> None:
    project = workspace(tmp_path, "![Logo](carte.png)", carte=a_png(300, 150, dpi=300))
    assert told(generated(project)) == []
    ((_, across, down),) = frames(output(project, "2026-045"))
    assert (round(across / EMU, 2), round(down / EMU, 2)) == (1.0, 0.5)


def test_the_same_picture_twice_is_one_part_and_each_drawing_has_its_number(tmp_path: Path) -> None:
    text = "![Un](carte.png)\n\n![Deux](carte.png)\n\n![Trois](autre.png)"
    project = workspace(tmp_path, text, carte=a_png(), autre=a_jpeg())
    assert told(generated(project)) == []
    made = output(project, "2026-045")
    assert sorted(media(made)) == ["word/media/image1.png", "word/media/image2.jpeg"]
    ids = re.findall(r'<wp:docPr id="(\d+)"', zipfile.ZipFile(made).read("word/document.xml").decode())
    assert len(ids) == len(set(ids)) >= 3


def test_names_of_files_as_people_give_them(tmp_path: Path) -> None:
    text = "![Un](ma carte n° 1.png)\n\n![Deux](<plan été.png>)\n\n![Trois](content/plan.png)"
    project = workspace(tmp_path, text, **{"ma carte n° 1": a_png(), "plan été": a_png(20)})
    (tmp_path / "content/plan.png").write_bytes(a_jpeg())
    assert told(generated(project)) == []
    assert [alt for alt, _, _ in frames(output(project, "2026-045"))] == ["Un", "Deux", "Trois"]


@pytest.mark.parametrize(
    ("cited", "data", "sentence"),
    [
        ("absente.png", None, "introuvable"),
        ("../../../secret.png", None, "n’est pas un fichier de content/"),
        ("/etc/passwd", None, "n’est pas un fichier de content/"),
        ("https://exemple.fr/x.png", None, "n’est pas un fichier de content/"),
        ("carte.png", b"PK\x03\x04", "n’est ni une image PNG ni une image JPEG"),
        ("carte.png", a_png()[:-20], "est une image abîmée"),
    ],
)
def test_a_picture_that_cannot_be_shown_is_one_error_where_it_is_cited(
    tmp_path: Path, cited: str, data: bytes | None, sentence: str
) -> None:
    project = workspace(
        tmp_path, f"Une ligne.\n\nVoici ![Carte]({cited}).", **({"carte": data} if data else {})
    )
    (finding,) = told(generated(project))
    assert (finding.code, finding.blocking) == ("image", True)
    assert sentence in finding.message
    line = (
        (tmp_path / "content/deliberations/2026-045.yaml")
        .read_text("utf-8")
        .splitlines()[finding.place.line - 1]
    )
    assert line[finding.place.column - 1 :].startswith("![Carte](")
    assert outputs(project) == {}


def test_a_picture_without_a_legend_and_a_photo_on_its_side_are_told(tmp_path: Path) -> None:
    project = workspace(tmp_path, "![](carte.png)", carte=a_jpeg(orientation=6))
    assert [(one.code, one.blocking) for one in told(generated(project))] == [("image", False)] * 2
    assert [alt for alt, _, _ in frames(output(project, "2026-045"))] == ["carte"]


@pytest.mark.parametrize("text", ["## Titre ![Carte](carte.png)", "Texte[^1].\n\n[^1]: ![Carte](carte.png)"])
def test_a_picture_in_a_heading_or_in_a_note_is_refused(tmp_path: Path, text: str) -> None:
    project = workspace(tmp_path, text, carte=a_png())
    assert [(one.code, one.blocking) for one in told(generated(project))] == [("image", True)]


def test_a_picture_that_changes_makes_its_act_again(tmp_path: Path) -> None:
    project = workspace(tmp_path, "![Carte](carte.png)", carte=a_png())
    generated(project)
    first = outputs(project)
    assert generated(project).count(Outcome.WRITTEN) == 0
    (tmp_path / "content/deliberations/carte.png").write_bytes(a_png(100))
    assert generated(project).count(Outcome.WRITTEN) == 1
    assert outputs(project) != first
    (tmp_path / "content/deliberations/carte.png").write_bytes(a_png())
    generated(project)
    assert outputs(project) == first


def test_two_versions_with_pictures_are_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = workspace(tmp_path, "Avant.\n\n![Carte](carte.png)\n\nFin.", carte=a_png())
    generated(project)
    (tmp_path / "avant.docx").write_bytes(output(project, "2026-045").read_bytes())
    content = tmp_path / "content/deliberations/2026-045.yaml"
    content.write_text(content.read_text("utf-8").replace("Fin.", "![Plan](plan.png)\n\n  Fin."), "utf-8")
    (tmp_path / "content/deliberations/plan.png").write_bytes(a_png(50))
    generated(project)
    monkeypatch.chdir(tmp_path)
    after = str(output(project, "2026-045"))
    assert main(["comparer", "avant.docx", after, "-o", "revue.docx", "--date", "2026-10-01"]) == 0
    xml = zipfile.ZipFile("revue.docx").read("word/document.xml").decode()
    assert re.search(r"<w:ins [^>]*>.*?<w:drawing>", xml, re.DOTALL)
