"""Other tools and other houses: every sentence once, none glued, each fact in its field."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
import ten_habits as ten
import yaml
from builders import a_project
from habits import Made, measured, plain
from test_importing_formats import pdf_of, written

from ctgdocs.cli.importer import readers_of
from ctgdocs.content.library import Library
from ctgdocs.importing.document import opened
from ctgdocs.importing.reader import Wish, check, recognised
from ctgdocs.kinds import KINDS


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return Library(a_project(tmp_path_factory.mktemp("espace") / "espace"), KINDS)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A house of which nothing is known."""
    from ctgdocs.project import Project

    root = tmp_path_factory.mktemp("vide")
    (root / "content").mkdir()
    return Library(Project(root), KINDS)


def brought(name: str, data: bytes, genre: str, library: Library) -> dict[str, Any]:
    document = opened(name, data)
    (reader,) = recognised(readers_of(tabular=document.tabular), document)
    assert reader.genre == genre
    files = reader.propose(document, library, Wish()).files
    return {one.path: yaml.load(one.text, yaml.BaseLoader) for one in files}


@pytest.mark.parametrize("of", ten.WORD_FILES, ids=lambda of: of.__name__)
def test_every_sentence_stands_once(of: Callable[[], Made], library: Library) -> None:
    found = measured(of(), library)
    assert (found.exact, found.lost, found.doubled, found.glued) == (found.said, [], [], [])
    assert found.said > 3


@pytest.mark.parametrize(
    ("of", "type", "years", "formule"),
    [
        (ten.of_another_caf, "cof", ("2025-01-01", "2028-12-31"), "Il a été convenu et arrêté ce qui suit"),
        (ten.from_google_docs, "partenariat", ("2025-01-01", "2028-12-31"), "Il est convenu ce qui suit"),
        (ten.from_libreoffice, "ctg", ("2023-01-01", "2027-12-31"), "Il a été convenu ce qui suit"),
    ],
    ids=["caf", "google", "libreoffice"],
)
def test_a_convention_has_its_articles_and_its_formula_once(
    of: Callable[[], Made], type: str, years: tuple[str, str], formule: str, library: Library
) -> None:
    proposal = measured(of(), library).proposal
    record = yaml.load(proposal.text, yaml.BaseLoader)
    assert (record["type"], record["formule"], len(record["articles"])) == (type, formule, 4)
    assert (record["debut"], record["fin"]) == years
    assert len(record["parties"]) == 2
    assert proposal.text.lower().count("ce qui suit") == 1
    assert all(one["representants"] for one in record["parties"])


def test_delegates_by_commune_and_their_suppleants_are_read(bare: Library) -> None:
    files = brought("acte.docx", ten.of_a_mixed_syndicat().file(), "deliberation", bare)
    act, seance = files["deliberations/2025-07.yaml"], files["seances/2025-03-11.yaml"]
    assert (act["objet"], act["annexes"]) == (
        "Tarifs des accueils de loisirs pour l’été 2025",
        ["Grille des tarifs de l’été", "Règlement des accueils de loisirs"],
    )
    assert [one["titre"] for one in act["decisions"]] == ["Tarifs", "Exécution"]
    assert act["decisions"][0]["texte"].count("\n- ") == 2
    assert act["vote"] == {"abstentions": "1"}
    assert seance["suppleants"] == [{"titulaire": "garros-eve", "suppleant": "tissandier-noe"}]
    assert [one["elu"] for one in seance["absents"]] == ["arnal-zoe", "fargues-leo"]
    assert {one["commune"] for one in files["elus.yaml"].values() if "commune" in one} == {
        "aubrelle-le-vieux", "sorgeac", "valmourne",
    }  # fmt: skip


def test_a_table_of_votes_is_the_vote(bare: Library) -> None:
    files = brought("acte.docx", ten.of_a_ccas_with_a_table_of_votes().file(), "deliberation", bare)
    act = files["deliberations/2025-14.yaml"]
    assert act["vote"] == {"abstentions": ["orsini-luc"]}
    assert "tableaux" not in act
    assert len(act["decisions"]) == 2


def test_a_table_of_figures_that_counts_nobody_stays_in_the_expose(bare: Library) -> None:
    made = ten.of_a_ccas_with_a_table_of_votes()
    at = next(at for at, one in enumerate(made.body) if "Après en avoir" in one)
    made.body.insert(at, ten.table(("2024", "2025"), ("12", "13")))
    files = brought("acte.docx", made.file(), "deliberation", bare)
    (table,) = files["deliberations/2025-14.yaml"]["tableaux"].values()
    assert table["lignes"] == [["2024", "2025"], ["12", "13"]]


def test_a_pdf_that_word_printed_is_read_line_by_line(library: Library) -> None:
    drawn = b"".join(written(50, 780 - 16 * at, line) for at, line in enumerate(ten.PRINTED))
    (act,) = brought("acte.pdf", pdf_of(drawn), "deliberation", library).values()
    whole = plain(" ".join([act["expose"], *act["decisions"]]))
    assert [one for one in ten.PRINTED_SENTENCES if whole.count(plain(one)) != 1] == []
    assert (act["objet"], len(act["decisions"]), act["vote"]) == (
        "Aide au départ en vacances des familles", 2, "unanimité",
    )  # fmt: skip


def test_a_plan_of_merged_cells_keeps_its_axes(bare: Library) -> None:
    (record, *_) = brought("plan.xlsx", ten.MERGED_PLAN, "plan", bare).values()
    axes = record["plan"]["axes"]
    assert [(axis["titre"], len(axis["actions"])) for axis in axes] == [("Grandir", 3), ("Habiter", 2)]
    assert tuple(one["titre"] for axis in axes for one in axis["actions"]) == ten.PLAN_TITLES


@pytest.mark.parametrize(
    ("name", "data", "count"),
    [
        ("annuaire.csv", ten.EXPORTED, 5),
        ("elus.xlsx", ten.TITLES_ABOVE, 5),
        ("conseil.xlsx", ten.TWO_TABLES, 4),
    ],
)
def test_a_list_of_elus_of_another_tool(name: str, data: bytes, count: int, bare: Library) -> None:
    files = brought(name, data, "elus", bare)
    elus = files["elus.yaml"]
    assert len(elus) == count
    assert (elus["d-hericourt-ode"]["nom"], elus["d-hericourt-ode"]["commune"]) == ("d’Héricourt", "sorgeac")
    assert set(files["communes.yaml"]) == {"aubrelle-le-vieux", "sorgeac", "valmourne"}
    (assembly,) = (one for path, one in files.items() if one.get("type") == "assemblee")
    assert assembly["president"] == "theron-basile"
    if data is ten.TITLES_ABOVE:
        assert files["instances/bureau.yaml"]["membres"] == [
            "theron-basile",
            "cantrel-lise",
            "d-hericourt-ode",
        ]
    if data is ten.TWO_TABLES:
        assert assembly["suppleants"] == {"garros-eve": "tissandier-noe"}


def test_a_clause_of_a_party_without_a_field_is_marked(library: Library) -> None:
    made = ten.of_another_caf()
    made.body = [one.replace("ci-après désignée « la Caf »", "organisme régi par son code, ci-après désignée "
                             "« la Caf »") for one in made.body]  # fmt: skip
    text = measured(made, library).proposal.text
    assert text.count("sans champ : ") == 1
    assert "à vérifier : sans champ : « organisme régi par son code »" in text


def test_headers_are_told_and_page_numbers_are_not(library: Library) -> None:
    page = docx.Document()
    for line in ten.PRINTED:
        page.add_paragraph(line)
    page.sections[0].header.paragraphs[0].text = "Pays d’Aubrelle – dossier 12"
    page.sections[0].footer.paragraphs[0].text = "Page 3 / 9"
    page.save(stream := BytesIO())
    data = stream.getvalue()
    document = opened("acte.docx", data)
    (reader,) = recognised(readers_of(), document)
    said = reader.propose(document, library, Wish()).said
    assert [one for one in said if "En-têtes" in one] == [
        "En-têtes et pieds de page, à part du texte : « Pays d’Aubrelle – dossier 12 »."
    ]


def test_a_bureau_that_the_house_has_takes_in_who_is_ticked(tmp_path: Path) -> None:
    bureau = "nom: bureau communautaire\ntype: bureau\npresident: martin-paul\nmembres: [martin-paul]\n"
    house = Library(a_project(tmp_path, {"instances/bureau.yaml": bureau}), KINDS)
    document = opened("elus.xlsx", ten.TITLES_ABOVE)
    (reader,) = recognised(readers_of(tabular=True), document)
    proposal = reader.propose(document, house, Wish())
    check(house.project, proposal)
    (file,) = (one for one in proposal.files if one.path == "instances/bureau.yaml")
    assert file.how == "merged"
    members = yaml.load(file.text, yaml.BaseLoader)["membres"]
    assert members == ["martin-paul", "theron-basile", "cantrel-lise", "d-hericourt-ode"]
    assert any("bureau : " in one for one in proposal.changes)
