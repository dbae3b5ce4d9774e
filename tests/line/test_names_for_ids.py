"""A name, a day typed in the place of an id stand for the one entry that bears them, while it is alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import a_project, change, generated, outputs, write

from ctgdocs.kinds import KINDS
from ctgdocs.line.orders import Outcome
from ctgdocs.line.status import status
from ctgdocs.project import Project
from ctgdocs.word.text import words_of

ELUS = "content/elus.yaml"
ACT = "content/deliberations/2026-060.yaml"
SEANCE = "content/seances/2026-10-15.yaml"
ANOTHER = "petit-lise: {civilite: Mme, prenom: Lise, nom: Petit, commune: esparnac}\n"


def page(project: Project) -> str:
    (name,) = [path for path in outputs(project) if "2026-060" in path]
    return " ".join(words_of(outputs(project)[name])).replace("\u00a0", " ")


@pytest.mark.parametrize(
    "typed",
    ["Mme Anne Petit", "Anne Petit", "PETIT Anne", "Petit", "Mme Ânne Pétit", "Madame Petit"],
)
def test_a_name_as_it_is_printed_is_the_élu_who_bears_it(tmp_path: Path, typed: str) -> None:
    project = a_project(tmp_path)
    change(tmp_path, ACT, "rapporteur: martin-paul", f"rapporteur: {typed}")
    assert generated(project).count(Outcome.IN_ERROR) == 0
    assert "Mme Anne Petit" in page(project)


@pytest.mark.parametrize("typed", ["15/10/2026", "15 octobre 2026", "jeudi 15 octobre 2026"])
def test_a_day_is_the_séance_of_that_day(tmp_path: Path, typed: str) -> None:
    project = a_project(tmp_path)
    change(tmp_path, ACT, "seance: 2026-10-15", f"seance: {typed}")
    assert generated(project).count(Outcome.IN_ERROR) == 0
    assert "15 octobre 2026" in page(project)


@pytest.mark.parametrize("typed", ["[Mme Anne Petit]", "Mme Anne Petit", "[petit-anne]", "petit-anne"])
def test_who_votes_is_called_by_name_too(tmp_path: Path, typed: str) -> None:
    project = a_project(tmp_path)
    change(tmp_path, ACT, "contre: [petit-anne]", f"contre: {typed}")
    assert not [one for one in generated(project).findings if one.blocking]
    assert "Mme Anne Petit" in page(project)


def test_a_number_may_be_typed_with_its_sign(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    change(tmp_path, ACT, "visas: [cgct-l5211-1]", "visas: [{deliberation: n° 2026-045}]")
    assert not [one for one in generated(project).findings if one.blocking]
    assert "n° 2026-045 du" in page(project)


def test_the_name_of_a_body_and_of_a_commune_are_theirs(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    change(tmp_path, SEANCE, "instance: conseil-communautaire", "instance: Conseil communautaire")
    write(tmp_path, ELUS, (tmp_path / ELUS).read_text("utf-8") + ANOTHER.replace("esparnac", "Esparnac"))
    assert not [one for one in generated(project).findings if one.blocking]


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("Mme Petit", "vouliez-vous dire « petit-anne » ou « petit-lise » ?"),
        ("Mme Anne Petitt", "vouliez-vous dire « petit-anne » ?"),
        ("Mme Xyz Inconnue", "aucune fiche ne porte ce nom : corrigez-le, ou ajoutez d’abord sa fiche"),
    ],
)
def test_a_name_that_is_not_one_s_alone_is_never_chosen(tmp_path: Path, typed: str, advice: str) -> None:
    project = a_project(tmp_path)
    write(tmp_path, ELUS, (tmp_path / ELUS).read_text("utf-8") + ANOTHER)
    change(tmp_path, ACT, "rapporteur: martin-paul", f"rapporteur: {typed}")
    (finding,) = [one for one in generated(project).findings if one.blocking]
    assert (finding.place.file, finding.hints) == (ACT, (advice,))


@pytest.mark.parametrize("where", ["act", "séance"])
def test_a_second_bearer_of_the_name_is_seen_by_what_cites_it(tmp_path: Path, where: str) -> None:
    project = a_project(tmp_path)
    if where == "act":
        change(tmp_path, ACT, "rapporteur: martin-paul", "rapporteur: Mme Petit")
    else:
        change(tmp_path, SEANCE, "secretaire: petit-anne", "secretaire: Mme Petit")
    before = (tmp_path / ELUS).read_text("utf-8")
    assert generated(project).count(Outcome.IN_ERROR) == 0

    write(tmp_path, ELUS, before + ANOTHER)
    assert generated(project).count(Outcome.IN_ERROR) == 1
    write(tmp_path, ELUS, before)
    assert generated(project).count(Outcome.IN_ERROR) == 0


def test_a_name_that_passes_to_another_is_followed(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    change(tmp_path, ACT, "rapporteur: martin-paul", "rapporteur: Anne Petit")
    generated(project)
    elus = (tmp_path / ELUS).read_text("utf-8").replace("Anne", "Jeanne").replace("Petit", "Roch")
    write(tmp_path, ELUS, elus + ANOTHER.replace("Lise", "Anne"))

    (seen,) = status(project, KINDS, ["2026-060"]).seen
    assert "content/elus.yaml : un nom a changé" in seen.reasons
    report = generated(project)

    assert "deliberations/2026-060" in {one.key for one in report.results if one.outcome is Outcome.WRITTEN}
    assert "Mme Anne Petit" in page(project)


def test_a_name_looked_for_in_a_broken_registry_is_found_once_it_is_mended(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    change(tmp_path, ACT, "rapporteur: martin-paul", "rapporteur: Mme Petit")
    elus = (tmp_path / ELUS).read_text("utf-8")
    write(tmp_path, ELUS, "martin-paul: [")
    assert generated(project).count(Outcome.IN_ERROR) == 3
    write(tmp_path, ELUS, elus)
    assert generated(project).count(Outcome.IN_ERROR) == 0


@pytest.mark.parametrize(
    ("old", "new", "advice"),
    [
        ("visas: [cgct-l5211-1]", "visas: [{deliberation: la 45}]", "écrivez le numéro seul, comme 2026-045"),
        ("objet:", "numero: numéro 45\nobjet:", "écrivez « numero-45 »"),
    ],
)
def test_an_id_that_nobody_bears_is_never_proposed(tmp_path: Path, old: str, new: str, advice: str) -> None:
    project = a_project(tmp_path)
    change(tmp_path, ACT, old, new)
    (finding,) = [one for one in generated(project).findings if one.blocking]
    assert finding.hints == (advice,)
