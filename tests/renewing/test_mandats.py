"""`ctgdocs mandat clore`: a last day for the members, and what still names them."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import a_project, an_act

from ctgdocs.cli.main import main
from ctgdocs.project import Project

COPIL = """\
# Le comité de pilotage
nom: comité de pilotage
type: copil
president: martin-paul  # lui
membres: [martin-paul, {elu: roy-jean, du: 2026-01-01}]
"""


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    project = a_project(tmp_path, {"instances/copil.yaml": COPIL})
    projet = an_act("Une affaire à venir").replace("seance: 2026-09-24\n", "").partition("vote:")[0]
    (project.content / "deliberations/2026-070.yaml").write_text(projet, "utf-8")
    monkeypatch.chdir(tmp_path)
    return project


def test_members_end_that_day_and_every_other_byte_stays(house: Project) -> None:
    assert main(["mandat", "clore", "Paul Martin", "roy-jean", "--au", "30/09/2026", "--oui"]) == 0
    after = (house.content / "instances/copil.yaml").read_text("utf-8")
    assert after == COPIL.replace(
        "[martin-paul, {elu: roy-jean, du: 2026-01-01}]",
        "[{elu: martin-paul, au: 2026-09-30}, {elu: roy-jean, du: 2026-01-01, au: 2026-09-30}]",
    )


def test_what_is_to_come_and_names_them_is_listed_and_not_the_past(
    house: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.read_bytes() for path in house.content.rglob("*.yaml")}
    assert main(["mandat", "clore", "martin-paul", "petit-anne", "--au", "2026-09-30", "--a-blanc"]) == 0
    said = capsys.readouterr().out.replace("\u00a0", " ")
    listed = said.partition("Nomment encore un ancien élu :")[2]
    assert "instances/copil (president) : martin-paul, ligne 4" in listed
    assert "deliberations/2026-070 (rapporteur) : martin-paul" in listed
    assert "deliberations/2026-060" in listed  # its séance is in October
    assert "seances/2026-10-15 (secretaire) : petit-anne" in listed
    assert "2026-045" not in listed
    assert "seances/2026-09-24" not in listed
    assert before == {path: path.read_bytes() for path in house.content.rglob("*.yaml")}


def test_everyone_ends_when_nobody_is_named_and_nobody_ends_twice(
    house: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["mandat", "clore", "--au", "2026-09-30"]) == 1  # it asks
    assert main(["mandat", "clore", "--au", "2026-09-30", "--oui"]) == 0
    assert "membres: [{elu: martin-paul" in (house.content / "instances/copil.yaml").read_text("utf-8")
    capsys.readouterr()
    assert main(["mandat", "clore", "--au", "2026-10-30", "--oui"]) == 0
    assert "rien n’est à écrire" in capsys.readouterr().out.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("elu", "said"),
    [("martn-paul", "vouliez-vous dire « martin-paul » ?"), ("Zoé Personne", "n’est pas un élu")],
)
def test_someone_unknown_is_refused(
    elu: str, said: str, house: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["mandat", "clore", elu, "--au", "2026-09-30", "--oui"]) == 2
    assert said in capsys.readouterr().err.replace("\u00a0", " ")
