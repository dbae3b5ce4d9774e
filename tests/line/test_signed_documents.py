"""A signed document is never written again; one that is not there is made."""

from __future__ import annotations

from pathlib import Path

from builders import a_project, change, generated, output, words_of

from ctgdocs.line.orders import Outcome, Report
from ctgdocs.project import Project

FILE = "content/conventions/pedt-2027.yaml"
CONVENTION = """
    type: partenariat
    titre: Convention de partenariat
    statut: signe
    signature: 2026-10-30
    debut: 2027-01-01
    fin: 2027-12-31
    parties:
      - {collectivite: oui, autorite: 2026-045}
      - {nom: association Les Lutins, representants: [{civilite: Mme, nom: Roux, fonction: présidente}]}
    articles:
      - {titre: Objet, texte: La convention fixe les règles du partenariat.}
"""


def a_signed_convention(root: Path) -> Project:
    project = a_project(root, {"conventions/pedt-2027.yaml": CONVENTION})
    assert outcome_of(generated(project)) is Outcome.WRITTEN
    return project


def outcome_of(report: Report) -> Outcome | None:
    return next((one.outcome for one in report.results if one.key == "conventions/pedt-2027"), None)


def codes_of(report: Report) -> list[str]:
    return [one.code for one in report.findings if one.place.file == FILE]


def test_generating_over_a_changed_signed_convention_is_refused(tmp_path: Path) -> None:
    project = a_signed_convention(tmp_path)
    signed = output(project, "pedt-2027").read_bytes()
    change(tmp_path, FILE, "les règles", "toutes les règles")

    for options in ({}, {"replace": True}, {"force": True}):
        report = generated(project, **options)
        assert outcome_of(report) is Outcome.IN_ERROR
        assert codes_of(report) == ["verrouille"]
        assert output(project, "pedt-2027").read_bytes() == signed
    assert not list(project.sorties.rglob("*nouvelle version*"))

    change(tmp_path, FILE, "toutes les règles", "les règles")
    report = generated(project)
    assert outcome_of(report) in (None, Outcome.UNCHANGED)
    assert codes_of(report) == []


def test_a_registry_or_a_template_that_changes_leaves_it_as_it_was_signed(tmp_path: Path) -> None:
    project = a_signed_convention(tmp_path)
    signed = output(project, "pedt-2027").read_bytes()
    change(tmp_path, "content/elus.yaml", "prenom: Claire", "prenom: Clara")
    (tmp_path / "templates/conventions/convention.docx").write_bytes(
        (tmp_path / "templates/conventions/ctg.docx").read_bytes()
    )

    report = generated(project)

    assert outcome_of(report) is Outcome.UNCHANGED
    assert codes_of(report) == []
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
