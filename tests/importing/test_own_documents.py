"""What ctgdocs made comes back: told where its content is, read as any other file elsewhere."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from builders import a_project, generated

from ctgdocs.cli.importer import readers_of
from ctgdocs.cli.main import main
from ctgdocs.content.library import Library
from ctgdocs.findings import CtgdocsError
from ctgdocs.importing.document import opened
from ctgdocs.importing.reader import Wish, recognised
from ctgdocs.kinds import KINDS
from ctgdocs.line.versions import preview
from ctgdocs.project import Project
from ctgdocs.vocabulary.as_typed import read_date, slug
from ctgdocs.word import Mark, marked

REPOSITORY = Path(__file__).parents[2]
ACTS = sorted(path.stem for path in (REPOSITORY / "content/deliberations").glob("2026-*.yaml"))
SEANCES = {"2026-06-25": "2026-028", "2026-09-24": "2026-045"}
"""Séance → its first délibération, before which nobody has come or gone but one."""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The sample without its séances, which come back from the acts."""
    root = tmp_path_factory.mktemp("sample")
    for name in ("content", "templates"):
        shutil.copytree(REPOSITORY / name, root / name)
    return Project(root)


@pytest.fixture(scope="module")
def elsewhere(sample: Project, tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The same house, where no séance and no act was written."""
    root = tmp_path_factory.mktemp("ailleurs")
    shutil.copytree(sample.root, root, dirs_exist_ok=True)
    for name in ("seances", "deliberations", "conventions"):
        shutil.rmtree(root / "content" / name)
    return Library(Project(root), KINDS)


def returned(sample: Project, key: str, library: Library) -> dict[str, Any]:
    """The files that a document of the sample becomes, by path, and what is told under « said »."""
    data = preview(sample, KINDS, key).data
    assert data is not None
    document = opened("acte.docx", data)
    (reader,) = recognised(readers_of(), document)
    proposal = reader.propose(document, library, Wish())
    files = {one.path: yaml.load(one.text, yaml.BaseLoader) for one in proposal.files}
    assert proposal.files[0].text.count("non repris") == 0, proposal.text[-600:]
    return {**files, "said": proposal.said, "text": proposal.text}


@pytest.mark.parametrize("id", ACTS)
def test_a_deliberation_of_the_sample_comes_back_as_it_was_typed(
    id: str, sample: Project, elsewhere: Library
) -> None:
    typed = yaml.load((sample.content / f"deliberations/{id}.yaml").read_text("utf-8"), yaml.BaseLoader)
    if dossier := typed.get("dossier"):
        lent = yaml.load((sample.content / f"dossiers/{dossier}.yaml").read_text("utf-8"), yaml.BaseLoader)
        typed = {**lent, **typed}
    found = returned(sample, f"deliberations/{id}", elsewhere)[f"deliberations/{id}.yaml"]
    same = ("rapporteur", "matiere", "transmission", "publication", "annexes")
    assert {name: found.get(name) for name in same} == {name: typed.get(name) for name in same}
    assert found["numero"] == id
    assert len(found["decisions"]) == len(typed["decisions"])
    assert len(found["considerants"]) == len(typed["considerants"])
    if typed.get("vote", "unanimité") != "unanimité" and "ne_prend_pas_part" not in typed["vote"]:
        vote = {name: said for name, said in typed["vote"].items() if name in found["vote"]}
        assert {name: sorted(said) for name, said in found["vote"].items()} == {
            name: sorted(said) for name, said in vote.items()
        }


@pytest.mark.parametrize(("id", "act"), SEANCES.items())
def test_the_presences_by_commune_become_the_seance(
    id: str, act: str, sample: Project, elsewhere: Library
) -> None:
    typed = yaml.load((sample.content / f"seances/{id}.yaml").read_text("utf-8"), yaml.BaseLoader)
    found = returned(sample, f"deliberations/{act}", elsewhere)[f"seances/{id}.yaml"]
    for name in ("instance", "heure", "convocation", "secretaire", "suppleants", "agents"):
        assert found[name] == typed[name], name
    late = [one["elu"] for one in typed["mouvements"] if "arrive_a" in one]
    absents = [one if isinstance(one, str) else one["elu"] for one in found["absents"]]
    assert sorted(absents) == sorted([*(one["elu"] for one in typed["absents"]), *late])
    given = {one["elu"]: one["pouvoir_a"] for one in typed["absents"] if "pouvoir_a" in one}
    assert {one["elu"]: one["pouvoir_a"] for one in found["absents"] if "pouvoir_a" in one} == given


def test_an_arrete_keeps_the_titles_and_the_lists_of_its_articles(
    sample: Project, elsewhere: Library
) -> None:
    (path,) = (sample.content / "arretes").glob("*.yaml")
    typed = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    found = returned(sample, f"arretes/{path.stem}", elsewhere)[f"arretes/{path.stem}.yaml"]
    same = ("objet", "matiere", "visas", "considerants", "publication", "notification", "destinataires")
    assert {name: found[name] for name in same} == {name: typed[name] for name in same}
    assert [one["titre"] for one in found["articles"]] == [one["titre"] for one in typed["articles"]]
    assert found["articles"][0]["texte"].count("\n- ") == 3


@pytest.mark.parametrize(
    "id",
    [
        "ctg-2027-2031",
        "pedt-2026-2029",
        "cof-pilotage-2026",
        "ctg-2022-2026",
        "referent-jeunesse-2027-2029",
    ],
)
def test_a_convention_comes_back_with_its_parties_its_articles_and_its_plan(
    id: str, sample: Project, elsewhere: Library
) -> None:
    typed = yaml.load((sample.content / f"conventions/{id}.yaml").read_text("utf-8"), yaml.BaseLoader)
    files = returned(sample, f"conventions/{id}", elsewhere)
    (found,) = (record for path, record in files.items() if path.startswith("conventions/"))
    assert "partenaires.yaml" not in files
    assert [found[name] for name in ("type", "titre", "debut", "fin")] == [
        typed[name] for name in ("type", "titre", "debut", "fin")
    ]
    assert [one.get("partenaire") or one.get("commune") for one in found["parties"]] == [
        one.get("partenaire") or one.get("commune") for one in typed["parties"]
    ]
    assert [one["titre"] for one in found["articles"]] == [one["titre"] for one in typed["articles"]]
    assert found["formule"] == "Il est convenu ce qui suit"
    assert "ce qui suit" not in found.get("preambule", "")
    kept = [
        (axis["titre"], [one["titre"] for one in axis["actions"] if one.get("suite") != "abandonnée"])
        for axis in typed.get("plan", {}).get("axes", ())
    ]
    read = found.get("plan", {}).get("axes", ())
    assert not kept or [(axis["titre"], [one["titre"] for one in axis["actions"]]) for axis in read] == kept
    assert "a-replacer" not in {one["id"] for one in found.get("annexes", ())}


def test_an_avenant_comes_back_with_the_convention_that_it_changes(sample: Project) -> None:
    id = "avenant-1-ctg-2022-2026"
    typed = yaml.load((sample.content / f"conventions/{id}.yaml").read_text("utf-8"), yaml.BaseLoader)
    files = returned(sample, f"conventions/{id}", Library(sample, KINDS))
    (found,) = (record for path, record in files.items() if path.startswith("conventions/"))
    same = ("type", "numero", "parente", "objet", "debut")
    assert {name: found.get(name) for name in same} == {name: typed.get(name) for name in same}
    assert [one["titre"] for one in found["articles"]] == [one["titre"] for one in typed["articles"]]
    assert len(found["parties"]) == len(typed["parties"])


def test_the_title_of_a_partenariat_says_what_it_comes_from(sample: Project) -> None:
    files = returned(sample, "conventions/referent-jeunesse-2027-2029", Library(sample, KINDS))
    (found,) = (record for path, record in files.items() if path.startswith("conventions/"))
    assert (found["objet"], found["parente"], found["version"]) == (
        "Portage du référent jeunesse intercommunal", "ctg-2027-2031", "2026-09-24"
    )  # fmt: skip


POSTS = sorted(path.stem for path in (REPOSITORY / "content/fiches_de_poste").glob("*.yaml"))


@pytest.mark.parametrize("id", POSTS)
def test_a_fiche_and_its_offer_come_back_with_their_post(
    id: str, sample: Project, elsewhere: Library
) -> None:
    typed = yaml.load((sample.content / f"fiches_de_poste/{id}.yaml").read_text("utf-8"), yaml.BaseLoader)
    missions = [slug(text) for text in said_in(typed["missions"])]
    for document in ("fiche", "offre") if "offre" in typed else ("fiche",):
        files = returned(sample, f"fiches_de_poste/{id}/{document}", elsewhere)
        (found,) = (record for path, record in files.items() if path.startswith("fiches_de_poste/"))
        assert (found["intitule"], found.get("service")) == (typed["intitule"], typed.get("service"))
        read = slug(" ".join(said_in(found["missions"])))
        assert [text for text in missions if text not in read] == []
        if document == "offre":
            assert found["offre"].get("numero") == typed["offre"].get("numero")
            for day in ("publication", "limite"):
                assert read_date(found["offre"][day]) == read_date(typed["offre"][day])


def said_in(node: Any) -> list[str]:
    """Every text of a rubrique, in order, its titles and its marks of emphasis left aside."""
    if isinstance(node, str):
        return [" ".join(node.replace("**", "").split())]
    if isinstance(node, dict):
        node = list(node.values())
    return [text for one in node for text in said_in(one)]


def test_a_document_made_here_is_told_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project = a_project(tmp_path)
    monkeypatch.chdir(tmp_path)
    generated(project, "deliberations/2026-045")
    (made,) = (tmp_path / "sorties/deliberations").iterdir()
    before = {path: path.read_bytes() for path in project.content.rglob("*.yaml")}
    assert main(["importer", str(made.relative_to(tmp_path))]) == 0
    said = capsys.readouterr().out.replace("\u00a0", " ")
    assert "a été fait ici, de content/deliberations/2026-045.yaml : rien n’est à importer" in said
    assert "ctgdocs reprendre sorties/deliberations/" in said
    assert {path: path.read_bytes() for path in project.content.rglob("*.yaml")} == before


def test_a_page_that_is_no_content_of_its_own_says_what_it_comes_from(sample: Project) -> None:
    data = preview(sample, KINDS, "deliberations/2026-059").data
    assert data is not None
    for origin, genre in (("fiches_de_poste/x/offre", "offre"), ("arretes/2026-012", "arrete")):
        document = opened("acte.docx", marked(data, Mark(origin, "", True)))
        assert [one.genre for one in recognised(readers_of(), document)] == [genre]
    document = opened("acte.docx", marked(data, Mark("suites/2026-09-24/liste", "", True)))
    with pytest.raises(CtgdocsError, match="dans un autre espace, de suites/2026-09-24/liste"):
        recognised(readers_of(), document)
