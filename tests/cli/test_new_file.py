"""What `ctgdocs nouveau` and `initialiser --vide` write: blanks that are told, and no invented fact."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import yaml
from builders import a_project, generated, outputs

from ctgdocs.cli.espace import library_of
from ctgdocs.cli.main import main
from ctgdocs.cli.nouveau import begun, known_of_the_house, page_of
from ctgdocs.kinds import KINDS
from ctgdocs.project import Project
from ctgdocs.word.text import words_of

BLANK = re.compile(r"\[à compléter : [^\]]+\]")
COMMISSION = """
    nom: commission Enfance
    type: commission
    president: martin-paul
    membres: [martin-paul, petit-anne]
"""
FACTS = {
    "nature de la collectivité": "communaute-de-communes",
    "population légale": "9000",
    "numéro du département": "12",
    "cinq chiffres": "12990",
    "M. ou Mme": "Mme",
}


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A workspace as `initialiser --vide` leaves it, where what is no plain text was filled in."""
    monkeypatch.chdir(tmp_path)
    assert main(["initialiser", "--vide", "espace"]) == 0
    monkeypatch.chdir(tmp_path / "espace")
    for name in ("collectivite.yaml", "elus.yaml"):
        file = Path("content", name)
        text = file.read_text("utf-8")
        for blank, fact in FACTS.items():
            text = text.replace(f'"[à compléter : {blank}]"', f'"{fact}"')
        file.write_text(text, "utf-8")
    return Project(tmp_path / "espace")


def test_an_empty_workspace_says_nothing_of_the_sample(empty: Project) -> None:
    typed = (Path(__file__).parents[2] / "content/collectivite.yaml").read_text("utf-8")
    sample = yaml.load(typed, yaml.BaseLoader)
    written = "".join(path.read_text("utf-8") for path in empty.content.rglob("*.yaml"))
    for fact in (
        sample["nom"],
        sample["siret"],
        sample["telephone"],
        sample["adresse"]["ville"],
        sample["sigle"],
    ):
        assert fact.lower() not in written.lower()
    assert "Vaurelle" not in written
    assert not list(empty.templates.glob("charte*"))


def test_what_is_left_to_write_is_told_until_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    main(["initialiser", "--vide", "."])
    main(["nouveau", "deliberation", "2026-001"])

    findings = generated(Project(tmp_path)).findings

    typed = [one for one in findings if one.blocking]
    assert {one.code for one in typed} == {"a-completer"}
    assert {one.place.file for one in typed} == {"content/collectivite.yaml", "content/elus.yaml"}
    places = [(one.place.file, one.place.line, one.place.column) for one in findings]
    assert len(places) == len(set(places))  # each blank once


def test_a_beginner_s_first_page_states_nothing_that_nobody_typed(empty: Project) -> None:
    assert main(["nouveau", "deliberation", "2026-001", "--objet", "Tarifs du centre de loisirs"]) == 0

    report = generated(empty)

    (page,) = [" ".join(words_of(data)) for data in outputs(empty).values()]
    assert "Tarifs du centre de loisirs" in page
    told = {one.message.partition(" : ")[2] for one in report.findings if one.code == "G9"}
    shown = {f"« {blank.removeprefix('[à compléter : ').rstrip(']')} »" for blank in BLANK.findall(page)}
    assert shown - {"« numéro »", "« avis de la commission »"} <= told
    assert not re.search(r"\b20\d\d\b|favorable|\d €", page.replace("2026-001", ""))
    assert not any(one.blocking for one in report.findings)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_begins_with_blanks_that_are_all_told(kind, empty: Project) -> None:  # type: ignore[no-untyped-def]
    assert main(["nouveau", kind.name, "essai"]) == 0

    report = generated(empty, f"{kind.shelf}/essai")

    file = f"content/{kind.shelf}/essai.yaml"
    typed = yaml.load((empty.root / file).read_text("utf-8"), yaml.BaseLoader)
    blanks = BLANK.findall(str(typed))
    assert blanks
    told = [one for one in report.findings if one.place.file == file and one.code in ("G9", "a-completer")]
    assert len(told) == len(blanks)
    assert {one.code for one in report.findings if one.blocking} <= {"a-completer"}


def test_a_meeting_is_of_the_day_and_of_the_commission_in_its_name(tmp_path: Path) -> None:
    house = library_of(a_project(tmp_path, {"instances/commission-enfance.yaml": COMMISSION}))
    known = known_of_the_house(house, "commission-enfance-2026-11-12", date(2026, 1, 1))
    assert known == {
        "executif": "durand-claire",
        "jour": "2026-11-12",
        "annee": "2026",
        "instance": "commission-enfance",
        "membres": "martin-paul, petit-anne",
        "commission": "commission-enfance",
        "prochaine": "2026-09-24",
    }
    page = next(page_of(kind) for kind in KINDS if kind.name == "reunion")
    typed = yaml.load(begun(page, known), yaml.BaseLoader)
    assert (typed["instance"], typed["date"]) == ("commission-enfance", "2026-11-12")
    assert "seance" not in typed
    assert "# presents: [martin-paul, petit-anne]" in begun(page, known)


def test_a_meeting_of_the_day_of_a_seance_is_that_seance(tmp_path: Path) -> None:
    known = known_of_the_house(library_of(a_project(tmp_path)), "conseil-2026-09-24", date(2026, 1, 1))
    page = next(page_of(kind) for kind in KINDS if kind.name == "reunion")
    typed = yaml.load(begun(page, known), yaml.BaseLoader)
    assert typed == {"seance": "2026-09-24", "destinataires": {"un_par_membre": "non"}}


def test_which_commission_is_never_guessed_among_several(tmp_path: Path) -> None:
    others = {"instances/commission-enfance.yaml": COMMISSION, "instances/commission-voirie.yaml": COMMISSION}
    known = known_of_the_house(
        library_of(a_project(tmp_path, others)), "commission-2026-11-12", date(2026, 1, 1)
    )
    assert not {"instance", "commission"} & known.keys()


@pytest.mark.parametrize("objet", ['Tarifs : "accueil" 2027', "a\\b", "- x", "{y}", "# z", "l’aide & <b>"])
def test_the_objet_given_is_the_objet_written(objet: str) -> None:
    fresh = begun('objet: "[à compléter : objet]"\nrapporteur: martin-paul\n', {}, objet)
    assert yaml.load(fresh, yaml.BaseLoader) == {"objet": objet, "rapporteur": "martin-paul"}
