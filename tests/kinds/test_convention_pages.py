"""How the pages of a convention hold together in Word: sections, signatures, fiches, annexes."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pictures import a_png
from world import a_workspace, composed

from ctgdocs.stages import Composition
from ctgdocs.templates import Template

ROOT = Path(__file__).parents[2]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
EXAMPLE = ROOT / "ctgdocs" / "kinds" / "convention" / "exemple.yaml"
PLAN = "plan-d-actions"


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the pages of the kind's example say."""
    text = EXAMPLE.read_text(encoding="utf-8")
    project = a_workspace(tmp_path_factory.mktemp("w"), **{"conventions/2026-051.yaml": text})
    return composed(project, "convention", "2026-051").context


def body(context: dict[str, Any], template: str = "ctg") -> Any:
    data = Template.load(ROOT / f"templates/conventions/{template}.docx").render(context)
    with zipfile.ZipFile(BytesIO(data)) as package:
        return etree.fromstring(package.read("word/document.xml"))[0]


def signed_by(number: int) -> list[dict[str, str]]:
    one = {"partie": "Pour la commune", "mention": "", "qualite": "La maire"}
    return [{**one, "nom": f"Signataire {rank}"} for rank in range(number)]


def words(node: Any) -> str:
    return "".join(text.text or "" for text in node.iter(f"{W}t"))


def rows_of(node: Any, word: str) -> list[Any]:
    return [row for row in node.iter(f"{W}tr") if word in words(row)]


def orientations(node: Any) -> list[str]:
    return [size.get(f"{W}orient", "portrait") for size in node.iter(f"{W}pgSz")]


def styled(node: Any, style: str) -> list[Any]:
    return [p for p in node.iter(f"{W}p") if p.find(f"{W}pPr/{W}pStyle[@{W}val='{style}']") is not None]


SIGNED = """
type: partenariat
titre: Convention de prêt
parties: [{collectivite: oui}, {partenaire: caf-82}, {commune: esparnac}]
articles: [{titre: Objet, texte: La salle est prêtée.}]
"""
LOGOS = {
    "partenaires.yaml": "caf-82: {nom: Caf de Tarn-et-Garonne, type: caf, logo: logos/caf.png}",
    "communes.yaml": "esparnac: {nom: Esparnac, logo: logos/blason.png}\n",
}


def with_logos(root: Path, **logos: bytes) -> Composition:
    project = a_workspace(root, **{"conventions/pret.yaml": SIGNED}, **LOGOS)
    (root / "content/logos").mkdir()
    for name, data in logos.items():
        (root / f"content/logos/{name}.png").write_bytes(data)
    return composed(project, "convention", "pret")


@pytest.mark.parametrize("template", ["ctg", "convention"])
def test_the_parties_show_their_logos_at_one_height(tmp_path: Path, template: str) -> None:
    composition = with_logos(tmp_path, caf=a_png(400, 200), blason=a_png(90, 900))
    drawn = body(composition.context, template).findall(".//{*}inline")
    said = [frame.find("{*}docPr").get("descr").replace("\u00a0", " ") for frame in drawn]
    assert said == ["Logo : Caf de Tarn-et-Garonne", "Logo : Esparnac"]
    heights = [int(frame.find("{*}extent").get("cy")) for frame in drawn]
    assert heights == [648_000, 648_000]


def test_a_long_logo_is_no_wider_than_others_and_a_missing_one_is_told(tmp_path: Path) -> None:
    composition = with_logos(tmp_path, caf=a_png(1000, 100))
    (logo,) = composition.context["logos"]
    assert (logo.width, logo.height) == (1_620_000, 162_000)
    (finding,) = [one for one in composition.findings if one.code == "image"]
    assert (finding.place.file, finding.place.field) == ("content/communes.yaml", "esparnac.logo")
    assert "« logos/blason.png » est introuvable" in finding.message.replace("\u00a0", " ")


@pytest.mark.parametrize("template", ["ctg", "avenant", "convention"])
def test_twenty_signatories_stand_two_a_row_and_no_row_splits(context: dict[str, Any], template: str) -> None:
    rows = rows_of(body({**context, "signatures": signed_by(20)}, template), "Signataire ")
    assert len(rows) == 10
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    assert words(rows[0]).endswith("Signataire 1")


def test_a_few_signatures_keep_together_and_many_go_on_over_pages(context: dict[str, Any]) -> None:
    few = body({**context, "signatures": signed_by(3)})
    assert len(styled(few, "Signataire")) == 4  # three names, and the cell that nobody signs
    many = body({**context, "signatures": signed_by(12)})
    assert not styled(many, "Signataire")
    assert len(styled(many, "SignataireLibre")) == 12


@pytest.mark.parametrize("template", ["ctg", "avenant", "convention"])
def test_the_summary_table_has_a_landscape_section_of_its_own(context: dict[str, Any], template: str) -> None:
    assert any(annexe["contenu"] == PLAN for annexe in context["annexes"])
    assert orientations(body(context, template)) == ["portrait", "portrait", "landscape", "portrait"]


def test_a_convention_without_plan_has_no_landscape_page_nor_blank_one(context: dict[str, Any]) -> None:
    annexes = [annexe for annexe in context["annexes"] if annexe["contenu"] != PLAN]
    node = body({**context, "annexes": annexes})
    assert orientations(node) == ["portrait", "portrait"]
    assert node[-1].find(f"{W}type").get(f"{W}val") == "continuous"


def test_only_the_first_section_brings_headers_and_a_first_page(context: dict[str, Any]) -> None:
    sections = list(body(context).iter(f"{W}sectPr"))
    assert [bool(section.findall(f"{W}headerReference")) for section in sections] == [True] + [False] * 3
    assert [section.find(f"{W}titlePg") is not None for section in sections] == [True] + [False] * 3


def test_each_action_has_its_fiche_and_its_line_in_the_summary(context: dict[str, Any]) -> None:
    node = body(context)
    plan = next(annexe for annexe in context["annexes"] if annexe["contenu"] == PLAN)
    titles = [fiche["titre"].blocks[0].runs[0].text for axe in plan["axes"] for fiche in axe["fiches"]]
    assert [words(p) for p in styled(node, "TitreFiche")] == titles
    assert len(titles) == len(plan["synthese"])


@pytest.mark.parametrize(
    ("more", "fiches"),
    [("", 0), ("indicateurs: [Places ouvertes]", 2), ("financements: [{libelle: Caf, montant: 500}]", 2)],
)
def test_a_plan_whose_summary_says_it_all_has_no_fiches(tmp_path: Path, more: str, fiches: int) -> None:
    plan = f"""
annexes: [{{id: plan, titre: Plan d’actions, contenu: plan-d-actions}}]
plan:
  axes:
    - titre: Petite enfance
      actions:
        - {{numero: "1.1", titre: Créer un relais, pilote: la Caf, calendrier: "2027", cout: 500}}
        - {{numero: "1.2", titre: Ouvrir un LAEP, pilote: la commune{f", {more}" if more else ""}}}
"""
    project = a_workspace(tmp_path, **{"conventions/pret.yaml": SIGNED.replace("partenariat", "ctg") + plan})
    node = body(composed(project, "convention", "pret").context)
    assert len(styled(node, "TitreFiche")) == fiches
    assert len(rows_of(node, "Ouvrir un LAEP")) == 1
    assert orientations(node) == ["portrait", "portrait", "landscape", "portrait"]


def test_an_axis_is_named_once_in_the_summary(context: dict[str, Any]) -> None:
    plan = next(annexe for annexe in context["annexes"] if annexe["contenu"] == PLAN)
    axes = list(dict.fromkeys(line["axe"] for line in plan["synthese"]))
    said = [words(p) for p in styled(body(context), "SyntheseAxe")]
    assert said == axes


def test_the_fiche_and_the_table_of_its_financing_do_not_touch(context: dict[str, Any]) -> None:
    """Word would make one table of two that follow each other."""
    for table in body(context).iter(f"{W}tbl"):
        after = table.getnext()
        assert after is None or after.tag != f"{W}tbl"
