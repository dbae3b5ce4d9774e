"""One mistake is one finding, with the documents that it stops counted; what can be judged is judged."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import a_project, change, generated, write

from ctgdocs.findings import Severity
from ctgdocs.kinds import KINDS
from ctgdocs.line.orders import Outcome, Report
from ctgdocs.line.run import verify
from ctgdocs.line.status import status
from ctgdocs.project import Project

ELUS = "content/elus.yaml"
SEANCE = "content/seances/2026-09-24.yaml"
THREE = "(3 documents en dépendent : deliberations/2026-045, deliberations/2026-046, deliberations/2026-060)"
TWO = "(2 documents en dépendent : deliberations/2026-045, deliberations/2026-046)"


def errors(report: Report) -> list[tuple[str, str]]:
    """Where each error is, and what it is."""
    return [(one.place.file, f"{one.code} {one.message}") for one in report.findings if one.blocking]


def test_one_mistake_in_a_registry_is_one_finding_said_first(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    change(tmp_path, ELUS, "M., prenom: Paul, nom: Martin", "Mr, prenom: Paul, nom: Martin")

    report = generated(project)

    assert [(file, said.endswith(THREE)) for file, said in errors(report)] == [(ELUS, True)]
    assert report.findings[0].place.file == ELUS
    assert report.count(Outcome.IN_ERROR) == 3


@pytest.mark.parametrize("how", ["absent", "unreadable", "twice"])
def test_a_registry_that_cannot_be_used_is_one_finding(tmp_path: Path, how: str) -> None:
    project = a_project(tmp_path)
    if how == "absent":
        (tmp_path / ELUS).unlink()
    elif how == "unreadable":
        change(tmp_path, ELUS, "prenom: Paul", "prenom: [Paul")
    else:
        write(
            tmp_path,
            ELUS,
            (tmp_path / ELUS).read_text("utf-8") + "martin-paul: {civilite: M., prenom: Léo, nom: Roy}\n",
        )

    ((file, said),) = errors(generated(project))

    assert file == ELUS
    assert said.endswith(THREE)
    assert ("n’existe pas" in said) == (how == "absent")


def test_a_mended_cause_frees_all_its_documents(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    elus = (tmp_path / ELUS).read_text("utf-8")
    for broken in (None, "martin-paul: [", elus.replace("prenom: Paul", "prenomm: Paul")):
        if broken is None:
            (tmp_path / ELUS).unlink()
        else:
            write(tmp_path, ELUS, broken)
        assert generated(project).count(Outcome.IN_ERROR) == 3
        write(tmp_path, ELUS, elus)
        assert generated(project).count(Outcome.IN_ERROR) == 0


def test_a_seance_in_error_is_one_finding_and_hides_no_act_s_own(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    change(tmp_path, SEANCE, "heure: 18h30", "heure: 25h30")
    change(tmp_path, "content/deliberations/2026-045.yaml", "rapporteur: martin-paul", "rapporteur: martin")

    first, own = errors(generated(project))

    assert first == (SEANCE, f"heure « 25h30 » n’existe pas : les heures vont de 0 h 00 à 23 h 59 {TWO}")
    assert own[0] == "content/deliberations/2026-045.yaml"


def test_what_the_rules_say_of_a_seance_is_counted_too(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    write(tmp_path, SEANCE, (tmp_path / SEANCE).read_text("utf-8") + "absents: [petit-anne, petit-anne]\n")

    report = generated(project)

    ((file, said),) = errors(report)
    assert file == SEANCE
    assert said.endswith(TWO)
    assert "seance-en-erreur" not in {one.code for one in report.findings}


def test_a_field_in_error_hides_no_other_mistake_of_its_file(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    act = "content/deliberations/2026-060.yaml"
    change(tmp_path, act, "objet:", "objett:")
    change(tmp_path, act, "rapporteur: martin-paul", "rapporteur: personne-x")
    change(tmp_path, act, "visas: [cgct-l5211-1]", "visas: [cgct-l5211-1]\nconfidentiel: x")
    change(tmp_path, "content/seances/2026-10-15.yaml", "secretaire: petit-anne", "secretaire: personne-y")
    change(tmp_path, "content/seances/2026-10-15.yaml", "heure: 18h30", "heure: 25h")

    found = errors(generated(project))

    assert [(file, said.split()[0]) for file, said in found] == [
        ("content/seances/2026-10-15.yaml", "heure"),
        ("content/seances/2026-10-15.yaml", "identifiant-inconnu"),
        (act, "champ-inconnu"),
        (act, "identifiant-inconnu"),
        (act, "champ-inconnu"),
    ]


def test_every_command_and_every_run_says_the_same(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    generated(project)
    change(tmp_path, ELUS, "M., prenom: Paul, nom: Martin", "Mr, prenom: Paul, nom: Martin")
    first = errors(generated(project))

    assert errors(generated(project)) == first
    assert errors(verify(project, KINDS)) == first
    assert [one.message for one in _seen(project)] == [said.partition(" ")[2] for _, said in first]


def _seen(project: Project) -> list[object]:
    return [one for one in status(project, KINDS).findings if one.severity is Severity.ERREUR]


def test_etat_tells_a_mistake_of_the_document_from_one_of_another_file(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    change(tmp_path, SEANCE, "heure: 18h30", "heure: 25h30")
    change(tmp_path, "content/deliberations/2026-045.yaml", "objet:", "objett:")

    reasons = {one.name: one.reasons for one in status(project, KINDS).seen}

    assert reasons["deliberations/2026-045"] == ("son contenu est en erreur",)
    assert reasons["deliberations/2026-046"] == ("un autre fichier, dont il dépend, est en erreur",)


def test_etat_says_which_field_came_and_which_went(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    generated(project)
    change(tmp_path, SEANCE, "noel-yves, excuse: oui", "noel-yves")
    went = {one for seen in status(project, KINDS).seen for one in seen.reasons}
    generated(project)
    change(tmp_path, SEANCE, "noel-yves", "noel-yves, excuse: oui")
    came = {one for seen in status(project, KINDS).seen for one in seen.reasons}

    assert went == {f"{SEANCE} (absents.1.excuse) : « oui » → (absent)"}
    assert came == {f"{SEANCE} (absents.1.excuse) : (absent) → « oui »"}


def test_a_convention_does_not_print_as_missing_the_date_that_an_error_hides(tmp_path: Path) -> None:
    cites = "visas: [{deliberation: 2026-045}]"
    project = a_project(tmp_path)
    change(tmp_path, "content/deliberations/2026-060.yaml", "visas: [cgct-l5211-1]", cites)
    change(tmp_path, SEANCE, "heure: 18h30", "heure: 25h30")

    ((file, said),) = errors(generated(project))

    assert file == SEANCE
    assert said.endswith(THREE)
