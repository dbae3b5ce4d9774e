"""The shipped templates, in each letterhead: nothing for `modeles verifier` to say, and sample documents that
everyone can read: styles that exist, headings in order from level 1, tables and pictures with words."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from ctgdocs.word import Package, read
from ctgdocs.word.parts import w

ROOT = Path(__file__).parents[2]
CHARTES = sorted((ROOT / "templates" / "chartes").glob("*.docx"))
DOC_PR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
VML_IMAGE = "{urn:schemas-microsoft-com:vml}imagedata"
LAYOUT = "mise en page"


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ctgdocs", *arguments],
        cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


@pytest.fixture(scope="module", params=CHARTES, ids=[path.stem for path in CHARTES])
def sample(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample workspace in one of the letterheads, its documents made."""
    folder = tmp_path_factory.mktemp("sample")
    for name in ("content", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copyfile(request.param, folder / "templates" / "charte.docx")
    done = run(folder, "generer")
    assert "Traceback" not in done.stderr, done.stderr
    return folder


@pytest.fixture(scope="module")
def documents(sample: Path) -> dict[str, Package]:
    made = sorted((sample / "sorties").rglob("*.docx"))
    assert len(made) >= len(list((ROOT / "templates").rglob("*/*.docx"))) - len(CHARTES)
    return {path.relative_to(sample).as_posix(): read(path) for path in made}


def parts(package: Package) -> Iterator[etree._Element]:
    for name, part in package.items():
        if re.fullmatch(r"word/(document|header|footer|footnotes|endnotes)\d*\.xml", name):
            yield etree.fromstring(part)


def styles(package: Package) -> dict[str, etree._Element]:
    root = etree.fromstring(package["word/styles.xml"])
    return {style.get(w("styleId"), ""): style for style in root.iter(w("style"))}


def value(node: etree._Element | None, path: str) -> str:
    found = None if node is None else node.find("/".join(map(w, path.split("/"))))
    return "" if found is None else found.get(w("val"), "1")


def headings(package: Package) -> list[tuple[int, str]]:
    """The level, from 1, and the text of every heading of the body."""
    known = styles(package)

    def level(paragraph: etree._Element) -> str:
        own = value(paragraph, "pPr/outlineLvl")
        style = known.get(value(paragraph, "pPr/pStyle"))
        while not own and style is not None:
            own = value(style, "pPr/outlineLvl")
            style = known.get(value(style, "basedOn"))
        return own

    body = etree.fromstring(package["word/document.xml"])
    found = ((level(paragraph), "".join(paragraph.itertext(w("t")))) for paragraph in body.iter(w("p")))
    return [(int(level) + 1, text.strip()) for level, text in found if level and level != "9"]


def misplaced(found: list[tuple[int, str]]) -> list[str]:
    """What is wrong in the headings of a page: none, an empty one, a level that skips the one above."""
    if not found:
        return ["aucun titre"]
    before = [0, *(level for level, _ in found[:-1])]
    pairs = zip(found, before, strict=True)
    wrong = [f"{text} : niveau {level}" for (level, text), last in pairs if level > last + 1]
    return wrong + ["titre vide" for _, text in found if not text]


def bare_tables(package: Package) -> Iterator[str]:
    """The tables of data without a repeated heading, or without a word for who cannot see them."""
    for table in etree.fromstring(package["word/document.xml"]).iter(w("tbl")):
        said = value(table, "tblPr/tblCaption") + value(table, "tblPr/tblDescription")
        rows = table.findall(w("tr"))
        if LAYOUT in said.lower() or len(rows) < 2 or max(len(row.findall(w("tc"))) for row in rows) < 2:
            continue
        start = "".join(rows[0].itertext(w("t")))[:40]
        if rows[0].find(f"{w('trPr')}/{w('tblHeader')}") is None:
            yield f"sans ligne d’en-tête : {start}"
        if not said:
            yield f"sans texte de remplacement : {start}"


def silent_pictures(package: Package) -> Iterator[str]:
    for root in parts(package):
        for picture in root.iter(DOC_PR):
            decorative = any(str(node.tag).endswith("}decorative") for node in picture.iter())
            if not picture.get("descr") and not decorative:
                yield picture.get("name", "")
        for image in root.iter(VML_IMAGE):
            shape = image.getparent()
            if shape is None or not shape.get("alt"):
                yield "image VML"


def test_nothing_is_wrong_for_modeles_verifier(sample: Path) -> None:
    done = run(sample, "modeles", "verifier")
    assert (done.returncode, "rien à signaler" in done.stdout) == (0, True), done.stdout


def test_every_style_exists(documents: dict[str, Package]) -> None:
    for name, package in documents.items():
        used = {
            node.get(w("val"))
            for root in parts(package)
            for node in root.iter(w("pStyle"), w("rStyle"), w("tblStyle"))
        }
        assert used <= styles(package).keys(), name


def test_headings_come_in_order_from_level_1(documents: dict[str, Package]) -> None:
    assert {
        name: wrong for name, package in documents.items() if (wrong := misplaced(headings(package)))
    } == {}


@pytest.mark.parametrize(
    "levels", [[], [2], [1, 3], [1, 2, 1, 3]], ids=["none", "no level 1", "a jump", "a jump later"]
)
def test_a_page_without_its_headings_is_seen(levels: list[int]) -> None:
    assert misplaced([(level, "Titre") for level in levels])


def test_tables_have_headings_and_words(documents: dict[str, Package]) -> None:
    assert {name: wrong for name, package in documents.items() if (wrong := [*bare_tables(package)])} == {}


def test_pictures_have_words(documents: dict[str, Package]) -> None:
    assert {
        name: wrong for name, package in documents.items() if (wrong := [*silent_pictures(package)])
    } == {}
