"""One finding as a person, a program and a pull request read it."""

from __future__ import annotations

import json

import pytest

from ctgdocs.cli.show import as_github, as_json, as_text
from ctgdocs.findings import Finding, Place, Related, Severity

FINDING = Finding(
    "N3",
    Severity.ERREUR,
    "12 voix pour et 12 contre : personne ne départage",
    Place("content/deliberations/2026-045.yaml", 31, 7, "vote", 31, 11),
    (Related(Place("content/seances/2026-09-24.yaml", 4, 1, "presidence"), "personne ne préside"),),
    ("indiquez qui présidait", "ou corrigez les voix"),
    "CGCT, art. L. 2121-20",
)


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("click.style", lambda text, **_: text)


def test_a_person_reads_what_where_what_else_to_see_and_what_to_do() -> None:
    first, seen, hint, last = as_text(FINDING).replace("\u00a0", " ").splitlines()
    assert first == (
        "erreur  [N3] content/deliberations/2026-045.yaml:31:7 (vote) : "
        "12 voix pour et 12 contre : personne ne départage"
    )
    assert (
        seen == " " * 8 + "voir      content/seances/2026-09-24.yaml:4:1 (presidence) : personne ne préside"
    )
    assert hint == " " * 8 + "conseil : indiquez qui présidait"
    assert last.strip().startswith("conseil : ou corrigez les voix  ")
    assert last.endswith("CGCT, art. L. 2121-20")


def test_the_text_of_law_has_its_own_line_when_there_is_nothing_to_do() -> None:
    text = as_text(FINDING._replace(related=(), hints=()))
    _, law = text.splitlines()
    assert law.replace("\u00a0", " ").strip() == "CGCT, art. L. 2121-20"


def test_a_program_reads_every_place_with_its_end() -> None:
    said = json.loads(as_json([FINDING], 3))
    assert (said["documents"], said["erreurs"], said["alertes"]) == (3, 1, 0)
    (one,) = said["constats"]
    assert [one[name] for name in ("ligne", "colonne", "ligne_fin", "colonne_fin")] == [31, 7, 31, 11]
    assert one["conseil"] == "indiquez qui présidait\u00a0; ou corrigez les voix"
    assert one["conseils"] == ["indiquez qui présidait", "ou corrigez les voix"]
    assert [(other["fichier"], other["message"]) for other in one["voir"]] == [
        ("content/seances/2026-09-24.yaml", "personne ne préside")
    ]


def test_a_pull_request_shows_the_whole_range_and_what_else_to_see() -> None:
    said = as_github(FINDING)
    assert said.startswith(
        "::error file=content/deliberations/2026-045.yaml,line=31,col=7,endLine=31,endColumn=11,"
    )
    assert "voir content/seances/2026-09-24.yaml:4:1 (presidence)" in said
    assert said.count("%0A") == 4
