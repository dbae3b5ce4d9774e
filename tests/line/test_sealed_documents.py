"""An act that has left the house keeps the document that it left with; one that is not there is made."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from builders import (
    LEFT,
    a_project,
    an_act,
    change,
    edit_by_hand,
    generated,
    output,
    outputs,
    told,
    words_of,
    write,
)

from ctgdocs.findings import UsageError
from ctgdocs.kinds import KINDS
from ctgdocs.line.lifting import Lifting, lift
from ctgdocs.line.orders import Outcome, Report
from ctgdocs.line.status import clean
from ctgdocs.project import Project

FILE = "content/conventions/pedt-2027.yaml"
ACT = "deliberations/2026-045.yaml"
CONVENTION = """
    type: partenariat
    titre: Convention de partenariat
    statut: signe
    signature: 2026-10-30
    debut: 2027-01-01
    fin: 2027-12-31
    parties:
      - collectivite: oui
        autorite: {deliberation: 2026-031, du: 2026-09-24, transmission: 2026-09-28, publication: 2026-09-29}
      - {nom: association Les Lutins, representants: [{civilite: Mme, nom: Roux, fonction: présidente}]}
    articles:
      - {titre: Objet, texte: La convention fixe les règles du partenariat.}
"""


def a_signed_convention(root: Path) -> Project:
    project = a_project(root, {"conventions/pedt-2027.yaml": CONVENTION})
    assert outcome_of(generated(project)) is Outcome.WRITTEN
    return project


def outcome_of(report: Report, key: str = "conventions/pedt-2027") -> Outcome | None:
    return next((one.outcome for one in report.results if one.key == key), None)


def codes_of(report: Report) -> list[str]:
    return [one.code for one in report.findings if one.place.file == FILE]


def test_generating_over_a_changed_signed_convention_is_refused(tmp_path: Path) -> None:
    project = a_signed_convention(tmp_path)
    signed = output(project, "pedt-2027").read_bytes()
    change(tmp_path, FILE, "les règles", "toutes les règles")

    for options in ({}, {"replace": True}, {"force": True}):
        report = generated(project, **options)
        assert outcome_of(report) is Outcome.SEALED
        assert codes_of(report) == ["scelle"]
        assert not report.clean
        assert output(project, "pedt-2027").read_bytes() == signed
    assert not list(project.sorties.rglob("*nouvelle version*"))

    change(tmp_path, FILE, "toutes les règles", "les règles")
    report = generated(project)
    assert outcome_of(report) in (None, Outcome.UNCHANGED)
    assert codes_of(report) == []


def test_a_template_that_changes_leaves_it_as_it_was_signed(tmp_path: Path) -> None:
    project = a_signed_convention(tmp_path)
    signed = output(project, "pedt-2027").read_bytes()
    (tmp_path / "templates/conventions/convention.docx").write_bytes(
        (tmp_path / "templates/conventions/ctg.docx").read_bytes()
    )

    report = generated(project)

    assert outcome_of(report) is Outcome.UNCHANGED
    assert codes_of(report) == []
    assert output(project, "pedt-2027").read_bytes() == signed


def test_a_registry_that_changes_is_told_and_leaves_it_as_it_was_signed(tmp_path: Path) -> None:
    project = a_signed_convention(tmp_path)
    signed = output(project, "pedt-2027").read_bytes()
    change(tmp_path, "content/elus.yaml", "prenom: Claire", "prenom: Clara")

    report = generated(project)

    assert outcome_of(report) is Outcome.SEALED
    assert output(project, "pedt-2027").read_bytes() == signed


def test_a_comment_in_its_file_changes_nothing(tmp_path: Path) -> None:
    project = a_signed_convention(tmp_path)
    change(tmp_path, FILE, "type: partenariat", "# rangée dans l’armoire 3\ntype: partenariat")
    assert codes_of(generated(project)) == []


def test_a_signed_document_that_is_missing_is_made_again(tmp_path: Path) -> None:
    project = a_signed_convention(tmp_path)
    signed = output(project, "pedt-2027").read_bytes()
    output(project, "pedt-2027").unlink()

    assert outcome_of(generated(project)) is Outcome.WRITTEN
    assert output(project, "pedt-2027").read_bytes() == signed


def test_the_projet_gives_way_to_the_signed_convention(tmp_path: Path) -> None:
    projet = CONVENTION.replace("statut: signe\n    signature: 2026-10-30", "statut: projet")
    project = a_project(tmp_path, {"conventions/pedt-2027.yaml": projet})
    generated(project)
    change(tmp_path, FILE, "statut: projet", "statut: signe\nsignature: 2026-10-30")

    assert outcome_of(generated(project)) is Outcome.WRITTEN
    assert "30 octobre 2026" in " ".join(words_of(output(project, "pedt-2027"))).replace("\u00a0", " ")


def a_transmitted_act(root: Path, text: str = an_act() + LEFT) -> tuple[Project, Path, bytes]:
    """One délibération and its document as it left."""
    project = a_project(root, {ACT: text})
    generated(project)
    document = output(project, "2026-045")
    return project, document, document.read_bytes()


FILES_AND_WORDS = {
    "the vote": (f"content/{ACT}", "contre: [petit-anne]", "contre: []"),
    "the objet, so the name of the file": (f"content/{ACT}", "objet: Renouvellement", "objet: Fin"),
    "the séance": ("content/seances/2026-09-24.yaml", "18h30", "19h00"),
    "an élu": ("content/elus.yaml", "nom: Petit", "nom: Petiot"),
    "its transmission, taken back": (f"content/{ACT}", LEFT, ""),
    "the day of its transmission": (f"content/{ACT}", "2026-10-20", "2026-10-19"),
}


@pytest.mark.parametrize("where", FILES_AND_WORDS)
@pytest.mark.parametrize("remembered", [True, False])
def test_a_transmitted_act_is_never_written_again(tmp_path: Path, where: str, remembered: bool) -> None:
    project, document, left = a_transmitted_act(tmp_path)
    before = set(outputs(project))
    change(tmp_path, *FILES_AND_WORDS[where])
    if not remembered:
        shutil.rmtree(project.state_dir)

    for options in ({}, {}, {"replace": True}, {"force": True}):
        report = generated(project, **options)
        assert outcome_of(report, "deliberations/2026-045") is Outcome.SEALED
        assert document.read_bytes() == left
        assert set(outputs(project)) == before
        assert not report.clean
    (said,) = [one for one in told(report) if one.code == "scelle"]
    assert "la transmission du 20 octobre 2026" in said.related[0].message
    assert "délibération rectificative" in said.hints[0]


def test_it_says_the_words_that_would_change(tmp_path: Path) -> None:
    project, _, _ = a_transmitted_act(tmp_path)
    change(tmp_path, *FILES_AND_WORDS["the séance"])
    (said,) = [one for one in told(generated(project)) if one.code == "scelle"]
    assert "« dix-huit heures trente, » → « dix-neuf heures, »" in said.related[0].message


def test_a_correction_that_is_undone_leaves_nothing_to_say(tmp_path: Path) -> None:
    project, document, left = a_transmitted_act(tmp_path)
    path, old, new = FILES_AND_WORDS["the vote"]
    change(tmp_path, path, old, new)
    assert not generated(project).clean
    change(tmp_path, path, new, old)
    report = generated(project)
    assert (report.clean, told(report), document.read_bytes()) == (True, [], left)


def test_an_act_written_before_it_left_is_written_once_more_with_its_dates(tmp_path: Path) -> None:
    project, document, before = a_transmitted_act(tmp_path, an_act())
    write(tmp_path, f"content/{ACT}", an_act() + LEFT)
    generated(project)
    assert document.read_bytes() != before
    assert "20 octobre 2026" in " ".join(words_of(document)).replace("\xa0", " ")


def test_the_blank_of_a_later_date_is_filled_and_nothing_else(tmp_path: Path) -> None:
    project, document, left = a_transmitted_act(tmp_path, an_act() + LEFT.splitlines()[0] + "\n")
    write(tmp_path, f"content/{ACT}", an_act("Un autre objet") + LEFT)
    generated(project)
    assert document.read_bytes() == left
    write(tmp_path, f"content/{ACT}", an_act() + LEFT)
    assert generated(project).clean
    assert "21 octobre 2026" in " ".join(words_of(document)).replace("\xa0", " ")


def test_a_sealed_document_that_is_missing_is_made_again_and_told_once(tmp_path: Path) -> None:
    project, document, left = a_transmitted_act(tmp_path)
    document.unlink()
    assert [one.code for one in told(generated(project))] == ["scelle-refait"]
    assert document.read_bytes() == left
    assert told(generated(project)) == []


def test_a_sealed_document_edited_by_hand_is_kept_whatever_is_asked(tmp_path: Path) -> None:
    project, document, _ = a_transmitted_act(tmp_path)
    mine = edit_by_hand(document)
    for options in ({}, {"replace": True}, {"force": True, "replace": True}):
        report = generated(project, **options)
        assert outcome_of(report, "deliberations/2026-045") is Outcome.KEPT
        assert document.read_bytes() == mine


def test_what_quotes_a_sealed_act_that_changed_is_told(tmp_path: Path) -> None:
    citing = an_act("Un acte qui cite").replace("visas: [cgct-l5211-1]", "visas: [{deliberation: 2026-045}]")
    project = a_project(tmp_path, {ACT: an_act() + LEFT, "deliberations/2026-046.yaml": citing})
    assert told(generated(project)) == []
    change(tmp_path, *FILES_AND_WORDS["the vote"])
    for report in (generated(project), generated(project)):
        (said,) = [one for one in told(report) if one.code == "cite-scelle"]
        assert said.place.file == "content/deliberations/2026-046.yaml"
        assert "2026-045" in said.message


def test_desceller_lifts_the_seal_once_and_keeps_what_there_was(tmp_path: Path) -> None:
    project, document, left = a_transmitted_act(tmp_path)
    change(tmp_path, *FILES_AND_WORDS["the vote"])
    generated(project)

    done = lift(project, KINDS, "2026-045", Lifting("c.morel", "2026-11-02 10:00:00", "vote mal\trecopié"))
    document.write_bytes(left)  # as a command that was stopped leaves it
    lift(project, KINDS, "2026-045", Lifting("c.morel", "2026-11-02 10:01:00", "vote mal\trecopié"))

    assert (tmp_path / done.kept).read_bytes() == left
    register = (project.state_dir / "historique/descellements.txt").read_text("utf-8").splitlines()
    assert len(register) == 2
    assert register[-1].split("\t") == [
        "2026-11-02 10:00:00",
        "c.morel",
        "deliberations/2026-045",
        done.path,
        done.kept,
        "vote mal recopié",
    ]
    assert generated(project).clean
    again = document.read_bytes()
    assert words_of(document) != words_of(left)
    change(tmp_path, *FILES_AND_WORDS["the séance"])
    assert not generated(project).clean
    assert document.read_bytes() == again


def test_desceller_says_what_has_no_seal(tmp_path: Path) -> None:
    project, _, _ = a_transmitted_act(tmp_path)
    with pytest.raises(UsageError, match="2026-046 » n’a pas de document scellé"):
        lift(project, KINDS, "2026-046", Lifting("c.morel", "", "essai"))
    assert not (project.state_dir / "historique").exists()


def test_a_correction_that_touches_several_acts_is_one_message(tmp_path: Path) -> None:
    numbers = ("045", "046")
    acts = {f"deliberations/2026-{n}.yaml": an_act(f"Objet {n}") + LEFT for n in numbers}
    project = a_project(tmp_path, acts)
    generated(project)
    change(tmp_path, *FILES_AND_WORDS["the séance"])
    for report in (generated(project), generated(project)):
        (said,) = [one for one in told(report) if one.code == "scelle"]
        assert all(f"2026-{n}" in said.message for n in numbers)
        assert report.count(Outcome.SEALED) == 2


def test_nettoyer_keeps_a_sealed_document_whose_content_is_gone(tmp_path: Path) -> None:
    project, document, left = a_transmitted_act(tmp_path)
    (tmp_path / "content" / ACT).unlink()
    generated(project)
    assert clean(project, KINDS).removed == []
    assert document.read_bytes() == left
